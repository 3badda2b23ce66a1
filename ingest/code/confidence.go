package code

import (
	"math"

	"mawqif/ingest/extract"
)

// sureSteps are what the confidence of a grammar may reach.
var sureSteps = []float64{0.5, 0.6, 0.7, 0.8, 0.9, 0.95}

// sureFeatures describes how sure the grammar is of an attribution: every step
// that it reaches.
func (c *Codebook) sureFeatures(x *extract.Attribution, into []int32) []int32 {
	into = append(into, c.features.bias)
	for i, step := range sureSteps {
		if x.Confidence >= step {
			into = append(into, c.features.sure+int32(i)+1)
		}
	}
	return into
}

// confidence is how likely it is that a careful reader codes an attribution
// too: that of the grammar, corrected by how often it was right in articles
// that its rules were not made from. The grammar's own stands if there are no
// weights.
func (c *Codebook) confidence(l *language, x *extract.Attribution) float64 {
	var buffer [16]int32
	features := c.sureFeatures(x, buffer[:0])
	score := float64(l.confidence.score(0, features))
	if score == 0 {
		return x.Confidence
	}
	return math.Round(1000/(1+math.Exp(-score))) / 1000
}
