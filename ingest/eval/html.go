package eval

import (
	"cmp"
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strings"

	"mawqif/graph"
	"mawqif/ingest"
)

// Compared is an article with both sets of statements and what comparing them
// gave.
type Compared struct {
	Document ingest.Document
	Coded    Coded
	Report   *ingest.Report // nil if the article was not extracted
	Score    Score
}

//go:embed report.html
var reportHTML string

var reportTemplate = template.Must(template.New("report").Funcs(template.FuncMap{
	"percent": func(f float64) float64 { return 100 * f },
}).Parse(reportHTML))

// WriteHTML writes a page that needs nothing else: the figures, then each
// article with the coded spans beside the found ones, right to left where the
// language is.
func WriteHTML(w io.Writer, s Summary, articles []Compared) error {
	views := make([]articleView, len(articles))
	for i := range articles {
		views[i] = newArticleView(&articles[i])
	}
	return reportTemplate.Execute(w, map[string]any{"Summary": s, "Articles": views})
}

type articleView struct {
	ID, Title, Lang, Dir string
	F1                   float64
	Coded, Found         []piece
	Rows                 []row
}

// piece is a stretch of text with the statements that it is evidence for.
type piece struct {
	Text  string
	Class string
	Title string
}

// row sets a coded statement beside the found one.
type row struct {
	Class        string
	Coded, Found *statementView
}

type statementView struct {
	N                                            int
	Speaker, OnBehalfOf, Cue, Act, Content, Date string
	Targets, Issues                              string
}

func newArticleView(a *Compared) articleView {
	v := articleView{ID: a.Document.SourceID, Title: a.Document.Title, Lang: a.Document.Language, Dir: "ltr"}
	if v.Lang == "ar" || v.Lang == "fa" || v.Lang == "ur" {
		v.Dir = "rtl"
	}
	v.F1 = fmeasure(over50, found, coded)(&a.Score.Counts)
	var given []ingest.ReportStatement
	if a.Report != nil {
		given = a.Report.Statements
	}
	foundOf, codedOf := map[int]int{}, map[int]int{}
	for _, p := range a.Score.Pairs {
		foundOf[p.Coded], codedOf[p.Found] = p.Found, p.Coded
	}
	var left, right []marked
	for i := range a.Coded.Statements {
		s := &a.Coded.Statements[i]
		j, ok := foundOf[i]
		r := row{Class: "missed", Coded: viewCoded(s)}
		if ok {
			r.Class, r.Found = "match", viewFound(j+1, &given[j])
		}
		v.Rows = append(v.Rows, r)
		left = mark(left, s.Evidence, i+1, r.Class)
	}
	for j := range given {
		class := "match"
		if _, ok := codedOf[j]; !ok {
			class = "extra"
			v.Rows = append(v.Rows, row{Class: class, Found: viewFound(j+1, &given[j])})
		}
		right = mark(right, given[j].Evidence, j+1, class)
	}
	points := graph.NewOffsets(a.Document.Text)
	v.Coded, v.Found = pieces(a.Document.Text, points, left), pieces(a.Document.Text, points, right)
	return v
}

// marked is a stretch of evidence with its role and the class of its statement.
type marked struct {
	stretch
	role  graph.Role
	n     int
	class string
}

func mark(all []marked, evidence []graph.Evidence, n int, class string) []marked {
	for _, e := range evidence {
		switch e.Role {
		case graph.RoleContent, graph.RoleCue, graph.RoleSource:
			all = append(all, marked{stretch{e.Start, e.End}, e.Role, n, class})
		}
	}
	return all
}

// pieces cuts a text at the edges of the marked stretches; where several lie
// on one another the piece carries them all.
func pieces(text string, points *graph.Offsets, all []marked) []piece {
	slices.SortFunc(all, func(a, b marked) int { return cmp.Or(a.start-b.start, b.end-a.end, a.n-b.n) })
	edges := []int{0, points.Len()}
	for _, m := range all {
		edges = append(edges, min(m.start, points.Len()), min(m.end, points.Len()))
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	var (
		out  []piece
		open []marked
		next int
	)
	for k := 0; k+1 < len(edges); k++ {
		from, to := edges[k], edges[k+1]
		for ; next < len(all) && all[next].start <= from; next++ {
			open = append(open, all[next])
		}
		open = slices.DeleteFunc(open, func(m marked) bool { return m.end <= from })
		b, _ := points.Byte(from)
		e, _ := points.Byte(to)
		p := piece{Text: text[b:e]}
		var classes, titles []string
		for _, m := range open {
			classes = append(classes, strings.ToLower(string(m.role)), m.class)
			titles = append(titles, number(m.n)+" "+strings.ToLower(string(m.role)))
		}
		p.Class, p.Title = strings.Join(classes, " "), strings.Join(titles, ", ")
		out = append(out, p)
	}
	return out
}
