package resolvers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"syscall"
	"testing"

	"mawqif/resolvers"
)

// megabyte is the size of the hostile requests.
const megabyte = 1 << 20

// weapon is a request built to cost the server much, with the code it must be
// refused with.
type weapon struct {
	name, body, code string
}

// request is the body of a request with a document and variables.
func request(query string, variables any) string {
	b, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		panic(err)
	}
	return string(b)
}

// fill repeats a text, numbered where it has %d, up to a size.
func fill(size int, text string) string {
	var b strings.Builder
	for i := 0; b.Len()+len(text)+8 < size; i++ {
		if strings.Contains(text, "%d") {
			b.WriteString(strings.ReplaceAll(text, "%d", fmt.Sprint(i)))
		} else {
			b.WriteString(text)
		}
	}
	return b.String()
}

// times numbers a text n times.
func times(n int, text string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.NewReplacer("%d", fmt.Sprint(i), "%n", fmt.Sprint(i+1)).Replace(text))
	}
	return b.String()
}

// arsenal is every way we know to make a small request expensive: each at the
// size of a body, and, where a document of many tokens would be cut short
// early, once more just under the limits.
func arsenal(size int) []weapon {
	size -= size / 8 // room for JSON around and within
	const tooMuch, invalid, broken = resolvers.CodeLimit, resolvers.CodeValidation, resolvers.CodeParse
	nest := func(n int, open, inner, closing string) string {
		return strings.Repeat(open, n) + inner + strings.Repeat(closing, n)
	}
	return []weapon{
		{"a field repeated", request("{stats{"+fill(size, "actors ")+"}}", nil), tooMuch},
		{"an object repeated", request("{"+fill(size, "stats{actors}")+"}", nil), tooMuch},
		{"a field repeated, under the limits", request("{stats{"+strings.Repeat("...{"+strings.Repeat("actors ", 20)+"}", 24)+"}}", nil), tooMuch},
		{"aliases", request("{"+fill(size, "a%d:stats{actors}")+"}", nil), tooMuch},
		{"aliases in conflict, under the limits", request("{stats{"+strings.Repeat("x:actors x:places ", 10)+strings.Repeat("y:actors y:places ", 10)+"}}", nil), invalid},
		{"arguments in conflict, under the limits", request("{"+times(20, "actors(first:%n){totalCount}")+times(20, "places(first:%n){totalCount}")+times(20, "issues(first:%n){totalCount}")+"}", nil), invalid},
		{"conflicts in fragments", request("{stats{"+times(25, "...F%d ")+"}}"+times(25, "fragment F%d on Stats{x:actors x:places "+strings.Repeat("articles runs ", 8)+"}"), nil), invalid},
		{"conflicts between nested fragments", request("{node(id:1){...F0}}"+times(40, "fragment F%d on Actor{partOf{...F%n}partOf{...F%n id}}")+"fragment F40 on Actor{id}", nil), tooMuch},
		{"many unused fragments, each using the next", request("{stats{actors}}"+times(49, "fragment F%d on Actor{id ...F%n}")+"fragment F49 on Actor{id}", nil), invalid},
		{"deep fields", request("{node(id:1){...on Actor{"+nest(size/8, "partOf{", "id", "}")+"}}}", nil), tooMuch},
		{"deep inline fragments", request(nest(size/6, "{...", "{stats{actors}}", "}"), nil), tooMuch},
		{"deep brackets", request(strings.Repeat("{", size), nil), broken},
		{"deep fields with a sane number of tokens", request("{node(id:1){...on Actor{"+nest(900, "partOf{", "id", "}")+"}}}", nil), tooMuch},
		{"a fragment that includes itself", request("{stats{...A}}fragment A on Stats{actors ...A}", nil), invalid},
		{"fragments in a ring", request("{stats{"+times(40, "...F%d ")+"}}"+times(39, "fragment F%d on Stats{actors ...F%n}")+"fragment F39 on Stats{actors ...F0}", nil), invalid},
		{"fragments that double", request("{node(id:1){...F0}}"+times(40, "fragment F%d on Actor{a:partOf{...F%n} b:partOf{...F%n}}")+"fragment F40 on Actor{id}", nil), tooMuch},
		{"fragments that double without fields", request("{stats{...F0}}"+times(40, "fragment F%d on Stats{...F%n ...F%n}")+"fragment F40 on Stats{actors}", nil), tooMuch},
		{"many fragments", request("{stats{actors}}"+fill(size, "fragment F%d on Stats{actors}"), nil), tooMuch},
		{"many spreads", request("{stats{"+fill(size, "...F ")+"}}fragment F on Stats{actors}", nil), tooMuch},
		{"many operations", request(fill(size, "query Q%d{stats{actors}}"), nil), tooMuch},
		{"operations that share fragments", request(times(10, "query Q%d($a:Int){...F0}")+times(49, "fragment F%d on Query{stats{actors} ...F%n}")+"fragment F49 on Query{stats{actors}}", nil), invalid},
		{"directives on a field", request("{stats{actors "+fill(size, "@skip(if:false)")+"}}", nil), tooMuch},
		{"directives on many fields", request("{stats{"+times(60, "actors @include(if:true)")+"}}", nil), tooMuch},
		{"unknown directives", request("{stats{actors "+fill(size, "@d%d")+"}}", nil), tooMuch},
		{"unknown fields", request("{"+fill(size, "x%d ")+"}", nil), tooMuch},
		{"unknown fields, under the limits", request("{"+times(490, "statement%d ")+"}", nil), invalid},
		{"unknown arguments, under the limits", request("{stats("+times(900, "a%d:1 ")+"){actors}}", nil), invalid},
		{"unknown types", request("query("+times(90, "$v%d:Statemant%d ")+"){stats{actors}}", nil), invalid},
		{"a long name", request("{"+strings.Repeat("a", size)+"}", nil), tooMuch},
		{"a long type", request("query($a:"+strings.Repeat("a", size)+"){stats{actors}}", nil), invalid},
		{"a long alias", request("{"+strings.Repeat("a", size)+":stats{actors}}", nil), tooMuch},
		{"a long operation name", `{"query":"{stats{actors}}","operationName":"` + strings.Repeat("a", size) + `"}`, invalid},
		{"a long string", request(`{search(text:"`+strings.Repeat("a", size)+`"){totalCount}}`, nil), tooMuch},
		{"a long string of escapes", request(`{search(text:"`+fill(size/3, `\u0061`)+`"){totalCount}}`, nil), tooMuch},
		{"a long block string", request(`{search(text:"""`+fill(size/2, "  a\n")+`"""){totalCount}}`, nil), tooMuch},
		{"a string that does not end", request(`{search(text:"`+strings.Repeat("a", size), nil), broken},
		{"a long number", request("{actors(first:"+strings.Repeat("9", size)+"){totalCount}}", nil), tooMuch},
		{"a long word of an enumeration", request("{statements(orderBy:"+strings.Repeat("A", size)+"){totalCount}}", nil), tooMuch},
		{"white space", request(strings.Repeat(" ,\n", size/4)+"{", nil), broken},
		{"comments", request(fill(size/2, "#\n")+"{stats{actors}}", nil), tooMuch},
		{"a long comment", request("#"+strings.Repeat("a", size)+"\n{", nil), broken},
		{"no document", request(fill(size, "! "), nil), broken},
		{"not UTF-8", `{"query":"{` + strings.Repeat("\xff", size) + `}"}`, broken},
		{"a list in the document", request(`{actors(filter:{kind:[`+fill(size, "PERSON ")+`]}){totalCount}}`, nil), tooMuch},
		{"deep lists in the document", request(`{actors(filter:{kind:`+nest(900, "[", "PERSON", "]")+`}){totalCount}}`, nil), tooMuch},
		{"deep objects in the document", request(`{actors(filter:`+nest(300, "{kind:", "PERSON", "}")+`){totalCount}}`, nil), tooMuch},
		{"wrong values, under the limits", request("{"+times(20, `statements(filter:{act:[`+strings.Repeat("X ", 100)+`]}){totalCount}`)+"}", nil), invalid},
		{"a list in the variables", request("query($f:ActorFilter){actors(filter:$f){totalCount}}", map[string]any{"f": map[string]any{"kind": strings.Split(fill(size/2, "X "), " ")}}), tooMuch},
		{"many variables", request("{stats{actors}}", json.RawMessage("{"+strings.TrimSuffix(fill(size, `"v%d":1,`), ",")+"}")), tooMuch},
		{"deep variables", request("{stats{actors}}", json.RawMessage(`{"v":`+nest(5000, "[", "", "]")+"}")), tooMuch},
		{"deeper variables", `{"query":"{stats{actors}}","variables":{"v":` + strings.Repeat("[", size), resolvers.CodeBadRequest},
		{"a long variable", request("query($t:String!){search(text:$t){totalCount}}", map[string]any{"t": strings.Repeat("a", size)}), tooMuch},
		{"many defined variables", request("query("+fill(size, "$v%d:Int ")+"){stats{actors}}", nil), tooMuch},
		{"types of many lists", request("query($v:"+nest(900, "[", "Int", "]")+"){stats{actors}}", nil), invalid},
		{"extensions", `{"query":"{","extensions":{` + strings.TrimSuffix(fill(size, `"e%d":1,`), ",") + `}}`, broken},
		{"JSON that is not read", `{"query":"{","more":` + nest(5000, "[", "", "]") + `,"much":[` + strings.TrimSuffix(fill(size, "1,"), ",") + `]}`, broken},
		{"a batch", "[" + strings.TrimSuffix(fill(size, `{"query":"{stats{actors}}"},`), ",") + "]", resolvers.CodeBadRequest},
		{"introspection of introspection", request("{__schema{types{"+nest(3, "fields{type{", "name", "}}")+"}}}", nil), invalid},
		{"introspection, many times", request("{"+times(40, "a%d:__schema{types{fields{args{type{name}} type{name}}}}")+"}", nil), tooMuch},
		{"introspection by name", request("{"+times(45, `a%d:__type(name:"Statement"){possibleTypes{name} fields{type{fields{type{enumValues{name}}}}}}`)+"}", nil), tooMuch},
		{"pages of pages", request("{actors(first:100){edges{node{statements(first:100){edges{node{speaker{statements(first:100){edges{node{id}}}}}}}}}}}", nil), tooMuch},
		{"pages of pages by variables", request("query($n:Int!){actors(first:$n){edges{node{statements(first:$n){edges{node{article{statements(first:$n){edges{node{id}}}}}}}}}}}", map[string]any{"n": 100}), tooMuch},
		{"pages of pages by default", request("{actors{edges{node{statements{edges{node{article{statements{edges{node{speaker{statements{edges{node{id"+strings.Repeat("}", 15), nil), tooMuch},
		{"a long list of values for each of many", request(`{statements(first:100){edges{node{speaker{statements(first:1,filter:{target:[`+strings.Repeat(`"state/us" `, 100)+`] speaker:[`+strings.Repeat(`"state/us" `, 100)+`] onBehalfOf:[`+strings.Repeat(`"state/us" `, 100)+`] place:[`+strings.Repeat(`"state/us" `, 100)+`] outlet:[`+strings.Repeat(`"state/us" `, 100)+`]}){totalCount}}}}}}`, nil), tooMuch},
		{"errors in many values", request("query($f:StatementFilter){statements(filter:$f){totalCount}}", map[string]any{"f": map[string]any{"speaker": strings.Split(strings.Repeat("x ", 100), " ")[:100]}}), resolvers.CodeBadUserInput},
		{"a mutation", request("mutation{"+times(400, "m%d ")+"}", nil), invalid},
		{"a deferred fragment", request("{...@defer{stats{actors}}}", nil), invalid},
		{"nothing", request("", nil), invalid},
	}
}

