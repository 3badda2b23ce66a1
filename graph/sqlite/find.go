package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"mawqif/graph"
)

// listing is a list of nodes.
type listing[T any] struct {
	table string   // that the conditions are on
	alias string   // of the table
	index string   // that has the rows in the order of the list
	sort  []string // the columns of that order; the last is the rank or the id
	size  string   // query of how many rows there are, about
	where where
	node[T]
}

// node is how a kind of node is read.
type node[T any] struct {
	columns string
	tables  string // joined on n
	alias   string // of the table that has n
	scan    scanner[T]
	id      func(*T) graph.ID
	// ranked tells that the rows have ranks, else they have ids.
	ranked bool
}

// probe is how many rows of a condition are counted, to tell which is rare.
const probe = 20_000

// page reads a page of a list.
func page[T any](ctx context.Context, s *Store, l *listing[T], p graph.Page) (graph.Slice[T], error) {
	var out graph.Slice[T]
	if p.First < 1 {
		return out, fmt.Errorf("%w: a page holds at least 1 item, not %d", graph.ErrInvalid, p.First)
	}
	after, err := l.parseCursor(p.After)
	if err != nil {
		return out, err
	}
	counts, err := l.probe(ctx, s)
	if err != nil {
		return out, err
	}
	if by := counts.rarest(); by != none && counts.each[by] == 0 {
		return out, nil
	}
	if p.Count {
		query, args := l.countQuery(counts)
		total, err := ask(ctx, s, scanNumber, query, args...)
		if err != nil {
			return out, err
		}
		out.Total = int(total[0])
	}
	type item struct {
		node T
		keys []any
	}
	query, args := l.query(counts, after, p.First+1)
	items, err := ask(ctx, s, func(r *sql.Rows, _ ...any) (i item, err error) {
		i.keys = make([]any, len(l.sort)-1)
		into := make([]any, len(i.keys))
		for k := range into {
			into[k] = &i.keys[k]
		}
		i.node, err = l.scan(r, into...)
		return i, err
	}, query, args...)
	if err != nil {
		return out, err
	}
	if out.More = len(items) > p.First; out.More {
		items = items[:p.First]
	}
	out.Items = make([]T, len(items))
	out.Cursors = make([]graph.Cursor, len(items))
	for i := range items {
		out.Items[i] = items[i].node
		out.Cursors[i] = graph.Cursor{Key: list(items[i].keys), ID: l.id(&items[i].node)}
	}
	return out, nil
}

// counts are how many rows a list has about, and how many fulfil each of its
// conditions, none if it is not known, at most [probe].
type counts struct {
	all  float64
	each []float64
}

// probe counts what the conditions find by their indexes. SQLite cannot know
// it, since the values are parameters, and would walk through the whole list
// for a rare one, or gather and sort half of it for a common one.
func (l *listing[T]) probe(ctx context.Context, s *Store) (counts, error) {
	c := counts{each: make([]float64, len(l.where.conds))}
	parts := []string{"SELECT coalesce((" + l.size + "), 0)"}
	args := append([]any{}, l.where.setArgs...)
	known := false
	for i, cond := range l.where.conds {
		c.each[i] = none
		if cond.source != "" {
			known = true
			parts = append(parts, fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM (%s) LIMIT %d)", cond.source, probe))
			args = append(args, cond.sourceArgs...)
		}
	}
	if !known {
		return c, nil
	}
	found, err := ask(ctx, s, scanNumber, l.where.with()+strings.Join(parts, " UNION ALL "), args...)
	if err != nil {
		return c, err
	}
	c.all, found = max(1, float64(found[0])), found[1:]
	for i, cond := range l.where.conds {
		if cond.source != "" {
			c.each[i], found = float64(found[0]), found[1:]
		}
	}
	return c, nil
}

// rarest returns the condition that the fewest rows fulfil, or none.
func (c *counts) rarest() int {
	best := none
	for i, n := range c.each {
		if n != none && (best == none || n < c.each[best]) {
			best = i
		}
	}
	return best
}

// gather tells whether to gather the rows of the rarest condition and sort
// them, and not to walk through the list until a page is full: by which looks
// at fewer rows, if conditions do not depend on one another.
func (l *listing[T]) gather(c counts, limit int) (by int) {
	by = c.rarest()
	if by == none {
		return none
	}
	stretch, share := c.all, 1.0
	for i, n := range c.each {
		switch {
		case n == none:
		case l.where.conds[i].bounds:
			stretch = min(stretch, n)
		default:
			share *= min(1, n/c.all)
		}
	}
	walked := math.Inf(1)
	if share > 0 {
		walked = min(stretch, float64(limit)/share)
	}
	// A gathered row is looked up and sorted, a walked one mostly passed by.
	if 3*c.each[by] <= walked || c.each[by] < 100 {
		return by
	}
	return none
}

