package export

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"mawqif/graph"
)

// pageSize is how many statements are read at a time.
const pageSize = 1000

// Batches reads the statements that match a filter out of a store as batches:
// each an article with its statements that match, in its order, and every node
// that they refer to, by id, wholes and parents included. Articles come in the
// order of their ids; one without such a statement is left out. The stream
// ends with the first error.
func Batches(ctx context.Context, r graph.Reader, f graph.StatementFilter) iter.Seq2[graph.Batch, error] {
	return func(yield func(graph.Batch, error) bool) {
		known := newNodes(r)
		page := graph.Page{First: pageSize}
		var pending []graph.Statement
		for {
			found, err := r.FindStatements(ctx, f, graph.InArticleOrder, page)
			if err != nil {
				yield(graph.Batch{}, fmt.Errorf("read statements: %w", err))
				return
			}
			pending = append(pending, found.Items...)
			whole := len(pending)
			if found.More {
				// The last article may go on with the next page.
				last := pending[len(pending)-1].Article
				for whole > 0 && pending[whole-1].Article == last {
					whole--
				}
				page.After = found.Cursors[len(found.Cursors)-1]
			}
			batches, err := known.batches(ctx, pending[:whole])
			if err != nil {
				yield(graph.Batch{}, err)
				return
			}
			for _, b := range batches {
				if !yield(b, nil) {
					return
				}
			}
			if !found.More {
				return
			}
			pending = slices.Clone(pending[whole:])
		}
	}
}

// readAhead is how many articles are read ahead of those that are written.
const readAhead = 64

// ahead yields what a sequence does, which runs beside, at most so many items
// ahead. It ends before ahead does.
func ahead[T any](items int, of iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		type item struct {
			value T
			err   error
		}
		queue, enough := make(chan item, items), make(chan struct{})
		go func() {
			defer close(queue)
			for v, err := range of {
				select {
				case queue <- item{v, err}:
				case <-enough:
					return
				}
			}
		}()
		defer func() {
			close(enough)
			for range queue { // until it has ended
			}
		}()
		for i := range queue {
			if !yield(i.value, i.err) {
				return
			}
		}
	}
}

// nodes are those that were read so far, but for articles, each once.
type nodes struct {
	reader    graph.Reader
	actors    map[graph.ID]graph.Actor
	places    map[graph.ID]graph.Place
	outlets   map[graph.ID]graph.Outlet
	issues    map[graph.ID]graph.Issue
	positions map[graph.ID]graph.Position
	runs      map[graph.ID]graph.Run
	offices   map[graph.ID][]graph.Held
}

func newNodes(r graph.Reader) *nodes {
	return &nodes{
		reader: r, actors: map[graph.ID]graph.Actor{}, places: map[graph.ID]graph.Place{}, outlets: map[graph.ID]graph.Outlet{},
		issues: map[graph.ID]graph.Issue{}, positions: map[graph.ID]graph.Position{}, runs: map[graph.ID]graph.Run{},
		offices: map[graph.ID][]graph.Held{},
	}
}

// learn reads the nodes of some ids that are not known, and with them what
// each refers to among its own kind.
func learn[T any](ctx context.Context, known map[graph.ID]T, read func(context.Context, []graph.ID) (map[graph.ID]T, error), ids []graph.ID, refers func(T) []graph.ID) error {
	for {
		slices.Sort(ids)
		ids = slices.DeleteFunc(slices.Compact(ids), func(id graph.ID) bool {
			_, ok := known[id]
			return ok || id == ""
		})
		if len(ids) == 0 {
			return nil
		}
		found, err := read(ctx, ids)
		if err != nil {
			return err
		}
		var next []graph.ID
		for _, id := range ids {
			n, ok := found[id]
			if !ok {
				return fmt.Errorf("%w: %s, which a statement refers to", graph.ErrNotFound, id)
			}
			known[id] = n
			if refers != nil {
				next = append(next, refers(n)...)
			}
		}
		ids = next
	}
}

// batches makes batches of the statements of whole articles, sorted by article.
func (n *nodes) batches(ctx context.Context, statements []graph.Statement) ([]graph.Batch, error) {
	if len(statements) == 0 {
		return nil, nil
	}
	var articleIDs, actors, places, outlets, issues, positions, runs []graph.ID
	for i := range statements {
		s := &statements[i]
		articleIDs = append(articleIDs, s.Article)
		actors = append(actors, s.Speaker, s.OnBehalfOf)
		outlets = append(outlets, s.RelayedVia)
		places = append(places, s.Places...)
		runs = append(runs, s.Run)
		for _, t := range s.Targets {
			actors = append(actors, t.Actor)
		}
		for _, t := range s.Positions {
			positions = append(positions, t.Position)
		}
	}
	articles, err := n.reader.Articles(ctx, slices.Compact(articleIDs))
	if err != nil {
		return nil, fmt.Errorf("read articles: %w", err)
	}
	for _, a := range articles {
		outlets = append(outlets, a.Outlet)
	}
	if err := learn(ctx, n.positions, n.reader.Positions, positions, nil); err != nil {
		return nil, fmt.Errorf("read positions: %w", err)
	}
	for i := range statements {
		for _, t := range statements[i].Positions {
			p := n.positions[t.Position]
			issues, actors, places = append(issues, p.Issue), append(actors, p.Object), append(places, p.Place)
		}
	}
	if err := n.learnOffices(ctx, statements); err != nil {
		return nil, fmt.Errorf("read offices: %w", err)
	}
	for i := range statements {
		for _, h := range n.offices[statements[i].Speaker] {
			actors = append(actors, h.Institution)
		}
	}
	for _, err := range []error{
		learn(ctx, n.actors, n.reader.Actors, actors, func(a graph.Actor) []graph.ID { return a.PartOf }),
		learn(ctx, n.places, n.reader.Places, places, func(p graph.Place) []graph.ID { return []graph.ID{p.PartOf} }),
		learn(ctx, n.issues, n.reader.Issues, issues, func(i graph.Issue) []graph.ID { return []graph.ID{i.Parent} }),
		learn(ctx, n.outlets, n.reader.Outlets, outlets, nil),
		learn(ctx, n.runs, n.reader.Runs, runs, nil),
	} {
		if err != nil {
			return nil, fmt.Errorf("read nodes: %w", err)
		}
	}
	var all []graph.Batch
	for len(statements) > 0 {
		first := &statements[0]
		end := 1
		for end < len(statements) && statements[end].Article == first.Article && statements[end].Run == first.Run {
			end++
		}
		article, ok := articles[first.Article]
		if !ok {
			return nil, fmt.Errorf("%w: %s, which reports a statement", graph.ErrNotFound, first.Article)
		}
		all = append(all, n.batch(article, statements[:end:end]))
		statements = statements[end:]
	}
	return all, nil
}

