package examples

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
	"mawqif/ingest"
)

// golden is what a golden file keeps of a statement: what a change of the
// rules may change, without ids and offsets.
type golden struct {
	Said      string   `json:"said,omitempty"`
	Speaker   string   `json:"speaker,omitempty"`
	Behalf    string   `json:"behalf,omitempty"`
	Cue       string   `json:"cue"`
	Act       string   `json:"act"`
	Quote     string   `json:"quote"`
	Content   string   `json:"content"`
	Targets   []string `json:"targets,omitempty"`
	Positions []string `json:"positions,omitempty"`
	Places    []string `json:"places,omitempty"`
	Via       string   `json:"via,omitempty"`
}

func newGolden(s *ingest.ReportStatement) golden {
	g := golden{Cue: s.Cue, Act: string(s.Act), Quote: string(s.QuoteType), Content: s.Content}
	if s.Speaker != nil {
		g.Speaker = s.Speaker.Name
		if s.Speaker.OnBehalfOf != nil {
			g.Behalf = s.Speaker.OnBehalfOf.Name
		}
	}
	if s.SaidAt != nil {
		g.Said = string(s.SaidAt.Day)
		if s.SaidAt.Precision != graph.PrecisionDay {
			g.Said += " " + string(s.SaidAt.Precision)
		}
		g.Said += " " + string(s.SaidAt.Origin)
	}
	sign := map[int8]string{-1: "-", 0: "0", 1: "+"}
	for _, t := range s.Targets {
		g.Targets = append(g.Targets, sign[t.Stance]+" "+t.Name)
	}
	for _, p := range s.Positions {
		g.Positions = append(g.Positions, sign[p.Agreement]+" "+p.Issue+" | "+p.Object+" | "+p.Place)
	}
	for _, p := range s.Places {
		g.Places = append(g.Places, p.Name)
	}
	if s.RelayedVia != nil {
		g.Via = s.RelayedVia.Name
	}
	return g
}

// TestGolden compares what is extracted with the golden files, so that a
// change of the rules shows what it changes; -update writes them anew.
func TestGolden(t *testing.T) {
	pipeline, articles := load(t)
	for _, a := range articles {
		var out bytes.Buffer
		enc := json.NewEncoder(&out)
		enc.SetEscapeHTML(false)
		r := report(pipeline, a)
		for i := range r.Statements {
			if err := enc.Encode(newGolden(&r.Statements[i])); err != nil {
				t.Fatal(err)
			}
		}
		path := filepath.Join("testdata", a.SourceID+".golden.jsonl")
		if *update {
			if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), out.String()); diff != "" {
			t.Errorf("%s (-want +got; `go test ./examples -update` takes the new one):\n%s", a.SourceID, diff)
		}
	}
}
