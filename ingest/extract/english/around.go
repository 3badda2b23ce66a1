package english

import (
	"slices"
	"strings"

	"mawqif/ingest/extract/english/tag"
)

// asReported is a cue in a clause with "as" that comments on the one around it:
//
//	As the paper noted, the bridge is closed.
//	The bridge, as the mayor said on Monday, is closed.
func (f *finder) asReported(g *group, as int, a *found, floor, limit int) bool {
	end := g.last
	if w := f.word(end); w == "it" || w == "out" {
		end++ // "as Reed puts it", "as Reed points out"
	}
	end = f.overPlaces(end, limit)
	a.rules = append(a.rules, "clause with as")
	if as <= floor || f.tag(as-1) == tag.Coordinate || f.word(as-1) == ";" {
		if w := f.word(end); w != "," && w != ":" || end+1 >= limit && !f.endsParagraph(end) {
			return false
		}
		c := complement{first: end + 1, quoted: -1}
		if q, ok := f.opens(end + 1); ok {
			c.quoted = q
		}
		f.addContent(a, &c, g, limit)
		return len(a.content) > 0
	}
	if f.tag(as-1) != tag.Punct || end < limit && f.tag(end) != tag.Punct || !f.precedes(a, as, floor) {
		return false
	}
	if len(a.content) == 1 {
		f.resumes(a, end, limit)
	}
	return true
}

// quotationEnds tells whether a quotation of speech closes at a token.
func (f *finder) quotationEnds(i int) bool {
	q, ok := f.closes(i)
	return ok && f.speech[q]
}

// verbFirst tells whether "said X" closes a clause after a comma or a
// quotation, whatever stands before.
func (f *finder) verbFirst(g *group, limit int) bool {
	b := g.first - 1
	if _, ok := f.closes(b); b < 0 || !ok && f.word(b) != "," {
		return false
	}
	if f.tag(g.last) == tag.Pronoun || !f.trailingAttribution(g.first, limit) {
		return false
	}
	p := f.phraseFrom(g.last, limit, true)
	for i := p.first; i < p.last; i++ {
		if f.tag(i) == tag.Name {
			return true
		}
	}
	return false
}

// precedes adds the content that stands before a source: a quotation, or a
// clause and a comma.
//
//	"We are ready," the mayor said.     The bridge is closed, the mayor said.
func (f *finder) precedes(a *found, start, floor int) bool {
	b := start - 1
	for b >= 0 && f.tag(b) == tag.Adverb && b > floor {
		b--
	}
	if f.tag(b) == tag.Gerund && f.quotationEnds(b-1) {
		b-- // "...,” acting mayor Joan Reed said"
	}
	if b < 0 {
		return false
	}
	if q, ok := f.closes(b); ok {
		if f.Tokens[b].Sentence != f.Tokens[start].Sentence && (f.word(b-1) == "." || f.Sentences[f.Tokens[b].Sentence].Paragraph != f.Sentences[f.Tokens[start].Sentence].Paragraph) {
			return false
		}
		return f.quotationBefore(a, q, b)
	}
	if f.word(b) == "," || f.word(b) == "—" || f.word(b) == "–" {
		if q, ok := f.closes(b - 1); ok && f.speech[q] {
			return f.quotationBefore(a, q, b-1)
		}
		if b > floor && f.clauseBefore(a, b, floor) {
			return true
		}
	}
	return false
}

func (f *finder) quotationBefore(a *found, q, close int) bool {
	open := f.TokenAt(f.Quotes[q].Start)
	if f.Sentences[f.Tokens[open].Sentence].Paragraph != f.Sentences[f.Tokens[close].Sentence].Paragraph {
		return false
	}
	sentence := f.Sentences[f.Tokens[open].Sentence].First
	lead := sentence
	for lead < open && (f.tag(lead) == tag.Coordinate || f.word(lead) == "," || f.word(lead) == ":") {
		lead++
	}
	if lead < open && f.speech[q] && f.tag(open-1) == tag.Punct && f.word(open-1) != "," && f.word(open-1) != "-" {
		// A full quotation after a dash or a colon stands alone.
		lead = open
	}
	switch f.tag(lead) {
	case tag.Preposition, tag.Gerund, tag.Subordinate:
		if lead < open && !f.holdsFinite(lead, close+1) {
			return false // "In the film “Harbour Lights,” Reed describes ..."
		}
	}
	a.quoted, a.before = true, true
	if lead >= open || f.cueBetween(lead, open) {
		if !f.speech[q] && close-open < 2 {
			return false
		}
		a.content = append(a.content, phrase{open, close + 1})
		a.rules = append(a.rules, "quotation before the source")
		return true
	}
	a.content = append(a.content, phrase{lead, close + 1})
	a.rules = append(a.rules, "clause with quoted words before the source")
	return true
}

