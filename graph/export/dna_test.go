package export_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"mawqif/graph"
	"mawqif/graph/coded"
	"mawqif/graph/coded/codedtest"
	"mawqif/graph/export"
)

func exportDNA(t *testing.T, s *export.Selection) (string, export.Manifest) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "out.dna")
	f, err := export.Find("dna")
	if err != nil {
		t.Fatal(err)
	}
	m, err := s.WriteTo(t.Context(), f, path, false)
	if err != nil {
		t.Fatal(err)
	}
	return path, m
}

func openDB(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// rows returns what a query finds, a line a row.
func rows(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	found, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(query, err)
	}
	defer found.Close()
	names, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for found.Next() {
		cells, into := make([]any, len(names)), make([]any, len(names))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := found.Scan(into...); err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprint(cells...))
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestDNASchema has the tables and columns of a database that DNA itself made.
func TestDNASchema(t *testing.T) {
	original := codedtest.DNA(t)
	path, _ := exportDNA(t, &export.Selection{Reader: store(t)})
	columns := `SELECT m.name, c.name, c.type, c."notnull", coalesce(c.dflt_value, ''), c.pk FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.name, c.cid`
	if diff := cmp.Diff(rows(t, openDB(t, original), columns), rows(t, openDB(t, path), columns)); diff != "" {
		t.Errorf("columns (-DNA +export):\n%s", diff)
	}
	keys := `SELECT m.name, k."table", k."from", k."to", k.on_delete FROM sqlite_master m, pragma_foreign_key_list(m.name) k WHERE m.type = 'table' ORDER BY m.name, k."from"`
	if diff := cmp.Diff(rows(t, openDB(t, original), keys), rows(t, openDB(t, path), keys)); diff != "" {
		t.Errorf("foreign keys (-DNA +export):\n%s", diff)
	}
}

// TestDNAReadBack reads a database with SQLite and as an import does.
func TestDNAReadBack(t *testing.T) {
	store := store(t, exampleBatches(t)...)
	s := export.Selection{Reader: store, Lang: "en"}
	path, m := exportDNA(t, &s)
	db := openDB(t, path)
	if bad := rows(t, db, "PRAGMA foreign_key_check"); len(bad) > 0 {
		t.Errorf("foreign keys: %v", bad)
	}
	if sound := rows(t, db, "PRAGMA integrity_check"); sound[0] != "ok" {
		t.Errorf("integrity: %v", sound)
	}
	// DNA wants a value of every short text variable of every statement.
	if missing := rows(t, db, `SELECT s.ID, v.Variable FROM STATEMENTS s JOIN VARIABLES v ON v.StatementTypeId = s.StatementTypeId AND v.DataType = 'short text'
		WHERE NOT EXISTS (SELECT 1 FROM DATASHORTTEXT d WHERE d.StatementId = s.ID AND d.VariableId = v.ID)`); len(missing) > 0 {
		t.Errorf("without a value: %v", missing)
	}
	want := map[string]graph.Statement{}
	takings, sides := 0, 0
	texts := map[string]string{}
	for b, err := range export.Batches(t.Context(), store, graph.StatementFilter{}) {
		if err != nil {
			t.Fatal(err)
		}
		texts[b.Article.Text] = b.Article.Title
		for _, st := range b.Statements {
			want[string(st.ID)] = st
			takings += max(1, len(st.Positions))
			for _, p := range st.Positions {
				if p.Agreement != 0 {
					sides++
				}
			}
		}
	}
	found, err := db.QueryContext(t.Context(), `SELECT s.Start, s.Stop, d.Text, x.Value FROM STATEMENTS s JOIN DOCUMENTS d ON d.ID = s.DocumentId
		JOIN DATALONGTEXT x ON x.StatementId = s.ID JOIN VARIABLES v ON v.ID = x.VariableId AND v.Variable = 'mawqif' ORDER BY s.ID`)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	count, seen := 0, map[string]bool{}
	for found.Next() {
		var start, stop int
		var text, whole string
		if err := found.Scan(&start, &stop, &text, &whole); err != nil {
			t.Fatal(err)
		}
		var got graph.Statement
		if err := json.Unmarshal([]byte(whole), &got); err != nil {
			t.Fatal(err)
		}
		st, ok := want[string(got.ID)]
		if diff := cmp.Diff(st, got, cmpopts.EquateEmpty()); !ok || diff != "" {
			t.Fatalf("statement (-want +got):\n%s", diff)
		}
		count++
		seen[string(got.ID)] = true
		// Java counts UTF-16 units.
		units := utf16.Encode([]rune(text))
		passage := string(utf16.Decode(units[start:stop]))
		for _, part := range strings.Split(st.Content, " … ") {
			if !strings.Contains(passage, part) {
				t.Errorf("the passage is %q, without %q", passage, part)
			}
		}
		if title, ok := texts[text]; !ok {
			t.Errorf("the text of %q differs", title)
		}
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	if count != takings || len(seen) != len(want) || m.Counts.Rows != takings {
		t.Errorf("%d statements of DNA of %d statements, want %d of %d (%+v)", count, len(seen), takings, len(want), m.Counts)
	}
	d, err := coded.OpenDNA(t.Context(), path, coded.DNAVariables, coded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	articles, agreements := 0, 0
	for b, err := range d.Batches(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		articles++
		for _, st := range b.Statements {
			for _, p := range st.Positions {
				if p.Agreement != 0 {
					agreements++
				}
			}
		}
	}
	if articles != len(texts) || agreements != sides {
		t.Errorf("imported: %d articles with %d sides taken, want %d with %d; rejected %v", articles, agreements, len(texts), sides, d.Report().Rejected)
	}
	if len(m.Notes) == 0 || !strings.Contains(m.Notes[0], "as the coder Admin with the password") {
		t.Errorf("notes: %v", m.Notes)
	}
}

// TestDNATwice writes the same bytes for the same graph.
func TestDNATwice(t *testing.T) {
	s := export.Selection{Reader: store(t, exampleBatches(t)...), Lang: "ar"}
	var all [2][]byte
	for i := range all {
		path, _ := exportDNA(t, &s)
		var err error
		if all[i], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(all[0], all[1]) {
		t.Error("two exports differ")
	}
}

// TestDNALongNames cuts what DNA has no room for, keeps names apart, and says
// so.
func TestDNALongNames(t *testing.T) {
	b := exampleBatches(t)[0]
	b.Statements = slices.Clone(b.Statements)
	title := strings.Repeat("طويل ", 60)
	b.Article.Title = title
	old := b.Article.ID
	b.Article.Identify()
	for i := range b.Statements {
		if b.Statements[i].Article != old {
			t.Fatal("another article")
		}
		b.Statements[i].Article = b.Article.ID
		b.Statements[i].Identify()
	}
	s := export.Selection{Reader: store(t, b), Lang: "en"}
	path, m := exportDNA(t, &s)
	got := rows(t, openDB(t, path), "SELECT length(Title) FROM DOCUMENTS")
	if got[0] != "190" || !strings.Contains(strings.Join(m.Notes, "\n"), "longer than the 190 letters that DNA allows") {
		t.Errorf("title of %s letters, notes %v", got[0], m.Notes)
	}
}
