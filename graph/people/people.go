// Package people tells which persons of a graph are one: the James Jeffrey of
// English articles and the جيمس جيفري of Arabic ones.
//
// A graph knows a person by the name that an article gives. Which of them are
// one is derived from all that the graph holds ([Match], a pure function), never
// stored, so that it depends neither on the order of ingestion nor on what was
// known at the time, and a correction changes it. [View] shows a store in which
// they are one.
package people

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"mawqif/graph"
)

// Reason tells why two persons are taken for one.
type Reason string

// The reasons, the strongest first: a line of the corrections; the same full
// name in the same letters; spellings of one name and an institution for which
// both speak; spellings of one name and institutions of one state.
const (
	ByCorrection  Reason = "CORRECTION"
	ByName        Reason = "NAME"
	ByInstitution Reason = "INSTITUTION"
	ByState       Reason = "STATE"
	// BySpelling is no reason, but a doubt: spellings of one name in two
	// scripts, and nothing else.
	BySpelling Reason = "SPELLING"
)

// A name must have so many consonants in its given and family name together for
// a reason: the shorter it is, the more people of a state bear it.
const (
	leastInState     = 4 // both speak for the state itself
	leastAcrossState = 6 // for different institutions of it
	leastInDoubt     = 6 // for nothing that is known
)

// crowd is from how many persons of one skeleton and institution on nobody can
// be told from the others.
const crowd = 40

// Link says why two persons are taken for one. From and To are their ids, that
// with the smaller key first.
type Link struct {
	From   graph.ID `json:"from"`
	To     graph.ID `json:"to"`
	Reason Reason   `json:"reason"`
	// Names are the spellings that were compared, From's first; none of a
	// correction.
	Names []string `json:"names,omitempty"`
	// Skeleton is what they have in common, given and family name.
	Skeleton string `json:"skeleton,omitempty"`
	// Common is the institution or the state for which both speak.
	Common graph.ID `json:"common,omitempty"`
	// Line is the line of the corrections.
	Line int `json:"line,omitempty"`
}

// Merged is a person whom a graph knows under several keys.
type Merged struct {
	// Person is the actor who stands for all: its id and key are those of the
	// first member, its names those of all.
	Person graph.Actor `json:"person"`
	// Members are at least two: the one known in most languages first, then
	// those in Latin letters, then by key.
	Members []graph.Actor `json:"members"`
	// Links are in the order of the members.
	Links []Link `json:"links"`
}

// Doubt is a set of persons of whom some might be one: because they match some
// but not all of one another, and then none of them is merged, or because their
// names match and nothing else does ([BySpelling]).
type Doubt struct {
	Members []graph.Actor `json:"members"`
	Links   []Link        `json:"links"`
}

// Log says which persons of a graph are one and why, by the key of the first
// member.
type Log struct {
	Merged []Merged `json:"merged"`
	Doubts []Doubt  `json:"doubts"`
	// Unknown are the keys of corrections that the graph does not hold.
	Unknown []Unknown `json:"unknown,omitempty"`
}

// Unknown is a key of a line of the corrections.
type Unknown struct {
	Line int    `json:"line"`
	Key  string `json:"key"`
}

// Graph is what a graph knows of its persons.
type Graph struct {
	// Persons and the institutions among Others, with all that those are part
	// of, are in any order, each once.
	Persons []graph.Actor
	Others  []graph.Actor
	Offices map[graph.ID][]graph.Held
}

// Read reads the persons of a store.
func Read(ctx context.Context, r graph.Reader) (Graph, error) {
	var g Graph
	var ids []graph.ID
	err := r.Walk(ctx, graph.KindActor, func(node any) error {
		switch a := node.(graph.Actor); a.Kind {
		case graph.Person:
			g.Persons = append(g.Persons, a)
			ids = append(ids, a.ID)
		default:
			g.Others = append(g.Others, a)
		}
		return nil
	})
	if err != nil {
		return g, err
	}
	g.Offices = make(map[graph.ID][]graph.Held, len(ids))
	for part := range slices.Chunk(ids, 1000) {
		held, err := r.Offices(ctx, part)
		if err != nil {
			return g, err
		}
		for id, offices := range held {
			g.Offices[id] = offices
		}
	}
	return g, nil
}

