package graph

import "strings"

// Name is a name in a language (BCP 47 tag: "ar", "en").
type Name struct {
	Lang  string `json:"lang"`
	Value string `json:"value"`
}

// Romanised is the language of a name that was put into Latin letters by rule,
// from Arabic: no article is known to write it so.
const Romanised = "ar-Latn"

// ActorKind tells what sort of actor speaks or is spoken about.
type ActorKind string

// The kinds of actor. A DOCUMENT is a source such as a report or a poll; an
// ANONYMOUS actor is known by its description alone ("a US official").
const (
	Person       ActorKind = "PERSON"
	Organization ActorKind = "ORGANIZATION"
	State        ActorKind = "STATE"
	Group        ActorKind = "GROUP"
	Anonymous    ActorKind = "ANONYMOUS"
	Document     ActorKind = "DOCUMENT"
)

// ActorKinds lists the kinds of actor.
var ActorKinds = []ActorKind{Person, Organization, State, Group, Anonymous, Document}

// Actor is a political actor. Its Key is canonical: the slug of the gazetteer
// ("state/us", "org/us-department-of-state"), or, for one learned from a text,
// its kind with its folded name. Names carries every name known in every
// language, sorted by language; the first of a language is the one to show.
type Actor struct {
	ID    ID        `json:"id"`
	Kind  ActorKind `json:"kind"`
	Key   string    `json:"key"`
	Names []Name    `json:"names"`
	// PartOf names the actors this one belongs to: a ministry its state, an
	// armed wing its movement. Sorted.
	PartOf []ID `json:"partOf,omitempty"`
}

// NewActor makes an actor of a kind with a canonical key; the id follows from
// the key alone.
func NewActor(kind ActorKind, key string, names ...Name) Actor {
	return Actor{ID: NewID(KindActor, key), Kind: kind, Key: key, Names: names}
}

// NameIn returns the first of names in lang, else the first English one, else
// the first of any language, else "".
func NameIn(names []Name, lang string) string { return nameIn(names, lang).Value }

func nameIn(names []Name, lang string) Name {
	for _, want := range []string{lang, "en"} {
		for _, n := range names {
			if n.Lang == want {
				return n
			}
		}
	}
	if len(names) > 0 {
		return names[0]
	}
	return Name{}
}

// Place is a country, region, city or site that statements are about.
type Place struct {
	ID    ID     `json:"id"`
	Key   string `json:"key"`
	Names []Name `json:"names"`
	// PartOf is the place around this one, a city's country; zero if none.
	PartOf ID `json:"partOf,omitempty"`
}

// NewPlace makes a place with a canonical key such as "place/sy" or
// "place/sy/idlib".
func NewPlace(key string, names ...Name) Place {
	return Place{ID: NewID(KindPlace, key), Key: key, Names: names}
}

// Outlet is a newspaper, agency, broadcaster or platform that publishes
// articles or relays statements.
type Outlet struct {
	ID    ID     `json:"id"`
	Key   string `json:"key"`
	Names []Name `json:"names"`
}

// NewOutlet makes an outlet with a canonical key: "outlet/" and a slug of the
// gazetteer, or its folded name.
func NewOutlet(key string, names ...Name) Outlet {
	return Outlet{ID: NewID(KindOutlet, key), Key: key, Names: names}
}

// Issue is a concept of a codebook. Propositions are its proposition by
// language with the slots {object} and {place}, as in "The forces of {object}
// should leave {place}."
type Issue struct {
	ID           ID     `json:"id"`
	Codebook     string `json:"codebook"`
	Key          string `json:"key"`
	Labels       []Name `json:"labels"`
	Propositions []Name `json:"propositions"`
	// Parent is the wider concept; zero if none.
	Parent ID `json:"parent,omitempty"`
}

// NewIssue makes an issue; its id follows from the codebook's name and its key.
func NewIssue(codebook, key string) Issue {
	return Issue{ID: NewID(KindIssue, codebook, key), Codebook: codebook, Key: key}
}

// Proposition fills the names of an object and a place into the proposition of
// the issue, in lang if the issue has it in lang, else as [NameIn] chooses; the
// names are in the language of the proposition. What is left open is "…".
func (i Issue) Proposition(object, place []Name, lang string) string {
	proposition := nameIn(i.Propositions, lang)
	fill := func(names []Name) string {
		if name := NameIn(names, proposition.Lang); name != "" {
			return name
		}
		return "…"
	}
	return strings.NewReplacer("{object}", fill(object), "{place}", fill(place)).Replace(proposition.Value)
}

// Position is a proposition that one can accept or reject: an issue with its
// object and its place filled in, either of which may be none.
type Position struct {
	ID     ID `json:"id"`
	Issue  ID `json:"issue"`
	Object ID `json:"object,omitempty"`
	Place  ID `json:"place,omitempty"`
}

// NewPosition makes the position of an issue on an object and a place.
func NewPosition(issue, object, place ID) Position {
	return Position{
		ID:    NewID(KindPosition, string(issue), string(object), string(place)),
		Issue: issue, Object: object, Place: place,
	}
}

// Run is what produced statements: an extractor with its rules and codebook.
type Run struct {
	ID        ID     `json:"id"`
	Extractor string `json:"extractor"`
	// Version identifies the rules and the gazetteer of the extractor.
	Version string `json:"version"`
	// Codebook identifies the codebook's content.
	Codebook string `json:"codebook"`
}

// NewRun makes a run; its id follows from all three.
func NewRun(extractor, version, codebook string) Run {
	return Run{
		ID:        NewID(KindRun, extractor, version, codebook),
		Extractor: extractor, Version: version, Codebook: codebook,
	}
}

// Held records that a person held an office: a title at an institution, seen
// in articles from First to Last.
type Held struct {
	Person      ID     `json:"person"`
	Institution ID     `json:"institution"`
	Title       string `json:"title"`
	First       Day    `json:"first,omitempty"`
	Last        Day    `json:"last,omitempty"`
}
