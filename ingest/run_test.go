package ingest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
)

// echo extracts nothing from articles in a language that it speaks, and panics
// on one whose text says so.
type echo struct{ running, most atomic.Int32 }

func (e *echo) Speaks(lang string) bool { return lang == "en" }

func (e *echo) Extract(d Document) (graph.Batch, Trace) {
	if n := e.running.Add(1); n > e.most.Load() {
		e.most.Store(n)
	}
	defer e.running.Add(-1)
	runtime.Gosched()
	if d.Text == "panic" {
		panic("index out of range")
	}
	a := graph.Article{SourceID: d.SourceID, Text: d.Text, Language: d.Language}
	a.Identify()
	return graph.Batch{Article: a, Run: graph.NewRun("echo", "1", "")}, nil
}

// items yields n articles, and counts how many were asked for.
func items(n int, asked *atomic.Int32) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for i := range n {
			if asked != nil {
				asked.Add(1)
			}
			id := fmt.Sprint(i)
			if !yield(Item{Where: id, Document: Document{SourceID: id, Language: "en", Text: "text " + id}}) {
				return
			}
		}
	}
}

// writer keeps what is applied, unless fault says otherwise.
type writer struct {
	mu      sync.Mutex
	applied map[string]bool
	fault   func(id string) error
}

func (w *writer) Apply(ctx context.Context, b graph.Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if w.fault != nil {
		if err := w.fault(b.Article.SourceID); err != nil {
			return err
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.applied == nil {
		w.applied = map[string]bool{}
	}
	w.applied[b.Article.SourceID] = true
	return nil
}

func TestExtractKeepsTheOrder(t *testing.T) {
	var got []string
	for o := range Extract(t.Context(), items(500, nil), &echo{}) {
		if o.Err != nil {
			t.Fatal(o.Err)
		}
		got = append(got, o.Batch.Article.SourceID)
	}
	var want []string
	for i := range 500 {
		want = append(want, fmt.Sprint(i))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestExtractHoldsFewArticles(t *testing.T) {
	var asked atomic.Int32
	taken := 0
	for range Extract(t.Context(), items(1000, &asked), &echo{}) {
		taken++
		if taken == 10 {
			break
		}
	}
	// Ten were taken, 2 a core may be under way, and one read ahead.
	if asked, most := int(asked.Load()), taken+2*runtime.GOMAXPROCS(0)+1; asked > most {
		t.Errorf("%d articles were read for 10 that were taken, at most %d may be", asked, most)
	}
}

func TestExtractUsesNoMoreThanTheCores(t *testing.T) {
	x := &echo{}
	if err := Store(t.Context(), items(500, nil), x, &writer{}, func(Outcome) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if got, cores := x.most.Load(), int32(runtime.GOMAXPROCS(0)); got > cores {
		t.Errorf("%d extractions ran at a time on %d cores", got, cores)
	}
}

func TestOutcomes(t *testing.T) {
	unreadable := errors.New("binary, not text")
	in := []Item{
		{Where: "1", Document: Document{SourceID: "1", Language: "en", Text: "good"}},
		{Where: "2", Err: unreadable},
		{Where: "3", Document: Document{SourceID: "3", Language: "en", Text: "panic"}},
		{Where: "4", Document: Document{SourceID: "4", Language: "fr", Text: "bon"}, Notes: []Note{{NoteNoDate, "has no date"}}},
		{Where: "5", Document: Document{SourceID: "5", Language: "en", Text: "refused"}},
	}
	w := &writer{fault: func(id string) error {
		if id == "5" {
			return fmt.Errorf("%w: no good", graph.ErrInvalid)
		}
		return nil
	}}
	var got []string
	err := Store(t.Context(), slices.Values(in), &echo{}, w, func(o Outcome) error {
		line := o.Where
		for _, n := range o.Notes {
			line += "; " + string(n.Kind)
		}
		if o.Err != nil {
			line += ": " + o.Err.Error()
			if o.Batch.Article.ID != "" {
				t.Errorf("%s was rejected and has a batch", o.Where)
			}
		}
		got = append(got, line)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"1",
		"2: binary, not text",
		"3: the rules fail on this article, which is a defect of mawqif: index out of range",
		"4; " + string(NoteNoDate) + "; " + string(NoteForeignLanguage),
		"5: invalid input: no good",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]bool{"1": true, "4": true}, w.applied); diff != "" {
		t.Errorf("applied (-want +got):\n%s", diff)
	}
}

func TestStoreStopsWhenItCannotWrite(t *testing.T) {
	for _, fault := range []error{graph.ErrFull, graph.ErrUnavailable, graph.ErrClosed} {
		w := &writer{fault: func(id string) error {
			if id == "100" {
				return fmt.Errorf("write: %w", fault)
			}
			return nil
		}}
		var asked atomic.Int32
		observed := map[string]bool{}
		err := Store(t.Context(), items(100_000, &asked), &echo{}, w, func(o Outcome) error {
			observed[o.Where] = true
			return nil
		})
		if !errors.Is(err, fault) {
			t.Errorf("%v is returned, want %v", err, fault)
		}
		if asked := asked.Load(); asked > 101+2*groupSize {
			t.Errorf("%d articles were read though the 101st could not be written", asked)
		}
		if diff := cmp.Diff(w.applied, observed); diff != "" {
			t.Errorf("what was observed is not what was written (-written +observed):\n%s", diff)
		}
	}
}

func TestStoreFinishesWhatIsUnderWayWhenInterrupted(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	w := &writer{}
	observed := map[string]bool{}
	err := Store(ctx, items(100_000, nil), &echo{}, w, func(o Outcome) error {
		observed[o.Where] = true
		if len(observed) == 50 {
			interrupt()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v is returned, want %v", err, context.Canceled)
	}
	if diff := cmp.Diff(w.applied, observed); diff != "" {
		t.Errorf("what was observed is not what was written (-written +observed):\n%s", diff)
	}
	if n := len(observed); n < 50 || n > 50+groupSize {
		t.Errorf("%d articles were stored, want 50 and at most %d that were under way", n, groupSize)
	}
}

// A source that waits for input that does not come must not keep the run from
// ending.
func TestStoreIsInterruptedWhileTheSourceWaits(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	release := make(chan struct{})
	defer close(release)
	waiting := func(yield func(Item) bool) {
		for item := range items(3, nil) {
			if !yield(item) {
				return
			}
		}
		<-release
	}
	n := 0
	err := Store(ctx, waiting, &echo{}, &writer{}, func(Outcome) error {
		if n++; n == 3 {
			interrupt()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || n != 3 {
		t.Errorf("%d articles, %v; want 3, %v", n, err, context.Canceled)
	}
}

func TestStoreStopsWhenTheObserverFails(t *testing.T) {
	full := errors.New("no space for the dead letters")
	err := Store(t.Context(), items(100_000, nil), &echo{}, &writer{}, func(o Outcome) error {
		if strings.HasSuffix(o.Where, "7") {
			return full
		}
		return nil
	})
	if !errors.Is(err, full) {
		t.Errorf("%v is returned, want %v", err, full)
	}
}
