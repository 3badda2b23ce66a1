// Package code turns attributions into codings: the verbal act, targets with
// stances, places, and positions of a codebook with agreement.
//
// The codebook is a YAML file of issues with patterns in a small language (see
// pattern.go); a lexicon of the same patterns (lexicon/*.tsv) knows negation,
// evaluation and the words that tell the act. One pass over a text finds all
// of them; each content is coded from the hits within it and around it.
package code

import (
	"bytes"
	_ "embed"

	"mawqif/graph"
	"mawqif/ingest/text"
)

//go:embed codebooks/default.yaml
var defaultBook []byte

// Codebook is a set of issues with the patterns that find them. It is safe
// for concurrent use.
type Codebook struct {
	name, version string
	issues        []*issue
	index         map[string]int
	languages     map[string]*language
	examples      []Example

	features *features
}

type issue struct {
	key, parent   string
	line          int
	nature        Nature
	object, place bool
	// forces tells that the object is named by its forces; demand that who
	// accepts the proposition of others demands something of them.
	forces, demand bool
	node           graph.Issue
}

// rule is a pattern of an issue: the terms it needs and those it must not
// meet in one sentence, and what its words say of the proposition.
type rule struct {
	issue    int32
	polarity int8
	need     []int32
	ban      []int32
	// negative tells that the pattern holds a negation itself, so that none
	// around it counts.
	negative bool
	// allusive tells that it is of the words that go with an issue, which alone
	// do not tell that a content is about it.
	allusive bool
	source   string
}

type ruleSet struct {
	list []rule
	// byPart lists the rules by the first term they need.
	byPart [][]int32
}

func (s *ruleSet) index(parts int) {
	s.byPart = make([][]int32, parts)
	for i := range s.list {
		first := s.list[i].need[0]
		s.byPart[first] = append(s.byPart[first], int32(i))
	}
}

// Default loads the codebook that the binary carries.
func Default() (*Codebook, error) {
	return Load(bytes.NewReader(defaultBook), "codebooks/default.yaml")
}

// Bundled returns the file of the codebook that the binary carries.
func Bundled() string { return string(defaultBook) }

// Name is what the codebook calls itself; issues are told apart by it.
func (c *Codebook) Name() string { return c.name }

// Issues returns the issues of the codebook, in its order.
func (c *Codebook) Issues() []graph.Issue {
	list := make([]graph.Issue, len(c.issues))
	for i, issue := range c.issues {
		list[i] = issue.node
	}
	return list
}

// Version identifies the content of the codebook: its name and a hash.
func (c *Codebook) Version() string { return c.version }

// Coding is what a statement is about.
type Coding struct {
	// Act is the verbal act, by cue and content.
	Act       graph.Act
	Targets   []Target
	Positions []Position
	Places    []*graph.Place
	// Confidence is how likely a careful reader is to find the statement too, 0
	// to 1.
	Confidence float64
	Rules      []string
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
