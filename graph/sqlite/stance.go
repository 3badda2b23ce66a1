package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"mawqif/graph"
)

// intervals gives the first day of the interval that a day v.day is in. Weeks
// begin on Monday; 1970-01-01 was a Thursday.
var intervals = map[graph.Interval]string{
	graph.IntervalDay:   "v.day",
	graph.IntervalWeek:  "v.day - ((v.day + 3) % 7 + 7) % 7",
	graph.IntervalMonth: "unixepoch(v.day * 86400, 'unixepoch', 'start of month') / 86400",
	graph.IntervalYear:  "unixepoch(v.day * 86400, 'unixepoch', 'start of year') / 86400",
}

// Stances implements [graph.StanceReader].
func (s *Store) Stances(ctx context.Context, q graph.StanceQuery) ([]graph.Stance, error) {
	query, args, err := stanceQuery(&q)
	if err != nil {
		return nil, err
	}
	all, err := ask(ctx, s, scanStance, query, args...)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, graph.CompareStances)
	return all, nil
}

func stanceQuery(q *graph.StanceQuery) (string, []any, error) {
	of, err := q.Validate()
	if err != nil {
		return "", nil, err
	}
	columns := map[graph.Dimension]string{
		graph.BySpeaker: "v.speaker", graph.ByOnBehalfOf: "v.behalf", graph.ByTarget: "v.target",
		graph.ByPosition: "v.position", graph.ByIssue: "v.issue", graph.ByInterval: intervals[q.Interval],
	}
	table := "takes"
	if of == graph.ByTarget {
		table = "toward"
	}
	grouped := map[graph.Dimension]bool{}
	var by []string
	for _, d := range q.By {
		grouped[d] = true
		by = append(by, columns[d])
	}
	// A statement has one value a target and a position, but may have several
	// an issue, and an article may have several of each.
	counted := "count(*) FILTER (WHERE v.value = %d)"
	switch {
	case q.Unit == graph.UnitArticle:
		counted = "count(DISTINCT v.article) FILTER (WHERE v.value = %d)"
	case grouped[graph.ByIssue]:
		counted = "count(DISTINCT v.statement) FILTER (WHERE v.value = %d)"
	}
	var w where
	if !q.AsOf.IsZero() {
		w.asOf(q.AsOf)
	}
	from, needsStatement, err := w.valuesOf(table, &q.Filter)
	if err != nil {
		return "", nil, err
	}
	clause, args := w.tests(none)
	if needsStatement {
		from += " CROSS JOIN statement s ON s.n = v.statement"
	}
	// Ids are looked up for the dimensions that are asked for, the others are
	// none.
	ids, groups, order := []string{}, []string{}, []string{"g.negative + g.neutral + g.positive DESC"}
	for i, d := range []graph.Dimension{graph.BySpeaker, graph.ByOnBehalfOf, graph.ByTarget, graph.ByPosition, graph.ByIssue} {
		if !grouped[d] {
			ids = append(ids, "''")
			continue
		}
		groups = append(groups, fmt.Sprintf("%s AS k%d", columns[d], i))
		ids = append(ids, fmt.Sprintf("coalesce((SELECT id FROM node WHERE n = g.k%d), '') AS id%d", i, i))
		order = append(order, fmt.Sprintf("id%d", i))
	}
	since := "NULL"
	if grouped[graph.ByInterval] {
		since = "g.since"
		groups = append(groups, columns[graph.ByInterval]+" AS since")
		order = append(order, "g.since IS NULL", "g.since")
	}
	query := fmt.Sprintf(`%sSELECT %s, %s, g.negative, g.neutral, g.positive, g.first, g.last
		FROM (SELECT %s, %s AS negative, %s AS neutral, %s AS positive, min(v.day) AS first, max(v.day) AS last
			FROM %s%s GROUP BY %s) AS g
		ORDER BY %s LIMIT ?`,
		w.with(), strings.Join(ids, ", "), since,
		strings.Join(groups, ", "), fmt.Sprintf(counted, -1), fmt.Sprintf(counted, 0), fmt.Sprintf(counted, 1),
		from, clause, strings.Join(by, ", "), strings.Join(order, ", "))
	return query, append(append(append([]any{}, w.setArgs...), args...), q.Limit), nil
}

func scanStance(r *sql.Rows, _ ...any) (g graph.Stance, err error) {
	var since, first, last sql.NullInt64
	err = r.Scan(&g.Speaker, &g.OnBehalfOf, &g.Target, &g.Position, &g.Issue,
		&since, &g.Negative, &g.Neutral, &g.Positive, &first, &last)
	g.From, g.First, g.Last = dayOf(since), dayOf(first), dayOf(last)
	return g, err
}
