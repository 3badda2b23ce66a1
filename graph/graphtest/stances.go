package graphtest

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"mawqif/graph"
)

// stanceCase is a question about stances with its answer.
type stanceCase struct {
	name  string
	query graph.StanceQuery
	want  []graph.Stance
}

func by(dimensions ...graph.Dimension) []graph.Dimension { return dimensions }

func stanceCases() []stanceCase {
	statements := func(f graph.StatementFilter, d ...graph.Dimension) graph.StanceQuery {
		return graph.StanceQuery{Filter: f, By: d, Unit: graph.UnitStatement, Limit: 100}
	}
	articles := func(f graph.StatementFilter, d ...graph.Dimension) graph.StanceQuery {
		return graph.StanceQuery{Filter: f, By: d, Unit: graph.UnitArticle, Limit: 100}
	}
	every := func(i graph.Interval, f graph.StatementFilter, d ...graph.Dimension) graph.StanceQuery {
		return graph.StanceQuery{Filter: f, By: append(d, graph.ByInterval), Interval: i, Unit: graph.UnitStatement, Limit: 100}
	}
	limited := func(n int, q graph.StanceQuery) graph.StanceQuery {
		q.Limit = n
		return q
	}
	all := graph.StatementFilter{}
	return []stanceCase{
		{"by target", statements(all, graph.ByTarget), []graph.Stance{
			{Target: us.actor.ID, Negative: 2, Neutral: 1, First: "2020-06-01", Last: "2020-06-05"},
			{Target: russia.actor.ID, Negative: 2, Positive: 1, First: "1969-12-31", Last: "2020-06-05"},
			{Target: iran.actor.ID, Negative: 2, Positive: 1, First: "1969-07-20", Last: "2020-06-05"},
			{Target: front.actor.ID, Positive: 1, First: "1969-07-20", Last: "1969-07-20"},
		}},
		{"by target and article", articles(all, graph.ByTarget), []graph.Stance{
			{Target: us.actor.ID, Negative: 1, Neutral: 1, First: "2020-06-01", Last: "2020-06-05"},
			{Target: russia.actor.ID, Negative: 2, Positive: 1, First: "1969-12-31", Last: "2020-06-05"},
			{Target: iran.actor.ID, Negative: 1, Positive: 1, First: "1969-07-20", Last: "2020-06-05"},
			{Target: front.actor.ID, Positive: 1, First: "1969-07-20", Last: "1969-07-20"},
		}},
		{"by position", statements(all, graph.ByPosition), []graph.Stance{
			{Position: iranLeaves.position.ID, Neutral: 1, Positive: 3, First: "1969-07-01", Last: "2020-12-31"},
			{Position: russiaLeaves.position.ID, Negative: 2, First: "2020-06-04", Last: "2020-06-05"},
			{Position: someoneLeaves.position.ID, Neutral: 1, Positive: 1, First: "1969-07-01", Last: "1969-12-31"},
			{Position: sanctionOnIran.position.ID, Negative: 2, First: "2020-06-04", Last: "2020-06-04"},
		}},
		// press-agrees takes two positions on the issue with the same value, and
		// counts once; ortega-exempts two with different values.
		{"by issue", statements(all, graph.ByIssue), []graph.Stance{
			{Issue: withdraw.ID, Negative: 2, Neutral: 2, Positive: 3, First: "1969-07-01", Last: "2020-12-31"},
			{Issue: sanctions.ID, Negative: 2, First: "2020-06-04", Last: "2020-06-04"},
		}},
		{"by issue and article", articles(all, graph.ByIssue), []graph.Stance{
			{Issue: withdraw.ID, Negative: 2, Neutral: 2, Positive: 2, First: "1969-07-01", Last: "2020-12-31"},
			{Issue: sanctions.ID, Negative: 2, First: "2020-06-04", Last: "2020-06-04"},
		}},
		{"by speaker and target", statements(graph.StatementFilter{Speakers: ids(ortega, us)}, graph.BySpeaker, graph.ByTarget), []graph.Stance{
			{Speaker: ortega.actor.ID, Target: iran.actor.ID, Negative: 2, First: "2020-06-05", Last: "2020-06-05"},
			{Speaker: ortega.actor.ID, Target: russia.actor.ID, Positive: 1, First: "2020-06-05", Last: "2020-06-05"},
			{Speaker: us.actor.ID, Target: russia.actor.ID, Negative: 1, First: "1969-12-31", Last: "1969-12-31"},
		}},
		{"of a state with its institutions", statements(graph.StatementFilter{Speakers: ids(us), RollUp: true}, graph.ByIssue), []graph.Stance{
			{Issue: withdraw.ID, Negative: 1, Neutral: 1, Positive: 3, First: "1969-07-01", Last: "2020-06-05"},
		}},
		{"by whom it was said for", statements(graph.StatementFilter{Issues: []graph.ID{withdraw.ID}}, graph.ByOnBehalfOf, graph.ByIssue), []graph.Stance{
			{Issue: withdraw.ID, Neutral: 2, First: "1969-12-31", Last: "2020-12-31"},
			{OnBehalfOf: department.actor.ID, Issue: withdraw.ID, Negative: 1, Positive: 2, First: "2020-06-05", Last: "2020-06-05"},
			{OnBehalfOf: russia.actor.ID, Issue: withdraw.ID, Negative: 1, First: "2020-06-04", Last: "2020-06-04"},
			{OnBehalfOf: us.actor.ID, Issue: withdraw.ID, Positive: 1, First: "1969-07-01", Last: "1969-07-01"},
		}},
		{"targets select among the values", statements(graph.StatementFilter{Speakers: ids(ortega), Targets: ids(russia)}, graph.ByTarget), []graph.Stance{
			{Target: russia.actor.ID, Positive: 1, First: "2020-06-05", Last: "2020-06-05"},
		}},
		{"targets do not select among agreements", statements(graph.StatementFilter{Targets: ids(russia)}, graph.ByPosition), []graph.Stance{
			{Position: iranLeaves.position.ID, Positive: 1, First: "2020-06-05", Last: "2020-06-05"},
			{Position: russiaLeaves.position.ID, Negative: 1, First: "2020-06-05", Last: "2020-06-05"},
			{Position: someoneLeaves.position.ID, Neutral: 1, First: "1969-12-31", Last: "1969-12-31"},
		}},
		{"stances select among the values", statements(graph.StatementFilter{Stances: []int8{1}}, graph.ByTarget), []graph.Stance{
			{Target: russia.actor.ID, Positive: 1, First: "2020-06-05", Last: "2020-06-05"},
			{Target: iran.actor.ID, Positive: 1, First: "1969-07-20", Last: "1969-07-20"},
			{Target: front.actor.ID, Positive: 1, First: "1969-07-20", Last: "1969-07-20"},
		}},
		{"agreements and positions select among the values", statements(graph.StatementFilter{Agreements: []int8{-1, 0}, Issues: []graph.ID{withdraw.ID}, MinConfidence: 0.6}, graph.ByPosition), []graph.Stance{
			{Position: russiaLeaves.position.ID, Negative: 2, First: "2020-06-04", Last: "2020-06-05"},
			{Position: someoneLeaves.position.ID, Neutral: 1, First: "1969-12-31", Last: "1969-12-31"},
		}},
		{"an unknown day is in no interval", every(graph.IntervalYear, graph.StatementFilter{Issues: []graph.ID{sanctions.ID}}, graph.ByIssue), []graph.Stance{
			{Issue: sanctions.ID, From: "2020-01-01", Negative: 1, First: "2020-06-04", Last: "2020-06-04"},
			{Issue: sanctions.ID, Negative: 1},
		}},
		{"by day", every(graph.IntervalDay, graph.StatementFilter{Targets: ids(us)}, graph.ByTarget), []graph.Stance{
			{Target: us.actor.ID, From: "2020-06-01", Neutral: 1, First: "2020-06-01", Last: "2020-06-01"},
			{Target: us.actor.ID, From: "2020-06-04", Negative: 1, First: "2020-06-04", Last: "2020-06-04"},
			{Target: us.actor.ID, From: "2020-06-05", Negative: 1, First: "2020-06-05", Last: "2020-06-05"},
		}},
		{"by week", every(graph.IntervalWeek, graph.StatementFilter{Targets: ids(iran, russia)}, graph.ByTarget), []graph.Stance{
			{Target: russia.actor.ID, From: "1969-12-29", Negative: 1, First: "1969-12-31", Last: "1969-12-31"},
			{Target: russia.actor.ID, From: "2020-06-01", Negative: 1, Positive: 1, First: "2020-06-05", Last: "2020-06-05"},
			{Target: iran.actor.ID, From: "1969-07-14", Positive: 1, First: "1969-07-20", Last: "1969-07-20"},
			{Target: iran.actor.ID, From: "2020-06-01", Negative: 2, First: "2020-06-05", Last: "2020-06-05"},
		}},
		{"by month", every(graph.IntervalMonth, graph.StatementFilter{Positions: []graph.ID{iranLeaves.position.ID, someoneLeaves.position.ID}}, graph.ByIssue), []graph.Stance{
			{Issue: withdraw.ID, From: "1969-07-01", Positive: 1, First: "1969-07-01", Last: "1969-07-01"},
			{Issue: withdraw.ID, From: "1969-12-01", Neutral: 1, First: "1969-12-31", Last: "1969-12-31"},
			{Issue: withdraw.ID, From: "2020-06-01", Positive: 2, First: "2020-06-05", Last: "2020-06-05"},
			{Issue: withdraw.ID, From: "2020-12-01", Neutral: 1, First: "2020-12-31", Last: "2020-12-31"},
		}},
		{"by year", every(graph.IntervalYear, graph.StatementFilter{Targets: ids(russia)}, graph.ByTarget), []graph.Stance{
			{Target: russia.actor.ID, From: "1969-01-01", Negative: 1, First: "1969-12-31", Last: "1969-12-31"},
			{Target: russia.actor.ID, From: "2020-01-01", Negative: 1, Positive: 1, First: "2020-06-05", Last: "2020-06-05"},
		}},
		{"within days", statements(graph.StatementFilter{SaidFrom: "2020-06-02", SaidTo: "2020-06-04"}, graph.ByTarget), []graph.Stance{
			{Target: us.actor.ID, Negative: 1, First: "2020-06-04", Last: "2020-06-04"},
		}},
		{"of words", statements(graph.StatementFilter{Text: "leave forces", Languages: []string{"en"}, Outlets: []graph.ID{herald.ID}}, graph.BySpeaker, graph.ByPosition), []graph.Stance{
			{Position: iranLeaves.position.ID, Neutral: 1, First: "2020-12-31", Last: "2020-12-31"},
			{Speaker: ortega.actor.ID, Position: iranLeaves.position.ID, Positive: 1, First: "2020-06-05", Last: "2020-06-05"},
		}},
		{"about a place, of an act", statements(graph.StatementFilter{Places: []graph.ID{syria.place.ID}, Acts: []graph.Act{graph.ActDeny}}, graph.ByPosition), []graph.Stance{
			{Position: russiaLeaves.position.ID, Negative: 1, First: "2020-06-04", Last: "2020-06-04"},
			{Position: sanctionOnIran.position.ID, Negative: 1, First: "2020-06-04", Last: "2020-06-04"},
		}},
		{"the limit keeps the largest groups", limited(1, statements(all, graph.ByPosition)), []graph.Stance{
			{Position: iranLeaves.position.ID, Neutral: 1, Positive: 3, First: "1969-07-01", Last: "2020-12-31"},
		}},
		{"nothing", statements(graph.StatementFilter{Speakers: ids(wing), Issues: []graph.ID{sanctions.ID}}, graph.ByIssue), nil},
	}
}

