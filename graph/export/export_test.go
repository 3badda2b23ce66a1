package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"mawqif/graph"
	"mawqif/graph/export"
	"mawqif/graph/graphtest"
	"mawqif/graph/sqlite"
)

// sample is a small graph with everything in it that graphs have.
var sample = graphtest.Synthetic{Seed: 7, Statements: 400, Articles: 30}

func store(t testing.TB, batches ...graph.Batch) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	for _, b := range batches {
		if err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func sampleBatches() []graph.Batch {
	var all []graph.Batch
	for b := range sample.Batches() {
		all = append(all, b)
	}
	return all
}

func write(t testing.TB, s *export.Selection, format string) ([]byte, export.Manifest) {
	t.Helper()
	f, err := export.Find(format)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	m, err := s.Write(t.Context(), f, &out)
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), m
}

// TestBatchesMakeTheSameGraph copies a graph by what was read out of it.
func TestBatchesMakeTheSameGraph(t *testing.T) {
	// One article has more statements than are read at a time.
	large := graphtest.Synthetic{Seed: 8, Statements: 1300, Articles: 1}.Batch(0)
	from, to := store(t, append(sampleBatches(), large)...), store(t)
	for b, err := range export.Batches(t.Context(), from, graph.StatementFilter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Validate(); err != nil {
			t.Fatal(err)
		}
		if err := to.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	want, err := from.Hash(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := to.Hash(t.Context()); got != want {
		t.Errorf("the copy has hash %s, want %s (%v)", got, want, err)
	}
}

// TestTable reads the table of statements back.
func TestTable(t *testing.T) {
	batches := sampleBatches()
	s := export.Selection{Reader: store(t, batches...), Lang: "ar"}
	text, m := write(t, &s, "csv")
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	found := map[string][]string{}
	for _, r := range rows[1:] {
		found[r[at["statement"]]] = r
	}
	want := 0
	for _, b := range batches {
		actors := map[graph.ID]graph.Actor{}
		for _, a := range b.Actors {
			actors[a.ID] = a
		}
		for _, st := range b.Statements {
			want++
			r := found[string(st.ID)]
			if r == nil {
				t.Fatalf("%s is missing", st.ID)
			}
			for name, value := range map[string]string{
				"content": st.Content, "act": string(st.Act), "speaker": graph.NameIn(actors[st.Speaker].Names, "ar"),
				"said": string(st.SaidAt.Day), "title": b.Article.Title, "run": string(b.Run.ID),
			} {
				if r[at[name]] != value {
					t.Errorf("%s: %s is %q, want %q", st.ID, name, r[at[name]], value)
				}
			}
			var evidence []graph.Evidence
			if err := json.Unmarshal([]byte(r[at["evidence"]]), &evidence); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(st.Evidence, evidence); diff != "" {
				t.Errorf("%s: evidence (-want +got):\n%s", st.ID, diff)
			}
		}
	}
	if len(found) != want || m.Counts.Statements != want || m.Counts.Rows != want || m.Counts.Articles != len(batches) {
		t.Errorf("%d rows, counts %+v, want %d statements of %d articles", len(found), m.Counts, want, len(batches))
	}
}

// TestTakings has a row for each position taken.
func TestTakings(t *testing.T) {
	batches := sampleBatches()
	s := export.Selection{Reader: store(t, batches...), Lang: "en", Table: export.Takings}
	text, _ := write(t, &s, "csv")
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	for _, b := range batches {
		for _, st := range b.Statements {
			want += len(st.Positions)
		}
	}
	if len(rows)-1 != want {
		t.Errorf("%d rows, want %d", len(rows)-1, want)
	}
}

// TestArticles has a row for each article, with its text.
func TestArticles(t *testing.T) {
	batches := sampleBatches()
	s := export.Selection{Reader: store(t, batches...), Table: export.Articles, Texts: true}
	text, _ := write(t, &s, "csv")
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, r := range rows[1:] {
		texts[r[0]] = r[len(r)-1]
	}
	want := map[string]string{}
	for _, b := range batches {
		want[string(b.Article.ID)] = b.Article.Text
	}
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
}

// TestLines reads every node back, and each but once.
func TestLines(t *testing.T) {
	batches := sampleBatches()
	s := export.Selection{Reader: store(t, batches...), Texts: true}
	text, _ := write(t, &s, "ndjson")
	statements, articles, seen := map[graph.ID]graph.Statement{}, map[graph.ID]graph.Article{}, map[string]bool{}
	for l := range bytes.Lines(text) {
		var line struct {
			Type string
			Node json.RawMessage
		}
		if err := json.Unmarshal(l, &line); err != nil {
			t.Fatal(err)
		}
		if seen[string(l)] {
			t.Errorf("twice: %s", l)
		}
		seen[string(l)] = true
		switch line.Type {
		case "statement":
			var st graph.Statement
			if err := json.Unmarshal(line.Node, &st); err != nil {
				t.Fatal(err)
			}
			statements[st.ID] = st
		case "article":
			var a graph.Article
			if err := json.Unmarshal(line.Node, &a); err != nil {
				t.Fatal(err)
			}
			articles[a.ID] = a
		}
	}
	for _, b := range batches {
		if diff := cmp.Diff(b.Article, articles[b.Article.ID]); diff != "" {
			t.Error(diff)
		}
		for _, st := range b.Statements {
			if diff := cmp.Diff(st, statements[st.ID], cmpopts.IgnoreFields(graph.Statement{}, "RecordedAt"), cmpopts.EquateEmpty()); diff != "" {
				t.Error(diff)
			}
		}
	}
}

// TestWriteTo keeps what is there, says what it wrote, and leaves nothing half
// done behind.
func TestWriteTo(t *testing.T) {
	s := export.Selection{Reader: store(t, sampleBatches()...), Filter: graph.StatementFilter{Languages: []string{"ar"}, MinConfidence: .9}}
	path := filepath.Join(t.TempDir(), "out.csv")
	f, err := export.Find("csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.WriteTo(t.Context(), f, path, false); err != nil {
		t.Fatal(err)
	}
	first, err := os.ReadFile(path + export.ManifestSuffix)
	if err != nil {
		t.Fatal(err)
	}
	var m export.Manifest
	if err := json.Unmarshal(first, &m); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{"languages": []any{"ar"}, "minConfidence": .9}, m.Filter); diff != "" {
		t.Errorf("filter (-want +got):\n%s", diff)
	}
	if info, err := os.Stat(path); err != nil || len(m.Files) != 1 || m.Files[0].Bytes != info.Size() || m.Counts.Statements == 0 {
		t.Errorf("manifest %s of %v (%v)", first, info, err)
	}
	if _, err := s.WriteTo(t.Context(), f, path, false); !errors.Is(err, export.ErrExists) || !strings.Contains(err.Error(), "--force") {
		t.Errorf("writing over a file: %v", err)
	}
	if _, err := s.WriteTo(t.Context(), f, path, true); err != nil {
		t.Error(err)
	}
	if second, err := os.ReadFile(path + export.ManifestSuffix); err != nil || !bytes.Equal(first, second) {
		t.Errorf("the same export has another manifest: %s (%v)", second, err)
	}
	// A store that fails half-way.
	broken := export.Selection{Reader: s.Reader, Filter: graph.StatementFilter{SaidFrom: "nonsense"}}
	failed := filepath.Join(filepath.Dir(path), "failed.csv")
	if _, err := broken.WriteTo(t.Context(), f, failed, false); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("an invalid filter gives %v", err)
	}
	if left, err := filepath.Glob(failed + "*"); len(left) > 0 {
		t.Errorf("%v is left behind (%v)", left, err)
	}
}
