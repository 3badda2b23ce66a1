package sqlite_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mawqif/graph"
	"mawqif/graph/graphtest"
	"mawqif/graph/sqlite"
)

// large is the graph that reads are measured on.
var large = graphtest.Synthetic{Seed: 1, Statements: 100_000}

// largeStore returns a store of the large graph, made once for all benchmarks.
var largeStore = sync.OnceValues(func() (*sqlite.Store, error) {
	dir, err := os.MkdirTemp("", "mawqif-bench-")
	if err != nil {
		return nil, err
	}
	largeDir = dir
	ctx := context.Background()
	s, err := sqlite.Open(ctx, filepath.Join(dir, "large.db"), sqlite.Options{})
	if err != nil {
		return nil, err
	}
	batches := make(chan graph.Batch)
	var writers sync.WaitGroup
	var failed atomic.Value
	for range 64 {
		writers.Go(func() {
			for b := range batches {
				if err := s.Apply(ctx, b); err != nil {
					failed.Store(err)
				}
			}
		})
	}
	for b := range large.Batches() {
		batches <- b
	}
	close(batches)
	writers.Wait()
	if err, ok := failed.Load().(error); ok {
		return nil, err
	}
	return s, nil
})

var largeDir string

func benchStore(b *testing.B) *sqlite.Store {
	b.Helper()
	s, err := largeStore()
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// BenchmarkApply writes articles of 8 statements. One writer waits for the
// disk at each; many share its waits.
func BenchmarkApply(b *testing.B) {
	for _, writers := range []int{1, 16, 64} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			s := open(b, filepath.Join(b.TempDir(), "graph.db"), sqlite.Options{})
			defer s.Close()
			batches := slices.Collect(graphtest.Synthetic{Seed: 2, Statements: 8 * b.N, Articles: b.N}.Batches())
			b.ReportAllocs()
			b.ResetTimer()
			var next atomic.Int64
			var all sync.WaitGroup
			for range writers {
				all.Go(func() {
					for i := next.Add(1) - 1; i < int64(b.N); i = next.Add(1) - 1 {
						if err := s.Apply(b.Context(), batches[i]); err != nil {
							b.Error(err)
						}
					}
				})
			}
			all.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
			b.ReportMetric(float64(8*b.N)/b.Elapsed().Seconds(), "statements/s")
		})
	}
}

// measure runs a call for each turn and reports the median and the 99th
// percentile of its times.
func measure(b *testing.B, call func(turn int) error) {
	times := make([]time.Duration, 0, 1000)
	b.ReportAllocs()
	for turn := 0; b.Loop(); turn++ {
		began := time.Now()
		if err := call(turn); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(began))
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
}

// BenchmarkStances asks for the stances of one actor among 100,000 statements.
func BenchmarkStances(b *testing.B) {
	s := benchStore(b)
	ids := func(a graph.Actor) []graph.ID { return []graph.ID{a.ID} }
	for _, c := range []struct {
		name   string
		filter func(turn int) graph.StatementFilter
		by     []graph.Dimension
		unit   graph.Unit
	}{
		{"any speaker by position", func(turn int) graph.StatementFilter {
			return graph.StatementFilter{Speakers: ids(large.Person(turn % 4000))}
		}, []graph.Dimension{graph.ByPosition}, graph.UnitStatement},
		{"any speaker by target and article", func(turn int) graph.StatementFilter {
			return graph.StatementFilter{Speakers: ids(large.Person(turn % 4000))}
		}, []graph.Dimension{graph.ByTarget}, graph.UnitArticle},
		{"busiest person by position", func(int) graph.StatementFilter { return graph.StatementFilter{Speakers: ids(large.Person(0))} }, []graph.Dimension{graph.ByPosition}, graph.UnitStatement},
		{"busiest person by target and month", func(int) graph.StatementFilter { return graph.StatementFilter{Speakers: ids(large.Person(0))} }, []graph.Dimension{graph.ByTarget, graph.ByInterval}, graph.UnitStatement},
		{"busiest person by issue and article", func(int) graph.StatementFilter { return graph.StatementFilter{Speakers: ids(large.Person(0))} }, []graph.Dimension{graph.ByIssue}, graph.UnitArticle},
		{"busiest state with its institutions by issue", func(int) graph.StatementFilter {
			return graph.StatementFilter{Speakers: ids(large.State(0)), RollUp: true}
		}, []graph.Dimension{graph.ByIssue}, graph.UnitStatement},
		{"busiest state with its institutions by target", func(int) graph.StatementFilter {
			return graph.StatementFilter{Speakers: ids(large.State(0)), RollUp: true}
		}, []graph.Dimension{graph.ByTarget}, graph.UnitStatement},
		{"towards the busiest state by speaker", func(int) graph.StatementFilter { return graph.StatementFilter{Targets: ids(large.State(0))} }, []graph.Dimension{graph.ByTarget, graph.BySpeaker}, graph.UnitStatement},
	} {
		b.Run(c.name, func(b *testing.B) {
			groups := 0
			measure(b, func(turn int) error {
				found, err := s.Stances(b.Context(), graph.StanceQuery{
					Filter: c.filter(turn), By: c.by, Interval: graph.IntervalMonth, Unit: c.unit, Limit: 100,
				})
				groups += len(found)
				return err
			})
			b.ReportMetric(float64(groups)/float64(b.N), "groups")
		})
	}
}

