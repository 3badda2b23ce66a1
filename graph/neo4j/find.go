package neo4j

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"reflect"
	"strings"

	"mawqif/graph"
)

// listing is a list of nodes: the parts of the query that selects n, and their
// parameters.
type listing[T any] struct {
	parts  []string
	params map[string]any
	sort   string // "sort", "newest", …
	least  any    // less than every value of the sort, or equal to it
	read   func(context.Context, []graph.ID) (map[graph.ID]T, error)
	// stale tells of a node that left the list after its id was read.
	stale func(*T) bool
}

// item is a place in a list.
type item struct {
	id  graph.ID
	key any
}

// page reads a page of a list: its ids by one query, then the nodes by another,
// whose text is always the same. The first text differs with the filter, and
// what the server spends on planning it grows with its length.
func page[T any](ctx context.Context, s *Store, l *listing[T], p graph.Page) (graph.Slice[T], error) {
	var out graph.Slice[T]
	if p.First < 1 {
		return out, fmt.Errorf("%w: a page holds at least 1 item, not %d", graph.ErrInvalid, p.First)
	}
	after, err := parseCursor(p.After, l.least)
	if err != nil {
		return out, err
	}
	if p.Count {
		total, err := ask(ctx, s, func(r *record) int64 { return column[int64](r, "total") }, query(append(l.parts, "count")...), l.params)
		if err != nil {
			return out, err
		}
		out.Total = int(total[0])
	}
	params := maps.Clone(l.params)
	params["after"], params["afterId"], params["limit"] = after, string(p.After.ID), int64(p.First)+1
	for range rereads {
		items, err := ask(ctx, s, func(r *record) item { return item{r.id("id"), column[any](r, "cursor")} }, query(append(l.parts, "page-"+l.sort)...), params)
		if err != nil {
			return out, err
		}
		if out.More = len(items) > p.First; out.More {
			items = items[:p.First]
		}
		ids := make([]graph.ID, len(items))
		for i := range items {
			ids[i] = items[i].id
		}
		nodes, err := l.read(ctx, ids)
		if err != nil {
			return out, err
		}
		out.Items, out.Cursors = make([]T, 0, len(items)), make([]graph.Cursor, 0, len(items))
		for _, it := range items {
			node, ok := nodes[it.id]
			if !ok || l.stale != nil && l.stale(&node) {
				continue
			}
			key, err := json.Marshal([]any{it.key})
			if err != nil {
				return out, fmt.Errorf("cursor: %w", err)
			}
			out.Items = append(out.Items, node)
			out.Cursors = append(out.Cursors, graph.Cursor{Key: string(key), ID: it.id})
		}
		if len(out.Items) == len(items) {
			break
		}
	}
	return out, nil
}

// rereads is how often a page is read until nothing left it meanwhile. Two
// queries, in one transaction or two, see what others commit between them.
const rereads = 10

// leastNumber is less than every number that lists are sorted by.
const leastNumber = -math.MaxFloat64

// parseCursor returns the value of the sort at a cursor, the least for the zero
// cursor. The key of a cursor is a list of that value as JSON.
func parseCursor(c graph.Cursor, least any) (any, error) {
	if c == (graph.Cursor{}) {
		return least, nil
	}
	var keys []any
	if json.Unmarshal([]byte(c.Key), &keys) == nil && len(keys) == 1 && reflect.TypeOf(keys[0]) == reflect.TypeOf(least) {
		return keys[0], nil
	}
	return nil, fmt.Errorf("%w: the cursor is not one of this list; begin at its first page", graph.ErrInvalid)
}

// words returns the query of full text for all words of a text, the last of
// which may be a beginning; "" if it has none. Folded words have letters and
// digits alone, so none of them is an operator.
func words(text string, beginning bool) (string, error) {
	list, err := graph.Words(text)
	if err != nil || len(list) == 0 {
		return "", err
	}
	q := "+" + strings.Join(list, " +")
	if beginning {
		q += "*"
	}
	return q, nil
}

