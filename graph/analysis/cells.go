package analysis

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"mawqif/graph"
)

// Grouping tells how values are grouped into cells.
type Grouping struct {
	// Actor is [Person], [Institution] or [State], or "" to pool all actors.
	Actor Variable
	// Behalf tells apart whom was spoken for.
	Behalf bool
	// Toward is [Position], [Issue] or [Target].
	Toward Variable
	// Interval groups by time; "" pools all time.
	Interval graph.Interval
	// Unit, Copies, Exclude, From and To are those of a [Selection].
	Unit     graph.Unit
	Copies   Copies
	Exclude  []graph.ID
	From, To graph.Day
	// Limit bounds the cells, those with most counts first kept, at least 1.
	Limit int
	// Bootstrap asks for the interval of the mean.
	Bootstrap bool
}

// Cell is a group of values. Nodes that were not asked for are zero, as are
// those of statements without a speaker or on nobody's behalf.
type Cell struct {
	Actor, Behalf, Object graph.ID
	// From is the first day of the interval; "" for values without a day.
	From                        graph.Day
	Negative, Neutral, Positive int
	// First and Last are the days of the first and the last value; "" if none
	// has a day.
	First, Last graph.Day
	// Low and High bound the mean with 95 % confidence, if that was asked for:
	// both are NaN if all values come from one article, which says nothing of
	// what another would have had.
	Low, High float64
	// places are those of the values that were counted, in the order of time;
	// behind also those of the values that repeat them.
	places, behind []int32
}

// Count is how many values the cell has.
func (c *Cell) Count() int { return c.Negative + c.Neutral + c.Positive }

// Mean is the mean value, −1 to 1.
func (c *Cell) Mean() float64 {
	if c.Count() == 0 {
		return 0
	}
	return float64(c.Positive-c.Negative) / float64(c.Count())
}

// tally is what is known of a cell while values are counted. Nodes and days are
// numbers.
type tally struct {
	actor, behalf, object, from int32
	counts                      [3]int32 // −1, 0, 1
	counted, behind             int32
	first, last                 int32
	next                        int32 // another tally of the actor and the object; less than all of the actor if there is none
}

func (t *tally) count() int32 { return t.counts[0] + t.counts[1] + t.counts[2] }

// tallies are values that were counted: those that belong to a cell by their
// places, actor by actor and in the order of time, and which tally each belongs
// to.
type tallies struct {
	list       []tally
	places, of []int32
	counted    []bool // of places: whether the value counted; nil if all did
}

// group is a tally with the places of its values.
type group struct {
	*tally
	// places are those of the values that were counted, in the order of time;
	// behind also those of the values that repeat them.
	places, behind []int32
}

// Cells groups the values of a projection, in the order of [graph.CompareStances],
// and tells how many cells the limit leaves out.
func (p *Projection) Cells(g Grouping) (cells []Cell, rest int, err error) {
	t, err := p.tally(&g)
	if err != nil {
		return nil, 0, err
	}
	chosen := make([]int32, len(t.list))
	for i := range chosen {
		chosen[i] = int32(i)
	}
	if rest = max(0, len(chosen)-g.Limit); rest > 0 {
		chosen = least(chosen, g.Limit, func(a, b int32) int {
			x, y := &t.list[a], &t.list[b]
			return cmp.Or(cmp.Compare(y.count(), x.count()), p.compareTallies(x, y))
		})
	}
	slices.SortFunc(chosen, func(a, b int32) int { return p.compareTallies(&t.list[a], &t.list[b]) })
	cells = make([]Cell, len(chosen))
	for i, x := range t.groups(chosen) {
		cells[i] = p.cell(&g, &x)
		if g.Bootstrap {
			p.bootstrap(&cells[i])
		}
	}
	return cells, rest, nil
}

// least returns the first n of a list in a total order, sorted. It may reorder
// the list; its time is linear in the list where n is small.
func least[T any](list []T, n int, compare func(a, b T) int) []T {
	if n >= len(list)/2 {
		slices.SortFunc(list, compare)
		return list[:min(n, len(list))]
	}
	kept, bound := make([]T, 0, 2*n), false
	for _, v := range list {
		if bound && compare(v, kept[n-1]) > 0 {
			continue
		}
		if kept = append(kept, v); len(kept) == 2*n {
			slices.SortFunc(kept, compare)
			kept, bound = kept[:n], true
		}
	}
	slices.SortFunc(kept, compare)
	return kept[:n]
}

