package arabic

import "strings"

// WordClass is a set of what an Arabic word may be to a reader of names.
type WordClass uint8

const (
	// Verb is a finite form of a verb of attribution or of another common one.
	Verb WordClass = 1 << iota
	// Noun is a common noun that is no title and no kind of body.
	Noun
	// Saying is a noun of saying or of its occasion ("تأكيد", "كلمة"), or the
	// participle of a verb of attribution ("مؤكدا").
	Saying
	// Particle is a word of a closed class: a conjunction, a preposition, an
	// adverb, a word of time.
	Particle
)

// ClassOf tells what a word may be, given by its search key: its class without
// any prefix is exact, that of a word behind article and particles bare.
func ClassOf(fold string) (exact, bare WordClass) {
	lex := words()
	exact = lex.classOf(fold)
	bare = exact
	for _, p := range [...]string{"ال", "و", "ب", "ل", "ف", "ك", "وال", "بال", "لل"} {
		if rest, ok := strings.CutPrefix(fold, p); ok && len(rest) >= 4 {
			bare |= lex.classOf(rest)
		}
	}
	return exact, bare
}

func (lex *lexicon) classOf(fold string) (c WordClass) {
	of := lex.classes[fold]
	if of&(cName|cTitle|cBody|cOutlet) != 0 {
		return 0
	}
	if of&cVerb != 0 {
		c |= Verb
	}
	if of&(cNoun|cThing|cContent) != 0 {
		c |= Noun
	}
	if of&(cAct|cEvent) != 0 {
		c |= Saying
	}
	if of&(cThat|cBiThat|cPreposition|cTime|cRelative|cAuxiliary|cNegation|cClause|cAdverb|cSaying|cAccording|cPronoun) != 0 {
		c |= Particle
	}
	for i := range lex.forms[fold] {
		switch f := &lex.forms[fold][i]; {
		case f.tense == participle:
			c |= Saying
		case !f.first:
			c |= Verb
		}
	}
	return c
}
