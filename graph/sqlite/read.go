package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"mawqif/graph"
)

// list is a parameter that holds any number of values, read with json_each.
func list[T any](values []T) string {
	b, err := json.Marshal(values)
	if err != nil {
		panic(fmt.Sprintf("a list of %T is no JSON: %v", values, err))
	}
	return string(b)
}

// scanner reads a row into a value, and further columns of it into others.
type scanner[T any] func(r *sql.Rows, more ...any) (T, error)

// collect reads all rows and closes them.
func collect[T any](rows *sql.Rows, scan scanner[T]) (all []T, err error) {
	defer rows.Close()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// ask runs a query that reads.
func ask[T any](ctx context.Context, s *Store, scan scanner[T], query string, args ...any) ([]T, error) {
	leave, err := s.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, s.explain(err)
	}
	all, err := collect(rows, scan)
	return all, s.explain(err)
}

// The columns of each kind of node, and what reads them. Names are read as
// JSON, in the order in which they are shown.
const (
	actorColumns = `n.id, a.kind, a.key, ` + names0 + `,
		(SELECT json_group_array(w.id ORDER BY w.id) FROM part_of p JOIN node w ON w.n = p.whole WHERE p.part = n.n)`
	actorTables  = `node n JOIN actor a ON a.n = n.n`
	placeColumns = `n.id, a.key, ` + names0 + `, coalesce((SELECT id FROM node WHERE n = a.part_of), '')`
	placeTables  = `node n JOIN place a ON a.n = n.n`

	outletColumns = `n.id, a.key, ` + names0
	outletTables  = `node n JOIN outlet a ON a.n = n.n`

	issueColumns = `n.id, a.codebook, a.key, ` + names0 + `, ` + names1 + `, coalesce((SELECT id FROM node WHERE n = a.parent), '')`
	issueTables  = `node n JOIN issue a ON a.n = n.n`

	positionColumns = `n.id, i.id, coalesce(o.id, ''), coalesce(l.id, '')`
	positionTables  = `node n JOIN position a ON a.n = n.n JOIN node i ON i.n = a.issue
		LEFT JOIN node o ON o.n = a.object LEFT JOIN node l ON l.n = a.place`

	runColumns = `n.id, a.extractor, a.version, a.codebook`
	runTables  = `node n JOIN run a ON a.n = n.n`

	articleColumns = `a.id, a.source_id, a.url, a.title, coalesce(o.id, ''), a.language, a.published, a.text, a.text_hash`
	articleTables  = `article a LEFT JOIN node o ON o.n = a.outlet`

	statementColumns = `s.body, s.recorded, s.superseded`

	names0 = `(SELECT json_group_array(json_object('lang', lang, 'value', value) ORDER BY lang, rank, value) FROM name WHERE node = n.n AND role = 0)`
	names1 = `(SELECT json_group_array(json_object('lang', lang, 'value', value) ORDER BY lang, rank, value) FROM name WHERE node = n.n AND role = 1)`
)

// fromJSON scans a JSON column into a value.
type fromJSON struct{ into any }

// Scan implements [sql.Scanner].
func (f fromJSON) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("want JSON, got %T", src)
	}
	return json.Unmarshal([]byte(text), f.into)
}

func scanActor(r *sql.Rows, more ...any) (a graph.Actor, err error) {
	err = r.Scan(append([]any{&a.ID, &a.Kind, &a.Key, fromJSON{&a.Names}, fromJSON{&a.PartOf}}, more...)...)
	if len(a.PartOf) == 0 {
		a.PartOf = nil
	}
	return a, err
}

func scanPlace(r *sql.Rows, more ...any) (p graph.Place, err error) {
	err = r.Scan(append([]any{&p.ID, &p.Key, fromJSON{&p.Names}, &p.PartOf}, more...)...)
	return p, err
}

func scanOutlet(r *sql.Rows, more ...any) (o graph.Outlet, err error) {
	err = r.Scan(append([]any{&o.ID, &o.Key, fromJSON{&o.Names}}, more...)...)
	return o, err
}

func scanIssue(r *sql.Rows, more ...any) (i graph.Issue, err error) {
	err = r.Scan(append([]any{&i.ID, &i.Codebook, &i.Key, fromJSON{&i.Labels}, fromJSON{&i.Propositions}, &i.Parent}, more...)...)
	return i, err
}

func scanPosition(r *sql.Rows, more ...any) (p graph.Position, err error) {
	err = r.Scan(append([]any{&p.ID, &p.Issue, &p.Object, &p.Place}, more...)...)
	return p, err
}

func scanRun(r *sql.Rows, more ...any) (u graph.Run, err error) {
	err = r.Scan(append([]any{&u.ID, &u.Extractor, &u.Version, &u.Codebook}, more...)...)
	return u, err
}

