package code

import (
	"io"
	"math"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/link"
	"mawqif/ingest/text"
)

// Lesson is an article with what a reader coded, to fit the weights to.
type Lesson struct {
	Text   *text.Text
	Found  []extract.Attribution
	Linked link.Linked
	// Coded has one element an attribution; nil for one that no reader coded.
	Coded []*Coded
	// ActsCoded tells that the acts of the attributions are those of the reader,
	// not of the cues: nothing is learned about acts.
	ActsCoded bool
}

// Coded is what a reader coded of a statement.
type Coded struct {
	Act     graph.Act
	Targets []CodedTarget
	Issues  []CodedIssue
}

// CodedTarget is a target with its stance, −1 to 1.
type CodedTarget struct {
	// Is tells whether the reader means this actor, named like that.
	Is     func(*graph.Actor, string) bool
	Stance int8
}

// CodedIssue is an issue with the agreement, −1 to 1.
type CodedIssue struct {
	Key       string
	Agreement int8
}

// row is an example of a model: its features and its class.
type row struct {
	features []int32
	class    int
}

// Train fits the weights of the models to lessons and writes them. The same
// lessons give the same weights.
func (c *Codebook) Train(lessons []Lesson, w io.Writer) error {
	var act, target, stance, theme, agreement []row
	for i := range lessons {
		lesson := &lessons[i]
		a := newArticle(c, c.languages[lesson.Text.Lang], lesson.Text, &lesson.Linked)
		var previous *statement
		for k := range lesson.Found {
			previous = a.statement(k, &lesson.Found[k], previous)
			if !lesson.ActsCoded {
				previous.act = a.findAct(previous)
			}
		}
		a.weighAttitudes()
		for k, s := range a.said {
			coded := lesson.Coded[k]
			if coded == nil {
				continue
			}
			if !lesson.ActsCoded && s.Act == graph.ActState {
				act = append(act, a.actRow(s, coded))
			}
			t, st := a.targetRows(s, coded)
			target, stance = append(target, t...), append(stance, st...)
			is, ag := a.themeRows(s, coded)
			theme, agreement = append(theme, is...), append(agreement, ag...)
		}
	}
	n := len(c.features.names)
	return writeWeights(w, &c.features.space,
		fit("act", act, len(graph.Acts), n, 15),
		fit("target", target, 1, n, 20), fit("stance", stance, 3, n, 120),
		fit("issue", theme, 1, n, 20), fit("agreement", agreement, 3, n, 20))
}

func (a *article) targetRows(s *statement, coded *Coded) (target, stance []row) {
	candidates := a.candidates(s)
	inside := 0
	for i := range candidates {
		if candidates[i].inside {
			inside++
		}
	}
	taken := make([]bool, len(coded.Targets))
	for i := range candidates {
		c := &candidates[i]
		r := row{features: a.targetFeatures(s, c, inside, nil)}
		for k, t := range coded.Targets {
			if taken[k] || !t.Is(a.actors[c.actor].Actor, a.reading.t.At(a.reading.mentions[c.mention].Span)) {
				continue
			}
			taken[k], r.class = true, 1
			stance = append(stance, row{a.stanceFeatures(s, c, nil), int(t.Stance) + 1})
			break
		}
		target = append(target, r)
	}
	return target, stance
}

func (a *article) themeRows(s *statement, coded *Coded) (theme, agreement []row) {
	themes := a.themes(s)
	for i := range themes {
		t := &themes[i]
		r := row{features: a.themeFeatures(s, t, themes, nil)}
		for _, k := range coded.Issues {
			if k.Key == a.book.issues[t.issue].key {
				r.class = 1
				agreement = append(agreement, row{a.agreementFeatures(s, t, nil), int(k.Agreement) + 1})
				break
			}
		}
		theme = append(theme, r)
	}
	return theme, agreement
}

// fit fits a model by logistic regression with an L2 penalty (softmax for more
// than one class), by AdaGrad over the rows in their order.
func fit(name string, rows []row, classes, features int, penalty float64) *model {
	m := newModel(name, classes, features)
	outputs := classes
	weights := make([][]float64, outputs)
	squares := make([][]float64, outputs)
	for c := range weights {
		weights[c], squares[c] = make([]float64, features), make([]float64, features)
	}
	if len(rows) == 0 {
		return m
	}
	seen := make([]float64, features)
	for _, r := range rows {
		for _, f := range r.features {
			seen[f]++
		}
	}
	const passes, rate = 60, 0.2
	gradient := make([]float64, max(2, outputs))
	for range passes {
		for _, r := range rows {
			probabilities(weights, r.features, gradient)
			for c := range outputs {
				want := 0.0
				if outputs == 1 && r.class == 1 || outputs > 1 && r.class == c {
					want = 1
				}
				slope := gradient[c] - want
				for _, f := range r.features {
					// The penalty of a weight is spread over the rows that have it.
					g := slope + penalty*weights[c][f]/seen[f]/2
					squares[c][f] += g * g
					weights[c][f] -= rate * g / (math.Sqrt(squares[c][f]) + 1e-8)
				}
			}
		}
	}
	for c := range m.weights {
		for f := range m.weights[c] {
			m.weights[c][f] = float32(weights[c][f])
		}
	}
	return m
}

// probabilities fills p with the chance of each class, or of the one.
func probabilities(weights [][]float64, features []int32, p []float64) {
	total := 0.0
	for c := range weights {
		sum := 0.0
		for _, f := range features {
			sum += weights[c][f]
		}
		p[c] = math.Exp(min(30, max(-30, sum)))
		total += p[c]
	}
	if len(weights) == 1 {
		total++
	}
	for c := range weights {
		p[c] /= total
	}
}
