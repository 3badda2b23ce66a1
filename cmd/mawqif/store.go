package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"mawqif/graph/sqlite"
)

// address matches a store that is a server, not a file.
var address = regexp.MustCompile(`^[a-z0-9+.-]{2,}://`)

// openStore opens the store of the configuration. A command that only reads
// asks for a store that is there: a mistyped path shall not make an empty one.
func (m *Main) openStore(ctx context.Context, mustExist bool) error {
	path := m.config.Store
	if address.MatchString(path) {
		return usage(fmt.Errorf("--store %s: this build has the embedded store only; name a file such as mawqif.db", path))
	}
	if mustExist {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return usage(fmt.Errorf("there is no store at %s: make one with mawqif ingest, or name another with --store", path))
		}
	}
	store, err := sqlite.Open(ctx, path, sqlite.Options{Now: m.Now})
	if err != nil {
		return err
	}
	m.store = store
	if m.wrap != nil {
		m.store = m.wrap(store)
	}
	return nil
}

// beside returns the path of a file that belongs to the store.
func (m *Main) beside(suffix string) string {
	path := m.config.Store
	return strings.TrimSuffix(path, filepath.Ext(path)) + suffix
}
