package sqlite_test

import (
	"path/filepath"
	"testing"

	"mawqif/graph"
	"mawqif/graph/graphtest"
	"mawqif/graph/sqlite"
)

func open(t testing.TB, path string, o sqlite.Options) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestConformance(t *testing.T) {
	var path string
	graphtest.Run(t, graphtest.Harness{
		New: func(t *testing.T) graph.Store {
			path = filepath.Join(t.TempDir(), "graph.db")
			return open(t, path, sqlite.Options{})
		},
		Reopen: func(t *testing.T, s graph.Store) graph.Store {
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, path, sqlite.Options{})
		},
	})
}
