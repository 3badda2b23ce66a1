package analysis

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
	"mawqif/graph/graphtest"
	"mawqif/graph/sqlite"
)

// synthetic is a store of a graph made by chance.
func synthetic(t testing.TB, statements int) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	for b := range (graphtest.Synthetic{Seed: 7, Statements: statements}).Batches() {
		if err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// Cells are the stances that a store counts.
func TestCellsAreStances(t *testing.T) {
	s := synthetic(t, 400)
	dimensions := map[Variable]graph.Dimension{Position: graph.ByPosition, Issue: graph.ByIssue, Target: graph.ByTarget}
	for toward, d := range dimensions {
		p, err := Load(t.Context(), s, graph.TakingQuery{Toward: Toward(toward)})
		if err != nil {
			t.Fatal(err)
		}
		for _, unit := range []graph.Unit{graph.UnitStatement, graph.UnitArticle} {
			for _, interval := range []graph.Interval{"", graph.IntervalDay, graph.IntervalWeek, graph.IntervalMonth, graph.IntervalYear} {
				for _, limit := range []int{10_000, 17} {
					q := graph.StanceQuery{By: []graph.Dimension{graph.BySpeaker, graph.ByOnBehalfOf, d}, Interval: interval, Unit: unit, Limit: limit}
					if interval != "" {
						q.By = append(q.By, graph.ByInterval)
					}
					want, err := s.Stances(t.Context(), q)
					if err != nil {
						t.Fatal(err)
					}
					cells, rest, err := p.Cells(Grouping{Actor: Person, Behalf: true, Toward: toward, Interval: interval, Unit: unit, Limit: limit})
					if err != nil {
						t.Fatal(err)
					}
					got := make([]graph.Stance, len(cells))
					for i, c := range cells {
						got[i] = graph.Stance{
							Speaker: c.Actor, OnBehalfOf: c.Behalf, From: c.From, Negative: c.Negative, Neutral: c.Neutral, Positive: c.Positive,
							First: c.First, Last: c.Last,
						}
						switch toward {
						case Position:
							got[i].Position = c.Object
						case Issue:
							got[i].Issue = c.Object
						case Target:
							got[i].Target = c.Object
						}
						if n := len(p.Statements(&cells[i])); n == 0 || unit == graph.UnitStatement && n > c.Count() {
							t.Fatalf("%d statements behind %d values", n, c.Count())
						}
					}
					if diff := cmp.Diff(want, got); diff != "" || (rest > 0) != (limit == 17) {
						t.Fatalf("%s by %s, %s, %d left out of %d (-store +cells):\n%s", toward, unit, interval, rest, limit, diff)
					}
				}
			}
		}
	}
}

func TestCellsOfLevels(t *testing.T) {
	p := load(t, talks(t,
		"2021-01-01 a1 o1 ann RT-interior tolls 1 a", "2021-01-08 a2 o1 bob RT-trade tolls -1 b", "2021-02-01 a3 o2 RT-trade · tolls 0 c",
	))
	type cell struct {
		Actor                       graph.ID
		From                        graph.Day
		Negative, Neutral, Positive int
	}
	for _, c := range []struct {
		g    Grouping
		want []cell
	}{
		{Grouping{Actor: State}, []cell{{actorID("RT"), "", 1, 1, 1}}},
		{Grouping{Actor: State, Interval: graph.IntervalMonth}, []cell{{actorID("RT"), "2021-01-01", 1, 0, 1}, {actorID("RT"), "2021-02-01", 0, 1, 0}}},
		{Grouping{Actor: Institution, From: "2021-01-05"}, []cell{{actorID("RT-trade"), "", 1, 1, 0}}},
		{Grouping{Unit: UnitOutlet}, []cell{{"", "", 1, 1, 1}}},
		{Grouping{Actor: Person, Exclude: []graph.ID{actorID("RT-trade")}}, []cell{{actorID("ann"), "", 0, 0, 1}}},
	} {
		c.g.Toward, c.g.Limit = Position, 10
		cells, _, err := p.Cells(c.g)
		if err != nil {
			t.Fatal(err)
		}
		var got []cell
		for _, x := range cells {
			got = append(got, cell{x.Actor, x.From, x.Negative, x.Neutral, x.Positive})
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", c.g, diff)
		}
	}
	for _, bad := range []Grouping{
		{Toward: Position}, {Toward: "mood", Limit: 1}, {Actor: Position, Toward: Position, Limit: 1}, {Toward: Target, Limit: 1},
		{Toward: Position, Interval: "CENTURY", Limit: 1}, {Toward: Position, Unit: "WORD", Limit: 1},
	} {
		if _, _, err := p.Cells(bad); !errors.Is(err, ErrSettings) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

// The bounds of a mean hold what the articles could have said, depend on
// nothing but the cell, and narrow with more articles.
func TestBootstrap(t *testing.T) {
	var lines []string
	for i := range 900 {
		who, value := "many", 1
		switch {
		case i < 1:
			who = "one"
		case i < 21:
			who, value = "few", 1-2*(i%4/3)
		case i < 120:
			who, value = "some", 1-2*(i%4/3)
		case i%4 == 3:
			value = -1
		}
		lines = append(lines, fmt.Sprintf("2021-01-01 a%d o1 %s · tolls %d w%d", i, who, value, i))
	}
	lines = append(lines, "2021-01-02 a0 o1 one · tolls 1 v", "2021-01-02 b o1 sure · tolls 1 u", "2021-01-02 c o1 sure · tolls 1 t")
	p := load(t, talks(t, lines...))
	cells := func(g Grouping) map[graph.ID]Cell {
		g.Actor, g.Toward, g.Limit, g.Bootstrap = Person, Position, 100, true
		list, _, err := p.Cells(g)
		if err != nil {
			t.Fatal(err)
		}
		m := map[graph.ID]Cell{}
		for _, c := range list {
			m[c.Actor] = c
		}
		return m
	}
	all := cells(Grouping{})
	if c := all[actorID("one")]; !math.IsNaN(c.Low) || !math.IsNaN(c.High) {
		t.Errorf("one article bounds the mean to %v, %v", c.Low, c.High)
	}
	if c := all[actorID("sure")]; c.Low != 1 || c.High != 1 {
		t.Errorf("articles that agree bound the mean to %v, %v", c.Low, c.High)
	}
	width := 2.0
	for _, who := range []string{"few", "some", "many"} {
		c := all[actorID(who)]
		if !(c.Low < c.Mean() && c.Mean() < c.High && c.High-c.Low < width) {
			t.Errorf("%s: %v to %v about %v", who, c.Low, c.High, c.Mean())
		}
		width = c.High - c.Low
	}
	alone := cells(Grouping{Exclude: []graph.ID{actorID("many")}})[actorID("few")]
	if few := all[actorID("few")]; few.Low != alone.Low || few.High != alone.High {
		t.Errorf("bounds %v, %v become %v, %v in other company", few.Low, few.High, alone.Low, alone.High)
	}
	// Both methods agree where they meet.
	many := all[actorID("many")]
	part := func(n int) Cell {
		c := Cell{places: many.places[:n]}
		for _, i := range c.places {
			switch p.takings[i].value {
			case -1:
				c.Negative++
			case 1:
				c.Positive++
			}
		}
		return c
	}
	lower, upper := part(bootstrapArticles), part(bootstrapArticles+1)
	p.bootstrap(&lower)
	p.bootstrap(&upper)
	if math.Abs(lower.Low-upper.Low) > 0.02 || math.Abs(lower.High-upper.High) > 0.02 {
		t.Errorf("%d articles: %v to %v; one more: %v to %v", bootstrapArticles, lower.Low, lower.High, upper.Low, upper.High)
	}
}

func TestStatementsOfACellAreInTheOrderOfTime(t *testing.T) {
	p := load(t, talks(t, "2021-01-02 a1 o1 ann · tolls 1 a", "2021-01-01 a1 o1 ann · tolls -1 b", "· a1 o1 ann · tolls 0 c"))
	cells, _, err := p.Cells(Grouping{Toward: Issue, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Statements(&cells[0]); !slices.Equal(got, []graph.ID{"statement-2", "statement-1", "statement-0"}) {
		t.Error(got)
	}
}

// The first of a list are those of the sorted list, whatever its order.
func TestLeastIsTheBeginningOfTheSortedList(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, size := range []int{0, 1, 2, 10, 1000} {
		sorted := r.Perm(size)
		slices.Sort(sorted)
		for _, n := range []int{1, 2, 3, size/2 + 1, size + 1} {
			want := sorted[:min(n, size)]
			backwards := slices.Clone(sorted)
			slices.Reverse(backwards)
			for _, list := range [][]int{r.Perm(size), slices.Clone(sorted), backwards} {
				if got := least(list, n, func(a, b int) int { return a - b }); !slices.Equal(got, want) {
					t.Errorf("the first %d of %d: %v", n, size, got)
				}
			}
		}
	}
}
