package main

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"mawqif/graph"
	"mawqif/graph/coded"
	"mawqif/ingest/text"
)

// codedSource is a file of statements coded by hand that is open.
type codedSource interface {
	Batches(ctx context.Context) iter.Seq2[graph.Batch, error]
	Report() *coded.Report
	Codebook() string
	Close() error
}

func (m *Main) importCommand() *cobra.Command {
	variables := coded.DNAVariables
	options := coded.Options{Language: text.Language}
	var format, delimiter, zero string
	var columns map[string]string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "import [flags] FILE",
		Short: "Store statements that people coded: a DNA database, a table",
		Long: `Import stores the documents and statements of a database of Discourse Network
Analyzer 3: persons who speak for organisations, concepts as positions of a
codebook named after the file, agreement, and the passages as evidence. What the
graph has no place for, and what is broken, is told, with the reason.

With --format csv it reads a table, a row a statement. Its columns are these
fields, or are named with --map:

  document     what tells articles apart
  title, outlet, url, language, date, text       of the article
  content      the passage, found in the text; or start and end, in letters
  person, organization, role, concept, agreement, act, quote_type, cue, said

Agreement is 1, 0, -1 or a word such as agree, neutral, disagree. An article whose
text no column has is made of its passages, a paragraph each.

Statements coded by hand stand beside extracted ones; their run, whose extractor
is "` + coded.Extractor + `", tells them apart. The same file imported again changes nothing; a
file that was coded further brings its documents up to date.`,
		Example: `  mawqif import climate.dna
  mawqif import --codebook-name climate --json coding-2024-final.dna > report.json
  mawqif import --concept frame --agreement support frames.dna
  mawqif import --format csv --map person=who --map concept=frame --map content=quote coded.csv`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			var src codedSource
			var err error
			switch format {
			case "dna":
				src, err = coded.OpenDNA(cmd.Context(), args[0], variables, options)
			case "csv":
				o := coded.TableOptions{Options: options, Columns: columns, Zero: coded.Zero(zero)}
				if o.Delimiter, err = oneLetter(delimiter); err == nil {
					src, err = coded.OpenTable(args[0], o)
				}
			default:
				err = fmt.Errorf("--format %q is none of [dna csv]", format)
			}
			if zeros := []coded.Zero{coded.ZeroUnsaid, coded.ZeroNeutral, coded.ZeroDisagree}; !slices.Contains(zeros, coded.Zero(zero)) {
				err = fmt.Errorf("--zero %q is none of [neutral disagree]", zero)
			}
			if err != nil {
				return usage(err)
			}
			defer func() { _ = src.Close() }()
			if err := m.openStore(cmd.Context(), false); err != nil {
				return err
			}
			if err := applyAll(cmd.Context(), m.store, src.Batches(cmd.Context())); err != nil {
				return fmt.Errorf("import %s: %w; the documents before are stored, and the same command run again goes on from there", args[0], err)
			}
			return m.tellImport(src, args[0], asJSON)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&format, "format", "dna", "what the file is: dna, csv")
	flags.StringVar(&options.Codebook, "codebook-name", "", "name of the codebook of the concepts (default: the name of the file)")
	flags.StringVar(&variables.Person, "person", variables.Person, "variable of DNA that tells who speaks")
	flags.StringVar(&variables.Organization, "organization", variables.Organization, "variable of DNA that tells for whom")
	flags.StringVar(&variables.Concept, "concept", variables.Concept, "variable of DNA that tells on what")
	flags.StringVar(&variables.Agreement, "agreement", variables.Agreement, "variable of DNA that tells whether they agree")
	flags.StringToStringVar(&columns, "map", nil, "column of a table for a field, FIELD=COLUMN")
	flags.StringVar(&delimiter, "delimiter", ",", "what stands between the columns of a table; \\t for a tab")
	flags.StringVar(&zero, "zero", "", "what an agreement of 0 means in a table: neutral, disagree")
	flags.BoolVar(&asJSON, "json", false, "print the report as JSON to standard output")
	return cmd
}

// oneLetter reads what stands between columns.
func oneLetter(text string) (rune, error) {
	if text == `\t` {
		text = "\t"
	}
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 || size != len(text) || strings.ContainsRune("\"\r\n\uFFFD", r) {
		return 0, fmt.Errorf("--delimiter %q is not one letter that can stand between columns", text)
	}
	return r, nil
}

// importers is how many batches are written at a time, so that the store can
// share a transaction among them.
const importers = 16

// applyAll writes batches to a store. It stops at the first error.
func applyAll(ctx context.Context, w graph.Writer, batches iter.Seq2[graph.Batch, error]) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	queue := make(chan graph.Batch)
	var all sync.WaitGroup
	for range importers {
		all.Go(func() {
			for b := range queue {
				if err := w.Apply(ctx, b); err != nil {
					cancel(err)
				}
			}
		})
	}
	for b, err := range batches {
		if err != nil {
			cancel(err)
			break
		}
		select {
		case queue <- b:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(queue)
	all.Wait()
	return context.Cause(ctx)
}

// most is how many lines of one sort are shown.
const most = 20

// tellImport says what was taken and what was not.
func (m *Main) tellImport(src codedSource, path string, asJSON bool) error {
	r := src.Report()
	if asJSON {
		if err := json.NewEncoder(m.Stdout).Encode(struct {
			Codebook string `json:"codebook"`
			*coded.Report
		}{src.Codebook(), r}); err != nil {
			return err
		}
	}
	fmt.Fprintf(m.Stderr, "%s of %s stored, with %s and %s of the codebook %s\n", count(r.Statements, "statement"), count(r.Articles, "document"), count(r.Actors, "actor"), count(r.Issues, "concept"), src.Codebook())
	for _, l := range r.Left {
		fmt.Fprintln(m.Stderr, "not as it stood:", l)
	}
	for i, l := range r.Rejected {
		if i == most {
			fmt.Fprintf(m.Stderr, "rejected: … and %d more; --json lists them all\n", len(r.Rejected)-most)
			break
		}
		fmt.Fprintln(m.Stderr, "rejected:", l)
	}
	if len(r.Rejected) > 0 {
		return &codedError{exitRejected, fmt.Errorf("%s of %s could not be taken", count(len(r.Rejected), "piece"), path)}
	}
	return nil
}
