package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"sync"
	"time"

	"mawqif/graph"
)

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
	rows, err := s.read.query(ctx, query, args...)
	if err != nil {
		return nil, s.explain(err)
	}
	all, err := collect(rows, scan)
	return all, s.explain(err)
}

// reader is a pool of connections that read, with the statements they have
// prepared: to prepare a list takes as long as to read ten rows of it.
type reader struct {
	*sql.DB
	mu       sync.Mutex
	prepared map[string]*sql.Stmt
}

// preparedLimit is how many statements are kept; what comes later is prepared
// for each use.
const preparedLimit = 256

func (r *reader) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	s, err := r.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return r.QueryContext(ctx, text, args...)
	}
	return s.QueryContext(ctx, args...)
}

// statement returns the prepared statement of a text, or nil if it is not kept.
func (r *reader) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	r.mu.Lock()
	s, full := r.prepared[text], len(r.prepared) >= preparedLimit
	r.mu.Unlock()
	if s != nil || full {
		return s, nil
	}
	s, err := r.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if other := r.prepared[text]; other != nil {
		return other, s.Close()
	}
	r.prepared[text] = s
	return s, nil
}

func (r *reader) close() error {
	var errs []error
	for _, s := range r.prepared {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, r.Close())...)
}

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

// Names are read as JSON, in the order in which they are shown.
const (
	names0 = `(SELECT json_group_array(json_object('lang', lang, 'value', value) ORDER BY lang, rank, value) FROM name WHERE node = n.n AND role = 0)`
	names1 = `(SELECT json_group_array(json_object('lang', lang, 'value', value) ORDER BY lang, rank, value) FROM name WHERE node = n.n AND role = 1)`
)

var actorNode = node[graph.Actor]{
	columns: `n.id, a.kind, a.key, ` + names0 + `,
		(SELECT json_group_array(w.id ORDER BY w.id) FROM part_of p JOIN node w ON w.n = p.whole WHERE p.part = n.n)`,
	tables: `node n JOIN actor a ON a.n = n.n`, alias: "n",
	scan: func(r *sql.Rows, more ...any) (a graph.Actor, err error) {
		err = r.Scan(append([]any{&a.ID, &a.Kind, &a.Key, fromJSON{&a.Names}, fromJSON{&a.PartOf}}, more...)...)
		if len(a.PartOf) == 0 {
			a.PartOf = nil
		}
		return a, err
	},
	id: func(a *graph.Actor) graph.ID { return a.ID },
}

var placeNode = node[graph.Place]{
	columns: `n.id, a.key, ` + names0 + `, coalesce((SELECT id FROM node WHERE n = a.part_of), '')`,
	tables:  `node n JOIN place a ON a.n = n.n`, alias: "n",
	scan: func(r *sql.Rows, more ...any) (p graph.Place, err error) {
		err = r.Scan(append([]any{&p.ID, &p.Key, fromJSON{&p.Names}, &p.PartOf}, more...)...)
		return p, err
	},
	id: func(p *graph.Place) graph.ID { return p.ID },
}

var outletNode = node[graph.Outlet]{
	columns: `n.id, a.key, ` + names0,
	tables:  `node n JOIN outlet a ON a.n = n.n`, alias: "n",
	scan: func(r *sql.Rows, more ...any) (o graph.Outlet, err error) {
		err = r.Scan(append([]any{&o.ID, &o.Key, fromJSON{&o.Names}}, more...)...)
		return o, err
	},
	id: func(o *graph.Outlet) graph.ID { return o.ID },
}

var issueNode = node[graph.Issue]{
	columns: `n.id, a.codebook, a.key, ` + names0 + `, ` + names1 + `, coalesce((SELECT id FROM node WHERE n = a.parent), '')`,
	tables:  `node n JOIN issue a ON a.n = n.n`, alias: "n",
	scan: func(r *sql.Rows, more ...any) (i graph.Issue, err error) {
		err = r.Scan(append([]any{&i.ID, &i.Codebook, &i.Key, fromJSON{&i.Labels}, fromJSON{&i.Propositions}, &i.Parent}, more...)...)
		return i, err
	},
	id: func(i *graph.Issue) graph.ID { return i.ID },
}

var positionNode = node[graph.Position]{
	columns: `n.id, i.id, coalesce(o.id, ''), coalesce(l.id, '')`,
	tables: `node n JOIN position a ON a.n = n.n JOIN node i ON i.n = a.issue
		LEFT JOIN node o ON o.n = a.object LEFT JOIN node l ON l.n = a.place`, alias: "n",
	scan: func(r *sql.Rows, more ...any) (p graph.Position, err error) {
		err = r.Scan(append([]any{&p.ID, &p.Issue, &p.Object, &p.Place}, more...)...)
		return p, err
	},
	id: func(p *graph.Position) graph.ID { return p.ID },
}

