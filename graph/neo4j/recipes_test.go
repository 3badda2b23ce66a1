package neo4j

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mawqif/examples"
	"mawqif/ingest"
	"mawqif/internal/neo4jtest"
)

// recipe is a query of the documentation, with its parameters.
type recipe struct {
	title, query string
	params       map[string]any
}

func recipes(t *testing.T) []recipe {
	t.Helper()
	text, err := os.ReadFile("../../docs/neo4j.md")
	if err != nil {
		t.Fatal(err)
	}
	param := regexp.MustCompile(`(?m)^:param (\w+) => '([^']*)'\n`)
	var all []recipe
	for _, part := range strings.Split(string(text), "\n### ")[1:] {
		title, rest, _ := strings.Cut(part, "\n")
		for _, block := range strings.Split(rest, "\n```cypher\n")[1:] {
			query, _, _ := strings.Cut(block, "\n```")
			r := recipe{title: title, params: map[string]any{}}
			for _, p := range param.FindAllStringSubmatch(query, -1) {
				r.params[p[1]] = p[2]
			}
			r.query = param.ReplaceAllString(query, "")
			all = append(all, r)
		}
	}
	return all
}

// Every recipe of the documentation finds something in the bundled articles.
func TestRecipes(t *testing.T) {
	server := neo4jtest.Empty(t)
	s := open(t, options(server))
	defer s.Close()
	articles, err := examples.Articles()
	if err != nil {
		t.Fatal(err)
	}
	p, err := ingest.Default()
	if err != nil {
		t.Fatal(err)
	}
	var items []ingest.Item
	for _, d := range articles {
		items = append(items, ingest.Item{Document: d})
	}
	if err := ingest.Store(t.Context(), slices.Values(items), p, s, func(o ingest.Outcome) error { return o.Err }); err != nil {
		t.Fatal(err)
	}
	if _, err := server.Query(t.Context(), "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()", nil); err != nil {
		t.Fatal(err)
	}
	all := recipes(t)
	if len(all) < 10 {
		t.Errorf("there are %d recipes, want 10", len(all))
	}
	for _, r := range all {
		t.Run(r.title, func(t *testing.T) {
			rows, err := server.Query(t.Context(), r.query, r.params)
			if err != nil {
				t.Fatal(err)
			}
			if len(rows) == 0 {
				t.Error("it finds nothing")
			}
			for _, row := range rows {
				for column, v := range row {
					if v == "" {
						t.Errorf("the column %s of %v is empty", column, row)
					}
				}
			}
			if testing.Verbose() && len(rows) > 0 {
				t.Log(rows[0])
			}
		})
	}
}

// The style file knows the labels and the types that there are, and their
// properties.
func TestStyle(t *testing.T) {
	text, err := os.ReadFile("../../docs/neo4j.grass")
	if err != nil {
		t.Fatal(err)
	}
	properties := map[string][]string{}
	for _, table := range tables {
		var names []string
		for _, c := range table.columns {
			names = append(names, c.name)
		}
		for label := range strings.SplitSeq(table.label, ":") {
			properties["node."+label] = names
		}
		properties["relationship."+table.kind] = names
	}
	rules := regexp.MustCompile(`(?m)^((?:node|relationship)\.\w+) \{.* caption: "\{(\w+)\}"`).FindAllStringSubmatch(string(text), -1)
	if len(rules) < 12 {
		t.Errorf("only %d rules are read", len(rules))
	}
	for _, r := range rules {
		if !slices.Contains(properties[r[1]], r[2]) {
			t.Errorf("%s has no property %s", r[1], r[2])
		}
	}
}
