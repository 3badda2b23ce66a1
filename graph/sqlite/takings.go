package sqlite

import (
	"context"
	"database/sql"
	"iter"

	"mawqif/graph"
)

// Takings implements [graph.StanceReader].
func (s *Store) Takings(ctx context.Context, f graph.StatementFilter) iter.Seq2[graph.TakingEvent, error] {
	return func(yield func(graph.TakingEvent, error) bool) {
		var w where
		from, _, err := w.valuesOf("takes", &f)
		if err != nil {
			yield(graph.TakingEvent{}, err)
			return
		}
		clause, args := w.tests(none)
		leave, err := s.enter(ctx)
		if err != nil {
			yield(graph.TakingEvent{}, err)
			return
		}
		defer leave()
		rows, err := s.read.query(ctx, w.with()+`SELECT s.id, a.id,
				coalesce((SELECT id FROM node WHERE n = v.speaker), ''), coalesce((SELECT id FROM node WHERE n = v.behalf), ''),
				p.id, i.id, v.value, coalesce(v.day, s.published), s.utterance
			FROM `+from+` JOIN statement s ON s.n = v.statement JOIN article a ON a.n = v.article
				JOIN node p ON p.n = v.position JOIN node i ON i.n = v.issue`+clause+" ORDER BY s.rank, p.id",
			append(append([]any{}, w.setArgs...), args...)...)
		if err != nil {
			yield(graph.TakingEvent{}, s.explain(err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var e graph.TakingEvent
			var day sql.NullInt64
			err := rows.Scan(&e.Statement, &e.Article, &e.Speaker, &e.OnBehalfOf, &e.Position, &e.Issue, &e.Agreement, &day, &e.Utterance)
			e.Said = dayOf(day)
			if !yield(e, s.explain(err)) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(graph.TakingEvent{}, s.explain(err))
		}
	}
}
