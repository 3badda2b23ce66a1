// Package ingest turns articles into batches of the graph:
// clean → names → attributions → links → codings → statements.
//
// Every stage is a pure function in a package of its own; this package joins
// them. The same article gives the same batch, byte for byte.
package ingest

import (
	"fmt"
	"strings"

	"mawqif/graph"
	"mawqif/ingest/code"
	"mawqif/ingest/dates"
	"mawqif/ingest/extract"
	"mawqif/ingest/extract/arabic"
	"mawqif/ingest/extract/english"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/link"
	"mawqif/ingest/text"
)

// Document is an article as a source delivers it.
type Document struct {
	// SourceID is the id that the input gives, if any.
	SourceID string
	URL      string
	Title    string
	// Outlet is the publisher's name as the input has it.
	Outlet string
	// Language is "ar", "en", another tag, or "" to be told from the text.
	Language  string
	Published graph.Day
	Text      string
}

// Pipeline extracts statements by rules. It is safe for concurrent use.
type Pipeline struct {
	names    *gazetteer.Gazetteer
	codebook *code.Codebook
	grammars map[string]extract.Grammar
	run      graph.Run
}

// RulesVersion is the version of the rules; it changes when they do.
const RulesVersion = "3"

// NewPipeline makes the pipeline of the rules with a gazetteer and a codebook.
func NewPipeline(names *gazetteer.Gazetteer, codebook *code.Codebook) *Pipeline {
	return &Pipeline{
		names: names, codebook: codebook,
		grammars: map[string]extract.Grammar{"ar": arabic.Grammar{}, "en": english.Grammar{}},
		run:      graph.NewRun("rules", RulesVersion+"/"+names.Version(), codebook.Version()),
	}
}

// Default makes the pipeline with the gazetteer and the codebook that the
// binary carries.
func Default() (*Pipeline, error) {
	names, err := gazetteer.Default()
	if err != nil {
		return nil, fmt.Errorf("load the gazetteer: %w", err)
	}
	codebook, err := code.Default()
	if err != nil {
		return nil, fmt.Errorf("load the codebook: %w", err)
	}
	return NewPipeline(names, codebook), nil
}

// Speaks implements [Extractor]: it tells whether there is a grammar of a
// language.
func (p *Pipeline) Speaks(lang string) bool { return p.grammars[lang] != nil }

// Trace tells, for each statement of a batch, which rules made it.
type Trace [][]string

// Extract turns a document into a batch. An article in a language without a
// grammar gives a batch without statements. The text must be valid UTF-8;
// sources see to that.
func (p *Pipeline) Extract(d Document) (graph.Batch, Trace) {
	a := graph.Article{
		SourceID: d.SourceID, URL: d.URL, Title: d.Title, Language: d.Language,
		Published: d.Published, Text: d.Text,
	}
	if a.Language == "" {
		a.Language = text.Language(d.Text)
	}
	asm := newAssembly(p.names, p.run)
	var publisher *gazetteer.Entity
	if name := strings.TrimSpace(d.Outlet); name != "" {
		publisher = p.names.Outlet(name)
		a.Outlet = asm.outlets.add(*publisher.Outlet)
	}
	a.Identify()
	grammar := p.grammars[a.Language]
	if grammar == nil {
		return asm.batch(a), nil
	}
	t := text.Read(d.Text, a.Language, d.Title, d.Published)
	names := p.names.Find(t)
	found := grammar.Attributions(t, names)
	linked := link.Resolve(p.names, t, names, found, publisher)
	codings := p.codebook.Code(t, found, linked)
	trace := asm.statements(a.ID, t, found, linked, codings, dates.Find(t))
	return asm.batch(a), trace
}
