package main

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"mawqif/graph"
	"mawqif/graph/neo4j"
	"mawqif/graph/people"
	"mawqif/graph/sqlite"
)

// address matches a store that is a server, not a file.
var address = regexp.MustCompile(`^[a-z0-9+.-]{2,}://`)

// openStore opens the store of the configuration. A command that only reads
// asks for a store that is there: a mistyped path shall not make an empty one.
func (m *Main) openStore(ctx context.Context, mustExist bool) error {
	store, err := m.open(ctx, m.config.Store, mustExist)
	if err != nil {
		return err
	}
	m.store = store
	if m.wrap != nil {
		m.store = m.wrap(store)
	}
	return nil
}

// openView opens a store that is there to ask it.
func (m *Main) openView(ctx context.Context) error {
	if err := m.openStore(ctx, true); err != nil {
		return err
	}
	return m.view()
}

// view makes the open store know as one the names that are taken for one person.
func (m *Main) view() error {
	corrections, err := m.corrections()
	if err != nil {
		return err
	}
	m.store = people.View(m.store, corrections, m.Now)
	return nil
}

// open opens a store, a file or a server.
func (m *Main) open(ctx context.Context, store string, mustExist bool) (graph.Store, error) {
	if address.MatchString(store) {
		o, err := m.neo4jOptions(store)
		if err != nil {
			return nil, usage(err)
		}
		o.MustExist = mustExist
		s, err := neo4j.Open(ctx, o)
		if err != nil { // not (*neo4j.Store)(nil)
			return nil, storeFault(err)
		}
		return s, nil
	}
	if mustExist {
		if _, err := os.Stat(store); errors.Is(err, fs.ErrNotExist) {
			return nil, usage(fmt.Errorf("there is no store at %s: make one with mawqif ingest, or name another with --store", store))
		}
	}
	s, err := sqlite.Open(ctx, store, sqlite.Options{Now: m.Now})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// storeFault gives the exit code of a server that cannot be used as a store.
func storeFault(err error) error {
	if errors.Is(err, graph.ErrInvalid) || errors.Is(err, graph.ErrNotFound) {
		return usage(err)
	}
	return err
}

// neo4jOptions tells how the configuration reaches a server.
func (m *Main) neo4jOptions(address string) (neo4j.Options, error) {
	c := &m.config.Neo4j
	o := neo4j.Options{
		Address: address, Password: string(c.Password), Pool: c.Pool, Timeout: c.Timeout, QueryTimeout: c.QueryTimeout, Now: m.Now,
	}
	if c.PasswordFile != "" {
		content, err := os.ReadFile(c.PasswordFile)
		if err != nil {
			return o, fmt.Errorf("neo4j.password-file: %w", err)
		}
		if o.Password = strings.TrimRight(string(content), "\r\n"); o.Password == "" {
			return o, fmt.Errorf("neo4j.password-file: %s is empty", c.PasswordFile)
		}
	}
	if c.CAFile != "" {
		content, err := os.ReadFile(c.CAFile)
		if err != nil {
			return o, fmt.Errorf("neo4j.ca-file: %w", err)
		}
		if o.Roots = x509.NewCertPool(); !o.Roots.AppendCertsFromPEM(content) {
			return o, fmt.Errorf("neo4j.ca-file: %s holds no certificate in PEM", c.CAFile)
		}
	}
	return o, nil
}

// beside returns the path of a file that belongs to the store: beside it, or,
// if it is a server, in the working directory.
func (m *Main) beside(suffix string) string {
	path := m.config.Store
	if address.MatchString(path) {
		path = "mawqif"
	}
	return strings.TrimSuffix(path, filepath.Ext(path)) + suffix
}