func (n *nodes) learnOffices(ctx context.Context, statements []graph.Statement) error {
	var persons []graph.ID
	for i := range statements {
		if id := statements[i].Speaker; id != "" {
			if _, ok := n.offices[id]; !ok {
				n.offices[id] = nil
				persons = append(persons, id)
			}
		}
	}
	if len(persons) == 0 {
		return nil
	}
	found, err := n.reader.Offices(ctx, persons)
	for id, held := range found {
		n.offices[id] = held
	}
	return err
}

// batch gathers what the statements of an article refer to.
func (n *nodes) batch(article graph.Article, statements []graph.Statement) graph.Batch {
	b := graph.Batch{Article: article, Run: n.runs[statements[0].Run], Statements: statements}
	g := newGathered(n)
	g.outlets.add(article.Outlet, nil)
	for i := range statements {
		s := &statements[i]
		g.actors.add(s.OnBehalfOf, wholes)
		if g.actors.add(s.Speaker, wholes) {
			for _, h := range n.offices[s.Speaker] {
				g.actors.add(h.Institution, wholes)
				b.Held = append(b.Held, h)
			}
		}
		g.outlets.add(s.RelayedVia, nil)
		for _, t := range s.Targets {
			g.actors.add(t.Actor, wholes)
		}
		for _, p := range s.Places {
			g.places.add(p, surroundings)
		}
		for _, t := range s.Positions {
			g.position(t.Position)
		}
	}
	g.into(&b)
	return b
}

// gathered are the nodes of a batch.
type gathered struct {
	actors    gathering[graph.Actor]
	places    gathering[graph.Place]
	outlets   gathering[graph.Outlet]
	issues    gathering[graph.Issue]
	positions gathering[graph.Position]
}

func newGathered(n *nodes) *gathered {
	return &gathered{
		actors: gathering[graph.Actor]{of: n.actors}, places: gathering[graph.Place]{of: n.places},
		outlets: gathering[graph.Outlet]{of: n.outlets}, issues: gathering[graph.Issue]{of: n.issues},
		positions: gathering[graph.Position]{of: n.positions},
	}
}

// What a node refers to among its own kind.
func wholes(a graph.Actor) []graph.ID       { return a.PartOf }
func surroundings(p graph.Place) []graph.ID { return []graph.ID{p.PartOf} }
func parents(i graph.Issue) []graph.ID      { return []graph.ID{i.Parent} }

// position takes a position and what it is about.
func (g *gathered) position(id graph.ID) {
	g.positions.add(id, func(p graph.Position) []graph.ID {
		g.issues.add(p.Issue, parents)
		g.actors.add(p.Object, wholes)
		g.places.add(p.Place, surroundings)
		return nil
	})
}

// into puts the nodes into a batch, by id.
func (g *gathered) into(b *graph.Batch) {
	b.Actors, b.Places, b.Outlets = g.actors.sorted(), g.places.sorted(), g.outlets.sorted()
	b.Issues, b.Positions = g.issues.sorted(), g.positions.sorted()
}

// gathering takes nodes out of those that are known, each once.
type gathering[T any] struct {
	of  map[graph.ID]T
	ids []graph.ID
	in  map[graph.ID]bool
}

// add takes a node and what it refers to, and tells whether it is new.
func (g *gathering[T]) add(id graph.ID, refers func(T) []graph.ID) bool {
	if id == "" || g.in[id] {
		return false
	}
	if g.in == nil {
		g.in = map[graph.ID]bool{}
	}
	g.in[id] = true
	g.ids = append(g.ids, id)
	if refers != nil {
		for _, next := range refers(g.of[id]) {
			g.add(next, refers)
		}
	}
	return true
}

func (g *gathering[T]) sorted() []T {
	slices.SortFunc(g.ids, func(a, b graph.ID) int { return cmp.Compare(a, b) })
	all := make([]T, len(g.ids))
	for i, id := range g.ids {
		all[i] = g.of[id]
	}
	return all
}

// once tells of each node whether it is met for the first time.
type once map[graph.ID]bool

func (o once) first(id graph.ID) bool {
	if o[id] {
		return false
	}
	o[id] = true
	return true
}
