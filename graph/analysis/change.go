package analysis

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"mawqif/graph"
)

// Phase is what an actor said on something before or after a change.
type Phase struct {
	// Count is how many values it has, neutral ones left out, Mean their mean.
	Count int
	Mean  float64
	// Day and Statement are those of the passage next to the change: the last
	// before it, the first after it, that is on the side of the mean.
	Day       graph.Day
	Statement graph.ID
}

// Shift is a change of what an actor says on something.
type Shift struct {
	Actor, Object graph.ID
	Before, After Phase

	cell Cell
}

// Size is how far the mean moved, −2 to 2.
func (s *Shift) Size() float64 { return s.After.Mean - s.Before.Mean }

// Shifts finds actors whose agreement changed sides: those cells of a grouping
// without intervals whose values, in the order of days, fall into two phases
// with means of opposed signs that differ by at least least, 0 to 2, each of at
// least most values on its side. The change is put where the values differ
// least from the means of their phases (one change point by least squares).
// Values without a day and neutral ones are left out. The largest shifts come
// first, weighed by the values that bear them out.
func (p *Projection) Shifts(g Grouping, least float64, support int) ([]Shift, error) {
	if !(least >= 0 && least <= 2) {
		return nil, fmt.Errorf("%w: a shift of at least %v is not between 0 and 2", ErrSettings, least)
	}
	if support < 1 {
		return nil, fmt.Errorf("%w: a shift needs at least 1 value on each side, not %d", ErrSettings, support)
	}
	cells, err := p.histories(g)
	if err != nil {
		return nil, err
	}
	var shifts []Shift
	for i := range cells {
		if s, ok := p.shift(&cells[i], support); ok && math.Abs(s.Size()) >= least {
			shifts = append(shifts, s)
		}
	}
	slices.SortStableFunc(shifts, func(a, b Shift) int { return cmp.Compare(b.strength(), a.strength()) })
	return shifts[:min(len(shifts), g.Limit)], nil
}

// strength is the sum of squares that the change explains.
func (s *Shift) strength() float64 {
	n, m := float64(s.Before.Count), float64(s.After.Count)
	return n * m / (n + m) * s.Size() * s.Size()
}

// histories are the cells of actors over all time.
func (p *Projection) histories(g Grouping) ([]Cell, error) {
	if g.Actor == "" || g.Interval != "" {
		return nil, fmt.Errorf("%w: changes and contradictions are those of an actor over all time", ErrSettings)
	}
	if err := p.checkGrouping(&g); err != nil {
		return nil, err
	}
	g.Limit, g.Bootstrap = math.MaxInt, false
	g.keep = func(t *tally) bool { return t.actor != 0 && t.counts[0] > 0 && t.counts[2] > 0 }
	cells, _, err := p.Cells(g)
	return cells, err
}

func (p *Projection) shift(c *Cell, support int) (Shift, bool) {
	places := slices.DeleteFunc(slices.Clone(c.places), func(i int32) bool {
		return p.takings[i].value == 0 || p.takings[i].day == unknownDay
	})
	total := 0
	for _, i := range places {
		total += int(p.takings[i].value)
	}
	best, explained, sum := 0, 0.0, 0
	for k := 1; k < len(places); k++ {
		before := &p.takings[places[k-1]]
		sum += int(before.value)
		if before.day == p.takings[places[k]].day || k < support || len(places)-k < support {
			continue
		}
		n, m := float64(k), float64(len(places)-k)
		d := float64(total-sum)/m - float64(sum)/n
		if e := n * m / (n + m) * d * d; e > explained+1e-12 {
			best, explained = k, e
		}
	}
	if best == 0 {
		return Shift{}, false
	}
	before, after := places[:best], slices.Clone(places[best:])
	s := Shift{Actor: c.Actor, Object: c.Object, cell: *c}
	slices.Reverse(after) // the passage next to the change comes last
	s.Before, s.After = p.phase(before), p.phase(after)
	return s, s.Before.Mean*s.After.Mean < 0
}

