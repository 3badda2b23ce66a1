package code

import "strings"

// letter is the size of an Arabic letter in bytes.
const letter = 2

var (
	arabicPrefixes  = []string{"بال", "كال", "لل", "ال"}
	arabicSuffixes  = []string{"هما", "ها", "هم", "نا", "ات", "وا", "ون", "ين", "ان", "يه", "ه", "ت"}
	englishSuffixes = []string{"ies", "ing", "ed", "es", "s", "ly", "e", "y"}
)

// stem takes what is attached and inflected off a folded word, in the manner
// of a light stemmer (Larkey, Ballesteros and Connell 2002).
func stem(w, lang string) string {
	if lang == "ar" {
		return arabicStem(w)
	}
	if owner, ok := strings.CutSuffix(w, " s"); ok {
		w = owner
	}
	for _, x := range englishSuffixes {
		if rest, ok := strings.CutSuffix(w, x); ok && len(rest) >= 3 {
			return rest
		}
	}
	return w
}

func arabicStem(w string) string {
	for _, p := range []string{"و", "ف"} {
		if rest, ok := strings.CutPrefix(w, p); ok && len(rest) >= 4*letter {
			w = rest
			break
		}
	}
	for _, p := range arabicPrefixes {
		if rest, ok := strings.CutPrefix(w, p); ok && len(rest) >= 2*letter {
			w = rest
			break
		}
	}
	for _, x := range arabicSuffixes {
		if rest, ok := strings.CutSuffix(w, x); ok && len(rest) >= 3*letter {
			return rest
		}
	}
	return w
}
