package gazetteer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"mawqif/graph"
	"mawqif/ingest/text"
)

// hit is a name that ends before token end.
type hit struct {
	node       int32
	end        int
	possessive bool // "Turkey's"
	partial    bool // "US" in "US-backed"
	width      int  // of a partial or possessive name in its last token, in bytes
}

// maxHits bounds the names that begin at one token, one inside the other.
const maxHits = 8

// walk lists the names that begin at token i, of which first is the key
// without clitics: shortest first.
func (g *Gazetteer) walk(t *text.Text, i int, first string, hits *[maxHits]hit) int {
	n := 0
	node := int32(0)
	for at := i; at < len(t.Tokens); at++ {
		tok := &t.Tokens[at]
		if tok.Sentence != t.Tokens[i].Sentence {
			break
		}
		fold := tok.Fold
		if at == i {
			fold = first
		} else if tok.Kind == text.Punct || tok.Kind == text.Mark {
			// Marks inside a name: «حركة "النهضة"», "حركة المقاومة (حماس)".
			if at-i > 0 && skipped(tok) && at+1 < len(t.Tokens) {
				continue
			}
			break
		}
		end := at + 1
		if strings.IndexByte(fold, ' ') < 0 {
			if node = g.trie.step(node, fold); node == 0 {
				break
			}
			if len(g.trie.nodes[node]) > 0 && n < maxHits {
				hits[n] = hit{node: node, end: end}
				n++
			}
			continue
		}
		// "turkey s", "u s", "us backed": ends inside the token only before a
		// possessive s or, for a state, a hyphen.
		words := 0
		for rest, more := fold, true; more; {
			var word string
			word, rest, more = strings.Cut(rest, " ")
			if node = g.trie.step(node, word); node == 0 {
				break
			}
			words++
			if len(g.trie.nodes[node]) == 0 || n >= maxHits {
				continue
			}
			h := hit{node: node, end: end}
			if more {
				h.possessive = rest == "s" && possessive(t.At(tok.Span))
				h.partial = !h.possessive && strings.Contains(t.At(tok.Span), "-")
				if h.width = prefixWidth(t.At(tok.Span), words); !h.possessive && !h.partial {
					continue
				}
			}
			hits[n] = h
			n++
		}
		if node == 0 {
			break
		}
	}
	return n
}

// skipped tells whether a mark may stand inside a name.
func skipped(tok *text.Token) bool {
	if tok.Kind == text.Mark {
		return true
	}
	switch tok.Fold {
	case "(", ")", "-", "–", ".":
		return true
	}
	return false
}

// possessive tells whether a token ends in 's.
func possessive(s string) bool {
	return strings.HasSuffix(s, "'s") || strings.HasSuffix(s, "’s") || strings.HasSuffix(s, "'S") || strings.HasSuffix(s, "’S")
}

// prefixWidth returns the length in bytes of the first words of a token, which
// are parted by anything that is no letter or digit.
func prefixWidth(s string, words int) int {
	inside, seen := false, 0
	for at, r := range s {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r)
		if letter && !inside {
			seen++
		}
		if !letter && inside && seen == words && !unicode.Is(unicode.Mn, r) {
			return at
		}
		inside = letter || inside && unicode.Is(unicode.Mn, r)
	}
	return len(s)
}

// candidate is what a token might begin.
type candidate struct {
	end     int
	width   int // of the part of the last token that belongs to it; 0: all
	clitics int // letters before it
	entity  *Entity
	form    Form
	weak    bool
	twofold bool
	exact   bool    // in the data as it stands, not composed
	other   *Entity // of a twofold name, the second reading
	form2   Form
}

