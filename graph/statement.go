package graph

import (
	"slices"
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

// Start returns where in the article the content begins, in code points: the
// first span that proves it.
func (s *Statement) Start() int {
	for _, e := range s.Evidence {
		if e.Role == RoleContent {
			return e.Start
		}
	}
	return 0
}

// Identify sorts the evidence and fills in the utterance key and the id. The
// id follows from the article, the run and everything coded but the
// confidence; the utterance key from the speaker and the folded content.
func (s *Statement) Identify() {
	slices.SortFunc(s.Evidence, compareEvidence)
	s.ID, s.Utterance = s.identity()
}

// identity returns the id and the utterance key; the evidence must be sorted.
func (s *Statement) identity() (id ID, utterance string) {
	utterance = string(NewID(KindStatement, string(s.Speaker), Fold(s.Content)))[len(KindStatement)+1:]
	var room [keyRoom]byte
	key := room[:0]
	for _, p := range [...]string{
		string(KindStatement),
		string(s.Article), string(s.Run), string(s.Speaker), s.Role, string(s.OnBehalfOf), string(s.QuoteType),
		string(s.Act), s.Cue, s.Content, string(s.SaidAt.Day), string(s.SaidAt.Precision),
		string(s.SaidAt.Origin), string(s.RelayedVia),
	} {
		key = appendPart(key, p)
	}
	for _, e := range s.Evidence {
		key = appendNumber(appendNumber(appendPart(key, string(e.Role)), e.Start), e.End)
	}
	for _, t := range s.Targets {
		key = appendPart(appendNumber(appendPart(key, string(t.Actor)), int(t.Stance)), t.Mention)
	}
	for _, t := range s.Positions {
		key = appendNumber(appendPart(key, string(t.Position)), int(t.Agreement))
	}
	for _, p := range s.Places {
		key = appendPart(key, string(p))
	}
	return idOf(KindStatement, key), utterance
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
