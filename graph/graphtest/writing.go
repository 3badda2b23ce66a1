package graphtest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"mawqif/graph"
)

// ignoreClocks leaves out of a comparison what the store's clock sets.
var ignoreClocks = cmpopts.IgnoreFields(graph.Statement{}, "RecordedAt", "SupersededAt")

// equal compares what was read with what was written; an empty list is none.
func equal[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got, ignoreClocks, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (−want +got):\n%s", what, diff)
	}
}

func testReadBack(t *testing.T, h Harness) {
	batches := fixture(firstRun)
	s := open(t, h, batches...)
	want := map[graph.ID]any{firstRun.ID: firstRun}
	ids := []graph.ID{
		firstRun.ID, secondRun.ID, "", "actor", "nonsense", graph.NewID(graph.KindActor, "unknown"),
		graph.NewID(graph.KindStatement, "unknown"),
	}
	for i := range batches {
		b := &batches[i]
		collect(want, b.Actors, actorID)
		collect(want, b.Places, placeID)
		collect(want, b.Outlets, func(o *graph.Outlet) graph.ID { return o.ID })
		collect(want, b.Issues, issueID)
		collect(want, b.Positions, positionID)
		collect(want, b.Statements, statementID)
		want[b.Article.ID] = b.Article
	}
	for id := range want {
		ids = append(ids, id, id)
	}
	ctx := t.Context()
	got := map[graph.ID]any{}
	merge(got, must(s.Actors(ctx, ids))(t))
	merge(got, must(s.Places(ctx, ids))(t))
	merge(got, must(s.Outlets(ctx, ids))(t))
	merge(got, must(s.Issues(ctx, ids))(t))
	merge(got, must(s.Positions(ctx, ids))(t))
	merge(got, must(s.Runs(ctx, ids))(t))
	merge(got, must(s.Articles(ctx, ids))(t))
	merge(got, must(s.Statements(ctx, ids))(t))
	equal(t, "nodes", want, got)
	offices := must(s.Offices(ctx, append(ids, petrov.actor.ID, petrov.actor.ID)))(t)
	equal(t, "offices", map[graph.ID][]graph.Held{
		ortega.actor.ID: stories[0].held, petrov.actor.ID: stories[1].held,
	}, offices)
	for _, ids := range [][]graph.ID{nil, {}} {
		if got := must(s.Actors(ctx, ids))(t); len(got) != 0 {
			t.Errorf("no ids give %v", got)
		}
		if got := must(s.Offices(ctx, ids))(t); len(got) != 0 {
			t.Errorf("no persons give %v", got)
		}
	}
}

func collect[T any](into map[graph.ID]any, nodes []T, id func(*T) graph.ID) {
	for i := range nodes {
		into[id(&nodes[i])] = nodes[i]
	}
}

func merge[T any](into map[graph.ID]any, nodes map[graph.ID]T) {
	for id, n := range nodes {
		into[id] = n
	}
}

func testIdempotence(t *testing.T, h Harness) {
	s := open(t, h, fixture(firstRun)...)
	before, stats := hash(t, s), must(s.Stats(t.Context()))(t)
	recorded := allStatements(t, s, graph.StatementFilter{}, graph.NewestFirst)
	for range 2 {
		apply(t, s, fixture(firstRun)...)
	}
	if after := hash(t, s); after != before {
		t.Errorf("the hash changed from %s to %s", before, after)
	}
	equal(t, "stats", stats, must(s.Stats(t.Context()))(t))
	if diff := cmp.Diff(recorded, allStatements(t, s, graph.StatementFilter{}, graph.NewestFirst)); diff != "" {
		t.Errorf("statements changed, clocks included (−before +after):\n%s", diff)
	}
}

