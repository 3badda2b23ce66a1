package graphtest

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"mawqif/graph"
)

// The fixture is a small graph in which each statement has a short name, so
// that a test tells what it expects in one line.

var (
	us         = actor(graph.State, "state/us", "en:United States", "en:America", "ar:الولايات المتحدة", "ar:أمريكا")
	department = actor(graph.Organization, "org/state-department", "en:State Department", "ar:وزارة الخارجية الأمريكية").of(us)
	press      = actor(graph.Organization, "org/press-office", "en:Press Office").of(department)
	russia     = actor(graph.State, "state/ru", "en:Russia", "ar:روسيا")
	iran       = actor(graph.State, "state/ir", "en:Iran", "ar:إيران")
	ortega     = actor(graph.Person, "person/morgan ortega", "en:Morgan Ortega", "ar:مورغان أورتيغا")
	petrov     = actor(graph.Person, "person/pyotr petrov", "en:Pyotr Petrov", "en:Piotr Petrov")
	karim      = actor(graph.Person, "person/كريم الاحمد", "ar:كريم الأحمد")
	official   = actor(graph.Anonymous, "anonymous/us official", "en:a US official")
	report     = actor(graph.Document, "document/annual report", "en:Annual Report")
	// The front and its wing are part of each other: data has such knots.
	front = actor(graph.Group, "group/front", "en:Liberation Front", "ar:جبهة التحرير").of(wing)
	wing  = actor(graph.Group, "group/wing", "en:Front's Wing", "ar:جناح الجبهة").of(named{graph.NewActor(graph.Group, "group/front")})

	syria = place("place/sy", "en:Syria", "ar:سوريا")
	idlib = place("place/sy/idlib", "en:Idlib", "ar:إدلب").within(syria)
	iraq  = place("place/iq", "en:Iraq", "ar:العراق")

	herald = outlet("outlet/herald", "en:The Herald")
	nahr   = outlet("outlet/nahr", "ar:النهر", "en:An-Nahr")

	presence  = issue("presence", nil, "en:Foreign presence", "ar:الوجود الأجنبي")
	withdraw  = issue("withdraw", &presence, "en:Withdrawal of forces", "ar:انسحاب القوات")
	sanctions = issue("sanctions", nil, "en:Sanctions", "ar:العقوبات")

	iranLeaves     = position(withdraw, &iran, &syria)
	russiaLeaves   = position(withdraw, &russia, &syria)
	someoneLeaves  = position(withdraw, nil, &iraq)
	sanctionOnIran = position(sanctions, &iran, nil)

	actors    = []named{us, department, press, russia, iran, ortega, petrov, karim, official, report, front, wing}
	places    = []located{syria, idlib, iraq}
	outlets   = []graph.Outlet{herald, nahr}
	issues    = []graph.Issue{presence, withdraw, sanctions}
	positions = []taken{iranLeaves, russiaLeaves, someoneLeaves, sanctionOnIran}

	firstRun  = graph.NewRun("rules", "1", "book")
	secondRun = graph.NewRun("rules", "2", "book")
)

// named is an actor.
type named struct{ actor graph.Actor }

func actor(kind graph.ActorKind, key string, names ...string) named {
	return named{graph.NewActor(kind, key, namesOf(names)...)}
}

func (n named) of(whole named) named {
	n.actor.PartOf = append(n.actor.PartOf, whole.actor.ID)
	return n
}

// id is the zero id for nobody.
func (n *named) id() graph.ID {
	if n == nil {
		return ""
	}
	return n.actor.ID
}

type located struct {
	place graph.Place
	whole *located
}

func place(key string, names ...string) located {
	return located{place: graph.NewPlace(key, namesOf(names)...)}
}

func (l located) within(whole located) located {
	l.place.PartOf, l.whole = whole.place.ID, &whole
	return l
}

func outlet(key string, names ...string) graph.Outlet { return graph.NewOutlet(key, namesOf(names)...) }