// answerLimit is what the answer to a refused request may have at most.
const answerLimit = 64 << 10

func TestHostileRequestsAreRefused(t *testing.T) {
	store := newStore(t, newWorld().batches()...)
	usual := newClient(t, store, resolvers.Options{})
	roomy := newClient(t, store, resolvers.Options{MaxBody: megabyte})
	for _, w := range arsenal(megabyte) {
		t.Run(w.name, func(t *testing.T) {
			if len(w.body) > megabyte {
				t.Fatalf("the request has %d bytes", len(w.body))
			}
			a := roomy.do(http.MethodPost, "/graphql", w.body)
			if len(a.Errors) == 0 || a.Errors[0].Extensions.Code != w.code || len(a.Raw) > answerLimit {
				t.Errorf("want %s, got %d bytes: %.300s", w.code, len(a.Raw), a.Raw)
			}
			if w.code != resolvers.CodeBadUserInput && a.Data != nil {
				t.Errorf("it was executed: %.300s", a.Raw)
			}
			if a = usual.do(http.MethodPost, "/graphql", w.body); len(a.Errors) == 0 || len(w.body) > 128<<10 && a.Status != http.StatusRequestEntityTooLarge {
				t.Errorf("with the usual limit of the body: %d %.300s", a.Status, a.Raw)
			}
		})
	}
}

// BenchmarkHostileRequests reports the processor time that refusing takes: no
// request may cost more than 50 ms. The limit of the body is raised, so that
// the other limits are what is measured.
func BenchmarkHostileRequests(b *testing.B) {
	c := newClient(b, newStore(b, newWorld().batches()...), resolvers.Options{MaxBody: megabyte})
	for _, w := range arsenal(megabyte) {
		b.Run(w.name, func(b *testing.B) {
			b.ReportAllocs()
			began := processor(b)
			for b.Loop() {
				c.do(http.MethodPost, "/graphql", w.body)
			}
			b.ReportMetric(float64(processor(b)-began)/1e6/float64(b.N), "cpu-ms/op")
		})
	}
}

// processor returns the processor time of this process in nanoseconds, all
// threads, garbage collection included.
func processor(tb testing.TB) int64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		tb.Fatal(err)
	}
	return u.Utime.Nano() + u.Stime.Nano()
}
