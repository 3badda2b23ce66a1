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
	if err := q.Validate(); err != nil {
		return err
	}
	query, args, every, err := takingQuery(q)
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
	nodes := nodeIDs{known: map[int64]graph.ID{}}
	if every {
		if err := nodes.readAll(ctx, tx); err != nil {
			return err
		}
	}
	if nodes.find, err = tx.PrepareContext(ctx, "SELECT id FROM node WHERE n = ?"); err != nil {
		return err
	}
	defer nodes.find.Close()
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
			if *into, err = nodes.id(ctx, refs[i]); err != nil {
				return err
			}
		}
		e.Said, e.Published = dayOf(said), dayOf(published)
		if !yield(e, nil) {
			return nil
		}
	}
	return rows.Err()
}

// nodeIDs turns numbers of nodes into ids; 0 is none.
type nodeIDs struct {
	all   []graph.ID // by number, if they were read at once
	known map[int64]graph.ID
	find  *sql.Stmt
}

func (d *nodeIDs) id(ctx context.Context, n int64) (id graph.ID, err error) {
	if n == 0 {
		return "", nil
	}
	if n < int64(len(d.all)) && d.all[n] != "" {
		return d.all[n], nil
	}
	id, ok := d.known[n]
	if !ok {
		err = d.find.QueryRowContext(ctx, n).Scan(&id)
		d.known[n] = id
	}
	return id, err
}

func (d *nodeIDs) readAll(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, "SELECT n, id FROM node ORDER BY n")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		var id graph.ID
		if err := rows.Scan(&n, &id); err != nil {
			return err
		}
		if gap := n - int64(len(d.all)); gap >= 0 && gap < 1<<20 { // numbers have few gaps
			d.all = append(append(d.all, make([]graph.ID, gap)...), id)
		} else {
			d.known[n] = id
		}
	}
	return rows.Err()
}

// takingQuery is the query of a stream, and whether it reads every value.
func takingQuery(q *graph.TakingQuery) (query string, args []any, every bool, err error) {
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
		return "", nil, false, err
	}
	clause, args := w.tests(none)
	if every = clause == "" && len(w.sets) == 0; every {
		// In the order in which both were written.
		from = fmt.Sprintf("statement s CROSS JOIN %[1]s v INDEXED BY %[1]s_statement ON v.statement = s.n", table)
	} else {
		from += " JOIN statement s ON s.n = v.statement"
	}
	query = fmt.Sprintf(`%sSELECT s.id, a.id, s.outlet, s.speaker, s.behalf, %s, v.value, s.day, s.published, s.utterance
		FROM %s CROSS JOIN article a ON a.n = s.article%s`, w.with(), columns, from, clause)
	return query, append(append([]any{}, w.setArgs...), args...), every, nil
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
