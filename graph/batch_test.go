package graph

import (
	"errors"
	"math"
	"strings"
	"testing"
)

// soundBatch is a batch without fault that uses all that a batch can hold.
func soundBatch() Batch {
	outlet := NewOutlet("outlet/example", Name{"en", "Example News"})
	state := NewActor(State, "state/xx", Name{"en", "Xanadu"})
	envoy := NewActor(Person, "person/kubla", Name{"en", "Kubla"})
	envoy.PartOf = []ID{state.ID}
	country := NewPlace("place/xx", Name{"en", "Xanadu"})
	town := NewPlace("place/xx/alph", Name{"en", "Alph"})
	town.PartOf = country.ID
	parent := NewIssue("book", "peace")
	issue := NewIssue("book", "leave")
	issue.Parent = parent.ID
	position := NewPosition(issue.ID, state.ID, town.ID)
	run := NewRun("test", "1", "book")
	article := Article{Outlet: outlet.ID, Language: "en", Published: "1969-07-20", Text: "Kubla said they should go."}
	article.Identify()
	s := Statement{
		Article: article.ID, Run: run.ID, Speaker: envoy.ID, OnBehalfOf: state.ID, RelayedVia: outlet.ID,
		QuoteType: Indirect, Act: ActRequest, Cue: "said", Content: "they should go", Confidence: 0.5,
		SaidAt:    Date{"1969-07-20", PrecisionDay, OriginPublication},
		Targets:   []Target{{state.ID, -1, "they"}},
		Positions: []Taking{{position.ID, 1}}, Places: []ID{town.ID},
		Evidence: []Evidence{{RoleSource, 0, 5, "Kubla"}, {RoleContent, 11, 25, "they should go"}},
	}
	s.Identify()
	return Batch{
		Article: article, Run: run, Outlets: []Outlet{outlet}, Actors: []Actor{state, envoy},
		Places: []Place{country, town}, Issues: []Issue{parent, issue}, Positions: []Position{position},
		Statements: []Statement{s},
		Held:       []Held{{Person: envoy.ID, Institution: state.ID, Title: "khan", First: "1969-07-20", Last: "1969-07-20"}},
	}
}

func TestValidateAcceptsSoundBatches(t *testing.T) {
	b := soundBatch()
	if err := b.Validate(); err != nil {
		t.Error(err)
	}
	b.Statements = nil
	if err := b.Validate(); err != nil {
		t.Errorf("without statements: %v", err)
	}
	article := Article{Language: "und"}
	article.Identify()
	b = Batch{Article: article, Run: b.Run}
	if err := b.Validate(); err != nil {
		t.Errorf("an empty article: %v", err)
	}
}

