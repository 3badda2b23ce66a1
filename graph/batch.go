package graph

import (
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Batch is one article with everything learned from it: the unit that a store
// writes, whole or not at all.
type Batch struct {
	Article    Article
	Outlets    []Outlet
	Run        Run
	Actors     []Actor
	Places     []Place
	Issues     []Issue
	Positions  []Position
	Statements []Statement
	Held       []Held
}

// Validate checks the whole batch before anything is written: ids that follow
// from the content, closed vocabularies, days, UTF-8, references that the
// batch itself resolves, evidence that the text bears out. It returns
// [ErrInvalid] or [ErrEvidence], naming the first fault.
func (b *Batch) Validate() error {
	c := checker{known: make(map[ID]bool, 4+len(b.Actors)+len(b.Places)+len(b.Outlets)+len(b.Issues)+len(b.Positions)+len(b.Statements))}
	c.nodes(b)
	c.references(b)
	for i := range b.Statements {
		c.statement(b, &b.Statements[i])
	}
	if c.fault != nil {
		return c.fault
	}
	points := NewOffsets(b.Article.Text)
	for i := range b.Statements {
		if err := points.verify(b.Statements[i].Evidence); err != nil {
			return err
		}
	}
	return nil
}

// checker keeps the first fault of a batch and the nodes that it holds.
type checker struct {
	known map[ID]bool
	fault error
}

// must notes a fault of a node unless something holds; got is what was found
// instead.
func (c *checker) must(holds bool, id ID, what string, got ...string) {
	if holds || c.fault != nil {
		return
	}
	c.fault = fmt.Errorf("%w: %s %s", ErrInvalid, id, what)
	for _, g := range got {
		c.fault = fmt.Errorf("%w: %.40q", c.fault, g)
	}
}

// node notes that the batch holds a node, whose content gives another id if it
// has been tampered with.
func (c *checker) node(id, derived ID) {
	c.must(id == derived, id, "has not the id that follows from its content", string(derived))
	c.known[id] = true
}

func (c *checker) text(id ID, texts ...string) {
	for _, t := range texts {
		c.must(utf8.ValidString(t), id, "holds a text that is not UTF-8", t)
	}
}

func (c *checker) names(id ID, names []Name) {
	for _, n := range names {
		c.must(n.Value != "", id, "has an empty name")
		c.text(id, n.Lang, n.Value)
	}
}

func (c *checker) day(id ID, d Day) {
	if d == "" {
		return
	}
	_, err := ParseDay(string(d))
	c.must(err == nil, id, "has a malformed day (days are written 2020-06-05)", string(d))
}

// refers checks references to nodes of a kind; the zero id refers to none.
func (c *checker) refers(from ID, kind Kind, ids ...ID) {
	for _, id := range ids {
		if id == "" {
			continue
		}
		c.must(c.known[id], from, "refers to something that the batch does not hold", string(id))
		if id.Kind() != kind {
			c.must(false, from, "refers to something which is no "+string(kind), string(id))
		}
	}
}

func (c *checker) nodes(b *Batch) {
	r := &b.Run
	c.node(r.ID, NewRun(r.Extractor, r.Version, r.Codebook).ID)
	c.text(r.ID, r.Extractor, r.Version, r.Codebook)
	for i := range b.Actors {
		n := &b.Actors[i]
		c.node(n.ID, NewActor(n.Kind, n.Key).ID)
		c.must(slices.Contains(ActorKinds, n.Kind), n.ID, "is an actor of no known kind", string(n.Kind))
		c.must(len(n.Names) > 0, n.ID, "is an actor without a name")
		c.text(n.ID, n.Key)
		c.names(n.ID, n.Names)
	}
	for i := range b.Places {
		n := &b.Places[i]
		c.node(n.ID, NewPlace(n.Key).ID)
		c.text(n.ID, n.Key)
		c.names(n.ID, n.Names)
	}
	for i := range b.Outlets {
		n := &b.Outlets[i]
		c.node(n.ID, NewOutlet(n.Key).ID)
		c.text(n.ID, n.Key)
		c.names(n.ID, n.Names)
	}
	for i := range b.Issues {
		n := &b.Issues[i]
		c.node(n.ID, NewIssue(n.Codebook, n.Key).ID)
		c.text(n.ID, n.Codebook, n.Key)
		c.names(n.ID, n.Labels)
		c.names(n.ID, n.Propositions)
	}
	for i := range b.Positions {
		n := &b.Positions[i]
		c.node(n.ID, NewPosition(n.Issue, n.Object, n.Place).ID)
	}
	a := b.Article
	a.Identify()
	c.must(a.TextHash == b.Article.TextHash, b.Article.ID, "has a text hash that is not that of its text")
	c.node(b.Article.ID, a.ID)
	c.must(a.Language != "", a.ID, `has no language; write "und" if it is not known`)
	c.text(a.ID, a.SourceID, a.URL, a.Title, a.Language, a.Text)
	c.day(a.ID, a.Published)
}

func (c *checker) references(b *Batch) {
	c.refers(b.Article.ID, KindOutlet, b.Article.Outlet)
	for i := range b.Actors {
		c.refers(b.Actors[i].ID, KindActor, b.Actors[i].PartOf...)
	}
	for i := range b.Places {
		c.refers(b.Places[i].ID, KindPlace, b.Places[i].PartOf)
	}
	for i := range b.Issues {
		c.refers(b.Issues[i].ID, KindIssue, b.Issues[i].Parent)
	}
	for i := range b.Positions {
		n := &b.Positions[i]
		c.must(n.Issue != "", n.ID, "is a position on no issue")
		c.refers(n.ID, KindIssue, n.Issue)
		c.refers(n.ID, KindActor, n.Object)
		c.refers(n.ID, KindPlace, n.Place)
	}
	for _, h := range b.Held {
		c.must(h.Person != "" && h.Institution != "", h.Person, "holds an office without a person or an institution")
		c.refers(h.Person, KindActor, h.Person, h.Institution)
		c.text(h.Person, h.Title)
		c.day(h.Person, h.First)
		c.day(h.Person, h.Last)
	}
}

func (c *checker) statement(b *Batch, s *Statement) {
	id, utterance := s.identity()
	c.must(!c.known[s.ID], s.ID, "stands in the batch twice")
	c.must(slices.IsSortedFunc(s.Evidence, compareEvidence), s.ID, "has evidence out of order")
	c.node(s.ID, id)
	c.must(s.Utterance == utterance, s.ID, "has an utterance key that does not follow from its content")
	c.must(s.Article == b.Article.ID && s.Run == b.Run.ID, s.ID, "is not of this article and run")
	c.must(slices.Contains(Acts, s.Act), s.ID, "has no known act", string(s.Act))
	c.must(slices.Contains(QuoteTypes, s.QuoteType), s.ID, "has no known quote type", string(s.QuoteType))
	c.must(s.Confidence >= 0 && s.Confidence <= 1, s.ID, "has a confidence outside 0 to 1")
	c.text(s.ID, s.Role, s.Cue, s.Content)
	c.day(s.ID, s.SaidAt.Day)
	if s.SaidAt.IsZero() {
		c.must(s.SaidAt == Date{}, s.ID, "has a precision or an origin of an unknown day")
	} else {
		c.must(slices.Contains(precisions, s.SaidAt.Precision), s.ID, "has a day of no known precision", string(s.SaidAt.Precision))
		c.must(slices.Contains(origins, s.SaidAt.Origin), s.ID, "has a day of no known origin", string(s.SaidAt.Origin))
	}
	c.refers(s.ID, KindActor, s.Speaker, s.OnBehalfOf)
	c.refers(s.ID, KindOutlet, s.RelayedVia)
	c.refers(s.ID, KindPlace, s.Places...)
	for i, t := range s.Targets {
		c.must(t.Actor != "", s.ID, "has a target that is no actor")
		c.refers(s.ID, KindActor, t.Actor)
		c.must(t.Stance >= -1 && t.Stance <= 1, s.ID, "has a stance outside −1 to 1", strconv.Itoa(int(t.Stance)))
		c.must(!slices.ContainsFunc(s.Targets[:i], func(o Target) bool { return o.Actor == t.Actor }), s.ID, "has a target twice", string(t.Actor))
		c.text(s.ID, t.Mention)
	}
	for i, t := range s.Positions {
		c.must(t.Position != "", s.ID, "takes a position that is none")
		c.refers(s.ID, KindPosition, t.Position)
		c.must(t.Agreement >= -1 && t.Agreement <= 1, s.ID, "has an agreement outside −1 to 1", strconv.Itoa(int(t.Agreement)))
		c.must(!slices.ContainsFunc(s.Positions[:i], func(o Taking) bool { return o.Position == t.Position }), s.ID, "takes a position twice", string(t.Position))
	}
	for i, p := range s.Places {
		c.must(p != "" && !slices.Contains(s.Places[:i], p), s.ID, "has a place that is none, or twice the same")
	}
	proven := false
	for _, e := range s.Evidence {
		proven = proven || e.Role == RoleContent
		c.must(slices.Contains(roles, e.Role), s.ID, "has evidence of no known role", string(e.Role))
	}
	c.must(s.Content != "" && proven, s.ID, "has no content with evidence")
}
