package analysis

import (
	"context"
	"fmt"
	"slices"

	"mawqif/graph"
)

// Variable tells what the rows or the columns of a network are.
type Variable string

// The variables. A person is the speaker, whoever it is; an institution the
// speaker if it is a body, else whom it speaks for, else the speaker; a state
// that to which the institution belongs, or else the institution.
const (
	Person      Variable = "person"
	Institution Variable = "institution"
	State       Variable = "state"
	Position    Variable = "position"
	Issue       Variable = "issue"
)

// Variables lists the variables.
var Variables = []Variable{Person, Institution, State, Position, Issue}

// Sample is what was read for a network.
type Sample struct {
	Events
	// Undated counts events without a day; they come before all others.
	// Nameless counts statements that name no source, which are left out.
	Undated, Nameless int
}

// Read reads the events of the statements that match, with labels in a
// language. It asks the store one question for the statements, one for each
// kind of node, and one for each step up from institutions to states.
func Read(ctx context.Context, r graph.Reader, f graph.StatementFilter, rows, columns Variable, lang string) (Sample, error) {
	for _, v := range []Variable{rows, columns} {
		if !slices.Contains(Variables, v) {
			return Sample{}, fmt.Errorf("%w: %q is none of %v", ErrSettings, v, Variables)
		}
	}
	if rows == columns {
		return Sample{}, fmt.Errorf("%w: rows and columns are both %s", ErrSettings, rows)
	}
	var takings []graph.TakingEvent
	for e, err := range r.Takings(ctx, graph.TakingQuery{Filter: f}) {
		if err != nil {
			return Sample{}, err
		}
		takings = append(takings, e)
	}
	n := naming{reader: r, lang: lang}
	if err := n.load(ctx, takings, rows, columns); err != nil {
		return Sample{}, err
	}
	var s Sample
	rowAt, columnAt, documentAt := map[graph.ID]int{}, map[graph.ID]int{}, map[graph.ID]int{}
	for i, e := range takings {
		row, column := n.of(e, rows), n.of(e, columns)
		if row == "" || column == "" {
			s.Nameless++
			continue
		}
		said := e.Said
		if said == "" {
			said = e.Published
		}
		if said == "" {
			s.Undated++
		}
		document, ok := documentAt[e.Article]
		if !ok {
			document = len(documentAt)
			documentAt[e.Article] = document
		}
		s.List = append(s.List, Event{
			Row: n.index(&s.Rows, rowAt, row), Column: n.index(&s.Columns, columnAt, column),
			Value: e.Value, Document: document, Time: said.Time(), Order: i,
		})
	}
	return s, nil
}

// naming knows the nodes that events name.
type naming struct {
	reader    graph.Reader
	lang      string
	actors    map[graph.ID]graph.Actor
	issues    map[graph.ID]graph.Issue
	positions map[graph.ID]graph.Position
	places    map[graph.ID]graph.Place
}

func (n *naming) load(ctx context.Context, takings []graph.TakingEvent, variables ...Variable) (err error) {
	var actors, issues, positions, places []graph.ID
	needPositions := slices.Contains(variables, Position)
	for _, e := range takings {
		actors = append(actors, e.Speaker, e.OnBehalfOf)
		issues = append(issues, e.Issue)
		if needPositions {
			positions = append(positions, e.Position)
		}
	}
	if n.positions, err = n.reader.Positions(ctx, unique(positions)); err != nil {
		return err
	}
	for _, id := range unique(positions) {
		actors = append(actors, n.positions[id].Object)
		places = append(places, n.positions[id].Place)
	}
	if n.places, err = n.reader.Places(ctx, unique(places)); err != nil {
		return err
	}
	if n.issues, err = n.reader.Issues(ctx, unique(issues)); err != nil {
		return err
	}
	n.actors = map[graph.ID]graph.Actor{}
	for next := unique(actors); len(next) > 0; {
		found, err := n.reader.Actors(ctx, next)
		if err != nil {
			return err
		}
		var wholes []graph.ID
		for id, a := range found {
			n.actors[id] = a
			wholes = append(wholes, a.PartOf...)
		}
		next = slices.DeleteFunc(unique(wholes), func(id graph.ID) bool { _, known := n.actors[id]; return known })
	}
	return nil
}

// unique returns the ids that name something, each once, sorted.
func unique(ids []graph.ID) []graph.ID {
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if len(ids) > 0 && ids[0] == "" {
		ids = ids[1:]
	}
	return ids
}

// of returns the node that an event gives a variable; zero if it has none.
func (n *naming) of(e graph.TakingEvent, v Variable) graph.ID {
	switch v {
	case Person:
		return e.Speaker
	case Institution:
		return n.institution(e)
	case State:
		return n.state(n.institution(e))
	case Position:
		return e.Position
	}
	return e.Issue
}

// institution returns the speaker if it is a body, else whom it speaks for,
// else the speaker.
func (n *naming) institution(e graph.TakingEvent) graph.ID {
	switch n.actors[e.Speaker].Kind {
	case graph.Organization, graph.Group, graph.State:
		return e.Speaker
	}
	if e.OnBehalfOf != "" {
		return e.OnBehalfOf
	}
	return e.Speaker
}

// state returns the first state found by going up from an actor, or the actor.
func (n *naming) state(id graph.ID) graph.ID {
	seen := map[graph.ID]bool{}
	for next := []graph.ID{id}; len(next) > 0; next = next[1:] {
		a := n.actors[next[0]]
		if a.Kind == graph.State {
			return a.ID
		}
		if !seen[next[0]] {
			seen[next[0]] = true
			next = append(next, a.PartOf...)
		}
	}
	return id
}

func (n *naming) index(labels *[]Label, at map[graph.ID]int, id graph.ID) int {
	i, ok := at[id]
	if !ok {
		i = len(*labels)
		at[id] = i
		*labels = append(*labels, Label{ID: id, Name: n.name(id)})
	}
	return i
}

func (n *naming) name(id graph.ID) string {
	switch id.Kind() {
	case graph.KindActor:
		return graph.NameIn(n.actors[id].Names, n.lang)
	case graph.KindIssue:
		return graph.NameIn(n.issues[id].Labels, n.lang)
	}
	p := n.positions[id]
	issue := n.issues[p.Issue]
	return issue.Proposition(n.actors[p.Object].Names, n.places[p.Place].Names, n.lang)
}
