package sqlite

import (
	"fmt"
	"strings"

	"mawqif/graph"
)

// condition is a condition on the rows of a list.
type condition struct {
	// test is what a row must fulfil.
	test string
	args []any
	// source selects by an index the numbers of the rows that fulfil it; "" if
	// no index does.
	source     string
	sourceArgs []any
	// bounds tells that the test is on the column that the list is sorted by,
	// so that the rows that fulfil it are one stretch of the list.
	bounds bool
}

// where is the conditions of a query, and the sets of nodes that they name.
type where struct {
	sets    []string
	setArgs []any
	conds   []condition
}

func (w *where) add(c condition) { w.conds = append(w.conds, c) }

// test adds a condition that no index serves.
func (w *where) test(test string, args ...any) { w.add(condition{test: test, args: args}) }

// tests returns the conditions as a clause, without the one at an index.
func (w *where) tests(but int) (clause string, args []any) {
	var tests []string
	for i, c := range w.conds {
		if i != but {
			tests = append(tests, c.test)
			args = append(args, c.args...)
		}
	}
	if len(tests) == 0 {
		return "", nil
	}
	return " WHERE " + strings.Join(tests, " AND "), args
}

const none = -1

// set names the rows of a query for the rest of it.
func (w *where) set(name, query string, args ...any) {
	w.sets = append(w.sets, name+" (n) AS ("+query+")")
	w.setArgs = append(w.setArgs, args...)
}

// with returns the beginning of a query: its sets.
func (w *where) with() string {
	if len(w.sets) == 0 {
		return ""
	}
	return "WITH RECURSIVE " + strings.Join(w.sets, ", ") + " "
}

// given is the values of a list, nodes the numbers of the nodes of its ids, and
// runs those of the runs of its extractors.
const (
	given = "(SELECT value FROM json_each(?))"
	runs  = "(SELECT n FROM run WHERE extractor IN " + given + ")"
	nodes = "(SELECT n FROM node WHERE id IN " + given + ")"
)

// actors makes the set of the numbers of actors, with all that is part of them
// if rolled up, and returns the query of its rows.
func (w *where) actors(name string, ids []graph.ID, rollUp bool) string {
	query := "SELECT n FROM node WHERE id IN " + given
	if rollUp {
		query += " UNION SELECT p.part FROM " + name + " JOIN part_of p ON p.whole = " + name + ".n"
	}
	w.set(name, query, list(ids))
	return "(SELECT n FROM " + name + ")"
}

// among adds that a column is one of some nodes. The rows of a single one can be
// read in the order of the rest of an index, by which they are grouped.
func (w *where) among(column string, ids []graph.ID) {
	if len(ids) == 1 {
		w.test(column+" = (SELECT n FROM node WHERE id = ?)", ids[0])
		return
	}
	w.test(column+" IN "+nodes, list(ids))
}

// period is an inclusive range of day numbers, which no unknown day is in.
type period struct{ from, to int64 }

const latestDay = 9999998

// newPeriod reads the bounds of a range; set tells whether there are any.
func newPeriod(from, to graph.Day) (p period, set bool, err error) {
	p = period{-latestDay, latestDay}
	for _, bound := range []struct {
		day  graph.Day
		into *int64
	}{{from, &p.from}, {to, &p.to}} {
		if bound.day == "" {
			continue
		}
		if _, err := graph.ParseDay(string(bound.day)); err != nil {
			return p, false, err
		}
		*bound.into = dayNumber(bound.day).Int64
	}
	return p, from != "" || to != "", nil
}

// on is the period as a test of a column, and back of one that counts days
// backwards.
func (p period) on(column string) (string, []any) {
	return column + " BETWEEN ? AND ?", []any{p.from, p.to}
}

func (p period) back(column string) (string, []any) {
	return period{-p.to, -p.from}.on(column)
}

// match is the query of full text for all words of a text, the last of which
// may be a beginning; "" if it has none.
func match(text string, beginning bool) (string, error) {
	words, err := graph.Words(text)
	if len(words) == 0 {
		return "", err
	}
	q := `"` + strings.Join(words, `" "`) + `"`
	if beginning {
		q += "*"
	}
	return q, nil
}

// words adds that rows hold the words of a text, by an index of full text.
// Without words there is no condition.
func (w *where) words(row, index, text string, beginning bool) error {
	q, err := match(text, beginning)
	if q != "" {
		w.add(condition{
			test: fmt.Sprintf("EXISTS (SELECT 1 FROM %[1]s WHERE %[1]s MATCH ? AND rowid = %[2]s)", index, row), args: []any{q},
			source: fmt.Sprintf("SELECT rowid FROM %[1]s WHERE %[1]s MATCH ?", index), sourceArgs: []any{q},
		})
	}
	return err
}

