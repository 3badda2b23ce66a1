package resolvers

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"mawqif/graph"
	"mawqif/graph/analysis"
	"mawqif/graph/people"
	"mawqif/resolvers/internal/limits"
	"mawqif/resolvers/internal/model"
)

// What networks can be at most.
const (
	maxValuesOfNetworks = 250_000 // rows times columns, of all windows
	maxWindows          = 500
	maxEdges            = 1000
)

// question is what every analysis is asked with.
type question struct {
	filter  *model.StatementFilter
	toward  graph.Dimension // or what variables need
	unit    graph.Unit
	exclude []graph.ID
	asOf    *time.Time
}

// project reads what a question is about, and settles who is to be left out.
func (r *resolver) project(ctx context.Context, q question) (*analysis.Projection, analysis.Copies, error) {
	f, err := r.statementFilter(q.filter)
	if err != nil {
		return nil, nil, err
	}
	query := graph.TakingQuery{Filter: f, Toward: q.toward}
	if q.toward == graph.ByIssue {
		query.Toward = graph.ByPosition
	}
	query.AsOf = moment(q.asOf)
	var c checks
	for _, id := range values(&c, "exclude", q.exclude) {
		switch id.Kind() {
		case graph.KindActor, graph.KindPosition, graph.KindIssue, graph.KindOutlet, graph.KindArticle:
		default:
			c.fault("%.60q in `exclude` is not the id of an actor, a position, an issue, an outlet or an article", id)
		}
	}
	if c.err != nil {
		return nil, nil, c.err
	}
	if err := people.Settle(ctx, r.reader, q.exclude); err != nil {
		return nil, nil, err
	}
	return r.projections.get(ctx, query, q.unit == analysis.UnitUtterance)
}

// moment is what an argument as of a moment means to a store.
func moment(asOf *time.Time) time.Time {
	if asOf == nil {
		return time.Time{}
	}
	return asOf.UTC()
}

// variables says what dimensions are among the variables of an analysis.
var variables = map[graph.Dimension]analysis.Variable{
	graph.ByTarget: analysis.Target, graph.ByPosition: analysis.Position, graph.ByIssue: analysis.Issue,
}

// grouping is how the values of a question are grouped by actors.
func (q *question) grouping(actor analysis.Variable, c analysis.Copies, limit int) analysis.Grouping {
	return analysis.Grouping{
		Actor: actor, Toward: variables[q.toward], Unit: q.unit, Copies: c, Exclude: q.exclude, Limit: limit,
	}
}

const nothingMatches = "no statement that takes a position or a stance matches the filter"

// note tells with the answer why a list is empty.
func (r *resolver) note(ctx context.Context, p *analysis.Projection, empty bool, otherwise string) {
	switch {
	case !empty:
	case p.Len() == 0:
		addNote(ctx, nothingMatches)
	default:
		addNote(ctx, otherwise)
	}
}

// matrix groups values into cells.
func (r *resolver) matrix(ctx context.Context, q question, actor *analysis.Variable, interval *graph.Interval, limit int) ([]model.Cell, error) {
	if err := between("limit", limit, 1, maxGroups); err != nil {
		return nil, err
	}
	p, copies, err := r.project(ctx, q)
	if err != nil {
		return nil, err
	}
	g := q.grouping("", copies, limit)
	g.Bootstrap = asked(ctx, "low") || asked(ctx, "high")
	if actor != nil {
		g.Actor = *actor
	}
	if interval != nil {
		g.Interval = *interval
	}
	cells, rest, err := p.Cells(g)
	if err != nil {
		return nil, err
	}
	if rest > 0 {
		addNote(ctx, fmt.Sprintf("%d cells with fewer counts are left out by `limit`", rest))
	}
	r.note(ctx, p, len(cells) == 0, "`exclude` leaves out every statement that matches")
	list := make([]model.Cell, len(cells))
	for i, c := range cells {
		list[i] = model.Cell{Cell: c, Toward: q.toward, Projection: p}
		load(ctx).seeObject(c.Actor, c.Object)
	}
	announceStatements(ctx, func(yield func([]graph.ID) bool) {
		for i := range cells {
			if !yield(p.Statements(&cells[i])) {
				return
			}
		}
	})
	return list, nil
}

// shifts finds changes of sides.
func (r *resolver) shifts(ctx context.Context, q question, actor analysis.Variable, least float64, support, limit int) ([]model.Shift, error) {
	if err := between("limit", limit, 1, maxGroups); err != nil {
		return nil, err
	}
	p, copies, err := r.project(ctx, q)
	if err != nil {
		return nil, err
	}
	found, err := p.Shifts(q.grouping(actor, copies, limit), least, support)
	if err != nil {
		return nil, err
	}
	r.note(ctx, p, len(found) == 0, "nobody among the statements that match changed sides so far and so clearly")
	list := make([]model.Shift, len(found))
	for i, s := range found {
		list[i] = model.Shift{Shift: s, Toward: q.toward, Projection: p}
		load(ctx).seeObject(s.Actor, s.Object)
		load(ctx).statements.announce(s.Before.Statement, s.After.Statement)
	}
	announceStatements(ctx, func(yield func([]graph.ID) bool) {
		for i := range found {
			if !yield(p.ShiftStatements(&found[i])) {
				return
			}
		}
	})
	return list, nil
}

