package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"mawqif/graph"
)

// groupSize is how many batches share a transaction at most.
const groupSize = 256

// writer owns the connection that writes. A goroutine takes the batches that
// wait and writes them in one transaction: one wait for the disk for all.
type writer struct {
	store *Store
	db    *sql.DB
	conn  *sql.Conn
	stmts map[string]*sql.Stmt

	waiting chan *request
	done    sync.WaitGroup
}

// request is a batch on its way into the store.
type request struct {
	batch  *graph.Batch
	result chan error
	taken  atomic.Bool // by the writer, or by a caller who gave up
}

func newWriter(ctx context.Context, path string, s *Store) (*writer, error) {
	db, err := sql.Open("sqlite", address(path))
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	w := &writer{
		store: s, db: db, conn: conn,
		stmts: map[string]*sql.Stmt{}, waiting: make(chan *request, groupSize),
	}
	w.done.Go(w.run)
	return w, nil
}

// close writes what waits and releases the connection. No Apply may be under
// way.
func (w *writer) close() error {
	close(w.waiting)
	w.done.Wait()
	var errs []error
	for _, s := range w.stmts {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, w.conn.Close(), w.db.Close())...)
}

// Apply implements [graph.Writer].
func (s *Store) Apply(ctx context.Context, b graph.Batch) error {
	leave, err := s.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	if err := b.Validate(); err != nil {
		return err
	}
	r := &request{batch: &b, result: make(chan error, 1)}
	select {
	case s.write.waiting <- r:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-r.result:
		return s.explain(err)
	case <-ctx.Done():
		if r.taken.CompareAndSwap(false, true) {
			return ctx.Err()
		}
		return s.explain(<-r.result)
	}
}

func (w *writer) run() {
	for first := range w.waiting {
		group := []*request{first}
	gather:
		for len(group) < groupSize {
			select {
			case r, ok := <-w.waiting:
				if !ok {
					break gather
				}
				group = append(group, r)
			default:
				break gather
			}
		}
		w.commit(group)
	}
}

// commit writes a group in one transaction. If that fails, each batch gets a
// transaction of its own, so that one does not fail for another.
func (w *writer) commit(group []*request) {
	live := group[:0]
	for _, r := range group {
		if r.taken.CompareAndSwap(false, true) {
			live = append(live, r)
		}
	}
	err := w.transact(live)
	if err != nil && len(live) > 1 {
		for _, r := range live {
			r.result <- w.transact([]*request{r})
		}
		return
	}
	for _, r := range live {
		r.result <- err
	}
}

func (w *writer) transact(group []*request) error {
	if len(group) == 0 {
		return nil
	}
	if err := w.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	now := w.store.now().UTC().UnixMicro()
	for _, r := range group {
		a := application{writer: w, now: now, refs: map[graph.ID]int64{"": 0}}
		if err := a.apply(r.batch); err != nil {
			return w.rollback(err)
		}
	}
	if err := w.exec("COMMIT"); err != nil {
		return w.rollback(err)
	}
	return nil
}

// rollback ends a transaction that failed, which SQLite may have ended itself.
func (w *writer) rollback(cause error) error {
	_ = w.exec("ROLLBACK")
	return cause
}

// The writer works without a context: a transaction is for many callers.

func (w *writer) stmt(query string) (*sql.Stmt, error) {
	if s := w.stmts[query]; s != nil {
		return s, nil
	}
	s, err := w.conn.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	w.stmts[query] = s
	return s, nil
}

func (w *writer) exec(query string, args ...any) error {
	s, err := w.stmt(query)
	if err != nil {
		return err
	}
	_, err = s.Exec(args...)
	return err
}

// number runs a query that returns one number.
func (w *writer) number(query string, args ...any) (n int64, err error) {
	s, err := w.stmt(query)
	if err != nil {
		return 0, err
	}
	err = s.QueryRow(args...).Scan(&n)
	return n, err
}

// application writes one batch within a transaction.
type application struct {
	*writer
	now  int64
	refs map[graph.ID]int64 // what the batch refers to, by row; 0 is none
}

func (a *application) apply(b *graph.Batch) error {
	if err := a.nodes(b); err != nil {
		return fmt.Errorf("nodes: %w", err)
	}
	article, err := a.article(&b.Article)
	if err != nil {
		return fmt.Errorf("article: %w", err)
	}
	for i := range b.Statements {
		if err := a.statement(&b.Statements[i], article); err != nil {
			return fmt.Errorf("statement %s: %w", b.Statements[i].ID, err)
		}
	}
	return a.supersede(article, b.Statements)
}

