package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"mawqif/ingest"
	"mawqif/ingest/source"
)

func (m *Main) ingestCommand() *cobra.Command {
	var asJSON bool
	var in inputFlags
	cmd := &cobra.Command{
		Use:   "ingest [flags] [PATH|-]...",
		Short: "Store articles and their statements",
		Long: `Ingest reads articles, extracts their statements and writes both to the store.
Without a path it reads standard input. An article that is there already is not
stored twice, so a run that was interrupted is simply made again.

Rejected articles are kept with their causes in a file beside the store
(mawqif.rejected.jsonl); mend what is wrong and ingest that file.

` + inputHelp,
		Example: `  mawqif ingest articles/
  mawqif ingest --store levant.db --outlet "Enab Baladi" --lang ar *.txt
  zcat corpus.jsonl.gz | mawqif ingest -
  mawqif ingest mawqif.rejected.jsonl`,
		RunE: func(cmd *cobra.Command, args []string) error {
			src, err := in.open(m, args)
			if err != nil {
				return usage(err)
			}
			p, err := m.pipeline()
			if err != nil {
				return err
			}
			if err := m.openStore(cmd.Context(), false); err != nil {
				return err
			}
			letters := source.NewLetters(cmp.Or(m.config.Ingest.DeadLetters, m.beside(".rejected.jsonl")), args)
			report := m.newProgress("stored", src.Size())
			err = ingest.Store(cmd.Context(), src.Items(cmd.Context()), p, m.store, func(o ingest.Outcome) error {
				report.observe(o)
				if o.Err == nil {
					return nil
				}
				return letters.Add(o.Item)
			})
			closing := letters.Close(err == nil)
			report.end()
			if asJSON {
				if err := json.NewEncoder(m.Stdout).Encode(report.summary()); err != nil {
					return err
				}
			}
			switch {
			case errors.Is(err, context.Canceled):
				return &codedError{exitInterrupted, fmt.Errorf("interrupted: %s stored; run the same command again to go on, nothing is stored twice", areCount(report.articles, "article"))}
			case err != nil:
				return fmt.Errorf("stopped: %w; %s stored, and the same command run again goes on from there", err, areCount(report.articles, "article"))
			case closing != nil:
				return closing
			}
			return report.rejected(letters.Path())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print what was done as JSON to standard output")
	cmd.Flags().String("dead-letters", "", "file that keeps rejected articles (default: beside the store)")
	in.add(cmd)
	return cmd
}
