package text

import (
	"unicode"
	"unicode/utf8"
)

func isQuoteMark(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '‟', '«', '»', '‹', '›', '″', '＂', '‘', '’', '\'', '`':
		return true
	}
	return false
}

// family groups the marks that typists use for one another: a quotation opened
// by a mark is closed by one of its family.
func family(mark string) byte {
	switch mark {
	case "«", "»":
		return 'g'
	case "‹", "›":
		return 'h'
	case "‘", "’", "'", "`":
		return 's'
	}
	return 'd'
}

// pairQuotes pairs quotation marks paragraph by paragraph. Guillemets tell by
// themselves which side they are; the others, which are often typed wrongly
// (“…“, ”…“), are told by the space around them, and by whether one of their
// family is open. What stays open ends with the paragraph and is Broken.
func (t *Text) pairQuotes() {
	var open []int // quotations open now, outermost first
	paragraph, next := -1, 0
	close := func(end int) {
		for _, q := range open {
			t.Quotes[q].Broken = true
			t.Quotes[q].End, t.Quotes[q].Inner.End = end, end
		}
		open = open[:0]
	}
	for i := range t.Tokens {
		tok := &t.Tokens[i]
		for next < len(t.Paragraphs) && tok.Start >= t.Paragraphs[next].Start {
			if paragraph >= 0 {
				close(t.Paragraphs[paragraph].End)
			}
			paragraph, next = next, next+1
		}
		if tok.Kind == Mark {
			switch at := t.partner(open, tok, t.Paragraphs[paragraph].Span); {
			case at >= 0:
				q := &t.Quotes[open[at]]
				q.End, q.Inner.End = tok.End, tok.Start
				tok.Quote = open[at]
				for _, lost := range open[at+1:] {
					t.Quotes[lost].Broken = true
					t.Quotes[lost].End, t.Quotes[lost].Inner.End = tok.Start, tok.Start
				}
				open = open[:at]
				continue
			case at == opens:
				outer := -1
				if len(open) > 0 {
					outer = open[len(open)-1]
				}
				t.Quotes = append(t.Quotes, Quote{Span: tok.Span, Inner: Span{tok.End, tok.End}, Outer: outer})
				open = append(open, len(t.Quotes)-1)
			}
		}
		if len(open) > 0 {
			tok.Quote = open[len(open)-1]
		}
	}
	if paragraph >= 0 {
		close(t.Paragraphs[paragraph].End)
	}
}

const (
	opens   = -1
	neither = -2
)

// partner tells what a mark does: the index in open of the quotation that it
// closes, opens, or neither (an apostrophe, a stray closing mark).
func (t *Text) partner(open []int, tok *Token, within Span) int {
	mark := t.At(tok.Span)
	before, _ := utf8.DecodeLastRuneInString(t.Raw[within.Start:tok.Start])
	after, _ := utf8.DecodeRuneInString(t.Raw[tok.End:within.End])
	glued := isWordRune(before) || unicode.IsDigit(before)
	freeLeft := tok.Start == within.Start || unicode.IsSpace(before) || before == '(' || before == '[' || before == ':' || before == '-' || before == '—' || isQuoteMark(before)
	freeRight := tok.End == within.End || unicode.IsSpace(after) || unicode.IsPunct(after)
	of := family(mark)
	at := -1
	for i := len(open) - 1; i >= 0; i-- {
		if family(t.At(Span{t.Quotes[open[i]].Start, t.Quotes[open[i]].Inner.Start})) == of {
			at = i
			break
		}
	}
	switch {
	case mark == "«" || mark == "‹":
		return opens
	case mark == "»" || mark == "›":
		if at >= 0 {
			return at
		}
		return neither
	case of == 's':
		// An apostrophe is no quotation mark: single marks open only after a
		// gap and close only before one.
		if at >= 0 && !freeLeft && freeRight {
			return at
		}
		if freeLeft && !freeRight && mark != "’" {
			return opens
		}
		return neither
	case at < 0:
		if glued && freeRight && mark != "“" && mark != "\"" {
			return neither
		}
		return opens
	case freeLeft && !freeRight && tok.Start > t.Quotes[open[at]].Inner.Start && mark == "“":
		return opens // one inside the other
	}
	return at
}
