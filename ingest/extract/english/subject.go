package english

import (
	"strings"

	"mawqif/ingest/extract"
	"mawqif/ingest/extract/english/tag"
)

// subject is the noun phrase that a verb group agrees with, or that does what
// an infinitive or a participle says.
type subject struct {
	phrase
	// dropped tells that the phrase is the subject of another verb, and only
	// understood here: "..., adding that", "... and denied".
	dropped bool
	// relative tells that a relative pronoun stands for the phrase: "the
	// envoy, who said".
	relative bool
	rule     string
}

// subjectOf finds the subject of a verb group. Each is sought once: others
// may hang on it.
func (r *reader) subjectOf(gi int32) subject {
	if !r.sought[gi] {
		r.sought[gi] = true
		floor, _ := r.domain(r.groups[gi].first)
		r.subjects[gi] = r.findSubject(gi, floor)
	}
	return r.subjects[gi]
}

func (r *reader) findSubject(gi int32, floor int) subject {
	g := &r.groups[gi]
	switch {
	case g.contraction:
		return subject{phrase: phrase{g.first, g.first + 1}, rule: "contracted subject"}
	case g.infinitive:
		return r.infinitiveSubject(gi, floor)
	case g.finite:
		return r.finiteSubject(gi, floor)
	case r.tags[g.first] == tag.Gerund:
		return r.gerundSubject(gi, floor)
	case r.tags[g.first] == tag.Base:
		return r.coordinateSubject(gi, g.first-1, floor)
	}
	return subject{}
}

// finiteSubject looks left of a finite verb, over adverbs, dates and
// parentheses:
//
//	The envoy on Monday flatly denied ...
//	Anna Berg, a lawyer in Oslo, said ...
func (r *reader) finiteSubject(gi int32, floor int) subject {
	i := r.groups[gi].first - 1
	for i >= floor {
		switch {
		case r.tag(i) == tag.Adverb || r.word(i) == "first" && i > floor:
			i--
		case r.word(i) == ")":
			open := r.back(i, floor, "(")
			if open < 0 {
				return subject{}
			}
			i = open - 1
		case r.timeBefore(i, floor) <= i:
			i = r.timeBefore(i, floor) - 1
			if r.tag(i) == tag.Preposition {
				i--
			}
		case r.tag(i) == tag.Participle && i > floor && r.groupOf[i] != gi && !r.auxiliaryBefore(i) && (r.tag(i-1) == tag.Noun || r.tag(i-1) == tag.Name):
			i-- // "a report published Monday said"
		default:
			return r.subjectEnding(gi, i, floor)
		}
	}
	return subject{}
}

func (r *reader) subjectEnding(gi int32, i, floor int) subject {
	switch {
	case r.word(i) == "," || r.word(i) == "—" || r.word(i) == "–":
		if s := r.parenthetical(i, floor); !s.none() {
			return s
		}
		return r.listSubject(gi, floor)
	case r.tag(i) == tag.Coordinate:
		return r.coordinateSubject(gi, i, floor)
	case r.tag(i) == tag.Wh || r.word(i) == "that" && !r.nominalThat(i):
		return r.antecedent(i, floor)
	}
	p := r.subjectPhrase(i, floor)
	if p.none() {
		return subject{}
	}
	// "The group, which ..., in an email to the paper said"
	start := p.first
	if r.word(start-1) == "to" && r.is(start-2, sayingNoun) {
		start = r.nounPhraseBefore(start-2, floor)
	}
	if w := r.word(start - 1); (w == "in" || w == "at" || w == "on") && r.word(start-2) == "," && r.is(r.nounPhraseFrom(start, i)-1, sayingNoun) {
		if s := r.parenthetical(start-2, floor); !s.none() {
			return s
		}
	}
	return subject{phrase: r.withoutOccasion(r.withParticiple(p, floor)), rule: "subject"}
}

// withoutOccasion leaves out of a subject where something was said: "Reed in a
// statement said".
func (r *reader) withoutOccasion(p phrase) phrase {
	for k := p.first + 1; k < p.last; k++ {
		if w := r.word(k); (w == "in" || w == "on" || w == "at") && (r.word(k+1) == "a" || r.word(k+1) == "an") && r.tag(k-1) == tag.Name {
			if head := r.nounPhraseFrom(k+1, p.last) - 1; r.is(head, sayingNoun) {
				p.last = k
				return p
			}
		}
	}
	return p
}

