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
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mawqif/graph"
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

type article struct{ ID, Title, Text string }

type coded struct {
	ID         string
	Corrected  bool
	Statements []struct {
		Verdict  string
		Evidence []graph.Evidence
	}
}

// judge tells whether a candidate is an attribution, whether its content is
// one that was coded, and whether anybody knows.
func (c *coded) judge(points *graph.Offsets, o arabic.Observation) (yes, hit, known bool) {
	known = !c.Corrected
	none := false
	for i := range c.Statements {
		s := &c.Statements[i]
		share, same := overlap(points, o, s.Evidence)
		if share < 0.5 && (!same || share == 0) {
			continue
		}
		switch s.Verdict {
		case "none":
			none = true
		case "unsure":
			known = false
		default:
			yes, hit = true, hit || share >= 0.5
		}
	}
	return yes, hit, known || yes || none
}

func run(articles, codings, directory string) error {
	texts := map[string]article{}
	if err := lines(articles, func(a article) { texts[a.ID] = a }); err != nil {
		return err
	}
	names, err := gazetteer.Default()
	if err != nil {
		return err
	}
	var keep []linear.Example
	var cases []drawn // where each example to keep comes from
	article := 0
	err = lines(codings, func(c coded) {
		article++
		a := texts[c.ID]
		t := text.Read(a.Text, "ar", a.Title, "")
		points := graph.NewOffsets(a.Text)
		for _, o := range arabic.Observe(t, names.Find(t)) {
			yes, hit, known := c.judge(points, o)
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
	})
	if err != nil {
		return err
	}
	options := linear.Options{Decay: 0.05, Epochs: 20, Rate: 0.2}
	model := linear.Train(keep, options)
	model.Calibrate("yes", "any", outcomes(keep, cases, options))
	return write(filepath.Join(directory, "keep_weights.tsv"), model, len(keep))
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

func write(path string, m *linear.Model, examples int) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Weights fitted to %d coded examples by the command train. Columns: class, feature, weight.\n", examples)
	if err := m.Write(&b); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(b.String()), 0o644)
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

func lines[T any](path string, each func(T)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 64<<20)
	for n := 1; in.Scan(); n++ {
		var v T
		if err := json.Unmarshal(in.Bytes(), &v); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
		each(v)
	}
	return in.Err()
}
