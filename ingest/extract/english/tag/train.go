package tag

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"mawqif/ingest/text"
)

// Example is a tagged sentence.
type Example struct {
	words []Word
	tags  []Tag
}

// ReadExamples reads tagged sentences: a line for each token, "word TAB tag",
// and an empty line after each sentence.
func ReadExamples(r io.Reader) ([]Example, error) {
	var examples []Example
	var e Example
	in := bufio.NewScanner(r)
	first := true
	for line := 1; in.Scan(); line++ {
		raw, letter, ok := strings.Cut(in.Text(), "\t")
		if !ok {
			if len(e.words) > 0 {
				examples = append(examples, e)
			}
			e, first = Example{}, true
			continue
		}
		tag, err := Parse(letter)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		t := text.Read(raw, "en", "", "")
		if len(t.Tokens) != 1 {
			return nil, fmt.Errorf("line %d: %q is not one token", line, raw)
		}
		w := word(t, &t.Tokens[0], first)
		first = first && w.mark
		e.words, e.tags = append(e.words, w), append(e.tags, tag)
	}
	if len(e.words) > 0 {
		examples = append(examples, e)
	}
	return examples, in.Err()
}

// Accuracy returns the share of the words, marks aside, that the tagger tags
// as the examples do.
func (g *Tagger) Accuracy(examples []Example) float64 {
	right, all := 0, 0
	for _, e := range examples {
		got := make([]Tag, len(e.words))
		g.sentence(e.words, got)
		for i := range got {
			if !e.words[i].mark {
				all++
				if got[i] == e.tags[i] {
					right++
				}
			}
		}
	}
	return float64(right) / float64(max(all, 1))
}

// named is a feature in words.
type named struct {
	template byte
	a, b     string
}

// weight is a perceptron's weight with the sum that its average needs.
type weight struct {
	now, sum int64
	at       int64
}

// Train fits the weights in the given number of passes and writes them as
// [Read] reads them. Features seen less than floor times and weights below
// least are left out. The result depends on the examples and their order only.
func Train(examples []Example, passes, floor int, least int64, out io.Writer) error {
	fixed := dictionary(examples)
	g := &Tagger{fixed: fixed}
	count := map[named]int{}
	for _, e := range examples {
		before, before2 := tags, tags
		for i := range e.words {
			if _, ok := g.sure(&e.words[i]); !ok {
				parts(e.words, i, before, before2, func(t byte, a, b string) { count[named{t, a, b}]++ })
			}
			before2, before = before, e.tags[i]
		}
	}
	model := map[named]*[tags]weight{}
	for f, n := range count {
		if n >= floor {
			model[f] = new([tags]weight)
		}
	}
	count = nil
	step := int64(0)
	for range passes {
		for _, e := range examples {
			before, before2 := tags, tags
			for i := range e.words {
				tag, ok := g.sure(&e.words[i])
				if !ok {
					step++
					tag = update(model, e.words, i, before, before2, e.tags[i], step)
				}
				before2, before = before, tag
			}
		}
	}
	return write(out, fixed, model, step, least)
}

func update(model map[named]*[tags]weight, words []Word, i int, before, before2, gold Tag, step int64) Tag {
	var sum [tags]int64
	var rows [templates]*[tags]weight
	n := 0
	parts(words, i, before, before2, func(t byte, a, b string) {
		if row := model[named{t, a, b}]; row != nil {
			rows[n] = row
			n++
			for k := range row {
				sum[k] += row[k].now
			}
		}
	})
	guess := Tag(0)
	for k := range sum {
		if sum[k] > sum[guess] {
			guess = Tag(k)
		}
	}
	if guess != gold {
		for _, row := range rows[:n] {
			row[gold].add(1, step)
			row[guess].add(-1, step)
		}
	}
	return guess
}

func (w *weight) add(v, step int64) {
	w.sum += w.now * (step - w.at)
	w.now, w.at = w.now+v, step
}

// dictionary finds the words that have one tag in nearly all places.
func dictionary(examples []Example) map[string]Tag {
	seen := map[string]*[tags]int{}
	for _, e := range examples {
		for i, w := range e.words {
			if w.mark || w.look == 'n'-64 || w.look >= 48 && e.tags[i] == Contraction {
				continue
			}
			row := seen[w.key]
			if row == nil {
				row = new([tags]int)
				seen[w.key] = row
			}
			row[e.tags[i]]++
		}
	}
	fixed := map[string]Tag{}
	for key, row := range seen {
		all, best := 0, Tag(0)
		for k, n := range row {
			all += n
			if n > row[best] {
				best = Tag(k)
			}
		}
		if all >= 25 && float64(row[best]) >= 0.992*float64(all) {
			fixed[key] = best
		}
	}
	return fixed
}

// scale turns averages of the weights into small whole numbers.
const scale = 24

func write(out io.Writer, fixed map[string]Tag, model map[named]*[tags]weight, steps, least int64) error {
	w := bufio.NewWriter(out)
	fmt.Fprintln(w, "% Weights of the English part-of-speech tagger, made by ingest/extract/english/tag/train.")
	fmt.Fprintf(w, "%% Tags: O other, U mark, N noun, P name, R pronoun, D determiner, J adjective, A adverb, I preposition,\n")
	fmt.Fprintf(w, "%% S subordinator, C coordinator, M modal, V finite verb, B base form, G -ing, X participle, T to, # number,\n")
	fmt.Fprintf(w, "%% W wh-word, L particle, K contraction of subject and verb.\n")
	keys := make([]string, 0, len(fixed))
	for key := range fixed {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		fmt.Fprintf(w, "=\t%s\t%s\n", key, fixed[key])
	}
	names := make([]named, 0, len(model))
	for f := range model {
		names = append(names, f)
	}
	slices.SortFunc(names, func(x, y named) int {
		return cmp.Or(cmp.Compare(x.template, y.template), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	for _, f := range names {
		var cells []string
		for k := range model[f] {
			v := &model[f][k]
			v.add(0, steps)
			if n := v.sum * scale / max(steps, 1); n >= least || n <= -least {
				cells = append(cells, fmt.Sprintf("%s:%d", Tag(k), n))
			}
		}
		if len(cells) > 0 {
			fmt.Fprintf(w, "%c\t%s\t%s\t%s\n", f.template, f.a, f.b, strings.Join(cells, " "))
		}
	}
	return w.Flush()
}
