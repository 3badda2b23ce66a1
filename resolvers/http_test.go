package resolvers_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
	"mawqif/resolvers"
)

const (
	graphqlType = "application/graphql-response+json"
	jsonType    = "application/json"
)

func TestGraphQLOverHTTP(t *testing.T) {
	c := newClient(t, newStore(t, newWorld().batches()...), resolvers.Options{MaxBody: 1000})
	const fine = `{"query":"{__typename}"}`
	get := func(query string) string { return "/graphql?" + url.Values{"query": {query}}.Encode() }
	for _, x := range []struct {
		name, method, target, body string
		headers                    []string
		status                     int
		media, code                string
	}{
		{"a post", "POST", "/graphql", fine, nil, 200, jsonType, ""},
		{"a post to a new client", "POST", "/graphql", fine, []string{"Accept", graphqlType}, 200, graphqlType, ""},
		{"the first of equals", "POST", "/graphql", fine, []string{"Accept", graphqlType + ", " + jsonType}, 200, graphqlType, ""},
		{"the better one", "POST", "/graphql", fine, []string{"Accept", graphqlType + ";q=0.5, application/json;q=0.9"}, 200, jsonType, ""},
		{"anything", "POST", "/graphql", fine, []string{"Accept", "text/html, */*;q=0.1"}, 200, jsonType, ""},
		{"neither", "POST", "/graphql", fine, []string{"Accept", "text/html"}, 406, jsonType, resolvers.CodeBadRequest},
		{"none at all", "POST", "/graphql", fine, []string{"Accept", "application/json;q=0"}, 406, jsonType, resolvers.CodeBadRequest},
		{"another character set", "POST", "/graphql", fine, []string{"Accept", jsonType + ";charset=latin1"}, 406, jsonType, resolvers.CodeBadRequest},
		{"a get", "GET", get("{__typename}"), "", []string{"Accept", graphqlType}, 200, graphqlType, ""},
		{"a get with variables", "GET", get("query($a:Boolean!){__typename @skip(if:$a)}") + "&variables=%7B%22a%22:true%7D", "", nil, 200, jsonType, ""},
		{"a get with broken variables", "GET", get("{__typename}") + "&variables=%7B", "", nil, 400, jsonType, resolvers.CodeBadRequest},
		{"a get without a query", "GET", "/graphql?a=b", "", nil, 400, jsonType, resolvers.CodeBadRequest},
		{"a get of a broken address", "GET", "/graphql?query=%zz", "", nil, 400, jsonType, resolvers.CodeBadRequest},
		{"another method", "PUT", "/graphql", fine, nil, 405, jsonType, resolvers.CodeBadRequest},
		{"a form", "POST", "/graphql", "query=a", []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, jsonType, resolvers.CodeBadRequest},
		{"no content type", "POST", "/graphql", fine, []string{"Content-Type", ""}, 415, jsonType, resolvers.CodeBadRequest},
		{"UTF-16", "POST", "/graphql", fine, []string{"Content-Type", "application/json; charset=utf-16"}, 415, jsonType, resolvers.CodeBadRequest},
		{"no body", "POST", "/graphql", "", nil, 400, jsonType, resolvers.CodeBadRequest},
		{"half a body", "POST", "/graphql", `{"query":`, nil, 400, jsonType, resolvers.CodeBadRequest},
		{"more than a body", "POST", "/graphql", fine + fine, nil, 400, jsonType, resolvers.CodeBadRequest},
		{"a batch", "POST", "/graphql", "[" + fine + "]", nil, 400, jsonType, resolvers.CodeBadRequest},
		{"no query", "POST", "/graphql", `{"qeury":"{a}"}`, nil, 400, jsonType, resolvers.CodeBadRequest},
		{"a query that is no text", "POST", "/graphql", `{"query":1}`, nil, 400, jsonType, resolvers.CodeBadRequest},
		{"variables that are no object", "POST", "/graphql", `{"query":"{__typename}","variables":[]}`, nil, 400, jsonType, resolvers.CodeBadRequest},
		{"a large body", "POST", "/graphql", `{"query":"` + strings.Repeat(" ", 1000) + `"}`, nil, 413, jsonType, resolvers.CodeLimit},
		{"no document", "POST", "/graphql", `{"query":"{"}`, []string{"Accept", graphqlType}, 400, graphqlType, resolvers.CodeParse},
		{"no document, old client", "POST", "/graphql", `{"query":"{"}`, nil, 200, jsonType, resolvers.CodeParse},
		{"an empty document", "POST", "/graphql", `{"query":""}`, []string{"Accept", graphqlType}, 400, graphqlType, resolvers.CodeValidation},
		{"an unknown field", "POST", "/graphql", `{"query":"{speech{id}}"}`, []string{"Accept", graphqlType}, 400, graphqlType, resolvers.CodeValidation},
		{"an unknown operation", "POST", "/graphql", `{"query":"query a{__typename}","operationName":"b"}`, []string{"Accept", graphqlType}, 400, graphqlType, resolvers.CodeValidation},
		{"a missing variable", "POST", "/graphql", `{"query":"query($a:Int!){actors(first:$a){totalCount}}"}`, []string{"Accept", graphqlType}, 400, graphqlType, resolvers.CodeBadUserInput},
		{"a wrong variable", "POST", "/graphql", `{"query":"query($a:Int!){actors(first:$a){totalCount}}","variables":{"a":1.5}}`, []string{"Accept", graphqlType}, 400, graphqlType, resolvers.CodeBadUserInput},
		{"a deep document", "POST", "/graphql", `{"query":"{node(id:1){...on Actor{` + strings.Repeat("partOf{", 30) + "id" + strings.Repeat("}", 30) + `}}}"}`, []string{"Accept", graphqlType}, 400, graphqlType, resolvers.CodeLimit},
		{"an error in the answer", "POST", "/graphql", `{"query":"{actor(id:\"state/none\"){id}}"}`, []string{"Accept", graphqlType}, 200, graphqlType, resolvers.CodeNotFound},
	} {
		t.Run(x.name, func(t *testing.T) {
			a := c.do(x.method, x.target, x.body, x.headers...)
			code := ""
			if len(a.Errors) > 0 {
				code = a.Errors[0].Extensions.Code
			}
			if a.Status != x.status || a.Type != x.media+"; charset=utf-8" || code != x.code {
				t.Errorf("%d %s %q, want %d %s %q: %s", a.Status, a.Type, code, x.status, x.media, x.code, a.Raw)
			}
			executed := x.code == "" || x.code == resolvers.CodeNotFound
			if executed != (a.Data != nil) {
				t.Errorf("data: %s", a.Raw)
			}
		})
	}
}

