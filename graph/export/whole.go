package export

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"

	"mawqif/graph"
)

// chunk is how many articles, or nodes that no statement refers to, make their
// way at a time.
const chunk = 100

// Whole reads a graph as batches that make the same graph in another store: all
// that stands now, whether a statement refers to it or not. The batches of
// first are to be applied in their order; those of rest, of which each article
// gives one or more, in any order after that.
func Whole(ctx context.Context, r graph.Reader) (first []graph.Batch, rest iter.Seq2[graph.Batch, error], err error) {
	w := whole{nodes: newNodes(r), given: map[graph.ID]bool{}}
	if err := w.read(ctx); err != nil {
		return nil, nil, err
	}
	if len(w.runs) == 0 {
		return nil, func(func(graph.Batch, error) bool) {}, nil
	}
	article, err := w.firstArticle(ctx)
	if err != nil {
		return nil, nil, err
	}
	// A run is known by its batches, and the last batch of an article is what
	// stands: so these come before it.
	for _, id := range slices.Sorted(maps.Keys(w.runs)) {
		b := w.bare(article)
		b.Run = w.runs[id]
		first = append(first, b)
	}
	return first, func(yield func(graph.Batch, error) bool) {
		if err := w.stream(ctx, yield); err != nil && !errors.Is(err, errEnough) {
			yield(graph.Batch{}, err)
		}
	}, nil
}

// whole is a graph that is read whole.
type whole struct {
	*nodes
	// given are the nodes that stood in a batch.
	given map[graph.ID]bool
	last  graph.Batch
}

// errEnough ends a walk whose reader has enough.
var errEnough = errors.New("enough")

// read reads every node but articles and statements.
func (w *whole) read(ctx context.Context) error {
	keep := func(node any) error {
		switch n := node.(type) {
		case graph.Actor:
			w.actors[n.ID] = n
		case graph.Place:
			w.places[n.ID] = n
		case graph.Issue:
			w.issues[n.ID] = n
		case graph.Position:
			w.positions[n.ID] = n
		case graph.Outlet:
			w.outlets[n.ID] = n
		case graph.Run:
			w.runs[n.ID] = n
		}
		return nil
	}
	for _, kind := range graph.Kinds {
		if kind == graph.KindArticle || kind == graph.KindStatement {
			continue
		}
		if err := w.reader.Walk(ctx, kind, keep); err != nil {
			return fmt.Errorf("read every %s: %w", kind, err)
		}
	}
	for persons := range slices.Chunk(slices.Sorted(maps.Keys(w.actors)), pageSize) {
		offices, err := w.reader.Offices(ctx, persons)
		if err != nil {
			return fmt.Errorf("read offices: %w", err)
		}
		maps.Copy(w.offices, offices)
	}
	return nil
}

func (w *whole) firstArticle(ctx context.Context) (article graph.Article, err error) {
	err = w.reader.Walk(ctx, graph.KindArticle, func(node any) error {
		article = node.(graph.Article)
		return errEnough
	})
	if err == nil {
		return article, fmt.Errorf("%w: there are runs and no article", graph.ErrNotFound)
	}
	if !errors.Is(err, errEnough) {
		return article, fmt.Errorf("read articles: %w", err)
	}
	return article, nil
}

// bare is the batch of an article without statements.
func (w *whole) bare(article graph.Article) graph.Batch {
	b := graph.Batch{Article: article, Run: w.runs[slices.Min(slices.Collect(maps.Keys(w.runs)))]}
	if article.Outlet != "" {
		b.Outlets = []graph.Outlet{w.outlets[article.Outlet]}
	}
	return b
}

