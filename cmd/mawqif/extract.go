package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"mawqif/ingest"
)

func (m *Main) extractCommand() *cobra.Command {
	var format string
	var explain bool
	var in inputFlags
	cmd := &cobra.Command{
		Use:   "extract [flags] [PATH|-]...",
		Short: "Print the statements of articles; no store is touched",
		Long: `Extract reads articles and prints their statements: one line of JSON an article,
or a table for people. Without a path it reads standard input.

` + inputHelp,
		Example: `  mawqif extract --format table article.txt
  mawqif extract articles.jsonl > statements.jsonl
  mawqif extract --explain --date 2020-06-05 - < article.txt`,
		RunE: func(cmd *cobra.Command, args []string) error {
			formats := []string{"jsonl", "table"}
			if !slices.Contains(formats, format) {
				return usage(fmt.Errorf("--format %q is none of %v", format, formats))
			}
			src, err := in.open(m, args)
			if err != nil {
				return usage(err)
			}
			p, err := m.pipeline()
			if err != nil {
				return err
			}
			out := bufio.NewWriter(m.Stdout)
			print := printJSON(out)
			if format == "table" {
				table := printTable(out, tableWidth(m.Stdout))
				print = func(r ingest.Report) error { return table(r, 0) }
			}
			report := m.newProgress("extracted", src.Size())
			defer report.end()
			for o := range ingest.Extract(cmd.Context(), src.Items(cmd.Context()), p) {
				report.observe(o)
				if o.Err != nil {
					continue
				}
				if !explain {
					o.Trace = nil
				}
				if err := print(ingest.NewReport(&o.Batch, o.Trace)); err != nil {
					return fmt.Errorf("write to standard output: %w", err)
				}
			}
			if err := out.Flush(); err != nil {
				return fmt.Errorf("write to standard output: %w", err)
			}
			report.end()
			if err := cmd.Context().Err(); err != nil {
				return fmt.Errorf("interrupted: %w", err)
			}
			return report.rejected("")
		},
	}
	cmd.Flags().StringVar(&format, "format", "jsonl", "what to print: jsonl, table")
	cmd.Flags().BoolVar(&explain, "explain", false, "name the rules that made each statement")
	in.add(cmd)
	return cmd
}

// printJSON prints one line of JSON a report.
func printJSON(out *bufio.Writer) func(ingest.Report) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return func(r ingest.Report) error { return enc.Encode(r) }
}
