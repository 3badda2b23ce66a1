package sqlite

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"mawqif/graph"
)

const secondsADay = 24 * 60 * 60

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

// The letters of ids in the order in which ids sort.
const idLetters = "234567abcdefghijklmnopqrstuvwxyz"

// rank returns the first 63 bits of an id, such that ids sort as their ranks:
// twelve letters of five bits and three bits of the next.
func rank(id graph.ID) int64 {
	_, letters, _ := strings.Cut(string(id), ":")
	var r int64
	for i := range 13 {
		var bits int64
		if i < len(letters) {
			bits = int64(max(0, strings.IndexByte(idLetters, letters[i])))
		}
		if i < 12 {
			r = r<<5 | bits
		} else {
			r = r<<3 | bits>>2
		}
	}
	return r
}

// ranks are those of the ids of a kind; other ids are no rows.
func ranks(ids []graph.ID, kind graph.Kind) []int64 {
	out := make([]int64, 0, len(ids))
	for _, id := range ids {
		if id.Kind() == kind {
			out = append(out, rank(id))
		}
	}
	return out
}

// list is a parameter that holds any number of values, read with json_each.
func list[T any](values []T) string {
	b, err := json.Marshal(values)
	if err != nil {
		panic(fmt.Sprintf("a list of %T is no JSON: %v", values, err))
	}
	return string(b)
}