func issue(key string, parent *graph.Issue, labels ...string) graph.Issue {
	i := graph.NewIssue("book", key)
	i.Labels = namesOf(labels)
	i.Propositions = []graph.Name{{Lang: "en", Value: "On " + key + ": {object} in {place}."}}
	if parent != nil {
		i.Parent = parent.ID
	}
	return i
}

type taken struct {
	position graph.Position
	issue    graph.Issue
	object   *named
	place    *located
}

func position(i graph.Issue, object *named, at *located) taken {
	p := taken{issue: i, object: object, place: at}
	var where graph.ID
	if at != nil {
		where = at.place.ID
	}
	p.position = graph.NewPosition(i.ID, object.id(), where)
	return p
}

// namesOf reads names written "en:Iran", in the order that stores give them.
func namesOf(texts []string) []graph.Name {
	var names []graph.Name
	for _, t := range texts {
		lang, value, _ := strings.Cut(t, ":")
		names = append(names, graph.Name{Lang: lang, Value: value})
	}
	slices.SortStableFunc(names, func(a, b graph.Name) int { return cmp.Compare(a.Lang, b.Lang) })
	return names
}

// saying is a statement as the fixture writes it.
type saying struct {
	name       string
	speaker    *named
	role       string
	behalf     *named
	relay      *graph.Outlet
	act        graph.Act
	quote      graph.QuoteType
	content    string
	said       graph.Date
	confidence float64
	toward     []stance
	takes      []agreement
	about      []located
}

type stance struct {
	target named
	value  int8
}

type agreement struct {
	position taken
	value    int8
}

// story is an article as the fixture writes it.
type story struct {
	name      string
	language  string
	outlet    *graph.Outlet
	published graph.Day
	sayings   []saying
	held      []graph.Held
}

func on(day graph.Day) graph.Date {
	return graph.Date{Day: day, Precision: graph.PrecisionDay, Origin: graph.OriginExplicit}
}

// stories are the articles of the fixture.
var stories = []story{
	{
		name: "briefing", language: "en", outlet: &herald, published: "2020-06-06",
		held: []graph.Held{{Person: ortega.actor.ID, Institution: department.actor.ID, Title: "spokeswoman", First: "2020-06-06", Last: "2020-06-06"}},
		sayings: []saying{
			{
				name: "ortega-calls", speaker: &ortega, role: "spokeswoman", behalf: &department, act: graph.ActRequest, quote: graph.Indirect,
				content: "the forces of Iran must leave Syria", said: on("2020-06-05"), confidence: 0.9,
				toward: []stance{{iran, -1}}, takes: []agreement{{iranLeaves, 1}}, about: []located{syria},
			},
			{
				name: "ortega-exempts", speaker: &ortega, behalf: &department, act: graph.ActReject, quote: graph.Direct,
				content: "nobody asks Russia to leave", said: on("2020-06-05"), confidence: 0.8,
				toward: []stance{{russia, 1}, {iran, -1}}, takes: []agreement{{russiaLeaves, -1}, {iranLeaves, 1}}, about: []located{idlib, syria},
			},
			{
				name: "official-talks", speaker: &official, act: graph.ActState, quote: graph.Mixed,
				content: "talks with Café Müller’s owner continue", said: on("2020-06-01"), confidence: 0.5,
				toward: []stance{{us, 0}},
			},
			{
				name: "nobody", act: graph.ActState, quote: graph.Indirect,
				content: "forces will leave by winter", said: on("2020-12-31"), confidence: 0.5,
				takes: []agreement{{iranLeaves, 0}},
			},
		},
	},
	{
		name: "reply", language: "ar", outlet: &nahr, published: "2020-06-05",
		held: []graph.Held{{Person: petrov.actor.ID, Institution: russia.actor.ID, Title: "مبعوث", First: "2020-06-04"}},
		sayings: []saying{
			{
				name: "petrov-denies", speaker: &petrov, behalf: &russia, relay: &herald, act: graph.ActDeny, quote: graph.Indirect,
				content: "لا نيّة لدى روسيا للانسحاب", said: on("2020-06-04"), confidence: 0.95,
				toward: []stance{{us, -1}}, takes: []agreement{{russiaLeaves, -1}, {sanctionOnIran, -1}}, about: []located{syria},
			},
			{
				name: "karim-accuses", speaker: &karim, behalf: &front, act: graph.ActAccuse, quote: graph.Direct,
				content: "المُؤامرة مستمرة على إدلب", said: on("2020-06-05"), confidence: 0.7,
				toward: []stance{{russia, -1}, {us, -1}}, about: []located{idlib},
			},
		},
	},
	{
		name: "undated", language: "en",
		sayings: []saying{
			{
				name: "report-fails", speaker: &report, act: graph.ActState, quote: graph.Indirect,
				content: "sanctions have failed", confidence: 0.6, takes: []agreement{{sanctionOnIran, -1}},
			},
			{
				name: "us-warns", speaker: &us, act: graph.ActWarn, quote: graph.Indirect,
				content: "leaving Iraq is dangerous", said: on("1969-12-31"), confidence: 0.9,
				toward: []stance{{russia, -1}}, takes: []agreement{{someoneLeaves, 0}}, about: []located{iraq},
			},
		},
	},
	{
		name: "archive", language: "ar", outlet: &herald, published: "1969-07-20",
		sayings: []saying{
			{
				name: "press-agrees", speaker: &press, behalf: &us, act: graph.ActAgree, quote: graph.Direct,
				content: "نوافق على رحيل القوات", confidence: 0.9,
				said:  graph.Date{Day: "1969-07-01", Precision: graph.PrecisionMonth, Origin: graph.OriginResolved},
				takes: []agreement{{iranLeaves, 1}, {someoneLeaves, 1}},
			},
			{
				name: "wing-supports", speaker: &wing, act: graph.ActSupport, quote: graph.Direct,
				content: "نؤيد الجبهة", said: on("1969-07-20"), confidence: 0.4,
				toward: []stance{{front, 1}, {iran, 1}},
			},
		},
	},
	{name: "silent", language: "fr", outlet: &nahr, published: "2021-01-01"},
}

