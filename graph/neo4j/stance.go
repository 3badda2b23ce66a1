package neo4j

import (
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"mawqif/graph"
)

// Stances implements [graph.StanceReader].
func (s *Store) Stances(ctx context.Context, q graph.StanceQuery) ([]graph.Stance, error) {
	of, err := q.Validate()
	if err != nil {
		return nil, err
	}
	parts, params, err := valueParts(&q.Filter, of)
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

// valueParts selects statements with the values of one relation.
func valueParts(f *graph.StatementFilter, of graph.Dimension) ([]string, map[string]any, error) {
	relation, part := "takes", "takes"
	if of == graph.ByTarget {
		relation, part = "toward", "toward"
		if f.RollUp && len(f.Targets) > 0 {
			part = "toward-rolled-up"
		}
	}
	parts, params, err := statementParts(f, relation)
	return append(parts, part), params, err
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
	parts, params, err := valueParts(&q.Filter, of)
	if err != nil {
		return err
	}
	text := query(append(parts, "takings")...)
	if !q.AsOf.IsZero() {
		// What stood then need not stand now.
		text = strings.ReplaceAll(query(append([]string{"as-of"}, append(parts, "takings")...)...), ":Standing", ":Statement")
		params["asOf"] = q.AsOf.UTC()
	}
	leave, err := s.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	session := s.session(ctx, neo4j.AccessModeRead)
	defer session.Close(ctx)
	// A stream that began cannot be run again, so the transaction is not a
	// managed one.
	tx, err := session.BeginTransaction(ctx, s.bounds)
	if err != nil {
		return err
	}
	defer tx.Close(ctx)
	result, err := tx.Run(ctx, text, params)
	if err != nil {
		return err
	}
	for result.Next(ctx) {
		r := record{Record: result.Record()}
		e := readTaking(&r)
		if r.err != nil {
			return r.err
		}
		if !yield(e, nil) {
			return nil
		}
	}
	return result.Err()
}

func readTaking(r *record) graph.TakingEvent {
	return graph.TakingEvent{
		Statement: r.id("statement"), Article: r.id("article"), Outlet: r.only("outlet"), Speaker: r.only("speaker"), OnBehalfOf: r.only("behalf"),
		Position: r.id("position"), Issue: r.id("issue"), Target: r.id("target"), Value: int8(column[int64](r, "value")),
		Said: r.day("said"), Published: r.day("published"), Utterance: column[string](r, "utterance"),
	}
}
