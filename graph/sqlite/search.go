package sqlite

import (
	"context"
	"errors"
	"fmt"

	"mawqif/graph"
)

// part is one of the three lists that a search joins.
type part struct {
	kind graph.Kind
	read func(graph.Page) (graph.Slice[graph.Hit], error)
}

// Search implements [graph.Finder]. Its list is that of the actors, then that
// of the statements, then that of the articles.
func (s *Store) Search(ctx context.Context, text string, p graph.Page) (graph.Slice[graph.Hit], error) {
	var out graph.Slice[graph.Hit]
	if p.First < 1 {
		return out, fmt.Errorf("%w: a page holds at least 1 item, not %d", graph.ErrInvalid, p.First)
	}
	if q, err := match(text, true); q == "" {
		if err == nil {
			err = ctx.Err()
		}
		return out, err
	}
	parts, err := s.searchParts(ctx, text)
	if err != nil {
		return out, err
	}
	for len(parts) > 0 && p.After.ID != "" && p.After.ID.Kind() != parts[0].kind {
		// A part that lies before the page counts, no more.
		if p.Count {
			found, err := parts[0].read(graph.Page{First: 1, Count: true})
			if err != nil {
				return out, err
			}
			out.Total += found.Total
		}
		parts = parts[1:]
	}
	if len(parts) == 0 {
		return graph.Slice[graph.Hit]{}, fmt.Errorf("%w: the cursor is not one of a search; begin at its first page", graph.ErrInvalid)
	}
	after := p.After
	for _, part := range parts {
		missing := p.First - len(out.Items)
		if missing == 0 && out.More && !p.Count {
			break
		}
		// When the page is full it matters whether anything follows.
		found, err := part.read(graph.Page{First: max(1, missing), After: after, Count: p.Count})
		if err != nil {
			return graph.Slice[graph.Hit]{}, err
		}
		after = graph.Cursor{}
		out.Total += found.Total
		if missing == 0 {
			out.More = out.More || len(found.Items) > 0
			continue
		}
		out.Items = append(out.Items, found.Items...)
		out.Cursors = append(out.Cursors, found.Cursors...)
		out.More = found.More
	}
	return out, nil
}

func (s *Store) searchParts(ctx context.Context, text string) ([]part, error) {
	actors, err1 := actorList(graph.ActorFilter{Text: text})
	statements, err2 := statementList(&graph.StatementFilter{}, graph.NewestFirst)
	articles, err3 := articleList(graph.ArticleFilter{})
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	if err := errors.Join(
		statements.where.words("s.n", "statement_words", text, true),
		articles.where.words("a.n", "article_words", text, true),
	); err != nil {
		return nil, err
	}
	return []part{
		partOf(ctx, s, graph.KindActor, actors, func(a *graph.Actor) graph.Hit { return graph.Hit{Actor: a} }),
		partOf(ctx, s, graph.KindStatement, statements, func(s *graph.Statement) graph.Hit { return graph.Hit{Statement: s} }),
		partOf(ctx, s, graph.KindArticle, articles, func(a *graph.Article) graph.Hit { return graph.Hit{Article: a} }),
	}, nil
}

// partOf makes a list a part of a search.
func partOf[T any](ctx context.Context, s *Store, kind graph.Kind, l *listing[T], hit func(*T) graph.Hit) part {
	return part{kind, func(p graph.Page) (graph.Slice[graph.Hit], error) {
		found, err := page(ctx, s, l, p)
		if err != nil {
			return graph.Slice[graph.Hit]{}, err
		}
		out := graph.Slice[graph.Hit]{Cursors: found.Cursors, More: found.More, Total: found.Total}
		for i := range found.Items {
			out.Items = append(out.Items, hit(&found.Items[i]))
		}
		return out, nil
	}}
}