func testOrderIndependence(t *testing.T, h Harness) {
	hashOf := func(fill func(s graph.Store)) string { return hashOf(t, h, fill) }
	want := hashOf(func(s graph.Store) { apply(t, s, fixture(firstRun)...) })
	random := rand.New(rand.NewPCG(1, 2))
	for range 3 {
		batches := fixture(firstRun)
		random.Shuffle(len(batches), func(i, k int) { batches[i], batches[k] = batches[k], batches[i] })
		if got := hashOf(func(s graph.Store) { apply(t, s, batches...) }); got != want {
			t.Errorf("in another order the hash is %s, not %s", got, want)
		}
	}
	got := hashOf(func(s graph.Store) {
		var all sync.WaitGroup
		for range 3 {
			for _, b := range fixture(firstRun) {
				all.Go(func() {
					if err := s.Apply(t.Context(), b); err != nil {
						t.Errorf("apply: %v", err)
					}
				})
			}
		}
		all.Wait()
	})
	if got != want {
		t.Errorf("written at the same time the hash is %s, not %s", got, want)
	}
	got = hashOf(func(s graph.Store) {
		apply(t, s, fixture(firstRun)[1])
		hash(t, s)
		allStatements(t, s, graph.StatementFilter{}, graph.NewestFirst)
		apply(t, s, fixture(firstRun)...)
	})
	if got != want {
		t.Errorf("read in between the hash is %s, not %s", got, want)
	}
}

// hashOf returns the hash of what is written into a new store.
func hashOf(t *testing.T, h Harness, fill func(s graph.Store)) string {
	t.Helper()
	s := h.New(t)
	defer closeStore(t, s)
	fill(s)
	return hash(t, s)
}

func testHashTellsGraphsApart(t *testing.T, h Harness) {
	seen := map[string]string{}
	for _, c := range []struct {
		name   string
		change func(batches []graph.Batch) []graph.Batch
	}{
		{"empty", func([]graph.Batch) []graph.Batch { return nil }},
		{"the fixture", func(b []graph.Batch) []graph.Batch { return b }},
		{"an article less", func(b []graph.Batch) []graph.Batch { return b[:4] }},
		{"a statement less", func(b []graph.Batch) []graph.Batch {
			b[0].Statements = b[0].Statements[1:]
			return b
		}},
		{"a confidence", func(b []graph.Batch) []graph.Batch {
			b[0].Statements[0].Confidence = 0.11
			return b
		}},
		{"a name", func(b []graph.Batch) []graph.Batch {
			b[0].Actors[0].Names = append(slices.Clone(b[0].Actors[0].Names), graph.Name{Lang: "fr", Value: "Autre"})
			return b
		}},
		{"an office", func(b []graph.Batch) []graph.Batch {
			b[0].Held = nil
			return b
		}},
		{"a whole", func(b []graph.Batch) []graph.Batch {
			actors := slices.Clone(b[1].Actors)
			actors[0].PartOf = []graph.ID{actors[1].ID}
			b[1].Actors = actors
			return b
		}},
	} {
		sum := hashOf(t, h, func(s graph.Store) { apply(t, s, c.change(fixture(firstRun))...) })
		if other, ok := seen[sum]; ok {
			t.Errorf("%s has the hash of %s", c.name, other)
		}
		if len(sum) != 64 {
			t.Errorf("%s: %q is no SHA-256", c.name, sum)
		}
		seen[sum] = c.name
	}
}

