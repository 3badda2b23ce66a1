package model

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"mawqif/graph"
)

// MarshalDay writes a day, or null if it is unknown.
func MarshalDay(d graph.Day) graphql.Marshaler {
	if d == "" {
		return graphql.Null
	}
	return graphql.MarshalString(string(d))
}

// UnmarshalDay reads an ISO day.
func UnmarshalDay(v any) (graph.Day, error) {
	s, err := text(v, "a day like 2020-06-05")
	if err != nil {
		return "", err
	}
	return graph.ParseDay(s)
}

// MarshalMoment writes a moment, or null if it is unknown.
func MarshalMoment(t time.Time) graphql.Marshaler { return graphql.MarshalTime(t) }

// UnmarshalMoment reads a moment as RFC 3339 writes it.
func UnmarshalMoment(v any) (time.Time, error) {
	const wanted = "a moment like 2020-06-05T12:00:00Z"
	s, err := text(v, wanted)
	if err != nil {
		return time.Time{}, err
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("%w: %s is not %s", graph.ErrInvalid, quoted(s), wanted)
	}
	return t, nil
}

// MarshalInt8 writes a stance or an agreement.
func MarshalInt8(i int8) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, strconv.Itoa(int(i))) })
}

// UnmarshalInt8 reads a stance or an agreement.
func UnmarshalInt8(v any) (int8, error) {
	i, err := graphql.UnmarshalInt(v)
	if err != nil || i < -1 || i > 1 {
		return 0, fmt.Errorf("%w: %v is not -1, 0 or 1", graph.ErrInvalid, v)
	}
	return int8(i), nil
}

// MarshalActorRef writes an id.
func MarshalActorRef(id graph.ID) graphql.Marshaler { return graphql.MarshalString(string(id)) }

// UnmarshalActorRef reads the id or the key of an actor.
func UnmarshalActorRef(v any) (graph.ID, error) {
	return ref(v, graph.KindActor, "state/us", "actors")
}

// MarshalPlaceRef writes an id.
func MarshalPlaceRef(id graph.ID) graphql.Marshaler { return graphql.MarshalString(string(id)) }

// UnmarshalPlaceRef reads the id or the key of a place.
func UnmarshalPlaceRef(v any) (graph.ID, error) {
	return ref(v, graph.KindPlace, "place/sy", "places")
}

// MarshalOutletRef writes an id.
func MarshalOutletRef(id graph.ID) graphql.Marshaler { return graphql.MarshalString(string(id)) }

// UnmarshalOutletRef reads the id or the key of an outlet.
func UnmarshalOutletRef(v any) (graph.ID, error) {
	return ref(v, graph.KindOutlet, "outlet/reuters", "articles")
}

// IssueRef names an issue: by its id, or by a codebook and a key; an empty
// codebook is the usual one.
type IssueRef struct {
	ID            graph.ID
	Codebook, Key string
}

// MarshalIssueRef writes the reference as it was read.
func MarshalIssueRef(r IssueRef) graphql.Marshaler {
	switch {
	case r.ID != "":
		return graphql.MarshalString(string(r.ID))
	case r.Codebook != "":
		return graphql.MarshalString(r.Codebook + "/" + r.Key)
	}
	return graphql.MarshalString(r.Key)
}

// UnmarshalIssueRef reads the id of an issue, its key, or codebook and key
// with a slash between them.
func UnmarshalIssueRef(v any) (IssueRef, error) {
	const wanted = `the id of an issue, a key like "sanctions" or a codebook and a key like "mycodebook/sanctions"`
	s, err := text(v, wanted)
	if err != nil {
		return IssueRef{}, err
	}
	switch kind := graph.ID(s).Kind(); {
	case kind == graph.KindIssue:
		return IssueRef{ID: graph.ID(s)}, nil
	case kind != "" || s == "":
		return IssueRef{}, fmt.Errorf("%w: %s is not %s", graph.ErrInvalid, quoted(s), wanted)
	}
	codebook, key, ok := strings.Cut(s, "/")
	if !ok {
		return IssueRef{Key: s}, nil
	}
	return IssueRef{Codebook: codebook, Key: key}, nil
}

// ref reads an id of a kind, or a key, which holds a slash.
func ref(v any, kind graph.Kind, example, list string) (graph.ID, error) {
	s, err := text(v, fmt.Sprintf("an id or a key like %q", example))
	if err != nil {
		return "", err
	}
	switch id := graph.ID(s); {
	case id.Kind() == kind:
		return id, nil
	case id.Kind() != "":
		return "", fmt.Errorf("%w: %s is an id, but not one of kind %s", graph.ErrInvalid, quoted(s), kind)
	case !strings.Contains(s, "/"):
		return "", fmt.Errorf("%w: %s is neither an id (%s:…) nor a key like %q; look it up with `%s`", graph.ErrInvalid, quoted(s), kind, example, list)
	}
	return graph.NewID(kind, s), nil
}

func text(v any, wanted string) (string, error) {
	switch s := v.(type) {
	case string:
		return s, nil
	case json.Number:
		return "", fmt.Errorf("%w: %s is not %s", graph.ErrInvalid, s, wanted)
	}
	return "", fmt.Errorf("%w: expected %s", graph.ErrInvalid, wanted)
}

// quoted quotes a value for an error message, cut where it is long.
func quoted(s string) string {
	const most = 100
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return strconv.Quote(s)
}
