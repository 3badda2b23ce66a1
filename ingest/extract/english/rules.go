package english

import (
	"slices"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/extract/english/tag"
	"mawqif/ingest/text"
)

// found is an attribution in tokens, before it is turned into spans.
type found struct {
	cue, source phrase
	content     []phrase
	listener    phrase
	relay       phrase
	act         graph.Act
	negated     bool
	dropped     bool // the source is that of another cue
	quoted      bool // the content is or begins with words in quotation marks
	speech      bool // the cue reports words, not only an act
	before      bool // the content begins before the cue
	group       int32
	sentence    int
	rules       []string
	features    []string
	confidence  float64
}

// finder applies the rules to a text.
type finder struct {
	*reader
	// outlets marks the tokens of the names of outlets.
	outlets map[int]bool
	found   []found
}

// proper tells whether statements are sought in a sentence: not in captions
// and what else surrounds an article on its page.
func (f *finder) proper(sentence int) bool {
	switch f.Paragraphs[f.Sentences[sentence].Paragraph].Role {
	case text.Caption, text.Furniture:
		return false
	}
	return true
}

// verbCue applies the rules for a verb to a verb group.
func (f *finder) verbCue(gi int32) {
	g := &f.groups[gi]
	v := f.lex.verbs[f.word(g.head)]
	if v == nil || !f.proper(f.Tokens[g.head].Sentence) {
		return
	}
	floor, limit := f.domain(g.head)
	switch {
	case g.passive:
		f.passiveBy(gi, v, limit)
	case !g.finite && f.tags[g.head] == tag.Participle:
		f.participleBy(gi, v, floor, limit)
	case g.infinitive && !f.reportedInfinitive(gi):
	case f.tags[g.head] == tag.Gerund && f.word(g.first-1) == "as" && f.quotedAs(gi, v, floor, limit):
	default:
		f.active(gi, v, floor, limit)
	}
}

// active is the plain case: who said what.
func (f *finder) active(gi int32, v *verb, floor, limit int) {
	g := &f.groups[gi]
	if f.irrealis(g, v) || f.objectGerund(gi) {
		return
	}
	s := f.subjectOf(gi)
	c, after := f.complementOf(v, g, limit)
	speech := v.has(quote) != nil || v.has(clause) != nil || v.has(tell) != nil || v.has(doc) != nil || v.has(news) != nil
	a := found{cue: phrase{g.head, g.head + 1}, group: gi, sentence: f.Tokens[g.head].Sentence, negated: g.negated, act: v.act, confidence: 0.8}
	a.speech = speech
	if g.finite && speech && (s.none() || v.has(tell) == nil && f.verbFirst(g, limit)) && f.inverted(gi, s.none(), floor, limit, &a) {
		f.found = append(f.found, a)
		return
	}
	if g.finite && !s.none() && f.word(s.first-1) == "as" && !f.generic(s) && (v.has(clause) != nil || v.has(quote) != nil) {
		a.source = s.phrase
		if f.asReported(g, s.first-1, &a, floor, limit) {
			f.found = append(f.found, a)
			return
		}
	}
	if s.none() || f.generic(s) || f.conditional(s.first) {
		return
	}
	a.source, a.dropped, a.speech = s.phrase, s.dropped, speech
	if f.declines(g, v) {
		a.speech = false
		a.cue.first = g.first
		a.rules = append(a.rules, "refusal to speak")
	}
	a.rules = append(a.rules, s.rule)
	if v.has(doc) != nil && !f.holds(s.phrase, documentNoun|inquirer) || v.has(news) != nil && !f.holds(s.phrase, mediaNoun|inquirer) {
		return
	}
	if after && c.quoted >= 0 && f.word(c.first-1) == "," && g.finite && (f.quotationEnds(s.first-1) || f.quotationEnds(s.first-2)) && f.precedes(&a, s.first, floor) {
		// "A," he said, "B."
		a.cue.last = c.cueLast
		a.act = c.frame.act
		f.addContent(&a, &c, g, limit)
		f.found = append(f.found, a)
		return
	}
	if after && c.quoted < 0 && g.finite && !s.dropped && f.quotationEnds(s.first-1) && f.Tokens[s.first-1].Sentence == a.sentence && f.precedes(&a, s.first, floor) {
		f.found = append(f.found, a)
		return
	}
	if after {
		a.cue.last, a.act, a.listener = c.cueLast, c.frame.act, c.listener
		if len(c.frame.words) == 0 {
			a.cue.last = g.head + 1
		}
		a.rules = append(a.rules, c.rule)
		f.addContent(&a, &c, g, limit)
		if len(a.content) > 0 {
			f.found = append(f.found, a)
		}
		return
	}
	if v.has(as) != nil && g.finite && f.word(g.last) == "as" && f.relativeObject(g, s, &a, floor, limit) {
		f.found = append(f.found, a)
		return
	}
	if !speech || !(g.finite || f.tags[g.head] == tag.Gerund) {
		f.whatTheyCall(v, g, s, &a, limit)
		return
	}
	if f.relativeObject(g, s, &a, floor, limit) {
		f.found = append(f.found, a)
		return
	}
	if g.finite && !s.dropped && f.precedes(&a, s.first, floor) {
		if len(a.content) == 1 {
			f.resumes(&a, g.last, limit)
		}
		f.found = append(f.found, a)
		return
	}
	f.whatTheyCall(v, g, s, &a, limit)
}

