package english

import (
	"slices"

	"mawqif/ingest/extract/english/tag"
	"mawqif/ingest/text"
)

// continueQuotations gives each quotation that no cue claims to the source of
// the one before it:
//
//	"We are ready," the mayor said. "We have been for weeks."
//
// and, paragraph after paragraph, what goes on without a cue.
func (f *finder) continueQuotations() {
	if len(f.found) == 0 {
		return
	}
	latest := f.latestInParagraph()
	claimed := make([]bool, len(f.Quotes))
	owner := make([]int, len(f.Quotes))
	for q := range owner {
		owner[q] = -1
	}
	for k := range f.found {
		for _, c := range f.found[k].content {
			for q := f.firstQuote(c.first); q < len(f.Quotes) && f.TokenAt(f.Quotes[q].Start) < c.last; q++ {
				claimed[q] = true
				if owner[q] < 0 || f.found[k].quoted {
					owner[q] = k
				}
			}
		}
	}
	last, lastParagraph := -1, -2
	for q := range f.Quotes {
		if f.Quotes[q].Outer >= 0 {
			continue
		}
		first := f.TokenAt(f.Quotes[q].Start)
		if first >= len(f.Tokens) {
			break
		}
		sentence := f.Tokens[first].Sentence
		paragraph := f.Sentences[sentence].Paragraph
		if claimed[q] {
			if k := owner[q]; f.found[k].quoted && f.inner(f.found[k].cue.first) < 0 {
				last, lastParagraph = k, paragraph
			}
			continue
		}
		if !f.speech[q] || !f.proper(sentence) {
			continue
		}
		if k := latest.before(f, first, paragraph); k >= 0 && (last < 0 || f.found[k].cue.first > f.found[last].cue.first) {
			last, lastParagraph = k, f.Sentences[f.found[k].sentence].Paragraph
		}
		if last < 0 || paragraph > lastParagraph+1 || !f.opensSentence(first, sentence) {
			continue
		}
		end := min(f.TokenAt(f.Quotes[q].Inner.End)+1, len(f.Tokens))
		if paragraph == lastParagraph+1 && !f.alone(first, end, paragraph) {
			continue
		}
		f.found[last].content = append(f.found[last].content, phrase{first, end})
		f.found[last].rules = append(f.found[last].rules, "quotation continued")
		lastParagraph = paragraph
	}
}

// cueOrder holds the attributions that stand in no other's content and report
// words, by cue.
type cueOrder []int

func (f *finder) latestInParagraph() cueOrder {
	var order cueOrder
	for k := range f.found {
		a := &f.found[k]
		if a.speech && f.inner(a.cue.first) < 0 {
			order = append(order, k)
		}
	}
	slices.SortFunc(order, func(x, y int) int { return f.found[x].cue.first - f.found[y].cue.first })
	return order
}

// before returns the attribution whose cue is the last before a quotation, if
// it stands in the sentence before it, or in the paragraph before if the
// quotation opens its own; −1 if none does.
func (o cueOrder) before(f *finder, first, paragraph int) int {
	i, _ := slices.BinarySearchFunc(o, first, func(k, at int) int { return f.found[k].cue.first - at })
	if i == 0 {
		return -1
	}
	// The first cue of the last sentence with one: a second may be nested.
	k := o[i-1]
	for i--; i > 0 && f.found[o[i-1]].sentence == f.found[k].sentence && !f.found[k].quoted; i-- {
		if a := &f.found[o[i-1]]; within(a.content, f.found[k].cue.first) {
			k = o[i-1]
		}
	}
	sentence := f.Tokens[first].Sentence
	switch of := f.Sentences[f.found[k].sentence].Paragraph; {
	case of == paragraph && f.found[k].sentence == sentence-1:
		return k
	case of == paragraph-1 && f.found[k].sentence == f.Paragraphs[of].Last-1:
		return k
	}
	return -1
}

func within(contents []phrase, i int) bool {
	for _, c := range contents {
		if c.first <= i && i < c.last {
			return true
		}
	}
	return false
}

// firstQuote returns the first quotation that begins at or after a token.
func (f *finder) firstQuote(i int) int {
	at := f.Tokens[i].Start
	low, high := 0, len(f.Quotes)
	for low < high {
		if mid := (low + high) / 2; f.Quotes[mid].Start < at {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// opensSentence tells whether a quotation stands at the start of its
// sentence.
func (f *finder) opensSentence(first, sentence int) bool {
	for i := f.Sentences[sentence].First; i < first; i++ {
		if f.tag(i) != tag.Punct {
			return false
		}
	}
	return true
}

// alone tells whether quoted words are all that a paragraph holds.
func (f *finder) alone(first, end, paragraph int) bool {
	p := &f.Paragraphs[paragraph]
	if p.First >= p.Last || !f.opensSentence(first, p.First) {
		return false
	}
	for i := f.Sentences[p.First].First; i < f.Sentences[p.Last-1].Last; i++ {
		if i >= first && i < end || f.Tokens[i].Kind == text.Punct || f.Tokens[i].Kind == text.Mark {
			continue
		}
		if f.outer(i) < 0 {
			return false
		}
	}
	return true
}
