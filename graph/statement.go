package graph

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// QuoteType tells how much of a statement's content stands in quotation marks.
type QuoteType string

// The types of quotation: all of it, none of it, some of it.
const (
	Direct   QuoteType = "DIRECT"
	Indirect QuoteType = "INDIRECT"
	Mixed    QuoteType = "MIXED"
)

// Act is the verbal act of a statement: PLOVER's verbal types and those it
// lacks.
type Act string

// The acts: a neutral assertion or announcement; praise, welcome or
// condolence; a promise or acceptance; a concession; a demand or appeal; blame
// or condemnation; refusal; a threat of one's own action; a warning of a
// danger; a denial; an expectation or hope; a refusal to comment.
const (
	ActState          Act = "STATE"
	ActSupport        Act = "SUPPORT"
	ActAgree          Act = "AGREE"
	ActConcede        Act = "CONCEDE"
	ActRequest        Act = "REQUEST"
	ActAccuse         Act = "ACCUSE"
	ActReject         Act = "REJECT"
	ActThreaten       Act = "THREATEN"
	ActWarn           Act = "WARN"
	ActDeny           Act = "DENY"
	ActPredict        Act = "PREDICT"
	ActDeclineComment Act = "DECLINE_COMMENT"
)

// Acts lists the verbal acts.
var Acts = []Act{
	ActState, ActSupport, ActAgree, ActConcede, ActRequest, ActAccuse,
	ActReject, ActThreaten, ActWarn, ActDeny, ActPredict, ActDeclineComment,
}

// QuoteTypes lists the types of quotation.
var QuoteTypes = []QuoteType{Direct, Indirect, Mixed}

// Article is a news article as stored. Its text is never altered.
type Article struct {
	ID ID `json:"id"`
	// SourceID is the id that the input gave the article, if any.
	SourceID string `json:"sourceId,omitempty"`
	URL      string `json:"url,omitempty"`
	Title    string `json:"title,omitempty"`
	// Outlet is the publisher; zero if unknown.
	Outlet ID `json:"outlet,omitempty"`
	// Language is a BCP 47 tag, "ar" or "en", or "und" if undetermined.
	Language string `json:"language"`
	// Published is the day of publication; "" if unknown.
	Published Day    `json:"published,omitempty"`
	Text      string `json:"text"`
	TextHash  string `json:"textHash"`
}

// Identify fills in the text hash and the id, which follow from everything the
// article holds: the same article is one node however often it is ingested.
func (a *Article) Identify() {
	a.TextHash = TextHash(a.Text)
	a.ID = NewID(KindArticle, a.SourceID, a.URL, a.Title, string(a.Outlet), a.Language, string(a.Published), a.TextHash)
}

// Target is an actor towards which a statement takes a stance: 1 favourable,
// −1 unfavourable, 0 neutral. Mention is how the text names it.
type Target struct {
	Actor   ID     `json:"actor"`
	Stance  int8   `json:"stance"`
	Mention string `json:"mention"`
}

// Taking is the position a statement takes: agreement 1 accepts it, −1 rejects
// it, 0 mentions it without taking sides.
type Taking struct {
	Position  ID   `json:"position"`
	Agreement int8 `json:"agreement"`
}

// Statement is an attribution relation and its coding.
type Statement struct {
	ID      ID `json:"id"`
	Article ID `json:"article"`
	Run     ID `json:"run"`
	// Speaker is the source; zero only if the article names none.
	Speaker ID `json:"speaker,omitempty"`
	// Role is the speaker's title as this article words it.
	Role string `json:"role,omitempty"`
	// OnBehalfOf is the institution or state spoken for; zero if none.
	OnBehalfOf ID        `json:"onBehalfOf,omitempty"`
	QuoteType  QuoteType `json:"quoteType"`
	Act        Act       `json:"act"`
	// Cue is the verb, noun or preposition that introduces the content.
	Cue string `json:"cue"`
	// Content is the source's words; fragments are joined by " … ".
	Content string `json:"content"`
	SaidAt  Date   `json:"saidAt"`
	// RelayedVia is the agency, newspaper or platform through which it was
	// said; zero if none.
	RelayedVia ID `json:"relayedVia,omitempty"`
	// Confidence is the estimated probability, 0 to 1, that a careful reader
	// would code this statement with this speaker.
	Confidence float64 `json:"confidence"`
	// Targets and Positions are most important first; no actor and no position
	// stands in them twice.
	Targets   []Target `json:"targets,omitempty"`
	Positions []Taking `json:"positions,omitempty"`
	Places    []ID     `json:"places,omitempty"`
	// Evidence is sorted by start, end and role.
	Evidence []Evidence `json:"evidence"`
	// Utterance is one key for the same words of the same speaker, whatever
	// article reports them.
	Utterance string `json:"utterance"`

	// RecordedAt and SupersededAt are set by the store, in UTC: when the
	// statement became part of the graph, and when a later run ceased to make
	// it (zero while it stands). They are no part of its identity.
	RecordedAt   time.Time `json:"recordedAt,omitzero"`
	SupersededAt time.Time `json:"supersededAt,omitzero"`
}

