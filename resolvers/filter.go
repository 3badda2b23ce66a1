package resolvers

import (
	"fmt"
	"unicode/utf8"

	"mawqif/graph"
	"mawqif/resolvers/internal/model"
)

// What a filter can hold at most.
const (
	maxValues = 100 // in a list
	maxText   = 500 // bytes of words to look for
)

// statementFilter turns the filter of the schema into the store's. It returns
// a [graph.ErrInvalid] that names the field at fault.
func (r *resolver) statementFilter(in *model.StatementFilter) (graph.StatementFilter, error) {
	if in == nil {
		return graph.StatementFilter{}, nil
	}
	var c checks
	f := graph.StatementFilter{
		Speakers:      values(&c, "speaker", in.Speaker),
		OnBehalfOf:    values(&c, "onBehalfOf", in.OnBehalfOf),
		Targets:       values(&c, "target", in.Target),
		RollUp:        in.RollUp,
		Issues:        r.issues(&c, in.Issue),
		Positions:     c.ids("position", graph.KindPosition, in.Position),
		Places:        values(&c, "place", in.Place),
		Articles:      c.ids("article", graph.KindArticle, in.Article),
		Outlets:       values(&c, "outlet", in.Outlet),
		Languages:     values(&c, "language", in.Language),
		Acts:          values(&c, "act", in.Act),
		QuoteTypes:    values(&c, "quoteType", in.QuoteType),
		Extractors:    values(&c, "extractor", in.Extractor),
		Stances:       c.signs("stance", in.Stance),
		Agreements:    c.signs("agreement", in.Agreement),
		Text:          c.text(in.Text),
		MinConfidence: in.MinConfidence,
	}
	f.SaidFrom, f.SaidTo = c.days("saidBetween", in.SaidBetween)
	f.PublishedFrom, f.PublishedTo = c.days("publishedBetween", in.PublishedBetween)
	if !(in.MinConfidence >= 0 && in.MinConfidence <= 1) {
		c.fault("`minConfidence` is %v, it must be between 0 and 1", in.MinConfidence)
	}
	return f, c.err
}

func actorFilter(in *model.ActorFilter) (graph.ActorFilter, error) {
	if in == nil {
		return graph.ActorFilter{}, nil
	}
	var c checks
	f := graph.ActorFilter{
		Kinds: values(&c, "kind", in.Kind), PartOf: values(&c, "partOf", in.PartOf), Text: c.text(in.Text),
	}
	return f, c.err
}

func articleFilter(in *model.ArticleFilter) (graph.ArticleFilter, error) {
	if in == nil {
		return graph.ArticleFilter{}, nil
	}
	var c checks
	f := graph.ArticleFilter{
		Outlets: values(&c, "outlet", in.Outlet), Languages: values(&c, "language", in.Language), Text: c.text(in.Text),
	}
	f.PublishedFrom, f.PublishedTo = c.days("publishedBetween", in.PublishedBetween)
	return f, c.err
}

func (r *resolver) positionFilter(in *model.PositionFilter) (graph.PositionFilter, error) {
	if in == nil {
		return graph.PositionFilter{}, nil
	}
	var c checks
	f := graph.PositionFilter{
		Issues: r.issues(&c, in.Issue), Objects: values(&c, "object", in.Object), Places: values(&c, "place", in.Place),
	}
	return f, c.err
}

func nameFilter(in *model.NameFilter) (graph.NameFilter, error) {
	if in == nil {
		return graph.NameFilter{}, nil
	}
	var c checks
	return graph.NameFilter{Text: c.text(in.Text)}, c.err
}

// issue returns the id that a reference means.
func (r *resolver) issue(ref model.IssueRef) graph.ID {
	switch {
	case ref.ID != "":
		return ref.ID
	case ref.Codebook != "":
		return graph.NewIssue(ref.Codebook, ref.Key).ID
	}
	return graph.NewIssue(r.codebook, ref.Key).ID
}

func (r *resolver) issues(c *checks, refs []model.IssueRef) []graph.ID {
	refs = values(c, "issue", refs)
	ids := make([]graph.ID, len(refs))
	for i, ref := range refs {
		ids[i] = r.issue(ref)
	}
	return ids
}

// checks gathers the first fault of an input.
type checks struct{ err error }

func (c *checks) fault(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf("%w: "+format, append([]any{graph.ErrInvalid}, args...)...)
	}
}

// values bounds a list.
func values[T any](c *checks, field string, list []T) []T {
	if len(list) > maxValues {
		c.fault("`%s` has %d values, at most %d are allowed", field, len(list), maxValues)
		return nil
	}
	return list
}

func (c *checks) ids(field string, kind graph.Kind, list []graph.ID) []graph.ID {
	list = values(c, field, list)
	for _, id := range list {
		if err := ofKind(kind, id); err != nil && c.err == nil {
			c.err = fmt.Errorf("%w in `%s`", err, field)
		}
	}
	return list
}

// ofKind checks what kind of node an id means.
func ofKind(kind graph.Kind, id graph.ID) error {
	if id.Kind() != kind {
		return fmt.Errorf("%w: %.60q is not an id of kind %s (%s:…)", graph.ErrInvalid, id, kind, kind)
	}
	return nil
}

func (c *checks) signs(field string, list []int) []int8 {
	signs := make([]int8, 0, 3)
	for _, v := range values(c, field, list) {
		if v < -1 || v > 1 {
			c.fault("`%s` is %d, it must be -1, 0 or 1", field, v)
			return nil
		}
		signs = append(signs, int8(v))
	}
	return signs
}

func (c *checks) text(s *string) string {
	switch {
	case s == nil:
		return ""
	case len(*s) > maxText:
		c.fault("`text` has %d bytes, at most %d are allowed", len(*s), maxText)
	case !utf8.ValidString(*s):
		c.fault("`text` is not valid UTF-8")
	}
	return *s
}

func (c *checks) days(field string, d *model.DateRange) (from, to graph.Day) {
	if d == nil {
		return "", ""
	}
	if d.From != nil {
		from = *d.From
	}
	if d.To != nil {
		to = *d.To
	}
	if from != "" && to != "" && from > to {
		c.fault("`%s` ends on %s, before it begins on %s", field, to, from)
	}
	return from, to
}

// speaking is the filter for what an actor said.
func (r *resolver) speaking(actor *graph.Actor, in *model.StatementFilter) (graph.StatementFilter, error) {
	f, err := r.statementFilter(in)
	if err == nil && len(f.Speakers) > 0 {
		err = fmt.Errorf("%w: leave out `speaker`, it is the actor itself here", graph.ErrInvalid)
	}
	f.Speakers = []graph.ID{actor.ID}
	return f, err
}

// reportedIn is the filter for what an article reports.
func (r *resolver) reportedIn(article *graph.Article, in *model.StatementFilter) (graph.StatementFilter, error) {
	f, err := r.statementFilter(in)
	if err == nil && len(f.Articles) > 0 {
		err = fmt.Errorf("%w: leave out `article`, it is the article itself here", graph.ErrInvalid)
	}
	f.Articles = []graph.ID{article.ID}
	return f, err
}

// searchText checks the words of a search.
func searchText(s string) (string, error) {
	var c checks
	c.text(&s)
	if graph.Fold(s) == "" {
		c.fault("`text` holds no word to look for")
	}
	return s, c.err
}
