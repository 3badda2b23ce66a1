package english

import (
	"mawqif/ingest/extract/english/tag"
)

// contentEnd returns where the content that begins at first ends.
func (r *reader) contentEnd(first, limit int, nominal bool, cue *group) int {
	if limit > first+window {
		limit = first + window
	}
	level := r.inner(max(first-1, 0))
	if first > 0 {
		if _, ok := r.closes(first - 1); ok {
			level = r.outerOf(first - 1)
		}
	}
	depth, clauses := 0, 0
	// A phrase under a noun or a participle ends where the main verb begins:
	// "crowds calling for his release filled the square".
	mainFollows := nominal && (cue == nil || !cue.finite && !cue.infinitive)
	for i := first; i < limit; i++ {
		if mainFollows {
			switch r.tags[i] {
			case tag.Wh, tag.Subordinate:
				clauses++
			case tag.Pronoun:
				if r.finiteAt(i + 1) {
					clauses++ // "the crimes they committed"
				}
			case tag.Finite, tag.Modal:
				if r.finiteAt(i) {
					if clauses--; clauses < 0 && i > first {
						return i
					}
				}
			}
		}
		if q, ok := r.opens(i); ok && q != level && r.speechOrLabel(q) {
			// Quoted words belong to the content as a whole.
			if end := r.TokenAt(r.Quotes[q].Inner.End); end > i && end < limit {
				i = end
				if r.endsQuoted(i, limit) {
					return i + 1
				}
			}
			continue
		}
		switch w := r.word(i); w {
		case "(":
			depth++
			continue
		case ")":
			if depth == 0 {
				return i
			}
			depth--
			continue
		case ";":
			return i
		}
		if depth > 0 || i == first {
			continue
		}
		if r.cutsAt(i, first, limit, nominal, cue) {
			return i
		}
	}
	return limit
}

func (r *reader) outerOf(i int) int {
	deep := 0
	for q := r.Tokens[i].Quote; q >= 0 && deep < 8; q, deep = r.Quotes[q].Outer, deep+1 {
		if o := r.Quotes[q].Outer; o >= 0 && r.speech[o] {
			return o
		}
	}
	return -1
}

func (r *reader) speechOrLabel(q int) bool { return q >= 0 && !r.Quotes[q].Broken }

// endsQuoted tells whether quoted words that close at i end the content: a
// comma or full stop inside the marks ("... a farce,” he said).
func (r *reader) endsQuoted(i, limit int) bool {
	w := r.word(i - 1)
	if w == "." || w == "?" || w == "!" {
		return true
	}
	if w == "," && i+1 < limit {
		// "a “lie,” and left" goes on; "a farce,” the mayor said" ends.
		return r.trailingAttribution(i+1, limit) || r.tag(i+1) == tag.Gerund || r.word(i+1) == "according"
	}
	return false
}

// cutsAt tells whether the content ends before token i.
func (r *reader) cutsAt(i, first, limit int, nominal bool, cue *group) bool {
	w, t := r.word(i), r.tag(i)
	comma := w == ","
	dash := w == "—" || w == "–" || w == "-" && r.word(i+1) == "-"
	next := i
	if comma || dash {
		next = i + 1
		for r.word(next) == "-" {
			next++
		}
		for next < limit && r.tag(next) == tag.Adverb {
			next++
		}
	}
	if w == "according" && r.word(i+1) == "to" {
		return true
	}
	if comma && cue != nil && r.fronted(cue) {
		if p := r.phraseFrom(next, limit, true); !p.none() && (r.finiteAt(p.last) || r.word(p.last) == "," && r.finiteAt(p.last+1)) {
			return true
		}
	}
	if comma && (r.word(next) == "in" || r.word(next) == "a") && r.remark(next+1, limit) {
		return true
	}
	if comma || dash {
		switch {
		case r.word(next) == "according":
			return true
		case r.tag(next) == tag.Gerund && r.reportingGerund(next):
			return true
		case r.trailingAttribution(next, limit):
			return true
		case r.word(next) == "while" || r.word(next) == "although" || r.word(next) == "though" || r.word(next) == "whereas":
			return true
		case r.tag(next) == tag.Coordinate && r.newClauseWithCue(next+1, limit) && r.tag(next+1) != tag.Pronoun:
			return true
		case dash && nominal && !r.dashCloses(next, limit), r.word(next) == "as" && nominal, r.word(next) == "in" && r.word(next+2) == "apparent":
			return true
		}
		if nominal {
			return r.cutsNominal(next, limit)
		}
		return false
	}
	if t == tag.Coordinate && cue != nil {
		if r.sharedCue(i+1, limit, cue) {
			return true
		}
		if r.newClauseWithCue(i+1, limit) && (w == "but" && r.tag(i+1) != tag.Pronoun || nominal) {
			return true
		}
	}
	if nominal {
		switch {
		case w == "as" && r.strictClause(i+1, limit):
			return true
		case w == "following" && r.tag(i-1) != tag.Determiner:
			return true
		case w == "amid" || w == "since" && t != tag.Adverb || w == "after" && i > first+1:
			return true
		case r.is(i, timeWord) && r.tag(i-1) != tag.Preposition && !r.is(i-1, timeDeterminer) && r.word(i+1) != "/" && !r.possessive(i) && r.closesClause(i, limit):
			return true
		case t == tag.Preposition && (w == "in" || w == "on" || w == "during") && r.sayingAt(i+1, limit):
			return true
		case t == tag.Subordinate && (w == "as" || w == "while" || w == "after" || w == "before" || w == "because" || w == "although" || w == "though"):
			return true
		case t == tag.Coordinate && r.finiteAt(i+1):
			return true
		}
	}
	return false
}