func scanArticle(r *sql.Rows, more ...any) (a graph.Article, err error) {
	var published sql.NullInt64
	err = r.Scan(append([]any{&a.ID, &a.SourceID, &a.URL, &a.Title, &a.Outlet, &a.Language, &published, &a.Text, &a.TextHash}, more...)...)
	a.Published = dayOf(published)
	return a, err
}

func scanStatement(r *sql.Rows, more ...any) (s graph.Statement, err error) {
	var recorded int64
	var superseded sql.NullInt64
	if err := r.Scan(append([]any{fromJSON{&s}, &recorded, &superseded}, more...)...); err != nil {
		return s, err
	}
	s.RecordedAt = time.UnixMicro(recorded).UTC()
	if superseded.Valid {
		s.SupersededAt = time.UnixMicro(superseded.Int64).UTC()
	}
	return s, nil
}

// byID reads nodes by their ids.
func byID[T any](ctx context.Context, s *Store, ids []graph.ID, columns, tables, column string, scan scanner[T], id func(*T) graph.ID) (map[graph.ID]T, error) {
	if len(ids) == 0 {
		return map[graph.ID]T{}, ctx.Err()
	}
	all, err := ask(ctx, s, scan, "SELECT "+columns+" FROM "+tables+" WHERE "+column+" IN (SELECT value FROM json_each(?))", list(ids))
	if err != nil {
		return nil, err
	}
	found := make(map[graph.ID]T, len(all))
	for i := range all {
		found[id(&all[i])] = all[i]
	}
	return found, nil
}

// Actors implements [graph.NodeReader].
func (s *Store) Actors(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Actor, error) {
	return byID(ctx, s, ids, actorColumns, actorTables, "n.id", scanActor, func(a *graph.Actor) graph.ID { return a.ID })
}

// Places implements [graph.NodeReader].
func (s *Store) Places(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Place, error) {
	return byID(ctx, s, ids, placeColumns, placeTables, "n.id", scanPlace, func(p *graph.Place) graph.ID { return p.ID })
}

// Outlets implements [graph.NodeReader].
func (s *Store) Outlets(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Outlet, error) {
	return byID(ctx, s, ids, outletColumns, outletTables, "n.id", scanOutlet, func(o *graph.Outlet) graph.ID { return o.ID })
}

// Issues implements [graph.NodeReader].
func (s *Store) Issues(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Issue, error) {
	return byID(ctx, s, ids, issueColumns, issueTables, "n.id", scanIssue, func(i *graph.Issue) graph.ID { return i.ID })
}

// Positions implements [graph.NodeReader].
func (s *Store) Positions(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Position, error) {
	return byID(ctx, s, ids, positionColumns, positionTables, "n.id", scanPosition, func(p *graph.Position) graph.ID { return p.ID })
}

// Runs implements [graph.NodeReader].
func (s *Store) Runs(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Run, error) {
	return byID(ctx, s, ids, runColumns, runTables, "n.id", scanRun, func(u *graph.Run) graph.ID { return u.ID })
}

// Articles implements [graph.NodeReader].
func (s *Store) Articles(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Article, error) {
	return byID(ctx, s, ids, articleColumns, articleTables, "a.id", scanArticle, func(a *graph.Article) graph.ID { return a.ID })
}

// Statements implements [graph.NodeReader].
func (s *Store) Statements(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Statement, error) {
	return byID(ctx, s, ids, statementColumns, "statement s", "s.id", scanStatement, func(x *graph.Statement) graph.ID { return x.ID })
}

const (
	heldColumns = `p.id, i.id, h.title, h.first, h.last`
	heldTables  = `held h JOIN node p ON p.n = h.person JOIN node i ON i.n = h.institution`
)

func scanHeld(r *sql.Rows, more ...any) (h graph.Held, err error) {
	var first, last sql.NullInt64
	err = r.Scan(append([]any{&h.Person, &h.Institution, &h.Title, &first, &last}, more...)...)
	h.First, h.Last = dayOf(first), dayOf(last)
	return h, err
}

// Offices implements [graph.NodeReader].
func (s *Store) Offices(ctx context.Context, persons []graph.ID) (map[graph.ID][]graph.Held, error) {
	all, err := ask(ctx, s, scanHeld, "SELECT "+heldColumns+" FROM "+heldTables+
		" WHERE p.id IN (SELECT value FROM json_each(?)) ORDER BY p.id, h.first IS NULL, h.first, i.id, h.title", list(persons))
	if err != nil {
		return nil, err
	}
	found := map[graph.ID][]graph.Held{}
	for _, h := range all {
		found[h.Person] = append(found[h.Person], h)
	}
	return found, nil
}

func scanNumber(r *sql.Rows, more ...any) (n int64, err error) {
	err = r.Scan(append([]any{&n}, more...)...)
	return n, err
}
