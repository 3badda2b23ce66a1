package analysis

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"mawqif/graph"
	bydna "mawqif/graph/coded"
	"mawqif/graph/coded/codedtest"
	"mawqif/graph/sqlite"
)

// TestNetworksOfImportedStatements imports a database of Discourse Network
// Analyzer into a store and compares the networks made of what is stored with
// those that DNA made of the database, to 1e-9. MAWQIF_DNA names a further one, as the
// path before .dna and -networks.jsonl.gz.
func TestNetworksOfImportedStatements(t *testing.T) {
	compareImported(t, codedtest.DNA(t), filepath.Join("testdata", "synthetic"))
	if more := os.Getenv("MAWQIF_DNA"); more != "" {
		compareImported(t, more+".dna", more)
	}
}

// imported returns a store with a database of DNA in it.
func imported(t *testing.T, path string) graph.Reader {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	d, err := bydna.OpenDNA(t.Context(), path, bydna.DNAVariables, bydna.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for b, err := range d.Batches(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	if left := d.Report().Rejected; len(left) > 0 {
		t.Fatalf("rejected: %v", left)
	}
	return s
}

// dependsOnOrder tells whether a network depends on the order of statements of
// one day, which the graph does not keep: DNA draws lots among them for windows
// of events; and of duplicates that differ in their ignored value it keeps the
// first, which the union that Jaccard divides by depends on.
func dependsOnOrder(r *reference) bool {
	return r.TimeWindow == EventUnit ||
		r.Type == OneMode && r.Aggregation == Ignore && r.Normalization == Jaccard && r.Duplicates != Include
}

func compareImported(t *testing.T, database, base string) {
	store := imported(t, database)
	variables := map[string]Variable{"person": Person, "organization": Institution, "concept": Issue}
	f, err := os.Open(base + "-networks.jsonl.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	samples := map[[2]string]Events{}
	in := bufio.NewScanner(z)
	in.Buffer(nil, 64<<20)
	compared := 0
	for in.Scan() {
		var want reference
		if err := json.Unmarshal(in.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		if dependsOnOrder(&want) {
			continue
		}
		compared++
		key := [2]string{want.Variable1, want.Variable2}
		if _, ok := samples[key]; !ok {
			p, err := Load(context.Background(), store, graph.TakingQuery{})
			if err != nil {
				t.Fatal(err)
			}
			s, err := p.Sample(Selection{Rows: variables[want.Variable1], Columns: variables[want.Variable2], Lang: "en"})
			if err != nil {
				t.Fatal(err)
			}
			for _, labels := range [][]Label{s.Rows, s.Columns} {
				for i := range labels {
					labels[i].ID = ""
				}
			}
			samples[key] = s.Events
		}
		t.Run(fmt.Sprint(want.Type, want.Variable1, want.Variable2, want.Aggregation, want.Normalization, want.Duplicates, want.TimeWindow, want.WindowSize, want.Kernel), func(t *testing.T) { compareNetwork(t, samples[key], want) })
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
	if compared < 300 {
		t.Errorf("only %d networks were compared", compared)
	}
	t.Logf("%s: %d networks", base, compared)
}
