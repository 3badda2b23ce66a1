package resolvers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"mawqif/graph"
	"mawqif/resolvers/internal/gen"
	"mawqif/resolvers/internal/limits"
)

// The media types of an answer.
const (
	mediaGraphQL = "application/graphql-response+json"
	mediaJSON    = "application/json"
)

// api answers GraphQL over HTTP.
// https://graphql.github.io/graphql-over-http/draft/
type api struct {
	reader  graph.Reader
	exec    *executor.Executor
	schema  *ast.Schema
	limits  limits.Limits
	body    int64
	answer  int64
	timeout time.Duration
	places  chan struct{} // one for each question that may be answered at a time
	log     *slog.Logger
	metrics *metrics
}

// schema is the schema without @defer: answers come in one piece.
var schema = sync.OnceValue(func() *ast.Schema {
	s := gen.NewExecutableSchema(gen.Config{}).Schema()
	delete(s.Directives, "defer")
	return s
})

func newAPI(ctx context.Context, r graph.Reader, o Options, m *metrics) *api {
	a := &api{
		reader: r, schema: schema(), limits: limits.Default(),
		body: o.MaxBody, answer: o.MaxAnswer, timeout: o.Timeout, log: o.Log,
		places: make(chan struct{}, o.AtOnce), metrics: m,
	}
	a.exec = executor.New(gen.NewExecutableSchema(gen.Config{
		Resolvers: &resolver{reader: r, codebook: o.Codebook, projections: newProjections(ctx, r)}, Schema: a.schema,
	}))
	a.exec.Use(extension.Introspection{})
	a.exec.SetParserTokenLimit(a.limits.Tokens)
	a.exec.SetErrorPresenter(present)
	a.exec.SetRecoverFunc(func(_ context.Context, p any) error {
		return fmt.Errorf("%w: %v\n%s", errPanic, p, debug.Stack())
	})
	a.exec.AroundFields(spend)
	a.exec.AroundRootFields(func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
		m.fields.WithLabelValues(graphql.GetRootFieldContext(ctx).Field.Name).Inc()
		return next(ctx)
	})
	return a
}

// fault is an error of the HTTP request itself.
type fault struct {
	status int
	err    *gqlerror.Error
}

func newFault(status int, code, format string, args ...any) *fault {
	e := gqlerror.Errorf(format, args...)
	e.Extensions = map[string]any{"code": code}
	return &fault{status, e}
}

// ServeHTTP implements [http.Handler].
func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	media, ok := negotiate(r.Header.Values("Accept"))
	if !ok {
		a.write(w, mediaJSON, http.StatusNotAcceptable, nil, nil, gqlerror.List{newFault(0, CodeBadRequest,
			"the answer is %s or %s, but `Accept` allows neither", mediaGraphQL, mediaJSON).err})
		return
	}
	// The answer may take as long as it may, and then some to be read.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(a.timeout + 30*time.Second))
	params, f := a.read(w, r)
	if f != nil {
		a.write(w, media, f.status, nil, nil, gqlerror.List{f.err})
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), a.timeout)
	defer cancel()
	select {
	case a.places <- struct{}{}:
		defer func() { <-a.places }()
	case <-ctx.Done(): // which execute tells
	}
	notes := &notes{}
	data, errs, executed := a.execute(context.WithValue(ctx, notesKey{}, notes), params)
	status := http.StatusOK
	if !executed && media == mediaGraphQL {
		status = http.StatusBadRequest
	}
	a.write(w, media, status, data, notes.sorted(), errs)
}

