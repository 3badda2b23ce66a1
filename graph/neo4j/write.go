package neo4j

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"mawqif/graph"
)

// Apply implements [graph.Writer].
func (s *Store) Apply(ctx context.Context, b graph.Batch) error {
	leave, err := s.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	if err := b.Validate(); err != nil {
		return err
	}
	return s.explain(ctx, s.writes.Do(ctx, &b))
}

// commit writes batches in one managed transaction, which the driver may run
// again: it changes nothing outside of the database.
func (s *Store) commit(batches []*graph.Batch) error {
	// The transaction is for many callers; none of them may end it.
	ctx := context.Background()
	session := s.session(ctx, neo4j.AccessModeWrite)
	defer session.Close(ctx)
	_, err := session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
		w := writing{ctx: ctx, tx: tx, now: s.now().UTC()}
		return nil, w.write(batches)
	}, s.bounds)
	return err
}

// sizeOf estimates the bytes of a batch by its texts.
func sizeOf(b *graph.Batch) int {
	size := len(b.Article.Text)
	for i := range b.Statements {
		size += 2 * len(b.Statements[i].Content) // with its evidence
	}
	return size
}

// mayBeOfOne tells whether a group may have failed because of one batch: not if
// the server is out of reach or refuses whoever asks.
func mayBeOfOne(err error) bool {
	var server *neo4j.Neo4jError
	if err := lastOf(err); errors.As(err, &server) {
		return !strings.HasPrefix(server.Code, "Neo.ClientError.Security.") && !strings.HasPrefix(server.Code, "Neo.ClientError.Database.")
	}
	return false
}

// row is what a query unwinds.
type row = map[string]any

// rows gathers rows, each key once, in the order of the keys.
type rows map[string]row

func (r rows) add(r1 row, key ...string) {
	r[strings.Join(key, "\x00")] = r1
}

func (r rows) sorted() []row {
	list := make([]row, 0, len(r))
	for _, k := range slices.Sorted(maps.Keys(r)) {
		list = append(list, r[k])
	}
	return list
}

// run runs a query over rows; without rows there is nothing to do.
func (w *writing) run(name string, list []row) ([]*neo4j.Record, error) {
	if len(list) == 0 {
		return nil, nil
	}
	// Errors go to the driver as they are: it knows those worth another try.
	result, err := w.tx.Run(w.ctx, query(name), map[string]any{"rows": list, "now": w.now})
	if err != nil {
		return nil, err
	}
	return result.Collect(w.ctx)
}

// named is a node with names, as it is and as batches would have it.
type named struct {
	names, propositions *ranking
	reference           graph.ID // of a place or an issue: what it is part of
	kind                string   // of an actor
	changed             bool
}

// hold makes or locks the named nodes of a kind and returns them as they are.
func (w *writing) hold(kind string, list []row) (map[graph.ID]*named, error) {
	records, err := w.run("hold-"+kind, list)
	if err != nil {
		return nil, err
	}
	found := make(map[graph.ID]*named, len(records))
	for _, rec := range records {
		r := record{Record: rec}
		n := &named{names: readRanking(&r, "names", "langs", "ranks")}
		switch kind {
		case "actors":
			n.kind = column[string](&r, "kind")
		case "places":
			n.reference = graph.ID(column[string](&r, "partOf"))
		case "issues":
			n.reference = graph.ID(column[string](&r, "parent"))
			n.propositions = readRanking(&r, "propositions", "propositionLangs", "propositionRanks")
		}
		id := r.id("id")
		if r.err != nil {
			return nil, r.err
		}
		found[id] = n
	}
	return found, nil
}

// write writes nodes before relationships, in the order of their ids.
func (w *writing) write(batches []*graph.Batch) error {
	if _, err := w.run("take-turn", []row{{}}); err != nil {
		return err
	}
	for _, step := range []func([]*graph.Batch) error{
		w.actors, w.places, w.outlets, w.issues, w.positions, w.held, w.articles, w.statements,
	} {
		if err := step(batches); err != nil {
			return err
		}
	}
	return nil
}

