package limits_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"mawqif/resolvers/internal/limits"
)

// small are limits that a short document can reach.
var small = limits.Limits{
	Tokens: 60, Name: 9, Operations: 2, Fragments: 3, Variables: 2, Fields: 12, Spreads: 4, Aliases: 2,
	Directives: 2, Repeats: 3, Depth: 4, List: 3, Values: 6, String: 10, Expanded: 14, Cost: 100,
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, fits, exceeds, limit string }{
		{"tokens", strings.Repeat("#\n", 50) + "{a}", strings.Repeat("#\n", 60) + "{a}", "TOKENS"},
		{"name of a field", "{a23456789}", "{a234567890}", "NAME"},
		{"name of a variable in a value", "{a(b:[$a2345678])}", "{a(b:[$a234567890])}", "NAME"},
		{"name of a member", "{a(b:{a23456789:1})}", "{a(b:{a234567890:1})}", "NAME"},
		{"name of a fragment", "{...a23456789}", "{...a234567890}", "NAME"},
		{"name of a directive", "{a @a23456789}", "{a @a234567890}", "NAME"},
		{"digits", "{a(b:123456789)}", "{a(b:1234567890)}", "NAME"},
		{"operations", "query a{a} query b{b}", "query a{a} query b{b} query c{c}", "OPERATIONS"},
		{"fragments", "fragment a on a{a} fragment b on a{a} fragment c on a{a}", "fragment a on a{a} fragment b on a{a} fragment c on a{a} fragment d on a{a}", "FRAGMENTS"},
		{"variables", "query a($a:A,$b:A){a}", "query a($a:A){a} query b($a:A,$b:A){a}", "VARIABLES"},
		{"fields", "{a{b c d}e{f g h}i{j k l}}", "{a{b c d}e{f g h}i{j k l m}}", "FIELDS"},
		{"spreads", "{...a ...b ...{...c}}", "{...a ...b ...{...c ...d}}", "SPREADS"},
		{"aliases", "{a:x b:x}", "{a:x b:x c:x}", "ALIASES"},
		{"directives", "query@a{a@b}", "query@a{a@b ...@c{d}}", "DIRECTIVES"},
		{"repeats", "{a a a b{a a a}}", "{a a b:a ...{a a}}", "REPEATS"},
		{"depth", "{a{b{c{d}}}}", "{a{b{c{d{e}}}}}", "DEPTH"},
		{"depth of inline fragments", "{...{...{...{a}}}}", strings.Repeat("{...", 17) + "{a}" + strings.Repeat("}", 17), "SPREADS"},
		{"depth through fragments", "{a{...F}} fragment F on A{b{...G}} fragment G on A{c{d}}", "{a{...F}} fragment F on A{b{...G}} fragment G on A{c{d{e}}}", "DEPTH"},
		{"depth of values", "{a(b:[[[1]]])}", "{a(b:[[[[1]]]])}", "DEPTH"},
		{"list", "{a(b:[1 2 3])}", "{a(b:[1 2 3 4])}", "LIST"},
		{"list in a default", "query a($a:A=[1 2 3]){a}", "query a($a:A=[1 2 3 4]){a}", "LIST"},
		{"list of a directive", "{a@b(c:[1 2 3])}", "{a@b(c:[1 2 3 4])}", "LIST"},
		{"text", `{a(b:"1234567890")}`, `{a(b:"12345678901")}`, "STRING"},
		{"expanded", "{...F ...F} fragment F on A{a{...G}} fragment G on A{b c d e f g}", "{...F ...F} fragment F on A{a{...G}} fragment G on A{b c d e f g h}", "EXPANDED"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := small.Parse(c.fits); err != nil {
				t.Errorf("%s: %v", c.fits, err)
			}
			_, err := small.Parse(c.exceeds)
			var e *limits.Exceeded
			if !errors.As(err, &e) || e.Limit != c.limit {
				t.Errorf("%s: got %v, want %s", c.exceeds, err, c.limit)
			}
		})
	}
}

func TestParseFindsFragmentsThatIncludeThemselves(t *testing.T) {
	for _, doc := range []string{
		"{...A} fragment A on A{...A}",
		"{a} fragment A on A{a{...B}} fragment B on A{...C} fragment C on A{b{...A}}",
	} {
		if _, err := small.Parse(doc); !errors.Is(err, limits.ErrCycle) {
			t.Errorf("%s: %v", doc, err)
		}
	}
}

func TestParseIsCheapWhereFragmentsDouble(t *testing.T) {
	var doc strings.Builder
	doc.WriteString("{...F0}")
	for i := range 49 {
		fmt.Fprintf(&doc, "fragment F%d on A{...F%d ...F%d}", i, i+1, i+1)
	}
	doc.WriteString("fragment F49 on A{a}")
	var e *limits.Exceeded
	if _, err := limits.Default().Parse(doc.String()); !errors.As(err, &e) || e.Limit != "EXPANDED" {
		t.Error(err)
	}
}

