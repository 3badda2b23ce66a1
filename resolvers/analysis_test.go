package resolvers_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
	"mawqif/graph/graphtest"
	"mawqif/resolvers"
)

// notesOf returns the notes of an answer.
func notesOf(t *testing.T, a answer) (notes []string) {
	t.Helper()
	var in struct {
		Extensions struct {
			Notes []struct {
				Path    []any
				Message string
			}
		}
	}
	if err := json.Unmarshal([]byte(a.Raw), &in); err != nil {
		t.Fatal(err)
	}
	for _, n := range in.Extensions.Notes {
		notes = append(notes, fmt.Sprint(n.Path, " ", n.Message))
	}
	return notes
}

// An empty answer is no error and says why it is empty.
func TestEmptyAnswersSayWhy(t *testing.T) {
	w := newWorld()
	c := newClient(t, newStore(t, append(w.batches(), w.later()...)...), resolvers.Options{})
	nothing := `filter:{issue:"unheard-of"}`
	for _, tc := range []struct{ query, want string }{
		{`{matrix(` + nothing + `){count}}`, "[matrix] no statement that takes a position or a stance matches the filter"},
		{`{matrix(exclude:["` + string(w.norland.ID) + `","` + string(w.sudar.ID) + `"]){count}}`, "[matrix] `exclude` leaves out every statement that matches"},
		{`{matrix(limit:1){count}}`, "[matrix] 3 cells with fewer counts are left out by `limit`"},
		{`{shifts(` + nothing + `){size}}`, "[shifts] no statement that takes"},
		{`{shifts(support:100){size}}`, "[shifts] nobody among the statements that match changed sides"},
		{`{c:contradictions(withinDays:1){days}}`, "[c] nobody among the statements that match contradicts itself"},
		{`{timeline(` + nothing + `){count}}`, "[timeline] no statement that takes"},
		{`{networks(window:{unit:YEARS,size:9}){count}}`, "[networks] no window of this size has room"},
		{`{networks(first:1,window:{unit:DAYS,size:1}){count}}`, "[networks] later windows are left out by `first`"},
		{`{matrix{count}}`, ""},
	} {
		a := c.ask(tc.query, nil)
		notes := notesOf(t, a)
		switch {
		case len(a.Errors) > 0:
			t.Errorf("%s: %s", tc.query, a.Raw)
		case tc.want == "" && len(notes) > 0, tc.want != "" && (len(notes) != 1 || !strings.HasPrefix(notes[0], tc.want)):
			t.Errorf("%s: notes %q, want %q", tc.query, notes, tc.want)
		}
	}
	var data struct {
		Network, Path struct {
			Note   string
			Values [][]float64
			Steps  []any
		}
	}
	for query, want := range map[string]string{
		`{network(` + nothing + `){note values}}`:                                                             "no statement that takes a position or a stance matches the filter",
		`{network(settings:{between:{from:"2030-01-01"}}){note values}}`:                                      "the settings leave out every statement that matches",
		`{path(from:"state/nl",to:"state/xx",actor:STATE){note steps{count}}}`:                                "no statement that matches is by " + string(graph.NewID(graph.KindActor, "state/xx")) + " as state",
		`{path(from:"state/nl",to:"state/sd",actor:STATE,filter:{language:"ar"}){note steps{count}}}`:         "no statement that matches is by " + string(w.norland.ID) + " as state",
		`{path(from:"state/nl",to:"state/sd",actor:STATE,relation:AGREEMENT,on:POSITION){note steps{count}}}`: "",
	} {
		data.Network.Note, data.Path.Note = "", ""
		c.data(&data, query, nil)
		if got := data.Network.Note + data.Path.Note; got != want {
			t.Errorf("%s: note %q, want %q", query, got, want)
		}
	}
}

