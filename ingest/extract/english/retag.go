package english

import (
	"strings"

	"mawqif/ingest/extract/english/tag"
	"mawqif/ingest/text"
)

// retag mends what the tagger often gets wrong about the verbs that matter.
func (r *reader) retag() {
	names := r.namesWithin()
	for i := range r.Tokens {
		if r.Tokens[i].Kind != text.Word {
			// The full stop of "Gen." within a name.
			if r.Tokens[i].Fold == "." && i > 0 && i+1 < len(r.Tokens) && r.Tokens[i-1].Kind == text.Word && r.Tokens[i-1].End == r.Tokens[i].Start &&
				r.Tokens[i+1].Sentence == r.Tokens[i].Sentence && r.Tokens[i+1].Kind != text.Mark {
				r.tags[i] = tag.Name
			}
			continue
		}
		w := r.Tokens[i].Fold
		if r.opensSentence(i) && names[w] {
			switch r.tags[i] {
			case tag.Other, tag.Base, tag.Noun, tag.Adjective, tag.Gerund, tag.Participle, tag.Finite, tag.Adverb:
				r.tags[i] = tag.Name // "Reed, meanwhile, ..."
			}
		}
		if raw := r.At(r.Tokens[i].Span); r.tags[i] != tag.Name && lowerParticle(raw) {
			r.tags[i] = tag.Name // "al-Mawlawi"
		}
		switch r.tags[i] {
		case tag.Participle:
			// "X told reporters": a participle without an auxiliary, after a
			// noun and before an object, is a finite verb.
			if r.lex.verbs[w] == nil || r.auxiliaryBefore(i) || r.word(i+1) == "by" && r.tag(i+2) != tag.Gerund || r.word(i+1) == "of" {
				break
			}
			if (w == "said" || w == "told") && r.tag(i-1) != tag.Contraction || r.leads(i) || r.word(i+1) == "by" || r.afterCoordinate(i) || r.takesObject(i) || r.trails(i) || r.wantsVerb(i) {
				r.tags[i] = tag.Finite
			}
		case tag.Determiner:
			// The initial of "Joan A. Reed".
			if raw := r.At(r.Tokens[i].Span); raw == "A" && r.word(i+1) == "." && r.tag(i-1) == tag.Name && r.tag(i+2) == tag.Name {
				r.tags[i] = tag.Name
			}
		case tag.Finite, tag.Base:
			if r.tags[i] == tag.Finite && (w == "said" || w == "told") && r.tag(i-1) == tag.Contraction {
				r.tags[i] = tag.Participle // "he's said"
				break
			}
			if v := r.lex.verbs[w]; v != nil && r.tags[i] == tag.Base && w == sForm(v.lemma) {
				r.tags[i] = tag.Finite
			}
			if r.tags[i] == tag.Finite && i > 0 && strings.HasSuffix(w, "ed") && r.tags[i-1] != tag.Contraction && r.possessive(i-1) && r.nominal(i+1) {
				r.tags[i] = tag.Adjective // "the president's proposed cuts"
				break
			}
			if r.shadowed(i) {
				r.tags[i] = tag.Participle
				break
			}
			// "the mayor's claims": no verb after a possessive.
			if r.lex.nouns[w] != nil && i > 0 && r.possessive(i-1) && r.tags[i-1] != tag.Contraction {
				r.tags[i] = tag.Noun
			}
		case tag.Noun, tag.Name, tag.Adjective:
			if r.tags[i] == tag.Name {
				if r.leads(i) {
					r.tags[i] = tag.Finite
				}
				break
			}
			if w == "said" || w == "says" || r.is(i, verbOnly) && (r.nominal(i-1) || r.tag(i-1) == tag.Adverb || r.tag(i-1) == tag.Wh || r.word(i-1) == ")" || r.word(i-1) == ",") || r.nounOrVerb(i) || r.reportsAround(i) || (r.tags[i] == tag.Noun || r.tag(i+1) == tag.Wh && r.nominal(i-1)) && r.lex.past[w] && r.lex.nouns[w] == nil && w != "cost" && w != "felt" && w != "hit" {
				r.tags[i] = tag.Finite
			}
		}
	}
}

