package sqlite

import (
	"database/sql"
	"errors"
	"fmt"
	"hash/maphash"

	"mawqif/graph"
)

// memoryLimit is how many nodes a writer remembers.
const memoryLimit = 1 << 18

// memory is what a writer knows to be in the store: the rows of nodes, and
// what was last said of them, so that an article that says the same of a state
// as the one before costs nothing.
type memory struct {
	nodes   map[graph.ID]remembered
	version int64
}

type remembered struct {
	row  int64
	said uint64
}

func (m *memory) forget() { m.nodes = map[graph.ID]remembered{} }

// since forgets everything if another process has written, which the data
// version tells.
func (m *memory) since(version int64) {
	if m.version != version || len(m.nodes) > memoryLimit {
		m.forget()
	}
	m.version = version
}

var seed = maphash.MakeSeed()

// said sums up what a batch says of a node.
func said(lists ...any) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	text := func(s string) {
		maphash.WriteComparable(&h, len(s))
		h.WriteString(s)
	}
	for _, l := range lists {
		switch l := l.(type) {
		case []graph.Name:
			maphash.WriteComparable(&h, len(l))
			for _, n := range l {
				text(n.Lang)
				text(n.Value)
			}
		case []graph.ID:
			maphash.WriteComparable(&h, len(l))
			for _, id := range l {
				text(string(id))
			}
		case graph.ID:
			text(string(l))
		case graph.ActorKind:
			text(string(l))
		}
	}
	return h.Sum64()
}

// news is a node of which a batch says something that is not known to be in
// the store.
type news struct {
	id   graph.ID
	said uint64
}

// learn notes the row of a node and tells whether what is said of it is known
// already. If not, sort is what it is listed by until it has names, and create
// writes its row in the table of its kind.
func (a *application) learn(id graph.ID, said uint64, sort string, create func(row int64) error) (known bool, err error) {
	if m, ok := a.known.nodes[id]; ok {
		a.refs[id] = m.row
		return m.said == said, nil
	}
	row, err := a.number("SELECT n FROM node WHERE id = ?", id)
	if errors.Is(err, sql.ErrNoRows) {
		if row, err = a.insert("INSERT INTO node (id, type, sort) VALUES (?, ?, ?)", id, id.Kind(), sort); err == nil {
			err = create(row)
		}
	}
	a.refs[id] = row
	return false, err
}

