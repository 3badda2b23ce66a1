package neo4j

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/dbtype"

	"mawqif/graph"
)

// unknownDay stands for an unknown day in the properties that lists are sorted
// by: after every day there is.
const unknownDay = 9999999

// dateOf makes a date of a day; nil if it is unknown.
func dateOf(d graph.Day) any {
	if d == "" {
		return nil
	}
	return neo4j.DateOf(d.Time())
}

// dayNumber counts a day from 1970-01-01.
func dayNumber(d graph.Day) int64 { return d.Time().Unix() / (24 * 60 * 60) }

// record reads the columns of a record. The first that is not what it must be
// is its error.
type record struct {
	*neo4j.Record
	err error
}

func column[T any](r *record, name string) (v T) {
	raw, ok := r.Get(name)
	if v, is := raw.(T); is {
		return v
	}
	if (!ok || raw != nil) && r.err == nil {
		r.err = fmt.Errorf("column %s is %T, not %T", name, raw, v)
	}
	return v
}

func (r *record) id(name string) graph.ID { return graph.ID(column[string](r, name)) }

// only returns the id in a list of at most one.
func (r *record) only(name string) graph.ID {
	list := column[[]any](r, name)
	if len(list) == 0 {
		return ""
	}
	id, _ := list[0].(string)
	return graph.ID(id)
}

func (r *record) day(name string) graph.Day {
	d := column[dbtype.Date](r, name)
	if d.Time().IsZero() {
		return ""
	}
	return graph.Day(d.Time().Format(time.DateOnly))
}

func (r *record) names(values, langs string) []graph.Name {
	v, l := column[[]any](r, values), column[[]any](r, langs)
	names := make([]graph.Name, len(v)) // none is an empty list, which hashes tell apart
	for i := range v {
		names[i] = graph.Name{Value: str(v[i]), Lang: str(at(l, i))}
	}
	return names
}

// at returns an element of a list, nil beyond its end: neo4j-admin makes no
// list of one empty text.
func at(list []any, i int) any {
	if i < len(list) {
		return list[i]
	}
	return nil
}

// ranked returns the rows of a list of lists in the order of their first
// elements, which it drops.
func (r *record) ranked(name string) [][]any {
	var rows [][]any
	for _, row := range column[[]any](r, name) {
		if list, ok := row.([]any); ok && len(list) > 1 {
			rows = append(rows, list)
		}
	}
	slices.SortFunc(rows, func(a, b []any) int { return cmp.Compare(number(a[0]), number(b[0])) })
	for i := range rows {
		rows[i] = rows[i][1:]
	}
	return rows
}

func number(v any) int64 {
	n, _ := v.(int64)
	return n
}

func str(v any) string {
	s, _ := v.(string)
	return s
}

func readActor(r *record) graph.Actor {
	a := graph.Actor{ID: r.id("id"), Kind: graph.ActorKind(column[string](r, "kind")), Key: column[string](r, "key"), Names: r.names("names", "langs")}
	for _, w := range column[[]any](r, "wholes") {
		a.PartOf = append(a.PartOf, graph.ID(str(w)))
	}
	slices.Sort(a.PartOf)
	return a
}

func readPlace(r *record) graph.Place {
	return graph.Place{ID: r.id("id"), Key: column[string](r, "key"), Names: r.names("names", "langs"), PartOf: r.id("partOf")}
}

func readOutlet(r *record) graph.Outlet {
	return graph.Outlet{ID: r.id("id"), Key: column[string](r, "key"), Names: r.names("names", "langs")}
}

func readIssue(r *record) graph.Issue {
	return graph.Issue{
		ID: r.id("id"), Codebook: column[string](r, "codebook"), Key: column[string](r, "key"),
		Labels: r.names("names", "langs"), Propositions: r.names("propositions", "propositionLangs"), Parent: r.id("parent"),
	}
}

func readPosition(r *record) graph.Position {
	return graph.Position{ID: r.id("id"), Issue: r.only("issue"), Object: r.only("object"), Place: r.only("place")}
}

func readRun(r *record) graph.Run {
	return graph.Run{ID: r.id("id"), Extractor: column[string](r, "extractor"), Version: column[string](r, "version"), Codebook: column[string](r, "codebook")}
}

func readArticle(r *record) graph.Article {
	return graph.Article{
		ID: r.id("id"), SourceID: column[string](r, "sourceId"), URL: column[string](r, "url"), Title: column[string](r, "title"),
		Outlet: r.only("outlet"), Language: column[string](r, "language"), Published: r.day("published"),
		Text: column[string](r, "text"), TextHash: column[string](r, "textHash"),
	}
}

func readHeld(r *record) graph.Held {
	return graph.Held{Person: r.id("person"), Institution: r.id("institution"), Title: column[string](r, "title"), First: r.day("first"), Last: r.day("last")}
}

func readStatement(r *record) graph.Statement {
	s := graph.Statement{
		ID: r.id("id"), Article: r.id("article"), Run: r.only("run"), Speaker: r.only("speaker"), Role: column[string](r, "role"),
		OnBehalfOf: r.only("behalf"), QuoteType: graph.QuoteType(column[string](r, "quoteType")), Act: graph.Act(column[string](r, "act")),
		Cue: column[string](r, "cue"), Content: column[string](r, "content"), RelayedVia: r.only("relayed"),
		SaidAt: graph.Date{
			Day: r.day("saidOn"), Precision: graph.Precision(column[string](r, "precision")), Origin: graph.Origin(column[string](r, "origin")),
		},
		Confidence: column[float64](r, "confidence"), Utterance: column[string](r, "utterance"),
		RecordedAt: moment(r, "recordedAt"), SupersededAt: moment(r, "supersededAt"),
	}
	for _, t := range r.ranked("toward") {
		s.Targets = append(s.Targets, graph.Target{Actor: graph.ID(str(t[0])), Stance: int8(number(t[1])), Mention: str(t[2])})
	}
	for _, t := range r.ranked("takes") {
		s.Positions = append(s.Positions, graph.Taking{Position: graph.ID(str(t[0])), Agreement: int8(number(t[1]))})
	}
	for _, p := range r.ranked("about") {
		s.Places = append(s.Places, graph.ID(str(p[0])))
	}
	for _, row := range column[[]any](r, "evidence") {
		parts, _ := row.([]any)
		if len(parts) != 4 {
			continue
		}
		var lists [4][]any
		for i := range parts {
			lists[i], _ = parts[i].([]any)
		}
		for i := range lists[0] {
			s.Evidence = append(s.Evidence, graph.Evidence{
				Role: graph.Role(str(lists[0][i])), Start: int(number(at(lists[1], i))), End: int(number(at(lists[2], i))), Exact: str(at(lists[3], i)),
			})
		}
	}
	return s
}

func moment(r *record, name string) time.Time {
	t := column[time.Time](r, name)
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC()
}