// phase sums up values, the one next to the change last.
func (p *Projection) phase(places []int32) Phase {
	f := Phase{Count: len(places)}
	for _, i := range places {
		f.Mean += float64(p.takings[i].value)
	}
	f.Mean /= float64(len(places))
	for _, i := range slices.Backward(places) {
		if t := &p.takings[i]; float64(t.value)*f.Mean > 0 {
			f.Day, f.Statement = dayOf(t.day), p.statements[t.statement]
			break
		}
	}
	return f
}

// ShiftStatements returns all statements of the actor on the thing, the
// earliest first.
func (p *Projection) ShiftStatements(s *Shift) []graph.ID { return p.statementsAt(s.cell.behind) }

// Contradiction is that an actor, or those who speak for it, take opposed
// values on something.
type Contradiction struct {
	Actor, Object graph.ID
	// First and Second are the two opposed statements that are nearest in time,
	// the earlier first; the days are "" if unknown.
	First, Second       graph.ID
	FirstDay, SecondDay graph.Day
	// Days is how many days lie between them, −1 if unknown.
	Days               int
	Negative, Positive int

	cell Cell
}

// Contradictions finds opposed values of one actor on one thing. A person
// contradicts itself; an institution is contradicted if two speakers for it
// differ, such as an official and the institution; a state if two institutions
// of it do. The nearest in time come first, ties by the names' ids. Only those
// within so many days are found, all if that is negative; those without days
// only then.
func (p *Projection) Contradictions(g Grouping, days int) ([]Contradiction, error) {
	cells, err := p.histories(g)
	if err != nil {
		return nil, err
	}
	var list []Contradiction
	for i := range cells {
		c, ok := p.contradiction(&cells[i], g.Actor)
		if ok && (days < 0 || c.Days >= 0 && c.Days <= days) {
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b Contradiction) int {
		return cmp.Compare(uint(a.Days), uint(b.Days)) // −1 comes last
	})
	return list[:min(len(list), g.Limit)], nil
}

// voice is who must differ for an actor of a level to be contradicted; a person
// is one voice alone.
func (p *Projection) voice(t *taking, level Variable) int32 {
	switch level {
	case Institution:
		return t.speaker
	case State:
		return p.institution(t)
	}
	return 0
}

func (p *Projection) contradiction(c *Cell, level Variable) (Contradiction, bool) {
	// The last two places of each side, of different voices: the nearest value
	// that another voice opposes is one of them.
	var last [2][2]int32
	var known [2]int
	first, second, gap := int32(-1), int32(-1), math.MaxInt
	for _, i := range c.places {
		t := &p.takings[i]
		if t.value == 0 {
			continue
		}
		side := (int(t.value) + 1) / 2
		for _, other := range last[1-side][:known[1-side]] {
			o := &p.takings[other]
			if level != Person && p.voice(o, level) == p.voice(t, level) || o.statement == t.statement {
				continue
			}
			between := math.MaxInt - 1 // unknown
			if o.day != unknownDay {
				between = int(t.day - o.day)
			}
			if between < gap {
				first, second, gap = other, i, between
			}
			break
		}
		own := &last[side]
		if known[side] > 0 && (level == Person || p.voice(&p.takings[own[0]], level) != p.voice(t, level)) {
			own[1], known[side] = own[0], 2
		}
		own[0], known[side] = i, max(known[side], 1)
	}
	if first < 0 {
		return Contradiction{}, false
	}
	a, b := &p.takings[first], &p.takings[second]
	out := Contradiction{
		Actor: c.Actor, Object: c.Object, First: p.statements[a.statement], Second: p.statements[b.statement],
		FirstDay: dayOf(a.day), SecondDay: dayOf(b.day), Days: -1, Negative: c.Negative, Positive: c.Positive, cell: *c,
	}
	if gap < math.MaxInt-1 {
		out.Days = gap
	}
	return out, true
}

// ContradictionStatements returns all statements of the actor, or for it, on
// the thing, the earliest first.
func (p *Projection) ContradictionStatements(c *Contradiction) []graph.ID {
	return p.statementsAt(c.cell.behind)
}
