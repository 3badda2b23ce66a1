package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
	"mawqif/graph/analysis"
	"mawqif/graph/export"
)

func label(id, name string) analysis.Label { return analysis.Label{ID: graph.ID(id), Name: name} }

func day(d graph.Day) time.Time { return d.Time() }

// debate is a small set of statements, and twoMode and oneMode its networks.
var debate = analysis.Events{
	Rows:    []analysis.Label{label("actor:a", "الطيب"), label("actor:b", "Lea <Duran> & \"co\""), label("actor:c", "Mute")},
	Columns: []analysis.Label{label("issue:x", "وقف القتال"), label("issue:y", "Sanctions")},
	List: []analysis.Event{
		{Row: 0, Column: 0, Value: 1, Document: 0, Time: day("2021-03-04"), Order: 0},
		{Row: 0, Column: 0, Value: 1, Document: 1, Time: day("2021-05-04"), Order: 1},
		{Row: 1, Column: 0, Value: 1, Document: 1, Time: day("2021-05-04"), Order: 2},
		{Row: 1, Column: 1, Value: -1, Document: 2, Time: day("2021-07-01"), Order: 3},
	},
}

func network(t *testing.T, s analysis.Settings, w analysis.Window) *export.Network {
	t.Helper()
	n := &export.Network{Rows: "person", Columns: "issue", TwoMode: s.Type == analysis.TwoMode, Windows: w.Unit != "", Events: debate, Settings: map[string]any{"type": string(s.Type)}}
	var err error
	if n.Windows {
		n.All, err = analysis.Series(debate, s, w)
	} else {
		var one analysis.Network
		one, err = analysis.Make(debate, s)
		n.All = slices.Values([]analysis.Network{one})
	}
	if err != nil {
		t.Fatal(err)
	}
	return n
}

var (
	twoMode = analysis.Settings{Type: analysis.TwoMode, Aggregation: analysis.Subtract, Normalization: analysis.NoNormalization, Duplicates: analysis.Include, Isolates: true}
	oneMode = analysis.Settings{Type: analysis.OneMode, Aggregation: analysis.Congruence, Normalization: analysis.NoNormalization, Duplicates: analysis.Include}
)

// TestNetworksReadBack reads networks with the readers of others.
func TestNetworksReadBack(t *testing.T) {
	for _, tt := range []struct{ format, reader string }{
		{"graphml", "networkx-graphml"}, {"graphml", "igraph-graphml"}, {"gexf", "networkx-gexf"}, {"cytoscape", "networkx-cytoscape"},
	} {
		t.Run(tt.reader, func(t *testing.T) {
			s := export.Selection{Reader: store(t), Network: network(t, twoMode, analysis.Window{})}
			text, m := write(t, &s, tt.format)
			got := readBack(t, tt.reader, text)
			for _, n := range got.Nodes {
				if tt.format == "cytoscape" {
					n["label"] = n["name"]
				}
				without([]element{n}, "name", "value", "id", "spells")
			}
			want := map[string]element{
				"actor:a": {"label": "الطيب", "variable": "person", "type": false, "bipartite": 0.},
				"actor:b": {"label": "Lea <Duran> & \"co\"", "variable": "person", "type": false, "bipartite": 0.},
				"actor:c": {"label": "Mute", "variable": "person", "type": false, "bipartite": 0.},
				"issue:x": {"label": "وقف القتال", "variable": "issue", "type": true, "bipartite": 1.},
				"issue:y": {"label": "Sanctions", "variable": "issue", "type": true, "bipartite": 1.},
			}
			if diff := cmp.Diff(want, got.Nodes); diff != "" {
				t.Errorf("nodes (-want +got):\n%s", diff)
			}
			wantEdges := []element{
				{"source": "actor:a", "target": "issue:x", "weight": 2.},
				{"source": "actor:b", "target": "issue:x", "weight": 1.},
				{"source": "actor:b", "target": "issue:y", "weight": -1.},
			}
			if tt.format == "gexf" {
				wantEdges[0]["spells"] = []any{[]any{"2021-03-04", "2021-03-04"}, []any{"2021-05-04", "2021-05-04"}}
				wantEdges[1]["spells"] = []any{[]any{"2021-05-04", "2021-05-04"}}
				wantEdges[2]["spells"] = []any{[]any{"2021-07-01", "2021-07-01"}}
			}
			if diff := cmp.Diff(sorted(wantEdges), sorted(without(got.Edges, "id", "key"))); diff != "" {
				t.Errorf("edges (-want +got):\n%s", diff)
			}
			if got.Directed || m.Counts.Nodes != 5 || m.Counts.Edges != 3 || m.Network["type"] != "twomode" {
				t.Errorf("directed: %v, manifest %+v", got.Directed, m)
			}
		})
	}
}

