package people_test

import (
	"cmp"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"mawqif/graph"
	"mawqif/graph/graphtest"
	"mawqif/graph/people"
	"mawqif/graph/sqlite"
)

// still is a clock that stands: who is one is worked out at every change.
func still() time.Time { return time.Date(2021, 3, 4, 0, 0, 0, 0, time.UTC) }

func open(t *testing.T, path string) graph.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestViewIsStore: through the view a store keeps all its promises.
func TestViewIsStore(t *testing.T) {
	var path string
	graphtest.Run(t, graphtest.Harness{
		New: func(t *testing.T) graph.Store {
			path = filepath.Join(t.TempDir(), "graph.db")
			return people.View(open(t, path), nil, still)
		},
		Reopen: func(t *testing.T, s graph.Store) graph.Store {
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			return people.View(open(t, path), nil, still)
		},
	})
}

var (
	ministry = graph.NewActor(graph.Organization, "org/zz/interior", names("en:Ministry of Interior of Ruritania")...)
	latin    = graph.NewActor(graph.Person, "person/lea duran", names("en:Lea Duran")...)
	arabic   = graph.NewActor(graph.Person, "person/ليا دوران", names("ar:ليا دوران")...)
	another  = graph.NewActor(graph.Person, "person/lea dupont", names("en:Lea Dupont")...)
	issue    = graph.NewIssue("book", "talks")
	talks    = graph.NewPosition(issue.ID, "", "")
)

// batch is an article in which a person, who is officer of the ministry, agrees
// to talks and praises another.
func batch(lang, text string, published graph.Day, speaker, target graph.Actor) graph.Batch {
	a := graph.Article{Language: lang, Title: text, Text: text, Published: published}
	a.Identify()
	run := graph.NewRun("rules", "1", "book")
	s := graph.Statement{
		Article: a.ID, Run: run.ID, Speaker: speaker.ID, QuoteType: graph.Direct, Act: graph.ActAgree, Cue: "said", Content: text,
		SaidAt:    graph.Date{Day: published, Precision: graph.PrecisionDay, Origin: graph.OriginPublication},
		Targets:   []graph.Target{{Actor: target.ID, Stance: 1, Mention: "her"}},
		Positions: []graph.Taking{{Position: talks.ID, Agreement: 1}},
		Evidence:  []graph.Evidence{{Role: graph.RoleContent, Start: 0, End: len([]rune(text)), Exact: text}},
	}
	s.Identify()
	withLabel := issue
	withLabel.Labels, withLabel.Propositions = names("en:Talks"), names("en:There should be talks.")
	return graph.Batch{
		Article: a, Run: run, Actors: []graph.Actor{ministry, speaker, target}, Issues: []graph.Issue{withLabel},
		Positions: []graph.Position{talks}, Statements: []graph.Statement{s},
		Held: []graph.Held{{Person: speaker.ID, Institution: ministry.ID, Title: "officer", First: published, Last: published}},
	}
}