// contradictions finds opposed stances of one actor.
func (r *resolver) contradictions(ctx context.Context, q question, actor analysis.Variable, withinDays *int, limit int) ([]model.Contradiction, error) {
	if err := between("limit", limit, 1, maxGroups); err != nil {
		return nil, err
	}
	days := -1
	if withinDays != nil {
		if days = *withinDays; days < 0 {
			return nil, fmt.Errorf("%w: `withinDays` is %d, it must be at least 0", graph.ErrInvalid, days)
		}
	}
	p, _, err := r.project(ctx, q)
	if err != nil {
		return nil, err
	}
	found, err := p.Contradictions(q.grouping(actor, nil, limit), days)
	if err != nil {
		return nil, err
	}
	r.note(ctx, p, len(found) == 0, "nobody among the statements that match contradicts itself")
	list := make([]model.Contradiction, len(found))
	for i, c := range found {
		list[i] = model.Contradiction{Contradiction: c, Toward: q.toward, Projection: p}
		load(ctx).seeObject(c.Actor, c.Object)
		load(ctx).statements.announce(c.First, c.Second)
	}
	announceStatements(ctx, func(yield func([]graph.ID) bool) {
		for i := range found {
			if !yield(p.ContradictionStatements(&found[i])) {
				return
			}
		}
	})
	return list, nil
}

// sample selects what a network is made of, and refuses one that is too large.
func (r *resolver) sample(ctx context.Context, filter *model.StatementFilter, in *model.NetworkSettings, asOf *time.Time) (*analysis.Projection, *analysis.Sample, analysis.Settings, error) {
	settings := analysis.Settings{
		Type: in.Type, Aggregation: in.Aggregation, Normalization: in.Normalization, Duplicates: in.Duplicates, Isolates: in.Isolates,
	}
	var c checks
	s := analysis.Selection{Rows: in.Rows, Columns: in.Columns, Unit: in.Unit, Exclude: in.Exclude, Lang: in.Lang}
	if s.From, s.To = c.days("between", in.Between); c.err != nil {
		return nil, nil, settings, c.err
	}
	settings.From, settings.To = s.From.Time(), s.To.Time()
	if in.Top != nil {
		if s.Top = *in.Top; s.Top < 1 {
			return nil, nil, settings, fmt.Errorf("%w: `top` is %d, it must be at least 1", graph.ErrInvalid, s.Top)
		}
	}
	if err := settings.Validate(); err != nil {
		return nil, nil, settings, err
	}
	p, copies, err := r.project(ctx, question{
		filter: filter, toward: analysis.Toward(s.Rows, s.Columns), unit: in.Unit, exclude: in.Exclude, asOf: asOf,
	})
	if err != nil {
		return nil, nil, settings, err
	}
	s.Copies = copies
	sample, err := p.Sample(s)
	if err != nil {
		return nil, nil, settings, err
	}
	rows, columns := len(sample.Rows), len(sample.Columns)
	if settings.Type == analysis.OneMode {
		columns = rows
	}
	if rows*columns > maxValuesOfNetworks {
		return nil, nil, settings, &limits.Exceeded{
			Limit: "NETWORK", Max: maxValuesOfNetworks,
			What: fmt.Sprintf("the network has %d by %d values (keep the rows with most by `top`, or narrow the `filter`)", rows, columns),
		}
	}
	return p, &sample, settings, nil
}

// network makes a network.
func (r *resolver) network(ctx context.Context, filter *model.StatementFilter, in *model.NetworkSettings, asOf *time.Time) (model.Network, error) {
	p, sample, settings, err := r.sample(ctx, filter, in, asOf)
	if err != nil {
		return model.Network{}, err
	}
	n, err := analysis.Make(sample.Events, settings)
	if err != nil {
		return model.Network{}, err
	}
	return model.NewNetwork(&n, sample, p, settings.Type == analysis.OneMode), nil
}

