package analysis

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"mawqif/graph"
)

// crowd is a reader of statements made by chance: 20,000 actors on 2,000
// positions of 70 issues, both by Zipf's law, in articles of eight statements
// over ten years.
type crowd struct {
	graph.Reader
	statements int
	actors     []graph.Actor
	positions  []graph.Position
	issues     []graph.Issue
}

func newCrowd(statements int) *crowd {
	c := &crowd{statements: statements}
	name := func(what string, i int) []graph.Name {
		return []graph.Name{{Lang: "en", Value: fmt.Sprintf("%s %05d", what, i)}}
	}
	for i := range 70 {
		v := graph.NewIssue("crowd", fmt.Sprint("issue-", i))
		v.Labels, v.Propositions = name("Issue", i), name("Proposition", i)
		c.issues = append(c.issues, v)
	}
	for i := range 20_000 {
		kind := []graph.ActorKind{graph.Person, graph.Person, graph.Person, graph.Organization}[i%4]
		c.actors = append(c.actors, graph.NewActor(kind, fmt.Sprint("actor/", i), name("Actor", i)...))
	}
	for i := range 2000 {
		c.positions = append(c.positions, graph.NewPosition(c.issues[i%70].ID, c.actors[i].ID, ""))
	}
	return c
}

func (c *crowd) Takings(context.Context, graph.TakingQuery) iter.Seq2[graph.TakingEvent, error] {
	return func(yield func(graph.TakingEvent, error) bool) {
		r := rand.New(rand.NewPCG(1, 2))
		actors, positions := rand.NewZipf(r, 1.1, 8, uint64(len(c.actors)-1)), rand.NewZipf(r, 1.1, 8, uint64(len(c.positions)-1))
		first := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)
		var article, outlet graph.ID
		var day graph.Day
		for i := range c.statements {
			if i%8 == 0 {
				article, outlet = graph.NewID(graph.KindArticle, fmt.Sprint(i)), graph.NewID(graph.KindOutlet, fmt.Sprint(r.IntN(80)))
				day = graph.Day(first.AddDate(0, 0, r.IntN(3650)).Format(time.DateOnly))
			}
			p := &c.positions[positions.Uint64()]
			e := graph.TakingEvent{
				Statement: graph.NewID(graph.KindStatement, fmt.Sprint(i)), Article: article, Outlet: outlet,
				Speaker: c.actors[actors.Uint64()].ID, Position: p.ID, Issue: p.Issue,
				Value: []int8{1, 1, -1, -1, 0}[r.IntN(5)], Said: day, Published: day, Utterance: fmt.Sprint(i - i%9),
			}
			if !yield(e, nil) {
				return
			}
		}
	}
}

func byID[T any](list []T, id func(*T) graph.ID) map[graph.ID]T {
	m := make(map[graph.ID]T, len(list))
	for i := range list {
		m[id(&list[i])] = list[i]
	}
	return m
}

func (c *crowd) Actors(context.Context, []graph.ID) (map[graph.ID]graph.Actor, error) {
	return byID(c.actors, func(a *graph.Actor) graph.ID { return a.ID }), nil
}

func (c *crowd) Issues(context.Context, []graph.ID) (map[graph.ID]graph.Issue, error) {
	return byID(c.issues, func(i *graph.Issue) graph.ID { return i.ID }), nil
}

func (c *crowd) Positions(context.Context, []graph.ID) (map[graph.ID]graph.Position, error) {
	return byID(c.positions, func(p *graph.Position) graph.ID { return p.ID }), nil
}

func (c *crowd) Places(context.Context, []graph.ID) (map[graph.ID]graph.Place, error) {
	return nil, nil
}

// BenchmarkMillion measures the analyses on ten thousand, a hundred thousand and
// a million statements. The time of load is that of a store that costs nothing
// and makes its ids while they are read.
func BenchmarkMillion(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		c := newCrowd(n)
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		p, err := Load(b.Context(), c, graph.TakingQuery{})
		if err != nil {
			b.Fatal(err)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		run := func(name string, f func() error) {
			b.Run(fmt.Sprintf("%s/statements=%d", name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := f(); err != nil {
						b.Fatal(err)
					}
				}
				if name == "load" {
					b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB-kept")
				}
			})
		}
		congruence := plain(Congruence)
		top := Selection{Rows: Person, Columns: Position, Top: 200, Lang: "en"}
		run("load", func() error { _, err := Load(b.Context(), c, graph.TakingQuery{}); return err })
		run("network", func() error {
			s, err := p.Sample(top)
			if err != nil {
				return err
			}
			_, err = Make(s.Events, congruence)
			return err
		})
		run("weeks", func() error {
			year := top
			year.From, year.To = "2020-01-01", "2020-12-31"
			s, err := p.Sample(year)
			if err != nil {
				return err
			}
			series, err := Series(s.Events, congruence, Window{Unit: Weeks, Size: 1, Kernel: NoKernel})
			if err != nil {
				return err
			}
			for range series {
			}
			return nil
		})
		run("matrix", func() error {
			_, _, err := p.Cells(Grouping{Actor: Institution, Toward: Position, Limit: 1000, Bootstrap: true})
			return err
		})
		run("shifts", func() error {
			_, err := p.Shifts(Grouping{Actor: Person, Toward: Position, Limit: 50}, 1, 3)
			return err
		})
		run("contradictions", func() error {
			_, err := p.Contradictions(Grouping{Actor: Person, Toward: Position, Limit: 50}, -1)
			return err
		})
		run("path", func() error {
			s, err := p.Sample(Selection{Rows: Person, Columns: Position})
			if err != nil {
				return err
			}
			_, err = s.Path(c.actors[1].ID, c.actors[len(c.actors)-1].ID, Opposing)
			return err
		})
	}
}
