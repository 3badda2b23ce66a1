package gazetteer

import (
	"mawqif/graph"
	"mawqif/ingest/text"
)

// Composed is the name of an institution, or of the office at its top, that
// patterns.tsv knows: "the Qatari foreign minister", "وزارة الدفاع".
type Composed struct {
	// First and Last are its tokens with those of its state, [First, Last).
	First, Last int
	// Pattern is the key of patterns.tsv, "" for an office of one institution.
	Pattern string
	// Institution is nil if the text puts no state beside the name.
	Institution *Entity
	// Doubtful tells that the name is an everyday word when it stands alone
	// ("الخارجية", "the outer").
	Doubtful bool
}

// OfficeAt returns the office whose name begins at token i: "foreign minister",
// "وزير الخارجية الروسي". An English state may stand before it.
func (g *Gazetteer) OfficeAt(t *text.Text, i int) (Composed, bool) { return g.part(t, i, roleOffice) }

// HeadAt returns the institution whose name begins at token i, its state or
// none beside it: "Foreign Ministry", "وزارة الخارجية".
func (g *Gazetteer) HeadAt(t *text.Text, i int) (Composed, bool) { return g.part(t, i, roleHead) }

func (g *Gazetteer) part(t *text.Text, i int, of role) (Composed, bool) {
	tok := &t.Tokens[i]
	if tok.Kind != text.Word || tok.Fold == "" {
		return Composed{}, false
	}
	best := Composed{}
	g.parts(t, i, tok.Fold, of, &best)
	if best.Last == 0 && tok.Fold[0] >= 0xD8 && len(tok.Fold) > 6 {
		var buffer [64]byte
		for c := range stripped(tok.Fold, buffer[:0]) {
			g.parts(t, i, c.word, of, &best)
		}
	}
	return best, best.Last > 0
}

func (g *Gazetteer) parts(t *text.Text, i int, first string, of role, best *Composed) {
	var hits [maxHits]hit
	n := g.walk(t, i, first, &hits)
	for _, h := range hits[:n] {
		for s := range g.trie.nodes[h.node] {
			se := &g.trie.nodes[h.node][s]
			if se.role != of || h.partial {
				continue
			}
			c := Composed{First: i, Last: h.end}
			if se.entity != nil {
				c.Institution = se.entity
			} else {
				c.Pattern = g.patterns[se.pattern].key
				state, end, _ := g.stateBehind(t, h, of == roleHead && se.agree)
				if state >= 0 {
					c.Last = end
				} else if before, from := g.stateBefore(t, i); before >= 0 {
					state, c.First = before, from
				}
				switch {
				case state >= 0:
					c.Institution, _ = g.composedAs(int(se.pattern), state, se.form)
				case se.weak:
					continue
				case se.agree:
					c.Doubtful = true
				}
			}
			if c.Last > best.Last || c.Last == best.Last && best.Institution == nil && c.Institution != nil {
				*best = c
			}
		}
	}
}

// stateBefore finds the state that ends just before a token: "Turkish", "US",
// "Iraq's". It returns −1 if there is none.
func (g *Gazetteer) stateBefore(t *text.Text, at int) (state, first int) {
	for first = at - 1; first >= 0 && first >= at-3; first-- {
		tok := &t.Tokens[first]
		if tok.Kind != text.Word || tok.Sentence != t.Tokens[at].Sentence {
			break
		}
		var hits [maxHits]hit
		n := g.walk(t, first, tok.Fold, &hits)
		for _, h := range hits[:n] {
			if h.end != at || h.partial {
				continue
			}
			for s := range g.trie.nodes[h.node] {
				se := &g.trie.nodes[h.node][s]
				if se.state >= 0 && (h.possessive || se.role == roleAdjective) && se.written(t, first, h.end) {
					return int(se.state), first
				}
			}
		}
	}
	return -1, at
}

// Adjective returns the English adjective of a state; "" if it has none.
func (g *Gazetteer) Adjective(state *Entity) string {
	if state == nil || state.Actor == nil {
		return ""
	}
	i, ok := g.stateOf[state.Actor.ID]
	if !ok {
		return ""
	}
	return g.adjectives[i].english
}

// Portfolio returns the pattern of the ministry of an English field, as in
// "defense officials" or "undersecretary of defense": "defence-ministry" of
// "defense"; "" if there is none.
func (g *Gazetteer) Portfolio(field string) string {
	for _, name := range [...]string{field + " ministry", "ministry of " + field} {
		for _, s := range g.trie.senses(name) {
			if s.role == roleHead {
				return g.patterns[s.pattern].key
			}
		}
	}
	return ""
}

// AdjectiveOf returns the English adjective of the state of which an Arabic word
// is the adjective: "Tunisian" of تونسي; "" if it is none.
func (g *Gazetteer) AdjectiveOf(arabic string) string {
	for _, s := range g.trie.senses(arabic) {
		if s.role == roleAdjective && s.state >= 0 {
			return g.adjectives[s.state].english
		}
	}
	return ""
}

// State returns the state that an entity is or belongs to; nil if none.
func (g *Gazetteer) State(e *Entity) *Entity {
	switch {
	case e == nil:
		return nil
	case e.State != nil:
		return e.State
	case e.Actor != nil && e.Actor.Kind == graph.State:
		return e
	}
	return nil
}

// Called returns the entity that bears a name, unmarked; nil if there is none.
func (g *Gazetteer) Called(name string) *Entity {
	for _, s := range g.trie.senses(name) {
		if s.role == roleName && !s.weak && !s.inner {
			return s.entity
		}
	}
	return nil
}
