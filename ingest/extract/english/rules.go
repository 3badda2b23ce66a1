package english

import (
	"mawqif/graph"
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
	sure        bool // needs no weighing
	group       int32
	sentence    int
	rules       []string
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
	case !g.finite && f.tags[g.head] == tag.Participle && !isHave(f.word(g.first)):
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
	if f.irrealis(g, v) || f.objectGerund(gi) || f.tags[g.head] == tag.Gerund && f.tag(g.first-1) == tag.Determiner { // "the ruling"
		return
	}
	s := f.subjectOf(gi)
	c, after := f.complementOf(v, g, limit)
	speech := v.has(quote) != nil || v.has(clause) != nil || v.has(tell) != nil || v.has(doc) != nil || v.has(news) != nil
	a := found{cue: phrase{g.head, g.head + 1}, group: gi, sentence: f.Tokens[g.head].Sentence, negated: g.negated, act: v.act, confidence: 0.8}
	if !speech && f.tag(g.last) != tag.Pronoun && v.saysWith(f.word(g.last)) {
		speech = true
		a.cue.last++
	}
	a.speech = speech
	if g.finite && speech && (s.none() || v.has(tell) == nil && f.verbFirst(g, limit)) && f.inverted(gi, s.none(), floor, limit, &a) {
		f.found = append(f.found, a)
		return
	}
	if g.finite && !s.none() && f.word(s.first-1) == "as" && !f.generic(s) && (v.has(clause) != nil || v.has(quote) != nil || f.tag(g.last) != tag.Pronoun && v.saysWith(f.word(g.last)) || v.lemma == "put" && f.word(g.last) == "it") {
		a.source = s.phrase
		if f.asReported(g, s.first-1, &a, floor, limit) {
			f.found = append(f.found, a)
			return
		}
	}
	if s.none() && g.finite && v.has(quote) != nil && f.leadingCue(g, limit, &a) {
		f.found = append(f.found, a)
		return
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
	aside := c.quoted < 0 || f.word(c.first-1) != "," && f.word(c.first-1) != ":" && c.first > g.last // "said on “Morning”"
	if after && aside && c.rule != "clause with that" && g.finite && !s.dropped && f.quotationEnds(s.first-1) && f.Tokens[s.first-1].Sentence == a.sentence && f.precedes(&a, s.first, floor) {
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
		if len(a.content) > 0 && !f.pointer(a.content[0]) {
			f.found = append(f.found, a)
		}
		return
	}
	if w := f.word(g.last); g.finite && (v.has(as) != nil && w == "as" || v.has(of) != nil && w == "of") && f.relativeObject(g, s, &a, floor, limit) {
		f.found = append(f.found, a)
		return
	}
	if f.relativeGap(v, g, s, &a, floor, limit) {
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

// pointer tells whether a content only points to what was said before: "said
// that", "said so".
func (f *finder) pointer(p phrase) bool {
	if p.last-p.first != 1 {
		return false
	}
	switch f.word(p.first) {
	case "that", "this", "so", "it", "nothing", "something", "more", "little", "much":
		return true
	}
	return false
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
		if f.word(end) == ":" && f.endsParagraph(end) {
			f.nextParagraph(a, end+1)
		}
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

// nextParagraph takes the next paragraph after a colon at the end of one: a
// quotation, or words set off from the text without marks.
//
//	He went on:
//	    The bridge has been closed since May.
func (f *finder) nextParagraph(a *found, i int) {
	if i >= len(f.Tokens) {
		return
	}
	if q, ok := f.opens(i); ok {
		if close := min(f.TokenAt(f.Quotes[q].Inner.End)+1, len(f.Tokens)); !f.trailingAttribution(close, min(close+window/8, len(f.Tokens))) {
			a.quoted = true
			a.content = append(a.content, phrase{i, close})
			a.rules = append(a.rules, "quotation in the next paragraph")
		}
		return
	}
	p := &f.Paragraphs[f.Sentences[f.Tokens[i].Sentence].Paragraph]
	first, last := f.Sentences[p.First].First, f.Sentences[p.Last-1].Last
	if first != i || last-first < 8 || p.Role != text.Body || !f.ended(last-1) && !f.ended(last-2) {
		return
	}
	a.content = append(a.content, phrase{first, last})
	a.rules = append(a.rules, "words in the next paragraph")
}

// endsParagraph tells whether a token is the last of its paragraph.
func (r *reader) endsParagraph(i int) bool {
	s := r.Tokens[i].Sentence
	return r.Sentences[s].Last == i+1 && r.Paragraphs[r.Sentences[s].Paragraph].Last == s+1
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
		"sought", "seek", "seeks", "seeking", "tried", "tries", "trying", "attempted", "has", "had", "have", "forced", "likes", "like", "hastened", "chose",
		"rushed", "moved", "appeared", "appears", "seemed", "set", "expected", "took", "scrambled", "joined":
		return true
	}
	return false
}