func (w *whole) stream(ctx context.Context, yield func(graph.Batch, error) bool) error {
	give := func(b graph.Batch) error {
		w.note(&b)
		w.last = b
		if !yield(b, nil) {
			return errEnough
		}
		return nil
	}
	var articles []graph.Article
	flush := func() error {
		found, err := w.statements(ctx, articles)
		if err != nil {
			return err
		}
		for _, a := range articles {
			b := w.bare(a)
			if statements := found[a.ID]; len(statements) > 0 {
				b = w.batch(a, statements)
			}
			if err := give(b); err != nil {
				return err
			}
		}
		articles = articles[:0]
		return nil
	}
	err := w.reader.Walk(ctx, graph.KindArticle, func(node any) error {
		articles = append(articles, node.(graph.Article))
		if len(articles) < chunk {
			return nil
		}
		return flush()
	})
	if err == nil {
		err = flush()
	}
	if err != nil {
		return err
	}
	return w.leftovers(give)
}

// statements reads those of some articles, by article.
func (w *whole) statements(ctx context.Context, articles []graph.Article) (map[graph.ID][]graph.Statement, error) {
	found := map[graph.ID][]graph.Statement{}
	if len(articles) == 0 {
		return found, nil
	}
	var f graph.StatementFilter
	for _, a := range articles {
		f.Articles = append(f.Articles, a.ID)
	}
	page := graph.Page{First: pageSize}
	for {
		list, err := w.reader.FindStatements(ctx, f, graph.InArticleOrder, page)
		if err != nil {
			return nil, fmt.Errorf("read statements: %w", err)
		}
		for _, s := range list.Items {
			found[s.Article] = append(found[s.Article], s)
		}
		if !list.More {
			return found, nil
		}
		page.After = list.Cursors[len(list.Cursors)-1]
	}
}

func (w *whole) note(b *graph.Batch) {
	for i := range b.Actors {
		w.given[b.Actors[i].ID] = true
	}
	for i := range b.Places {
		w.given[b.Places[i].ID] = true
	}
	for i := range b.Outlets {
		w.given[b.Outlets[i].ID] = true
	}
	for i := range b.Issues {
		w.given[b.Issues[i].ID] = true
	}
	for i := range b.Positions {
		w.given[b.Positions[i].ID] = true
	}
	for _, h := range b.Held {
		w.given[h.Person] = true
	}
}

// leftovers gives the nodes that no statement refers to, and the offices of
// those who do not speak, a chunk at a time, together with the last article,
// which is thereby given again as it is.
func (w *whole) leftovers(give func(graph.Batch) error) error {
	held := map[graph.ID]bool{}
	for id := range w.offices {
		held[id] = true
	}
	var left []graph.ID
	for id := range w.offices {
		left = append(left, id)
	}
	for _, of := range []iter.Seq[graph.ID]{maps.Keys(w.actors), maps.Keys(w.places), maps.Keys(w.issues), maps.Keys(w.positions), maps.Keys(w.outlets)} {
		for id := range of {
			if !w.given[id] && !held[id] {
				left = append(left, id)
			}
		}
	}
	slices.Sort(left)
	last := w.last
	for ids := range slices.Chunk(left, chunk) {
		if err := give(w.with(last, ids)); err != nil {
			return err
		}
	}
	return nil
}

// with adds nodes to a batch, and the offices of those that are persons.
func (w *whole) with(b graph.Batch, ids []graph.ID) graph.Batch {
	g := newGathered(w.nodes)
	for i := range b.Actors {
		g.actors.add(b.Actors[i].ID, wholes)
	}
	for i := range b.Places {
		g.places.add(b.Places[i].ID, surroundings)
	}
	for i := range b.Outlets {
		g.outlets.add(b.Outlets[i].ID, nil)
	}
	for i := range b.Positions {
		g.position(b.Positions[i].ID)
	}
	for i := range b.Issues {
		g.issues.add(b.Issues[i].ID, parents)
	}
	b.Held = slices.Clone(b.Held)
	for _, id := range ids {
		switch id.Kind() {
		case graph.KindActor:
			g.actors.add(id, wholes)
			for _, h := range w.offices[id] {
				g.actors.add(h.Institution, wholes)
				b.Held = append(b.Held, h)
			}
		case graph.KindPlace:
			g.places.add(id, surroundings)
		case graph.KindIssue:
			g.issues.add(id, parents)
		case graph.KindPosition:
			g.position(id)
		case graph.KindOutlet:
			g.outlets.add(id, nil)
		}
	}
	g.into(&b)
	return b
}
