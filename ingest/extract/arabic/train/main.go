// Command train fits the weights of the Arabic grammar to coded articles and
// writes them beside its word lists:
//
//	go run ./ingest/extract/arabic/train ARTICLES.jsonl CODED.jsonl ingest/extract/arabic/data
//
// The files are those that `mawqif eval` reads; run `mawqif eval` on other
// articles afterwards. A coded article whose "corrected" is true is the
// program's own output as a reader went through it: there a statement whose
// "verdict" is "none" is none, one whose "verdict" is "unsure" teaches nothing,
// and neither does what the program did not show. Training is deterministic.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"mawqif/graph"
	"mawqif/ingest/eval"
	"mawqif/ingest/eval/lessons"
	"mawqif/ingest/extract/arabic"
	"mawqif/ingest/extract/linear"
	"mawqif/ingest/gazetteer"
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

// judge tells whether a candidate is an attribution, whether its content is
// one that was coded, and whether anybody knows.
func judge(c *eval.Coded, points *graph.Offsets, o arabic.Observation) (yes, hit, known bool) {
	known = !c.Corrected
	none := false
	for i := range c.Statements {
		s := &c.Statements[i]
		share, same := overlap(points, o, s.Evidence)
		if share < 0.5 && (!same || share == 0) {
			continue
		}
		switch s.Verdict {
		case eval.VerdictNone:
			none = true
		case eval.VerdictUnsure:
			known = false
		default:
			yes, hit = true, hit || share >= 0.5
		}
	}
	return yes, hit, known || yes || none
}

func run(articles, codings, directory string) error {
	names, err := gazetteer.Default()
	if err != nil {
		return err
	}
	var keep []linear.Example
	var cases []drawn // where each example to keep comes from
	article := 0
	err = lessons.Each(articles, codings, func(a *lessons.Article, c *eval.Coded) error {
		article++
		t := text.Read(a.Text, "ar", a.Title, "")
		points := graph.NewOffsets(a.Text)
		for _, o := range arabic.Observe(t, names.Find(t)) {
			yes, hit, known := judge(c, points, o)
			if !known {
				continue
			}
			verdict := "no"
			if yes {
				verdict = "yes"
			}
			keep = append(keep, linear.Example{Class: verdict, Features: o.KeepFeatures})
			cases = append(cases, drawn{article, hit})
		}
		return nil
	})
	if err != nil {
		return err
	}
	options := linear.Options{Decay: 0.05, Epochs: 20, Rate: 0.2}
	model := linear.Train(keep, options)
	model.Calibrate("yes", "any", outcomes(keep, cases, options))
	comment := fmt.Sprintf("Weights fitted to %d coded examples by the command train. Columns: class, feature, weight.", len(keep))
	return lessons.Write(filepath.Join(directory, "keep_weights.tsv"), comment, model)
}

// folds is into how many parts the articles are divided for calibration.
const folds = 5

// drawn tells of which article an example is, and whether its content is one
// that was coded; a right cue with a wrong content is worth keeping, but no
// success.
type drawn struct {
	article int
	hit     bool
}

// outcomes judges the examples of each part by a model of the others.
func outcomes(examples []linear.Example, cases []drawn, o linear.Options) []linear.Outcome {
	var all []linear.Outcome
	for fold := range folds {
		var learn []linear.Example
		for i := range examples {
			if cases[i].article%folds != fold {
				learn = append(learn, examples[i])
			}
		}
		model := linear.Train(learn, o)
		yes := slices.Index(model.Classes, "yes")
		for i := range examples {
			if cases[i].article%folds == fold && yes >= 0 {
				p := model.Probabilities(examples[i].Features, nil)[yes]
				all = append(all, linear.Outcome{Probability: p, Holds: cases[i].hit})
			}
		}
	}
	return all
}

// overlap returns the share of characters that the contents have in common,
// of those that either has, and whether the cues meet.
func overlap(points *graph.Offsets, o arabic.Observation, evidence []graph.Evidence) (float64, bool) {
	in := map[int]bool{}
	for _, c := range o.Content {
		for i := points.Point(c.Start); i < points.Point(c.End); i++ {
			in[i] = true
		}
	}
	found, both, coded := len(in), 0, 0
	same := false
	cue, cueEnd := points.Point(o.Cue.Start), points.Point(o.Cue.End)
	for _, e := range evidence {
		switch e.Role {
		case graph.RoleContent:
			for i := e.Start; i < e.End; i++ {
				coded++
				if in[i] {
					both++
				}
			}
		case graph.RoleCue:
			same = same || e.Start < cueEnd && cue < e.End
		}
	}
	if found+coded == both {
		return 0, same
	}
	return float64(both) / float64(found+coded-both), same
}
