package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"time"

	"mawqif/graph"
)

// Takings implements [graph.StanceReader].
func (s *Store) Takings(ctx context.Context, q graph.TakingQuery) iter.Seq2[graph.TakingEvent, error] {
	return func(yield func(graph.TakingEvent, error) bool) {
		if err := s.takings(ctx, &q, yield); err != nil {
			yield(graph.TakingEvent{}, s.explain(err))
		}
	}
}

// takings yields the events of a query, and returns what keeps it from going
// on. The nodes that rows name are looked up once each, in the same
// transaction, since few are named by many.
func (s *Store) takings(ctx context.Context, q *graph.TakingQuery, yield func(graph.TakingEvent, error) bool) error {
	query, args, err := takingQuery(q)
	if err != nil {
		return err
	}
	leave, err := s.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	tx, err := s.read.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // nothing was written
	find, err := tx.PrepareContext(ctx, "SELECT id FROM node WHERE n = ?")
	if err != nil {
		return err
	}
	defer find.Close()
	known := map[int64]graph.ID{0: ""}
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var e graph.TakingEvent
		var refs [6]int64
		var said, published sql.NullInt64
		if err := rows.Scan(&e.Statement, &e.Article, &refs[0], &refs[1], &refs[2], &refs[3], &refs[4], &refs[5],
			&e.Value, &said, &published, &e.Utterance); err != nil {
			return err
		}
		for i, into := range []*graph.ID{&e.Outlet, &e.Speaker, &e.OnBehalfOf, &e.Position, &e.Issue, &e.Target} {
			id, ok := known[refs[i]]
			if !ok {
				if err := find.QueryRowContext(ctx, refs[i]).Scan(&id); err != nil {
					return err
				}
				known[refs[i]] = id
			}
			*into = id
		}
		e.Said, e.Published = dayOf(said), dayOf(published)
		if !yield(e, nil) {
			return nil
		}
	}
	return rows.Err()
}

func takingQuery(q *graph.TakingQuery) (string, []any, error) {
	if err := q.Validate(); err != nil {
		return "", nil, err
	}
	table, columns := "takes", "v.position, v.issue, 0"
	if q.Toward == graph.ByTarget {
		table, columns = "toward", "0, 0, v.target"
	}
	var w where
	if !q.AsOf.IsZero() {
		w.asOf(q.AsOf)
	}
	from, _, err := w.valuesOf(table, &q.Filter)
	if err != nil {
		return "", nil, err
	}
	clause, args := w.tests(none)
	// The value's node comes last in the order, by its id.
	query := fmt.Sprintf(`%sSELECT s.id, a.id, s.outlet, v.speaker, v.behalf, %s, v.value, v.day, s.published, s.utterance
		FROM %s JOIN statement s ON s.n = v.statement JOIN article a ON a.n = v.article%s
		ORDER BY s.rank, (SELECT id FROM node WHERE n = v.%s)`,
		w.with(), columns, from, clause, map[string]string{"takes": "position", "toward": "target"}[table])
	return query, append(append([]any{}, w.setArgs...), args...), nil
}

// asOf makes the query see the tables of values and places as they were at a
// moment: what stands and was recorded by then, and what was superseded later,
// out of its documents.
func (w *where) asOf(moment time.Time) {
	at := moment.UnixMicro()
	for _, t := range []struct{ name, list, columns, value, joins string }{
		{"takes", "positions", "position, statement, issue, value, speaker, behalf, article, day",
			"p.n, s.n, p.issue, j.value ->> 'agreement', s.speaker, s.behalf, s.article, s.day",
			"JOIN node k ON k.id = j.value ->> 'position' JOIN position p ON p.n = k.n"},
		{"toward", "targets", "target, statement, value, speaker, behalf, article, day",
			"k.n, s.n, j.value ->> 'stance', s.speaker, s.behalf, s.article, s.day",
			"JOIN node k ON k.id = j.value ->> 'actor'"},
		{"about", "places", "place, statement", "k.n, s.n", "JOIN node k ON k.id = j.value"},
	} {
		w.sets = append(w.sets, fmt.Sprintf(`%[1]s (%[2]s) AS (
			SELECT v.* FROM (SELECT %[2]s FROM main.%[1]s) v JOIN statement s ON s.n = v.statement WHERE s.recorded <= ?
			UNION ALL SELECT %[3]s FROM statement s JOIN statement_document d ON d.n = s.n, json_each(d.json, '$.%[4]s') j %[5]s
				WHERE s.recorded <= ? AND s.superseded > ?)`, t.name, t.columns, t.value, t.list, t.joins))
		w.setArgs = append(w.setArgs, at, at, at)
	}
}

// Revision implements [graph.Reviser]. One connection watches for the others.
func (s *Store) Revision(ctx context.Context) (revision int64, err error) {
	leave, err := s.enter(ctx)
	if err != nil {
		return 0, err
	}
	defer leave()
	err = s.watch.QueryRowContext(ctx, "PRAGMA data_version").Scan(&revision)
	return revision, s.explain(err)
}
