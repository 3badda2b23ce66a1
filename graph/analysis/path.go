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
	var steps []Step
	for at := end; at != start; {
		before := w.before(at, distance)
		steps = append(steps, w.step(before, at))
		at = before
	}
	slices.Reverse(steps)
	return steps, nil
}

func (s *Sample) row(id graph.ID) int {
	return slices.IndexFunc(s.Rows, func(l Label) bool { return l.ID == id })
}

// stand is a column with a value, 1 or −1, that rows take on it.
type stand struct {
	column int
	value  int8
}

// walk knows who takes which stands.
type walk struct {
	sample *Sample
	sign   int8 // of the value that connects with a value of 1
	events [][]Event
	stands [][]stand // of each row, each once
	takes  map[taker]bool
	takers map[stand][]int
}

// taker is a row that takes a stand.
type taker struct {
	row int
	stand
}

func newWalk(s *Sample, r Relation) *walk {
	w := &walk{
		sample: s, sign: 1, events: make([][]Event, len(s.Rows)), stands: make([][]stand, len(s.Rows)),
		takes: map[taker]bool{}, takers: map[stand][]int{},
	}
	if r == Opposing {
		w.sign = -1
	}
	for _, e := range s.List {
		if e.Value == 0 {
			continue
		}
		w.events[e.Row] = append(w.events[e.Row], e)
		k := stand{e.Column, e.Value}
		if !w.takes[taker{e.Row, k}] {
			w.takes[taker{e.Row, k}] = true
			w.takers[k] = append(w.takers[k], e.Row)
			w.stands[e.Row] = append(w.stands[e.Row], k)
		}
	}
	return w
}

// distances counts the steps from a row, up to those that the end needs.
func (w *walk) distances(start, end int) []int {
	distance := make([]int, len(w.sample.Rows))
	for i := range distance {
		distance[i] = -1
	}
	distance[start] = 0
	used := map[stand]bool{}
	for queue := []int{start}; len(queue) > 0 && distance[end] < 0; queue = queue[1:] {
		for _, k := range w.stands[queue[0]] {
			k.value *= w.sign
			if used[k] {
				continue
			}
			used[k] = true
			for _, row := range w.takers[k] {
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
func (w *walk) before(at int, distance []int) int {
	shared := map[int]int{}
	for _, k := range w.stands[at] {
		k.value *= w.sign
		for _, row := range w.takers[k] {
			if distance[row] == distance[at]-1 {
				shared[row]++
			}
		}
	}
	best := -1
	for row, n := range shared {
		if best < 0 || cmp.Or(cmp.Compare(shared[best], n), compareLabels(w.sample.Rows[row], w.sample.Rows[best])) < 0 {
			best = row
		}
	}
	return best
}

func (w *walk) step(from, to int) Step {
	s := Step{From: from, To: to}
	counts := func(row, other int) []Event {
		return filter(w.events[row], func(e Event) bool {
			return w.takes[taker{other, stand{e.Column, e.Value * w.sign}}]
		})
	}
	s.Events = append(counts(from, to), counts(to, from)...)
	slices.SortStableFunc(s.Events, func(a, b Event) int { return cmp.Or(a.Time.Compare(b.Time), cmp.Compare(a.Order, b.Order)) })
	for _, e := range s.Events {
		if !slices.Contains(s.Shared, e.Column) {
			s.Shared = append(s.Shared, e.Column)
		}
	}
	slices.SortFunc(s.Shared, func(a, b int) int { return compareLabels(w.sample.Columns[a], w.sample.Columns[b]) })
	return s
}
