package export_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
	"mawqif/graph/export"
)

// TestLinkedReadBack reads JSON-LD with rdflib: every statement with all its
// attributes, every passage by both selectors, every name.
func TestLinkedReadBack(t *testing.T) {
	batches := exampleBatches(t)
	store := store(t, batches...)
	s := export.Selection{Reader: store, Lang: "en", Texts: true}
	text, _ := write(t, &s, "jsonld")
	path := filepath.Join(t.TempDir(), "graph.jsonld")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Types      map[string]int
		Statements map[string]map[string]any
		Names      map[string][][2]string
		Claims     map[string][][2]string
		Bodies     map[string]string
	}
	if err := json.Unmarshal(python(t, filepath.Join("testdata", "linked.py"), path), &got); err != nil {
		t.Fatal(err)
	}
	stats, err := store.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	evidence := 0
	bare := func(id graph.ID) any {
		if id == "" {
			return nil
		}
		return string(id)
	}
	text2 := func(s string) any {
		if s == "" {
			return nil
		}
		return s
	}
	for b, err := range export.Batches(t.Context(), store, graph.StatementFilter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if got.Bodies[string(b.Article.ID)] != b.Article.Text {
			t.Errorf("the text of %s differs", b.Article.ID)
		}
		for _, a := range b.Actors {
			var want [][2]string
			for _, n := range a.Names {
				want = append(want, [2]string{n.Lang, n.Value})
			}
			slices.SortFunc(want, func(a, b [2]string) int { return strings.Compare(a[0]+"\x00"+a[1], b[0]+"\x00"+b[1]) })
			if diff := cmp.Diff(want, got.Names[string(a.ID)]); diff != "" {
				t.Errorf("names of %s (-want +got):\n%s", a.ID, diff)
			}
		}
		for _, p := range b.Positions {
			if len(got.Claims[string(p.ID)]) == 0 && b.Run.Extractor == "rules" {
				t.Errorf("%s has no text", p.ID)
			}
		}
		for _, st := range b.Statements {
			evidence += len(st.Evidence)
			want := map[string]any{
				"text": st.Content, "creator": bare(st.Speaker), "role": text2(st.Role), "onBehalfOf": bare(st.OnBehalfOf),
				"act": string(st.Act), "quoteType": string(st.QuoteType), "cue": text2(st.Cue), "said": text2(string(st.SaidAt.Day)),
				"precision": text2(string(st.SaidAt.Precision)), "origin": text2(string(st.SaidAt.Origin)), "relayedVia": bare(st.RelayedVia),
				"confidence": st.Confidence, "utterance": st.Utterance, "article": string(st.Article), "run": string(st.Run),
			}
			places, targets, positions, passages := []string{}, []string{}, []string{}, []string{}
			for _, p := range st.Places {
				places = append(places, string(p))
			}
			for _, x := range st.Targets {
				targets = append(targets, jsonOf([]any{x.Actor, x.Stance, text2(x.Mention)}))
			}
			for _, x := range st.Positions {
				positions = append(positions, jsonOf([]any{x.Position, x.Agreement}))
			}
			runes := []rune(b.Article.Text)
			for _, e := range st.Evidence {
				before, after := string(runes[max(0, e.Start-32):e.Start]), string(runes[e.End:min(len(runes), e.End+32)])
				passages = append(passages, jsonOf(map[string]any{
					"role": e.Role, "source": st.Article, "start": e.Start, "end": e.End, "exact": e.Exact, "around": []any{text2(before), text2(after)},
				}))
			}
			found := got.Statements[string(st.ID)]
			if found == nil {
				t.Fatalf("%s is missing", st.ID)
			}
			for name, list := range map[string][]string{"places": places, "targets": targets, "positions": positions, "evidence": passages} {
				read := []string{}
				for _, x := range found[name].([]any) {
					if name == "places" {
						read = append(read, x.(string))
					} else {
						read = append(read, jsonOf(x))
					}
				}
				slices.Sort(list)
				slices.Sort(read)
				if diff := cmp.Diff(list, read); diff != "" {
					t.Errorf("%s of %s (-want +got):\n%s", name, st.ID, diff)
				}
				delete(found, name)
			}
			if diff := cmp.Diff(want, found); diff != "" {
				t.Errorf("%s (-want +got):\n%s", st.ID, diff)
			}
		}
	}
	const schema = "https://schema.org/"
	if got.Types[schema+"Quotation"] != stats.Statements || got.Types["http://www.w3.org/ns/oa#Annotation"] != evidence ||
		got.Types[schema+"Claim"] != stats.Positions || got.Types[schema+"NewsArticle"] != stats.Articles || got.Types[schema+"Place"] != stats.Places {
		t.Errorf("types %v, want those of %+v with %d passages", got.Types, stats, evidence)
	}
}

func jsonOf(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}
