package ingest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"runtime/debug"

	"mawqif/graph"
)

// Item is what a source delivers: an article, or the reason why there is none.
type Item struct {
	Document Document
	// Where tells where it stands, for people: "news.jsonl line 3".
	Where string
	// Size is how many bytes of input it took.
	Size int64
	// Notes says what had to be done to it, or what it lacks.
	Notes []Note
	// Err tells why the article cannot be taken; nil if it can. Raw then holds
	// the input as it was read, unless it is too large to keep, and Line tells
	// that it is a line of JSONL, not a text.
	Err  error
	Raw  []byte
	Line bool
}

// Note is something that a person should know of an article that was taken.
type Note struct {
	Kind NoteKind
	// Text says it of the article: "is dated 2999-01-01, …".
	Text string
}

// NoteKind groups notes, for counting.
type NoteKind string

// The kinds of note.
const (
	NoteConverted       NoteKind = "converted from another encoding"
	NoteNoDate          NoteKind = "without a date of publication"
	NoteBadDate         NoteKind = "with a date that is not understood, taken as undated"
	NoteFutureDate      NoteKind = "with a date in the future"
	NoteForeignLanguage NoteKind = "in a language that has no rules"
)

// Extractor turns documents into batches. It is safe for concurrent use.
type Extractor interface {
	// Extract is a pure function of the document.
	Extract(d Document) (graph.Batch, Trace)
	// Speaks tells whether it finds statements in a language.
	Speaks(lang string) bool
}

// Outcome is what became of an item.
type Outcome struct {
	Item
	// Batch and Trace are what was extracted; zero if Err is set. Err is the
	// item's own, or tells why what was extracted cannot be taken.
	Batch graph.Batch
	Trace Trace
}

// Extract extracts the items on all cores and yields the outcomes in the
// order of the items. It holds few articles at a time: a slow reader of the
// outcomes slows down the source. Once ctx is done no further item is read;
// those under way are finished and yielded.
func Extract(ctx context.Context, items iter.Seq[Item], x Extractor) iter.Seq[Outcome] {
	return inOrder(ctx, items, 2*runtime.GOMAXPROCS(0), func(item Item) Outcome {
		o := extractItem(item, x)
		if o.Err == nil {
			o.reject(o.Batch.Validate())
		}
		return o
	})
}

// groupSize is how many articles may wait for the store at a time, so that it
// can write them in one transaction.
const groupSize = 64

// Store extracts the items as [Extract] does and writes each to the graph. It
// calls observe for every item, in order, once it is durable or rejected.
//
// An article that breaks a rule of the model is rejected and the others go
// on. Any other fault of the writer stops the run: Store then returns it, after
// the articles under way have been finished and observed. The same run made
// again goes on where it stopped, since writing an article twice changes
// nothing. So does an error of observe. If ctx is done Store returns its cause.
func Store(ctx context.Context, items iter.Seq[Item], x Extractor, w graph.Writer, observe func(Outcome) error) error {
	reading, stop := context.WithCancel(ctx)
	defer stop()
	writing := context.WithoutCancel(ctx)
	cores := make(chan struct{}, runtime.GOMAXPROCS(0))
	type written struct {
		Outcome
		fault error
	}
	var fault error
	for o := range inOrder(reading, items, groupSize, func(item Item) written {
		cores <- struct{}{}
		o := written{Outcome: extractItem(item, x)}
		<-cores
		if o.Err != nil {
			return o
		}
		err := w.Apply(writing, o.Batch)
		if errors.Is(err, graph.ErrInvalid) || errors.Is(err, graph.ErrEvidence) {
			o.reject(err)
		} else {
			o.fault = err
		}
		return o
	}) {
		if o.fault == nil {
			o.fault = observe(o.Outcome)
		}
		if o.fault != nil && fault == nil {
			fault = o.fault
			stop()
		}
	}
	if fault == nil && ctx.Err() != nil {
		fault = context.Cause(ctx)
	}
	return fault
}

func extractItem(item Item, x Extractor) (o Outcome) {
	o.Item = item
	if item.Err != nil {
		return o
	}
	// A fault in a rule costs the article that met it, not the whole run.
	defer func() {
		if r := recover(); r != nil {
			o.reject(&RuleFault{Value: r, Stack: debug.Stack()})
		}
	}()
	o.Batch, o.Trace = x.Extract(item.Document)
	if lang := o.Batch.Article.Language; !x.Speaks(lang) {
		o.Notes = append(o.Notes[:len(o.Notes):len(o.Notes)], Note{
			NoteForeignLanguage, fmt.Sprintf("is in %q, for which there are no rules: no statements are sought in it", lang),
		})
	}
	return o
}

// RuleFault is a panic of the rules on one article: a defect of mawqif.
type RuleFault struct {
	Value any
	Stack []byte
}

// Error implements error.
func (f *RuleFault) Error() string {
	return fmt.Sprintf("the rules fail on this article, which is a defect of mawqif: %v", f.Value)
}

func (o *Outcome) reject(err error) {
	if err != nil {
		o.Err, o.Batch, o.Trace = err, graph.Batch{}, nil
	}
}

// inOrder calls f for every item, for at most n of them at a time, and yields
// the results in the order of the items. When ctx is done, or the loop over
// the results is left, it reads no further item and waits for the calls under
// way; in the first case it yields their results.
func inOrder[T, R any](ctx context.Context, items iter.Seq[T], n int, f func(T) R) iter.Seq[R] {
	return func(yield func(R) bool) {
		read, left := make(chan T), make(chan struct{})
		defer close(left)
		go func() {
			defer close(read)
			for item := range items {
				select {
				case read <- item:
				case <-left:
					return
				}
			}
		}()
		var pending []chan R
		ended := false
		for !ended || len(pending) > 0 {
			var next <-chan T
			var done <-chan struct{}
			if !ended {
				done = ctx.Done()
				if len(pending) < n {
					next = read
				}
			}
			var first chan R
			if len(pending) > 0 {
				first = pending[0]
			}
			select {
			case <-done:
				ended = true
			case item, ok := <-next:
				if !ok || ctx.Err() != nil {
					ended = true
					break
				}
				result := make(chan R, 1)
				pending = append(pending, result)
				go func() { result <- f(item) }()
			case r := <-first:
				pending = pending[1:]
				if !yield(r) {
					for _, p := range pending {
						<-p
					}
					return
				}
			}
		}
	}
}
