package analysis

import (
	"cmp"
	"math"
	"slices"

	"mawqif/graph"
)

// Edge is a value of a network that is not zero.
type Edge struct {
	Row, Column int
	Weight      float64
}

// Edges returns the edges of a network, those of the largest weight, whatever
// its sign, first, ties by row and column. Of a one-mode network each pair is
// there once; the diagonal, which kernels fill, is left out.
func (n *Network) Edges() []Edge {
	var list []Edge
	for i, row := range n.Values {
		for j, v := range row {
			if v != 0 && (n.settings.Type != OneMode || i < j) {
				list = append(list, Edge{i, j, v})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Edge) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	return list
}

// Trail leads from the values of a network back to the events that made them.
type Trail struct {
	network       *Network
	rows, columns [][]Event
}

// Trail makes the trail of a network, in time linear in its events.
func (n *Network) Trail() *Trail {
	events := n.events()
	t := &Trail{network: n, rows: make([][]Event, len(events.Rows)), columns: make([][]Event, len(events.Columns))}
	for _, e := range events.List {
		t.rows[e.Row] = append(t.rows[e.Row], e)
		t.columns[e.Column] = append(t.columns[e.Column], e)
	}
	return t
}

// Row returns the events of a row, Column those of a column of the events that
// the network was made of, in the order of time.
func (t *Trail) Row(i int) []Event { return t.rows[i] }

// Column returns the events of a column.
func (t *Trail) Column(i int) []Event { return t.columns[i] }

// Edge returns the events behind a value, in the order of time: in a two-mode
// network those of the row on the column; in a one-mode network those of both
// rows on columns that both take, where the network counts agreement with the
// same value, where it counts conflict with opposed ones.
func (t *Trail) Edge(row, column int) []Event {
	if t.network.settings.Type != OneMode {
		return filter(t.rows[row], func(e Event) bool { return e.Column == column })
	}
	type key struct {
		column int
		value  int8
	}
	counts := func(own, other []Event) []Event {
		has := map[key]bool{}
		for _, e := range other {
			has[key{e.Column, e.Value}] = true
		}
		return filter(own, func(e Event) bool {
			same, opposed := has[key{e.Column, e.Value}], has[key{e.Column, -e.Value}]
			switch t.network.settings.Aggregation {
			case Congruence:
				return same
			case Conflict:
				return opposed
			}
			return same || opposed
		})
	}
	both := append(counts(t.rows[row], t.rows[column]), counts(t.rows[column], t.rows[row])...)
	slices.SortStableFunc(both, func(a, b Event) int { return cmp.Or(a.Time.Compare(b.Time), cmp.Compare(a.Order, b.Order)) })
	return both
}

func filter(list []Event, keep func(Event) bool) []Event {
	var kept []Event
	for _, e := range list {
		if keep(e) {
			kept = append(kept, e)
		}
	}
	return kept
}

// StatementsOf returns the statements of events that the projection gave, each
// once, in the order of the events.
func (p *Projection) StatementsOf(events []Event) []graph.ID {
	places := make([]int32, len(events))
	for i, e := range events {
		places[i] = int32(e.Order)
	}
	return p.statementsAt(places)
}
