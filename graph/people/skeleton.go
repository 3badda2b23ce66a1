package people

import (
	"slices"
	"strings"

	"mawqif/graph"
)

// maxWord is the most bytes of a word of a name.
const maxWord = 64

// maxSpellings is how many readings of a word are followed: no word of a name
// that people bear has more.
const maxSpellings = 16

// spelling is a reading of a word of a name: its skeleton, and what stands
// before, between and behind the consonants, len(skeleton) + 1 stretches of
// vowels.
type spelling struct {
	skeleton string
	vowels   []string
}

// Skeletons returns the skeletons of a word of a name, sorted, each once: what
// its spellings in Arabic and in Latin letters share, the consonants in an
// alphabet of fourteen in which letters that stand for one another are one.
// Vowels, و, ي and ع are left out, doubled letters written once.
//
//	b ب b p · t ت ط ث t th · d د ض ذ ظ d dh · s س ص ز ث ذ ظ s z c · S ش sh ch
//	k ك ق k q c · g ج غ ق j g gh · x خ kh · h ح ه h · f ف f v w · r ر · l ل · m م · n ن
//
// A letter that may stand for several consonants, or be silent, gives a word
// several skeletons; two words can be one name if they share one. There are
// none if the word is not all in Arabic or all in Latin letters, has no
// consonant, or is longer than any word of a name.
func Skeletons(word string) []string {
	var out []string
	for _, s := range spellings(graph.Fold(word)) {
		out = append(out, s.skeleton)
	}
	return out
}

// arabicLetters are the consonants for Arabic letters as [graph.Fold] leaves
// them, alternatives by "|"; the weak ones have none.
var arabicLetters = map[rune]string{
	'ا': "", 'ع': "", 'و': "", 'ي': "", 'ء': "",
	'ب': "b", 'پ': "b", 'ت': "t", 'ط': "t", 'ث': "t|s", 'ج': "g", 'چ': "tS|g", 'ح': "h", 'خ': "x",
	'د': "d", 'ض': "d", 'ذ': "d|s", 'ظ': "d|s", 'ر': "r", 'ز': "s", 'ژ': "g|s", 'س': "s", 'ص': "s", 'ش': "S",
	'غ': "g", 'گ': "g", 'ف': "f", 'ڤ': "f", 'ق': "k|g", 'ك': "k", 'ل': "l", 'م': "m", 'ن': "n", 'ه': "h",
}

// latinGroups are the consonants for groups of Latin letters, by their first
// letter, the longest first. Those of one letter that are not here are vowels.
var latinGroups = map[byte][]struct{ letters, consonants string }{
	'b': {{"b", "b"}},
	'c': {{"ch", "S|tS|k|x"}, {"ck", "k"}, {"ce", "s"}, {"ci", "s|tS"}, {"cy", "s"}, {"c", "k"}},
	'd': {{"dh", "d|s"}, {"dj", "g"}, {"dg", "g"}, {"d", "d"}},
	'f': {{"f", "f"}},
	'g': {{"gh", "g|"}, {"g", "g"}},
	'j': {{"j", "g|"}},
	'k': {{"kh", "x|k"}, {"k", "k"}},
	'l': {{"l", "l"}},
	'm': {{"m", "m"}},
	'n': {{"n", "n"}},
	'p': {{"ph", "f"}, {"p", "b"}},
	'q': {{"qu", "k"}, {"q", "k|g"}},
	'r': {{"rh", "r"}, {"r", "r"}},
	's': {{"sch", "S|sk"}, {"sh", "S"}, {"s", "s"}},
	't': {{"tch", "tS"}, {"th", "t|s"}, {"tz", "ts|s"}, {"t", "t"}},
	'v': {{"v", "f"}},
	'w': {{"wr", "r"}},
	'x': {{"x", "ks"}},
	'z': {{"zh", "g|s"}, {"z", "s|ts"}},
}

// spellings returns the readings of a folded word of a name by their
// skeletons, one of each.
func spellings(word string) []spelling {
	var found []spelling
	switch {
	case len(word) > maxWord:
		return nil
	case isArabic(word):
		found = arabicSpellings(word)
	default:
		found = latinSpellings(word)
	}
	slices.SortStableFunc(found, func(a, b spelling) int { return strings.Compare(a.skeleton, b.skeleton) })
	found = slices.CompactFunc(found, func(a, b spelling) bool { return a.skeleton == b.skeleton })
	return slices.DeleteFunc(found, func(s spelling) bool { return s.skeleton == "" })
}

// isArabic tells whether a name is written in Arabic letters.
func isArabic(name string) bool {
	return strings.ContainsFunc(name, func(r rune) bool { return 0x0600 <= r && r <= 0x06ff })
}

func arabicSpellings(word string) []spelling {
	if rest, ok := strings.CutSuffix(word, "لله"); ok {
		word = rest + "له" // "عبدالله" is "Abdullah"
	}
	found := []spelling{{vowels: []string{""}}}
	runes := []rune(word)
	for i, r := range runes {
		consonants, ok := arabicLetters[r]
		switch {
		case !ok:
			return nil
		case consonants == "", r == 'ه' && i == len(runes)-1: // ة, or the silent h of a Latin name
			sound(found, string(r))
		default:
			found = extend(found, consonants)
		}
	}
	return found
}

