package resolvers_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
	"mawqif/resolvers"
)

// counter counts the questions to a store.
type counter struct {
	graph.Reader
	mu    sync.Mutex
	calls map[string]int
	total map[string]bool // whether a list was asked for its total
}

func newCounter(r graph.Reader) *counter {
	return &counter{Reader: r, calls: map[string]int{}, total: map[string]bool{}}
}

func (c *counter) call(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls[name]++
}

func (c *counter) Actors(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Actor, error) {
	c.call("Actors")
	return c.Reader.Actors(ctx, ids)
}

func (c *counter) Places(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Place, error) {
	c.call("Places")
	return c.Reader.Places(ctx, ids)
}

func (c *counter) Outlets(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Outlet, error) {
	c.call("Outlets")
	return c.Reader.Outlets(ctx, ids)
}

func (c *counter) Issues(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Issue, error) {
	c.call("Issues")
	return c.Reader.Issues(ctx, ids)
}

func (c *counter) Positions(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Position, error) {
	c.call("Positions")
	return c.Reader.Positions(ctx, ids)
}

func (c *counter) Runs(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Run, error) {
	c.call("Runs")
	return c.Reader.Runs(ctx, ids)
}

func (c *counter) Articles(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Article, error) {
	c.call("Articles")
	return c.Reader.Articles(ctx, ids)
}

func (c *counter) Statements(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Statement, error) {
	c.call("Statements")
	return c.Reader.Statements(ctx, ids)
}

func (c *counter) Offices(ctx context.Context, ids []graph.ID) (map[graph.ID][]graph.Held, error) {
	c.call("Offices")
	return c.Reader.Offices(ctx, ids)
}

func (c *counter) FindStatements(ctx context.Context, f graph.StatementFilter, o graph.StatementOrder, p graph.Page) (graph.Slice[graph.Statement], error) {
	c.call("FindStatements")
	c.total["FindStatements"] = p.Count
	return c.Reader.FindStatements(ctx, f, o, p)
}

func (c *counter) FindActors(ctx context.Context, f graph.ActorFilter, p graph.Page) (graph.Slice[graph.Actor], error) {
	c.call("FindActors")
	return c.Reader.FindActors(ctx, f, p)
}

func (c *counter) Stances(ctx context.Context, q graph.StanceQuery) ([]graph.Stance, error) {
	c.call("Stances")
	return c.Reader.Stances(ctx, q)
}

// crowd is fifty articles of fifty speakers who judge fifty states in fifty
// places, published by fifty outlets.
func crowd() []graph.Batch {
	run := graph.NewRun("rules", "1", "default")
	var list []graph.Batch
	for i := range 50 {
		name := func(what string) graph.Name { return graph.Name{Lang: "en", Value: fmt.Sprintf("%s %d", what, i)} }
		outlet := graph.NewOutlet(fmt.Sprintf("outlet/paper-%d", i), name("Paper"))
		state := graph.NewActor(graph.State, fmt.Sprintf("state/%d", i), name("State"))
		ministry := graph.NewActor(graph.Organization, fmt.Sprintf("org/ministry-%d", i), name("Ministry"))
		ministry.PartOf = []graph.ID{state.ID}
		speaker := graph.NewActor(graph.Person, fmt.Sprintf("person/speaker-%d", i), name("Speaker"))
		speaker.PartOf = []graph.ID{ministry.ID}
		place := graph.NewPlace(fmt.Sprintf("place/%d", i), name("Place"))
		issue := graph.NewIssue("default", fmt.Sprintf("issue-%d", i))
		issue.Labels, issue.Propositions = []graph.Name{name("Issue")}, []graph.Name{{Lang: "en", Value: "{object} should act in {place}."}}
		position := graph.NewPosition(issue.ID, state.ID, place.ID)
		a := graph.Article{Outlet: outlet.ID, Language: "en", Published: "2021-01-02", Text: fmt.Sprintf("Speaker %d said that all is well.", i)}
		a.Identify()
		b := graph.Batch{
			Article: a, Run: run, Outlets: []graph.Outlet{outlet}, Actors: []graph.Actor{state, ministry, speaker}, Places: []graph.Place{place},
			Issues: []graph.Issue{issue}, Positions: []graph.Position{position},
			Held: []graph.Held{{Person: speaker.ID, Institution: ministry.ID, Title: "spokesman", First: a.Published, Last: a.Published}},
		}
		say(&b, graph.Statement{
			Speaker: speaker.ID, OnBehalfOf: ministry.ID, QuoteType: graph.Indirect, Act: graph.ActState, RelayedVia: outlet.ID, Confidence: .5,
			Targets:   []graph.Target{{Actor: state.ID, Mention: "all"}},
			Positions: []graph.Taking{{Position: position.ID, Agreement: 1}}, Places: []graph.ID{place.ID},
		}, map[graph.Role]string{graph.RoleCue: "said", graph.RoleContent: "all is well"})
		list = append(list, b)
	}
	return list
}

