package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"mawqif/graph"
	"mawqif/graph/group"
)

// How much shares a transaction at most: a group is written while the next
// gathers, and is kept in memory until it is.
const (
	groupBatches = 256
	groupBytes   = 32 << 20
)

// writer owns the connection that writes. The batches that wait are written in
// one transaction: one wait for the disk for all.
type writer struct {
	store *Store
	db    *sql.DB
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
	known memory

	commits *group.Committer[*prepared]
}

func newWriter(ctx context.Context, file file, maxBytes int64, s *Store) (*writer, error) {
	// Temporary tables in memory: every statement that changes several rows
	// keeps a journal of its own there.
	db, err := file.open("cache_size(-65536)", "temp_store(memory)", "wal_autocheckpoint(8000)")
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	w := &writer{store: s, db: db, conn: conn, stmts: map[string]*sql.Stmt{}}
	w.known.forget()
	if maxBytes > 0 {
		if err := w.bound(maxBytes); err != nil {
			return nil, errors.Join(err, w.conn.Close(), w.db.Close())
		}
	}
	w.commits = group.New(group.Options[*prepared]{
		Commit: w.transact, Items: groupBatches, Size: func(p *prepared) int { return p.size }, MaxSize: groupBytes,
	})
	return w, nil
}

// bound bounds the size of the file.
func (w *writer) bound(bytes int64) error {
	size, err := w.number("PRAGMA page_size")
	if err != nil {
		return err
	}
	_, err = w.number(fmt.Sprintf("PRAGMA max_page_count = %d", max(1, bytes/size)))
	return err
}

// close writes what waits and releases the connection. No Apply may be under
// way.
func (w *writer) close() error {
	w.commits.Close()
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
	p, err := prepare(&b)
	if err != nil {
		return err
	}
	return s.explain(s.write.commits.Do(ctx, p))
}

// transact writes a group whole or not at all.
func (w *writer) transact(batches []*prepared) (err error) {
	if err := w.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			// SQLite may have ended the transaction itself.
			_ = w.exec("ROLLBACK")
			w.known.forget()
		}
	}()
	version, err := w.number("PRAGMA data_version")
	if err != nil {
		return err
	}
	w.known.since(version)
	a := application{writer: w, now: w.store.now().UTC().UnixMicro()}
	for _, p := range batches {
		if err := a.apply(p); err != nil {
			return err
		}
	}
	if err := errors.Join(a.writeTally(), a.writeWords()); err != nil {
		return err
	}
	return w.exec("COMMIT")
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

// insert runs a query that inserts a row, and returns its number.
func (w *writer) insert(query string, args ...any) (int64, error) {
	s, err := w.stmt(query)
	if err != nil {
		return 0, err
	}
	done, err := s.Exec(args...)
	if err != nil {
		return 0, err
	}
	return done.LastInsertId()
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
