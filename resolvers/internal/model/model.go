// Package model holds the Go types behind the GraphQL schema that are no types
// of the domain: scalars, lists page by page, evidence in its context.
package model

import "mawqif/graph"

// Node is whatever has an id: a node of the graph.
type Node any

// SearchHit is a [graph.Actor], a [graph.Statement] or a [graph.Article].
type SearchHit any

// Evidence is a passage of an article with the text around it, and whether the
// stored text bears it out.
type Evidence struct {
	graph.Evidence
	Before, After string
	Verified      bool
}

// PageInfo tells where in a list a page stands.
type PageInfo struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}

// Connection is a page of a list.
type Connection[T any] struct {
	// TotalCount is the length of the whole list; 0 if it was not asked for.
	TotalCount int
	PageInfo   PageInfo
	Edges      []Edge[T]
}

// Edge is an item of a list with its place in it.
type Edge[T any] struct {
	Cursor string
	Node   T
}

// ActorConnection and the others are the lists of the schema.
type (
	ActorConnection     = Connection[graph.Actor]
	ActorEdge           = Edge[graph.Actor]
	StatementConnection = Connection[graph.Statement]
	StatementEdge       = Edge[graph.Statement]
	ArticleConnection   = Connection[graph.Article]
	ArticleEdge         = Edge[graph.Article]
	PositionConnection  = Connection[graph.Position]
	PositionEdge        = Edge[graph.Position]
	IssueConnection     = Connection[graph.Issue]
	IssueEdge           = Edge[graph.Issue]
	PlaceConnection     = Connection[graph.Place]
	PlaceEdge           = Edge[graph.Place]
	SearchConnection    = Connection[SearchHit]
	SearchEdge          = Edge[SearchHit]
)
