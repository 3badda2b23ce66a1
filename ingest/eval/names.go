package eval

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"mawqif/graph"
	"mawqif/ingest"
)

// key folds a name for comparison. It differs from [graph.Fold] on purpose:
// measuring must not change when search does.
func key(s string) string {
	s = norm.NFKD.String(s)
	var b strings.Builder
	gap := false
	for i, r := range s {
		switch r {
		case 'أ', 'إ', 'آ', 'ٱ':
			r = 'ا'
		case 'ى', 'ئ':
			r = 'ي'
		case 'ة':
			r = 'ه'
		case 'ؤ':
			r = 'و'
		case 'ـ':
			continue
		}
		if norm.NFKD.PropertiesString(s[i:]).CCC() != 0 {
			continue
		}
		if r != ' ' && r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			gap = true
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.Trim(b.String(), " ")
}

// weak words tell actors apart only if there is nothing else.
var weak = []string{"the", "of", "and", "for", "in", "al", "el", "government", "regime", "kingdom", "republic", "islamic", "state"}

func nameTokens(s string) []string {
	all := strings.Fields(key(s))
	kept := slices.DeleteFunc(slices.Clone(all), func(t string) bool { return slices.Contains(weak, t) })
	if len(kept) == 0 {
		return all
	}
	return kept
}

// nameRatio is the similarity from which two spellings are one name.
const nameRatio = 0.86

// sameName tells whether two names plausibly name one actor: the same words
// in any order, or nearly the same letters.
func sameName(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	ta, tb := nameTokens(a), nameTokens(b)
	if slices.Equal(slices.Sorted(slices.Values(ta)), slices.Sorted(slices.Values(tb))) {
		return true
	}
	return ratio([]rune(strings.Join(ta, " ")), []rune(strings.Join(tb, " "))) >= nameRatio
}

// IsActor tells whether an actor is the one that the coder calls english, and
// the article original; original may be "".
func IsActor(a *graph.Actor, english, original string) bool {
	return isActor(&ingest.ReportActor{ID: a.ID, Kind: a.Kind, Name: graph.NameIn(a.Names, "en"), Names: a.Names}, english, original)
}

// isActor tells whether an actor is the one that the coder calls english, and
// the article original; original may be "".
func isActor(a *ingest.ReportActor, english, original string) bool {
	if a == nil {
		return false
	}
	try := func(n string) bool {
		if n == "" {
			return false
		}
		if sameName(n, english) {
			return true
		}
		k := key(n)
		return original != "" && utf8.RuneCountInString(k) > 3 && strings.ContainsFunc(n, isArabic) && strings.Contains(key(original), k)
	}
	if try(a.Name) {
		return true
	}
	for _, n := range a.Names {
		if try(n.Value) {
			return true
		}
	}
	return false
}

func isArabic(r rune) bool { return 0x0600 <= r && r <= 0x06ff }

// ratio is the similarity of Ratcliff and Obershelp (1988), 0 to 1: twice the
// letters in matching blocks over the letters of both. Blocks are found
// longest first, of equal ones the earliest in a, then in b, and then to the
// left and right of each.
func ratio(a, b []rune) float64 {
	if len(a)+len(b) == 0 {
		return 1
	}
	at := map[rune][]int{}
	for j, r := range b {
		at[r] = append(at[r], j)
	}
	if len(b) >= 200 {
		// Letters in more than one place of a hundred say nothing of a long text.
		for r, list := range at {
			if len(list) > len(b)/100+1 {
				delete(at, r)
			}
		}
	}
	return 2 * float64(matching(a, b, at, 0, len(a), 0, len(b))) / float64(len(a)+len(b))
}

func matching(a, b []rune, at map[rune][]int, alo, ahi, blo, bhi int) int {
	if alo >= ahi || blo >= bhi {
		return 0
	}
	besti, bestj, size := alo, blo, 0
	lengths := map[int]int{}
	for i := alo; i < ahi; i++ {
		next := map[int]int{}
		for _, j := range at[a[i]] {
			if j < blo {
				continue
			}
			if j >= bhi {
				break
			}
			k := lengths[j-1] + 1
			next[j] = k
			if k > size {
				besti, bestj, size = i-k+1, j-k+1, k
			}
		}
		lengths = next
	}
	if size == 0 {
		return 0
	}
	for besti > alo && bestj > blo && a[besti-1] == b[bestj-1] {
		besti, bestj, size = besti-1, bestj-1, size+1
	}
	for besti+size < ahi && bestj+size < bhi && a[besti+size] == b[bestj+size] {
		size++
	}
	return size + matching(a, b, at, alo, besti, blo, bestj) + matching(a, b, at, besti+size, ahi, bestj+size, bhi)
}