func TestAnalysesRefuseWhatMakesNoSense(t *testing.T) {
	c := newClient(t, newStore(t, newWorld().batches()...), resolvers.Options{})
	for query, want := range map[string]string{
		`{network(settings:{aggregation:CONGRUENCE}){count}}`:                       `aggregation "congruence" of a twomode network`,
		`{network(settings:{rows:ISSUE,columns:ISSUE}){count}}`:                     "rows and columns are both issue",
		`{network(settings:{rows:TARGET,columns:ISSUE}){count}}`:                    "not both",
		`{network(settings:{top:0}){count}}`:                                        "`top` is 0",
		`{network(settings:{between:{from:"2021-02-01",to:"2021-01-01"}}){count}}`:  "`between` ends on 2021-01-01",
		`{network(settings:{exclude:["place:aaaaaaaaaaaaaaaaaaaaaaaaaa"]}){count}}`: "in `exclude` is not the id",
		`{networks(window:{size:0}){count}}`:                                        "window size 0",
		`{networks(window:{kernel:GAUSSIAN,unit:EVENTS}){count}}`:                   "a kernel needs a window of time",
		`{networks(window:{},first:501){count}}`:                                    "`first` is 501",
		`{network{edges(first:0){weight}}}`:                                         "`first` is 0",
		`{network{edges(first:1){statements(first:1000){totalCount}}}}`:             "`first` is 1000",
		`{matrix(limit:0){count}}`:                                                  "`limit` is 0",
		`{shifts(least:3){size}}`:                                                   "between 0 and 2",
		`{shifts(support:0){size}}`:                                                 "at least 1 value",
		`{contradictions(withinDays:-1){days}}`:                                     "`withinDays` is -1",
		`{path(from:"state/nl",to:"state/nl"){note}}`:                               "from one actor to another",
		`{matrix(asOf:"2021-01-01T00:00:00Z",filter:{text:"sanctions"}){count}}`:    "words are known of what stands now alone",
		`{timeline(asOf:"2021-01-01"){count}}`:                                      `"2021-01-01" is not a moment like 2020-06-05T12:00:00Z`,
		`{stances(asOf:20210101){count}}`:                                           "a moment like 2020-06-05T12:00:00Z",
		`{timeline(asOf:"2021-01-01T00:00:00Z",filter:{text:"sanctions"}){count}}`:  "words are known of what stands now alone",
		`{matrix{statements(after:"bm9uc2Vuc2U"){totalCount}}}`:                     "after",
		`{stances(by:[SPEAKER],unit:OUTLET){count}}`:                                "exactly one of TARGET, POSITION and ISSUE",
		`{stances(by:[TARGET,ISSUE],unit:UTTERANCE){count}}`:                        "exactly one of TARGET, POSITION and ISSUE",
	} {
		a := c.ask(query, nil)
		if len(a.Errors) == 0 || a.Errors[0].Extensions.Code != resolvers.CodeBadUserInput || !strings.Contains(a.Errors[0].Message, want) {
			t.Errorf("%s: %s, want %q", query, a.Raw, want)
		}
	}
}

func TestNetworksThatAreTooLargeAreRefused(t *testing.T) {
	store := newStore(t, slices.Collect(graphtest.Synthetic{Seed: 1, Statements: 6000, Articles: 200}.Batches())...)
	c := newClient(t, store, resolvers.Options{})
	settings := `settings:{type:ONE_MODE,rows:POSITION,columns:PERSON,aggregation:CONGRUENCE%s}`
	a := c.ask(`{network(`+fmt.Sprintf(settings, "")+`){count}}`, nil)
	if len(a.Errors) != 1 || a.Errors[0].Extensions.Code != resolvers.CodeLimit || a.Errors[0].Extensions.Limit != "NETWORK" || !strings.Contains(a.Errors[0].Message, "`top`") {
		t.Error(a.Raw)
	}
	var data struct {
		Network struct {
			RowsLeftOut, EdgeCount int
			Rows, Edges            []any
			Modularity             float64
		}
	}
	c.data(&data, `{network(`+fmt.Sprintf(settings, ",top:20")+`){rowsLeftOut edgeCount modularity rows{id side eigenvector strength} edges(first:5){weight}}}`, nil)
	if n := data.Network; len(n.Rows) != 20 || n.RowsLeftOut == 0 || len(n.Edges) > 5 || n.EdgeCount < len(n.Edges) {
		t.Errorf("%+v", n)
	}
	a = c.ask(`{networks(first:500,window:{unit:DAYS,size:400},`+fmt.Sprintf(settings, ",top:300,isolates:true")+`){count}}`, nil)
	if len(a.Errors) != 1 || a.Errors[0].Extensions.Limit != "NETWORK" || !strings.Contains(a.Errors[0].Message, "too many values together") {
		t.Errorf("%.300s", a.Raw)
	}
}

