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
	bodies []string // the statements as JSON
	words  []string // their contents, folded
	text   string   // the article's title and text, folded
	size   int      // roughly, in bytes
}

func prepare(b *graph.Batch) (*prepared, error) {
	p := &prepared{
		Batch: b, bodies: make([]string, len(b.Statements)), words: make([]string, len(b.Statements)),
		text: graph.Fold(b.Article.Title + "\n" + b.Article.Text),
	}
	p.size = len(b.Article.Text) + len(p.text)
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
	refs  map[graph.ID]int64 // the rows of what the batch refers to; 0 is none
	issue map[graph.ID]int64 // the rows of the issues of its positions
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

func (a *application) article(p *prepared) (n int64, isNew bool, err error) {
	r := &p.Article
	n, err = a.number("SELECT n FROM article WHERE id = ?", r.ID)
	if !errors.Is(err, sql.ErrNoRows) {
		return n, false, err
	}
	n, err = a.insert(`INSERT INTO article (id, source_id, url, title, outlet, language, published, text, text_hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.ID, r.SourceID, r.URL, r.Title, a.refs[r.Outlet], r.Language, dayNumber(r.Published), r.Text, r.TextHash)
	a.note(addArticle, n, p.text)
	return n, true, err
}

// statement writes a statement or makes it stand again. A new article has none
// yet. Of two confidences of one statement the last stands.
func (a *application) statement(p *prepared, i int, article int64, isNew bool) error {
	s := &p.Statements[i]
	if !isNew {
		find, err := a.stmt("SELECT n, superseded IS NULL, body FROM statement WHERE id = ?")
		if err != nil {
			return err
		}
		var n int64
		var stands bool
		var body string
		switch err := find.QueryRow(s.ID).Scan(&n, &stands, &body); {
		case errors.Is(err, sql.ErrNoRows):
		case err != nil:
			return err
		case stands && body == p.bodies[i]:
			return nil
		default:
			err := a.exec("UPDATE statement SET superseded = NULL, confidence = ?2, body = ?3 WHERE n = ?1", n, s.Confidence, p.bodies[i])
			if err != nil || stands {
				return err
			}
			return a.index(p, i, n, article)
		}
	}
	n, err := a.insert(`INSERT INTO statement (id, article, start, speaker, behalf, relay, act, quote, day, confidence, recorded, body)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		s.ID, article, s.Start(), a.refs[s.Speaker], a.refs[s.OnBehalfOf], a.refs[s.RelayedVia],
		s.Act, s.QuoteType, dayNumber(s.SaidAt.Day), s.Confidence, a.now, p.bodies[i])
	if err != nil {
		return err
	}
	return a.index(p, i, n, article)
}

// index writes what a standing statement is found by.
func (a *application) index(p *prepared, i int, n, article int64) error {
	s := &p.Statements[i]
	a.note(addStatement, n, p.words[i])
	day, speaker, behalf := dayNumber(s.SaidAt.Day), a.refs[s.Speaker], a.refs[s.OnBehalfOf]
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
	ids := make([]graph.ID, len(hold))
	for i := range hold {
		ids[i] = hold[i].ID
	}
	find, err := a.stmt(`SELECT n FROM statement WHERE article = ? AND superseded IS NULL
		AND id NOT IN (SELECT value FROM json_each(?))`)
	if err != nil {
		return err
	}
	rows, err := find.Query(article, list(ids))
	if err != nil {
		return err
	}
	gone, err := collect(rows, scanNumber)
	if err != nil {
		return err
	}
	for _, n := range gone {
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
