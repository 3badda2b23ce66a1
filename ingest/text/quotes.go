package text

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

func isQuoteMark(r rune) bool {
	switch r {
	case '"', '\'', '`':
		return true
	case '“', '”', '„', '‟', '«', '»', '‹', '›', '″', '＂', '‘', '’', '‚':
		return true
	}
	return false
}

// family is a set of marks that typists use for one another: a quotation
// opened by a mark is closed by one of its family.
type family uint8

const (
	double    family = iota // " “ ” „ and doubled single ones
	guillemet               // « »
	angle                   // ‹ ›
	single                  // ‘ ’ ' `, which are apostrophes more often than not
	families
)

func familyOf(mark string) family {
	switch mark {
	case "«", "»":
		return guillemet
	case "‹", "›":
		return angle
	case "‘", "’", "'", "`", "‚":
		return single
	}
	return double
}

// Costs by which quotation marks are paired, the cheapest reading of a
// paragraph winning. A mark's shape says less than the space around it, for
// many keyboards have one shape for both ends.
const (
	againstSpace  = 1.5 // opening after a letter, closing before one
	againstShape  = 1.0 // opening with ”, closing with “
	unclear       = 0.3 // space on both sides or on neither
	stray         = 2.5 // belongs to no quotation
	apostrophe    = 0.4 // a single mark that is an apostrophe
	nested        = 1.2 // one within another of the same family
	nestedShape   = 0.5 // the same with marks whose shape tells the ends apart
	unclosed      = 1.2 // open at the end of its paragraph
	runsOn        = 0.6 // the same, open from the beginning of the paragraph
	reopened      = 1.5 // open when the next begins
	plural        = 0.2 // closing after an s, where an apostrophe may stand
	emptyQuote    = 1.0
	longQuote     = 0.5 // a quotation of more than longQuoteSize bytes
	longQuoteSize = 800
)

// brokenSize bounds in bytes the quotation without an end that is taken to
// run to the end of its paragraph; a longer one ends with its sentence.
const brokenSize = 1500

// mark is a quotation mark of a paragraph.
type mark struct {
	token               int
	of                  family
	opens, closes, lone float64 // what each reading costs
}

// pairQuotes pairs quotation marks paragraph by paragraph, each family by
// itself, then nests the families in one another.
func (t *Text) pairQuotes() {
	var p pairing
	for i, at := 0, 0; i < len(t.Paragraphs); i++ {
		within := t.Paragraphs[i].Span
		p.marks = p.marks[:0]
		first := at
		for ; at < len(t.Tokens) && t.Tokens[at].Start < within.End; at++ {
			if t.Tokens[at].Kind == Mark {
				p.marks = append(p.marks, t.readMark(at, within))
			}
		}
		if len(p.marks) == 0 {
			continue
		}
		p.found = p.found[:0]
		for of := range families {
			p.pair(t, of, within)
		}
		t.nest(&p, first, at)
	}
}

// readMark tells what the readings of a mark cost.
func (t *Text) readMark(i int, within Span) mark {
	tok := &t.Tokens[i]
	shape := t.At(tok.Span)
	before, _ := utf8.DecodeLastRuneInString(t.Raw[within.Start:tok.Start])
	after, _ := utf8.DecodeRuneInString(t.Raw[tok.End:within.End])
	left := tok.Start == within.Start || unicode.IsSpace(before) || strings.ContainsRune("([{:-–—/…ـ", before) || isQuoteMark(before) || unicode.Is(unicode.Cf, before)
	right := tok.End == within.End || unicode.IsSpace(after) || unicode.Is(unicode.Cf, after) || unicode.IsPunct(after) && !strings.ContainsRune("([{…#@", after)
	if isQuoteMark(after) && left {
		right = false
	}
	m := mark{token: i, of: familyOf(shape), lone: stray}
	switch {
	case left && !right:
		m.closes = againstSpace
	case right && !left:
		m.opens = againstSpace
	default:
		m.opens, m.closes = unclear, unclear
	}
	switch shape {
	case "“", "„", "«", "‹", "‘", "‟", "‚":
		m.closes += againstShape
	case "”", "»", "›", "’":
		m.opens += againstShape
	}
	if m.of == single {
		m.lone = apostrophe
		if m.opens > 0 {
			m.opens += againstSpace
		}
		if m.closes > 0 {
			m.closes += againstSpace
		}
		if before == 's' {
			m.closes += plural
		}
		if decade(t.Raw[tok.End:within.End]) && left {
			m.lone, m.opens = 0, m.opens+againstShape // ’08
		}
	}
	return m
}

