package dates

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"mawqif/graph"
)

//go:embed words/*.tsv
var files embed.FS

// kind is what a word does in a date.
type kind uint8

const (
	_           kind = iota
	kindMonth        // 1 to 12
	kindWeekday      // 0 (Sunday) to 6
	kindDay          // days from the publication: yesterday −1
	kindOther        // looks like a date and is none
	kindOrdinal      // day of the month in words
	kindCount        // "three" in "three days ago"
	kindUnit         // 1, 7, 30 or 365 days
	kindUnits        // many of them
	kindPeriod       // one that "last" or "this" goes with, الشهر
	kindPair         // two units in one word
	kindLast
	kindThis
	kindNext
	kindAgo
	kindYear  // announces a year
	kindIn    // before a month or a year
	kindOf    // between day and month
	kindOn    // before a day
	kindPart  // of the day
	kindSince // the date bounds a period
	kindSuffix
	kindEra
)

var kinds = map[string]kind{
	"month": kindMonth, "weekday": kindWeekday, "day": kindDay, "other": kindOther, "ordinal": kindOrdinal, "count": kindCount,
	"unit": kindUnit, "units": kindUnits, "period": kindPeriod, "pair": kindPair, "last": kindLast, "this": kindThis, "next": kindNext, "ago": kindAgo, "year": kindYear,
	"in": kindIn, "of": kindOf, "on": kindOn, "part": kindPart, "since": kindSince, "suffix": kindSuffix, "era": kindEra,
}

// sense is one use of a phrase.
type sense struct {
	kind  kind
	value int
	// loose: only beside another part of a date, for the phrase has another
	// meaning ("sun", "sat").
	loose bool
}

// phrase is the rest of a phrase after its first word, with its senses.
type phrase struct {
	rest   []string
	senses []sense
}

// entry has the phrases that begin with a word, the longest first, and the set
// of their kinds.
type entry struct {
	phrases []phrase
	kinds   kindSet
}

// kindSet is a set of kinds.
type kindSet uint32

func setOf(kinds ...kind) (s kindSet) {
	for _, k := range kinds {
		s |= 1 << k
	}
	return s
}

// starting are the kinds of words with which a date, or what looks like one,
// may begin.
var starting = setOf(kindMonth, kindWeekday, kindDay, kindOther, kindOrdinal, kindCount, kindUnit, kindPeriod, kindLast, kindThis, kindNext, kindAgo, kindYear, kindIn)

// lexicon has the phrases of a language by their folded first word.
type lexicon map[string]*entry

// lexicons are read once.
var lexicons = map[string]func() lexicon{
	"ar": sync.OnceValue(func() lexicon { return mustLoad("ar") }),
	"en": sync.OnceValue(func() lexicon { return mustLoad("en") }),
}

// mustLoad reads an embedded file; a fault in it is a fault of the build, and
// a test reads them all.
func mustLoad(lang string) lexicon {
	raw, err := files.ReadFile("words/" + lang + ".tsv")
	if err != nil {
		panic(err)
	}
	lex, err := parseLexicon(string(raw))
	if err != nil {
		panic(fmt.Sprintf("words/%s.tsv: %v", lang, err))
	}
	return lex
}

func parseLexicon(raw string) (lexicon, error) {
	lex := lexicon{}
	for n, line := range strings.Split(raw, "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 3 {
			return nil, fmt.Errorf("line %d: want kind, value and phrases between tabs", n+1)
		}
		k, ok := kinds[fields[0]]
		if !ok {
			return nil, fmt.Errorf("line %d: unknown kind %q", n+1, fields[0])
		}
		value, err := strconv.Atoi(fields[1])
		if err != nil {
			return nil, fmt.Errorf("line %d: value %q is no number", n+1, fields[1])
		}
		for _, p := range strings.Split(fields[2], "|") {
			p = strings.TrimSpace(p)
			bare, loose := strings.CutSuffix(p, "?")
			words := strings.Fields(graph.Fold(bare))
			if len(words) == 0 {
				return nil, fmt.Errorf("line %d: empty phrase", n+1)
			}
			lex.add(words, sense{kind: k, value: value, loose: loose})
		}
	}
	for _, e := range lex {
		slices.SortStableFunc(e.phrases, func(a, b phrase) int { return len(b.rest) - len(a.rest) })
	}
	return lex, nil
}

func (l lexicon) add(words []string, s sense) {
	e := l[words[0]]
	if e == nil {
		e = &entry{}
		l[words[0]] = e
	}
	e.kinds |= setOf(s.kind)
	for i := range e.phrases {
		if slices.Equal(e.phrases[i].rest, words[1:]) {
			e.phrases[i].senses = append(e.phrases[i].senses, s)
			return
		}
	}
	e.phrases = append(e.phrases, phrase{rest: words[1:], senses: []sense{s}})
}
