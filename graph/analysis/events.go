// Package analysis derives discourse networks from statements: who takes which
// positions, who agrees with whom, how that changes over time. Its functions
// are pure: they read events once and know no store.
//
// The networks and their names follow Discourse Network Analyzer (Leifeld,
// "Discourse Network Analysis: Policy Debates as Dynamic Networks", 2017);
// docs/networks.md tells where DNA's figures surprise and what is done here.
package analysis

import (
	"cmp"
	"slices"
	"time"

	"mawqif/graph"
)

// Label names a row or a column: an actor, a position or an issue. ID is zero
// where the events do not come from a store.
type Label struct {
	ID   graph.ID `json:"id,omitempty"`
	Name string   `json:"name"`
}

func compareLabels(a, b Label) int {
	return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
}

// Event is a statement that takes a value on something.
type Event struct {
	// Row and Column are indices into the labels of [Events].
	Row, Column int
	// Value is 1 for agreement, −1 for disagreement, 0 for neither.
	Value int8
	// Document is an index that tells documents apart.
	Document int
	// Time is when it was said, or published.
	Time time.Time
	// Order breaks ties of Time, as ids of statements do.
	Order int
}

// Events are the statements of a network, with the labels of their rows (the
// nodes of a one-mode network) and columns (what connects them). Labels are
// distinct.
type Events struct {
	Rows, Columns []Label
	List          []Event
}

// sorted returns the events that take sides, in the order of time, with labels
// in the order of their letters, and how many take none.
func (e Events) sorted() (Events, int) {
	rows, rowAt := sortLabels(e.Rows)
	columns, columnAt := sortLabels(e.Columns)
	out := Events{Rows: rows, Columns: columns, List: make([]Event, 0, len(e.List))}
	neutral := 0
	for _, ev := range e.List {
		if ev.Value == 0 {
			neutral++
			continue
		}
		ev.Row, ev.Column = rowAt[ev.Row], columnAt[ev.Column]
		out.List = append(out.List, ev)
	}
	slices.SortStableFunc(out.List, func(a, b Event) int {
		return cmp.Or(a.Time.Compare(b.Time), cmp.Compare(a.Order, b.Order))
	})
	return out, neutral
}

func sortLabels(labels []Label) (sorted []Label, at []int) {
	order := make([]int, len(labels))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return compareLabels(labels[a], labels[b]) })
	sorted, at = make([]Label, len(labels)), make([]int, len(labels))
	for i, o := range order {
		sorted[i], at[o] = labels[o], i
	}
	return sorted, at
}

// Duplicates tells which statements of the same row, column and value count
// once.
type Duplicates string

// The settings for duplicates. A week or a month is its number in the year,
// whatever the year: so DNA counts them.
const (
	Include     Duplicates = "include"
	Document    Duplicates = "document"
	Week        Duplicates = "week"
	Month       Duplicates = "month"
	Year        Duplicates = "year"
	AcrossRange Duplicates = "acrossrange"
)

// unique keeps the first of every set of duplicates. With qualifier false, two
// statements that differ in their value alone are duplicates.
func (e Events) unique(d Duplicates, qualifier bool) Events {
	if d == Include {
		return e
	}
	type key struct {
		row, column, period int
		value               int8
	}
	seen := make(map[key]bool, len(e.List))
	kept := make([]Event, 0, len(e.List))
	for _, ev := range e.List {
		k := key{row: ev.Row, column: ev.Column}
		if qualifier {
			k.value = ev.Value
		}
		switch d {
		case Document:
			k.period = ev.Document
		case Week:
			k.period = weekOfYear(ev.Time)
		case Month:
			k.period = int(ev.Time.Month())
		case Year:
			k.period = ev.Time.Year()
		}
		if !seen[k] {
			seen[k] = true
			kept = append(kept, ev)
		}
	}
	e.List = kept
	return e
}

// weekOfYear is the number of the week, from Sunday to Saturday, in the year
// whose first of January it holds or follows: the calendar that DNA falls back
// on wherever it runs under an American locale.
func weekOfYear(t time.Time) int {
	saturday := t.AddDate(0, 0, int(time.Saturday-t.Weekday()))
	return (saturday.YearDay()-1)/7 + 1
}

// active returns the events with the labels that occur in them alone.
func (e Events) active() Events {
	rows, columns := make([]bool, len(e.Rows)), make([]bool, len(e.Columns))
	for _, ev := range e.List {
		rows[ev.Row], columns[ev.Column] = true, true
	}
	var out Events
	rowAt, columnAt := make([]int, len(e.Rows)), make([]int, len(e.Columns))
	for i, in := range rows {
		if in {
			rowAt[i] = len(out.Rows)
			out.Rows = append(out.Rows, e.Rows[i])
		}
	}
	for i, in := range columns {
		if in {
			columnAt[i] = len(out.Columns)
			out.Columns = append(out.Columns, e.Columns[i])
		}
	}
	out.List = make([]Event, len(e.List))
	for i, ev := range e.List {
		ev.Row, ev.Column = rowAt[ev.Row], columnAt[ev.Column]
		out.List[i] = ev
	}
	return out
}
