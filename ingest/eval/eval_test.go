package eval

import (
	"bytes"
	"flag"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"mawqif/graph"
	"mawqif/ingest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const articleText = "The minister said the border stays open. Critics called it reckless. Nobody answered."

func at(role graph.Role, exact string) graph.Evidence {
	start := strings.Index(articleText, exact)
	return graph.Evidence{Role: role, Start: start, End: start + len(exact), Exact: exact}
}

func coder() Coded {
	return Coded{ID: "a1", Statements: []Statement{
		{
			N: 1, Speaker: "The minister", SpeakerFull: "The minister", SpeakerEN: "Jane Roe", OnBehalfOf: "Ministry of Interior of Ruritania",
			Cue: "said", Content: []string{"the border stays open"}, QuoteType: graph.Indirect, Act: graph.ActState, SaidDate: "2021-03-04",
			Targets:  []Target{{Name: "Ruritania", Stance: 1}, {Name: "Graustark", Stance: -1}},
			Issues:   []Issue{{Issue: "border-security", Agreement: -1}},
			Evidence: []graph.Evidence{at(graph.RoleSource, "The minister"), at(graph.RoleCue, "said"), at(graph.RoleContent, "the border stays open")},
		},
		{
			N: 2, SpeakerEN: "critics", Cue: "called", Content: []string{"it reckless"}, QuoteType: graph.Indirect, Act: graph.ActAccuse,
			Evidence: []graph.Evidence{at(graph.RoleCue, "called"), at(graph.RoleContent, "it reckless")},
		},
	}}
}

func program() *ingest.Report {
	r := coder().AsReport()
	r.Statements[0].Act = graph.ActAgree
	r.Statements[0].Targets[0].Stance = 0
	r.Statements[0].Targets = append(r.Statements[0].Targets, ingest.ReportTarget{ReportActor: named("Elsewhere", "")})
	r.Statements[1].Evidence = []graph.Evidence{at(graph.RoleCue, "answered"), at(graph.RoleContent, "Nobody")}
	return &r
}

func TestCompareCountsEachField(t *testing.T) {
	got := Compare(articleText, coder(), program())
	var want Counts
	for k, v := range map[int]int{
		documents: 1, coded: 2, found: 2, exact: 1, over80: 1, over50: 1, over30: 1,
		cues: 1, cuesOK: 1, sources: 1, sourcesOK: 1, speakersOK: 1, behalf: 1, behalfOK: 1, quotesOK: 1,
		dates: 1, datesOK: 1, targetsCoded: 2, targetsFound: 3, targetsOK: 2, stancesOK: 1, polar: 2, polarOK: 1,
		issuesCoded: 1, issuesFound: 1, issuesOK: 1, agreementsOK: 1, spans: 5, spansOK: 5,
		charsCoded: 32, charsFound: 27, charsOK: 21,
	} {
		want[k] = v
	}
	if diff := cmp.Diff(want, got.Counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Pair{{0, 0, 1}}, got.Pairs); diff != "" {
		t.Errorf("pairs (-want +got):\n%s", diff)
	}
}

func TestCompareOfAnArticleNotExtracted(t *testing.T) {
	got := Compare(articleText, coder(), nil).Counts
	if got[missing] != 1 || got[coded] != 2 || got[found] != 0 {
		t.Errorf("missing %d, coded %d, found %d; want 1, 2, 0", got[missing], got[coded], got[found])
	}
}

func TestUnverifiedEvidenceIsCounted(t *testing.T) {
	r := program()
	r.Statements[0].Evidence[0].Exact = "A minister"
	r.Statements[1].Evidence[0].End = 1 << 30
	got := Compare(articleText, coder(), r).Counts
	if got[spans]-got[spansOK] != 2 {
		t.Errorf("%d of %d spans verified, want two that are not", got[spansOK], got[spans])
	}
}

func TestSameName(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want bool
	}{
		{"Ministry of Foreign Affairs of Qatar", "Foreign Affairs Ministry, Qatar", true},
		{"Islamic State", "Islamic State", true},
		{"Government of Syria", "Syrian regime", true},
		{"Syria", "Government of Syria", true},
		{"Serge Lavrov", "Sergei Lavrov", true},
		{"Iran", "Iraq", false},
		{"أنقرة", "انقره", true},
		{"", "Iran", false},
	} {
		if got := sameName(tc.a, tc.b); got != tc.want {
			t.Errorf("sameName(%q, %q) = %v, want %v", tc.a, tc.b, got, tc.want)
		}
	}
}

func TestAnArabicNameWithinTheFullNamingIsTheActor(t *testing.T) {
	full := "وزيرة الداخلية، سلمى الحايك"
	a := named("سلمى الحايك", "")
	if !isActor(&a, "Salma Hayek", full) {
		t.Error("the name in Arabic stands in the full naming, yet is another actor")
	}
	short := named("سلم", "")
	if isActor(&short, "Salma Hayek", full) {
		t.Error("three letters name nobody")
	}
}