// sortStances puts groups in the order of their keys.
func sortStances(groups []graph.Stance) {
	slices.SortFunc(groups, graph.CompareStances)
}

func testStances(t *testing.T, h Harness) {
	s := open(t, h, fixture(firstRun)...)
	for _, c := range stanceCases() {
		t.Run(c.name, func(t *testing.T) {
			sortStances(c.want)
			got := must(s.Stances(t.Context(), c.query))(t)
			equal(t, "groups", c.want, got)
			for i, k := 0, len(c.query.By)-1; i < k; i, k = i+1, k-1 {
				c.query.By[i], c.query.By[k] = c.query.By[k], c.query.By[i]
			}
			equal(t, "asked the other way round", c.want, must(s.Stances(t.Context(), c.query))(t))
		})
	}
}

// takingsOf returns what the statements of batches take, sorted.
func takingsOf(batches []graph.Batch, toward graph.Dimension) []graph.TakingEvent {
	var all []graph.TakingEvent
	for _, b := range batches {
		for _, st := range b.Statements {
			e := graph.TakingEvent{
				Statement: st.ID, Article: st.Article, Outlet: b.Article.Outlet, Speaker: st.Speaker, OnBehalfOf: st.OnBehalfOf,
				Said: st.SaidAt.Day, Published: b.Article.Published, Utterance: st.Utterance,
			}
			if toward == graph.ByTarget {
				for _, t := range st.Targets {
					e.Target, e.Value = t.Actor, t.Stance
					all = append(all, e)
				}
				continue
			}
			for _, p := range st.Positions {
				at := slices.IndexFunc(b.Positions, func(n graph.Position) bool { return n.ID == p.Position })
				e.Position, e.Issue, e.Value = p.Position, b.Positions[at].Issue, p.Agreement
				all = append(all, e)
			}
		}
	}
	sortTakings(all)
	return all
}

