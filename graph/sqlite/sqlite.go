// Package sqlite keeps a graph in one SQLite file, without cgo.
//
// One connection writes, in transactions that concurrent writers share, so
// that they share the wait for the disk; a pool of connections reads, each from
// a snapshot (WAL). Several processes may use one file.
//
// Articles and statements are kept as JSON documents. Beside them stand the
// columns that they are selected and sorted by, and what they say of others,
// one row a value ("toward", "takes", "about"), for the statements that stand.
// Everything is read with one question a call, whatever its size: any number
// of ids is one parameter, a JSON list.
//
// A page of a list is read in one of two ways: by walking along the index of
// its order until the page is full, or by gathering the rows of the rarest
// condition and sorting them. A first question counts what each condition
// finds, up to a bound, and tells which is less work; see listing.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"mawqif/graph"
)

// Options tune a store. The zero value is good for use.
type Options struct {
	// Now is the clock that stamps what is recorded; [time.Now] if nil.
	Now func() time.Time
	// Readers is how many reads run at a time, a stream that is read among
	// them; as many as there are processors, but at least 4, if zero.
	Readers int
	// Wait is how long a write waits for another process that writes; 10
	// seconds if zero.
	Wait time.Duration
	// MaxBytes bounds the size of the file; no bound if zero. A write beyond it
	// returns [graph.ErrFull].
	MaxBytes int64
}

// Store is a [graph.Store] in a file. Several processes may share the file.
type Store struct {
	now   func() time.Time
	path  string
	read  *reader
	write *writer
	// watch is the one connection that tells whether others have written.
	watch *sql.DB

	mu     sync.Mutex
	closed bool
	calls  sync.WaitGroup // under way
}

var (
	_ graph.Store   = (*Store)(nil)
	_ graph.Reviser = (*Store)(nil)
)

// Open opens the store in a file, which it makes if there is none, and brings
// its tables up to date. It returns [graph.ErrForeign] if the file is not a
// store of mawqif, and [graph.ErrNewerSchema] if a newer version wrote it.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Readers <= 0 {
		o.Readers = max(4, runtime.GOMAXPROCS(0))
	}
	if o.Wait <= 0 {
		o.Wait = 10 * time.Second
	}
	s := &Store{now: o.Now, path: path}
	fail := func(err error) (*Store, error) {
		return nil, fmt.Errorf("open %s: %w", path, s.explain(err))
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return fail(err)
	}
	file := file{path: full, wait: o.Wait}
	scripts, err := migrations()
	if err != nil {
		return fail(err)
	}
	if err := migrateFile(ctx, file, scripts); err != nil {
		return fail(err)
	}
	pool, err := file.open("query_only(1)", "cache_size(-16384)")
	if err != nil {
		return fail(err)
	}
	pool.SetMaxOpenConns(o.Readers)
	pool.SetMaxIdleConns(o.Readers)
	s.read = &reader{DB: pool, prepared: map[string]*sql.Stmt{}}
	if s.watch, err = file.open("query_only(1)"); err != nil {
		return fail(errors.Join(err, s.read.close()))
	}
	s.watch.SetMaxOpenConns(1)
	s.watch.SetMaxIdleConns(1)
	if s.write, err = newWriter(ctx, file, o.MaxBytes, s); err != nil {
		return fail(errors.Join(err, s.read.close(), s.watch.Close()))
	}
	return s, nil
}

// file is where a store is, and how long to wait for others who use it.
type file struct {
	path string
	wait time.Duration
}

// open returns a pool of connections to the file. A commit waits for the disk
// (synchronous): what is acknowledged outlives a loss of power.
func (f file) open(pragmas ...string) (*sql.DB, error) {
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(f.path)}
	q := url.Values{"_pragma": append([]string{
		fmt.Sprintf("busy_timeout(%d)", f.wait.Milliseconds()), "synchronous(full)",
	}, pragmas...)}
	return sql.Open("sqlite", u.String()+"?"+q.Encode())
}

// Close waits for writes and reads under way and releases the file.
func (s *Store) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return graph.ErrClosed
	}
	s.closed = true
	s.mu.Unlock()
	s.calls.Wait()
	// The last connection tidies the file up, which a reader may not.
	return s.explain(errors.Join(s.read.close(), s.watch.Close(), s.write.close()))
}

// enter begins a call and returns what ends it.
func (s *Store) enter(ctx context.Context) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, graph.ErrClosed
	}
	s.calls.Add(1)
	return s.calls.Done, nil
}

// explain turns the errors of SQLite into those of the domain.
func (s *Store) explain(err error) error {
	var e *driver.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() {
	case lib.SQLITE_IOERR_SHMSIZE:
		return s.full(err)
	}
	switch e.Code() & 0xff {
	case lib.SQLITE_FULL:
		return s.full(err)
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED, lib.SQLITE_PROTOCOL:
		return fmt.Errorf("%w: another process holds %s; try again when it is done (%w)", graph.ErrUnavailable, s.path, err)
	case lib.SQLITE_NOTADB:
		return fmt.Errorf("%w: %s is no SQLite file; choose another path (%w)", graph.ErrForeign, s.path, err)
	case lib.SQLITE_CANTOPEN, lib.SQLITE_READONLY, lib.SQLITE_PERM:
		return fmt.Errorf("%w: %s cannot be opened for writing; check that its directory exists and that you may write there (%w)", graph.ErrUnavailable, s.path, err)
	case lib.SQLITE_CORRUPT:
		return fmt.Errorf("%w: restore %s from a copy, or move it away and ingest again (%w)", graph.ErrDamaged, s.path, err)
	}
	return err
}

func (s *Store) full(err error) error {
	return fmt.Errorf("%w: free some space for %s, then go on; what was written stands (%w)", graph.ErrFull, s.path, err)
}