// statementParts returns the parts of a query that select the statements of a
// filter, and their parameters. With of "toward" or "takes" the conditions on
// values are left to the part that follows.
func statementParts(f *graph.StatementFilter, of string) ([]string, map[string]any, error) {
	rolled := func(name string) string {
		if f.RollUp {
			return name + "-rolled-up"
		}
		return name
	}
	for _, d := range []graph.Day{f.SaidFrom, f.SaidTo, f.PublishedFrom, f.PublishedTo} {
		if d != "" {
			if _, err := graph.ParseDay(string(d)); err != nil {
				return nil, nil, err
			}
		}
	}
	w, err := words(f.Text, false)
	if err != nil {
		return nil, nil, err
	}
	params := map[string]any{
		"words": w, "speakers": strs(f.Speakers), "behalves": strs(f.OnBehalfOf), "targets": strs(f.Targets),
		"stances": ints(f.Stances), "positions": strs(f.Positions), "issues": strs(f.Issues), "agreements": ints(f.Agreements),
		"places": strs(f.Places), "articles": strs(f.Articles), "outlets": strs(f.Outlets), "languages": strs(f.Languages),
		"acts": strs(f.Acts), "quoteTypes": strs(f.QuoteTypes), "extractors": strs(f.Extractors), "minConfidence": f.MinConfidence,
		"saidFrom": dateOf(f.SaidFrom), "saidTo": dateOf(f.SaidTo),
		"publishedFrom": dateOf(f.PublishedFrom), "publishedTo": dateOf(f.PublishedTo),
	}
	var parts []string
	for _, c := range []struct {
		set  bool
		part string
	}{
		{w != "", "by-statement-words"},
		{len(f.Articles) > 0, "by-article"},
		{len(f.Speakers) > 0, rolled("by-speaker")},
		{len(f.OnBehalfOf) > 0, rolled("by-behalf")},
		{of != "toward" && len(f.Targets) > 0, rolled("by-target")},
		{of != "takes" && len(f.Positions) > 0, "by-position"},
		{of != "takes" && len(f.Positions) == 0 && len(f.Issues) > 0, "by-issue"},
		{len(f.Places) > 0, "by-place"},
		{len(f.Outlets) > 0, "by-outlet"},
		{of != "toward" && len(f.Targets) == 0 && len(f.Stances) > 0, "by-stance"},
		{of != "takes" && len(f.Positions)+len(f.Issues) == 0 && len(f.Agreements) > 0, "by-agreement"},
		{len(f.Languages) > 0 || f.PublishedFrom != "" || f.PublishedTo != "", "of-article"},
		{len(f.Extractors) > 0, "of-run"},
		{len(f.Acts) > 0 || len(f.QuoteTypes) > 0 || f.MinConfidence > 0 || f.SaidFrom != "" || f.SaidTo != "", "of-statement"},
	} {
		if c.set {
			parts = append(parts, c.part)
		}
	}
	return parts, params, nil
}

// ints makes a parameter of small numbers; nil of none.
func ints(values []int8) any {
	if len(values) == 0 {
		return nil
	}
	list := make([]int64, len(values))
	for i, v := range values {
		list[i] = int64(v)
	}
	return list
}

// FindStatements implements [graph.Finder].
func (s *Store) FindStatements(ctx context.Context, f graph.StatementFilter, o graph.StatementOrder, p graph.Page) (graph.Slice[graph.Statement], error) {
	l, err := s.statementList(f, o)
	if err != nil {
		return graph.Slice[graph.Statement]{}, err
	}
	return page(ctx, s, l, p)
}

func (s *Store) statementList(f graph.StatementFilter, o graph.StatementOrder) (*listing[graph.Statement], error) {
	sort, ok := map[graph.StatementOrder]string{
		graph.NewestFirst: "newest", graph.OldestFirst: "oldest", graph.SurestFirst: "doubt", graph.InArticleOrder: "place",
	}[o]
	if !ok {
		return nil, fmt.Errorf("%w: there is no order %q of statements", graph.ErrInvalid, o)
	}
	parts, params, err := statementParts(&f, "")
	if err != nil {
		return nil, err
	}
	if len(parts) == 0 {
		parts = []string{"standing"}
	} else {
		parts = append(parts, "as-node")
	}
	l := &listing[graph.Statement]{
		parts: parts, params: params, sort: sort, least: leastNumber, read: s.Statements,
		stale: func(s *graph.Statement) bool { return !s.SupersededAt.IsZero() },
	}
	if o == graph.InArticleOrder {
		l.least = ""
	}
	return l, nil
}

