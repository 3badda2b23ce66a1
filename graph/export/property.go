package export

import (
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"mawqif/graph"
)

// A selection as a property graph: every node and every relation of the graph,
// with all its attributes. Those of several values are JSON.

// valueType is the type of an attribute, in the words of GraphML.
type valueType string

const (
	textValue   valueType = "string"
	intValue    valueType = "int"
	doubleValue valueType = "double"
	boolValue   valueType = "boolean"
)

// attribute is an attribute that nodes or edges may have.
type attribute struct {
	name string
	kind valueType
}

// The attributes of nodes and edges.
var (
	vertexAttributes = []attribute{
		{"kind", textValue}, {"label", textValue}, {"names", textValue}, {"key", textValue}, {"actor_kind", textValue},
		{"act", textValue}, {"quote_type", textValue}, {"cue", textValue}, {"content", textValue}, {"confidence", doubleValue},
		{"said", textValue}, {"said_precision", textValue}, {"said_origin", textValue}, {"utterance", textValue}, {"recorded_at", textValue},
		{"codebook", textValue}, {"propositions", textValue}, {"extractor", textValue}, {"rules", textValue},
		{"source_id", textValue}, {"url", textValue}, {"title", textValue}, {"language", textValue}, {"published", textValue},
		{"text_hash", textValue}, {"text", textValue},
	}
	edgeAttributes = []attribute{
		{"relation", textValue}, {"weight", doubleValue}, {"role", textValue}, {"stance", intValue}, {"mention", textValue},
		{"agreement", intValue}, {"evidence", textValue}, {"title", textValue}, {"first", textValue}, {"last", textValue},
	}
)

// property is the value of an attribute.
type property struct {
	name  string
	value string
}

// spell is when a node or an edge was, in days; empty if always.
type spell struct{ from, to graph.Day }

// vertex is a node of a property graph, and edge a relation.
type (
	vertex struct {
		id         string
		label      string
		properties []property
		spell      spell
	}
	edge struct {
		from, to   string
		relation   string
		weight     float64
		properties []property
		spells     []spell
		// weights are the weights in each of the spells; nil if always the same.
		weights []float64
	}
)

// sink takes a property graph: an edge after both its ends.
type sink interface {
	vertex(*vertex) error
	edge(*edge) error
}

// elements streams the selection into a sink.
func (s *Selection) elements(ctx context.Context, to sink) error {
	w := elementWriter{Selection: s, to: to, seen: once{}, held: map[graph.Held]bool{}}
	for b, err := range s.Batches(ctx) {
		if err != nil {
			return err
		}
		if w.batch(&b); w.err != nil {
			return w.err
		}
	}
	return nil
}

// elementWriter remembers what it has written, and the first error.
type elementWriter struct {
	*Selection
	to   sink
	seen once
	held map[graph.Held]bool
	err  error
	list []property // reused
}

// add adds an attribute that has a value.
func (w *elementWriter) add(name, value string) {
	if value != "" {
		w.list = append(w.list, property{name, value})
	}
}

func (w *elementWriter) names(key string, names []graph.Name) string {
	w.list = w.list[:0]
	w.add("names", namesCell(names))
	w.add("key", key)
	return graph.NameIn(names, w.Lang)
}

// namesCell is names as JSON; "" for none.
func namesCell(names []graph.Name) string {
	if len(names) == 0 {
		return ""
	}
	return compact(names)
}

func (w *elementWriter) vertex(id graph.ID, label string, when spell) {
	if w.err == nil {
		w.counts.Nodes++
		w.err = w.to.vertex(&vertex{id: string(id), label: label, properties: append(w.list, property{"kind", string(id.Kind())}), spell: when})
	}
}

// edge writes a relation, if there is something at its other end, with the
// properties that stand in the list.
func (w *elementWriter) edge(relation string, from, to graph.ID, when spell, properties ...property) {
	if to == "" || from == "" || w.err != nil {
		return
	}
	w.counts.Edges++
	e := edge{from: string(from), to: string(to), relation: relation, weight: 1, properties: properties}
	if when != (spell{}) {
		e.spells = []spell{when}
	}
	w.err = w.to.edge(&e)
}

