package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"mawqif/ingest"
	"mawqif/ingest/eval"
)

func (m *Main) evalCommand() *cobra.Command {
	var (
		in                     inputFlags
		extracted, coder, html string
		list                   int
		asJSON                 bool
	)
	cmd := &cobra.Command{
		Use:   "eval [flags] ARTICLES GOLD",
		Short: "Measure extraction against articles coded by hand",
		Long: `Eval extracts the statements of ARTICLES and compares them with those that a
person coded in GOLD: precision, recall and F1 by field with 95 % intervals, and
Krippendorff's alpha of the labels. With --coder it compares two people instead.

GOLD is JSONL, an article a line: {"id", "statements": [...]}, each statement with
evidence {role, start, end} in code points of the article's text. Articles and
coded statements are joined by their id; only coded articles count.`,
		Example: `  mawqif eval articles.jsonl gold.jsonl
  mawqif eval --errors 20 --html report.html articles.jsonl gold.jsonl
  mawqif eval --coder second.jsonl articles.jsonl first.jsonl`,
		Args: usageArgs(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if extracted != "" && coder != "" {
				return usage(errors.New("--extracted and --coder exclude one another: compare with a program or with a person"))
			}
			gold, err := readFile(args[1], eval.ReadCoded)
			if err != nil {
				return usage(err)
			}
			documents, err := m.documents(cmd, in, args[0])
			if err != nil {
				return err
			}
			reports, err := m.reports(documents, gold, extracted, coder)
			if err != nil {
				return err
			}
			all, err := compare(gold, documents, reports)
			if err != nil {
				return usage(err)
			}
			scores := make([]eval.Score, len(all))
			for i := range all {
				scores[i] = all[i].Score
			}
			summary := eval.Summarise(scores)
			if html != "" {
				if err := writeFile(html, func(f *os.File) error { return eval.WriteHTML(f, summary, all) }); err != nil {
					return err
				}
				fmt.Fprintf(m.Stderr, "wrote %s\n", html)
			}
			if asJSON {
				enc := json.NewEncoder(m.Stdout)
				enc.SetIndent("", "  ")
				return enc.Encode(summary)
			}
			if err := eval.WriteErrors(m.Stdout, all, list); err != nil {
				return err
			}
			return eval.WriteTable(m.Stdout, summary)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&extracted, "extracted", "", "compare what mawqif extract printed to this file, rather than extract now")
	flags.StringVar(&coder, "coder", "", "compare a second coder's articles, in the form of GOLD, rather than extract")
	flags.StringVar(&html, "html", "", "write a page to this file that shows each article with coded and found spans side by side")
	flags.IntVar(&list, "errors", 0, "list this many faults")
	flags.BoolVar(&asJSON, "json", false, "print the figures as JSON")
	in.add(cmd)
	return cmd
}

// documents reads the articles of a path, by id. An article that cannot be
// taken is logged and left out; comparing then names it, if it is coded.
func (m *Main) documents(cmd *cobra.Command, in inputFlags, path string) (map[string]ingest.Document, error) {
	src, err := in.open(m, []string{path})
	if err != nil {
		return nil, usage(err)
	}
	got := map[string]ingest.Document{}
	for item := range src.Items(cmd.Context()) {
		if item.Err != nil {
			m.log.Error("rejected", "where", item.Where, "cause", item.Err)
			continue
		}
		got[item.Document.SourceID] = item.Document
	}
	return got, cmd.Context().Err()
}

// reports returns what coded articles are compared with, by id: what was
// extracted before, what a second coder left, or what is extracted now.
func (m *Main) reports(documents map[string]ingest.Document, gold []eval.Coded, extracted, coder string) (map[string]*ingest.Report, error) {
	reports := map[string]*ingest.Report{}
	switch {
	case extracted != "":
		list, err := readFile(extracted, eval.ReadReports)
		if err != nil {
			return nil, usage(err)
		}
		for i := range list {
			reports[list[i].Article.ID] = &list[i]
		}
	case coder != "":
		list, err := readFile(coder, eval.ReadCoded)
		if err != nil {
			return nil, usage(err)
		}
		for _, c := range list {
			r := c.AsReport()
			reports[c.ID] = &r
		}
	default:
		p, err := m.pipeline()
		if err != nil {
			return nil, err
		}
		for _, c := range gold {
			if d, ok := documents[c.ID]; ok {
				batch, _ := p.Extract(d)
				r := ingest.NewReport(&batch, nil)
				reports[c.ID] = &r
			}
		}
	}
	return reports, nil
}

// compare joins articles, coded statements and found ones. It reports every
// coded article that has no text, or spans outside of it.
func compare(gold []eval.Coded, documents map[string]ingest.Document, reports map[string]*ingest.Report) ([]eval.Compared, error) {
	var (
		all    []eval.Compared
		faults []error
	)
	for _, c := range gold {
		d, ok := documents[c.ID]
		if !ok {
			faults = append(faults, fmt.Errorf("the coded article %q is not among the articles", c.ID))
			continue
		}
		if err := eval.CheckSpans(c, d.Text); err != nil {
			faults = append(faults, err)
			continue
		}
		r := reports[c.ID]
		all = append(all, eval.Compared{Document: d, Coded: c, Report: r, Score: eval.Compare(d.Text, c, r)})
	}
	return all, errors.Join(faults...)
}

// readFile reads a file by a reader's rules; errors name the file.
func readFile[T any](path string, read func(r io.Reader) (T, error)) (T, error) {
	var none T
	f, err := os.Open(path)
	if err != nil {
		return none, err
	}
	defer f.Close()
	got, err := read(f)
	if err != nil {
		return none, fmt.Errorf("%s: %w", path, err)
	}
	return got, nil
}

// writeFile writes a file whole or not at all.
func writeFile(path string, write func(*os.File) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if err := errors.Join(write(f), f.Chmod(0o644), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return os.Rename(f.Name(), path)
}
