package resolvers_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
	"mawqif/resolvers"
)

func TestBadInputIsTold(t *testing.T) {
	w := newWorld()
	c := newClient(t, newStore(t, w.batches()...), resolvers.Options{})
	statements := func(filter string) string { return "{statements(filter:{" + filter + "}){totalCount}}" }
	for _, x := range []struct{ query, says string }{
		{`{actor(id:"us"){id}}`, `"us" is neither an id (actor:…) nor a key like "state/us"`},
		{fmt.Sprintf(`{actor(id:%q){id}}`, w.valley.ID), "not one of kind actor"},
		{`{issue(id:""){id}}`, "sanctions"},
		{fmt.Sprintf(`{issue(id:%q){id}}`, w.valley.ID), "sanctions"},
		{`{node(id:"state/us"){id}}`, "is not an id"},
		{`{statement(id:"state/us"){id}}`, "is not an id of kind statement (statement:…)"},
		{fmt.Sprintf(`{article(id:%q){id}}`, w.valley.ID), "is not an id of kind article"},
		{`{statements(first:0){totalCount}}`, "`first` is 0, it must be between 1 and 100"},
		{`{statements(first:101){totalCount}}`, "between 1 and 100"},
		{`{actors(first:-1){totalCount}}`, "between 1 and 100"},
		{`{statements(after:"x"){totalCount}}`, "no cursor of this server"},
		{statements(`speaker:"x"`), `"x" is neither`},
		{statements(`speaker:7`), "expected an id or a key"},
		{statements(`position:"x"`), "\"x\" is not an id of kind position (position:…) in `position`"},
		{statements(`article:"x"`), "in `article`"},
		{statements(`stance:2`), "`stance` is 2, it must be -1, 0 or 1"},
		{statements(`agreement:[0,-2]`), "`agreement` is -2"},
		{statements(`minConfidence:1.5`), "between 0 and 1"},
		{statements(`saidBetween:{from:"2021-13-01"}`), `"2021-13-01" is not a day like 2020-06-05`},
		{statements(`saidBetween:{from:20210101}`), "a day like 2020-06-05"},
		{statements(`saidBetween:{from:"2021-02-01",to:"2021-01-01"}`), "before it begins"},
		{statements(fmt.Sprintf("text:%q", strings.Repeat("a", 501))), "`text` has 501 bytes"},
		{`{search(text:" ? "){totalCount}}`, "no word to look for"},
		{`{actor(id:"state/nl"){statements(filter:{speaker:"state/sd"}){totalCount}}}`, "leave out `speaker`"},
		{`{articles(first:1){edges{node{statements(filter:{article:"` + string(w.batches()[0].Article.ID) + `"}){totalCount}}}}}`, "leave out `article`"},
		{`{statements(first:1){edges{node{evidence(around:401){role}}}}}`, "between 0 and 400"},
		{`{stances(by:[SPEAKER]){count}}`, "exactly one of TARGET, POSITION and ISSUE"},
		{`{stances(by:[TARGET,ISSUE]){count}}`, "exactly one of"},
		{`{stances(by:[TARGET,TARGET]){count}}`, "twice"},
		{`{stances(by:[]){count}}`, "exactly one of"},
		{`{stances(limit:0){count}}`, "between 1 and 1000"},
		{`{timeline(limit:1001){count}}`, "between 1 and 1000"},
	} {
		a := c.ask(x.query, nil)
		if len(a.Errors) != 1 || a.Errors[0].Extensions.Code != resolvers.CodeBadUserInput || !strings.Contains(a.Errors[0].Message, x.says) {
			t.Errorf("%.200s: want %s, got %s", x.query, x.says, a.Raw)
		}
	}
}

// A number may be well-formed JSON and yet too large for any type.
func TestNumbersOutOfRangeAreTold(t *testing.T) {
	c := newClient(t, newStore(t, newWorld().batches()...), resolvers.Options{})
	for _, x := range []struct{ query, variables, says string }{
		{`query($id:ID!){node(id:$id){id}}`, `{"id":123423E567890}`, `"123423E567890" is not an id`},
		{`query($id:ActorRef!){actor(id:$id){id}}`, `{"id":123423E567890}`, "123423E567890 is not an id or a key"},
		{`query($n:Int){statements(first:$n){totalCount}}`, `{"n":1e999}`, "as Int"},
		{`query($m:Float){statements(filter:{minConfidence:$m}){totalCount}}`, `{"m":-1e999}`, "as Float"},
		{`query($f:StatementFilter){statements(filter:$f){totalCount}}`, `{"f":{"minConfidence":1e999}}`, "as Float"},
		{`query($f:StatementFilter){statements(filter:$f){totalCount}}`, `{"f":{"stance":1e999}}`, "as Int"},
	} {
		a := c.do("POST", "/graphql", `{"query":`+quote(x.query)+`,"variables":`+x.variables+`}`)
		if len(a.Errors) != 1 || a.Errors[0].Extensions.Code != resolvers.CodeBadUserInput || !strings.Contains(a.Errors[0].Message, x.says) {
			t.Errorf("%s %s: want %s, got %s", x.query, x.variables, x.says, a.Raw)
		}
	}
}