// person is a person to match.
type person struct {
	*graph.Actor
	names []name
	// direct are the institutions spoken for, around they and all that they are
	// part of; sorted.
	direct, around []graph.ID
}

// matcher finds who is one.
type matcher struct {
	persons []person
	others  map[graph.ID]*graph.Actor
	// named is the institution that stands for all of the same English name.
	named map[string]graph.ID
	links map[[2]int]Link
	hints map[[2]int]Link // by spelling alone
	apart map[[2]int]bool
	// crowds are too many to tell apart.
	crowds [][]int
}

// Match tells which persons are one: those whose names have a skeleton and a
// sound in common, given and family name, and who speak for one institution or
// state, or who bear one full name in one script; all of them or none, where
// the names of some do not match. Corrections go before both. It is a pure
// function: the order of what a graph holds does not matter.
func Match(g Graph, c *Corrections) Log {
	m := matcher{others: map[graph.ID]*graph.Actor{}, named: map[string]graph.ID{}, links: map[[2]int]Link{}, hints: map[[2]int]Link{}, apart: map[[2]int]bool{}}
	m.institutions(g.Others)
	m.people(g)
	var log Log
	log.Unknown = m.correct(c)
	m.candidates()
	m.gather(&log)
	return log
}

func (m *matcher) institutions(others []graph.Actor) {
	for i := range others {
		a := &others[i]
		m.others[a.ID] = a
		if key := institutionName(a); m.named[key] == "" || a.ID < m.named[key] {
			m.named[key] = a.ID
		}
	}
}

// institutionName is the same for an institution that Arabic articles and one
// that English articles give the same English name.
func institutionName(a *graph.Actor) string {
	return string(a.Kind) + " " + graph.Fold(graph.NameIn(a.Names, "en"))
}

func (m *matcher) people(g Graph) {
	for i := range g.Persons {
		p := person{Actor: &g.Persons[i]}
		for _, n := range p.Names {
			if n.Lang == graph.Romanised {
				continue
			}
			if parsed, ok := parseName(n.Value); ok && !slices.ContainsFunc(p.names, func(o name) bool { return o.folded == parsed.folded }) {
				p.names = append(p.names, parsed)
			}
		}
		for _, h := range g.Offices[p.ID] {
			if a := m.others[h.Institution]; a != nil {
				p.direct = append(p.direct, m.named[institutionName(a)])
			}
		}
		p.direct = sorted(p.direct)
		p.around = slices.Clone(p.direct)
		for k := 0; k < len(p.around); k++ {
			a := m.others[p.around[k]]
			for _, whole := range a.PartOf {
				if m.others[whole] != nil && !slices.Contains(p.around, whole) {
					p.around = append(p.around, whole)
				}
			}
		}
		p.around = sorted(p.around)
		m.persons = append(m.persons, p)
	}
	slices.SortFunc(m.persons, func(a, b person) int { return cmp.Or(a.rank(&b), strings.Compare(a.Key, b.Key)) })
}

