package graph

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"time"
)

// Store keeps a graph. Implementations are safe for concurrent use.
type Store interface {
	Reader
	Writer
	// Close waits for writes under way and releases the store. Later calls
	// return [ErrClosed].
	Close() error
}

// Reader is all that is read from a store.
type Reader interface {
	NodeReader
	Finder
	StanceReader
	Surveyor
}

// NodeReader reads nodes by id, any number with one question. A key that is
// missing from the map means that no node has this id; order and repeats of
// the ids do not matter.
type NodeReader interface {
	Actors(ctx context.Context, ids []ID) (map[ID]Actor, error)
	Places(ctx context.Context, ids []ID) (map[ID]Place, error)
	Outlets(ctx context.Context, ids []ID) (map[ID]Outlet, error)
	Issues(ctx context.Context, ids []ID) (map[ID]Issue, error)
	Positions(ctx context.Context, ids []ID) (map[ID]Position, error)
	Runs(ctx context.Context, ids []ID) (map[ID]Run, error)
	Articles(ctx context.Context, ids []ID) (map[ID]Article, error)
	// Statements returns superseded ones too.
	Statements(ctx context.Context, ids []ID) (map[ID]Statement, error)
	// Offices returns what each of the persons held: the earliest first, those
	// without a first day last, ties by institution and title.
	Offices(ctx context.Context, persons []ID) (map[ID][]Held, error)
}

// Finder lists nodes by filter, a page at a time. Only statements that stand
// now are found.
type Finder interface {
	FindStatements(ctx context.Context, f StatementFilter, o StatementOrder, p Page) (Slice[Statement], error)
	FindActors(ctx context.Context, f ActorFilter, p Page) (Slice[Actor], error)
	FindArticles(ctx context.Context, f ArticleFilter, p Page) (Slice[Article], error)
	FindPositions(ctx context.Context, f PositionFilter, p Page) (Slice[Position], error)
	FindIssues(ctx context.Context, f NameFilter, p Page) (Slice[Issue], error)
	FindPlaces(ctx context.Context, f NameFilter, p Page) (Slice[Place], error)
	// Search finds actors, statements and articles by [Words]; the last word
	// may be a beginning. Actors come first, then statements, then
	// articles, each by name or newest first. A text without words finds
	// nothing.
	Search(ctx context.Context, text string, p Page) (Slice[Hit], error)
}

// StanceReader counts stances.
type StanceReader interface {
	// Stances groups the statements that match and counts their values.
	// Conditions on targets and stances, or on positions, issues and
	// agreements, also select among the values, if values of that sort are
	// counted. Groups come in the order of their keys: the ids, then the
	// interval; the interval of statements without a day comes last.
	Stances(ctx context.Context, q StanceQuery) ([]Stance, error)
	// Takings streams the values that the statements that match take, in any
	// order: what networks are made of. In the
	// filter, positions, issues and agreements select among the positions of a
	// statement, targets and stances among its targets. The stream ends with
	// the first error.
	Takings(ctx context.Context, q TakingQuery) iter.Seq2[TakingEvent, error]
}

// TakingQuery asks for a stream of the values that statements take.
type TakingQuery struct {
	Filter StatementFilter
	// Toward is [ByTarget] for stances towards actors; [ByPosition], or "", for
	// agreements with positions.
	Toward Dimension
	// AsOf asks for what stood at a moment: statements recorded by then that
	// were not superseded by then. The zero time asks for what stands now. What
	// was superseded and stands again counts as having stood all the time. Only
	// the words of what stands now are known: AsOf with Filter.Text is an
	// [ErrInvalid].
	AsOf time.Time
}

// Validate returns an [ErrInvalid] if what is asked for is unknown or does not
// go together.
func (q *TakingQuery) Validate() error {
	if q.Toward != "" && q.Toward != ByPosition && q.Toward != ByTarget {
		return fmt.Errorf("%w: takings are of %s or %s, not of %q", ErrInvalid, ByPosition, ByTarget, q.Toward)
	}
	return wordsAsOf(q.AsOf, q.Filter.Text)
}

// TakingEvent is a statement that takes a value: an agreement with a position,
// or a stance towards a target.
type TakingEvent struct {
	Statement ID
	Article   ID
	// Outlet is the publisher of the article; zero if unknown.
	Outlet ID
	// Speaker and OnBehalfOf are zero if there is none.
	Speaker, OnBehalfOf ID
	// Position and Issue are set for a position, Target for a target.
	Position, Issue ID
	Target          ID
	// Value is −1, 0 or 1.
	Value int8
	// Said is the day on which it was said, Published that on which the article
	// was published; "" if unknown.
	Said, Published Day
	// Utterance is one key for the same words of the same speaker.
	Utterance string
}

