// Package coded reads statements that people coded in other programs, and makes
// of them the same batches that an extractor makes: articles, who said what on
// behalf of whom, which positions were taken, and the passages that prove it.
//
// What is coded by hand is told apart from what a machine extracted by its run,
// whose extractor is [Extractor]. Its confidence is 1. What cannot be taken is
// never dropped in silence: a [Report] says what it was, and why.
package coded

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"mawqif/graph"
)

// Extractor is the extractor of runs that people made.
const Extractor = "hand"

// ErrSource tells that a file is not what it should be: the message says what
// it is instead, and what to do.
var ErrSource = errors.New("cannot be imported")

// Options tell how a file is read.
type Options struct {
	// Codebook is the name of the codebook that the concepts belong to; and of
	// the articles, whose source ids begin with it.
	Codebook string
	// Language tells the language of a text or a name as a BCP 47 tag; "und"
	// for every one if nil.
	Language func(text string) string
}

func (o Options) language(text string) string {
	if o.Language == nil {
		return "und"
	}
	return o.Language(text)
}

// Report says what was taken from a file and what was not.
type Report struct {
	Articles   int `json:"articles"`
	Statements int `json:"statements"`
	Actors     int `json:"actors"`
	Issues     int `json:"issues"`
	// Rejected lists the articles and statements that are broken, with where
	// they stand.
	Rejected []Rejected `json:"rejected,omitempty"`
	// Left counts what the graph has no place for, and what was taken otherwise
	// than it stood.
	Left []Left `json:"left,omitempty"`
}

// Rejected is an article or a statement that could not be taken.
type Rejected struct {
	Where string `json:"where"`
	Cause string `json:"cause"`
}

func (r Rejected) String() string { return r.Where + ": " + r.Cause }

// Left is a sort of thing that was not taken as it stands.
type Left struct {
	Count int    `json:"count"`
	What  string `json:"what"`
	Why   string `json:"why"`
}

func (l Left) String() string { return fmt.Sprintf("%d %s: %s", l.Count, l.What, l.Why) }

func (r *Report) reject(where, cause string, args ...any) {
	r.Rejected = append(r.Rejected, Rejected{where, fmt.Sprintf(cause, args...)})
}

// leave adds to how often something was left.
func (r *Report) leave(n int, what, why string) {
	if n == 0 {
		return
	}
	for i := range r.Left {
		if l := &r.Left[i]; l.What == what && l.Why == why {
			l.Count += n
			return
		}
	}
	r.Left = append(r.Left, Left{n, what, why})
}

// document is an article as a file has it.
type document struct {
	where                  string // in the file, for messages
	id, url, title, outlet string
	language               string // "" to be told by the text
	published              graph.Day
	text                   string
	codings                []coding
}

// coding is a statement as a file has it: a stretch of its document, in code
// points.
type coding struct {
	where                         string
	start, end                    int
	person, organization, concept string
	role, cue                     string
	agreement                     int8
	act                           graph.Act
	quote                         graph.QuoteType
	said                          graph.Day
}

// assembler makes batches of documents.
type assembler struct {
	Options
	run           graph.Run
	report        *Report
	persons       map[string]string // the keys of the actors, by name
	organizations map[string]string
	parents       parents
	actors        map[graph.ID]bool // met so far
	issues        map[graph.ID]bool
}

// parents are what entities are part of, by name.
type parents struct{ persons, organizations, concepts map[string]string }

// newAssembler knows all names before the first batch, so that the keys of
// actors do not depend on their order. Source and version tell what the
// statements were coded with.
func newAssembler(o Options, version string, report *Report, persons, organizations, concepts []string, p parents) *assembler {
	concepts = slices.Compact(slices.Sorted(slices.Values(concepts)))
	sum := sha256.Sum256(graph.Digest(concepts...))
	return &assembler{
		Options: o, report: report, parents: p,
		run:     graph.NewRun(Extractor, version, o.Codebook+"/"+hex.EncodeToString(sum[:6])),
		persons: keys("person/", persons), organizations: keys("org/", organizations),
		actors: map[graph.ID]bool{}, issues: map[graph.ID]bool{},
	}
}

// keys gives every name the key that an actor learned from a text has, its
// folded name, so that the same name means the same actor. Of names that differ
// in their spelling alone the first by letter has it, and the others keep
// their spelling: whoever coded them told them apart.
func keys(prefix string, names []string) map[string]string {
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	of, taken := map[string]string{}, map[string]bool{}
	for _, name := range names {
		key := prefix + graph.Fold(name)
		if key == prefix || taken[key] {
			key = prefix + name
		}
		taken[key] = true
		of[name] = key
	}
	return of
}

// gathered are the nodes of a batch, each once.
type gathered[T any] struct {
	in  map[graph.ID]bool
	all []T
}

func (g *gathered[T]) add(id graph.ID, node T) bool {
	if g.in[id] {
		return false
	}
	if g.in == nil {
		g.in = map[graph.ID]bool{}
	}
	g.in[id] = true
	g.all = append(g.all, node)
	return true
}

// making is a batch that is being made.
type making struct {
	*assembler
	actors    gathered[graph.Actor]
	issues    gathered[graph.Issue]
	positions gathered[graph.Position]
}

func (m *making) names(value string) []graph.Name {
	return []graph.Name{{Lang: m.language(value), Value: value}}
}