// asReported is a cue in a clause with "as" that comments on the one around it:
//
//	As the paper noted, the bridge is closed.
//	The bridge, as the mayor said on Monday, is closed.
func (f *finder) asReported(g *group, as int, a *found, floor, limit int) bool {
	end := f.overPlaces(g.last, limit)
	a.rules = append(a.rules, "clause with as")
	if as <= floor || f.tag(as-1) == tag.Coordinate || f.word(as-1) == ";" {
		if f.word(end) != "," || end+1 >= limit {
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

// objectGerund tells whether a form in -ing is the object of a verb before
// it: "denied suggesting that".
func (f *finder) objectGerund(gi int32) bool {
	g := &f.groups[gi]
	if gi == 0 || f.tags[g.first] != tag.Gerund || f.groups[gi-1].last != g.first {
		return false
	}
	v := f.lex.verbs[f.word(f.groups[gi-1].head)]
	return v != nil && v.has(ing) != nil
}

// declines tells whether somebody will not speak: "would not say whether".
func (f *finder) declines(g *group, v *verb) bool {
	if !g.negated {
		return false
	}
	switch f.word(g.first) {
	case "would", "wouldn t", "will", "won t":
		switch v.lemma {
		case "say", "comment", "confirm", "discuss", "disclose", "specify", "elaborate", "reveal", "answer", "identify", "deny":
			return true
		}
	}
	return false
}

// irrealis tells whether a verb group reports no act of speech: what could or
// should be said, and what was not said.
func (f *finder) irrealis(g *group, v *verb) bool {
	if f.declines(g, v) {
		return false
	}
	switch f.word(g.first) {
	case "could", "may", "might", "should", "must", "can", "cannot", "shall":
		return true
	}
	if g.negated {
		switch v.lemma {
		case "say", "tell", "announce", "comment", "mention", "ask", "call", "reveal", "disclose", "specify", "respond", "explain", "elaborate", "write", "add":
			return true
		}
	}
	return false
}

// conditional tells whether a clause only supposes what it says: "if the
// mayor declared".
func (f *finder) conditional(start int) bool {
	switch f.word(start - 1) {
	case "if", "unless", "until", "whether":
		return true
	}
	// "As the paper reported, ...": what follows is said by others.
	return f.word(start-1) == "as" && start-1 == f.Sentences[f.Tokens[start].Sentence].First
}

// generic tells whether a subject names no source that can be coded: the
// first and second person, "it" and "there" without a reference, "who" alone.
func (f *finder) generic(s subject) bool {
	switch f.word(s.first) {
	case "no", "few", "none", "nobody":
		return true
	}
	if s.last-s.first != 1 {
		return false
	}
	switch w := bare(f.word(s.first)); w {
	case "few", "i", "we", "you", "there", "one", "i m", "i ve", "i d", "i ll", "we re", "we ve", "we ll", "we d", "you re", "you ve", "you d", "you ll", "let", "that", "this", "which", "who", "what", "nobody", "everyone", "everybody":
		return true
	}
	return false
}

// holds tells whether a phrase holds a word of a class.
func (f *finder) holds(p phrase, c class) bool {
	for i := p.first; i < p.last; i++ {
		if f.is(i, c) {
			return true
		}
	}
	return false
}

// addContent adds the content that a complement opens.
func (f *finder) addContent(a *found, c *complement, g *group, limit int) {
	if c.quoted >= 0 {
		a.quoted = true
		if end, whole := f.quotedEnd(c.quoted, limit); whole {
			a.content = append(a.content, phrase{f.TokenAt(f.Quotes[c.quoted].Start), end})
			return
		}
	}
	end := f.contentEnd(max(c.first, c.from), limit, c.nominal, g)
	if !c.nominal {
		end = f.leadEnd(a, c.first, end, limit)
	}
	if end > c.first {
		a.content = append(a.content, phrase{c.first, end})
	} else if f.word(c.first-1) == ":" {
		f.nextParagraph(a, c.first)
	}
}

// leadEnd ends the content of a cue in a clause that leads up to the main one:
// "Although the mayor said the bridge was safe, traffic stopped."
func (f *finder) leadEnd(a *found, first, end, limit int) int {
	lead := a.source.first - 1
	if a.source.none() {
		lead = a.cue.first - 1
	}
	floor := f.Sentences[a.sentence].First
	if lead < floor || lead > floor+2 {
		return end
	}
	switch f.word(lead) {
	case "although", "though", "while", "as", "when", "after", "because", "since", "whereas":
	default:
		return end
	}
	for i := first + 1; i < end; i++ {
		if f.word(i) == "," && f.inner(i) == f.inner(a.cue.first) {
			if p := f.phraseFrom(i+1, limit, true); !p.none() && (f.finiteAt(p.last) || f.word(p.last) == ",") {
				return i
			}
		}
	}
	return end
}

// quotedEnd returns the end of a quotation, and whether the content ends with
// it: its last mark is inside, or punctuation follows.
func (f *finder) quotedEnd(q, limit int) (int, bool) {
	end := f.TokenAt(f.Quotes[q].Inner.End)
	if f.Quotes[q].Broken || end >= len(f.Tokens) {
		return end, true
	}
	switch f.word(end - 1) {
	case ".", ",", "?", "!", "…":
		return end + 1, true
	}
	if end+1 >= limit || f.tag(end+1) == tag.Punct {
		return end + 1, true
	}
	return end + 1, false
}

// nextParagraph takes the quotation of the next paragraph after a colon at
// the end of one: "He went on:".
func (f *finder) nextParagraph(a *found, i int) {
	if i < len(f.Tokens) {
		if q, ok := f.opens(i); ok {
			a.quoted = true
			a.content = append(a.content, phrase{i, min(f.TokenAt(f.Quotes[q].Inner.End)+1, len(f.Tokens))})
			a.rules = append(a.rules, "quotation in the next paragraph")
		}
	}
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
	a.quoted, a.before = true, true
	sentence := f.Sentences[f.Tokens[open].Sentence].First
	lead := sentence
	for lead < open && (f.tag(lead) == tag.Coordinate || f.word(lead) == "," || f.word(lead) == ":") {
		lead++
	}
	if lead < open && f.speech[q] && f.tag(open-1) == tag.Punct && f.word(open-1) != "," && f.word(open-1) != "-" {
		// A full quotation after a dash or a colon stands alone.
		lead = open
	}
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

// clauseBefore adds the clause that ends at a comma.
func (f *finder) clauseBefore(a *found, comma, floor int) bool {
	start := floor
	for start < comma && (f.tag(start) == tag.Coordinate || f.word(start) == "," || f.word(start) == ";") {
		start++
	}
	for i := comma - 1; i > start; i-- {
		if f.word(i) == ";" {
			start = i + 1
			break
		}
	}
	finite := false
	for i := start; i < comma; i++ {
		if gi := f.groupOf[i]; gi >= 0 && f.groups[gi].finite {
			finite = true
		}
	}
	if !finite || f.subordinateOnly(start, comma) {
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
	last := max(g.last, a.source.last)
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
	switch f.tag(first) {
	case tag.Finite, tag.Modal, tag.Coordinate:
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

// relativeObject is a cue inside a relative clause or after its object: "the
// camp, which officials said was safe".
func (f *finder) relativeObject(g *group, s subject, a *found, floor, limit int) bool {
	at := g.last
	if at >= limit || !f.finiteAt(at) && f.word(at) != "as" {
		return false
	}
	b := s.first - 1
	if w := f.word(b); b < floor || w != "which" && w != "that" && w != "who" && w != "whom" && w != "what" {
		return false
	}
	end := f.contentEnd(at, limit, false, g)
	if end <= at {
		return false
	}
	k := b - 1
	if f.word(k) == "," {
		k--
	}
	if head := f.subjectPhrase(k, floor); !head.none() && f.word(b) != "what" {
		a.content = append(a.content, head)
	}
	a.content = append(a.content, phrase{at, end})
	a.rules = append(a.rules, "relative clause around the cue")
	return true
}

// whatTheyCall is a label retold: "what they called a farce".
func (f *finder) whatTheyCall(v *verb, g *group, s subject, a *found, limit int) {
	if f.word(s.first-1) != "what" || v.has(small) == nil && v.has(as) == nil {
		return
	}
	i := g.last
	if f.word(i) == "as" {
		i++
	}
	if i >= limit || f.tag(i) == tag.Punct && f.Tokens[i].Kind != text.Mark {
		return
	}
	end := f.contentEnd(i, limit, true, g)
	if end <= i {
		return
	}
	a.content = []phrase{{i, end}}
	a.rules = append(a.rules, "label retold")
	f.found = append(f.found, *a)
}

// reportedInfinitive tells whether an infinitive reports an act: "went on to
// deny", but not "wants to deny".
func (f *finder) reportedInfinitive(gi int32) bool {
	if gi == 0 {
		return false
	}
	k := gi - 1
	for k > 0 && f.groups[k].infinitive && f.word(f.groups[gi].first-1) == "and" {
		k--
	}
	if f.groups[k].last < f.groups[gi].first && isBe(f.word(f.groups[k].head)) {
		switch f.word(f.groups[gi].first - 1) {
		case "quick", "first", "swift", "set", "likely":
			return true
		}
	}
	switch f.word(f.groups[k].head) {
	case "went", "go", "goes", "going", "continued", "continues", "began", "begun", "used", "uses", "came", "proceeded",
		"rushed", "moved", "appeared", "appears", "seemed", "set", "expected", "took", "scrambled", "joined":
		return true
	}
	return false
}

// quotedAs is a source quoted by another: "The agency quoted the minister as
// saying ...", "The minister was quoted by the agency as saying ...".
func (f *finder) quotedAs(gi int32, v *verb, floor, limit int) bool {
	for k := gi - 1; k >= 0 && f.groups[k].first >= floor && k > gi-4; k-- {
		o := &f.groups[k]
		switch f.word(o.head) {
		case "quoted", "quotes", "cited", "quoting", "citing":
		default:
			continue
		}
		g := &f.groups[gi]
		a := found{cue: phrase{g.head, g.head + 1}, group: gi, sentence: f.Tokens[g.head].Sentence, act: v.act, confidence: 0.9,
			rules: []string{"quoted as saying"}}
		if o.passive {
			a.source = f.subjectOf(k).phrase
			if f.word(o.last) == "by" {
				a.relay = f.phraseFrom(o.last+1, g.first, false)
			}
		} else {
			a.source = f.phraseFrom(o.last, g.first-1, true)
			a.relay = f.subjectOf(k).phrase
		}
		if a.source.none() {
			return false
		}
		if c, ok := f.complementOf(v, g, limit); ok {
			a.act = c.frame.act
			f.addContent(&a, &c, g, limit)
		} else {
			// "The tanker was hit, the agency quoted the owner as saying."
			start := a.source.first
			if !a.relay.none() {
				start = min(start, a.relay.first)
			}
			if !f.precedes(&a, start, floor) {
				return false
			}
		}
		if len(a.content) == 0 {
			return false
		}
		f.found = append(f.found, a)
		return true
	}
	return false
}

// passiveBy is a passive with its agent: "The vote was condemned by Rome",
// "She was asked by the court to return".
func (f *finder) passiveBy(gi int32, v *verb, limit int) {
	g := &f.groups[gi]
	by := g.last
	for by < limit && by < g.last+6 && (f.tag(by) == tag.Adverb || f.temporal(by, limit)) {
		by++
	}
	if f.word(by) != "by" || by+1 >= limit {
		return
	}
	p := f.phraseFrom(by+1, limit, true)
	if p.none() || f.temporal(by+1, limit) {
		return
	}
	a := found{cue: phrase{g.head, g.head + 1}, source: p, group: gi, sentence: f.Tokens[g.head].Sentence, act: v.act, negated: g.negated,
		confidence: 0.7, rules: []string{"passive with its agent"}}
	switch {
	case v.has(obj) != nil && f.tag(p.last) == tag.To && p.last < limit:
		a.content = []phrase{{p.last, f.contentEnd(p.last, limit, true, g)}}
		a.act = v.has(obj).act
	case v.has(np) != nil || v.has(of) != nil:
		s := f.subjectOf(gi)
		if s.none() || f.tag(s.first) == tag.Pronoun {
			return
		}
		a.content = []phrase{s.phrase}
		switch f.word(p.last) {
		case "for", "of", "as", "over":
			if end := f.contentEnd(p.last, limit, true, g); end > p.last && p.last < limit {
				a.content = append(a.content, phrase{p.last, end})
			}
		}
	default:
		return
	}
	f.found = append(f.found, a)
}

// participleBy is a participle with its agent after what it describes: "the
// sanctions announced by Rome".
func (f *finder) participleBy(gi int32, v *verb, floor, limit int) {
	g := &f.groups[gi]
	if f.word(g.last) != "by" || v.has(np) == nil || v.lemma == "back" || v.lemma == "support" || v.lemma == "order" {
		return
	}
	p := f.phraseFrom(g.last+1, limit, true)
	head := f.subjectPhrase(g.first-1, floor)
	if p.none() || head.none() || f.temporal(g.last+1, limit) {
		return
	}
	f.found = append(f.found, found{
		cue: phrase{g.head, g.head + 1}, source: p, content: []phrase{head}, group: gi, sentence: f.Tokens[g.head].Sentence,
		act: v.act, confidence: 0.6, rules: []string{"participle with its agent"},
	})
}

// accordingTo is the prepositional cue, before or after its content.
//
//	According to the ministry, the bridge is closed.
//	The bridge is closed, according to the ministry.
func (f *finder) accordingTo(i int) {
	if f.word(i) != "according" || f.word(i+1) != "to" || !f.proper(f.Tokens[i].Sentence) {
		return
	}
	floor, limit := f.domain(i)
	p := f.phraseFrom(i+2, limit, true)
	if p.none() {
		return
	}
	if base := f.phraseFrom(i+2, limit, false); f.tag(base.last+1) == tag.Name && f.word(base.last) == "," {
		p = base // "According to the paper, Anna Berg, a lawyer, said ..."
	}
	a := found{cue: phrase{i, i + 2}, source: p, group: -1, sentence: f.Tokens[i].Sentence, act: graph.ActState, confidence: 0.9,
		rules: []string{"according to"}}
	lead := floor
	for lead < i && (f.tag(lead) == tag.Coordinate || f.tag(lead) == tag.Adverb || f.tag(lead) == tag.Punct) {
		lead++
	}
	if lead >= i {
		at := p.last
		for at < limit && f.word(at) != "," {
			at++
		}
		if at+1 >= limit {
			return
		}
		c := complement{first: at + 1, quoted: -1}
		if q, ok := f.opens(at + 1); ok {
			c.quoted = q
		}
		f.addContent(&a, &c, nil, limit)
	} else {
		b := i
		if f.word(b-1) == "," || f.word(b-1) == "—" || f.word(b-1) == "–" {
			b--
		}
		if q, ok := f.closes(b - 1); ok && f.speech[q] {
			f.quotationBefore(&a, q, b-1)
		} else {
			start := lead
			for k := b - 1; k > lead; k-- {
				if f.word(k) == ";" || f.word(k) == "-" && f.word(k-1) == "-" {
					start = k + 1
					break
				}
			}
			a.before = true
			a.content = []phrase{{start, b}}
		}
		if f.word(p.last) == "," && len(a.content) > 0 {
			f.resumesAfter(&a, p.last, limit)
		}
	}
	if len(a.content) > 0 {
		f.found = append(f.found, a)
	}
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
		base := f.nounPhraseFrom(a.source.first, limit)
		if first = f.nounComplement(n, base, limit); first < 0 {
			return
		}
		a.source.last = base
	}
	start := f.nounPhraseBefore(i, floor)
	if start > i {
		start = i
	}
	if a.source.none() {
		f.possessor(&a, start, i)
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
	a.content = []phrase{{first, end}}
	f.found = append(f.found, a)
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
