package export

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"time"

	"mawqif/graph"
)

// lookup finds the nodes of a batch by id.
type lookup struct {
	lang      string
	article   *graph.Article
	run       *graph.Run
	actors    map[graph.ID]*graph.Actor
	places    map[graph.ID]*graph.Place
	outlets   map[graph.ID]*graph.Outlet
	issues    map[graph.ID]*graph.Issue
	positions map[graph.ID]*graph.Position
}

func newLookup(b *graph.Batch, lang string) *lookup {
	l := &lookup{
		lang: lang, article: &b.Article, run: &b.Run, actors: map[graph.ID]*graph.Actor{}, places: map[graph.ID]*graph.Place{},
		outlets: map[graph.ID]*graph.Outlet{}, issues: map[graph.ID]*graph.Issue{}, positions: map[graph.ID]*graph.Position{},
	}
	for i := range b.Actors {
		l.actors[b.Actors[i].ID] = &b.Actors[i]
	}
	for i := range b.Places {
		l.places[b.Places[i].ID] = &b.Places[i]
	}
	for i := range b.Outlets {
		l.outlets[b.Outlets[i].ID] = &b.Outlets[i]
	}
	for i := range b.Issues {
		l.issues[b.Issues[i].ID] = &b.Issues[i]
	}
	for i := range b.Positions {
		l.positions[b.Positions[i].ID] = &b.Positions[i]
	}
	return l
}

// actor returns an actor; one without a name for no id.
func (l *lookup) actor(id graph.ID) graph.Actor {
	if a := l.actors[id]; a != nil {
		return *a
	}
	return graph.Actor{}
}

func (l *lookup) actorName(id graph.ID) string { return graph.NameIn(l.actor(id).Names, l.lang) }

func (l *lookup) outlet(id graph.ID) graph.Outlet {
	if o := l.outlets[id]; o != nil {
		return *o
	}
	return graph.Outlet{}
}

func (l *lookup) place(id graph.ID) graph.Place {
	if p := l.places[id]; p != nil {
		return *p
	}
	return graph.Place{}
}

// position is a position with what it is on.
type position struct {
	graph.Position
	issue       graph.Issue
	object      graph.Actor
	place       graph.Place
	proposition string
}

func (l *lookup) position(id graph.ID) position {
	p := position{Position: *l.positions[id]}
	p.issue, p.object, p.place = *l.issues[p.Issue], l.actor(p.Object), l.place(p.Place)
	p.proposition = p.issue.Proposition(p.object.Names, p.place.Names, l.lang)
	return p
}

// The shapes of the columns that hold several values, as JSON.
type (
	takingCell struct {
		ID          graph.ID `json:"id"`
		Proposition string   `json:"proposition"`
		Codebook    string   `json:"codebook"`
		Issue       string   `json:"issue"`
		Object      string   `json:"object,omitempty"`
		Place       string   `json:"place,omitempty"`
		Agreement   int8     `json:"agreement"`
	}
	targetCell struct {
		ID      graph.ID `json:"id"`
		Name    string   `json:"name"`
		Stance  int8     `json:"stance"`
		Mention string   `json:"mention"`
	}
	placeCell struct {
		ID   graph.ID `json:"id"`
		Name string   `json:"name"`
	}
)

// column is a column of the table of statements.
type column struct {
	name string
	of   func(l *lookup, s *graph.Statement) string
}