// nodes writes what the batch refers to. References among them come last, when
// every node has its row.
func (a *application) nodes(b *graph.Batch) error {
	var errs []error
	do := func(err error) { errs = append(errs, err) }
	for i := range b.Outlets {
		o := &b.Outlets[i]
		n, err := a.node(o.ID, "")
		do(err)
		do(a.exec("INSERT INTO outlet (n, key) VALUES (?, ?) ON CONFLICT DO NOTHING", n, o.Key))
		do(a.names(n, 0, o.Names))
	}
	for i := range b.Actors {
		c := &b.Actors[i]
		n, err := a.node(c.ID, "")
		do(err)
		do(a.exec("INSERT INTO actor (n, kind, key) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET kind = ?2 WHERE kind > ?2", n, c.Kind, c.Key))
		do(a.names(n, 0, c.Names))
	}
	for i := range b.Places {
		p := &b.Places[i]
		n, err := a.node(p.ID, "")
		do(err)
		do(a.exec("INSERT INTO place (n, key, part_of) VALUES (?, ?, 0) ON CONFLICT DO NOTHING", n, p.Key))
		do(a.names(n, 0, p.Names))
	}
	for i := range b.Issues {
		s := &b.Issues[i]
		n, err := a.node(s.ID, "")
		do(err)
		do(a.exec("INSERT INTO issue (n, codebook, key, parent) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING", n, s.Codebook, s.Key))
		do(a.names(n, 0, s.Labels))
		do(a.names(n, 1, s.Propositions))
	}
	n, err := a.node(b.Run.ID, "")
	do(err)
	do(a.exec("INSERT INTO run (n, extractor, version, codebook) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", n, b.Run.Extractor, b.Run.Version, b.Run.Codebook))
	for i := range b.Positions {
		p := &b.Positions[i]
		n, err := a.node(p.ID, string(p.Issue)+" "+string(p.Object)+" "+string(p.Place))
		do(err)
		do(a.exec("INSERT INTO position (n, issue, object, place) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
			n, a.refs[p.Issue], a.refs[p.Object], a.refs[p.Place]))
	}
	for i := range b.Actors {
		for _, whole := range b.Actors[i].PartOf {
			do(a.exec("INSERT INTO part_of (part, whole) VALUES (?, ?) ON CONFLICT DO NOTHING", a.refs[b.Actors[i].ID], a.refs[whole]))
		}
	}
	for i := range b.Places {
		if p := &b.Places[i]; p.PartOf != "" {
			do(a.exec(largerReference("place", "part_of"), a.refs[p.ID], a.refs[p.PartOf]))
		}
	}
	for i := range b.Issues {
		if s := &b.Issues[i]; s.Parent != "" {
			do(a.exec(largerReference("issue", "parent"), a.refs[s.ID], a.refs[s.Parent]))
		}
	}
	for _, h := range b.Held {
		do(a.exec(`INSERT INTO held (person, institution, title, first, last) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET
				first = coalesce(min(first, excluded.first), first, excluded.first),
				last = coalesce(max(last, excluded.last), last, excluded.last)`,
			a.refs[h.Person], a.refs[h.Institution], h.Title, dayNumber(h.First), dayNumber(h.Last)))
	}
	return errors.Join(errs...)
}

// largerReference sets a single reference. If sources differ the one with the
// larger id stands, whatever their order.
func largerReference(table, column string) string {
	return fmt.Sprintf(`UPDATE %[1]s SET %[2]s = ?2 WHERE n = ?1 AND %[2]s <> ?2
		AND coalesce((SELECT id FROM node WHERE n = %[2]s), '') < (SELECT id FROM node WHERE n = ?2)`, table, column)
}

// node returns the row of a node, which it makes if there is none. Nodes with
// names get their sort later.
func (a *application) node(id graph.ID, sort string) (int64, error) {
	if n, ok := a.refs[id]; ok {
		return n, nil
	}
	n, err := a.number("SELECT n FROM node WHERE id = ?", id)
	if errors.Is(err, sql.ErrNoRows) {
		n, err = a.number("INSERT INTO node (id, type, sort) VALUES (?, ?, ?) RETURNING n", id, id.Kind(), sort)
	}
	a.refs[id] = n
	return n, err
}

// names adds to the names of a node, and keeps the name it is listed by.
func (a *application) names(node int64, role int, names []graph.Name) error {
	rank := map[string]int{}
	for _, name := range names {
		err := a.exec(`INSERT INTO name (node, role, lang, value, rank, fold) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (node, role, lang, value) DO UPDATE SET rank = excluded.rank WHERE rank > excluded.rank`,
			node, role, name.Lang, name.Value, rank[name.Lang], graph.Fold(name.Value))
		if err != nil {
			return err
		}
		rank[name.Lang]++
	}
	if role != 0 {
		return nil
	}
	return a.exec(`UPDATE node SET sort = listed.fold FROM (
			SELECT fold FROM name WHERE node = ?1 AND role = 0 ORDER BY lang <> 'en', lang, rank, value LIMIT 1
		) AS listed WHERE node.n = ?1 AND sort <> listed.fold`, node)
}