func TestTheOtherRoutes(t *testing.T) {
	store := newStore(t, newWorld().batches()...)
	c := newClient(t, store, resolvers.Options{})
	c.ask("{stats{actors} places{totalCount}}", nil)
	c.ask("{", nil)
	for path, want := range map[string]struct {
		status int
		holds  string
	}{
		"/":                    {200, `data-api="/graphql"`},
		"/graphiql/main.css":   {200, "graphiql"},
		"/graphiql/other.html": {404, "not found"},
		"/healthz":             {200, "ok"},
		"/readyz":              {200, "ready"},
		"/metrics":             {200, "\nmawqif_graphql_queries_total{field=\"places\"} 1\n"},
		"/other":               {404, "/graphql"},
	} {
		a := c.do(http.MethodGet, path, "")
		if a.Status != want.status || !strings.Contains(a.Raw, want.holds) {
			t.Errorf("%s: %d %.200s", path, a.Status, a.Raw)
		}
	}
	metrics := c.do(http.MethodGet, "/metrics", "").Raw
	for _, line := range []string{
		`mawqif_graphql_errors_total{code="GRAPHQL_PARSE_FAILED"} 1`, `mawqif_http_requests_in_flight 1`,
		`mawqif_http_requests_total{route="other",status="404"} 1`, `mawqif_http_requests_total{route="/graphql",status="200"} 1`,
		`mawqif_http_request_seconds_count{route="/graphql"} 2`, "go_goroutines ",
	} {
		if !strings.Contains(metrics, "\n"+line) {
			t.Errorf("the metrics lack %s", line)
		}
	}
}

