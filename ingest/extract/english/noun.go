package english

import (
	"mawqif/ingest/extract/english/tag"
)

// nounCue is a noun that names a statement, with its source before it or in a
// phrase with "by" or "from", or as the object of a verb of expressing:
//
//	Rome's demand that ...     praise from Rome for ...     expressed concern about ...
func (f *finder) nounCue(i int) {
	n := f.lex.nouns[f.word(i)]
	if n == nil || f.tags[i] != tag.Noun || !f.proper(f.Tokens[i].Sentence) {
		return
	}
	floor, limit := f.domain(i)
	a := found{cue: phrase{i, i + 1}, group: -1, sentence: f.Tokens[i].Sentence, act: n.act, confidence: 0.5}
	at := i + 1
	if f.tag(at) == tag.Participle && f.word(at+1) == "by" {
		at++ // "concerns raised by donors"
	}
	if w := f.word(at); (w == "by" || w == "from") && at+1 < limit {
		if p := f.phraseFrom(at+1, limit, false); !p.none() && !f.temporal(at+1, limit) {
			a.source, at = p, p.last
			a.rules = []string{"noun cue with by or from"}
		}
	}
	first := f.nounComplement(n, at, limit)
	if first < 0 {
		// "by X for" may have been taken into the phrase of the source.
		if a.source.none() {
			return
		}
		for base := f.nounPhraseFrom(a.source.first, limit); ; {
			if f.word(base) == "of" {
				return
			}
			if first = f.nounComplement(n, base, limit); first >= 0 {
				a.source.last = base
				break
			}
			next := f.nounPhraseFrom(base+1, limit)
			if f.word(base) != "and" || next == base+1 || base >= a.source.last {
				return
			}
			base = next
		}
	}
	start := f.nounPhraseBefore(i, floor)
	if start > i {
		start = i
	}
	if a.source.none() {
		f.possessor(&a, start, i)
	}
	if a.source.none() {
		f.sourceBehind(&a, first, limit)
	}
	if a.source.none() || f.ownPronoun(a.source) {
		if !f.expressed(&a, start, floor) {
			if a.source.none() || f.objectOfCue(start) {
				return
			}
		}
	}
	if f.generic(subject{phrase: a.source}) {
		return
	}
	nominal := f.word(first-1) != "that"
	end := f.contentEnd(first, limit, nominal, nil)
	if end <= first {
		return
	}
	if lead := f.tag(start - 1); !nominal && (start <= floor || lead == tag.Punct || lead == tag.Adverb || lead == tag.Coordinate) {
		end = f.beforeMainVerb(first, end)
	}
	if a.source.first > first && a.source.first < end {
		end = a.source.first - 1
	}
	a.content = []phrase{{first, end}}
	f.found = append(f.found, a)
}

// beforeMainVerb ends a clause under a noun that opens its sentence where the
// verb of that noun begins: "Her claim that the port was safe | angered many".
func (f *finder) beforeMainVerb(first, end int) int {
	clauses := 1
	for i := first; i < end; i++ {
		switch f.tag(i) {
		case tag.Wh, tag.Subordinate:
			clauses++
		case tag.Finite, tag.Modal, tag.Contraction:
			if gi := f.groupOf[i]; gi < 0 || f.groups[gi].first != i || !f.groups[gi].finite || f.tag(i-1) == tag.Coordinate {
				continue
			}
			if f.tag(i-1) == tag.Pronoun && clauses == 0 {
				continue // "the port she runs"
			}
			if clauses--; clauses < 0 && i > first {
				return i
			}
		}
	}
	return end
}

// sourceBehind takes the source from behind the content: "requests for more
// money from the council".
func (f *finder) sourceBehind(a *found, first, limit int) {
	end := f.nounPhraseFrom(first, limit)
	if w := f.word(end); end == first || w != "from" && w != "by" || f.tag(first) == tag.To || f.temporal(end+1, limit) {
		return
	}
	base := f.nounPhraseFrom(end+1, limit)
	if base == end+1 {
		return
	}
	a.source = phrase{end + 1, base}
	a.rules = []string{"noun cue with its source behind"}
}

// nounComplement returns where the content of a noun cue begins, −1 if what
// follows the noun is no complement of it.
func (f *finder) nounComplement(n *noun, at, limit int) int {
	if at >= limit {
		return -1
	}
	for _, c := range n.complements {
		switch {
		case c == "that":
			if f.isThat(at) && at+1 < limit {
				return at + 1
			}
		case c == "to" && f.word(at) == "to":
			if f.tag(at) == tag.To {
				return at
			}
			return at + 1
		case f.word(at) == c && f.tag(at) == tag.Preposition && at+1 < limit && !f.temporal(at+1, limit):
			return at + 1
		}
	}
	return -1
}

// possessor takes the source from before a noun cue: "Rome's demand", "their
// demand", "CIA warnings".
func (f *finder) possessor(a *found, start, i int) {
	for k := i - 1; k >= start; k-- {
		if f.possessive(k) {
			a.source = phrase{start, k + 1}
			a.rules = []string{"noun cue with its possessor"}
			return
		}
		switch f.word(k) {
		case "his", "her", "their", "its":
			a.source = phrase{k, k + 1}
			a.rules = []string{"noun cue with its possessor"}
			return
		}
	}
	k := i
	for k > start && f.tag(k-1) == tag.Name {
		k--
	}
	if k < i {
		a.source = phrase{k, i}
		a.rules = []string{"noun cue after a name"}
		return
	}
	if k <= start {
		return
	}
	if raw := f.At(f.Tokens[i-1].Span); f.tag(i-1) == tag.Adjective && raw[0] >= 'A' && raw[0] <= 'Z' && i-1 > f.Sentences[a.sentence].First {
		a.source = phrase{i - 1, i}
		a.rules = []string{"noun cue after a name"}
	}
}

// ownPronoun tells whether a source is a possessive pronoun.
func (f *finder) ownPronoun(p phrase) bool {
	return p.last-p.first == 1 && f.tag(p.first) == tag.Determiner
}

// expressed joins a noun cue to the verb of expressing before it: "expressed
// concern", "repeated its denial". The source is the verb's subject.
func (f *finder) expressed(a *found, start, floor int) bool {
	b := start - 1
	if b < floor || f.groupOf[b] < 0 {
		return false
	}
	gi := f.groupOf[b]
	g := &f.groups[gi]
	if g.passive || !f.is(g.head, lightVerb) || f.irrealisLight(g) {
		return false
	}
	s := f.subjectOf(gi)
	if s.none() || f.generic(s) {
		return false
	}
	a.source, a.dropped, a.group, a.negated = s.phrase, s.dropped, gi, g.negated
	a.cue.first = g.head
	a.confidence = 0.7
	a.rules = []string{"verb of expressing with its noun"}
	return true
}

func (f *finder) irrealisLight(g *group) bool {
	switch f.word(g.first) {
	case "could", "may", "might", "should", "must", "can":
		return true
	}
	return g.infinitive && !f.reportedInfinitive(f.groupOf[g.first])
}

// objectOfCue tells whether a noun phrase is the object of a verb that is a
// cue itself: "announced her support for" is one statement.
func (f *finder) objectOfCue(start int) bool {
	b := start - 1
	if f.tag(b) == tag.Preposition {
		b--
	}
	if t := f.timeBefore(b, max(0, b-6)); t <= b {
		b = t - 1
	}
	if b < 0 || f.groupOf[b] < 0 {
		return false
	}
	return f.lex.verbs[f.word(f.groups[f.groupOf[b]].head)] != nil
}
