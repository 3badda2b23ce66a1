// Command train fits the weights of the English grammar to coded articles:
//
//	go run ./ingest/extract/english/train -out ingest/extract/english/data ARTICLES.jsonl GOLD.jsonl [ATTRIBUTIONS.jsonl]
//
// ARTICLES and GOLD are articles and their statements as `mawqif eval` reads
// them. ATTRIBUTIONS, if given, holds documents with "text" and "relations" of
// source, cue and content, each with code point "spans": it teaches what is a
// cue and what is not, with the conventions of GOLD learned on top.
//
// It writes keep.tsv, and tells on standard error how the model does on folds
// of the articles that it was not fitted to.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"mawqif/graph"
	"mawqif/ingest/eval"
	"mawqif/ingest/eval/lessons"
	"mawqif/ingest/extract/english"
	"mawqif/ingest/extract/linear"
	"mawqif/ingest/text"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

const folds = 7

var options = linear.Options{Epochs: 6, Rate: 0.03, Decay: 0.01}

// floor is how many examples a feature must be seen in.
const floor = 8

// coded is an article with the examples it gives.
type coded struct {
	keep []linear.Example
	gold int
	// undecided marks the examples whose cue was coded with another content:
	// they teach neither way.
	undecided []bool
}

func run() error {
	out := flag.String("out", "", "directory to write the weights to")
	flag.Parse()
	if flag.NArg() < 2 || *out == "" {
		return fmt.Errorf("usage: train -out DIRECTORY ARTICLES.jsonl GOLD.jsonl [ATTRIBUTIONS.jsonl]")
	}
	own, err := readOwn(flag.Arg(0), flag.Arg(1))
	if err != nil {
		return err
	}
	var other []coded
	if flag.NArg() > 2 {
		if other, err = readOther(flag.Arg(2)); err != nil {
			return err
		}
	}
	outcomes := validate(own, other)
	m := fit(own, other)
	m.Calibrate(english.Keep, "always", outcomes)
	m.Fold(ownMark)
	return lessons.Write(filepath.Join(*out, "keep.tsv"), "Weights of the English grammar, made by ingest/extract/english/train: is a candidate a statement?", m)
}

// ownMark begins the features that mark a case as one of the articles coded by
// the guidelines, beside the same features without it, for a model that learns
// from other corpora too.
const ownMark = "own "

func facts(names []string, own bool) []linear.Feature {
	f := make([]linear.Feature, 0, 2*len(names))
	for _, n := range names {
		f = append(f, linear.Fact(n))
		if own {
			f = append(f, linear.Fact(ownMark+n))
		}
	}
	return f
}

func fit(own, other []coded) *linear.Model {
	var all []linear.Example
	count := map[string]int{}
	for _, c := range slices.Concat(other, own) {
		for i, e := range c.keep {
			if !c.undecided[i] {
				all = append(all, e)
				for _, f := range e.Features {
					count[f.Name]++
				}
			}
		}
	}
	for i := range all {
		var often []linear.Feature
		for _, f := range all[i].Features {
			if count[f.Name] >= floor {
				often = append(often, f)
			}
		}
		all[i].Features = often
	}
	return linear.Train(all, options)
}

// validate fits to all folds but one and tells how the model does on that one.
// It returns how likely each candidate of the own articles was held to be, and
// what it was.
func validate(own, other []coded) []linear.Outcome {
	thresholds := []float64{0.2, 0.3, 0.4, 0.5, 0.6}
	hits, kept := make([]int, len(thresholds)), make([]int, len(thresholds))
	gold := 0
	var outcomes []linear.Outcome
	for fold := range folds {
		var rest, aside []coded
		for i, c := range own {
			if i%folds == fold {
				aside = append(aside, c)
			} else {
				rest = append(rest, c)
			}
		}
		m := fit(rest, other)
		keep := slices.Index(m.Classes, english.Keep)
		for _, c := range aside {
			gold += c.gold
			for _, e := range c.keep {
				o := linear.Outcome{Probability: m.Probabilities(e.Features, nil)[keep], Holds: e.Class == english.Keep}
				outcomes = append(outcomes, o)
				for t := range thresholds {
					if o.Probability >= thresholds[t] {
						kept[t]++
						if o.Holds {
							hits[t]++
						}
					}
				}
			}
		}
	}
	for t := range thresholds {
		p, r := float64(hits[t])/float64(max(kept[t], 1)), float64(hits[t])/float64(max(gold, 1))
		fmt.Fprintf(os.Stderr, "keep from %.1f: precision %.3f recall %.3f F1 %.3f\n", thresholds[t], p, r, 2*p*r/max(p+r, 1e-9))
	}
	return outcomes
}

