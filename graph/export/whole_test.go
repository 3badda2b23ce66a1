package export_test

import (
	"path/filepath"
	"testing"

	"mawqif/graph"
	"mawqif/graph/export"
	"mawqif/graph/graphtest"
	"mawqif/graph/sqlite"
)

// A graph is copied with what no standing statement refers to: nodes that only
// superseded statements name, runs that nothing stands of, articles without
// statements, offices of those who never speak.
func TestWhole(t *testing.T) {
	open := func() *sqlite.Store {
		s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"), sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		return s
	}
	hash := func(s graph.Store) string {
		h, err := s.Hash(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	apply := func(s graph.Store, b graph.Batch) {
		t.Helper()
		if err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	copied := func(from graph.Store) graph.Store {
		t.Helper()
		to := open()
		first, rest, err := export.Whole(t.Context(), from)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range first {
			apply(to, b)
		}
		var all []graph.Batch
		for b, err := range rest {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, b)
		}
		// The order of the rest does not matter.
		for i := range all {
			apply(to, all[len(all)-1-i])
		}
		return to
	}

	empty := open()
	if got, want := hash(copied(empty)), hash(empty); got != want {
		t.Errorf("an empty graph is copied as %s, want %s", got, want)
	}
	from := open()
	n := 0
	for b := range (graphtest.Synthetic{Seed: 4, Statements: 1500, Articles: 130}).Batches() {
		b.Held = append(b.Held, graph.Held{Person: b.Actors[0].ID, Institution: b.Actors[len(b.Actors)-1].ID, Title: "envoy", First: "2020-01-02"})
		apply(from, b)
		if n++; n%3 == 0 { // a later run makes no statement of it
			b.Run = graph.NewRun("rules", "later", "default")
			b.Statements = nil
			apply(from, b)
		}
		if n == 50 { // nor does a run that nothing stands of
			forgotten := b
			forgotten.Run, forgotten.Statements = graph.NewRun("rules", "forgotten", "default"), nil
			apply(from, forgotten)
			apply(from, b)
		}
	}
	to := copied(from)
	if got, want := hash(to), hash(from); got != want {
		before, _ := from.Stats(t.Context())
		after, _ := to.Stats(t.Context())
		t.Errorf("the copy is another graph: %+v, want %+v", after, before)
	}
	if got, want := hash(copied(to)), hash(from); got != want {
		t.Errorf("a copy of the copy has hash %s, want %s", got, want)
	}
}
