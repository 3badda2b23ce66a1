package english

import (
	"math"
	"slices"
	"strings"

	"mawqif/ingest/extract/english/tag"
	"mawqif/ingest/text"
)

// threshold is the probability from which a candidate is kept.
const threshold = 0.4

// lemma names the cue of a candidate.
func (f *finder) lemma(a *found) string {
	if n := f.lex.adjectives[f.word(a.cue.last-1)]; n != nil && a.rules[len(a.rules)-1] == "adjective" {
		return n.lemma
	}
	if v := f.lex.verbs[f.word(a.cue.first)]; v != nil && a.group >= 0 {
		return v.lemma
	}
	if n := f.lex.nouns[f.word(a.cue.last-1)]; n != nil {
		return n.lemma
	}
	return f.word(a.cue.first)
}

// weigh drops the unlikely candidates and gives the others a confidence.
func (f *finder) weigh() {
	b := bag{model: keepModel()}
	drop := make([]bool, len(f.found))
	for k := range f.found {
		a := &f.found[k]
		if a.sure {
			continue
		}
		f.features(k, &b)
		p := b.probability()
		a.confidence = math.Round(1000*p) / 1000
		drop[k] = p < threshold
	}
	n := 0
	f.found = slices.DeleteFunc(f.found, func(found) bool { n++; return drop[n-1] })
}

// features describes a candidate.
func (f *finder) features(k int, b *bag) {
	a := &f.found[k]
	lemma := f.lemma(a)
	rule := a.rules[len(a.rules)-1]
	who := f.sourceClass(a)
	b.add("always")
	b.add("lemma", lemma)
	b.add("rule", rule)
	b.add("lemma", lemma, "rule", rule)
	b.add("who", who)
	b.add("rule", rule, "who", who)
	b.add("lemma", lemma, "who", who)
	for _, r := range a.rules[:len(a.rules)-1] {
		b.add("rule", r)
	}
	if !a.source.none() {
		b.add("head", f.word(a.source.last-1))
		b.add("source size", magnitude(a.source.last-a.source.first))
		b.add("before source", f.tag(a.source.first-1).String())
		if w := f.closed(a.source.first - 1); w != "" {
			b.add("before source", w)
		}
	}
	next := f.tag(a.cue.last).String()
	b.add("next", next)
	b.add("lemma", lemma, "next", next)
	if w := f.closed(a.cue.last); w != "" {
		b.add("next", w)
		b.add("rule", rule, "next", w)
	}
	if a.group >= 0 {
		f.groupFeatures(a, lemma, rule, b)
	}
	for _, is := range [...]struct {
		name  string
		holds bool
	}{
		{"quoted", a.quoted}, {"negated", a.negated}, {"dropped", a.dropped}, {"in quotation", f.inner(a.cue.first) >= 0},
		{"in content", f.nested(k)}, {"quotes words", f.quotesWords(a)}, {"supposed", f.supposed(a)}, {"alone", f.onlyOne(k)}, {"finite", f.holdsFinite(a.content[0].first, a.content[0].last)}, {"short paragraph", f.shortParagraph(a.sentence)},
	} {
		if is.holds {
			b.add(is.name)
			b.add(is.name, "rule", rule)
			b.add(is.name, "lemma", lemma)
		}
	}
	size := 0
	for _, c := range a.content {
		size += c.last - c.first
	}
	b.add("size", magnitude(size))
	b.add("rule", rule, "size", magnitude(size))
	b.add("opens", f.tag(a.content[0].first).String())
	b.add("opens with", f.word(a.content[0].first))
}

// groupFeatures describes the verb of a candidate.
func (f *finder) groupFeatures(a *found, lemma, rule string, b *bag) {
	g := &f.groups[a.group]
	form := f.tags[g.head].String()
	b.add("form", form)
	b.add("form", form, "rule", rule)
	b.add("lemma", lemma, "form", form)
	if g.last-g.first > 1 {
		b.add("aux", f.word(g.first))
	}
	b.add("before verb", f.tag(g.first-1).String())
	if w := f.closed(g.first - 1); w != "" {
		b.add("before verb", w)
	}
	if !g.finite && a.group > 0 {
		b.add("after verb", f.word(f.groups[a.group-1].head))
	}
	end := ending(f.word(g.first))
	b.add("ending", end)
	b.add("lemma", lemma, "ending", end)
}

// closed returns a word of a closed class, a preposition or the like; "" for
// others.
func (r *reader) closed(i int) string {
	switch r.tag(i) {
	case tag.Preposition, tag.Subordinate, tag.Coordinate, tag.Wh, tag.Determiner, tag.Pronoun, tag.Modal, tag.Punct:
		return r.word(i)
	case tag.Adverb:
		if w := r.word(i); len(w) < 6 {
			return w
		}
	}
	return ""
}

// ending tells the inflection of a verb by its last letters.
func ending(w string) string {
	for _, end := range [...]string{"ing", "ed", "s"} {
		if strings.HasSuffix(w, end) {
			return end
		}
	}
	return ""
}

// shortParagraph tells whether the paragraph of a sentence has no full stop:
// a heading or a caption, perhaps.
func (f *finder) shortParagraph(sentence int) bool {
	p := &f.Paragraphs[f.Sentences[sentence].Paragraph]
	return p.Last-p.First == 1 && f.word(f.Sentences[sentence].Last-1) != "." && f.word(f.Sentences[sentence].Last-2) != "."
}

// quotesWords tells whether words in quotation marks stand in a content.
func (f *finder) quotesWords(a *found) bool {
	for _, c := range a.content {
		for i := c.first; i < c.last; i++ {
			if f.Tokens[i].Kind == text.Mark {
				return true
			}
		}
	}
	return false
}

// supposed tells whether a conjunction or a modal before the source puts in
// doubt that anything was said.
func (f *finder) supposed(a *found) bool {
	first := a.cue.first
	if !a.source.none() {
		first = min(first, a.source.first)
	}
	for i := first - 1; i >= f.Sentences[a.sentence].First && i >= first-8; i-- {
		switch f.word(i) {
		case "if", "whether", "unless", "would", "could", "should", "might", "may", "to", "when", "until", "not":
			return true
		case ",", ".", ":", ";":
			return false
		}
	}
	return false
}

// onlyOne tells whether no other candidate stands in the sentence.
func (f *finder) onlyOne(k int) bool {
	return (k == 0 || f.found[k-1].sentence != f.found[k].sentence) && (k+1 == len(f.found) || f.found[k+1].sentence != f.found[k].sentence)
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
