package graphtest

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"mawqif/graph"
)

// Synthetic describes a graph made by chance, the same for the same values on
// every machine: few actors speak often and most of them seldom, in Arabic and
// English articles of ten years. Its batches are sound, their evidence
// included.
type Synthetic struct {
	Seed uint64
	// Statements is how many statements the graph has.
	Statements int
	// Articles is how many articles report them; one for 8 statements if zero.
	Articles int
}

// How many nodes of a kind there are, whatever the size of the graph.
const (
	syntheticStates        = 190
	syntheticOrganizations = 600
	syntheticPlaces        = 400
	syntheticOutlets       = 80
	syntheticIssues        = 70
	syntheticWords         = 20000
)

// syntheticRun is the run of all synthetic batches.
var syntheticRun = graph.NewRun("synthetic", "1", "synthetic")

// persons is how many people speak.
func (s Synthetic) persons() int { return min(max(20, s.Statements/25), 50000) }

// State returns a state; those of lower rank are spoken of more often.
func (s Synthetic) State(rank int) graph.Actor {
	return graph.NewActor(graph.State, fmt.Sprintf("state/%d", rank), names(graph.KindActor, rank)...)
}

// Organization returns an organisation, which is part of a state.
func (s Synthetic) Organization(rank int) graph.Actor {
	a := graph.NewActor(graph.Organization, fmt.Sprintf("org/%d", rank), names(graph.KindOutlet, 1000+rank)...)
	a.PartOf = []graph.ID{s.State(rank % syntheticStates).ID}
	return a
}

// Person returns a person; those of lower rank speak more often. A person
// speaks for the organisation of the same rank, modulo their number.
func (s Synthetic) Person(rank int) graph.Actor {
	return graph.NewActor(graph.Person, fmt.Sprintf("person/%d", rank), names(graph.KindStatement, 10000+rank)...)
}

