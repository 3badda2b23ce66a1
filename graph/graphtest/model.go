package graphtest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"mawqif/graph"
)

// model answers questions by reading every statement: slow, and plain enough
// to be believed.
type model struct {
	articles   map[graph.ID]graph.Article
	positions  map[graph.ID]graph.Position
	wholes     map[graph.ID][]graph.ID
	extractors map[graph.ID]string // by run
	statements []graph.Statement
}

func newModel(batches []graph.Batch) *model {
	m := &model{articles: map[graph.ID]graph.Article{}, positions: map[graph.ID]graph.Position{}, wholes: map[graph.ID][]graph.ID{}, extractors: map[graph.ID]string{}}
	for i := range batches {
		b := &batches[i]
		m.articles[b.Article.ID] = b.Article
		m.extractors[b.Run.ID] = b.Run.Extractor
		for _, p := range b.Positions {
			m.positions[p.ID] = p
		}
		for _, a := range b.Actors {
			m.wholes[a.ID] = a.PartOf
		}
		m.statements = append(m.statements, b.Statements...)
	}
	return m
}

// in tells whether an actor is one of some, or part of one if rolled up.
func (m *model) in(a graph.ID, some []graph.ID, rollUp bool) bool {
	if slices.Contains(some, a) {
		return a != ""
	}
	return rollUp && slices.ContainsFunc(m.wholes[a], func(whole graph.ID) bool { return m.in(whole, some, rollUp) })
}

func among[T comparable](v T, some []T) bool { return len(some) == 0 || slices.Contains(some, v) }

func between(d, from, to graph.Day) bool {
	return from == "" && to == "" || d != "" && (from == "" || d >= from) && (to == "" || d <= to)
}

func (m *model) targetMatches(f *graph.StatementFilter, t graph.Target) bool {
	return (len(f.Targets) == 0 || m.in(t.Actor, f.Targets, f.RollUp)) && among(t.Stance, f.Stances)
}

func (m *model) takingMatches(f *graph.StatementFilter, t graph.Taking) bool {
	return among(t.Position, f.Positions) && among(m.positions[t.Position].Issue, f.Issues) && among(t.Agreement, f.Agreements)
}

func (m *model) matches(f *graph.StatementFilter, s *graph.Statement) bool {
	article := m.articles[s.Article]
	speaks := len(f.Speakers) == 0 || m.in(s.Speaker, f.Speakers, f.RollUp) || f.RollUp && m.in(s.OnBehalfOf, f.Speakers, true)
	words := strings.Fields(graph.Fold(s.Content))
	return speaks &&
		(len(f.OnBehalfOf) == 0 || m.in(s.OnBehalfOf, f.OnBehalfOf, f.RollUp)) &&
		(len(f.Targets)+len(f.Stances) == 0 || slices.ContainsFunc(s.Targets, func(t graph.Target) bool { return m.targetMatches(f, t) })) &&
		(len(f.Positions)+len(f.Issues)+len(f.Agreements) == 0 || slices.ContainsFunc(s.Positions, func(t graph.Taking) bool { return m.takingMatches(f, t) })) &&
		(len(f.Places) == 0 || slices.ContainsFunc(s.Places, func(p graph.ID) bool { return slices.Contains(f.Places, p) })) &&
		among(s.Article, f.Articles) && among(article.Outlet, f.Outlets) && among(article.Language, f.Languages) &&
		among(s.Act, f.Acts) && among(s.QuoteType, f.QuoteTypes) && among(m.extractors[s.Run], f.Extractors) && s.Confidence >= f.MinConfidence &&
		between(s.SaidAt.Day, f.SaidFrom, f.SaidTo) && between(article.Published, f.PublishedFrom, f.PublishedTo) &&
		!slices.ContainsFunc(strings.Fields(graph.Fold(f.Text)), func(w string) bool { return !slices.Contains(words, w) })
}

