package resolvers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mawqif/graph"
	"mawqif/graph/neo4j"
	"mawqif/graph/sqlite"
	"mawqif/internal/neo4jtest"
	"mawqif/resolvers"
)

// The people, places and words of the fixture are invented.

func named(en, ar string) []graph.Name {
	return []graph.Name{{Lang: "ar", Value: ar}, {Lang: "en", Value: en}}
}

type world struct {
	norland, sudar, ministry, minister, front graph.Actor
	valley, city                              graph.Place
	gazette, sahifa                           graph.Outlet
	sanctions, leave                          graph.Issue
	sanctioned, withdrawal, ownWithdrawal     graph.Position
	run                                       graph.Run
}

func newWorld() world {
	var w world
	w.norland = graph.NewActor(graph.State, "state/nl", named("Norland", "نورلاند")...)
	w.sudar = graph.NewActor(graph.State, "state/sd", named("Sudar", "سودار")...)
	w.ministry = graph.NewActor(graph.Organization, "org/norland-foreign-ministry", named("Foreign Ministry of Norland", "وزارة خارجية نورلاند")...)
	w.ministry.PartOf = []graph.ID{w.norland.ID}
	w.minister = graph.NewActor(graph.Person, "person/lena holt", named("Lena Holt", "لينا هولت")...)
	w.minister.PartOf = []graph.ID{w.ministry.ID}
	w.front = graph.NewActor(graph.Group, "group/valley-front", graph.Name{Lang: "en", Value: "Valley Front"})
	w.valley = graph.NewPlace("place/valley", named("the Amber Valley", "وادي العنبر")...)
	w.city = graph.NewPlace("place/valley/tarn", named("Tarn", "تارن")...)
	w.city.PartOf = w.valley.ID
	w.gazette = graph.NewOutlet("outlet/norland-gazette", graph.Name{Lang: "en", Value: "Norland Gazette"})
	w.sahifa = graph.NewOutlet("outlet/sahifat-al-wadi", named("Sahifat al-Wadi", "صحيفة الوادي")...)
	w.sanctions = graph.NewIssue("default", "sanctions")
	w.sanctions.Labels = named("Sanctions", "العقوبات")
	w.sanctions.Propositions = named("Sanctions should be imposed on {object}.", "ينبغي فرض عقوبات على {object}.")
	w.leave = graph.NewIssue("default", "foreign-military-withdrawal")
	w.leave.Labels = named("Withdrawal of foreign forces", "انسحاب القوات الأجنبية")
	w.leave.Propositions = named("The forces of {object} should leave {place}.", "ينبغي أن تغادر قوات {object} {place}.")
	w.sanctioned = graph.NewPosition(w.sanctions.ID, w.sudar.ID, "")
	w.withdrawal = graph.NewPosition(w.leave.ID, w.sudar.ID, w.valley.ID)
	w.ownWithdrawal = graph.NewPosition(w.leave.ID, w.norland.ID, w.valley.ID)
	w.run = graph.NewRun("rules", "1", "default")
	return w
}

// say adds a statement to a batch; the words must stand in its article.
func say(b *graph.Batch, s graph.Statement, words map[graph.Role]string) {
	s.Article, s.Run = b.Article.ID, b.Run.ID
	s.Cue, s.Content = words[graph.RoleCue], words[graph.RoleContent]
	for role, exact := range words {
		at := strings.Index(b.Article.Text, exact)
		if at < 0 {
			panic(exact)
		}
		start := len([]rune(b.Article.Text[:at]))
		s.Evidence = append(s.Evidence, graph.Evidence{Role: role, Start: start, End: start + len([]rune(exact)), Exact: exact})
	}
	s.Identify()
	b.Statements = append(b.Statements, s)
}

func (w world) batch(a graph.Article) graph.Batch {
	a.Identify()
	return graph.Batch{
		Article: a, Run: w.run,
		Outlets:   []graph.Outlet{w.gazette, w.sahifa},
		Actors:    []graph.Actor{w.norland, w.sudar, w.ministry, w.minister, w.front},
		Places:    []graph.Place{w.valley, w.city},
		Issues:    []graph.Issue{w.sanctions, w.leave},
		Positions: []graph.Position{w.sanctioned, w.withdrawal, w.ownWithdrawal},
		Held:      []graph.Held{{Person: w.minister.ID, Institution: w.ministry.ID, Title: "foreign minister", First: a.Published, Last: a.Published}},
	}
}

func day(d graph.Day, o graph.Origin) graph.Date {
	return graph.Date{Day: d, Precision: graph.PrecisionDay, Origin: o}
}