// Reviser is a store that knows whether it has changed, so that what was read
// can be kept.
type Reviser interface {
	// Revision returns a number that differs from the last one if anything was
	// written in between, by whatever process.
	Revision(ctx context.Context) (int64, error)
}

// Surveyor tells about the graph as a whole.
type Surveyor interface {
	Stats(ctx context.Context) (Stats, error)
	// Hash is a SHA-256, in hexadecimal, over all that stands now, without
	// clocks, as [Hasher] computes it: two stores with the same graph have the
	// same hash, whatever the order in which it was written.
	Hash(ctx context.Context) (string, error)
	// Walk hands over every node of a kind that stands now, by id, as an
	// [Actor], a [Place] and so on, and ends with the first error of each.
	Walk(ctx context.Context, kind Kind, each func(node any) error) error
}

// Writer is all that is written to a store.
type Writer interface {
	// Apply validates a batch and writes it whole or not at all; when it
	// returns nil the batch is durable. Applying it again changes nothing.
	// What the last batch of an article says is what stands: its other
	// statements are superseded, and stand again once a batch holds them
	// again. Concurrent calls may share a transaction.
	//
	// What batches say of one node is joined so that their order does not
	// matter: all names, those of a language in the order of the best place
	// that each had in any list, ties by letter; all that it is part of; of
	// the kinds of an actor the first by letter; of the wholes of a place and
	// the parents of an issue the one with the largest id; of an office the
	// first and the last day.
	Apply(ctx context.Context, b Batch) error
}

// Page asks for the items of a list after a cursor.
type Page struct {
	// First is how many items at most, at least 1.
	First int
	// After is the cursor of the last item seen; zero for the beginning.
	After Cursor
	// Count asks for the total as well.
	Count bool
}

// Cursor is a place in a list: the sort key and the id of an item. A list read
// page by page shows each item that stays in it exactly once, whatever is
// written meanwhile; an item whose sort key changes meanwhile, such as an actor
// that gets a better name, is where its key puts it. The key is the store's own
// business: a cursor of one store means nothing to another, and one that no
// list gave is an [ErrInvalid] or the beginning of some page.
type Cursor struct {
	Key string
	ID  ID
}

// Slice is a page of a list. Cursors[i] is the cursor of Items[i].
type Slice[T any] struct {
	Items   []T
	Cursors []Cursor
	// More tells whether items follow.
	More bool
	// Total is the length of the whole list, if the page asked for it.
	Total int
}

// StatementFilter selects statements: all conditions that are set must hold;
// a list holds if one of its values does. The zero filter selects all.
type StatementFilter struct {
	Speakers   []ID
	OnBehalfOf []ID
	Targets    []ID
	// RollUp makes an actor in Speakers, OnBehalfOf or Targets stand also for
	// every actor that is part of it, directly or through others; and makes a
	// speaker also match what was said on its behalf.
	RollUp     bool
	Issues     []ID
	Positions  []ID
	Places     []ID
	Articles   []ID
	Outlets    []ID
	Languages  []string
	Acts       []Act
	QuoteTypes []QuoteType
	// Extractors selects by [Run.Extractor]: statements that rules found, or
	// that people coded.
	Extractors []string
	// Stances selects statements with such a stance, towards one of Targets if
	// those are set.
	Stances []int8
	// Agreements selects statements with such an agreement, with a position
	// that is one of Positions and on one of Issues if those are set.
	Agreements []int8
	// SaidFrom and the other days are inclusive; "" leaves the side open. A
	// statement whose day is unknown is outside every range.
	SaidFrom, SaidTo           Day
	PublishedFrom, PublishedTo Day
	// Text holds words that the content must contain, as [Words] reads them.
	// Here and in other filters a text without words is no condition.
	Text          string
	MinConfidence float64
}

// StatementOrder is the order of a list of statements.
type StatementOrder string

// The orders of statements. Those without a day come last, ties by id.
// [InArticleOrder] is by the article's id and then by where the content
// begins, [Statement.Start].
const (
	NewestFirst    StatementOrder = "NEWEST_FIRST"
	OldestFirst    StatementOrder = "OLDEST_FIRST"
	SurestFirst    StatementOrder = "SUREST_FIRST"
	InArticleOrder StatementOrder = "ARTICLE"
)