// dashCloses tells whether a second dash ends an insertion that a first began.
func (r *reader) dashCloses(i, limit int) bool {
	for k := i; k+1 < limit && k < i+14; k++ {
		switch w := r.word(k); {
		case w == "—" || w == "–" || w == "-" && r.word(k+1) == "-":
			return r.tag(k+2) != tag.Punct
		case w == "," || w == ".":
			return false
		}
	}
	return false
}

// remark tells whether a remark of the reporter begins: "in an apparent
// reference to", "a reference to", "in another sign of".
func (r *reader) remark(i, limit int) bool {
	for k := i; k < limit && k < i+4; k++ {
		switch r.word(k) {
		case "reference", "hint", "sign", "move", "nod", "swipe", "jab", "allusion", "step", "blow", "rebuke", "dig":
			return true
		}
	}
	return false
}

// sayingAt tells whether a noun phrase at i names where something was said:
// "in a statement", "on Twitter".
func (r *reader) sayingAt(i, limit int) bool {
	end := r.nounPhraseFrom(i, limit)
	if end == i {
		return false
	}
	w := r.word(end - 1)
	return w == "twitter" || w == "facebook" || r.is(end-1, sayingNoun) && r.word(i) != "the" && r.word(i) != "that" && r.word(i) != "this"
}

// fronted tells whether a participle opens its sentence.
func (r *reader) fronted(g *group) bool {
	if r.tags[g.first] != tag.Gerund {
		return false
	}
	floor, _ := r.domain(g.first)
	for i := floor; i < g.first; i++ {
		if t := r.tag(i); t != tag.Punct && t != tag.Adverb && t != tag.Coordinate {
			return false
		}
	}
	return true
}

// cutsNominal tells whether a noun phrase as content ends at a comma: it goes
// on only with a list or an apposition to its end.
func (r *reader) cutsNominal(next, limit int) bool {
	switch r.tag(next) {
	case tag.Wh, tag.Subordinate, tag.Gerund, tag.Participle, tag.Pronoun, tag.Contraction, tag.Finite, tag.Modal:
		return true
	case tag.Coordinate:
		if r.finiteAt(next + 1) {
			return true
		}
		p := r.phraseFrom(next+1, limit, true)
		return !p.none() && r.finiteAt(p.last)
	case tag.Determiner, tag.Noun, tag.Name, tag.Adjective:
		p := r.phraseFrom(next, limit, false)
		if at := r.overInsertion(p.last, limit); !p.none() && at > p.last && r.tag(p.last-1) == tag.Name && r.finiteAt(at) {
			return true // ", Joan Reed, 24, left"
		}
		return !p.none() && r.finiteAt(p.last)
	}
	return false
}

// reportingGerund tells whether a form in -ing begins a remark of the
// reporter or goes on with the source's words under a cue of its own.
func (r *reader) reportingGerund(i int) bool {
	switch r.word(i) {
	case "referring", "speaking", "citing", "alluding", "quoting", "raising", "pointing":
		return true
	}
	v := r.lex.verbs[r.word(i)]
	if v == nil {
		return false
	}
	g := r.groupOf[i]
	if g < 0 {
		return false
	}
	_, ok := r.complementOf(v, &r.groups[g], min(i+window, len(r.Tokens)))
	return ok
}