func (w *writing) actors(batches []*graph.Batch) error {
	held, wholes := rows{}, rows{}
	for _, b := range batches {
		for i := range b.Actors {
			a := &b.Actors[i]
			held.add(row{"id": string(a.ID), "key": a.Key}, string(a.ID))
			for _, whole := range a.PartOf {
				wholes.add(pair(a.ID, whole), string(a.ID), string(whole))
			}
		}
	}
	nodes, err := w.hold("actors", held.sorted())
	if err != nil {
		return err
	}
	for _, b := range batches {
		for i := range b.Actors {
			a := &b.Actors[i]
			n := nodes[a.ID]
			n.changed = n.names.join(a.Names) || n.changed
			if n.kind == "" || string(a.Kind) < n.kind {
				n.kind, n.changed = string(a.Kind), true
			}
		}
	}
	if err := w.set("actors", nodes, func(n *named, set row) { set["kind"] = n.kind }); err != nil {
		return err
	}
	_, err = w.run("actor-wholes", wholes.sorted())
	return err
}

func pair(id, other graph.ID) row { return row{"id": string(id), "other": string(other)} }

// set writes the nodes that changed.
func (w *writing) set(kind string, nodes map[graph.ID]*named, more func(*named, row)) error {
	list := rows{}
	for id, n := range nodes {
		if n.changed {
			set := n.names.node()
			if more != nil {
				more(n, set)
			}
			list.add(row{"id": string(id), "set": set}, string(id))
		}
	}
	_, err := w.run("set-"+kind, list.sorted())
	return err
}

// refer keeps the larger of two references, whatever their order, and notes
// that it changed.
func (n *named) refer(id, to graph.ID, changed rows) {
	if to > n.reference {
		n.reference, n.changed = to, true
		changed.add(pair(id, to), string(id))
	}
}

func (w *writing) places(batches []*graph.Batch) error {
	held, wholes := rows{}, rows{}
	for _, b := range batches {
		for _, p := range b.Places {
			held.add(row{"id": string(p.ID), "key": p.Key}, string(p.ID))
		}
	}
	nodes, err := w.hold("places", held.sorted())
	if err != nil {
		return err
	}
	for _, b := range batches {
		for _, p := range b.Places {
			n := nodes[p.ID]
			n.changed = n.names.join(p.Names) || n.changed
			n.refer(p.ID, p.PartOf, wholes)
		}
	}
	if err := w.set("places", nodes, func(n *named, set row) { set["partOf"] = string(n.reference) }); err != nil {
		return err
	}
	_, err = w.run("place-wholes", wholes.sorted())
	return err
}

func (w *writing) outlets(batches []*graph.Batch) error {
	held := rows{}
	for _, b := range batches {
		for _, o := range b.Outlets {
			held.add(row{"id": string(o.ID), "key": o.Key}, string(o.ID))
		}
	}
	nodes, err := w.hold("outlets", held.sorted())
	if err != nil {
		return err
	}
	for _, b := range batches {
		for _, o := range b.Outlets {
			n := nodes[o.ID]
			n.changed = n.names.join(o.Names) || n.changed
		}
	}
	return w.set("outlets", nodes, nil)
}

func (w *writing) issues(batches []*graph.Batch) error {
	held, parents := rows{}, rows{}
	for _, b := range batches {
		for _, i := range b.Issues {
			held.add(row{"id": string(i.ID), "key": i.Key, "codebook": i.Codebook}, string(i.ID))
		}
	}
	nodes, err := w.hold("issues", held.sorted())
	if err != nil {
		return err
	}
	for _, b := range batches {
		for _, i := range b.Issues {
			n := nodes[i.ID]
			n.changed = n.names.join(i.Labels) || n.changed
			n.changed = n.propositions.join(i.Propositions) || n.changed
			n.refer(i.ID, i.Parent, parents)
		}
	}
	err = w.set("issues", nodes, func(n *named, set row) {
		set["parent"] = string(n.reference)
		maps.Copy(set, n.propositions.properties("propositions", "propositionLangs", "propositionRanks"))
	})
	if err != nil {
		return err
	}
	_, err = w.run("issue-parents", parents.sorted())
	return err
}

