package resolvers

import (
	"context"
	"encoding/json"
	"slices"
	"sync"

	"mawqif/graph"
	"mawqif/graph/analysis"
)

// maxProjected is how many values projections keep, all in all: a quarter of a
// gigabyte. One alone may be larger.
const maxProjected = 2_000_000

// projections keeps what was read of the store for as long as the store does
// not change. What a store that does not tell its revision holds is read anew
// each time.
type projections struct {
	reader graph.Reader
	most   int // values that are kept, all in all
	mu     sync.Mutex
	kept   map[string]*projected
	order  []string // the last used last
}

// projected is a projection of a revision of the store.
type projected struct {
	busy     chan struct{} // held by the one who loads
	revision int64
	*analysis.Projection
	copies analysis.Copies // nil until they were asked for
}

func newProjections(r graph.Reader) *projections {
	return &projections{reader: r, most: maxProjected, kept: map[string]*projected{}}
}

// get returns the projection that a query asks for, and the copies among its
// articles if those are wanted.
func (p *projections) get(ctx context.Context, q graph.TakingQuery, copies bool) (*analysis.Projection, analysis.Copies, error) {
	reviser, ok := p.reader.(graph.Reviser)
	if !ok {
		fresh := &projected{}
		return p.load(ctx, fresh, q, copies)
	}
	text, err := json.Marshal(q)
	if err != nil {
		return nil, nil, err
	}
	key := string(text)
	e := p.entry(key)
	select {
	case e.busy <- struct{}{}:
		defer func() { <-e.busy }()
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
	revision, err := reviser.Revision(ctx)
	if err == nil && revision != e.revision {
		e.Projection, e.copies, e.revision = nil, nil, revision
	}
	var found *analysis.Projection
	var same analysis.Copies
	if err == nil {
		found, same, err = p.load(ctx, e, q, copies)
	}
	if err != nil {
		p.forget(key, e)
		return nil, nil, err
	}
	p.tidy(key, found.Len())
	return found, same, nil
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
