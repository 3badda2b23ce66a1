package resolvers

import (
	"errors"
	"strings"
	"testing"

	"mawqif/graph"
)

func TestCursorGoesWithItsList(t *testing.T) {
	for _, c := range []graph.Cursor{
		{Key: "", ID: graph.NewID(graph.KindActor, "a")},
		{Key: "[-18690]", ID: graph.NewID(graph.KindStatement, "a")},
		{Key: "وزارة\x00", ID: graph.NewID(graph.KindPlace, "a")},
	} {
		s := encodeCursor("actors", c)
		got, err := decodeCursor("actors", s)
		if err != nil || got != c {
			t.Errorf("%+v: got %+v, %v", c, got, err)
		}
		if _, err := decodeCursor("places", s); !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "actors") {
			t.Errorf("another list: %v", err)
		}
	}
}

func TestCursorOfAnotherVersionIsToldApart(t *testing.T) {
	_, err := decodeCursor("actors", cursorEncoding.EncodeToString([]byte{cursorVersion + 1, 0, 0}))
	if !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "version") {
		t.Error(err)
	}
}

func FuzzDecodeCursor(f *testing.F) {
	id := graph.NewID(graph.KindActor, "a")
	f.Add(encodeCursor("actors", graph.Cursor{Key: "key", ID: id}))
	f.Add(encodeCursor("places", graph.Cursor{Key: "key", ID: id}))
	f.Add("")
	f.Add("AQ")
	f.Add("AZ_______w8")
	f.Add(strings.Repeat("A", cursorLength+1))
	f.Fuzz(func(t *testing.T, s string) {
		c, err := decodeCursor("actors", s)
		switch {
		case err != nil && !errors.Is(err, graph.ErrInvalid):
			t.Errorf("an error of another kind: %v", err)
		case err != nil && len(err.Error()) > 300:
			t.Errorf("a long error: %v", err)
		case err == nil && encodeCursor("actors", c) != s:
			t.Errorf("%q and %q are cursors of the same place", s, encodeCursor("actors", c))
		}
	})
}
