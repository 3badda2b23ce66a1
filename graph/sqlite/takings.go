package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
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

// takingsChunk is how many rows are read before what they name is looked up.
const takingsChunk = 1000

// takings yields the events of a query, and returns what keeps it from going
// on. Rows name nodes and articles by number; since few are named by many, each
// is looked up once, those of some rows together, in the same transaction.
func (s *Store) takings(ctx context.Context, q *graph.TakingQuery, yield func(graph.TakingEvent, error) bool) error {
	if err := q.Validate(); err != nil {
		return err
	}
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
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var chunk []takingRow
	nodes, articles := numbered{table: "node"}, numbered{table: "article"}
	flush := func() (goOn bool, err error) {
		for i := range chunk {
			articles.want(chunk[i].article)
			for _, n := range chunk[i].nodes {
				nodes.want(n)
			}
		}
		if err := errors.Join(nodes.find(ctx, tx), articles.find(ctx, tx)); err != nil {
			return false, err
		}
		for i := range chunk {
			if !yield(chunk[i].event(&nodes, &articles), nil) {
				return false, nil
			}
		}
		chunk = chunk[:0]
		return true, nil
	}
	for rows.Next() {
		var r takingRow
		if err := r.scan(rows); err != nil {
			return err
		}
		if chunk = append(chunk, r); len(chunk) == takingsChunk {
			if goOn, err := flush(); !goOn {
				return err
			}
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	_, err = flush()
	return err
}

// takingRow is a row of the query: an event with the numbers of the article and
// of outlet, speaker, behalf, position, issue and target.
type takingRow struct {
	graph.TakingEvent
	article int64
	nodes   [6]int64
}

func (r *takingRow) scan(rows *sql.Rows) error {
	var said, published sql.NullInt64
	n := &r.nodes
	err := rows.Scan(&r.Statement, &r.article, &n[0], &n[1], &n[2], &n[3], &n[4], &n[5], &r.Value, &said, &published, &r.Utterance)
	r.Said, r.Published = dayOf(said), dayOf(published)
	return err
}

func (r *takingRow) event(nodes, articles *numbered) graph.TakingEvent {
	e := r.TakingEvent
	e.Article = articles.id(r.article)
	for i, into := range []*graph.ID{&e.Outlet, &e.Speaker, &e.OnBehalfOf, &e.Position, &e.Issue, &e.Target} {
		*into = nodes.id(r.nodes[i])
	}
	return e
}

// numbered turns the numbers of a table's rows into ids; 0 is none.
type numbered struct {
	table  string
	ids    []graph.ID // by number; "" if unknown
	wanted []int64
}

func (d *numbered) id(n int64) graph.ID { return d.ids[n] }

func (d *numbered) want(n int64) {
	if gap := n + 1 - int64(len(d.ids)); gap > 0 {
		d.ids = append(d.ids, make([]graph.ID, gap)...)
	}
	if n != 0 && d.ids[n] == "" {
		d.wanted = append(d.wanted, n)
	}
}

// find looks up what is wanted.
func (d *numbered) find(ctx context.Context, tx *sql.Tx) error {
	slices.Sort(d.wanted)
	d.wanted = slices.Compact(d.wanted)
	if len(d.wanted) == 0 {
		return nil
	}
	rows, err := tx.QueryContext(ctx, "SELECT n, id FROM "+d.table+" WHERE n IN "+given, list(d.wanted))
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
		d.ids[n] = id
	}
	d.wanted = d.wanted[:0]
	return rows.Err()
}

func takingQuery(q *graph.TakingQuery) (query string, args []any, err error) {
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
	if clause == "" && len(w.sets) == 0 {
		// All of them, in the order in which both tables were written.
		from = fmt.Sprintf("statement s CROSS JOIN %[1]s v INDEXED BY %[1]s_statement ON v.statement = s.n", table)
	} else {
		from += " JOIN statement s ON s.n = v.statement"
	}
	query = fmt.Sprintf(`%sSELECT s.id, s.article, s.outlet, s.speaker, s.behalf, %s, v.value, s.day, s.published, s.utterance FROM %s%s`,
		w.with(), columns, from, clause)
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
