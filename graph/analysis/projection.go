package analysis

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"mawqif/graph"
)

// Variable tells what the rows or the columns of a network are, or what
// stances are grouped by.
type Variable string

// The variables. A person is the speaker, whoever it is; an institution the
// speaker if it is a body, else whom it speaks for, else the speaker; a state
// that to which the institution belongs, or else the institution. A target is
// an actor that statements take a stance towards.
const (
	Person      Variable = "person"
	Institution Variable = "institution"
	State       Variable = "state"
	Position    Variable = "position"
	Issue       Variable = "issue"
	Target      Variable = "target"
)

// Variables lists the variables.
var Variables = []Variable{Person, Institution, State, Position, Issue, Target}

// Toward is what must be read of a store for variables: stances towards
// targets if one of them is [Target], else agreements with positions.
func Toward(variables ...Variable) graph.Dimension {
	if slices.Contains(variables, Target) {
		return graph.ByTarget
	}
	return graph.ByPosition
}

// taking is a value that a statement takes. Nodes are indices into those of
// the projection.
type taking struct {
	statement, article, outlet int32
	speaker, behalf            int32
	object, issue              int32 // the position and its issue, or the target
	utterance                  int32
	day                        int32 // of saying, else of publication; since 1970
	value                      int8
	unsaid                     bool // the day is not that of saying
}

// unknownDay comes before all others.
const unknownDay = math.MinInt32

// Projection holds the values that statements take in compact arrays, about
// 130 bytes each: what every analysis is made of. It does not change once it is
// loaded, and is safe for concurrent use.
type Projection struct {
	toward graph.Dimension
	// takings are in the order of time, then by statement and what is taken.
	takings []taking
	// statements are sorted by id.
	statements []graph.ID
	nodes      []graph.ID // the first is none
	body       []bool     // of nodes: speaks for itself
	states     []int32    // of nodes: the state that an actor belongs to, or itself
	names      naming

	mu    sync.Mutex // guards named
	named map[string]map[graph.ID]string
}

// Load reads the values of the statements that match. It asks the store one
// question for the statements, one for each kind of node, and one for each
// step up from institutions to states.
func Load(ctx context.Context, r graph.Reader, q graph.TakingQuery) (*Projection, error) {
	p := &Projection{toward: q.Toward, nodes: []graph.ID{""}}
	l := loading{
		Projection: p,
		at:         map[graph.ID]int32{"": 0}, utterances: map[string]int32{}, days: map[graph.Day]int32{"": unknownDay},
	}
	if l.toward == "" {
		l.toward = graph.ByPosition
	}
	if err := l.read(ctx, r, q); err != nil {
		return nil, err
	}
	var sorting sync.WaitGroup
	sorting.Go(l.sort)
	err := p.names.load(ctx, r, p.nodes)
	sorting.Wait()
	if err != nil {
		return nil, err
	}
	p.levels(l.at)
	return p, nil
}

// loading is a projection that is being loaded.
type loading struct {
	*Projection
	at         map[graph.ID]int32
	utterances map[string]int32
	days       map[graph.Day]int32
	// article and outlet are those of the last event.
	article, outlet int32
}

// read adds the events of a stream, some thousand at a time, while the store
// reads on.
func (l *loading) read(ctx context.Context, r graph.Reader, q graph.TakingQuery) error {
	const some = 4096
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	batches, spare := make(chan []graph.TakingEvent), make(chan []graph.TakingEvent, 2)
	var fault error  // of the stream, told before batches is closed
	var panicked any // handed over to whoever recovers the caller
	go func() {
		defer close(batches)
		defer func() {
			if f := recover(); f != nil {
				panicked = fmt.Sprintf("%v\n%s", f, debug.Stack())
			}
		}()
		batch := make([]graph.TakingEvent, 0, some)
		for e, err := range r.Takings(ctx, q) {
			if fault = err; err != nil {
				return
			}
			if batch = append(batch, e); len(batch) == some {
				batches <- batch
				select {
				case batch = <-spare:
				default:
					batch = make([]graph.TakingEvent, 0, some)
				}
			}
		}
		batches <- batch
	}()
	for batch := range batches {
		for i := range batch {
			l.add(&batch[i])
		}
		select {
		case spare <- batch[:0]:
		default:
		}
	}
	if panicked != nil {
		panic(panicked)
	}
	return fault
}

