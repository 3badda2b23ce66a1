package graph

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"strconv"
	"strings"
)

// Kind tells what a node of the graph is.
type Kind string

// The kinds of node. Each is also the prefix of the ids of its nodes.
const (
	KindActor     Kind = "actor"
	KindStatement Kind = "statement"
	KindPosition  Kind = "position"
	KindIssue     Kind = "issue"
	KindPlace     Kind = "place"
	KindArticle   Kind = "article"
	KindOutlet    Kind = "outlet"
	KindRun       Kind = "run"
)

// Kinds lists every kind of node in the order in which batches are written
// and graphs are hashed.
var Kinds = []Kind{KindActor, KindPlace, KindIssue, KindPosition, KindOutlet, KindRun, KindArticle, KindStatement}

// ID identifies a node: its kind, a colon and 26 characters of lower-case
// base 32 (the first 128 bits of a SHA-256). The zero ID means "none".
type ID string

// Kind returns the kind of node that the id names, or "" if it is not an id.
func (id ID) Kind() Kind {
	prefix, hash, ok := strings.Cut(string(id), ":")
	if !ok || len(hash) != idLength || strings.Trim(hash, idAlphabet) != "" {
		return ""
	}
	for _, k := range Kinds {
		if string(k) == prefix {
			return k
		}
	}
	return ""
}

const (
	idAlphabet = "abcdefghijklmnopqrstuvwxyz234567"
	idLength   = 26
)

var idEncoding = base32.NewEncoding(idAlphabet).WithPadding(base32.NoPadding)

// NewID derives an id from the kind of a node and the parts of its canonical
// key. Each part is preceded by its length, so ("ab", "c") and ("a", "bc")
// differ. The same key gives the same id on every machine.
func NewID(kind Kind, parts ...string) ID {
	var room [keyRoom]byte
	key := appendPart(room[:0], string(kind))
	for _, p := range parts {
		key = appendPart(key, p)
	}
	return idOf(kind, key)
}

// keyRoom is the size in bytes of most canonical keys.
const keyRoom = 1024

// idOf returns the id of the node with a canonical key.
func idOf(kind Kind, key []byte) ID {
	sum := sha256.Sum256(key)
	var room [16 + idLength]byte
	id := append(append(room[:0], kind...), ':')
	return ID(idEncoding.AppendEncode(id, sum[:16]))
}

// appendPart appends a part of a canonical key, its length before it.
func appendPart(key []byte, part string) []byte {
	return append(binary.AppendUvarint(key, uint64(len(part))), part...)
}

// appendNumber appends a part that is a number, in decimal digits.
func appendNumber(key []byte, n int) []byte {
	var room [20]byte
	digits := strconv.AppendInt(room[:0], int64(n), 10)
	return append(binary.AppendUvarint(key, uint64(len(digits))), digits...)
}

// Digest joins parts into one length-delimited byte string, the input of
// every content-derived hash.
func Digest(parts ...string) []byte {
	var b []byte
	for _, p := range parts {
		b = appendPart(b, p)
	}
	return b
}
