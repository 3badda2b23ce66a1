package analysis

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"
)

// Type is the type of a network.
type Type string

// The types: rows by columns (actors by positions), or rows by rows (actors
// connected by the positions they share).
const (
	TwoMode Type = "twomode"
	OneMode Type = "onemode"
)

// Aggregation tells what the values of statements do to the edges.
type Aggregation string

// The aggregations. Two-mode: ignore the values; combine them into 1 for
// agreement only, 2 for disagreement only, 3 for both; subtract disagreements
// from agreements. One-mode: ignore; congruence, shared values; conflict,
// opposed values; subtract, congruence less conflict.
const (
	Ignore     Aggregation = "ignore"
	Combine    Aggregation = "combine"
	Subtract   Aggregation = "subtract"
	Congruence Aggregation = "congruence"
	Conflict   Aggregation = "conflict"
)

// Normalization tells what edges are divided by.
type Normalization string

// The normalizations. Two-mode: by the row's statements (activity) or the
// column's (prominence). One-mode: by the mean of both rows' statements, by
// their union (Jaccard), or by the product of both (cosine).
const (
	NoNormalization Normalization = "no"
	Activity        Normalization = "activity"
	Prominence      Normalization = "prominence"
	Average         Normalization = "average"
	Jaccard         Normalization = "jaccard"
	Cosine          Normalization = "cosine"
)

// Settings tell how a network is made of events.
type Settings struct {
	Type          Type
	Aggregation   Aggregation
	Normalization Normalization
	Duplicates    Duplicates
	// From and To bound the statements, inclusive; zero leaves the side open.
	From, To time.Time
	// Isolates keeps rows and columns without a statement.
	Isolates bool
}

// Network is a matrix of edge weights. In a one-mode network Columns equals
// Rows and the matrix is symmetric.
type Network struct {
	Rows, Columns []Label
	Values        [][]float64
	// Start, Mid and Stop are the time that the network covers.
	Start, Mid, Stop time.Time
	// Statements counts the statements that made the network, duplicates left
	// out; Neutral those left out because they take no side.
	Statements, Neutral int

	settings Settings
	events   func() Events // that made it, with its labels, in the order of time
}

// ErrSettings tells that settings are unknown or do not go together.
var ErrSettings = errors.New("invalid network settings")

// Validate reports every setting that is unknown or does not go with the
// type, as [ErrSettings].
func (s Settings) Validate() error {
	aggregations := map[Type][]Aggregation{
		TwoMode: {Ignore, Combine, Subtract},
		OneMode: {Ignore, Congruence, Conflict, Subtract},
	}
	normalizations := map[Type][]Normalization{
		TwoMode: {NoNormalization, Activity, Prominence},
		OneMode: {NoNormalization, Average, Jaccard, Cosine},
	}
	if aggregations[s.Type] == nil {
		return fmt.Errorf("%w: type %q is neither %s nor %s", ErrSettings, s.Type, OneMode, TwoMode)
	}
	var faults []error
	if !slices.Contains(aggregations[s.Type], s.Aggregation) {
		faults = append(faults, fmt.Errorf("%w: aggregation %q of a %s network is none of %v", ErrSettings, s.Aggregation, s.Type, aggregations[s.Type]))
	}
	if !slices.Contains(normalizations[s.Type], s.Normalization) {
		faults = append(faults, fmt.Errorf("%w: normalization %q of a %s network is none of %v", ErrSettings, s.Normalization, s.Type, normalizations[s.Type]))
	}
	if all := []Duplicates{Include, Document, Week, Month, Year, AcrossRange}; !slices.Contains(all, s.Duplicates) {
		faults = append(faults, fmt.Errorf("%w: duplicates %q is none of %v", ErrSettings, s.Duplicates, all))
	}
	if !s.From.IsZero() && !s.To.IsZero() && s.To.Before(s.From) {
		faults = append(faults, fmt.Errorf("%w: the range ends on %s, before it begins on %s", ErrSettings, s.To.Format(time.DateOnly), s.From.Format(time.DateOnly)))
	}
	return errors.Join(faults...)
}

