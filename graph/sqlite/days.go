package sqlite

import (
	"database/sql"
	"time"

	"mawqif/graph"
)

const secondsADay = 24 * 60 * 60

// unknownDay stands for an unknown day in the columns that lists are sorted
// by: after every day there is.
const unknownDay = 9999999

// dayNumber counts a day from 1970-01-01; NULL if it is unknown.
func dayNumber(d graph.Day) sql.NullInt64 {
	if d == "" {
		return sql.NullInt64{}
	}
	return sql.NullInt64{Int64: d.Time().Unix() / secondsADay, Valid: true}
}

func dayOf(n sql.NullInt64) graph.Day {
	if !n.Valid {
		return ""
	}
	return graph.Day(time.Unix(n.Int64*secondsADay, 0).UTC().Format(time.DateOnly))
}
