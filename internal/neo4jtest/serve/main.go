// Command serve lends a Neo4j server to try things on, as the tests have it: for
// the time of a command, or until it is interrupted. Nothing of it stays.
//
//	go run ./internal/neo4jtest/serve [COMMAND [ARG]...]
//
// The command has the address in MAWQIF_STORE and the password in
// MAWQIF_NEO4J_PASSWORD.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"mawqif/internal/neo4jtest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:])
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		os.Exit(exit.ExitCode())
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, command []string) (err error) {
	s, err := neo4jtest.Get(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, neo4jtest.Stop()) }()
	if len(command) == 0 {
		fmt.Printf("export MAWQIF_STORE=%s %s='%s'\n", s.Address(), neo4jtest.PasswordVariable, s.Password)
		fmt.Fprintln(os.Stderr, "Neo4j", neo4jtest.Version, "runs until it is interrupted")
		<-ctx.Done()
		return nil
	}
	// The command has the interrupt too, and ends as it sees fit.
	cmd := exec.CommandContext(context.WithoutCancel(ctx), command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), "MAWQIF_STORE="+s.Address(), neo4jtest.PasswordVariable+"="+s.Password)
	return cmd.Run()
}
