// Package text reads an article the way the stages of extraction need it:
// paragraphs of the article proper told apart from what surrounds it on the
// page, sentences, tokens with their search keys, and paired quotation marks.
//
// Nothing is altered: everything is a span of the text as given.
package text

import "mawqif/graph"

// Span is a stretch of the raw text in bytes, End exclusive. The zero Span is
// "none".
type Span struct{ Start, End int }

// IsZero tells whether the span is none.
func (s Span) IsZero() bool { return s == Span{} }

// Len returns the length of the span in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Contains tells whether o lies within s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps tells whether s and o share a byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Kind tells what a token is.
type Kind uint8

// The kinds of token.
const (
	Word   Kind = iota
	Number      // digits, with separators inside: 2,254 or 3.5
	Punct       // any other mark, one code point each
	Mark        // a quotation mark
)

// Token is a word, a number or a mark.
type Token struct {
	Span
	// Fold is the token's search key (see [graph.Fold]); for punctuation and
	// quotation marks, the mark itself.
	Fold string
	Kind Kind
	// Sentence is the index of the token's sentence.
	Sentence int
	// Quote is the index of the innermost quotation around the token, its
	// marks included, or −1.
	Quote int
}

// Sentence is a run of tokens, [First, Last).
type Sentence struct {
	Span
	First, Last int
	// Paragraph is the index of its paragraph.
	Paragraph int
}

// Role tells what part of the page a paragraph is.
type Role uint8

// The roles of a paragraph. Statements are sought in headlines and bodies only.
const (
	Body      Role = iota
	Headline       // the title, repeated in the text
	Caption        // of a picture or a film
	Furniture      // links, bylines, share buttons, donation boxes, advertisements
)

// Paragraph is a line of the text with its role.
type Paragraph struct {
	Span
	Role Role
	// First and Last are its sentences, [First, Last).
	First, Last int
}

// Quote is a stretch between quotation marks.
type Quote struct {
	// Span includes the marks.
	Span
	// Inner is what stands between them.
	Inner Span
	// Outer is the index of the quotation around this one, or −1.
	Outer int
	// Broken tells that the closing mark is missing: the quotation ends with
	// its paragraph, and may go on in the next.
	Broken bool
}

// Text is an article as the stages read it.
type Text struct {
	Raw string
	// Lang is "ar" or "en".
	Lang       string
	Title      string
	Published  graph.Day
	Paragraphs []Paragraph
	Sentences  []Sentence
	Tokens     []Token
	Quotes     []Quote
}

// At returns the words of a span.
func (t *Text) At(s Span) string { return t.Raw[s.Start:s.End] }

// Read splits a text. Its cost is linear in the length of the text.
func Read(raw, lang, title string, published graph.Day) *Text {
	t := &Text{Raw: raw, Lang: lang, Title: title, Published: published}
	t.paragraphs()
	t.pairQuotes()
	t.sentences()
	return t
}

// TokenAt returns the index of the first token that ends after the byte
// offset at; len(t.Tokens) if none does.
func (t *Text) TokenAt(at int) int {
	low, high := 0, len(t.Tokens)
	for low < high {
		if mid := (low + high) / 2; t.Tokens[mid].End > at {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low
}

// Cover returns the span from the start of token first to the end of token
// last−1; none if first >= last.
func (t *Text) Cover(first, last int) Span {
	if first >= last {
		return Span{}
	}
	return Span{t.Tokens[first].Start, t.Tokens[last-1].End}
}
