package english

import (
	"mawqif/graph"
	"mawqif/ingest/extract/english/tag"
	"mawqif/ingest/text"
)

// label is a source set beside its words by a mark alone:
//
//	Anna Berg: "We are ready."          "We are ready." — Anna Berg, Oslo Post
func (f *finder) label(i int) {
	if !f.proper(f.Tokens[i].Sentence) {
		return
	}
	switch f.word(i) {
	case ":":
		f.labelBefore(i)
	case "—", "–", "-":
		f.labelBehind(i)
	}
}

func (f *finder) labelBefore(i int) {
	s := f.Tokens[i].Sentence
	first := f.Sentences[s].First
	p := f.Paragraphs[f.Sentences[s].Paragraph]
	q, ok := f.opens(i + 1)
	if p.First != s || i-first > 8 || i == first || !ok || !f.speech[q] {
		return
	}
	if np := f.phraseFrom(first, i, true); np.last != i || !f.namesSomebody(np) {
		return
	}
	f.found = append(f.found, found{
		cue: phrase{i, i + 1}, source: phrase{first, i}, content: []phrase{{i + 1, min(f.TokenAt(f.Quotes[q].Inner.End)+1, len(f.Tokens))}},
		group: -1, sentence: s, act: graph.ActState, confidence: 0.8, quoted: true, sure: true, rules: []string{"label before the words"},
	})
}

func (f *finder) labelBehind(i int) {
	s := f.Tokens[i].Sentence
	q, ok := f.closes(i - 1)
	at := i + 1
	if f.word(at) == "-" {
		at++
	}
	if !ok || !f.speech[q] {
		return
	}
	p := f.Paragraphs[f.Sentences[s].Paragraph]
	last := f.Sentences[p.Last-1].Last
	open := f.TokenAt(f.Quotes[q].Start)
	if last-at > 14 || f.holdsFinite(at, last) || open != f.Sentences[p.First].First {
		return
	}
	np := f.phraseFrom(at, last, false)
	if np.none() || np.first != at || !f.namesSomebody(np) || f.tag(at) != tag.Name {
		return
	}
	f.found = append(f.found, found{
		cue: phrase{i, i + 1}, source: np, content: []phrase{{open, i}},
		group: -1, sentence: s, act: graph.ActState, confidence: 0.8, quoted: true, before: true, sure: true, rules: []string{"label behind the words"},
	})
}

// namesSomebody tells whether a noun phrase holds a name.
func (f *finder) namesSomebody(p phrase) bool {
	for i := p.first; i < p.last; i++ {
		if f.tag(i) == tag.Name && f.Tokens[i].Kind == text.Word && !f.is(i, timeWord|monthName) {
			return true
		}
	}
	return false
}
