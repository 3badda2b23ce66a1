package graph

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"time"
)

// Hasher computes the hash of a graph from its nodes, so that every store
// computes the same. Nodes are added kind by kind in the order of [Kinds],
// each kind by id, and what persons held last, by person, institution and
// title.
type Hasher struct{ sum hash.Hash }

// NewHasher returns the hasher of an empty graph.
func NewHasher() *Hasher { return &Hasher{sum: sha256.New()} }

// Node is what a graph is made of.
type Node interface {
	Actor | Place | Issue | Position | Outlet | Run | Article | Statement | Held
}

// AddTo adds a node to a hash. Clocks do not count.
func AddTo[T Node](h *Hasher, node T) error {
	if s, ok := any(&node).(*Statement); ok {
		s.RecordedAt, s.SupersededAt = time.Time{}, time.Time{}
	}
	text, err := json.Marshal(node)
	if err != nil {
		return fmt.Errorf("hash: %w", err)
	}
	AddEncodedTo[T](h, text)
	return nil
}

// AddEncodedTo is [AddTo] for a node that is encoded already, as
// [json.Marshal] does it, a statement without its clocks.
func AddEncodedTo[T Node](h *Hasher, text []byte) {
	var kind T
	name := fmt.Sprintf("%T", kind)
	h.sum.Write(binary.AppendUvarint(nil, uint64(len(name))))
	h.sum.Write([]byte(name))
	h.sum.Write(binary.AppendUvarint(nil, uint64(len(text))))
	h.sum.Write(text)
}

// Sum returns the hash of the nodes added so far, in hexadecimal.
func (h *Hasher) Sum() string { return hex.EncodeToString(h.sum.Sum(nil)) }