// related adds that rows stand in a relation, a table of the statements' rows
// and of what else it relates. The rows of the relation are called x.
func (w *where) related(row, table, of string, args ...any) {
	w.add(condition{
		test: fmt.Sprintf("EXISTS (SELECT 1 FROM %s x WHERE x.statement = %s AND %s)", table, row, of), args: args,
		source: fmt.Sprintf("SELECT x.statement FROM %s x WHERE %s", table, of), sourceArgs: args,
	})
}

// statements adds the conditions of a filter on rows of the table of
// statements, called s.
func (w *where) statements(f *graph.StatementFilter, order graph.StatementOrder) error {
	// Sources by a column of the statement, or by the article's.
	column := func(name, of string, args ...any) {
		w.add(condition{
			test: "s." + name + of, args: args,
			source: "SELECT n FROM statement WHERE superseded IS NULL AND " + name + of, sourceArgs: args,
		})
	}
	article := func(test string, args []any, source string, sourceArgs []any) {
		w.add(condition{
			test: test, args: args,
			source:     "SELECT s.n FROM article a CROSS JOIN statement s ON s.article = a.n WHERE s.superseded IS NULL AND " + source,
			sourceArgs: sourceArgs,
		})
	}
	w.test("s.superseded IS NULL")
	if len(f.Speakers) > 0 {
		of := " IN " + w.actors("speakers", f.Speakers, f.RollUp)
		if f.RollUp {
			w.add(condition{
				test:   "(s.speaker" + of + " OR s.behalf" + of + ")",
				source: "SELECT n FROM statement WHERE superseded IS NULL AND speaker" + of + " UNION SELECT n FROM statement WHERE superseded IS NULL AND behalf" + of,
			})
		} else {
			column("speaker", of)
		}
	}
	if len(f.OnBehalfOf) > 0 {
		column("behalf", " IN "+w.actors("behalves", f.OnBehalfOf, f.RollUp))
	}
	toward, takes := w.values(f, "x")
	if len(toward.tests) > 0 {
		w.valued("toward", toward, len(f.Targets) > 0)
	}
	if len(takes.tests) > 0 {
		w.valued("takes", takes, len(f.Positions)+len(f.Issues) > 0)
	}
	if len(f.Places) > 0 {
		w.related("s.n", "about", "x.place IN "+nodes, list(f.Places))
	}
	if len(f.Articles) > 0 {
		of := []any{list(ranks(f.Articles, graph.KindArticle))}
		w.add(condition{
			test: "s.story IN " + given, args: of,
			source: "SELECT n FROM statement WHERE superseded IS NULL AND story IN " + given, sourceArgs: of,
		})
	}
	if len(f.Outlets) > 0 {
		of := []any{list(f.Outlets)}
		article("s.outlet IN "+nodes, of, "a.outlet IN "+nodes, of)
	}
	if len(f.Languages) > 0 {
		of := []any{list(f.Languages)}
		article("s.language IN "+given, of, "a.language IN "+given, of)
	}
	published, set, err := newPeriod(f.PublishedFrom, f.PublishedTo)
	if err != nil {
		return err
	}
	if set {
		test, args := published.on("s.published")
		source, sourceArgs := published.back("a.newest")
		article(test, args, source, sourceArgs)
	}
	if len(f.Acts) > 0 {
		w.test("s.act IN "+given, list(f.Acts))
	}
	if len(f.QuoteTypes) > 0 {
		w.test("s.quote IN "+given, list(f.QuoteTypes))
	}
	if len(f.Extractors) > 0 {
		column("run", " IN "+runs, list(f.Extractors))
	}
	if f.MinConfidence > 0 {
		w.add(condition{test: "s.doubt <= ?", args: []any{-f.MinConfidence}, bounds: order == graph.SurestFirst})
	}
	said, set, err := newPeriod(f.SaidFrom, f.SaidTo)
	if err != nil {
		return err
	}
	if set {
		c := condition{bounds: order == graph.NewestFirst || order == graph.OldestFirst}
		c.source, c.sourceArgs = said.back("newest")
		c.source = "SELECT n FROM statement WHERE superseded IS NULL AND " + c.source
		if order == graph.OldestFirst {
			c.test, c.args = said.on("s.oldest")
		} else {
			c.test, c.args = said.back("s.newest")
		}
		w.add(c)
	}
	return w.words("s.n", "statement_words", f.Text, false)
}

// tests is a number of tests and their parameters.
type tests struct {
	tests []string
	args  []any
}

