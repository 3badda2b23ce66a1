// Package graphtest holds what every store of a graph promises, as one suite
// that a store passes in a few lines of test, and makes synthetic graphs for
// benchmarks.
package graphtest

import (
	"testing"

	"mawqif/graph"
)

// Harness makes stores for the suite. A test has one store open at a time,
// and closes it.
type Harness struct {
	// New returns an empty store.
	New func(t *testing.T) graph.Store
	// Reopen closes a store and returns a new one of what it kept.
	Reopen func(t *testing.T, s graph.Store) graph.Store
}

// Run holds a store to its promises.
func Run(t *testing.T, h Harness) {
	for _, test := range []struct {
		name string
		run  func(t *testing.T, h Harness)
	}{
		{"nodes are read back as they were written", testReadBack},
		{"a batch applied again changes nothing", testIdempotence},
		{"order and company of batches do not matter", testOrderIndependence},
		{"different graphs have different hashes", testHashTellsGraphsApart},
		{"what batches say of one node is joined", testJoin},
		{"a later batch of an article supersedes", testSupersede},
		{"nothing is lost when a store is opened again", testReopen},
		{"a refused batch leaves nothing", testRefusal},
		{"a batch is seen whole or not at all", testAtomicity},
		{"statements are found by filter", testFindStatements},
		{"statements are listed in order", testStatementOrders},
		{"other nodes are found by filter", testFindNodes},
		{"words are found as they are folded", testWords},
		{"search finds actors, statements and articles", testSearch},
		{"every list is read page by page", testPages},
		{"a list that is read is not disturbed by writing", testPagesUnderWriting},
		{"stances are counted", testStances},
		{"takings are streamed", testTakings},
		{"takings are streamed as of an earlier moment", testTakingsAsOf},
		{"stances are counted as of an earlier moment", testStancesAsOf},
		{"a store that tells its revision tells a new one after a batch", testRevision},
		{"stats count nodes and relations", testStats},
		{"a walk meets all that stands", testWalk},
		{"questions that make no sense are refused", testBadQuestions},
		{"calls end when their context does", testCancellation},
		{"a closed store says so", testClosed},
		{"many ids and large pages are one question", testLarge},
		{"a page holds a hundred thousand rows", testLargePage},
		{"random questions are answered as by reading every statement", testAgainstModel},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, h) })
	}
}

// open returns a new store that holds batches, closed when the test ends.
func open(t *testing.T, h Harness, batches ...graph.Batch) graph.Store {
	t.Helper()
	s := h.New(t)
	t.Cleanup(func() { closeStore(t, s) })
	apply(t, s, batches...)
	return s
}

func closeStore(t *testing.T, s graph.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

func apply(t *testing.T, s graph.Store, batches ...graph.Batch) {
	t.Helper()
	for i := range batches {
		if err := s.Apply(t.Context(), batches[i]); err != nil {
			t.Fatalf("apply batch %d: %v", i, err)
		}
	}
}

// must returns a value, or ends the test.
func must[T any](v T, err error) func(t *testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func hash(t *testing.T, s graph.Store) string {
	t.Helper()
	return must(s.Hash(t.Context()))(t)
}

// everything is a page that holds all of a small list.
var everything = graph.Page{First: 1000}

// allStatements returns the statements that stand, in an order.
func allStatements(t *testing.T, s graph.Store, f graph.StatementFilter, o graph.StatementOrder) []graph.Statement {
	t.Helper()
	return must(s.FindStatements(t.Context(), f, o, everything))(t).Items
}
