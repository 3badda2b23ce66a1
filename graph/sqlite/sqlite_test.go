package sqlite_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"mawqif/graph"
	"mawqif/graph/sqlite"
)

func TestAppliedBatchIsReadBack(t *testing.T) {
	ctx := t.Context()
	s, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "a #?%.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	state := graph.NewActor(graph.State, "state/xx", graph.Name{Lang: "en", Value: "Xanadu"})
	envoy := graph.NewActor(graph.Person, "person/kubla", graph.Name{Lang: "en", Value: "Kubla"})
	envoy.PartOf = []graph.ID{state.ID}
	place := graph.NewPlace("place/xx", graph.Name{Lang: "en", Value: "Xanadu"})
	issue := graph.NewIssue("book", "leave")
	issue.Labels = []graph.Name{{Lang: "en", Value: "Leave"}}
	position := graph.NewPosition(issue.ID, state.ID, place.ID)
	article := graph.Article{Language: "en", Published: "1969-07-20", Text: "Kubla said they should go."}
	article.Identify()
	run := graph.NewRun("test", "1", "book")
	st := graph.Statement{
		Article: article.ID, Run: run.ID, Speaker: envoy.ID, OnBehalfOf: state.ID, QuoteType: graph.Indirect,
		Act: graph.ActRequest, Cue: "said", Content: "they should go", Confidence: 0.5,
		SaidAt:    graph.Date{Day: "1969-07-20", Precision: graph.PrecisionDay, Origin: graph.OriginPublication},
		Targets:   []graph.Target{{Actor: state.ID, Stance: -1, Mention: "they"}},
		Positions: []graph.Taking{{Position: position.ID, Agreement: 1}}, Places: []graph.ID{place.ID},
		Evidence: []graph.Evidence{{Role: graph.RoleContent, Start: 11, End: 25, Exact: "they should go"}},
	}
	st.Identify()
	b := graph.Batch{
		Article: article, Run: run, Actors: []graph.Actor{state, envoy}, Places: []graph.Place{place},
		Issues: []graph.Issue{issue}, Positions: []graph.Position{position}, Statements: []graph.Statement{st},
		Held: []graph.Held{{Person: envoy.ID, Institution: state.ID, Title: "khan", First: "1969-07-20"}},
	}
	for range 2 {
		if err := s.Apply(ctx, b); err != nil {
			t.Fatal(err)
		}
	}
	for _, o := range []graph.StatementOrder{graph.NewestFirst, graph.OldestFirst, graph.SurestFirst, graph.InArticleOrder} {
		f := graph.StatementFilter{
			Speakers: []graph.ID{state.ID}, RollUp: true, Targets: []graph.ID{state.ID}, Issues: []graph.ID{issue.ID},
			Places: []graph.ID{place.ID}, Text: "SHOULD", SaidTo: "1970-01-01", Stances: []int8{-1}, Languages: []string{"en"},
			Acts: []graph.Act{graph.ActRequest}, Agreements: []int8{1}, PublishedFrom: "1969-07-20",
		}
		got, err := s.FindStatements(ctx, f, o, graph.Page{First: 1, Count: true})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]graph.Statement{st}, got.Items, cmpopts.IgnoreFields(graph.Statement{}, "RecordedAt")); diff != "" || got.Total != 1 || got.More {
			t.Errorf("%s: %s %+v", o, diff, got)
		}
		if got, err = s.FindStatements(ctx, f, o, graph.Page{First: 1, After: got.Cursors[0]}); err != nil || len(got.Items) != 0 {
			t.Errorf("%s: after the last: %v %v", o, got, err)
		}
	}
	stances, err := s.Stances(ctx, graph.StanceQuery{
		Filter: graph.StatementFilter{OnBehalfOf: []graph.ID{state.ID}},
		By:     []graph.Dimension{graph.BySpeaker, graph.ByIssue, graph.ByInterval}, Interval: graph.IntervalWeek, Unit: graph.UnitArticle, Limit: 9,
	})
	want := []graph.Stance{{Speaker: envoy.ID, Issue: issue.ID, From: "1969-07-14", Positive: 1, First: "1969-07-20", Last: "1969-07-20"}}
	if diff := cmp.Diff(want, stances); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	hits, err := s.Search(ctx, "xan", graph.Page{First: 5, Count: true})
	if err != nil || len(hits.Items) != 1 || hits.Total != 1 || hits.Items[0].Actor == nil {
		t.Errorf("search: %+v %v", hits, err)
	}
	hits, err = s.Search(ctx, "should g", graph.Page{First: 1, Count: true})
	if err != nil || hits.Total != 2 || !hits.More || hits.Items[0].Statement == nil {
		t.Errorf("search: %+v %v", hits, err)
	}
	actors, err := s.Actors(ctx, []graph.ID{envoy.ID, state.ID, "actor:none"})
	if diff := cmp.Diff(map[graph.ID]graph.Actor{envoy.ID: envoy, state.ID: state}, actors); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	held, err := s.Offices(ctx, []graph.ID{envoy.ID})
	if diff := cmp.Diff(map[graph.ID][]graph.Held{envoy.ID: b.Held}, held); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	if _, err := s.Stats(ctx); err != nil {
		t.Error(err)
	}
	if _, err := s.Hash(ctx); err != nil {
		t.Error(err)
	}
	for _, err := range []error{
		func() error {
			_, err := s.FindActors(ctx, graph.ActorFilter{Kinds: []graph.ActorKind{graph.State}, Text: "x"}, graph.Page{First: 1})
			return err
		}(),
		func() error {
			_, err := s.FindArticles(ctx, graph.ArticleFilter{Text: "go"}, graph.Page{First: 1})
			return err
		}(),
		func() error {
			_, err := s.FindPositions(ctx, graph.PositionFilter{Objects: []graph.ID{state.ID}}, graph.Page{First: 1})
			return err
		}(),
		func() error { _, err := s.FindIssues(ctx, graph.NameFilter{}, graph.Page{First: 1}); return err }(),
		func() error { _, err := s.FindPlaces(ctx, graph.NameFilter{}, graph.Page{First: 1}); return err }(),
	} {
		if err != nil {
			t.Error(err)
		}
	}
}