func latinSpellings(word string) []spelling {
	found := []spelling{{vowels: []string{""}}}
	for i := 0; i < len(word); {
		c := word[i]
		switch {
		case c == 'h' && vowel(word, i+1):
			found = extend(found, "h")
		case c == 'h': // silent or not: "Sarah", "Saleh"; "John", "Ahmed"
			found = extend(found, "h|")
		case strings.HasPrefix(word[i:], "ß"):
			found = extend(found, "s")
			i++
		case vowel(word, i) || c == 'w' && !strings.HasPrefix(word[i:], "wr"):
			if c == 'w' {
				found = extend(found, "|f")
			}
			sound(found, word[i:i+1])
		case i > 0 && c == word[i-1]:
		default:
			n := 0
			for _, g := range latinGroups[c] {
				if strings.HasPrefix(word[i:], g.letters) {
					found, n = extend(found, g.consonants), len(g.letters)
					break
				}
			}
			if n == 0 {
				return nil
			}
			if vowel(word, i+n-1) && c != 'q' {
				n-- // "ce": the vowel comes next
			}
			i += n - 1
		}
		i++
	}
	return found
}

// vowel tells whether a vowel stands at a place in a word of Latin letters.
func vowel(word string, i int) bool {
	return i < len(word) && strings.IndexByte("aeiouy", word[i]) >= 0
}

// sound adds a vowel behind the last consonant of each spelling.
func sound(list []spelling, vowel string) {
	for _, s := range list {
		s.vowels[len(s.vowels)-1] += vowel
	}
}

// extend lets each spelling go on with each of the alternatives, or with the
// first alone where there would be too many.
func extend(list []spelling, alternatives string) []spelling {
	ways := strings.Split(alternatives, "|")
	if len(list)*len(ways) > maxSpellings {
		ways = ways[:1]
	}
	out := make([]spelling, 0, len(list)*len(ways))
	for _, s := range list {
		for _, w := range ways {
			next := spelling{s.skeleton + w, make([]string, 0, len(s.vowels)+len(w)+4)}
			next.vowels = append(next.vowels, s.vowels...)
			for range len(w) {
				next.vowels = append(next.vowels, "")
			}
			out = append(out, next)
		}
	}
	return out
}

// sameSound tells whether the vowels of two readings with the same skeleton
// allow that they are one name. A long vowel of Arabic must be heard in Latin
// letters, and one that Latin letters write with two must be written in Arabic;
// short ones are not. In one script neither may contradict the other.
//
//	محمود  Mahmoud  not Mohammed  ·  حسين  Hussein  not Hassan  ·  جيمس  James
func (s spelling) sameSound(t spelling, arabic, otherArabic bool) bool {
	if arabic && !otherArabic {
		s, t, arabic, otherArabic = t, s, otherArabic, arabic
	}
	last := len(s.vowels) - 1
	for i := range s.vowels {
		a, b := s.vowels[i], t.vowels[i]
		switch {
		case i == last || i == 0 && (a == "" || b == ""): // endings and beginnings vary: "Sara", "Sarah"; "Ahmed"
		case arabic == otherArabic:
			if a != "" && b != "" && heard(a)&heard(b) == 0 || long(a) && b == "" || long(b) && a == "" {
				return false
			}
		case b == "":
			if long(a) && i > 1 { // "Moustafa" is مصطفى
				return false
			}
		default:
			h := heard(a)
			if a == "a" && i+1 <= last && strings.HasPrefix(s.vowels[i+1], "e") {
				h |= front // "James", "Kate"
			}
			if strings.ContainsRune(a, 'u') {
				h |= open | front // "Trump" ترامب, "Murphy" ميرفي
			}
			w := written(b)
			if i == 0 { // an alef carries any vowel: "Ingrid" إنغريد
				w &^= open
			}
			if w != 0 && w&h == 0 {
				return false
			}
		}
	}
	return true
}

// vowels by where they are spoken.
const (
	open  = 1 << iota // a
	front             // i
	back              // u
)

// heard tells which vowels a stretch of either script may stand for.
func heard(vowels string) (heard int) {
	for _, r := range vowels {
		switch r {
		case 'a', 'ا', 'ع', 'ه':
			heard |= open
		case 'e':
			heard |= open | front
		case 'i', 'y', 'ي':
			heard |= front
		case 'o', 'u', 'w', 'و':
			heard |= back
		}
	}
	return heard
}

// written tells which vowels an Arabic stretch demands, any one of them; none
// for the consonants ع and ء.
func written(vowels string) int {
	return heard(strings.NewReplacer("ع", "", "ء", "", "ه", "").Replace(vowels))
}

// long tells whether Latin letters write a vowel with two that Arabic does not
// leave out.
func long(vowels string) bool {
	switch vowels {
	case "ou", "oo", "ee", "ei", "ai", "ay", "ey":
		return true
	}
	return false
}
