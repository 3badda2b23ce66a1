package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"mawqif/graph"
)

// listing is a list of nodes.
type listing[T any] struct {
	from    string     // the table that the conditions are on, with its alias
	where   where      // which of its rows
	row     string     // the column of the row's number
	sort    []string   // the columns that sort the list, the id last
	columns string     // of the items
	tables  string     // of the items, with the same alias
	scan    scanner[T] // of the items
	id      func(*T) graph.ID
}

// page reads a page of a list.
func page[T any](ctx context.Context, s *Store, l *listing[T], p graph.Page) (graph.Slice[T], error) {
	var out graph.Slice[T]
	if p.First < 1 {
		return out, fmt.Errorf("%w: a page holds at least 1 item, not %d", graph.ErrInvalid, p.First)
	}
	after, err := parseCursor(p.After, len(l.sort)-1)
	if err != nil {
		return out, err
	}
	if p.Count {
		total, err := ask(ctx, s, scanNumber, l.where.with()+"SELECT count(*) FROM "+l.from+l.where.String(), l.where.args()...)
		if err != nil {
			return out, err
		}
		out.Total = int(total[0])
	}
	type item struct {
		node T
		keys []any
	}
	query, args := l.query(after, p.First+1)
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

// query picks the rows of a page first and then reads the items of those
// alone, so that what is sorted is small.
func (l *listing[T]) query(after []any, limit int) (string, []any) {
	w := l.where
	if len(after) > 0 {
		w.and("("+strings.Join(l.sort, ", ")+") > (?"+strings.Repeat(", ?", len(after)-1)+")", after...)
	}
	var keys, order, shown []string
	for i, column := range l.sort {
		keys = append(keys, fmt.Sprintf("%s AS k%d", column, i))
		order = append(order, fmt.Sprintf("picked.k%d", i))
	}
	shown = order[:len(order)-1]
	return fmt.Sprintf("%sSELECT %s, %s FROM (SELECT %s AS picked_row, %s FROM %s%s ORDER BY %s LIMIT ?) AS picked CROSS JOIN %s WHERE %s = picked.picked_row ORDER BY %s",
		w.with(), l.columns, strings.Join(shown, ", "),
		l.row, strings.Join(keys, ", "), l.from, w.String(), strings.Join(l.sort, ", "),
		l.tables, l.row, strings.Join(order, ", ")), w.args(limit)
}

// parseCursor returns the values of the sort columns at a cursor, none for the
// zero cursor. The key of a cursor holds those before the id as JSON.
func parseCursor(c graph.Cursor, keys int) ([]any, error) {
	if c == (graph.Cursor{}) {
		return nil, nil
	}
	bad := fmt.Errorf("%w: the cursor is not one of this list; begin at its first page", graph.ErrInvalid)
	var values []any
	if json.Unmarshal([]byte(c.Key), &values) != nil || len(values) != keys {
		return nil, bad
	}
	for _, v := range values {
		switch v.(type) {
		case string, float64:
		default:
			return nil, bad
		}
	}
	return append(values, c.ID), nil
}

// FindStatements implements [graph.Finder].
func (s *Store) FindStatements(ctx context.Context, f graph.StatementFilter, o graph.StatementOrder, p graph.Page) (graph.Slice[graph.Statement], error) {
	l, err := statementList(f, o)
	if err != nil {
		return graph.Slice[graph.Statement]{}, err
	}
	return page(ctx, s, l, p)
}

func statementList(f graph.StatementFilter, o graph.StatementOrder) (*listing[graph.Statement], error) {
	l := &listing[graph.Statement]{
		from: "statement s", row: "s.n",
		columns: statementColumns, tables: "statement s", scan: scanStatement,
		id: func(s *graph.Statement) graph.ID { return s.ID },
	}
	switch o {
	case graph.NewestFirst:
		l.sort = []string{"s.newest", "s.id"}
	case graph.OldestFirst:
		l.sort = []string{"s.oldest", "s.id"}
	case graph.SurestFirst:
		l.sort = []string{"s.doubt", "s.id"}
	case graph.InArticleOrder:
		l.from = "article r JOIN statement s ON s.article = r.n"
		l.sort = []string{"r.id", "s.start", "s.id"}
	default:
		return nil, fmt.Errorf("%w: there is no order %q of statements", graph.ErrInvalid, o)
	}
	_, err := l.where.statements(&f, ofStatement)
	return l, err
}

// nodeList is the list of the nodes of a type, by their sort.
func nodeList[T any](kind graph.Kind, columns, tables string, scan scanner[T], id func(*T) graph.ID) *listing[T] {
	l := &listing[T]{
		from: "node n", row: "n.n", sort: []string{"n.sort", "n.id"},
		columns: columns, tables: tables, scan: scan, id: id,
	}
	l.where.and("n.type = ?", kind)
	return l
}

// named selects nodes by words of a name, the last of which may be a beginning.
func (w *where) named(text string) {
	if q := match(text, true); q != "" {
		w.and("n.n IN (SELECT node FROM name WHERE n IN (SELECT rowid FROM name_words WHERE name_words MATCH ?))", q)
	}
}

// FindActors implements [graph.Finder].
func (s *Store) FindActors(ctx context.Context, f graph.ActorFilter, p graph.Page) (graph.Slice[graph.Actor], error) {
	return page(ctx, s, actorList(f), p)
}

func actorList(f graph.ActorFilter) *listing[graph.Actor] {
	l := nodeList(graph.KindActor, actorColumns, actorTables, scanActor, func(a *graph.Actor) graph.ID { return a.ID })
	if len(f.Kinds) > 0 {
		l.where.and("EXISTS (SELECT 1 FROM actor a WHERE a.n = n.n AND a.kind IN (SELECT value FROM json_each(?)))", list(f.Kinds))
	}
	if len(f.PartOf) > 0 {
		l.where.and("n.n IN (SELECT part FROM part_of WHERE whole IN "+nodes+")", list(f.PartOf))
	}
	l.where.named(f.Text)
	return l
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
		from: "article a", row: "a.n", sort: []string{"a.newest", "a.id"},
		columns: articleColumns, tables: articleTables, scan: scanArticle,
		id: func(a *graph.Article) graph.ID { return a.ID },
	}
	if len(f.Outlets) > 0 {
		l.where.and("a.outlet IN "+nodes, list(f.Outlets))
	}
	if len(f.Languages) > 0 {
		l.where.and("a.language IN (SELECT value FROM json_each(?))", list(f.Languages))
	}
	l.where.words("a.n", "article_words", f.Text, false)
	return l, l.where.days("a.published", f.PublishedFrom, f.PublishedTo)
}