// columns are those of both tables.
var columns = []column{
	{"statement", func(_ *lookup, s *graph.Statement) string { return string(s.ID) }},
	{"said", func(_ *lookup, s *graph.Statement) string { return string(s.SaidAt.Day) }},
	{"said_precision", func(_ *lookup, s *graph.Statement) string { return string(s.SaidAt.Precision) }},
	{"said_origin", func(_ *lookup, s *graph.Statement) string { return string(s.SaidAt.Origin) }},
	{"speaker", func(l *lookup, s *graph.Statement) string { return l.actorName(s.Speaker) }},
	{"speaker_id", func(_ *lookup, s *graph.Statement) string { return string(s.Speaker) }},
	{"speaker_kind", func(l *lookup, s *graph.Statement) string { return string(l.actor(s.Speaker).Kind) }},
	{"speaker_key", func(l *lookup, s *graph.Statement) string { return l.actor(s.Speaker).Key }},
	{"role", func(_ *lookup, s *graph.Statement) string { return s.Role }},
	{"on_behalf_of", func(l *lookup, s *graph.Statement) string { return l.actorName(s.OnBehalfOf) }},
	{"on_behalf_of_id", func(_ *lookup, s *graph.Statement) string { return string(s.OnBehalfOf) }},
	{"on_behalf_of_kind", func(l *lookup, s *graph.Statement) string { return string(l.actor(s.OnBehalfOf).Kind) }},
	{"on_behalf_of_key", func(l *lookup, s *graph.Statement) string { return l.actor(s.OnBehalfOf).Key }},
	{"act", func(_ *lookup, s *graph.Statement) string { return string(s.Act) }},
	{"quote_type", func(_ *lookup, s *graph.Statement) string { return string(s.QuoteType) }},
	{"cue", func(_ *lookup, s *graph.Statement) string { return s.Cue }},
	{"content", func(_ *lookup, s *graph.Statement) string { return s.Content }},
	{"confidence", func(_ *lookup, s *graph.Statement) string { return strconv.FormatFloat(s.Confidence, 'g', -1, 64) }},
	{"targets", func(l *lookup, s *graph.Statement) string {
		cells := make([]targetCell, len(s.Targets))
		for i, t := range s.Targets {
			cells[i] = targetCell{t.Actor, l.actorName(t.Actor), t.Stance, t.Mention}
		}
		return compact(cells)
	}},
	{"places", func(l *lookup, s *graph.Statement) string {
		cells := make([]placeCell, len(s.Places))
		for i, p := range s.Places {
			cells[i] = placeCell{p, graph.NameIn(l.place(p).Names, l.lang)}
		}
		return compact(cells)
	}},
	{"relayed_via", func(l *lookup, s *graph.Statement) string { return graph.NameIn(l.outlet(s.RelayedVia).Names, l.lang) }},
	{"relayed_via_id", func(_ *lookup, s *graph.Statement) string { return string(s.RelayedVia) }},
	{"start", func(_ *lookup, s *graph.Statement) string { return strconv.Itoa(s.Start()) }},
	{"evidence", func(_ *lookup, s *graph.Statement) string { return compact(s.Evidence) }},
	{"utterance", func(_ *lookup, s *graph.Statement) string { return s.Utterance }},
	{"article", func(_ *lookup, s *graph.Statement) string { return string(s.Article) }},
	{"article_source_id", func(l *lookup, _ *graph.Statement) string { return l.article.SourceID }},
	{"url", func(l *lookup, _ *graph.Statement) string { return l.article.URL }},
	{"title", func(l *lookup, _ *graph.Statement) string { return l.article.Title }},
	{"language", func(l *lookup, _ *graph.Statement) string { return l.article.Language }},
	{"published", func(l *lookup, _ *graph.Statement) string { return string(l.article.Published) }},
	{"outlet", func(l *lookup, _ *graph.Statement) string {
		return graph.NameIn(l.outlet(l.article.Outlet).Names, l.lang)
	}},
	{"outlet_id", func(l *lookup, _ *graph.Statement) string { return string(l.article.Outlet) }},
	{"text_hash", func(l *lookup, _ *graph.Statement) string { return l.article.TextHash }},
	{"run", func(_ *lookup, s *graph.Statement) string { return string(s.Run) }},
	{"extractor", func(l *lookup, _ *graph.Statement) string { return l.run.Extractor }},
	{"rules", func(l *lookup, _ *graph.Statement) string { return l.run.Version }},
	{"codebook_version", func(l *lookup, _ *graph.Statement) string { return l.run.Codebook }},
	{"recorded_at", func(_ *lookup, s *graph.Statement) string {
		if s.RecordedAt.IsZero() {
			return ""
		}
		return s.RecordedAt.UTC().Format(time.RFC3339Nano)
	}},
}

