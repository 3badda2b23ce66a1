package resolvers

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"mawqif/graph"
	"mawqif/graph/analysis"
	"mawqif/resolvers/internal/limits"
)

// The codes of errors, in `extensions.code`. Clients may rely on them.
const (
	CodeBadRequest   = "BAD_REQUEST"            // the HTTP request is not one of GraphQL
	CodeParse        = errcode.ParseFailed      // the document is not GraphQL
	CodeValidation   = errcode.ValidationFailed // the document does not fit the schema
	CodeBadUserInput = "BAD_USER_INPUT"         // an argument or a variable is not as it must be
	CodeNotFound     = "NOT_FOUND"              // no node has this id or key
	CodeLimit        = "LIMIT_EXCEEDED"         // too much was asked for; `extensions.limit` and `max` say of what
	CodeTimeout      = "TIMEOUT"                // the answer took too long
	CodeUnavailable  = "UNAVAILABLE"            // the store cannot be reached now
	CodeInternal     = "INTERNAL"               // a fault of the server; its log has the details
)

// An answer has at most so many errors, with messages of at most so many bytes.
const (
	maxErrors  = 20
	maxMessage = 500
)

// present is the one place where errors become what clients see. Faults of the
// server become INTERNAL without detail; [finish] logs them.
func present(ctx context.Context, err error) *gqlerror.Error {
	var e *gqlerror.Error
	if !errors.As(err, &e) {
		e = gqlerror.WrapPath(graphql.GetPath(ctx), err)
	}
	if e.Extensions == nil {
		e.Extensions = map[string]any{}
	}
	if code, ok := e.Extensions["code"].(string); ok {
		if code == CodeValidation && ofVariable(e.Path) {
			e.Extensions["code"] = CodeBadUserInput
		}
		return e
	}
	var limit *limits.Exceeded
	var number *strconv.NumError
	code := CodeInternal
	switch {
	case errors.As(err, &limit):
		code = CodeLimit
		e.Extensions["limit"], e.Extensions["max"] = limit.Limit, limit.Max
	case errors.Is(err, graph.ErrInvalid), errors.Is(err, analysis.ErrSettings), errors.As(err, &number):
		code = CodeBadUserInput
	case errors.Is(err, graph.ErrNotFound):
		code = CodeNotFound
	case errors.Is(err, errReading):
		code = CodeTimeout
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		code = CodeTimeout
		e.Message = "the answer took too long; ask for less at once"
	case errors.Is(err, graph.ErrUnavailable), errors.Is(err, graph.ErrClosed):
		code = CodeUnavailable
		e.Message = "the store cannot be reached now; try again later"
	default:
		if e.Err == nil {
			e.Err = errors.New(e.Message)
		}
		e.Message = "internal error"
	}
	e.Extensions["code"] = code
	return e
}

func ofVariable(path ast.Path) bool {
	return len(path) > 0 && path[0] == ast.PathName("variable")
}

// errPanic is what a panic becomes.
var errPanic = errors.New("panic")

// finish orders the errors of an answer, bounds their number and length, and
// logs those that are faults of the server.
func finish(log *slog.Logger, list gqlerror.List) gqlerror.List {
	if len(list) == 0 {
		return nil
	}
	// Resolvers run side by side: without an order answers would differ.
	slices.SortStableFunc(list, func(a, b *gqlerror.Error) int {
		return strings.Compare(a.Path.String(), b.Path.String())
	})
	more := len(list) - maxErrors
	if more > 0 {
		list = append(list[:maxErrors:maxErrors], &gqlerror.Error{
			Message:    "and " + strconv.Itoa(more) + " more errors",
			Extensions: map[string]any{"code": list[maxErrors].Extensions["code"]},
		})
	}
	for _, e := range list {
		if e.Extensions["code"] == CodeInternal {
			log.Error("internal error", "path", e.Path.String(), "error", e.Err)
		}
		e.Message = cut(e.Message, maxMessage)
		if len(e.Locations) > 2 {
			e.Locations = e.Locations[:2]
		}
	}
	return list
}

// cut shortens a text to at most n bytes, at the edge of a character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}
