package resolvers_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
	"mawqif/graph/people"
	"mawqif/resolvers"
)

// spelled is an article that spells the minister's name in another way.
func (w world) spelled() (graph.Batch, graph.Actor) {
	b := w.batch(graph.Article{
		SourceID: "ar-9", Title: "العقوبات", Outlet: w.sahifa.ID, Language: "ar", Published: "2021-03-09",
		Text: "قالت الوزيرة لينه هولت إن العقوبات باقية.",
	})
	same := graph.NewActor(graph.Person, "person/لينه هولت", graph.Name{Lang: "ar", Value: "لينه هولت"})
	b.Actors = append(b.Actors, same)
	b.Held = append(b.Held, graph.Held{Person: same.ID, Institution: w.ministry.ID, Title: "الوزيرة", First: "2021-03-09", Last: "2021-03-09"})
	say(&b, graph.Statement{
		Speaker: same.ID, OnBehalfOf: w.ministry.ID, QuoteType: graph.Indirect, Act: graph.ActState, SaidAt: day("2021-03-09", graph.OriginPublication),
		Positions: []graph.Taking{{Position: w.sanctioned.ID, Agreement: 1}},
	}, map[graph.Role]string{graph.RoleCue: "قالت", graph.RoleContent: "العقوبات باقية"})
	return b, same
}

// One person by whatever name: the actor, the lists, the counts and the paths.
func TestIdentity(t *testing.T) {
	w := newWorld()
	b, same := w.spelled()
	s := newStore(t, append(w.batches(), b)...)
	c := newClient(t, people.View(s, nil, time.Now), resolvers.Options{})

	var got struct{ Actor any }
	c.data(&got, fmt.Sprintf(`{actor(id:%q){key name(lang:"ar") names{value} offices{title institution{key}}
		statements{totalCount} identity{members{id key names{lang value}} links{from to reason names skeleton common{key} line}}}}`, same.Key), nil)
	var want struct{ Actor any }
	if err := json.Unmarshal([]byte(fmt.Sprintf(`{"actor":{
		"key":"person/lena holt","name":"لينا هولت","names":[{"value":"لينا هولت"},{"value":"لينه هولت"},{"value":"Lena Holt"}],
		"offices":[
			{"title":"foreign minister","institution":{"key":"org/norland-foreign-ministry"}},
			{"title":"الوزيرة","institution":{"key":"org/norland-foreign-ministry"}}],
		"statements":{"totalCount":3},
		"identity":{
			"members":[{"id":%[1]q,"key":"person/lena holt","names":[{"lang":"ar","value":"لينا هولت"},{"lang":"en","value":"Lena Holt"}]},
				{"id":%[2]q,"key":"person/لينه هولت","names":[{"lang":"ar","value":"لينه هولت"}]}],
			"links":[{"from":%[1]q,"to":%[2]q,"reason":"INSTITUTION","names":["lena holt","لينه هولت"],"skeleton":"ln hlt",
				"common":{"key":"org/norland-foreign-ministry"},"line":0}]}}}`, w.minister.ID, same.ID)), &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	// A statement's speaker is the person, and so is a name in a list.
	for _, x := range []struct{ query, want string }{
		{`{statements(filter:{speaker:"person/lena holt"},first:1){totalCount edges{node{speaker{key identity{members{key}}}}}}}`,
			`{"data":{"statements":{"totalCount":3,"edges":[{"node":{"speaker":{"key":"person/lena holt","identity":{"members":[{"key":"person/lena holt"},{"key":"person/لينه هولت"}]}}}}]}}}`},
		{`{actors(filter:{text:"هولت"}){totalCount edges{node{key}}}}`,
			`{"data":{"actors":{"totalCount":1,"edges":[{"node":{"key":"person/lena holt"}}]}}}`},
		{`{stances(by:[SPEAKER,ISSUE],filter:{speaker:"person/لينه هولت",issue:"sanctions"}){speaker{key} count}}`,
			`{"data":{"stances":[{"speaker":{"key":"person/lena holt"},"count":2}]}}`},
		{fmt.Sprintf(`{matrix(actor:PERSON,toward:ISSUE,exclude:[%q]){actor{key}}}`, same.ID),
			`{"data":{"matrix":[{"actor":{"key":"state/sd"}}]}}`},
		{`{actor(id:"person/lena holt"){identity{members{key statements(first:1){totalCount edges{node{content article{title}}}}}}}}`,
			`{"data":{"actor":{"identity":{"members":[` +
				`{"key":"person/lena holt","statements":{"totalCount":2,"edges":[{"node":{"content":"We will not lift the sanctions","article":{"title":"Norland wants Sudar out of the valley"}}}]}},` +
				`{"key":"person/لينه هولت","statements":{"totalCount":1,"edges":[{"node":{"content":"العقوبات باقية","article":{"title":"العقوبات"}}}]}}]}}}}`},
		{`{actor(id:"state/nl"){identity{members{key}}}}`, `{"data":{"actor":{"identity":null}}}`},
	} {
		if a := c.ask(x.query, nil); a.Raw != x.want {
			t.Errorf("%s: got %s, want %s", x.query, a.Raw, x.want)
		}
	}

	// A store without the view knows each name for itself.
	plain := newClient(t, s, resolvers.Options{})
	if a := plain.ask(`{actor(id:"person/لينه هولت"){key identity{members{key}}}}`, nil); a.Raw != `{"data":{"actor":{"key":"person/لينه هولت","identity":null}}}` {
		t.Errorf("without the view: %s", a.Raw)
	}
}
