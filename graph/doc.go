// Package graph is the domain of mawqif: who is reported to have said what,
// about whom, where and when, with the words that prove it.
//
// A [Statement] is an attribution relation: content said by a source and
// introduced by a cue. It never says that something is so, only that someone
// is reported to have said it; two statements that contradict each other both
// stand. A [Position] is a proposition of a codebook with its object and place
// filled in, which a statement accepts, rejects or leaves open.
//
// The package knows no database, no GraphQL and no language. Stores implement
// [Store]; their common promises are pinned by package graphtest.
package graph