// networks makes the networks of a window.
func (r *resolver) networks(ctx context.Context, filter *model.StatementFilter, in *model.NetworkSettings, window *model.NetworkWindow, asOf *time.Time, first int) ([]model.Network, error) {
	if err := between("first", first, 1, maxWindows); err != nil {
		return nil, err
	}
	p, sample, settings, err := r.sample(ctx, filter, in, asOf)
	if err != nil {
		return nil, err
	}
	series, err := analysis.Series(sample.Events, settings, analysis.Window{Unit: window.Unit, Size: window.Size, Kernel: window.Kernel})
	if err != nil {
		return nil, err
	}
	list := []model.Network{}
	total := 0
	for n := range series {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if len(list) == first {
			addNote(ctx, "later windows are left out by `first`")
			break
		}
		if total += len(n.Rows) * len(n.Columns); total > maxValuesOfNetworks {
			return nil, &limits.Exceeded{
				Limit: "NETWORK", Max: maxValuesOfNetworks,
				What: fmt.Sprintf("the first %d networks have too many values together (ask for fewer windows by `first`, keep the rows with most by `top`, or narrow the `filter`)", len(list)+1),
			}
		}
		list = append(list, model.NewNetwork(&n, sample, p, settings.Type == analysis.OneMode))
	}
	r.note(ctx, p, len(list) == 0, "no window of this size has room in the days of the statements that match")
	return list, nil
}

// path finds a path between actors.
func (r *resolver) path(ctx context.Context, q question, from, to graph.ID, relation analysis.Relation, actor analysis.Variable) (model.Path, error) {
	p, _, err := r.project(ctx, q)
	if err != nil {
		return model.Path{}, err
	}
	ends := []graph.ID{from, to}
	if err := people.Settle(ctx, r.reader, ends); err != nil {
		return model.Path{}, err
	}
	from, to = ends[0], ends[1]
	s, err := p.Sample(analysis.Selection{Rows: actor, Columns: variables[q.toward], Exclude: q.exclude, Lang: "en"})
	if err != nil {
		return model.Path{}, err
	}
	steps, err := s.Path(from, to, relation)
	if err != nil {
		return model.Path{}, err
	}
	out := model.Path{Steps: make([]model.PathStep, len(steps))}
	for i, step := range steps {
		out.Steps[i] = model.PathStep{Step: step, Sample: &s, Projection: p}
		load(ctx).actors.announce(s.Rows[step.From].ID, s.Rows[step.To].ID)
	}
	if len(steps) == 0 {
		note := fmt.Sprintf("no path of %s connects them among the statements that match", relation)
		for _, id := range []graph.ID{from, to} {
			if !slices.ContainsFunc(s.Rows, func(l analysis.Label) bool { return l.ID == id }) {
				note = fmt.Sprintf("no statement that matches is by %s as %s", id, actor)
			}
		}
		out.Note = &note
	}
	return out, nil
}

// object is what a stance is towards, if it is of this dimension.
func object(toward, want graph.Dimension, id graph.ID) graph.ID {
	if toward == want {
		return id
	}
	return ""
}

// seeObject announces an actor and what its stances are towards.
func (l *loaders) seeObject(actor, object graph.ID) {
	switch object.Kind() {
	case graph.KindActor:
		l.actors.announce(object)
	case graph.KindPosition:
		l.positions.announce(object)
	case graph.KindIssue:
		l.issues.announce(object)
	}
	l.actors.announce(actor)
}

// announceStatements announces the statements that the items of a list are
// asked for, so that one question brings them all.
func announceStatements(ctx context.Context, lists func(yield func([]graph.ID) bool)) {
	for _, f := range graphql.CollectFieldsCtx(ctx, nil) {
		if f.Name != "statements" {
			continue
		}
		first, ok := f.ArgumentMap(graphql.GetOperationContext(ctx).Variables)["first"].(int64)
		if !ok || first < 1 || first > maxFirst || f.Arguments.ForName("after") != nil {
			continue // whoever asks is told what is wrong
		}
		for ids := range lists {
			load(ctx).statements.announce(ids[:min(len(ids), int(first))]...)
		}
	}
}

// listStatements makes a page of the statements of a list.
func (r *resolver) listStatements(ctx context.Context, ids []graph.ID, first int, after *string) (model.Connection[graph.Statement], error) {
	const list = "behind"
	p, err := page(ctx, list, first, after)
	if err != nil {
		return model.Connection[graph.Statement]{}, err
	}
	start := 0
	if after != nil {
		at := slices.Index(ids, p.After.ID)
		if at < 0 {
			return model.Connection[graph.Statement]{}, fmt.Errorf("%w: `after` is not of this list as it is now; begin it again", graph.ErrInvalid)
		}
		start = at + 1
	}
	some := ids[start:min(len(ids), start+first)]
	items, err := load(ctx).statements.all(ctx, some)
	if err != nil {
		return model.Connection[graph.Statement]{}, err
	}
	found := graph.Slice[graph.Statement]{Items: items, More: start+len(some) < len(ids), Total: len(ids)}
	for i, id := range some {
		found.Cursors = append(found.Cursors, graph.Cursor{Key: strconv.Itoa(start + i), ID: id})
	}
	return connection(list, p, found), nil
}

// numberOrNull is a number, or nil if it is none.
func numberOrNull(f float64) *float64 {
	if math.IsNaN(f) {
		return nil
	}
	return &f
}