// ActorFilter selects actors, listed by the folded name of [NameIn] "en".
type ActorFilter struct {
	Kinds  []ActorKind
	PartOf []ID
	// Text holds words of one name, folded; the last may be a beginning.
	Text string
}

// ArticleFilter selects articles, newest first.
type ArticleFilter struct {
	Outlets                    []ID
	Languages                  []string
	PublishedFrom, PublishedTo Day
	// Text holds words of the title or text, folded.
	Text string
}

// PositionFilter selects positions, listed by the ids of issue, object and
// place.
type PositionFilter struct {
	Issues, Objects, Places []ID
}

// NameFilter selects issues or places by words of their names, folded; the
// last may be a beginning. They are listed by the folded name of [NameIn]
// "en".
type NameFilter struct {
	Text string
}

// Hit is what a search found: exactly one of the three is set.
type Hit struct {
	Actor     *Actor
	Statement *Statement
	Article   *Article
}

// Dimension is what stances are grouped by.
type Dimension string

// The dimensions of a stance query. Exactly one of [ByTarget], [ByPosition]
// and [ByIssue] says what the stance is towards: a target's stance, or the
// agreement with a position, which [ByIssue] pools over objects and places.
const (
	BySpeaker    Dimension = "SPEAKER"
	ByOnBehalfOf Dimension = "ON_BEHALF_OF"
	ByTarget     Dimension = "TARGET"
	ByPosition   Dimension = "POSITION"
	ByIssue      Dimension = "ISSUE"
	ByInterval   Dimension = "INTERVAL"
)

// Interval is a stretch of time that statements are grouped into by the day
// on which they were said. Weeks begin on Monday (ISO 8601).
type Interval string

// The intervals.
const (
	IntervalDay   Interval = "DAY"
	IntervalWeek  Interval = "WEEK"
	IntervalMonth Interval = "MONTH"
	IntervalYear  Interval = "YEAR"
)

// Unit is what is counted: statements, or articles with such a statement.
type Unit string

// The units of counting.
const (
	UnitStatement Unit = "STATEMENT"
	UnitArticle   Unit = "ARTICLE"
)

// StanceQuery asks for counts of stances.
type StanceQuery struct {
	Filter   StatementFilter
	By       []Dimension
	Interval Interval // used with ByInterval
	Unit     Unit
	// AsOf asks for what stood at a moment, as [TakingQuery.AsOf] does.
	AsOf time.Time
	// Limit bounds the groups returned, those with most counts first kept; at
	// least 1.
	Limit int
}

// Stance is a group of statements and their values. IDs of dimensions that
// were not asked for are zero, as are those of statements without a speaker or
// on nobody's behalf. A statement or an article that has several values counts
// once under each.
type Stance struct {
	Speaker    ID
	OnBehalfOf ID
	Target     ID
	Position   ID
	Issue      ID
	// From is the first day of the interval; "" for statements without a day.
	From Day
	// Negative, Neutral and Positive count the values −1, 0 and +1.
	Negative, Neutral, Positive int
	// First and Last are the days of the first and the last statement; "" if
	// none has a day.
	First, Last Day
}

// CompareStances is the order of the groups of stances: by their ids, then by
// the interval, the unknown one last.
func CompareStances(a, b Stance) int {
	return cmp.Or(
		cmp.Compare(a.Speaker, b.Speaker), cmp.Compare(a.OnBehalfOf, b.OnBehalfOf), cmp.Compare(a.Target, b.Target),
		cmp.Compare(a.Position, b.Position), cmp.Compare(a.Issue, b.Issue),
		boolCompare(a.From == "", b.From == ""), cmp.Compare(a.From, b.From),
	)
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// Count returns how many values the group has.
func (s Stance) Count() int { return s.Negative + s.Neutral + s.Positive }

// Mean returns the mean value, −1 to 1, or 0 for an empty group.
func (s Stance) Mean() float64 {
	if s.Count() == 0 {
		return 0
	}
	return float64(s.Positive-s.Negative) / float64(s.Count())
}

// Stats counts what a graph holds.
type Stats struct {
	Actors     int `json:"actors"`
	Statements int `json:"statements"`
	// Superseded counts statements that no longer stand, which Statements
	// leaves out.
	Superseded int `json:"superseded"`
	Positions  int `json:"positions"`
	Issues     int `json:"issues"`
	Places     int `json:"places"`
	Articles   int `json:"articles"`
	Outlets    int `json:"outlets"`
	Runs       int `json:"runs"`
	// Relations counts relations by type, such as MADE or TOWARD.
	Relations map[string]int `json:"relations"`
}
