// Package examples holds articles written for this project, Arabic and
// English, with their statements coded by hand. People and events are
// invented; states and organisations are not. The articles look as pages do
// when they are scraped, with captions, links and advertisements around them.
package examples

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"

	"mawqif/ingest"
	"mawqif/ingest/source"
)

//go:embed articles
var files embed.FS

//go:embed coded.jsonl
var coded []byte

// maxArticle bounds the size of an example in bytes.
const maxArticle = 1 << 20

// Articles returns the articles, the Arabic ones first, in the order of their
// file names.
func Articles() ([]ingest.Document, error) {
	var all []ingest.Document
	for _, lang := range []string{"ar", "en"} {
		entries, err := fs.ReadDir(files, path.Join("articles", lang))
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			d, err := article(path.Join("articles", lang, e.Name()))
			if err != nil {
				return nil, fmt.Errorf("example %s: %w", e.Name(), err)
			}
			all = append(all, d)
		}
	}
	return all, nil
}

func article(name string) (ingest.Document, error) {
	raw, err := files.ReadFile(name)
	if err != nil {
		return ingest.Document{}, err
	}
	s, err := source.Open([]string{"-"}, bytes.NewReader(raw), source.Options{Format: source.Text, MaxArticle: maxArticle})
	if err != nil {
		return ingest.Document{}, err
	}
	for item := range s.Items(context.Background()) {
		return item.Document, item.Err
	}
	return ingest.Document{}, fs.ErrNotExist
}

// Coded returns the statements of the articles coded by hand: JSONL, an
// article a line, as `mawqif eval` reads it.
func Coded() []byte { return bytes.Clone(coded) }
