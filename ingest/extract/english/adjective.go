package english

import "mawqif/ingest/extract/english/tag"

// adjectiveCue is what somebody is said to hold of something:
//
//	The mayor is confident that ...     She seemed worried about ...
func (f *finder) adjectiveCue(i int) {
	n := f.lex.adjectives[f.word(i)]
	if n == nil || !f.proper(f.Tokens[i].Sentence) {
		return
	}
	k := i - 1
	for k >= 0 && k > i-4 && f.tag(k) == tag.Adverb && f.groupOf[k] < 0 {
		k--
	}
	gi := f.groupOf[i]
	if gi < 0 {
		if k < 0 || f.groupOf[k] < 0 {
			return
		}
		gi = f.groupOf[k]
	}
	g := &f.groups[gi]
	if g.last != k+1 && g.last != i+1 || !f.copular(g, i) || g.infinitive && !f.reportedInfinitive(gi) {
		return
	}
	switch f.word(g.first) {
	case "could", "may", "might", "should", "must", "can", "cannot", "shall", "would", "will":
		return
	}
	_, limit := f.domain(i)
	first, nominal := f.adjectiveComplement(n, i+1, limit)
	if first < 0 {
		return
	}
	s := f.subjectOf(gi)
	if s.none() || f.generic(s) || f.conditional(s.first) || bare(f.word(s.first)) == "it" {
		return
	}
	end := f.contentEnd(first, limit, nominal, g)
	if end <= first {
		return
	}
	f.found = append(f.found, found{
		cue: phrase{g.first, i + 1}, source: s.phrase, dropped: s.dropped, content: []phrase{{first, end}}, group: gi, sentence: f.Tokens[i].Sentence,
		act: n.act, negated: g.negated, confidence: 0.6, rules: []string{s.rule, "adjective"},
	})
}

// copular tells whether a verb group joins an adjective at i to its subject.
func (f *finder) copular(g *group, i int) bool {
	head := g.head
	if head == i {
		return g.passive
	}
	if f.tags[g.first] == tag.Contraction && g.head == g.first {
		return true
	}
	switch w := f.word(head); w {
	case "seem", "seems", "seemed", "appear", "appears", "appeared", "remain", "remains", "remained", "sounded", "sounds", "grew", "became", "felt", "feel", "feels":
		return true
	default:
		return isBe(w)
	}
}

// adjectiveComplement returns where the content after an adjective begins, and
// whether it is a noun phrase or an infinitive; −1 if nothing that is its
// complement follows.
func (f *finder) adjectiveComplement(n *noun, at, limit int) (first int, nominal bool) {
	for at < limit && f.tag(at) == tag.Adverb {
		at++
	}
	for _, c := range n.complements {
		switch {
		case c == "clause" && f.isThat(at) && at+1 < limit:
			return at + 1, false
		case c == "clause" && f.tag(at) != tag.Preposition && f.nominal(at) && f.strictClause(at, limit) && f.bareClause(at, limit):
			return at, false
		case c == "to" && f.word(at) == "to" && at+1 < limit:
			if f.tag(at) == tag.To {
				return at, true
			}
			return at + 1, true
		case f.word(at) == c && f.tag(at) == tag.Preposition && at+1 < limit && !f.temporal(at+1, limit):
			return at + 1, true
		}
	}
	return -1, false
}
