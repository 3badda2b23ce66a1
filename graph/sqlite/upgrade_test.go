package sqlite_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	"mawqif/graph"
	"mawqif/graph/graphtest"
	"mawqif/graph/sqlite"
)

// TestUpgradeKnowsRuns opens a store as it was before its statements knew
// their runs.
func TestUpgradeKnowsRuns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	s := open(t, path, sqlite.Options{})
	statements := 0
	for b := range (graphtest.Synthetic{Seed: 3, Statements: 40}).Batches() {
		if err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		statements += len(b.Statements)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "DROP INDEX statement_run; ALTER TABLE statement DROP COLUMN run; PRAGMA user_version = 1"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, path, sqlite.Options{})
	defer s.Close()
	found, err := s.FindStatements(t.Context(), graph.StatementFilter{Extractors: []string{"synthetic"}}, graph.OldestFirst, graph.Page{First: 1, Count: true})
	if err != nil || found.Total != statements {
		t.Errorf("%d statements are found, want %d (%v)", found.Total, statements, err)
	}
}