// withParticiple widens a noun phrase that is the object of a participle to
// the noun that this describes: "a group representing doctors".
func (r *reader) withParticiple(p phrase, floor int) phrase {
	k := p.first - 1
	if k <= floor || r.tag(k) != tag.Gerund && r.word(k) != "named" || r.tag(k-1) != tag.Noun && r.tag(k-1) != tag.Name {
		return p
	}
	if v := r.lex.verbs[r.word(k)]; v != nil && (v.has(clause) != nil || v.has(that) != nil || v.has(quote) != nil) {
		return p // "officials saying Rome had agreed"
	}
	if head := r.subjectPhrase(k-1, floor); !head.none() {
		head.last = p.last
		return head
	}
	return p
}

// listSubject takes the subject of the verb before in a list of verbs: "praised
// the crew, thanked the mayor and left".
func (r *reader) listSubject(gi int32, floor int) subject {
	if gi == 0 || r.lex.past[r.word(r.groups[gi].head)] != r.lex.past[r.word(r.groups[gi-1].head)] {
		return subject{}
	}
	for k := gi - 1; k >= 0 && k > gi-4 && r.groups[k].first >= floor; k-- {
		o := &r.groups[k]
		if !o.finite || r.lex.verbs[r.word(o.head)] == nil || r.Tokens[o.first].Quote != r.Tokens[r.groups[gi].first].Quote {
			continue
		}
		s := r.subjectOf(k)
		s.dropped, s.rule = true, "shared subject"
		return s
	}
	return subject{}
}

// nominalThat tells whether "that" stands for a thing: a subject itself.
func (r *reader) nominalThat(i int) bool {
	return r.tag(i) == tag.Determiner && r.boundary(i-1, 0)
}

// back finds a mark before i, no further than a few dozen tokens.
func (r *reader) back(i, floor int, mark string) int {
	for k := i - 1; k >= floor && k > i-48; k-- {
		if r.word(k) == mark {
			return k
		}
	}
	return -1
}

// parenthetical finds the subject before a comma that ends an insertion:
//
//	The mayor, Joan Reed, said ...                  apposition, part of the source
//	Reed, a Democrat, said ...                      the same
//	Reed, who resigned in May, said ...             left out
//	Reed, speaking in Leeds, said ...               left out
func (r *reader) parenthetical(comma, floor int) subject {
	end, at := comma, comma
	for range 5 {
		open := r.backComma(at, floor)
		if open < 0 {
			return subject{}
		}
		if !r.isApposition(open+1, at) {
			end = open
		}
		head := r.subjectPhrase(open-1, floor)
		if r.word(open-1) == ")" {
			if k := r.back(open-1, floor, "("); k > floor {
				if head = r.subjectPhrase(k-1, floor); !head.none() {
					head.last = open
				}
			}
		}
		if head.none() {
			return subject{}
		}
		if r.word(head.first-1) == "," && (r.attribute(head) || r.addedTitle(head, open+1, at)) {
			at = open
			continue
		}
		if r.word(head.first-1) == "and" && r.word(head.first-2) == "," {
			// "John Reed, D-Ohio, and Anna Berg, R-Iowa, said"
			if s := r.parenthetical(head.first-2, floor); !s.none() && !r.holdsFinite(s.first, head.first) {
				head.first = s.first
			}
		}
		return subject{phrase: phrase{head.first, end}, rule: "subject before an insertion"}
	}
	return subject{}
}

// backComma finds the comma or dash that opens the insertion closed at i.
func (r *reader) backComma(i, floor int) int {
	closing := r.word(i)
	for k := i - 1; k >= floor && k > i-60; k-- {
		if _, marks := r.closes(k); marks {
			continue
		}
		if w := r.word(k); w == closing {
			// A comma before a year or a state's name belongs to it.
			if w == "," && r.tag(k+1) == tag.Number && r.tag(k-1) == tag.Number {
				continue
			}
			return k
		}
	}
	return -1
}

// isApposition tells whether the tokens between two commas name the noun
// phrase before them once more.
func (r *reader) isApposition(first, last int) bool {
	switch r.tag(first) {
	case tag.Determiner, tag.Noun, tag.Name, tag.Adjective, tag.Number:
		return !r.temporal(first, last)
	}
	return false
}

// attribute tells whether a noun phrase between commas can only describe the
// one before it: a party and state ("R-S.C."), an age, a title in small
// letters.
func (r *reader) attribute(p phrase) bool {
	raw := r.At(r.Tokens[p.first].Span)
	if len(raw) > 2 && raw[1] == '-' && strings.ContainsRune("RDI", rune(raw[0])) {
		return true
	}
	return r.tag(p.first) == tag.Number || p.last-p.first == 1 && strings.HasSuffix(raw, ".")
}