func (w *writing) positions(batches []*graph.Batch) error {
	runs, positions, objects, places := rows{}, rows{}, rows{}, rows{}
	for _, b := range batches {
		runs.add(runRow(&b.Run), string(b.Run.ID))
		names := namesOf(b)
		for _, p := range b.Positions {
			positions.add(row{"id": string(p.ID), "issue": string(p.Issue), "sort": positionSort(p), "name": names.position(p)}, string(p.ID))
			if p.Object != "" {
				objects.add(pair(p.ID, p.Object), string(p.ID))
			}
			if p.Place != "" {
				places.add(pair(p.ID, p.Place), string(p.ID))
			}
		}
	}
	return w.all(
		step{"merge-runs", runs}, step{"merge-positions", positions},
		step{"position-objects", objects}, step{"position-places", places},
	)
}

func runRow(r *graph.Run) row {
	return row{"id": string(r.ID), "name": r.Extractor + " " + r.Version, "extractor": r.Extractor, "version": r.Version, "codebook": r.Codebook}
}

// positionSort is what a position is listed by.
func positionSort(p graph.Position) string {
	return string(p.Issue) + " " + string(p.Object) + " " + string(p.Place)
}

// captions are what positions are named after.
type captions struct {
	issues map[graph.ID]graph.Issue
	names  map[graph.ID][]graph.Name // of actors and places
}

func namesOf(b *graph.Batch) captions {
	c := captions{map[graph.ID]graph.Issue{}, map[graph.ID][]graph.Name{}}
	for _, i := range b.Issues {
		c.issues[i.ID] = i
	}
	for _, a := range b.Actors {
		c.names[a.ID] = a.Names
	}
	for _, p := range b.Places {
		c.names[p.ID] = p.Names
	}
	return c
}

// position returns the proposition of a position, or the name of its issue.
func (c captions) position(p graph.Position) string {
	i := c.issues[p.Issue]
	return cmp.Or(i.Proposition(c.names[p.Object], c.names[p.Place], "en"), graph.NameIn(i.Labels, "en"), i.Key)
}

// step is a query with its rows.
type step struct {
	name string
	rows rows
}

func (w *writing) all(steps ...step) error {
	for _, s := range steps {
		if _, err := w.run(s.name, s.rows.sorted()); err != nil {
			return err
		}
	}
	return nil
}

func (w *writing) held(batches []*graph.Batch) error {
	list := rows{}
	for _, b := range batches {
		for i, h := range b.Held {
			list.add(row{
				"person": string(h.Person), "institution": string(h.Institution), "title": h.Title,
				"first": dateOf(h.First), "last": dateOf(h.Last),
			}, string(h.Person), string(h.Institution), h.Title, string(b.Article.ID), fmt.Sprint(i))
		}
	}
	return w.all(step{"merge-held", list})
}

func (w *writing) articles(batches []*graph.Batch) error {
	articles, outlets := rows{}, rows{}
	for _, b := range batches {
		a := &b.Article
		articles.add(row{"id": string(a.ID), "set": articleRow(a)}, string(a.ID))
		if a.Outlet != "" {
			outlets.add(pair(a.ID, a.Outlet), string(a.ID))
		}
	}
	return w.all(step{"merge-articles", articles}, step{"article-outlets", outlets})
}

func articleRow(a *graph.Article) row {
	newest := int64(unknownDay)
	if a.Published != "" {
		newest = -dayNumber(a.Published)
	}
	return row{
		"sourceId": a.SourceID, "url": a.URL, "title": a.Title, "language": a.Language, "published": dateOf(a.Published),
		"text": a.Text, "textHash": a.TextHash, "newest": newest, "words": graph.Fold(a.Title + "\n" + a.Text),
	}
}