// batches are two articles, English and Arabic, with four statements.
func (w world) batches() []graph.Batch {
	en := w.batch(graph.Article{
		SourceID: "en-1", URL: "https://gazette.example/valley", Title: "Norland wants Sudar out of the valley",
		Outlet: w.gazette.ID, Language: "en", Published: "2021-03-04",
		Text: "Foreign minister Lena Holt said on Wednesday that the soldiers of Sudar must leave the Amber Valley at once. " +
			"“We will not lift the sanctions,” she told reporters in Tarn. " +
			"A spokesman of the Valley Front denied that its fighters had crossed the river.",
	})
	say(&en, graph.Statement{
		Speaker: w.minister.ID, Role: "Foreign minister", OnBehalfOf: w.ministry.ID, QuoteType: graph.Indirect, Act: graph.ActRequest,
		SaidAt: day("2021-03-03", graph.OriginResolved), Confidence: .9,
		Targets:   []graph.Target{{Actor: w.sudar.ID, Stance: -1, Mention: "the soldiers of Sudar"}},
		Positions: []graph.Taking{{Position: w.withdrawal.ID, Agreement: 1}}, Places: []graph.ID{w.valley.ID},
	}, map[graph.Role]string{
		graph.RoleSource: "Foreign minister Lena Holt", graph.RoleCue: "said", graph.RoleTime: "on Wednesday",
		graph.RoleContent: "the soldiers of Sudar must leave the Amber Valley at once", graph.RoleTarget: "the soldiers of Sudar",
	})
	say(&en, graph.Statement{
		Speaker: w.minister.ID, Role: "Foreign minister", OnBehalfOf: w.ministry.ID, QuoteType: graph.Direct, Act: graph.ActReject,
		SaidAt: day("2021-03-04", graph.OriginPublication), Confidence: .8,
		Positions: []graph.Taking{{Position: w.sanctioned.ID, Agreement: 1}}, Places: []graph.ID{w.city.ID},
	}, map[graph.Role]string{
		graph.RoleSource: "she", graph.RoleCue: "told", graph.RoleContent: "We will not lift the sanctions",
	})
	say(&en, graph.Statement{
		Speaker: w.front.ID, QuoteType: graph.Indirect, Act: graph.ActDeny, Confidence: .6,
	}, map[graph.Role]string{
		graph.RoleSource: "A spokesman of the Valley Front", graph.RoleCue: "denied", graph.RoleContent: "its fighters had crossed the river",
	})
	ar := w.batch(graph.Article{
		SourceID: "ar-1", Title: "سودار ترفض الانسحاب", Outlet: w.sahifa.ID, Language: "ar", Published: "2021-04-12",
		Text: "قالت سودار إن قواتها باقية في وادي العنبر، وطالبت قوات نورلاند بالرحيل، وفق ما نقلت نورلاند غازيت.",
	})
	say(&ar, graph.Statement{
		Speaker: w.sudar.ID, QuoteType: graph.Indirect, Act: graph.ActReject, RelayedVia: w.gazette.ID,
		SaidAt: day("2021-04-12", graph.OriginPublication), Confidence: .7,
		Targets:   []graph.Target{{Actor: w.norland.ID, Stance: -1, Mention: "قوات نورلاند"}},
		Positions: []graph.Taking{{Position: w.withdrawal.ID, Agreement: -1}, {Position: w.ownWithdrawal.ID, Agreement: 1}},
		Places:    []graph.ID{w.valley.ID},
	}, map[graph.Role]string{
		graph.RoleSource: "سودار", graph.RoleCue: "قالت", graph.RoleContent: "قواتها باقية في وادي العنبر، وطالبت قوات نورلاند بالرحيل",
		graph.RolePlace: "وادي العنبر",
	})
	return []graph.Batch{en, ar}
}