// addedTitle tells whether a noun phrase behind a comma says what the one named
// before it is: one without an article, as no subject in the singular is
// ("Reed, spokeswoman for Hale, a club in Leeds"), or with "a" before a place
// ("Reed, a nurse from Leeds, Ohio"). The insertion behind it is [first, last).
func (r *reader) addedTitle(p phrase, first, last int) bool {
	if r.tag(p.first-2) != tag.Name && r.word(p.first-2) != ")" {
		return false
	}
	switch w := r.word(p.first); {
	case w == "a" || w == "an":
		return r.tag(first) != tag.Name || last-first == 1
	case r.tag(p.first) == tag.Noun:
		k := p.first
		for k < p.last && (r.tag(k) == tag.Noun || r.tag(k) == tag.Adjective) {
			k++
		}
		head, raw := r.word(k-1), r.At(r.Tokens[p.first].Span)
		if raw[0] < 'a' || raw[0] > 'z' || strings.HasSuffix(head, "s") || strings.HasSuffix(head, "people") || strings.HasSuffix(head, "men") {
			return false
		}
		switch r.word(k) {
		case "of", "for", "at", "with", "in", "to", "and":
			return k < p.last
		}
	}
	return false
}

// antecedent finds the noun phrase for which a relative pronoun stands: "the
// envoy, who said ...".
func (r *reader) antecedent(i, floor int) subject {
	w := r.word(i)
	if w != "who" && w != "that" && w != "which" {
		return subject{}
	}
	k := i - 1
	if w := r.word(k); w == "," || w == "—" || w == "–" {
		k--
	}
	if r.word(k) == ")" {
		if open := r.back(k, floor, "("); open > floor {
			k = open - 1
		}
	}
	p := r.subjectPhrase(k, floor)
	if p.none() || r.tag(k) == tag.Pronoun && w == "that" {
		return subject{}
	}
	// Of "the house of the envoy, who", the relative clause describes the
	// last name.
	if base := r.nounPhraseBefore(k, floor); base <= k && r.tag(k) == tag.Name && w == "who" {
		p.first = base
	}
	return subject{phrase: p, relative: true, rule: "relative clause"}
}

// coordinateSubject takes the subject of the verb to which "and" or "but"
// joins this one: "The mayor praised the crew but blamed the builder".
func (r *reader) coordinateSubject(gi int32, i, floor int) subject {
	g := &r.groups[gi]
	for i >= floor && (r.tag(i) == tag.Adverb || r.word(i) == ",") {
		i--
	}
	if r.tag(i) != tag.Coordinate {
		return subject{}
	}
	var pick subject
	for k := gi - 1; k >= 0 && r.groups[k].first >= floor; k-- {
		o := &r.groups[k]
		if !g.finite && !g.infinitive && r.lex.verbs[r.word(o.head)] == nil {
			continue // "would have to halt aid and oppose loans" is no act
		}
		if g.finite != o.finite || g.infinitive && !o.infinitive {
			if g.finite || !o.infinitive {
				continue
			}
		}
		if r.Tokens[o.first].Quote != r.Tokens[g.first].Quote {
			continue
		}
		s := r.subjectOf(k)
		if s.none() {
			continue
		}
		s.dropped, s.rule = true, "shared subject"
		pick = s
		if r.lex.verbs[r.word(o.head)] != nil {
			return s
		}
	}
	return pick
}

// infinitiveSubject takes the subject of the verb that governs an infinitive
// ("went on to deny"), or its object if that verb makes somebody do it ("told
// the crew to report").
func (r *reader) infinitiveSubject(gi int32, floor int) subject {
	g := &r.groups[gi]
	if gi == 0 {
		return subject{}
	}
	if i := g.first - 1; r.tag(i) == tag.Coordinate || r.tag(i) == tag.Punct && r.tag(i-1) == tag.Coordinate {
		return r.coordinateSubject(gi, i, floor)
	}
	o := &r.groups[gi-1]
	if o.first < floor {
		return subject{}
	}
	object := phrase{o.last, g.first}
	for k := object.first; k < object.last; k++ {
		if r.tag(k) == tag.Punct || r.tag(k) == tag.Wh || r.tag(k) == tag.Coordinate {
			return subject{}
		}
	}
	if v := r.lex.verbs[r.word(o.head)]; v != nil && !object.none() && !o.passive {
		for _, f := range v.frames {
			if f.kind == obj {
				first := o.last
				for _, w := range f.words {
					if r.word(first) == w {
						first++
					}
				}
				if p := r.phraseFrom(first, g.first, false); !p.none() && p.last == g.first {
					return subject{phrase: p, dropped: true, rule: "object that acts"}
				}
			}
		}
	}
	s := r.subjectOf(gi - 1)
	s.dropped, s.rule = true, "subject of the governing verb"
	return s
}

