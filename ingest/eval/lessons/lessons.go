// Package lessons reads coded articles for the commands that fit weights to
// them, and writes the weights.
package lessons

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"mawqif/graph"
	"mawqif/ingest/eval"
	"mawqif/ingest/extract/linear"
)

// Article is an article to learn from.
type Article struct {
	ID, Outlet, Title, Text, Lang string
	Date                          graph.Day
}

// maxLine bounds a line of input, in bytes.
const maxLine = 64 << 20

// Each reads a file of articles and one of what is coded of them, as
// `mawqif eval` takes them, and calls each with every coded article, in the
// order of the articles. Articles that are not coded are left out. Errors name
// the file and the line; evidence outside the text is one.
func Each(articles, coded string, each func(*Article, *eval.Coded) error) error {
	f, err := os.Open(coded)
	if err != nil {
		return err
	}
	list, err := eval.ReadCoded(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("%s: %w", coded, err)
	}
	byID := make(map[string]*eval.Coded, len(list))
	for i := range list {
		byID[list[i].ID] = &list[i]
	}
	return Lines(articles, func(a *Article) error {
		c := byID[a.ID]
		if c == nil {
			return nil
		}
		if err := eval.CheckSpans(*c, a.Text); err != nil {
			return err
		}
		return each(a, c)
	})
}

// Lines calls each with every line of a file of JSON. Errors name the file and
// the line.
func Lines[T any](path string, each func(*T) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, maxLine)
	for n := 1; in.Scan(); n++ {
		var v T
		err := json.Unmarshal(in.Bytes(), &v)
		if err == nil {
			err = each(&v)
		}
		if err != nil {
			return fmt.Errorf("%s line %d: %w", path, n, err)
		}
	}
	return in.Err()
}

// Write writes a model to a file under a comment that says what it was fitted
// to.
func Write(path, comment string, m *linear.Model) error {
	var b strings.Builder
	fmt.Fprintln(&b, "#", comment)
	if err := m.Write(&b); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(b.String()), 0o644)
}