// prepare sorts, bounds and thins the events as the settings say, and tells
// how many in the range take no side.
func (s Settings) prepare(e Events) (Events, int) {
	list := make([]Event, 0, len(e.List))
	for _, ev := range e.List {
		if s.within(ev.Time) {
			list = append(list, ev)
		}
	}
	e.List = list
	e, neutral := e.sorted()
	return e.unique(s.Duplicates, s.Aggregation != Ignore), neutral
}

// Make makes the network of events. Its cost is linear in the events, plus,
// for one-mode networks, the pairs of rows that share a column.
func Make(e Events, s Settings) (Network, error) {
	if err := s.Validate(); err != nil {
		return Network{}, err
	}
	n, ok := s.direct(e)
	if !ok {
		prepared, neutral := s.prepare(e)
		n = s.network(prepared)
		n.Neutral = neutral
		if list := prepared.List; len(list) > 0 {
			n.Start, n.Stop = list[0].Time, list[len(list)-1].Time
		}
	}
	if !s.From.IsZero() {
		n.Start = s.From
	}
	if !s.To.IsZero() {
		n.Stop = s.To
	}
	n.Mid = n.Start.Add(n.Stop.Sub(n.Start) / 2)
	return n, nil
}

// maxDense bounds the cells, rows times columns, that are counted in an array
// rather than in a map.
const maxDense = 1 << 22

// direct makes the network of events that need no sorting since none of them
// repeats another, in one pass over them.
func (s Settings) direct(e Events) (Network, bool) {
	rows, columns := len(e.Rows), len(e.Columns)
	if s.Duplicates != Include || rows*columns > maxDense {
		return Network{}, false
	}
	n := Network{settings: s}
	counts := make([][2]int32, rows*columns)
	bounded := !s.From.IsZero() || !s.To.IsZero()
	for i := range e.List {
		ev := &e.List[i]
		switch {
		case bounded && !s.within(ev.Time):
			continue
		case ev.Value == 0:
			n.Neutral++
			continue
		case n.Statements == 0:
			n.Start, n.Stop = ev.Time, ev.Time
		case ev.Time.Before(n.Start):
			n.Start = ev.Time
		case ev.Time.After(n.Stop):
			n.Stop = ev.Time
		}
		n.Statements++
		counts[ev.Row*columns+ev.Column][(ev.Value+1)/2]++
	}
	rowOrder, columnOrder := s.order(e.Rows, func(i int) bool {
		return slices.ContainsFunc(counts[i*columns:(i+1)*columns], func(c [2]int32) bool { return c != [2]int32{} })
	}), s.order(e.Columns, func(j int) bool {
		for i := range rows {
			if counts[i*columns+j] != [2]int32{} {
				return true
			}
		}
		return false
	})
	n.Rows, n.Columns = pickLabels(e.Rows, rowOrder), pickLabels(e.Columns, columnOrder)
	t := table{rows: len(rowOrder), columns: make([][]cell, len(columnOrder))}
	for j, column := range columnOrder {
		for i, row := range rowOrder {
			if c := counts[row*columns+column]; c != [2]int32{} {
				t.columns[j] = append(t.columns[j], cell{row: i, weight: [2]float64{float64(c[0]), float64(c[1])}})
			}
		}
	}
	n.events = sync.OnceValue(func() Events {
		prepared, _ := s.prepare(e)
		if !s.Isolates {
			prepared = prepared.active()
		}
		return prepared
	})
	s.fill(&n, t)
	return n, true
}

// order returns the places of the labels that are kept, in the order of labels.
func (s Settings) order(labels []Label, used func(int) bool) []int {
	var order []int
	for i := range labels {
		if s.Isolates || used(i) {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return compareLabels(labels[a], labels[b]) })
	return order
}

