package analysis

import (
	"cmp"
	"fmt"
	"slices"

	"mawqif/graph"
)

// Relation is what connects two actors: that they take the same value on
// something, or opposed ones.
type Relation string

// The relations.
const (
	Agreeing Relation = "agreement"
	Opposing Relation = "conflict"
)

// Step is a step of a path: two rows, by their place in the sample, what
// connects them, and the events behind it, in the order of time.
type Step struct {
	From, To int
	// Shared are the columns on which they agree, or are opposed.
	Shared []int
	Events []Event
}

// Path returns a shortest path of agreement or of conflict between two rows of
// a sample; nil if there is none. Of several it takes, from the end back, the
// step that shares most columns, ties by the labels. Its cost is linear in the
// events.
func (s *Sample) Path(from, to graph.ID, r Relation) ([]Step, error) {
	if r != Agreeing && r != Opposing {
		return nil, fmt.Errorf("%w: relation %q is neither %s nor %s", ErrSettings, r, Agreeing, Opposing)
	}
	if from == to {
		return nil, fmt.Errorf("%w: a path leads from one actor to another, not from %s to itself", ErrSettings, from)
	}
	start, end := s.row(from), s.row(to)
	if start < 0 || end < 0 {
		return nil, nil
	}
	w := newWalk(s, r)
	distance := w.distances(start, end)
	if distance[end] < 0 {
		return nil, nil
	}
	path := []int{end}
	for at := end; at != start; {
		at = w.before(at, distance)
		path = append(path, at)
	}
	slices.Reverse(path)
	return w.steps(path), nil
}

func (s *Sample) row(id graph.ID) int {
	return slices.IndexFunc(s.Rows, func(l Label) bool { return l.ID == id })
}

// walk knows who takes which stands. A stand is a column with a value on it:
// twice the column's index, and one more for a value of 1.
type walk struct {
	sample *Sample
	turn   int32 // 1 if a stand connects with the opposed one, else 0
	stands lists // of rows, each once
	takers lists // of stands: rows
}

// lists are lists of numbers, the nth from begin[n] to begin[n+1].
type lists struct{ begin, all []int32 }

func (l *lists) of(n int) []int32 { return l.all[l.begin[n]:l.begin[n+1]] }

// newLists makes n lists of the pairs of a list and a value that each yields, in
// the same order both times that it is called.
func newLists(n int, each func(yield func(list int, value int32))) lists {
	l := lists{begin: make([]int32, n+1)}
	each(func(list int, _ int32) { l.begin[list+1]++ })
	for i := range n {
		l.begin[i+1] += l.begin[i]
	}
	l.all = make([]int32, l.begin[n])
	next := slices.Clone(l.begin[:n])
	each(func(list int, value int32) {
		l.all[next[list]] = value
		next[list]++
	})
	return l
}

// unique keeps the first of each value, less than n, of a list.
func (l *lists) unique(n int) {
	last := make([]int, n) // list that had it, from 1
	kept, from := int32(0), l.begin[0]
	for i := range len(l.begin) - 1 {
		to := l.begin[i+1]
		for _, v := range l.all[from:to] {
			if last[v] != i+1 {
				last[v] = i + 1
				l.all[kept] = v
				kept++
			}
		}
		from, l.begin[i+1] = to, kept
	}
	l.all = l.all[:kept]
}

// standOf is the stand of an event that takes sides.
func standOf(e *Event) int32 {
	if e.Value > 0 {
		return int32(2*e.Column + 1)
	}
	return int32(2 * e.Column)
}

func newWalk(s *Sample, r Relation) *walk {
	w := &walk{sample: s}
	if r == Opposing {
		w.turn = 1
	}
	stands := 2 * len(s.Columns)
	w.stands = newLists(len(s.Rows), func(yield func(int, int32)) {
		for i := range s.List {
			if e := &s.List[i]; e.Value != 0 {
				yield(e.Row, standOf(e))
			}
		}
	})
	w.stands.unique(stands)
	w.takers = newLists(stands, func(yield func(int, int32)) {
		for row := range s.Rows {
			for _, k := range w.stands.of(row) {
				yield(int(k), int32(row))
			}
		}
	})
	return w
}

// distances counts the steps from a row, up to those that the end needs.
func (w *walk) distances(start, end int) []int32 {
	distance := make([]int32, len(w.sample.Rows))
	for i := range distance {
		distance[i] = -1
	}
	distance[start] = 0
	used := make([]bool, 2*len(w.sample.Columns))
	for queue := []int32{int32(start)}; len(queue) > 0 && distance[end] < 0; queue = queue[1:] {
		for _, k := range w.stands.of(int(queue[0])) {
			if k ^= w.turn; used[k] {
				continue
			}
			used[k] = true
			for _, row := range w.takers.of(int(k)) {
				if distance[row] < 0 {
					distance[row] = distance[queue[0]] + 1
					queue = append(queue, row)
				}
			}
		}
	}
	return distance
}

// before chooses where a shortest path comes from.
func (w *walk) before(at int, distance []int32) int {
	shared := make([]int32, len(w.sample.Rows))
	best := -1
	for _, k := range w.stands.of(at) {
		for _, row := range w.takers.of(int(k ^ w.turn)) {
			if distance[row] == distance[at]-1 {
				shared[row]++
			}
		}
	}
	for row, n := range shared {
		if n > 0 && (best < 0 || n > shared[best] || n == shared[best] && compareLabels(w.sample.Rows[row], w.sample.Rows[best]) < 0) {
			best = row
		}
	}
	return best
}

// steps are those of a path over rows.
func (w *walk) steps(path []int) []Step {
	events := make([][]Event, len(path)) // of rows
	at := make(map[int]int, len(path))
	for i, row := range path {
		at[row] = i
	}
	on := make([]bool, len(w.sample.Rows))
	for _, row := range path {
		on[row] = true
	}
	for i := range w.sample.List {
		if e := &w.sample.List[i]; on[e.Row] && e.Value != 0 {
			events[at[e.Row]] = append(events[at[e.Row]], *e)
		}
	}
	steps := make([]Step, len(path)-1)
	for i := range steps {
		steps[i] = w.step(path[i], path[i+1], events[i], events[i+1])
	}
	return steps
}

// step is one of a path, between two rows with their events.
func (w *walk) step(from, to int, fromEvents, toEvents []Event) Step {
	s := Step{From: from, To: to}
	add := func(events []Event, other int) {
		connects := map[int32]bool{}
		for _, k := range w.stands.of(other) {
			connects[k^w.turn] = true
		}
		for i := range events {
			if connects[standOf(&events[i])] {
				s.Events = append(s.Events, events[i])
			}
		}
	}
	add(fromEvents, to)
	add(toEvents, from)
	slices.SortStableFunc(s.Events, func(a, b Event) int { return cmp.Or(a.Time.Compare(b.Time), cmp.Compare(a.Order, b.Order)) })
	seen := map[int]bool{}
	for i := range s.Events {
		if column := s.Events[i].Column; !seen[column] {
			seen[column] = true
			s.Shared = append(s.Shared, column)
		}
	}
	slices.SortFunc(s.Shared, func(a, b int) int { return compareLabels(w.sample.Columns[a], w.sample.Columns[b]) })
	return s
}
