package arabic

import (
	_ "embed" // the word list and the weights
	"fmt"
	"slices"
	"strings"
	"sync"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/extract/linear"
	"mawqif/ingest/text"
)

//go:embed data/evoke.tsv
var evokeData string

//go:embed data/act_weights.tsv
var actWeights string

// evocation tells which acts words and phrases evoke, by stem.
type evocation struct {
	acts    []string
	words   map[string]uint32 // a bit for each act
	phrases map[string][]evokingPhrase
}

type evokingPhrase struct {
	rest []string // stems after the first
	act  uint32
}

var evocations = sync.OnceValue(func() *evocation {
	e, err := loadEvocation(evokeData)
	if err != nil {
		panic(err) // part of the program; a test checks it
	}
	return e
})

func loadEvocation(data string) (*evocation, error) {
	e := &evocation{words: map[string]uint32{}, phrases: map[string][]evokingPhrase{}}
	err := rows("evoke.tsv", data, func(cols []string) error {
		if len(cols) != 2 || !slices.Contains(graph.Acts, graph.Act(cols[0])) {
			return fmt.Errorf("want an act and its words, got %q", cols[0])
		}
		n := slices.Index(e.acts, cols[0])
		if n < 0 {
			n = len(e.acts)
			e.acts = append(e.acts, cols[0])
		}
		bit := uint32(1) << n
		for _, w := range strings.Fields(cols[1]) {
			parts := strings.Split(w, "_")
			for i := range parts {
				parts[i] = stem(graph.Fold(parts[i]))
			}
			if len(parts) == 1 {
				e.words[parts[0]] |= bit
			} else {
				e.phrases[parts[0]] = append(e.phrases[parts[0]], evokingPhrase{parts[1:], bit})
			}
		}
		return nil
	})
	return e, err
}

var (
	stemPrefixes = []string{"بال", "كال", "فال", "وال", "لل", "ال"}
	stemSuffixes = []string{"هما", "ها", "هم", "نا", "ات", "وا", "ون", "ين", "ان", "يه", "ه", "ت"}
)

// stem takes article, conjunction, pronouns and endings off a folded word, in
// the manner of a light stemmer (Larkey, Ballesteros and Connell 2002).
func stem(w string) string {
	if rest, ok := strings.CutPrefix(w, "و"); ok && len(rest) >= 4*letter {
		w = rest
	}
	for _, p := range stemPrefixes {
		if rest, ok := strings.CutPrefix(w, p); ok && len(rest) >= 2*letter {
			w = rest
			break
		}
	}
	for _, x := range stemSuffixes {
		if rest, ok := strings.CutSuffix(w, x); ok && len(rest) >= 3*letter {
			return rest
		}
	}
	return w
}

// evoked counts, for each act, the words of the content that evoke it, all and
// those among the first.
func (s *scan) evoked(content []text.Span) (all, early []int) {
	e := evocations()
	all, early = make([]int, len(e.acts)), make([]int, len(e.acts))
	var stems []string
	for _, c := range content {
		for i := s.t.TokenAt(c.Start); i < len(s.words) && s.t.Tokens[i].Start < c.End && len(stems) < 70; i++ {
			if s.t.Tokens[i].Kind == text.Word {
				stems = append(stems, stem(s.t.Tokens[i].Fold))
			}
		}
	}
	count := func(bits uint32, at int) {
		for a := range e.acts {
			if bits&(1<<a) != 0 {
				all[a]++
				if at < 8 {
					early[a]++
				}
			}
		}
	}
	for i, w := range stems {
		if bits := e.words[w]; bits != 0 {
			count(bits, i)
		}
		for _, p := range e.phrases[w] {
			if i+len(p.rest) < len(stems) && slices.Equal(stems[i+1:i+1+len(p.rest)], p.rest) {
				count(p.act, i)
			}
		}
	}
	return all, early
}

// actFeatures tells what the act of an attribution is weighed by: the act and
// word of its cue, what its content evokes, whose future it speaks of.
func (s *scan) actFeatures(c *candidate, a *extract.Attribution) []linear.Feature {
	e := evocations()
	cue := "cue=" + string(c.act)
	f := []linear.Feature{linear.Fact("any"), linear.Fact(cue)}
	neutral := c.act == graph.ActState
	all, early := s.evoked(a.Content)
	for i, act := range e.acts {
		if all[i] == 0 {
			continue
		}
		f = append(f, linear.Fact("evokes="+act))
		if neutral {
			f = append(f, linear.Fact("neutral, evokes="+act))
			if early[i] > 0 {
				f = append(f, linear.Fact("neutral, early="+act))
			}
		}
		if all[i] > 1 {
			f = append(f, linear.Fact("evokes twice="+act))
		}
	}
	first := s.t.TokenAt(a.Content[0].Start)
	if first < len(s.words) {
		w := s.t.Tokens[first].Fold
		switch {
		case futureOf(w, "ي", "ت") && c.comp.kind == clause && s.t.Tokens[max(c.comp.content-1, 0)].Fold != "ان":
			f = append(f, linear.Fact("own future"))
		case futureOf(w, "ي", "ت", "ن", "ا"):
			f = append(f, linear.Fact("first is future"))
		}
		for i := first; i < len(s.words) && i < first+4; i++ {
			if neutral && obligation[s.t.Tokens[i].Fold] {
				f = append(f, linear.Fact("neutral, obliges"))
				break
			}
		}
		switch w {
		case "علي", "عدم", "لا", "لن", "لم", "ليس", "ليست", "هل", "لماذا", "اذا":
			f = append(f, linear.Fact("first="+w))
		}
		for i := first; i < len(s.words) && i < first+12 && s.t.Tokens[i].Start < a.Content[0].End; i++ {
			w := s.t.Tokens[i].Fold
			if i > first && futureOf(w, "ي", "ت") {
				f = append(f, linear.Fact("future"))
				break
			}
			if futureOf(w, "ن") {
				f = append(f, linear.Fact("we will"))
				break
			}
		}
	}
	return append(f, linear.Fact("quote="+string(a.Quote)))
}

// obligation are words at the beginning of a content that make it a demand.
var obligation = foldSet("يجب ينبغي يتعين يتوجب لابد ضرورة وجوب")

// futureOf tells whether a folded word is a verb in the future of one of the
// persons: "سيفتح", "سنفتح".
func futureOf(w string, persons ...string) bool {
	rest, ok := strings.CutPrefix(w, "س")
	if !ok || len(w) < 5*letter {
		return false
	}
	for _, p := range persons {
		if strings.HasPrefix(rest, p) {
			return true
		}
	}
	return false
}

var actModel = sync.OnceValue(func() *linear.Model { return mustLoad("act_weights.tsv", actWeights) })

func mustLoad(name, table string) *linear.Model {
	m, err := linear.Load(table)
	if err != nil {
		panic(name + ": " + err.Error()) // part of the program; a test checks it
	}
	return m
}

// actAt is the probability from which an act other than that of the cue is
// believed.
const actAt = 0.5

// weighAct decides the act of an attribution.
func weighAct(features []linear.Feature, fallback graph.Act) graph.Act {
	best, p := actModel().Best(features)
	if best == "" || p < actAt {
		return fallback
	}
	return graph.Act(best)
}