// joinCase is what three articles say of the same nodes.
func joinBatches() []graph.Batch {
	person := func(kind graph.ActorKind, partOf []graph.ID, names ...string) graph.Actor {
		a := graph.NewActor(kind, "person/x", namesOf(names)...)
		a.PartOf = partOf
		return a
	}
	office := func(title string, first, last graph.Day) graph.Held {
		return graph.Held{Person: person("", nil).ID, Institution: department.actor.ID, Title: title, First: first, Last: last}
	}
	label := graph.NewIssue("book", "join")
	batch := func(name string, a graph.Actor, around *located, parent *graph.Issue, propositions []string, held ...graph.Held) graph.Batch {
		article := graph.Article{Title: name, Language: "en"}
		article.Identify()
		b := graph.Batch{
			Article: article, Run: firstRun, Held: held,
			Actors: []graph.Actor{a, department.actor, us.actor, russia.actor},
			Places: []graph.Place{syria.place, iraq.place},
			Issues: []graph.Issue{presence, sanctions},
		}
		p := graph.NewPlace("place/x", graph.Name{Lang: "en", Value: name})
		if around != nil {
			p.PartOf = around.place.ID
		}
		i := label
		i.Labels = namesOf([]string{"en:" + name})
		i.Propositions = namesOf(propositions)
		if parent != nil {
			i.Parent = parent.ID
		}
		b.Places = append(b.Places, p)
		b.Issues = append(b.Issues, i)
		return b
	}
	return []graph.Batch{
		batch("one", person(graph.Person, nil, "en:Zed", "en:Alpha", "ar:ياء"), nil, &presence, []string{"en:First.", "en:Second."},
			office("minister", "2020-02-02", "2020-02-02"), office("adviser", "", "")),
		batch("two", person(graph.Group, []graph.ID{us.actor.ID}, "en:Alpha", "en:Beta"), &syria, &sanctions, []string{"en:Second."},
			office("minister", "2019-01-01", ""), office("adviser", "", "2021-01-01")),
		batch("three", person(graph.Person, []graph.ID{russia.actor.ID, us.actor.ID}, "en:Gamma", "en:Zed", "ar:ألف"), &iraq, nil, nil,
			office("minister", "", "2020-12-31")),
	}
}

func testJoin(t *testing.T, h Harness) {
	id := graph.NewActor("", "person/x").ID
	larger := func(a, b graph.ID) graph.ID { return max(a, b) }
	for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}, {2, 2, 1, 0, 0}} {
		batches := joinBatches()
		s := h.New(t)
		for _, i := range order {
			apply(t, s, batches[i])
		}
		wholes := []graph.ID{us.actor.ID, russia.actor.ID}
		slices.Sort(wholes)
		equal(t, fmt.Sprintf("%v: actor", order), graph.Actor{
			ID: id, Kind: graph.Group, Key: "person/x", PartOf: wholes,
			// The best places of the English names are Zed 0, Alpha 0, Gamma 0,
			// Beta 1.
			Names: namesOf([]string{"ar:ألف", "ar:ياء", "en:Alpha", "en:Gamma", "en:Zed", "en:Beta"}),
		}, must(s.Actors(t.Context(), []graph.ID{id}))(t)[id])
		equal(t, fmt.Sprintf("%v: offices", order), []graph.Held{
			{Person: id, Institution: department.actor.ID, Title: "minister", First: "2019-01-01", Last: "2020-12-31"},
			{Person: id, Institution: department.actor.ID, Title: "adviser", Last: "2021-01-01"},
		}, must(s.Offices(t.Context(), []graph.ID{id}))(t)[id])
		place := graph.NewPlace("place/x", namesOf([]string{"en:one", "en:three", "en:two"})...)
		place.PartOf = larger(syria.place.ID, iraq.place.ID)
		equal(t, fmt.Sprintf("%v: place", order), place, must(s.Places(t.Context(), []graph.ID{place.ID}))(t)[place.ID])
		issue := graph.NewIssue("book", "join")
		issue.Labels = place.Names
		issue.Propositions = namesOf([]string{"en:First.", "en:Second."})
		issue.Parent = larger(presence.ID, sanctions.ID)
		equal(t, fmt.Sprintf("%v: issue", order), issue, must(s.Issues(t.Context(), []graph.ID{issue.ID}))(t)[issue.ID])
		found := must(s.FindActors(t.Context(), graph.ActorFilter{Text: "zed"}, everything))(t).Items
		equal(t, fmt.Sprintf("%v: found by a later name", order), []graph.ID{id}, []graph.ID{found[0].ID})
		closeStore(t, s)
	}
}

