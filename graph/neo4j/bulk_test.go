package neo4j

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
	"mawqif/graph/graphtest"
	"mawqif/graph/sqlite"
	"mawqif/internal/neo4jtest"
)

// odd is an article whose texts hold all that a file of values could stumble
// over.
func odd() graph.Batch {
	const text = "\"Quoted\", 'twice', \\ \r\n; and\x1fa unit,\x1e\n\nsaid «ليلى»; \x00 \u2028 end\\"
	speaker := graph.NewActor(graph.Person, `person/"odd", name`, graph.Name{Lang: "", Value: `Odd "name", with; marks`},
		graph.Name{Lang: "ar", Value: "ليلى\nعلى سطرين"}, graph.Name{Lang: "en", Value: "Layla\\"})
	other := graph.NewActor(graph.Group, "group/other", graph.Name{Value: `"`})
	outlet := graph.NewOutlet("outlet/x", graph.Name{Lang: "en", Value: " spaces around "})
	issue := graph.NewIssue("book", "bare") // without labels
	place := graph.NewPlace("place/x", graph.Name{Lang: "en", Value: ","})
	position := graph.NewPosition(issue.ID, other.ID, place.ID)
	run := graph.NewRun("rules", "", "book")
	article := graph.Article{Title: "\n\"", Language: "und", Published: "1969-12-31", Text: text, Outlet: outlet.ID}
	article.Identify()
	s := graph.Statement{
		Article: article.ID, Run: run.ID, Speaker: speaker.ID, Role: `the "speaker"`, QuoteType: graph.Direct, Act: graph.ActState, Cue: "said",
		Content: text, SaidAt: graph.Date{Day: "1066-10-14", Precision: graph.PrecisionDay, Origin: graph.OriginExplicit}, Confidence: 0.1,
		Targets: []graph.Target{{Actor: other.ID, Stance: -1, Mention: "\""}}, Positions: []graph.Taking{{Position: position.ID, Agreement: 1}},
		Places:   []graph.ID{place.ID},
		Evidence: []graph.Evidence{{Role: graph.RoleContent, Start: 0, End: len([]rune(text)), Exact: text}},
	}
	s.Identify()
	return graph.Batch{
		Article: article, Outlets: []graph.Outlet{outlet}, Run: run, Actors: []graph.Actor{speaker, other}, Places: []graph.Place{place},
		Issues: []graph.Issue{issue}, Positions: []graph.Position{position}, Statements: []graph.Statement{s},
		Held: []graph.Held{{Person: speaker.ID, Institution: other.ID, Title: ""}},
	}
}

// The real neo4j-admin makes the same graph of the files.
func TestImport(t *testing.T) {
	source, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	for b := range (graphtest.Synthetic{Seed: 5, Statements: 400, Articles: 30}).Batches() {
		if err := source.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	if err := source.Apply(t.Context(), odd()); err != nil {
		t.Fatal(err)
	}
	server := neo4jtest.Own(t)
	dir := t.TempDir()
	if _, err := WriteImport(t.Context(), source, dir); err != nil {
		t.Fatal(err)
	}
	arguments, err := os.ReadFile(filepath.Join(dir, "import.args"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(arguments), "U+001D") {
		t.Errorf("a text holds the first delimiters, and they are used: %s", arguments)
	}
	if err := server.Admin(t.Context(), dir, "database", "import", "full", "neo4j", "@import.args"); err != nil {
		t.Fatal(err)
	}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	o := options(&server.Server)
	if _, err := Migrate(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	o.MustExist = true
	s := open(t, o)
	defer s.Close()
	for what, read := range map[string]func(graph.Store) (any, error){
		"hash": func(s graph.Store) (any, error) { return s.Hash(t.Context()) },
		"nodes": func(s graph.Store) (any, error) {
			all := map[graph.Kind][]any{}
			for _, kind := range graph.Kinds {
				if err := s.Walk(t.Context(), kind, func(node any) error { all[kind] = append(all[kind], node); return nil }); err != nil {
					return nil, err
				}
			}
			return all, nil
		},
		"stats": func(s graph.Store) (any, error) { return s.Stats(t.Context()) },
		"statements": func(s graph.Store) (any, error) {
			found, err := s.FindStatements(t.Context(), graph.StatementFilter{}, graph.OldestFirst, graph.Page{First: 1000, Count: true})
			return found.Items, err
		},
		"words": func(s graph.Store) (any, error) {
			found, err := s.Search(t.Context(), "ليلي", graph.Page{First: 10})
			return found.Items, err
		},
	} {
		want, err := read(source)
		if err != nil {
			t.Fatal(err)
		}
		got, err := read(s)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-source +import): %s", what, diff)
		}
	}
	// What is imported can be written to: the same again changes nothing.
	before, err := s.Hash(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Apply(t.Context(), odd()); err != nil {
		t.Fatal(err)
	}
	if after, err := s.Hash(t.Context()); err != nil || after != before {
		t.Errorf("the same article again makes another graph: %v", err)
	}
}
