package arabic

import (
	_ "embed" // the weights
	"sync"

	"mawqif/ingest/extract"
	"mawqif/ingest/extract/linear"
	"mawqif/ingest/text"
)

//go:embed data/keep_weights.tsv
var keepWeights string

var keepModel = sync.OnceValue(func() *linear.Model { return mustLoad("keep_weights.tsv", keepWeights) })

// keepFeatures tells by what it is weighed whether a candidate is an
// attribution.
func (s *scan) keepFeatures(c *candidate, a *extract.Attribution, nested bool) []linear.Feature {
	f := []linear.Feature{linear.Fact("any")}
	add := func(name string) { f = append(f, linear.Fact(name)) }
	is := func(name string, holds bool) {
		if holds {
			add(name)
		}
	}
	kind := kindNames[c.comp.kind]
	add("rule=" + c.rule)
	add("rule=" + c.rule + ", " + kind)
	add("word=" + c.lemma())
	add("word=" + c.lemma() + ", " + kind)
	source := s.sourceClass(c)
	add("source=" + source)
	add("source=" + source + ", " + kind)
	place := c.sourcePlace()
	add("source " + place)
	add("source " + place + ", " + kind)
	add("source " + place + ", rule=" + c.rule)
	add("word=" + c.lemma() + ", source " + place)
	if c.form != nil {
		switch c.form.tense {
		case perfect:
			add("perfect")
		case imperfect:
			add("imperfect")
			add("imperfect, " + kind)
			add("imperfect, source=" + source)
			add("imperfect, source " + place)
			add("imperfect, word=" + c.lemma())
		}
		is("plural or dual", c.form.number != extract.Singular)
		is("object pronoun", c.form.suffixed)
		is("verb or noun", s.is(c.cue, cNoun|cPreposition))
	}
	for _, m := range c.marks {
		add(m)
		add(m + ", " + kind)
		add(m + ", source=" + source)
		add(m + ", act=" + string(c.act))
	}
	is("negated", c.negated)
	is("first in sentence", c.cue == s.start(c.cue))
	is("joined", s.joined(c.cue))
	is("after comma", s.comma(c.cue-1))
	is("after relative", s.is(c.cue-1, cRelative))
	is("after clause word", s.is(c.cue-1, cClause))
	is("after that", s.is(c.cue-1, cThat))
	is("in quotation", s.outermost(c.cue) >= 0)
	is("in quotation, source "+place, s.outermost(c.cue) >= 0)
	is("in quotation, "+kind, s.outermost(c.cue) >= 0)
	if !s.joined(c.cue) && c.cue > s.start(c.cue) {
		is("after a bare word", s.t.Tokens[c.cue-1].Kind == text.Word)
	}
	is("nested", nested)
	if nested {
		add("nested, source=" + source)
		add("nested, " + kind)
	}
	words := 0
	for _, p := range a.Content {
		for i := s.t.TokenAt(p.Start); i < len(s.words) && s.t.Tokens[i].Start < p.End && words < 40; i++ {
			if s.t.Tokens[i].Kind <= text.Number {
				words++
			}
		}
	}
	switch {
	case words <= 2:
		add("content of 1 or 2 words")
	case words <= 5:
		add("content of 3 to 5 words")
	case words <= 10:
		add("content of 6 to 10 words")
	case words >= 40:
		add("content of 40 words or more")
	}
	is("far content", c.comp.at-c.cue > 15)
	is("content at once", c.comp.at == c.cueEnd)
	is("content at once, word="+c.lemma(), c.comp.at == c.cueEnd)
	add("quote=" + string(a.Quote))
	return f
}

var kindNames = [...]string{
	none: "nothing", clause: "clause", quoted: "quotation", colon: "colon", phrase: "phrase",
	object: "object", before: "before", naked: "naked",
}

// sourceClass tells what kind of noun phrase the source is.
func (s *scan) sourceClass(c *candidate) string {
	switch k := c.source.first; {
	case c.source.none():
		return "none"
	case c.source.pronoun:
		return "pronoun"
	case s.words[k].name > 0:
		return "name"
	case s.is(k, cTitle):
		return "office"
	case s.is(k, cOutlet):
		return "outlet"
	case s.is(k, cBody):
		return "body"
	case s.is(k, cEvent):
		return "document"
	case s.objectStarts(k):
		return "noun"
	case s.definite(k):
		return "definite"
	}
	return "other"
}

// sourcePlace tells where the source stands from the cue.
func (c *candidate) sourcePlace() string {
	switch {
	case c.source.none():
		return "nowhere"
	case c.source.first > c.cue+4:
		return "far behind"
	case c.source.first > c.cue:
		return "behind"
	case c.source.end < c.cue:
		return "far ahead"
	}
	return "ahead"
}

// lemma names the word of the cue.
func (c *candidate) lemma() string {
	switch {
	case c.form != nil:
		return c.form.verb.lemma
	case c.note != "":
		return c.note
	}
	return c.rule
}

func mustLoad(name, table string) *linear.Model {
	m, err := linear.Load(table)
	if err != nil {
		panic(name + ": " + err.Error()) // part of the program; a test checks it
	}
	return m
}