func (m *model) find(f *graph.StatementFilter, o graph.StatementOrder) []graph.Statement {
	var found []graph.Statement
	for i := range m.statements {
		if m.matches(f, &m.statements[i]) {
			found = append(found, m.statements[i])
		}
	}
	slices.SortFunc(found, compareStatements(o))
	return found
}

// since returns the first day of an interval, by the calendar.
func since(d graph.Day, i graph.Interval) graph.Day {
	if d == "" {
		return ""
	}
	at := d.Time()
	switch i {
	case graph.IntervalWeek:
		return d.Add(-(int(at.Weekday()) + 6) % 7)
	case graph.IntervalMonth:
		return graph.NewDay(at.Year(), at.Month(), 1)
	case graph.IntervalYear:
		return graph.NewDay(at.Year(), time.January, 1)
	}
	return d
}

func (m *model) stances(q *graph.StanceQuery) []graph.Stance {
	counted := map[graph.Stance]map[string]bool{} // group → unit and value
	groups := map[graph.Stance]*graph.Stance{}
	asked := func(d graph.Dimension) bool { return slices.Contains(q.By, d) }
	add := func(s *graph.Statement, target, position, issue graph.ID, value int8) {
		var key graph.Stance
		if asked(graph.BySpeaker) {
			key.Speaker = s.Speaker
		}
		if asked(graph.ByOnBehalfOf) {
			key.OnBehalfOf = s.OnBehalfOf
		}
		if asked(graph.ByInterval) {
			key.From = since(s.SaidAt.Day, q.Interval)
		}
		key.Target, key.Position, key.Issue = target, position, issue
		g := groups[key]
		if g == nil {
			copied := key
			g = &copied
			groups[key], counted[key] = g, map[string]bool{}
		}
		unit := s.ID
		if q.Unit == graph.UnitArticle {
			unit = s.Article
		}
		if d := s.SaidAt.Day; d != "" {
			if g.First == "" || d < g.First {
				g.First = d
			}
			g.Last = max(g.Last, d)
		}
		once := fmt.Sprint(unit, value)
		if counted[key][once] {
			return
		}
		counted[key][once] = true
		switch value {
		case -1:
			g.Negative++
		case 0:
			g.Neutral++
		case 1:
			g.Positive++
		}
	}
	for _, s := range m.find(&q.Filter, graph.OldestFirst) {
		switch {
		case asked(graph.ByTarget):
			for _, t := range s.Targets {
				if m.targetMatches(&q.Filter, t) {
					add(&s, t.Actor, "", "", t.Stance)
				}
			}
		default:
			for _, t := range s.Positions {
				if !m.takingMatches(&q.Filter, t) {
					continue
				}
				if asked(graph.ByPosition) {
					add(&s, "", t.Position, "", t.Agreement)
				} else {
					add(&s, "", "", m.positions[t.Position].Issue, t.Agreement)
				}
			}
		}
	}
	var out []graph.Stance
	for _, g := range groups {
		out = append(out, *g)
	}
	slices.SortFunc(out, graph.CompareStances)
	slices.SortStableFunc(out, func(a, b graph.Stance) int { return b.Count() - a.Count() })
	out = out[:min(q.Limit, len(out))]
	slices.SortFunc(out, graph.CompareStances)
	return out
}

