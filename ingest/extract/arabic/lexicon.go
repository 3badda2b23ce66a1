package arabic

import (
	_ "embed" // the word lists
	"fmt"
	"slices"
	"strings"
	"sync"

	"mawqif/graph"
)

//go:embed data/verbs.tsv
var verbsData string

//go:embed data/feelings.tsv
var feelingsData string

//go:embed data/acts.tsv
var actsData string

//go:embed data/words.tsv
var wordsData string

//go:embed data/nouns.txt
var nounsData string

// verb is a verb of attribution and what may follow it.
type verb struct {
	lemma string
	act   graph.Act
	// clause: أن; quoted: a quotation or a colon; object: a noun phrase.
	clause, quoted, object bool
	// phrases are the prepositions of a noun phrase that is the content;
	// personPhrases those that need an object before them; label marks the
	// verbs that only count with it.
	phrases, personPhrases []string
	// clauseAfter are prepositions of a clause alone ("ذهب إلى أن").
	clauseAfter []string
	// personObject: the content is the second of two objects (حمّل).
	personObject bool
	label        bool
	// naming: an object that names the act (feelings.tsv).
	naming bool
	// impersonal: its imperfect without a subject has no source (يذكر أن).
	impersonal bool
	// onlySaying: a clause after القول alone; needs: words of which one must follow.
	onlySaying bool
	needs      []string
	// takesPerson tells that object pronouns attach to it.
	takesPerson bool
}

// feeling is a noun that names the act after a verb of expressing.
type feeling struct {
	act     graph.Act
	phrases []string
}

// class is a set of closed word classes.
type class uint32

const (
	cThat class = 1 << iota
	cBiThat
	cPreposition
	cTime
	cEvent
	cOutlet
	cNamed
	cRelative
	cAuxiliary
	cNegation
	cClause
	cPronoun
	cAdverb
	cSaying
	cTitle
	cNoun
	cAccording
	cNorm
	cLabel
	cName
	cThing
	cTransmit
	cStated
	cDeterminer
	cBody
	cAdjective
	cVerb
	cContent
	cComment
	cNoVerb
	cAct // a noun of saying, of any form
)

var classNames = map[string]class{
	"that": cThat, "bithat": cBiThat, "preposition": cPreposition, "time": cTime, "event": cEvent,
	"outlet": cOutlet, "named": cNamed, "relative": cRelative, "auxiliary": cAuxiliary, "negation": cNegation,
	"clause": cClause, "pronoun": cPronoun, "adverb": cAdverb, "saying": cSaying, "title": cTitle,
	"according": cAccording, "norm": cNorm, "label": cLabel, "name": cName, "thing": cThing,
	"transmit": cTransmit, "stated": cStated, "determiner": cDeterminer, "body": cBody, "adjective": cAdjective, "verb": cVerb, "content": cContent, "comment": cComment, "noverb": cNoVerb,
}

// lexicon holds the word lists, by folded word.
type lexicon struct {
	forms    map[string][]form
	feelings map[string]*feeling
	classes  map[string]class
	// acts are the nouns of saying.
	acts map[string]*noun
}

// noun is a form of a noun of saying.
type noun struct {
	verb
	// possessed, plain and adverbial tell its form: with a possessive pronoun
	// ("اتهامه"), without that or the article, so that a genitive follows, or
	// in the accusative of circumstance ("تنديدا").
	possessed, plain, adverbial bool
}

// words loads the lists once. They are part of the program and a test checks
// them, so that a fault in them is a fault of the program.
var words = sync.OnceValue(func() *lexicon {
	lex, err := load(verbsData, feelingsData, actsData, wordsData, nounsData)
	if err != nil {
		panic(err)
	}
	return lex
})

