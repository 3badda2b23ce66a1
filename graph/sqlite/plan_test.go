package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
	"mawqif/graph/graphtest"
)

func openSynthetic(t *testing.T, g graphtest.Synthetic) *Store {
	t.Helper()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	for b := range g.Batches() {
		if err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// explain returns the plan of a query, a line a step.
func explain(t *testing.T, s *Store, query string, args ...any) string {
	t.Helper()
	steps, err := ask(t.Context(), s, func(r *sql.Rows, _ ...any) (step string, err error) {
		var id, parent, unused int
		err = r.Scan(&id, &parent, &unused, &step)
		return step, err
	}, "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	return strings.Join(steps, "\n")
}

// filters are one filter for each condition, on values of a synthetic graph.
func filters(g graphtest.Synthetic) map[string]graph.StatementFilter {
	state, person, org := g.State(0).ID, g.Person(0).ID, g.Organization(0).ID
	return map[string]graph.StatementFilter{
		"none":               {},
		"speaker":            {Speakers: []graph.ID{person}},
		"speaker rolled up":  {Speakers: []graph.ID{state}, RollUp: true},
		"on behalf":          {OnBehalfOf: []graph.ID{org}},
		"target":             {Targets: []graph.ID{state}},
		"target and stance":  {Targets: []graph.ID{state}, Stances: []int8{1}},
		"issue":              {Issues: []graph.ID{graph.NewIssue("synthetic", "issue-0").ID}},
		"issue and value":    {Issues: []graph.ID{graph.NewIssue("synthetic", "issue-0").ID}, Agreements: []int8{1}},
		"position":           {Positions: []graph.ID{graph.NewPosition(graph.NewIssue("synthetic", "issue-0").ID, state, "").ID}},
		"place":              {Places: []graph.ID{graph.NewPlace("place/0").ID}},
		"outlet":             {Outlets: []graph.ID{graph.NewOutlet("outlet/0").ID}},
		"language":           {Languages: []string{"ar"}},
		"said":               {SaidFrom: "2015-01-01", SaidTo: "2015-06-30"},
		"published":          {PublishedFrom: "2015-01-01", PublishedTo: "2015-06-30"},
		"text":               {Text: "min"},
		"confidence":         {MinConfidence: 0.9},
		"acts and quotation": {Acts: []graph.Act{graph.ActDeny}, QuoteTypes: []graph.QuoteType{graph.Direct}},
		"stance alone":       {Stances: []int8{-1}},
	}
}

// A list finds its rows by an index, in order by an index or sorted after they
// were gathered: never by reading the table of statements from end to end.
func TestListsNeverScanStatements(t *testing.T) {
	g := graphtest.Synthetic{Seed: 1, Statements: 300}
	s := openSynthetic(t, g)
	for name, f := range filters(g) {
		for order := range statementOrders {
			l, err := statementList(&f, order)
			if err != nil {
				t.Fatal(err)
			}
			// However rare or common the conditions are.
			for by := none; by < len(l.where.conds); by++ {
				if by != none && l.where.conds[by].source == "" {
					continue
				}
				c := counts{all: 1e6, each: make([]float64, len(l.where.conds))}
				for i := range c.each {
					c.each[i] = none
				}
				if by != none {
					c.each[by] = 10
				}
				query, args := l.query(c, []any{1, 2, 3}[:len(l.sort)], 50)
				checkPlan(t, fmt.Sprintf("%s, %s, by %d", name, order, by), explain(t, s, query, args...), by == none)
			}
		}
	}
	for name, q := range map[string]graph.StanceQuery{
		"of a speaker":             {Filter: filters(g)["speaker"], By: []graph.Dimension{graph.ByPosition}},
		"of a state rolled up":     {Filter: filters(g)["speaker rolled up"], By: []graph.Dimension{graph.ByTarget}},
		"on behalf":                {Filter: filters(g)["on behalf"], By: []graph.Dimension{graph.ByIssue}},
		"towards a target":         {Filter: filters(g)["target"], By: []graph.Dimension{graph.ByTarget, graph.BySpeaker}},
		"on an issue":              {Filter: filters(g)["issue"], By: []graph.Dimension{graph.ByIssue, graph.ByInterval}, Interval: graph.IntervalMonth},
		"on a position by article": {Filter: filters(g)["position"], By: []graph.Dimension{graph.ByPosition, graph.BySpeaker}},
	} {
		q.Unit, q.Limit = graph.UnitStatement, 10
		query, args, err := stanceQuery(&q)
		if err != nil {
			t.Fatal(err)
		}
		checkPlan(t, "stances "+name, explain(t, s, query, args...), false)
	}
}

// All values are read in the order of their statements, out of an index that
// holds all that is asked for.
func TestTakingsOfAllReadNothingTwice(t *testing.T) {
	s := openSynthetic(t, graphtest.Synthetic{Seed: 1, Statements: 300})
	for toward, table := range map[graph.Dimension]string{graph.ByPosition: "takes", graph.ByTarget: "toward"} {
		query, args, err := takingQuery(&graph.TakingQuery{Toward: toward})
		if err != nil {
			t.Fatal(err)
		}
		want := "SCAN v USING COVERING INDEX " + table + "_statement\nSEARCH s USING INTEGER PRIMARY KEY (rowid=?)"
		if plan := explain(t, s, query, args...); plan != want {
			t.Errorf("%s: %s", toward, plan)
		}
	}
}

// checkPlan refuses a plan that reads statements or their values from end to
// end, unless it walks through the index of the order.
func checkPlan(t *testing.T, name, plan string, walks bool) {
	t.Helper()
	for line := range strings.Lines(plan) {
		line = strings.TrimSpace(line)
		words := strings.Fields(line)
		scan := words[0] == "SCAN" && slices.Contains([]string{"s", "v", "x", "d", "statement", "toward", "takes", "about"}, words[1])
		if words[0] == "SCAN" && strings.Contains(plan, "CO-ROUTINE "+words[1]) {
			continue // the rows of a subquery
		}
		if scan && !(walks && strings.HasPrefix(line, "SCAN s USING INDEX statement_")) || strings.Contains(line, "AUTOMATIC") {
			t.Errorf("%s: %q in\n%s", name, line, plan)
		}
	}
	if walks && strings.Contains(plan, "USE TEMP B-TREE FOR ORDER BY") && strings.Index(plan, "USE TEMP B-TREE FOR ORDER BY") < strings.Index(plan, "SCAN picked") {
		t.Errorf("%s: walks through an index and sorts:\n%s", name, plan)
	}
}

// Whichever way a list is read, it is the same list.
func TestGatheringAndWalkingAgree(t *testing.T) {
	g := graphtest.Synthetic{Seed: 9, Statements: 400}
	s := openSynthetic(t, g)
	r := rand.New(rand.NewPCG(1, 1))
	all := filters(g)
	names := slices.Sorted(func(yield func(string) bool) {
		for name := range all {
			if !yield(name) {
				return
			}
		}
	})
	for range 30 {
		a, b := all[names[r.IntN(len(names))]], all[names[r.IntN(len(names))]]
		f := a
		f.RollUp = a.RollUp || b.RollUp
		f.Places, f.Languages, f.Text, f.Outlets = append(f.Places, b.Places...), append(f.Languages, b.Languages...), f.Text+" "+b.Text, append(f.Outlets, b.Outlets...)
		f.Targets, f.Issues = append(f.Targets, b.Targets...), append(f.Issues, b.Issues...)
		for order := range statementOrders {
			l, err := statementList(&f, order)
			if err != nil {
				t.Fatal(err)
			}
			var want []graph.ID
			for by := none; by < len(l.where.conds); by++ {
				if by != none && l.where.conds[by].source == "" {
					continue
				}
				got := readAll(t, s, l, by)
				if by == none {
					want = got
				} else if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s %+v gathered by %q:\n%s", order, f, l.where.conds[by].source, diff)
				}
			}
		}
	}
}

func readAll(t *testing.T, s *Store, l *listing[graph.Statement], by int) []graph.ID {
	t.Helper()
	c := counts{all: 1, each: make([]float64, len(l.where.conds))}
	for i := range c.each {
		c.each[i] = none
	}
	if by != none {
		c.each[by] = 1
	}
	query, args := l.query(c, nil, 10000)
	found, err := ask(context.Background(), s, func(r *sql.Rows, _ ...any) (graph.ID, error) {
		keys := make([]any, len(l.sort)-1)
		for i := range keys {
			keys[i] = new(any)
		}
		st, err := l.scan(r, keys...)
		return st.ID, err
	}, query, args...)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestRanksSortAsIDs(t *testing.T) {
	var ids []graph.ID
	for i := range 5000 {
		ids = append(ids, graph.NewID(graph.KindStatement, fmt.Sprint(i)))
	}
	slices.Sort(ids)
	for i := range ids[1:] {
		if a, b := rank(ids[i]), rank(ids[i+1]); a < 0 || a >= b {
			t.Errorf("%s has rank %d, %s has %d", ids[i], a, ids[i+1], b)
		}
	}
	for _, id := range []graph.ID{"", "x", "statement:", "statement:é", "statement:" + graph.ID(strings.Repeat("z", 26))} {
		if rank(id) < 0 {
			t.Errorf("%q has rank %d", id, rank(id))
		}
	}
}
