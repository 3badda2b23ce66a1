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
	if (s.Unit == graph.UnitStatement || s.Unit == "") && s.Rows != Issue && s.Columns != Issue {
		once = nil // no statement takes a position, or a target, twice
	}
	var out Sample
	within, base, excluded := p.within(s.From, s.To), p.before(s.From), p.excluded(s.Exclude)
	var counted []bool // of those within; nil if all are that name a row and a column
	if once != nil || excluded != nil {
		counted = make([]bool, len(within))
	}
	counts, total := make([]int32, len(p.nodes)), 0
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
		if once != nil && !once(base+i, row, column) {
			continue
		}
		if counted != nil {
			counted[i] = true
		}
		total++
		if t.value != 0 {
			counts[row]++
		}
	}
	keep, kept, rest := p.top(counts, s.Top)
	if out.Rest = rest; keep != nil {
		total = min(total, kept+kept/4) // and some that take no side
	}
	out.List = make([]Event, 0, total)
	rowAt, columnAt := make([]int32, len(p.nodes)), make([]int32, len(p.nodes))
	for i := range within {
		t := &within[i]
		row, column := p.of(t, s.Rows), p.of(t, s.Columns)
		if row == 0 || column == 0 || counted != nil && !counted[i] || keep != nil && !keep[row] {
			continue
		}
		if t.day == unknownDay {
			out.Undated++
		}
		out.List = append(out.List, Event{
			Row: p.label(&out.Rows, rowAt, row), Column: p.label(&out.Columns, columnAt, column),
			Value: t.value, Document: int(t.article), Time: t.time(), Order: base + i,
		})
	}
	p.nameLabels(s.Lang, out.Rows, out.Columns)
	return out, nil
}

func (p *Projection) label(labels *[]Label, at []int32, node int32) int {
	if at[node] == 0 {
		*labels = append(*labels, Label{ID: p.nodes[node]})
		at[node] = int32(len(*labels))
	}
	return int(at[node]) - 1
}

// nameLabels names labels in a language. What has been named once is known.
func (p *Projection) nameLabels(lang string, lists ...[]Label) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.named[lang] == nil {
		if p.named == nil || len(p.named) > 8 { // no more languages than anyone has use for
			p.named = map[string]map[graph.ID]string{}
		}
		p.named[lang] = map[graph.ID]string{}
	}
	known := p.named[lang]
	for _, labels := range lists {
		for i := range labels {
			name, ok := known[labels[i].ID]
			if !ok {
				name = p.names.name(labels[i].ID, lang)
				known[labels[i].ID] = name
			}
			labels[i].Name = name
		}
	}
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

// top returns the nodes with most, or nil for all, how much those have, and how
// many nodes have less. Ties go to the smaller id.
func (p *Projection) top(counts []int32, most int) (keep []bool, kept, rest int) {
	var sizes []int32
	for _, n := range counts {
		if n > 0 {
			sizes = append(sizes, n)
		}
	}
	if most == 0 || len(sizes) <= most {
		return nil, 0, 0
	}
	slices.Sort(sizes)
	least := sizes[len(sizes)-most]
	keep = make([]bool, len(counts))
	left := most
	var ties []int32
	for node, n := range counts {
		switch {
		case n > least:
			keep[node] = true
			kept += int(n)
			left--
		case n == least:
			ties = append(ties, int32(node))
		}
	}
	slices.SortFunc(ties, func(a, b int32) int { return cmp.Compare(p.nodes[a], p.nodes[b]) })
	for _, node := range ties[:left] {
		keep[node] = true
		kept += int(least)
	}
	return keep, kept, len(sizes) - most
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
