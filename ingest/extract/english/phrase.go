package english

import (
	"strings"

	"mawqif/ingest/extract/english/tag"
)

// phrase is a run of tokens, [first, last). The zero phrase is none.
type phrase struct{ first, last int }

func (p phrase) none() bool { return p.first >= p.last }

// nominal tells whether a token can stand inside a noun phrase.
func (r *reader) nominal(i int) bool {
	switch r.tag(i) {
	case tag.Noun, tag.Name, tag.Number, tag.Adjective, tag.Determiner, tag.Pronoun:
		return true
	}
	return false
}

// nounPhraseBefore returns the start of the base noun phrase whose last token
// is end; end+1 if none ends there.
func (r *reader) nounPhraseBefore(end, floor int) int {
	if end < floor {
		return end + 1
	}
	switch r.tag(end) {
	case tag.Noun, tag.Name, tag.Number:
	case tag.Pronoun:
		if w := r.word(end); (w == "himself" || w == "herself" || w == "itself" || w == "themselves") && end > floor {
			if s := r.nounPhraseBefore(end-1, floor); s < end {
				return s
			}
		}
		return end
	case tag.Determiner, tag.Adjective:
		// "this", "many", "the poor"
	case tag.Gerund:
		if end == floor || r.tag(end-1) != tag.Determiner {
			return end + 1
		}
	default:
		if !r.isApostrophe(end) {
			return end + 1
		}
	}
	start := end
	for start > floor && end-start < 24 {
		i := start - 1
		switch t := r.tag(i); {
		case r.tag(start) == tag.Determiner && !(t == tag.Determiner || t == tag.Name && r.possessive(i)):
			if t == tag.Adverb && (r.word(i) == "nearly" || r.word(i) == "almost") {
				start = i
			}
			return start
		case r.is(i, timeWord) && !r.possessive(i) && (t == tag.Name || t == tag.Noun):
			return start
		case t == tag.Noun && r.tag(start) == tag.Name && r.listens(i):
			return start // "told reporters Vienna was ready"
		case t == tag.Noun, t == tag.Name, t == tag.Number, t == tag.Adjective, t == tag.Determiner:
			start = i
		case r.isApostrophe(i):
			start = i
		case (t == tag.Participle || t == tag.Gerund) && i > floor && r.groupOf[i] >= 0 && r.groups[r.groupOf[i]].first == i &&
			(r.tag(start) == tag.Noun || r.tag(start) == tag.Name) &&
			(r.tag(i-1) == tag.Determiner || r.tag(i-1) == tag.Adjective || r.tag(i-1) == tag.Preposition && r.tag(i) == tag.Participle || r.possessive(i-1)):
			start = i
		case t == tag.Adverb && (r.tag(start) == tag.Adjective || r.tag(start) == tag.Number) && i > floor && (r.tag(i-1) == tag.Determiner):
			start = i
		case t == tag.Coordinate && i-1 >= floor && r.word(i) == "and" && r.tag(i-1) == tag.Adjective && r.tag(start) == tag.Adjective:
			start = i - 1
		case t == tag.Punct && r.word(i) == "$":
			start = i
		default:
			return start
		}
	}
	return start
}

// listens tells whether a noun right after a verb of telling names the
// listeners, with no more of their noun phrase behind it.
func (r *reader) listens(i int) bool {
	if !strings.HasSuffix(r.word(i), "s") || r.possessive(i) {
		return false
	}
	v := r.lex.verbs[r.word(i-1)]
	return v != nil && v.has(tell) != nil
}

// joins tells whether a preposition joins two noun phrases into one, as in
// "officials in the ministry".
func joins(w string) bool {
	switch w {
	case "of", "for", "in", "at", "from", "with", "on", "to", "near", "behind", "inside", "within", "against", "under", "between", "among", "across", "outside", "about", "by", "around":
		return true
	}
	return false
}

// subjectPhrase returns the noun phrase whose last token is end, with what
// modifies it to the left: "officials with the agency", "a group of senators",
// "the minister and his deputy".
func (r *reader) subjectPhrase(end, floor int) phrase {
	start := r.nounPhraseBefore(end, floor)
	if start > end {
		return phrase{}
	}
	best := phrase{start, end + 1}
	if r.tag(end) == tag.Pronoun && start == end && r.tag(end-1) != tag.Preposition {
		return best // but "people close to him"
	}
	for range 8 {
		i := start - 1
		if i < floor {
			return phrase{start, end + 1}
		}
		switch {
		case r.tag(i) == tag.Preposition && joins(r.word(i)) || r.word(i) == "to" && r.tag(i) != tag.To:
			before := i - 1
			// "accounts relayed to the paper": a participle between.
			if before > floor && (r.tag(before) == tag.Participle || r.tag(before) == tag.Gerund) && !r.auxiliaryBefore(before) {
				before--
			}
			s := r.nounPhraseBefore(before, floor)
			if s > before || r.tag(before) == tag.Pronoun {
				return best
			}
			start = s
			if r.boundary(s-1, floor) {
				best = phrase{s, end + 1}
			}
		case r.word(i) == "and" || r.word(i) == "or":
			s := r.nounPhraseBefore(i-1, floor)
			if s > i-1 {
				return best
			}
			start = s
			if r.boundary(s-1, floor) {
				best = phrase{s, end + 1}
			}
		default:
			return best
		}
	}
	return best
}