// namesWithin returns the words that the text writes with a capital within its
// sentences, where they are names, and never without.
func (r *reader) namesWithin() map[string]bool {
	names, small := map[string]bool{}, map[string]bool{}
	for i := range r.Tokens {
		if r.Tokens[i].Kind != text.Word || r.opensSentence(i) {
			continue
		}
		if c := r.At(r.Tokens[i].Span)[0]; c >= 'a' && c <= 'z' {
			small[r.Tokens[i].Fold] = true
		} else if c >= 'A' && c <= 'Z' && r.tags[i] == tag.Name {
			names[r.Tokens[i].Fold] = true
		}
	}
	for w := range small {
		delete(names, w)
	}
	return names
}

// opensSentence tells whether a word is the first of its sentence or of a
// quotation.
func (r *reader) opensSentence(i int) bool {
	return r.Sentences[r.Tokens[i].Sentence].First == i || r.Tokens[i-1].Kind == text.Mark
}

// leads tells whether a past form of a verb of speech opens its sentence
// before a name: "Added Reed: ...".
func (r *reader) leads(i int) bool {
	v := r.lex.verbs[r.word(i)]
	return v != nil && v.has(quote) != nil && v.has(clause) != nil && r.lex.past[r.word(i)] &&
		r.Sentences[r.Tokens[i].Sentence].First == i && r.tag(i+1) == tag.Name
}

// trails tells whether a past form ends an attribution behind a comma: "...,
// state media reported on Friday".
func (r *reader) trails(i int) bool {
	v := r.lex.verbs[r.word(i)]
	if v == nil || v.has(quote) == nil {
		return false
	}
	start := r.nounPhraseBefore(i-1, max(0, i-12))
	if v.has(clause) == nil && (start == 0 || r.Tokens[start-1].Kind != text.Mark) {
		return false
	}
	if start >= i || r.word(start-1) != "," && r.Tokens[max(start-1, 0)].Kind != text.Mark {
		return false
	}
	last := min(i+window/4, r.Sentences[r.Tokens[i].Sentence].Last)
	return r.closesClause(i+1, last)
}

// shadowed tells whether a past form right before the main verb can only be a
// participle: "a document filed Thursday says".
func (r *reader) shadowed(i int) bool {
	if r.tags[i] != tag.Finite || !strings.HasSuffix(r.word(i), "ed") || r.tag(i-1) != tag.Noun {
		return false
	}
	k := i + 1
	for k < len(r.Tokens) && k < i+4 && (r.tag(k) == tag.Adverb || r.is(k, timeWord|timeDeterminer|timeNoun)) {
		k++
	}
	return r.tag(k) == tag.Finite && r.lex.verbs[r.word(k)] != nil
}

// reportsAround tells whether a present form, taken for a noun, reports the
// words before it: "..., the report states.", "...," counters Anna Berg.
func (r *reader) reportsAround(i int) bool {
	w := r.word(i)
	v := r.lex.verbs[w]
	if v == nil || v.has(quote) == nil || w != v.lemma && w != sForm(v.lemma) || i == 0 {
		return false
	}
	if r.Tokens[i-1].Kind == text.Mark && r.tag(i+1) == tag.Name && w != v.lemma {
		switch r.word(i - 2) {
		case ",", "?", "!":
			return true
		}
	}
	return v.has(clause) != nil && r.word(i+1) == "." && r.trails(i)
}

// afterCoordinate tells whether "and" or "but" joins a participle to a finite
// verb: "met the crew and praised it", but not "was tried and condemned".
func (r *reader) afterCoordinate(i int) bool {
	k := i - 1
	for k >= 0 && r.tag(k) == tag.Adverb {
		k--
	}
	if r.tag(k) != tag.Coordinate {
		return false
	}
	for k--; k >= 0 && k > i-24 && r.Tokens[k].Sentence == r.Tokens[i].Sentence; k-- {
		switch r.tags[k] {
		case tag.Finite:
			if next := k + 1; isBe(r.word(k)) {
				for r.tag(next) == tag.Adverb {
					next++
				}
				return r.tag(next) != tag.Participle
			}
			return true
		case tag.Modal, tag.Contraction, tag.Participle:
			return false
		}
	}
	return false
}

