package resolvers

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"sync/atomic"
	"testing"

	"mawqif/graph"
)

// ledger is a store that counts how often it is read. It answers each question
// with so many values, but a day that is broken with an error.
type ledger struct {
	graph.Reader
	values   int
	revision atomic.Int64
	reads    atomic.Int64
}

func (l *ledger) Revision(context.Context) (int64, error) { return l.revision.Load(), nil }

func (l *ledger) Takings(_ context.Context, q graph.TakingQuery) iter.Seq2[graph.TakingEvent, error] {
	return func(yield func(graph.TakingEvent, error) bool) {
		l.reads.Add(1)
		if q.Filter.SaidFrom == "broken" {
			yield(graph.TakingEvent{}, graph.ErrInvalid)
			return
		}
		for i := range l.values {
			if !yield(graph.TakingEvent{Statement: graph.ID(fmt.Sprint(i))}, nil) {
				return
			}
		}
	}
}

func (l *ledger) Actors(context.Context, []graph.ID) (map[graph.ID]graph.Actor, error) {
	return nil, nil
}

func (l *ledger) Issues(context.Context, []graph.ID) (map[graph.ID]graph.Issue, error) {
	return nil, nil
}

func (l *ledger) Positions(context.Context, []graph.ID) (map[graph.ID]graph.Position, error) {
	return nil, nil
}

func (l *ledger) Places(context.Context, []graph.ID) (map[graph.ID]graph.Place, error) {
	return nil, nil
}

func about(text string) graph.TakingQuery {
	return graph.TakingQuery{Filter: graph.StatementFilter{Text: text}}
}

// What was read is kept until the store changes; many who ask at once read it
// once.
func TestProjectionsAreKeptUntilTheStoreChanges(t *testing.T) {
	l := &ledger{values: 3}
	p := newProjections(l)
	ask := func(q graph.TakingQuery, copies bool) {
		t.Helper()
		if got, _, err := p.get(t.Context(), q, copies); err != nil || got.Len() != 3 {
			t.Error(got, err)
		}
	}
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() { ask(about("a"), i%2 == 0) })
	}
	all.Wait()
	ask(about("b"), false)
	if n := l.reads.Load(); n != 2 {
		t.Errorf("the store was read %d times for two questions", n)
	}
	l.revision.Add(1)
	ask(about("a"), true)
	ask(about("a"), true)
	if n := l.reads.Load(); n != 3 {
		t.Errorf("the store was read %d times after it changed", n)
	}
}

// A store that does not tell its revision is read for each question.
func TestProjectionsOfAStoreWithoutRevisions(t *testing.T) {
	l := &ledger{values: 3}
	p := newProjections(struct{ graph.Reader }{l})
	for range 2 {
		if _, _, err := p.get(t.Context(), about("a"), false); err != nil {
			t.Fatal(err)
		}
	}
	if n := l.reads.Load(); n != 2 || len(p.kept) > 0 {
		t.Errorf("the store was read %d times, %d projections are kept", n, len(p.kept))
	}
}

// Neither many questions nor faulty ones fill the memory.
func TestProjectionsAreForgotten(t *testing.T) {
	l := &ledger{values: 9000}
	p := newProjections(l)
	p.most = 39_000
	for i := range 6 {
		if _, _, err := p.get(t.Context(), about(fmt.Sprint(i)), false); err != nil {
			t.Fatal(err)
		}
		if len(p.kept) > 3 || len(p.order) != len(p.kept) {
			t.Errorf("%d projections are kept, %d in order", len(p.kept), len(p.order))
		}
	}
	if _, ok := p.kept[p.order[len(p.order)-1]]; !ok {
		t.Error("the last one was forgotten")
	}
	before := len(p.kept)
	broken := graph.TakingQuery{Filter: graph.StatementFilter{SaidFrom: "broken"}}
	if _, _, err := p.get(t.Context(), broken, false); !errors.Is(err, graph.ErrInvalid) || len(p.kept) != before {
		t.Errorf("%v; %d projections are kept", err, len(p.kept))
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for e := range p.kept {
		p.kept[e].busy <- struct{}{}
	}
	if _, _, err := p.get(ended, about("5"), false); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want Canceled", err)
	}
}