// statement is what a person coded: spans in bytes.
type statement struct {
	cue, content []text.Span
}

func readOwn(articles, gold string) ([]coded, error) {
	var all []coded
	err := lessons.Each(articles, gold, func(a *lessons.Article, c *eval.Coded) error {
		at := offsets(a.Text)
		var found []statement
		for _, g := range c.Statements {
			var s statement
			for _, e := range g.Evidence {
				x := text.Span{Start: at[e.Start], End: at[e.End]}
				switch e.Role {
				case graph.RoleCue:
					s.cue = append(s.cue, x)
				case graph.RoleContent:
					s.content = append(s.content, x)
				}
			}
			found = append(found, s)
		}
		all = append(all, examples(text.Read(a.Text, "en", a.Title, ""), found, true))
		return nil
	})
	return all, err
}

func readOther(path string) ([]coded, error) {
	type part struct{ Spans [][2]int }
	type document struct {
		Text      string
		Relations []struct{ Cue, Content *part }
	}
	var all []coded
	err := lessons.Lines(path, func(d *document) error {
		at := offsets(d.Text)
		spans := func(p *part) (s []text.Span) {
			if p != nil {
				for _, x := range p.Spans {
					s = append(s, text.Span{Start: at[x[0]], End: at[x[1]]})
				}
			}
			return s
		}
		var found []statement
		for _, r := range d.Relations {
			found = append(found, statement{cue: spans(r.Cue), content: spans(r.Content)})
		}
		all = append(all, examples(text.Read(d.Text, "en", "", ""), found, false))
		return nil
	})
	return all, err
}

// examples matches the candidates of a text with what was coded, best
// overlaps of contents first. Candidates whose cue was coded with another
// content teach neither way.
func examples(t *text.Text, gold []statement, own bool) coded {
	c := coded{gold: len(gold)}
	candidates := english.Candidates(t)
	type pair struct {
		overlap float64
		g, k    int
	}
	var pairs []pair
	for g := range gold {
		for k := range candidates {
			if o := overlap(gold[g].content, candidates[k].Content); o >= 0.5 {
				pairs = append(pairs, pair{o, g, k})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int {
		switch {
		case a.overlap > b.overlap:
			return -1
		case a.overlap < b.overlap:
			return 1
		}
		return 0
	})
	match := make([]int, len(candidates))
	for k := range match {
		match[k] = -1
	}
	taken := make([]bool, len(gold))
	for _, p := range pairs {
		if !taken[p.g] && match[p.k] < 0 {
			taken[p.g], match[p.k] = true, p.g
		}
	}
	for k := range candidates {
		e := linear.Example{Features: facts(candidates[k].Features, own), Class: english.Drop}
		undecided := false
		if match[k] >= 0 {
			e.Class = english.Keep
		} else {
			undecided = slices.ContainsFunc(gold, func(s statement) bool { return overlap(s.cue, []text.Span{candidates[k].Cue}) > 0 })
		}
		c.keep = append(c.keep, e)
		c.undecided = append(c.undecided, undecided)
	}
	return c
}

// overlap is the share of their bytes that two sets of spans have in common.
func overlap(a, b []text.Span) float64 {
	both, all := 0, 0
	for _, x := range a {
		all += x.Len()
		for _, y := range b {
			both += max(0, min(x.End, y.End)-max(x.Start, y.Start))
		}
	}
	for _, y := range b {
		all += y.Len()
	}
	if all == both {
		return 0
	}
	return float64(both) / float64(all-both)
}

// offsets returns the byte offset of each code point of a text, and its
// length.
func offsets(s string) []int {
	at := make([]int, 0, len(s)+1)
	for i := range s {
		at = append(at, i)
	}
	return append(at, len(s))
}