func TestAListCostsOneQuestionAKind(t *testing.T) {
	store := newStore(t, crowd()...)
	for _, c := range []struct {
		name, query string
		want        map[string]int
	}{
		{
			"the list alone", `{statements(first:50){edges{node{content act saidAt{date} targets{stance} positions{agreement}}}}}`,
			map[string]int{"FindStatements": 1},
		},
		{
			"everything a statement refers to", `{statements(first:50){edges{node{
				speaker{name partOf{name}} onBehalfOf{name} targets{actor{name}}
				positions{position{proposition issue{name} object{name} place{name}}}
				places{name} article{title outlet{name}} relayedVia{name} run{extractor} evidence{before verified}
			}}}}`,
			map[string]int{"FindStatements": 1, "Actors": 1, "Positions": 1, "Issues": 1, "Places": 1, "Articles": 1, "Outlets": 1, "Runs": 1},
		},
		{
			"what hangs on actors", `{actors(first:100,filter:{kind:PERSON}){edges{node{offices{title institution{name}} partOf{name partOf{name}}}}}}`,
			// The ministries, then the states.
			map[string]int{"FindActors": 1, "Offices": 1, "Actors": 2},
		},
		{
			"stances", `{stances(by:[SPEAKER,ON_BEHALF_OF,POSITION]){speaker{name} onBehalfOf{name} position{issue{name} place{name}}}}`,
			map[string]int{"Stances": 1, "Actors": 1, "Positions": 1, "Issues": 1, "Places": 1},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			for range 5 { // goroutines run in another order each time
				r := newCounter(store)
				var data map[string]any
				newClient(t, r, resolvers.Options{}).data(&data, c.query, nil)
				if diff := cmp.Diff(c.want, r.calls); diff != "" {
					t.Fatal(diff)
				}
			}
		})
	}
}

func TestTheTotalIsCountedOnlyIfAskedFor(t *testing.T) {
	r := newCounter(newStore(t, newWorld().batches()...))
	c := newClient(t, r, resolvers.Options{})
	var data struct {
		Statements struct{ Total, TotalCount int }
	}
	for query, want := range map[string]bool{
		`{statements{edges{cursor}}}`:                                                    false,
		`{statements(first:1){total:totalCount}}`:                                        true,
		`{statements(first:1){...F}} fragment F on StatementConnection{...{totalCount}}`: true,
		`{statements(first:1){totalCount @skip(if:true) edges{cursor}}}`:                 false,
	} {
		c.data(&data, query, nil)
		if r.total["FindStatements"] != want {
			t.Errorf("%s: counted %v", query, !want)
		}
	}
	if data.Statements.Total+data.Statements.TotalCount == 0 {
		t.Error("the total is missing")
	}
}

// Pages of every list, one item each, give what one page gives.
func TestPagesJoinToTheWholeList(t *testing.T) {
	c := newClient(t, newStore(t, newWorld().batches()...), resolvers.Options{})
	for _, field := range []string{
		"statements(orderBy:NEWEST_FIRST,", "statements(orderBy:OLDEST_FIRST,", "statements(orderBy:SUREST_FIRST,", "statements(orderBy:ARTICLE,",
		"actors(", "articles(", "positions(", "issues(", "places(", `search(text:"n",`,
	} {
		type list struct {
			TotalCount int
			PageInfo   struct {
				HasNextPage, HasPreviousPage bool
				StartCursor, EndCursor       *string
			}
			Edges []struct {
				Cursor string
				Node   struct{ Typename, ID string }
			}
		}
		ask := func(arguments string) list {
			var data struct{ List list }
			c.data(&data, "{list:"+field+arguments+"){totalCount pageInfo{hasNextPage hasPreviousPage startCursor endCursor} edges{cursor node{typename:__typename ...on Node{id}}}}}", nil)
			return data.List
		}
		whole := ask("first:100")
		if whole.PageInfo.HasNextPage || whole.PageInfo.HasPreviousPage || len(whole.Edges) < 2 || whole.TotalCount != len(whole.Edges) {
			t.Fatalf("%s: %+v", field, whole)
		}
		for i, after := 0, ""; i < len(whole.Edges); i++ {
			page := ask("first:1" + after)
			if len(page.Edges) != 1 || page.Edges[0] != whole.Edges[i] || page.TotalCount != whole.TotalCount {
				t.Fatalf("%s, page %d: %+v, want %+v", field, i, page, whole.Edges[i])
			}
			if last := i == len(whole.Edges)-1; page.PageInfo.HasNextPage == last || page.PageInfo.HasPreviousPage != (i > 0) || *page.PageInfo.StartCursor != *page.PageInfo.EndCursor {
				t.Errorf("%s, page %d: %+v", field, i, page.PageInfo)
			}
			after = fmt.Sprintf(",after:%q", *page.PageInfo.EndCursor)
		}
		ids := make([]string, len(whole.Edges))
		for i, e := range whole.Edges {
			ids[i] = e.Node.ID
		}
		slices.Sort(ids)
		if len(slices.Compact(ids)) != len(whole.Edges) || strings.Contains(strings.Join(ids, ""), " ") {
			t.Errorf("%s: an item is there twice", field)
		}
	}
}
