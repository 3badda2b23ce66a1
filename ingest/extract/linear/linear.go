// Package linear weighs named features: a multinomial logistic model with its
// weights in a readable table. It decides where the grammars have to weigh
// (what act a content is, whether a cue is one here); training is separate from
// use, and deterministic.
package linear

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Feature is a named property with its value, 1 for a plain fact.
type Feature struct {
	Name  string
	Value float64
}

// Fact is a feature of value 1.
func Fact(name string) Feature { return Feature{name, 1} }

// Model scores classes by the features it knows; others count nothing.
type Model struct {
	// Classes are in the order of their names.
	Classes []string
	weights map[string][]float64
}

// Load reads a table of class, feature and weight, separated by tabs; lines
// that begin with # are comments.
func Load(table string) (*Model, error) {
	type row struct {
		class, feature string
		weight         float64
	}
	var rows []row
	var classes []string
	n := 0
	for line := range strings.Lines(table) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cols := strings.Split(line, "\t")
		if len(cols) != 3 {
			return nil, fmt.Errorf("line %d: want class, feature and weight, got %d columns", n, len(cols))
		}
		w, err := strconv.ParseFloat(cols[2], 64)
		if err != nil || math.IsNaN(w) || math.IsInf(w, 0) {
			return nil, fmt.Errorf("line %d: %q is no weight", n, cols[2])
		}
		rows = append(rows, row{cols[0], cols[1], w})
		classes = append(classes, cols[0])
	}
	slices.Sort(classes)
	m := &Model{Classes: slices.Compact(classes), weights: map[string][]float64{}}
	for _, r := range rows {
		w := m.weights[r.feature]
		if w == nil {
			w = make([]float64, len(m.Classes))
			m.weights[r.feature] = w
		}
		i, _ := slices.BinarySearch(m.Classes, r.class)
		w[i] = r.weight
	}
	return m, nil
}

// Write writes the table that [Load] reads, sorted, without weights that round
// to zero.
func (m *Model) Write(w io.Writer) error {
	features := make([]string, 0, len(m.weights))
	for f := range m.weights {
		features = append(features, f)
	}
	slices.Sort(features)
	out := bufio.NewWriter(w)
	for i, class := range m.Classes {
		for _, f := range features {
			if v := m.weights[f][i]; math.Abs(v) >= 0.005 {
				fmt.Fprintf(out, "%s\t%s\t%.2f\n", class, f, v)
			}
		}
	}
	return out.Flush()
}

// Probabilities returns the probability of each class, in the order of
// Classes, into a slice that it may reuse.
func (m *Model) Probabilities(features []Feature, into []float64) []float64 {
	p := into[:0]
	for range m.Classes {
		p = append(p, 0)
	}
	for _, f := range features {
		for i, w := range m.weights[f.Name] {
			p[i] += w * f.Value
		}
	}
	softmax(p)
	return p
}

// Weigh adds the weights of a feature to the scores of the classes, in the
// order of Classes.
func (m *Model) Weigh(feature []byte, scores []float64) {
	for i, w := range m.weights[string(feature)] {
		scores[i] += w
	}
}

// Score returns the score of a class, 0 the first, before it is made a
// probability: to choose among cases, each with features of its own.
func (m *Model) Score(class int, features []Feature) float64 {
	sum := 0.0
	for _, f := range features {
		if w := m.weights[f.Name]; w != nil {
			sum += w[class] * f.Value
		}
	}
	return sum
}

// Fold adds the weight of every feature whose name begins with a prefix to
// that of the feature without it: for use where each feature would come with
// its prefixed twin.
func (m *Model) Fold(prefix string) {
	names := make([]string, 0, len(m.weights))
	for name := range m.weights {
		if strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
	}
	for _, name := range names {
		twin := strings.TrimPrefix(name, prefix)
		if m.weights[twin] == nil {
			m.weights[twin] = make([]float64, len(m.Classes))
		}
		for i, w := range m.weights[name] {
			m.weights[twin][i] += w
		}
		delete(m.weights, name)
	}
}

// Best returns the likeliest class and its probability; "" if the model has
// no classes. Of equals it takes the first by name.
func (m *Model) Best(features []Feature) (string, float64) {
	if len(m.Classes) == 0 {
		return "", 0
	}
	var buffer [16]float64
	p := m.Probabilities(features, buffer[:0])
	best := 0
	for i := range p {
		if p[i] > p[best] {
			best = i
		}
	}
	return m.Classes[best], p[best]
}

