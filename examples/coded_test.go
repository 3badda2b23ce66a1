package examples

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	gocmp "github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"mawqif/graph"
	"mawqif/ingest/eval"
)

var update = flag.Bool("update", false, "write coded.jsonl and the golden files anew")

// coding is a statement as it is written down by hand in coded/*.yaml.
type coding struct {
	Speaker *string         `yaml:"speaker"` // as written; none if dropped
	Full    string          `yaml:"full"`    // the fullest naming, if another
	Name    string          `yaml:"name"`    // in English
	Type    graph.ActorKind `yaml:"type"`
	Behalf  string          `yaml:"behalf"`
	Cue     string          `yaml:"cue"`
	Content []string        `yaml:"content"`
	Quote   graph.QuoteType `yaml:"quote"`
	Act     graph.Act       `yaml:"act"`
	Targets [][]string      `yaml:"targets"` // name, mention, stance
	Issues  [][]*string     `yaml:"issues"`  // issue, object, place, agreement
	Date    graph.Day       `yaml:"date"`
	Origin  graph.Origin    `yaml:"origin"`
	Places  []string        `yaml:"places"`
	Via     string          `yaml:"via"`
	At      int             `yaml:"at"` // which occurrence of the content, if there are more
}

// TestCoded checks that coded.jsonl is what the hand-written files say, with
// the place of every span computed and verified.
func TestCoded(t *testing.T) {
	articles, err := Articles()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	for _, a := range articles {
		raw, err := os.ReadFile(filepath.Join("coded", a.SourceID+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		dec := yaml.NewDecoder(bytes.NewReader(raw))
		dec.KnownFields(true)
		var list []coding
		if err := dec.Decode(&list); err != nil {
			t.Fatalf("%s: %v", a.SourceID, err)
		}
		c := eval.Coded{ID: a.SourceID}
		for i := range list {
			s, err := list[i].statement(a.Text, i+1)
			if err != nil {
				t.Errorf("%s: statement %d: %v", a.SourceID, i+1, err)
				continue
			}
			c.Statements = append(c.Statements, s)
		}
		if err := eval.CheckSpans(c, a.Text); err != nil {
			t.Errorf("%s: %v", a.SourceID, err)
		}
		if err := enc.Encode(c); err != nil {
			t.Fatal(err)
		}
	}
	if *update {
		if err := os.WriteFile("coded.jsonl", out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := gocmp.Diff(string(coded), out.String()); diff != "" {
		t.Errorf("coded.jsonl differs from coded/*.yaml (go test ./examples -update writes it anew):\n%s", diff)
	}
}

func (c *coding) statement(text string, n int) (eval.Statement, error) {
	s := eval.Statement{
		N: n, SpeakerFull: c.Full, SpeakerEN: c.Name, SpeakerType: c.Type, OnBehalfOf: c.Behalf, Cue: c.Cue,
		Content: c.Content, QuoteType: c.Quote, Act: c.Act, SaidDate: c.Date, SaidOrigin: c.Origin,
		Places: c.Places, RelayedVia: c.Via,
	}
	if c.Speaker != nil {
		s.Speaker = *c.Speaker
		s.SpeakerFull = cmp.Or(c.Full, s.Speaker)
	}
	if !strings.Contains(text, s.SpeakerFull) {
		return s, fmt.Errorf("%q is not in the text", s.SpeakerFull)
	}
	for _, t := range c.Targets {
		if len(t) != 3 || !strings.Contains(text, t[1]) {
			return s, fmt.Errorf("target %q is not a name, a mention of the text and a stance", t)
		}
		stance, ok := map[string]int8{"-1": -1, "0": 0, "1": 1}[t[2]]
		if !ok {
			return s, fmt.Errorf("stance of %q", t)
		}
		s.Targets = append(s.Targets, eval.Target{Name: t[0], Mention: t[1], Stance: stance})
	}
	for _, i := range c.Issues {
		if len(i) != 4 || i[0] == nil || i[3] == nil {
			return s, fmt.Errorf("issue %v is not an issue, an object, a place and an agreement", i)
		}
		agreement, ok := map[string]int8{"-1": -1, "0": 0, "1": 1}[*i[3]]
		if !ok {
			return s, fmt.Errorf("agreement %q", *i[3])
		}
		s.Issues = append(s.Issues, eval.Issue{Issue: *i[0], Object: deref(i[1]), Place: deref(i[2]), Agreement: agreement})
	}
	return s, c.locate(text, &s)
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// locate finds the spans: the longest fragment of the content, which must be
// unique or counted by At, then the others, the cue and the speaker, each
// where it stands nearest.
func (c *coding) locate(text string, s *eval.Statement) error {
	longest := 0
	for i, f := range c.Content {
		if len(f) > len(c.Content[longest]) {
			longest = i
		}
	}
	places := occurrences(text, c.Content[longest])
	var at int
	switch {
	case len(places) == 0:
		return fmt.Errorf("content %q is not in the text", c.Content[longest])
	case c.At > len(places):
		return fmt.Errorf("content %q stands there %d times", c.Content[longest], len(places))
	case c.At > 0:
		at = places[c.At-1]
	case len(places) > 1:
		return fmt.Errorf("content %q stands there %d times: say which", c.Content[longest], len(places))
	default:
		at = places[0]
	}
	anchor := span{at, at + len(c.Content[longest])}
	cue, err := nearest(text, c.Cue, anchor)
	if err != nil {
		return err
	}
	points := graph.NewOffsets(text)
	prove := func(role graph.Role, p span) {
		s.Evidence = append(s.Evidence, graph.Evidence{Role: role, Start: points.Point(p.start), End: points.Point(p.end), Exact: text[p.start:p.end]})
	}
	prove(graph.RoleCue, cue)
	if s.Speaker != "" {
		p, err := nearest(text, s.Speaker, cue)
		if err != nil {
			return err
		}
		prove(graph.RoleSource, p)
	}
	for i, f := range c.Content {
		p := anchor
		if i != longest {
			if p, err = nearest(text, f, anchor); err != nil {
				return err
			}
		}
		prove(graph.RoleContent, p)
	}
	return nil
}

type span struct{ start, end int }

// nearest finds the occurrence of words that is nearest to an anchor and not
// a part of it, of two as near the one before it; one in the same paragraph
// goes before others.
func nearest(text, words string, anchor span) (span, error) {
	best, least := span{}, 2*len(text)
	for _, at := range occurrences(text, words) {
		p := span{at, at + len(words)}
		var between string
		switch {
		case p.end <= anchor.start:
			between = text[p.end:anchor.start]
		case p.start >= anchor.end:
			between = text[anchor.end:p.start]
		default:
			continue
		}
		gap := len(between)
		if strings.Contains(between, "\n") {
			gap += len(text) / 2 // in another paragraph
		}
		if gap < least {
			best, least = p, gap
		}
	}
	if least == 2*len(text) {
		for _, at := range occurrences(text, words) {
			return span{at, at + len(words)}, nil // within a nested content
		}
		return best, fmt.Errorf("%q is not in the text", words)
	}
	return best, nil
}

// occurrences returns where words stand as whole words, an Arabic particle
// before them aside.
func occurrences(text, words string) []int {
	var all []int
	for from := 0; ; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return all
		}
		at := from + i
		from = at + 1
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(words):])
		first, _ := utf8.DecodeRuneInString(words)
		last, _ := utf8.DecodeLastRuneInString(words)
		if unicode.IsLetter(before) && unicode.IsLetter(first) && !strings.ContainsRune("وفبلك", before) || unicode.IsLetter(after) && unicode.IsLetter(last) {
			continue
		}
		all = append(all, at)
	}
}