func sortTakings(all []graph.TakingEvent) {
	slices.SortFunc(all, func(a, b graph.TakingEvent) int {
		return cmp.Or(cmp.Compare(a.Statement, b.Statement), cmp.Compare(a.Position, b.Position), cmp.Compare(a.Target, b.Target))
	})
}

func readTakings(t *testing.T, s graph.Store, q graph.TakingQuery) []graph.TakingEvent {
	t.Helper()
	var all []graph.TakingEvent
	for e, err := range s.Takings(t.Context(), q) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	sortTakings(all)
	return all
}

func testTakings(t *testing.T, h Harness) {
	batches := fixture(firstRun)
	s := open(t, h, batches...)
	want := takingsOf(batches, graph.ByPosition)
	equal(t, "all", want, readTakings(t, s, graph.TakingQuery{}))
	targets := takingsOf(batches, graph.ByTarget)
	equal(t, "of targets", targets, readTakings(t, s, graph.TakingQuery{Toward: graph.ByTarget}))
	of := func(all []graph.TakingEvent, keep func(e graph.TakingEvent) bool) []graph.TakingEvent {
		return slices.DeleteFunc(slices.Clone(all), func(e graph.TakingEvent) bool { return !keep(e) })
	}
	equal(t, "positions select", of(want, func(e graph.TakingEvent) bool { return e.Position == iranLeaves.position.ID && e.Value == 1 }),
		readTakings(t, s, graph.TakingQuery{Filter: graph.StatementFilter{Positions: []graph.ID{iranLeaves.position.ID}, Agreements: []int8{1}}}))
	equal(t, "of a speaker", of(want, func(e graph.TakingEvent) bool { return e.Speaker == ortega.actor.ID }),
		readTakings(t, s, graph.TakingQuery{Filter: graph.StatementFilter{Speakers: ids(ortega), MinConfidence: 0.1, Languages: []string{"en"}}}))
	equal(t, "targets select", of(targets, func(e graph.TakingEvent) bool { return e.Target == iran.actor.ID && e.Value == -1 }),
		readTakings(t, s, graph.TakingQuery{Toward: graph.ByTarget, Filter: graph.StatementFilter{Targets: ids(iran), Stances: []int8{-1}}}))
	// Whoever reads may stop, and ask something else meanwhile.
	for e, err := range s.Takings(t.Context(), graph.TakingQuery{}) {
		if err != nil || !slices.Contains(want, e) {
			t.Errorf("one of them: %+v, %v", e, err)
		}
		if _, err := s.Stats(t.Context()); err != nil {
			t.Error(err)
		}
		break
	}
}