// boundary tells whether a clause can begin after token i.
func (r *reader) boundary(i, floor int) bool {
	if i < floor {
		return true
	}
	switch r.tag(i) {
	case tag.Punct, tag.Subordinate, tag.Coordinate, tag.Wh:
		return true
	case tag.Finite, tag.Gerund, tag.Participle, tag.Base:
		return r.lex.verbs[r.word(i)] != nil
	case tag.Adverb:
		return r.boundary(i-1, floor)
	}
	return r.is(i, timeWord)
}

// nounPhraseFrom returns the end of the base noun phrase that begins at
// start; start if none does.
func (r *reader) nounPhraseFrom(start, limit int) int {
	i := start
	noun := -1
	for i < limit && i-start < 24 {
		switch t := r.tag(i); {
		case t == tag.Pronoun:
			if i == start {
				return i + 1
			}
			if w := r.word(i); w == "himself" || w == "herself" || w == "itself" || w == "themselves" {
				return i + 1
			}
			return noun + 1
		case t == tag.Determiner:
			if noun >= 0 && !r.possessive(noun) {
				return noun + 1
			}
		case i > start && r.is(i, timeWord) && !r.possessive(i) && (t == tag.Name || t == tag.Noun):
			if noun < 0 {
				return start
			}
			return noun + 1
		case t == tag.Name && noun >= 0 && noun == i-1 && r.tag(noun) == tag.Noun && strings.HasSuffix(r.word(noun), "s") && !r.possessive(noun) && !strings.HasSuffix(r.word(noun), "ss"):
			return noun + 1 // "told reporters Beijing was ready"
		case t == tag.Noun, t == tag.Name, t == tag.Number:
			noun = i
		case t == tag.Gerund && i > start && (r.tag(i-1) == tag.Determiner || r.tag(i-1) == tag.Number || r.tag(i-1) == tag.Adjective) && !r.nominal(i+1):
			noun = i // "the ruling"
		case t == tag.Adjective:
			if noun >= 0 && !r.possessive(noun) && r.tag(noun) != tag.Name && r.tag(noun) != tag.Number {
				return noun + 1
			}
		case r.isApostrophe(i):
			noun = i
		case (t == tag.Participle || t == tag.Gerund) && (r.tag(i+1) == tag.Noun || r.tag(i+1) == tag.Name || r.tag(i+1) == tag.Adjective) && (noun < 0 || r.possessive(noun)):
		case t == tag.Adverb && (i == start || noun < 0 || r.possessive(noun)):
		case t == tag.Coordinate && r.tag(i-1) == tag.Adjective && r.tag(i+1) == tag.Adjective && noun < 0:
		case t == tag.Punct && r.word(i) == "-" && i > start && r.tag(i-1) == tag.Number && r.tag(i+1) == tag.Number && r.Tokens[i-1].End == r.Tokens[i].Start:
		case t == tag.Punct && (r.word(i) == "$" || r.word(i) == "(" && r.word(i+2) == ")" && i+2 < limit):
			if r.word(i) == "(" {
				i += 2
				noun = i
			}
		default:
			if noun < 0 {
				return r.lone(start, i)
			}
			return noun + 1
		}
		i++
	}
	if noun < 0 {
		return r.lone(start, i)
	}
	return noun + 1
}

// lone accepts a noun phrase without a noun: "many", "those", "the poor".
func (r *reader) lone(start, end int) int {
	if end > start && (r.tag(start) == tag.Determiner || r.tag(start) == tag.Adjective) {
		return end
	}
	return start
}

// phraseFrom returns the noun phrase that begins at start with what follows
// it: prepositional phrases and, if apposition is wanted, what stands after a
// comma ("Anna Berg, a lawyer in Oslo").
func (r *reader) phraseFrom(start, limit int, apposition bool) phrase {
	end := r.nounPhraseFrom(start, limit)
	if end == start {
		return phrase{}
	}
	for range 10 {
		switch {
		case r.tag(end) == tag.Preposition && joins(r.word(end)) && !r.temporal(end+1, limit) && !(r.word(end) == "at" && r.word(end+1) == "the" && r.word(end+2) == "time"):
			next := r.nounPhraseFrom(end+1, limit)
			if next == end+1 || next > limit {
				return phrase{start, end}
			}
			end = next
		case (r.word(end) == "and" || r.word(end) == "or") && end+1 < limit:
			next := r.nounPhraseFrom(end+1, limit)
			if next == end+1 || r.finiteAt(next) {
				return phrase{start, end}
			}
			end = next
		case apposition && r.word(end) == "," && end+1 < limit && r.appositive(end+1, limit):
			next := r.phraseFrom(end+1, limit, false)
			if next.none() || !r.endsApposition(next.last, limit) {
				return phrase{start, end}
			}
			end = next.last
		case r.word(end) == "(" && end+1 < limit:
			k := end + 1
			for k < limit && k < end+8 && r.word(k) != ")" {
				k++
			}
			if k >= limit || r.word(k) != ")" {
				return phrase{start, end}
			}
			end = k + 1
		default:
			return phrase{start, end}
		}
	}
	return phrase{start, end}
}

// appositive tells whether an apposition can begin at a token: an article, a
// title or an age after a comma.
func (r *reader) appositive(i, limit int) bool {
	if i >= limit {
		return false
	}
	switch r.tag(i) {
	case tag.Determiner, tag.Noun, tag.Adjective, tag.Number, tag.Name:
		return !r.temporal(i, limit)
	}
	return false
}

func (r *reader) endsApposition(i, limit int) bool {
	if i >= limit {
		return true
	}
	switch r.tag(i) {
	case tag.Punct:
		_, opens := r.opens(i)
		return !opens
	case tag.Wh:
		return true
	}
	return false
}
