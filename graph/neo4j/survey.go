package neo4j

import (
	"context"
	"fmt"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"mawqif/graph"
)

// Stats implements [graph.Surveyor].
func (s *Store) Stats(ctx context.Context) (graph.Stats, error) {
	type count struct {
		name string
		n    int
	}
	counts, err := ask(ctx, s, func(r *record) count {
		return count{column[string](r, "name"), int(column[int64](r, "n"))}
	}, query("stats"), nil)
	if err != nil {
		return graph.Stats{}, err
	}
	stats := graph.Stats{Relations: map[string]int{}}
	nodes := map[string]*int{
		"actor": &stats.Actors, "place": &stats.Places, "issue": &stats.Issues, "position": &stats.Positions,
		"outlet": &stats.Outlets, "run": &stats.Runs, "article": &stats.Articles, "statement": &stats.Statements,
		"ever": &stats.Superseded,
	}
	for _, c := range counts {
		if into := nodes[c.name]; into != nil {
			*into = c.n
		} else {
			stats.Relations[c.name] = c.n
		}
	}
	stats.Superseded -= stats.Statements
	return stats, nil
}

// Hash implements [graph.Surveyor].
func (s *Store) Hash(ctx context.Context) (string, error) {
	leave, err := s.enter(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	session := s.session(ctx, neo4j.AccessModeRead)
	defer session.Close(ctx)
	sum, err := session.ExecuteRead(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
		h := graph.NewHasher()
		for _, add := range []func() error{
			func() error { return hashAll(ctx, tx, h, "actors", readActor) },
			func() error { return hashAll(ctx, tx, h, "places", readPlace) },
			func() error { return hashAll(ctx, tx, h, "issues", readIssue) },
			func() error { return hashAll(ctx, tx, h, "positions", readPosition) },
			func() error { return hashAll(ctx, tx, h, "outlets", readOutlet) },
			func() error { return hashAll(ctx, tx, h, "runs", readRun) },
			func() error { return hashAll(ctx, tx, h, "articles", readArticle) },
			func() error { return hashAll(ctx, tx, h, "statements", readStatement) },
			func() error {
				return stream(ctx, tx, readHeld, query("all-offices"), nil, func(held graph.Held) error { return graph.AddTo(h, held) })
			},
		} {
			if err := add(); err != nil {
				return nil, err
			}
		}
		return h.Sum(), nil
	}, s.bounds)
	if err != nil {
		return "", s.explain(ctx, err)
	}
	return sum.(string), nil
}

func hashAll[T graph.Node](ctx context.Context, tx neo4j.ManagedTransaction, h *graph.Hasher, kind string, read func(*record) T) error {
	return stream(ctx, tx, read, query("all-"+kind, "return-"+kind), nil, func(node T) error { return graph.AddTo(h, node) })
}

// Walk implements [graph.Surveyor].
func (s *Store) Walk(ctx context.Context, kind graph.Kind, each func(any) error) error {
	return s.explain(ctx, s.reading(ctx, func(tx neo4j.ExplicitTransaction) error {
		switch kind {
		case graph.KindActor:
			return walk(ctx, tx, "actors", readActor, each)
		case graph.KindPlace:
			return walk(ctx, tx, "places", readPlace, each)
		case graph.KindIssue:
			return walk(ctx, tx, "issues", readIssue, each)
		case graph.KindPosition:
			return walk(ctx, tx, "positions", readPosition, each)
		case graph.KindOutlet:
			return walk(ctx, tx, "outlets", readOutlet, each)
		case graph.KindRun:
			return walk(ctx, tx, "runs", readRun, each)
		case graph.KindArticle:
			return walk(ctx, tx, "articles", readArticle, each)
		case graph.KindStatement:
			return walk(ctx, tx, "statements", readStatement, each)
		}
		return fmt.Errorf("%w: there is no kind %q of node", graph.ErrInvalid, kind)
	}))
}

func walk[T graph.Node](ctx context.Context, tx neo4j.ManagedTransaction, kind string, read func(*record) T, each func(any) error) error {
	return stream(ctx, tx, read, query("all-"+kind, "return-"+kind), nil, func(node T) error { return each(node) })
}
