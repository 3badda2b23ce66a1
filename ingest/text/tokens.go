package text

import (
	"unicode"
	"unicode/utf8"

	"mawqif/graph"
)

// tokenize splits each paragraph into tokens. Invisible marks (direction,
// zero width) belong to no token.
func (t *Text) tokenize() {
	t.Tokens = make([]Token, 0, len(t.Raw)/6+8)
	for _, p := range t.Paragraphs {
		for at := p.Start; at < p.End; {
			r, size := utf8.DecodeRuneInString(t.Raw[at:p.End])
			end, kind := at+size, Punct
			switch {
			case unicode.IsSpace(r), unicode.Is(unicode.Cf, r), r == utf8.RuneError && size == 1, unicode.IsControl(r):
				at = end
				continue
			case unicode.IsDigit(r):
				kind, end = Number, t.numberEnd(at, p.End)
			case isWordRune(r):
				kind, end = Word, t.wordEnd(at, p.End)
			case isQuoteMark(r):
				kind = Mark
			}
			fold := t.Raw[at:end]
			if kind == Word || kind == Number {
				fold = graph.Fold(fold)
			}
			t.Tokens = append(t.Tokens, Token{Span: Span{at, end}, Fold: fold, Kind: kind, Quote: -1})
			at = end
		}
	}
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) || r == 'ـ'
}

// wordEnd finds the end of the word at start. Apostrophes, hyphens and dots
// between letters ("U.S.", "vice-president") belong to it; a direction or
// joiner mark inside does not end it. An Arabic word ends before a digit, which
// follows a particle (و5) or wants its space.
func (t *Text) wordEnd(start, limit int) int {
	first, _ := utf8.DecodeRuneInString(t.Raw[start:limit])
	arabic := unicode.Is(unicode.Arabic, first)
	end := start
	for at := start; at < limit; {
		r, size := utf8.DecodeRuneInString(t.Raw[at:limit])
		switch {
		case isWordRune(r), unicode.IsDigit(r) && !arabic:
			at += size
			end = at
			continue
		case r == '\'', r == '’', r == '-', r == '‑', r == '&', r == '.', unicode.Is(unicode.Cf, r):
			next, _ := utf8.DecodeRuneInString(t.Raw[at+size : limit])
			if isWordRune(next) && (r != '.' || isInitial(t.Raw[start:at])) || r == '-' && unicode.IsDigit(next) {
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
// letter, as in "U.S".
func isInitial(s string) bool {
	n := len(s)
	if n == 0 || s[n-1] >= utf8.RuneSelf || !unicode.IsLetter(rune(s[n-1])) {
		return false
	}
	return n == 1 || s[n-2] == '.'
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
