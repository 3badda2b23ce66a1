package neo4j

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"mawqif/graph"
)

// faults are what a server answers that people can do something about, by its
// code or a beginning of it.
var faults = []struct {
	code   string
	err    error
	remedy string
}{
	{"Neo.ClientError.Security.Unauthorized", graph.ErrUnavailable, "{server} refuses the user or the password: name the user in the address, and give the password in MAWQIF_NEO4J_PASSWORD or in the file neo4j.password-file"},
	{"Neo.ClientError.Security.AuthenticationRateLimit", graph.ErrUnavailable, "{server} has had too many wrong passwords: wait some seconds, then try again"},
	{"Neo.ClientError.Security.CredentialsExpired", graph.ErrUnavailable, "{server} wants a new password first: ALTER CURRENT USER SET PASSWORD, in Neo4j Browser or cypher-shell"},
	{"Neo.ClientError.Security.Forbidden", graph.ErrUnavailable, "the user may not do this at {server}: give it the role publisher, or, to make constraints and indexes, architect"},
	{"Neo.ClientError.Database.DatabaseNotFound", graph.ErrUnavailable, "{server} has no database {database}: create it, or name another"},
	{"Neo.ClientError.Cluster.NotALeader", graph.ErrUnavailable, "{server} is a follower, which takes no writes: use neo4j://, which finds the leader"},
	{"Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", graph.ErrUnavailable, "the database {database} at {server} is read-only: it is a follower (use neo4j://, which finds the leader), was set so, or has no space left"},
	{"Neo.ClientError.General.WriteOnReadOnlyAccessDatabase", graph.ErrUnavailable, "the database {database} at {server} takes no writes: set it to READ WRITE, or name another"},
	{"Neo.TransientError.General.OutOfMemoryError", graph.ErrUnavailable, "{server} is out of memory: give it more"},
	{"Neo.TransientError.General.MemoryPoolOutOfMemoryError", graph.ErrUnavailable, "{server} is out of memory for transactions: give it more"},
	{"Neo.DatabaseError.Transaction.TransactionLogError", graph.ErrFull, "{server} cannot write its log: free some space on its disk and restart it, then go on; what was written stands"},
	{"Neo.DatabaseError.Transaction.TransactionCommitFailed", graph.ErrFull, "{server} cannot commit: see its log; free some space on its disk and restart it if there is none, then go on; what was written stands"},
	{"Neo.TransientError.", graph.ErrUnavailable, "{server} is busy or changing: try again"},
}

// lastOf returns the last error of a transaction that the driver has given up.
func lastOf(err error) error {
	var limit *neo4j.TransactionExecutionLimit
	if errors.As(err, &limit) && len(limit.Errors) > 0 {
		return limit.Errors[len(limit.Errors)-1]
	}
	return err
}

// explain turns the errors of the driver into those of the domain.
func (s *Store) explain(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	last := lastOf(err)
	var server *neo4j.Neo4jError
	if errors.As(last, &server) {
		for _, f := range faults {
			if strings.HasPrefix(server.Code, f.code) {
				remedy := strings.NewReplacer("{server}", s.address, "{database}", s.database).Replace(f.remedy)
				return fmt.Errorf("%w: %s (%w)", f.err, remedy, err)
			}
		}
		return err
	}
	var lost *neo4j.ConnectivityError
	if errors.As(last, &lost) || neo4j.IsRetryable(last) || errors.Is(last, context.DeadlineExceeded) {
		return fmt.Errorf("%w: no answer from %s; check that the server runs and that the address is right, then try again (%w)", graph.ErrUnavailable, s.address, err)
	}
	return err
}
