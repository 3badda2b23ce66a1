package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"mawqif/graph"
	"mawqif/graph/analysis"
	"mawqif/graph/export"
)

func (m *Main) exportCommand() *cobra.Command {
	var filter filterFlags
	net := networkFlags{format: "json"} // which is of no matter here
	ofNetworks := pflag.NewFlagSet("networks", pflag.ContinueOnError)
	var lang, table string
	var force, texts, network bool
	var formats strings.Builder
	for _, f := range export.Formats {
		fmt.Fprintf(&formats, "  %-12s %s\n", f.Name, f.About)
	}
	cmd := &cobra.Command{
		Use:   "export [flags] FORMAT PATH|-",
		Short: "Write statements in the formats of other programs",
		Long: `Export writes the statements that match, with everything that they refer to, to a
new file or folder. Beside it stands a manifest (PATH` + export.ManifestSuffix + `) that
says what was exported: the filter, the runs and codebooks, the counts, and the
hash of the graph. With - for a path it writes to standard output, without a
manifest.

Graphs hold every node and relation of the statements, with all that is known of
them; with --network they hold the discourse network of the statements, with the
settings of mawqif network.

Formats:
` + formats.String(),
		Example: `  mawqif export csv statements.csv
  mawqif export csv --table takings --speaker state/us --roll-up us.csv
  mawqif export gexf --network --rows state --time-window months --window-size 3 states.gexf
  mawqif export ndjson --texts - | gzip > graph.ndjson.gz`,
		Args: usageArgs(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := export.Find(args[0])
			if err != nil {
				return usage(err)
			}
			if f := firstChanged(ofNetworks); f != "" && !network {
				return usage(fmt.Errorf("--%s is a setting of networks: add --network, or select statements by --said-from and the like", f))
			}
			s := export.Selection{Lang: lang, Texts: texts, Table: export.Table(table)}
			if !slices.Contains(export.Tables, s.Table) {
				return usage(fmt.Errorf("--table %q is none of %v", table, export.Tables))
			}
			book, err := m.usualCodebook()
			if err != nil {
				return err
			}
			if s.Filter, err = filter.filter(book); err != nil {
				return usage(err)
			}
			if err := m.openStore(cmd.Context(), true); err != nil {
				return err
			}
			s.Reader = m.store
			if network {
				if s.Network, err = m.networkToExport(cmd.Context(), &net, s.Filter, lang); err != nil {
					return err
				}
			}
			if err := m.tellUnknown(cmd.Context(), filter.named, net.named); err != nil {
				return err
			}
			path := args[1]
			var done export.Manifest
			if path == "-" {
				done, err = s.Write(cmd.Context(), format, m.Stdout)
			} else {
				done, err = s.WriteTo(cmd.Context(), format, path, force)
			}
			if errors.Is(err, export.ErrExists) || errors.Is(err, graph.ErrInvalid) {
				return usage(err)
			} else if err != nil {
				return fmt.Errorf("export %s to %s: %w", format.Name, path, err)
			}
			m.tellExport(&done, path)
			return nil
		},
	}
	flags := cmd.Flags()
	filter.add(flags)
	net.add(ofNetworks)
	flags.AddFlagSet(ofNetworks)
	flags.BoolVar(&network, "network", false, "write the discourse network of the statements")
	flags.StringVar(&lang, "name-lang", "en", "language of names and propositions, where known")
	flags.StringVar(&table, "table", string(export.Statements), "what the rows of csv are: statements, takings (the positions that they take), articles")
	flags.BoolVar(&texts, "texts", false, "include the texts of the articles, in csv with --table articles")
	flags.BoolVar(&force, "force", false, "replace what is at the path")
	return cmd
}

// firstChanged names the first of the flags that is set; "" if none is.
func firstChanged(flags *pflag.FlagSet) (name string) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Changed && name == "" {
			name = f.Name
		}
	})
	return name
}

// networkToExport makes the networks of the statements that match.
func (m *Main) networkToExport(ctx context.Context, f *networkFlags, filter graph.StatementFilter, lang string) (*export.Network, error) {
	settings, window, err := f.settings()
	if err != nil {
		return nil, usage(err)
	}
	sample, err := m.sample(ctx, f, filter, lang)
	if err != nil {
		return nil, err
	}
	n := &export.Network{
		Rows: f.rows, Columns: f.columns, TwoMode: settings.Type == analysis.TwoMode, Windows: window.Unit != "", Events: sample.Events,
		Settings: map[string]any{
			"type": f.kind, "rows": f.rows, "columns": f.columns, "qualifierAggregation": f.aggregation, "normalization": f.normalization,
			"duplicates": f.duplicates, "from": f.from, "to": f.to, "isolates": f.isolates,
			"unit": f.unit, "exclude": append([]string{}, f.exclude...), "top": f.top, "asOf": f.asOf,
			"timeWindow": f.window, "windowSize": f.size, "kernel": f.kernel,
		},
	}
	if n.Windows {
		n.All, err = analysis.Series(sample.Events, settings, window)
		return n, usage(err)
	}
	one, err := analysis.Make(sample.Events, settings)
	n.All = slices.Values([]analysis.Network{one})
	return n, usage(err)
}

// tellExport says what was exported.
func (m *Main) tellExport(e *export.Manifest, path string) {
	if e.Counts.Statements == 0 {
		fmt.Fprintln(m.Stderr, "no statement matches: what was written is empty")
	} else {
		fmt.Fprintf(m.Stderr, "%s of %s exported\n", count(e.Counts.Statements, "statement"), count(e.Counts.Articles, "article"))
	}
	if e.Network != nil && e.Counts.Statements > 0 && e.Counts.Edges == 0 {
		fmt.Fprintln(m.Stderr, "the network has no edges: no two sides were taken that it ties")
	}
	for _, n := range e.Notes {
		fmt.Fprintln(m.Stderr, n)
	}
	if path != "-" {
		fmt.Fprintf(m.Stderr, "%s, with %s\n", path, path+export.ManifestSuffix)
	}
}
