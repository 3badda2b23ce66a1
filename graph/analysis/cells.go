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
	places, behind []int
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

// CompareCells is the order of cells: by actor, behalf and object, then by the
// interval, the unknown one last.
func CompareCells(a, b Cell) int {
	unknown := func(d graph.Day) int {
		if d == "" {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(a.Actor, b.Actor), cmp.Compare(a.Behalf, b.Behalf), cmp.Compare(a.Object, b.Object),
		cmp.Compare(unknown(a.From), unknown(b.From)), cmp.Compare(a.From, b.From))
}

// Cells groups the values of a projection, in the order of [CompareCells], and
// tells how many cells the limit leaves out.
func (p *Projection) Cells(g Grouping) (cells []Cell, rest int, err error) {
	if err := p.checkGrouping(&g); err != nil {
		return nil, 0, err
	}
	once, err := p.counter(g.Unit, g.Copies)
	if err != nil {
		return nil, 0, err
	}
	type key struct{ actor, behalf, object, from int32 }
	at := map[key]int{}
	within, base, excluded := p.within(g.From, g.To), p.before(g.From), p.excluded(g.Exclude)
	starts := map[int32]int32{}
	for i := range within {
		t := &within[i]
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
			c = len(cells)
			at[k] = c
			cells = append(cells, Cell{Actor: p.nodes[k.actor], Behalf: p.nodes[k.behalf], Object: p.nodes[k.object], From: dayOf(k.from)})
			if g.Interval == "" {
				cells[c].From = ""
			}
		}
		cells[c].see(base+i, t)
		if once(base+i, int32(c), 0) {
			cells[c].count(base+i, t)
		}
	}
	if len(cells) > g.Limit {
		slices.SortFunc(cells, func(a, b Cell) int { return cmp.Or(cmp.Compare(b.Count(), a.Count()), CompareCells(a, b)) })
		rest = len(cells) - g.Limit
		cells = cells[:g.Limit]
	}
	slices.SortFunc(cells, CompareCells)
	if g.Bootstrap {
		for i := range cells {
			p.bootstrap(&cells[i])
		}
	}
	return cells, rest, nil
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

// see takes note of a value that belongs to the cell.
func (c *Cell) see(place int, t *taking) {
	c.behind = append(c.behind, place)
	if day := t.said(); day != "" {
		if c.First == "" {
			c.First = day
		}
		c.Last = max(c.Last, day)
	}
}

// count counts a value that is the first of its unit.
func (c *Cell) count(place int, t *taking) {
	c.places = append(c.places, place)
	switch t.value {
	case -1:
		c.Negative++
	case 0:
		c.Neutral++
	case 1:
		c.Positive++
	}
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

func (p *Projection) statementsAt(places []int) []graph.ID {
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
	bootstrapArticles = 500
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
