// Package neo4j keeps a graph in a Neo4j server, readable by a person in Neo4j
// Browser: actors make statements, statements take positions, all with names
// as captions and dates as dates.
//
// A statement that stands has the label Standing beside Statement; one that
// was superseded keeps its relations and loses the label.
package neo4j

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"

	"mawqif/graph"
	"mawqif/graph/group"
)

// Options tell how to reach a server.
type Options struct {
	// Address is neo4j://USER@HOST:PORT/DATABASE, bolt:// for one server
	// without routing, each with +s for TLS or +ssc for TLS with a certificate
	// that nobody vouches for; see [ParseAddress].
	Address string
	// Password authenticates the user of the address, "neo4j" if it names none.
	// Without a user and a password there is no authentication.
	Password string
	// Roots vouch for the certificate of the server, those of the system if nil.
	Roots *x509.CertPool
	// Pool is how many connections there are at most. Default 100.
	Pool int
	// Timeout bounds the wait for a connection, and for how long a transaction
	// is tried again. Default 10 s.
	Timeout time.Duration
	// QueryTimeout bounds a transaction on the server, which ends it then.
	// Default: what the server is set to.
	QueryTimeout time.Duration
	// MustExist refuses a database without a graph, which would get an empty
	// one.
	MustExist bool
	// Now tells the time. Default [time.Now].
	Now func() time.Time
}

// Store is a graph in Neo4j. It implements [graph.Store].
type Store struct {
	driver   neo4j.DriverWithContext
	database string
	address  string
	timeout  time.Duration // of a transaction; 0 for that of the server
	now      func() time.Time
	writes   *group.Committer[*graph.Batch]

	mu     sync.RWMutex
	closed bool
}

var _ graph.Store = (*Store)(nil)

// schemaVersion is the version of the schema that this package writes.
const schemaVersion = 1

// How much shares a transaction at most: enough to spread the cost of a commit,
// little enough for the memory of a small server.
const (
	groupBatches = 64
	groupBytes   = 4 << 20
)

// Open connects to a server. An empty database gets the schema. One that holds
// something else gives [graph.ErrForeign], one whose schema is older or not
// whole [graph.ErrOlderSchema], one of a newer mawqif [graph.ErrNewerSchema], no
// server [graph.ErrUnavailable].
func Open(ctx context.Context, o Options) (*Store, error) {
	s, err := connect(ctx, o)
	if err != nil {
		return nil, err
	}
	if err := s.check(ctx, o.MustExist); err != nil {
		return nil, errors.Join(s.explain(ctx, err), s.driver.Close(ctx))
	}
	s.writes = group.New(group.Options[*graph.Batch]{
		Commit: s.commit, Items: groupBatches, Size: sizeOf, MaxSize: groupBytes, Singly: mayBeOfOne,
	})
	return s, nil
}

// Migrate makes the constraints and indexes that a database lacks, and returns
// the version of the schema that it then has. Errors are those of [Open].
func Migrate(ctx context.Context, o Options) (int, error) {
	s, err := connect(ctx, o)
	if err != nil {
		return 0, err
	}
	err = s.checkSchema(ctx)
	if errors.Is(err, graph.ErrOlderSchema) {
		err = s.makeSchema(ctx)
	}
	return schemaVersion, errors.Join(s.explain(ctx, err), s.driver.Close(ctx))
}

func connect(ctx context.Context, o Options) (*Store, error) {
	a, err := ParseAddress(o.Address)
	if err != nil {
		return nil, err
	}
	o.Timeout = cmp.Or(o.Timeout, 10*time.Second)
	if o.Now == nil {
		o.Now = time.Now
	}
	auth := neo4j.NoAuth()
	if a.User != "" || o.Password != "" {
		auth = neo4j.BasicAuth(cmp.Or(a.User, "neo4j"), o.Password, "")
	}
	driver, err := neo4j.NewDriverWithContext(a.server(), auth, func(c *config.Config) {
		c.SocketConnectTimeout = o.Timeout
		c.ConnectionAcquisitionTimeout = o.Timeout
		c.MaxTransactionRetryTime = o.Timeout
		c.MaxConnectionPoolSize = cmp.Or(o.Pool, 100)
		if o.Roots != nil {
			c.TlsConfig = &tls.Config{RootCAs: o.Roots, MinVersion: tls.VersionTLS12}
		}
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", graph.ErrInvalid, err)
	}
	s := &Store{driver: driver, database: a.Database, address: a.String(), now: o.Now, timeout: o.QueryTimeout}
	// What takes connections and says nothing is no server either.
	first, cancel := context.WithTimeout(ctx, 2*o.Timeout)
	defer cancel()
	if err := s.checkServer(first); err != nil {
		return nil, errors.Join(s.explain(ctx, err), driver.Close(ctx))
	}
	return s, nil
}

// Close implements [graph.Store].
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return graph.ErrClosed
	}
	s.closed = true
	s.writes.Close()
	return s.driver.Close(context.Background())
}

