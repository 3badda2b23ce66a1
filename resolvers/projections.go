package resolvers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"mawqif/graph"
	"mawqif/graph/analysis"
)

// maxProjected is how many values projections keep, all in all: a quarter of a
// gigabyte. One alone may be larger.
const maxProjected = 2_000_000

// Reading for a question goes on when its time is over, for the next one: at most
// so many at a time, and each for so long.
const (
	maxReadings = 4
	readingTime = 2 * time.Minute
)

// errReading tells that a question ran out of time while what it is about was
// read.
var errReading = errors.New("the statements that this is about are still being read: ask again in some seconds")

// projections keeps what was read of the store for as long as the store does
// not change. What a store that does not tell its revision holds is read anew
// each time.
type projections struct {
	life     context.Context // of the server, which readings outlive questions for
	reader   graph.Reader
	readings chan struct{} // one for each that may go on at a time
	most     int           // values that are kept, all in all
	mu       sync.Mutex
	kept     map[string]*projected
	order    []string // the last used last
}

// projected is a projection of a revision of the store.
type projected struct {
	busy     chan struct{} // held by the one who loads
	revision int64
	*analysis.Projection
	copies analysis.Copies // nil until they were asked for
}

func newProjections(life context.Context, r graph.Reader) *projections {
	return &projections{
		life: life, reader: r, readings: make(chan struct{}, maxReadings), most: maxProjected, kept: map[string]*projected{},
	}
}

// reading is what was read.
type reading struct {
	*analysis.Projection
	copies analysis.Copies
	err    error
}

// get returns the projection that a query asks for, and the copies among its
// articles if those are wanted. It returns errReading if the context ends while
// they are read; they are kept nevertheless.
func (p *projections) get(ctx context.Context, q graph.TakingQuery, copies bool) (*analysis.Projection, analysis.Copies, error) {
	reviser, ok := p.reader.(graph.Reviser)
	if !ok {
		return p.load(ctx, &projected{}, q, copies)
	}
	text, err := json.Marshal(q)
	if err != nil {
		return nil, nil, err
	}
	key := string(text)
	e := p.entry(key)
	select {
	case e.busy <- struct{}{}:
	case <-ctx.Done():
		return nil, nil, errReading
	}
	// From here on the entry is held.
	revision, err := reviser.Revision(ctx)
	if err == nil && revision != e.revision {
		e.Projection, e.copies, e.revision = nil, nil, revision
	}
	if err == nil && e.Projection != nil && (e.copies != nil || !copies) {
		defer func() { <-e.busy }()
		return e.Projection, e.copies, nil
	}
	if err == nil {
		select {
		case p.readings <- struct{}{}:
		case <-ctx.Done():
			err = ctx.Err()
		}
	}
	if err != nil {
		if e.Projection == nil {
			p.forget(key, e)
		}
		<-e.busy
		return nil, nil, err
	}
	done := make(chan reading, 1)
	go func() {
		ctx, cancel := context.WithTimeout(p.life, readingTime)
		defer cancel()
		done <- p.read(ctx, key, e, q, copies)
	}()
	select {
	case r := <-done:
		return r.Projection, r.copies, r.err
	case <-ctx.Done():
		return nil, nil, errReading
	}
}

// read reads what an entry that is held does not hold yet, and lets go of it and
// of the place of the reading.
func (p *projections) read(ctx context.Context, key string, e *projected, q graph.TakingQuery, copies bool) (r reading) {
	defer func() {
		if fault := recover(); fault != nil {
			r = reading{err: fmt.Errorf("%w: %v\n%s", errPanic, fault, debug.Stack())}
		}
		if r.err != nil {
			p.forget(key, e)
		} else {
			p.tidy(key, r.Len())
		}
		<-e.busy
		<-p.readings
	}()
	r.Projection, r.copies, r.err = p.load(ctx, e, q, copies)
	return r
}

// load reads what a projection does not hold yet.
func (p *projections) load(ctx context.Context, e *projected, q graph.TakingQuery, copies bool) (*analysis.Projection, analysis.Copies, error) {
	var err error
	if e.Projection == nil {
		if e.Projection, err = analysis.Load(ctx, p.reader, q); err != nil {
			return nil, nil, err
		}
	}
	if copies && e.copies == nil {
		if e.copies, err = e.ReadCopies(ctx, p.reader); err != nil {
			return nil, nil, err
		}
	}
	return e.Projection, e.copies, nil
}

// entry returns the place of a projection, which becomes the last used.
func (p *projections) entry(key string) *projected {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.order = append(slices.DeleteFunc(p.order, func(k string) bool { return k == key }), key)
	e := p.kept[key]
	if e == nil {
		e = &projected{busy: make(chan struct{}, 1)}
		p.kept[key] = e
	}
	return e
}

// forget takes a projection out that could not be loaded.
func (p *projections) forget(key string, e *projected) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.kept[key] == e {
		delete(p.kept, key)
		p.order = slices.DeleteFunc(p.order, func(k string) bool { return k == key })
	}
}

// tidy forgets the projections that were not used for longest while all are too
// large together. It is told the size of the one that its caller holds.
func (p *projections) tidy(key string, size int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	const fixed = 1000 // an empty one takes memory too
	total := size + fixed
	for i := len(p.order) - 1; i >= 0; i-- {
		k := p.order[i]
		e := p.kept[k]
		if k == key {
			continue
		}
		select {
		case e.busy <- struct{}{}:
		default:
			continue // being loaded
		}
		if total += fixed; e.Projection != nil {
			total += e.Len()
		}
		if total > p.most {
			delete(p.kept, k)
			p.order = slices.Delete(p.order, i, i+1)
		}
		<-e.busy
	}
}
