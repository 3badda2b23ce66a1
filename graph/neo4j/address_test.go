package neo4j

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
)

func TestParseAddress(t *testing.T) {
	for text, want := range map[string]Address{
		"neo4j://localhost":                             {Scheme: "neo4j", Host: "localhost", Database: "neo4j"},
		"bolt://127.0.0.1:7687/":                        {Scheme: "bolt", Host: "127.0.0.1:7687", Database: "neo4j"},
		"neo4j+s://reader@db.example:7687/news":         {Scheme: "neo4j+s", Host: "db.example:7687", User: "reader", Database: "news"},
		"bolt+ssc://[::1]:7687/news":                    {Scheme: "bolt+ssc", Host: "[::1]:7687", Database: "news"},
		"neo4j://db.example/news?region=eu":             {Scheme: "neo4j", Host: "db.example", Database: "news", Routing: "region=eu"},
		"neo4j://%D8%B3%D9%84%D9%85%D9%89@db.example/x": {Scheme: "neo4j", Host: "db.example", User: "سلمى", Database: "x"},
	} {
		got, err := ParseAddress(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
	for text, what := range map[string]string{
		"":                             "is not like",
		"neo4j://":                     "is not like",
		"mawqif.db":                    "is not like",
		"http://localhost":             "none of neo4j",
		"neo4j://u:hunter2@localhost":  "holds a password",
		"neo4j://u:hunter2@local host": "is not like",
		"neo4j://u:@localhost":         "holds a password",
		"bolt://localhost/a/b":         "one database",
		"bolt://localhost?region=eu":   "context of routing",
		"bolt://:7687":                 "names no host",
		"bolt://localhost#x":           "is not like",
	} {
		_, err := ParseAddress(text)
		if !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), what) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func FuzzParseAddress(f *testing.F) {
	f.Add("neo4j+s://reader@db.example:7687/news?region=eu")
	f.Add("bolt://[::1]:7687")
	f.Fuzz(func(t *testing.T, text string) {
		a, err := ParseAddress(text)
		if err != nil {
			return
		}
		if again, err := ParseAddress(a.String()); err != nil || again != a {
			t.Errorf("%q is %+v, which is written %s and read as %+v, %v", text, a, a, again, err)
		}
	})
}
