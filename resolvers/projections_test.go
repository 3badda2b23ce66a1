package resolvers

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mawqif/graph"
)

// ledger is a store that counts how often it is read. It answers each question
// with so many values, once it is open, but a day that is broken with an error.
type ledger struct {
	graph.Reader
	open     chan struct{} // closed when it is open; always open if nil
	values   int
	revision atomic.Int64
	reads    atomic.Int64
}

func (l *ledger) Revision(context.Context) (int64, error) { return l.revision.Load(), nil }

func (l *ledger) Takings(ctx context.Context, q graph.TakingQuery) iter.Seq2[graph.TakingEvent, error] {
	return func(yield func(graph.TakingEvent, error) bool) {
		l.reads.Add(1)
		if l.open != nil {
			select {
			case <-l.open:
			case <-ctx.Done():
				yield(graph.TakingEvent{}, ctx.Err())
				return
			}
		}
		if q.Filter.SaidFrom == "panic" {
			panic("of the store")
		}
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
	p := newProjections(t.Context(), l)
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
	p := newProjections(t.Context(), struct{ graph.Reader }{l})
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
	p := newProjections(t.Context(), l)
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
	if _, _, err := p.get(ended, about("5"), false); !errors.Is(err, errReading) {
		t.Errorf("error = %v, want that it is being read", err)
	}
}

// A question that ends before the store has answered is told so, and the next
// one finds what was read for it.
func TestReadingOutlastsTheQuestion(t *testing.T) {
	l := &ledger{values: 3, open: make(chan struct{})}
	p := newProjections(t.Context(), l)
	ended, cancel := context.WithCancel(t.Context())
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			if _, _, err := p.get(ended, about("a"), false); !errors.Is(err, errReading) {
				t.Errorf("error = %v, want that it is being read", err)
			}
		})
	}
	for l.reads.Load() == 0 {
		runtime.Gosched()
	}
	cancel()
	all.Wait()
	if e := present(t.Context(), errReading); e.Extensions["code"] != CodeTimeout || e.Message != errReading.Error() {
		t.Errorf("it is presented as %s: %s", e.Extensions["code"], e.Message)
	}
	close(l.open)
	if got, _, err := p.get(t.Context(), about("a"), false); err != nil || got.Len() != 3 {
		t.Error(got, err)
	}
	if n := l.reads.Load(); n != 1 {
		t.Errorf("the store was read %d times", n)
	}
}

// Readings end with the server, are few at a time, and no fault of one ends the
// process.
func TestReadingsAreBounded(t *testing.T) {
	l := &ledger{values: 3, open: make(chan struct{})}
	life, end := context.WithCancel(t.Context())
	p := newProjections(life, l)
	var all sync.WaitGroup
	for i := range maxReadings {
		all.Go(func() {
			if _, _, err := p.get(t.Context(), about(fmt.Sprint(i)), false); !errors.Is(err, context.Canceled) {
				t.Errorf("error = %v, want Canceled", err)
			}
		})
	}
	for l.reads.Load() < maxReadings {
		runtime.Gosched()
	}
	short, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, _, err := p.get(short, about("one more"), false); !errors.Is(err, context.DeadlineExceeded) || l.reads.Load() != maxReadings {
		t.Errorf("error = %v, %d readings", err, l.reads.Load())
	}
	end()
	all.Wait()
	if len(p.kept) > 0 || len(p.readings) > 0 {
		t.Errorf("%d projections are kept, %d readings go on", len(p.kept), len(p.readings))
	}
	close(l.open)
	p = newProjections(t.Context(), l)
	if _, _, err := p.get(t.Context(), graph.TakingQuery{Filter: graph.StatementFilter{SaidFrom: "panic"}}, false); !errors.Is(err, errPanic) || len(p.kept) > 0 {
		t.Errorf("error = %v, %d projections are kept", err, len(p.kept))
	}
}