func TestNothingIsFoundThatIsNotThere(t *testing.T) {
	c := newClient(t, newStore(t, newWorld().batches()...), resolvers.Options{})
	for _, query := range []string{
		`{a:actor(id:"state/none"){id}}`, `{a:issue(id:"none"){id}}`, `{a:issue(id:"otherbook/sanctions"){id}}`,
		fmt.Sprintf(`{a:node(id:%q){id}}`, graph.NewID(graph.KindRun, "none")),
		fmt.Sprintf(`{a:statement(id:%q){id}}`, graph.NewID(graph.KindStatement, "none")),
		fmt.Sprintf(`{a:article(id:%q){id}}`, graph.NewID(graph.KindArticle, "none")),
	} {
		a := c.ask(query, nil)
		if len(a.Errors) != 1 || a.Errors[0].Extensions.Code != resolvers.CodeNotFound || string(a.Data) != `{"a":null}` {
			t.Errorf("%s: %s", query, a.Raw)
		}
	}
}

func TestEveryKindOfNodeIsFoundById(t *testing.T) {
	w := newWorld()
	b := w.batches()[0]
	c := newClient(t, newStore(t, w.batches()...), resolvers.Options{})
	for _, id := range []graph.ID{
		w.norland.ID, w.valley.ID, w.gazette.ID, w.sanctions.ID, w.withdrawal.ID, w.run.ID, b.Article.ID, b.Statements[0].ID,
	} {
		var data struct{ Node struct{ Typename, ID string } }
		c.data(&data, "query($id:ID!){node(id:$id){typename:__typename id}}", map[string]any{"id": id})
		if data.Node.ID != string(id) || !strings.EqualFold(data.Node.Typename, string(id.Kind())) {
			t.Errorf("%s: %+v", id, data)
		}
	}
}

// An actor, a place, an outlet or an issue is named by its id or by its key.
func TestIdsAndKeysMeanTheSame(t *testing.T) {
	w := newWorld()
	c := newClient(t, newStore(t, w.batches()...), resolvers.Options{})
	for _, x := range []struct {
		argument, key string
		id            graph.ID
		want          int
	}{
		{"speaker", "state/sd", w.sudar.ID, 1},
		{"target", "state/nl", w.norland.ID, 1},
		{"onBehalfOf", "org/norland-foreign-ministry", w.ministry.ID, 2},
		{"place", "place/valley", w.valley.ID, 2},
		{"outlet", "outlet/norland-gazette", w.gazette.ID, 3},
		{"issue", "sanctions", w.sanctions.ID, 1},
		{"issue", "default/foreign-military-withdrawal", w.leave.ID, 2},
	} {
		for _, value := range []string{x.key, string(x.id)} {
			var data struct{ Statements struct{ TotalCount int } }
			c.data(&data, fmt.Sprintf("{statements(filter:{%s:%q}){totalCount}}", x.argument, value), nil)
			if data.Statements.TotalCount != x.want {
				t.Errorf("%s %s: %d statements, want %d", x.argument, value, data.Statements.TotalCount, x.want)
			}
		}
	}
	other := newClient(t, newStore(t, w.batches()...), resolvers.Options{Codebook: "other"})
	if a := other.ask(`{issue(id:"sanctions"){id}}`, nil); len(a.Errors) != 1 {
		t.Errorf("the key is looked up in the wrong codebook: %s", a.Raw)
	}
}

func TestFilters(t *testing.T) {
	c := newClient(t, newStore(t, newWorld().batches()...), resolvers.Options{})
	for filter, want := range map[string]int{
		``:                                4,
		`act:REJECT`:                      2,
		`act:[REJECT,DENY]`:               3,
		`quoteType:DIRECT`:                1,
		`language:"ar"`:                   1,
		`minConfidence:0.7`:               3,
		`stance:-1`:                       2,
		`stance:-1,target:"state/sd"`:     1,
		`agreement:-1`:                    1,
		`agreement:-1,issue:"sanctions"`:  0,
		`speaker:"state/nl"`:              0,
		`speaker:"state/nl",rollUp:true`:  2,
		`saidBetween:{from:"2021-03-04"}`: 2,
		`saidBetween:{to:"2021-03-03"}`:   1,
		`publishedBetween:{from:"2021-04-01",to:"2021-04-30"}`: 1,
		`text:"SANCTIONS"`:                   1,
		`text:"وادى"`:                        1,
		`speaker:null,act:null,rollUp:false`: 4,
		`speaker:["state/sd","group/valley-front"],language:["en"]`: 1,
	} {
		var data struct{ Statements struct{ TotalCount int } }
		c.data(&data, "{statements(filter:{"+filter+"}){totalCount}}", nil)
		if data.Statements.TotalCount != want {
			t.Errorf("{%s}: %d statements, want %d", filter, data.Statements.TotalCount, want)
		}
	}
}