// Find returns the names in a text, leftmost and longest first, in the order
// of the text, none overlapping another.
func (g *Gazetteer) Find(t *text.Text) []Mention {
	out := make([]Mention, 0, len(t.Tokens)/8)
	var doubts []doubt
	for i := 0; i < len(t.Tokens); {
		c, ok := g.at(t, i)
		if !ok {
			i++
			continue
		}
		if c.width == 0 {
			c.end = closed(t, i, c.end)
		}
		m := Mention{First: i, Last: c.end, Entity: c.entity, Form: c.form}
		m.Span = t.Cover(i, c.end)
		if c.width > 0 {
			m.End = t.Tokens[c.end-1].Start + c.width
		}
		if c.clitics > 0 {
			m.Start += cliticWidth(t.At(t.Tokens[i].Span), c.clitics)
		}
		if c.weak || c.twofold {
			doubts = append(doubts, doubt{index: len(out), other: c.other, form: c.form2, twofold: c.twofold})
		}
		out = append(out, m)
		i = c.end
	}
	if len(doubts) > 0 {
		out = g.settle(t, out, doubts)
	}
	return out
}

// closed moves the end of a name behind the mark that closes a pair opened
// inside it: «حركة "النهضة"», "Islamic State (ISIS)".
func closed(t *text.Text, first, end int) int {
	if end >= len(t.Tokens) || end-first < 2 {
		return end
	}
	next := &t.Tokens[end]
	for i := first; i < end; i++ {
		switch tok := &t.Tokens[i]; {
		case next.Fold == ")" && tok.Fold == "(",
			next.Kind == text.Mark && tok.Kind == text.Mark && tok.Quote >= 0 && tok.Quote == next.Quote:
			return end + 1
		case tok.Fold == ")":
			return end
		}
	}
	return end
}

// at returns the longest name that begins at token i.
func (g *Gazetteer) at(t *text.Text, i int) (candidate, bool) {
	tok := &t.Tokens[i]
	if tok.Kind != text.Word && tok.Kind != text.Number {
		return candidate{}, false
	}
	best := candidate{}
	g.consider(t, i, tok.Fold, 0, &best)
	if len(tok.Fold) > 0 && tok.Fold[0] >= 0xD8 && len(tok.Fold) > 6 {
		var buffer [64]byte
		for c := range stripped(tok.Fold, buffer[:0]) {
			g.consider(t, i, c.word, c.letters, &best)
		}
	}
	return best, best.end > 0
}

type strippedWord struct {
	word    string
	letters int
}

// stripped yields an Arabic word without its attached particles: و and ف, then
// ب ك ل, where لل stands for ل and the article.
func stripped(fold string, buffer []byte) func(func(strippedWord) bool) {
	return func(yield func(strippedWord) bool) {
		letters := 0
		for range 2 {
			r, size := utf8.DecodeRuneInString(fold)
			switch {
			case letters == 0 && (r == 'و' || r == 'ف'):
			case r == 'ب' || r == 'ك' || r == 'ل':
				rest := fold[size:]
				if r == 'ل' && strings.HasPrefix(rest, "ل") {
					if !yield(strippedWord{string(append(append(buffer, "ا"...), rest...)), letters + 1}) {
						return
					}
				}
				if len(rest) >= 6 {
					yield(strippedWord{rest, letters + 1})
				}
				return
			default:
				return
			}
			fold, letters = fold[size:], letters+1
			if len(fold) < 6 || !yield(strippedWord{fold, letters}) {
				return
			}
		}
	}
}

// cliticWidth returns the length in bytes of the first letters of a word, with
// the marks on them.
func cliticWidth(s string, letters int) int {
	for at, r := range s {
		if unicode.IsLetter(r) && r != 'ـ' {
			if letters == 0 {
				return at
			}
			letters--
		}
	}
	return len(s)
}

// consider offers best every name that begins at token i, read as first.
func (g *Gazetteer) consider(t *text.Text, i int, first string, clitics int, best *candidate) {
	var hits [maxHits]hit
	n := g.walk(t, i, first, &hits)
	for _, h := range hits[:n] {
		for s := range g.trie.nodes[h.node] {
			se := &g.trie.nodes[h.node][s]
			if !se.written(t, i, h.end) {
				continue
			}
			g.extend(t, se, h, clitics, best)
		}
	}
}

