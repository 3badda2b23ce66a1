package examples

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
	"mawqif/ingest"
	"mawqif/ingest/eval"
)

// load returns the pipeline and the articles.
func load(t *testing.T) (*ingest.Pipeline, []ingest.Document) {
	t.Helper()
	pipeline, err := ingest.Default()
	if err != nil {
		t.Fatal(err)
	}
	articles, err := Articles()
	if err != nil {
		t.Fatal(err)
	}
	return pipeline, articles
}

func report(p *ingest.Pipeline, d ingest.Document) ingest.Report {
	batch, trace := p.Extract(d)
	return ingest.NewReport(&batch, trace)
}

func TestArticles(t *testing.T) {
	_, articles := load(t)
	languages := map[string]int{}
	seen := map[string]bool{}
	for _, a := range articles {
		languages[a.Language]++
		if seen[a.SourceID] || a.SourceID == "" {
			t.Errorf("id %q is empty or not unique", a.SourceID)
		}
		seen[a.SourceID] = true
		if a.Title == "" || a.Outlet == "" || a.Published == "" || !strings.HasPrefix(a.URL, "https://example.org/") {
			t.Errorf("%s: front matter is incomplete: %+v", a.SourceID, a)
		}
	}
	if languages["ar"] < 7 || languages["en"] < 7 || len(languages) != 2 {
		t.Errorf("articles by language: %v, want at least 7 of ar and of en", languages)
	}
}

// floors are the F1 of statements below which extraction must not fall on the
// examples of a language.
var floors = map[string]float64{"ar": .85, "en": .82}

// TestFloor measures extraction on the examples against their coding. Run it
// with -v for the whole table.
func TestFloor(t *testing.T) {
	pipeline, articles := load(t)
	gold, err := eval.ReadCoded(bytes.NewReader(Coded()))
	if err != nil {
		t.Fatal(err)
	}
	if len(gold) != len(articles) {
		t.Fatalf("%d articles coded of %d", len(gold), len(articles))
	}
	scores := map[string][]eval.Score{}
	for i, a := range articles {
		r := report(pipeline, a)
		scores[a.Language] = append(scores[a.Language], eval.Compare(a.Text, gold[i], &r))
	}
	for lang, floor := range floors {
		summary := eval.Summarise(scores[lang])
		var table strings.Builder
		if err := eval.WriteTable(&table, summary); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s\n%s", lang, table.String())
		i := slices.IndexFunc(summary.Figures, func(f eval.Figure) bool { return f.Name == "statement F1" })
		if i < 0 {
			t.Fatal("no figure is called statement F1")
		}
		if f := summary.Figures[i].Value; f < floor {
			t.Errorf("%s: statement F1 is %.3f, below %.2f", lang, f, floor)
		}
	}
}

// TestDeterminism extracts all articles on many goroutines and wants, byte for
// byte, what one gives.
func TestDeterminism(t *testing.T) {
	pipeline, articles := load(t)
	once := make([][]byte, len(articles))
	for i, a := range articles {
		b, trace := pipeline.Extract(a)
		once[i] = encode(t, b, trace)
	}
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			other, err := ingest.Default()
			if err != nil {
				t.Error(err)
				return
			}
			for i := range articles {
				i = (i + 3*g) % len(articles)
				p := pipeline
				if g%2 == 1 {
					p = other
				}
				b, trace := p.Extract(articles[i])
				if !bytes.Equal(once[i], encode(t, b, trace)) {
					t.Errorf("%s: goroutine %d extracts something else", articles[i].SourceID, g)
				}
			}
		})
	}
	wg.Wait()
}

func encode(t *testing.T, b graph.Batch, trace ingest.Trace) []byte {
	t.Helper()
	raw, err := json.Marshal(struct {
		Batch graph.Batch
		Trace ingest.Trace
	}{b, trace})
	if err != nil {
		t.Error(err)
	}
	return raw
}

// TestTypography sets the articles with other line ends, spaces and invisible
// marks, as pages and word processors do, and wants the same statements.
func TestTypography(t *testing.T) {
	pipeline, articles := load(t)
	settings := []struct {
		name string
		set  func(string) string
	}{
		{"CRLF", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }},
		{"no-break spaces", func(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") }},
		{"trailing spaces", func(s string) string { return strings.ReplaceAll(s, "\n", " \t\n") }},
		{"direction marks", func(s string) string {
			return strings.ReplaceAll("\u202b"+strings.ReplaceAll(s, "\n", "\u202c\n\u202b"), " ", " \u200f")
		}},
		{"byte order and zero width marks", func(s string) string {
			return "\ufeff" + strings.ReplaceAll(s, " ", "\u200b ")
		}},
		{"tatweel", tatweel},
	}
	for _, a := range articles {
		want := summary(t, pipeline, a)
		for _, s := range settings {
			set := a
			set.Text = s.set(a.Text)
			if diff := cmp.Diff(want, summary(t, pipeline, set)); diff != "" {
				t.Errorf("%s set with %s (-as written +so set):\n%s", a.SourceID, s.name, diff)
			}
		}
	}
}

// tatweel stretches every third long Arabic word.
func tatweel(s string) string {
	var b strings.Builder
	run, words := 0, 0
	for _, r := range s {
		if unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) {
			if run++; run == 1 {
				words++
			}
			if run == 3 && words%3 == 0 && !strings.ContainsRune("ىةء", r) {
				b.WriteString("ـ")
			}
		} else {
			run = 0
		}
		b.WriteRune(r)
	}
	return b.String()
}

// summary extracts an article, checks the evidence, and returns a line a
// statement, without spelling and offsets.
func summary(t *testing.T, p *ingest.Pipeline, d ingest.Document) []string {
	t.Helper()
	b, _ := p.Extract(d)
	if err := b.Validate(); err != nil {
		t.Errorf("%s: %v", d.SourceID, err)
	}
	var lines []string
	for _, s := range ingest.NewReport(&b, nil).Statements {
		speaker := ""
		if s.Speaker != nil {
			speaker = graph.Fold(s.Speaker.Name)
		}
		said := graph.Day("")
		if s.SaidAt != nil {
			said = s.SaidAt.Day
		}
		lines = append(lines, fmt.Sprintf("%s | %s | %s | %s | %s", said, speaker, graph.Fold(s.Cue), s.Act, graph.Fold(s.Content)))
	}
	return lines
}

// FuzzExtract mutates the articles and wants a batch that holds together, with
// every span of evidence verified.
func FuzzExtract(f *testing.F) {
	pipeline, err := ingest.Default()
	if err != nil {
		f.Fatal(err)
	}
	articles, err := Articles()
	if err != nil {
		f.Fatal(err)
	}
	for _, a := range articles {
		f.Add(a.Text, a.Title, a.Language == "ar")
	}
	f.Fuzz(func(t *testing.T, text, title string, arabic bool) {
		d := ingest.Document{Title: title, Text: text, Language: "en", Published: "2023-05-16"}
		if arabic {
			d.Language = "ar"
		}
		if !utf8.ValidString(text) || !utf8.ValidString(title) {
			return // sources see to that
		}
		b, _ := pipeline.Extract(d)
		if err := b.Validate(); err != nil {
			t.Fatal(err)
		}
	})
}
