package english

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"mawqif/graph"
)

// kind is the kind of complement that makes a verb a cue. The comments of
// data/verbs.tsv say what each is.
type kind uint8

const (
	clause kind = iota
	that
	quote
	tell
	obj
	np
	of
	as
	small
	to
	ing
	doc
	news
)

var kinds = map[string]kind{
	"clause": clause, "that": that, "quote": quote, "tell": tell, "obj": obj, "np": np,
	"of": of, "as": as, "small": small, "to": to, "ing": ing, "doc": doc, "news": news,
}

// frame is a complement that a verb takes as a cue.
type frame struct {
	kind kind
	// words stand between the verb and the complement: "on" in "call on", or
	// none.
	words []string
	act   graph.Act
	// strict tells that the verb takes a noun phrase too, so that a clause
	// without "that" must show its finite verb at once.
	strict bool
}

// verb is a verb that introduces statements.
type verb struct {
	lemma  string
	frames []frame
	act    graph.Act
}

// has tells whether the verb has a frame of a kind without particle.
func (v *verb) has(k kind) *frame {
	for i := range v.frames {
		if f := &v.frames[i]; f.kind == k && len(f.words) == 0 {
			return f
		}
	}
	return nil
}

// saysWith tells whether the verb with a particle alone reports words: "points
// out".
func (v *verb) saysWith(particle string) bool {
	return slices.ContainsFunc(v.frames, func(f frame) bool {
		return len(f.words) == 1 && f.words[0] == particle && (f.kind == clause || f.kind == quote)
	})
}

// noun is a noun that names a statement, or an adjective that tells of one.
type noun struct {
	lemma       string
	act         graph.Act
	complements []string
}

// lexicon holds the words of the grammar.
type lexicon struct {
	verbs map[string]*verb // by every form
	nouns map[string]*noun // by every form
	// adjectives and participles after "is" and the like
	adjectives map[string]*noun
	words      map[string]class // classes of a word
	past       map[string]bool  // past forms of the verbs

}

// class is a set of the classes of data/words.tsv.
type class uint32

const (
	timeWord class = 1 << iota
	monthName
	timeNoun
	timeDeterminer
	documentNoun
	sayingNoun
	mediaNoun
	lightVerb
	listener
	inquirer
	verbOnly
)

var classes = map[string]class{
	"time": timeWord, "month": monthName, "timenoun": timeNoun, "timedet": timeDeterminer,
	"document": documentNoun, "saying": sayingNoun, "media": mediaNoun, "light": lightVerb, "listener": listener, "inquirer": inquirer, "verb": verbOnly,
}

//go:embed data/verbs.tsv
var verbsTSV string

//go:embed data/nouns.tsv
var nounsTSV string

//go:embed data/adjectives.tsv
var adjectivesTSV string

//go:embed data/words.tsv
var wordsTSV string

var loaded = sync.OnceValue(func() *lexicon {
	l, err := readLexicon(verbsTSV, nounsTSV, adjectivesTSV, wordsTSV)
	if err != nil {
		panic("the English lexicon: " + err.Error())
	}
	return l
})

func rows(file, s string, columns int, f func(fields []string) error) error {
	line := 0
	for l := range strings.Lines(s) {
		line++
		if l = strings.TrimSpace(l); l == "" || l[0] == '#' {
			continue
		}
		fields := strings.Split(l, "\t")
		if len(fields) != columns {
			return fmt.Errorf("%s line %d: %d columns, not %d", file, line, len(fields), columns)
		}
		if err := f(fields); err != nil {
			return fmt.Errorf("%s line %d: %w", file, line, err)
		}
	}
	return nil
}

