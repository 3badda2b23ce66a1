package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/htmlindex"

	"mawqif/graph/coded/codedtest"
	"mawqif/internal/neo4jtest"
)

func TestMain(m *testing.M) {
	testscript.Main(neo4jtest.M{M: m}, map[string]func(){"mawqif": main})
}

// TestScripts runs the program as people do. The scripts stand in
// testdata/script.
func TestScripts(t *testing.T) {
	sample := codedtest.DNA(t)
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("DNA_SAMPLE", sample)
			env.Setenv("XDG_CONFIG_HOME", filepath.Join(env.WorkDir, ".config"))
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits":  exits,
			"bytes":  writeBytes,
			"repeat": repeat,
			"encode": encodeFile,
			"sqlite": sqliteExec,
			"write":  writeText,
			"server": server,
			"cypher": cypher,
		},
	})
}

// exits CODE COMMAND... runs a command that must end with an exit code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("%v ends with exit code %d, want %d", args[1:], got, want)
	}
}

// bytes FILE QUOTED writes the bytes of a Go string, without its quotes.
func writeBytes(ts *testscript.TestScript, _ bool, args []string) {
	content, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(content), 0o600))
}

// repeat FILE TIMES FROM writes the content of a file several times over.
func repeat(ts *testscript.TestScript, _ bool, args []string) {
	times, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.Repeat([]byte(ts.ReadFile(args[2])), times), 0o600))
}

// encode FILE ENCODING FROM writes the content of a file in another encoding.
func encodeFile(ts *testscript.TestScript, _ bool, args []string) {
	e, err := htmlindex.Get(args[1])
	ts.Check(err)
	content, err := e.NewEncoder().Bytes([]byte(ts.ReadFile(args[2])))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), content, 0o600))
}

// server names the Neo4j server for tests, which is empty, in $NEO4J. One script
// at a time may have it.
func server(ts *testscript.TestScript, _ bool, _ []string) {
	s, err := neo4jtest.Get(context.Background())
	ts.Check(err)
	ts.Check(errors.Join(s.Empty(context.Background()), s.Forget(context.Background())))
	ts.Setenv("NEO4J", s.Address())
	ts.Setenv(neo4jtest.PasswordVariable, s.Password)
}

// cypher QUERY changes the Neo4j server behind the program's back.
func cypher(ts *testscript.TestScript, _ bool, args []string) {
	s, err := neo4jtest.Get(context.Background())
	ts.Check(err)
	_, err = s.Query(context.Background(), args[0], nil)
	ts.Check(err)
}

// write FILE TEXT writes a text to a file.
func writeText(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(args[1]), 0o600))
}

// sqlite FILE SQL changes a store behind the program's back.
func sqliteExec(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = db.ExecContext(context.Background(), args[1])
	ts.Check(errors.Join(err, db.Close()))
}