func testSupersede(t *testing.T, h Harness) {
	ctx := t.Context()
	s := open(t, h, fixture(firstRun)...)
	first := stories[0].batch(firstRun)
	original, originalStats := hash(t, s), must(s.Stats(ctx))(t)

	// The second run finds the first two statements of the article alone.
	second := stories[0].batch(secondRun)
	second.Statements = second.Statements[:2]
	for range 2 {
		apply(t, s, second)
	}
	if hash(t, s) == original {
		t.Error("the hash did not change")
	}
	standing := func() []string {
		return labelsOf(allStatements(t, s, graph.StatementFilter{Articles: []graph.ID{first.Article.ID}}, graph.NewestFirst), statementID)
	}
	equal(t, "standing", []string{"ortega-calls", "ortega-exempts"}, standing())
	for _, st := range allStatements(t, s, graph.StatementFilter{Articles: []graph.ID{first.Article.ID}}, graph.NewestFirst) {
		if st.Run != secondRun.ID || !st.SupersededAt.IsZero() {
			t.Errorf("%s of run %s stands, superseded at %s", label(st.ID), st.Run, st.SupersededAt)
		}
	}
	stats := must(s.Stats(ctx))(t)
	if stats.Statements != originalStats.Statements-2 || stats.Superseded != 4 || stats.Runs != 2 {
		t.Errorf("stats: %+v", stats)
	}
	// Nothing is lost: the old ones are read by id, with the time.
	ids := []graph.ID{}
	for _, st := range first.Statements {
		ids = append(ids, st.ID)
	}
	old := must(s.Statements(ctx, ids))(t)
	equal(t, "history", first.Statements, []graph.Statement{old[ids[0]], old[ids[1]], old[ids[2]], old[ids[3]]})
	for _, st := range old {
		if st.RecordedAt.IsZero() || st.SupersededAt.Before(st.RecordedAt) || st.SupersededAt.Location() != time.UTC {
			t.Errorf("%s recorded %s, superseded %s", label(st.ID), st.RecordedAt, st.SupersededAt)
		}
	}
	// No question about what stands finds them.
	query := graph.StanceQuery{By: []graph.Dimension{graph.ByIssue}, Unit: graph.UnitStatement, Limit: 10, Filter: graph.StatementFilter{Articles: []graph.ID{first.Article.ID}}}
	equal(t, "stances", []graph.Stance{{Issue: withdraw.ID, Negative: 1, Positive: 2, First: "2020-06-05", Last: "2020-06-05"}}, must(s.Stances(ctx, query))(t))
	if hits := must(s.Search(ctx, "winter", everything))(t); len(hits.Items) != 1 || hits.Items[0].Article == nil {
		t.Errorf("search finds %d, and not the article alone", len(hits.Items))
	}

	// A batch that finds nothing supersedes everything.
	nothing := stories[0].batch(secondRun)
	nothing.Statements = nil
	apply(t, s, nothing)
	equal(t, "standing after nothing", []string{}, standing())

	// The first run again makes its statements stand again.
	apply(t, s, first)
	equal(t, "standing again", labelsOf(first.Statements, statementID), standing())
	for id, st := range must(s.Statements(ctx, ids))(t) {
		if !st.SupersededAt.IsZero() || !st.RecordedAt.Equal(old[id].RecordedAt) {
			t.Errorf("%s stands, recorded %s (first %s), superseded %s", label(id), st.RecordedAt, old[id].RecordedAt, st.SupersededAt)
		}
	}
	if again := must(s.Stats(ctx))(t); again.Statements != originalStats.Statements || again.Superseded != 2 {
		t.Errorf("stats: %+v", again)
	}
	equal(t, "relations", originalStats.Relations, must(s.Stats(ctx))(t).Relations)
	query.Filter = graph.StatementFilter{Speakers: []graph.ID{ortega.actor.ID}}
	equal(t, "stances again", []graph.Stance{{Issue: withdraw.ID, Negative: 1, Positive: 2, First: "2020-06-05", Last: "2020-06-05"}}, must(s.Stances(ctx, query))(t))

	// A batch of the same run that holds less supersedes too; a confidence that
	// changes is the last one.
	less := stories[0].batch(firstRun)
	less.Statements = less.Statements[:1]
	less.Statements[0].Confidence = 0.25
	apply(t, s, less)
	equal(t, "standing of the same run", []string{"ortega-calls"}, standing())
	equal(t, "with its confidence", []string{"ortega-calls"},
		labelsOf(allStatements(t, s, graph.StatementFilter{MinConfidence: 0.2, Articles: []graph.ID{first.Article.ID}}, graph.SurestFirst), statementID))
	equal(t, "and not the old one", []string{},
		labelsOf(allStatements(t, s, graph.StatementFilter{MinConfidence: 0.3, Articles: []graph.ID{first.Article.ID}}, graph.SurestFirst), statementID))
}

