package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"mawqif/graph"
)

// class is what a code point does in a text.
type class uint8

const (
	skipped class = iota // space, control and invisible marks
	letter               // Latin and other letters
	arabic               // letters of the Arabic script, tatweel
	joined               // vowel signs and accents
	digit
	quoting
	other
)

// classes has the class of the code points that nearly all text is made of.
var classes = func() (c [0x800]class) {
	for r := range rune(len(c)) {
		c[r] = classify(r)
	}
	return c
}()

func classOf(r rune) class {
	if r < rune(len(classes)) {
		return classes[r]
	}
	return classify(r)
}

func classify(r rune) class {
	switch {
	case unicode.IsSpace(r), unicode.Is(unicode.Cf, r), unicode.IsControl(r):
		return skipped
	case unicode.IsDigit(r):
		return digit
	case r == 'ـ', unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r):
		return arabic
	case unicode.IsLetter(r):
		return letter
	case unicode.Is(unicode.Mn, r):
		return joined
	case isQuoteMark(r):
		return quoting
	}
	return other
}

// tokenize appends the tokens of a line. Invisible marks (direction, zero
// width) belong to no token.
func (t *Text) tokenize(line Span) {
	for at := line.Start; at < line.End; {
		r, size := utf8.DecodeRuneInString(t.Raw[at:line.End])
		end, kind := at+size, Punct
		switch classOf(r) {
		case skipped:
			at = end
			continue
		case digit:
			kind, end = Number, t.numberEnd(at, line.End)
		case letter, joined:
			kind, end = Word, t.wordEnd(at, line.End, letter)
		case arabic:
			kind, end = Word, t.wordEnd(at, line.End, arabic)
		case quoting:
			kind = Mark
			if familyOf(t.Raw[at:end]) == single && strings.HasPrefix(t.Raw[end:line.End], t.Raw[at:end]) {
				end += size // ''so quoted''
			}
		default:
			if r == utf8.RuneError && size == 1 {
				at = end
				continue
			}
		}
		fold := t.Raw[at:end]
		if kind == Word || kind == Number {
			fold = graph.Fold(fold)
		}
		t.Tokens = append(t.Tokens, Token{Span: Span{at, end}, Fold: fold, Kind: kind, Quote: -1})
		at = end
	}
}

// wordEnd finds the end of the word at start, written in one script.
// Apostrophes, hyphens and dots between letters ("U.S.", "vice-president")
// belong to it; a direction or joiner mark inside does not end it. An Arabic
// word ends before a digit, which follows a particle (و5) or wants its space.
func (t *Text) wordEnd(start, limit int, script class) int {
	end := start
	for at := start; at < limit; {
		r, size := utf8.DecodeRuneInString(t.Raw[at:limit])
		switch c := classOf(r); {
		case c == script, c == joined, c == digit && script == letter:
			at += size
			end = at
			continue
		case r == '\'', r == '’', r == '-', r == '‑', r == '&', r == '.', c == skipped && unicode.Is(unicode.Cf, r):
			next, _ := utf8.DecodeRuneInString(t.Raw[at+size : limit])
			if classOf(next) == script && (r != '.' || isInitial(t.Raw[start:at])) || r == '-' && unicode.IsDigit(next) {
				at += size
				continue
			}
			if r == '.' && len(t.Raw[start:at]) > 1 && isInitial(t.Raw[start:at]) {
				return at + size // the last dot of "U.S."
			}
		}
		return end
	}
	return end
}

// isInitial tells whether the part of a Latin word after its last dot is one
// letter, as in "U.S" and "R-N.H".
func isInitial(s string) bool {
	n := len(s)
	if n == 0 || s[n-1] >= utf8.RuneSelf || !unicode.IsLetter(rune(s[n-1])) {
		return false
	}
	return n == 1 || s[n-2] == '.' || s[n-2] == '-'
}

func (t *Text) numberEnd(start, limit int) int {
	end := start
	for at := start; at < limit; {
		r, size := utf8.DecodeRuneInString(t.Raw[at:limit])
		switch {
		case unicode.IsDigit(r):
			at += size
			end = at
			continue
		case r == '.', r == ',', r == '٫', r == '٬':
			if next, _ := utf8.DecodeRuneInString(t.Raw[at+size : limit]); unicode.IsDigit(next) {
				at += size
				continue
			}
		}
		break
	}
	return end
}