// filter draws a filter of one to four conditions from what a statement has, so
// that it rarely finds nothing.
func (m *model) filter(r *rand.Rand) graph.StatementFilter {
	var f graph.StatementFilter
	s := m.statements[r.IntN(len(m.statements))]
	other := m.statements[r.IntN(len(m.statements))]
	article := m.articles[s.Article]
	f.RollUp = r.IntN(2) == 0
	whole := func(a graph.ID) graph.ID {
		if w := m.wholes[a]; f.RollUp && len(w) > 0 {
			return w[0]
		}
		return a
	}
	for range 1 + r.IntN(4) {
		switch r.IntN(16) {
		case 0:
			f.Speakers = []graph.ID{whole(s.Speaker), other.Speaker}
		case 1:
			f.OnBehalfOf = []graph.ID{whole(s.OnBehalfOf)}
		case 2:
			for _, t := range s.Targets {
				f.Targets = append(f.Targets, t.Actor)
			}
		case 3:
			f.Stances = []int8{int8(r.IntN(3) - 1)}
		case 4:
			for _, p := range s.Positions {
				f.Issues = append(f.Issues, m.positions[p.Position].Issue)
			}
		case 5:
			for _, p := range append(slices.Clone(s.Positions), other.Positions...) {
				f.Positions = append(f.Positions, p.Position)
			}
		case 6:
			f.Agreements = []int8{int8(r.IntN(3) - 1), 1}
		case 7:
			f.Places = slices.Clone(s.Places)
		case 8:
			f.Articles = []graph.ID{s.Article, other.Article}
		case 9:
			f.Outlets = []graph.ID{article.Outlet}
		case 10:
			f.Languages = []string{article.Language}
		case 11:
			f.Acts = []graph.Act{s.Act, other.Act}
		case 12:
			f.QuoteTypes = []graph.QuoteType{s.QuoteType}
		case 13:
			f.SaidFrom, f.SaidTo = s.SaidAt.Day.Add(-200), s.SaidAt.Day.Add(200)
		case 14:
			f.PublishedTo = article.Published
		case 15:
			words := strings.Fields(s.Content)
			f.Text = words[r.IntN(len(words))]
		}
	}
	if r.IntN(4) == 0 {
		f.MinConfidence = 0.75
	}
	return f
}

// stanceQuery draws a question about the stances of a filter.
func stanceQuery(r *rand.Rand, f graph.StatementFilter) graph.StanceQuery {
	intervals := []graph.Interval{graph.IntervalDay, graph.IntervalWeek, graph.IntervalMonth, graph.IntervalYear}
	q := graph.StanceQuery{
		Filter: f, Interval: intervals[r.IntN(4)], Limit: 1 + r.IntN(200),
		Unit: []graph.Unit{graph.UnitStatement, graph.UnitArticle}[r.IntN(2)],
		By:   by([]graph.Dimension{graph.ByTarget, graph.ByPosition, graph.ByIssue}[r.IntN(3)]),
	}
	for _, d := range []graph.Dimension{graph.BySpeaker, graph.ByOnBehalfOf, graph.ByInterval} {
		if r.IntN(2) == 0 {
			q.By = append(q.By, d)
		}
	}
	return q
}

func testAgainstModel(t *testing.T, h Harness) {
	batches := slices.Collect(Synthetic{Seed: 11, Statements: 800, Articles: 90}.Batches())
	s := open(t, h, batches...)
	m := newModel(batches)
	r := rand.New(rand.NewPCG(5, 6))
	for range 100 {
		f := m.filter(r)
		o := statementOrders[r.IntN(len(statementOrders))]
		want := m.find(&f, o)
		wantIDs := []graph.ID{}
		for i := range want {
			wantIDs = append(wantIDs, want[i].ID)
		}
		read := func(p graph.Page) (graph.Slice[graph.Statement], error) {
			return s.FindStatements(t.Context(), f, o, p)
		}
		equal(t, fmt.Sprintf("%s %+v", o, f), wantIDs, readPages(t, 1+r.IntN(60), len(want), read, statementID))
		if total := must(read(graph.Page{First: 1, Count: true}))(t).Total; total != len(want) {
			t.Errorf("%+v: total %d, want %d", f, total, len(want))
		}
		q := stanceQuery(r, f)
		equal(t, fmt.Sprintf("stances %+v", q), m.stances(&q), must(s.Stances(t.Context(), q))(t))
		takings := 0
		for _, err := range s.Takings(t.Context(), graph.TakingQuery{Filter: f}) {
			if err != nil {
				t.Fatal(err)
			}
			takings++
		}
		for _, st := range want {
			for _, p := range st.Positions {
				if m.takingMatches(&f, p) {
					takings--
				}
			}
		}
		if takings != 0 {
			t.Errorf("%+v: %+d takings", f, takings)
		}
		if t.Failed() {
			return
		}
	}
}
