// Package resolvers serves a graph over HTTP: the GraphQL API of schema/ with
// its limits, GraphiQL, health and metrics. [NewHandler] makes the handler,
// [Serve] runs it.
//
// The *.resolvers.go files answer the fields of the schema, one file a
// concept, by asking a [graph.Reader]: lists with one question each, single
// relations through loaders that gather what a list needs. Run `go generate`
// here after a change of the schema; the generated code lies in internal/gen.
package resolvers

//go:generate sh -c "cd .. && go tool gqlgen"
