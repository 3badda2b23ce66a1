package sqlite

import (
	"fmt"
	"strings"

	"mawqif/graph"
)

// where gathers the conditions of a query with their parameters, and the sets
// of actors that they name.
type where struct {
	sets     []string
	setArgs  []any
	conds    []string
	condArgs []any
}

func (w *where) and(cond string, args ...any) {
	w.conds = append(w.conds, cond)
	w.condArgs = append(w.condArgs, args...)
}

// nodes names the rows of nodes by their ids.
const nodes = "(SELECT n FROM node WHERE id IN (SELECT value FROM json_each(?)))"

// actors makes the set of the rows of actors, with all that is part of them if
// rolled up, and returns the query of its rows.
func (w *where) actors(name string, ids []graph.ID, rollUp bool) string {
	set := name + " (n) AS (SELECT n FROM node WHERE id IN (SELECT value FROM json_each(?))"
	if rollUp {
		set += " UNION SELECT p.part FROM " + name + " JOIN part_of p ON p.whole = " + name + ".n"
	}
	w.sets = append(w.sets, set+")")
	w.setArgs = append(w.setArgs, list(ids))
	return "(SELECT n FROM " + name + ")"
}

// with returns the beginning of a query: its sets.
func (w *where) with() string {
	if len(w.sets) == 0 {
		return ""
	}
	return "WITH RECURSIVE " + strings.Join(w.sets, ", ") + " "
}

func (w *where) String() string {
	if len(w.conds) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conds, " AND ")
}

// args returns the parameters of a query: its sets', its conditions', others.
func (w *where) args(more ...any) []any {
	return append(append(append([]any{}, w.setArgs...), w.condArgs...), more...)
}

// days adds the bounds of a day.
func (w *where) days(column string, from, to graph.Day) error {
	for _, bound := range []struct {
		day      graph.Day
		operator string
	}{{from, ">="}, {to, "<="}} {
		if bound.day == "" {
			continue
		}
		if _, err := graph.ParseDay(string(bound.day)); err != nil {
			return err
		}
		w.and(column+" "+bound.operator+" ?", dayNumber(bound.day))
	}
	return nil
}

// words adds that the rows of a table hold words, the last of which may be a
// beginning. Without words there is no condition.
func (w *where) words(column, index, text string, beginning bool) {
	if q := match(text, beginning); q != "" {
		w.and(column+" IN (SELECT rowid FROM "+index+" WHERE "+index+" MATCH ?)", q)
	}
}

// match is the query of full text for all words of a text; "" if it has none.
func match(text string, beginning bool) string {
	words := strings.Fields(graph.Fold(text))
	if len(words) == 0 {
		return ""
	}
	q := `"` + strings.Join(words, `" "`) + `"`
	if beginning {
		q += "*"
	}
	return q
}

// view tells where a query finds the properties of a statement: in the table
// of statements (s), or in one of the tables of stances (v).
type view struct {
	alias string // of the table that has speaker, behalf, article and day
	row   string // the statement's row
	table string // "statement", "toward" or "takes"
}

var (
	ofStatement = view{"s", "s.n", "statement"}
	ofToward    = view{"v", "v.statement", "toward"}
	ofTakes     = view{"v", "v.statement", "takes"}
)

// statements adds the conditions of a filter to a query of a view, and tells
// whether they need the table of statements. In a view of stances, conditions
// on targets, positions, stances and agreements select among the values.
func (w *where) statements(f *graph.StatementFilter, v view) (needsStatement bool, err error) {
	onStatement := func(cond string, args ...any) {
		needsStatement = true
		w.and(cond, args...)
	}
	if v.table == "statement" {
		onStatement("s.superseded IS NULL")
	}
	if len(f.Speakers) > 0 {
		set := w.actors("speakers", f.Speakers, f.RollUp)
		if f.RollUp {
			w.and(fmt.Sprintf("(%[1]s.speaker IN %[2]s OR %[1]s.behalf IN %[2]s)", v.alias, set))
		} else {
			w.and(v.alias + ".speaker IN " + set)
		}
	}
	if len(f.OnBehalfOf) > 0 {
		w.and(v.alias + ".behalf IN " + w.actors("behalves", f.OnBehalfOf, f.RollUp))
	}
	w.values(f, v)
	if len(f.Places) > 0 {
		w.and(v.row+" IN (SELECT statement FROM about WHERE place IN "+nodes+")", list(f.Places))
	}
	if len(f.Articles) > 0 {
		w.and(v.alias+".article IN (SELECT n FROM article WHERE id IN (SELECT value FROM json_each(?)))", list(f.Articles))
	}
	if len(f.Outlets) > 0 {
		w.and(v.alias+".article IN (SELECT n FROM article WHERE outlet IN "+nodes+")", list(f.Outlets))
	}
	var article where
	if len(f.Languages) > 0 {
		article.and("a.language IN (SELECT value FROM json_each(?))", list(f.Languages))
	}
	if err := article.days("a.published", f.PublishedFrom, f.PublishedTo); err != nil {
		return false, err
	}
	if len(article.conds) > 0 {
		article.and("a.n = " + v.alias + ".article")
		w.and("EXISTS (SELECT 1 FROM article a"+article.String()+")", article.args()...)
	}
	if len(f.Acts) > 0 {
		onStatement("s.act IN (SELECT value FROM json_each(?))", list(f.Acts))
	}
	if len(f.QuoteTypes) > 0 {
		onStatement("s.quote IN (SELECT value FROM json_each(?))", list(f.QuoteTypes))
	}
	if f.MinConfidence > 0 {
		onStatement("s.confidence >= ?", f.MinConfidence)
	}
	w.words(v.row, "statement_words", f.Text, false)
	return needsStatement, w.days(v.alias+".day", f.SaidFrom, f.SaidTo)
}

// values adds the conditions on stances and agreements.
func (w *where) values(f *graph.StatementFilter, v view) {
	// Conditions on the values of the view itself are on its own rows.
	alias := func(table string) string {
		if table == v.table {
			return v.alias
		}
		return "x"
	}
	var toward, takes where
	x := alias("toward")
	if len(f.Targets) > 0 {
		toward.and(x + ".target IN " + w.actors("targets", f.Targets, f.RollUp))
	}
	if len(f.Stances) > 0 {
		toward.and(x+".value IN (SELECT value FROM json_each(?))", list(f.Stances))
	}
	x = alias("takes")
	if len(f.Positions) > 0 {
		takes.and(x+".position IN "+nodes, list(f.Positions))
	}
	if len(f.Issues) > 0 {
		takes.and(x+".issue IN "+nodes, list(f.Issues))
	}
	if len(f.Agreements) > 0 {
		takes.and(x+".value IN (SELECT value FROM json_each(?))", list(f.Agreements))
	}
	w.valuesOf("toward", toward, v, len(f.Targets) > 0)
	w.valuesOf("takes", takes, v, len(f.Positions)+len(f.Issues) > 0)
}

// valuesOf adds conditions on the rows of a table of values. Found tells
// whether an index of the table finds those rows; else they are looked at
// statement by statement.
func (w *where) valuesOf(table string, rows where, v view, found bool) {
	switch {
	case len(rows.conds) == 0:
	case table == v.table:
		w.and(strings.Join(rows.conds, " AND "), rows.condArgs...)
	case found:
		w.and(v.row+" IN (SELECT x.statement FROM "+table+" x"+rows.String()+")", rows.condArgs...)
	default:
		rows.and("x.statement = " + v.row)
		w.and("EXISTS (SELECT 1 FROM "+table+" x"+rows.String()+")", rows.condArgs...)
	}
}