// execute runs an operation. It returns no data, and false, if the operation
// was refused before it ran.
func (a *api) execute(ctx context.Context, in *parameters) (json.RawMessage, gqlerror.List, bool) {
	refuse := func(list gqlerror.List) (json.RawMessage, gqlerror.List, bool) {
		// No more are presented than are shown, and one to tell that there are more.
		list = list[:min(len(list), maxErrors+1)]
		for i, e := range list {
			list[i] = present(ctx, e)
		}
		return nil, list, false
	}
	variables, err := a.limits.ReadVariables(in.Variables)
	if err != nil {
		return refuse(gqlerror.List{gqlerror.Wrap(err)})
	}
	if _, err := a.limits.Parse(in.Query); err != nil {
		return refuse(gqlerror.List{refusal(err)})
	}
	ctx = graphql.StartOperationTrace(ctx)
	op, errs := a.exec.CreateOperationContext(ctx, &graphql.RawParams{
		Query: in.Query, OperationName: in.OperationName, Variables: variables,
	})
	if len(errs) > 0 {
		return refuse(errs)
	}
	if err := a.limits.CheckCost(a.schema, op.Operation, op.Variables); err != nil {
		return refuse(gqlerror.List{gqlerror.Wrap(err)})
	}
	ctx = withLoaders(ctx, newLoaders(a.reader))
	ctx = withBudget(ctx, a.answer)
	run, ctx := a.exec.DispatchOperation(ctx, op)
	answer := run(ctx)
	if answer == nil { // the context ended before it began
		return refuse(gqlerror.List{gqlerror.Wrap(context.Cause(ctx))})
	}
	return answer.Data, answer.Errors, true
}

// refusal gives an error of [limits.Limits.Parse] its code.
func refusal(err error) *gqlerror.Error {
	var e *gqlerror.Error
	if !errors.As(err, &e) {
		return gqlerror.Wrap(err)
	}
	code := CodeParse
	if errors.Is(err, limits.ErrCycle) {
		code = CodeValidation
	}
	e.Extensions = map[string]any{"code": code}
	return e
}

// parameters are what a request asks. Variables are a JSON object, or nothing.
type parameters struct {
	Query, OperationName string
	Variables            json.RawMessage
}

// read reads the parameters of a request.
func (a *api) read(w http.ResponseWriter, r *http.Request) (*parameters, *fault) {
	switch r.Method {
	case http.MethodGet:
		return fromURL(r.URL)
	case http.MethodPost:
	default:
		w.Header().Set("Allow", "GET, POST")
		return nil, newFault(http.StatusMethodNotAllowed, CodeBadRequest, "a request is a GET or a POST, not a %s", cut(r.Method, 20))
	}
	kind, options, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if charset := options["charset"]; err != nil || kind != mediaJSON || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return nil, newFault(http.StatusUnsupportedMediaType, CodeBadRequest, "the content type of a POST must be application/json in UTF-8")
	}
	tooLarge := newFault(http.StatusRequestEntityTooLarge, CodeLimit, "the request is too large: at most %d bytes are allowed", a.body)
	tooLarge.err.Extensions["limit"], tooLarge.err.Extensions["max"] = "BODY", a.body
	if r.ContentLength > a.body {
		return nil, tooLarge
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, a.body))
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		return nil, tooLarge
	case err != nil:
		return nil, newFault(http.StatusBadRequest, CodeBadRequest, "the request could not be read to its end")
	}
	return fromJSON(body)
}

func fromJSON(body []byte) (*parameters, *fault) {
	switch body = bytes.TrimLeft(body, " \t\r\n"); {
	case len(body) == 0:
		return nil, newFault(http.StatusBadRequest, CodeBadRequest, "the request has no body; it must be a JSON object with a `query`")
	case body[0] == '[':
		return nil, newFault(http.StatusBadRequest, CodeBadRequest, "one operation a request: batches are not accepted")
	}
	var in struct {
		Query         *string         `json:"query"`
		OperationName string          `json:"operationName"`
		Variables     json.RawMessage `json:"variables"`
		Extensions    json.RawMessage `json:"extensions"`
	}
	if err := json.Unmarshal(body, &in); err != nil {
		what := "the body"
		var kind *json.UnmarshalTypeError
		if errors.As(err, &kind) && kind.Field != "" {
			what = "`" + kind.Field + "`"
		}
		return nil, newFault(http.StatusBadRequest, CodeBadRequest, "%s is not the JSON it must be: %s", what, cut(err.Error(), 200))
	}
	if in.Query == nil {
		return nil, noQuery()
	}
	return newParameters(*in.Query, in.OperationName, in.Variables, in.Extensions)
}

