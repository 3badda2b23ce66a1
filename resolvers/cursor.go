package resolvers

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"

	"mawqif/graph"
)

// A cursor is opaque to clients: base64url of a version, the list it belongs
// to, the sort key (both preceded by their length) and the id of an item.
const (
	cursorVersion = 1
	cursorLength  = 4096 // of the encoded cursor
)

var cursorEncoding = base64.RawURLEncoding.Strict()

// encodeCursor makes the cursor of an item of a list, such as "actors" or
// "statements/NEWEST_FIRST".
func encodeCursor(list string, c graph.Cursor) string {
	b := []byte{cursorVersion}
	b = appendString(b, list)
	b = appendString(b, c.Key)
	b = append(b, c.ID...)
	return cursorEncoding.EncodeToString(b)
}

// decodeCursor reads a cursor of a list. It returns a [graph.ErrInvalid] for
// anything that [encodeCursor] did not make for the same list.
func decodeCursor(list, s string) (graph.Cursor, error) {
	bad := fmt.Errorf("%w: `after` is no cursor of this server; take it from `pageInfo.endCursor` or an edge's `cursor`", graph.ErrInvalid)
	if len(s) > cursorLength {
		return graph.Cursor{}, bad
	}
	b, err := cursorEncoding.DecodeString(s)
	if err != nil || len(b) == 0 {
		return graph.Cursor{}, bad
	}
	if b[0] != cursorVersion {
		return graph.Cursor{}, fmt.Errorf("%w: `after` is a cursor of another version of mawqif; begin the list anew", graph.ErrInvalid)
	}
	of, b, ok1 := cutString(b[1:])
	key, b, ok2 := cutString(b)
	id := graph.ID(b)
	if !ok1 || !ok2 || id.Kind() == "" || encodeCursor(of, graph.Cursor{Key: key, ID: id}) != s {
		return graph.Cursor{}, bad
	}
	if of != list {
		return graph.Cursor{}, fmt.Errorf("%w: `after` is a cursor of the list %.40q, not of %q; a cursor goes with one list in one order", graph.ErrInvalid, of, list)
	}
	return graph.Cursor{Key: key, ID: id}, nil
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func cutString(b []byte) (string, []byte, bool) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)-size) {
		return "", nil, false
	}
	b = b[size:]
	return string(b[:n]), b[n:], true
}
