package code

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// space numbers named features, so that a vector of features is a list of
// numbers and a weights file can be read by people.
type space struct {
	names []string
	// learned are the features made of words that training met, "prefix=word", by
	// prefix and word.
	learned map[string]map[string]int32
}

// learnedPrefixes begin the names of the features made of words.
var learnedPrefixes = []string{"word", "opens", "cue", "before-name", "after-name", "near-name", "about"}

// learn adds the feature of a word.
func (s *space) learn(prefix, word string) {
	words := s.learned[prefix]
	if words == nil {
		if s.learned == nil {
			s.learned = map[string]map[string]int32{}
		}
		words = map[string]int32{}
		s.learned[prefix] = words
	}
	if _, ok := words[word]; !ok {
		words[word] = int32(len(s.names))
		s.names = append(s.names, prefix+"="+word)
	}
}

// block adds the features "prefix=value" and returns the number of the first.
func (s *space) block(prefix string, values ...string) int32 {
	first := int32(len(s.names))
	for _, v := range values {
		s.names = append(s.names, prefix+"="+v)
	}
	return first
}

// count adds the features "prefix=0" to "prefix=n-1"; the last means "or more".
func (s *space) count(prefix string, n int) int32 {
	values := make([]string, n)
	for i := range values {
		values[i] = strconv.Itoa(i)
	}
	return s.block(prefix, values...)
}

// model weighs features: a linear model with one list of weights a class. It
// was fitted by logistic regression (see train.go).
type model struct {
	name    string
	classes int
	weights [][]float32 // by class and feature
}

func newModel(name string, classes, features int) *model {
	m := &model{name: name, classes: classes}
	for range classes {
		m.weights = append(m.weights, make([]float32, features))
	}
	return m
}

// score returns the sum of the weights of the features for a class.
func (m *model) score(class int, features []int32) float32 {
	sum, w := float32(0), m.weights[class]
	for _, f := range features {
		sum += w[f]
	}
	return sum
}

// best returns the class with the highest score, the first of equal ones.
func (m *model) best(features []int32) int {
	at, high := 0, m.score(0, features)
	for c := 1; c < m.classes; c++ {
		if s := m.score(c, features); s > high {
			at, high = c, s
		}
	}
	return at
}

// readWeights makes models from lines "model, feature, weight of each class",
// tab-separated; # begins a comment. It adds the features made of words to
// the space. Other features that the space does not have, those of the issues
// of another codebook, are passed over.
func readWeights(r io.Reader, s *space, models ...*model) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(data)) {
		_, rest, _ := strings.Cut(line, "\t")
		name, _, _ := strings.Cut(rest, "\t")
		if prefix, word, ok := strings.Cut(name, "="); ok && line[0] != '#' && slices.Contains(learnedPrefixes, prefix) {
			s.learn(prefix, word)
		}
	}
	index := make(map[string]int, len(s.names))
	for i, n := range s.names {
		index[n] = i
	}
	for _, m := range models {
		*m = *newModel(m.name, m.classes, len(s.names))
	}
	in := bufio.NewScanner(bytes.NewReader(data))
	for line := 1; in.Scan(); line++ {
		if in.Text() == "" || in.Text()[0] == '#' {
			continue
		}
		fields := strings.Split(in.Text(), "\t")
		at := slices.IndexFunc(models, func(m *model) bool { return m.name == fields[0] })
		if at < 0 || len(fields) != 2+models[at].classes {
			return fmt.Errorf("line %d: a line has a model, a feature and a weight for each class", line)
		}
		f, ok := index[fields[1]]
		if !ok {
			continue
		}
		for c := range models[at].classes {
			v, err := strconv.ParseFloat(fields[2+c], 32)
			if err != nil {
				return fmt.Errorf("line %d: %q is no number", line, fields[2+c])
			}
			models[at].weights[c][f] = float32(v)
		}
	}
	return in.Err()
}

// weightMin is the least weight worth writing.
const weightMin = 0.02

// writeWeights writes models as readWeights reads them, sorted, without the
// features that weigh next to nothing.
func writeWeights(w io.Writer, s *space, models ...*model) error {
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "# Weights of the coder, fitted by ingest/code/train: model, feature, a weight for each class.")
	models = slices.Clone(models)
	slices.SortFunc(models, func(a, b *model) int { return cmp.Compare(a.name, b.name) })
	for _, m := range models {
		var lines []string
		for f, name := range s.names {
			line, any := m.name+"\t"+name, false
			for c := range m.classes {
				v := strconv.FormatFloat(float64(m.weights[c][f]), 'f', 2, 32)
				any = any || math.Abs(float64(m.weights[c][f])) >= weightMin
				line += "\t" + v
			}
			if any {
				lines = append(lines, line)
			}
		}
		slices.Sort(lines)
		for _, l := range lines {
			fmt.Fprintln(out, l)
		}
	}
	return out.Flush()
}