// actor adds an actor with all that it is part of.
func (m *making) actor(kind graph.ActorKind, name string) graph.ID {
	if name == "" {
		return ""
	}
	of, up := m.organizations, m.parents.organizations
	if kind == graph.Person {
		of, up = m.persons, m.parents.persons
	}
	a := graph.NewActor(kind, of[name], m.names(name)...)
	if up[name] != "" {
		a.PartOf = []graph.ID{graph.NewActor(kind, of[up[name]]).ID}
	}
	if m.actors.add(a.ID, a) && len(a.PartOf) > 0 {
		m.actor(kind, up[name])
	}
	m.assembler.actors[a.ID] = true
	return a.ID
}

// issue adds an issue with its parents.
func (m *making) issue(concept string) graph.ID {
	i := graph.NewIssue(m.Codebook, concept)
	i.Labels, i.Propositions = m.names(concept), m.names(concept)
	parent := m.parents.concepts[concept]
	if parent != "" {
		i.Parent = graph.NewIssue(m.Codebook, parent).ID
	}
	if m.issues.add(i.ID, i) && parent != "" {
		m.issue(parent)
	}
	m.assembler.issues[i.ID] = true
	return i.ID
}

// batch makes the batch of a document, of all that is sound in it; false if
// the document itself is not.
func (a *assembler) batch(d *document) (graph.Batch, bool) {
	for _, text := range []string{d.text, d.title, d.outlet, d.url} {
		if !utf8.ValidString(text) {
			a.report.reject(d.where, "it holds bytes that are not UTF-8 (%.20q), so it is left out with %d statements", strings.ToValidUTF8(text, "�"), len(d.codings))
			return graph.Batch{}, false
		}
	}
	m := making{assembler: a}
	b := graph.Batch{Run: a.run, Article: graph.Article{
		SourceID: a.Codebook + "/" + d.id, URL: d.url, Title: d.title, Published: d.published, Text: d.text,
		Language: cmp.Or(d.language, a.language(d.text), "und"),
	}}
	if d.outlet != "" {
		o := graph.NewOutlet("outlet/"+cmp.Or(graph.Fold(d.outlet), d.outlet), m.names(d.outlet)...)
		b.Outlets, b.Article.Outlet = []graph.Outlet{o}, o.ID
	}
	b.Article.Identify()
	points := graph.NewOffsets(d.text)
	seen := map[graph.ID]string{}
	for i := range d.codings {
		c := &d.codings[i]
		s, ok := m.statement(&b.Article, points, c)
		if !ok {
			continue
		}
		if first, repeated := seen[s.ID]; repeated {
			a.report.reject(c.where, "it repeats %s: the same passage with the same coding counts once", first)
			continue
		}
		seen[s.ID] = c.where
		b.Statements = append(b.Statements, s)
	}
	b.Actors, b.Issues, b.Positions = m.actors.all, m.issues.all, m.positions.all
	slices.SortFunc(b.Actors, func(x, y graph.Actor) int { return cmp.Compare(x.ID, y.ID) })
	slices.SortFunc(b.Issues, func(x, y graph.Issue) int { return cmp.Compare(x.ID, y.ID) })
	slices.SortFunc(b.Positions, func(x, y graph.Position) int { return cmp.Compare(x.ID, y.ID) })
	if err := b.Validate(); err != nil {
		a.report.reject(d.where, "%v", err)
		return graph.Batch{}, false
	}
	a.report.Articles++
	a.report.Statements += len(b.Statements)
	a.report.Actors, a.report.Issues = len(a.actors), len(a.issues)
	return b, true
}

func (m *making) statement(article *graph.Article, points *graph.Offsets, c *coding) (graph.Statement, bool) {
	for _, text := range []string{c.person, c.organization, c.concept, c.role, c.cue} {
		if !utf8.ValidString(text) {
			m.report.reject(c.where, "it holds bytes that are not UTF-8: %.40q", text)
			return graph.Statement{}, false
		}
	}
	from, inside := points.Byte(c.start)
	to, alsoInside := points.Byte(c.end)
	if !inside || !alsoInside || c.start >= c.end {
		m.report.reject(c.where, "its span %d to %d lies outside the text, which has %d characters; mend the span and import again", c.start, c.end, points.Len())
		return graph.Statement{}, false
	}
	exact := article.Text[from:to]
	s := graph.Statement{
		Article: article.ID, Run: m.run.ID, Content: exact, Confidence: 1, Role: c.role, Cue: c.cue,
		Act: cmp.Or(c.act, graph.ActState), QuoteType: cmp.Or(c.quote, graph.Indirect),
		Evidence: []graph.Evidence{{Role: graph.RoleContent, Start: c.start, End: c.end, Exact: exact}},
	}
	switch {
	case c.said != "":
		s.SaidAt = graph.Date{Day: c.said, Precision: graph.PrecisionDay, Origin: graph.OriginExplicit}
	case article.Published != "":
		s.SaidAt = graph.Date{Day: article.Published, Precision: graph.PrecisionDay, Origin: graph.OriginPublication}
	}
	s.OnBehalfOf = m.actor(graph.Organization, c.organization)
	if s.Speaker = m.actor(graph.Person, c.person); s.Speaker == "" {
		s.Speaker, s.OnBehalfOf = s.OnBehalfOf, ""
	}
	if c.concept != "" {
		p := graph.NewPosition(m.issue(c.concept), "", "")
		m.positions.add(p.ID, p)
		s.Positions = []graph.Taking{{Position: p.ID, Agreement: c.agreement}}
	}
	s.Identify()
	return s, true
}