// stored returns a store with three articles: one in English, in which the
// person speaks, one in Arabic, and one in which she is spoken of.
func stored(t *testing.T, corrections *people.Corrections, order ...int) graph.Store {
	t.Helper()
	s := people.View(open(t, filepath.Join(t.TempDir(), "graph.db")), corrections, still)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	all := []graph.Batch{
		batch("en", "Let us talk.", "2021-03-04", latin, another),
		batch("ar", "لنتحدث.", "2021-03-06", arabic, another),
		batch("en", "She is right.", "2021-03-08", another, latin),
	}
	for _, i := range order {
		if err := s.Apply(t.Context(), all[i]); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func TestView(t *testing.T) {
	ctx := t.Context()
	var hashes []string
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 0, 2, 1}} {
		s := stored(t, nil, order...)
		check := func(what string, want, got any, err error) {
			t.Helper()
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			if diff := gocmp.Diff(want, got); diff != "" {
				t.Errorf("%v: %s (-want +got):\n%s", order, what, diff)
			}
		}
		person := latin
		person.Names = []graph.Name{{Lang: "ar", Value: "ليا دوران"}, {Lang: "en", Value: "Lea Duran"}}

		actors, err := s.Actors(ctx, []graph.ID{latin.ID, arabic.ID})
		check("the person by either id", map[graph.ID]graph.Actor{latin.ID: person, arabic.ID: person}, actors, err)

		offices, err := s.Offices(ctx, []graph.ID{arabic.ID})
		check("offices", map[graph.ID][]graph.Held{arabic.ID: {{Person: latin.ID, Institution: ministry.ID, Title: "officer", First: "2021-03-04", Last: "2021-03-06"}}}, offices, err)

		for _, id := range []graph.ID{latin.ID, arabic.ID} {
			said, err := s.FindStatements(ctx, graph.StatementFilter{Speakers: []graph.ID{id}}, graph.OldestFirst, graph.Page{First: 10, Count: true})
			check("how much she said", 2, said.Total, err)
			about, err := s.FindStatements(ctx, graph.StatementFilter{Targets: []graph.ID{id}}, graph.OldestFirst, graph.Page{First: 10, Count: true})
			check("how much is said of her", 1, about.Total, err)
		}

		stances, err := s.Stances(ctx, graph.StanceQuery{By: []graph.Dimension{graph.BySpeaker, graph.ByIssue}, Unit: graph.UnitStatement, Limit: 1})
		check("the busiest speaker", []graph.Stance{{Speaker: latin.ID, Issue: issue.ID, Positive: 2, First: "2021-03-04", Last: "2021-03-06"}}, stances, err)

		speakers := map[graph.ID]int{}
		for e, err := range s.Takings(ctx, graph.TakingQuery{}) {
			if err != nil {
				t.Fatal(err)
			}
			speakers[e.Speaker]++
		}
		check("takings by speaker", map[graph.ID]int{latin.ID: 2, another.ID: 1}, speakers, nil)

		for _, c := range []struct {
			text string
			want []string
		}{
			{"", []string{"Lea Dupont", "Lea Duran"}},
			{"lea du", []string{"Lea Dupont", "Lea Duran"}},
			{"ليا", []string{"Lea Duran"}},
			{"dur", []string{"Lea Duran"}},
			{"nobody", nil},
		} {
			f := graph.ActorFilter{Kinds: []graph.ActorKind{graph.Person}, Text: c.text}
			var got []string
			page := graph.Page{First: 1, Count: true}
			for {
				found, err := s.FindActors(ctx, f, page)
				check("how many actors "+c.text, len(c.want), found.Total, err)
				for _, a := range found.Items {
					got = append(got, graph.NameIn(a.Names, "en"))
				}
				if !found.More {
					break
				}
				page.After = found.Cursors[len(found.Cursors)-1]
			}
			check("actors "+c.text, c.want, got, nil)
			if c.text == "" {
				continue
			}
			got = nil
			found, err := s.Search(ctx, c.text, graph.Page{First: 10, Count: true})
			for _, h := range found.Items {
				if h.Actor != nil {
					got = append(got, graph.NameIn(h.Actor.Names, "en"))
				}
			}
			check("search "+c.text, c.want, got, err)
			check("how many hits "+c.text, len(found.Items), found.Total, err)
		}

		merged, ok, err := s.(people.Identifier).Identity(ctx, arabic.ID)
		check("why", []people.Link{{
			From: latin.ID, To: arabic.ID, Reason: people.ByInstitution, Names: []string{"lea duran", "ليا دوران"}, Skeleton: "l drn", Common: ministry.ID,
		}}, merged.Links, err)
		if !ok {
			t.Error("nobody is merged")
		}
		hash, err := s.Hash(ctx)
		if err != nil {
			t.Fatal(err)
		}
		hashes = append(hashes, hash)
	}
	if len(slices.Compact(hashes)) != 1 {
		t.Errorf("the graph depends on the order: %v", hashes)
	}
}