// recorded is the moment at which all statements of batches were there.
func recorded(t *testing.T, s graph.Store, batches []graph.Batch) (latest time.Time) {
	t.Helper()
	var ids []graph.ID
	for _, b := range batches {
		for _, st := range b.Statements {
			ids = append(ids, st.ID)
		}
	}
	for _, st := range must(s.Statements(t.Context(), ids))(t) {
		if st.RecordedAt.After(latest) {
			latest = st.RecordedAt
		}
	}
	return latest
}

func testTakingsAsOf(t *testing.T, h Harness) {
	first, second := fixture(firstRun), fixture(secondRun)
	s := open(t, h, first...)
	then := recorded(t, s, first)
	apply(t, s, second...)
	now := recorded(t, s, second)
	for _, toward := range []graph.Dimension{graph.ByPosition, graph.ByTarget} {
		for _, f := range []graph.StatementFilter{
			{}, {Speakers: ids(us), RollUp: true}, {Targets: ids(iran)}, {Positions: []graph.ID{iranLeaves.position.ID}},
			{Places: []graph.ID{syria.place.ID}, Languages: []string{"en"}}, {SaidFrom: "2020-01-01"},
		} {
			name := fmt.Sprintf("%s %+v", toward, f)
			keep := map[graph.ID]graph.ID{}
			for i, b := range first {
				for j, st := range b.Statements {
					keep[second[i].Statements[j].ID] = st.ID
				}
			}
			what := readTakings(t, s, graph.TakingQuery{Filter: f, Toward: toward})
			equal(t, name+" now", what, readTakings(t, s, graph.TakingQuery{Filter: f, Toward: toward, AsOf: now}))
			for i := range what {
				what[i].Statement = keep[what[i].Statement]
			}
			sortTakings(what)
			equal(t, name+" then", what, readTakings(t, s, graph.TakingQuery{Filter: f, Toward: toward, AsOf: then}))
		}
	}
	equal(t, "before all", nil, readTakings(t, s, graph.TakingQuery{AsOf: then.AddDate(-1, 0, 0)}))
	for _, err := range s.Takings(t.Context(), graph.TakingQuery{AsOf: then, Filter: graph.StatementFilter{Text: "forces"}}) {
		if !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("words as of a moment: %v", err)
		}
	}
}