// Labels come from closed sets, whatever clients send.
func TestClientsCannotAddMetrics(t *testing.T) {
	c := newClient(t, newStore(t), resolvers.Options{})
	series := func() int {
		return len(regexp.MustCompile(`(?m)^mawqif_`).FindAllString(c.do(http.MethodGet, "/metrics", "").Raw, -1))
	}
	some := func() {
		c.ask("query A{stats{actors}}", nil)
		c.ask("{nothing}", nil)
		c.do("BREW", "/graphql", "")
		c.do("GET", "/x", "")
	}
	some()
	series()
	before := series()
	for i := range 20 {
		c.ask(fmt.Sprintf("query A%d{a%d:stats{actors}}", i, i), nil)
		c.ask(fmt.Sprintf("{nothing%d}", i), nil)
		c.do(fmt.Sprintf("BREW%d", i), "/graphql", "")
		c.do("GET", fmt.Sprintf("/x%d", i), "")
	}
	if after := series(); after != before {
		t.Errorf("%d series became %d", before, after)
	}
}

func TestBrowsersAreKeptSafe(t *testing.T) {
	c := newClient(t, newStore(t), resolvers.Options{})
	for _, path := range []string{"/", "/graphql?query=%7B__typename%7D", "/healthz"} {
		r, w := newGet(path)
		c.ServeHTTP(w, r)
		if w.Header().Get("Content-Security-Policy") == "" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, w.Header())
		}
		if w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s can be read by any site", path)
		}
	}
}

func TestIntrospectionPassesTheLimits(t *testing.T) {
	query, err := os.ReadFile("testdata/introspection.graphql") // of graphql-js, as GraphiQL sends it
	if err != nil {
		t.Fatal(err)
	}
	var data struct {
		Schema struct {
			QueryType  struct{ Name string }
			Types      []struct{ Name, Description string }
			Directives []struct{ Name string }
		} `json:"__schema"`
	}
	newClient(t, newStore(t), resolvers.Options{}).data(&data, string(query), nil)
	if data.Schema.QueryType.Name != "Query" || len(data.Schema.Types) < 50 {
		t.Errorf("%+v", data)
	}
	for _, d := range data.Schema.Directives {
		if d.Name == "defer" {
			t.Error("@defer is offered, but answers come in one piece")
		}
	}
}

// broken is a store in which something goes wrong.
type broken struct {
	graph.Reader
	err  error
	boom bool
}

func (b broken) Stats(ctx context.Context) (graph.Stats, error) {
	if b.boom {
		panic("secret of the panic")
	}
	return graph.Stats{}, b.err
}

func (b broken) Runs(context.Context, []graph.ID) (map[graph.ID]graph.Run, error) { return nil, b.err }

func TestFaultsOfTheServer(t *testing.T) {
	for _, x := range []struct {
		name   string
		store  broken
		code   string
		logged bool
	}{
		{"an unknown error", broken{err: errors.New("secret of the disk")}, resolvers.CodeInternal, true},
		{"a panic", broken{boom: true, err: errors.New("secret")}, resolvers.CodeInternal, true},
		{"a store out of reach", broken{err: fmt.Errorf("secret of the net: %w", graph.ErrUnavailable)}, resolvers.CodeUnavailable, false},
		{"a closed store", broken{err: graph.ErrClosed}, resolvers.CodeUnavailable, false},
		{"a slow store", broken{err: context.DeadlineExceeded}, resolvers.CodeTimeout, false},
	} {
		t.Run(x.name, func(t *testing.T) {
			x.store.Reader = newStore(t)
			c := newClient(t, x.store, resolvers.Options{})
			a := c.ask("{stats{actors}}", nil)
			if a.Status != 200 || len(a.Errors) != 1 || a.Errors[0].Extensions.Code != x.code || strings.Contains(a.Raw, "secret") {
				t.Errorf("%d %s", a.Status, a.Raw)
			}
			if strings.Contains(c.log.String(), "secret") != x.logged {
				t.Errorf("logged: %s", c.log)
			}
			if a := c.do(http.MethodGet, "/readyz", ""); a.Status != http.StatusServiceUnavailable || strings.Contains(a.Raw, "secret") {
				t.Errorf("ready: %d %s", a.Status, a.Raw)
			}
		})
	}
}

// stalled is a store that answers only when the question is given up.
type stalled struct{ graph.Reader }

func (stalled) Stats(ctx context.Context) (graph.Stats, error) {
	<-ctx.Done()
	return graph.Stats{}, ctx.Err()
}

