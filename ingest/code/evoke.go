package code

import (
	"bufio"
	"fmt"
	"slices"
	"strings"

	"mawqif/graph"
)

// evocation tells which acts words and phrases evoke, by their stems.
type evocation struct {
	words   map[string]uint16 // a bit for each act, by its place in graph.Acts
	phrases map[string][]evoking
}

type evoking struct {
	rest []string // stems after the first
	act  uint16
}

// newEvocation reads the file of a language.
func newEvocation(lang string) (*evocation, error) {
	path := "lexicon/evoke-" + lang + ".tsv"
	f, err := lexiconFiles.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the words that evoke acts: %w", err)
	}
	defer f.Close()
	e := &evocation{words: map[string]uint16{}, phrases: map[string][]evoking{}}
	in := bufio.NewScanner(f)
	for line := 1; in.Scan(); line++ {
		s := in.Text()
		if s == "" || s[0] == '#' {
			continue
		}
		name, list, ok := strings.Cut(s, "\t")
		act := slices.Index(graph.Acts, graph.Act(name))
		if !ok || act < 0 {
			return nil, fmt.Errorf("%s:%d: want an act, a tab and its words, got %q", path, line, name)
		}
		for _, w := range strings.Fields(list) {
			parts := strings.Split(w, "_")
			for i := range parts {
				parts[i] = stem(graph.Fold(parts[i]), lang)
			}
			bit := uint16(1) << act
			if len(parts) == 1 {
				e.words[parts[0]] |= bit
			} else {
				e.phrases[parts[0]] = append(e.phrases[parts[0]], evoking{parts[1:], bit})
			}
		}
	}
	return e, in.Err()
}

// evokingMax is how many words of a content are looked up.
const evokingMax = 80

// count adds, for each act, the stems that evoke it, and those among the first
// eight.
func (e *evocation) count(stems []string, all, early *[acts]int) {
	add := func(bits uint16, at int) {
		for a := range acts {
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
			add(bits, i)
		}
		for _, p := range e.phrases[w] {
			if i+len(p.rest) < len(stems) && slices.Equal(stems[i+1:i+1+len(p.rest)], p.rest) {
				add(p.act, i)
			}
		}
	}
}