// decade tells whether two digits and no more begin a text: "08", "90s".
func decade(s string) bool {
	digit := func(i int) bool { return i < len(s) && s[i] >= '0' && s[i] <= '9' }
	return digit(0) && digit(1) && !digit(2) && (len(s) < 3 || s[2] != '.' && s[2] != ',' && s[2] != '%')
}

// shaped tells whether the ends of quotations of a mark look different.
func (t *Text) shaped(m *mark) bool {
	return t.Raw[t.Tokens[m.token].Start] >= utf8.RuneSelf
}

// pairing is the working memory of pairQuotes.
type pairing struct {
	marks []mark
	found []pair
	steps []step // of each mark of a family and each depth
	used  []int  // the marks of a family
	open  []int  // quotations open in nest
}

// pair is a quotation by its marks' tokens; end < 0 if it is broken.
type pair struct {
	start, end int
	stop       int // the byte where a broken one ends
}

// maxDepth is the number of quotations of one family that may be open at once.
const maxDepth = 2

type action uint8

const (
	unreached action = iota
	alone
	opening
	reopening
	shutting
)

// step is the cheapest way to have a number of quotations open after a mark.
type step struct {
	cost   float64
	do     action
	from   int8
	opened [maxDepth]int32 // byte offsets of those open
}

// pair finds the cheapest reading of the marks of a family.
func (p *pairing) pair(t *Text, of family, within Span) {
	p.used = p.used[:0]
	for i := range p.marks {
		if p.marks[i].of == of {
			p.used = append(p.used, i)
		}
	}
	if len(p.used) == 0 {
		return
	}
	const width = maxDepth + 1
	p.steps = slices.Grow(p.steps[:0], (len(p.used)+1)*width)[:(len(p.used)+1)*width]
	clear(p.steps)
	p.steps[0] = step{do: alone}
	for i, u := range p.used {
		m := &p.marks[u]
		tok := &t.Tokens[m.token]
		now, next := p.steps[i*width:(i+1)*width], p.steps[(i+1)*width:(i+2)*width]
		reach := func(from, to int, do action, cost float64, opened [maxDepth]int32) {
			if s := &next[to]; s.do == unreached || cost < s.cost {
				*s = step{cost: cost, do: do, from: int8(from), opened: opened}
			}
		}
		for depth := range now {
			s := &now[depth]
			if s.do == unreached {
				continue
			}
			reach(depth, depth, alone, s.cost+m.lone, s.opened)
			opened := s.opened
			if depth < maxDepth && (of != single || depth == 0) {
				cost := s.cost + m.opens
				if depth > 0 {
					if cost += nested; t.shaped(m) {
						cost += nestedShape - nested
					}
				}
				opened[depth] = int32(tok.End)
				reach(depth, depth+1, opening, cost, opened)
			}
			if depth > 0 {
				opened = s.opened
				size := tok.Start - int(opened[depth-1])
				cost := s.cost + m.closes
				if size == 0 {
					cost += emptyQuote
				}
				if size > longQuoteSize {
					cost += longQuote
				}
				reach(depth, depth-1, shutting, cost, opened)
				opened[depth-1] = int32(tok.End)
				reach(depth, depth, reopening, s.cost+m.opens+reopened, opened)
			}
		}
	}
	p.trace(t, within)
}