func TestSlowAnswersAreGivenUp(t *testing.T) {
	c := newClient(t, stalled{newStore(t)}, resolvers.Options{Timeout: time.Millisecond})
	if a := c.ask("{stats{actors}}", nil); len(a.Errors) != 1 || a.Errors[0].Extensions.Code != resolvers.CodeTimeout {
		t.Errorf("%s", a.Raw)
	}
}

// crowded counts the questions that are answered at a time.
type crowded struct {
	graph.Reader
	under, most atomic.Int32
}

func (c *crowded) Stats(context.Context) (graph.Stats, error) {
	now := c.under.Add(1)
	defer c.under.Add(-1)
	for most := c.most.Load(); now > most && !c.most.CompareAndSwap(most, now); most = c.most.Load() {
	}
	runtime.Gosched()
	return graph.Stats{}, nil
}

func TestQuestionsWaitForTheirTurn(t *testing.T) {
	store := &crowded{Reader: newStore(t)}
	c := newClient(t, store, resolvers.Options{AtOnce: 2})
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if a := c.ask("{stats{actors}}", nil); a.Status != 200 || len(a.Errors) > 0 {
				t.Errorf("%d %s", a.Status, a.Raw)
			}
		})
	}
	all.Wait()
	if most := store.most.Load(); most > 2 {
		t.Errorf("%d questions were answered at a time", most)
	}
}

func TestWaitingEndsInTime(t *testing.T) {
	c := newClient(t, stalled{newStore(t)}, resolvers.Options{AtOnce: 1, Timeout: 20 * time.Millisecond})
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if a := c.ask("{stats{actors}}", nil); len(a.Errors) != 1 || a.Errors[0].Extensions.Code != resolvers.CodeTimeout {
				t.Errorf("%s", a.Raw)
			}
		})
	}
	all.Wait()
}

func TestErrorsAreFewAndInOrder(t *testing.T) {
	c := newClient(t, newStore(t), resolvers.Options{})
	var q strings.Builder
	for i := range 40 {
		fmt.Fprintf(&q, "a%02d:actor(id:\"state/%s\"){id} ", i, strings.Repeat("x", 1000))
	}
	first := c.ask("{"+q.String()+"}", nil)
	if len(first.Errors) != 21 || len(first.Raw) > answerLimit || !strings.Contains(first.Errors[20].Message, "20 more") {
		t.Errorf("%d errors, %d bytes", len(first.Errors), len(first.Raw))
	}
	for range 10 {
		if diff := cmp.Diff(first.Raw, c.ask("{"+q.String()+"}", nil).Raw); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestAnswersAreBounded(t *testing.T) {
	c := newClient(t, newStore(t, newWorld().batches()...), resolvers.Options{MaxAnswer: 500})
	var data any
	c.data(&data, "{articles(first:1){edges{node{text}}}}", nil)
	a := c.ask("{articles{edges{node{a:text b:text c:text}}}}", nil)
	if len(a.Errors) == 0 || a.Errors[0].Extensions.Code != resolvers.CodeLimit || a.Errors[0].Extensions.Limit != "ANSWER" {
		t.Errorf("%s", a.Raw)
	}
}

func TestServeFinishesWhatItBegan(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	begun, finish := make(chan struct{}), make(chan struct{})
	h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(begun)
		<-finish
		_, _ = io.WriteString(w, "done")
	})
	ctx, stop := context.WithCancel(t.Context())
	served, answered := make(chan error, 1), make(chan string, 1)
	go func() { served <- resolvers.Serve(ctx, ln, h) }()
	go func() {
		res, err := http.Get("http://" + ln.Addr().String())
		if err != nil {
			answered <- err.Error()
			return
		}
		b, err := io.ReadAll(res.Body)
		answered <- string(b)
		if err := errors.Join(err, res.Body.Close()); err != nil {
			t.Error(err)
		}
	}()
	<-begun
	stop()
	close(finish)
	if got := <-answered; got != "done" {
		t.Error(got)
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
	if _, err := net.Dial("tcp", ln.Addr().String()); err == nil {
		t.Error("it still listens")
	}
}

func TestServeSaysWhyItCannot(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	if err := resolvers.Serve(t.Context(), ln, http.NotFoundHandler()); err == nil || !strings.Contains(err.Error(), ln.Addr().String()) {
		t.Error(err)
	}
}
