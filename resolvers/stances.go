package resolvers

import (
	"context"
	"fmt"
	"math"
	"sync"

	"mawqif/graph"
	"mawqif/graph/analysis"
)

// stanceCells are the cells of a query for stances.
type stanceCells struct {
	projection *analysis.Projection
	toward     graph.Dimension
	list       []analysis.Cell
}

// stanceCells groups values as a query for stances does.
func (r *resolver) stanceCells(ctx context.Context, q graph.StanceQuery) (*stanceCells, error) {
	g := analysis.Grouping{Unit: q.Unit, Limit: q.Limit}
	out := &stanceCells{}
	for _, d := range q.By {
		switch d {
		case graph.BySpeaker:
			g.Actor = analysis.Person
		case graph.ByOnBehalfOf:
			g.Behalf = true
		case graph.ByInterval:
			g.Interval = q.Interval
		default:
			if out.toward != "" {
				return nil, fmt.Errorf("%w: stances are grouped by exactly one of TARGET, POSITION and ISSUE", graph.ErrInvalid)
			}
			out.toward = d
		}
	}
	if out.toward == "" {
		return nil, fmt.Errorf("%w: stances are grouped by exactly one of TARGET, POSITION and ISSUE", graph.ErrInvalid)
	}
	g.Toward = variables[out.toward]
	query := graph.TakingQuery{Filter: q.Filter, Toward: analysis.Toward(g.Toward), AsOf: q.AsOf}
	var err error
	if out.projection, g.Copies, err = r.projections.get(ctx, query, q.Unit == analysis.UnitUtterance); err != nil {
		return nil, err
	}
	out.list, _, err = out.projection.Cells(g)
	return out, err
}

// stance is a cell as a stance.
func (c *stanceCells) stance(i int) graph.Stance {
	x := &c.list[i]
	return graph.Stance{
		Speaker: x.Actor, OnBehalfOf: x.Behalf, Target: object(c.toward, graph.ByTarget, x.Object),
		Position: object(c.toward, graph.ByPosition, x.Object), Issue: object(c.toward, graph.ByIssue, x.Object),
		From: x.From, Negative: x.Negative, Neutral: x.Neutral, Positive: x.Positive, First: x.First, Last: x.Last,
	}
}

// behindStances leads from stances that the store counted to their statements,
// which are looked up for all of them once those of one are asked for.
type behindStances struct {
	resolver *resolver
	query    graph.StanceQuery
	once     sync.Once
	cells    *stanceCells
	at       map[graph.Stance]int
	err      error
}

func (b *behindStances) of(ctx context.Context, s graph.Stance) ([]graph.ID, error) {
	b.once.Do(func() {
		b.query.Limit = math.MaxInt
		if b.cells, b.err = b.resolver.stanceCells(ctx, b.query); b.err != nil {
			return
		}
		b.at = make(map[graph.Stance]int, len(b.cells.list))
		for i := range b.cells.list {
			b.at[keyOf(b.cells.stance(i))] = i
		}
	})
	if b.err != nil {
		return nil, b.err
	}
	i, ok := b.at[keyOf(s)]
	if !ok { // superseded since it was counted
		return nil, nil
	}
	return b.cells.projection.Statements(&b.cells.list[i]), nil
}

// keyOf is what stances are grouped by.
func keyOf(s graph.Stance) graph.Stance {
	s.Negative, s.Neutral, s.Positive, s.First, s.Last = 0, 0, 0, "", ""
	return s
}