func (t *tests) add(test string, args ...any) {
	t.tests = append(t.tests, test)
	t.args = append(t.args, args...)
}

func (t *tests) String() string { return strings.Join(t.tests, " AND ") }

// values are the conditions on the values that statements take, towards actors
// and of positions, as tests of rows with an alias.
func (w *where) values(f *graph.StatementFilter, alias string) (toward, takes tests) {
	if len(f.Targets) > 0 {
		toward.add(alias + ".target IN " + w.actors("targets", f.Targets, f.RollUp))
	}
	if len(f.Stances) > 0 {
		toward.add(alias+".value IN "+given, list(f.Stances))
	}
	if len(f.Positions) > 0 {
		takes.add(alias+".position IN "+nodes, list(f.Positions))
	}
	if len(f.Issues) > 0 {
		takes.add(alias+".issue IN "+nodes, list(f.Issues))
	}
	if len(f.Agreements) > 0 {
		takes.add(alias+".value IN "+given, list(f.Agreements))
	}
	return toward, takes
}

// valued adds that statements take a value. Found tells whether an index finds
// such values.
func (w *where) valued(table string, of tests, found bool) {
	w.related("s.n", table, of.String(), of.args...)
	if !found {
		last := &w.conds[len(w.conds)-1]
		last.source, last.sourceArgs = "", nil
	}
}

// valuesOf adds the conditions of a filter on rows of a table of values,
// "toward" or "takes", called v, and returns what to select them from. It tells
// whether they need the table of statements, joined as s.
func (w *where) valuesOf(table string, f *graph.StatementFilter) (from string, needsStatement bool, err error) {
	ofStatement := func(test string, args ...any) {
		needsStatement = true
		w.test(test, args...)
	}
	from = table + " v"
	if len(f.Speakers) > 0 {
		if f.RollUp {
			set := w.actors("speakers", f.Speakers, true)
			// Two reads of an index each, where an OR would look up the rows.
			from = fmt.Sprintf("(SELECT * FROM %[1]s WHERE speaker IN %[2]s UNION ALL SELECT * FROM %[1]s WHERE behalf IN %[2]s AND speaker NOT IN %[2]s) v", table, set)
		} else {
			w.among("v.speaker", f.Speakers)
		}
	}
	switch {
	case len(f.OnBehalfOf) == 0:
	case f.RollUp:
		w.test("v.behalf IN " + w.actors("behalves", f.OnBehalfOf, true))
	default:
		w.among("v.behalf", f.OnBehalfOf)
	}
	toward, takes := w.values(f, "v")
	own, other, otherTable := toward, takes, "takes"
	if table == "takes" {
		own, other, otherTable = takes, toward, "toward"
	}
	if len(own.tests) > 0 {
		w.test(own.String(), own.args...)
	}
	if len(other.tests) > 0 {
		w.test("v.statement IN (SELECT v.statement FROM "+otherTable+" v WHERE "+other.String()+")", other.args...)
	}
	if len(f.Places) > 0 {
		w.test("v.statement IN (SELECT statement FROM about WHERE place IN "+nodes+")", list(f.Places))
	}
	if len(f.Articles) > 0 {
		w.test("v.article IN (SELECT n FROM article WHERE rank IN "+given+")", list(ranks(f.Articles, graph.KindArticle)))
	}
	if len(f.Outlets) > 0 {
		w.test("v.article IN (SELECT n FROM article WHERE outlet IN "+nodes+")", list(f.Outlets))
	}
	if len(f.Languages) > 0 {
		ofStatement("s.language IN "+given, list(f.Languages))
	}
	published, set, err := newPeriod(f.PublishedFrom, f.PublishedTo)
	if err != nil {
		return "", false, err
	}
	if set {
		test, args := published.on("s.published")
		ofStatement(test, args...)
	}
	if len(f.Acts) > 0 {
		ofStatement("s.act IN "+given, list(f.Acts))
	}
	if len(f.QuoteTypes) > 0 {
		ofStatement("s.quote IN "+given, list(f.QuoteTypes))
	}
	if len(f.Extractors) > 0 {
		ofStatement("s.run IN "+runs, list(f.Extractors))
	}
	if f.MinConfidence > 0 {
		ofStatement("s.confidence >= ?", f.MinConfidence)
	}
	q, err := match(f.Text, false)
	if err != nil {
		return "", false, err
	}
	if q != "" {
		w.test("v.statement IN (SELECT rowid FROM statement_words WHERE statement_words MATCH ?)", q)
	}
	said, set, err := newPeriod(f.SaidFrom, f.SaidTo)
	if set {
		test, args := said.on("v.day")
		w.test(test, args...)
	}
	return from, needsStatement, err
}
