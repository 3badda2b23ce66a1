package text

import (
	"slices"
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

// What tells a chain of links behind a name from prose.
const (
	moreLink   = "MORE"
	linkedName = 8   // tokens between a name and its repetition
	linkChain  = 160 // tokens of a chain
)

// linkChains drops, from token first on, the links that a page sets behind a
// name: the name in full, glued to the first of several headlines, up to the
// link to more of them.
//
//	Sen. Ann Vale Ann Marie ValeVale leads in new poll Senate to vote MORE (R-Ohio) said
//
// What stands there is neither the article's nor anybody's words.
func (t *Text) linkChains(first int) {
	if !slices.ContainsFunc(t.Tokens[first:], func(tok Token) bool { return t.more(&tok) }) {
		return
	}
	line := slices.Clone(t.Tokens[first:])
	t.Tokens = t.Tokens[:first]
	for i := 0; i < len(line); i++ {
		cut, end := t.chain(first, line[i:])
		if end == 0 {
			t.Tokens = append(t.Tokens, line[i])
			continue
		}
		i += end
		t.Tokens = t.Tokens[:cut]
		if rest := (Span{line[i].Start + len(moreLink), line[i].End}); rest.Len() > 0 {
			// "MORE’s": the clitic of the name before.
			t.Tokens = append(t.Tokens, Token{Span: rest, Fold: graph.Fold(t.At(rest)), Kind: Word, Quote: -1})
		}
	}
}

// chain tells whether the first of the tokens that follow is the name before a
// chain of links, glued to a headline: where the chain begins in the tokens so
// far, those of its line from first on, and the index of its last token in
// those that follow; 0 if it is none.
func (t *Text) chain(first int, next []Token) (cut, end int) {
	raw := t.At(next[0].Span)
	if next[0].Kind != Word || !glued(raw) {
		return 0, 0
	}
	for k := len(t.Tokens) - 1; k >= max(first, len(t.Tokens)-linkedName); k-- {
		name := t.At(t.Tokens[k].Span)
		rest, ok := strings.CutPrefix(raw, name)
		if !ok || len(name) < 3 || t.Tokens[k].Kind != Word {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(rest); !unicode.IsUpper(r) && !unicode.IsDigit(r) {
			continue
		}
		for end = 1; end < min(len(next), linkChain); end++ {
			if t.more(&next[end]) {
				return k + 1, end
			}
		}
		break
	}
	return 0, 0
}

// glued tells whether a capital or a digit follows a small letter in a word.
func glued(w string) bool {
	small := false
	for _, r := range w {
		if small && (unicode.IsUpper(r) || unicode.IsDigit(r)) {
			return true
		}
		small = unicode.IsLower(r)
	}
	return false
}

// more tells whether a token is the word that ends a chain of links.
func (t *Text) more(tok *Token) bool {
	rest, ok := strings.CutPrefix(t.At(tok.Span), moreLink)
	return ok && (rest == "" || rest[0] == '\'' || strings.HasPrefix(rest, "’"))
}
