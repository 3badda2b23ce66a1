package resolvers

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"mawqif/graph"
)

// loader reads nodes of one kind for one request, each once. Whoever resolves
// a list announces the nodes that its items refer to; the first of them that
// is asked for fetches all that were announced with one question to the store.
// So a list costs one question a kind, whatever the number of goroutines and
// without waiting for more keys to come in.
type loader[T any] struct {
	fetch func(context.Context, []graph.ID) (map[graph.ID]T, error)
	// found is told of all that a question brought, to announce what follows.
	found func(map[graph.ID]T)

	fetching  sync.Mutex // held by the one that asks the store
	mu        sync.Mutex // guards the maps
	announced map[graph.ID]bool
	known     map[graph.ID]result[T]
}

type result[T any] struct {
	value T
	err   error
}

func newLoader[T any](fetch func(context.Context, []graph.ID) (map[graph.ID]T, error)) *loader[T] {
	return &loader[T]{
		fetch: fetch, found: func(map[graph.ID]T) {},
		announced: map[graph.ID]bool{}, known: map[graph.ID]result[T]{},
	}
}

// announce tells which nodes may be asked for; zero ids are ignored.
func (l *loader[T]) announce(ids ...graph.ID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, id := range ids {
		if _, ok := l.known[id]; !ok && id != "" {
			l.announced[id] = true
		}
	}
}

// get returns the node of an id, or a [graph.ErrNotFound].
func (l *loader[T]) get(ctx context.Context, id graph.ID) (T, error) {
	l.fetching.Lock()
	defer l.fetching.Unlock()
	if r, ok := l.lookup(id); ok {
		return r.value, r.err
	}
	l.announce(id)
	ids := l.take()
	got, err := l.fetch(ctx, ids)
	l.learn(ids, got, err)
	l.found(got)
	r, _ := l.lookup(id)
	return r.value, r.err
}

func (l *loader[T]) lookup(id graph.ID) (result[T], bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r, ok := l.known[id]
	return r, ok
}

// take returns what was announced, sorted, and forgets it.
func (l *loader[T]) take() []graph.ID {
	l.mu.Lock()
	defer l.mu.Unlock()
	ids := slices.Sorted(maps.Keys(l.announced))
	clear(l.announced)
	return ids
}

func (l *loader[T]) learn(ids []graph.ID, got map[graph.ID]T, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, id := range ids {
		switch value, ok := got[id]; {
		case err != nil:
			l.known[id] = result[T]{err: err}
		case !ok:
			l.known[id] = result[T]{err: fmt.Errorf("%w: nothing has the id %s, or the key that gives it", graph.ErrNotFound, id)}
		default:
			l.known[id] = result[T]{value: value}
		}
	}
}

// maybe is get for a relation that may lead nowhere: nil for the zero id.
func (l *loader[T]) maybe(ctx context.Context, id graph.ID) (*T, error) {
	if id == "" {
		return nil, nil
	}
	v, err := l.get(ctx, id)
	if err != nil {
		return nil, err
	}
	return &v, nil
}

// all returns the nodes of ids, in their order.
func (l *loader[T]) all(ctx context.Context, ids []graph.ID) ([]T, error) {
	l.announce(ids...)
	list := make([]T, 0, len(ids))
	for _, id := range ids {
		v, err := l.get(ctx, id)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

// loaders are the loaders of one request.
type loaders struct {
	actors     *loader[graph.Actor]
	places     *loader[graph.Place]
	outlets    *loader[graph.Outlet]
	issues     *loader[graph.Issue]
	positions  *loader[graph.Position]
	runs       *loader[graph.Run]
	statements *loader[graph.Statement]
	articles   *loader[*passages]
	offices    *loader[[]graph.Held]
}

func newLoaders(r graph.Reader) *loaders {
	l := &loaders{
		actors:     newLoader(r.Actors),
		places:     newLoader(r.Places),
		outlets:    newLoader(r.Outlets),
		issues:     newLoader(r.Issues),
		positions:  newLoader(r.Positions),
		runs:       newLoader(r.Runs),
		statements: newLoader(r.Statements),
		articles: newLoader(func(ctx context.Context, ids []graph.ID) (map[graph.ID]*passages, error) {
			got, err := r.Articles(ctx, ids)
			texts := make(map[graph.ID]*passages, len(got))
			for id, a := range got {
				texts[id] = &passages{Article: a}
			}
			return texts, err
		}),
		offices: newLoader(func(ctx context.Context, ids []graph.ID) (map[graph.ID][]graph.Held, error) {
			got, err := r.Offices(ctx, ids)
			all := make(map[graph.ID][]graph.Held, len(ids)) // no office is no fault
			for _, id := range ids {
				all[id] = got[id]
			}
			return all, err
		}),
	}
	l.actors.found = every(l.seeActor)
	l.places.found = every(l.seePlace)
	l.issues.found = every(l.seeIssue)
	l.positions.found = every(l.seePosition)
	l.statements.found = every(l.seeStatement)
	l.articles.found = every(func(p *passages) { l.seeArticle(p.Article) })
	l.offices.found = every(l.seeOffices)
	return l
}

func every[T any](see func(T)) func(map[graph.ID]T) {
	return func(got map[graph.ID]T) {
		for _, v := range got {
			see(v)
		}
	}
}

// The functions below announce what a node or a group refers to.

func (l *loaders) seeActor(a graph.Actor) {
	l.actors.announce(a.PartOf...)
	if a.Kind == graph.Person {
		l.offices.announce(a.ID)
	}
}

func (l *loaders) seePlace(p graph.Place) { l.places.announce(p.PartOf) }

func (l *loaders) seeIssue(i graph.Issue) { l.issues.announce(i.Parent) }

func (l *loaders) seePosition(p graph.Position) {
	l.issues.announce(p.Issue)
	l.actors.announce(p.Object)
	l.places.announce(p.Place)
}

func (l *loaders) seeArticle(a graph.Article) { l.outlets.announce(a.Outlet) }

func (l *loaders) seeStatement(s graph.Statement) {
	l.actors.announce(s.Speaker, s.OnBehalfOf)
	for _, t := range s.Targets {
		l.actors.announce(t.Actor)
	}
	for _, t := range s.Positions {
		l.positions.announce(t.Position)
	}
	l.places.announce(s.Places...)
	l.outlets.announce(s.RelayedVia)
	l.articles.announce(s.Article)
	l.runs.announce(s.Run)
}

func (l *loaders) seeOffices(list []graph.Held) {
	for _, h := range list {
		l.actors.announce(h.Person, h.Institution)
	}
}

func (l *loaders) seeStance(s graph.Stance) {
	l.actors.announce(s.Speaker, s.OnBehalfOf, s.Target)
	l.positions.announce(s.Position)
	l.issues.announce(s.Issue)
}

func (l *loaders) seeHit(h graph.Hit) {
	switch {
	case h.Actor != nil:
		l.seeActor(*h.Actor)
	case h.Statement != nil:
		l.seeStatement(*h.Statement)
	case h.Article != nil:
		l.seeArticle(*h.Article)
	}
}