// rows returns the query of the rows: the columns of those that fulfil the
// conditions, gathered by one of them, or else in the order of the list.
func (l *listing[T]) rows(w where, columns string, by int, ordered bool) (string, []any) {
	from := l.table + " " + l.alias
	if by != none {
		w.sets = append([]string{}, w.sets...)
		w.setArgs = append([]any{}, w.setArgs...)
		w.set("gathered", "SELECT DISTINCT * FROM ("+w.conds[by].source+")", w.conds[by].sourceArgs...)
		from = fmt.Sprintf("gathered CROSS JOIN %s %s ON %[2]s.n = gathered.n", l.table, l.alias)
	} else if ordered {
		from += " INDEXED BY " + l.index
	}
	clause, args := w.tests(by)
	return w.with() + "SELECT " + columns + " FROM " + from + clause, append(append([]any{}, w.setArgs...), args...)
}

func (l *listing[T]) countQuery(c counts) (string, []any) {
	by := c.rarest()
	if by != none && c.each[by] > c.all/4 {
		by = none
	}
	return l.rows(l.where, "count(*)", by, false)
}

// query picks the rows of a page first and then reads the items of those
// alone, so that what is sorted is small.
func (l *listing[T]) query(c counts, after []any, limit int) (string, []any) {
	w := l.where
	if len(after) > 0 {
		w.conds = append([]condition{}, w.conds...)
		w.test("("+strings.Join(l.sort, ", ")+") > (?"+strings.Repeat(", ?", len(after)-1)+")", after...)
	}
	columns := []string{l.alias + ".n AS n"}
	var order, shown []string
	for i, column := range l.sort {
		columns = append(columns, fmt.Sprintf("%s AS k%d", column, i))
		order = append(order, fmt.Sprintf("picked.k%d", i))
	}
	shown = order[:len(order)-1]
	rows, args := l.rows(w, strings.Join(columns, ", "), l.gather(c, limit), true)
	return fmt.Sprintf("SELECT %s, %s FROM (%s ORDER BY %s LIMIT ?) AS picked CROSS JOIN %s WHERE %s.n = picked.n ORDER BY %s",
		l.columns, strings.Join(shown, ", "), rows, strings.Join(l.sort, ", "), l.tables, l.node.alias, strings.Join(order, ", ")), append(args, limit)
}

// parseCursor returns the values of the sort columns at a cursor, none for the
// zero cursor. The key of a cursor holds those before the last as JSON.
func (l *listing[T]) parseCursor(c graph.Cursor) ([]any, error) {
	if c == (graph.Cursor{}) {
		return nil, nil
	}
	bad := fmt.Errorf("%w: the cursor is not one of this list; begin at its first page", graph.ErrInvalid)
	in := json.NewDecoder(strings.NewReader(c.Key))
	in.UseNumber()
	var keys []any
	if c.ID.Kind() == "" {
		return nil, bad
	}
	if in.Decode(&keys) != nil || in.More() || len(keys) != len(l.sort)-1 {
		return nil, bad
	}
	for i, k := range keys {
		switch k := k.(type) {
		case string:
		case json.Number:
			if n, err := k.Int64(); err == nil {
				keys[i] = n
			} else if f, err := k.Float64(); err == nil {
				keys[i] = f
			} else {
				return nil, bad
			}
		default:
			return nil, bad
		}
	}
	if l.ranked {
		return append(keys, rank(c.ID)), nil
	}
	return append(keys, c.ID), nil
}

// FindStatements implements [graph.Finder].
func (s *Store) FindStatements(ctx context.Context, f graph.StatementFilter, o graph.StatementOrder, p graph.Page) (graph.Slice[graph.Statement], error) {
	l, err := statementList(&f, o)
	if err != nil {
		return graph.Slice[graph.Statement]{}, err
	}
	return page(ctx, s, l, p)
}

// statementOrders are the indexes of the orders of statements.
var statementOrders = map[graph.StatementOrder]struct {
	index string
	sort  []string
}{
	graph.NewestFirst:    {"statement_newest", []string{"s.newest", "s.rank"}},
	graph.OldestFirst:    {"statement_oldest", []string{"s.oldest", "s.rank"}},
	graph.SurestFirst:    {"statement_doubt", []string{"s.doubt", "s.rank"}},
	graph.InArticleOrder: {"statement_story", []string{"s.story", "s.start", "s.rank"}},
}

func statementList(f *graph.StatementFilter, o graph.StatementOrder) (*listing[graph.Statement], error) {
	order, known := statementOrders[o]
	if !known {
		return nil, fmt.Errorf("%w: there is no order %q of statements", graph.ErrInvalid, o)
	}
	l := &listing[graph.Statement]{
		table: "statement", alias: "s", index: order.index, sort: order.sort,
		size: "SELECT max(n) FROM statement", node: statementNode,
	}
	return l, l.where.statements(f, o)
}

