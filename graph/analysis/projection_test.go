package analysis

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
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

func load(t testing.TB, a *archive) *Projection {
	t.Helper()
	p, err := Load(t.Context(), a, graph.TakingQuery{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSampleNamesActorsByTheirLevel(t *testing.T) {
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
		s, err := load(t, ministry()).Sample(Selection{Rows: tc.rows, Columns: tc.columns, Lang: tc.lang})
		if err != nil {
			t.Fatal(err)
		}
		names := func(list []Label) (out []string) {
			for _, l := range list {
				out = append(out, l.Name)
			}
			slices.Sort(out)
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

func TestSampleRefusesVariablesThatMakeNoNetwork(t *testing.T) {
	for _, v := range [][2]Variable{{Person, Person}, {"party", Issue}, {Person, "mood"}, {Person, Target}} {
		if _, err := load(t, ministry()).Sample(Selection{Rows: v[0], Columns: v[1]}); !errors.Is(err, ErrSettings) {
			t.Errorf("%s by %s: error = %v, want ErrSettings", v[0], v[1], err)
		}
	}
}

// talks is an archive of what actors say on an issue and its positions, a line
// a statement: day or ·, article, outlet, speaker, institution or ·, position,
// value and words.
func talks(t testing.TB, lines ...string) *archive {
	t.Helper()
	issue := graph.NewIssue("test", "talks")
	a := &archive{actors: map[graph.ID]graph.Actor{}, issues: map[graph.ID]graph.Issue{issue.ID: issue}, positions: map[graph.ID]graph.Position{}}
	actor := func(name string, kind graph.ActorKind) graph.ID {
		if name == "·" {
			return ""
		}
		v := graph.NewActor(kind, "x/"+name, graph.Name{Lang: "en", Value: name})
		if state, _, ok := strings.Cut(name, "-"); ok && kind == graph.Organization {
			v.PartOf = []graph.ID{graph.NewActor(graph.State, "x/"+state).ID}
		}
		a.actors[v.ID] = v
		return v.ID
	}
	for i, line := range lines {
		f := strings.Fields(line)
		if len(f) != 8 {
			t.Fatalf("%q has %d fields", line, len(f))
		}
		object := actor("on-"+f[5], graph.Group)
		position := graph.NewPosition(issue.ID, object, "")
		a.positions[position.ID] = position
		value, err := strconv.Atoi(f[6])
		if err != nil {
			t.Fatal(err)
		}
		kind := graph.Person
		if strings.Contains(f[3], "-") {
			kind = graph.Organization
		}
		if state, _, ok := strings.Cut(f[3]+f[4], "-"); ok {
			actor(strings.TrimLeft(state, "abcdefghijklmnopqrstuvwxyz"), graph.State)
		}
		e := graph.TakingEvent{
			Statement: graph.ID(fmt.Sprintf("statement-%d", i)), Article: graph.NewID(graph.KindArticle, f[1]), Outlet: graph.NewOutlet(f[2]).ID,
			Speaker: actor(f[3], kind), OnBehalfOf: actor(f[4], graph.Organization), Position: position.ID, Issue: issue.ID,
			Value: int8(value), Utterance: f[3] + f[7],
		}
		if f[0] != "·" {
			e.Said = graph.Day(f[0])
		}
		a.takings = append(a.takings, e)
	}
	return a
}

func actorID(name string) graph.ID { return graph.NewActor(graph.Person, "x/"+name).ID }

func positionID(name string) graph.ID {
	return graph.NewPosition(graph.NewIssue("test", "talks").ID, actorID("on-"+name), "").ID
}

func TestTheOrderOfTheStreamDoesNotMatter(t *testing.T) {
	lines := []string{
		"2021-01-02 a1 o1 ann · tolls 1 x", "2021-01-02 a1 o1 bob · tolls -1 y", "· a2 o1 ann · tolls 0 z",
		"2021-01-01 a3 o2 ann · aid 1 v", "2021-01-05 a4 o2 cyd · aid -1 w",
	}
	a := talks(t, lines...)
	want, err := load(t, a).Sample(Selection{Rows: Person, Columns: Position})
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(a.takings)
	got, err := load(t, a).Sample(Selection{Rows: Person, Columns: Position})
	if err != nil {
		t.Fatal(err)
	}
	for i := range got.List { // which numbers articles have is nobody's business
		got.List[i].Document, want.List[i].Document = 0, 0
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSelections(t *testing.T) {
	p := load(t, talks(t,
		"2021-01-01 a1 o1 ann · tolls 1 x", "2021-01-02 a2 o1 ann · tolls 1 x", "2021-01-03 a2 o1 ann · tolls 1 y",
		"2021-01-04 a3 o2 ann · tolls -1 z", "2021-01-05 a4 o2 bob · tolls 1 x", "2021-01-06 a4 o2 bob · aid 1 w",
		"2021-01-07 a4 o2 cyd · aid 0 w",
	))
	orders := func(s Selection) (list []int) {
		s.Rows, s.Columns = Person, Position
		got, err := p.Sample(s)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range got.List {
			list = append(list, e.Order)
		}
		return list
	}
	for _, c := range []struct {
		name string
		s    Selection
		want []int
	}{
		{"all", Selection{}, []int{0, 1, 2, 3, 4, 5, 6}},
		{"by utterance", Selection{Unit: UnitUtterance}, []int{0, 2, 3, 4, 5, 6}},
		{"by article", Selection{Unit: graph.UnitArticle}, []int{0, 1, 3, 4, 5, 6}},
		{"by outlet", Selection{Unit: UnitOutlet}, []int{0, 3, 4, 5, 6}},
		{"by utterance in copies", Selection{Unit: UnitUtterance, Copies: Copies{
			graph.NewID(graph.KindArticle, "a1"): "a", graph.NewID(graph.KindArticle, "a2"): "a",
		}}, []int{0, 2, 3, 4, 5, 6}},
		{"days", Selection{From: "2021-01-03", To: "2021-01-04"}, []int{2, 3}},
		{"no days", Selection{From: "2022-01-01"}, nil},
		{"without an actor", Selection{Exclude: []graph.ID{actorID("ann")}}, []int{4, 5, 6}},
		{"without a position and an outlet", Selection{Exclude: []graph.ID{positionID("aid"), graph.NewOutlet("o1").ID}}, []int{3, 4}},
		{"the busiest", Selection{Top: 1}, []int{0, 1, 2, 3}},
		{"all who take sides", Selection{Top: 2}, []int{0, 1, 2, 3, 4, 5, 6}},
	} {
		if diff := cmp.Diff(c.want, orders(c.s)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	for _, bad := range []Selection{
		{Rows: Person, Columns: Position, Unit: "WORD"}, {Rows: Person, Columns: Position, Top: -1}, {Rows: Target, Columns: Person},
	} {
		if _, err := p.Sample(bad); !errors.Is(err, ErrSettings) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

// An edge leads to the statements that make it, and to no others.
func TestTrails(t *testing.T) {
	p := load(t, talks(t,
		"2021-01-01 a1 o1 ann · tolls 1 x", "2021-01-02 a2 o1 bob · tolls 1 x", "2021-01-03 a2 o1 bob · tolls -1 y",
		"2021-01-04 a3 o2 ann · aid 1 z", "2021-01-05 a4 o2 bob · rent 1 x",
	))
	s, err := p.Sample(Selection{Rows: Person, Columns: Position})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		settings Settings
		want     []graph.ID
	}{
		{plain(Congruence), []graph.ID{"statement-0", "statement-1"}},
		{plain(Conflict), []graph.ID{"statement-0", "statement-2"}},
		{plain(Ignore), []graph.ID{"statement-0", "statement-1", "statement-2"}},
		{Settings{Type: TwoMode, Aggregation: Subtract, Normalization: NoNormalization, Duplicates: Include}, []graph.ID{"statement-1", "statement-2"}},
	} {
		n, err := Make(s.Events, c.settings)
		if err != nil {
			t.Fatal(err)
		}
		row, column := 0, 1 // Ann and Bob; in the two-mode network Bob and tolls
		if c.settings.Type == TwoMode {
			row, column = 1, slices.IndexFunc(n.Columns, func(l Label) bool { return l.ID == positionID("tolls") })
		}
		if diff := cmp.Diff(c.want, p.StatementsOf(n.Trail().Edge(row, column))); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", c.settings.Type, c.settings.Aggregation, diff)
		}
	}
}

func TestLoadReturnsTheFaultOfTheStore(t *testing.T) {
	a := ministry()
	a.fault = graph.ErrUnavailable
	if _, err := Load(t.Context(), a, graph.TakingQuery{}); !errors.Is(err, graph.ErrUnavailable) {
		t.Errorf("error = %v, want ErrUnavailable", err)
	}
}
