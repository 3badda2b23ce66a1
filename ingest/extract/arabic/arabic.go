// Package arabic is the Arabic grammar of attribution: cues from word lists
// (data/*.tsv), and rules that find source and content of each.
package arabic

import (
	"cmp"
	"slices"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// Grammar implements [extract.Grammar] for Arabic.
type Grammar struct{}

// Attributions implements [extract.Grammar].
func (Grammar) Attributions(t *text.Text, names []gazetteer.Mention) []extract.Attribution {
	s := newScan(t, names)
	s.findCues()
	return s.attributions()
}

// candidate is a cue with its complement.
type candidate struct {
	cue, cueEnd int
	form        *form
	comp        complement
	rule        string
	source      source
	negated     bool
	act         graph.Act
	relay       text.Span
}

// findCues collects the candidates sentence by sentence.
func (s *scan) findCues() {
	s.cueAt = make([]int, len(s.words)+1)
	for n := range s.t.Sentences {
		sen := &s.t.Sentences[n]
		if r := s.t.Paragraphs[sen.Paragraph].Role; r != text.Body && r != text.Headline {
			continue
		}
		for i := sen.First; i < sen.Last; i++ {
			for _, rule := range rules {
				if c, ok := rule.find(s, i); ok {
					c.rule = rule.name
					s.found = append(s.found, c)
					s.cueAt[i] = len(s.found)
					break
				}
			}
		}
	}
}

// rule is a named function that finds a candidate at a token.
type rule struct {
	name string
	find func(*scan, int) (candidate, bool)
}

var rules = []rule{
	{"verb", verbRule},
	{"participle", participleRule},
}

// verbRule finds a finite verb with its content.
//
//	وقالت المتحدثة باسم الوزارة إن المحادثات مستمرة
func verbRule(s *scan, i int) (candidate, bool) {
	f := s.finite(i)
	if f == nil || f.first {
		return candidate{}, false
	}
	negated := s.is(i-1, cNegation)
	c := s.findComplement(i, f, s.end(i))
	if c.kind == none || f.verb.label && !f.suffixed {
		return candidate{}, false
	}
	if negated && f.verb.act == graph.ActState {
		return candidate{}, false
	}
	x := candidate{cue: i, cueEnd: i + 1, form: f, comp: c, negated: negated, act: f.verb.act}
	if c.feeling != nil {
		x.act = c.feeling.act
		if c.noun <= i+2 {
			x.cueEnd = c.noun + 1
		}
	}
	x.source = s.findSource(i, f, c)
	return x, true
}

// participleRule finds a participle that goes on with the speaker of the
// clause before.
//
//	…، مؤكدا أن الاتفاق قريب
func participleRule(s *scan, i int) (candidate, bool) {
	f := s.circumstance(i)
	if f == nil {
		return candidate{}, false
	}
	if s.definite(i) || i == 0 {
		return candidate{}, false
	}
	c := s.findComplement(i, f, s.end(i))
	if c.kind == none || c.at > i+8 {
		return candidate{}, false
	}
	x := candidate{cue: i, cueEnd: i + 1, form: f, comp: c, act: f.verb.act}
	if c.feeling != nil {
		x.act = c.feeling.act
		if c.noun <= i+2 {
			x.cueEnd = c.noun + 1
		}
	}
	return x, true
}

// attributions turns the candidates into attributions, in the order of their
// contents.
func (s *scan) attributions() []extract.Attribution {
	var out []extract.Attribution
	for n := range s.found {
		c := &s.found[n]
		first := c.comp.content
		if q := s.opens(first); q >= 0 {
			first++
		}
		if first >= len(s.words) {
			continue
		}
		end := s.contentEnd(first, c.comp.kind)
		span := s.span(first, end, c.comp.cut)
		if span.Len() <= 0 {
			continue
		}
		a := extract.Attribution{
			Cue: s.t.Cover(c.cue, c.cueEnd), Continues: -1, Within: -1,
			Content: []text.Span{span}, Act: c.act, Negated: c.negated, Relay: c.relay,
			Rules: []string{c.rule + "/" + c.form.verb.lemma}, Confidence: 0.8,
			Gender: c.form.gender, Number: c.form.number,
		}
		if !c.source.none() {
			a.Source = s.t.Cover(c.source.first, c.source.end)
			a.Source.Start += c.source.cut
			a.Pronoun = c.source.pronoun
		}
		a.Quote = s.quoteType(a.Content)
		from := s.start(c.cue)
		if at := s.t.Tokens[first].Start; at > s.t.Tokens[from].Start {
			a.Frame = text.Span{Start: s.t.Tokens[from].Start, End: max(at, a.Cue.End)}
		} else {
			a.Frame = a.Cue
		}
		out = append(out, a)
	}
	slices.SortStableFunc(out, func(a, b extract.Attribution) int {
		return cmp.Or(cmp.Compare(a.Content[0].Start, b.Content[0].Start), cmp.Compare(a.Cue.Start, b.Cue.Start))
	})
	return out
}
