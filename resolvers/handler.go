package resolvers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"mawqif/graph"
	"mawqif/web/graphiql"
)

// Options are the settings of a handler. The zero value of each stands for its
// default.
type Options struct {
	// Codebook is the name of the codebook in which the key of an issue is
	// looked up if the client names none. Default "default", the name of the bundled one.
	Codebook string
	// MaxBody is the size of a request in bytes. Default 128 KiB.
	MaxBody int64
	// MaxAnswer is how many bytes of text an answer may hold. Default 16 MiB.
	MaxAnswer int64
	// Timeout bounds the time to answer a request, waiting for others
	// included. Default 10 s.
	Timeout time.Duration
	// AtOnce is how many questions are answered at a time; the others wait.
	// Default 8 a core.
	AtOnce int
	// Log is told of faults of the server. Default [slog.Default].
	Log *slog.Logger
}

func (o Options) withDefaults() Options {
	o.Codebook = cmp.Or(o.Codebook, "default")
	o.MaxBody = cmp.Or(o.MaxBody, 128<<10)
	o.MaxAnswer = cmp.Or(o.MaxAnswer, 16<<20)
	o.Timeout = cmp.Or(o.Timeout, 10*time.Second)
	o.AtOnce = cmp.Or(o.AtOnce, 8*runtime.GOMAXPROCS(0))
	o.Log = cmp.Or(o.Log, slog.Default())
	return o
}

// NewHandler makes the handler of everything that `mawqif serve` answers, until
// the context ends: what it reads of the store for more than one question may
// outlast the question.
//
//	/graphql  the GraphQL API, by GET and POST
//	/         GraphiQL, to try the API in a browser
//	/healthz  200 while the process runs
//	/readyz   200 while the store answers, else 503
//	/metrics  counters in the format of Prometheus
func NewHandler(ctx context.Context, r graph.Reader, o Options) http.Handler {
	o = o.withDefaults()
	m := newMetrics()
	mux := http.NewServeMux()
	route := func(pattern, name string, h http.Handler) {
		mux.Handle(pattern, m.measure(name, h))
	}
	api := newAPI(ctx, r, o, m)
	ui := graphiql.Handler("/graphql")
	route("/graphql", "/graphql", recovered(o.Log, func(w http.ResponseWriter) {
		f := newFault(http.StatusInternalServerError, CodeInternal, "internal error")
		f.err.Err = errPanic
		api.write(w, mediaJSON, f.status, nil, nil, gqlerror.List{f.err})
	}, api))
	route("GET /{$}", "/", ui)
	route("GET /graphiql/", "/graphiql/", ui)
	route("GET /healthz", "/healthz", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		plain(w, http.StatusOK, "ok")
	}))
	route("GET /readyz", "/readyz", ready(r, o.Log))
	route("GET /metrics", "/metrics", m.handler())
	route("/", "other", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		plain(w, http.StatusNotFound, "There is nothing here. The API is at /graphql, and / helps to try it.")
	}))
	return guarded(mux)
}

// guarded sets the headers that keep browsers from doing what nobody meant.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Content-Security-Policy", graphiql.Policy)
		next.ServeHTTP(w, r)
	})
}

// recovered answers in place of a handler that panics.
func recovered(log *slog.Logger, answer func(http.ResponseWriter), next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch p := recover(); p {
			case nil:
			case http.ErrAbortHandler:
				panic(p)
			default:
				log.Error("panic", "path", r.URL.Path, "panic", p, "stack", string(debug.Stack()))
				answer(w)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// ready asks the store for a node that it need not have.
func ready(r graph.Reader, log *slog.Logger) http.Handler {
	probe := []graph.ID{graph.NewID(graph.KindRun)}
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		ctx, cancel := context.WithTimeout(req.Context(), 2*time.Second)
		defer cancel()
		if _, err := r.Runs(ctx, probe); err != nil {
			log.Warn("the store does not answer", "error", err)
			plain(w, http.StatusServiceUnavailable, "the store does not answer")
			return
		}
		plain(w, http.StatusOK, "ready")
	})
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = fmt.Fprintln(w, text)
}

// grace is how long [Serve] waits for requests under way when it stops.
const grace = 10 * time.Second

// Serve answers requests on a listener, which it closes, until the context
// ends; then it finishes the requests under way, for at most 10 seconds, and
// returns nil.
func Serve(ctx context.Context, ln net.Listener, h http.Handler) error {
	s := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	ended := make(chan error, 1) // takes what is not read after a shutdown
	go func() { ended <- s.Serve(ln) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve on %s: %w", ln.Addr(), err)
	case <-ctx.Done():
	}
	wait, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	err := s.Shutdown(wait)
	if errors.Is(err, context.DeadlineExceeded) {
		err = errors.Join(fmt.Errorf("requests under way were not done after %s", grace), s.Close())
	}
	return err
}
