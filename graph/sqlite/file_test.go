package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mawqif/graph"
	"mawqif/graph/graphtest"
	"mawqif/graph/sqlite"
)

// raw opens the database file of a store as any program would.
func raw(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func run(t *testing.T, db *sql.DB, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// TestFilesThatAreNoStore holds that a file that cannot be used is told from
// one that can, left as it was, and named with what to do.
func TestFilesThatAreNoStore(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(t *testing.T, path string)
		want error
		says string
	}{
		{"text", func(t *testing.T, path string) {
			write(t, path, "Dear reader,\n"+strings.Repeat("this is no database. ", 200))
		}, graph.ErrForeign, "choose another path"},
		{"a short text", func(t *testing.T, path string) { write(t, path, "x") }, graph.ErrForeign, "choose another path"},
		{"a database of another program", func(t *testing.T, path string) {
			run(t, raw(t, path), "CREATE TABLE customer (name TEXT)")
		}, graph.ErrForeign, "database of another program"},
		{"a database marked by another program", func(t *testing.T, path string) {
			run(t, raw(t, path), "PRAGMA application_id = 77")
			run(t, raw(t, path), "PRAGMA user_version = 1")
		}, graph.ErrForeign, "database of another program"},
		{"a store of a newer version", func(t *testing.T, path string) {
			open(t, path, sqlite.Options{}).Close()
			run(t, raw(t, path), "PRAGMA user_version = 4711")
		}, graph.ErrNewerSchema, "its schema is 4711"},
		{"a directory", func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o755); err != nil {
				t.Fatal(err)
			}
		}, graph.ErrUnavailable, "check that its directory exists"},
		{"a file in no directory", func(t *testing.T, path string) {
			write(t, filepath.Dir(path)+"-aside", "x")
			if err := os.Remove(filepath.Dir(path)); err != nil {
				t.Fatal(err)
			}
		}, graph.ErrUnavailable, "check that its directory exists"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "dir")
			if err := os.Mkdir(dir, 0o755); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, "graph.db")
			c.make(t, path)
			before, _ := os.ReadFile(path)
			s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), path) {
				t.Errorf("got %v, want %v that says %q", err, c.want, c.says)
			}
			if s != nil {
				t.Error("a store was returned")
			}
			if after, _ := os.ReadFile(path); string(after) != string(before) {
				t.Error("the file was changed")
			}
		})
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestOpenMakesAndMarksTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ما #?%25 ok.db")
	write(t, path, "") // an empty file is an empty store
	s := open(t, path, sqlite.Options{})
	if err := s.Apply(t.Context(), slices.Collect(graphtest.Synthetic{Seed: 1, Statements: 4, Articles: 1}.Batches())[0]); err != nil {
		t.Error(err)
	}
	if _, err := s.Stats(t.Context()); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(files) != 1 {
		t.Errorf("a closed store leaves %v, %v", files, err)
	}
	header, err := os.ReadFile(path)
	if err != nil || len(header) < 72 || string(header[68:72]) != "mwqf" {
		t.Errorf("the file is not marked: %v", err)
	}
}

func TestDamageIsTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	s := open(t, path, sqlite.Options{})
	for b := range (graphtest.Synthetic{Seed: 1, Statements: 400}).Batches() {
		if err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	noise := []byte(strings.Repeat("noise", 1000))
	for at := int64(8192); at < info.Size(); at += int64(len(noise)) {
		if _, err := f.WriteAt(noise, at); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	s, err = sqlite.Open(t.Context(), path, sqlite.Options{})
	if err == nil {
		defer s.Close()
		_, err = s.Hash(t.Context())
	}
	if !errors.Is(err, graph.ErrDamaged) || !strings.Contains(err.Error(), "restore "+path+" from a copy") {
		t.Errorf("got %v", err)
	}
}

// TestTwoProcesses holds that a second writer waits its turn, and is told when
// it waited in vain.
func TestTwoProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph.db")
	s := open(t, path, sqlite.Options{Wait: 20 * time.Millisecond})
	defer s.Close()
	batches := slices.Collect(graphtest.Synthetic{Seed: 1, Statements: 40, Articles: 5}.Batches())
	other := raw(t, path)
	other.SetMaxOpenConns(1)
	run(t, other, "BEGIN IMMEDIATE")
	if err := s.Apply(t.Context(), batches[0]); !errors.Is(err, graph.ErrUnavailable) || !strings.Contains(err.Error(), "another process holds") {
		t.Errorf("while another writes: %v", err)
	}
	if _, err := s.Stats(t.Context()); err != nil {
		t.Errorf("reading while another writes: %v", err)
	}
	run(t, other, "ROLLBACK")
	// Two stores on one file know what the other wrote.
	second := open(t, path, sqlite.Options{})
	defer second.Close()
	for i, b := range batches {
		for _, store := range []*sqlite.Store{s, second, s}[i%2 : i%2+2] {
			if err := store.Apply(t.Context(), b); err != nil {
				t.Fatal(err)
			}
		}
	}
	alone := open(t, filepath.Join(t.TempDir(), "alone.db"), sqlite.Options{})
	defer alone.Close()
	for _, b := range batches {
		if err := alone.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	want, err := alone.Hash(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, store := range []*sqlite.Store{s, second} {
		if got, err := store.Hash(t.Context()); got != want || err != nil {
			t.Errorf("hash %s, %v, want %s", got, err, want)
		}
	}
}

func TestTheClockIsTheCallers(t *testing.T) {
	at := time.Date(1999, 12, 31, 23, 59, 59, 123456000, time.FixedZone("", 3*3600))
	s := open(t, filepath.Join(t.TempDir(), "graph.db"), sqlite.Options{Now: func() time.Time { return at }})
	defer s.Close()
	batches := slices.Collect(graphtest.Synthetic{Seed: 1, Statements: 4, Articles: 1}.Batches())
	if err := s.Apply(t.Context(), batches[0]); err != nil {
		t.Fatal(err)
	}
	first := at
	at = at.Add(time.Hour)
	id := batches[0].Statements[0].ID
	batches[0].Statements = nil
	if err := s.Apply(t.Context(), batches[0]); err != nil {
		t.Fatal(err)
	}
	found, err := s.Statements(t.Context(), []graph.ID{id})
	if got := found[id]; err != nil || !got.RecordedAt.Equal(first) || !got.SupersededAt.Equal(at) || got.RecordedAt.Location() != time.UTC {
		t.Errorf("recorded %s, superseded %s (%v)", got.RecordedAt, got.SupersededAt, err)
	}
}

// boundStore is a place for a store that bounds itself.
func boundStore(t *testing.T, bytes int64) (dir string, bound int64, grow func()) {
	return t.TempDir(), bytes, func() {}
}

// TestFullDisk fills the disk in the middle of an ingest. Each article is
// either there whole or refused with ErrFull; when there is space again the
// ingest goes on to the same graph as an undisturbed one.
func TestFullDisk(t *testing.T) {
	batches := slices.Collect(graphtest.Synthetic{Seed: 4, Statements: 640}.Batches())
	undisturbed := open(t, filepath.Join(t.TempDir(), "graph.db"), sqlite.Options{})
	defer undisturbed.Close()
	for _, b := range batches {
		if err := undisturbed.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	want, err := undisturbed.Hash(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		place   func(*testing.T, int64) (string, int64, func())
		writers int
	}{
		{"small disk, 1 writer", smallDisk, 1},
		{"small disk, 16 writers", smallDisk, 16},
		{"bound, 1 writer", boundStore, 1},
		{"bound, 16 writers", boundStore, 16},
	} {
		t.Run(c.name, func(t *testing.T) {
			writers := c.writers
			dir, bound, grow := c.place(t, 3<<19)
			path := filepath.Join(dir, "graph.db")
			s := open(t, path, sqlite.Options{MaxBytes: bound})
			refused := applyAll(s, batches, writers)
			if len(refused) == 0 {
				t.Fatal("the disk was never full")
			}
			for article, err := range refused {
				if !errors.Is(err, graph.ErrFull) || !strings.Contains(err.Error(), "free some space for "+path) {
					t.Fatalf("%s: %v", article, err)
				}
			}
			checkWhole(t, s, path, batches, func(id graph.ID) bool { _, full := refused[id]; return !full })
			checkIntegrity(t, path)
			grow()
			if bound > 0 {
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				s = open(t, path, sqlite.Options{})
			}
			defer s.Close()
			if refused := applyAll(s, batches, writers); len(refused) > 0 {
				t.Fatalf("with space again %d are refused: %v", len(refused), refused)
			}
			if got, err := s.Hash(t.Context()); got != want || err != nil {
				t.Errorf("hash %s, %v, want %s", got, err, want)
			}
		})
	}
}

// applyAll applies batches with a number of writers and returns those that
// were refused.
func applyAll(s *sqlite.Store, batches []graph.Batch, writers int) map[graph.ID]error {
	type result struct {
		article graph.ID
		err     error
	}
	work, results := make(chan graph.Batch), make(chan result)
	for range writers {
		go func() {
			for b := range work {
				results <- result{b.Article.ID, s.Apply(context.Background(), b)}
			}
		}()
	}
	go func() {
		for _, b := range batches {
			work <- b
		}
		close(work)
	}()
	refused := map[graph.ID]error{}
	for range batches {
		if r := <-results; r.err != nil {
			refused[r.article] = r.err
		}
	}
	return refused
}

// checkWhole holds that each article that must be there is, that each that is
// there is whole and there once, and that what repeats statements agrees.
func checkWhole(t *testing.T, s *sqlite.Store, path string, batches []graph.Batch, must func(graph.ID) bool) {
	t.Helper()
	var statements, targets, positions, places []int
	db := raw(t, path)
	there := map[graph.ID]int{}
	rows, err := db.Query("SELECT a.id, count(s.n) FROM article a LEFT JOIN statement s ON s.article = a.n GROUP BY a.n")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id graph.ID
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			t.Fatal(err)
		}
		if _, twice := there[id]; twice {
			t.Errorf("%s is there twice", id)
		}
		there[id] = n
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for i := range batches {
		b := &batches[i]
		n, is := there[b.Article.ID]
		switch {
		case is && n != len(b.Statements):
			t.Errorf("%s has %d of %d statements", b.Article.ID, n, len(b.Statements))
		case !is && must(b.Article.ID):
			t.Errorf("%s was acknowledged and is lost", b.Article.ID)
		}
		if !is {
			continue
		}
		statements = append(statements, len(b.Statements))
		for k := range b.Statements {
			targets = append(targets, len(b.Statements[k].Targets))
			positions = append(positions, len(b.Statements[k].Positions))
			places = append(places, len(b.Statements[k].Places))
		}
	}
	for query, want := range map[string]int{
		"SELECT count(*) FROM statement":                                                                      sum(statements),
		"SELECT count(DISTINCT rank) FROM statement":                                                          sum(statements),
		"SELECT standing + superseded FROM tally":                                                             sum(statements),
		"SELECT standing - (SELECT count(*) FROM statement WHERE superseded IS NULL) FROM tally":              0,
		"SELECT made - (SELECT count(*) FROM statement WHERE superseded IS NULL AND speaker <> 0) FROM tally": 0,
		"SELECT count(*) FROM statement_document":                                                             sum(statements),
		"SELECT count(*) FROM toward":                                                                         sum(targets),
		"SELECT count(*) FROM takes":                                                                          sum(positions),
		"SELECT count(*) FROM about":                                                                          sum(places),
		"SELECT count(*) FROM article_document":                                                               len(statements),
		"SELECT count(*) FROM article_words_docsize":                                                          len(statements),
		"SELECT count(*) FROM statement_words_docsize":                                                        sum(statements),
		"SELECT count(*) FROM name WHERE role = 0 AND n NOT IN (SELECT id FROM name_words_docsize)":           0,
		"SELECT count(*) FROM node WHERE type = 'actor' AND n NOT IN (SELECT n FROM actor)":                   0,
	} {
		var got int
		if err := db.QueryRow(query).Scan(&got); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
	if _, err := s.Stats(t.Context()); err != nil {
		t.Error(err)
	}
}

// checkIntegrity has SQLite look for damage.
func checkIntegrity(t *testing.T, path string) {
	t.Helper()
	var verdict string
	if err := raw(t, path).QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("integrity: %s %v", verdict, err)
	}
}

func sum(n []int) (total int) {
	for _, x := range n {
		total += x
	}
	return total
}