func TestNamesFallBack(t *testing.T) {
	c := newClient(t, newStore(t, newWorld().batches()...), resolvers.Options{})
	var data map[string]map[string]string
	c.data(&data, `{
		front: actor(id:"group/valley-front") {ar:name(lang:"ar") en:name(lang:"en") fallback:name}
		state: actor(id:"state/nl") {ar:name(lang:"ar") en:name(lang:"en") fallback:name(lang:"fr")}
		issue(id:"sanctions") {ar:name(lang:"ar") en:name(lang:"en") fallback:name(lang:"fr")}
		position: node(id:"`+string(newWorld().sanctioned.ID)+`") {...on Position{ar:proposition(lang:"ar") en:proposition fallback:proposition(lang:"fr")}}
	}`, nil)
	want := map[string]map[string]string{
		"front": {"ar": "Valley Front", "en": "Valley Front", "fallback": "Valley Front"},
		"state": {"ar": "نورلاند", "en": "Norland", "fallback": "Norland"},
		"issue": {"ar": "العقوبات", "en": "Sanctions", "fallback": "Sanctions"},
		"position": {
			"ar": "ينبغي فرض عقوبات على سودار.", "en": "Sanctions should be imposed on Sudar.",
			"fallback": "Sanctions should be imposed on Sudar.",
		},
	}
	if diff := cmp.Diff(want, data); diff != "" {
		t.Error(diff)
	}
}

// altered is a store whose texts have been altered behind its back.
type altered struct {
	graph.Reader
	alter func(*graph.Article)
}

func (a altered) Articles(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Article, error) {
	got, err := a.Reader.Articles(ctx, ids)
	for id, article := range got {
		a.alter(&article)
		got[id] = article
	}
	return got, err
}

func TestEvidenceIsCheckedAnew(t *testing.T) {
	w := newWorld()
	statement := w.batches()[0].Statements[0]
	store := newStore(t, w.batches()...)
	for _, x := range []struct {
		name  string
		alter func(*graph.Article)
		want  []bool // source, cue, content
	}{
		{"as it was", func(*graph.Article) {}, []bool{true, true, true}},
		{"other words", func(a *graph.Article) { a.Text = strings.Replace(a.Text, "said", "sang", 1) }, []bool{false, false, false}},
		{"other words with another hash", func(a *graph.Article) {
			a.Text = strings.Replace(a.Text, "said", "sang", 1)
			a.TextHash = graph.TextHash(a.Text)
		}, []bool{true, false, true}},
		{"half the text", func(a *graph.Article) { a.Text = a.Text[:30] }, []bool{false, false, false}},
		{"no text", func(a *graph.Article) { a.Text = "" }, []bool{false, false, false}},
	} {
		c := newClient(t, altered{store, x.alter}, resolvers.Options{})
		var data struct {
			Statement struct {
				Evidence []struct {
					Before, Exact, After string
					Verified             bool
				}
			}
		}
		c.data(&data, `query($id:ID!){statement(id:$id){evidence(role:[SOURCE,CUE,CONTENT],around:9){before exact after verified}}}`, map[string]any{"id": statement.ID})
		var got []bool
		for _, e := range data.Statement.Evidence {
			got = append(got, e.Verified)
		}
		if diff := cmp.Diff(x.want, got); diff != "" {
			t.Errorf("%s: %s", x.name, diff)
		}
		if e := data.Statement.Evidence[1]; x.name == "as it was" && (e.Before != "ena Holt " || e.Exact != "said" || e.After != " on Wedne") {
			t.Errorf("%+v", e)
		}
	}
}