// gerundSubject takes the noun phrase right before a form in -ing ("crowds
// calling for", "a statement saying"), else the subject of the clause it
// hangs on ("..., adding that").
func (r *reader) gerundSubject(gi int32, floor int) subject {
	g := &r.groups[gi]
	i := g.first - 1
	for i >= floor && r.tag(i) == tag.Adverb {
		i--
	}
	if r.tag(i) == tag.Noun || r.tag(i) == tag.Name || r.tag(i) == tag.Pronoun {
		if p := r.subjectPhrase(i, floor); !p.none() && r.timeBefore(i, floor) > i {
			return subject{phrase: p, rule: "noun with participle"}
		}
	}
	if s := r.blamed(gi, i); !s.none() {
		return s
	}
	if s := r.clauseSubject(gi, floor); !s.none() {
		return s
	}
	if i < floor {
		return r.mainSubject(g.last)
	}
	return subject{}
}

// blamed takes the object of a verb of blame or praise for what it is said to
// have said: "criticised Reed for saying".
func (r *reader) blamed(gi int32, i int) subject {
	if gi == 0 || r.word(i) != "for" && r.word(i) != "of" {
		return subject{}
	}
	o := &r.groups[gi-1]
	v := r.lex.verbs[r.word(o.head)]
	if v == nil || v.has(of) == nil || o.last >= i {
		return subject{}
	}
	if p := r.phraseFrom(o.last, i, true); !p.none() && p.last == i {
		return subject{phrase: p, rule: "object that is blamed"}
	}
	return subject{}
}

// mainSubject takes the subject of the main clause for a participle that
// leads up to it: "Citing the vote, the mayor resigned."
func (r *reader) mainSubject(i int) subject {
	limit := min(i+window/2, r.Sentences[r.Tokens[i-1].Sentence].Last)
	for ; i < limit; i++ {
		if r.word(i) != "," {
			continue
		}
		p := r.phraseFrom(i+1, limit, true)
		if p.none() {
			continue
		}
		at := p.last
		if r.word(at) == "," {
			at++
		}
		if r.finiteAt(at) {
			return subject{phrase: p, dropped: true, rule: "participle before the main clause"}
		}
	}
	return subject{}
}

// clauseSubject takes the subject of the nearest finite verb before a
// participle that a comma, a preposition or a conjunction sets off.
func (r *reader) clauseSubject(gi int32, floor int) subject {
	var pick subject
	for k := gi - 1; k >= 0 && r.groups[k].first >= floor; k-- {
		o := &r.groups[k]
		if !o.finite || r.inner(o.first) != r.inner(r.groups[gi].first) {
			continue
		}
		s := r.subjectOf(k)
		if s.none() {
			s.phrase = r.subjectBehind(o, r.groups[gi].first)
		}
		if w := r.word(s.first - 1); s.none() || s.relative || !s.dropped && (w == "that" || w == "which") {
			continue
		}
		s.dropped, s.rule = true, "participle"
		pick = s
		if r.lex.verbs[r.word(o.head)] != nil {
			return s
		}
	}
	return pick
}

// subjectBehind is the subject of a verb of speech that stands before it:
// "..., said Reed, adding that".
func (r *reader) subjectBehind(g *group, limit int) phrase {
	v := r.lex.verbs[r.word(g.head)]
	if v == nil || v.has(quote) == nil {
		return phrase{}
	}
	if _, ok := r.closes(g.first - 1); !ok && r.word(g.first-1) != "," {
		return phrase{}
	}
	return r.phraseFrom(g.last, limit, true)
}

// pronoun reads the gender and number of a source that is a pronoun.
func (f *finder) pronoun(p phrase) (ok bool, gender extract.Gender, number extract.Number) {
	if p.last-p.first != 1 {
		return false, 0, 0
	}
	w := f.word(p.first)
	if k := len(w) - 2; k > 0 && w[k] == ' ' {
		w = w[:k]
	}
	switch w {
	case "he", "his", "him":
		return true, extract.Masculine, extract.Singular
	case "she", "her":
		return true, extract.Feminine, extract.Singular
	case "it", "its":
		return true, extract.AnyGender, extract.Singular
	case "they", "their", "them", "they re", "they ve", "they ll", "these", "those":
		return true, extract.AnyGender, extract.Plural
	}
	return false, 0, 0
}
