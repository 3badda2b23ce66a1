package sqlite

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestMigrationsAreNumbered(t *testing.T) {
	names, err := fs.Glob(migrationFiles, "migrations/*")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	slices.Sort(names)
	for i, name := range names {
		if want := fmt.Sprintf("migrations/%04d_", i+1); !strings.HasPrefix(name, want) || !strings.HasSuffix(name, ".sql") {
			t.Errorf("migration %d is %s", i+1, name)
		}
	}
}

// A store goes through the scripts that it has not been through, all or none.
func TestMigrationsAreOneStep(t *testing.T) {
	f := file{path: filepath.Join(t.TempDir(), "graph.db"), wait: time.Second}
	state := func() (version int, tables string) {
		t.Helper()
		db, err := f.open()
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := db.QueryRow("PRAGMA user_version").Scan(&version); err != nil {
			t.Fatal(err)
		}
		if err := db.QueryRow("SELECT coalesce(group_concat(name ORDER BY name), '') FROM sqlite_schema").Scan(&tables); err != nil {
			t.Fatal(err)
		}
		return version, tables
	}
	first, second, third := "CREATE TABLE a (x)", "CREATE TABLE b (x); INSERT INTO b SELECT 1", "CREATE TABLE c (x); INSERT INTO nowhere SELECT 1"
	for _, step := range []struct {
		scripts []string
		fails   string
		version int
		tables  string
	}{
		{[]string{first}, "", 1, "a"},
		{[]string{first}, "", 1, "a"},
		{[]string{first, second, third}, "migration 3", 1, "a"},
		{[]string{first, second}, "", 2, "a,b"},
		{[]string{first, second, third}, "migration 3", 2, "a,b"},
		{[]string{first}, "newer version", 2, "a,b"},
	} {
		err := migrateFile(t.Context(), f, step.scripts)
		if step.fails == "" && err != nil || step.fails != "" && (err == nil || !strings.Contains(err.Error(), step.fails)) {
			t.Errorf("%d scripts: %v", len(step.scripts), err)
		}
		if version, tables := state(); version != step.version || tables != step.tables {
			t.Errorf("%d scripts: version %d with %s", len(step.scripts), version, tables)
		}
	}
}
