package english

import (
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
