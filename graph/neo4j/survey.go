package neo4j

import (
	"context"

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
