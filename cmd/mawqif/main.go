// Command mawqif turns news articles into a graph of who said what.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"mawqif/graph"
	"mawqif/internal/config"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first signal asks to stop; a second one ends the process at once.
	context.AfterFunc(ctx, stop)
	m := Main{Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Now: time.Now}
	err := m.Run(ctx)
	if closing := m.Close(); err == nil {
		err = closing
	}
	if err != nil && err.Error() != "" {
		fmt.Fprintln(os.Stderr, "mawqif:", err)
	}
	os.Exit(ExitCode(err))
}

// Main is the program with all that it takes from outside.
type Main struct {
	Args           []string
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Now            func() time.Time

	config config.Loaded
	log    *slog.Logger
	store  graph.Store // nil until a command opens it
	// wrap, if set, stands something before the store, for tests.
	wrap func(graph.Store) graph.Store
}

// Run carries out the command of Args. Once ctx is done it finishes what must
// not be left half done, and returns.
func (m *Main) Run(ctx context.Context) error {
	root := m.command()
	root.SetArgs(m.Args)
	root.SetIn(m.Stdin)
	root.SetOut(m.Stdout)
	root.SetErr(m.Stderr)
	return root.ExecuteContext(ctx)
}

// Close releases what Run opened.
func (m *Main) Close() error {
	if m.store == nil {
		return nil
	}
	store := m.store
	m.store = nil
	return store.Close()
}

// The exit codes.
const (
	exitOK          = 0
	exitFailure     = 1
	exitUsage       = 2
	exitRejected    = 3
	exitInterrupted = 130
)

// exitCodes documents the exit codes, for the help.
const exitCodes = `Exit codes:
  0    all went well
  1    failure: the message says what, where and what to do
  2    the command line, the configuration or an input path is wrong; nothing was done
  3    done, but some articles were rejected
  130  interrupted: what was stored stands`

// codedError is an error with the exit code of the process.
type codedError struct {
	code int
	err  error
}

func (e *codedError) Error() string { return e.err.Error() }
func (e *codedError) Unwrap() error { return e.err }

func usage(err error) error {
	if err == nil {
		return nil
	}
	return &codedError{exitUsage, err}
}

// ExitCode returns the exit code that tells of an error.
func ExitCode(err error) int {
	var coded *codedError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &coded):
		return coded.code
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	}
	return exitFailure
}

const about = `mawqif (موقف, "position") turns news articles, Arabic and English, into a graph
of who said what, about whom, where and when, with the words that prove it.`

// command builds the tree of commands.
func (m *Main) command() *cobra.Command {
	root := &cobra.Command{
		Use:   "mawqif",
		Short: "Who said what: a graph of political statements from news articles",
		Long:  about + "\n\n" + exitCodes,
		Example: `  mawqif demo
  mawqif ingest articles/ && mawqif serve
  mawqif extract --format table article.txt`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          usageArgs(cobra.NoArgs),
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return usage(m.configure(cmd))
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage(fmt.Errorf("%w; see %s --help", err, cmd.CommandPath()))
	})
	defaults := config.Default()
	flags := root.PersistentFlags()
	flags.String("store", defaults.Store, "embedded store, a file, or the address of a Neo4j server, neo4j://USER@HOST:7687/DATABASE")
	flags.String("config", "", "configuration file (default: "+config.FileName+" in the working directory, then in the user's configuration directory)")
	flags.String("codebook", "", "codebook of the issues that positions are coded by (default: the one that mawqif carries)")
	flags.String("people", "", "corrections of who is one person, a file of lines with same or different")
	flags.String("log-level", defaults.Log.Level, "least level to log to standard error: debug, info, warn, error")
	flags.String("log-format", defaults.Log.Format, "format of the log: text, json")
	root.AddCommand(
		m.demoCommand(), m.ingestCommand(), m.extractCommand(), m.serveCommand(), m.statsCommand(),
		m.evalCommand(), m.networkCommand(), m.stancesCommand(), m.importCommand(), m.exportCommand(),
		m.codebookCommand(), m.peopleCommand(), m.copyCommand(), m.migrateCommand(), m.configCommand(), m.versionCommand(),
	)
	return root
}

// flagKeys maps the flags that set a key of the configuration to the key.
var flagKeys = map[string]string{
	"store": "store", "codebook": "codebook", "people": "people", "log-level": "log.level", "log-format": "log.format",
	"max-article": "ingest.max-article", "dead-letters": "ingest.dead-letters",
	"addr": "serve.addr",
}

// configure loads the configuration and prepares the log.
func (m *Main) configure(cmd *cobra.Command) error {
	path, err := cmd.Flags().GetString("config")
	if err != nil {
		return err
	}
	if path == "" {
		path = os.Getenv("MAWQIF_CONFIG")
	}
	bound := config.Flags{}
	for name, key := range flagKeys {
		if f := cmd.Flags().Lookup(name); f != nil {
			bound[key] = f
		}
	}
	if m.config, err = config.Load(path, bound); err != nil {
		return fmt.Errorf("the configuration has faults:\n%w", err)
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(m.config.Log.Level)); err != nil {
		return err
	}
	options := &slog.HandlerOptions{Level: level}
	var handler slog.Handler = slog.NewTextHandler(m.Stderr, options)
	if m.config.Log.Format == "json" {
		handler = slog.NewJSONHandler(m.Stderr, options)
	}
	m.log = slog.New(handler)
	for _, name := range m.config.Unknown {
		m.log.Warn("this variable of the environment sets nothing", "name", name)
	}
	return nil
}

// usageArgs makes a wrong number of arguments a usage error.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usage(fmt.Errorf("%w; see %s --help", err, cmd.CommandPath()))
		}
		return nil
	}
}
