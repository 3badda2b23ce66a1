package ingest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"mawqif/examples"
	"mawqif/graph"
	"mawqif/graph/sqlite"
	"mawqif/ingest"
)

func documents(t testing.TB) []ingest.Document {
	t.Helper()
	docs, err := examples.Articles()
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

func pipeline(t testing.TB) *ingest.Pipeline {
	t.Helper()
	p, err := ingest.Default()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func store(t testing.TB) graph.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "mawqif.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func each(docs []ingest.Document) iter.Seq[ingest.Item] {
	return func(yield func(ingest.Item) bool) {
		for _, d := range docs {
			if !yield(ingest.Item{Document: d, Where: d.SourceID}) {
				return
			}
		}
	}
}

// onCores runs a test with a number of cores.
func onCores(n int, f func()) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(n))
	f()
}

func TestExtractionIsTheSameOnAnyNumberOfCores(t *testing.T) {
	p := pipeline(t)
	var first []byte
	for _, cores := range []int{1, 2, 7} {
		onCores(cores, func() {
			var out bytes.Buffer
			enc := json.NewEncoder(&out)
			for o := range ingest.Extract(t.Context(), each(documents(t)), p) {
				if o.Err != nil {
					t.Fatal(o.Err)
				}
				if err := enc.Encode(ingest.NewReport(&o.Batch, o.Trace)); err != nil {
					t.Fatal(err)
				}
			}
			if first == nil {
				first = out.Bytes()
			}
			if !bytes.Equal(first, out.Bytes()) {
				t.Errorf("on %d cores the output differs", cores)
			}
		})
	}
	if bytes.Count(first, []byte(`"content":`)) < 50 {
		t.Error("the examples hold too few statements to prove anything")
	}
}

// The graph is the same whatever the order of the articles, how they share
// transactions, the number of cores, and however often they are stored.
func TestGraphIsTheSameInAnyOrder(t *testing.T) {
	p, docs := pipeline(t), documents(t)
	hash := func(s graph.Store) string {
		t.Helper()
		h, err := s.Hash(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	alone := store(t) // one transaction an article
	for _, d := range docs {
		b, _ := p.Extract(d)
		if err := alone.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	want := hash(alone)
	if empty := hash(store(t)); want == empty {
		t.Fatal("the examples leave the graph empty")
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, cores := range []int{1, 2, 5} {
		order := slices.Concat(docs, docs[:len(docs)/2]) // some twice
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		together := store(t)
		onCores(cores, func() {
			if err := ingest.Store(t.Context(), each(order), p, together, func(o ingest.Outcome) error { return o.Err }); err != nil {
				t.Fatal(err)
			}
		})
		if got := hash(together); got != want {
			t.Errorf("shuffled, on %d cores: hash %s, want %s", cores, got, want)
		}
	}
}

// copies yields n articles: the examples over and over, each time with
// another id.
func copies(docs []ingest.Document, n int) iter.Seq[ingest.Item] {
	return func(yield func(ingest.Item) bool) {
		for i := range n {
			d := docs[i%len(docs)]
			d.SourceID = fmt.Sprintf("%s-%d", d.SourceID, i)
			if !yield(ingest.Item{Document: d}) {
				return
			}
		}
	}
}

// BenchmarkExtract extracts an article an operation; with -cpu 1, on one core.
func BenchmarkExtract(b *testing.B) {
	p, docs := pipeline(b), documents(b)
	size := 0
	for _, d := range docs {
		size += len(d.Text)
	}
	b.SetBytes(int64(size / len(docs)))
	b.ReportAllocs()
	b.ResetTimer()
	for o := range ingest.Extract(b.Context(), copies(docs, b.N), p) {
		if o.Err != nil {
			b.Fatal(o.Err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}

// BenchmarkStore takes an article from text to the durable graph an operation.
func BenchmarkStore(b *testing.B) {
	p, docs := pipeline(b), documents(b)
	s := store(b)
	b.ReportAllocs()
	b.ResetTimer()
	if err := ingest.Store(b.Context(), copies(docs, b.N), p, s, func(o ingest.Outcome) error { return o.Err }); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}