func (l *loading) add(e *graph.TakingEvent) {
	if n := len(l.statements); n == 0 || l.statements[n-1] != e.Statement {
		l.statements = append(l.statements, e.Statement)
	}
	if e.Article != l.nodes[l.article] || e.Outlet != l.nodes[l.outlet] { // one after another has the same
		l.article, l.outlet = l.node(e.Article), l.node(e.Outlet)
	}
	t := taking{
		statement: int32(len(l.statements) - 1), article: l.article, outlet: l.outlet,
		speaker: l.node(e.Speaker), behalf: l.node(e.OnBehalfOf), value: e.Value, unsaid: e.Said == "",
	}
	if l.toward == graph.ByTarget {
		t.object = l.node(e.Target)
	} else {
		t.object, t.issue = l.node(e.Position), l.node(e.Issue)
	}
	said := e.Said
	if t.unsaid {
		said = e.Published
	}
	day, ok := l.days[said]
	if !ok {
		day = int32(said.Time().Unix() / 86400)
		l.days[said] = day
	}
	t.day = day
	utterance, ok := l.utterances[e.Utterance]
	if !ok || e.Utterance == "" { // nobody knows what an empty key is the same as
		utterance = int32(len(l.takings))
		l.utterances[e.Utterance] = utterance
	}
	t.utterance = utterance
	l.takings = append(l.takings, t)
}

func (l *loading) node(id graph.ID) int32 {
	n, ok := l.at[id]
	if !ok {
		n = int32(len(l.nodes))
		l.at[id] = n
		l.nodes = append(l.nodes, id)
	}
	return n
}

// sort puts everything in an order that does not depend on that of the stream.
func (l *loading) sort() {
	type numbered struct {
		key uint64
		n   int32
	}
	order := make([]numbered, len(l.statements))
	for i, id := range l.statements {
		order[i] = numbered{sortKey(id), int32(i)}
	}
	slices.SortFunc(order, func(a, b numbered) int {
		if a.key != b.key {
			return cmp.Compare(a.key, b.key)
		}
		return cmp.Compare(l.statements[a.n], l.statements[b.n])
	})
	sorted, at := make([]graph.ID, 0, len(order)), make([]int32, len(order))
	for _, o := range order {
		if n := len(sorted); n == 0 || sorted[n-1] != l.statements[o.n] {
			sorted = append(sorted, l.statements[o.n])
		}
		at[o.n] = int32(len(sorted) - 1)
	}
	l.statements = sorted
	for i := range l.takings {
		l.takings[i].statement = at[l.takings[i].statement]
	}
	slices.SortFunc(l.takings, func(a, b taking) int {
		if a.day != b.day {
			return cmp.Compare(a.day, b.day)
		}
		if a.statement != b.statement {
			return cmp.Compare(a.statement, b.statement)
		}
		return cmp.Compare(l.nodes[a.object], l.nodes[b.object])
	})
	l.takings = slices.Clip(l.takings)
}

// sortKey is the first letters of an id after its kind, by which ids of one kind
// are nearly always told apart.
func sortKey(id graph.ID) (key uint64) {
	letters := id[strings.IndexByte(string(id), ':')+1:]
	for i := range 8 {
		key <<= 8
		if i < len(letters) {
			key |= uint64(letters[i])
		}
	}
	return key
}

// levels finds the bodies and the states of actors.
func (p *Projection) levels(at map[graph.ID]int32) {
	for _, id := range p.nodes {
		if id.Kind() == graph.KindActor {
			state := p.names.state(id)
			if _, ok := at[state]; !ok {
				at[state] = int32(len(p.nodes))
				p.nodes = append(p.nodes, state)
			}
		}
	}
	p.body, p.states = make([]bool, len(p.nodes)), make([]int32, len(p.nodes))
	for i, id := range p.nodes {
		if id.Kind() != graph.KindActor {
			continue
		}
		switch p.names.actors[id].Kind {
		case graph.Organization, graph.Group, graph.State:
			p.body[i] = true
		}
		p.states[i] = at[p.names.state(id)]
	}
}

// Len is how many values the projection holds.
func (p *Projection) Len() int { return len(p.takings) }

// Statement returns the statement of an event that a projection gave, by
// [Event.Order].
func (p *Projection) Statement(order int) graph.ID { return p.statements[p.takings[order].statement] }

