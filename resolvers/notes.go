package resolvers

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// note tells something about a list that its items do not: why it is empty,
// what was left out. Notes stand in the extensions of an answer.
type note struct {
	Path    ast.Path `json:"path"`
	Message string   `json:"message"`
}

// notes gathers the notes of an answer.
type notes struct {
	mu   sync.Mutex
	list []note
}

type notesKey struct{}

// addNote adds a note on the field that is being resolved.
func addNote(ctx context.Context, message string) {
	n := ctx.Value(notesKey{}).(*notes)
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.list) < maxErrors {
		n.list = append(n.list, note{graphql.GetPath(ctx), message})
	}
}

// sorted returns the notes in the order of their paths: resolvers run side by
// side.
func (n *notes) sorted() []note {
	n.mu.Lock()
	defer n.mu.Unlock()
	slices.SortStableFunc(n.list, func(a, b note) int { return strings.Compare(a.Path.String(), b.Path.String()) })
	return n.list
}
