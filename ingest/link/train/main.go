// Command train fits the weights by which the linker finds whom the dropped
// subject of an Arabic verb and the pronoun of an English one mean to coded
// articles, and writes those of the languages in which some are coded beside its
// word lists:
//
//	go run ./ingest/link/train ARTICLES.jsonl CODED.jsonl ingest/link/data
//
// The files are those that `mawqif eval` reads; run `mawqif eval` on other
// articles afterwards. Training is deterministic. It prints in how many of the
// choices the right one is among those weighed, and how often a model of the
// other articles chooses it.
package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mawqif/graph"
	"mawqif/ingest/eval"
	"mawqif/ingest/eval/lessons"
	"mawqif/ingest/extract"
	"mawqif/ingest/extract/arabic"
	"mawqif/ingest/extract/english"
	"mawqif/ingest/extract/linear"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/link"
	"mawqif/ingest/text"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: train ARTICLES.jsonl CODED.jsonl DIRECTORY")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// folds is into how many parts the articles are divided to judge the model.
const folds = 5

// pupil is a language with the choices met in its articles.
type pupil struct {
	grammar extract.Grammar
	file    string
	options linear.Options
	cases   []linear.Choice
	article []int // the number of the article of each
	within  int   // in how many the right one is among those weighed
}

func run(articles, codings, directory string) error {
	names, err := gazetteer.Default()
	if err != nil {
		return err
	}
	pupils := map[string]*pupil{
		"ar": {grammar: arabic.Grammar{}, file: "antecedent_weights.tsv", options: linear.Options{Decay: 0.1, Epochs: 30, Rate: 0.1}},
		"en": {grammar: english.Grammar{}, file: "pronoun_weights.tsv", options: linear.Options{Decay: 0.001, Epochs: 30, Rate: 0.1}},
	}
	article := 0
	err = lessons.Each(articles, codings, func(a *lessons.Article, c *eval.Coded) error {
		article++
		p := pupils[a.Lang]
		if p == nil {
			return fmt.Errorf("no grammar of %q", a.Lang)
		}
		t := text.Read(a.Text, a.Lang, a.Title, a.Date)
		found := names.Find(t)
		attributions := p.grammar.Attributions(t, found)
		var outlet *gazetteer.Entity
		if name := strings.TrimSpace(a.Outlet); name != "" {
			outlet = names.Outlet(name)
		}
		points := graph.NewOffsets(a.Text)
		for _, o := range link.Observe(names, t, found, attributions, outlet) {
			s := matched(points, &attributions[o.Attribution], c.Statements)
			if s == nil {
				continue
			}
			choice := linear.Choice{Options: o.Features}
			for _, actor := range o.Actors {
				choice.Right = append(choice.Right, eval.IsActor(actor, s.SpeakerEN, s.SpeakerFull))
			}
			p.cases, p.article = append(p.cases, choice), append(p.article, article)
			if slices.Contains(choice.Right, true) {
				p.within++
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, lang := range slices.Sorted(maps.Keys(pupils)) {
		p := pupils[lang]
		if p.within == 0 {
			continue
		}
		fmt.Printf("%s: %d choices, the right one among %d, chosen in %d by a model of other articles\n", lang, len(p.cases), p.within, p.judge())
		comment := fmt.Sprintf("Weights fitted to %d coded choices by the command train. Columns: class, feature, weight.", len(p.cases))
		if err := lessons.Write(filepath.Join(directory, p.file), comment, linear.TrainChoice("meant", p.cases, p.options)); err != nil {
			return err
		}
	}
	return nil
}

// judge counts the choices that a model of the other articles makes right.
func (p *pupil) judge() (right int) {
	for n := range folds {
		var learn []linear.Choice
		for i := range p.cases {
			if p.article[i]%folds != n {
				learn = append(learn, p.cases[i])
			}
		}
		model := linear.TrainChoice("meant", learn, p.options)
		for i := range p.cases {
			if c := &p.cases[i]; p.article[i]%folds == n && len(c.Options) > 0 && c.Right[best(model, c.Options)] {
				right++
			}
		}
	}
	return right
}

func best(m *linear.Model, options [][]linear.Feature) int {
	k, score := 0, 0.0
	for i := range options {
		if s := m.Score(0, options[i]); i == 0 || s > score {
			k, score = i, s
		}
	}
	return k
}

// matched is the coded statement that shares most of its content with an
// attribution, half of what either has at least; nil if there is none.
func matched(points *graph.Offsets, a *extract.Attribution, list []eval.Statement) *eval.Statement {
	in := map[int]bool{}
	for _, c := range a.Content {
		for i := points.Point(c.Start); i < points.Point(c.End); i++ {
			in[i] = true
		}
	}
	var best *eval.Statement
	most := 0.5
	for i := range list {
		both, all := 0, len(in)
		for _, e := range list[i].Evidence {
			if e.Role != graph.RoleContent {
				continue
			}
			for k := e.Start; k < e.End; k++ {
				if in[k] {
					both++
				} else {
					all++
				}
			}
		}
		if share := float64(both) / float64(max(all, 1)); share >= most {
			best, most = &list[i], share
		}
	}
	return best
}
