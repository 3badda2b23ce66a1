package sqlite

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"mawqif/graph"
)

// prepared is a batch with all that can be computed before it is its turn.
type prepared struct {
	*graph.Batch
	article string   // the article as JSON
	text    string   // its title and text, folded
	bodies  []string // the statements as JSON
	words   []string // their contents, folded
	size    int      // roughly, in bytes
}

func prepare(b *graph.Batch) (*prepared, error) {
	p := &prepared{
		Batch: b, bodies: make([]string, len(b.Statements)), words: make([]string, len(b.Statements)),
		text: graph.Fold(b.Article.Title + "\n" + b.Article.Text),
	}
	article, err := json.Marshal(b.Article)
	if err != nil {
		return nil, err
	}
	p.article, p.size = string(article), len(article)+len(p.text)
	for i := range b.Statements {
		s := b.Statements[i]
		s.RecordedAt, s.SupersededAt = time.Time{}, time.Time{}
		body, err := json.Marshal(s)
		if err != nil {
			return nil, err
		}
		p.bodies[i], p.words[i] = string(body), graph.Fold(s.Content)
		p.size += len(p.bodies[i]) + len(p.words[i])
	}
	return p, nil
}

// application writes batches within a transaction.
type application struct {
	*writer
	now   int64
	words []words
	tally tally
	refs  map[graph.ID]int64 // the rows of what the batch refers to; 0 is none
	issue map[graph.ID]int64 // the rows of the issues of its positions
}

// tally is by how much the numbers of statements change.
type tally struct{ standing, superseded, made, forOthers, relayed int }

// count notes that a statement stands, by 1, or ceases to stand, by −1.
func (t *tally) count(by int, speaker, behalf, relay int64) {
	t.standing += by
	for _, c := range []struct {
		into *int
		ref  int64
	}{{&t.made, speaker}, {&t.forOthers, behalf}, {&t.relayed, relay}} {
		if c.ref != 0 {
			*c.into += by
		}
	}
}

// writeTally adds to the numbers of statements.
func (a *application) writeTally() error {
	t := &a.tally
	return a.exec(`UPDATE tally SET standing = standing + ?, superseded = superseded + ?,
		made = made + ?, for_others = for_others + ?, relayed = relayed + ?`,
		t.standing, t.superseded, t.made, t.forOthers, t.relayed)
}

// words are what a row is found by in an index of full text.
type words struct {
	write string
	row   int64
	text  string
}

// The statements that write the indexes of full text.
const (
	addName         = "INSERT INTO name_words (rowid, fold) VALUES (?, ?)"
	addArticle      = "INSERT INTO article_words (rowid, words) VALUES (?, ?)"
	addStatement    = "INSERT INTO statement_words (rowid, words) VALUES (?, ?)"
	removeStatement = "DELETE FROM statement_words WHERE rowid = ?1 AND ?2 = ''"
)

func (a *application) note(write string, row int64, text string) {
	a.words = append(a.words, words{write, row, text})
}

// writeWords writes the indexes of full text last: FTS5 writes what it has
// gathered whenever another statement sets a savepoint.
func (a *application) writeWords() error {
	for _, w := range a.words {
		if err := a.exec(w.write, w.row, w.text); err != nil {
			return fmt.Errorf("full text: %w", err)
		}
	}
	return nil
}

func (a *application) apply(p *prepared) error {
	a.refs, a.issue = map[graph.ID]int64{"": 0}, map[graph.ID]int64{}
	if err := a.nodes(p.Batch); err != nil {
		return fmt.Errorf("nodes: %w", err)
	}
	article, isNew, err := a.article(p)
	if err != nil {
		return fmt.Errorf("article: %w", err)
	}
	for i := range p.Statements {
		if err := a.statement(p, i, article, isNew); err != nil {
			return fmt.Errorf("statement %s: %w", p.Statements[i].ID, err)
		}
	}
	if isNew {
		return nil
	}
	return a.supersede(article, p.Statements)
}

// ranked finds the row of an article or a statement by its rank, with columns
// of it. It refuses an id whose rank another has: of a billion articles there
// is one such pair with a chance of one in twenty.
func (a *application) ranked(query string, id graph.ID, n *int64, more ...any) (found bool, err error) {
	find, err := a.stmt(query)
	if err != nil {
		return false, err
	}
	var other graph.ID
	err = find.QueryRow(rank(id)).Scan(append([]any{n, &other}, more...)...)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err == nil && other != id:
		err = fmt.Errorf("%w: its id begins like that of %s, which the store cannot tell apart", graph.ErrInvalid, other)
	}
	return err == nil, err
}

func (a *application) article(p *prepared) (n int64, isNew bool, err error) {
	r := &p.Article
	found, err := a.ranked("SELECT n, id FROM article WHERE rank = ?", r.ID, &n)
	if found || err != nil {
		return n, false, err
	}
	n, err = a.insert("INSERT INTO article (rank, id, outlet, language, published) VALUES (?, ?, ?, ?, ?)",
		rank(r.ID), r.ID, a.refs[r.Outlet], r.Language, dayNumber(r.Published))
	if err != nil {
		return 0, false, err
	}
	a.note(addArticle, n, p.text)
	return n, true, a.exec("INSERT INTO article_document (n, json) VALUES (?, ?)", n, p.article)
}

