package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"mawqif/graph"
	"mawqif/graph/export"
)

func (m *Main) copyCommand() *cobra.Command {
	var from, to string
	cmd := &cobra.Command{
		Use:   "copy --from STORE --to STORE",
		Short: "Copy a graph from one store into another",
		Long: `Copy writes all that stands in one store into another, each a file or the address of
a Neo4j server, and then compares the hashes of both. What a later run superseded
stays behind, and the clocks of what is copied begin anew. A copy that was
interrupted is simply made again.`,
		Example: `  mawqif copy --from mawqif.db --to neo4j://neo4j@localhost:7687/neo4j
  mawqif copy --from bolt://localhost --to backup.db`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if from == "" || to == "" || from == to {
				return usage(errors.New("name two different stores, with --from and --to; see mawqif copy --help"))
			}
			source, err := m.open(cmd.Context(), from, true)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, source.Close()) }()
			target, err := m.open(cmd.Context(), to, false)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, target.Close()) }()
			return m.copy(cmd.Context(), source, target, from, to)
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "store to read")
	cmd.Flags().StringVar(&to, "to", "", "store to write; it is made if it is not there")
	return cmd
}

func (m *Main) copy(ctx context.Context, source, target graph.Store, from, to string) error {
	failed := func(err error) error {
		return fmt.Errorf("copy %s to %s: %w; the same command run again goes on from there", from, to, err)
	}
	first, rest, err := export.Whole(ctx, source)
	if err != nil {
		return failed(err)
	}
	for _, b := range first {
		if err := target.Apply(ctx, b); err != nil {
			return failed(err)
		}
	}
	if err := applyAll(ctx, target, rest); err != nil {
		return failed(err)
	}
	want, err := source.Hash(ctx)
	if err != nil {
		return failed(err)
	}
	got, err := target.Hash(ctx)
	if err != nil {
		return failed(err)
	}
	if got != want {
		return fmt.Errorf("%s holds another graph than %s, with hash %s and not %s: it held something before, or one of them was written to meanwhile; everything of %s is in it", to, from, got, want, from)
	}
	stats, err := target.Stats(ctx)
	if err != nil {
		return failed(err)
	}
	_, err = fmt.Fprintf(m.Stdout, "%s and %s hold the same graph: %s, %s\nhash %s\n", from, to, count(stats.Articles, "article"), count(stats.Statements, "statement"), got)
	return err
}
