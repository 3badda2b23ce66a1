package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/examples"
	"mawqif/graph"
	"mawqif/graph/export"
	"mawqif/graph/graphtest"
	"mawqif/ingest"
)

// python runs a script with Debian's Python, whose packages the tests need.
func python(t testing.TB, args ...string) []byte {
	t.Helper()
	interpreter := "/usr/bin/python3"
	if _, err := os.Stat(interpreter); err != nil {
		interpreter = "python3"
	}
	var out, complaint bytes.Buffer
	cmd := exec.CommandContext(t.Context(), interpreter, args...)
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		text := complaint.String()
		for module, debian := range map[string]string{"networkx": "python3-networkx", "igraph": "python3-igraph", "rdflib": "python3-rdflib", "pandas": "python3-pandas"} {
			if strings.Contains(text, "No module named '"+module+"'") {
				t.Fatalf("%s has no module %s: install the Debian package %s (make tools does)", interpreter, module, debian)
			}
		}
		t.Fatalf("%s %v: %v: install the Debian package python3 if it is missing (make tools does)\n%s", interpreter, args, err, text)
	}
	return out.Bytes()
}

// exampleBatches are the articles of this project with all that is extracted
// from them, Arabic and English, and some of a synthetic graph.
func exampleBatches(t testing.TB) []graph.Batch {
	t.Helper()
	all, err := extracted()
	if err != nil {
		t.Fatal(err)
	}
	return slices.Clip(all)
}

// extracted extracts once for all tests.
var extracted = sync.OnceValues(func() ([]graph.Batch, error) {
	p, err := ingest.Default()
	if err != nil {
		return nil, err
	}
	articles, err := examples.Articles()
	if err != nil {
		return nil, err
	}
	var all []graph.Batch
	for _, a := range articles {
		b, _ := p.Extract(a)
		all = append(all, b)
	}
	return append(all, slices.Collect(sample.Batches())[:5]...), nil
})

// element is a node or an edge as a reader has it.
type element map[string]any

// reading is a graph as a reader has it, or a table.
type reading struct {
	Rows     []element
	Directed bool
	Nodes    map[string]element
	Edges    []element
}

