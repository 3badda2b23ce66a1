package neo4j

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// quoted matches the texts in a statement: labels of modes and dimensions that
// parameters are compared with, and names of indexes, all written by hand.
var quoted = regexp.MustCompile(`'([^']*)'|"([^"]*)"`)

// TestStatementsHoldNoInput proves, for every statement there is, that what
// comes from outside is only ever a parameter: the files hold no place to put
// something in, and no code makes text for the server but out of their names.
func TestStatementsHoldNoInput(t *testing.T) {
	all := map[string]string{}
	for name, text := range queries {
		all[name] = text
	}
	for _, d := range schema {
		all["schema "+d.name] = d.text
	}
	if len(all) < 100 {
		t.Fatalf("only %d statements are read", len(all))
	}
	for name, text := range all {
		if text == "" {
			t.Errorf("%s is empty", name)
		}
		if strings.ContainsAny(text, "%{}") && regexp.MustCompile(`%|\{\{|\$\{`).MatchString(text) {
			t.Errorf("%s holds something to be filled in: %s", name, text)
		}
		for _, q := range quoted.FindAllStringSubmatch(text, -1) {
			if !regexp.MustCompile(`^[A-Za-z_ ]*$`).MatchString(q[1] + q[2]) {
				t.Errorf("%s holds the text %s", name, q[0])
			}
		}
		for _, n := range regexp.MustCompile(`[\s(,\[=<>]\d{2,}`).FindAllString(text, -1) {
			if n != "(300" { // how long to wait for indexes
				t.Errorf("%s holds the number %s", name, n)
			}
		}
		if !strings.HasPrefix(name, "schema ") && strings.Contains(text, ";") {
			t.Errorf("%s holds more than one statement", name)
		}
	}

	// runners are the functions that take the text of a statement, with the
	// place of the text among their arguments.
	runners := map[string]int{"Run": 1, "run": -1, "ExecuteQuery": 2, "ask": 3, "stream": 3}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range parsed.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			safe := textsOf(f)
			ast.Inspect(f, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				name := calledName(call)
				at, known := runners[name]
				if !known {
					return true
				}
				if at < 0 { // (context, text, …), (text, …) or (name, rows)
					at = 0
					if id, ok := call.Args[0].(*ast.Ident); ok && id.Name == "ctx" {
						at = 1
					}
				}
				calls++
				if len(call.Args) <= at || !safe(call.Args[at]) {
					t.Errorf("%s: the text given to %s is not made of named statements alone", set.Position(call.Pos()), name)
				}
				return true
			})
		}
	}
	if calls < 10 {
		t.Errorf("only %d calls are looked at", calls)
	}
}

func calledName(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	case *ast.IndexExpr:
		if id, ok := f.X.(*ast.Ident); ok {
			return id.Name
		}
	}
	return ""
}

// passing names the parameters of functions that are texts of statements, or
// their names. Where those come from is looked at where the function is called:
// the names of kinds are written in the code.
var passing = map[string][]string{
	"run": {"text", "name"}, "ask": {"text"}, "stream": {"text"}, "hold": {"kind"}, "set": {"kind"}, "makeSchema": {"text"},
}

// textsOf tells which expressions of a function are texts of statements: calls
// of query, texts of the schema, parameters that are passed on and variables
// made of those.
func textsOf(f *ast.FuncDecl) func(ast.Expr) bool {
	var names []string
	var safe func(ast.Expr) bool
	safe = func(e ast.Expr) bool {
		switch e := e.(type) {
		case *ast.CallExpr:
			return calledName(e) == "query"
		case *ast.SelectorExpr:
			id, ok := e.X.(*ast.Ident)
			return ok && (id.Name == "d" && e.Sel.Name == "text" || id.Name == "s" && e.Sel.Name == "name") // of the schema, of a step
		case *ast.BasicLit:
			return true
		case *ast.BinaryExpr: // the name of a statement and its kind
			return safe(e.X) && safe(e.Y)
		case *ast.Ident:
			return slices.Contains(names, e.Name)
		}
		return false
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncType:
			for _, p := range n.Params.List {
				for _, id := range p.Names {
					if slices.Contains(passing[f.Name.Name], id.Name) {
						names = append(names, id.Name)
					}
				}
			}
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				id, ok := left.(*ast.Ident)
				if !ok || len(n.Lhs) != len(n.Rhs) {
					continue
				}
				if safe(n.Rhs[i]) {
					names = append(names, id.Name)
				} else {
					names = slices.DeleteFunc(names, func(name string) bool { return name == id.Name })
				}
			}
		}
		return true
	})
	return safe
}

// A part of a query that nothing names is not used, and one that is named
// twice is not what it was.
func TestEveryPartIsUsed(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				used[strings.Trim(lit.Value, `"`)] = true
			}
			return true
		})
	}
	for name := range queries {
		found := used[name]
		for _, cut := range []string{"ids-", "all-", "return-", "page-", "hold-", "set-"} {
			if kind, ok := strings.CutPrefix(name, cut); ok {
				found = found || used[cut] && used[kind]
			}
		}
		if base, ok := strings.CutSuffix(name, "-rolled-up"); ok {
			found = found || used[base]
		}
		if !found {
			t.Errorf("nothing uses %s", name)
		}
	}
}
