package neo4j

import (
	"context"
	"errors"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"mawqif/graph"
	"mawqif/graph/graphtest"
	"mawqif/graph/sqlite"
	"mawqif/internal/neo4jtest"
)

// A server that dies in the middle of batches costs those under way, whole, and
// says so; once it is back, the same batches again end in the same graph.
func TestServerDies(t *testing.T) {
	server := neo4jtest.Own(t)
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	o := options(&server.Server)
	o.Timeout = 500 * time.Millisecond
	var batches []graph.Batch
	for b := range (graphtest.Synthetic{Seed: 6, Statements: 480, Articles: 96}).Batches() {
		batches = append(batches, b)
	}
	apply := func(s graph.Store, after func(applied int)) []error {
		faults := make([]error, len(batches))
		next := make(chan int)
		var all sync.WaitGroup
		var mu sync.Mutex
		applied := 0
		for range 16 {
			all.Go(func() {
				for i := range next {
					if faults[i] = s.Apply(t.Context(), batches[i]); faults[i] == nil {
						mu.Lock()
						applied++
						after(applied)
						mu.Unlock()
					}
				}
			})
		}
		for i := range batches {
			next <- i
		}
		close(next)
		all.Wait()
		return faults
	}
	s := open(t, o)
	began := time.Now()
	died := false
	faults := apply(s, func(applied int) {
		if applied == len(batches)/3 {
			died = true
			if err := server.Stop(); err != nil {
				t.Error(err)
			}
		}
	})
	if !died {
		t.Fatal("the server did not die")
	}
	failed := 0
	for _, err := range faults {
		if err == nil {
			continue
		}
		failed++
		if !errors.Is(err, graph.ErrUnavailable) || !strings.Contains(err.Error(), "check that the server runs") {
			t.Fatalf("a batch fails with %v", err)
		}
	}
	if failed == 0 {
		t.Error("no batch failed though the server was gone")
	}
	t.Logf("%d of %d batches failed within %s", failed, len(batches), time.Since(began).Round(time.Millisecond))
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	// What was said to be stored is, and whole; nothing is there by halves.
	stored := 0
	for i := range batches {
		found, err := s.FindStatements(t.Context(), graph.StatementFilter{Articles: []graph.ID{batches[i].Article.ID}}, graph.InArticleOrder, graph.Page{First: 100})
		if err != nil {
			t.Fatal(err)
		}
		switch n := len(found.Items); {
		case n == len(batches[i].Statements):
			stored++
		case n != 0:
			t.Errorf("article %d has %d of its %d statements", i, n, len(batches[i].Statements))
		case faults[i] == nil:
			t.Errorf("article %d was said to be stored and is not", i)
		}
	}
	t.Logf("%d of %d articles are there", stored, len(batches))
	for i, err := range apply(s, func(int) {}) {
		if err != nil {
			t.Fatalf("batch %d, again: %v", i, err)
		}
	}
	hash := func(s graph.Store) string {
		h, err := s.Hash(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	got := hash(s)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	undisturbed, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer undisturbed.Close()
	for i, err := range apply(undisturbed, func(int) {}) {
		if err != nil {
			t.Fatalf("batch %d: %v", i, err)
		}
	}
	if want := hash(undisturbed); got != want {
		t.Errorf("the graph has hash %s, one written undisturbed %s", got, want)
	}
}

// What cannot be used says why, and what to do.
func TestUnusable(t *testing.T) {
	server := neo4jtest.Empty(t)
	open(t, options(server)).Close()
	silent, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	for name, c := range map[string]struct {
		change func(*Options)
		want   error
		says   string
	}{
		"no server": {func(o *Options) { o.Address = "bolt://127.0.0.1:1" }, graph.ErrUnavailable, "check that the server runs"},
		"a server that says nothing": {func(o *Options) {
			o.Address, o.Timeout = "bolt://"+silent.Addr().String(), 300*time.Millisecond
		}, graph.ErrUnavailable, "check that the server runs"},
		"no host of the name": {func(o *Options) { o.Address = "bolt://absent.invalid" }, graph.ErrUnavailable, "that the address is right"},
		"wrong password":      {func(o *Options) { o.Password = "wrong" }, graph.ErrUnavailable, "refuses the user or the password"},
		"no such database":    {func(o *Options) { o.Address += "x" }, graph.ErrUnavailable, "has no database neo4jx"},
		"TLS where there is none": {func(o *Options) {
			o.Address = "bolt+s://" + server.Host
		}, graph.ErrUnavailable, "TLS"},
	} {
		t.Run(name, func(t *testing.T) {
			o := options(server)
			o.Timeout = time.Second
			c.change(&o)
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			s, err := Open(ctx, o)
			if err == nil {
				s.Close()
			}
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, want %v that says %q", err, c.want, c.says)
			}
			if err != nil && o.Password != "" && strings.Contains(err.Error(), o.Password) {
				t.Errorf("the message holds the password: %v", err)
			}
		})
	}
}