var runNode = node[graph.Run]{
	columns: `n.id, a.extractor, a.version, a.codebook`,
	tables:  `node n JOIN run a ON a.n = n.n`, alias: "n",
	scan: func(r *sql.Rows, more ...any) (u graph.Run, err error) {
		err = r.Scan(append([]any{&u.ID, &u.Extractor, &u.Version, &u.Codebook}, more...)...)
		return u, err
	},
	id: func(u *graph.Run) graph.ID { return u.ID },
}

var articleNode = node[graph.Article]{
	columns: `d.json`, tables: `article_document d`, alias: "d", ranked: true,
	scan: func(r *sql.Rows, more ...any) (a graph.Article, err error) {
		err = r.Scan(append([]any{fromJSON{&a}}, more...)...)
		return a, err
	},
	id: func(a *graph.Article) graph.ID { return a.ID },
}

var statementNode = node[graph.Statement]{
	columns: `d.json, s.recorded, s.superseded`,
	tables:  `statement s JOIN statement_document d ON d.n = s.n`, alias: "s", ranked: true,
	scan: func(r *sql.Rows, more ...any) (s graph.Statement, err error) {
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
	},
	id: func(s *graph.Statement) graph.ID { return s.ID },
}

func scanNumber(r *sql.Rows, more ...any) (n int64, err error) {
	err = r.Scan(append([]any{&n}, more...)...)
	return n, err
}

// byID reads nodes by their ids; kind is the kind of ranked ones.
func byID[T any](ctx context.Context, s *Store, ids []graph.ID, kind graph.Kind, n node[T]) (map[graph.ID]T, error) {
	rows, wanted := "(SELECT n FROM node WHERE id IN "+given+")", list(ids)
	if n.ranked {
		rows, wanted = "(SELECT n FROM "+string(kind)+" WHERE rank IN "+given+")", list(ranks(ids, kind))
	}
	all, err := ask(ctx, s, n.scan, "SELECT "+n.columns+" FROM "+n.tables+" WHERE "+n.alias+".n IN "+rows, wanted)
	if err != nil {
		return nil, err
	}
	found := make(map[graph.ID]T, len(all))
	for i := range all {
		found[n.id(&all[i])] = all[i]
	}
	if n.ranked {
		// Of two ids with one rank only one may be asked for.
		asked := make(map[graph.ID]bool, len(ids))
		for _, id := range ids {
			asked[id] = true
		}
		maps.DeleteFunc(found, func(id graph.ID, _ T) bool { return !asked[id] })
	}
	return found, nil
}

// Actors implements [graph.NodeReader].
func (s *Store) Actors(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Actor, error) {
	return byID(ctx, s, ids, graph.KindActor, actorNode)
}

// Places implements [graph.NodeReader].
func (s *Store) Places(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Place, error) {
	return byID(ctx, s, ids, graph.KindPlace, placeNode)
}

// Outlets implements [graph.NodeReader].
func (s *Store) Outlets(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Outlet, error) {
	return byID(ctx, s, ids, graph.KindOutlet, outletNode)
}

// Issues implements [graph.NodeReader].
func (s *Store) Issues(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Issue, error) {
	return byID(ctx, s, ids, graph.KindIssue, issueNode)
}

// Positions implements [graph.NodeReader].
func (s *Store) Positions(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Position, error) {
	return byID(ctx, s, ids, graph.KindPosition, positionNode)
}

// Runs implements [graph.NodeReader].
func (s *Store) Runs(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Run, error) {
	return byID(ctx, s, ids, graph.KindRun, runNode)
}

// Articles implements [graph.NodeReader].
func (s *Store) Articles(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Article, error) {
	return byID(ctx, s, ids, graph.KindArticle, articleNode)
}

// Statements implements [graph.NodeReader].
func (s *Store) Statements(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Statement, error) {
	return byID(ctx, s, ids, graph.KindStatement, statementNode)
}

const (
	heldColumns = `p.id, i.id, h.title, h.first, h.last`
	heldTables  = `held h JOIN node p ON p.n = h.person JOIN node i ON i.n = h.institution`
)

func scanHeld(r *sql.Rows, _ ...any) (h graph.Held, err error) {
	var first, last sql.NullInt64
	err = r.Scan(&h.Person, &h.Institution, &h.Title, &first, &last)
	h.First, h.Last = dayOf(first), dayOf(last)
	return h, err
}

// Offices implements [graph.NodeReader].
func (s *Store) Offices(ctx context.Context, persons []graph.ID) (map[graph.ID][]graph.Held, error) {
	all, err := ask(ctx, s, scanHeld, "SELECT "+heldColumns+" FROM "+heldTables+
		" WHERE h.person IN "+nodes+" ORDER BY h.first IS NULL, h.first, i.id, h.title", list(persons))
	if err != nil {
		return nil, err
	}
	found := map[graph.ID][]graph.Held{}
	for _, h := range all {
		found[h.Person] = append(found[h.Person], h)
	}
	return found, nil
}
