package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"mawqif/graph"
)

// surveys counts what a graph holds, by name.
const surveys = `
	WITH proposition AS (
		SELECT count(*) AS n, count(nullif(object, 0)) AS concerns, count(nullif(place, 0)) AS lies FROM position
	)
	SELECT type, count(*) FROM node GROUP BY type
	UNION ALL SELECT 'article', count(*) FROM article
	UNION ALL SELECT 'statement', standing FROM tally
	UNION ALL SELECT 'superseded', superseded FROM tally
	UNION ALL SELECT 'MADE', made FROM tally
	UNION ALL SELECT 'ON_BEHALF_OF', for_others FROM tally
	UNION ALL SELECT 'RELAYED_VIA', relayed FROM tally
	UNION ALL SELECT 'REPORTED_IN', standing FROM tally
	UNION ALL SELECT 'TOWARD', count(*) FROM toward
	UNION ALL SELECT 'TAKES', count(*) FROM takes
	UNION ALL SELECT 'ABOUT', count(*) FROM about
	UNION ALL SELECT 'ON', n FROM proposition
	UNION ALL SELECT 'CONCERNS', concerns FROM proposition
	UNION ALL SELECT 'IN', lies FROM proposition
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
		func() error { return hashNodes(ctx, tx, h, actorNode) },
		func() error { return hashNodes(ctx, tx, h, placeNode) },
		func() error { return hashNodes(ctx, tx, h, issueNode) },
		func() error { return hashNodes(ctx, tx, h, positionNode) },
		func() error { return hashNodes(ctx, tx, h, outletNode) },
		func() error { return hashNodes(ctx, tx, h, runNode) },
		func() error {
			return hashDocuments[graph.Article](ctx, tx, h, "SELECT d.json FROM article a JOIN article_document d ON d.n = a.n ORDER BY a.rank")
		},
		func() error {
			return hashDocuments[graph.Statement](ctx, tx, h, `SELECT d.json FROM statement s JOIN statement_document d ON d.n = s.n
				WHERE s.superseded IS NULL ORDER BY s.rank`)
		},
		func() error {
			return hashRows(ctx, tx, h, scanHeld, "SELECT "+heldColumns+" FROM "+heldTables+" ORDER BY p.id, i.id, h.title")
		},
	} {
		if err := add(); err != nil {
			return "", s.explain(err)
		}
	}
	return h.Sum(), nil
}

func hashNodes[T graph.Node](ctx context.Context, tx *sql.Tx, h *graph.Hasher, n node[T]) error {
	return hashRows(ctx, tx, h, n.scan, "SELECT "+n.columns+" FROM "+n.tables+" ORDER BY n.id")
}

// hashRows adds nodes to a hash, one at a time.
func hashRows[T graph.Node](ctx context.Context, tx *sql.Tx, h *graph.Hasher, scan scanner[T], query string) error {
	return eachRow(ctx, tx, query, func(rows *sql.Rows) error {
		node, err := scan(rows)
		if err != nil {
			return err
		}
		return graph.AddTo(h, node)
	})
}

// hashDocuments adds to a hash nodes that are kept as the JSON that is hashed.
func hashDocuments[T graph.Node](ctx context.Context, tx *sql.Tx, h *graph.Hasher, query string) error {
	return eachRow(ctx, tx, query, func(rows *sql.Rows) error {
		var text sql.RawBytes
		if err := rows.Scan(&text); err != nil {
			return err
		}
		graph.AddEncodedTo[T](h, text)
		return nil
	})
}

func eachRow(ctx context.Context, tx *sql.Tx, query string, row func(*sql.Rows) error) error {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Walk implements [graph.Surveyor].
func (s *Store) Walk(ctx context.Context, kind graph.Kind, each func(any) error) error {
	leave, err := s.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return s.explain(err)
	}
	defer func() { _ = tx.Rollback() }()
	switch kind {
	case graph.KindActor:
		err = walk(ctx, tx, actorNode, "n.id", each)
	case graph.KindPlace:
		err = walk(ctx, tx, placeNode, "n.id", each)
	case graph.KindIssue:
		err = walk(ctx, tx, issueNode, "n.id", each)
	case graph.KindPosition:
		err = walk(ctx, tx, positionNode, "n.id", each)
	case graph.KindOutlet:
		err = walk(ctx, tx, outletNode, "n.id", each)
	case graph.KindRun:
		err = walk(ctx, tx, runNode, "n.id", each)
	case graph.KindArticle:
		ranked := articleNode
		ranked.tables = "article a JOIN article_document d ON d.n = a.n"
		err = walk(ctx, tx, ranked, "a.rank", each)
	case graph.KindStatement:
		standing := statementNode
		standing.tables += " WHERE s.superseded IS NULL"
		err = walk(ctx, tx, standing, "s.rank", each)
	default:
		err = fmt.Errorf("%w: there is no kind %q of node", graph.ErrInvalid, kind)
	}
	return s.explain(err)
}

func walk[T graph.Node](ctx context.Context, tx *sql.Tx, n node[T], order string, each func(any) error) error {
	return eachRow(ctx, tx, "SELECT "+n.columns+" FROM "+n.tables+" ORDER BY "+order, func(rows *sql.Rows) error {
		node, err := n.scan(rows)
		if err != nil {
			return err
		}
		return each(node)
	})
}
