package sqlite

import (
	"context"
	"errors"
	"fmt"

	"mawqif/graph"
)

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
	return graph.SearchPage(p, parts...)
}

func (s *Store) searchParts(ctx context.Context, text string) ([]graph.HitList, error) {
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
	return []graph.HitList{
		partOf(ctx, s, graph.KindActor, actors, func(a *graph.Actor) graph.Hit { return graph.Hit{Actor: a} }),
		partOf(ctx, s, graph.KindStatement, statements, func(s *graph.Statement) graph.Hit { return graph.Hit{Statement: s} }),
		partOf(ctx, s, graph.KindArticle, articles, func(a *graph.Article) graph.Hit { return graph.Hit{Article: a} }),
	}, nil
}

// partOf makes a list a part of a search.
func partOf[T any](ctx context.Context, s *Store, kind graph.Kind, l *listing[T], hit func(*T) graph.Hit) graph.HitList {
	return graph.HitList{Kind: kind, Read: func(p graph.Page) (graph.Slice[graph.Hit], error) {
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
