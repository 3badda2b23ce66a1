package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"mawqif/internal/config"
)

func (m *Main) configCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Print the configuration and where each value comes from",
		Long: `Config prints every key with its effective value and its origin: a flag, a variable
of the environment (MAWQIF_SERVE_ADDR for serve.addr), the configuration file, or
the default, in this order of precedence.`,
		Example: `  mawqif config
  MAWQIF_STORE=levant.db mawqif config --json
  mawqif config init && mawqif config check`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return json.NewEncoder(m.Stdout).Encode(m.config.Values)
			}
			w := tabwriter.NewWriter(m.Stdout, 0, 0, 2, ' ', 0)
			for _, v := range m.config.Values {
				fmt.Fprintf(w, "%s\t%s\t# %s\n", v.Key, cmp.Or(v.Value, `""`), v.Origin)
			}
			return w.Flush()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.AddCommand(&cobra.Command{
		Use:     "check",
		Short:   "Check the configuration and report every fault",
		Example: "  mawqif config check --config mawqif.yaml",
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error { // whose faults stopped it before
			from := "defaults, environment and flags"
			if m.config.File != "" {
				from = m.config.File
			}
			_, err := fmt.Fprintf(m.Stdout, "no faults (%s)\n", from)
			return err
		},
	}, &cobra.Command{
		Use:     "init [PATH]",
		Short:   "Write a configuration file that documents every key",
		Example: "  mawqif config init",
		Args:    usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			path := config.FileName
			if len(args) > 0 {
				path = args[0]
			}
			return writeNew(path, config.Example)
		},
	})
	return cmd
}

// writeNew writes a file that must not be there yet.
func writeNew(path, content string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return usage(fmt.Errorf("%s exists: name another file, or remove it first", path))
	}
	if err != nil {
		return err
	}
	if _, err := f.WriteString(content); err != nil {
		return errors.Join(err, f.Close())
	}
	return f.Close()
}
