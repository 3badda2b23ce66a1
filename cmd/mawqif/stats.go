package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"mawqif/graph"
)

func (m *Main) statsCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "stats",
		Short: "Count what the store holds, and print the hash of the graph",
		Long: `Stats counts nodes and relations by kind and prints a SHA-256 over the whole graph
as it stands: two stores with the same hash hold the same graph, in whatever
order it was written.`,
		Example: `  mawqif stats
  mawqif stats --json --store levant.db`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := m.openStore(cmd.Context(), true); err != nil {
				return err
			}
			var s struct {
				graph.Stats
				Hash string `json:"hash"`
			}
			var err error
			if s.Stats, err = m.store.Stats(cmd.Context()); err != nil {
				return fmt.Errorf("count: %w", err)
			}
			if s.Hash, err = m.store.Hash(cmd.Context()); err != nil {
				return fmt.Errorf("hash: %w", err)
			}
			if asJSON {
				return json.NewEncoder(m.Stdout).Encode(s)
			}
			w := tabwriter.NewWriter(m.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
			for _, line := range []struct {
				kind string
				n    int
			}{
				{"articles", s.Articles}, {"statements", s.Statements}, {"superseded statements", s.Superseded},
				{"actors", s.Actors}, {"positions", s.Positions}, {"issues", s.Issues}, {"places", s.Places},
				{"outlets", s.Outlets}, {"runs", s.Runs},
			} {
				fmt.Fprintf(w, "%d\t %s\n", line.n, line.kind)
			}
			for _, relation := range slices.Sorted(maps.Keys(s.Relations)) {
				fmt.Fprintf(w, "%d\t %s\n", s.Relations[relation], relation)
			}
			if err := w.Flush(); err != nil {
				return err
			}
			_, err = fmt.Fprintln(m.Stdout, "hash", s.Hash)
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