func readLexicon(verbs, nouns, adjectives, words string) (*lexicon, error) {
	l := &lexicon{verbs: map[string]*verb{}, nouns: map[string]*noun{}, adjectives: map[string]*noun{}, words: map[string]class{}, past: map[string]bool{}}
	act := func(s string) (graph.Act, error) {
		if !slices.Contains(graph.Acts, graph.Act(s)) {
			return "", fmt.Errorf("no act %q", s)
		}
		return graph.Act(s), nil
	}
	err := rows("verbs.tsv", verbs, 4, func(f []string) (err error) {
		v := &verb{lemma: f[0]}
		if v.act, err = act(f[2]); err != nil {
			return err
		}
		for _, cell := range strings.Fields(f[3]) {
			name, a, own := strings.Cut(cell, ":")
			parts := strings.Split(name, "+")
			k, ok := kinds[parts[len(parts)-1]]
			if !ok {
				return fmt.Errorf("no frame %q", cell)
			}
			frame := frame{kind: k, words: parts[:len(parts)-1], act: v.act}
			if own {
				if frame.act, err = act(a); err != nil {
					return err
				}
			}
			v.frames = append(v.frames, frame)
		}
		nominal := v.has(np) != nil || v.has(small) != nil || v.has(of) != nil || v.has(as) != nil
		for i := range v.frames {
			v.frames[i].strict = nominal
		}
		for _, form := range inflect(v.lemma, f[1]) {
			l.verbs[form] = v
			if form != v.lemma && form != sForm(v.lemma) && !strings.HasSuffix(form, "ing") {
				l.past[form] = true
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = rows("nouns.tsv", nouns, 3, func(f []string) (err error) {
		n := &noun{lemma: f[0], complements: strings.Fields(f[2])}
		if n.act, err = act(f[1]); err != nil {
			return err
		}
		l.nouns[n.lemma], l.nouns[sForm(n.lemma)] = n, n
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = rows("adjectives.tsv", adjectives, 3, func(f []string) (err error) {
		n := &noun{lemma: f[0], complements: strings.Fields(f[2])}
		n.act, err = act(f[1])
		l.adjectives[n.lemma] = n
		return err
	})
	if err != nil {
		return nil, err
	}
	err = rows("words.tsv", words, 2, func(f []string) error {
		c, ok := classes[f[0]]
		if !ok {
			return fmt.Errorf("no class %q", f[0])
		}
		for _, w := range strings.Fields(f[1]) {
			w = graph.Fold(w)
			l.words[w] |= c
			if c&(documentNoun|timeNoun|sayingNoun) != 0 {
				l.words[sForm(w)] |= c
			}
			if c == lightVerb {
				for _, form := range inflect(w, irregularLight[w]) {
					l.words[form] |= c
				}
			}
		}
		return nil
	})
	return l, err
}

// irregularLight has the past and participle of the light verbs that do not
// follow the rule.
var irregularLight = map[string]string{
	"make": "made,made", "give": "gave,given", "send": "sent,sent", "pay": "paid,paid", "draw": "drew,drawn",
	"win": "won,won",
}

// inflect returns the forms of a verb: base, third person, past, participle
// and -ing. irregular is "past,participle", or "-" or "" for a regular verb.
func inflect(lemma, irregular string) []string {
	stem := strings.TrimSuffix(lemma, "e")
	if strings.HasSuffix(lemma, "ee") {
		stem = lemma
	}
	past := stem + "ed"
	forms := []string{lemma, sForm(lemma), past, stem + "ing"}
	if irregular == "-" || irregular == "" {
		if strings.HasSuffix(lemma, "ee") {
			forms[2] = lemma + "d"
		}
		return forms
	}
	given := strings.Split(irregular, ",")
	forms = append(forms[:2], given...)
	last := lemma[len(lemma)-1:]
	switch doubled := stem + last + "ed"; {
	case slices.Contains(given, doubled):
		// "admitted" doubles the consonant; British "labelled" beside "labeled".
		forms = append(forms, stem+last+"ing")
		if slices.Contains(given, stem+"ed") {
			forms = append(forms, stem+"ing")
		}
	default:
		forms = append(forms, stem+"ing")
	}
	return forms
}

// sForm returns the third person of a verb or the plural of a noun.
func sForm(w string) string {
	n := len(w)
	switch {
	case n > 1 && w[n-1] == 'y' && !strings.ContainsRune("aeiou", rune(w[n-2])):
		return w[:n-1] + "ies"
	case strings.HasSuffix(w, "s"), strings.HasSuffix(w, "x"), strings.HasSuffix(w, "z"),
		strings.HasSuffix(w, "ch"), strings.HasSuffix(w, "sh"), w == "go":
		return w + "es"
	}
	return w + "s"
}
