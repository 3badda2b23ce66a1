package export

import (
	"context"
	"encoding/json"
	"io"

	"mawqif/graph"
)

// line is a line of NDJSON: a node with its type, or the office that a person
// held.
type line struct {
	Type string `json:"type"`
	Node any    `json:"node"`
}

// writeLines writes every node once, before what refers to it. Nodes are
// written as the graph has them; of the graph's kinds, and "held".
func writeLines(ctx context.Context, s *Selection, w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	seen, held := once{}, map[graph.Held]bool{}
	var fault error
	write := func(kind graph.Kind, id graph.ID, node any) {
		if fault == nil && (id == "" || seen.first(id)) {
			s.counts.Rows++
			fault = enc.Encode(line{string(kind), node})
		}
	}
	for b, err := range s.Batches(ctx) {
		if err != nil {
			return err
		}
		for _, n := range b.Actors {
			write(graph.KindActor, n.ID, n)
		}
		for _, n := range b.Places {
			write(graph.KindPlace, n.ID, n)
		}
		for _, n := range b.Issues {
			write(graph.KindIssue, n.ID, n)
		}
		for _, n := range b.Positions {
			write(graph.KindPosition, n.ID, n)
		}
		for _, n := range b.Outlets {
			write(graph.KindOutlet, n.ID, n)
		}
		write(graph.KindRun, b.Run.ID, b.Run)
		if !s.Texts {
			b.Article.Text = ""
		}
		write(graph.KindArticle, b.Article.ID, b.Article)
		for _, h := range b.Held {
			if !held[h] {
				held[h] = true
				write("held", "", h)
			}
		}
		for i := range b.Statements {
			write(graph.KindStatement, "", &b.Statements[i])
		}
		if fault != nil {
			return fault
		}
	}
	return nil
}