// FindPositions implements [graph.Finder].
func (s *Store) FindPositions(ctx context.Context, f graph.PositionFilter, p graph.Page) (graph.Slice[graph.Position], error) {
	l := nodeList(graph.KindPosition, positionColumns, positionTables, scanPosition, func(p *graph.Position) graph.ID { return p.ID })
	for _, slot := range []struct {
		column string
		ids    []graph.ID
	}{{"issue", f.Issues}, {"object", f.Objects}, {"place", f.Places}} {
		if len(slot.ids) > 0 {
			l.where.and("n.n IN (SELECT n FROM position WHERE "+slot.column+" IN "+nodes+")", list(slot.ids))
		}
	}
	return page(ctx, s, l, p)
}

// FindIssues implements [graph.Finder].
func (s *Store) FindIssues(ctx context.Context, f graph.NameFilter, p graph.Page) (graph.Slice[graph.Issue], error) {
	l := nodeList(graph.KindIssue, issueColumns, issueTables, scanIssue, func(i *graph.Issue) graph.ID { return i.ID })
	l.where.named(f.Text)
	return page(ctx, s, l, p)
}

// FindPlaces implements [graph.Finder].
func (s *Store) FindPlaces(ctx context.Context, f graph.NameFilter, p graph.Page) (graph.Slice[graph.Place], error) {
	l := nodeList(graph.KindPlace, placeColumns, placeTables, scanPlace, func(p *graph.Place) graph.ID { return p.ID })
	l.where.named(f.Text)
	return page(ctx, s, l, p)
}

// Search implements [graph.Finder]. Its list is that of the actors, then that
// of the statements, then that of the articles.
func (s *Store) Search(ctx context.Context, text string, p graph.Page) (graph.Slice[graph.Hit], error) {
	var out graph.Slice[graph.Hit]
	if p.First < 1 {
		return out, fmt.Errorf("%w: a page holds at least 1 item, not %d", graph.ErrInvalid, p.First)
	}
	if match(text, true) == "" {
		return out, ctx.Err()
	}
	statements, err := statementList(graph.StatementFilter{}, graph.NewestFirst)
	if err != nil {
		return out, err
	}
	statements.where.words("s.n", "statement_words", text, true)
	articles, err := articleList(graph.ArticleFilter{})
	if err != nil {
		return out, err
	}
	articles.where.words("a.n", "article_words", text, true)
	begin := p.After.ID.Kind()
	for _, part := range []struct {
		kind graph.Kind
		read func(graph.Page) (graph.Slice[graph.Hit], error)
	}{
		{graph.KindActor, func(p graph.Page) (graph.Slice[graph.Hit], error) {
			return hits(ctx, s, actorList(graph.ActorFilter{Text: text}), p, func(a *graph.Actor) graph.Hit { return graph.Hit{Actor: a} })
		}},
		{graph.KindStatement, func(p graph.Page) (graph.Slice[graph.Hit], error) {
			return hits(ctx, s, statements, p, func(s *graph.Statement) graph.Hit { return graph.Hit{Statement: s} })
		}},
		{graph.KindArticle, func(p graph.Page) (graph.Slice[graph.Hit], error) {
			return hits(ctx, s, articles, p, func(a *graph.Article) graph.Hit { return graph.Hit{Article: a} })
		}},
	} {
		q := graph.Page{First: p.First - len(out.Items), Count: p.Count}
		before := begin != "" && begin != part.kind
		full := q.First == 0
		if begin == part.kind {
			q.After, begin = p.After, ""
		}
		if full {
			q.First = 1 // only to know whether any follow
		}
		if (before || full && out.More) && !p.Count {
			continue
		}
		found, err := part.read(q)
		if err != nil {
			return graph.Slice[graph.Hit]{}, err
		}
		out.Total += found.Total
		switch {
		case before:
		case full:
			out.More = out.More || len(found.Items) > 0
		default:
			out.Items = append(out.Items, found.Items...)
			out.Cursors = append(out.Cursors, found.Cursors...)
			out.More = found.More
		}
	}
	if begin != "" || (p.After != graph.Cursor{} && p.After.ID.Kind() == "") {
		return graph.Slice[graph.Hit]{}, fmt.Errorf("%w: the cursor is not one of a search; begin at its first page", graph.ErrInvalid)
	}
	return out, nil
}

// hits reads a page of a list as hits of a search.
func hits[T any](ctx context.Context, s *Store, l *listing[T], p graph.Page, hit func(*T) graph.Hit) (graph.Slice[graph.Hit], error) {
	found, err := page(ctx, s, l, p)
	if err != nil {
		return graph.Slice[graph.Hit]{}, err
	}
	out := graph.Slice[graph.Hit]{Cursors: found.Cursors, More: found.More, Total: found.Total}
	for i := range found.Items {
		out.Items = append(out.Items, hit(&found.Items[i]))
	}
	return out, nil
}
