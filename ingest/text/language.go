package text

import (
	_ "embed"
	"math/bits"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed data/languages.tsv
var languagesFile string

// languages are the tags and the common words of languages; a word's bits
// tell to which of the tags it belongs.
var languages = sync.OnceValue(func() (l struct {
	tags  []string
	words map[string]uint32
}) {
	l.words = map[string]uint32{}
	for line := range strings.Lines(languagesFile) {
		tag, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || tag[0] == '#' {
			continue
		}
		for _, w := range strings.Fields(words) {
			l.words[w] |= 1 << len(l.tags)
		}
		l.tags = append(l.tags, tag)
	}
	return l
})

// languageSample bounds the words that are looked at.
const languageSample = 2000

// Language tells the language of a text by its commonest words: a BCP 47 tag
// such as "ar", "en", "fa", "ckb", "fr", or "und" if no known language stands
// out. A text in Arabic script whose letters are those of Arabic alone, but
// for a name here and there, is Arabic whatever its words.
func Language(s string) string {
	known := languages()
	counts := make([]int, len(known.tags))
	words, arabic, foreign, others := 0, 0, 0, 0
	var buf [24]byte
	word := buf[:0]
	long := false
	end := func() {
		if len(word) > 0 && !long {
			words++
			for set := known.words[string(word)]; set != 0; set &= set - 1 {
				counts[bits.TrailingZeros32(set)]++
			}
		} else if long {
			words++
		}
		word, long = buf[:0], false
	}
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			switch {
			case isArabicLetter(r):
				arabic++
			case unicode.Is(unicode.Arabic, r):
				foreign++
			default:
				others++
			}
			if len(word)+utf8.UTFMax > len(buf) {
				long = true
				continue
			}
			word = utf8.AppendRune(word, unicode.ToLower(r))
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), r == 'ـ':
		default:
			end()
		}
		if words >= languageSample {
			break
		}
	}
	end()
	best, second := 0, 0
	tag := "und"
	for i, n := range counts {
		if n > best {
			best, second, tag = n, best, known.tags[i]
		} else if n > second {
			second = n
		}
	}
	switch {
	case best*12 >= words && best >= 2 && best > second:
		return tag
	case arabic > others && (foreign*100 <= arabic || tag == "ar" && foreign*25 <= arabic):
		return "ar"
	}
	return "und"
}

// isArabicLetter tells whether a letter of the Arabic script is one of the
// Arabic language.
func isArabicLetter(r rune) bool { return 0x0621 <= r && r <= 0x064A || r == 'ٱ' }