func TestReadVariables(t *testing.T) {
	for _, c := range []struct{ name, fits, exceeds, limit string }{
		{"values", `{"a":1,"b":[2,3],"c":4}`, `{"a":1,"b":[2,3],"c":{"d":4}}`, "VALUES"},
		{"values, uncounted", `{}`, `{"a":[` + strings.Repeat("1,", 1000) + `1]}`, "VALUES"},
		{"list", `{"a":[1,2,3]}`, `{"a":[1,2,3,4]}`, "LIST"},
		{"members", `{"a":1,"b":2,"c":3}`, `{"a":1,"b":2,"c":3,"d":4}`, "LIST"},
		{"depth", `{"a":[[{}]]}`, `{"a":[[[{}]]]}`, "DEPTH"},
		{"text", `{"a":"1234567890"}`, `{"a":"12345678901"}`, "STRING"},
		{"name", `{"a23456789":1}`, `{"a234567890":1}`, "NAME"},
		{"digits", `{"a":123456789}`, `{"a":1234567890}`, "NAME"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := small.ReadVariables([]byte(c.fits)); err != nil {
				t.Errorf("%s: %v", c.fits, err)
			}
			var e *limits.Exceeded
			if _, err := small.ReadVariables([]byte(c.exceeds)); !errors.As(err, &e) || e.Limit != c.limit {
				t.Errorf("%s: got %v, want %s", c.exceeds, err, c.limit)
			}
		})
	}
}

const schema = `
directive @list(by: String, size: Int) on FIELD_DEFINITION
type Query { one: A many(first: Int! = 20, in: [Int!], more: In): [A!]! @list(by: "first") few: [A!]! @list(size: 3) }
type A { id: ID! b: A few: [A!]! @list(size: 3) }
input In { a: [Int!] b: Int }
`

func TestOf(t *testing.T) {
	s := gqlparser.MustLoadSchema(&ast.Source{Input: schema})
	for _, c := range []struct {
		query     string
		variables map[string]any
		want      int
	}{
		{"{one{id b{id}}}", nil, 4},
		{"{few{id}}", nil, 1 + 3},
		{"{few{id few{id}}}", nil, 1 + 3*(1+1+3)},
		{"{many{id}}", nil, 1 + 20},
		{"{many(first:100){id}}", nil, 1 + 100},
		{"{many(first:0){id}}", nil, 1 + 1},
		{"{many(first:-5){id}}", nil, 1 + 1},
		{"query($n:Int!){many(first:$n){id}}", map[string]any{"n": json.Number("7")}, 1 + 7},
		{"query($n:Int!){many(first:$n){id}}", map[string]any{"n": int64(7)}, 1 + 7},
		{"query($n:Int! = 9){many(first:$n){id}}", map[string]any{"n": int64(9)}, 1 + 9},
		{"{many(in:[1 2 3],more:{a:[1]}){id}}", nil, 1 + 3 + 2 + 20},
		{"query($v:[Int!]){many(in:$v){id}}", map[string]any{"v": []any{1, 2, 3}}, 1 + 3 + 20},
		{"{...F ...{one{id}}} fragment F on Query{one{id}}", nil, 4},
		{"{many(first:2000000000){few{few{few{few{id}}}}}}", nil, 1<<31 - 1},
		{"{__typename one{__typename}}", nil, 3},
	} {
		doc, err := gqlparser.LoadQueryWithRules(s, c.query, nil)
		if err != nil {
			t.Fatal(c.query, err)
		}
		if got := limits.Of(s, doc.Operations[0], c.variables); got != c.want {
			t.Errorf("%s: %d, want %d", c.query, got, c.want)
		}
	}
}

func TestIntrospectionCostsWhatTheSchemaHas(t *testing.T) {
	s := gqlparser.MustLoadSchema(&ast.Source{Input: schema})
	of := func(query string) int {
		doc, err := gqlparser.LoadQueryWithRules(s, query, nil)
		if err != nil {
			t.Fatal(query, err)
		}
		return limits.Of(s, doc.Operations[0], nil)
	}
	if got := of("{__schema{types{name}}}"); got != 2+len(s.Types) {
		t.Errorf("all types: %d, there are %d", got, len(s.Types))
	}
	// The largest type is __Type or __Field of the introspection itself.
	most := 0
	for _, d := range s.Types {
		most = max(most, len(d.Fields))
	}
	if got := of(`{__type(name:"A"){fields{name}}}`); got < 2+3 || got > 2+most {
		t.Errorf("one type: %d, the largest has %d fields", got, most)
	}
}

func FuzzParse(f *testing.F) {
	for _, doc := range []string{
		"{a}", "query a($a:A=[1]@b){a:b@c(d:{e:$a})...F}fragment F on A{...F}", `{a(b:"""c""")}`, "{...{...on A{a}}}", "#", "{a(b:[[[",
	} {
		f.Add(doc)
	}
	f.Fuzz(func(t *testing.T, doc string) {
		parsed, err := limits.Default().Parse(doc)
		if err == nil && parsed == nil {
			t.Error("neither a document nor an error")
		}
	})
}