// cueBetween tells whether a finite verb of speech stands between two tokens,
// outside quotations.
func (f *finder) cueBetween(first, last int) bool {
	first = max(first, last-window)
	for i := first; i < last; i++ {
		if gi := f.groupOf[i]; gi >= 0 {
			g := &f.groups[gi]
			if v := f.lex.verbs[f.word(g.head)]; v != nil && g.finite && v.has(quote) != nil && g.head == i {
				return true
			}
		}
	}
	return false
}

// afterClock skips the time of day that opens a paragraph of a live report:
// "15:50 The council ...".
func (f *finder) afterClock(first int) int {
	if p := &f.Paragraphs[f.Sentences[f.Tokens[first].Sentence].Paragraph]; f.Sentences[p.First].First != first || f.tag(first) != tag.Number {
		return first
	}
	last := first + 1
	if f.word(last) == ":" && f.tag(last+1) == tag.Number {
		last += 2
	}
	if raw := f.At(f.Cover(first, last)); strings.IndexByte(raw, ':') < 1 || len(raw) > 5 {
		return first
	}
	return last
}

// clauseBefore adds the clause that ends at a comma.
func (f *finder) clauseBefore(a *found, comma, floor int) bool {
	start := f.afterClock(floor)
	for start < comma && (f.tag(start) == tag.Coordinate || f.word(start) == "," || f.word(start) == ";") {
		start++
	}
	for i := comma - 1; i > start; i-- {
		if f.word(i) == ";" {
			start = i + 1
			break
		}
	}
	finite, clauses := 0, 0
	for i := start; i < comma; i++ {
		if gi := f.groupOf[i]; gi >= 0 && f.groups[gi].finite && f.groups[gi].first == i {
			finite++
		}
		if t := f.tag(i); t == tag.Wh || t == tag.Subordinate {
			clauses++
		}
	}
	leading := false // "Asked why he left," "To those who stayed,"
	switch f.tag(start) {
	case tag.Preposition, tag.Gerund, tag.To, tag.Participle:
		leading = finite <= clauses
	}
	if leading && f.interrupted(a, start, comma) {
		return true
	}
	if finite == 0 || leading || f.subordinateOnly(start, comma) {
		return f.interrupted(a, start, comma)
	}
	a.before = true
	a.content = append(a.content, phrase{start, comma})
	a.rules = append(a.rules, "clause before the source")
	return true
}

// interrupted is a source that stands between the first words of a clause and
// the rest: "In March, the mayor said, the bridge will close."
func (f *finder) interrupted(a *found, start, comma int) bool {
	if a.group < 0 || comma-start > 24 {
		return false
	}
	g := &f.groups[a.group]
	_, limit := f.domain(g.head)
	last := f.overPlaces(max(g.last, a.source.last), limit)
	if f.word(last) != "," || last+2 >= limit {
		return f.verbless(a, start, comma, last, limit)
	}
	first := last + 1
	if f.tag(first) != tag.Finite && f.tag(first) != tag.Modal && !f.bareClause(first, limit) {
		return false
	}
	end := f.contentEnd(first, limit, false, g)
	if end <= first {
		return false
	}
	a.before = true
	a.content = append(a.content, phrase{start, comma}, phrase{first, end})
	a.rules = append(a.rules, "source within the clause")
	return true
}

// verbless takes what stands before a source at the end of its sentence,
// although no verb of it is known: a headline, or a word that is misread.
func (f *finder) verbless(a *found, start, comma, last, limit int) bool {
	v := f.lex.verbs[f.word(f.groups[a.group].head)]
	if comma-start < 6 || a.source.first < comma || v.has(quote) == nil || v.has(clause) == nil || !f.closesClause(last, limit) ||
		f.groups[a.group].first < a.source.first {
		return false
	}
	switch f.tag(start) {
	case tag.Preposition, tag.Adverb, tag.Subordinate, tag.Gerund, tag.To, tag.Wh:
		return false
	}
	a.before = true
	a.content = append(a.content, phrase{start, comma})
	a.rules = append(a.rules, "words before the source")
	return true
}

// subordinateOnly tells whether the tokens are one clause that hangs on the
// verb after them: "As the vote neared," "When he arrived,".
func (f *finder) subordinateOnly(first, last int) bool {
	switch f.word(first) {
	case "as", "when", "while", "after", "before", "since", "although", "though", "asked", "because", "until", "once":
	default:
		return false
	}
	for i := first; i < last; i++ {
		if f.word(i) == "," {
			return false
		}
	}
	return true
}