func testReopen(t *testing.T, h Harness) {
	s := h.New(t)
	apply(t, s, fixture(firstRun)...)
	second := stories[1].batch(secondRun)
	apply(t, s, second)
	want, stats := hash(t, s), must(s.Stats(t.Context()))(t)
	statements := allStatements(t, s, graph.StatementFilter{}, graph.OldestFirst)
	s = h.Reopen(t, s)
	defer closeStore(t, s)
	if got := hash(t, s); got != want {
		t.Errorf("the hash is %s, was %s", got, want)
	}
	equal(t, "stats", stats, must(s.Stats(t.Context()))(t))
	if diff := cmp.Diff(statements, allStatements(t, s, graph.StatementFilter{}, graph.OldestFirst)); diff != "" {
		t.Errorf("statements changed, clocks included (−before +after):\n%s", diff)
	}
	apply(t, s, fixture(firstRun)...)
	apply(t, s, second)
	if got := hash(t, s); got != want {
		t.Errorf("applied again the hash is %s, was %s", got, want)
	}
}

func testRefusal(t *testing.T, h Harness) {
	want := hashOf(t, h, func(s graph.Store) { apply(t, s, fixture(firstRun)...) })
	s := open(t, h, fixture(firstRun)[1:]...)
	before := hash(t, s)
	stats := must(s.Stats(t.Context()))(t)
	for _, c := range []struct {
		name string
		want error
		harm func(b *graph.Batch)
	}{
		{"an act that does not exist", graph.ErrInvalid, func(b *graph.Batch) { b.Statements[3].Act = "SING" }},
		{"a reference to nothing", graph.ErrInvalid, func(b *graph.Batch) { b.Actors = b.Actors[1:] }},
		{"a text that was changed", graph.ErrInvalid, func(b *graph.Batch) { b.Article.Text += "!" }},
		{"evidence that the text does not bear out", graph.ErrEvidence, func(b *graph.Batch) {
			last := &b.Statements[3]
			last.Evidence = []graph.Evidence{last.Evidence[0]}
			last.Evidence[0].Exact = "something else"
			last.Identify()
		}},
		{"evidence beyond the text", graph.ErrEvidence, func(b *graph.Batch) {
			last := &b.Statements[3]
			last.Evidence = []graph.Evidence{last.Evidence[0]}
			last.Evidence[0].End += 1000
			last.Identify()
		}},
	} {
		b := stories[0].batch(firstRun)
		c.harm(&b)
		if err := s.Apply(t.Context(), b); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
		if hash(t, s) != before {
			t.Errorf("%s left something", c.name)
		}
	}
	equal(t, "stats", stats, must(s.Stats(t.Context()))(t))
	// One that is refused does no harm to those that are written with it.
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			b := stories[0].batch(firstRun)
			if i%2 == 0 {
				b.Statements[2].Confidence = 2
			}
			if err := s.Apply(t.Context(), b); (err == nil) != (i%2 == 1) {
				t.Errorf("batch %d: %v", i, err)
			}
		})
	}
	all.Wait()
	apply(t, s, fixture(firstRun)...)
	if hash(t, s) != want {
		t.Error("the graph is not the one that was accepted")
	}
}

func testAtomicity(t *testing.T, h Harness) {
	s := open(t, h)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var all sync.WaitGroup
	all.Go(func() {
		defer stop()
		for i := range 30 {
			b := stories[0].batch(firstRun)
			if i%2 == 1 {
				b = stories[0].batch(secondRun)
				b.Statements = b.Statements[1:]
			}
			if err := s.Apply(t.Context(), b); err != nil {
				t.Errorf("apply: %v", err)
			}
		}
	})
	for ctx.Err() == nil {
		found, err := s.FindStatements(ctx, graph.StatementFilter{}, graph.NewestFirst, everything)
		if err != nil {
			break
		}
		runs := map[graph.ID]int{}
		for _, st := range found.Items {
			runs[st.Run]++
		}
		switch {
		case len(found.Items) == 0, len(runs) == 1 && (runs[firstRun.ID] == 4 || runs[secondRun.ID] == 3):
		default:
			t.Fatalf("half a batch was seen: %v", runs)
		}
	}
	all.Wait()
}

