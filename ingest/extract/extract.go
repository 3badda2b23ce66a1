// Package extract holds what the grammars of the languages have in common:
// the attribution relations they find in a text, before anyone is named.
// Packages arabic and english implement [Grammar].
package extract

import (
	"mawqif/graph"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// Grammar finds the attributions of a text in one language: a pure function
// of the text and the names found in it.
type Grammar interface {
	// Attributions returns what it finds in the order of the contents. Its
	// cost is linear in the length of the text.
	Attributions(t *text.Text, names []gazetteer.Mention) []Attribution
}

// Gender is the grammatical gender of a source that is dropped or a pronoun.
type Gender uint8

// The genders. In Arabic the plural of things agrees as Feminine singular.
const (
	AnyGender Gender = iota
	Masculine
	Feminine
)

// Number is the grammatical number of a source that is dropped or a pronoun.
type Number uint8

// The numbers.
const (
	AnyNumber Number = iota
	Singular
	Dual
	Plural
)

// Attribution is content that a source is reported to have said, introduced
// by a cue: spans of the text, and what the grammar tells of them.
type Attribution struct {
	// Cue is the verb, noun or preposition, with attached particles.
	Cue text.Span
	// Source is the noun phrase that names the source; none if it is dropped.
	Source text.Span
	// Pronoun tells that Source is a bare pronoun.
	Pronoun bool
	// Gender, Number and First tell what a dropped or pronominal source must
	// agree with; First is the first person ("we told").
	Gender Gender
	Number Number
	First  bool
	// Continues is the index of an earlier attribution with the same source,
	// for a participle or a second verb that goes on with it; −1 if none.
	Continues int
	// Within is the index of the attribution whose content holds this one; −1
	// if none.
	Within int
	// Content is what is said: one span or more, without quotation marks at
	// the edges and without the complementizer.
	Content []text.Span
	Quote   graph.QuoteType
	// Act is what the cue by itself does: "said" states, "condemned" accuses.
	Act graph.Act
	// Clause tells of the first clause of the content.
	Clause Clause
	// Negated tells that the cue itself is negated ("did not rule out").
	Negated bool
	// Relay is the noun phrase of an agency, newspaper or platform through
	// which it was said; none if there is none.
	Relay text.Span
	// Frame is the clause around the cue, without the content: where the
	// dates and circumstances of the saying stand.
	Frame text.Span
	// Rules names the rules that fired, for --explain.
	Rules []string
	// Confidence is the prior of the rule that found it, 0 to 1.
	Confidence float64
}

// Clause is the first clause of a content: of whom it speaks, and how.
type Clause struct {
	Subject Subject
	Mood    Mood
	Negated bool
}

// Subject tells of whom a clause speaks.
type Subject uint8

// The subjects of a clause.
const (
	Things Subject = iota
	Self           // the source: "we", "he" after "he said"
	Hearer         // "you"
	Named          // somebody with a name
	Subjects
)

// Mood tells how a clause speaks.
type Mood uint8

// The moods of a clause.
const (
	NoMood Mood = iota // it has no finite verb
	Imperative
	Ought
	Will
	Would
	Could
	Perfect
	Past
	Present
	Passive
	Question
	Moods
)