func (w *writing) statements(batches []*graph.Batch) error {
	last := map[graph.ID]*graph.Batch{} // the last batch of an article is what stands
	for _, b := range batches {
		last[b.Article.ID] = b
	}
	hold, stand := rows{}, rows{}
	all := map[graph.ID]*graph.Statement{}
	for _, b := range batches {
		var ids []string
		for i := range b.Statements {
			s := &b.Statements[i]
			all[s.ID] = s
			ids = append(ids, string(s.ID))
			if last[b.Article.ID] == b {
				stand.add(row{"id": string(s.ID), "confidence": s.Confidence}, string(s.ID))
			}
		}
		if last[b.Article.ID] == b {
			hold.add(row{"article": string(b.Article.ID), "hold": ids}, string(b.Article.ID))
		}
	}
	if err := w.all(step{"supersede", hold}); err != nil {
		return err
	}
	known, err := w.run("restate", stand.sorted())
	if err != nil {
		return err
	}
	for _, rec := range known {
		r := record{Record: rec}
		delete(all, r.id("id"))
	}
	return w.create(slices.SortedFunc(maps.Values(all), func(a, b *graph.Statement) int { return cmp.Compare(a.ID, b.ID) }))
}

// create writes statements that are new.
func (w *writing) create(all []*graph.Statement) error {
	nodes, made, behalf, relayed, toward, takes, about := rows{}, rows{}, rows{}, rows{}, rows{}, rows{}, rows{}
	for _, s := range all {
		id := string(s.ID)
		nodes.add(statementRow(s), id)
		if s.Speaker != "" {
			r := pair(s.ID, s.Speaker)
			r["role"] = s.Role
			made.add(r, id)
		}
		if s.OnBehalfOf != "" {
			behalf.add(pair(s.ID, s.OnBehalfOf), id)
		}
		if s.RelayedVia != "" {
			relayed.add(pair(s.ID, s.RelayedVia), id)
		}
		for i, t := range s.Targets {
			r := pair(s.ID, t.Actor)
			r["rank"], r["stance"], r["mention"] = i, int64(t.Stance), t.Mention
			toward.add(r, id, string(t.Actor))
		}
		for i, t := range s.Positions {
			r := pair(s.ID, t.Position)
			r["rank"], r["agreement"] = i, int64(t.Agreement)
			takes.add(r, id, string(t.Position))
		}
		for i, p := range s.Places {
			r := pair(s.ID, p)
			r["rank"] = i
			about.add(r, id, string(p))
		}
	}
	return w.all(
		step{"create-statements", nodes}, step{"create-made", made}, step{"create-behalf", behalf},
		step{"create-relayed", relayed}, step{"create-toward", toward}, step{"create-takes", takes}, step{"create-about", about},
	)
}

func statementRow(s *graph.Statement) row {
	newest, oldest := int64(unknownDay), int64(unknownDay)
	if s.SaidAt.Day != "" {
		oldest = dayNumber(s.SaidAt.Day)
		newest = -oldest
	}
	start := 0
	for _, e := range s.Evidence {
		if e.Role == graph.RoleContent {
			start = e.Start
			break
		}
	}
	var roles, exacts []string
	var starts, ends []int64
	for _, e := range s.Evidence {
		roles, exacts = append(roles, string(e.Role)), append(exacts, e.Exact)
		starts, ends = append(starts, int64(e.Start)), append(ends, int64(e.End))
	}
	return row{
		"article": string(s.Article), "run": string(s.Run),
		"roles": roles, "starts": starts, "ends": ends, "exacts": exacts,
		"set": row{
			"id": string(s.ID), "article": string(s.Article), "role": s.Role, "quoteType": string(s.QuoteType), "act": string(s.Act),
			"cue": s.Cue, "content": s.Content, "saidOn": dateOf(s.SaidAt.Day), "precision": string(s.SaidAt.Precision),
			"origin": string(s.SaidAt.Origin), "confidence": s.Confidence, "utterance": s.Utterance,
			"words": graph.Fold(s.Content), "newest": newest, "oldest": oldest, "doubt": -s.Confidence,
			"place": fmt.Sprintf("%s %010d", s.Article, start),
		},
	}
}

// writing writes batches within a transaction.
type writing struct {
	ctx context.Context
	tx  neo4j.ManagedTransaction
	now any
}