// nodes writes what the batch refers to: first each node with its names, then
// the relations among them.
func (a *application) nodes(b *graph.Batch) error {
	var fresh []news
	// joins are the relations of nodes, written when every node has its row.
	var joins []func() error
	add := func(id graph.ID, said uint64, sort string, create func(row int64) error, names []graph.Name, join ...func() error) error {
		known, err := a.learn(id, said, sort, create)
		if known || err != nil {
			return err
		}
		fresh = append(fresh, news{id, said})
		joins = append(joins, join...)
		return a.names(a.refs[id], 0, names)
	}
	for i := range b.Outlets {
		n := &b.Outlets[i]
		err := add(n.ID, said(n.Names), "", func(row int64) error {
			return a.exec("INSERT INTO outlet (n, key) VALUES (?, ?)", row, n.Key)
		}, n.Names)
		if err != nil {
			return err
		}
	}
	for i := range b.Actors {
		n := &b.Actors[i]
		err := add(n.ID, said(n.Kind, n.Names, n.PartOf), "", func(row int64) error {
			return a.exec("INSERT INTO actor (n, kind, key) VALUES (?, ?, ?)", row, n.Kind, n.Key)
		}, n.Names, func() error {
			if err := a.exec("UPDATE actor SET kind = ?2 WHERE n = ?1 AND kind > ?2", a.refs[n.ID], n.Kind); err != nil {
				return err
			}
			for _, whole := range n.PartOf {
				if err := a.exec("INSERT INTO part_of (part, whole) VALUES (?, ?) ON CONFLICT DO NOTHING", a.refs[n.ID], a.refs[whole]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	for i := range b.Places {
		n := &b.Places[i]
		err := add(n.ID, said(n.Names, n.PartOf), "", func(row int64) error {
			return a.exec("INSERT INTO place (n, key, part_of) VALUES (?, ?, 0)", row, n.Key)
		}, n.Names, func() error { return a.refer("place", "part_of", n.ID, n.PartOf) })
		if err != nil {
			return err
		}
	}
	for i := range b.Issues {
		n := &b.Issues[i]
		err := add(n.ID, said(n.Labels, n.Propositions, n.Parent), "", func(row int64) error {
			return a.exec("INSERT INTO issue (n, codebook, key, parent) VALUES (?, ?, ?, 0)", row, n.Codebook, n.Key)
		}, n.Labels, func() error { return a.names(a.refs[n.ID], 1, n.Propositions) },
			func() error { return a.refer("issue", "parent", n.ID, n.Parent) })
		if err != nil {
			return err
		}
	}
	for i := range b.Positions {
		n := &b.Positions[i]
		err := add(n.ID, 0, string(n.Issue)+" "+string(n.Object)+" "+string(n.Place), func(row int64) error {
			return a.exec("INSERT INTO position (n, issue, object, place) VALUES (?, ?, ?, ?)",
				row, a.refs[n.Issue], a.refs[n.Object], a.refs[n.Place])
		}, nil)
		if err != nil {
			return err
		}
		a.issue[n.ID] = a.refs[n.Issue]
	}
	err := add(b.Run.ID, 0, "", func(row int64) error {
		return a.exec("INSERT INTO run (n, extractor, version, codebook) VALUES (?, ?, ?, ?)", row, b.Run.Extractor, b.Run.Version, b.Run.Codebook)
	}, nil)
	if err != nil {
		return err
	}
	for _, join := range joins {
		if err := join(); err != nil {
			return err
		}
	}
	for _, n := range fresh {
		a.known.nodes[n.id] = remembered{a.refs[n.id], n.said}
	}
	return a.held(b.Held)
}

// refer sets a single reference of a node. If batches differ the one with the
// largest id stands, whatever their order.
func (a *application) refer(table, column string, from, to graph.ID) error {
	if to == "" {
		return nil
	}
	return a.exec(fmt.Sprintf(`UPDATE %[1]s SET %[2]s = ?2 WHERE n = ?1 AND %[2]s <> ?2
		AND coalesce((SELECT id FROM node WHERE n = %[2]s), '') < ?3`, table, column), a.refs[from], a.refs[to], to)
}

// names adds to the names of a node, and keeps the name it is listed by.
func (a *application) names(node int64, role int, names []graph.Name) error {
	if len(names) == 0 {
		return nil
	}
	rank := map[string]int{}
	for _, name := range names {
		place := rank[name.Lang]
		rank[name.Lang]++
		var row, best int64
		find, err := a.stmt("SELECT n, rank FROM name WHERE node = ? AND role = ? AND lang = ? AND value = ?")
		if err != nil {
			return err
		}
		switch err := find.QueryRow(node, role, name.Lang, name.Value).Scan(&row, &best); {
		case errors.Is(err, sql.ErrNoRows):
			fold := graph.Fold(name.Value)
			row, err = a.insert("INSERT INTO name (node, role, lang, value, rank, fold) VALUES (?, ?, ?, ?, ?, ?)",
				node, role, name.Lang, name.Value, place, fold)
			if err != nil {
				return err
			}
			if role == 0 {
				a.note(addName, row, fold)
			}
		case err != nil:
			return err
		case int64(place) < best:
			if err := a.exec("UPDATE name SET rank = ? WHERE n = ?", place, row); err != nil {
				return err
			}
		}
	}
	if role != 0 {
		return nil
	}
	return a.exec(`UPDATE node SET sort = listed.fold FROM (
			SELECT fold FROM name WHERE node = ?1 AND role = 0 ORDER BY lang <> 'en', lang, rank, value LIMIT 1
		) AS listed WHERE node.n = ?1 AND sort <> listed.fold`, node)
}

func (a *application) held(offices []graph.Held) error {
	for _, h := range offices {
		err := a.exec(`INSERT INTO held (person, institution, title, first, last) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET
				first = coalesce(min(first, excluded.first), first, excluded.first),
				last = coalesce(max(last, excluded.last), last, excluded.last)`,
			a.refs[h.Person], a.refs[h.Institution], h.Title, dayNumber(h.First), dayNumber(h.Last))
		if err != nil {
			return err
		}
	}
	return nil
}