// statement writes a statement or makes it stand again. A new article has none
// yet. Of two confidences of one statement the last stands.
func (a *application) statement(p *prepared, i int, article int64, isNew bool) error {
	s := &p.Statements[i]
	var n int64
	if !isNew {
		var stands bool
		var body string
		found, err := a.ranked(`SELECT s.n, s.id, s.superseded IS NULL, d.json FROM statement s
			JOIN statement_document d ON d.n = s.n WHERE s.rank = ?`, s.ID, &n, &stands, &body)
		if err != nil {
			return err
		}
		if found {
			return a.again(p, i, n, article, stands, body)
		}
	}
	n, err := a.insert(`INSERT INTO statement (rank, id, article, story, start, outlet, language, published,
			speaker, behalf, relay, act, quote, day, confidence, utterance, recorded, run)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		rank(s.ID), s.ID, article, rank(s.Article), s.Start(), a.refs[p.Article.Outlet], p.Article.Language, dayNumber(p.Article.Published),
		a.refs[s.Speaker], a.refs[s.OnBehalfOf], a.refs[s.RelayedVia], s.Act, s.QuoteType, dayNumber(s.SaidAt.Day), s.Confidence, s.Utterance, a.now, a.refs[s.Run])
	if err != nil {
		return err
	}
	if err := a.exec("INSERT INTO statement_document (n, json) VALUES (?, ?)", n, p.bodies[i]); err != nil {
		return err
	}
	return a.index(p, i, n, article)
}

// again makes a statement that the store has say what the batch says of it.
func (a *application) again(p *prepared, i int, n, article int64, stands bool, body string) error {
	if stands && body == p.bodies[i] {
		return nil
	}
	if err := a.exec("UPDATE statement SET superseded = NULL, confidence = ? WHERE n = ?", p.Statements[i].Confidence, n); err != nil {
		return err
	}
	if err := a.exec("UPDATE statement_document SET json = ? WHERE n = ?", p.bodies[i], n); err != nil || stands {
		return err
	}
	a.tally.superseded--
	return a.index(p, i, n, article)
}

// index writes what a standing statement is found by.
func (a *application) index(p *prepared, i int, n, article int64) error {
	s := &p.Statements[i]
	a.note(addStatement, n, p.words[i])
	day, speaker, behalf := dayNumber(s.SaidAt.Day), a.refs[s.Speaker], a.refs[s.OnBehalfOf]
	a.tally.count(1, speaker, behalf, a.refs[s.RelayedVia])
	for _, t := range s.Targets {
		err := a.exec("INSERT INTO toward (target, statement, value, speaker, behalf, article, day) VALUES (?, ?, ?, ?, ?, ?, ?)",
			a.refs[t.Actor], n, t.Stance, speaker, behalf, article, day)
		if err != nil {
			return err
		}
	}
	for _, t := range s.Positions {
		err := a.exec("INSERT INTO takes (position, statement, issue, value, speaker, behalf, article, day) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			a.refs[t.Position], n, a.issue[t.Position], t.Agreement, speaker, behalf, article, day)
		if err != nil {
			return err
		}
	}
	for _, place := range s.Places {
		if err := a.exec("INSERT INTO about (place, statement) VALUES (?, ?)", a.refs[place], n); err != nil {
			return err
		}
	}
	return nil
}

// supersede ends the standing of the article's statements that are not among
// those that hold now.
func (a *application) supersede(article int64, hold []graph.Statement) error {
	ranks := make([]int64, len(hold))
	for i := range hold {
		ranks[i] = rank(hold[i].ID)
	}
	type statement struct{ n, speaker, behalf, relay int64 }
	find, err := a.stmt(`SELECT n, speaker, behalf, relay FROM statement WHERE article = ? AND superseded IS NULL
		AND rank NOT IN (SELECT value FROM json_each(?))`)
	if err != nil {
		return err
	}
	rows, err := find.Query(article, list(ranks))
	if err != nil {
		return err
	}
	gone, err := collect(rows, func(r *sql.Rows, _ ...any) (s statement, err error) {
		err = r.Scan(&s.n, &s.speaker, &s.behalf, &s.relay)
		return s, err
	})
	if err != nil {
		return err
	}
	for _, s := range gone {
		n := s.n
		a.tally.count(-1, s.speaker, s.behalf, s.relay)
		a.tally.superseded++
		if err := a.exec("UPDATE statement SET superseded = ? WHERE n = ?", a.now, n); err != nil {
			return err
		}
		for _, table := range []string{"toward", "takes", "about"} {
			if err := a.exec("DELETE FROM "+table+" WHERE statement = ?", n); err != nil {
				return err
			}
		}
		a.note(removeStatement, n, "")
	}
	return nil
}