// BenchmarkFindStatements reads pages of 50 of 100,000 statements.
func BenchmarkFindStatements(b *testing.B) {
	s := benchStore(b)
	found, err := s.FindStatements(b.Context(), graph.StatementFilter{SaidTo: "2015-12-31"}, graph.NewestFirst, graph.Page{First: 1})
	if err != nil {
		b.Fatal(err)
	}
	middle := found.Cursors[0]
	for _, c := range []struct {
		name   string
		filter graph.StatementFilter
		order  graph.StatementOrder
		page   graph.Page
	}{
		{"newest", graph.StatementFilter{}, graph.NewestFirst, graph.Page{First: 50}},
		{"in the middle", graph.StatementFilter{}, graph.NewestFirst, graph.Page{First: 50, After: middle}},
		{"surest", graph.StatementFilter{}, graph.SurestFirst, graph.Page{First: 50}},
		{"in article order", graph.StatementFilter{}, graph.InArticleOrder, graph.Page{First: 50}},
		{"counted", graph.StatementFilter{}, graph.NewestFirst, graph.Page{First: 50, Count: true}},
		{"busiest person", graph.StatementFilter{Speakers: []graph.ID{large.Person(0).ID}}, graph.NewestFirst, graph.Page{First: 50}},
		{"seldom person", graph.StatementFilter{Speakers: []graph.ID{large.Person(3000).ID}}, graph.NewestFirst, graph.Page{First: 50}},
		{"busiest state rolled up", graph.StatementFilter{Speakers: []graph.ID{large.State(0).ID}, RollUp: true}, graph.NewestFirst, graph.Page{First: 50}},
		{"towards the busiest state", graph.StatementFilter{Targets: []graph.ID{large.State(0).ID}}, graph.NewestFirst, graph.Page{First: 50}},
		{"towards a seldom state", graph.StatementFilter{Targets: []graph.ID{large.State(180).ID}}, graph.NewestFirst, graph.Page{First: 50}},
		{"language and act", graph.StatementFilter{Languages: []string{"ar"}, Acts: []graph.Act{graph.ActDeny}}, graph.NewestFirst, graph.Page{First: 50}},
		{"published in a week", graph.StatementFilter{PublishedFrom: "2013-01-01", PublishedTo: "2013-01-07"}, graph.NewestFirst, graph.Page{First: 50}},
		{"said in a week, counted", graph.StatementFilter{SaidFrom: "2013-01-01", SaidTo: "2013-01-07"}, graph.NewestFirst, graph.Page{First: 50, Count: true}},
	} {
		b.Run(c.name, func(b *testing.B) {
			measure(b, func(int) error {
				_, err := s.FindStatements(b.Context(), c.filter, c.order, c.page)
				return err
			})
		})
	}
}

// BenchmarkSearch seeks words in 100,000 statements and their articles.
func BenchmarkSearch(b *testing.B) {
	s := benchStore(b)
	text := ""
	for batch := range large.Batches() {
		text = graph.Fold(batch.Statements[0].Content)
		break
	}
	for _, c := range []struct{ name, text string }{
		{"a person", graph.NameIn(large.Person(100).Names, "en")},
		{"a common word", "re"},
		{"a beginning", "min"},
		{"words of a statement", text},
		{"a word that is nowhere", "zzzz"},
	} {
		b.Run(c.name, func(b *testing.B) {
			measure(b, func(int) error {
				_, err := s.Search(b.Context(), c.text, graph.Page{First: 20})
				return err
			})
		})
	}
}

func BenchmarkSurvey(b *testing.B) {
	s := benchStore(b)
	b.Run("stats", func(b *testing.B) {
		measure(b, func(int) error { _, err := s.Stats(b.Context()); return err })
	})
	b.Run("hash", func(b *testing.B) {
		measure(b, func(int) error { _, err := s.Hash(b.Context()); return err })
	})
	b.Run("takings", func(b *testing.B) {
		measure(b, func(int) error {
			for _, err := range s.Takings(b.Context(), graph.TakingQuery{}) {
				if err != nil {
					return err
				}
			}
			return nil
		})
	})
}

func BenchmarkOpen(b *testing.B) {
	path := filepath.Join(b.TempDir(), "graph.db")
	open(b, path, sqlite.Options{}).Close()
	measure(b, func(int) error { return open(b, path, sqlite.Options{}).Close() })
}
