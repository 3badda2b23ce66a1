package people

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"mawqif/graph"
)

// View returns a store that answers as s does, but knows as one the persons that
// [Match] takes for one: whoever asks for one of their ids gets the person who
// stands for all, with all names, offices, statements and stances. Statements
// themselves, Walk, Stats and Hash, and all that is written, are those of s.
//
// Who is one is worked out when it is first needed, and anew when s has
// changed, or may have; in a large store, where that takes long, at most a
// twentieth of the time, so that an answer may be as much behind. Articles in
// which one person has two of the names count for each in counts by
// [graph.UnitArticle].
func View(s graph.Store, c *Corrections, now func() time.Time) graph.Store {
	v := &view{Store: s, corrections: c, now: now, busy: make(chan struct{}, 1)}
	if r, ok := s.(graph.Reviser); ok {
		v.reviser = r
		return revisedView{v}
	}
	return v
}

// Identifier is a reader that knows persons by several names.
type Identifier interface {
	// Identity returns the person to whom an id belongs, if several names are
	// taken for that person.
	Identity(ctx context.Context, person graph.ID) (merged Merged, ok bool, err error)
	// Plain returns the reader that knows each name for itself.
	Plain() graph.Reader
}

// Settle replaces ids of persons known by several names by those of the persons
// who stand for all, as an answer of r has them; none if r is no [Identifier].
func Settle(ctx context.Context, r graph.Reader, ids []graph.ID) error {
	known, ok := r.(Identifier)
	if !ok {
		return nil
	}
	for i, id := range ids {
		if id.Kind() != graph.KindActor {
			continue
		}
		if m, ok, err := known.Identity(ctx, id); err != nil {
			return err
		} else if ok {
			ids[i] = m.Person.ID
		}
	}
	return nil
}

// quick is how long it may take to work out who is one for that to be done
// again at every change.
const quick = 50 * time.Millisecond

// share is the part of the time that is spent on it otherwise.
const share = 20

type view struct {
	graph.Store
	corrections *Corrections
	now         func() time.Time
	reviser     graph.Reviser // nil if the store does not tell its revision

	busy     chan struct{} // held by the one who reads or writes what follows
	known    *identities
	revision int64
	at       time.Time
	took     time.Duration
	turns    int64 // how often it was worked out
}

// revisedView is a view of a store that tells its revision.
type revisedView struct{ *view }

// identities finds who is merged by the id of each member.
type identities struct {
	merged []Merged
	by     map[graph.ID]*Merged
}

func newIdentities(log Log) *identities {
	known := &identities{merged: log.Merged, by: map[graph.ID]*Merged{}}
	for i := range known.merged {
		m := &known.merged[i]
		for k := range m.Members {
			known.by[m.Members[k].ID] = m
		}
	}
	return known
}

// current returns who is one.
func (v *view) current(ctx context.Context) (*identities, error) {
	known, _, err := v.settle(ctx)
	return known, err
}

// settle works out who is one if need be. It also returns a number that differs
// if the store or the answer has changed.
func (v *view) settle(ctx context.Context) (known *identities, revision int64, err error) {
	select {
	case v.busy <- struct{}{}:
		defer func() { <-v.busy }()
	case <-ctx.Done():
		return nil, 0, ctx.Err()
	}
	if v.reviser != nil {
		if revision, err = v.reviser.Revision(ctx); err != nil {
			return nil, 0, err
		}
	}
	if !v.fresh(revision) {
		start := v.now()
		g, err := Read(ctx, v.Store)
		if err != nil {
			return nil, 0, err
		}
		v.known = newIdentities(Match(g, v.corrections))
		v.revision, v.at = revision, v.now()
		v.took = v.at.Sub(start)
		v.turns++
	}
	return v.known, revision ^ v.turns<<32, nil
}

// fresh tells whether who is one need not be worked out at a revision.
func (v *view) fresh(revision int64) bool {
	switch age := v.now().Sub(v.at); {
	case v.known == nil:
		return false
	case v.reviser == nil:
		return age < share*max(v.took, quick)
	default:
		return revision == v.revision || v.took > quick && age < share*v.took
	}
}

// Revision implements [graph.Reviser]: it differs too if who is one was worked
// out anew.
func (v revisedView) Revision(ctx context.Context) (int64, error) {
	_, revision, err := v.settle(ctx)
	return revision, err
}

// Identity implements [Identifier].
func (v *view) Identity(ctx context.Context, person graph.ID) (Merged, bool, error) {
	known, err := v.current(ctx)
	if err != nil {
		return Merged{}, false, err
	}
	if m := known.by[person]; m != nil {
		return *m, true, nil
	}
	return Merged{}, false, nil
}

