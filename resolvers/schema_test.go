package resolvers

import (
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// ours tells whether a definition is of the schema, not of GraphQL itself.
func ours(builtIn bool, name string) bool {
	return !builtIn && !strings.HasPrefix(name, "__")
}

func TestEverythingIsDescribed(t *testing.T) {
	check := func(description string, path ...string) {
		t.Helper()
		switch d := strings.TrimSpace(description); {
		case d == "":
			t.Errorf("%s has no description", strings.Join(path, "."))
		case !strings.HasSuffix(strings.TrimRight(d, `"`), ".") && !strings.HasSuffix(d, "…") && !strings.HasSuffix(d, "?"):
			t.Errorf("%s: the description is no sentence: %q", strings.Join(path, "."), d)
		}
	}
	arguments := func(list ast.ArgumentDefinitionList, path ...string) {
		for _, a := range list {
			check(a.Description, append(slices.Clone(path), a.Name)...)
		}
	}
	for name, d := range schema().Types {
		if !ours(d.BuiltIn, name) {
			continue
		}
		check(d.Description, name)
		for _, f := range d.Fields {
			if ours(false, f.Name) {
				check(f.Description, name, f.Name)
				arguments(f.Arguments, name, f.Name)
			}
		}
		for _, v := range d.EnumValues {
			check(v.Description, name, v.Name)
		}
	}
	list := schema().Directives["list"]
	check(list.Description, "@list")
	arguments(list.Arguments, "@list")
}

// The cost of a query is only as good as what is known of its lists.
func TestEveryListHasALength(t *testing.T) {
	for name, d := range schema().Types {
		if !ours(d.BuiltIn, name) || d.Kind != ast.Object {
			continue
		}
		for _, f := range d.Fields {
			bounded := f.Arguments.ForName("first") != nil || f.Arguments.ForName("limit") != nil
			many := f.Type.Elem != nil && f.Name != "edges" && ours(false, f.Name)
			list := f.Directives.ForName("list")
			switch {
			case (many || bounded) && list == nil:
				t.Errorf("%s.%s is a list without @list", name, f.Name)
			case bounded && f.Arguments.ForName(list.Arguments.ForName("by").Value.Raw) == nil:
				t.Errorf("%s.%s: @list names no argument of the field", name, f.Name)
			case many && !bounded && list.Arguments.ForName("size") == nil:
				t.Errorf("%s.%s: @list has no size", name, f.Name)
			}
		}
	}
}
