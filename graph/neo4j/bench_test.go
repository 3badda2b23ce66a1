package neo4j

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

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"mawqif/graph"
	"mawqif/graph/graphtest"
	"mawqif/graph/sqlite"
	"mawqif/internal/neo4jtest"
)

// applyAll applies batches by a number of writers.
func applyAll(b *testing.B, s *Store, batches []graph.Batch, writers int) time.Duration {
	b.Helper()
	began := time.Now()
	var next atomic.Int64
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(batches)); i = next.Add(1) - 1 {
				if err := s.Apply(context.Background(), batches[i]); err != nil {
					b.Error(err)
				}
			}
		})
	}
	all.Wait()
	return time.Since(began)
}

// recorder notes the queries that a transaction runs, with their rows.
type recorder struct {
	neo4j.ManagedTransaction
	ran *[]ran
}

type ran struct {
	text   string
	params map[string]any
}

func (r recorder) Run(ctx context.Context, text string, params map[string]any) (neo4j.ResultWithContext, error) {
	*r.ran = append(*r.ran, ran{text, params})
	return r.ManagedTransaction.Run(ctx, text, params)
}

// BenchmarkIngest writes articles of 8 statements by 64 writers, and compares
// that with one statement a transaction, and with a bare loop that sends the
// same rows with the same queries in the same groups.
func BenchmarkIngest(b *testing.B) {
	server := neo4jtest.Empty(b)
	s := open(b, options(server))
	defer s.Close()
	empty := func() {
		if err := server.Empty(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	grouped := slices.Collect(graphtest.Synthetic{Seed: 2, Statements: 8 * 512, Articles: 512}.Batches())
	single := slices.Collect(graphtest.Synthetic{Seed: 3, Statements: 256, Articles: 256}.Batches())
	// What is planned once is planned.
	applyAll(b, s, grouped[:128], 64)
	applyAll(b, s, single[:16], 1)

	// The rows of the groups, and how long it takes to send them.
	empty()
	var groups [][]ran
	for group := range slices.Chunk(grouped, groupBatches) {
		var all []*graph.Batch
		for i := range group {
			all = append(all, &group[i])
		}
		var made []ran
		session := s.session(b.Context(), neo4j.AccessModeWrite)
		_, err := session.ExecuteWrite(b.Context(), func(tx neo4j.ManagedTransaction) (any, error) {
			made = nil
			w := writing{ctx: b.Context(), tx: recorder{tx, &made}, now: time.Now().UTC()}
			return nil, w.write(all)
		})
		if err != nil {
			b.Fatal(err)
		}
		session.Close(b.Context())
		groups = append(groups, made)
	}
	var store, bare, one time.Duration
	for b.Loop() {
		empty()
		began := time.Now()
		for _, group := range groups {
			session := s.session(b.Context(), neo4j.AccessModeWrite)
			_, err := session.ExecuteWrite(b.Context(), func(tx neo4j.ManagedTransaction) (any, error) {
				for _, q := range group {
					result, err := tx.Run(b.Context(), q.text, q.params)
					if err != nil {
						return nil, err
					}
					if _, err := result.Consume(b.Context()); err != nil {
						return nil, err
					}
				}
				return nil, nil
			})
			if err != nil {
				b.Fatal(err)
			}
			session.Close(b.Context())
		}
		bare += time.Since(began)
		empty()
		store += applyAll(b, s, grouped, 64)
		empty()
		one += applyAll(b, s, single, 1)
	}
	rate := func(n int, d time.Duration) float64 { return float64(b.N) * float64(n) / d.Seconds() }
	n := 8 * len(grouped)
	b.ReportMetric(rate(n, store), "statements/s")
	b.ReportMetric(rate(n, store)/rate(len(single), one), "×one-a-transaction")
	b.ReportMetric(rate(n, store)/rate(n, bare), "×bare-loop")
}

// large is the graph that reads are measured on.
var large = graphtest.Synthetic{Seed: 1, Statements: 100_000}

// largeStore is a store of the large graph, in a server of its own.
func largeStore(b *testing.B) (*Store, *neo4jtest.Process) {
	b.Helper()
	file, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "large.db"), sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	batches := make(chan graph.Batch)
	var writers sync.WaitGroup
	for range 64 {
		writers.Go(func() {
			for batch := range batches {
				if err := file.Apply(context.Background(), batch); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for batch := range large.Batches() {
		batches <- batch
	}
	close(batches)
	writers.Wait()
	dir, err := os.MkdirTemp(b.TempDir(), "import")
	if err != nil {
		b.Fatal(err)
	}
	if _, err := WriteImport(b.Context(), file, dir); err != nil {
		b.Fatal(err)
	}
	server := neo4jtest.Own(b)
	server.Options = nil
	if err := server.Admin(b.Context(), dir, "database", "import", "full", "neo4j", "@import.args"); err != nil {
		b.Fatal(err)
	}
	if err := server.Start(b.Context()); err != nil {
		b.Fatal(err)
	}
	if _, err := Migrate(b.Context(), options(&server.Server)); err != nil {
		b.Fatal(err)
	}
	s := open(b, options(&server.Server))
	b.Cleanup(func() { s.Close() })
	return s, server
}

// measure runs a call for each turn and reports the median and the 99th
// percentile of its times, and returns the median.
func measure(b *testing.B, call func(turn int) error) time.Duration {
	b.Helper()
	for turn := range 200 { // warm
		if err := call(turn); err != nil {
			b.Fatal(err)
		}
	}
	var times []time.Duration
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
	return times[len(times)/2]
}

// BenchmarkLarge asks a graph of 100,000 statements for the stances of an
// actor, and for a list of 50 statements with what they refer to; the latter
// also by one query as a person would write it.
func BenchmarkLarge(b *testing.B) {
	s, server := largeStore(b)
	ids := func(a graph.Actor) []graph.ID { return []graph.ID{a.ID} }
	for _, c := range []struct {
		name string
		by   graph.Dimension
		of   func(turn int) graph.StatementFilter
	}{
		{"any speaker by position", graph.ByPosition, func(turn int) graph.StatementFilter {
			return graph.StatementFilter{Speakers: ids(large.Person(turn % 4000))}
		}},
		{"any speaker by target", graph.ByTarget, func(turn int) graph.StatementFilter {
			return graph.StatementFilter{Speakers: ids(large.Person(turn % 4000))}
		}},
		{"busiest person by target", graph.ByTarget, func(int) graph.StatementFilter { return graph.StatementFilter{Speakers: ids(large.Person(0))} }},
	} {
		b.Run("stances of "+c.name, func(b *testing.B) {
			measure(b, func(turn int) error {
				_, err := s.Stances(b.Context(), graph.StanceQuery{Filter: c.of(turn), By: []graph.Dimension{c.by}, Unit: graph.UnitStatement, Limit: 100})
				return err
			})
		})
	}
	b.Run("first page of all", func(b *testing.B) {
		measure(b, func(int) error {
			_, err := s.FindStatements(b.Context(), graph.StatementFilter{}, graph.NewestFirst, graph.Page{First: 50})
			return err
		})
	})
	var listed, byHand time.Duration
	b.Run("50 statements", func(b *testing.B) {
		listed = measure(b, func(turn int) error {
			found, err := s.FindStatements(b.Context(), graph.StatementFilter{Speakers: ids(large.Person(turn % 100))}, graph.NewestFirst, graph.Page{First: 50})
			if err != nil {
				return err
			}
			var actors, positions, articles []graph.ID
			for _, st := range found.Items {
				actors, articles = append(actors, st.Speaker), append(articles, st.Article)
				for _, t := range st.Targets {
					actors = append(actors, t.Actor)
				}
				for _, t := range st.Positions {
					positions = append(positions, t.Position)
				}
			}
			if _, err := s.Actors(b.Context(), actors); err != nil {
				return err
			}
			if _, err := s.Positions(b.Context(), positions); err != nil {
				return err
			}
			_, err = s.Articles(b.Context(), articles)
			return err
		})
	})
	driver, err := neo4j.NewDriverWithContext("bolt://"+server.Host, neo4j.BasicAuth(server.User, server.Password, ""))
	if err != nil {
		b.Fatal(err)
	}
	defer driver.Close(b.Context())
	b.Run("50 statements by hand", func(b *testing.B) {
		byHand = measure(b, func(turn int) error {
			_, err := neo4j.ExecuteQuery(b.Context(), driver, `MATCH (a:Actor {id: $speaker})-[m:MADE]->(s:Standing)-[r:REPORTED_IN]->(x:Article)
				WITH a, m, s, r, x ORDER BY s.newest, s.id LIMIT 50
				RETURN s, m, r, a, x, [(s)-[t:TOWARD]->(o) | [t, o]] AS targets, [(s)-[t:TAKES]->(p) | [t, p]] AS positions`,
				map[string]any{"speaker": string(large.Person(turn % 100).ID)}, neo4j.EagerResultTransformer,
				neo4j.ExecuteQueryWithDatabase("neo4j"), neo4j.ExecuteQueryWithReadersRouting())
			return err
		})
		b.ReportMetric(listed.Seconds()/byHand.Seconds(), "list/by-hand")
	})
}

// BenchmarkConflict writes by four stores at a time, as four processes would,
// articles about the same actors in different orders, and fails if a deadlock
// reaches a caller: go test -bench Conflict -benchtime 5m.
func BenchmarkConflict(b *testing.B) {
	server := neo4jtest.Empty(b)
	var stores []*Store
	for range 4 {
		s := open(b, options(server))
		defer s.Close()
		stores = append(stores, s)
	}
	var applied atomic.Int64
	began := time.Now()
	for round := 0; b.Loop(); round++ {
		var all sync.WaitGroup
		for i, s := range stores {
			batches := slices.Collect(graphtest.Synthetic{Seed: uint64(round*4 + i), Statements: 8 * 64, Articles: 64}.Batches())
			for writer := range 8 {
				all.Go(func() {
					for j := writer; j < len(batches); j += 8 {
						if err := s.Apply(context.Background(), batches[j]); err != nil {
							b.Error(fmt.Errorf("round %d: %w", round, err))
						}
						applied.Add(1)
					}
				})
			}
		}
		all.Wait()
	}
	b.ReportMetric(float64(applied.Load())/time.Since(began).Seconds(), "articles/s")
}