// trailingAttribution tells whether "X said" stands at i and nothing but
// adjuncts follow: what comes before it is its content.
func (r *reader) trailingAttribution(i, limit int) bool {
	for i < limit && r.tag(i) == tag.Adverb {
		i++
	}
	if i >= limit {
		return false
	}
	at := i
	if r.groupOf[i] < 0 || !r.groups[r.groupOf[i]].finite {
		p := r.phraseFrom(i, limit, true)
		if p.none() {
			return false
		}
		at = p.last
		if r.word(at) == "," {
			at++
		}
		for at < limit && r.tag(at) == tag.Adverb {
			at++
		}
	}
	if at >= limit || r.groupOf[at] < 0 {
		return false
	}
	g := &r.groups[r.groupOf[at]]
	v := r.lex.verbs[r.word(g.head)]
	if v == nil || !g.finite || v.has(quote) == nil && v.has(clause) == nil && v.has(tell) == nil {
		return false
	}
	if at == i {
		// "said X"
		p := r.phraseFrom(g.last, limit, true)
		return !p.none() && r.closesClause(p.last, limit)
	}
	end := g.last
	if v.has(tell) != nil {
		if p := r.phraseFrom(end, limit, false); !p.none() {
			end = p.last
		}
	}
	return r.closesClause(end, limit)
}

// closesClause tells whether only adjuncts stand between i and the end of the
// clause.
func (r *reader) closesClause(i, limit int) bool {
	for range 6 {
		if i >= limit {
			return true
		}
		switch e := r.timeFrom(i, limit); {
		case e > i:
			i = e
		case r.tag(i) == tag.Adverb:
			i++
		case r.tag(i) == tag.Punct:
			return true
		case r.tag(i) == tag.Preposition || r.word(i) == "to":
			p := r.phraseFrom(i+1, limit, false)
			if r.temporal(i+1, limit) {
				p = phrase{i + 1, r.timeFrom(i+1, limit)}
			}
			if p.none() {
				return false
			}
			i = p.last
		default:
			return false
		}
	}
	return false
}

// sharedCue tells whether a second cue begins at i with the subject of the
// first: "said ... and called for".
func (r *reader) sharedCue(i, limit int, cue *group) bool {
	for i < limit && r.tag(i) == tag.Adverb {
		i++
	}
	if i >= limit || r.groupOf[i] < 0 {
		return false
	}
	g := &r.groups[r.groupOf[i]]
	v := r.lex.verbs[r.word(g.head)]
	if v == nil || g.first != i || g.passive {
		return false
	}
	if r.tags[cue.first] != r.tags[g.first] && !(cue.infinitive && r.tags[g.first] == tag.Base) && !r.pastAgain(cue, g) {
		return false
	}
	_, ok := r.complementOf(v, g, limit)
	return ok
}

// pastAgain tells whether a past form behind "and" goes on with a cue in the
// past rather than with the verb before it: "said the road was open and
// praised the crew", but not "said it was seen and praised".
func (r *reader) pastAgain(cue, g *group) bool {
	if !r.lex.past[r.word(g.head)] || !r.lex.past[r.word(cue.head)] || g.last-g.first != 1 || !cue.finite {
		return false
	}
	for k := g.first - 2; k > cue.last; k-- {
		if gi := r.groupOf[k]; gi >= 0 {
			o := &r.groups[gi]
			return o.finite && !o.passive && o.last-o.first == 1
		}
	}
	return false
}

// newClauseWithCue tells whether a clause with a subject and a cue begins at
// i: "but the mayor said".
func (r *reader) newClauseWithCue(i, limit int) bool {
	for i < limit && (r.tag(i) == tag.Adverb || r.word(i) == ",") {
		i++
	}
	p := r.phraseFrom(i, limit, true)
	if p.none() || p.last >= limit {
		return false
	}
	at := p.last
	for at < limit && r.tag(at) == tag.Adverb {
		at++
	}
	if at >= limit || r.groupOf[at] < 0 {
		return false
	}
	g := &r.groups[r.groupOf[at]]
	v := r.lex.verbs[r.word(g.head)]
	return v != nil && g.finite && (v.has(clause) != nil || v.has(quote) != nil || v.has(tell) != nil)
}