// tally checks a grouping and counts the values of its cells. Values are put in
// order by their actor first, so that what is known of an actor's cells is near
// at hand while they are counted.
func (p *Projection) tally(g *Grouping) (*tallies, error) {
	if err := p.checkGrouping(g); err != nil {
		return nil, err
	}
	once, err := p.counter(g.Unit, g.Copies)
	if err != nil {
		return nil, err
	}
	if (g.Unit == graph.UnitStatement || g.Unit == "") && g.Toward != Issue {
		once = nil // no statement takes a position, or a target, twice
	}
	byActor := p.byActor(g)
	t := &tallies{places: byActor.all, of: make([]int32, len(byActor.all))}
	if once != nil {
		t.counted = make([]bool, len(t.places))
	}
	starts, at := map[int32]int32{}, 0
	latest := make([]int32, len(p.nodes)) // of objects: the tally that a value was last added to
	for i := range latest {
		latest[i] = -1
	}
	for actor := range p.nodes {
		own := int32(len(t.list)) // tallies of this actor begin here
		for _, place := range byActor.of(actor) {
			v := &p.takings[place]
			k := tally{actor: int32(actor), object: p.of(v, g.Toward), first: unknownDay, last: unknownDay}
			if g.Behalf {
				k.behalf = v.behalf
			}
			if g.Interval != "" {
				k.from = v.start(g.Interval, starts)
			}
			c := t.find(&k, own, latest)
			t.of[at] = c
			x := &t.list[c]
			x.behind++
			if !v.unsaid && v.day != unknownDay {
				if x.first == unknownDay {
					x.first = v.day
				}
				x.last = v.day // values are in the order of days
			}
			if once == nil || once(int(place), c, 0) {
				x.counts[v.value+1]++
				x.counted++
				if t.counted != nil {
					t.counted[at] = true
				}
			}
			at++
		}
	}
	return t, nil
}

// byActor lists the places of the values of each actor, in the order of time.
func (p *Projection) byActor(g *Grouping) lists {
	within, base, excluded := p.within(g.From, g.To), p.before(g.From), p.excluded(g.Exclude)
	return newLists(len(p.nodes), func(yield func(list int, value int32)) {
		for i := range within {
			t := &within[i]
			if excluded != nil && excluded(t) || p.of(t, g.Toward) == 0 {
				continue
			}
			actor := int32(0)
			if g.Actor != "" {
				actor = p.of(t, g.Actor)
			}
			yield(int(actor), int32(base+i))
		}
	})
}

// find returns the tally like another, which becomes the first of its object. It
// adds one if there is none from own on, where those of its actor begin.
func (t *tallies) find(k *tally, own int32, latest []int32) int32 {
	before := int32(-1)
	c := latest[k.object]
	for c >= own && (t.list[c].behalf != k.behalf || t.list[c].from != k.from) {
		before, c = c, t.list[c].next
	}
	switch {
	case c < own:
		c = int32(len(t.list))
		k.next = latest[k.object]
		t.list = append(t.list, *k)
	case before < 0:
		return c
	default:
		t.list[before].next = t.list[c].next
		t.list[c].next = latest[k.object]
	}
	latest[k.object] = c
	return c
}

func (p *Projection) compareTallies(a, b *tally) int {
	compare := func(x, y int32) int {
		if x == y {
			return 0
		}
		return cmp.Compare(p.nodes[x], p.nodes[y])
	}
	unknown := func(d int32) int {
		if d == unknownDay {
			return 1
		}
		return 0
	}
	return cmp.Or(compare(a.actor, b.actor), compare(a.behalf, b.behalf), compare(a.object, b.object),
		cmp.Compare(unknown(a.from), unknown(b.from)), cmp.Compare(a.from, b.from))
}

// groups are the tallies that are chosen, with their places.
func (t *tallies) groups(chosen []int32) []group {
	groups := make([]group, len(chosen))
	slot := make([]int32, len(t.list)) // of tallies: the group, from 1
	counted, behind := 0, 0
	for _, c := range chosen {
		counted += int(t.list[c].counted)
		behind += int(t.list[c].behind)
	}
	allBehind := make([]int32, behind)
	allPlaces := allBehind
	if t.counted != nil {
		allPlaces = make([]int32, counted)
	}
	for i, c := range chosen {
		x := &t.list[c]
		slot[c] = int32(i + 1)
		groups[i] = group{tally: x, behind: allBehind[:0:x.behind]}
		allBehind = allBehind[x.behind:]
		if t.counted != nil {
			groups[i].places, allPlaces = allPlaces[:0:x.counted], allPlaces[x.counted:]
		}
	}
	for i, c := range t.of {
		if slot[c] == 0 {
			continue
		}
		x := &groups[slot[c]-1]
		x.behind = append(x.behind, t.places[i])
		if t.counted != nil && t.counted[i] {
			x.places = append(x.places, t.places[i])
		}
	}
	if t.counted == nil {
		for i := range groups {
			groups[i].places = groups[i].behind
		}
	}
	return groups
}

