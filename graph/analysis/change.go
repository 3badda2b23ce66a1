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

	behind []int32
}

// Size is how far the mean moved, −2 to 2.
func (s *Shift) Size() float64 { return s.After.Mean - s.Before.Mean }

// Shifts finds actors whose agreement changed sides: those cells of a grouping
// without intervals whose values, in the order of days, fall into two phases
// with means of opposed signs that differ by at least size, 0 to 2, each of at
// least support values. The change is put where the values differ least from the
// means of their phases (one change point by least squares). Values without a day
// and neutral ones are left out. The largest shifts come first, weighed by the
// values that bear them out.
func (p *Projection) Shifts(g Grouping, size float64, support int) ([]Shift, error) {
	if !(size >= 0 && size <= 2) {
		return nil, fmt.Errorf("%w: a shift of at least %v is not between 0 and 2", ErrSettings, size)
	}
	if support < 1 {
		return nil, fmt.Errorf("%w: a shift needs at least 1 value on each side, not %d", ErrSettings, support)
	}
	groups, err := p.histories(&g)
	if err != nil {
		return nil, err
	}
	var found []turn
	var sided []int32
	for i := range groups {
		sided = p.sided(groups[i].places, sided[:0])
		if t, ok := p.turn(sided, support); ok && math.Abs(t.size) >= size {
			t.group = &groups[i]
			found = append(found, t)
		}
	}
	found = least(found, g.Limit, func(a, b turn) int {
		return cmp.Or(cmp.Compare(b.strength, a.strength), p.compareTallies(a.tally, b.tally))
	})
	shifts := make([]Shift, len(found))
	for i, t := range found {
		sided = p.sided(t.places, sided[:0])
		before, after := sided[:t.at], sided[t.at:]
		slices.Reverse(after) // the passage next to the change comes last
		shifts[i] = Shift{
			Actor: p.nodes[t.actor], Object: p.nodes[t.object], Before: p.phase(before), After: p.phase(after), behind: t.behind,
		}
	}
	return shifts, nil
}

// histories are the values of actors over all time, where some are opposed.
func (p *Projection) histories(g *Grouping) ([]group, error) {
	if g.Actor == "" || g.Interval != "" {
		return nil, fmt.Errorf("%w: changes and contradictions are those of an actor over all time", ErrSettings)
	}
	t, err := p.tally(g)
	if err != nil {
		return nil, err
	}
	var opposed []int32
	for i := range t.list {
		if x := &t.list[i]; x.actor != 0 && x.counts[0] > 0 && x.counts[2] > 0 {
			opposed = append(opposed, int32(i))
		}
	}
	return t.groups(opposed), nil
}

// sided appends the places of values that have a day and take a side.
func (p *Projection) sided(places, into []int32) []int32 {
	for _, i := range places {
		if t := &p.takings[i]; t.value != 0 && t.day != unknownDay {
			into = append(into, i)
		}
	}
	return into
}

// turn is where a group changes sides: at which of its values that take a side,
// how far the mean moves, and the sum of squares that this explains.
type turn struct {
	*group
	at             int
	size, strength float64
}

// turn finds the change that explains most; ok is false if there is none between
// means of opposed signs.
func (p *Projection) turn(sided []int32, support int) (best turn, ok bool) {
	total := 0
	for _, i := range sided {
		total += int(p.takings[i].value)
	}
	sum := 0
	for k := 1; k < len(sided); k++ {
		before := &p.takings[sided[k-1]]
		sum += int(before.value)
		if before.day == p.takings[sided[k]].day || k < support || len(sided)-k < support {
			continue
		}
		n, m := float64(k), float64(len(sided)-k)
		d := float64(total-sum)/m - float64(sum)/n
		if e := n * m / (n + m) * d * d; e > best.strength+1e-12 {
			best, ok = turn{at: k, size: d, strength: e}, sum*(total-sum) < 0
		}
	}
	return best, ok
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
func (p *Projection) ShiftStatements(s *Shift) []graph.ID { return p.statementsAt(s.behind) }

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

	behind []int32
}

// Contradictions finds opposed values of one actor on one thing. A person
// contradicts itself; an institution is contradicted if two speakers for it
// differ, such as an official and the institution; a state if two institutions
// of it do. The nearest in time come first, ties by the names' ids. Only those
// within so many days are found, all if that is negative; those without days
// only then.
func (p *Projection) Contradictions(g Grouping, days int) ([]Contradiction, error) {
	groups, err := p.histories(&g)
	if err != nil {
		return nil, err
	}
	var found []opposition
	for i := range groups {
		if o, ok := p.opposition(&groups[i], g.Actor); ok && (days < 0 || o.gap <= days) {
			found = append(found, o)
		}
	}
	found = least(found, g.Limit, func(a, b opposition) int {
		return cmp.Or(cmp.Compare(a.gap, b.gap), p.compareTallies(a.tally, b.tally))
	})
	list := make([]Contradiction, len(found))
	for i, o := range found {
		a, b := &p.takings[o.first], &p.takings[o.second]
		list[i] = Contradiction{
			Actor: p.nodes[o.actor], Object: p.nodes[o.object], First: p.statements[a.statement], Second: p.statements[b.statement],
			FirstDay: dayOf(a.day), SecondDay: dayOf(b.day), Days: -1, Negative: int(o.counts[0]), Positive: int(o.counts[2]), behind: o.behind,
		}
		if o.gap != unknownGap {
			list[i].Days = o.gap
		}
	}
	return list, nil
}

// opposition is the two opposed values of a group that are nearest in time, by
// their places, and the days between them.
type opposition struct {
	*group
	first, second int32
	gap           int
}

// unknownGap is longer than all others.
const unknownGap = math.MaxInt - 1

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

// opposition finds the nearest opposed values; ok is false if no two voices are
// opposed.
func (p *Projection) opposition(c *group, level Variable) (o opposition, ok bool) {
	// The last two places of each side, of different voices: the nearest value
	// that another voice opposes is one of them.
	var last [2][2]int32
	var known [2]int
	o = opposition{group: c, gap: math.MaxInt}
	for _, i := range c.places {
		t := &p.takings[i]
		if t.value == 0 {
			continue
		}
		side := (int(t.value) + 1) / 2
		for _, other := range last[1-side][:known[1-side]] {
			x := &p.takings[other]
			if level != Person && p.voice(x, level) == p.voice(t, level) || x.statement == t.statement {
				continue
			}
			between := unknownGap
			if x.day != unknownDay {
				between = int(t.day - x.day)
			}
			if between < o.gap {
				o.first, o.second, o.gap = other, i, between
			}
			break
		}
		own := &last[side]
		if known[side] > 0 && (level == Person || p.voice(&p.takings[own[0]], level) != p.voice(t, level)) {
			own[1], known[side] = own[0], 2
		}
		own[0], known[side] = i, max(known[side], 1)
	}
	return o, o.gap < math.MaxInt
}

// ContradictionStatements returns all statements of the actor, or for it, on
// the thing, the earliest first.
func (p *Projection) ContradictionStatements(c *Contradiction) []graph.ID {
	return p.statementsAt(c.behind)
}
