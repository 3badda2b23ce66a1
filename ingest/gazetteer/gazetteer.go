// Package gazetteer knows the names of political actors, places and outlets
// in Arabic and English. The names are data (data/*.tsv) that a person who
// does not program can edit; the package checks them when it loads them and
// finds them in texts in one pass.
package gazetteer

import (
	"embed"
	"io/fs"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

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
	// State is the state to which an institution or a capital belongs; nil if
	// none, or if the entity is a state itself.
	State *Entity
	// Home is the state of a national outlet: the one whose minister is meant
	// where the outlet writes "the minister"; nil if there is none.
	Home *Entity
	// Gender is 'm' or 'f' for a person, else 0.
	Gender byte
	// Offices are those of a person, in the order of the data.
	Offices []Office
}

// Office is for whom a person speaks, with the years in which it does.
type Office struct {
	Institution *Entity
	From, To    int // years; To is 0 for an office still held
}

// OfficeOn returns the institution for which a person speaks on a day: that of
// the first office held in its year, or of the last one held before it; nil if
// there is none. Without a day it is the first office of the data.
func (e *Entity) OfficeOn(day graph.Day) *Entity {
	if len(e.Offices) == 0 {
		return nil
	}
	if len(day) < 4 {
		return e.Offices[0].Institution
	}
	year, err := strconv.Atoi(string(day)[:4])
	if err != nil {
		return e.Offices[0].Institution
	}
	for _, o := range e.Offices {
		if o.From <= year && (o.To == 0 || year <= o.To) {
			return o.Institution
		}
	}
	return nil
}

// Mention is a name found in a text.
type Mention struct {
	text.Span
	// First and Last are its tokens, [First, Last).
	First, Last int
	Entity      *Entity
	Form        Form
}

// Gazetteer finds names. It is safe for concurrent use.
type Gazetteer struct {
	trie   trie
	states []*Entity
	// adjectives has one element a state.
	adjectives []adjectives
	patterns   []pattern
	// composed holds the institutions of patterns × states, made when first
	// met; named the overrides of institutions.tsv.
	composed []atomic.Pointer[Entity]
	actors   map[graph.ID]*graph.Actor
	places   map[graph.ID]*graph.Place
	made     sync.Map // graph.ID → *graph.Actor of composed institutions
	stateOf  map[graph.ID]int
	outlets  map[string]*Entity
	keyed    map[string]*Entity
	version  string
}

//go:embed data/*.tsv
var data embed.FS

var load = sync.OnceValues(func() (*Gazetteer, error) {
	dir, err := fs.Sub(data, "data")
	if err != nil {
		return nil, err
	}
	return Load(dir)
})

// Default returns the gazetteer that the binary carries, loaded once.
func Default() (*Gazetteer, error) { return load() }

// Version identifies the data: a hash of its content.
func (g *Gazetteer) Version() string { return g.version }

// outletNouns stand before the name of an outlet and are no part of it.
var outletNouns = []string{"صحيفه ", "جريده ", "وكاله ", "قناه ", "موقع ", "مجله ", "شبكه ", "اذاعه ", "the "}

// Outlet returns the outlet of a name as an input gives it; one that is not
// in the data is made of its name.
func (g *Gazetteer) Outlet(name string) *Entity {
	key := graph.Fold(name)
	if e := g.outlets[key]; e != nil {
		return e
	}
	for _, noun := range outletNouns {
		if rest, ok := strings.CutPrefix(key, noun); ok {
			if e := g.outlets[rest]; e != nil {
				return e
			}
		}
	}
	o := graph.NewOutlet("outlet/"+key, graph.Name{Lang: text.Language(name), Value: strings.TrimSpace(name)})
	return &Entity{Outlet: &o}
}

// Actor returns the actor of the data with this id, a composed one if a text
// has named it before; nil if there is none.
func (g *Gazetteer) Actor(id graph.ID) *graph.Actor {
	if a := g.actors[id]; a != nil {
		return a
	}
	if a, ok := g.made.Load(id); ok {
		return a.(*graph.Actor)
	}
	return nil
}

// Place returns the place of the data with this id; nil if there is none.
func (g *Gazetteer) Place(id graph.ID) *graph.Place { return g.places[id] }

// Keyed returns the entity of a key of the data, such as "us",
// "us/foreign-ministry", "un", "hamas"; nil if there is none.
func (g *Gazetteer) Keyed(key string) *Entity {
	if e := g.keyed[key]; e != nil {
		return e
	}
	if code, head, ok := strings.Cut(key, "/"); ok {
		if state := g.keyed[code]; state != nil && state.Actor != nil {
			return g.institution(head, state)
		}
	}
	return nil
}

// Institution returns the institution that a pattern of patterns.tsv
// ("foreign-ministry") composes for a state; nil if there is no such pattern or
// state is none.
func (g *Gazetteer) Institution(pattern string, state *Entity) *Entity {
	if state == nil || state.Actor == nil {
		return nil
	}
	return g.institution(pattern, state)
}

func (g *Gazetteer) institution(key string, state *Entity) *Entity {
	index, ok := g.stateOf[state.Actor.ID]
	if !ok {
		return nil
	}
	for p := range g.patterns {
		if g.patterns[p].key == key {
			return g.compose(p, index)
		}
	}
	return nil
}