// takingColumns are those of a position taken, the last of its table.
var takingColumns = []string{
	"position", "position_id", "codebook", "issue", "issue_id", "issue_key",
	"object", "object_id", "object_key", "place", "place_id", "place_key", "agreement",
}

// compact is JSON without spaces.
func compact(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(text)
}

// writeTable writes a row for each statement, with the positions that it takes
// as JSON in the last column, for each position taken, or for each article.
func writeTable(ctx context.Context, s *Selection, w io.Writer) error {
	t := table{Selection: s, out: csv.NewWriter(w)}
	head, rows := t.statementHead(), t.statements
	switch s.Table {
	case Takings:
		rows = t.takings
	case Articles:
		head, rows = articleColumns, t.articles
		if s.Texts {
			head = append(slices.Clone(head), "text")
		}
	}
	if err := t.out.Write(head); err != nil {
		return err
	}
	for b, err := range s.Batches(ctx) {
		if err != nil {
			return err
		}
		if err := rows(&b, newLookup(&b, s.Lang)); err != nil {
			return err
		}
	}
	t.out.Flush()
	return t.out.Error()
}

// table is a table that is being written.
type table struct {
	*Selection
	out *csv.Writer
	row []string
}

func (t *table) statementHead() []string {
	var head []string
	for _, c := range columns {
		head = append(head, c.name)
	}
	if t.Table == Takings {
		return append(head, takingColumns...)
	}
	return append(head, "positions")
}

func (t *table) write(cells ...string) error {
	t.counts.Rows++
	return t.out.Write(append(t.row, cells...))
}

// begin fills in the columns that the rows of a statement share.
func (t *table) begin(l *lookup, s *graph.Statement) {
	t.row = t.row[:0]
	for _, c := range columns {
		t.row = append(t.row, c.of(l, s))
	}
}

func (t *table) statements(b *graph.Batch, l *lookup) error {
	for i := range b.Statements {
		s := &b.Statements[i]
		t.begin(l, s)
		cells := make([]takingCell, len(s.Positions))
		for k, taking := range s.Positions {
			p := l.position(taking.Position)
			cells[k] = takingCell{
				p.ID, p.proposition, p.issue.Codebook, p.issue.Key,
				graph.NameIn(p.object.Names, l.lang), graph.NameIn(p.place.Names, l.lang), taking.Agreement,
			}
		}
		if err := t.write(compact(cells)); err != nil {
			return err
		}
	}
	return nil
}

func (t *table) takings(b *graph.Batch, l *lookup) error {
	for i := range b.Statements {
		s := &b.Statements[i]
		t.begin(l, s)
		for _, taking := range s.Positions {
			p := l.position(taking.Position)
			err := t.write(p.proposition, string(p.ID), p.issue.Codebook, graph.NameIn(p.issue.Labels, l.lang), string(p.Issue), p.issue.Key,
				graph.NameIn(p.object.Names, l.lang), string(p.Object), p.object.Key,
				graph.NameIn(p.place.Names, l.lang), string(p.Place), p.place.Key, strconv.Itoa(int(taking.Agreement)))
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// articleColumns are those of the table of articles.
var articleColumns = []string{
	"article", "source_id", "url", "title", "language", "published", "outlet", "outlet_id", "outlet_key", "text_hash", "statements",
}

func (t *table) articles(b *graph.Batch, l *lookup) error {
	a := &b.Article
	outlet := l.outlet(a.Outlet)
	t.row = t.row[:0]
	cells := []string{
		string(a.ID), a.SourceID, a.URL, a.Title, a.Language, string(a.Published),
		graph.NameIn(outlet.Names, l.lang), string(a.Outlet), outlet.Key, a.TextHash, strconv.Itoa(len(b.Statements)),
	}
	if t.Texts {
		cells = append(cells, a.Text)
	}
	return t.write(cells...)
}