// names makes an English and an Arabic name.
func names(kind graph.Kind, n int) []graph.Name {
	first, last := 7*n+len(kind), 13*n+2*len(kind)
	return []graph.Name{
		{Lang: "ar", Value: word("ar", first) + " " + word("ar", last)},
		{Lang: "en", Value: capital(word("en", first)) + " " + capital(word("en", last))},
	}
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

var (
	englishSyllables = []string{"ba", "re", "to", "min", "sta", "pol", "gra", "di", "con", "ver", "al", "son", "ter", "lu", "fe", "nor"}
	arabicSyllables  = []string{"با", "ري", "تو", "من", "ستا", "بول", "غرا", "دي", "كون", "فير", "ال", "سون", "تر", "لو", "في", "نور"}
)

// word returns the nth word of a language: two to four syllables.
func word(lang string, n int) string {
	syllables := englishSyllables
	if lang == "ar" {
		syllables = arabicSyllables
	}
	var b strings.Builder
	for n += len(syllables); n > 0; n /= len(syllables) {
		b.WriteString(syllables[n%len(syllables)])
	}
	return b.String()
}

// Batches yields the batches of the graph, one an article.
func (s Synthetic) Batches() iter.Seq[graph.Batch] {
	return func(yield func(graph.Batch) bool) {
		for i := range s.Len() {
			if !yield(s.Batch(i)) {
				return
			}
		}
	}
}

// Len is how many batches the graph has.
func (s Synthetic) Len() int {
	if s.Articles > 0 {
		return s.Articles
	}
	return max(1, s.Statements/8)
}

// Batch returns one of the batches.
func (s Synthetic) Batch(i int) graph.Batch {
	return s.batch(i, s.Statements*(i+1)/s.Len()-s.Statements*i/s.Len())
}

// chance draws from the distributions of one article.
type chance struct {
	*rand.Rand
	persons, states, organizations, places, issues, words *rand.Zipf
}

func (s Synthetic) chance(article int) chance {
	r := rand.New(rand.NewPCG(s.Seed, uint64(article)))
	zipf := func(n int) *rand.Zipf { return rand.NewZipf(r, 1.1, 4, uint64(n-1)) }
	return chance{
		Rand: r, persons: zipf(s.persons()), states: zipf(syntheticStates), organizations: zipf(syntheticOrganizations),
		places: zipf(syntheticPlaces), issues: zipf(syntheticIssues), words: zipf(syntheticWords),
	}
}

func draw(z *rand.Zipf) int { return int(z.Uint64()) }

func (c chance) sentence(lang string, words int) string {
	all := make([]string, words)
	for i := range all {
		all[i] = word(lang, draw(c.words))
	}
	return strings.Join(all, " ")
}

// batch makes an article with n statements.
func (s Synthetic) batch(article, n int) graph.Batch {
	c := s.chance(article)
	nodes := batchNodes{actors: map[graph.ID]graph.Actor{}, places: map[graph.ID]graph.Place{}, outlets: map[graph.ID]graph.Outlet{}, issues: map[graph.ID]graph.Issue{}, positions: map[graph.ID]graph.Position{}}
	a := graph.Article{
		SourceID: fmt.Sprintf("synthetic-%d-%d", s.Seed, article), Language: "ar",
		Outlet: nodes.syntheticOutlet(c.IntN(syntheticOutlets)),
	}
	if c.IntN(2) == 0 {
		a.Language = "en"
	}
	published := graph.NewDay(2011, time.January, 1).Add(c.IntN(3652))
	if c.IntN(50) > 0 {
		a.Published = published
	}
	a.Title = c.sentence(a.Language, 8)
	text := &growingText{}
	statements := make([]graph.Statement, n)
	for i := range statements {
		text.write(c.sentence(a.Language, 12) + ". ")
		statements[i] = s.statement(c, &nodes, a.Language, published, text)
	}
	text.write(c.sentence(a.Language, 40) + ".")
	a.Text = text.String()
	a.Identify()
	b := graph.Batch{Article: a, Run: syntheticRun}
	seen := map[graph.ID]bool{}
	for _, st := range statements {
		st.Article, st.Run = a.ID, syntheticRun.ID
		st.Identify()
		if !seen[st.ID] {
			seen[st.ID] = true
			b.Statements = append(b.Statements, st)
		}
	}
	b.Actors, b.Places = byID(nodes.actors), byID(nodes.places)
	b.Outlets, b.Issues, b.Positions = byID(nodes.outlets), byID(nodes.issues), byID(nodes.positions)
	return b
}

// growingText is a text that counts its code points as it grows.
type growingText struct {
	strings.Builder
	points int
}

func (a *growingText) write(s string) (start, end int) {
	start = a.points
	a.WriteString(s)
	a.points += len([]rune(s))
	return start, a.points
}

// statement writes a sentence into the text and returns what it says.
func (s Synthetic) statement(c chance, nodes *batchNodes, lang string, published graph.Day, text *growingText) graph.Statement {
	st := graph.Statement{
		Act: graph.Acts[c.IntN(len(graph.Acts))], QuoteType: graph.QuoteTypes[c.IntN(len(graph.QuoteTypes))],
		Confidence: float64(50+c.IntN(51)) / 100, Content: c.sentence(lang, 8+c.IntN(20)), Cue: "said",
	}
	if lang == "ar" {
		st.Cue = "قال"
	}
	prove := func(role graph.Role, exact string) {
		start, end := text.write(exact)
		st.Evidence = append(st.Evidence, graph.Evidence{Role: role, Start: start, End: end, Exact: exact})
	}
	source := "it"
	switch k := c.IntN(20); {
	case k == 0: // nobody
	case k < 4:
		a := s.State(draw(c.states))
		st.Speaker, source = nodes.add(a), graph.NameIn(a.Names, lang)
	case k < 8:
		a := nodes.syntheticOrganization(s, draw(c.organizations))
		st.Speaker, source = a.ID, graph.NameIn(a.Names, lang)
	default:
		rank := draw(c.persons)
		a := s.Person(rank)
		st.Speaker, source = nodes.add(a), graph.NameIn(a.Names, lang)
		if c.IntN(3) > 0 {
			st.OnBehalfOf = nodes.syntheticOrganization(s, rank%syntheticOrganizations).ID
			st.Role = "spokesman"
		}
	}
	prove(graph.RoleSource, source)
	text.write(" ")
	prove(graph.RoleCue, st.Cue)
	text.write(" ")
	prove(graph.RoleContent, st.Content)
	text.write(". ")
	if c.IntN(20) > 0 {
		st.SaidAt = graph.Date{Day: published.Add(-c.IntN(4)), Precision: graph.PrecisionDay, Origin: graph.OriginResolved}
		if c.IntN(200) == 0 {
			st.SaidAt.Day = graph.NewDay(1960, time.January, 1).Add(c.IntN(7000))
		}
	}
	if c.IntN(8) == 0 {
		st.RelayedVia = nodes.syntheticOutlet(c.IntN(syntheticOutlets))
	}
	for range 1 + c.IntN(2) {
		target := nodes.add(s.State(draw(c.states)))
		if !slices.ContainsFunc(st.Targets, func(t graph.Target) bool { return t.Actor == target }) {
			st.Targets = append(st.Targets, graph.Target{Actor: target, Stance: int8(c.IntN(3) - 1), Mention: "it"})
		}
	}
	for range c.IntN(3) {
		p := nodes.syntheticPosition(s, c)
		if !slices.ContainsFunc(st.Positions, func(t graph.Taking) bool { return t.Position == p }) {
			st.Positions = append(st.Positions, graph.Taking{Position: p, Agreement: int8(c.IntN(3) - 1)})
		}
	}
	for range c.IntN(3) {
		if p := nodes.syntheticPlace(draw(c.places)); !slices.Contains(st.Places, p) {
			st.Places = append(st.Places, p)
		}
	}
	return st
}

func (b *batchNodes) add(a graph.Actor) graph.ID {
	b.actors[a.ID] = a
	return a.ID
}

func (b *batchNodes) syntheticOrganization(s Synthetic, rank int) graph.Actor {
	a := s.Organization(rank)
	b.add(a)
	b.add(s.State(rank % syntheticStates))
	return a
}

func (b *batchNodes) syntheticOutlet(n int) graph.ID {
	o := graph.NewOutlet(fmt.Sprintf("outlet/%d", n), names(graph.KindOutlet, n)...)
	b.outlets[o.ID] = o
	return o.ID
}

func (b *batchNodes) syntheticPlace(n int) graph.ID {
	p := graph.NewPlace(fmt.Sprintf("place/%d", n), names(graph.KindPlace, n)...)
	if n >= syntheticPlaces/4 {
		p.PartOf = b.syntheticPlace(n % (syntheticPlaces / 4))
	}
	b.places[p.ID] = p
	return p.ID
}

func (b *batchNodes) syntheticPosition(s Synthetic, c chance) graph.ID {
	n := draw(c.issues)
	i := graph.NewIssue("synthetic", fmt.Sprintf("issue-%d", n))
	i.Labels = names(graph.KindIssue, n)
	b.issues[i.ID] = i
	var object, place graph.ID
	if c.IntN(4) > 0 {
		object = b.add(s.State(draw(c.states)))
	}
	if c.IntN(2) > 0 {
		place = b.syntheticPlace(draw(c.places) % (syntheticPlaces / 4))
	}
	p := graph.NewPosition(i.ID, object, place)
	b.positions[p.ID] = p
	return p.ID
}