// testStancesAsOf takes every other statement back, and asks random questions
// of what stands and of what stood.
func testStancesAsOf(t *testing.T, h Harness) {
	first := slices.Collect(Synthetic{Seed: 12, Statements: 400, Articles: 50}.Batches())
	s := open(t, h, first...)
	then := recorded(t, s, first)
	second := slices.Clone(first)
	for i := range second {
		second[i].Statements = nil
		for k, st := range first[i].Statements {
			if k%2 == 0 {
				second[i].Statements = append(second[i].Statements, st)
			}
		}
	}
	apply(t, s, second...)
	stood, stands := newModel(first), newModel(second)
	r := rand.New(rand.NewPCG(7, 8))
	differ := 0
	for range 25 {
		q := stanceQuery(r, stood.filter(r))
		q.Filter.Text = ""
		now := stands.stances(&q)
		equal(t, fmt.Sprintf("now %+v", q), now, must(s.Stances(t.Context(), q))(t))
		q.AsOf = then
		want := stood.stances(&q)
		equal(t, fmt.Sprintf("then %+v", q), want, must(s.Stances(t.Context(), q))(t))
		if !slices.Equal(now, want) {
			differ++
		}
		if t.Failed() {
			return
		}
	}
	if differ < 12 {
		t.Errorf("only %d questions tell then from now", differ)
	}
	q := graph.StanceQuery{By: by(graph.ByIssue), Unit: graph.UnitStatement, Limit: 10, AsOf: then.AddDate(-1, 0, 0)}
	equal(t, "before all", nil, must(s.Stances(t.Context(), q))(t))
	q.AsOf, q.Filter.Text = then, "forces"
	if _, err := s.Stances(t.Context(), q); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("words as of a moment: %v", err)
	}
}

func testRevision(t *testing.T, h Harness) {
	s := open(t, h)
	r, ok := s.(graph.Reviser)
	if !ok {
		return // such a store is read anew for each question
	}
	seen := map[int64]bool{}
	for _, run := range []graph.Run{firstRun, secondRun, firstRun} {
		before := must(r.Revision(t.Context()))(t)
		if seen[before] {
			t.Errorf("revision %d was there before the last batch", before)
		}
		seen[before] = true
		if again := must(r.Revision(t.Context()))(t); again != before {
			t.Errorf("revision %d became %d without a batch", before, again)
		}
		if err := s.Apply(t.Context(), stories[0].batch(run)); err != nil {
			t.Fatal(err)
		}
	}
}