// Identify sorts the evidence and fills in the utterance key and the id. The
// id follows from the article, the run and everything coded but the
// confidence; the utterance key from the speaker and the folded content.
func (s *Statement) Identify() {
	slices.SortFunc(s.Evidence, compareEvidence)
	s.Utterance = string(NewID(KindStatement, string(s.Speaker), Fold(s.Content)))[len(KindStatement)+1:]
	parts := []string{
		string(s.Article), string(s.Run), string(s.Speaker), s.Role, string(s.OnBehalfOf), string(s.QuoteType),
		string(s.Act), s.Cue, s.Content, string(s.SaidAt.Day), string(s.SaidAt.Precision),
		string(s.SaidAt.Origin), string(s.RelayedVia),
	}
	for _, e := range s.Evidence {
		parts = append(parts, string(e.Role), strconv.Itoa(e.Start), strconv.Itoa(e.End))
	}
	for _, t := range s.Targets {
		parts = append(parts, string(t.Actor), strconv.Itoa(int(t.Stance)), t.Mention)
	}
	for _, t := range s.Positions {
		parts = append(parts, string(t.Position), strconv.Itoa(int(t.Agreement)))
	}
	for _, p := range s.Places {
		parts = append(parts, string(p))
	}
	s.ID = NewID(KindStatement, parts...)
}

func compareEvidence(a, b Evidence) int {
	if a.Start != b.Start {
		return a.Start - b.Start
	}
	if a.End != b.End {
		return a.End - b.End
	}
	return slices.Index(roles, a.Role) - slices.Index(roles, b.Role)
}

var roles = []Role{RoleSource, RoleCue, RoleContent, RoleTarget, RoleTime, RolePlace}

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
// from the content, closed vocabularies, references that the batch itself
// resolves, evidence that the text bears out. It returns [ErrInvalid] or
// [ErrEvidence], naming the first fault.
func (b *Batch) Validate() error {
	known := map[ID]bool{"": true}
	add := func(id ID, kind Kind) error {
		if id.Kind() != kind {
			return fmt.Errorf("%w: %q is not the id of a %s", ErrInvalid, id, kind)
		}
		known[id] = true
		return nil
	}
	var faults []error
	check := func(err error) {
		if err != nil {
			faults = append(faults, err)
		}
	}
	check(add(b.Run.ID, KindRun))
	for _, n := range b.Actors {
		check(add(n.ID, KindActor))
		if !slices.Contains(ActorKinds, n.Kind) || len(n.Names) == 0 {
			check(fmt.Errorf("%w: actor %s needs a kind and a name", ErrInvalid, n.Key))
		}
	}
	for _, n := range b.Places {
		check(add(n.ID, KindPlace))
	}
	for _, n := range b.Outlets {
		check(add(n.ID, KindOutlet))
	}
	for _, n := range b.Issues {
		check(add(n.ID, KindIssue))
	}
	for _, n := range b.Positions {
		check(add(n.ID, KindPosition))
	}
	check(add(b.Article.ID, KindArticle))
	refer := func(from ID, ids ...ID) {
		for _, id := range ids {
			if !known[id] {
				check(fmt.Errorf("%w: %s refers to %s, which the batch does not hold", ErrInvalid, from, id))
			}
		}
	}
	refer(b.Article.ID, b.Article.Outlet)
	if TextHash(b.Article.Text) != b.Article.TextHash {
		check(fmt.Errorf("%w: the text hash of article %s is not that of its text", ErrInvalid, b.Article.ID))
	}
	for _, n := range b.Actors {
		refer(n.ID, n.PartOf...)
	}
	for _, n := range b.Places {
		refer(n.ID, n.PartOf)
	}
	for _, n := range b.Issues {
		refer(n.ID, n.Parent)
	}
	for _, n := range b.Positions {
		refer(n.ID, n.Issue, n.Object, n.Place)
	}
	for _, h := range b.Held {
		refer(h.Person, h.Person, h.Institution)
	}
	for i := range b.Statements {
		check(b.validateStatement(&b.Statements[i], refer))
		if len(faults) > 0 {
			return faults[0]
		}
	}
	if len(faults) > 0 {
		return faults[0]
	}
	var spans []Evidence
	for i := range b.Statements {
		spans = append(spans, b.Statements[i].Evidence...)
	}
	return VerifyEvidence(b.Article.Text, spans)
}

func (b *Batch) validateStatement(s *Statement, refer func(ID, ...ID)) error {
	bad := func(what string) error {
		return fmt.Errorf("%w: statement %s %s", ErrInvalid, s.ID, what)
	}
	switch {
	case s.ID.Kind() != KindStatement:
		return fmt.Errorf("%w: %q is not the id of a statement", ErrInvalid, s.ID)
	case s.Article != b.Article.ID || s.Run != b.Run.ID:
		return bad("is not of this article and run")
	case !slices.Contains(Acts, s.Act):
		return bad("has no act")
	case !slices.Contains(QuoteTypes, s.QuoteType):
		return bad("has no quote type")
	case s.Content == "" || !slices.ContainsFunc(s.Evidence, func(e Evidence) bool { return e.Role == RoleContent }):
		return bad("has no content with evidence")
	case !(s.Confidence >= 0 && s.Confidence <= 1):
		return bad("has a confidence outside 0 to 1")
	}
	refer(s.ID, s.Speaker, s.OnBehalfOf, s.RelayedVia)
	refer(s.ID, s.Places...)
	for _, t := range s.Targets {
		refer(s.ID, t.Actor)
		if t.Stance < -1 || t.Stance > 1 {
			return bad("has a stance outside −1 to 1")
		}
	}
	for _, t := range s.Positions {
		refer(s.ID, t.Position)
		if t.Agreement < -1 || t.Agreement > 1 {
			return bad("has an agreement outside −1 to 1")
		}
	}
	return nil
}
