package analysis

import (
	"cmp"
	"fmt"
	"slices"

	"mawqif/graph"
)

// The units of counting that only an analysis knows, besides
// [graph.UnitStatement] and [graph.UnitArticle]: utterances, the same words of
// the same speaker wherever they are reported, and outlets, or articles where
// the outlet is unknown.
const (
	UnitUtterance graph.Unit = "UTTERANCE"
	UnitOutlet    graph.Unit = "OUTLET"
)

// Units lists the units of counting.
var Units = []graph.Unit{graph.UnitStatement, UnitUtterance, graph.UnitArticle, UnitOutlet}

// Selection tells what of a projection a network is made of.
type Selection struct {
	Rows, Columns Variable
	// Unit is what counts once for each row, column and value;
	// [graph.UnitStatement] if it is "".
	Unit graph.Unit
	// Copies are articles that report the same, for [UnitUtterance]; nil if
	// only the same words count as one utterance.
	Copies Copies
	// Exclude leaves out values of these actors, positions, issues, targets,
	// outlets and articles.
	Exclude []graph.ID
	// From and To bound the days, inclusive; "" leaves the side open. What has
	// no day comes before all days.
	From, To graph.Day
	// Top keeps the rows with most that take sides; all if 0.
	Top int
	// Lang is the language of the labels, where it is known.
	Lang string
}

// Sample is what was selected for a network.
type Sample struct {
	Events
	// Undated counts events without a day; they come before all others.
	// Nameless counts values that name no row or no column, such as those of
	// statements without a source, which are left out.
	Undated, Nameless int
	// Rest is how many rows are left out because others have more.
	Rest int
}

// Sample selects the events of a network.
func (p *Projection) Sample(s Selection) (Sample, error) {
	for _, v := range []Variable{s.Rows, s.Columns} {
		if err := p.has(v); err != nil {
			return Sample{}, err
		}
	}
	if s.Rows == s.Columns {
		return Sample{}, fmt.Errorf("%w: rows and columns are both %s", ErrSettings, s.Rows)
	}
	if s.Top < 0 {
		return Sample{}, fmt.Errorf("%w: the top %d rows are none", ErrSettings, s.Top)
	}
	once, err := p.counter(s.Unit, s.Copies)
	if err != nil {
		return Sample{}, err
	}
	var out Sample
	within, excluded := p.within(s.From, s.To), p.excluded(s.Exclude)
	rows, columns := make([]int32, len(within)), make([]int32, len(within))
	counts := make([]int32, len(p.nodes))
	base := p.before(s.From)
	for i := range within {
		t := &within[i]
		if excluded != nil && excluded(t) {
			continue
		}
		row, column := p.of(t, s.Rows), p.of(t, s.Columns)
		if row == 0 || column == 0 {
			out.Nameless++
			continue
		}
		if !once(base+i, row, column) {
			continue
		}
		rows[i], columns[i] = row, column
		if t.value != 0 {
			counts[row]++
		}
	}
	var keep []bool
	keep, out.Rest = p.top(counts, s.Top)
	total := 0
	for i, row := range rows {
		if row != 0 && keep != nil && !keep[row] {
			rows[i] = 0
		}
		if rows[i] != 0 {
			total++
		}
	}
	out.List = make([]Event, 0, total)
	rowAt, columnAt := make([]int32, len(p.nodes)), make([]int32, len(p.nodes))
	for i, row := range rows {
		if row == 0 {
			continue
		}
		t := &within[i]
		if t.day == unknownDay {
			out.Undated++
		}
		out.List = append(out.List, Event{
			Row: p.label(&out.Rows, rowAt, row, s.Lang), Column: p.label(&out.Columns, columnAt, columns[i], s.Lang),
			Value: t.value, Document: int(t.article), Time: t.time(), Order: base + i,
		})
	}
	return out, nil
}

func (p *Projection) label(labels *[]Label, at []int32, node int32, lang string) int {
	if at[node] == 0 {
		id := p.nodes[node]
		*labels = append(*labels, Label{ID: id, Name: p.names.name(id, lang)})
		at[node] = int32(len(*labels))
	}
	return int(at[node]) - 1
}

// before is the place of the first value that is not before a day.
func (p *Projection) before(d graph.Day) int {
	if d == "" {
		return 0
	}
	day := int32(d.Time().Unix() / 86400)
	i, _ := slices.BinarySearchFunc(p.takings, day, func(t taking, day int32) int { return cmp.Compare(t.day, day) })
	return i
}

func (p *Projection) within(from, to graph.Day) []taking {
	i, j := p.before(from), len(p.takings)
	if to != "" {
		j = p.before(to.Add(1))
	}
	return p.takings[i:max(i, j)]
}

// excluded returns what tells whether a value belongs to one of the nodes; nil
// if there are none.
func (p *Projection) excluded(ids []graph.ID) func(*taking) bool {
	if len(ids) == 0 {
		return nil
	}
	out := make([]bool, len(p.nodes))
	for i, id := range p.nodes {
		out[i] = id != "" && slices.Contains(ids, id)
	}
	return func(t *taking) bool {
		return out[t.speaker] || out[t.behalf] || out[p.states[p.institution(t)]] || out[t.object] || out[t.issue] || out[t.outlet] || out[t.article]
	}
}

// top returns the nodes with most, or nil for all, and how many have less.
// Ties go to the smaller id.
func (p *Projection) top(counts []int32, most int) (keep []bool, rest int) {
	var with []int32
	for node, n := range counts {
		if n > 0 {
			with = append(with, int32(node))
		}
	}
	if most == 0 || len(with) <= most {
		return nil, 0
	}
	slices.SortFunc(with, func(a, b int32) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(p.nodes[a], p.nodes[b]))
	})
	keep = make([]bool, len(counts))
	for _, node := range with[:most] {
		keep[node] = true
	}
	return keep, len(with) - most
}

// counter returns what tells whether a value, by its place, is the first of its
// unit with this row and column. Places come in their order, so that those of a
// statement follow one another.
func (p *Projection) counter(u graph.Unit, c Copies) (func(place int, row, column int32) bool, error) {
	var unit func(place int, t *taking) int32
	switch u {
	case graph.UnitStatement, "":
		return p.byStatement(), nil
	case UnitUtterance:
		utterances := p.utterances(c)
		unit = func(place int, _ *taking) int32 { return utterances[place] }
	case graph.UnitArticle:
		unit = func(_ int, t *taking) int32 { return t.article }
	case UnitOutlet:
		unit = func(_ int, t *taking) int32 {
			if t.outlet == 0 {
				return t.article
			}
			return t.outlet
		}
	default:
		return nil, fmt.Errorf("%w: unit %q is none of %v", ErrSettings, u, Units)
	}
	type key struct {
		row, column, unit int32
		value             int8
	}
	seen := map[key]bool{}
	return func(place int, row, column int32) bool {
		t := &p.takings[place]
		k := key{row, column, unit(place, t), t.value}
		if seen[k] {
			return false
		}
		seen[k] = true
		return true
	}, nil
}

// byStatement lets a statement that takes several positions on an issue with
// the same value count once.
func (p *Projection) byStatement() func(place int, row, column int32) bool {
	type key struct {
		row, column int32
		value       int8
	}
	statement := int32(-1)
	var taken []key // by the statement
	return func(place int, row, column int32) bool {
		t := &p.takings[place]
		if t.statement != statement {
			statement, taken = t.statement, taken[:0]
		}
		k := key{row, column, t.value}
		if slices.Contains(taken, k) {
			return false
		}
		taken = append(taken, k)
		return true
	}
}
