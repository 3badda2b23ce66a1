// Package neo4jtest gives tests a real Neo4j server: the one that the
// environment names, else one in Docker, else one of the Maven artefacts. A
// test that cannot have one fails, and says what to install.
package neo4jtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/rogpeppe/go-internal/lockedfile"
)

// Version is the version of the server that is started.
const Version = "5.26.30"

// Variables of the environment that name a server to use instead, an address
// such as neo4j://neo4j@127.0.0.1:7687, and its password. Its database is
// emptied; one that holds something else than what tests wrote is refused.
const (
	AddressVariable  = "MAWQIF_NEO4J_URI"
	PasswordVariable = "MAWQIF_NEO4J_PASSWORD"
)

// Server is a server for tests.
type Server struct {
	// Scheme and Host are of the address, such as bolt and 127.0.0.1:7687.
	Scheme, Host string
	// User and Password authenticate; without a user there is no
	// authentication.
	User, Password string
	// Database is the name of its only database.
	Database string

	stop func() error
}

// Address returns the address of the database.
func (s *Server) Address() string {
	u := url.URL{Scheme: s.Scheme, Host: s.Host, Path: "/" + s.Database}
	if s.User != "" {
		u.User = url.User(s.User)
	}
	return u.String()
}

// shared is the server of the tests of a package.
var shared struct {
	once   sync.Once
	server *Server
	err    error
}

// M runs the tests of a package and takes down the server that they shared:
//
//	func TestMain(m *testing.M) { os.Exit(neo4jtest.M{m}.Run()) }
type M struct{ *testing.M }

// Run runs the tests and returns the exit code.
func (m M) Run() int {
	code := m.M.Run()
	if err := Stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = max(code, 1)
	}
	return code
}

// Stop takes down the server that [Get] started, if it did.
func Stop() error {
	if shared.server == nil {
		return nil
	}
	return shared.server.stop()
}

// Get returns the server that the tests of a package share, which the first of
// them starts. Its database is that of the tests before; see [Server.Empty].
func Get(ctx context.Context) (*Server, error) {
	shared.once.Do(func() {
		// It outlives the test that asks first.
		ctx := context.WithoutCancel(ctx)
		if shared.server, shared.err = find(ctx); shared.err == nil {
			shared.err = shared.server.claim(ctx)
		}
	})
	return shared.server, shared.err
}

// Empty returns the server that the tests of a package share, with nothing in
// its database but the schema, if a test has made that.
func Empty(t testing.TB) *Server {
	t.Helper()
	s, err := Get(t.Context())
	if err == nil {
		err = s.Empty(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Own returns a server for one test, of the Maven artefacts, which the test
// starts and may stop and start again.
func Own(t testing.TB) *Process {
	t.Helper()
	p, err := newProcess(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Stop(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func find(ctx context.Context) (*Server, error) {
	if address := os.Getenv(AddressVariable); address != "" {
		return named(address)
	}
	if answers(ctx) {
		return inDocker(ctx)
	}
	home, err := os.MkdirTemp("", "mawqif-neo4j-")
	if err != nil {
		return nil, err
	}
	p, err := newProcess(ctx, home)
	if err == nil {
		err = p.Start(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(home))
	}
	p.stop = func() error { return errors.Join(p.Stop(), os.RemoveAll(home)) }
	return &p.Server, nil
}

// named is a server that somebody else started. Packages are tested at the same
// time, so the first one locks it.
func named(address string) (*Server, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("%s is no address such as neo4j://neo4j@127.0.0.1:7687", AddressVariable)
	}
	unlock, err := lockedfile.MutexAt(filepath.Join(os.TempDir(), "mawqif-neo4j-test.lock")).Lock()
	if err != nil {
		return nil, err
	}
	s := &Server{Scheme: u.Scheme, Host: u.Host, Database: "neo4j", stop: func() error { unlock(); return nil }}
	if path := filepath.Base(u.Path); path != "." && path != "/" {
		s.Database = path
	}
	if s.Password = os.Getenv(PasswordVariable); s.Password != "" {
		s.User = "neo4j"
		if u.User.Username() != "" {
			s.User = u.User.Username()
		}
	}
	return s, nil
}

// driver connects to a server.
func (s *Server) driver() (neo4j.DriverWithContext, error) {
	auth := neo4j.NoAuth()
	if s.User != "" {
		auth = neo4j.BasicAuth(s.User, s.Password, "")
	}
	return neo4j.NewDriverWithContext(s.Scheme+"://"+s.Host, auth)
}

// Query runs a query, outside of the store, and returns its rows.
func (s *Server) Query(ctx context.Context, text string, params map[string]any) ([]map[string]any, error) {
	driver, err := s.driver()
	if err != nil {
		return nil, err
	}
	defer driver.Close(ctx)
	session := driver.NewSession(ctx, neo4j.SessionConfig{DatabaseName: s.Database})
	defer session.Close(ctx)
	result, err := session.Run(ctx, text, params)
	if err != nil {
		return nil, err
	}
	records, err := result.Collect(ctx)
	rows := make([]map[string]any, len(records))
	for i := range records {
		rows[i] = records[i].AsMap()
	}
	return rows, err
}

// claim marks the database of a server as one that tests may empty. It refuses
// one with something in it that no test wrote.
func (s *Server) claim(ctx context.Context) error {
	rows, err := s.Query(ctx, "OPTIONAL MATCH (mark:MawqifTests) RETURN mark IS NOT NULL AS ours, EXISTS { MATCH (n) } AS filled LIMIT 1", nil)
	if err != nil {
		return fmt.Errorf("the Neo4j server for tests at %s: %w", s.Address(), err)
	}
	if rows[0]["filled"] == true && rows[0]["ours"] != true {
		return fmt.Errorf("tests empty the database of %s, and %s holds something that they did not write: name an empty one", AddressVariable, s.Address())
	}
	_, err = s.Query(ctx, "MERGE (mark:MawqifSchema {id: 'schema'}) SET mark:MawqifTests", nil)
	return err
}

// Empty takes everything out of the database but the schema.
func (s *Server) Empty(ctx context.Context) error {
	for _, text := range []string{
		"MATCH (n) WHERE NOT n:MawqifTests CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS",
		"CALL db.awaitIndexes(300)",
	} {
		if _, err := s.Query(ctx, text, nil); err != nil {
			return fmt.Errorf("empty %s: %w", s.Address(), err)
		}
	}
	return nil
}

// Forget makes an empty database one without a schema, as a new one is.
func (s *Server) Forget(ctx context.Context) error {
	_, err := s.Query(ctx, "MATCH (mark:MawqifTests) REMOVE mark.version", nil)
	return err
}

// await asks a server until it answers.
func (s *Server) await(ctx context.Context, ended <-chan struct{}) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	driver, err := s.driver()
	if err != nil {
		return err
	}
	defer driver.Close(ctx)
	for {
		if err = driver.VerifyConnectivity(ctx); err == nil {
			return nil
		}
		var server *neo4j.Neo4jError
		if errors.As(err, &server) && server.Code == "Neo.ClientError.Security.CredentialsExpired" {
			return nil // it answers
		}
		select {
		case <-ended:
			return errors.New("the server ended")
		case <-ctx.Done():
			return fmt.Errorf("no answer: %w", err)
		case <-time.After(200 * time.Millisecond):
		}
	}
}
