// Command train fits the weights by which the linker finds whom the dropped
// subject of an Arabic verb means to coded articles, and writes them beside its
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
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mawqif/graph"
	"mawqif/ingest/eval"
	"mawqif/ingest/extract"
	"mawqif/ingest/extract/arabic"
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

type article struct {
	ID, Title, Text, Outlet string
	Date                    graph.Day
}

type coded struct {
	ID         string
	Statements []statement
}

type statement struct {
	Speaker  string `json:"speaker_en"`
	Full     string `json:"speaker_full"`
	Evidence []graph.Evidence
}

// folds is into how many parts the articles are divided to judge the model.
const folds = 5

func run(articles, codings, directory string) error {
	texts := map[string]article{}
	if err := lines(articles, func(a article) { texts[a.ID] = a }); err != nil {
		return err
	}
	names, err := gazetteer.Default()
	if err != nil {
		return err
	}
	var cases []linear.Choice
	var fold []int
	within := 0
	article := 0
	err = lines(codings, func(c coded) {
		article++
		a := texts[c.ID]
		t := text.Read(a.Text, "ar", a.Title, a.Date)
		found := names.Find(t)
		attributions := arabic.Grammar{}.Attributions(t, found)
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
				choice.Right = append(choice.Right, eval.IsActor(actor, s.Speaker, s.Full))
			}
			cases = append(cases, choice)
			fold = append(fold, article%folds)
			if slices.Contains(choice.Right, true) {
				within++
			}
		}
	})
	if err != nil {
		return err
	}
	options := linear.Options{Decay: 0.1, Epochs: 30, Rate: 0.1}
	right := 0
	for n := range folds {
		var learn []linear.Choice
		for i := range cases {
			if fold[i] != n {
				learn = append(learn, cases[i])
			}
		}
		model := linear.TrainChoice("meant", learn, options)
		for i := range cases {
			if fold[i] == n && cases[i].Right[best(model, cases[i].Options)] {
				right++
			}
		}
	}
	fmt.Printf("%d choices, the right one among %d, chosen in %d by a model of other articles\n", len(cases), within, right)
	return write(filepath.Join(directory, "antecedent_weights.tsv"), linear.TrainChoice("meant", cases, options), len(cases))
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

func write(path string, m *linear.Model, examples int) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Weights fitted to %d coded choices by the command train. Columns: class, feature, weight.\n", examples)
	if err := m.Write(&b); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(b.String()), 0o644)
}

// matched is the coded statement that shares most of its content with an
// attribution, half of what either has at least; nil if there is none.
func matched(points *graph.Offsets, a *extract.Attribution, list []statement) *statement {
	in := map[int]bool{}
	for _, c := range a.Content {
		for i := points.Point(c.Start); i < points.Point(c.End); i++ {
			in[i] = true
		}
	}
	var best *statement
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