// later are three more articles: Sudar gives in, as two outlets report in the
// same words, and the ministry says what its minister denied.
func (w world) later() []graph.Batch {
	const turn = "The government of Sudar said on Sunday that its soldiers would leave the Amber Valley within three weeks, " +
		"after months of talks in Tarn between officers of both sides, who had met in secret since the winter and agreed on a line."
	var all []graph.Batch
	for _, a := range []graph.Article{
		{SourceID: "en-2", Title: "Sudar to withdraw", Outlet: w.gazette.ID, Language: "en", Published: "2021-05-02", Text: turn},
		{SourceID: "en-3", Title: "Troops will go home", Outlet: w.sahifa.ID, Language: "en", Published: "2021-05-03", Text: "TARN. " + turn},
	} {
		b := w.batch(a)
		say(&b, graph.Statement{
			Speaker: w.sudar.ID, QuoteType: graph.Indirect, Act: graph.ActAgree, SaidAt: day("2021-05-02", graph.OriginResolved), Confidence: .9,
			Positions: []graph.Taking{{Position: w.withdrawal.ID, Agreement: 1}}, Places: []graph.ID{w.valley.ID},
		}, map[graph.Role]string{
			graph.RoleSource: "The government of Sudar", graph.RoleCue: "said", graph.RoleContent: "its soldiers would leave the Amber Valley within three weeks",
		})
		all = append(all, b)
	}
	b := w.batch(graph.Article{
		SourceID: "en-4", Title: "Sanctions", Outlet: w.gazette.ID, Language: "en", Published: "2021-05-09",
		Text: "The foreign ministry of Norland said that the sanctions on Sudar could be lifted by the summer.",
	})
	say(&b, graph.Statement{
		Speaker: w.ministry.ID, QuoteType: graph.Indirect, Act: graph.ActState, SaidAt: day("2021-05-09", graph.OriginPublication), Confidence: .9,
		Targets:   []graph.Target{{Actor: w.sudar.ID, Stance: 1, Mention: "Sudar"}},
		Positions: []graph.Taking{{Position: w.sanctioned.ID, Agreement: -1}},
	}, map[graph.Role]string{
		graph.RoleSource: "The foreign ministry of Norland", graph.RoleCue: "said", graph.RoleContent: "the sanctions on Sudar could be lifted by the summer",
	})
	return append(all, b)
}

func newStore(t testing.TB, batches ...graph.Batch) graph.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, b := range batches {
		if err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// newServerStore returns a store in the Neo4j server for tests.
func newServerStore(t testing.TB, batches ...graph.Batch) graph.Store {
	t.Helper()
	server := neo4jtest.Empty(t)
	s, err := neo4j.Open(t.Context(), neo4j.Options{Address: server.Address(), Password: server.Password})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, b := range batches {
		if err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func TestMain(m *testing.M) { os.Exit(neo4jtest.M{M: m}.Run()) }

// client asks a handler.
type client struct {
	testing.TB
	http.Handler
	log *bytes.Buffer
}

func newClient(t testing.TB, r graph.Reader, o resolvers.Options) client {
	log := &bytes.Buffer{}
	o.Log = slog.New(slog.NewTextHandler(log, nil))
	return client{t, resolvers.NewHandler(t.Context(), r, o), log}
}

type problem struct {
	Message    string
	Path       []any
	Extensions struct {
		Code, Limit string
		Max         int
	}
}

type answer struct {
	Status int             `json:"-"`
	Type   string          `json:"-"`
	Raw    string          `json:"-"`
	Data   json.RawMessage `json:"data"`
	Errors []problem       `json:"errors"`
}

func (c client) do(method, target, body string, headers ...string) answer {
	c.Helper()
	var in io.Reader
	if body != "" {
		in = strings.NewReader(body)
	}
	r := httptest.NewRequestWithContext(context.Background(), method, target, in)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i+1] == "" {
			r.Header.Del(headers[i])
		}
	}
	w := httptest.NewRecorder()
	c.ServeHTTP(w, r)
	a := answer{Status: w.Code, Type: w.Header().Get("Content-Type"), Raw: w.Body.String()}
	if strings.Contains(a.Type, "json") {
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
			c.Fatalf("%v: %s", err, a.Raw)
		}
	}
	return a
}

// newGet is a GET and the writer for its answer.
func newGet(path string) (*http.Request, *httptest.ResponseRecorder) {
	return httptest.NewRequest(http.MethodGet, path, nil), httptest.NewRecorder()
}

// ask posts a query with variables.
func (c client) ask(query string, variables map[string]any) answer {
	c.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		c.Fatal(err)
	}
	return c.do(http.MethodPost, "/graphql", string(body), "Accept", "application/graphql-response+json")
}

// data asks what must be answered without errors, into a value.
func (c client) data(into any, query string, variables map[string]any) {
	c.Helper()
	a := c.ask(query, variables)
	if a.Status != http.StatusOK || len(a.Errors) > 0 {
		c.Fatalf("%s: %d %s\n%s", query, a.Status, a.Raw, c.log)
	}
	if err := json.Unmarshal(a.Data, into); err != nil {
		c.Fatal(err)
	}
}

func indent(raw string) string {
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(raw), "", "  "); err != nil {
		return fmt.Sprintf("%v: %s", err, raw)
	}
	return b.String() + "\n"
}

// quote writes a text as JSON.
func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}