func readBack(t testing.TB, reader string, text []byte) reading {
	t.Helper()
	path := filepath.Join(t.TempDir(), "graph")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	var r reading
	if err := json.Unmarshal(python(t, filepath.Join("testdata", "read.py"), reader, path), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func names(names []graph.Name) string {
	if len(names) == 0 {
		return ""
	}
	text, _ := json.Marshal(names)
	return string(text)
}

// expected is the property graph of a graph, made of its batches in another
// way than the export does.
func expected(t testing.TB, store graph.Reader) (nodes map[string]element, edges []element) {
	t.Helper()
	nodes = map[string]element{}
	held := map[string]bool{}
	add := func(id graph.ID, label string, attributes element) {
		attributes["label"], attributes["kind"] = label, string(id.Kind())
		for name, v := range attributes {
			if v == "" {
				delete(attributes, name)
			}
		}
		nodes[string(id)] = attributes
	}
	tie := func(relation string, from, to graph.ID, attributes element) {
		if from == "" || to == "" {
			return
		}
		attributes["source"], attributes["target"], attributes["relation"], attributes["weight"] = string(from), string(to), relation, 1.0
		for name, v := range attributes {
			if v == "" {
				delete(attributes, name)
			}
		}
		edges = append(edges, attributes)
	}
	for b, err := range export.Batches(t.Context(), store, graph.StatementFilter{}) {
		if err != nil {
			t.Fatal(err)
		}
		isNew := func(id graph.ID) bool { return nodes[string(id)] == nil }
		for _, n := range b.Actors {
			if isNew(n.ID) {
				add(n.ID, graph.NameIn(n.Names, "ar"), element{"names": names(n.Names), "key": n.Key, "actor_kind": string(n.Kind)})
				for _, whole := range n.PartOf {
					tie("PART_OF", n.ID, whole, element{})
				}
			}
		}
		for _, n := range b.Places {
			if isNew(n.ID) {
				add(n.ID, graph.NameIn(n.Names, "ar"), element{"names": names(n.Names), "key": n.Key})
				tie("PART_OF", n.ID, n.PartOf, element{})
			}
		}
		for _, n := range b.Outlets {
			add(n.ID, graph.NameIn(n.Names, "ar"), element{"names": names(n.Names), "key": n.Key})
		}
		issues := map[graph.ID]graph.Issue{}
		for _, n := range b.Issues {
			issues[n.ID] = n
			if isNew(n.ID) {
				add(n.ID, graph.NameIn(n.Labels, "ar"), element{"names": names(n.Labels), "key": n.Key, "codebook": n.Codebook, "propositions": names(n.Propositions)})
				tie("PART_OF", n.ID, n.Parent, element{})
			}
		}
		for _, n := range b.Positions {
			if isNew(n.ID) {
				var object, place []graph.Name
				for _, a := range b.Actors {
					if a.ID == n.Object {
						object = a.Names
					}
				}
				for _, p := range b.Places {
					if p.ID == n.Place {
						place = p.Names
					}
				}
				add(n.ID, issues[n.Issue].Proposition(object, place, "ar"), element{})
				tie("ON", n.ID, n.Issue, element{})
				tie("CONCERNS", n.ID, n.Object, element{})
				tie("IN", n.ID, n.Place, element{})
			}
		}
		add(b.Run.ID, b.Run.Extractor+" "+b.Run.Version, element{"extractor": b.Run.Extractor, "rules": b.Run.Version, "codebook": b.Run.Codebook})
		a := b.Article
		add(a.ID, a.Title, element{
			"source_id": a.SourceID, "url": a.URL, "title": a.Title, "language": a.Language,
			"published": string(a.Published), "text_hash": a.TextHash, "text": a.Text,
		})
		tie("PUBLISHED_BY", a.ID, a.Outlet, element{})
		for _, h := range b.Held {
			if key := fmt.Sprint(h); !held[key] {
				held[key] = true
				tie("HELD", h.Person, h.Institution, element{"title": h.Title, "first": string(h.First), "last": string(h.Last)})
			}
		}
		for _, s := range b.Statements {
			add(s.ID, s.Content, element{
				"act": string(s.Act), "quote_type": string(s.QuoteType), "cue": s.Cue, "content": s.Content, "confidence": s.Confidence,
				"said": string(s.SaidAt.Day), "said_precision": string(s.SaidAt.Precision), "said_origin": string(s.SaidAt.Origin),
				"utterance": s.Utterance, "recorded_at": s.RecordedAt.Format("2006-01-02T15:04:05.999999Z"),
			})
			tie("MADE", s.Speaker, s.ID, element{"role": s.Role})
			tie("ON_BEHALF_OF", s.ID, s.OnBehalfOf, element{})
			tie("RELAYED_VIA", s.ID, s.RelayedVia, element{})
			tie("PRODUCED_BY", s.ID, s.Run, element{})
			evidence, _ := json.Marshal(s.Evidence)
			tie("REPORTED_IN", s.ID, s.Article, element{"evidence": string(evidence)})
			for _, x := range s.Targets {
				tie("TOWARD", s.ID, x.Actor, element{"stance": float64(x.Stance), "mention": x.Mention})
			}
			for _, x := range s.Positions {
				tie("TAKES", s.ID, x.Position, element{"agreement": float64(x.Agreement)})
			}
			for _, x := range s.Places {
				tie("ABOUT", s.ID, x, element{})
			}
		}
	}
	return nodes, edges
}

// sorted brings edges into one order.
func sorted(edges []element) []element {
	key := func(e element) string {
		text, _ := json.Marshal(e)
		return string(text)
	}
	slices.SortFunc(edges, func(a, b element) int { return strings.Compare(key(a), key(b)) })
	return edges
}

// without leaves out attributes that a format adds of its own.
func without(elements []element, names ...string) []element {
	for _, e := range elements {
		for _, n := range names {
			delete(e, n)
		}
	}
	return elements
}

// TestGraphsReadBack reads the graphs with the readers of others: the same
// nodes and edges, with every attribute, letter by letter.
func TestGraphsReadBack(t *testing.T) {
	store := store(t, exampleBatches(t)...)
	stats, err := store.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	nodes, edges := expected(t, store)
	want := stats.Actors + stats.Statements + stats.Positions + stats.Issues + stats.Places + stats.Articles + stats.Outlets + stats.Runs
	if len(nodes) != want {
		t.Errorf("%d nodes are expected, the store counts %d", len(nodes), want)
	}
	relations := map[string]int{}
	for _, e := range edges {
		relations[e["relation"].(string)]++
	}
	for relation, n := range stats.Relations {
		// Places and issues have wholes too, which the store does not count.
		if relation != "PART_OF" && relations[relation] != n {
			t.Errorf("%d relations %s are expected, the store counts %d", relations[relation], relation, n)
		}
	}
	tests := []struct {
		format, reader string
		// toNodes and toEdges are attributes that the format, or the reader,
		// adds of its own.
		toNodes, toEdges []string
	}{
		{"graphml", "networkx-graphml", nil, []string{"id"}},
		{"graphml", "igraph-graphml", nil, nil},
		{"gexf", "networkx-gexf", []string{"spells"}, []string{"id", "label", "spells"}},
		{"cytoscape", "networkx-cytoscape", []string{"id", "value"}, []string{"id", "key", "interaction"}},
	}
	for _, tt := range tests {
		t.Run(tt.reader, func(t *testing.T) {
			s := export.Selection{Reader: store, Lang: "ar", Texts: true}
			text, m := write(t, &s, tt.format)
			got := readBack(t, tt.reader, text)
			if !got.Directed || m.Counts.Nodes != len(nodes) || m.Counts.Edges != len(edges) {
				t.Errorf("directed: %v, counts %+v, want %d nodes and %d edges", got.Directed, m.Counts, len(nodes), len(edges))
			}
			for id, n := range got.Nodes {
				if tt.format == "cytoscape" {
					n["label"] = n["name"]
					delete(n, "name")
					if n["label"] == nil {
						delete(n, "label")
					}
				}
				without([]element{n}, tt.toNodes...)
				if diff := cmp.Diff(nodes[id], n); diff != "" {
					t.Fatalf("node %s (-want +got):\n%s", id, diff)
				}
			}
			if len(got.Nodes) != len(nodes) {
				t.Errorf("%d nodes, want %d", len(got.Nodes), len(nodes))
			}
			if diff := cmp.Diff(sorted(edges), sorted(without(got.Edges, tt.toEdges...))); diff != "" {
				t.Errorf("edges (-want +got):\n%.3000s", diff)
			}
		})
	}
}

// TestTablesReadBack reads tables and lines with Python: every cell, letter by
// letter, also where it has quotes and ends of lines in it.
func TestTablesReadBack(t *testing.T) {
	batches := exampleBatches(t)
	odd := graphtest.Synthetic{Seed: 9, Statements: 8}.Batch(0)
	odd.Article.Title = "\"عنوان\", مع فاصلة;\r\nوسطر ثان\tو=SUM(A1)"
	odd.Article.Identify()
	for i := range odd.Statements {
		s := &odd.Statements[i]
		s.Article = odd.Article.ID
		s.Identify()
	}
	store := store(t, append(batches, odd)...)
	s := export.Selection{Reader: store, Lang: "ar"}
	text, _ := write(t, &s, "csv")
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, reader := range []string{"csv", "pandas-csv"} {
		got := readBack(t, reader, text)
		if len(got.Rows) != len(lines)-1 {
			t.Fatalf("%s: %d rows, want %d", reader, len(got.Rows), len(lines)-1)
		}
		titles := 0
		for i, row := range got.Rows {
			for k, name := range lines[0] {
				// Go reads the end of a line of Windows as one of Unix.
				if cell := strings.ReplaceAll(row[name].(string), "\r\n", "\n"); cell != lines[i+1][k] {
					t.Errorf("%s: %s of row %d is %q, want %q", reader, name, i, cell, lines[i+1][k])
				}
			}
			if row["title"] == odd.Article.Title {
				titles++
			}
		}
		if titles != len(odd.Statements) {
			t.Errorf("%s: %d rows have the odd title, want %d", reader, titles, len(odd.Statements))
		}
	}
	text, _ = write(t, &s, "ndjson")
	want := bytes.Count(text, []byte("\n"))
	got := readBack(t, "ndjson", text)
	contents := map[string]int{}
	for _, row := range got.Rows {
		if row["type"] == "statement" {
			contents[row["node"].(map[string]any)["content"].(string)]++
		}
	}
	for _, b := range append(batches, odd) {
		for _, st := range b.Statements {
			contents[st.Content]--
		}
	}
	for content, n := range contents {
		if n != 0 {
			t.Errorf("%q is read %+d times too often", content, n)
		}
	}
	if len(got.Rows) != want {
		t.Errorf("%d lines, want %d", len(got.Rows), want)
	}
}