// Plain implements [Identifier].
func (v *view) Plain() graph.Reader { return v.Store }

// expand adds to the ids of persons those of their other names.
func (k *identities) expand(ids []graph.ID) []graph.ID {
	var more []graph.ID
	for _, id := range ids {
		if m := k.by[id]; m != nil {
			for i := range m.Members {
				if other := m.Members[i].ID; !slices.Contains(ids, other) && !slices.Contains(more, other) {
					more = append(more, other)
				}
			}
		}
	}
	return append(slices.Clip(ids), more...)
}

func (k *identities) filter(f graph.StatementFilter) graph.StatementFilter {
	f.Speakers, f.OnBehalfOf, f.Targets = k.expand(f.Speakers), k.expand(f.OnBehalfOf), k.expand(f.Targets)
	return f
}

// whole returns the id of the person who stands for all names of one.
func (k *identities) whole(id graph.ID) graph.ID {
	if m := k.by[id]; m != nil {
		return m.Person.ID
	}
	return id
}

// Actors implements [graph.NodeReader]: who is asked for by another name is the
// person who stands for all.
func (v *view) Actors(ctx context.Context, ids []graph.ID) (map[graph.ID]graph.Actor, error) {
	found, err := v.Store.Actors(ctx, ids)
	if err != nil {
		return nil, err
	}
	var known *identities
	for id, a := range found {
		if a.Kind != graph.Person {
			continue
		}
		if known == nil { // not needed where nobody is asked for: a first answer is quicker
			if known, err = v.current(ctx); err != nil {
				return nil, err
			}
		}
		if m := known.by[id]; m != nil {
			found[id] = m.Person
		}
	}
	return found, nil
}

// Offices implements [graph.NodeReader].
func (v *view) Offices(ctx context.Context, persons []graph.ID) (map[graph.ID][]graph.Held, error) {
	known, err := v.current(ctx)
	if err != nil {
		return nil, err
	}
	found, err := v.Store.Offices(ctx, known.expand(persons))
	if err != nil {
		return nil, err
	}
	out := make(map[graph.ID][]graph.Held, len(persons))
	for _, id := range persons {
		m := known.by[id]
		if m == nil {
			if held := found[id]; held != nil {
				out[id] = held
			}
			continue
		}
		var all []graph.Held
		for i := range m.Members {
			for _, h := range found[m.Members[i].ID] {
				h.Person = m.Person.ID
				all = joinOffice(all, h)
			}
		}
		if slices.SortFunc(all, compareOffices); all != nil {
			out[id] = all
		}
	}
	return out, nil
}

// compareOffices is the order of offices.
func compareOffices(a, b graph.Held) int {
	last := func(d graph.Day) string { return cmp.Or(string(d), "~") }
	return cmp.Or(cmp.Compare(last(a.First), last(b.First)), cmp.Compare(a.Institution, b.Institution), cmp.Compare(a.Title, b.Title))
}

// joinOffice adds an office, or widens the time of the same one.
func joinOffice(all []graph.Held, h graph.Held) []graph.Held {
	for i := range all {
		if o := &all[i]; o.Institution == h.Institution && o.Title == h.Title {
			if o.First == "" || h.First != "" && h.First < o.First {
				o.First = h.First
			}
			o.Last = max(o.Last, h.Last)
			return all
		}
	}
	return append(all, h)
}

// FindStatements implements [graph.Finder].
func (v *view) FindStatements(ctx context.Context, f graph.StatementFilter, o graph.StatementOrder, p graph.Page) (graph.Slice[graph.Statement], error) {
	if len(f.Speakers)+len(f.OnBehalfOf)+len(f.Targets) > 0 {
		known, err := v.current(ctx)
		if err != nil {
			return graph.Slice[graph.Statement]{}, err
		}
		f = known.filter(f)
	}
	return v.Store.FindStatements(ctx, f, o, p)
}

// FindPositions implements [graph.Finder].
func (v *view) FindPositions(ctx context.Context, f graph.PositionFilter, p graph.Page) (graph.Slice[graph.Position], error) {
	if len(f.Objects) > 0 {
		known, err := v.current(ctx)
		if err != nil {
			return graph.Slice[graph.Position]{}, err
		}
		f.Objects = known.expand(f.Objects)
	}
	return v.Store.FindPositions(ctx, f, p)
}

