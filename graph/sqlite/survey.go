package sqlite

import (
	"context"
	"database/sql"

	"mawqif/graph"
)

// surveys counts what a graph holds, by name.
const surveys = `
	SELECT type, count(*) FROM node GROUP BY type
	UNION ALL SELECT 'article', count(*) FROM article
	UNION ALL SELECT 'statement', count(*) FROM statement WHERE superseded IS NULL
	UNION ALL SELECT 'superseded', count(*) FROM statement WHERE superseded IS NOT NULL
	UNION ALL SELECT 'MADE', count(*) FROM statement WHERE superseded IS NULL AND speaker <> 0
	UNION ALL SELECT 'ON_BEHALF_OF', count(*) FROM statement WHERE superseded IS NULL AND behalf <> 0
	UNION ALL SELECT 'RELAYED_VIA', count(*) FROM statement WHERE superseded IS NULL AND relay <> 0
	UNION ALL SELECT 'REPORTED_IN', count(*) FROM statement WHERE superseded IS NULL
	UNION ALL SELECT 'TOWARD', count(*) FROM toward
	UNION ALL SELECT 'TAKES', count(*) FROM takes
	UNION ALL SELECT 'ABOUT', count(*) FROM about
	UNION ALL SELECT 'ON', count(*) FROM position
	UNION ALL SELECT 'CONCERNS', count(*) FROM position WHERE object <> 0
	UNION ALL SELECT 'IN', count(*) FROM position WHERE place <> 0
	UNION ALL SELECT 'HELD', count(*) FROM held
	UNION ALL SELECT 'PART_OF', count(*) FROM part_of`

// Stats implements [graph.Surveyor].
func (s *Store) Stats(ctx context.Context) (graph.Stats, error) {
	type count struct {
		name string
		n    int
	}
	counts, err := ask(ctx, s, func(r *sql.Rows, _ ...any) (c count, err error) {
		err = r.Scan(&c.name, &c.n)
		return c, err
	}, surveys)
	if err != nil {
		return graph.Stats{}, err
	}
	stats := graph.Stats{Relations: map[string]int{}}
	nodes := map[string]*int{
		string(graph.KindActor): &stats.Actors, string(graph.KindPlace): &stats.Places,
		string(graph.KindIssue): &stats.Issues, string(graph.KindPosition): &stats.Positions,
		string(graph.KindOutlet): &stats.Outlets, string(graph.KindRun): &stats.Runs,
		string(graph.KindArticle): &stats.Articles, string(graph.KindStatement): &stats.Statements,
		"superseded": &stats.Superseded,
	}
	for _, c := range counts {
		if into := nodes[c.name]; into != nil {
			*into = c.n
		} else {
			stats.Relations[c.name] = c.n
		}
	}
	return stats, nil
}

// Hash implements [graph.Surveyor].
func (s *Store) Hash(ctx context.Context) (string, error) {
	leave, err := s.enter(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	// One transaction reads one snapshot.
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return "", s.explain(err)
	}
	defer func() { _ = tx.Rollback() }()
	h := graph.NewHasher()
	for _, add := range []func() error{
		func() error { return hashAll(ctx, tx, h, scanActor, actorColumns, actorTables, "n.id") },
		func() error { return hashAll(ctx, tx, h, scanPlace, placeColumns, placeTables, "n.id") },
		func() error { return hashAll(ctx, tx, h, scanIssue, issueColumns, issueTables, "n.id") },
		func() error { return hashAll(ctx, tx, h, scanPosition, positionColumns, positionTables, "n.id") },
		func() error { return hashAll(ctx, tx, h, scanOutlet, outletColumns, outletTables, "n.id") },
		func() error { return hashAll(ctx, tx, h, scanRun, runColumns, runTables, "n.id") },
		func() error { return hashAll(ctx, tx, h, scanArticle, articleColumns, articleTables, "a.id") },
		func() error {
			return hashAll(ctx, tx, h, scanStatement, statementColumns, "statement s WHERE s.superseded IS NULL", "s.id")
		},
		func() error { return hashAll(ctx, tx, h, scanHeld, heldColumns, heldTables, "p.id, i.id, h.title") },
	} {
		if err := add(); err != nil {
			return "", s.explain(err)
		}
	}
	return h.Sum(), nil
}

// hashAll adds the nodes of a kind to a hash, one at a time.
func hashAll[T graph.Node](ctx context.Context, tx *sql.Tx, h *graph.Hasher, scan scanner[T], columns, tables, order string) error {
	rows, err := tx.QueryContext(ctx, "SELECT "+columns+" FROM "+tables+" ORDER BY "+order)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		node, err := scan(rows)
		if err != nil {
			return err
		}
		if err := graph.AddTo(h, node); err != nil {
			return err
		}
	}
	return rows.Err()
}
