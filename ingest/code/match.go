package code

import (
	"slices"
	"sort"
	"strconv"

	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// matcher finds the terms of all patterns of one language in a text. Its cost
// is linear in the length of the text and in the sequences whose anchor, their
// longest word, the text holds.
type matcher struct {
	lang      string
	words     trie
	anchored  [][]int32 // sequences by the class of their anchor
	sequences []sequence
	parts     int
}

type sequence struct {
	elements []compiled
	anchor   int
	part     int32
}

type compiled struct {
	class int32
	slot  slot
	gap   int
}

// hit is a term found: words [First, Last) of the reading.
type hit struct {
	part          int32
	first, last   int32
	object, place int32 // indices of mentions, −1 if none
}

// builder gathers the sequences of a matcher.
type builder struct {
	m       *matcher
	classes map[string]int32
	members [][]word
}

func newBuilder(lang string) *builder {
	return &builder{m: &matcher{lang: lang}, classes: map[string]int32{}}
}

// add registers a term and returns its part.
func (b *builder) add(sequences [][]element) int32 {
	part := int32(b.m.parts)
	b.m.parts++
	for _, elements := range sequences {
		s := sequence{part: part, anchor: -1}
		longest := 0
		for i, e := range elements {
			c := compiled{class: -1, slot: e.slot, gap: e.gap}
			if e.slot == noSlot {
				c.class = b.class(e.words)
				if n := shortest(e.words); n > longest {
					longest, s.anchor = n, i
				}
			}
			s.elements = append(s.elements, c)
		}
		at := s.elements[s.anchor].class
		b.m.anchored[at] = append(b.m.anchored[at], int32(len(b.m.sequences)))
		b.m.sequences = append(b.m.sequences, s)
	}
	return part
}

// shortest returns the length of the shortest word, more for fewer words: the
// rarer an anchor, the fewer sequences are tried in vain.
func shortest(words []word) int {
	n := 1 << 10
	for _, w := range words {
		n = min(n, len(w.key))
	}
	return max(1, n*4-len(words))
}

func (b *builder) class(words []word) int32 {
	keys := make([]string, len(words))
	for i, w := range words {
		keys[i] = w.key + "\x00" + strconv.FormatBool(w.stem) + strconv.FormatBool(w.bare)
	}
	sort.Strings(keys)
	name := ""
	for _, k := range keys {
		name += k + "\x01"
	}
	id, ok := b.classes[name]
	if !ok {
		id = int32(len(b.members))
		b.classes[name] = id
		b.members = append(b.members, words)
		b.m.anchored = append(b.m.anchored, nil)
	}
	return id
}

func (b *builder) build() *matcher {
	var entries []entry
	for id, words := range b.members {
		for _, w := range words {
			entries = append(entries, entry{w, int32(id)})
		}
	}
	b.m.words = newTrie(entries)
	return b.m
}

// reading is a text as the patterns see it: its words without the marks.
type reading struct {
	t        *text.Text
	token    []int32 // token of each word
	sentence []int32
	classes  [][]int32
	// mention is, for each word, the index of the mention around it, or −1.
	mention  []int32
	mentions []gazetteer.Mention
	arena    []int32
}

func (m *matcher) read(t *text.Text, mentions []gazetteer.Mention) *reading {
	n := len(t.Tokens)
	r := &reading{
		t: t, mentions: mentions,
		token: make([]int32, 0, n), sentence: make([]int32, 0, n), mention: make([]int32, 0, n),
		classes: make([][]int32, 0, n), arena: make([]int32, 0, n),
	}
	var buffer [12]string
	next := 0
	for i := range t.Tokens {
		tok := &t.Tokens[i]
		if tok.Kind != text.Word && tok.Kind != text.Number {
			continue
		}
		for next < len(mentions) && mentions[next].Last <= i {
			next++
		}
		at := int32(-1)
		if next < len(mentions) && mentions[next].First <= i {
			at = int32(next)
		}
		from := len(r.arena)
		for k, f := range forms(tok.Fold, m.lang, &buffer) {
			r.arena = m.words.find(f, k > 0, r.arena)
		}
		r.token = append(r.token, int32(i))
		r.sentence = append(r.sentence, int32(tok.Sentence))
		r.mention = append(r.mention, at)
		r.classes = append(r.classes, r.arena[from:len(r.arena):len(r.arena)])
	}
	return r
}

// hits returns the terms found in the whole text, in its order.
func (m *matcher) hits(r *reading) []hit {
	var found []hit
	for i := range r.classes {
		for k, class := range r.classes[i] {
			if slices.Contains(r.classes[i][:k], class) {
				continue
			}
			for _, s := range m.anchored[class] {
				if h, ok := m.sequences[s].at(r, i); ok {
					found = append(found, h)
				}
			}
		}
	}
	slices.SortStableFunc(found, func(a, b hit) int {
		if a.first != b.first {
			return int(a.first - b.first)
		}
		if a.part != b.part {
			return int(a.part - b.part)
		}
		return int(b.last - a.last)
	})
	return slices.CompactFunc(found, func(a, b hit) bool { return a.first == b.first && a.part == b.part })
}

// at tries the sequence with its anchor on word i; a gap takes as few words
// as it can.
func (s *sequence) at(r *reading, i int) (hit, bool) {
	h := hit{part: s.part, first: int32(i), last: int32(i + 1), object: -1, place: -1}
	for k := s.anchor + 1; k < len(s.elements); k++ {
		if !s.step(r, k, s.elements[k].gap, 1, &h) {
			return h, false
		}
	}
	for k := s.anchor - 1; k >= 0; k-- {
		if !s.step(r, k, s.elements[k+1].gap, -1, &h) {
			return h, false
		}
	}
	return h, true
}

// step extends h by element k, to the right or the left.
func (s *sequence) step(r *reading, k, gap, direction int, h *hit) bool {
	e := &s.elements[k]
	at := int(h.last)
	if direction < 0 {
		at = int(h.first) - 1
	}
	home := r.sentence[h.first]
	for ; gap >= 0 && at >= 0 && at < len(r.token) && r.sentence[at] == home; gap, at = gap-1, at+direction {
		first, last := at, at+1
		if e.slot == noSlot {
			if !slices.Contains(r.classes[at], e.class) {
				continue
			}
		} else {
			m := r.mention[at]
			if m < 0 {
				continue
			}
			entity := r.mentions[m].Entity
			if e.slot == objectSlot {
				if entity.Actor == nil {
					continue
				}
				h.object = m
			} else {
				if entity.Place == nil {
					continue
				}
				h.place = m
			}
			for first > 0 && r.mention[first-1] == m {
				first--
			}
			for last < len(r.token) && r.mention[last] == m {
				last++
			}
		}
		h.first, h.last = min(h.first, int32(first)), max(h.last, int32(last))
		return true
	}
	return false
}

// trie holds the words of the patterns.
type trie struct {
	nodes []trieNode
}

type trieNode struct {
	edges []edge
	// next is the table of the edges, made where there are many.
	next *[256]int32
	// whole are the classes of the words that end here; bare of those that a
	// token must equal as it stands; stem of those that a token may go on from.
	whole, bare, stem, bareStem []int32
}

type edge struct {
	label byte
	to    int32
}

type entry struct {
	word  word
	class int32
}

func newTrie(entries []entry) trie {
	t := trie{nodes: make([]trieNode, 1)}
	for _, e := range entries {
		at := int32(0)
		for i := 0; i < len(e.word.key); i++ {
			at = t.child(at, e.word.key[i])
		}
		n := &t.nodes[at]
		list := &n.whole
		switch {
		case e.word.stem && e.word.bare:
			list = &n.bareStem
		case e.word.stem:
			list = &n.stem
		case e.word.bare:
			list = &n.bare
		}
		*list = append(*list, e.class)
	}
	for i := range t.nodes {
		if n := &t.nodes[i]; len(n.edges) >= manyEdges {
			n.next = new([256]int32)
			for _, e := range n.edges {
				n.next[e.label] = e.to
			}
		}
	}
	return t
}

// manyEdges is from how many edges on a table is quicker than a search.
const manyEdges = 5

func (t *trie) child(at int32, label byte) int32 {
	edges := t.nodes[at].edges
	i, ok := slices.BinarySearchFunc(edges, label, func(e edge, l byte) int { return int(e.label) - int(l) })
	if ok {
		return edges[i].to
	}
	to := int32(len(t.nodes))
	t.nodes = append(t.nodes, trieNode{})
	t.nodes[at].edges = slices.Insert(edges, i, edge{label, to})
	return to
}

// find appends the classes of a token's form; peeled tells that something was
// taken off it.
func (t *trie) find(form string, peeled bool, into []int32) []int32 {
	if len(t.nodes) == 0 {
		return into
	}
	n := &t.nodes[0]
	for i := 0; i < len(form); i++ {
		var to int32
		if n.next != nil {
			to = n.next[form[i]]
		} else {
			for _, e := range n.edges {
				if e.label == form[i] {
					to = e.to
					break
				}
			}
		}
		if to == 0 {
			return into
		}
		n = &t.nodes[to]
		into = append(into, n.stem...)
		if !peeled {
			into = append(into, n.bareStem...)
		}
	}
	into = append(into, n.whole...)
	if !peeled {
		into = append(into, n.bare...)
	}
	return into
}