func TestRatio(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want float64
	}{
		{"houthi movement", "houthis movements", 0.9375},
		{"serge lavrov", "sergei lavrov", 0.96},
		{"abcdef", "xbcdxx", 0.5},
		{"", "a", 0},
		{"", "", 1},
		{"وزاره الخارجيه", "وزير الخارجيه", 0.8888888888888888},
	} {
		if got := ratio([]rune(tc.a), []rune(tc.b)); got != tc.want {
			t.Errorf("ratio(%q, %q) = %v, want %v", tc.a, tc.b, got, tc.want)
		}
	}
}

// The example of Krippendorff's "Computing Krippendorff's Alpha-Reliability"
// (2011), section B: two observers, nominal data, twelve units.
func TestAlpha(t *testing.T) {
	var pairs [][2]string
	for i, a := range "aabbdcccedda" {
		pairs = append(pairs, [2]string{string(a), string("babbbccceddd"[i])})
	}
	got, ok := Alpha(pairs)
	if !ok || math.Abs(got-0.692) > 5e-4 {
		t.Errorf("alpha = %.4f, %v; want .692", got, ok)
	}
	if _, ok := Alpha([][2]string{{"x", "x"}, {"x", "x"}}); ok {
		t.Error("alpha is defined though only one label was used")
	}
	if _, ok := Alpha(nil); ok {
		t.Error("alpha of nothing is defined")
	}
}

func TestSummaryBoundsItsFigures(t *testing.T) {
	var scores []Score
	for i := range 20 {
		r := program()
		if i%3 == 0 {
			r.Statements = r.Statements[:1]
		}
		scores = append(scores, Compare(articleText, coder(), r))
	}
	s := Summarise(scores)
	if diff := cmp.Diff(s, Summarise(scores)); diff != "" {
		t.Errorf("two summaries of the same scores differ:\n%s", diff)
	}
	for _, f := range s.Figures {
		if f.Low > f.Value || f.Value > f.High || f.Low < 0 || f.High > 1 {
			t.Errorf("%s: %.3f is outside %.3f to %.3f", f.Name, f.Value, f.Low, f.High)
		}
	}
}

func TestReadCodedNamesBrokenLines(t *testing.T) {
	_, err := ReadCoded(strings.NewReader("{\"id\":\"a\",\"statements\":[]}\n{broken\n\n{\"statements\":[]}\n"))
	if err == nil || !strings.Contains(err.Error(), "line 2") || !strings.Contains(err.Error(), "line 4: the article has no id") {
		t.Errorf("error = %v, want lines 2 and 4 named", err)
	}
}

func TestCheckSpansRefusesWhatLiesOutside(t *testing.T) {
	c := coder()
	c.Statements[1].Evidence[0].End = len(articleText) + 1
	if err := CheckSpans(c, articleText); err == nil || !strings.Contains(err.Error(), "a1 statement 2: CUE") {
		t.Errorf("error = %v, want the span named", err)
	}
}

func compared() []Compared {
	doc := ingest.Document{SourceID: "a1", Title: "Border <b>open</b>", Language: "en", Text: articleText}
	return []Compared{{Document: doc, Coded: coder(), Report: program(), Score: Compare(articleText, coder(), program())}}
}

func TestWrittenForms(t *testing.T) {
	all := compared()
	summary := Summarise([]Score{all[0].Score})
	for name, write := range map[string]func(*bytes.Buffer) error{
		"table.txt":   func(b *bytes.Buffer) error { return WriteTable(b, summary) },
		"errors.txt":  func(b *bytes.Buffer) error { return WriteErrors(b, all, 100) },
		"report.html": func(b *bytes.Buffer) error { return WriteHTML(b, summary, all) },
	} {
		t.Run(name, func(t *testing.T) {
			var got bytes.Buffer
			if err := write(&got); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name)
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestErrorsStopAtTheLimit(t *testing.T) {
	var b bytes.Buffer
	if err := WriteErrors(&b, compared(), 2); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "\n"); n != 2 {
		t.Errorf("%d lines, want 2", n)
	}
}

func FuzzReadCoded(f *testing.F) {
	f.Add("{\"id\":\"a\",\"statements\":[{\"n\":1,\"evidence\":[{\"role\":\"CONTENT\",\"start\":0,\"end\":4}]}]}", articleText)
	f.Fuzz(func(t *testing.T, lines, text string) {
		coded, err := ReadCoded(strings.NewReader(lines))
		if err != nil {
			return
		}
		for _, c := range coded {
			if CheckSpans(c, text) != nil {
				continue
			}
			r := c.AsReport()
			all := []Compared{{Document: ingest.Document{Text: text}, Coded: c, Report: &r, Score: Compare(text, c, &r)}}
			if err := WriteHTML(&bytes.Buffer{}, Summarise([]Score{all[0].Score}), all); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestReliability(t *testing.T) {
	got := reliability([]Claim{{0.95, true}, {0.97, false}, {1, true}, {0.8, true}, {0.55, false}})
	want := []Bin{
		{From: 0.5, To: 0.6, Claimed: 0.55, Right: 0, Of: 1},
		{From: 0.8, To: 0.9, Claimed: 0.8, Right: 1, Of: 1},
		{From: 0.9, To: 1, Claimed: 2.92 / 3, Right: 2.0 / 3, Of: 3},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