// enter keeps the store open until leave is called.
func (s *Store) enter(ctx context.Context) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.RLock()
	if s.closed {
		s.mu.RUnlock()
		return nil, graph.ErrClosed
	}
	return s.mu.RUnlock, nil
}

// bounds bounds a transaction.
func (s *Store) bounds(c *neo4j.TransactionConfig) {
	if s.timeout > 0 {
		c.Timeout = s.timeout
	}
}

func (s *Store) session(ctx context.Context, mode neo4j.AccessMode) neo4j.SessionWithContext {
	return s.driver.NewSession(ctx, neo4j.SessionConfig{
		DatabaseName: s.database, AccessMode: mode, BookmarkManager: s.driver.ExecuteQueryBookmarkManager(),
	})
}

// oldest is the oldest version of Neo4j that understands the queries.
var oldest = [2]int{5, 23}

// checkServer refuses a server that does not understand the queries.
func (s *Store) checkServer(ctx context.Context) error {
	info, err := s.driver.GetServerInfo(ctx)
	if err != nil {
		return err
	}
	var major, minor int
	if _, err := fmt.Sscanf(info.Agent(), "Neo4j/%d.%d", &major, &minor); err != nil {
		return fmt.Errorf("%w: %s is %q, not Neo4j %d.%d or newer", graph.ErrInvalid, s.address, info.Agent(), oldest[0], oldest[1])
	}
	if major < oldest[0] || major == oldest[0] && minor < oldest[1] {
		return fmt.Errorf("%w: %s is Neo4j %d.%d; mawqif needs %d.%d or newer", graph.ErrInvalid, s.address, major, minor, oldest[0], oldest[1])
	}
	return nil
}

// check checks the schema of a database, and makes that of an empty one.
func (s *Store) check(ctx context.Context, mustExist bool) error {
	err := s.checkSchema(ctx)
	if errors.Is(err, errEmpty) {
		if mustExist {
			return fmt.Errorf("%w: there is no graph in the database %s at %s: make one with mawqif ingest, or name another with --store", graph.ErrNotFound, s.database, s.address)
		}
		return s.makeSchema(ctx)
	}
	return err
}

// errEmpty is that of a database without anything in it.
var errEmpty = fmt.Errorf("%w: it is empty", graph.ErrOlderSchema)

// checkSchema tells what a database lacks.
func (s *Store) checkSchema(ctx context.Context) error {
	rows, err := s.run(ctx, query("schema-version"), nil)
	if err != nil {
		return err
	}
	version, known := rows[0].AsMap()["version"].(int64)
	filled, _ := rows[0].AsMap()["filled"].(bool)
	switch {
	case known && version > schemaVersion:
		return fmt.Errorf("%w: the database %s at %s has schema %d, this mawqif knows %d; use a newer mawqif", graph.ErrNewerSchema, s.database, s.address, version, schemaVersion)
	case !known && filled:
		return fmt.Errorf("%w: the database %s at %s holds something else; name an empty one", graph.ErrForeign, s.database, s.address)
	case !known:
		return errEmpty
	case version < schemaVersion:
		return fmt.Errorf("%w: the database %s at %s has schema %d, this mawqif needs %d; run mawqif migrate --store %s", graph.ErrOlderSchema, s.database, s.address, version, schemaVersion, s.address)
	}
	indexes, err := s.run(ctx, query("indexes"), nil)
	if err != nil {
		return err
	}
	there := map[any]bool{}
	for _, row := range indexes {
		there[row.AsMap()["name"]] = true
	}
	for _, d := range schema {
		if !there[d.name] {
			return fmt.Errorf("%w: the database %s at %s lacks the constraint or index %s; run mawqif migrate --store %s", graph.ErrOlderSchema, s.database, s.address, d.name, s.address)
		}
	}
	return nil
}

// makeSchema makes the constraints and indexes that are not there.
func (s *Store) makeSchema(ctx context.Context) error {
	session := s.session(ctx, neo4j.AccessModeWrite)
	defer session.Close(ctx)
	run := func(text string, params map[string]any) error {
		_, err := session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
			result, err := tx.Run(ctx, text, params)
			if err != nil {
				return nil, err
			}
			return result.Consume(ctx)
		})
		return err
	}
	// Changes of the schema and of data do not share a transaction.
	for _, d := range schema {
		if err := run(d.text, nil); err != nil {
			return err
		}
	}
	if err := run(query("await-indexes"), nil); err != nil {
		return err
	}
	return run(query("set-schema-version"), map[string]any{"version": schemaVersion})
}

// run runs a query that reads, on a follower if there is one.
func (s *Store) run(ctx context.Context, text string, params map[string]any) ([]*neo4j.Record, error) {
	result, err := neo4j.ExecuteQuery(ctx, s.driver, text, params, neo4j.EagerResultTransformer,
		neo4j.ExecuteQueryWithDatabase(s.database), neo4j.ExecuteQueryWithReadersRouting(),
		neo4j.ExecuteQueryWithTransactionConfig(s.bounds))
	if err != nil {
		return nil, err
	}
	return result.Records, nil
}
