package resolvers

import (
	"context"
	"fmt"

	"github.com/99designs/gqlgen/graphql"

	"mawqif/graph"
	"mawqif/resolvers/internal/model"
)

// maxFirst bounds the page of a list, maxGroups the groups of stances.
const (
	maxFirst  = 100
	maxGroups = 1000
)

// page reads the arguments of a list. The total is counted only if the client
// asks for it.
func page(ctx context.Context, list string, first int, after *string) (graph.Page, error) {
	if err := between("first", first, 1, maxFirst); err != nil {
		return graph.Page{}, err
	}
	p := graph.Page{First: first, Count: asked(ctx, "totalCount")}
	if after == nil {
		return p, nil
	}
	var err error
	p.After, err = decodeCursor(list, *after)
	return p, err
}

// asked tells whether the client selects a field of what is being resolved.
func asked(ctx context.Context, field string) bool {
	for _, f := range graphql.CollectFieldsCtx(ctx, nil) {
		if f.Name == field {
			return true
		}
	}
	return false
}

// connection makes a page of a list of what the store found.
func connection[T any](list string, p graph.Page, found graph.Slice[T]) model.Connection[T] {
	return connectionOf(list, p, found, func(v T) T { return v })
}

// connectionOf is connection for a list whose nodes are made of its items.
func connectionOf[T, N any](list string, p graph.Page, found graph.Slice[T], node func(T) N) model.Connection[N] {
	c := model.Connection[N]{
		TotalCount: found.Total,
		PageInfo:   model.PageInfo{HasNextPage: found.More, HasPreviousPage: p.After != graph.Cursor{}},
		Edges:      make([]model.Edge[N], len(found.Items)),
	}
	for i, item := range found.Items {
		c.Edges[i] = model.Edge[N]{Cursor: encodeCursor(list, found.Cursors[i]), Node: node(item)}
	}
	if n := len(c.Edges); n > 0 {
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &c.Edges[0].Cursor, &c.Edges[n-1].Cursor
	}
	return c
}

func between(argument string, value, low, high int) error {
	if value < low || value > high {
		return fmt.Errorf("%w: `%s` is %d, it must be between %d and %d", graph.ErrInvalid, argument, value, low, high)
	}
	return nil
}

// findStatements lists statements for every field that does.
func (r *resolver) findStatements(ctx context.Context, f graph.StatementFilter, order graph.StatementOrder, first int, after *string) (model.Connection[graph.Statement], error) {
	return findStatements(ctx, r.reader, f, order, first, after)
}

func findStatements(ctx context.Context, r graph.Finder, f graph.StatementFilter, order graph.StatementOrder, first int, after *string) (model.Connection[graph.Statement], error) {
	list := "statements/" + string(order)
	p, err := page(ctx, list, first, after)
	if err != nil {
		return model.Connection[graph.Statement]{}, err
	}
	found, err := r.FindStatements(ctx, f, order, p)
	if err != nil {
		return model.Connection[graph.Statement]{}, err
	}
	for _, s := range found.Items {
		load(ctx).seeStatement(s)
	}
	return connection(list, p, found), nil
}

// countStances counts stances for every field that does: the store's count if
// it has the unit.
func (r *resolver) countStances(ctx context.Context, q graph.StanceQuery) ([]model.Stance, error) {
	if err := between("limit", q.Limit, 1, maxGroups); err != nil {
		return nil, err
	}
	var list []model.Stance
	if q.Unit == graph.UnitStatement || q.Unit == graph.UnitArticle {
		found, err := r.reader.Stances(ctx, q)
		if err != nil {
			return nil, err
		}
		behind := &behindStances{resolver: r, query: q}
		for _, s := range found {
			list = append(list, model.Stance{Stance: s, Behind: func(ctx context.Context) ([]graph.ID, error) {
				return behind.of(ctx, s)
			}})
		}
	} else {
		cells, err := r.stanceCells(ctx, q)
		if err != nil {
			return nil, err
		}
		for i := range cells.list {
			list = append(list, model.Stance{Stance: cells.stance(i), Behind: func(context.Context) ([]graph.ID, error) {
				return cells.projection.Statements(&cells.list[i]), nil
			}})
		}
	}
	if len(list) == 0 {
		addNote(ctx, nothingMatches)
	}
	for _, s := range list {
		load(ctx).seeStance(s.Stance)
	}
	return list, nil
}

// node finds any node by its id.
func (r *resolver) node(ctx context.Context, id graph.ID) (model.Node, error) {
	l := load(ctx)
	switch id.Kind() {
	case graph.KindActor:
		return l.actors.get(ctx, id)
	case graph.KindStatement:
		return l.statements.get(ctx, id)
	case graph.KindPosition:
		return l.positions.get(ctx, id)
	case graph.KindIssue:
		return l.issues.get(ctx, id)
	case graph.KindPlace:
		return l.places.get(ctx, id)
	case graph.KindOutlet:
		return l.outlets.get(ctx, id)
	case graph.KindRun:
		return l.runs.get(ctx, id)
	case graph.KindArticle:
		p, err := l.articles.get(ctx, id)
		if err != nil {
			return nil, err
		}
		return p.Article, nil
	}
	return nil, fmt.Errorf("%w: %.60q is not an id; ids come from `id` fields", graph.ErrInvalid, id)
}

// hit is the node that a search found.
func hit(h graph.Hit) model.SearchHit {
	switch {
	case h.Actor != nil:
		return *h.Actor
	case h.Statement != nil:
		return *h.Statement
	}
	return *h.Article
}
