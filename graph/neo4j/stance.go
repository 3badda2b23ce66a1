package neo4j

import (
	"context"
	"errors"
	"iter"
	"slices"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"mawqif/graph"
)

// Stances implements [graph.StanceReader].
func (s *Store) Stances(ctx context.Context, q graph.StanceQuery) ([]graph.Stance, error) {
	of, err := q.Validate()
	if err != nil {
		return nil, err
	}
	parts, params, err := valueParts(&q.Filter, of, q.AsOf)
	if err != nil {
		return nil, err
	}
	params["by"], params["unit"], params["limit"] = strs(q.By), string(q.Unit), int64(q.Limit)
	params["interval"] = map[graph.Interval]string{
		graph.IntervalDay: "day", graph.IntervalWeek: "week", graph.IntervalMonth: "month", graph.IntervalYear: "year",
	}[q.Interval]
	if params["interval"] == "" {
		params["interval"] = "day"
	}
	all, err := ask(ctx, s, readStance, query(append(parts, "keys", "groups")...), params)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, graph.CompareStances)
	return all, nil
}

// valueParts selects statements with the values of one relation that stand, or
// stood at a moment that is not zero.
func valueParts(f *graph.StatementFilter, of graph.Dimension, asOf time.Time) ([]string, map[string]any, error) {
	relation, part := "takes", "takes"
	if of == graph.ByTarget {
		relation, part = "toward", "toward"
		if f.RollUp && len(f.Targets) > 0 {
			part = "toward-rolled-up"
		}
	}
	parts, params, err := statementParts(f, relation)
	if err != nil {
		return nil, nil, err
	}
	when := "that-stand"
	if !asOf.IsZero() {
		when, params["asOf"] = "that-stood", asOf.UTC()
	}
	return append(parts, part, when), params, nil
}

func readStance(r *record) graph.Stance {
	return graph.Stance{
		Speaker: r.id("speaker"), OnBehalfOf: r.id("behalf"), Target: r.id("target"), Position: r.id("position"), Issue: r.id("issue"),
		From: r.day("since"), Negative: int(column[int64](r, "negative")), Neutral: int(column[int64](r, "neutral")),
		Positive: int(column[int64](r, "positive")), First: r.day("first"), Last: r.day("last"),
	}
}

// Takings implements [graph.StanceReader].
func (s *Store) Takings(ctx context.Context, q graph.TakingQuery) iter.Seq2[graph.TakingEvent, error] {
	return func(yield func(graph.TakingEvent, error) bool) {
		if err := s.takings(ctx, &q, yield); err != nil {
			yield(graph.TakingEvent{}, s.explain(ctx, err))
		}
	}
}

// takings yields the events of a query, and returns what keeps it from going
// on.
func (s *Store) takings(ctx context.Context, q *graph.TakingQuery, yield func(graph.TakingEvent, error) bool) error {
	if err := q.Validate(); err != nil {
		return err
	}
	of := graph.ByPosition
	if q.Toward != "" {
		of = q.Toward
	}
	parts, params, err := valueParts(&q.Filter, of, q.AsOf)
	if err != nil {
		return err
	}
	text := query(append(parts, "takings")...)
	stop := errors.New("no more is wanted")
	err = s.reading(ctx, func(tx neo4j.ExplicitTransaction) error {
		return stream(ctx, tx, readTaking, text, params, func(e graph.TakingEvent) error {
			if !yield(e, nil) {
				return stop
			}
			return nil
		})
	})
	if errors.Is(err, stop) {
		return nil
	}
	return err
}

func readTaking(r *record) graph.TakingEvent {
	return graph.TakingEvent{
		Statement: r.id("statement"), Article: r.id("article"), Outlet: r.only("outlet"), Speaker: r.only("speaker"), OnBehalfOf: r.only("behalf"),
		Position: r.id("position"), Issue: r.id("issue"), Target: r.id("target"), Value: int8(column[int64](r, "value")),
		Said: r.day("said"), Published: r.day("published"), Utterance: column[string](r, "utterance"),
	}
}
