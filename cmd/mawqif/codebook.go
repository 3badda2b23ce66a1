package main

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"

	"mawqif/graph"
	"mawqif/ingest"
	"mawqif/ingest/code"
	"mawqif/ingest/gazetteer"
)

// codebook loads the configured codebook, or the one that the binary carries.
func (m *Main) codebook() (*code.Codebook, error) {
	path := m.config.Codebook
	if path == "" {
		return code.Default()
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, usage(fmt.Errorf("the codebook: %w", err))
	}
	defer f.Close()
	book, err := code.Load(f, path)
	if err != nil {
		return nil, usage(fmt.Errorf("the codebook has faults:\n%w", err))
	}
	return book, nil
}

// pipeline makes the pipeline with the configured codebook.
func (m *Main) pipeline() (*ingest.Pipeline, error) {
	names, err := gazetteer.Default()
	if err != nil {
		return nil, fmt.Errorf("load the gazetteer: %w", err)
	}
	book, err := m.codebook()
	if err != nil {
		return nil, err
	}
	return ingest.NewPipeline(names, book), nil
}

func (m *Main) codebookCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "codebook",
		Short: "List the issues on which statements take positions",
		Long: `Codebook lists the issues of the codebook in use, each with its proposition. To code
by a codebook of your own, begin with a copy of the one that mawqif carries, check it, and
name it with --codebook or in the configuration.`,
		Example: `  mawqif codebook
  mawqif codebook init farms.yaml
  mawqif codebook check --codebook farms.yaml
  mawqif ingest --codebook farms.yaml articles/`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			book, err := m.codebook()
			if err != nil {
				return err
			}
			return m.listIssues(book)
		},
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "check",
		Short: "Check a codebook and prove its patterns by its examples",
		Long: `Check reads the codebook in use, reports every fault with its line, and tries every
example that it gives: the patterns must find what the example says.`,
		Example: "  mawqif codebook check --codebook farms.yaml",
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			book, err := m.codebook()
			if err != nil {
				return err
			}
			return m.proveExamples(book)
		},
	}, &cobra.Command{
		Use:     "init [PATH]",
		Short:   "Write a copy of the codebook that mawqif carries",
		Example: "  mawqif codebook init farms.yaml",
		Args:    usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			path := "codebook.yaml"
			if len(args) > 0 {
				path = args[0]
			}
			return writeNew(path, code.Bundled())
		},
	})
	return cmd
}

// listIssues prints of each issue its key, its label and its proposition in
// each language.
func (m *Main) listIssues(book *code.Codebook) error {
	out := bufio.NewWriter(m.Stdout)
	issues := book.Issues()
	fmt.Fprintf(out, "%s: %d issues\n", book.Version(), len(issues))
	width := 0
	for _, i := range issues {
		width = max(width, runewidth.StringWidth(i.Key))
	}
	for _, i := range issues {
		fmt.Fprintf(out, "\n  %s  %s\n", cell(i.Key, width), graph.NameIn(i.Labels, "en"))
		for _, p := range slices.Backward(i.Propositions) { // English before Arabic
			fmt.Fprintf(out, "  %s  %s\n", strings.Repeat(" ", width), isolate(p.Value))
		}
	}
	return out.Flush()
}

// proveExamples tries the examples of a codebook and tells which fail.
func (m *Main) proveExamples(book *code.Codebook) error {
	names, err := gazetteer.Default()
	if err != nil {
		return fmt.Errorf("load the gazetteer: %w", err)
	}
	failed := 0
	for _, e := range book.Examples() {
		if err := book.Prove(e, names); err != nil {
			failed++
			fmt.Fprintln(m.Stderr, err)
		}
	}
	if failed > 0 {
		return usage(fmt.Errorf("%d of %d examples are not found as the codebook says; mend the patterns or the examples", failed, len(book.Examples())))
	}
	_, err = fmt.Fprintf(m.Stdout, "no faults in %s: %s, %s found as they say\n", book.Version(), count(len(book.Issues()), "issue"), count(len(book.Examples()), "example"))
	return err
}
