package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"mawqif/graph/neo4j"
	"mawqif/graph/sqlite"
)

func (m *Main) migrateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "migrate",
		Short: "Bring the schema of the store up to date",
		Long: `Migrate makes what the store lacks: in an embedded store the tables, in Neo4j the
constraints and indexes. A store that is up to date, or empty, needs no migration;
a command that finds one that is not says so. Nothing that the store holds is lost,
and the command can be repeated.`,
		Example: `  mawqif migrate
  mawqif migrate --store neo4j://neo4j@db.example:7687/news`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !address.MatchString(m.config.Store) {
				s, err := sqlite.Open(cmd.Context(), m.config.Store, sqlite.Options{Now: m.Now})
				if err != nil {
					return err
				}
				if err := s.Close(); err != nil {
					return err
				}
				_, err = fmt.Fprintf(m.Stdout, "%s is up to date\n", m.config.Store)
				return err
			}
			o, err := m.neo4jOptions(m.config.Store)
			if err != nil {
				return usage(err)
			}
			version, err := neo4j.Migrate(cmd.Context(), o)
			if err != nil {
				return storeFault(err)
			}
			_, err = fmt.Fprintf(m.Stdout, "%s is up to date: schema %d\n", m.config.Store, version)
			return err
		},
	}
}