// TestWindowsReadBack reads windows as a network that changes.
func TestWindowsReadBack(t *testing.T) {
	window := analysis.Window{Unit: analysis.Months, Size: 2, Kernel: analysis.NoKernel}
	s := export.Selection{Reader: store(t), Network: network(t, oneMode, window)}
	text, _ := write(t, &s, "csv")
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var spells, strengths []any
	for _, r := range rows[1:] {
		weight, err := strconv.ParseFloat(r[2], 64)
		if err != nil || r[3] != "actor:b" || r[4] != "actor:a" {
			t.Fatalf("row %v (%v)", r, err)
		}
		spells = append(spells, []any{r[5], r[7]})
		strengths = append(strengths, []any{weight, r[5], r[7]})
	}
	if len(spells) < 2 {
		t.Fatalf("the table has %d windows with an edge:\n%s", len(spells), text)
	}
	s.Network = network(t, oneMode, window)
	lines, _ := write(t, &s, "ndjson")
	count := 0
	for l := range bytes.Lines(lines) {
		var line struct {
			SourceID, TargetID string
			Weight             float64
			Start, Stop        string
		}
		if err := json.Unmarshal(l, &line); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strengths[count], any([]any{line.Weight, line.Start, line.Stop})); diff != "" {
			t.Error(diff)
		}
		count++
	}
	if count != len(spells) {
		t.Errorf("%d lines, want %d", count, len(spells))
	}
	s.Network = network(t, oneMode, window)
	text, _ = write(t, &s, "gexf")
	got := readBack(t, "networkx-gexf", text)
	if len(got.Edges) != 1 {
		t.Fatalf("%d edges, want 1", len(got.Edges))
	}
	if diff := cmp.Diff(any(spells), got.Edges[0]["spells"]); diff != "" {
		t.Errorf("spells (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(any(strengths), got.Edges[0]["strength"]); diff != "" {
		t.Errorf("strengths (-want +got):\n%s", diff)
	}
	for _, format := range []string{"graphml", "cytoscape"} {
		f, err := export.Find(format)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Write(t.Context(), f, &bytes.Buffer{}); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("windows in %s: %v", format, err)
		}
	}
}

// TestGEXFSpells dates what has a day.
func TestGEXFSpells(t *testing.T) {
	batches := exampleBatches(t)
	s := export.Selection{Reader: store(t, batches...), Lang: "en"}
	text, _ := write(t, &s, "gexf")
	got := readBack(t, "networkx-gexf", text)
	dated := 0
	for _, b := range batches {
		for _, st := range b.Statements {
			if st.SaidAt.Precision != graph.PrecisionDay {
				continue
			}
			dated++
			want := []any{[]any{string(st.SaidAt.Day), string(st.SaidAt.Day)}}
			if diff := cmp.Diff(any(want), got.Nodes[string(st.ID)]["spells"]); diff != "" {
				t.Errorf("%s (-want +got):\n%s", st.ID, diff)
			}
		}
	}
	if dated < 100 {
		t.Errorf("only %d statements have a day", dated)
	}
}