// named begins a list of named nodes with those that have the words of a text
// in one of their names, the last of which may be a beginning.
func (l *listing[T]) named(text, index string) error {
	w, err := words(text, true)
	if err != nil || w == "" {
		return err
	}
	list, err := graph.Words(text)
	if err != nil {
		return err
	}
	l.params["words"], l.params["whole"], l.params["beginning"] = w, list[:len(list)-1], list[len(list)-1]
	l.parts = append([]string{index, "in-one-name"}, l.parts...)
	return nil
}

// FindActors implements [graph.Finder].
func (s *Store) FindActors(ctx context.Context, f graph.ActorFilter, p graph.Page) (graph.Slice[graph.Actor], error) {
	l, err := s.actorList(f)
	if err != nil {
		return graph.Slice[graph.Actor]{}, err
	}
	return page(ctx, s, l, p)
}

func (s *Store) actorList(f graph.ActorFilter) (*listing[graph.Actor], error) {
	l := &listing[graph.Actor]{
		parts: []string{"actors"}, params: map[string]any{"kinds": strs(f.Kinds), "partOf": strs(f.PartOf)},
		sort: "sort", least: "", read: s.Actors,
	}
	return l, l.named(f.Text, "by-actor-words")
}

// FindArticles implements [graph.Finder].
func (s *Store) FindArticles(ctx context.Context, f graph.ArticleFilter, p graph.Page) (graph.Slice[graph.Article], error) {
	l, err := s.articleList(f, false)
	if err != nil {
		return graph.Slice[graph.Article]{}, err
	}
	return page(ctx, s, l, p)
}

func (s *Store) articleList(f graph.ArticleFilter, beginning bool) (*listing[graph.Article], error) {
	for _, d := range []graph.Day{f.PublishedFrom, f.PublishedTo} {
		if d != "" {
			if _, err := graph.ParseDay(string(d)); err != nil {
				return nil, err
			}
		}
	}
	w, err := words(f.Text, beginning)
	l := &listing[graph.Article]{
		parts: []string{"articles"},
		params: map[string]any{
			"outlets": strs(f.Outlets), "languages": strs(f.Languages),
			"publishedFrom": dateOf(f.PublishedFrom), "publishedTo": dateOf(f.PublishedTo), "words": w,
		},
		sort: "newest", least: leastNumber, read: s.Articles,
	}
	if w != "" {
		l.parts = append([]string{"by-article-words"}, l.parts...)
	}
	return l, err
}

// FindPositions implements [graph.Finder].
func (s *Store) FindPositions(ctx context.Context, f graph.PositionFilter, p graph.Page) (graph.Slice[graph.Position], error) {
	return page(ctx, s, &listing[graph.Position]{
		parts:  []string{"positions"},
		params: map[string]any{"issues": strs(f.Issues), "objects": strs(f.Objects), "places": strs(f.Places)},
		sort:   "sort", least: "", read: s.Positions,
	}, p)
}

// FindIssues implements [graph.Finder].
func (s *Store) FindIssues(ctx context.Context, f graph.NameFilter, p graph.Page) (graph.Slice[graph.Issue], error) {
	l := &listing[graph.Issue]{
		parts: []string{"issues"}, params: map[string]any{}, sort: "sort", least: "", read: s.Issues,
	}
	if err := l.named(f.Text, "by-issue-words"); err != nil {
		return graph.Slice[graph.Issue]{}, err
	}
	return page(ctx, s, l, p)
}

// FindPlaces implements [graph.Finder].
func (s *Store) FindPlaces(ctx context.Context, f graph.NameFilter, p graph.Page) (graph.Slice[graph.Place], error) {
	l := &listing[graph.Place]{
		parts: []string{"places"}, params: map[string]any{}, sort: "sort", least: "", read: s.Places,
	}
	if err := l.named(f.Text, "by-place-words"); err != nil {
		return graph.Slice[graph.Place]{}, err
	}
	return page(ctx, s, l, p)
}
