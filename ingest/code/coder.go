package code

import (
	"mawqif/ingest/extract"
	"mawqif/ingest/link"
	"mawqif/ingest/text"
)

const (
	targetsMax   = 4
	positionsMax = 2
	placesMax    = 3
)

// Code codes the attributions of a text, one coding for each.
func (c *Codebook) Code(t *text.Text, found []extract.Attribution, linked link.Linked) []Coding {
	codings := make([]Coding, len(found))
	l := c.languages[t.Lang]
	if l == nil {
		for i := range found {
			codings[i].Act, codings[i].Confidence = found[i].Act, found[i].Confidence
		}
		return codings
	}
	a := newArticle(c, l, t, &linked)
	var previous *statement
	for i := range found {
		previous = a.statement(i, &found[i], previous)
	}
	for _, s := range a.said {
		s.act = a.findAct(s)
	}
	a.weighAttitudes()
	for i, s := range a.said {
		s.targets = a.findTargets(s)
		positions := a.findPositions(s)
		codings[i] = Coding{
			Act: s.act, Targets: s.targets, Positions: positions, Places: a.findPlaces(s, positions),
			Confidence: c.confidence(l, s.Attribution),
		}
	}
	return codings
}