func testCancellation(t *testing.T, h Harness) {
	s := open(t, h, fixture(firstRun)[1:]...)
	before := hash(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, call := range everyCall(s) {
		if err := call(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if hash(t, s) != before {
		t.Error("a cancelled call wrote")
	}
	for name, call := range everyCall(s) {
		if err := call(t.Context()); err != nil {
			t.Errorf("%s afterwards: %v", name, err)
		}
	}
}

func testClosed(t *testing.T, h Harness) {
	s := h.New(t)
	apply(t, s, fixture(firstRun)...)
	closeStore(t, s)
	for name, call := range everyCall(s) {
		if err := call(t.Context()); !errors.Is(err, graph.ErrClosed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := s.Close(); !errors.Is(err, graph.ErrClosed) {
		t.Errorf("close: %v", err)
	}
}

// everyCall is a sound call of each method of a store.
func everyCall(s graph.Store) map[string]func(context.Context) error {
	ids := []graph.ID{us.actor.ID}
	return map[string]func(context.Context) error{
		"Actors":     func(ctx context.Context) error { return second(s.Actors(ctx, ids)) },
		"Places":     func(ctx context.Context) error { return second(s.Places(ctx, ids)) },
		"Outlets":    func(ctx context.Context) error { return second(s.Outlets(ctx, ids)) },
		"Issues":     func(ctx context.Context) error { return second(s.Issues(ctx, ids)) },
		"Positions":  func(ctx context.Context) error { return second(s.Positions(ctx, ids)) },
		"Runs":       func(ctx context.Context) error { return second(s.Runs(ctx, ids)) },
		"Articles":   func(ctx context.Context) error { return second(s.Articles(ctx, ids)) },
		"Statements": func(ctx context.Context) error { return second(s.Statements(ctx, ids)) },
		"Offices":    func(ctx context.Context) error { return second(s.Offices(ctx, ids)) },
		"FindStatements": func(ctx context.Context) error {
			return second(s.FindStatements(ctx, graph.StatementFilter{}, graph.NewestFirst, everything))
		},
		"FindActors":   func(ctx context.Context) error { return second(s.FindActors(ctx, graph.ActorFilter{}, everything)) },
		"FindArticles": func(ctx context.Context) error { return second(s.FindArticles(ctx, graph.ArticleFilter{}, everything)) },
		"FindPositions": func(ctx context.Context) error {
			return second(s.FindPositions(ctx, graph.PositionFilter{}, everything))
		},
		"FindIssues": func(ctx context.Context) error { return second(s.FindIssues(ctx, graph.NameFilter{}, everything)) },
		"FindPlaces": func(ctx context.Context) error { return second(s.FindPlaces(ctx, graph.NameFilter{}, everything)) },
		"Search":     func(ctx context.Context) error { return second(s.Search(ctx, "syria", everything)) },
		"Stances": func(ctx context.Context) error {
			return second(s.Stances(ctx, graph.StanceQuery{By: []graph.Dimension{graph.ByTarget}, Unit: graph.UnitStatement, Limit: 1}))
		},
		"Takings": func(ctx context.Context) error {
			for _, err := range s.Takings(ctx, graph.TakingQuery{}) {
				if err != nil {
					return err
				}
			}
			return nil
		},
		"Stats": func(ctx context.Context) error { return second(s.Stats(ctx)) },
		"Hash":  func(ctx context.Context) error { return second(s.Hash(ctx)) },
		"Walk": func(ctx context.Context) error {
			return s.Walk(ctx, graph.KindStatement, func(any) error { return nil })
		},
		"Apply": func(ctx context.Context) error { return s.Apply(ctx, stories[0].batch(firstRun)) },
	}
}

func second[T any](_ T, err error) error { return err }
