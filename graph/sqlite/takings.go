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
const takingsChunk = 4000

// takings yields the events of a query, and returns what keeps it from going
// on. Rows name articles, positions and nodes by number; since few are named by
// many, each is looked up once, with what follows from it, those of some rows
// together, in the same transaction.
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
	known := newTakingNames(q.Toward)
	flush := func() (goOn bool, err error) {
		if err := known.find(ctx, tx, chunk); err != nil {
			return false, err
		}
		for i := range chunk {
			if !yield(known.event(&chunk[i]), nil) {
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

// takingRow is a row of the query, with the numbers of what it names; toward is
// that of a position or a target.
type takingRow struct {
	statement                        graph.ID
	utterance                        string
	article, speaker, behalf, toward int64
	value                            int8
	said                             sql.NullInt64
}

func (r *takingRow) scan(rows *sql.Rows) error {
	return rows.Scan(&r.statement, &r.article, &r.speaker, &r.behalf, &r.toward, &r.value, &r.said, &r.utterance)
}

// takingNames knows what numbers stand for.
type takingNames struct {
	towardTargets bool
	articles      numbered[takingArticle]
	issues        numbered[int64] // of positions
	nodes         numbered[graph.ID]
	days          map[int64]graph.Day
}

// takingArticle is what an event says of its article.
type takingArticle struct {
	id        graph.ID
	outlet    int64
	published graph.Day
}

func newTakingNames(toward graph.Dimension) *takingNames {
	return &takingNames{
		towardTargets: toward == graph.ByTarget, days: map[int64]graph.Day{},
		articles: numbered[takingArticle]{
			query: "SELECT n, id, outlet, published FROM article",
			scan: func(rows *sql.Rows, n *int64, a *takingArticle) error {
				var published sql.NullInt64
				err := rows.Scan(n, &a.id, &a.outlet, &published)
				a.published = dayOf(published)
				return err
			},
		},
		issues: numbered[int64]{
			query: "SELECT n, issue FROM position",
			scan:  func(rows *sql.Rows, n, issue *int64) error { return rows.Scan(n, issue) },
		},
		nodes: numbered[graph.ID]{
			query: "SELECT n, id FROM node",
			scan:  func(rows *sql.Rows, n *int64, id *graph.ID) error { return rows.Scan(n, id) },
		},
	}
}

// find looks up what rows name.
func (k *takingNames) find(ctx context.Context, tx *sql.Tx, rows []takingRow) error {
	for i := range rows {
		k.articles.want(rows[i].article)
		if !k.towardTargets {
			k.issues.want(rows[i].toward)
		}
	}
	if err := errors.Join(k.articles.find(ctx, tx), k.issues.find(ctx, tx)); err != nil {
		return err
	}
	for i := range rows {
		r := &rows[i]
		k.nodes.want(r.speaker)
		k.nodes.want(r.behalf)
		k.nodes.want(r.toward)
		k.nodes.want(k.articles.of(r.article).outlet)
		if !k.towardTargets {
			k.nodes.want(k.issues.of(r.toward))
		}
	}
	return k.nodes.find(ctx, tx)
}

func (k *takingNames) event(r *takingRow) graph.TakingEvent {
	a := k.articles.of(r.article)
	e := graph.TakingEvent{
		Statement: r.statement, Article: a.id, Outlet: k.nodes.of(a.outlet), Speaker: k.nodes.of(r.speaker), OnBehalfOf: k.nodes.of(r.behalf),
		Value: r.value, Published: a.published, Utterance: r.utterance,
	}
	if k.towardTargets {
		e.Target = k.nodes.of(r.toward)
	} else {
		e.Position, e.Issue = k.nodes.of(r.toward), k.nodes.of(k.issues.of(r.toward))
	}
	if r.said.Valid {
		day, ok := k.days[r.said.Int64]
		if !ok {
			day = dayOf(r.said)
			k.days[r.said.Int64] = day
		}
		e.Said = day
	}
	return e
}

// numbered turns the numbers of a table's rows into what they hold; the zero
// value is that of 0, which is none.
type numbered[T comparable] struct {
	query  string // for n and what scan reads
	scan   func(rows *sql.Rows, n *int64, value *T) error
	values []T // by number; zero if unknown
	wanted []int64
}

func (d *numbered[T]) of(n int64) T { return d.values[n] }

func (d *numbered[T]) want(n int64) {
	if gap := n + 1 - int64(len(d.values)); gap > 0 {
		d.values = append(d.values, make([]T, gap)...)
	}
	var unknown T
	if n != 0 && d.values[n] == unknown {
		d.wanted = append(d.wanted, n)
	}
}

// find looks up what is wanted.
func (d *numbered[T]) find(ctx context.Context, tx *sql.Tx) error {
	slices.Sort(d.wanted)
	d.wanted = slices.Compact(d.wanted)
	if len(d.wanted) == 0 {
		return nil
	}
	rows, err := tx.QueryContext(ctx, d.query+" WHERE n IN "+given, list(d.wanted))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		var value T
		if err := d.scan(rows, &n, &value); err != nil {
			return err
		}
		d.values[n] = value
	}
	d.wanted = d.wanted[:0]
	return rows.Err()
}

func takingQuery(q *graph.TakingQuery) (query string, args []any, err error) {
	table, toward := "takes", "position"
	if q.Toward == graph.ByTarget {
		table, toward = "toward", "target"
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
	join := "JOIN"
	if clause == "" && len(w.sets) == 0 {
		// All of them: the index holds what is asked for of them, in the order in
		// which statements were written.
		from, join = fmt.Sprintf("%[1]s v INDEXED BY %[1]s_statement", table), "CROSS JOIN"
	}
	query = fmt.Sprintf(`%sSELECT s.id, s.article, s.speaker, s.behalf, v.%s, v.value, s.day, s.utterance FROM %s %s statement s ON s.n = v.statement%s`,
		w.with(), toward, from, join, clause)
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