// Whatever a client sends for a variable, it is no fault of the server.
func FuzzVariables(f *testing.F) {
	c := newClient(f, newStore(f, newWorld().batches()...), resolvers.Options{})
	const query = `query($f:StatementFilter,$o:StatementOrder,$n:Int,$a:String,$p:PositionFilter,$by:[StanceDimension!],$actor:ActorRef,$id:ID){
		statements(filter:$f,orderBy:$o,first:$n,after:$a){totalCount}
		positions(filter:$p,first:$n){totalCount}
		stances(filter:$f,by:$by,limit:$n){count}
		actor(id:$actor){id} node(id:$id){id}
	}`
	loose := strings.NewReplacer("$o:StatementOrder,", "$o:StatementOrder! =ARTICLE,", "$n:Int,", "$n:Int! =2,",
		"$by:[StanceDimension!],", "$by:[StanceDimension!]! =[ISSUE],", "$actor:ActorRef,", `$actor:ActorRef! ="state/nl",`, "$id:ID)", `$id:ID! ="")`).Replace(query)
	for _, v := range []string{
		`{}`, `{"f":{"speaker":["state/us",7,null,{}],"rollUp":"yes"}}`, `{"f":{"stance":[1.5]},"n":1e3}`, `{"f":null,"o":null}`, `{"f":[],"p":{"issue":{"a":1}}}`,
		`{"f":{"saidBetween":{"from":"2021-01-01","to":[]}}}`, `{"n":"5","by":"ISSUE"}`, `{"a":"AQ","actor":true,"id":12345678901234567890}`,
		`{"f":{"minConfidence":"NaN","text":"\u0000\"*"}}`, `{"f":{"act":"STATE","quoteType":[["DIRECT"]]}}`,
		`{"":"AQ","actor":true,"id":123423E567890}`, `{"f":{"minConfidence":1e999},"n":-1e999}`,
	} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, variables string) { c.askAnyhow(t, loose, variables) })
}

// The same holds for the settings of analyses.
func FuzzAnalysisVariables(f *testing.F) {
	c := newClient(f, newStore(f, newWorld().batches()...), resolvers.Options{})
	const query = `query($f:StatementFilter,$s:NetworkSettings!={},$w:NetworkWindow!={},$t:DateTime,$x:[ID!],$n:Int!=2,$l:Float!=1,$d:Int,$v:ActorLevel!=STATE,
			$o:StanceObject!=TARGET,$i:Interval!=DAY,$u:CountUnit!=UTTERANCE,$a:ActorRef!="state/nl",$b:ActorRef!="state/sd",$r:PathRelation!=CONFLICT){
		network(filter:$f,settings:$s,asOf:$t){count}
		networks(settings:$s,window:$w,first:$n,asOf:$t){count}
		path(from:$a,to:$b,relation:$r,actor:$v,on:$o,exclude:$x,asOf:$t){note}
		shifts(filter:$f,actor:$v,toward:$o,least:$l,support:$n,unit:$u,exclude:$x,asOf:$t,limit:$n){size}
		contradictions(actor:$v,toward:$o,withinDays:$d,exclude:$x,asOf:$t,limit:$n){days}
		matrix(actor:$v,toward:$o,interval:$i,unit:$u,exclude:$x,asOf:$t,limit:$n){low}
		timeline(filter:$f,toward:$o,interval:$i,unit:$u,asOf:$t,limit:$n){mean}
	}`
	for _, v := range []string{
		`{}`, `{"s":{"type":"ONE_MODE","rows":"ISSUE","columns":"TARGET","top":0,"lang":"\u0000"},"w":{"unit":"YEARS","size":1048577,"kernel":"GAUSSIAN"}}`,
		`{"s":{"between":{"from":"0001-01-01","to":"9999-12-31"},"exclude":["x",1e400]},"w":{"unit":"DAYS","size":1e300}}`,
		`{"t":"0000-01-01T00:00:00Z","x":["actor:aaaaaaaaaaaaaaaaaaaaaaaaaa"],"l":"NaN","d":-9223372036854775808}`,
		`{"t":"9999-12-31T23:59:60+99:99","u":"OUTLET","f":{"text":"a"}}`, `{"a":"state/nl","b":"state/nl","v":"POSITION","n":9223372036854775807}`,
	} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, variables string) { c.askAnyhow(t, query, variables) })
}

// askAnyhow asks with variables of whatever sort, which must not be a fault of
// the server.
func (c client) askAnyhow(t *testing.T, query, variables string) {
	a := client{TB: t, Handler: c.Handler, log: c.log}.do("POST", "/graphql", `{"query":`+quote(query)+`,"variables":`+variables+`}`)
	for _, e := range a.Errors {
		if e.Extensions.Code == resolvers.CodeInternal {
			t.Errorf("%s\n%s", a.Raw, c.log)
		}
	}
	if a.Status >= 500 || len(a.Errors) > 0 && len(a.Raw) > answerLimit {
		t.Errorf("%d, %d bytes", a.Status, len(a.Raw))
	}
}