// Takings implements [graph.StanceReader].
func (v *view) Takings(ctx context.Context, q graph.TakingQuery) iter.Seq2[graph.TakingEvent, error] {
	return func(yield func(graph.TakingEvent, error) bool) {
		known, err := v.current(ctx)
		if err != nil {
			yield(graph.TakingEvent{}, err)
			return
		}
		q.Filter = known.filter(q.Filter)
		for e, err := range v.Store.Takings(ctx, q) {
			e.Speaker, e.OnBehalfOf, e.Target = known.whole(e.Speaker), known.whole(e.OnBehalfOf), known.whole(e.Target)
			if !yield(e, err) {
				return
			}
		}
	}
}

// Stances implements [graph.StanceReader].
func (v *view) Stances(ctx context.Context, q graph.StanceQuery) ([]graph.Stance, error) {
	known, err := v.current(ctx)
	if err != nil {
		return nil, err
	}
	q.Filter = known.filter(q.Filter)
	found, err := v.Store.Stances(ctx, q)
	if err != nil || len(known.by) == 0 {
		return found, err
	}
	if len(found) == q.Limit { // a group that was cut off may belong to one that was not
		if found, err = v.beyond(ctx, known, q); err != nil {
			return nil, err
		}
	}
	return known.join(found, q.Limit), nil
}

// stanceGroup is what tells a group of stances from others.
type stanceGroup struct {
	speaker, behalf, target, position, issue graph.ID
	from                                     graph.Day
}

func groupOf(s *graph.Stance) stanceGroup {
	return stanceGroup{s.Speaker, s.OnBehalfOf, s.Target, s.Position, s.Issue, s.From}
}

// concerns tells whether a group is of a person known by several names.
func (k *identities) concerns(s *graph.Stance) bool {
	return k.by[s.Speaker] != nil || k.by[s.OnBehalfOf] != nil || k.by[s.Target] != nil
}

// beyond returns all groups of persons known by several names, and as many of
// the others as the limit may let through.
func (v *view) beyond(ctx context.Context, known *identities, q graph.StanceQuery) ([]graph.Stance, error) {
	members := slices.Sorted(maps.Keys(known.by))
	own := map[stanceGroup]graph.Stance{}
	for _, d := range q.By {
		narrow := q
		narrow.Limit = math.MaxInt32
		var whom *[]graph.ID
		var who func(*graph.Stance) graph.ID
		switch d {
		case graph.BySpeaker:
			whom, who = &narrow.Filter.Speakers, func(s *graph.Stance) graph.ID { return s.Speaker }
		case graph.ByOnBehalfOf:
			whom, who = &narrow.Filter.OnBehalfOf, func(s *graph.Stance) graph.ID { return s.OnBehalfOf }
		case graph.ByTarget:
			whom, who = &narrow.Filter.Targets, func(s *graph.Stance) graph.ID { return s.Target }
		default:
			continue
		}
		if len(*whom) == 0 { // else the filter has narrowed it already
			*whom = members
		}
		found, err := v.Store.Stances(ctx, narrow)
		if err != nil {
			return nil, err
		}
		for i := range found {
			if known.by[who(&found[i])] != nil {
				own[groupOf(&found[i])] = found[i]
			}
		}
	}
	q.Limit += len(own)
	found, err := v.Store.Stances(ctx, q)
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(s graph.Stance) bool { return known.concerns(&s) })
	return slices.AppendSeq(found, maps.Values(own)), nil
}

// join joins the groups of one person, and keeps those with most counts.
func (k *identities) join(found []graph.Stance, limit int) []graph.Stance {
	slices.SortFunc(found, graph.CompareStances)
	at := make(map[stanceGroup]int, len(found))
	joined := found[:0:0]
	for _, s := range found {
		s.Speaker, s.OnBehalfOf, s.Target = k.whole(s.Speaker), k.whole(s.OnBehalfOf), k.whole(s.Target)
		i, ok := at[groupOf(&s)]
		if !ok {
			at[groupOf(&s)] = len(joined)
			joined = append(joined, s)
			continue
		}
		o := &joined[i]
		o.Negative, o.Neutral, o.Positive = o.Negative+s.Negative, o.Neutral+s.Neutral, o.Positive+s.Positive
		if o.First == "" || s.First != "" && s.First < o.First {
			o.First = s.First
		}
		o.Last = max(o.Last, s.Last)
	}
	slices.SortFunc(joined, graph.CompareStances)
	slices.SortStableFunc(joined, func(a, b graph.Stance) int { return b.Count() - a.Count() })
	joined = joined[:min(limit, len(joined))]
	slices.SortFunc(joined, graph.CompareStances)
	return joined
}