// trace follows the cheapest reading back and records its quotations.
func (p *pairing) trace(t *Text, within Span) {
	const width = maxDepth + 1
	last := p.steps[len(p.used)*width:]
	best := -1
	cheapest := 0.0
	for depth := range last {
		if last[depth].do == unreached {
			continue
		}
		cost := last[depth].cost
		for _, from := range last[depth].opened[:depth] {
			if int(from)-within.Start <= len("”") {
				cost += runsOn
			} else {
				cost += unclosed
			}
		}
		if best < 0 || cost < cheapest {
			best, cheapest = depth, cost
		}
	}
	base := len(p.found)
	var ends [maxDepth]pair
	for d := range best {
		ends[d] = pair{end: -1, stop: within.End}
	}
	for i, depth := len(p.used), best; i > 0; i-- {
		s := &p.steps[i*width+depth]
		token := p.marks[p.used[i-1]].token
		from := int(s.from)
		switch s.do {
		case opening:
			e := ends[depth-1]
			e.start = token
			p.found = append(p.found, e)
		case reopening:
			e := ends[depth-1]
			e.start = token
			p.found = append(p.found, e)
			ends[depth-1] = pair{end: -1, stop: t.Tokens[token].Start}
		case shutting:
			ends[from-1] = pair{end: token}
		}
		depth = from
	}
	for i := base; i < len(p.found); i++ {
		if f := &p.found[i]; f.end < 0 {
			f.stop = t.brokenEnd(f.start, f.stop, within)
		}
	}
}

// brokenEnd tells where a quotation without a closing mark ends: at stop if
// that is near and the end of its paragraph, or the next opening mark after the
// end of a sentence, as where lines were joined in a quotation of several
// paragraphs; else with its sentence.
func (t *Text) brokenEnd(start, stop int, within Span) int {
	from := t.Tokens[start].End
	if said := strings.TrimRight(t.Raw[from:stop], " "); len(said) <= brokenSize && len(said) > 0 && (stop == within.End || endsPhrase(said)) {
		return from + len(said)
	}
	for i := start + 1; i < len(t.Tokens) && t.Tokens[i].Start < stop; i++ {
		switch t.Tokens[i].Fold {
		case ".", "!", "?", "؟":
			if end := t.Tokens[i].End; end == stop || t.Raw[end] == ' ' {
				return end
			}
		}
	}
	return stop
}

// endsPhrase tells whether a stretch ends as a sentence does.
func endsPhrase(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?؟…", r)
}

// nest turns the pairs of a paragraph into quotations in the order of the
// text, each within the one around it. Of two that cross the later one is
// broken off where the earlier ends.
func (t *Text) nest(p *pairing, first, last int) {
	slices.SortFunc(p.found, func(a, b pair) int { return cmp.Compare(a.start, b.start) })
	p.open = p.open[:0]
	next := 0
	for i := first; i < last; i++ {
		tok := &t.Tokens[i]
		for len(p.open) > 0 {
			q := &t.Quotes[p.open[len(p.open)-1]]
			if tok.Start < q.End {
				break
			}
			p.open = p.open[:len(p.open)-1]
		}
		if next < len(p.found) && p.found[next].start == i {
			f := p.found[next]
			next++
			q := Quote{Outer: -1, Span: Span{tok.Start, f.stop}, Inner: Span{tok.End, f.stop}, Broken: f.end < 0}
			if f.end >= 0 {
				q.End, q.Inner.End = t.Tokens[f.end].End, t.Tokens[f.end].Start
			}
			if n := len(p.open); n > 0 {
				q.Outer = p.open[n-1]
				if limit := t.Quotes[q.Outer].Inner.End; q.End > limit {
					q.End, q.Inner.End, q.Broken = limit, limit, true
				}
			}
			if q.Inner.End < q.Inner.Start {
				continue
			}
			t.Quotes = append(t.Quotes, q)
			p.open = append(p.open, len(t.Quotes)-1)
		}
		if n := len(p.open); n > 0 {
			tok.Quote = p.open[n-1]
		}
	}
}