func (w *elementWriter) batch(b *graph.Batch) {
	var parts [][2]graph.ID // with their wholes
	for i := range b.Actors {
		if n := &b.Actors[i]; w.seen.first(n.ID) {
			label := w.names(n.Key, n.Names)
			w.add("actor_kind", string(n.Kind))
			w.vertex(n.ID, label, spell{})
			for _, whole := range n.PartOf {
				parts = append(parts, [2]graph.ID{n.ID, whole})
			}
		}
	}
	for i := range b.Places {
		if n := &b.Places[i]; w.seen.first(n.ID) {
			w.vertex(n.ID, w.names(n.Key, n.Names), spell{})
			parts = append(parts, [2]graph.ID{n.ID, n.PartOf})
		}
	}
	for i := range b.Outlets {
		if n := &b.Outlets[i]; w.seen.first(n.ID) {
			w.vertex(n.ID, w.names(n.Key, n.Names), spell{})
		}
	}
	for i := range b.Issues {
		if n := &b.Issues[i]; w.seen.first(n.ID) {
			label := w.names(n.Key, n.Labels)
			w.add("codebook", n.Codebook)
			w.add("propositions", namesCell(n.Propositions))
			w.vertex(n.ID, label, spell{})
			parts = append(parts, [2]graph.ID{n.ID, n.Parent})
		}
	}
	for _, p := range parts {
		w.edge("PART_OF", p[0], p[1], spell{})
	}
	l := newLookup(b, w.Lang)
	for i := range b.Positions {
		if n := &b.Positions[i]; w.seen.first(n.ID) {
			w.list = w.list[:0]
			w.vertex(n.ID, l.position(n.ID).proposition, spell{})
			w.edge("ON", n.ID, n.Issue, spell{})
			w.edge("CONCERNS", n.ID, n.Object, spell{})
			w.edge("IN", n.ID, n.Place, spell{})
		}
	}
	if w.seen.first(b.Run.ID) {
		w.list = w.list[:0]
		w.add("extractor", b.Run.Extractor)
		w.add("rules", b.Run.Version)
		w.add("codebook", b.Run.Codebook)
		w.vertex(b.Run.ID, b.Run.Extractor+" "+b.Run.Version, spell{})
	}
	w.article(&b.Article)
	for i := range b.Statements {
		w.statement(&b.Statements[i])
	}
	for _, h := range b.Held {
		if !w.held[h] {
			w.held[h] = true
			w.edge("HELD", h.Person, h.Institution, spell{h.First, h.Last},
				property{"title", h.Title}, property{"first", string(h.First)}, property{"last", string(h.Last)})
		}
	}
}

func (w *elementWriter) article(a *graph.Article) {
	if !w.seen.first(a.ID) {
		return
	}
	w.list = w.list[:0]
	for _, p := range []property{
		{"source_id", a.SourceID}, {"url", a.URL}, {"title", a.Title}, {"language", a.Language},
		{"published", string(a.Published)}, {"text_hash", a.TextHash},
	} {
		w.add(p.name, p.value)
	}
	if w.Texts {
		w.add("text", a.Text)
	}
	w.vertex(a.ID, a.Title, spell{a.Published, a.Published})
	w.edge("PUBLISHED_BY", a.ID, a.Outlet, spell{})
}

func (w *elementWriter) statement(s *graph.Statement) {
	when := spellOf(s.SaidAt)
	w.list = w.list[:0]
	for _, p := range []property{
		{"act", string(s.Act)}, {"quote_type", string(s.QuoteType)}, {"cue", s.Cue}, {"content", s.Content},
		{"confidence", number(s.Confidence)}, {"said", string(s.SaidAt.Day)}, {"said_precision", string(s.SaidAt.Precision)},
		{"said_origin", string(s.SaidAt.Origin)}, {"utterance", s.Utterance}, {"recorded_at", instant(s.RecordedAt)},
	} {
		w.add(p.name, p.value)
	}
	w.vertex(s.ID, s.Content, when)
	w.edge("MADE", s.Speaker, s.ID, when, property{"role", s.Role})
	w.edge("ON_BEHALF_OF", s.ID, s.OnBehalfOf, when)
	for _, t := range s.Targets {
		w.edge("TOWARD", s.ID, t.Actor, when, property{"stance", strconv.Itoa(int(t.Stance))}, property{"mention", t.Mention})
	}
	for _, t := range s.Positions {
		w.edge("TAKES", s.ID, t.Position, when, property{"agreement", strconv.Itoa(int(t.Agreement))})
	}
	for _, p := range s.Places {
		w.edge("ABOUT", s.ID, p, when)
	}
	w.edge("RELAYED_VIA", s.ID, s.RelayedVia, when)
	w.edge("REPORTED_IN", s.ID, s.Article, when, property{"evidence", compact(s.Evidence)})
	w.edge("PRODUCED_BY", s.ID, s.Run, spell{})
}

// spellOf is the days that a date covers.
func spellOf(d graph.Date) spell {
	first := d.Day.Time()
	switch {
	case d.IsZero():
		return spell{}
	case d.Precision == graph.PrecisionMonth:
		return spell{d.Day, graph.NewDay(first.Year(), first.Month()+1, 0)}
	case d.Precision == graph.PrecisionYear:
		return spell{d.Day, graph.NewDay(first.Year(), time.December, 31)}
	}
	return spell{d.Day, d.Day}
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// spool keeps what must be written later, in a file.
type spool struct {
	*os.File
}

// newSpool makes a spool; discard it when it is written out.
func newSpool() (*spool, error) {
	f, err := os.CreateTemp("", "mawqif-export-")
	if err != nil {
		return nil, fmt.Errorf("keep edges for later: %w", err)
	}
	return &spool{f}, nil
}

// writeOut copies what was kept.
func (s *spool) writeOut(w io.Writer) error {
	if _, err := s.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := io.Copy(w, s.File)
	return err
}

func (s *spool) discard() {
	_ = s.Close()
	_ = os.Remove(s.Name())
}