// nodeList is the list of the nodes of a type, by their sort.
func nodeList[T any](kind graph.Kind, n node[T]) *listing[T] {
	l := &listing[T]{
		table: "node", alias: "n", index: "node_listed", sort: []string{"n.sort", "n.id"},
		size: "SELECT max(n) FROM node", node: n,
	}
	l.where.test("n.type = ?", kind)
	return l
}

// named adds that nodes have a name with the words of a text, the last of
// which may be a beginning.
func (w *where) named(text string) error {
	q, err := match(text, true)
	if q != "" {
		source := "SELECT node FROM name WHERE n IN (SELECT rowid FROM name_words WHERE name_words MATCH ?)"
		w.add(condition{test: "n.n IN (" + source + ")", args: []any{q}, source: source, sourceArgs: []any{q}})
	}
	return err
}

// FindActors implements [graph.Finder].
func (s *Store) FindActors(ctx context.Context, f graph.ActorFilter, p graph.Page) (graph.Slice[graph.Actor], error) {
	l, err := actorList(f)
	if err != nil {
		return graph.Slice[graph.Actor]{}, err
	}
	return page(ctx, s, l, p)
}

func actorList(f graph.ActorFilter) (*listing[graph.Actor], error) {
	l := nodeList(graph.KindActor, actorNode)
	if len(f.Kinds) > 0 {
		l.where.test("EXISTS (SELECT 1 FROM actor a WHERE a.n = n.n AND a.kind IN "+given+")", list(f.Kinds))
	}
	if len(f.PartOf) > 0 {
		of := []any{list(f.PartOf)}
		l.where.add(condition{
			test: "EXISTS (SELECT 1 FROM part_of p WHERE p.part = n.n AND p.whole IN " + nodes + ")", args: of,
			source: "SELECT part FROM part_of WHERE whole IN " + nodes, sourceArgs: of,
		})
	}
	return l, l.where.named(f.Text)
}

// FindArticles implements [graph.Finder].
func (s *Store) FindArticles(ctx context.Context, f graph.ArticleFilter, p graph.Page) (graph.Slice[graph.Article], error) {
	l, err := articleList(f)
	if err != nil {
		return graph.Slice[graph.Article]{}, err
	}
	return page(ctx, s, l, p)
}

func articleList(f graph.ArticleFilter) (*listing[graph.Article], error) {
	l := &listing[graph.Article]{
		table: "article", alias: "a", index: "article_newest", sort: []string{"a.newest", "a.rank"},
		size: "SELECT max(n) FROM article", node: articleNode,
	}
	column := func(name, of string, args ...any) {
		l.where.add(condition{
			test: "a." + name + of, args: args,
			source: "SELECT n FROM article WHERE " + name + of, sourceArgs: args,
		})
	}
	if len(f.Outlets) > 0 {
		column("outlet", " IN "+nodes, list(f.Outlets))
	}
	if len(f.Languages) > 0 {
		column("language", " IN "+given, list(f.Languages))
	}
	published, set, err := newPeriod(f.PublishedFrom, f.PublishedTo)
	if err != nil {
		return nil, err
	}
	if set {
		test, args := published.back("newest")
		l.where.add(condition{
			test: "a." + test, args: args, bounds: true,
			source: "SELECT n FROM article WHERE " + test, sourceArgs: args,
		})
	}
	return l, l.where.words("a.n", "article_words", f.Text, false)
}

// FindPositions implements [graph.Finder].
func (s *Store) FindPositions(ctx context.Context, f graph.PositionFilter, p graph.Page) (graph.Slice[graph.Position], error) {
	l := nodeList(graph.KindPosition, positionNode)
	for _, slot := range []struct {
		column string
		ids    []graph.ID
	}{{"issue", f.Issues}, {"object", f.Objects}, {"place", f.Places}} {
		if len(slot.ids) > 0 {
			of := []any{list(slot.ids)}
			l.where.add(condition{
				test: "EXISTS (SELECT 1 FROM position p WHERE p.n = n.n AND p." + slot.column + " IN " + nodes + ")", args: of,
				source: "SELECT n FROM position WHERE " + slot.column + " IN " + nodes, sourceArgs: of,
			})
		}
	}
	return page(ctx, s, l, p)
}

// FindIssues implements [graph.Finder].
func (s *Store) FindIssues(ctx context.Context, f graph.NameFilter, p graph.Page) (graph.Slice[graph.Issue], error) {
	l := nodeList(graph.KindIssue, issueNode)
	if err := l.where.named(f.Text); err != nil {
		return graph.Slice[graph.Issue]{}, err
	}
	return page(ctx, s, l, p)
}

// FindPlaces implements [graph.Finder].
func (s *Store) FindPlaces(ctx context.Context, f graph.NameFilter, p graph.Page) (graph.Slice[graph.Place], error) {
	l := nodeList(graph.KindPlace, placeNode)
	if err := l.where.named(f.Text); err != nil {
		return graph.Slice[graph.Place]{}, err
	}
	return page(ctx, s, l, p)
}