func (a *application) article(r *graph.Article) (int64, error) {
	n, err := a.number("SELECT n FROM article WHERE id = ?", r.ID)
	if !errors.Is(err, sql.ErrNoRows) {
		return n, err
	}
	n, err = a.number(`INSERT INTO article (id, source_id, url, title, outlet, language, published, text, text_hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING n`,
		r.ID, r.SourceID, r.URL, r.Title, a.refs[r.Outlet], r.Language, dayNumber(r.Published), r.Text, r.TextHash)
	if err != nil {
		return 0, err
	}
	return n, a.exec("INSERT INTO article_words (rowid, words) VALUES (?, ?)", n, graph.Fold(r.Title+"\n"+r.Text))
}

// statement writes a statement or makes it stand again. Of two confidences of
// one statement the last stands.
func (a *application) statement(s *graph.Statement, article int64) error {
	plain := *s
	plain.RecordedAt, plain.SupersededAt = time.Time{}, time.Time{}
	body, err := json.Marshal(plain)
	if err != nil {
		return err
	}
	find, err := a.stmt("SELECT n, superseded IS NULL, body FROM statement WHERE id = ?")
	if err != nil {
		return err
	}
	var n int64
	var stands bool
	var old []byte
	switch err := find.QueryRow(s.ID).Scan(&n, &stands, &old); {
	case errors.Is(err, sql.ErrNoRows):
		n, err = a.number(`INSERT INTO statement (id, article, start, speaker, behalf, relay, act, quote, day, confidence, recorded, body)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING n`,
			s.ID, article, s.Start(), a.refs[s.Speaker], a.refs[s.OnBehalfOf], a.refs[s.RelayedVia],
			s.Act, s.QuoteType, dayNumber(s.SaidAt.Day), s.Confidence, a.now, string(body))
		if err != nil {
			return err
		}
	case err != nil:
		return err
	case stands && string(old) == string(body):
		return nil
	default:
		if err := a.exec("UPDATE statement SET superseded = NULL, confidence = ?2, body = ?3 WHERE n = ?1", n, s.Confidence, string(body)); err != nil || stands {
			return err
		}
	}
	return a.index(n, article, s)
}

// index writes what a standing statement is found by.
func (a *application) index(n, article int64, s *graph.Statement) error {
	if err := a.exec("INSERT INTO statement_words (rowid, words) VALUES (?, ?)", n, graph.Fold(s.Content)); err != nil {
		return err
	}
	day := dayNumber(s.SaidAt.Day)
	for _, t := range s.Targets {
		err := a.exec("INSERT INTO toward (target, statement, value, speaker, behalf, article, day) VALUES (?, ?, ?, ?, ?, ?, ?)",
			a.refs[t.Actor], n, t.Stance, a.refs[s.Speaker], a.refs[s.OnBehalfOf], article, day)
		if err != nil {
			return err
		}
	}
	for _, t := range s.Positions {
		err := a.exec(`INSERT INTO takes (position, statement, issue, value, speaker, behalf, article, day)
			SELECT n, ?2, issue, ?3, ?4, ?5, ?6, ?7 FROM position WHERE n = ?1`,
			a.refs[t.Position], n, t.Agreement, a.refs[s.Speaker], a.refs[s.OnBehalfOf], article, day)
		if err != nil {
			return err
		}
	}
	for _, p := range s.Places {
		if err := a.exec("INSERT INTO about (place, statement) VALUES (?, ?) ON CONFLICT DO NOTHING", a.refs[p], n); err != nil {
			return err
		}
	}
	return nil
}

// supersede ends the standing of the article's statements that are not among
// those that hold now.
func (a *application) supersede(article int64, hold []graph.Statement) error {
	ids := make([]graph.ID, len(hold))
	for i := range hold {
		ids[i] = hold[i].ID
	}
	find, err := a.stmt(`SELECT n FROM statement WHERE article = ? AND superseded IS NULL
		AND id NOT IN (SELECT value FROM json_each(?))`)
	if err != nil {
		return err
	}
	rows, err := find.Query(article, list(ids))
	if err != nil {
		return err
	}
	gone, err := collect(rows, scanNumber)
	if err != nil {
		return err
	}
	for _, n := range gone {
		if err := a.exec("UPDATE statement SET superseded = ? WHERE n = ?", a.now, n); err != nil {
			return err
		}
		for _, table := range []string{"toward", "takes", "about"} {
			if err := a.exec("DELETE FROM "+table+" WHERE statement = ?", n); err != nil {
				return err
			}
		}
		if err := a.exec("DELETE FROM statement_words WHERE rowid = ?", n); err != nil {
			return err
		}
	}
	return nil
}