// written tells whether the text writes an English name with the capital
// letters that it has.
func (s *sense) written(t *text.Text, first, end int) bool {
	if !s.capital {
		return true
	}
	for i := first; i < end; i++ {
		if t.Tokens[i].Fold == "the" && i+1 < end {
			continue
		}
		r, _ := utf8.DecodeRuneInString(t.Raw[t.Tokens[i].Start:])
		if s.acronym {
			for _, r := range t.At(t.Tokens[i].Span) {
				if unicode.IsLower(r) {
					return r == 's' && possessive(t.At(t.Tokens[i].Span))
				}
				if r == '-' {
					break
				}
			}
		}
		if unicode.IsUpper(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

// extend offers best what a sense at a hit makes, alone or composed with what
// stands behind it.
func (g *Gazetteer) extend(t *text.Text, s *sense, h hit, clitics int, best *candidate) {
	offer := func(c candidate) {
		if c.end > best.end || c.end == best.end && (best.weak && !c.weak || c.exact && !best.exact && !c.weak) {
			c.clitics = clitics
			*best = c
		} else if c.end == best.end && best.twofold && c.twofold && best.other == nil && c.entity != best.entity {
			best.other, best.form2 = c.entity, c.form
		}
	}
	switch s.role {
	case roleHead:
		state, end, width := g.stateBehind(t, h, s.agree)
		if state >= 0 {
			entity, form := g.composedAs(int(s.pattern), state, s.form)
			offer(candidate{end: end, width: width, entity: entity, form: form})
		}
		return
	case roleOffice:
		return
	}
	if s.state >= 0 && (h.possessive || s.role == roleAdjective) && !h.partial {
		if c := g.headBehind(t, h.end, int(s.state)); c.entity != nil {
			offer(c)
		}
	}
	switch {
	case s.inner:
	case h.partial && s.state >= 0:
		offer(candidate{end: h.end, width: h.width, entity: s.entity, form: ByAdjective})
	case !h.partial:
		offer(candidate{end: h.end, width: h.width, entity: s.entity, form: s.form, weak: s.weak, twofold: s.twofold, exact: true})
	}
}

// composedAs composes the institution of a pattern and a state, and tells how
// the text names it.
func (g *Gazetteer) composedAs(p, state int, form Form) (*Entity, Form) {
	if g.patterns[p].key == "forces" {
		return g.states[state], ByForces
	}
	return g.compose(p, state), form
}

// stateBehind finds the state that a head is of: its adjective ("وزارة
// الخارجية الروسية"), its name ("حكومة اليمن", "وزارة الصحة في لبنان", "Ministry
// of Health of Iraq"). It returns −1 if there is none.
func (g *Gazetteer) stateBehind(t *text.Text, h hit, agree bool) (state, end, width int) {
	at := h.end
	if at >= len(t.Tokens) || h.possessive || h.partial || t.Tokens[at].Sentence != t.Tokens[at-1].Sentence {
		return -1, 0, 0
	}
	fold := t.Tokens[at].Fold
	latin := fold != "" && fold[0] < 0xC0
	nameOnly := false
	switch {
	case latin:
		if fold != "of" && fold != "in" {
			return -1, 0, 0
		}
		nameOnly = true
		if at++; at < len(t.Tokens) && t.Tokens[at].Fold == "the" {
			at++
		}
	case fold == "في":
		at++
		nameOnly = true
	}
	if at >= len(t.Tokens) || t.Tokens[at].Kind != text.Word {
		return -1, 0, 0
	}
	first := t.Tokens[at].Fold
	if rest, ok := strings.CutPrefix(first, "ب"); ok && !latin && !nameOnly && g.trie.step(0, first) == 0 {
		first, nameOnly = rest, true
	}
	var hits [maxHits]hit
	n := g.walk(t, at, first, &hits)
	state = -1
	for _, h := range hits[:n] {
		for s := range g.trie.nodes[h.node] {
			se := &g.trie.nodes[h.node][s]
			if se.state < 0 || !se.written(t, at, h.end) {
				continue
			}
			switch {
			case se.role == roleAdjective && (nameOnly || agree && !se.feminine):
				continue
			case se.role == roleName && (se.form == ByCapital || agree && !nameOnly):
				continue
			}
			state, end, width = int(se.state), h.end, h.width
			break
		}
	}
	return state, end, width
}

// headBehind finds the institution of a state at a token, behind its English
// adjective: "Foreign Ministry" behind "Turkish", "State Department" behind
// "American". Its entity is nil if there is none.
func (g *Gazetteer) headBehind(t *text.Text, at, state int) (c candidate) {
	if at >= len(t.Tokens) || t.Tokens[at].Kind != text.Word || t.Tokens[at].Sentence != t.Tokens[at-1].Sentence {
		return c
	}
	if fold := t.Tokens[at].Fold; fold == "" || fold[0] >= 0xC0 {
		return c // in Arabic the head comes first
	}
	var hits [maxHits]hit
	n := g.walk(t, at, t.Tokens[at].Fold, &hits)
	for _, h := range hits[:n] {
		if h.partial {
			continue
		}
		for s := range g.trie.nodes[h.node] {
			switch se := &g.trie.nodes[h.node][s]; {
			case se.role == roleHead:
				entity, form := g.composedAs(int(se.pattern), state, se.form)
				c = candidate{end: h.end, width: h.width, entity: entity, form: form}
			case se.role == roleName && se.entity.State == g.states[state] && se.entity.Behalf == se.entity.State && se.written(t, at, h.end):
				c = candidate{end: h.end, width: h.width, entity: se.entity, form: se.form}
			}
		}
	}
	return c
}

// compose returns the institution of a pattern and a state, made once.
func (g *Gazetteer) compose(p, state int) *Entity {
	slot := &g.composed[p*len(g.states)+state]
	if e := slot.Load(); e != nil {
		return e
	}
	of := g.states[state]
	_, code, _ := strings.Cut(of.Actor.Key, "/")
	a := graph.NewActor(graph.Organization, "org/"+code+"/"+g.patterns[p].key, g.patterns[p].named(of, g.adjectives[state])...)
	a.PartOf = []graph.ID{of.Actor.ID}
	made := &Entity{Actor: &a, Behalf: of, State: of}
	if !slot.CompareAndSwap(nil, made) {
		return slot.Load()
	}
	g.made.Store(a.ID, made.Actor)
	return made
}

// doubt is a mention that the rest of the text must bear out.
type doubt struct {
	index   int
	other   *Entity
	form    Form
	twofold bool
}

// introducers stand before names that are everyday words too.
var introducers = map[string]bool{
	"صحيفه": true, "جريده": true, "قناه": true, "وكاله": true, "موقع": true, "مجله": true, "شبكه": true, "اذاعه": true,
	"newspaper": true, "daily": true, "channel": true, "broadcaster": true, "agency": true, "magazine": true,
	"مدينه": true, "محافظه": true, "بلده": true, "منطقه": true, "ولايه": true, "city": true,
	"حركه": true, "حزب": true, "جماعه": true, "تنظيم": true,
}

// settle drops weak mentions that nothing else in the text bears out and
// decides twofold ones.
func (g *Gazetteer) settle(t *text.Text, found []Mention, doubts []doubt) []Mention {
	doubtful := map[int]bool{}
	for _, d := range doubts {
		doubtful[d.index] = true
	}
	strong := map[*Entity]int{}
	for i := range found {
		if doubtful[i] {
			continue
		}
		e := found[i].Entity
		strong[e]++
		if e.State != nil {
			strong[e.State]++
		}
	}
	dropped := map[int]bool{}
	for _, d := range doubts {
		m := &found[d.index]
		if d.twofold {
			if d.other != nil && strong[stateFor(d.other)] > strong[stateFor(m.Entity)] {
				m.Entity, m.Form = d.other, d.form
			}
			continue
		}
		introduced := m.First > 0 && (introducers[t.Tokens[m.First-1].Fold] || t.Tokens[m.First-1].Kind == text.Mark && m.First > 1 && introducers[t.Tokens[m.First-2].Fold])
		inState := m.Entity.State != nil && m.Entity.Actor != nil && m.Entity.Behalf != nil && strong[m.Entity.State] > 0
		if !introduced && !inState && strong[m.Entity] == 0 {
			dropped[d.index] = true
		}
	}
	kept := found[:0]
	for i := range found {
		if !dropped[i] {
			kept = append(kept, found[i])
		}
	}
	return kept
}

func stateFor(e *Entity) *Entity {
	if e.State != nil {
		return e.State
	}
	return e
}
