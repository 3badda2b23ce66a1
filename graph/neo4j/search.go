package neo4j

import (
	"context"
	"fmt"

	"mawqif/graph"
)

// Search implements [graph.Finder].
func (s *Store) Search(ctx context.Context, text string, p graph.Page) (graph.Slice[graph.Hit], error) {
	var none graph.Slice[graph.Hit]
	if p.First < 1 {
		return none, fmt.Errorf("%w: a page holds at least 1 item, not %d", graph.ErrInvalid, p.First)
	}
	w, err := words(text, true)
	if err != nil {
		return none, err
	}
	if w == "" {
		return none, ctx.Err()
	}
	actors, err := s.actorList(graph.ActorFilter{Text: text})
	if err != nil {
		return none, err
	}
	statements, err := s.statementList(graph.StatementFilter{}, graph.NewestFirst)
	if err != nil {
		return none, err
	}
	statements.parts, statements.params["words"] = []string{"by-statement-words", "as-node"}, w
	articles, err := s.articleList(graph.ArticleFilter{Text: text}, true)
	if err != nil {
		return none, err
	}
	return graph.SearchPage(p,
		hitList(ctx, s, graph.KindActor, actors, func(a *graph.Actor) graph.Hit { return graph.Hit{Actor: a} }),
		hitList(ctx, s, graph.KindStatement, statements, func(s *graph.Statement) graph.Hit { return graph.Hit{Statement: s} }),
		hitList(ctx, s, graph.KindArticle, articles, func(a *graph.Article) graph.Hit { return graph.Hit{Article: a} }),
	)
}

func hitList[T any](ctx context.Context, s *Store, kind graph.Kind, l *listing[T], hit func(*T) graph.Hit) graph.HitList {
	return graph.HitList{Kind: kind, Read: func(p graph.Page) (graph.Slice[graph.Hit], error) {
		found, err := page(ctx, s, l, p)
		out := graph.Slice[graph.Hit]{Cursors: found.Cursors, More: found.More, Total: found.Total}
		for i := range found.Items {
			out.Items = append(out.Items, hit(&found.Items[i]))
		}
		return out, err
	}}
}