func softmax(p []float64) {
	if len(p) == 0 {
		return
	}
	top := slices.Max(p)
	sum := 0.0
	for i := range p {
		p[i] = math.Exp(p[i] - top)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
}

// Example is a case to learn from.
type Example struct {
	Class    string
	Features []Feature
}

// Options tune training.
type Options struct {
	// Decay is the strength of the L2 penalty for each example seen.
	Decay float64
	// Epochs is how often all examples are gone through.
	Epochs int
	// Rate is the initial step of AdaGrad (Duchi, Hazan and Singer 2011).
	Rate float64
}

// Order is the order in which training goes through its examples, another one
// each time and always the same for as many.
type Order struct {
	at   []int
	seed uint64
}

// NewOrder makes the order of n examples.
func NewOrder(n int) *Order {
	o := &Order{at: make([]int, n), seed: 1}
	for i := range o.at {
		o.at[i] = i
	}
	return o
}

// Next shuffles the examples (Fisher and Yates, by Knuth's MMIX) and returns
// their numbers, valid until it is called again.
func (o *Order) Next() []int {
	for i := len(o.at) - 1; i > 0; i-- {
		o.seed = o.seed*6364136223846793005 + 1442695040888963407
		j := int((o.seed >> 33) % uint64(i+1))
		o.at[i], o.at[j] = o.at[j], o.at[i]
	}
	return o.at
}

// Train fits a model by stochastic gradient descent. The same examples in the
// same order give the same model.
func Train(examples []Example, o Options) *Model {
	var classes []string
	for i := range examples {
		classes = append(classes, examples[i].Class)
	}
	slices.Sort(classes)
	m := &Model{Classes: slices.Compact(classes), weights: map[string][]float64{}}
	steps := map[string][]float64{}
	for i := range examples {
		for _, f := range examples[i].Features {
			if m.weights[f.Name] == nil {
				m.weights[f.Name] = make([]float64, len(m.Classes))
				steps[f.Name] = make([]float64, len(m.Classes))
			}
		}
	}
	order := NewOrder(len(examples))
	var p []float64
	for range o.Epochs {
		for _, n := range order.Next() {
			x := &examples[n]
			p = m.Probabilities(x.Features, p)
			gold, _ := slices.BinarySearchFunc(m.Classes, x.Class, cmp.Compare[string])
			p[gold]--
			for _, f := range x.Features {
				w, s := m.weights[f.Name], steps[f.Name]
				for i := range w {
					g := p[i]*f.Value + o.Decay*w[i]
					s[i] += g * g
					w[i] -= o.Rate * g / math.Sqrt(s[i]+1e-8)
				}
			}
		}
	}
	return m
}

// Choice is a case of choosing to learn from: the features of each option, and
// which of them are right.
type Choice struct {
	Options [][]Feature
	Right   []bool
}

// TrainChoice fits a model of one class whose scores rank the options of a case
// (conditional logit, McFadden 1974), by stochastic gradient descent. The same
// cases in the same order give the same model. Cases without a right option, or
// with none wrong, teach nothing.
func TrainChoice(class string, cases []Choice, o Options) *Model {
	m := &Model{Classes: []string{class}, weights: map[string][]float64{}}
	steps := map[string]float64{}
	for i := range cases {
		for _, option := range cases[i].Options {
			for _, f := range option {
				if m.weights[f.Name] == nil {
					m.weights[f.Name] = make([]float64, 1)
				}
			}
		}
	}
	order := NewOrder(len(cases))
	gradient := map[string]float64{}
	var p, right []float64
	for range o.Epochs {
		for _, n := range order.Next() {
			c := &cases[n]
			if !slices.Contains(c.Right, true) || !slices.Contains(c.Right, false) {
				continue
			}
			p, right = p[:0], right[:0]
			for k, option := range c.Options {
				s := m.Score(0, option)
				p = append(p, s)
				if !c.Right[k] {
					s = math.Inf(-1)
				}
				right = append(right, s)
			}
			softmax(p)
			softmax(right)
			clear(gradient)
			var names []string
			for k, option := range c.Options {
				for _, f := range option {
					if _, seen := gradient[f.Name]; !seen {
						names = append(names, f.Name)
					}
					gradient[f.Name] += (p[k] - right[k]) * f.Value
				}
			}
			for _, name := range names {
				w := m.weights[name]
				g := gradient[name] + o.Decay*w[0]
				steps[name] += g * g
				w[0] -= o.Rate * g / math.Sqrt(steps[name]+1e-8)
			}
		}
	}
	return m
}

// Outcome is the probability that a model gave to a class, in a case that it
// was not trained on, and whether the case was of that class.
type Outcome struct {
	Probability float64
	Holds       bool
}

// Calibrate fits slope and intercept of the log odds to outcomes, so that of
// the cases given 0.8 four in five hold (Platt 1999), and applies them to a
// model of two classes: slope to every weight, intercept to the feature bias,
// which every case must have.
func (m *Model) Calibrate(class, bias string, outcomes []Outcome) {
	at, found := slices.BinarySearch(m.Classes, class)
	if !found || len(m.Classes) != 2 || m.weights[bias] == nil || len(outcomes) == 0 {
		return
	}
	slope, intercept := 1.0, 0.0
	for range 2000 {
		gs, gi := 0.0, 0.0
		for _, o := range outcomes {
			p := min(max(o.Probability, 1e-4), 1-1e-4)
			odds := math.Log(p / (1 - p))
			miss := 1 / (1 + math.Exp(-(slope*odds + intercept)))
			if o.Holds {
				miss--
			}
			gs += miss * odds
			gi += miss
		}
		n := float64(len(outcomes))
		slope -= 0.05 * gs / n
		intercept -= 0.1 * gi / n
	}
	for _, w := range m.weights {
		for i := range w {
			w[i] *= slope
		}
	}
	m.weights[bias][at] += intercept
}
