package english

import (
	"strings"

	"mawqif/ingest/extract/english/tag"
	"mawqif/ingest/text"
)

// group is a verb with its auxiliaries: "has not been seen", "to deny".
type group struct {
	phrase
	head        int // the token of the main verb
	finite      bool
	passive     bool
	negated     bool
	infinitive  bool // begins with "to"
	contraction bool // the first token holds the subject too
}

func isBe(w string) bool {
	switch w {
	case "am", "is", "are", "was", "were", "be", "been", "being", "isn t", "aren t", "wasn t", "weren t", "gets", "got", "get":
		return true
	}
	return false
}

func isHave(w string) bool {
	switch w {
	case "has", "have", "had", "having", "hasn t", "haven t", "hadn t":
		return true
	}
	return false
}

func isDo(w string) bool {
	switch w {
	case "do", "does", "did", "don t", "doesn t", "didn t":
		return true
	}
	return false
}

func (r *reader) auxiliaryBefore(i int) bool {
	for i--; i >= 0 && r.tags[i] == tag.Adverb; i-- {
	}
	w := r.word(i)
	return isBe(w) || isHave(w) || r.tag(i) == tag.Contraction
}

// verbGroups finds the verb groups of a sentence.
func (r *reader) verbGroups(first, last int) {
	for i := first; i < last; {
		switch r.tags[i] {
		case tag.Modal, tag.Finite, tag.Base, tag.Gerund, tag.Participle, tag.Contraction, tag.To:
			g := r.verbGroup(i, last)
			if g.head < 0 {
				i++
				continue
			}
			for k := g.first; k < g.last; k++ {
				r.groupOf[k] = int32(len(r.groups))
			}
			r.groups = append(r.groups, g)
			i = g.last
		default:
			i++
		}
	}
}

func (r *reader) verbGroup(first, last int) group {
	g := group{phrase: phrase{first, first + 1}, head: first}
	switch r.tags[first] {
	case tag.Modal, tag.Finite:
		g.finite = true
	case tag.Contraction:
		g.finite, g.contraction = true, true
	case tag.To:
		g.infinitive, g.head = true, -1
	}
	g.negated = strings.HasSuffix(r.word(first), "n t") || r.word(first) == "cannot"
	for at := first; ; {
		next, negated := at+1, false
		for next < last && next < at+5 && (r.tags[next] == tag.Adverb || r.word(next) == "not" || r.word(next) == "since" && isHave(r.word(at)) || r.shares(next)) {
			negated = negated || r.word(next) == "not" || r.word(next) == "never"
			next++
		}
		if next >= last || !r.continues(at, next) {
			return g
		}
		g.negated = g.negated || negated
		g.passive = r.tags[next] == tag.Participle && (isBe(r.word(at)) || r.tags[at] == tag.Contraction && !strings.HasSuffix(r.word(at), " ve") && !r.hasSaid(next))
		g.head, g.last = next, next+1
		at = next
	}
}

// hasSaid tells whether a participle after a contracted "is" or "has" can only
// be of the perfect: "he's said he needs time".
func (r *reader) hasSaid(i int) bool {
	v := r.lex.verbs[r.word(i)]
	if v == nil || v.has(clause) == nil && v.has(quote) == nil {
		return false
	}
	switch r.tag(i + 1) {
	case tag.Pronoun, tag.Determiner, tag.Subordinate, tag.Wh:
		return true
	}
	return r.Tokens[min(i+1, len(r.Tokens)-1)].Kind == text.Mark
}

// shares tells whether a word within a verb group divides it among several
// subjects: "have both urged".
func (r *reader) shares(i int) bool {
	switch r.word(i) {
	case "both", "all", "each":
		return r.tag(i+1) == tag.Participle || r.tag(i+1) == tag.Finite
	}
	return false
}

// continues tells whether the word next goes on with the verb group that has
// at as its latest word.
func (r *reader) continues(at, next int) bool {
	w, t := r.word(at), r.tags[next]
	switch {
	case r.tags[at] == tag.Modal, r.tags[at] == tag.To, isDo(w):
		if t == tag.Base {
			return true
		}
		if t == tag.Noun && r.lex.verbs[r.word(next)] != nil && (next == at+1 || r.tags[at] == tag.Modal) && r.tags[at] != tag.Finite {
			r.tags[next] = tag.Base
			return true
		}
	case isHave(w):
		return t == tag.Participle || t == tag.Finite && r.lex.verbs[r.word(next)] != nil
	case isBe(w):
		return t == tag.Participle || t == tag.Gerund
	case r.tags[at] == tag.Contraction:
		return t == tag.Participle || t == tag.Gerund || t == tag.Base
	}
	return false
}

// finiteAt tells whether a finite verb group begins at a token, adverbs aside.
func (r *reader) finiteAt(i int) bool {
	for i < len(r.tags) && r.tags[i] == tag.Adverb {
		i++
	}
	return i < len(r.tags) && r.groupOf[i] >= 0 && r.groups[r.groupOf[i]].finite && r.groups[r.groupOf[i]].first == i
}