// rank orders who stands for all: the one known in most languages, then the one
// in Latin letters.
func (p *person) rank(q *person) int {
	languages := func(p *person) int {
		n := map[string]bool{}
		for _, name := range p.Names {
			if name.Lang != graph.Romanised {
				n[name.Lang] = true
			}
		}
		return len(n)
	}
	latin := func(p *person) int {
		if isArabic(p.Key) {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(languages(q), languages(p)), cmp.Compare(latin(p), latin(q)))
}

func sorted(ids []graph.ID) []graph.ID {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// correct applies the corrections, and returns the keys that nobody has.
func (m *matcher) correct(c *Corrections) (unknown []Unknown) {
	if c == nil {
		return nil
	}
	at := make(map[string]int, len(m.persons))
	for i := range m.persons {
		at[m.persons[i].Key] = i
	}
	for _, line := range c.lines {
		var who []int
		for _, key := range line.keys {
			if i, ok := at[key]; ok {
				who = append(who, i)
			} else {
				unknown = append(unknown, Unknown{line.number, key})
			}
		}
		slices.Sort(who)
		for k, i := range who {
			for _, j := range who[k+1:] {
				if line.same {
					m.link(i, j, Link{Reason: ByCorrection, Line: line.number})
				} else {
					m.apart[[2]int{i, j}] = true
				}
			}
		}
	}
	return unknown
}

// link notes why two persons are one, unless there is a stronger reason.
func (m *matcher) link(i, j int, l Link) {
	if _, ok := m.links[[2]int{i, j}]; ok {
		return
	}
	l.From, l.To = m.persons[i].ID, m.persons[j].ID
	m.links[[2]int{i, j}] = l
}

// candidates links those who match, among those who have a full name, or a
// skeleton and an institution, in common.
func (m *matcher) candidates() {
	named, spelled, alike := map[string][]int{}, map[string][]int{}, map[string][]int{}
	add := func(to map[string][]int, key string, i int) {
		if list := to[key]; len(list) == 0 || list[len(list)-1] != i {
			to[key] = append(list, i)
		}
	}
	for i := range m.persons {
		p := &m.persons[i]
		for k := range p.names {
			add(named, p.names[k].folded, i)
			for _, key := range p.names[k].keys() {
				if len(key) > leastInDoubt {
					add(alike, key, i)
				}
				for _, id := range p.around {
					add(spelled, key+" "+string(id), i)
				}
			}
		}
	}
	for _, buckets := range []map[string][]int{named, spelled} {
		for _, who := range buckets {
			if len(who) >= crowd {
				m.crowds = append(m.crowds, who)
				continue
			}
			for k, i := range who {
				for _, j := range who[k+1:] {
					if _, done := m.links[[2]int{i, j}]; done || m.apart[[2]int{i, j}] {
						continue
					}
					if l, ok := m.compare(&m.persons[i], &m.persons[j]); ok {
						m.link(i, j, l)
					}
				}
			}
		}
	}
	for _, who := range alike {
		if len(who) >= crowd {
			continue
		}
		for k, i := range who {
			for _, j := range who[k+1:] {
				if l, ok := alikeInTwoScripts(&m.persons[i], &m.persons[j]); ok && !m.apart[[2]int{i, j}] {
					m.hints[[2]int{i, j}] = l
				}
			}
		}
	}
}

// alikeInTwoScripts tells whether names of two persons, in different scripts,
// match; not if it is known that they speak for different institutions.
func alikeInTwoScripts(p, q *person) (Link, bool) {
	if len(p.around) > 0 && len(q.around) > 0 {
		return Link{}, false
	}
	for i := range p.names {
		for j := range q.names {
			n, o := &p.names[i], &q.names[j]
			if n.arabic == o.arabic || !agree(n, o) {
				continue
			}
			if skeleton, ok := n.same(o); ok && len(skeleton) > leastInDoubt {
				return Link{From: p.ID, To: q.ID, Reason: BySpelling, Names: []string{n.folded, o.folded}, Skeleton: skeleton}, true
			}
		}
	}
	return Link{}, false
}

// compare tells whether two persons are one, and why. What it finds does not
// depend on where they met.
func (m *matcher) compare(p, q *person) (best Link, ok bool) {
	for _, l := range matches(p, q) {
		if l.Reason == BySpelling {
			if l.Reason, l.Common = m.common(p, q, len(l.Skeleton)-1); l.Reason == "" {
				continue
			}
		}
		if !ok || reasons[l.Reason] < reasons[best.Reason] {
			best, ok = l, true
		}
	}
	return best, ok
}

// matches returns the names of two persons that match, by name or by spelling;
// none if some contradict one another in the words between, unless some match in
// those too.
func matches(p, q *person) []Link {
	var out []Link
	contradict, whole := false, false
	for i := range p.names {
		for j := range q.names {
			n, o := &p.names[i], &q.names[j]
			l := Link{Reason: BySpelling, Names: []string{n.folded, o.folded}}
			skeleton, same := n.same(o)
			switch {
			case n.folded == o.folded:
				l.Reason, whole = ByName, true
			case !same:
				continue
			case !agree(n, o):
				contradict = true
				continue
			default:
				whole = whole || len(n.middle) == len(o.middle) && len(n.middle) > 0
			}
			l.Skeleton = skeleton
			out = append(out, l)
		}
	}
	if contradict && !whole {
		return nil
	}
	return out
}

var reasons = map[Reason]int{ByCorrection: 0, ByName: 1, ByInstitution: 2, ByState: 3}

// common finds the institution or the state for which two persons of a name with
// so many consonants both speak; the reason is "" if there is none.
func (m *matcher) common(p, q *person, consonants int) (Reason, graph.ID) {
	state := graph.ID("")
	for _, id := range p.direct {
		if _, shared := slices.BinarySearch(q.direct, id); !shared {
			continue
		}
		if m.others[id].Kind != graph.State {
			return ByInstitution, id
		}
		if state == "" && consonants >= leastInState {
			state = id
		}
	}
	if state != "" {
		return ByState, state
	}
	if consonants >= leastAcrossState {
		for _, id := range p.around {
			if _, shared := slices.BinarySearch(q.around, id); shared {
				return ByState, id
			}
		}
	}
	return "", ""
}

// gather makes groups of those who are linked, directly or through others: one
// person if each is linked to each, or by corrections; else a doubt.
func (m *matcher) gather(log *Log) {
	all, corrected := newForest(len(m.persons)), newForest(len(m.persons))
	for pair, l := range m.links {
		all.join(pair[0], pair[1])
		if l.Reason == ByCorrection {
			corrected.join(pair[0], pair[1])
		}
	}
	for _, who := range m.crowds {
		for _, i := range who[1:] {
			all.join(who[0], i)
		}
	}
	links := map[int][][2]int{} // by the root of their group
	for _, pair := range slices.SortedFunc(maps.Keys(m.links), comparePairs) {
		links[all.root(pair[0])] = append(links[all.root(pair[0])], pair)
	}
	unsure := map[int]bool{} // roots of groups that hold different people
	for pair := range m.apart {
		if all.root(pair[0]) == all.root(pair[1]) {
			unsure[all.root(pair[0])] = true
		}
	}
	for _, who := range all.groups() {
		root := all.root(who[0])
		within := links[root]
		if !unsure[root] && m.whole(who, corrected) {
			log.Merged = append(log.Merged, m.merged(who, within))
			continue
		}
		unsure[root] = true
		for _, sure := range corrected.groupsOf(who) {
			log.Merged = append(log.Merged, m.merged(sure, slices.DeleteFunc(slices.Clone(within), func(p [2]int) bool {
				return corrected.root(p[0]) != corrected.root(sure[0]) || corrected.root(p[1]) != corrected.root(sure[0])
			})))
		}
	}
	log.Doubts = m.doubts(all, links, unsure)
	slices.SortFunc(log.Merged, func(a, b Merged) int { return strings.Compare(a.Person.Key, b.Person.Key) })
	slices.SortFunc(log.Doubts, func(a, b Doubt) int { return strings.Compare(a.Members[0].Key, b.Members[0].Key) })
}

// doubts joins the groups whose names are alike with those that hold different
// people, and returns the groups of which something is in doubt.
func (m *matcher) doubts(all *forest, links map[int][][2]int, unsure map[int]bool) []Doubt {
	wider := &forest{slices.Clone(all.parent)}
	doubted := map[int]bool{}
	hints := slices.SortedFunc(maps.Keys(m.hints), comparePairs)
	hints = slices.DeleteFunc(hints, func(p [2]int) bool { return all.root(p[0]) == all.root(p[1]) })
	for _, pair := range hints {
		wider.join(pair[0], pair[1])
	}
	for root := range unsure {
		doubted[wider.root(root)] = true
	}
	hinted := map[int][]Link{}
	for _, pair := range hints {
		root := wider.root(pair[0])
		doubted[root] = true
		hinted[root] = append(hinted[root], m.hints[pair])
	}
	var out []Doubt
	for _, who := range wider.groups() {
		root := wider.root(who[0])
		if !doubted[root] {
			continue
		}
		d := Doubt{Members: m.members(who)}
		for _, i := range who {
			if all.root(i) == i {
				d.Links = append(d.Links, m.linksOf(links[i])...)
			}
		}
		d.Links = append(d.Links, hinted[root]...)
		out = append(out, d)
	}
	return out
}

func comparePairs(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) }

// whole tells whether everybody of a group is linked to everybody else, or has a
// name that matches at least; those whom corrections make one count as one.
func (m *matcher) whole(who []int, corrected *forest) bool {
	if len(who) >= crowd {
		return len(corrected.groupsOf(who)) == 1 && len(corrected.groupsOf(who)[0]) == len(who)
	}
	alike := map[[2]int]bool{}
	for k, i := range who {
		for _, j := range who[k+1:] {
			a, b := corrected.root(i), corrected.root(j)
			if a == b {
				continue
			}
			pair := [2]int{min(a, b), max(a, b)}
			_, linked := m.links[[2]int{i, j}]
			alike[pair] = alike[pair] || linked || len(matches(&m.persons[i], &m.persons[j])) > 0
		}
	}
	for _, ok := range alike {
		if !ok {
			return false
		}
	}
	return true
}

func (m *matcher) members(who []int) []graph.Actor {
	out := make([]graph.Actor, len(who))
	for k, i := range who {
		out[k] = *m.persons[i].Actor
	}
	return out
}

func (m *matcher) linksOf(pairs [][2]int) []Link {
	out := make([]Link, len(pairs))
	for k, pair := range pairs {
		out[k] = m.links[pair]
	}
	return out
}

func (m *matcher) merged(who []int, links [][2]int) Merged {
	out := Merged{Members: m.members(who), Links: m.linksOf(links)}
	p := out.Members[0]
	p.Names, p.PartOf = nil, nil
	for i := range out.Members {
		for _, n := range out.Members[i].Names {
			if !slices.Contains(p.Names, n) {
				p.Names = append(p.Names, n)
			}
		}
		p.PartOf = append(p.PartOf, out.Members[i].PartOf...)
	}
	slices.SortStableFunc(p.Names, func(a, b graph.Name) int { return strings.Compare(a.Lang, b.Lang) })
	if p.PartOf != nil {
		p.PartOf = sorted(p.PartOf)
	}
	out.Person = p
	return out
}

// forest is a set of disjoint sets of numbers from 0.
type forest struct{ parent []int }

func newForest(n int) *forest {
	f := &forest{make([]int, n)}
	for i := range f.parent {
		f.parent[i] = i
	}
	return f
}

// root returns the number that stands for the set of i: the smallest.
func (f *forest) root(i int) int {
	for f.parent[i] != i {
		f.parent[i] = f.parent[f.parent[i]]
		i = f.parent[i]
	}
	return i
}

func (f *forest) join(i, j int) {
	i, j = f.root(i), f.root(j)
	f.parent[max(i, j)] = min(i, j)
}

// groups returns the sets of more than one, each sorted, by their first.
func (f *forest) groups() [][]int {
	all := make([]int, len(f.parent))
	for i := range all {
		all[i] = i
	}
	return f.groupsOf(all)
}

// groupsOf is groups of some numbers, sorted.
func (f *forest) groupsOf(some []int) [][]int {
	at := map[int]int{}
	var sets [][]int
	for _, i := range some {
		r := f.root(i)
		k, ok := at[r]
		if !ok {
			k = len(sets)
			at[r], sets = k, append(sets, nil)
		}
		sets[k] = append(sets[k], i)
	}
	return slices.DeleteFunc(sets, func(s []int) bool { return len(s) < 2 })
}
