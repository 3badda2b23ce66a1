// Package code turns attributions into codings: targets with stances, and
// positions of a codebook with agreement. The codebook is a YAML file.
package code

import (
	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/link"
	"mawqif/ingest/text"
)

// Codebook is a set of issues with the patterns that find them.
type Codebook struct{}

// Default loads the codebook that the binary carries.
func Default() (*Codebook, error) { return &Codebook{}, nil }

// Version identifies the content of the codebook: its name and a hash.
func (c *Codebook) Version() string { return "" }

// Coding is what a statement is about.
type Coding struct {
	// Act is the verbal act, by cue and content.
	Act       graph.Act
	Targets   []Target
	Positions []Position
	Places    []*graph.Place
	Rules     []string
}

// Target is an actor towards which the content takes a stance, −1 to 1.
type Target struct {
	Actor   *graph.Actor
	Mention text.Span
	Stance  int8
}

// Position is an issue with its object and place, and the agreement, −1 to 1.
type Position struct {
	Issue     *graph.Issue
	Object    *graph.Actor // nil if none
	Place     *graph.Place // nil if none
	Agreement int8
}

// Code codes the attributions of a text, one coding for each.
func (c *Codebook) Code(t *text.Text, found []extract.Attribution, linked link.Linked) []Coding {
	codings := make([]Coding, len(found))
	for i := range found {
		codings[i].Act = found[i].Act
	}
	return codings
}
