package english

import (
	"strings"

	"mawqif/ingest/extract/english/tag"
	"mawqif/ingest/text"
)

// window bounds how far a rule looks, in tokens, so that a text without full
// stops costs no more than one with them.
const window = 240

// reader is a text with what the grammar knows of its tokens.
type reader struct {
	*text.Text
	lex    *lexicon
	tags   []tag.Tag
	groups []group
	// groupOf is the index of the verb group of a token, or −1.
	groupOf []int32
	// subjects holds the subjects of the groups sought so far.
	subjects []subject
	sought   []bool
	// speech tells for each quotation whether it holds more than a word or
	// two: words that a source spoke, not a label.
	speech []bool
	// lost marks quotations that no sane text holds: nested without an end,
	// or many deep. Their marks are taken for nothing.
	lost []bool
}

func newReader(t *text.Text) *reader {
	r := &reader{Text: t, lex: loaded(), tags: tag.Default().Tags(t)}
	r.groupOf = make([]int32, len(t.Tokens))
	for i := range r.groupOf {
		r.groupOf[i] = -1
	}
	r.retag()
	for s := range t.Sentences {
		r.verbGroups(t.Sentences[s].First, t.Sentences[s].Last)
	}
	r.subjects, r.sought = make([]subject, len(r.groups)), make([]bool, len(r.groups))
	r.speech, r.lost = make([]bool, len(t.Quotes)), make([]bool, len(t.Quotes))
	depth := make([]int, len(t.Quotes))
	for q := range t.Quotes {
		if o := t.Quotes[q].Outer; o >= 0 {
			depth[q] = depth[o] + 1
			if r.lost[q] = t.Quotes[q].Broken || depth[q] > 3; r.lost[q] {
				continue
			}
		}
		first, last := t.TokenAt(t.Quotes[q].Inner.Start), t.TokenAt(t.Quotes[q].Inner.End)
		r.speech[q] = last-first > 8 || last-first > 2 && r.holdsFinite(first, last) || last-first > 1 && r.ended(last-1) && !r.title(first, last)
	}
	return r
}

// title tells whether quoted words with a mark at their end are a title: a few
// names after a preposition or a possessive, "on “Morning Talk,”".
func (r *reader) title(first, last int) bool {
	if last-first > 6 || first < 2 || r.tags[first-2] != tag.Preposition && !r.possessive(first-2) {
		return false
	}
	for i := first; i < last-1; i++ {
		if raw := r.At(r.Tokens[i].Span); raw[0] >= 'a' && raw[0] <= 'z' && len(raw) > 3 {
			return false
		}
	}
	return true
}

// ended tells whether a token ends a sentence or a stretch of speech.
func (r *reader) ended(i int) bool {
	switch r.word(i) {
	case ".", ",", "?", "!":
		return true
	}
	return false
}

func (r *reader) holdsFinite(first, last int) bool {
	for i := first; i < last && i < first+window; i++ {
		switch r.tags[i] {
		case tag.Finite, tag.Modal, tag.Contraction:
			return true
		}
	}
	return false
}

// domain bounds the rules for a token: its sentence, and within it the
// quotation in which it stands.
func (r *reader) domain(i int) (floor, limit int) {
	s := &r.Sentences[r.Tokens[i].Sentence]
	floor, limit = max(s.First, i-window/2), min(s.Last, i+window)
	if q := r.inner(i); q >= 0 {
		floor = max(floor, r.TokenAt(r.Quotes[q].Inner.Start))
		limit = min(limit, r.TokenAt(r.Quotes[q].Inner.End))
	}
	return floor, limit
}

// word returns the search key of a token, "" outside the text.
func (r *reader) word(i int) string {
	if i < 0 || i >= len(r.Tokens) {
		return ""
	}
	return r.Tokens[i].Fold
}

// tag returns the tag of a token, that of punctuation outside the text.
func (r *reader) tag(i int) tag.Tag {
	if i < 0 || i >= len(r.tags) {
		return tag.Punct
	}
	return r.tags[i]
}

// is tells whether a token is of a class of words.
func (r *reader) is(i int, c class) bool {
	if i < 0 || i >= len(r.Tokens) {
		return false
	}
	return r.lex.words[bare(r.Tokens[i].Fold)]&c != 0
}

// bare is a word without a possessive clitic.
func bare(w string) string {
	if n := len(w); n > 2 && w[n-2:] == " s" {
		return w[:n-2]
	}
	return w
}

// possessive tells whether a token is a possessive noun: "Iran's", or
// "officials" before the lone apostrophe.
func (r *reader) possessive(i int) bool {
	if i < 0 || i >= len(r.Tokens) {
		return false
	}
	if t := r.tag(i); t != tag.Noun && t != tag.Name && t != tag.Adjective {
		return r.isApostrophe(i)
	}
	raw := r.At(r.Tokens[i].Span)
	return strings.HasSuffix(raw, "'s") || strings.HasSuffix(raw, "’s") || r.isApostrophe(i)
}

// isApostrophe tells whether a mark is the apostrophe of a plural possessive.
func (r *reader) isApostrophe(i int) bool {
	if i < 1 || i >= len(r.Tokens) || r.Tokens[i].Kind != text.Mark || r.Tokens[i-1].End != r.Tokens[i].Start {
		return false
	}
	w := r.word(i)
	if w != "'" && w != "’" || !strings.HasSuffix(r.word(i-1), "s") {
		return false
	}
	q := r.Tokens[i].Quote
	return q < 0 || r.Quotes[q].Start != r.Tokens[i].Start && r.Quotes[q].Inner.End != r.Tokens[i].Start
}

// opens tells whether a token is an opening quotation mark, and of which
// quotation.
func (r *reader) opens(i int) (int, bool) {
	if i < 0 || i >= len(r.Tokens) || r.Tokens[i].Kind != text.Mark {
		return 0, false
	}
	q := r.Tokens[i].Quote
	return q, q >= 0 && !r.lost[q] && r.Quotes[q].Start == r.Tokens[i].Start
}

// closes tells whether a token is a closing quotation mark, and of which
// quotation.
func (r *reader) closes(i int) (int, bool) {
	if i < 0 || i >= len(r.Tokens) || r.Tokens[i].Kind != text.Mark {
		return 0, false
	}
	q := r.Tokens[i].Quote
	return q, q >= 0 && !r.lost[q] && r.Quotes[q].Inner.End == r.Tokens[i].Start && r.Quotes[q].Start != r.Tokens[i].Start
}

// outer is the outermost quotation that holds speech around a token, or −1.
func (r *reader) outer(i int) int {
	found, deep := -1, 0
	for q := r.Tokens[i].Quote; q >= 0 && deep < 8; q, deep = r.Quotes[q].Outer, deep+1 {
		if r.speech[q] {
			found = q
		}
	}
	return found
}

// inner is the innermost quotation that holds speech around a token, or −1.
func (r *reader) inner(i int) int {
	deep := 0
	for q := r.Tokens[i].Quote; q >= 0 && deep < 8; q, deep = r.Quotes[q].Outer, deep+1 {
		if r.speech[q] {
			return q
		}
	}
	return -1
}
