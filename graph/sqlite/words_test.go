package sqlite_test

import (
	"errors"
	"path/filepath"
	"testing"

	"mawqif/graph"
	"mawqif/graph/graphtest"
	"mawqif/graph/sqlite"
)

// FuzzSearch holds that no text, however it looks to a search engine, is an
// error, but one of too many words.
func FuzzSearch(f *testing.F) {
	s := open(f, filepath.Join(f.TempDir(), "graph.db"), sqlite.Options{})
	defer s.Close()
	for b := range (graphtest.Synthetic{Seed: 1, Statements: 20, Articles: 4}).Batches() {
		if err := s.Apply(f.Context(), b); err != nil {
			f.Fatal(err)
		}
	}
	for _, text := range []string{"", "min re", `"a" OR b*`, "NEAR(a b, 2)", "^a - b : c", "a\x00b", "\xff", "من ري", "{a} + ''; --"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, err := s.Search(t.Context(), text, graph.Page{First: 3, Count: true})
		_, err2 := s.FindStatements(t.Context(), graph.StatementFilter{Text: text}, graph.NewestFirst, graph.Page{First: 3})
		_, tooMany := graph.Words(text)
		if tooMany == nil && errors.Join(err, err2) != nil || tooMany != nil && !(errors.Is(err, graph.ErrInvalid) && errors.Is(err2, graph.ErrInvalid)) {
			t.Errorf("%q: %v, %v", text, err, err2)
		}
	})
}

// FuzzCursor holds that a cursor, wherever it comes from, is followed or
// refused as invalid.
func FuzzCursor(f *testing.F) {
	s := open(f, filepath.Join(f.TempDir(), "graph.db"), sqlite.Options{})
	defer s.Close()
	for b := range (graphtest.Synthetic{Seed: 1, Statements: 20, Articles: 4}).Batches() {
		if err := s.Apply(f.Context(), b); err != nil {
			f.Fatal(err)
		}
	}
	id := string(graph.NewID(graph.KindStatement, "x"))
	for _, key := range []string{"", "[]", "[1]", `["x"]`, "[1,2]", "[1e999]", "[null]", "[9223372036854775807]", "[-0.0]", "[[1]]", `[1]x`, "[1] [2]"} {
		f.Add(key, id)
	}
	f.Add("[1]", "nonsense")
	f.Fuzz(func(t *testing.T, key, id string) {
		page := graph.Page{First: 2, After: graph.Cursor{Key: key, ID: graph.ID(id)}}
		for _, o := range []graph.StatementOrder{graph.NewestFirst, graph.SurestFirst, graph.InArticleOrder} {
			if _, err := s.FindStatements(t.Context(), graph.StatementFilter{}, o, page); err != nil && !errors.Is(err, graph.ErrInvalid) {
				t.Errorf("%s %q %q: %v", o, key, id, err)
			}
		}
		if _, err := s.FindActors(t.Context(), graph.ActorFilter{}, page); err != nil && !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("actors %q %q: %v", key, id, err)
		}
	})
}
