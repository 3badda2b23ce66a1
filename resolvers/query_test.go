package resolvers_test

import (
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
	"mawqif/graph/people"
	"mawqif/resolvers"
)

var update = flag.Bool("update", false, "write the golden files")

// The example queries of the documentation give the answers beside them, byte
// by byte, whichever store the graph is in.
func TestExampleQueries(t *testing.T) {
	w := newWorld()
	batches := append(w.batches(), w.later()...)
	t.Run("file", func(t *testing.T) { askExampleQueries(t, newStore(t, batches...)) })
	t.Run("server", func(t *testing.T) { askExampleQueries(t, newServerStore(t, batches...)) })
}

func askExampleQueries(t *testing.T, s graph.Store) {
	c := newClient(t, people.View(s, nil, time.Now), resolvers.Options{Timeout: time.Minute})
	queries, err := filepath.Glob("../docs/queries/*.graphql")
	if err != nil || len(queries) == 0 {
		t.Fatal("no example queries", err)
	}
	for _, path := range queries {
		t.Run(filepath.Base(path), func(t *testing.T) {
			query, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := c.ask(string(query), nil)
			if got.Status != http.StatusOK || len(got.Errors) > 0 {
				t.Fatalf("%d %s", got.Status, got.Raw)
			}
			golden := strings.TrimSuffix(path, ".graphql") + ".json"
			if *update {
				if err := os.WriteFile(golden, []byte(indent(got.Raw)), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), indent(got.Raw)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
