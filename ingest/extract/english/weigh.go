package english

import (
	_ "embed"
	"math"
	"slices"
	"sync"

	"mawqif/ingest/extract/linear"
)

// The rules propose; a linear model over the features of candidate.go tells how
// likely a careful reader would code what they propose. The weights
// (data/keep.tsv) are made by the command in train.

//go:embed data/keep.tsv
var keepTSV string

// The classes of the model.
const (
	Keep = "keep"
	Drop = "drop"
)

var keepModel = sync.OnceValue(func() *linear.Model {
	m, err := linear.Load(keepTSV)
	if err != nil {
		panic("the English weights: " + err.Error())
	}
	return m
})

// bag takes the features of one case, to weigh them or, for training, to list
// them. Its zero value lists.
type bag struct {
	model  *linear.Model
	scores [2]float64
	buffer []byte
	names  []string
}

// add adds the feature whose name is the parts joined by spaces.
func (b *bag) add(parts ...string) {
	b.buffer = b.buffer[:0]
	for i, p := range parts {
		if i > 0 {
			b.buffer = append(b.buffer, ' ')
		}
		b.buffer = append(b.buffer, p...)
	}
	if b.model == nil {
		b.names = append(b.names, string(b.buffer))
		return
	}
	b.model.Weigh(b.buffer, b.scores[:])
}

// probability is that of [Keep], given the features added; it empties the bag.
func (b *bag) probability() float64 {
	keep := slices.Index(b.model.Classes, Keep)
	p := 1 / (1 + math.Exp(b.scores[1-keep]-b.scores[keep]))
	b.scores = [2]float64{}
	return p
}

var digits = [...]string{"0", "1", "2", "3", "4", "5", "6", "7", "8"}

// magnitude is how often a number can be halved, as a feature.
func magnitude(n int) string {
	k := 0
	for ; n > 1 && k < len(digits)-1; n /= 2 {
		k++
	}
	return digits[k]
}
