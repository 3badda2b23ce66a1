package ingest

import (
	"cmp"
	"slices"
	"strings"

	"mawqif/graph"
	"mawqif/ingest/code"
	"mawqif/ingest/dates"
	"mawqif/ingest/extract"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/link"
	"mawqif/ingest/text"
)

// nodes gathers the nodes of one kind, each once.
type nodes[T any] struct {
	id   func(*T) graph.ID
	seen map[graph.ID]bool
	list []T
}

func newNodes[T any](id func(*T) graph.ID) *nodes[T] {
	return &nodes[T]{id: id, seen: map[graph.ID]bool{}}
}

func (n *nodes[T]) add(v T) graph.ID {
	id := n.id(&v)
	if !n.seen[id] {
		n.seen[id] = true
		n.list = append(n.list, v)
	}
	return id
}

// sorted returns the nodes by id.
func (n *nodes[T]) sorted() []T {
	slices.SortFunc(n.list, func(a, b T) int { return cmp.Compare(n.id(&a), n.id(&b)) })
	return n.list
}

// assembly joins what the stages found into the nodes and statements of a
// batch, with everything that they refer to.
type assembly struct {
	names     *gazetteer.Gazetteer
	run       graph.Run
	actors    *nodes[graph.Actor]
	places    *nodes[graph.Place]
	outlets   *nodes[graph.Outlet]
	issues    *nodes[graph.Issue]
	positions *nodes[graph.Position]
	found     []graph.Statement
	held      []graph.Held
}

func newAssembly(names *gazetteer.Gazetteer, run graph.Run) *assembly {
	return &assembly{
		names: names, run: run,
		actors:    newNodes(func(a *graph.Actor) graph.ID { return a.ID }),
		places:    newNodes(func(p *graph.Place) graph.ID { return p.ID }),
		outlets:   newNodes(func(o *graph.Outlet) graph.ID { return o.ID }),
		issues:    newNodes(func(i *graph.Issue) graph.ID { return i.ID }),
		positions: newNodes(func(p *graph.Position) graph.ID { return p.ID }),
	}
}

func (a *assembly) batch(article graph.Article) graph.Batch {
	return graph.Batch{
		Article: article, Run: a.run,
		Outlets: a.outlets.sorted(), Actors: a.actors.sorted(), Places: a.places.sorted(),
		Issues: a.issues.sorted(), Positions: a.positions.sorted(),
		Statements: a.found, Held: a.held,
	}
}

// actor adds an actor and, from the gazetteer, what it is part of.
func (a *assembly) actor(n *graph.Actor) graph.ID {
	if n == nil {
		return ""
	}
	if !a.actors.seen[n.ID] {
		a.actors.add(*n)
		for _, id := range n.PartOf {
			a.actor(a.names.Actor(id))
		}
	}
	return n.ID
}

func (a *assembly) place(n *graph.Place) graph.ID {
	if n == nil {
		return ""
	}
	if !a.places.seen[n.ID] {
		a.places.add(*n)
		a.place(a.names.Place(n.PartOf))
	}
	return n.ID
}

// statements adds the statements of an article, in its order, and returns the
// rules that made each.
func (a *assembly) statements(article graph.ID, t *text.Text, found []extract.Attribution, linked link.Linked, codings []code.Coding, days []dates.Found) Trace {
	var trace Trace
	points := graph.NewOffsets(t.Raw)
	seen := map[graph.ID]bool{}
	when := said(t, found, linked, days)
	for i := range found {
		f, source, coding := &found[i], &linked.Sources[i], &codings[i]
		if len(f.Content) == 0 {
			continue
		}
		s := graph.Statement{
			Article: article, Run: a.run.ID,
			Speaker: a.actor(source.Speaker), Role: source.Role, OnBehalfOf: a.actor(source.OnBehalfOf),
			QuoteType: f.Quote, Act: coding.Act, Cue: t.At(f.Cue), Confidence: coding.Confidence,
		}
		prove := func(role graph.Role, span text.Span) {
			if !span.IsZero() {
				s.Evidence = append(s.Evidence, graph.Evidence{
					Role: role, Start: points.Point(span.Start), End: points.Point(span.End), Exact: t.At(span),
				})
			}
		}
		s.SaidAt = when[i].Date
		prove(graph.RoleTime, when[i].Span)
		prove(graph.RoleCue, f.Cue)
		prove(graph.RoleSource, f.Source)
		var content []string
		for _, c := range f.Content {
			content = append(content, t.At(c))
			prove(graph.RoleContent, c)
		}
		s.Content = strings.Join(content, " … ")
		if source.Relay != nil {
			s.RelayedVia = a.outlets.add(*source.Relay)
		}
		for _, target := range coding.Targets {
			s.Targets = append(s.Targets, graph.Target{
				Actor: a.actor(target.Actor), Stance: target.Stance, Mention: t.At(target.Mention),
			})
			prove(graph.RoleTarget, target.Mention)
		}
		for _, p := range coding.Positions {
			position := graph.NewPosition(a.issues.add(*p.Issue), a.actor(p.Object), a.place(p.Place))
			s.Positions = append(s.Positions, graph.Taking{Position: a.positions.add(position), Agreement: p.Agreement})
		}
		for _, p := range coding.Places {
			s.Places = append(s.Places, a.place(p))
		}
		s.Identify()
		if seen[s.ID] {
			continue
		}
		seen[s.ID] = true
		a.found = append(a.found, s)
		trace = append(trace, slices.Concat(f.Rules, source.Rules, coding.Rules))
	}
	for _, h := range linked.Held {
		if a.actors.seen[h.Person] {
			a.actor(h.Body)
			a.held = append(a.held, h.Held)
		}
	}
	return trace
}

// said tells when the attributions were said.
func said(t *text.Text, found []extract.Attribution, linked link.Linked, days []dates.Found) []dates.Found {
	sayings := make([]dates.Saying, len(found))
	for i := range found {
		f, source := &found[i], &linked.Sources[i]
		s := dates.Saying{Cue: f.Cue, Frame: f.Frame, Content: f.Content, Continues: f.Continues}
		if source.Speaker != nil {
			s.Speaker = string(source.Speaker.ID)
		}
		if source.OnBehalfOf != nil && source.OnBehalfOf.Kind != graph.State {
			s.Behalf = string(source.OnBehalfOf.ID)
		}
		sayings[i] = s
	}
	return dates.Said(t, days, sayings)
}
