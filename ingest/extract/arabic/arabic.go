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
	// from and to are the tokens of a content that stands before the cue.
	from, to int
	// mute: it ends a content, but is no statement ("حسب رويترز" after one).
	mute bool
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
	{"transmit", transmitRule},
	{"verb", verbRule},
	{"saying", sayingRule},
	{"participle", participleRule},
	{"according", accordingRule},
	{"headline", headlineRule},
	{"before", beforeRule},
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
	if f.verb.impersonal && f.tense == imperfect && f.gender == masculine && f.number == singular && c.at <= i+1 {
		if s.clauseInitial(i) || s.isThat(i-1) {
			return candidate{}, false
		}
	}
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
	if f.verb.impersonal && f.tense == imperfect && c.kind == object && s.clauseInitial(i) {
		return candidate{}, false // يعتبر X ثاني أكبر …
	}
	if x.source.none() && !f.verb.label && !f.suffixed {
		// within the words of another: "إنه يتوقع أن", "قبل أن يعلن أن"
		if s.isThat(i-1) || s.is(i-1, cPreposition) {
			return candidate{}, false
		}
	}
	if s.inSpeech(i) && (x.source.none() || c.kind != clause) {
		return candidate{}, false
	}
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
	if s.definite(i) || i == 0 || s.inSpeech(i) {
		return candidate{}, false
	}
	c := s.findComplement(i, f, s.end(i))
	if c.kind == none || c.at > i+8 {
		return candidate{}, false
	}
	if c.kind != clause && i > s.start(i) && !s.comma(i-1) && s.closes(i-1) < 0 && s.t.Tokens[i-1].Kind == text.Word && (f.gender == feminine || c.at > i+1) {
		return candidate{}, false // مظاهرة مؤيدة ل…
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
		if c.mute {
			continue
		}
		first, end := c.from, c.to
		if c.comp.kind != before {
			first = c.comp.content
			if q := s.opens(first); q >= 0 {
				first++
			}
			if first >= len(s.words) {
				continue
			}
			end = s.contentEnd(first)
		}
		span := s.span(first, end, c.comp.cut)
		if span.Len() <= 0 {
			continue
		}
		a := extract.Attribution{
			Cue: s.t.Cover(c.cue, c.cueEnd), Continues: -1, Within: -1,
			Content: []text.Span{span}, Act: c.act, Negated: c.negated, Relay: c.relay,
			Rules: []string{c.rule}, Confidence: 0.8,
		}
		if c.form != nil {
			a.Gender, a.Number = c.form.gender, c.form.number
			a.Rules = append(a.Rules, c.form.verb.lemma)
		}
		if !c.source.none() {
			a.Source = s.t.Cover(c.source.first, c.source.end)
			a.Source.Start += c.source.cut
			a.Pronoun = c.source.pronoun
		}
		a.Quote = s.quoteType(a.Content)
		from := s.start(c.cue)
		switch at := s.t.Tokens[first].Start; {
		case c.comp.kind == before:
			a.Frame = text.Span{Start: a.Cue.Start, End: max(s.t.Tokens[s.end(c.cue)-1].End, a.Cue.End)}
		case at > s.t.Tokens[from].Start:
			a.Frame = text.Span{Start: s.t.Tokens[from].Start, End: max(at, a.Cue.End)}
		default:
			a.Frame = a.Cue
		}
		out = append(out, a)
	}
	slices.SortStableFunc(out, func(a, b extract.Attribution) int {
		return cmp.Or(cmp.Compare(a.Content[0].Start, b.Content[0].Start), cmp.Compare(a.Cue.Start, b.Cue.Start))
	})
	return out
}
