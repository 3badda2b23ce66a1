package people

import (
	"slices"
	"strings"

	"mawqif/graph"
)

// name is a person's name taken apart: what stands first, what stands last, and
// the words between. Titles, articles and words of descent ("bin", "von") are
// left out; "Abdul", "Abu" and what follows them are one word.
type name struct {
	// folded is the name with عبد joined: عبد الله is عبدالله.
	folded string
	arabic bool
	given  word
	family word
	middle []string
}

type word struct {
	text      string // folded, without the article
	spellings []spelling
}

// particles are words of names that spellings leave out as they like.
var particles = set("al el ال bin ibn bint بن ابن بنت ould ولد jr sr ii iii")

// joints are left out if they do not begin a name.
var joints = set("ben de di da du del della der den van von la le bani دي دو دا دل ديل فون فان لا لو")

// openers are one word with what follows.
var openers = map[string]string{
	"عبد": "عبد", "ابو": "ابو", "ابي": "ابو", "بو": "ابو",
	"abd": "abdul", "abdul": "abdul", "abdel": "abdul", "abdal": "abdul", "abdur": "abdul", "abder": "abdul", "abdus": "abdul", "abdes": "abdul",
	"abu": "abu", "abou": "abu", "abi": "abu",
}

// joinServant joins what Arabic writes together or apart.
var joinServant = strings.NewReplacer("عبد ال", "عبدال")

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// parseName takes a name apart. It is no name of a person that spellings could
// be compared of, ok is false, if it has fewer than two words with a skeleton:
// nobody is known by a surname alone.
func parseName(text string) (n name, ok bool) {
	n.folded = joinServant.Replace(graph.Fold(text))
	n.arabic = isArabic(n.folded)
	var words []string
	opener := ""
	for _, w := range strings.Fields(n.folded) {
		if particles[w] || joints[w] && len(words) > 0 {
			continue
		}
		if o := openers[w]; o != "" && opener == "" {
			opener = o
			continue
		}
		if n.arabic {
			if rest, ok := strings.CutPrefix(w, "ال"); ok && len(rest) > 4 && (opener == "" || opener == "ابو") {
				w = rest
			} else if !ok && opener == "عبد" {
				w = "ال" + w
			}
		}
		words = append(words, opener+w)
		opener = ""
	}
	if opener != "" {
		words = append(words, opener)
	}
	if len(words) < 2 || len(words) > 8 {
		return n, false
	}
	last := len(words) - 1
	n.given, n.family, n.middle = newWord(words[0]), newWord(words[last]), words[1:last]
	return n, len(n.given.spellings) > 0 && len(n.family.spellings) > 0
}

func newWord(text string) word {
	if rest, ok := strings.CutPrefix(text, "abd"); ok && len(rest) > 4 && vowel(rest, 0) && rest[1] == rest[2] && strings.IndexByte("rsntdz", rest[1]) >= 0 {
		text = "abdul" + rest[2:] // "Abderrahman"
	}
	if rest, ok := strings.CutPrefix(text, "mc"); ok && len(rest) > 1 {
		text = "mac" + rest
	}
	w := word{text: text, spellings: spellings(text)}
	if (strings.HasPrefix(text, "al") || strings.HasPrefix(text, "el")) && len(text) > 5 && !vowel(text, 2) {
		w.spellings = append(w.spellings, spellings(text[2:])...) // "Elbaradei"
	}
	return w
}

// same tells whether two words may be one, and by which skeleton.
func (w *word) same(v *word, arabic, otherArabic bool) (skeleton string, ok bool) {
	for i := range w.spellings {
		for j := range v.spellings {
			if s, t := &w.spellings[i], &v.spellings[j]; s.skeleton == t.skeleton && s.sameSound(*t, arabic, otherArabic) {
				return s.skeleton, true
			}
		}
	}
	return "", false
}

// SameName tells whether two names may be of one person, in whatever script: both
// have a given and a family name with a skeleton and a sound in common, and
// nothing between that contradicts.
func SameName(a, b string) bool {
	n, okN := parseName(a)
	o, okO := parseName(b)
	if !okN || !okO {
		return false
	}
	_, ok := n.same(&o)
	return ok && agree(&n, &o)
}

// same tells whether two names may be of one person, and by which skeletons:
// what stands first and what stands last have one and the same sound. In
// Arabic, which writes its own given names in one way, those must be equal. It
// leaves the words between to [agree].
func (n *name) same(o *name) (skeleton string, ok bool) {
	if n.arabic && o.arabic && n.given.text != o.given.text {
		return "", false
	}
	given, ok := n.given.same(&o.given, n.arabic, o.arabic)
	if !ok {
		return "", false
	}
	family, ok := n.family.same(&o.family, n.arabic, o.arabic)
	return given + " " + family, ok
}

// agree tells whether the middle words of two names are the same as far as both
// have any: "bin Khalid" is not "bin Bandar", "H. W." not "W.". An initial is
// the word that it begins.
func agree(n, o *name) bool {
	for k := range min(len(n.middle), len(o.middle)) {
		if !sameMiddle(n.middle[k], o.middle[k], n.arabic, o.arabic) {
			return false
		}
	}
	return true
}

func sameMiddle(a, b string, arabic, otherArabic bool) bool {
	if a == b {
		return true
	}
	if len(a) == 1 || len(b) == 1 {
		return a[0] == b[0]
	}
	v, w := newWord(a), newWord(b)
	_, ok := v.same(&w, arabic, otherArabic)
	return ok
}

// keys are the pairs of skeletons under which a name is looked up.
func (n *name) keys() []string {
	out := make([]string, 0, len(n.given.spellings)*len(n.family.spellings))
	for _, g := range n.given.spellings {
		for _, f := range n.family.spellings {
			out = append(out, g.skeleton+" "+f.skeleton)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
