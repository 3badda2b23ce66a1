package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"mawqif/graph"
	"mawqif/ingest"
	"mawqif/ingest/source"
	"mawqif/internal/config"
)

const inputHelp = `A PATH is a text, a file of JSONL (an article a line, with the fields id, url,
title, outlet, date, lang, text), or a directory, of which every file below that
ends in .txt, .md, .jsonl or .ndjson is read; each may be gzipped (.gz). A text may
begin with the same fields between two lines "---". Text must be UTF-8, UTF-16 or,
in Arabic, Windows-1256; --encoding names another.`

// inputFlags are the flags that tell how to read articles.
type inputFlags struct {
	format, encoding, date string
	defaults               ingest.Document
}

func (f *inputFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.format, "input-format", "auto", "how the input is written: auto, jsonl, text")
	flags.StringVar(&f.encoding, "encoding", "", "encoding of input that is not UTF-8, such as windows-1256 (default: find out)")
	flags.StringVar(&f.defaults.SourceID, "id", "", "id of the article, if the input has none")
	flags.StringVar(&f.defaults.Title, "title", "", "title of the article, if the input has none")
	flags.StringVar(&f.defaults.URL, "url", "", "address of the article, if the input has none")
	flags.StringVar(&f.defaults.Outlet, "outlet", "", "who published the articles, where the input does not say")
	flags.StringVar(&f.date, "date", "", "day of publication, 2020-06-05, where the input does not say")
	flags.StringVar(&f.defaults.Language, "lang", "", "language of the articles, ar or en, where the input does not say (default: find out)")
	size := config.Default().Ingest.MaxArticle
	flags.Var(&size, "max-article", "largest article to take")
}

// open opens the source that the arguments name.
func (f *inputFlags) open(m *Main, paths []string) (*source.Source, error) {
	formats := []source.Format{source.Auto, source.JSONL, source.Text}
	if !slices.Contains(formats, source.Format(f.format)) {
		return nil, fmt.Errorf("--input-format %q is none of %v", f.format, formats)
	}
	if f.date != "" {
		day, err := graph.ParseDay(f.date)
		if err != nil {
			return nil, fmt.Errorf("--date: %w", err)
		}
		f.defaults.Published = day
	}
	if len(paths) == 0 {
		paths = []string{"-"}
	}
	now := m.Now().UTC()
	return source.Open(paths, m.Stdin, source.Options{
		Format: source.Format(f.format), Encoding: f.encoding, Defaults: f.defaults,
		MaxArticle: int64(m.config.Ingest.MaxArticle),
		Today:      graph.NewDay(now.Year(), now.Month(), now.Day()),
	})
}
