package gazetteer

import (
	"strings"

	"mawqif/graph"
)

// role tells what a name in the trie stands for.
type role uint8

const (
	roleName      role = iota // an entity
	roleAdjective             // of a state or an organisation
	roleHead                  // of a composed institution: "Foreign Ministry"
	roleOffice                // at its top: "foreign minister"
)

// sense is one meaning of a name.
type sense struct {
	entity  *Entity
	pattern int16 // of a head or an office, else −1
	state   int16 // of a state's name, adjective or capital, else −1
	role    role
	form    Form
	// weak: an everyday word too; inner: counts only inside a longer name;
	// twofold: belongs to two states.
	weak, inner, twofold bool
	// agree: the head wants a feminine adjective; feminine: the adjective is.
	agree, feminine bool
	// capital: an English name that begins with a capital letter; acronym: one
	// that has no other letters.
	capital, acronym bool
}

// trie holds folded names word by word: a table from word to number, and one
// from (node, word) to node.
type trie struct {
	words map[string]uint32
	root  []int32 // by word: the node of names that begin with it; 0 if none
	edges map[uint64]int32
	nodes [][]sense // node 0 is none
}

func newTrie() trie {
	return trie{words: make(map[string]uint32, 1<<14), edges: make(map[uint64]int32, 1<<14), nodes: make([][]sense, 1, 1<<14)}
}

// add gives a name, folded, one more sense; the first added ranks first.
func (t *trie) add(name string, s sense) {
	node := int32(0)
	for rest, more := name, true; more; {
		var word string
		word, rest, more = strings.Cut(rest, " ")
		id, ok := t.words[word]
		if !ok {
			id = uint32(len(t.words))
			t.words[word] = id
			t.root = append(t.root, 0)
		}
		var next int32
		if node == 0 {
			next = t.root[id]
		} else {
			next = t.edges[uint64(node)<<32|uint64(id)]
		}
		if next == 0 {
			next = int32(len(t.nodes))
			t.nodes = append(t.nodes, nil)
			if node == 0 {
				t.root[id] = next
			} else {
				t.edges[uint64(node)<<32|uint64(id)] = next
			}
		}
		node = next
	}
	for _, old := range t.nodes[node] {
		if old == s {
			return
		}
	}
	t.nodes[node] = append(t.nodes[node], s)
}

// step goes from a node (0: the root) by a word; 0 if there is no way.
func (t *trie) step(node int32, word string) int32 {
	id, ok := t.words[word]
	if !ok {
		return 0
	}
	if node == 0 {
		return t.root[id]
	}
	return t.edges[uint64(node)<<32|uint64(id)]
}

// senses returns the senses of a whole name.
func (t *trie) senses(name string) []sense {
	node := int32(0)
	for rest, more := graph.Fold(name), true; more; {
		var word string
		word, rest, more = strings.Cut(rest, " ")
		if node = t.step(node, word); node == 0 {
			return nil
		}
	}
	return t.nodes[node]
}
