package graph

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold turns a name or a text into its search key, the one form in which
// names are compared, indexed and searched: compatibility forms resolved,
// lower case, accents, Arabic vowel signs and tatweel dropped, the letters
// that Arabic spelling varies made one (أ إ آ ٱ → ا, ى ی → ي, ة → ه, ؤ → و,
// ئ → ي, ک → ك), Latin letters with a stroke or without their dot made plain
// (ı → i, ł → l, ø → o, đ → d, ħ → h), both Arabic digit sets made ASCII,
// invisible marks dropped, everything else that is no letter or digit one
// space, no space at the ends.
//
// Fold(Fold(s)) == Fold(s) for every s. Invalid UTF-8 counts as a space.
func Fold(s string) string {
	if folded(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	write := func(r rune) {
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	if !plain(s) {
		// Bytes that are not UTF-8 would hide what follows them from norm.
		s = norm.NFKD.String(strings.ToValidUTF8(s, " "))
	}
	for _, r := range s {
		if r < rune(len(foldTable)) && foldTable[r] != 0 {
			r = foldTable[r]
		} else {
			r = foldRune(r)
		}
		switch {
		case r == dropped:
		case r == ' ':
			gap = true
		default:
			write(r)
		}
	}
	return b.String()
}

const dropped = rune(-1)

// folded tells whether s is ASCII or basic Arabic and its own key already.
func folded(s string) bool {
	space := true
	for _, r := range s {
		switch {
		case r == ' ' && !space:
			space = true
		case r != ' ' && r < rune(len(foldTable)) && foldTable[r] == r && r != dropped:
			space = false
		default:
			return false
		}
	}
	return !space || s == ""
}

// foldTable has what foldRune makes of the code points that names are mostly
// made of and that have no compatibility form; 0 for the others.
var foldTable = func() (table [0x066A]rune) {
	for r := range rune(len(table)) {
		if r < utf8.RuneSelf || r > 0x0620 {
			table[r] = foldRune(r)
		}
	}
	return table
}()

// plain tells whether s holds only ASCII, basic Arabic letters, and the quotes,
// dashes and stops of both scripts, which have no compatibility form that
// foldRune does not know.
func plain(s string) bool {
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf, 0x0621 <= r && r <= 0x0669, 0x2010 <= r && r <= 0x2027:
		case r == '«', r == '»', r == '،', r == '؟', r == '؛':
		default:
			return false
		}
	}
	return true
}

func foldRune(r rune) rune {
	switch {
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
		return r
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	case r < utf8.RuneSelf:
		return ' '
	case '٠' <= r && r <= '٩':
		return r - '٠' + '0'
	case '۰' <= r && r <= '۹':
		return r - '۰' + '0'
	}
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ى', 'ی', 'ئ':
		return 'ي'
	case 'ة':
		return 'ه'
	case 'ؤ':
		return 'و'
	case 'ک':
		return 'ك'
	case 'ı':
		return 'i'
	case 'ł', 'Ł':
		return 'l'
	case 'ø', 'Ø':
		return 'o'
	case 'đ', 'Đ':
		return 'd'
	case 'ħ', 'Ħ':
		return 'h'
	case 'ـ', utf8.RuneError:
		if r == utf8.RuneError {
			return ' '
		}
		return dropped
	}
	switch {
	case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
		return dropped
	case unicode.IsLetter(r), unicode.IsDigit(r):
		return unicode.ToLower(r)
	}
	return ' '
}
