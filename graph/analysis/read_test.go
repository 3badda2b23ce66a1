package analysis

import (
	"context"
	"errors"
	"iter"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
)

// archive is a reader of a few nodes.
type archive struct {
	graph.Reader // what networks do not ask for
	takings      []graph.TakingEvent
	actors       map[graph.ID]graph.Actor
	issues       map[graph.ID]graph.Issue
	positions    map[graph.ID]graph.Position
	places       map[graph.ID]graph.Place
	fault        error
}

func (a *archive) Takings(context.Context, graph.TakingQuery) iter.Seq2[graph.TakingEvent, error] {
	return func(yield func(graph.TakingEvent, error) bool) {
		for _, e := range a.takings {
			if !yield(e, nil) {
				return
			}
		}
		if a.fault != nil {
			yield(graph.TakingEvent{}, a.fault)
		}
	}
}

func pick[T any](all map[graph.ID]T, ids []graph.ID) map[graph.ID]T {
	found := map[graph.ID]T{}
	for _, id := range ids {
		if v, ok := all[id]; ok {
			found[id] = v
		}
	}
	return found
}

func (a *archive) Actors(_ context.Context, ids []graph.ID) (map[graph.ID]graph.Actor, error) {
	return pick(a.actors, ids), nil
}

func (a *archive) Issues(_ context.Context, ids []graph.ID) (map[graph.ID]graph.Issue, error) {
	return pick(a.issues, ids), nil
}

func (a *archive) Positions(_ context.Context, ids []graph.ID) (map[graph.ID]graph.Position, error) {
	return pick(a.positions, ids), nil
}

func (a *archive) Places(_ context.Context, ids []graph.ID) (map[graph.ID]graph.Place, error) {
	return pick(a.places, ids), nil
}

// ministry is an archive in which a minister speaks for her ministry, which is
// part of Ruritania, and a nameless source speaks too.
func ministry() *archive {
	en := func(name string) graph.Name { return graph.Name{Lang: "en", Value: name} }
	state := graph.NewActor(graph.State, "state/rt", en("Ruritania"), graph.Name{Lang: "ar", Value: "روريتانيا"})
	office := graph.NewActor(graph.Organization, "org/rt-interior", en("Ministry of Interior of Ruritania"))
	office.PartOf = []graph.ID{state.ID}
	minister := graph.NewActor(graph.Person, "person/jane roe", en("Jane Roe"))
	issue := graph.NewIssue("test", "border-security")
	issue.Labels = []graph.Name{en("Border security")}
	issue.Propositions = []graph.Name{en("The borders of {place} should be closed by {object}.")}
	place := graph.NewPlace("place/gs", en("Graustark"))
	position := graph.NewPosition(issue.ID, "", place.ID)
	return &archive{
		takings: []graph.TakingEvent{
			{Statement: "s1", Article: "a1", Speaker: minister.ID, OnBehalfOf: office.ID, Position: position.ID, Issue: issue.ID, Value: 1, Said: "2021-03-04"},
			{Statement: "s2", Article: "a2", Speaker: state.ID, Position: position.ID, Issue: issue.ID, Value: -1},
			{Statement: "s3", Article: "a2", Position: position.ID, Issue: issue.ID, Value: -1, Said: "2021-03-05"},
		},
		actors:    map[graph.ID]graph.Actor{state.ID: state, office.ID: office, minister.ID: minister},
		issues:    map[graph.ID]graph.Issue{issue.ID: issue},
		positions: map[graph.ID]graph.Position{position.ID: position},
		places:    map[graph.ID]graph.Place{place.ID: place},
	}
}

func TestReadNamesActorsByTheirLevel(t *testing.T) {
	for _, tc := range []struct {
		rows, columns Variable
		lang          string
		wantRows      []string
		wantColumns   []string
	}{
		{Person, Position, "en", []string{"Jane Roe", "Ruritania"}, []string{"The borders of Graustark should be closed by …."}},
		{Institution, Issue, "en", []string{"Ministry of Interior of Ruritania", "Ruritania"}, []string{"Border security"}},
		{State, Issue, "ar", []string{"روريتانيا"}, []string{"Border security"}},
		{Issue, Person, "en", []string{"Border security"}, []string{"Jane Roe", "Ruritania"}},
	} {
		s, err := Read(t.Context(), ministry(), graph.StatementFilter{}, tc.rows, tc.columns, tc.lang)
		if err != nil {
			t.Fatal(err)
		}
		names := func(list []Label) (out []string) {
			for _, l := range list {
				out = append(out, l.Name)
			}
			return out
		}
		if diff := cmp.Diff([][]string{tc.wantRows, tc.wantColumns}, [][]string{names(s.Rows), names(s.Columns)}); diff != "" {
			t.Errorf("%s by %s (-want +got):\n%s", tc.rows, tc.columns, diff)
		}
		if s.Nameless != 1 || s.Undated != 1 || len(s.List) != 2 {
			t.Errorf("%s by %s: %d events, %d nameless, %d undated; want 2, 1, 1", tc.rows, tc.columns, len(s.List), s.Nameless, s.Undated)
		}
	}
}

func TestReadRefusesVariablesThatMakeNoNetwork(t *testing.T) {
	for _, v := range [][2]Variable{{Person, Person}, {"party", Issue}, {Person, "mood"}} {
		if _, err := Read(t.Context(), ministry(), graph.StatementFilter{}, v[0], v[1], "en"); !errors.Is(err, ErrSettings) {
			t.Errorf("%s by %s: error = %v, want ErrSettings", v[0], v[1], err)
		}
	}
}

func TestReadReturnsTheFaultOfTheStore(t *testing.T) {
	a := ministry()
	a.fault = graph.ErrUnavailable
	if _, err := Read(t.Context(), a, graph.StatementFilter{}, Person, Issue, "en"); !errors.Is(err, graph.ErrUnavailable) {
		t.Errorf("error = %v, want ErrUnavailable", err)
	}
}
