package english

import (
	_ "embed"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"mawqif/ingest/extract/english/tag"
	"mawqif/ingest/extract/linear"
)

// The rules propose; a linear model over the features of this file tells how
// likely a careful reader would code what they propose. The weights
// (data/keep.tsv) are made by the command in train.

//go:embed data/keep.tsv
var keepTSV string

var keepModel = sync.OnceValue(func() *linear.Model {
	m, err := linear.Load(keepTSV)
	if err != nil {
		panic("the English weights: " + err.Error())
	}
	return m
})

// The classes of the model.
const (
	Keep = "keep"
	Drop = "drop"
)

// threshold is the probability from which a candidate is kept.
const threshold = 0.6

// Own makes facts of features. With own, it adds what marks them as seen in
// articles coded by the guidelines, for a model that learns from other corpora
// too.
func Own(features []string, own bool) []linear.Feature {
	facts := make([]linear.Feature, 0, 2*len(features))
	for _, f := range features {
		facts = append(facts, linear.Fact(f))
		if own {
			facts = append(facts, linear.Fact("own "+f))
		}
	}
	return facts
}

// weigh drops the unlikely candidates and gives the others a confidence.
func (f *finder) weigh() {
	m := keepModel()
	keep := slices.Index(m.Classes, Keep)
	var p []float64
	n := 0
	for k := range f.found {
		a := &f.found[k]
		if a.sure {
			f.found[n] = *a
			n++
			continue
		}
		p = m.Probabilities(Own(a.features, true), p)
		if p[keep] >= threshold {
			a.confidence = math.Round(1000*p[keep]) / 1000
			f.found[n] = *a
			n++
		}
	}
	clear(f.found[n:])
	f.found = f.found[:n]
}

// describe fills in the features of all candidates.
func (f *finder) describe() {
	for k := range f.found {
		f.found[k].features = f.features(k)
	}
}

// lemma names the cue of a candidate.
func (f *finder) lemma(a *found) string {
	if v := f.lex.verbs[f.word(a.cue.first)]; v != nil && a.group >= 0 {
		return v.lemma
	}
	if n := f.lex.nouns[f.word(a.cue.last-1)]; n != nil {
		return n.lemma
	}
	return f.word(a.cue.first)
}

func (f *finder) features(k int) []string {
	a := &f.found[k]
	lemma := f.lemma(a)
	rule := a.rules[len(a.rules)-1]
	who := f.sourceClass(a)
	out := []string{"always", "lemma " + lemma, "rule " + rule, "lemma " + lemma + " rule " + rule, "who " + who, "rule " + rule + " who " + who}
	add := func(name string, is bool) {
		if is {
			out = append(out, name, name+" rule "+rule)
		}
	}
	for _, r := range a.rules[:len(a.rules)-1] {
		out = append(out, "rule "+r)
	}
	if !a.source.none() {
		out = append(out, "head "+f.word(a.source.last-1), "source size "+strconv.Itoa(min(6, a.source.last-a.source.first)))
		out = append(out, "before source "+f.tag(a.source.first-1).String())
	}
	if a.group >= 0 {
		g := &f.groups[a.group]
		out = append(out, "form "+f.tags[g.head].String(), "form "+f.tags[g.head].String()+" rule "+rule, "lemma "+lemma+" form "+f.tags[g.head].String())
		if g.last-g.first > 1 {
			out = append(out, "aux "+f.word(g.first))
		}
		out = append(out, "before verb "+f.tag(g.first-1).String())
	}
	add("quoted", a.quoted)
	add("negated", a.negated)
	add("dropped", a.dropped)
	add("in quotation", f.inner(a.cue.first) >= 0)
	add("in content", f.nested(k))
	c := a.content[0]
	size := 0
	for _, c := range a.content {
		size += c.last - c.first
	}
	bucket := 0
	for s := size; s > 1; s /= 2 {
		bucket++
	}
	out = append(out, "size "+strconv.Itoa(bucket), "rule "+rule+" size "+strconv.Itoa(bucket))
	out = append(out, "opens "+f.tag(c.first).String(), "opens with "+f.word(c.first))
	add("finite", f.holdsFinite(c.first, c.last))
	add("short paragraph", f.shortParagraph(a.sentence))
	return out
}

// shortParagraph tells whether the paragraph of a sentence has no full stop:
// a heading or a caption, perhaps.
func (f *finder) shortParagraph(sentence int) bool {
	p := &f.Paragraphs[f.Sentences[sentence].Paragraph]
	return p.Last-p.First == 1 && f.word(f.Sentences[sentence].Last-1) != "." && f.word(f.Sentences[sentence].Last-2) != "."
}

// nested tells whether the cue of a candidate stands in the content of one of
// the candidates before it.
func (f *finder) nested(k int) bool {
	for m := k - 1; m >= 0 && m > k-6; m-- {
		if within(f.found[m].content, f.found[k].cue.first) {
			return true
		}
	}
	return false
}

// sourceClass sorts sources: pronouns, names, people and bodies by their
// nouns, documents, other things.
func (f *finder) sourceClass(a *found) string {
	p := a.source
	if p.none() {
		return "none"
	}
	if ok, _, _ := f.pronoun(p); ok {
		return f.word(p.first)
	}
	end := p.last
	for i := p.first; i < p.last; i++ {
		if f.tag(i) == tag.Preposition || f.word(i) == "," || f.tag(i) == tag.Wh {
			end = i
			break
		}
	}
	if end == p.first {
		return "other"
	}
	head := end - 1
	for head > p.first && f.tag(head) == tag.Punct {
		head--
	}
	switch {
	case f.tag(head) == tag.Name:
		return "name"
	case f.is(head, documentNoun|sayingNoun):
		return "document"
	case f.is(head, mediaNoun):
		return "media"
	case animate(f.word(head)):
		return "person"
	}
	for i := p.first; i < end; i++ {
		if f.tag(i) == tag.Name && !f.possessive(i) {
			return "noun with name"
		}
	}
	return "other"
}

// animate guesses whether a noun names people or a body of people, by its
// ending.
func animate(w string) bool {
	w = strings.TrimSuffix(w, "s")
	for _, end := range [...]string{"er", "or", "ist", "ian", "man", "men", "woman", "women", "official", "people", "person",
		"minister", "president", "government", "ministry", "authoritie", "police", "group", "party", "administration", "campaign",
		"analyst", "expert", "ant", "ent", "ee", "ite", "crat", "can", "chief", "committee", "council", "court", "agency",
		"department", "commission", "union", "spokesperson", "aide", "critic", "source", "activist", "force", "army", "military", "parent", "family"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}
