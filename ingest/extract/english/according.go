package english

import (
	"mawqif/graph"
	"mawqif/ingest/extract/english/tag"
)

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
	a := found{cue: phrase{i, i + 2}, source: p, group: -1, sentence: f.Tokens[i].Sentence, act: graph.ActState, confidence: 0.9, sure: true,
		rules: []string{"according to"}}
	lead := f.afterClock(floor)
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