// FindActors implements [graph.Finder]: each person stands in the list once, by
// the first name that matches.
func (v *view) FindActors(ctx context.Context, f graph.ActorFilter, p graph.Page) (graph.Slice[graph.Actor], error) {
	known, err := v.current(ctx)
	if err != nil {
		return graph.Slice[graph.Actor]{}, err
	}
	words := strings.Fields(graph.Fold(f.Text))
	list := listing[graph.Actor]{
		find:  func(p graph.Page) (graph.Slice[graph.Actor], error) { return v.Store.FindActors(ctx, f, p) },
		shown: func(a *graph.Actor) bool { return known.shown(a, words) },
	}
	found, err := list.page(p)
	if err != nil {
		return found, err
	}
	if p.Count && len(f.PartOf) == 0 && (len(f.Kinds) == 0 || slices.Contains(f.Kinds, graph.Person)) {
		found.Total -= known.hidden(words)
	}
	for i := range found.Items {
		if m := known.by[found.Items[i].ID]; m != nil {
			found.Items[i] = m.Person
		}
	}
	return found, nil
}

// Search implements [graph.Finder].
func (v *view) Search(ctx context.Context, text string, p graph.Page) (graph.Slice[graph.Hit], error) {
	known, err := v.current(ctx)
	if err != nil {
		return graph.Slice[graph.Hit]{}, err
	}
	words := strings.Fields(graph.Fold(text))
	list := listing[graph.Hit]{
		find:  func(p graph.Page) (graph.Slice[graph.Hit], error) { return v.Store.Search(ctx, text, p) },
		shown: func(h *graph.Hit) bool { return h.Actor == nil || known.shown(h.Actor, words) },
	}
	found, err := list.page(p)
	if err != nil {
		return found, err
	}
	if p.Count && len(words) > 0 {
		found.Total -= known.hidden(words)
	}
	for i := range found.Items {
		if h := &found.Items[i]; h.Actor != nil && known.by[h.Actor.ID] != nil {
			person := known.by[h.Actor.ID].Person
			h.Actor = &person
		}
	}
	return found, nil
}

// listing is a list of which some items are not shown.
type listing[T any] struct {
	find  func(graph.Page) (graph.Slice[T], error)
	shown func(*T) bool
}

// page reads a page of the items that are shown. It asks for one more, to know
// whether more follow.
func (l *listing[T]) page(p graph.Page) (graph.Slice[T], error) {
	if p.First < 1 || p.First > math.MaxInt32 {
		return l.find(p) // which refuses it
	}
	var out graph.Slice[T]
	for next := p; ; next.Count = false {
		next.First = p.First + 1 - len(out.Items)
		found, err := l.find(next)
		if err != nil {
			return out, err
		}
		if next.Count {
			out.Total = found.Total
		}
		for i := range found.Items {
			switch {
			case !l.shown(&found.Items[i]):
			case len(out.Items) == p.First:
				out.More = true
				return out, nil
			default:
				out.Items, out.Cursors = append(out.Items, found.Items[i]), append(out.Cursors, found.Cursors[i])
			}
		}
		if !found.More || len(found.Items) == 0 {
			return out, nil
		}
		next.After = found.Cursors[len(found.Cursors)-1]
	}
}

// shown tells whether a list of what has words in a name shows a person by this
// name: the first of those that have them.
func (k *identities) shown(a *graph.Actor, words []string) bool {
	m := k.by[a.ID]
	if m == nil {
		return true
	}
	for i := range m.Members {
		if hasWords(m.Members[i].Names, words) {
			return m.Members[i].ID == a.ID
		}
	}
	return true
}

// hidden counts the names that such a list does not show.
func (k *identities) hidden(words []string) (n int) {
	for i := range k.merged {
		matching := 0
		for _, member := range k.merged[i].Members {
			if hasWords(member.Names, words) {
				matching++
			}
		}
		n += max(0, matching-1)
	}
	return n
}

// hasWords tells whether one of names has all words, the last perhaps as a
// beginning.
func hasWords(names []graph.Name, words []string) bool {
	if len(words) == 0 {
		return true
	}
	last := len(words) - 1
	return slices.ContainsFunc(names, func(n graph.Name) bool {
		have := strings.Fields(graph.Fold(n.Value))
		for _, w := range words[:last] {
			if !slices.Contains(have, w) {
				return false
			}
		}
		return slices.ContainsFunc(have, func(h string) bool { return strings.HasPrefix(h, words[last]) })
	})
}