// batch makes the batch of a story as a run saw it.
func (s *story) batch(run graph.Run) graph.Batch {
	a := graph.Article{SourceID: s.name, Title: "The " + s.name + " of Ninevah", Language: s.language, Published: s.published}
	nodes := batchNodes{actors: map[graph.ID]graph.Actor{}, places: map[graph.ID]graph.Place{}, outlets: map[graph.ID]graph.Outlet{}, issues: map[graph.ID]graph.Issue{}, positions: map[graph.ID]graph.Position{}}
	if s.outlet != nil {
		a.Outlet = s.outlet.ID
		nodes.outlets[a.Outlet] = *s.outlet
	}
	var text strings.Builder
	text.WriteString("Story: " + s.name + ".\n")
	evidence := make([]graph.Evidence, len(s.sayings))
	for i, x := range s.sayings {
		start := len([]rune(text.String()))
		text.WriteString(x.content + ".\n")
		evidence[i] = graph.Evidence{Role: graph.RoleContent, Start: start, End: start + len([]rune(x.content)), Exact: x.content}
	}
	a.Text = text.String()
	a.Identify()
	b := graph.Batch{Article: a, Run: run, Held: s.held}
	for _, h := range s.held {
		for _, n := range actors {
			if n.actor.ID == h.Person || n.actor.ID == h.Institution {
				nodes.actor(&n)
			}
		}
	}
	for i, x := range s.sayings {
		st := graph.Statement{
			Article: a.ID, Run: run.ID, Speaker: nodes.actor(x.speaker), Role: x.role, OnBehalfOf: nodes.actor(x.behalf),
			Act: x.act, QuoteType: x.quote, Content: x.content, SaidAt: x.said, Confidence: x.confidence,
			Evidence: evidence[i : i+1],
		}
		if x.relay != nil {
			st.RelayedVia = x.relay.ID
			nodes.outlets[x.relay.ID] = *x.relay
		}
		for _, t := range x.toward {
			st.Targets = append(st.Targets, graph.Target{Actor: nodes.actor(&t.target), Stance: t.value, Mention: "it"})
		}
		for _, t := range x.takes {
			nodes.position(t.position)
			st.Positions = append(st.Positions, graph.Taking{Position: t.position.position.ID, Agreement: t.value})
		}
		for _, p := range x.about {
			nodes.place(&p)
			st.Places = append(st.Places, p.place.ID)
		}
		st.Identify()
		b.Statements = append(b.Statements, st)
	}
	b.Actors, b.Places = byID(nodes.actors), byID(nodes.places)
	b.Outlets, b.Issues, b.Positions = byID(nodes.outlets), byID(nodes.issues), byID(nodes.positions)
	return b
}

