package english

import (
	"mawqif/ingest/extract/english/tag"
)

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