// Every count of a stance, a cell and an edge leads to its statements, page by
// page.
func TestCountsLeadToTheirStatements(t *testing.T) {
	w := newWorld()
	c := newClient(t, newStore(t, append(w.batches(), w.later()...)...), resolvers.Options{})
	type list struct {
		Count      int
		Statements struct {
			TotalCount int
			Edges      []struct{ Node struct{ ID string } }
		}
	}
	var data map[string][]list
	const behind = `count statements(first:100){totalCount edges{node{id}}}`
	for _, query := range []string{
		`{stances(by:[SPEAKER,ON_BEHALF_OF,POSITION,INTERVAL]){` + behind + `}}`, `{stances(by:[TARGET],unit:ARTICLE){` + behind + `}}`,
		`{stances(by:[ON_BEHALF_OF,ISSUE],unit:UTTERANCE){` + behind + `}}`, `{timeline(unit:OUTLET,limit:20){` + behind + `}}`,
		`{timeline(toward:TARGET,filter:{speaker:"state/nl",rollUp:true},limit:20){` + behind + `}}`,
		`{matrix(actor:null,toward:TARGET,limit:20){` + behind + `}}`, `{matrix(interval:WEEK,unit:UTTERANCE,limit:20){` + behind + `}}`,
	} {
		clear(data)
		c.data(&data, query, nil)
		for name, groups := range data {
			if len(groups) == 0 {
				t.Errorf("%s: nothing", query)
			}
			for _, g := range groups {
				// One statement may have two values.
				if g.Statements.TotalCount == 0 || 2*g.Statements.TotalCount < g.Count || len(g.Statements.Edges) != g.Statements.TotalCount {
					t.Errorf("%s: %s counts %d of %d statements, %d listed", query, name, g.Count, g.Statements.TotalCount, len(g.Statements.Edges))
				}
			}
		}
	}
	// Sudar's turn is reported twice in the same words.
	counts := map[string]int{}
	for _, unit := range []string{"STATEMENT", "UTTERANCE", "ARTICLE", "OUTLET"} {
		c.data(&data, `{stances(by:[POSITION],filter:{speaker:"state/sd",agreement:1,issue:"foreign-military-withdrawal",position:"`+string(w.withdrawal.ID)+`"},unit:`+unit+`){count}}`, nil)
		counts[unit] = data["stances"][0].Count
	}
	if diff := cmp.Diff(map[string]int{"STATEMENT": 2, "UTTERANCE": 1, "ARTICLE": 2, "OUTLET": 2}, counts); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	// Pages.
	type page struct {
		PageInfo struct {
			HasNextPage, HasPreviousPage bool
			EndCursor                    string
		}
		Edges []struct{ Node struct{ ID string } }
	}
	var paged struct{ Matrix []struct{ Statements page } }
	after, seen := "", []string{}
	for i := range 4 {
		c.data(&paged, `{matrix(actor:null,toward:ISSUE,filter:{issue:"foreign-military-withdrawal"}){statements(first:1`+after+`){pageInfo{hasNextPage hasPreviousPage endCursor} edges{node{id}}}}}`, nil)
		p := paged.Matrix[0].Statements
		if len(p.Edges) != 1 || p.PageInfo.HasNextPage != (i < 3) || p.PageInfo.HasPreviousPage != (i > 0) {
			t.Fatalf("page %d: %+v", i, p)
		}
		seen = append(seen, p.Edges[0].Node.ID)
		after = fmt.Sprintf(",after:%q", p.PageInfo.EndCursor)
	}
	if slices.Sort(seen); len(slices.Compact(seen)) != 4 {
		t.Errorf("pages show %v", seen)
	}
}

// The answer is that of the graph as it is, or as it was.
func TestAnalysesFollowTheGraph(t *testing.T) {
	w := newWorld()
	store := newStore(t, w.batches()...)
	c := newClient(t, store, resolvers.Options{})
	fields := []string{
		"matrix(%s)", "stances(%s)", "stances(by:[ISSUE,INTERVAL],%s)", "stances(unit:UTTERANCE,%s)", "timeline(%s)",
		`actor(id:"state/nl"){stances(%s,toward:ISSUE,filter:{rollUp:true})`,
	}
	// count counts the values of a field and the statements behind them.
	count := func(field, arguments string) (values, statements int) {
		query := "{a:" + fmt.Sprintf(field, arguments) + "{count statements{totalCount}}}"
		type groups []struct {
			Count      int
			Statements struct{ TotalCount int }
		}
		var found groups
		if strings.HasPrefix(field, "actor") {
			var data struct{ A struct{ Stances groups } }
			c.data(&data, query+"}", nil)
			found = data.A.Stances
		} else {
			var data struct{ A groups }
			c.data(&data, query, nil)
			found = data.A
		}
		for _, g := range found {
			values, statements = values+g.Count, statements+g.Statements.TotalCount
		}
		return values, statements
	}
	before := map[string][2]int{}
	for _, f := range fields {
		values, statements := count(f, "limit:100")
		before[f] = [2]int{values, statements}
	}
	moment := time.Now().UTC()
	for _, b := range w.later() {
		if err := store.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range fields {
		was := before[f]
		if values, statements := count(f, "limit:100"); was[0] == 0 || values <= was[0] || statements <= was[1] {
			t.Errorf("%s: %d values and statements, but %d and %d with three more articles", f, was, values, statements)
		}
		if values, statements := count(f, fmt.Sprintf("limit:100,asOf:%q", moment.Format(time.RFC3339Nano))); was != [2]int{values, statements} {
			t.Errorf("%s: %d values and %d statements as of then, want %d", f, values, statements, was)
		}
	}
}

// A network and what hangs on it cost few questions to the store, however many
// edges there are.
func TestEdgesCostOneQuestionAKind(t *testing.T) {
	r := newCounter(newStore(t, crowd()...))
	var data map[string]any
	newClient(t, r, resolvers.Options{}).data(&data, `{network(settings:{rows:PERSON}){edges(first:50){statements(first:3){edges{node{content}}}}}}`, nil)
	want := map[string]int{"Actors": 1, "Positions": 1, "Places": 1, "Issues": 1, "Statements": 1}
	if diff := cmp.Diff(want, r.calls); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