func pickLabels(labels []Label, order []int) []Label {
	if len(order) == 0 {
		return nil
	}
	picked := make([]Label, len(order))
	for i, o := range order {
		picked[i] = labels[o]
	}
	return picked
}

func (s Settings) within(t time.Time) bool {
	return (s.From.IsZero() || !t.Before(s.From)) && (s.To.IsZero() || !t.After(s.To))
}

// network makes the network of prepared events.
func (s Settings) network(e Events) Network {
	if !s.Isolates {
		e = e.active()
	}
	n := Network{Rows: e.Rows, Columns: e.Columns, Statements: len(e.List), settings: s, events: func() Events { return e }}
	s.fill(&n, tabulate(e, func(Event) float64 { return 1 }))
	return n
}

// fill computes the values of a network from the table of its rows and columns.
func (s Settings) fill(n *Network, t table) {
	if s.Type == TwoMode {
		n.Values = t.twoMode(s.Aggregation)
		t.normalizeTwoMode(n.Values, s.Aggregation, s.Normalization)
		return
	}
	n.Columns = n.Rows
	n.Values = t.oneMode(s.Aggregation)
	for i := range n.Values {
		n.Values[i][i] = 0
	}
	t.normalizeOneMode(n.Values, s.Normalization)
}

// cell holds the weights of the statements of a row on a column:
// disagreements, agreements.
type cell struct {
	row    int
	weight [2]float64
}

func (c *cell) sum() float64 { return c.weight[0] + c.weight[1] }

// table holds the cells of each column, by row.
type table struct {
	rows    int
	columns [][]cell
}

// tabulate adds up the weights of events.
func tabulate(e Events, weight func(Event) float64) table {
	t := table{rows: len(e.Rows), columns: make([][]cell, len(e.Columns))}
	at := places(len(e.List), len(e.Rows), len(e.Columns))
	for i := range e.List {
		ev := &e.List[i]
		i, isNew := at(ev.Row, ev.Column, len(t.columns[ev.Column]))
		if isNew {
			t.columns[ev.Column] = append(t.columns[ev.Column], cell{row: ev.Row})
		}
		level := 0
		if ev.Value > 0 {
			level = 1
		}
		t.columns[ev.Column][i].weight[level] += weight(*ev)
	}
	for _, cells := range t.columns {
		slices.SortFunc(cells, func(a, b cell) int { return a.row - b.row })
	}
	return t
}

// places returns what remembers the place of each row and column: next, the
// first time it is asked for. It is an array where that takes no more memory
// than a map of the events would.
func places(events, rows, columns int) func(row, column, next int) (place int, isNew bool) {
	if rows*columns <= 8*events && rows*columns <= maxDense {
		array := make([]int32, rows*columns)
		return func(row, column, next int) (int, bool) {
			p := &array[row*columns+column]
			if *p == 0 {
				*p = int32(next + 1)
				return next, true
			}
			return int(*p) - 1, false
		}
	}
	m := make(map[[2]int]int, events)
	return func(row, column, next int) (int, bool) {
		k := [2]int{row, column}
		p, ok := m[k]
		if !ok {
			m[k], p = next, next
		}
		return p, !ok
	}
}

func matrix(rows, columns int) [][]float64 {
	cells := make([]float64, rows*columns)
	m := make([][]float64, rows)
	for i := range m {
		m[i] = cells[i*columns : (i+1)*columns : (i+1)*columns]
	}
	return m
}

func (t table) twoMode(a Aggregation) [][]float64 {
	m := matrix(t.rows, len(t.columns))
	for j, cells := range t.columns {
		for i := range cells {
			c := &cells[i]
			switch a {
			case Ignore:
				m[c.row][j] = c.sum()
			case Subtract:
				m[c.row][j] = c.weight[1] - c.weight[0]
			case Combine:
				if c.weight[1] > 0 {
					m[c.row][j]++
				}
				if c.weight[0] > 0 {
					m[c.row][j] += 2
				}
			}
		}
	}
	return m
}