func fromURL(u *url.URL) (*parameters, *fault) {
	values, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, newFault(http.StatusBadRequest, CodeBadRequest, "the parameters of the address are not well formed")
	}
	if !values.Has("query") {
		return nil, noQuery()
	}
	return newParameters(values.Get("query"), values.Get("operationName"), []byte(values.Get("variables")), []byte(values.Get("extensions")))
}

// newParameters checks that variables and extensions are JSON objects, or
// nothing. Extensions are allowed, but none is known.
func newParameters(query, operation string, variables, extensions []byte) (*parameters, *fault) {
	for _, p := range []struct {
		name string
		text []byte
	}{{"variables", variables}, {"extensions", extensions}} {
		text := bytes.TrimSpace(p.text)
		if len(text) == 0 || string(text) == "null" {
			continue
		}
		if text[0] != '{' || !json.Valid(text) {
			return nil, newFault(http.StatusBadRequest, CodeBadRequest, "`%s` is not a JSON object", p.name)
		}
	}
	if string(bytes.TrimSpace(variables)) == "null" {
		variables = nil
	}
	return &parameters{query, operation, variables}, nil
}

func noQuery() *fault {
	return newFault(http.StatusBadRequest, CodeBadRequest, "the request has no `query`")
}

// write sends an answer. Data is left out where the operation did not run.
func (a *api) write(w http.ResponseWriter, media string, status int, data json.RawMessage, notes []note, errs gqlerror.List) {
	errs = finish(a.log, errs)
	for _, e := range errs {
		a.metrics.errors.WithLabelValues(fmt.Sprint(e.Extensions["code"])).Inc()
	}
	var extensions map[string]any
	if len(notes) > 0 {
		extensions = map[string]any{"notes": notes}
	}
	body, err := json.Marshal(struct {
		Errors     gqlerror.List   `json:"errors,omitempty"`
		Data       json.RawMessage `json:"data,omitempty"`
		Extensions map[string]any  `json:"extensions,omitempty"`
	}{errs, data, extensions})
	if err != nil {
		panic(err) // ServeHTTP of the outermost handler recovers
	}
	h := w.Header()
	h.Set("Content-Type", media+"; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Add("Vary", "Accept")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// negotiate chooses the media type of the answer by the Accept headers: the
// one of highest quality, of equal ones the first. It returns false if none of
// ours is accepted.
func negotiate(accept []string) (string, bool) {
	best, quality, given := "", 0.0, false
	for part := range strings.SplitSeq(strings.Join(accept, ","), ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		given = true
		kind, options, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		if charset := options["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
			continue
		}
		q := 1.0
		if text, ok := options["q"]; ok {
			if q, err = strconv.ParseFloat(text, 64); err != nil {
				continue
			}
		}
		switch kind {
		case "*/*", "application/*":
			kind = mediaJSON
		case mediaJSON, mediaGraphQL:
		default:
			continue
		}
		if q > quality {
			best, quality = kind, q
		}
	}
	if !given {
		return mediaJSON, true
	}
	return best, best != ""
}

type budgetKey struct{}

// budget is how many bytes of text an answer may still hold.
type budget struct{ most, left atomic.Int64 }

func withBudget(ctx context.Context, most int64) context.Context {
	b := &budget{}
	b.most.Store(most)
	b.left.Store(most)
	return context.WithValue(ctx, budgetKey{}, b)
}

// spend refuses texts once an answer holds too much of them.
func spend(ctx context.Context, next graphql.Resolver) (any, error) {
	v, err := next(ctx)
	s, ok := v.(string)
	if err != nil || !ok {
		return v, err
	}
	b := ctx.Value(budgetKey{}).(*budget)
	if b.left.Add(-int64(len(s))) < 0 {
		return nil, &limits.Exceeded{Limit: "ANSWER", Max: int(b.most.Load()), What: "the answer has too many bytes of text"}
	}
	return v, nil
}
