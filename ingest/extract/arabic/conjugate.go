package arabic

import (
	"strings"

	"mawqif/graph"
	"mawqif/ingest/extract"
)

// tense tells what kind of form a word is.
type tense uint8

const (
	perfect tense = iota
	imperfect
	participle
)

// form is an inflected form of a verb.
type form struct {
	verb   *verb
	tense  tense
	gender extract.Gender
	number extract.Number
	first  bool
	// suffixed tells that an object pronoun is attached ("وصفه").
	suffixed bool
}

// pronouns are the object pronouns that attach to a verb.
var pronouns = []string{"ه", "ها", "هم", "هما", "ني", "نا"}

// conjugate calls add with every form of the third person and of the first
// that news texts use, folded. Weak verbs are told by their last letter: "دعا"
// gives دعت, دعوا, and "نفى" gives نفت, نفوا, نفيا.
func conjugate(v *verb, past, present, active string, add func(string, form)) {
	const (
		m = extract.Masculine
		f = extract.Feminine
		s = extract.Singular
		d = extract.Dual
		p = extract.Plural
	)
	put := func(word string, t tense, g extract.Gender, n extract.Number) {
		add(graph.Fold(word), form{verb: v, tense: t, gender: g, number: n})
	}
	attach := func(word string, t tense, g extract.Gender, n extract.Number) {
		if !v.takesPerson {
			return
		}
		for _, pronoun := range pronouns {
			add(graph.Fold(word+pronoun), form{verb: v, tense: t, gender: g, number: n, suffixed: true})
		}
	}
	if past != "-" {
		stem, weak := strings.CutSuffix(past, "ى")
		if !weak {
			stem, weak = strings.CutSuffix(past, "ا")
		}
		put(past, perfect, m, s)
		put(stem+"ت", perfect, f, s)
		put(stem+"وا", perfect, m, p)
		put(stem+"تا", perfect, f, d)
		switch {
		case strings.HasSuffix(past, "ى"):
			put(stem+"يا", perfect, m, d)
		case weak:
			put(stem+"وا", perfect, m, d)
		default:
			put(stem+"ا", perfect, m, d)
		}
		if weak {
			attach(stem+"ا", perfect, m, s)
		} else {
			attach(past, perfect, m, s)
		}
		attach(stem+"ت", perfect, f, s)
		attach(stem+"و", perfect, m, p)
	}
	if present != "-" {
		rest := strings.TrimPrefix(present, "ي")
		weak := strings.HasSuffix(rest, "ى") || strings.HasSuffix(rest, "ي") || strings.HasSuffix(rest, "و")
		stem := rest
		if weak {
			_, size := lastRune(rest)
			stem = rest[:len(rest)-size]
			put("ي"+stem, imperfect, m, s) // jussive: لم ينف
			put("ت"+stem, imperfect, f, s)
		}
		put("ي"+rest, imperfect, m, s)
		put("ت"+rest, imperfect, f, s)
		put("ي"+stem+"ون", imperfect, m, p)
		put("ي"+stem+"وا", imperfect, m, p)
		put("ي"+rest+"ان", imperfect, m, d)
		put("ت"+rest+"ان", imperfect, f, d)
		add(graph.Fold("ن"+rest), form{verb: v, tense: imperfect, number: p, first: true})
		attach("ي"+rest, imperfect, m, s)
		attach("ت"+rest, imperfect, f, s)
		attach("ي"+stem+"ون", imperfect, m, p)
	}
	if active != "-" {
		// As a circumstance it stands in the accusative: مؤكدا, مؤكدة, مؤكدين.
		stem := strings.TrimSuffix(active, "ي")
		put(active+"ا", participle, m, s)
		put(active+"ة", participle, f, s)
		put(stem+"ين", participle, m, p)
		put(active+"تين", participle, f, d)
		put(active+"ات", participle, f, p)
	}
}

func lastRune(s string) (string, int) {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i]&0xC0 != 0x80 {
			return s[i:], len(s) - i
		}
	}
	return s, len(s)
}