// batchNodes gathers what a batch refers to.
type batchNodes struct {
	actors    map[graph.ID]graph.Actor
	places    map[graph.ID]graph.Place
	outlets   map[graph.ID]graph.Outlet
	issues    map[graph.ID]graph.Issue
	positions map[graph.ID]graph.Position
}

func (b *batchNodes) actor(n *named) graph.ID {
	if n == nil {
		return ""
	}
	if _, known := b.actors[n.actor.ID]; !known {
		b.actors[n.actor.ID] = n.actor
		for _, id := range n.actor.PartOf {
			for _, whole := range actors {
				if whole.actor.ID == id {
					b.actor(&whole)
				}
			}
		}
	}
	return n.actor.ID
}

func (b *batchNodes) place(l *located) {
	for ; l != nil; l = l.whole {
		b.places[l.place.ID] = l.place
	}
}

func (b *batchNodes) position(t taken) {
	b.positions[t.position.ID] = t.position
	b.actor(t.object)
	b.place(t.place)
	b.issues[t.issue.ID] = t.issue
	for _, i := range issues {
		if i.ID == t.issue.Parent {
			b.issues[i.ID] = i
		}
	}
}

func byID[T any](nodes map[graph.ID]T) []T {
	var out []T
	for _, id := range slices.Sorted(maps.Keys(nodes)) {
		out = append(out, nodes[id])
	}
	return out
}

// fixture returns the batches of all stories as a run saw them.
func fixture(run graph.Run) []graph.Batch {
	batches := make([]graph.Batch, len(stories))
	for i := range stories {
		batches[i] = stories[i].batch(run)
	}
	return batches
}

// labels names every node of the fixture, for tests to show.
var labels = func() map[graph.ID]string {
	m := map[graph.ID]string{"": "-"}
	for _, n := range actors {
		m[n.actor.ID] = strings.TrimPrefix(n.actor.Key[strings.Index(n.actor.Key, "/"):], "/")
	}
	for _, p := range places {
		m[p.place.ID] = p.place.Key
	}
	for _, o := range outlets {
		m[o.ID] = o.Key
	}
	for _, i := range issues {
		m[i.ID] = i.Key
	}
	for _, p := range positions {
		where := "-"
		if p.place != nil {
			where = p.place.place.Key
		}
		m[p.position.ID] = p.issue.Key + " " + m[p.object.id()] + " " + where
	}
	for _, run := range []graph.Run{firstRun, secondRun} {
		for i := range stories {
			b := stories[i].batch(run)
			m[b.Article.ID] = stories[i].name
			for k, s := range b.Statements {
				m[s.ID] = stories[i].sayings[k].name
			}
		}
	}
	return m
}()

// label names a node.
func label(id graph.ID) string {
	if l, ok := labels[id]; ok {
		return l
	}
	return string(id)
}

// labelsOf names nodes, sorted.
func labelsOf[T any](nodes []T, id func(*T) graph.ID) []string {
	out := []string{}
	for i := range nodes {
		out = append(out, label(id(&nodes[i])))
	}
	slices.Sort(out)
	return out
}

func statementID(s *graph.Statement) graph.ID { return s.ID }
func actorID(a *graph.Actor) graph.ID         { return a.ID }
func articleID(a *graph.Article) graph.ID     { return a.ID }
func positionID(p *graph.Position) graph.ID   { return p.ID }
func issueID(i *graph.Issue) graph.ID         { return i.ID }
func placeID(p *graph.Place) graph.ID         { return p.ID }
