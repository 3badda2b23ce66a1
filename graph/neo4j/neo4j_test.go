package neo4j

import (
	"os"
	"testing"

	"mawqif/graph"
	"mawqif/graph/graphtest"
	"mawqif/internal/neo4jtest"
)

func TestMain(m *testing.M) { os.Exit(neo4jtest.M{M: m}.Run()) }

func TestConformance(t *testing.T) {
	var o Options
	graphtest.Run(t, graphtest.Harness{
		New: func(t *testing.T) graph.Store {
			o = options(neo4jtest.Empty(t))
			return open(t, o)
		},
		Reopen: func(t *testing.T, s graph.Store) graph.Store {
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, o)
		},
	})
}

func options(s *neo4jtest.Server) Options {
	return Options{Address: s.Address(), Password: s.Password}
}

func open(t testing.TB, o Options) *Store {
	t.Helper()
	s, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
