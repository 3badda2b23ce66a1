package coded_test

import (
	"bytes"
	"crypto/rand"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"mawqif/graph"
	"mawqif/graph/coded"
	"mawqif/graph/coded/codedtest"
)

// synthetic unpacks a database that DNA made, of 486 generated statements, and
// changes it.
func synthetic(t testing.TB, changes ...string) string {
	t.Helper()
	path := codedtest.DNA(t)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, c := range changes {
		if _, err := db.ExecContext(t.Context(), c); err != nil {
			t.Fatal(c, err)
		}
	}
	return path
}

func read(t testing.TB, path string, o coded.Options) ([]graph.Batch, *coded.Report) {
	t.Helper()
	d, err := coded.OpenDNA(t.Context(), path, coded.DNAVariables, o)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var all []graph.Batch
	for b, err := range d.Batches(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b)
	}
	return all, d.Report()
}

func TestDNA(t *testing.T) {
	// A document in Arabic with a letter beyond 16 bits before its statement,
	// whose offsets DNA counts in UTF-16 units.
	path := synthetic(t,
		"DELETE FROM STATEMENTS WHERE ID > 1",
		"DELETE FROM DOCUMENTS WHERE ID > 1",
		"UPDATE DOCUMENTS SET Title = 'المحادثات', Text = '😀 قال: يجب وقف القتال.', Source = 'الرافد', Date = 1684195200",
		"UPDATE STATEMENTS SET Start = 8, Stop = 22",
		"UPDATE ENTITIES SET Value = 'هنريك سولبرغ' WHERE ID = (SELECT Entity FROM DATASHORTTEXT WHERE StatementId = 1 AND VariableId = 1)",
		"UPDATE ENTITIES SET Value = 'وقف القتال', ChildOf = (SELECT ID FROM ENTITIES WHERE Value = 'Concept 01') WHERE ID = (SELECT Entity FROM DATASHORTTEXT WHERE StatementId = 1 AND VariableId = 3)",
	)
	batches, report := read(t, path, coded.Options{Codebook: "talks", Language: func(s string) string {
		if strings.ContainsAny(s, "اه") {
			return "ar"
		}
		return "en"
	}})
	if len(batches) != 1 || len(batches[0].Statements) != 1 || len(report.Rejected) > 0 {
		t.Fatalf("%d batches, rejected %v", len(batches), report.Rejected)
	}
	b := batches[0]
	s := b.Statements[0]
	person := graph.NewActor(graph.Person, "person/هنريك سولبرغ", graph.Name{Lang: "ar", Value: "هنريك سولبرغ"})
	organization := graph.NewActor(graph.Organization, "org/organisation 06", graph.Name{Lang: "en", Value: "Organisation 06"})
	parent := graph.NewIssue("talks", "Concept 01")
	issue := graph.NewIssue("talks", "وقف القتال")
	parent.Labels, parent.Propositions = []graph.Name{{Lang: "en", Value: "Concept 01"}}, []graph.Name{{Lang: "en", Value: "Concept 01"}}
	issue.Labels, issue.Propositions = []graph.Name{{Lang: "ar", Value: "وقف القتال"}}, []graph.Name{{Lang: "ar", Value: "وقف القتال"}}
	issue.Parent = parent.ID
	want := graph.Statement{
		Article: b.Article.ID, Run: b.Run.ID, Speaker: person.ID, OnBehalfOf: organization.ID,
		QuoteType: graph.Indirect, Act: graph.ActState, Content: "يجب وقف القتال", Confidence: 1,
		SaidAt:    graph.Date{Day: "2023-05-16", Precision: graph.PrecisionDay, Origin: graph.OriginPublication},
		Positions: []graph.Taking{{Position: graph.NewPosition(issue.ID, "", "").ID, Agreement: -1}},
		Evidence:  []graph.Evidence{{Role: graph.RoleContent, Start: 7, End: 21, Exact: "يجب وقف القتال"}},
	}
	want.Identify()
	if diff := cmp.Diff(want, s); diff != "" {
		t.Errorf("statement (-want +got):\n%s", diff)
	}
	byID := cmpopts.SortSlices(func(a, b graph.Actor) bool { return a.ID < b.ID })
	if diff := cmp.Diff([]graph.Actor{person, organization}, b.Actors, byID); diff != "" {
		t.Errorf("actors (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]graph.Issue{parent, issue}, b.Issues, cmpopts.SortSlices(func(a, b graph.Issue) bool { return a.ID < b.ID })); diff != "" {
		t.Errorf("issues (-want +got):\n%s", diff)
	}
	if b.Article.SourceID != "talks/1" || b.Article.Published != "2023-05-16" || b.Article.Language != "ar" || b.Run.Extractor != coded.Extractor {
		t.Errorf("article %+v of run %+v", b.Article, b.Run)
	}
	if err := b.Validate(); err != nil {
		t.Error(err)
	}
}

// TestDNATwice reads the same from the same file.
func TestDNATwice(t *testing.T) {
	path := synthetic(t)
	first, report := read(t, path, coded.Options{})
	second, _ := read(t, path, coded.Options{})
	if diff := cmp.Diff(first, second); diff != "" {
		t.Error(diff)
	}
	if report.Articles != 120 || report.Statements != 486 || report.Actors != 37 || report.Issues != 11 {
		t.Errorf("%+v", report)
	}
}

// TestDNANamesKeepApart keeps names apart that differ in their spelling alone.
func TestDNANamesKeepApart(t *testing.T) {
	batches, _ := read(t, synthetic(t, "UPDATE ENTITIES SET Value = 'person 01!' WHERE Value = 'Person 02'"), coded.Options{})
	persons := map[graph.ID]bool{}
	for _, b := range batches {
		for _, a := range b.Actors {
			if a.Kind == graph.Person {
				persons[a.ID] = true
			}
		}
	}
	if len(persons) != 24 {
		t.Errorf("%d persons, want 24", len(persons))
	}
}

// TestDNAReport tells of everything that is not taken as it stands.
func TestDNAReport(t *testing.T) {
	tests := []struct {
		name, change, want string
		rejected           bool
	}{
		{"span beyond the text", "UPDATE STATEMENTS SET Start = 3990, Stop = 4700 WHERE ID = 1", "statement 1 of document 1: its span 3990 to 4700 lies outside the text, which has 4000 characters", true},
		{"no document", "PRAGMA foreign_keys = 0; UPDATE STATEMENTS SET DocumentId = 999 WHERE ID = 1", "statement 1 of document 999: its document 999 does not exist", true},
		{"nobody says nothing", "DELETE FROM DATASHORTTEXT WHERE StatementId = 1", "statement 1 of document 1: it names neither who speaks nor a concept", true},
		{"twice the same", "UPDATE STATEMENTS SET Start = 0, Stop = 5 WHERE ID = 2; UPDATE DATABOOLEAN SET Value = 0 WHERE StatementId = 2; UPDATE DATASHORTTEXT AS d SET Entity = (SELECT Entity FROM DATASHORTTEXT o WHERE o.StatementId = 1 AND o.VariableId = d.VariableId) WHERE StatementId = 2", "statement 2 of document 1: it repeats statement 1", true},
		{"bytes that are no text", "UPDATE DOCUMENTS SET Title = CAST(x'41FF' AS TEXT) WHERE ID = 1", "it holds bytes that are not UTF-8", true},
		{"no agreement", "DELETE FROM DATABOOLEAN WHERE StatementId = 1", "1 statements without a value of agreement: they are taken to take no side (0)", false},
		{"note", "INSERT INTO VARIABLES VALUES (99, 'note', 'long text', 1); INSERT INTO DATALONGTEXT (StatementId, VariableId, Value) VALUES (1, 99, 'look again')", `1 values of the variable "note" of "DNA Statement": it is none of those that say who said what`, false},
		{"other type", "INSERT INTO STATEMENTS VALUES (9999, 3, 1, 0, 5, 1)", `1 statements of the type "Annotation": the type does not say who said what`, false},
		{"author", "UPDATE DOCUMENTS SET Author = 'A. N.', Notes = 'x', Section = 'y', Type = 'z' WHERE ID < 4", "3 notes on documents: the graph has no place for them", false},
		{"time of day", "UPDATE DOCUMENTS SET Date = Date + 60 WHERE ID = 7", "1 documents with a time of day: the graph keeps the day", false},
		{"no year", "UPDATE DOCUMENTS SET Date = -99999999999 WHERE ID = 7", "1 documents dated outside the years 1000 to 9999: they have no day", false},
		{"unused", "INSERT INTO ENTITIES (VariableId, Value) VALUES (1, 'Nobody')", `1 values of the variable "person": no statement uses them`, false},
		{"attribute", "INSERT INTO ATTRIBUTEVALUES (EntityId, AttributeVariableId, AttributeValue) VALUES (1, 1, 'politician')", `1 values of the attribute "Type" of "person"`, false},
		{"coders", "UPDATE STATEMENTS SET Coder = 2 WHERE ID = 1", "2 coders: their statements are taken as those of one run", false},
		{"circle", "UPDATE ENTITIES SET ChildOf = 3 - ID WHERE ID IN (1, 2)", "1 values that are part of themselves: the last step of the circle is left out", false},
		{"half a letter", "UPDATE DOCUMENTS SET Text = '😀' || Text WHERE ID = 1; UPDATE STATEMENTS SET Start = 1, Stop = 6 WHERE ID = 1", "1 spans that cut a letter in two: they are taken with the whole letter", false},
		{"search terms", "INSERT INTO REGEXES VALUES ('CO2', 0, 0, 0)", "1 search terms", false},
		{"carriage return", "UPDATE DOCUMENTS SET Text = Text || char(13) || char(10) WHERE ID = 1", "1 documents with carriage returns", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			batches, report := read(t, synthetic(t, tt.change), coded.Options{})
			if (len(report.Rejected) > 0) != tt.rejected {
				t.Errorf("rejected %v", report.Rejected)
			}
			var all []string
			for _, r := range report.Rejected {
				all = append(all, r.String())
			}
			for _, l := range report.Left {
				all = append(all, l.String())
			}
			if text := strings.Join(all, "\n"); !strings.Contains(text, tt.want) {
				t.Errorf("the report is\n%s\nwithout\n%s", text, tt.want)
			}
			for _, b := range batches {
				if err := b.Validate(); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// TestDNAIsNone tells why a file cannot be imported.
func TestDNAIsNone(t *testing.T) {
	cut := func(size int) func(*testing.T) string {
		return func(t *testing.T) string {
			path := synthetic(t)
			if err := os.Truncate(path, int64(size)); err != nil {
				t.Fatal(err)
			}
			return path
		}
	}
	file := func(content []byte) func(*testing.T) string {
		return func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "x.dna")
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			return path
		}
	}
	changed := func(changes ...string) func(*testing.T) string {
		return func(t *testing.T) string { return synthetic(t, changes...) }
	}
	random := make([]byte, 16384)
	if _, err := rand.Read(random); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		path func(*testing.T) string
		want string
	}{
		{"no file", func(t *testing.T) string { return filepath.Join(t.TempDir(), "no.dna") }, "there is no such file"},
		{"folder", func(t *testing.T) string { return t.TempDir() }, "it is a folder"},
		{"empty", file(nil), "the file is empty"},
		{"text", file([]byte("person,concept\n")), "it is no database of DNA 3, which is an SQLite file; for a table"},
		{"encrypted", file(random), "it seems to be encrypted; save a copy without a password"},
		{"cut to the header", cut(60), "it is truncated"},
		{"cut in the middle", cut(300000), "it is truncated: of 679936 bytes it has 300000; copy it again"},
		{"overwritten", func(t *testing.T) string {
			path := synthetic(t)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			copy(data[4096:], bytes.Repeat([]byte{0xAA}, 200_000))
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			return path
		}, "damaged"},
		{"other database", changed("DROP TABLE SETTINGS"), "it is an SQLite database, but not one of DNA"},
		{"older version", changed("UPDATE SETTINGS SET Value = '2.0 beta 25' WHERE Property = 'version'"), `its schema is older than that of DNA 3 (version "2.0 beta 25"); open a new database in DNA 3`},
		{"older schema", changed("DELETE FROM SETTINGS", "DROP TABLE ENTITIES"), "its schema is older than that of DNA 3"},
		{"newer version", changed("UPDATE SETTINGS SET Value = '4.1' WHERE Property = 'version'"), "it is of DNA 4.1, which is newer"},
		{"missing table", changed("DROP TABLE DATAINTEGER"), "it has no table DATAINTEGER"},
		{"other variables", changed("UPDATE VARIABLES SET Variable = 'actor' WHERE Variable = 'person'", "UPDATE VARIABLES SET Variable = 'body' WHERE Variable = 'organization'"), `no statement type has the variables "concept" and "person" or "organization"; it has DNA Statement (actor, body, concept, agreement)`},
		{"missing column", changed("ALTER TABLE STATEMENTTYPES RENAME COLUMN Label TO Name"), "no such column"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := coded.OpenDNA(t.Context(), tt.path(t), coded.DNAVariables, coded.Options{})
			if err == nil {
				d.Close()
			}
			if !errors.Is(err, coded.ErrSource) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("the error is %v, want an ErrSource with %q", err, tt.want)
			}
		})
	}
}

// FuzzDNA reads files of any bytes: it returns batches that are sound, or an
// error.
func FuzzDNA(f *testing.F) {
	data, err := os.ReadFile(synthetic(f, "DELETE FROM DOCUMENTS WHERE ID > 2", "DELETE FROM STATEMENTS WHERE DocumentId > 2", "UPDATE DOCUMENTS SET Text = substr(Text, 1, 40)", "VACUUM"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte("SQLite format 3\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "x.dna")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		d, err := coded.OpenDNA(t.Context(), path, coded.DNAVariables, coded.Options{})
		if err != nil {
			return
		}
		defer d.Close()
		for b, err := range d.Batches(t.Context()) {
			if err != nil {
				return
			}
			if err := b.Validate(); err != nil {
				t.Error(err)
			}
		}
	})
}