func (t table) normalizeTwoMode(m [][]float64, a Aggregation, n Normalization) {
	if n == NoNormalization {
		return
	}
	byRow, byColumn := make([]float64, t.rows), make([]float64, len(t.columns))
	for j, cells := range t.columns {
		for i := range cells {
			share := cells[i].sum()
			if a == Combine {
				share = 1
			}
			byRow[cells[i].row] += share
			byColumn[j] += share
		}
	}
	for i := range m {
		for j := range m[i] {
			by := byRow[i]
			if n == Prominence {
				by = byColumn[j]
			}
			m[i][j] = divide(m[i][j], by)
		}
	}
}

func divide(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// oneMode projects the table on its rows, the diagonal included.
func (t table) oneMode(a Aggregation) [][]float64 {
	m := matrix(t.rows, t.rows)
	var against, with, either []weighed
	for _, cells := range t.columns {
		against, with, either = against[:0], with[:0], either[:0]
		for i := range cells {
			c := &cells[i]
			if c.weight[0] != 0 {
				against = append(against, weighed{c.row, c.weight[0]})
			}
			if c.weight[1] != 0 {
				with = append(with, weighed{c.row, c.weight[1]})
			}
			if a == Ignore {
				either = append(either, weighed{c.row, c.sum()})
			}
		}
		switch a {
		case Ignore:
			addProducts(m, either, either, 1)
		case Congruence, Subtract:
			addProducts(m, against, against, 1)
			addProducts(m, with, with, 1)
		}
		switch a {
		case Conflict:
			addProducts(m, against, with, 1)
			addProducts(m, with, against, 1)
		case Subtract:
			addProducts(m, against, with, -1)
			addProducts(m, with, against, -1)
		}
	}
	for i := range m { // only the upper half was added to
		for j := range i {
			m[i][j] = m[j][i]
		}
	}
	return m
}

// weighed is a row with a weight.
type weighed struct {
	row    int
	weight float64
}

// addProducts adds the products of weights, times a sign, to the upper half of a
// matrix. Both lists are in the order of rows.
func addProducts(m [][]float64, left, right []weighed, sign float64) {
	first := 0
	for _, x := range left {
		for first < len(right) && right[first].row < x.row {
			first++
		}
		into, weight := m[x.row], sign*x.weight
		for _, y := range right[first:] {
			into[y.row] += weight * y.weight
		}
	}
}

func (t table) normalizeOneMode(m [][]float64, n Normalization) {
	if n == NoNormalization {
		return
	}
	total := make([]float64, t.rows)
	for _, cells := range t.columns {
		for i := range cells {
			total[cells[i].row] += cells[i].sum()
		}
	}
	var shared, product [][]float64
	if n == Jaccard {
		shared, product = t.shared()
	}
	for i := range m {
		for j := range m[i] {
			var by float64
			switch n {
			case Average:
				by = (total[i] + total[j]) / 2
			case Cosine:
				by = math.Sqrt(total[i]*total[i]) * math.Sqrt(total[j]*total[j])
			case Jaccard:
				by = total[i] - shared[i][j] + total[j] - shared[j][i] + product[i][j]
			}
			m[i][j] = divide(m[i][j], by)
		}
	}
}

// shared returns, for each pair of rows, the weight of the first on what both
// took with the same value, and the product of both weights there.
func (t table) shared() (of, product [][]float64) {
	of, product = matrix(t.rows, t.rows), matrix(t.rows, t.rows)
	for _, cells := range t.columns {
		for i := range cells {
			for j := range cells {
				x, y := &cells[i], &cells[j]
				for level := range x.weight {
					if x.weight[level] > 0 && y.weight[level] > 0 {
						of[x.row][y.row] += x.weight[level]
						product[x.row][y.row] += x.weight[level] * y.weight[level]
					}
				}
			}
		}
	}
	return of, product
}