// resumes adds what goes on after a source in the middle of its words: "The
// bridge, the mayor said, is closed."
func (f *finder) resumes(a *found, i, limit int) {
	_, i2 := f.overAdjuncts(i, limit)
	if i2 > i {
		i = i2
	}
	if !a.listener.none() && a.listener.last > i {
		i = a.listener.last
	}
	if f.word(i) != "," || i+1 >= limit {
		return
	}
	first := i + 1
	if q, ok := f.opens(first); ok {
		a.content = append(a.content, phrase{first, min(f.TokenAt(f.Quotes[q].Inner.End)+1, len(f.Tokens))})
		a.rules = append(a.rules, "quotation resumed")
		return
	}
	switch t := f.tag(first); {
	case t == tag.Finite, t == tag.Modal, t == tag.Coordinate, t == tag.To && f.tag(first+1) == tag.Base, f.word(first) == "including":
	case t == tag.Gerund:
		// "We are ready," the mayor said, raising her hand, "for anything."
		for k := first; k < limit && k < first+24; k++ {
			if q, ok := f.opens(k); ok && f.speech[q] {
				if f.word(k-1) == "," && !f.reportingGerund(first) {
					a.content = append(a.content, phrase{k, min(f.TokenAt(f.Quotes[q].Inner.End)+1, len(f.Tokens))})
					a.rules = append(a.rules, "quotation resumed")
				}
				break
			}
		}
		return
	default:
		if f.word(first) != "because" && !(f.word(first) == "as" && f.word(first+1) == "well") {
			return
		}
	}
	if f.newClauseWithCue(first+1, limit) || f.sharedCue(first+1, limit, &f.groups[a.group]) {
		return
	}
	if end := f.contentEnd(first, limit, false, &f.groups[a.group]); end > first {
		a.content = append(a.content, phrase{first, end})
		a.rules = append(a.rules, "clause resumed")
	}
}

// leadingCue is the verb before its subject, before the content:
//
//	Said Anna Berg, a lawyer in Oslo: "We are ready."
func (f *finder) leadingCue(g *group, limit int, a *found) bool {
	if g.first > f.Sentences[a.sentence].First {
		return false
	}
	p := f.phraseFrom(g.last, limit, true)
	if p.none() || f.generic(subject{phrase: p}) {
		return false
	}
	at := f.overInsertion(p.last, limit)
	if at > p.last {
		at--
	}
	first, q, ok := f.opener(at, limit)
	if !ok {
		return false
	}
	a.source, a.speech = p, true
	a.rules = append(a.rules, "verb and subject before the content")
	c := complement{first: first, quoted: q}
	f.addContent(a, &c, g, limit)
	return len(a.content) > 0
}

// inverted is the verb before its subject, after the content:
//
//	"We are ready," said Anna Berg, a lawyer in Oslo.
//
// Unless it is sure that no subject stands before the verb, the content must
// be a whole clause.
func (f *finder) inverted(gi int32, sure bool, floor, limit int, a *found) bool {
	g := &f.groups[gi]
	b := g.first - 1
	for b >= 0 && f.tag(b) == tag.Adverb {
		b--
	}
	if b < 0 {
		return false
	}
	_, closing := f.closes(b)
	if !closing && f.word(b) != "," && f.word(b) != "—" {
		return false
	}
	p := f.phraseFrom(g.last, limit, true)
	if p.none() || f.temporal(g.last, limit) {
		return false
	}
	if f.generic(subject{phrase: p}) {
		return false
	}
	a.source = p
	if !f.precedes(a, g.first, floor) {
		return false
	}
	if !sure && slices.Contains(a.rules, "source within the clause") {
		*a = found{cue: a.cue, group: a.group, sentence: a.sentence, negated: a.negated, act: a.act, confidence: a.confidence, speech: a.speech}
		return false
	}
	a.rules = append(a.rules, "verb before its subject")
	if len(a.content) == 1 {
		f.resumes(a, p.last, limit)
	}
	return true
}

// resumesAfter is resumes for a cue that is no verb.
func (f *finder) resumesAfter(a *found, comma, limit int) {
	first := comma + 1
	if first >= limit {
		return
	}
	if lead := a.content[0]; !f.holdsFinite(lead.first, lead.last) {
		// "On Friday, according to the paper, the bridge closed."
		if !f.bareClause(first, limit) {
			return
		}
		a.content = nil
	} else if f.tag(first) != tag.Finite && f.tag(first) != tag.Modal {
		return
	}
	if end := f.contentEnd(first, limit, false, nil); end > first {
		a.content = append(a.content, phrase{first, end})
	}
}
