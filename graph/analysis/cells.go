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

	// keep tells which cells are wanted; nil for all.
	keep func(*tally) bool
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
}

func (t *tally) count() int32 { return t.counts[0] + t.counts[1] + t.counts[2] }

// Cells groups the values of a projection, in the order of [graph.CompareStances],
// and tells how many cells the limit leaves out.
func (p *Projection) Cells(g Grouping) (cells []Cell, rest int, err error) {
	if err := p.checkGrouping(&g); err != nil {
		return nil, 0, err
	}
	once, err := p.counter(g.Unit, g.Copies)
	if err != nil {
		return nil, 0, err
	}
	if (g.Unit == graph.UnitStatement || g.Unit == "") && g.Toward != Issue {
		once = nil // no statement takes a position, or a target, twice
	}
	within, base := p.within(g.From, g.To), p.before(g.From)
	tallies, of, counted := p.tally(&g, within, base, once)
	chosen := make([]int32, 0, len(tallies))
	for i := range tallies {
		if g.keep == nil || g.keep(&tallies[i]) {
			chosen = append(chosen, int32(i))
		}
	}
	if len(chosen) > g.Limit {
		slices.SortFunc(chosen, func(a, b int32) int {
			x, y := &tallies[a], &tallies[b]
			return cmp.Or(cmp.Compare(y.count(), x.count()), p.compareTallies(x, y))
		})
		rest = len(chosen) - g.Limit
		chosen = chosen[:g.Limit]
	}
	slices.SortFunc(chosen, func(a, b int32) int { return p.compareTallies(&tallies[a], &tallies[b]) })
	cells = p.gather(&g, tallies, chosen, of, counted, base)
	if g.Bootstrap {
		for i := range cells {
			p.bootstrap(&cells[i])
		}
	}
	return cells, rest, nil
}

// tally counts values, and tells of each which cell it belongs to, −1 for none,
// and whether it was counted there; counted is nil if all were.
func (p *Projection) tally(g *Grouping, within []taking, base int, once func(place int, row, column int32) bool) (tallies []tally, of []int32, counted []bool) {
	type key struct{ actor, behalf, object, from int32 }
	at := map[key]int32{}
	excluded, starts := p.excluded(g.Exclude), map[int32]int32{}
	of = make([]int32, len(within))
	if once != nil {
		counted = make([]bool, len(within))
	}
	for i := range within {
		t := &within[i]
		of[i] = -1
		if excluded != nil && excluded(t) {
			continue
		}
		var k key
		if g.Actor != "" {
			k.actor = p.of(t, g.Actor)
		}
		if g.Behalf {
			k.behalf = t.behalf
		}
		if k.object = p.of(t, g.Toward); k.object == 0 {
			continue
		}
		if g.Interval != "" {
			k.from = t.start(g.Interval, starts)
		}
		c, ok := at[k]
		if !ok {
			c = int32(len(tallies))
			at[k] = c
			tallies = append(tallies, tally{actor: k.actor, behalf: k.behalf, object: k.object, from: k.from, first: unknownDay, last: unknownDay})
		}
		of[i] = c
		x := &tallies[c]
		x.behind++
		if !t.unsaid && t.day != unknownDay {
			if x.first == unknownDay {
				x.first = t.day
			}
			x.last = t.day // values are in the order of days
		}
		if once != nil {
			if !once(base+i, c, 0) {
				continue
			}
			counted[i] = true
		}
		x.counts[t.value+1]++
		x.counted++
	}
	return tallies, of, counted
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

// gather makes cells of those tallies that are chosen, with their places.
func (p *Projection) gather(g *Grouping, tallies []tally, chosen, of []int32, counted []bool, base int) []Cell {
	cells := make([]Cell, len(chosen))
	place := make([]int32, len(tallies)) // of the cell, from 1
	places, behind := 0, 0
	for _, c := range chosen {
		places += int(tallies[c].counted)
		behind += int(tallies[c].behind)
	}
	allBehind := make([]int32, behind)
	allPlaces := allBehind
	if counted != nil {
		allPlaces = make([]int32, places)
	}
	for i, c := range chosen {
		t := &tallies[c]
		place[c] = int32(i + 1)
		cells[i] = Cell{
			Actor: p.nodes[t.actor], Behalf: p.nodes[t.behalf], Object: p.nodes[t.object],
			Negative: int(t.counts[0]), Neutral: int(t.counts[1]), Positive: int(t.counts[2]), First: dayOf(t.first), Last: dayOf(t.last),
			behind: allBehind[:0:t.behind],
		}
		allBehind = allBehind[t.behind:]
		if counted != nil {
			cells[i].places, allPlaces = allPlaces[:0:t.counted], allPlaces[t.counted:]
		}
		if g.Interval != "" {
			cells[i].From = dayOf(t.from)
		}
	}
	for i, c := range of {
		if c < 0 || place[c] == 0 {
			continue
		}
		x := &cells[place[c]-1]
		x.behind = append(x.behind, int32(base+i))
		if counted != nil && counted[i] {
			x.places = append(x.places, int32(base+i))
		}
	}
	if counted == nil {
		for i := range cells {
			cells[i].places = cells[i].behind
		}
	}
	return cells
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
