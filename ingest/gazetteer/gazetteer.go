// Package gazetteer knows the names of political actors, places and outlets
// in Arabic and English. The names are data (data/*.tsv) that a person who
// does not program can edit; the package checks them when it loads them and
// finds them in texts in one pass.
package gazetteer

import (
	"mawqif/graph"
	"mawqif/ingest/text"
)

// Form tells how a text names an entity.
type Form uint8

// The forms of a mention.
const (
	ByName      Form = iota // "Turkey", "وزارة الخارجية الروسية"
	ByAdjective             // "Turkish", "التركي": names the state only indirectly
	ByCapital               // "Ankara", "أنقرة": a place, or the state as an actor
	ByForces                // "Turkish forces", "القوات التركية"
	ByLeader                // "Assad's regime", "نظام الأسد"
)

// Entity is something that has a name. A country is an actor and a place; a
// newspaper is an outlet and an actor.
type Entity struct {
	Actor  *graph.Actor  // nil if it cannot act
	Place  *graph.Place  // nil if it is no place
	Outlet *graph.Outlet // nil if it publishes nothing
	// Behalf is the actor for which this one speaks by its office: the state
	// of a ministry, the movement of its armed wing; nil if none.
	Behalf *Entity
}

// Mention is a name found in a text.
type Mention struct {
	text.Span
	// First and Last are its tokens, [First, Last).
	First, Last int
	Entity      *Entity
	Form        Form
}
