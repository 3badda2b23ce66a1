package ingest

import (
	"mawqif/graph"
)

// Report is what `mawqif extract` prints of an article: a self-contained view
// of a batch, with names in place of ids.
type Report struct {
	Article    ReportArticle     `json:"article"`
	Statements []ReportStatement `json:"statements"`
}

// ReportArticle identifies the article.
type ReportArticle struct {
	ID          string    `json:"id"`
	URL         string    `json:"url"`
	Title       string    `json:"title"`
	Outlet      string    `json:"outlet"`
	Language    string    `json:"language"`
	PublishedAt graph.Day `json:"publishedAt"`
	TextHash    string    `json:"textHash"`
}

// ReportActor is an actor with its English name, else its name as written.
type ReportActor struct {
	ID    graph.ID        `json:"id"`
	Kind  graph.ActorKind `json:"kind"`
	Name  string          `json:"name"`
	Names []graph.Name    `json:"names"`
}

// ReportSpeaker is the source of a statement.
type ReportSpeaker struct {
	ReportActor
	Role       string       `json:"role"`
	OnBehalfOf *ReportActor `json:"onBehalfOf"`
}

// ReportTarget is an actor towards which a statement takes a stance.
type ReportTarget struct {
	ReportActor
	Mention string `json:"mention"`
	Stance  int8   `json:"stance"`
}

// ReportPosition is a position with the agreement of the statement.
type ReportPosition struct {
	Issue     string `json:"issue"`
	Object    string `json:"object"`
	Place     string `json:"place"`
	Agreement int8   `json:"agreement"`
}

// ReportNamed is a place or an outlet.
type ReportNamed struct {
	Name  string       `json:"name"`
	Names []graph.Name `json:"names"`
}

// ReportStatement is a statement.
type ReportStatement struct {
	ID         graph.ID         `json:"id"`
	QuoteType  graph.QuoteType  `json:"quoteType"`
	Act        graph.Act        `json:"act"`
	Content    string           `json:"content"`
	Cue        string           `json:"cue"`
	Confidence float64          `json:"confidence"`
	Speaker    *ReportSpeaker   `json:"speaker"`
	Targets    []ReportTarget   `json:"targets"`
	Positions  []ReportPosition `json:"positions"`
	Places     []ReportNamed    `json:"places"`
	SaidAt     *graph.Date      `json:"saidAt"`
	RelayedVia *ReportNamed     `json:"relayedVia"`
	Evidence   []graph.Evidence `json:"evidence"`
	// Rules names the rules that made the statement, with --explain.
	Rules []string `json:"rules,omitempty"`
}

// NewReport makes the report of a batch; trace may be nil.
func NewReport(b *graph.Batch, trace Trace) Report {
	v := view{
		actors:    index(b.Actors, func(a *graph.Actor) graph.ID { return a.ID }),
		places:    index(b.Places, func(p *graph.Place) graph.ID { return p.ID }),
		outlets:   index(b.Outlets, func(o *graph.Outlet) graph.ID { return o.ID }),
		issues:    index(b.Issues, func(i *graph.Issue) graph.ID { return i.ID }),
		positions: index(b.Positions, func(p *graph.Position) graph.ID { return p.ID }),
	}
	a := b.Article
	r := Report{Article: ReportArticle{
		ID: a.SourceID, URL: a.URL, Title: a.Title, Language: a.Language, PublishedAt: a.Published, TextHash: a.TextHash,
	}, Statements: make([]ReportStatement, 0, len(b.Statements))}
	if r.Article.ID == "" {
		r.Article.ID = string(a.ID)
	}
	if o := v.outlets[a.Outlet]; o != nil {
		r.Article.Outlet = graph.NameIn(o.Names, "en")
	}
	for i := range b.Statements {
		s := v.statement(&b.Statements[i])
		if trace != nil {
			s.Rules = trace[i]
		}
		r.Statements = append(r.Statements, s)
	}
	return r
}

type view struct {
	actors    map[graph.ID]*graph.Actor
	places    map[graph.ID]*graph.Place
	outlets   map[graph.ID]*graph.Outlet
	issues    map[graph.ID]*graph.Issue
	positions map[graph.ID]*graph.Position
}

func index[T any](list []T, id func(*T) graph.ID) map[graph.ID]*T {
	m := make(map[graph.ID]*T, len(list))
	for i := range list {
		m[id(&list[i])] = &list[i]
	}
	return m
}

func (v *view) actor(id graph.ID) *ReportActor {
	a := v.actors[id]
	if a == nil {
		return nil
	}
	return &ReportActor{ID: a.ID, Kind: a.Kind, Name: graph.NameIn(a.Names, "en"), Names: a.Names}
}

func (v *view) statement(s *graph.Statement) ReportStatement {
	r := ReportStatement{
		ID: s.ID, QuoteType: s.QuoteType, Act: s.Act, Content: s.Content, Cue: s.Cue, Confidence: s.Confidence,
		Evidence: s.Evidence, Targets: []ReportTarget{}, Positions: []ReportPosition{}, Places: []ReportNamed{},
	}
	if a := v.actor(s.Speaker); a != nil {
		r.Speaker = &ReportSpeaker{ReportActor: *a, Role: s.Role, OnBehalfOf: v.actor(s.OnBehalfOf)}
	}
	for _, t := range s.Targets {
		r.Targets = append(r.Targets, ReportTarget{ReportActor: *v.actor(t.Actor), Mention: t.Mention, Stance: t.Stance})
	}
	for _, t := range s.Positions {
		p := v.positions[t.Position]
		line := ReportPosition{Issue: v.issues[p.Issue].Key, Agreement: t.Agreement}
		if a := v.actors[p.Object]; a != nil {
			line.Object = graph.NameIn(a.Names, "en")
		}
		if l := v.places[p.Place]; l != nil {
			line.Place = graph.NameIn(l.Names, "en")
		}
		r.Positions = append(r.Positions, line)
	}
	for _, id := range s.Places {
		l := v.places[id]
		r.Places = append(r.Places, ReportNamed{Name: graph.NameIn(l.Names, "en"), Names: l.Names})
	}
	if !s.SaidAt.IsZero() {
		r.SaidAt = &s.SaidAt
	}
	if o := v.outlets[s.RelayedVia]; o != nil {
		r.RelayedVia = &ReportNamed{Name: graph.NameIn(o.Names, "en"), Names: o.Names}
	}
	return r
}
