package mawqif_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rooms says which other rooms of the module a room may know. A folder
// belongs to the longest room that its path begins with. ARCHITECTURE.md
// tells what each is for.
var rooms = map[string][]string{
	"graph":           {},
	"graph/sqlite":    {"graph"},
	"graph/neo4j":     {"graph"},
	"graph/analysis":  {"graph"},
	"graph/people":    {"graph"},
	"graph/graphtest": {"graph"},
	"graph/coded":     {"graph"},
	"graph/export":    {"graph", "graph/analysis", "graph/neo4j"},
	"ingest":          {"graph", "graph/people"},
	"resolvers":       {"graph", "graph/analysis", "graph/people", "schema", "web"},
	"schema":          {},
	"web":             {},
	"internal/config": {},
	// A server for tests.
	"internal/neo4jtest": {},
	"examples":           {"graph", "ingest"},
	"cmd":                {"graph", "graph/sqlite", "graph/neo4j", "graph/analysis", "graph/people", "graph/coded", "graph/export", "ingest", "resolvers", "web", "internal/config", "examples"},
}

// inTests is what tests may know besides: a real store, the common suite of
// stores, articles to try things on.
var inTests = []string{"graph/sqlite", "graph/neo4j", "graph/coded", "graph/graphtest", "internal/neo4jtest", "examples", "ingest"}

// homes says which rooms may use a library, by the beginning of its path.
var homes = map[string][]string{
	"github.com/spf13/viper":          {"internal/config"},
	"github.com/go-viper/":            {"internal/config"},
	"github.com/spf13/pflag":          {"internal/config", "cmd"},
	"github.com/spf13/cobra":          {"cmd"},
	"github.com/schollz/progressbar":  {"cmd"},
	"golang.org/x/term":               {"cmd"},
	"modernc.org/sqlite":              {"graph/sqlite", "graph/coded", "graph/export"},
	"database/sql":                    {"graph/sqlite", "graph/coded", "graph/export"},
	"github.com/neo4j/":               {"graph/neo4j", "internal/neo4jtest"},
	"github.com/99designs/gqlgen":     {"resolvers"},
	"github.com/vektah/gqlparser":     {"resolvers"},
	"github.com/prometheus/":          {"resolvers"},
	"github.com/graph-gophers/":       {"resolvers"},
	"net/http":                        {"resolvers", "web", "cmd", "ingest"},
	"github.com/google/go-cmp":        {},
	"github.com/rogpeppe/go-internal": {"internal/neo4jtest"},
}

func room(dir string) string {
	for ; dir != "."; dir = path.Dir(dir) {
		if _, ok := rooms[dir]; ok {
			return dir
		}
	}
	return ""
}

// TestRooms holds the rules of who may know whom.
func TestRooms(t *testing.T) {
	const module = "mawqif/"
	files := 0
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		file = filepath.ToSlash(file)
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasPrefix(d.Name(), ".") && file != "." || d.Name() == "node_modules" || d.Name() == "testdata"):
			return filepath.SkipDir
		case d.IsDir() || path.Ext(file) != ".go" || path.Dir(file) == ".":
			return nil
		}
		files++
		own := room(path.Dir(file))
		if own == "" {
			t.Errorf("%s stands in no room: give it one in this test, and in ARCHITECTURE.md", file)
			return nil
		}
		isTest := strings.HasSuffix(file, "_test.go") || own == "graph/graphtest"
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range parsed.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if name == "mawqif" || strings.HasPrefix(name, module) {
				other := room(strings.TrimPrefix(name, module))
				if other != own && !slices.Contains(rooms[own], other) && !(isTest && slices.Contains(inTests, other)) {
					t.Errorf("%s: the room %s must not know %s", file, own, name)
				}
				continue
			}
			if home, known := homeOf(name); known && !slices.Contains(home, own) && !isTest {
				t.Errorf("%s: the room %s must not use %s", file, own, name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 50 {
		t.Errorf("only %d files were looked at", files)
	}
}

func homeOf(library string) ([]string, bool) {
	longest := ""
	for prefix := range homes {
		if strings.HasPrefix(library, prefix) && len(prefix) > len(longest) {
			longest = prefix
		}
	}
	home, ok := homes[longest]
	return home, ok
}

// TestStagesArePure holds that the stages of extraction do no input or output
// and keep no clock: the same article gives the same statements.
func TestStagesArePure(t *testing.T) {
	// The commands that fit weights to coded articles are no stages; sources
	// read, which is their purpose.
	outside := []string{"ingest/source", "ingest/eval", "ingest/eval/lessons", "train"}
	impure := []string{"os", "os/exec", "net", "net/http", "io/ioutil", "math/rand", "math/rand/v2", "syscall", "log", "log/slog"}
	err := filepath.WalkDir("ingest", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		file = filepath.ToSlash(file)
		dir := path.Dir(file)
		if d.IsDir() || path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") || slices.Contains(outside, dir) || slices.Contains(outside, path.Base(dir)) {
			return nil
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, spec := range parsed.Imports {
			if name, _ := strconv.Unquote(spec.Path.Value); slices.Contains(impure, name) {
				t.Errorf("%s: a stage must not use %s", file, name)
			}
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == "Now" {
				if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" {
					t.Errorf("%s: a stage must not look at the clock", set.Position(n.Pos()))
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