// cell is a group as a cell.
func (p *Projection) cell(g *Grouping, x *group) Cell {
	c := Cell{
		Actor: p.nodes[x.actor], Behalf: p.nodes[x.behalf], Object: p.nodes[x.object],
		Negative: int(x.counts[0]), Neutral: int(x.counts[1]), Positive: int(x.counts[2]), First: dayOf(x.first), Last: dayOf(x.last),
		places: x.places, behind: x.behind,
	}
	if g.Interval != "" {
		c.From = dayOf(x.from)
	}
	return c
}

func (p *Projection) checkGrouping(g *Grouping) error {
	if actors := []Variable{"", Person, Institution, State}; !slices.Contains(actors, g.Actor) {
		return fmt.Errorf("%w: actor %q is none of %v", ErrSettings, g.Actor, actors[1:])
	}
	if objects := []Variable{Position, Issue, Target}; !slices.Contains(objects, g.Toward) {
		return fmt.Errorf("%w: stances are towards one of %v, not %q", ErrSettings, objects, g.Toward)
	}
	if all := []graph.Interval{"", graph.IntervalDay, graph.IntervalWeek, graph.IntervalMonth, graph.IntervalYear}; !slices.Contains(all, g.Interval) {
		return fmt.Errorf("%w: interval %q is none of %v", ErrSettings, g.Interval, all[1:])
	}
	if g.Limit < 1 {
		return fmt.Errorf("%w: a limit of %d cells leaves none", ErrSettings, g.Limit)
	}
	return p.has(g.Toward)
}

// start is the first day of the interval that a value was said in.
func (t *taking) start(i graph.Interval, known map[int32]int32) int32 {
	if t.unsaid {
		return unknownDay
	}
	start, ok := known[t.day]
	if !ok {
		day := t.time()
		switch i {
		case graph.IntervalWeek:
			day = day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
		case graph.IntervalMonth:
			day = day.AddDate(0, 0, 1-day.Day())
		case graph.IntervalYear:
			day = day.AddDate(0, 0, 1-day.YearDay())
		}
		start = int32(day.Unix() / 86400)
		known[t.day] = start
	}
	return start
}

// Statements returns the statements whose values belong to a cell, the earliest
// first, each once: also those that count once together with others.
func (p *Projection) Statements(c *Cell) []graph.ID { return p.statementsAt(c.behind) }

func (p *Projection) statementsAt(places []int32) []graph.ID {
	var ids []graph.ID
	seen := make(map[int32]bool, len(places))
	for _, i := range places {
		if s := p.takings[i].statement; !seen[s] {
			seen[s] = true
			ids = append(ids, p.statements[s])
		}
	}
	return ids
}

// How a mean is bounded: so many times as many articles as the cell has are
// drawn from them, with repeats, by chance from this seed and the keys of the
// cell, so that a cell gets the same bounds whatever else is asked for. With
// more articles the normal distribution, to which that tends, is used.
const (
	bootstrapDraws    = 1000
	bootstrapSeed     = 1
	bootstrapArticles = 200
)

// bootstrap bounds the mean of a cell by the percentiles of the means of
// samples of its articles (Efron and Tibshirani, "An Introduction to the
// Bootstrap", 1993): articles, not statements, since those of one article are
// not independent of each other.
func (p *Projection) bootstrap(c *Cell) {
	type article struct{ sum, count int }
	var articles []article
	at := map[int32]int{}
	for _, i := range c.places {
		t := &p.takings[i]
		k, ok := at[t.article]
		if !ok {
			k = len(articles)
			at[t.article] = k
			articles = append(articles, article{})
		}
		articles[k].sum += int(t.value)
		articles[k].count++
	}
	n := len(articles)
	if n < 2 {
		c.Low, c.High = math.NaN(), math.NaN()
		return
	}
	mean := c.Mean()
	if n > bootstrapArticles {
		// The variance of a ratio of sums over articles.
		variance := 0.0
		for _, a := range articles {
			d := float64(a.sum) - mean*float64(a.count)
			variance += d * d
		}
		half := 1.959964 * math.Sqrt(variance) / float64(c.Count())
		c.Low, c.High = max(-1, mean-half), min(1, mean+half)
		return
	}
	r := rand.New(rand.NewPCG(bootstrapSeed, hash(string(graph.Digest(string(c.Actor), string(c.Behalf), string(c.Object), string(c.From))))))
	means := make([]float64, bootstrapDraws)
	for i := range means {
		sum, count := 0, 0
		for range n {
			a := &articles[r.IntN(n)]
			sum += a.sum
			count += a.count
		}
		means[i] = float64(sum) / float64(count)
	}
	slices.Sort(means)
	c.Low, c.High = means[bootstrapDraws*25/1000], means[bootstrapDraws*975/1000-1]
}
