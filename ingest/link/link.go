// Package link tells who the sources of attributions are: names of the
// gazetteer, people learned from appositions in the text ("the spokeswoman,
// Erica Chuosanou"), and what refers back to them (surnames, titles,
// pronouns, dropped subjects).
package link

import (
	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// Source is who said an attribution.
type Source struct {
	// Speaker is nil if the text names no source.
	Speaker *graph.Actor
	// Full is the fullest naming of the speaker in the text; none if Speaker
	// is nil.
	Full text.Span
	// Role is the speaker's title as the text words it.
	Role string
	// OnBehalfOf is whom the speaker speaks for; nil if nobody.
	OnBehalfOf *graph.Actor
	// Relay is the outlet through which it was said; nil if none.
	Relay *graph.Outlet
	// Rules names the rules that fired.
	Rules []string
}

// Linked is what linking makes of a text.
type Linked struct {
	// Sources has one element an attribution.
	Sources []Source
	// Mentions holds the names of the gazetteer and those of the people and
	// bodies learned in this text, wherever they stand, in the order of the
	// text, none overlapping another.
	Mentions []gazetteer.Mention
	// Held records the offices that the text gives to people.
	Held []graph.Held
}

// Resolve names the sources of the attributions of a text.
func Resolve(t *text.Text, names []gazetteer.Mention, found []extract.Attribution, outlet *gazetteer.Entity) Linked {
	return Linked{Sources: make([]Source, len(found)), Mentions: names}
}
