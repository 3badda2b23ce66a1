// Package weigh weighs what rules propose: a linear model over named
// features. Its weights are a readable file of whole numbers, so that its
// answers are the same everywhere; it is fitted as a multinomial logistic
// regression by the training commands of the grammars.
package weigh

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// scale turns the weights of the regression into whole numbers.
const scale = 100

// Model tells classes apart. It is safe for concurrent use.
type Model struct {
	classes []string
	weights map[string][]int32
}

// Read reads weights: a line with the classes, then a line for each feature
// with a weight for each class, fields between tabs. Lines with % are comments.
func Read(s string) (*Model, error) {
	m := &Model{weights: make(map[string][]int32, strings.Count(s, "\n"))}
	line := 0
	for l := range strings.Lines(s) {
		line++
		l = strings.TrimSuffix(l, "\n")
		if l == "" || l[0] == '%' {
			continue
		}
		fields := strings.Split(l, "\t")
		if m.classes == nil {
			if len(fields) < 3 || fields[0] != "class" {
				return nil, fmt.Errorf("line %d: the classes must come first: %q", line, l)
			}
			m.classes = fields[1:]
			continue
		}
		if len(fields) != 1+len(m.classes) {
			return nil, fmt.Errorf("line %d: %d weights for %d classes", line, len(fields)-1, len(m.classes))
		}
		row := make([]int32, len(m.classes))
		for i, f := range fields[1:] {
			v, err := strconv.ParseInt(f, 10, 32)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", line, err)
			}
			row[i] = int32(v)
		}
		m.weights[fields[0]] = row
	}
	if m.classes == nil {
		return nil, fmt.Errorf("no classes")
	}
	return m, nil
}

// Classes returns the names of the classes.
func (m *Model) Classes() []string { return m.classes }

// Weigh returns the likeliest class of a thing with these features, by its
// index, and its probability, 0 to 1. Unknown features count for nothing.
func (m *Model) Weigh(features []string) (class int, probability float64) {
	sums := m.sums(features)
	for i := range sums {
		if sums[i] > sums[class] {
			class = i
		}
	}
	return class, m.share(sums, class)
}

// Probability returns how likely a class is, 0 to 1.
func (m *Model) Probability(features []string, class int) float64 {
	return m.share(m.sums(features), class)
}

func (m *Model) sums(features []string) []int32 {
	sums := make([]int32, len(m.classes))
	for _, f := range features {
		for i, w := range m.weights[f] {
			sums[i] += w
		}
	}
	return sums
}

func (m *Model) share(sums []int32, class int) float64 {
	all := 0.0
	for i := range sums {
		all += math.Exp(float64(sums[i]-sums[class]) / scale)
	}
	return math.Round(1000/all) / 1000
}

// Example is a thing with its features and the index of its class.
type Example struct {
	Features []string
	Class    int
	// Weight tells how much it counts; 1 is usual.
	Weight float64
}

// Options tell how a model is fitted.
type Options struct {
	Passes int
	Rate   float64 // step of AdaGrad
	Decay  float64 // L2 penalty, for each example of weight 1
	Floor  int     // features seen in fewer examples are left out
}

// Train fits the weights and writes them as [Read] reads them. The result
// depends on the examples and their order only.
func Train(examples []Example, classes []string, o Options, out io.Writer) error {
	count := map[string]int{}
	for i := range examples {
		for _, f := range examples[i].Features {
			count[f]++
		}
	}
	names := make([]string, 0, len(count))
	for f, n := range count {
		if n >= o.Floor {
			names = append(names, f)
		}
	}
	slices.Sort(names)
	index := make(map[string]int, len(names))
	for i, f := range names {
		index[f] = i
	}
	k := len(classes)
	weights, squares := make([]float64, len(names)*k), make([]float64, len(names)*k)
	rows := make([][]int, len(examples))
	for i := range examples {
		for _, f := range examples[i].Features {
			if at, ok := index[f]; ok {
				rows[i] = append(rows[i], at)
			}
		}
	}
	p := make([]float64, k)
	for range o.Passes {
		for i := range examples {
			e := &examples[i]
			softmax(weights, rows[i], p)
			for c := range p {
				gradient := p[c]
				if c == e.Class {
					gradient--
				}
				gradient *= e.Weight
				for _, at := range rows[i] {
					j := at*k + c
					g := gradient + o.Decay*weights[j]
					squares[j] += g * g
					weights[j] -= o.Rate * g / (math.Sqrt(squares[j]) + 1e-6)
				}
			}
		}
	}
	return write(names, classes, weights, out)
}

func softmax(weights []float64, row []int, p []float64) {
	k, top, sum := len(p), math.Inf(-1), 0.0
	for c := range p {
		p[c] = 0
		for _, at := range row {
			p[c] += weights[at*k+c]
		}
		top = max(top, p[c])
	}
	for c := range p {
		p[c] = math.Exp(p[c] - top)
		sum += p[c]
	}
	for c := range p {
		p[c] /= sum
	}
}

func write(names, classes []string, weights []float64, out io.Writer) error {
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "class\t%s\n", strings.Join(classes, "\t"))
	k := len(classes)
	for i, f := range names {
		line, any := f, false
		for c := range classes {
			v := int(math.Round(weights[i*k+c] * scale))
			any = any || v != 0
			line += "\t" + strconv.Itoa(v)
		}
		if any {
			fmt.Fprintln(w, line)
		}
	}
	return w.Flush()
}
