package export

import (
	"context"
	"fmt"
	"os"

	"mawqif/graph"
	"mawqif/graph/neo4j"
)

// writeNeo4jImport writes a folder of files for neo4j-admin database import,
// which holds the whole graph.
func writeNeo4jImport(ctx context.Context, s *Selection, path string) error {
	if conditions := Conditions(s.Filter); len(conditions) > 0 {
		return fmt.Errorf("%w: neo4j-import holds the whole graph; leave out what selects statements", graph.ErrInvalid)
	}
	if err := os.Mkdir(path, 0o755); err != nil {
		return err
	}
	counts, err := neo4j.WriteImport(ctx, s.Reader, path)
	if err != nil {
		return err
	}
	s.counts = Counts{Articles: counts.Articles, Statements: counts.Statements, Nodes: counts.Nodes, Edges: counts.Relations}
	s.note("in the folder, with the server stopped: neo4j-admin database import full neo4j @import.args; then, with it running, mawqif migrate")
	return s.Reader.Walk(ctx, graph.KindRun, func(node any) error {
		r := node.(graph.Run)
		s.runs[r.ID] = r
		return nil
	})
}
