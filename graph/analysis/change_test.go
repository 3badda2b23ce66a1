package analysis

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
)

func TestShifts(t *testing.T) {
	p := load(t, talks(t,
		// Ann turns in March, with one relapse.
		"2021-01-01 a1 o1 ann · tolls -1 a", "2021-02-01 a2 o1 ann · tolls -1 b", "2021-02-20 a3 o1 ann · tolls -1 c",
		"2021-03-05 a4 o1 ann · tolls 1 d", "2021-03-09 a5 o1 ann · tolls 0 e", "2021-04-01 a6 o1 ann · tolls -1 f",
		"2021-05-01 a7 o1 ann · tolls 1 g", "2021-06-01 a8 o1 ann · tolls 1 h", "· a8 o1 ann · tolls -1 i",
		// Bob turns once, Cyd never, Dan says both on one day.
		"2021-01-01 a1 o1 bob · aid 1 a", "2021-01-09 a2 o1 bob · aid -1 b",
		"2021-01-01 a1 o1 cyd · aid 1 a", "2021-01-09 a2 o1 cyd · aid 1 b",
		"2021-01-01 a1 o1 dan · aid 1 a", "2021-01-01 a2 o1 dan · aid -1 b",
	))
	g := Grouping{Actor: Person, Toward: Position, Limit: 10}
	got, err := p.Shifts(g, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	for i := range got {
		got[i].behind = nil
	}
	want := []Shift{
		{
			Actor: actorID("ann"), Object: positionID("tolls"),
			Before: Phase{Count: 3, Mean: -1, Day: "2021-02-20", Statement: "statement-2"},
			After:  Phase{Count: 4, Mean: 0.5, Day: "2021-03-05", Statement: "statement-3"},
		},
		{
			Actor: actorID("bob"), Object: positionID("aid"),
			Before: Phase{Count: 1, Mean: 1, Day: "2021-01-01", Statement: "statement-9"},
			After:  Phase{Count: 1, Mean: -1, Day: "2021-01-09", Statement: "statement-10"},
		},
	}
	opaque := cmp.AllowUnexported(Shift{})
	if diff := cmp.Diff(want, got, opaque); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for _, c := range []struct {
		least   float64
		support int
		limit   int
		want    int
	}{{2, 1, 10, 1}, {0, 2, 10, 1}, {0, 5, 10, 0}, {0, 1, 1, 1}} {
		g.Limit = c.limit
		if got, err := p.Shifts(g, c.least, c.support); err != nil || len(got) != c.want {
			t.Errorf("%+v: %d shifts, %v", c, len(got), err)
		}
	}
	for _, bad := range []struct {
		g       Grouping
		least   float64
		support int
	}{
		{Grouping{Actor: Person, Toward: Position, Limit: 1}, 3, 1}, {Grouping{Actor: Person, Toward: Position, Limit: 1}, 1, 0},
		{Grouping{Toward: Position, Limit: 1}, 1, 1}, {Grouping{Actor: Person, Toward: Position}, 1, 1},
		{Grouping{Actor: Person, Toward: Position, Interval: graph.IntervalDay, Limit: 1}, 1, 1},
	} {
		if _, err := p.Shifts(bad.g, bad.least, bad.support); !errors.Is(err, ErrSettings) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

func TestContradictions(t *testing.T) {
	p := load(t, talks(t,
		"2021-01-01 a1 o1 ann RT-interior tolls 1 a",
		"2021-01-20 a2 o1 ann RT-interior tolls -1 b",
		"2021-01-09 a3 o1 RT-interior · tolls 1 c",
		"2021-01-10 a4 o1 bob RT-trade tolls 1 d",
		"2021-02-01 a5 o1 RT-interior · aid -1 e",
		"2021-02-11 a5 o1 cyd RT-trade aid 1 f",
		"· a6 o1 dan · rent 1 g",
		"· a6 o1 dan · rent -1 h",
		"2021-01-09 a7 o1 eve · rent 1 i",
		"2021-01-11 a7 o1 fay · rent -1 j",
	))
	type found struct {
		Actor, Object string
		First, Second graph.ID
		Days          int
	}
	name := map[graph.ID]string{}
	for _, n := range []string{"ann", "bob", "cyd", "dan", "RT-interior", "RT-trade", "RT"} {
		name[actorID(n)] = n
	}
	for _, n := range []string{"tolls", "aid", "rent"} {
		name[positionID(n)] = n
	}
	for _, c := range []struct {
		level Variable
		days  int
		want  []found
	}{
		{Person, -1, []found{
			{"ann", "tolls", "statement-0", "statement-1", 19},
			{"dan", "rent", "statement-6", "statement-7", -1},
		}},
		{Person, 18, nil},
		// An official and the institution.
		{Institution, -1, []found{{"RT-interior", "tolls", "statement-2", "statement-1", 11}}},
		// Two institutions of a state.
		{State, -1, []found{
			{"RT", "tolls", "statement-3", "statement-1", 10},
			{"RT", "aid", "statement-4", "statement-5", 10},
		}},
		{State, 9, nil},
	} {
		list, err := p.Contradictions(Grouping{Actor: c.level, Toward: Position, Limit: 10}, c.days)
		if err != nil {
			t.Fatal(err)
		}
		var got []found
		for _, x := range list {
			got = append(got, found{name[x.Actor], name[x.Object], x.First, x.Second, x.Days})
			if n := len(p.ContradictionStatements(&x)); n != x.Negative+x.Positive {
				t.Errorf("%s: %d statements of %d values", name[x.Actor], n, x.Negative+x.Positive)
			}
		}
		sorted := cmp.Transformer("set", func(l []found) map[found]bool {
			m := map[found]bool{}
			for _, f := range l {
				m[f] = true
			}
			return m
		})
		if diff := cmp.Diff(c.want, got, sorted); diff != "" {
			t.Errorf("%s within %d days (-want +got):\n%s", c.level, c.days, diff)
		}
	}
}

func TestPaths(t *testing.T) {
	p := load(t, talks(t,
		"2021-01-01 a1 o1 ann · tolls 1 a", "2021-01-02 a1 o1 bob · tolls 1 b", "2021-01-02 a1 o1 cyd · tolls 1 b",
		"2021-01-03 a2 o1 bob · aid 1 c", "2021-01-04 a2 o1 cyd · aid 1 c", "2021-01-05 a2 o1 dan · aid 1 c",
		"2021-01-05 a2 o1 cyd · rent -1 c", "2021-01-06 a2 o1 dan · rent -1 c",
		"2021-01-07 a3 o1 eve · aid -1 c", "2021-01-08 a3 o1 fay · fees 0 c",
	))
	s, err := p.Sample(Selection{Rows: Person, Columns: Position, Lang: "en"})
	if err != nil {
		t.Fatal(err)
	}
	path := func(from, to string, r Relation) (names string, statements []graph.ID) {
		steps, err := s.Path(actorID(from), actorID(to), r)
		if err != nil {
			t.Fatal(err)
		}
		for i, st := range steps {
			if i == 0 {
				names = s.Rows[st.From].Name
			}
			names += ">" + s.Rows[st.To].Name
			statements = append(statements, p.StatementsOf(st.Events)...)
		}
		return names, statements
	}
	// Cyd shares two things with Dan, Bob one.
	names, statements := path("ann", "dan", Agreeing)
	if diff := cmp.Diff([]graph.ID{"statement-0", "statement-2", "statement-4", "statement-5", "statement-6", "statement-7"}, statements); names != "ann>cyd>dan" || diff != "" {
		t.Errorf("%s (-want +got):\n%s", names, diff)
	}
	for _, c := range []struct {
		from, to string
		r        Relation
		want     string
	}{
		{"bob", "eve", Opposing, "bob>eve"}, {"bob", "dan", Opposing, "bob>eve>dan"}, {"ann", "eve", Agreeing, ""},
		{"ann", "fay", Agreeing, ""}, {"ann", "nobody", Agreeing, ""}, {"ann", "eve", Opposing, ""},
	} {
		if got, _ := path(c.from, c.to, c.r); got != c.want {
			t.Errorf("%s from %s to %s: %q, want %q", c.r, c.from, c.to, got, c.want)
		}
	}
	for _, bad := range []func() ([]Step, error){
		func() ([]Step, error) { return s.Path(actorID("ann"), actorID("ann"), Agreeing) },
		func() ([]Step, error) { return s.Path(actorID("ann"), actorID("bob"), "love") },
	} {
		if _, err := bad(); !errors.Is(err, ErrSettings) {
			t.Errorf("error = %v, want ErrSettings", err)
		}
	}
}