func load(verbs, feelings, acts, classes, nouns string) (*lexicon, error) {
	lex := &lexicon{forms: map[string][]form{}, feelings: map[string]*feeling{}, classes: map[string]class{}, acts: map[string]*noun{}}
	err := rows("verbs.tsv", verbs, func(cols []string) error {
		if len(cols) < 5 || len(cols) > 6 {
			return fmt.Errorf("want perfect, imperfect, participle, act, frames and perhaps further forms, got %d columns", len(cols))
		}
		v := &verb{lemma: cols[0], act: graph.Act(cols[3])}
		if !slices.Contains(graph.Acts, v.act) {
			return fmt.Errorf("unknown act %q", cols[3])
		}
		for _, frame := range strings.Fields(cols[4]) {
			v.add(frame)
		}
		conjugate(v, cols[0], cols[1], cols[2], lex.add)
		if len(cols) == 6 {
			for _, extra := range strings.Fields(cols[5]) {
				word, features, ok := strings.Cut(extra, "/")
				if !ok {
					return fmt.Errorf("further form %q lacks its features", extra)
				}
				f, err := parseFeatures(features)
				if err != nil {
					return err
				}
				f.verb = v
				lex.add(graph.Fold(word), f)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = rows("feelings.tsv", feelings, func(cols []string) error {
		if len(cols) != 3 {
			return fmt.Errorf("want noun, act and prepositions, got %d columns", len(cols))
		}
		f := &feeling{act: graph.Act(cols[1])}
		if !slices.Contains(graph.Acts, f.act) {
			return fmt.Errorf("unknown act %q", cols[1])
		}
		if cols[2] != "-" {
			f.phrases = foldAll(strings.Fields(cols[2]))
		}
		lex.addFeeling(graph.Fold(cols[0]), f)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = rows("acts.tsv", acts, func(cols []string) error {
		if len(cols) != 4 {
			return fmt.Errorf("want noun, plural, act and frames, got %d columns", len(cols))
		}
		v := verb{lemma: cols[0], act: graph.Act(cols[2])}
		if !slices.Contains(graph.Acts, v.act) {
			return fmt.Errorf("unknown act %q", cols[2])
		}
		for _, frame := range strings.Fields(cols[3]) {
			v.add(frame)
		}
		for n, w := range cols[:2] {
			if w != "-" {
				lex.addAct(graph.Fold(w), v, n > 0)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = rows("words.tsv", classes, func(cols []string) error {
		c, ok := classNames[cols[0]]
		if !ok || len(cols) != 2 {
			return fmt.Errorf("want a known class and its words, got %q", cols[0])
		}
		for _, w := range strings.Fields(cols[1]) {
			lex.classes[graph.Fold(w)] |= c
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for w := range lex.acts {
		lex.classes[w] |= cAct
	}
	for line := range strings.Lines(nouns) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range strings.Fields(line) {
			lex.classes[graph.Fold(w)] |= cNoun
		}
	}
	return lex, nil
}

// rows calls each with the columns of every line that is no comment.
func rows(name, data string, each func([]string) error) error {
	n := 0
	for line := range strings.Lines(data) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := each(strings.Split(line, "\t")); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return nil
}

func (v *verb) add(frame string) {
	switch {
	case frame == "أن":
		v.clause = true
	case frame == `"`:
		v.quoted = true
	case frame == "=":
		v.object, v.takesPerson = true, true
	case frame == ":=":
		v.personObject, v.takesPerson = true, true
	case frame == "قول":
		v.clause, v.onlySaying = true, true
	case strings.HasPrefix(frame, "^"):
		v.clause = true
		v.clauseAfter = append(v.clauseAfter, graph.Fold(frame[1:]))
	case strings.HasPrefix(frame, "+"):
		v.needs = append(v.needs, foldAll(strings.Split(frame[1:], "|"))...)
	case frame == "~":
		v.naming = true
	case frame == "?":
		v.impersonal = true
	case strings.HasPrefix(frame, ":"):
		v.personPhrases = append(v.personPhrases, graph.Fold(frame[1:]))
		v.takesPerson = true
	case strings.HasPrefix(frame, "!"):
		v.personPhrases = append(v.personPhrases, graph.Fold(frame[1:]))
		v.label, v.takesPerson = true, true
	default:
		v.phrases = append(v.phrases, graph.Fold(frame))
		v.takesPerson = v.takesPerson || v.act == graph.ActRequest
	}
}

func parseFeatures(s string) (form, error) {
	var f form
	for _, c := range s {
		switch c {
		case 'p', 'P':
			if c == 'P' {
				f.number = plural
			}
		case 'i':
			f.tense = imperfect
		case 'a':
			f.tense = participle
		case 'm':
			f.gender = masculine
		case 'f':
			f.gender = feminine
		case 's':
			f.number = singular
		case 'd':
			f.number = dual
		default:
			return f, fmt.Errorf("unknown feature %q in %q", c, s)
		}
	}
	return f, nil
}

func (lex *lexicon) add(word string, f form) {
	for _, g := range lex.forms[word] {
		if g.verb == f.verb && g.tense == f.tense && g.suffixed == f.suffixed {
			return // the same spelling: يدعون is يدعو too
		}
	}
	lex.forms[word] = append(lex.forms[word], f)
}

// addFeeling adds a noun with the possessive pronouns and as an adverbial
// accusative: قلق, قلقه, قلقها, قلقهم, القلق.
func (lex *lexicon) addFeeling(noun string, f *feeling) {
	stem := noun
	if s, ok := strings.CutSuffix(noun, "ه"); ok {
		stem = s + "ت"
	}
	forms := []string{noun, "ال" + noun, stem + "ه", stem + "ها", stem + "هم", stem + "هما", stem + "نا"}
	if s, ok := strings.CutSuffix(stem, "اء"); ok {
		forms = append(forms, s+"ايه", s+"ايها", s+"ايهم", s+"اوه") // استيائه
	}
	for _, w := range forms {
		if lex.feelings[w] == nil {
			lex.feelings[w] = f
		}
	}
}

// addAct adds a noun of saying bare, with the article, the possessive pronouns,
// and an attached preposition.
func (lex *lexicon) addAct(word string, v verb, plural bool) {
	stem := word
	if s, ok := strings.CutSuffix(word, "ه"); ok {
		stem = s + "ت"
	}
	put := func(w string, n noun) {
		n.verb = v
		for _, prefix := range []string{"", "ب", "ل", "ك"} {
			if lex.acts[prefix+w] == nil {
				lex.acts[prefix+w] = &n
			}
		}
	}
	put(word, noun{plain: true})
	if stem == word && lex.acts[word+"ا"] == nil && !plural {
		lex.acts[word+"ا"] = &noun{verb: v, adverbial: true}
	}
	put("ال"+word, noun{})
	if lex.acts["لل"+word] == nil {
		lex.acts["لل"+word] = &noun{verb: v}
	}
	for _, p := range []string{"ه", "ها", "هم", "هما"} {
		put(stem+p, noun{possessed: true})
	}
}

func foldAll(list []string) []string {
	for i := range list {
		list[i] = graph.Fold(list[i])
	}
	return list
}