// Name returns the name of a node of the projection in a language, else in
// another.
func (p *Projection) Name(id graph.ID, lang string) string { return p.names.name(id, lang) }

// of returns the node that a value gives a variable; 0 if it has none.
func (p *Projection) of(t *taking, v Variable) int32 {
	switch v {
	case Person:
		return t.speaker
	case Institution:
		return p.institution(t)
	case State:
		return p.states[p.institution(t)]
	case Issue:
		return t.issue
	}
	return t.object
}

// institution returns the speaker if it is a body, else whom it speaks for,
// else the speaker.
func (p *Projection) institution(t *taking) int32 {
	if p.body[t.speaker] || t.behalf == 0 {
		return t.speaker
	}
	return t.behalf
}

// has checks that the projection knows a variable.
func (p *Projection) has(v Variable) error {
	switch {
	case !slices.Contains(Variables, v):
		return fmt.Errorf("%w: %q is none of %v", ErrSettings, v, Variables)
	case (v == Target) != (p.toward == graph.ByTarget) && (v == Target || v == Position || v == Issue):
		return fmt.Errorf("%w: stances are towards targets, or towards positions and issues, not both", ErrSettings)
	}
	return nil
}

// time is the day of a value, the zero time if it is unknown.
func (t *taking) time() time.Time {
	if t.day == unknownDay {
		return time.Time{}
	}
	return time.Unix(int64(t.day)*86400, 0).UTC()
}

func dayOf(n int32) graph.Day {
	if n == unknownDay {
		return ""
	}
	return graph.Day(time.Unix(int64(n)*86400, 0).UTC().Format(time.DateOnly))
}

// naming knows the nodes that values name.
type naming struct {
	actors    map[graph.ID]graph.Actor
	issues    map[graph.ID]graph.Issue
	positions map[graph.ID]graph.Position
	places    map[graph.ID]graph.Place
}

func (n *naming) load(ctx context.Context, r graph.Reader, nodes []graph.ID) (err error) {
	var actors, issues, positions, places []graph.ID
	for _, id := range nodes {
		switch id.Kind() {
		case graph.KindActor:
			actors = append(actors, id)
		case graph.KindIssue:
			issues = append(issues, id)
		case graph.KindPosition:
			positions = append(positions, id)
		}
	}
	if n.positions, err = r.Positions(ctx, unique(positions)); err != nil {
		return err
	}
	for _, p := range n.positions {
		actors, places = append(actors, p.Object), append(places, p.Place)
	}
	if n.places, err = r.Places(ctx, unique(places)); err != nil {
		return err
	}
	if n.issues, err = r.Issues(ctx, unique(issues)); err != nil {
		return err
	}
	n.actors = map[graph.ID]graph.Actor{}
	for next := unique(actors); len(next) > 0; {
		found, err := r.Actors(ctx, next)
		if err != nil {
			return err
		}
		var wholes []graph.ID
		for id, a := range found {
			n.actors[id] = a
			wholes = append(wholes, a.PartOf...)
		}
		next = slices.DeleteFunc(unique(wholes), func(id graph.ID) bool { _, known := n.actors[id]; return known })
	}
	return nil
}

// unique returns the ids that name something, each once, sorted.
func unique(ids []graph.ID) []graph.ID {
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if len(ids) > 0 && ids[0] == "" {
		ids = ids[1:]
	}
	return ids
}

// state returns the first state found by going up from an actor, or the actor.
func (n *naming) state(id graph.ID) graph.ID {
	seen := map[graph.ID]bool{}
	for next := []graph.ID{id}; len(next) > 0; next = next[1:] {
		a := n.actors[next[0]]
		if a.Kind == graph.State {
			return a.ID
		}
		if !seen[next[0]] {
			seen[next[0]] = true
			next = append(next, a.PartOf...)
		}
	}
	return id
}

func (n *naming) name(id graph.ID, lang string) string {
	switch id.Kind() {
	case graph.KindActor:
		return graph.NameIn(n.actors[id].Names, lang)
	case graph.KindIssue:
		return graph.NameIn(n.issues[id].Labels, lang)
	}
	p := n.positions[id]
	issue := n.issues[p.Issue]
	return issue.Proposition(n.actors[p.Object].Names, n.places[p.Place].Names, lang)
}
