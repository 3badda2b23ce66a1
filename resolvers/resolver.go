package resolvers

import (
	"context"

	"mawqif/graph"
)

// resolver answers the fields of the schema.
type resolver struct {
	reader graph.Reader
	// codebook is where an issue's key is looked up if none is named.
	codebook string
	// projections are what networks and matrices are made from.
	projections *projections
}

type loadersKey struct{}

func withLoaders(ctx context.Context, l *loaders) context.Context {
	return context.WithValue(ctx, loadersKey{}, l)
}

// load returns the loaders of the request.
func load(ctx context.Context) *loaders { return ctx.Value(loadersKey{}).(*loaders) }