// takesObject tells whether a participle after a noun has an object of its
// own, and so is a finite verb: "the council announced an inquiry".
func (r *reader) takesObject(i int) bool {
	k := i - 1
	for k >= 0 && r.tag(k) == tag.Adverb {
		k--
	}
	switch r.tag(k) {
	case tag.Noun, tag.Name, tag.Pronoun:
	case tag.Punct:
		if r.word(k) != "," || !r.clauseAhead(i+1) {
			return false
		}
	default:
		return false
	}
	switch r.word(i) {
	case "called", "named", "dubbed", "termed", "branded", "labeled", "labelled", "asked", "urged":
		return false
	}
	switch r.tag(i + 1) {
	case tag.Determiner, tag.Pronoun:
		return !r.is(i+1, timeDeterminer) || r.word(i+1) == "the" || r.word(i+1) == "that"
	}
	return r.word(i+1) == "that" || r.clauseAhead(i+1)
}

// clauseAhead tells whether a noun and, before any mark, a finite verb follow.
func (r *reader) clauseAhead(i int) bool {
	if !r.nominal(i) || r.tag(i) == tag.Number {
		return false
	}
	for k := i; k < len(r.Tokens) && k < i+10; k++ {
		switch r.tags[k] {
		case tag.Finite, tag.Modal:
			return true
		case tag.Punct, tag.Wh, tag.Subordinate, tag.Coordinate, tag.Preposition:
			return false
		}
	}
	return false
}

// lowerParticle tells whether a word is a small article or particle joined to a
// name: "al-Assad", "el-Sisi".
func lowerParticle(raw string) bool {
	i := strings.IndexByte(raw, '-')
	return i > 0 && i < 4 && len(raw) > i+1 && raw[0] >= 'a' && raw[0] <= 'z' && raw[i+1] >= 'A' && raw[i+1] <= 'Z'
}

// wantsVerb tells whether the sentence up to i still lacks a finite verb, so
// that a past form there is one: "The agency, KCNA, called him a lunatic".
func (r *reader) wantsVerb(i int) bool {
	if k := i - 1; k < 0 || r.word(k) != "," && r.tag(k) != tag.Name && r.tag(k) != tag.Noun && r.tag(k) != tag.Adverb && r.tag(k) != tag.Pronoun {
		return false
	}
	s := &r.Sentences[r.Tokens[i].Sentence]
	lacking := 0
	for k := max(s.First, i-window/4); k < i; k++ {
		switch r.tags[k] {
		case tag.Finite, tag.Modal, tag.Contraction:
			lacking--
		case tag.Wh, tag.Subordinate:
			lacking++
		}
	}
	if lacking < 0 {
		return false
	}
	for k := i + 1; k < min(s.Last, i+window/4); k++ {
		switch r.tags[k] {
		case tag.Finite, tag.Modal:
			lacking--
		case tag.Wh, tag.Subordinate, tag.Coordinate:
			lacking++
		case tag.Punct:
			if r.Tokens[k].Kind == text.Mark {
				lacking++
			}
		}
	}
	return lacking >= 0
}

// nounOrVerb decides words like "reports" before "that": a verb, if nothing
// else in the sentence could be the main one.
func (r *reader) nounOrVerb(i int) bool {
	w := r.word(i)
	v := r.lex.verbs[w]
	if v == nil || v.has(clause) == nil && v.has(that) == nil || w != v.lemma && w != sForm(v.lemma) {
		return false
	}
	if own := v.has(clause) != nil && r.tag(i+1) == tag.Pronoun && (r.tag(i+2) == tag.Finite || r.tag(i+2) == tag.Modal); !own && r.word(i+1) != "that" && !r.question(i+1) {
		return false
	}
	if k := i - 1; k < 0 || r.tag(k) != tag.Noun && r.tag(k) != tag.Name || r.possessive(k) {
		return false
	}
	s := &r.Sentences[r.Tokens[i].Sentence]
	finite := 0
	for k := max(s.First, i-window/4); k < min(s.Last, i+window/4); k++ {
		switch r.tags[k] {
		case tag.Finite, tag.Modal, tag.Contraction:
			if k < i {
				return false
			}
			if r.tag(k-1) != tag.Modal {
				finite++
			}
		case tag.Wh, tag.Coordinate:
			if k > i+1 {
				finite--
			}
		}
	}
	return finite <= 1
}
