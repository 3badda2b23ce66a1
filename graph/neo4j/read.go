package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"mawqif/graph"
)

// ask runs a query that reads and reads its rows.
func ask[T any](ctx context.Context, s *Store, read func(*record) T, text string, params map[string]any) ([]T, error) {
	leave, err := s.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	rows, err := s.run(ctx, text, params)
	if err != nil {
		return nil, s.explain(ctx, err)
	}
	all := make([]T, 0, len(rows))
	for _, row := range rows {
		r := record{Record: row}
		v := read(&r)
		if r.err != nil {
			return nil, r.err
		}
		all = append(all, v)
	}
	return all, nil
}

// reading runs a function in a transaction that only reads. What was handed
// over cannot be handed over again, so the transaction is not a managed one,
// which the driver may run twice.
func (s *Store) reading(ctx context.Context, f func(neo4j.ExplicitTransaction) error) error {
	leave, err := s.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	session := s.session(ctx, neo4j.AccessModeRead)
	defer session.Close(ctx)
	tx, err := session.BeginTransaction(ctx, s.bounds)
	if err != nil {
		return err
	}
	defer tx.Close(ctx)
	return f(tx)
}

// stream runs a query that reads, and hands over its rows one at a time.
func stream[T any](ctx context.Context, tx neo4j.ManagedTransaction, read func(*record) T, text string, params map[string]any, each func(T) error) error {
	result, err := tx.Run(ctx, text, params)
	if err != nil {
		return err
	}
	for result.Next(ctx) {
		r := record{Record: result.Record()}
		v := read(&r)
		if r.err != nil {
			return r.err
		}
		if err := each(v); err != nil {
			return err
		}
	}
	return result.Err()
}

// byID reads nodes by their ids.
func byID[T any](ctx context.Context, s *Store, ids []graph.ID, kind string, read func(*record) T, id func(*T) graph.ID) (map[graph.ID]T, error) {
	if len(ids) == 0 {
		return map[graph.ID]T{}, ctx.Err()
	}
	all, err := ask(ctx, s, read, query("ids-"+kind, "return-"+kind), map[string]any{"ids": strs(ids)})
	if err != nil {
		return nil, err
	}
	found := make(map[graph.ID]T, len(all))
	for i := range all {
		found[id(&all[i])] = all[i]
	}
	return found, nil
}

// strs makes a parameter of values that are strings; nil of none.
func strs[T ~string](values []T) any {
	if len(values) == 0 {
		return nil
	}
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = string(v)
	}
	return list
}

// Actors implements [graph.NodeReader].
func (s *Store) Actors(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Actor, error) {
	return byID(ctx, s, ids, "actors", readActor, func(a *graph.Actor) graph.ID { return a.ID })
}

// Places implements [graph.NodeReader].
func (s *Store) Places(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Place, error) {
	return byID(ctx, s, ids, "places", readPlace, func(p *graph.Place) graph.ID { return p.ID })
}

// Outlets implements [graph.NodeReader].
func (s *Store) Outlets(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Outlet, error) {
	return byID(ctx, s, ids, "outlets", readOutlet, func(o *graph.Outlet) graph.ID { return o.ID })
}

// Issues implements [graph.NodeReader].
func (s *Store) Issues(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Issue, error) {
	return byID(ctx, s, ids, "issues", readIssue, func(i *graph.Issue) graph.ID { return i.ID })
}

// Positions implements [graph.NodeReader].
func (s *Store) Positions(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Position, error) {
	return byID(ctx, s, ids, "positions", readPosition, func(p *graph.Position) graph.ID { return p.ID })
}

// Runs implements [graph.NodeReader].
func (s *Store) Runs(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Run, error) {
	return byID(ctx, s, ids, "runs", readRun, func(r *graph.Run) graph.ID { return r.ID })
}

// Articles implements [graph.NodeReader].
func (s *Store) Articles(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Article, error) {
	return byID(ctx, s, ids, "articles", readArticle, func(a *graph.Article) graph.ID { return a.ID })
}

// Statements implements [graph.NodeReader].
func (s *Store) Statements(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Statement, error) {
	return byID(ctx, s, ids, "statements", readStatement, func(x *graph.Statement) graph.ID { return x.ID })
}

// Offices implements [graph.NodeReader].
func (s *Store) Offices(ctx context.Context, persons []graph.ID) (map[graph.ID][]graph.Held, error) {
	found := map[graph.ID][]graph.Held{}
	if len(persons) == 0 {
		return found, ctx.Err()
	}
	all, err := ask(ctx, s, readHeld, query("offices"), map[string]any{"ids": strs(persons)})
	if err != nil {
		return nil, err
	}
	for _, h := range all {
		found[h.Person] = append(found[h.Person], h)
	}
	return found, nil
}