func TestValidateNamesEachFault(t *testing.T) {
	// What is changed in the statement changes its id, so that it is refused
	// for the change and not for the id.
	said := func(change func(s *Statement)) func(*Batch) {
		return func(b *Batch) {
			change(&b.Statements[0])
			b.Statements[0].Identify()
		}
	}
	reported := func(change func(a *Article)) func(*Batch) {
		return func(b *Batch) {
			change(&b.Article)
			b.Article.Identify()
			b.Statements = nil
		}
	}
	stranger := NewActor(Group, "group/stranger", Name{"en", "Stranger"})
	for _, c := range []struct {
		name   string
		want   string
		change func(b *Batch)
	}{
		{"actor's id", "follows from its content", func(b *Batch) { b.Actors[0].Key = "state/yy" }},
		{"place's id", "follows from its content", func(b *Batch) { b.Places[0].Key = "place/yy" }},
		{"outlet's id", "follows from its content", func(b *Batch) { b.Outlets[0].Key = "outlet/other" }},
		{"issue's id", "follows from its content", func(b *Batch) { b.Issues[1].Codebook = "other" }},
		{"position's id", "follows from its content", func(b *Batch) { b.Positions[0].Place = b.Places[0].ID }},
		{"run's id", "follows from its content", func(b *Batch) { b.Run.Version = "2" }},
		{"article's id", "follows from its content", func(b *Batch) { b.Article.Title = "Other" }},
		{"text changed", "text hash", func(b *Batch) { b.Article.Text += " " }},
		{"statement's id", "follows from its content", func(b *Batch) { b.Statements[0].Cue = "denied" }},
		{"statement's utterance", "utterance", func(b *Batch) { b.Statements[0].Utterance = "x" }},
		{"id of another kind", "follows from its content", func(b *Batch) { b.Actors[0].ID = b.Places[0].ID }},
		{"no id", "follows from its content", func(b *Batch) { b.Statements[0].ID = "" }},

		{"kind of actor", "no known kind", func(b *Batch) { b.Actors[0].Kind = "PLANET" }},
		{"actor without a name", "without a name", func(b *Batch) { b.Actors[0].Names = nil }},
		{"empty name", "empty name", func(b *Batch) { b.Places[0].Names[0].Value = "" }},
		{"name not UTF-8", "not UTF-8", func(b *Batch) { b.Outlets[0].Names[0].Value = "\xff" }},
		{"label not UTF-8", "not UTF-8", func(b *Batch) { b.Issues[0].Labels = []Name{{"\xff", "x"}} }},
		{"empty proposition", "empty name", func(b *Batch) { b.Issues[0].Propositions = []Name{{"en", ""}} }},
		{"article without a language", "no language", reported(func(a *Article) { a.Language = "" })},
		{"text not UTF-8", "not UTF-8", reported(func(a *Article) { a.Text = "a\xffb" })},
		{"title not UTF-8", "not UTF-8", reported(func(a *Article) { a.Title = "\xc3" })},
		{"day of publication", "malformed day", reported(func(a *Article) { a.Published = "yesterday" })},

		{"unknown outlet", "does not hold", reported(func(a *Article) { a.Outlet = NewOutlet("outlet/gone").ID })},
		{"outlet that is a place", "which is no outlet", reported(func(a *Article) { a.Outlet = NewPlace("place/xx").ID })},
		{"part of an unknown actor", "does not hold", func(b *Batch) { b.Actors[0].PartOf = []ID{stranger.ID} }},
		{"part of a place", "which is no actor", func(b *Batch) { b.Actors[0].PartOf = []ID{b.Places[0].ID} }},
		{"place in an unknown place", "does not hold", func(b *Batch) { b.Places[0].PartOf = NewPlace("place/yy").ID }},
		{"unknown parent", "does not hold", func(b *Batch) { b.Issues[0].Parent = NewIssue("book", "gone").ID }},
		{"position on an unknown issue", "does not hold", func(b *Batch) { b.Positions[0] = NewPosition(NewIssue("book", "gone").ID, "", "") }},
		{"position on no issue", "no issue", func(b *Batch) { b.Positions[0] = NewPosition("", "", "") }},
		{"position on an unknown object", "does not hold", func(b *Batch) { b.Positions[0] = NewPosition(b.Issues[0].ID, stranger.ID, "") }},
		{"position at an actor", "which is no place", func(b *Batch) { b.Positions[0] = NewPosition(b.Issues[0].ID, "", b.Actors[0].ID) }},
		{"office of nobody", "without a person", func(b *Batch) { b.Held[0].Person = "" }},
		{"office of a stranger", "does not hold", func(b *Batch) { b.Held[0].Person = stranger.ID }},
		{"office nowhere", "without a person or an institution", func(b *Batch) { b.Held[0].Institution = "" }},
		{"day of an office", "malformed day", func(b *Batch) { b.Held[0].Last = "2020" }},

		{"other article", "not of this article", said(func(s *Statement) { s.Article = NewID(KindArticle, "other") })},
		{"other run", "not of this article and run", said(func(s *Statement) { s.Run = NewRun("other", "1", "").ID })},
		{"statement twice", "twice", func(b *Batch) { b.Statements = append(b.Statements, b.Statements[0]) }},
		{"act", "no known act", said(func(s *Statement) { s.Act = "SING" })},
		{"quote type", "no known quote type", said(func(s *Statement) { s.QuoteType = "" })},
		{"confidence above 1", "confidence", said(func(s *Statement) { s.Confidence = 1.01 })},
		{"confidence below 0", "confidence", said(func(s *Statement) { s.Confidence = -0.01 })},
		{"confidence that is no number", "confidence", said(func(s *Statement) { s.Confidence = math.NaN() })},
		{"content empty", "no content", said(func(s *Statement) { s.Content = "" })},
		{"content without evidence", "no content with evidence", said(func(s *Statement) { s.Evidence = s.Evidence[:1] })},
		{"role not UTF-8", "not UTF-8", said(func(s *Statement) { s.Role = "\xff" })},
		{"day said", "malformed day", said(func(s *Statement) { s.SaidAt.Day = "5/6/2020" })},
		{"precision", "precision", said(func(s *Statement) { s.SaidAt.Precision = "WEEK" })},
		{"origin", "origin", said(func(s *Statement) { s.SaidAt.Origin = "" })},
		{"precision of an unknown day", "unknown day", said(func(s *Statement) { s.SaidAt.Day = "" })},
		{"unknown speaker", "does not hold", said(func(s *Statement) { s.Speaker = stranger.ID })},
		{"speaker that is a place", "which is no actor", func(b *Batch) { said(func(s *Statement) { s.Speaker = b.Places[0].ID })(b) }},
		{"on behalf of a stranger", "does not hold", said(func(s *Statement) { s.OnBehalfOf = stranger.ID })},
		{"relayed via a stranger", "does not hold", said(func(s *Statement) { s.RelayedVia = NewOutlet("outlet/gone").ID })},
		{"target that is a stranger", "does not hold", said(func(s *Statement) { s.Targets[0].Actor = stranger.ID })},
		{"target that is none", "no actor", said(func(s *Statement) { s.Targets[0].Actor = "" })},
		{"target twice", "twice", said(func(s *Statement) { s.Targets = append(s.Targets, Target{s.Targets[0].Actor, 1, ""}) })},
		{"stance", "stance outside", said(func(s *Statement) { s.Targets[0].Stance = 2 })},
		{"position unknown", "does not hold", said(func(s *Statement) { s.Positions[0].Position = NewID(KindPosition, "gone") })},
		{"position none", "none", said(func(s *Statement) { s.Positions[0].Position = "" })},
		{"position twice", "twice", said(func(s *Statement) { s.Positions = append(s.Positions, s.Positions[0]) })},
		{"agreement", "agreement outside", said(func(s *Statement) { s.Positions[0].Agreement = -2 })},
		{"unknown place", "does not hold", said(func(s *Statement) { s.Places[0] = NewPlace("place/gone").ID })},
		{"place twice", "twice", said(func(s *Statement) { s.Places = append(s.Places, s.Places[0]) })},
		{"role of evidence", "no known role", said(func(s *Statement) { s.Evidence[0].Role = "RUMOUR" })},
		{"evidence out of order", "out of order", func(b *Batch) {
			e := b.Statements[0].Evidence
			e[0], e[1] = e[1], e[0]
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := soundBatch()
			c.change(&b)
			err := b.Validate()
			if !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error that says %q", err, c.want)
			}
		})
	}
}

func TestValidateRefusesEvidenceThatTheTextDoesNotBearOut(t *testing.T) {
	for _, span := range []Evidence{
		{RoleCue, 6, 10, "says"}, {RoleCue, 6, 99, "said"}, {RoleCue, -1, 3, "Kub"}, {RoleCue, 7, 11, "said"},
	} {
		b := soundBatch()
		b.Statements[0].Evidence = append(b.Statements[0].Evidence, span)
		b.Statements[0].Identify()
		if err := b.Validate(); !errors.Is(err, ErrEvidence) {
			t.Errorf("%+v: %v", span, err)
		}
	}
}

func BenchmarkValidate(b *testing.B) {
	batch := soundBatch()
	b.ReportAllocs()
	for b.Loop() {
		if err := batch.Validate(); err != nil {
			b.Fatal(err)
		}
	}
}