// TestViewFollows: who is one changes with what the store holds.
func TestViewFollows(t *testing.T) {
	s := stored(t, nil, 0)
	names := func() int {
		found, err := s.Actors(t.Context(), []graph.ID{latin.ID})
		if err != nil {
			t.Fatal(err)
		}
		return len(found[latin.ID].Names)
	}
	if names() != 1 {
		t.Fatal("too many names")
	}
	before, err := s.(graph.Reviser).Revision(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Apply(t.Context(), batch("ar", "لنتحدث.", "2021-03-06", arabic, another)); err != nil {
		t.Fatal(err)
	}
	if names() != 2 {
		t.Error("an article makes two names one person, but the view does not know")
	}
	after, err := s.(graph.Reviser).Revision(t.Context())
	if err != nil || after == before {
		t.Errorf("revision %d, then %d: %v", before, after, err)
	}
}

// TestViewCounts: what the view counts under a limit is what comes of joining
// all groups that the store counts.
func TestViewCounts(t *testing.T) {
	ctx := t.Context()
	store := open(t, filepath.Join(t.TempDir(), "graph.db"))
	corrections, err := people.ReadCorrections(strings.NewReader("same\tperson/0\tperson/1\nsame\tperson/2\tperson/3\tperson/9\n"), "same.tsv")
	if err != nil {
		t.Fatal(err)
	}
	s := people.View(store, corrections, still)
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	for b := range (graphtest.Synthetic{Seed: 5, Statements: 2000, Articles: 200}).Batches() {
		if err := s.Apply(ctx, b); err != nil {
			t.Fatal(err)
		}
	}
	person := func(key string) graph.ID { return graph.NewID(graph.KindActor, "person/"+key) }
	whole := map[graph.ID]graph.ID{}
	for _, same := range [][]string{{"0", "1"}, {"2", "3", "9"}} {
		m, ok, err := s.(people.Identifier).Identity(ctx, person(same[0]))
		if err != nil || !ok || len(m.Members) != len(same) {
			t.Fatalf("%v: %d members, %v", same, len(m.Members), err)
		}
		for _, key := range same {
			whole[person(key)] = m.Person.ID
		}
	}
	settle := func(id *graph.ID) {
		if w, ok := whole[*id]; ok {
			*id = w
		}
	}
	merged := 0
	for _, by := range [][]graph.Dimension{
		{graph.BySpeaker, graph.ByIssue}, {graph.BySpeaker, graph.ByTarget}, {graph.ByTarget}, {graph.ByTarget, graph.ByInterval},
		{graph.BySpeaker, graph.ByOnBehalfOf, graph.ByPosition}, {graph.ByIssue},
	} {
		for _, f := range []graph.StatementFilter{{}, {Speakers: []graph.ID{person("1"), person("4")}}, {Stances: []int8{1}}, {Agreements: []int8{-1}}} {
			q := graph.StanceQuery{Filter: f, By: by, Interval: graph.IntervalYear, Unit: graph.UnitStatement, Limit: 1 << 30}
			if len(f.Speakers) > 0 {
				q.Filter.Speakers = append(q.Filter.Speakers, person("0"))
			}
			raw, err := store.Stances(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			groups := map[graph.Stance]graph.Stance{}
			for _, g := range raw {
				settle(&g.Speaker)
				settle(&g.OnBehalfOf)
				settle(&g.Target)
				key := graph.Stance{Speaker: g.Speaker, OnBehalfOf: g.OnBehalfOf, Target: g.Target, Position: g.Position, Issue: g.Issue, From: g.From}
				o, ok := groups[key]
				if !ok {
					groups[key] = g
					continue
				}
				merged++
				o.Negative, o.Neutral, o.Positive = o.Negative+g.Negative, o.Neutral+g.Neutral, o.Positive+g.Positive
				o.Last = max(o.Last, g.Last)
				if g.First != "" && (o.First == "" || g.First < o.First) {
					o.First = g.First
				}
				groups[key] = o
			}
			all := slices.SortedFunc(maps.Values(groups), func(a, b graph.Stance) int {
				return cmp.Or(cmp.Compare(b.Count(), a.Count()), graph.CompareStances(a, b))
			})
			for _, limit := range []int{1, 2, 7, len(all) - 1, len(all), len(all) + 5} {
				if limit < 1 {
					continue
				}
				want := slices.SortedFunc(slices.Values(all[:min(limit, len(all))]), graph.CompareStances)
				got, err := s.Stances(ctx, graph.StanceQuery{Filter: f, By: by, Interval: graph.IntervalYear, Unit: graph.UnitStatement, Limit: limit})
				if err != nil {
					t.Fatal(err)
				}
				if diff := gocmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
					t.Fatalf("by %v, %+v, %d of %d (-want +got):\n%s", by, f, limit, len(all), diff)
				}
			}
		}
	}
	if merged == 0 {
		t.Error("nothing was joined")
	}
}
