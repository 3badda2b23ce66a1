package english

import (
	"strings"

	"mawqif/ingest/extract/english/tag"
	"mawqif/ingest/text"
)

// complement is what follows a cue.
type complement struct {
	frame *frame
	// cueLast is the end of the cue with its particle.
	cueLast int
	// first is where the content begins; limit tells where it ends for sure.
	first int
	// from is where its end is sought, if later than first.
	from int
	// nominal tells that the content is a noun phrase or an infinitive, not a
	// clause.
	nominal bool
	// quoted is the quotation that the content begins with, or −1.
	quoted int
	// listener is whom it was told.
	listener phrase
	rule     string
}

// complementOf finds the content after a verb group that is a cue.
func (r *reader) complementOf(v *verb, g *group, limit int) (complement, bool) {
	for fi := range v.frames {
		f := &v.frames[fi]
		if len(f.words) == 0 {
			continue
		}
		i, ok := g.last, true
		for _, w := range f.words {
			if r.word(i) != w {
				i = r.overTime(i, limit)
			}
			if r.word(i) != w {
				ok = false
				break
			}
			i++
		}
		if !ok {
			continue
		}
		if c, ok := r.framed(f, i, limit); ok {
			c.cueLast = i
			return c, true
		}
	}
	for _, k := range [...]kind{quote, tell, that, clause, obj, to, small, as, of, ing, np, doc, news} {
		f := v.has(k)
		if f == nil {
			continue
		}
		if c, ok := r.framed(f, g.last, limit); ok {
			c.cueLast = g.last
			return c, true
		}
	}
	return complement{}, false
}

// overTime skips adverbs and dates.
func (r *reader) overTime(i, limit int) int {
	for i < limit {
		switch e := r.timeFrom(i, limit); {
		case e > i:
			i = e
		case r.tag(i) == tag.Adverb && r.word(i) != "only":
			i++
		case r.tag(i) == tag.Preposition && r.temporal(i+1, limit):
			i = r.timeFrom(i+1, limit)
		default:
			return i
		}
	}
	return i
}

// roughly tells whether a preposition only makes a number less exact: "over 40
// nations", "about half".
func (r *reader) roughly(i int) bool {
	switch r.word(i) {
	case "about", "over", "around", "under", "between":
		return r.tag(i+1) == tag.Number || r.word(i+1) == "half" || r.word(i+1) == "$" || r.word(i+1) == "a" && (r.word(i+2) == "third" || r.word(i+2) == "quarter" || r.word(i+2) == "dozen")
	}
	return false
}

// overPlaces skips adverbs, dates and prepositional phrases.
func (r *reader) overPlaces(i, limit int) int {
	for range 6 {
		p := phrase{}
		if i < limit && r.tag(i) == tag.Preposition {
			p = r.phraseFrom(i+1, limit, false)
		}
		switch e := r.overTime(i, limit); {
		case e > i:
			i = e
		case !p.none():
			i = p.last
		default:
			return i
		}
	}
	return i
}

// opener tells whether words in quotation marks, a colon or "that" begin at
// i, and where the content begins after them.
func (r *reader) opener(i, limit int) (first, quoted int, ok bool) {
	if i >= limit {
		return 0, -1, false
	}
	if q, is := r.opens(i); is {
		return i, q, true
	}
	if w := r.word(i); w == "," || w == ":" {
		if q, is := r.opens(i + 1); is {
			return i + 1, q, true
		}
		if w == ":" {
			return i + 1, -1, i+1 < limit
		}
	}
	return 0, -1, false
}

// overAdjuncts skips what may stand between a verb of speech and its content:
// dates, "in a statement", "to reporters in Oslo". It returns where a
// quotation, a colon or "that" begins; else where a clause without "that"
// may begin.
func (r *reader) overAdjuncts(i, limit int) (strong, weak int) {
	weak, near := -1, true
	for range 7 {
		if near {
			weak = i
		}
		if _, _, ok := r.opener(i, limit); ok || r.isThat(i) {
			return i, weak
		}
		switch e := r.timeFrom(i, limit); {
		case i >= limit:
			return -1, weak
		case e > i:
			i = e
		case r.tag(i) == tag.Adverb && r.word(i) != "not":
			i++
		case r.tag(i) == tag.Preposition && r.word(i) != "by" && (r.word(i) != "without" || r.word(i-1) == ",") || r.word(i) == "to":
			if r.temporal(i+1, limit) {
				i = r.timeFrom(i+1, limit)
				break
			}
			if q, ok := r.opens(i + 1); ok && !r.speech[q] {
				// "said on “Morning” that": the name of a programme.
				i, near = min(limit, r.TokenAt(r.Quotes[q].Inner.End)+1), false
				break
			}
			p := r.phraseFrom(i+1, limit, false)
			if p.none() {
				return -1, weak
			}
			near = false
			for k := p.first; k < p.last; k++ {
				near = near || r.is(k, sayingNoun|mediaNoun|listener) || r.word(k) == "twitter" || r.word(k) == "facebook"
			}
			i = p.last
		case r.word(i) == "," && r.tag(i+1) == tag.Adverb && r.word(i+2) == ",":
			i, near = i+3, false
		case r.word(i) == "," && (r.tag(i+1) == tag.Preposition || r.isThat(i+1)):
			i, near = i+1, false
		case r.word(i) == "—" || r.word(i) == "–":
			// "said — on Twitter, as it happens — that"
			k := i + 1
			for k < limit && k < i+24 && r.word(k) != r.word(i) {
				k++
			}
			if k >= limit || r.word(k) != r.word(i) || !r.isThat(k+1) {
				return -1, weak
			}
			i, near = k+1, false
		default:
			return -1, weak
		}
	}
	return -1, weak
}

// isThat tells whether "that" at i begins a clause.
func (r *reader) isThat(i int) bool {
	if r.word(i) != "that" || r.tag(i) != tag.Subordinate && r.tag(i) != tag.Wh && r.tag(i) != tag.Preposition {
		return false
	}
	// "announced that decision during ...": no verb follows.
	last := min(i+window/2, r.Sentences[r.Tokens[i].Sentence].Last)
	for k := i + 1; k < last; k++ {
		switch r.tags[k] {
		case tag.Finite, tag.Modal, tag.Contraction:
			return true
		case tag.Participle, tag.Noun: // "that the loss really “accelerated”"
			if r.Tokens[k-1].Kind == text.Mark && strings.HasSuffix(r.word(k), "ed") {
				return true
			}
		case tag.Base: // "demanded that the fleet withdraw"
			if r.nominal(k-1) || r.tag(k-1) == tag.Adverb {
				return true
			}
		}
	}
	return false
}

// question tells whether a question word at i begins a clause.
func (r *reader) question(i int) bool {
	switch r.word(i) {
	case "how", "what", "why", "whether", "if", "who":
		return r.tag(i) == tag.Wh || r.tag(i) == tag.Subordinate || r.tag(i) == tag.Preposition
	}
	return false
}

// framed tries one frame at token i.
func (r *reader) framed(f *frame, i, limit int) (complement, bool) {
	c := complement{frame: f, quoted: -1}
	switch f.kind {
	case quote:
		at, _ := r.overAdjuncts(i, limit)
		if at < 0 {
			return c, false
		}
		first, q, ok := r.opener(at, limit)
		if !ok {
			return c, false
		}
		c.first, c.quoted, c.rule = first, q, "quotation after the cue"
		return c, true
	case clause, that, news:
		at, weak := r.overAdjuncts(i, limit)
		if at >= 0 {
			c.rule = "clause with that"
			if first, q, ok := r.opener(at, limit); ok {
				if q >= 0 && f.kind == that {
					return c, false
				}
				c.first, c.quoted = first, q
				return c, true
			}
			c.first = at + 1
			if q, ok := r.opens(at + 1); ok {
				c.quoted = q
			}
			return c, at+1 < limit
		}
		if weak >= 0 && r.question(weak) && r.word(weak) != "if" {
			c.first, c.rule = weak, "indirect question"
			return c, true
		}
		if f.kind != that && weak >= 0 && r.bareClause(weak, limit) && (!f.strict || r.strictClause(weak, limit)) {
			c.first, c.rule = weak, "clause without that"
			return c, true
		}
		return c, false
	case tell:
		p := r.phraseFrom(i, limit, false)
		if p.none() {
			return c, false
		}
		// "told him the talks": the listener is the first noun phrase.
		inner := frame{kind: clause, act: f.act}
		if q, ok := r.opens(p.last); ok && !r.speech[q] {
			// "told the programme “Morning”": a name in marks.
			p.last = min(limit, r.TokenAt(r.Quotes[q].Inner.End)+1)
		}
		if d, ok := r.framed(&inner, p.last, limit); ok {
			d.frame, d.listener, d.rule = f, p, "listener, then "+d.rule
			return d, true
		}
		if base := r.nounPhraseFrom(i, limit); base < p.last {
			if d, ok := r.framed(&inner, base, limit); ok {
				d.frame, d.listener, d.rule = f, phrase{i, base}, "listener, then "+d.rule
				return d, true
			}
		}
		return c, false
	case obj:
		p := r.phraseFrom(i, limit, false)
		for !p.none() && p.last < limit && r.tag(p.last) == tag.Adverb {
			p.last++
		}
		if p.none() || r.tag(p.last) != tag.To && !(r.word(p.last) == "not" && r.tag(p.last+1) == tag.To) {
			return c, false
		}
		c.first, c.nominal, c.rule = i, true, "object and infinitive"
		return c, true
	case to:
		at := r.overTime(i, limit)
		if r.word(at) == "not" {
			at++
		}
		if at+1 >= limit || r.tag(at) != tag.To {
			return c, false
		}
		c.first, c.nominal, c.rule = at, true, "infinitive"
		return c, true
	case ing:
		if i >= limit || r.tag(i) != tag.Gerund {
			return c, false
		}
		c.first, c.nominal, c.rule = i, true, "form in -ing"
		return c, true
	case small, as, of:
		return r.predicated(f, i, limit)
	case np:
		return r.object(f, i, limit)
	case doc:
		inner := frame{kind: clause, act: f.act}
		if d, ok := r.framed(&inner, i, limit); ok {
			d.frame = f
			return d, true
		}
		return r.object(f, i, limit)
	}
	return c, false
}

// predicated is an object with what is said of it:
//
//	called the vote a farce; described it as “a farce”; accused them of fraud
func (r *reader) predicated(f *frame, i, limit int) (complement, bool) {
	c := complement{frame: f, quoted: -1, first: i, nominal: true}
	end := r.nounPhraseFrom(i, limit)
	if end == i {
		return c, false
	}
	full := r.phraseFrom(i, limit, false)
	switch f.kind {
	case small:
		for _, at := range [...]int{end, full.last} {
			if q, ok := r.opens(at); ok && q >= 0 {
				c.rule = "object and its name"
				return c, true
			}
			switch r.tag(at) {
			case tag.Determiner, tag.Adjective:
				if at < limit && !r.temporal(at, limit) {
					c.rule = "object and its name"
					return c, true
				}
			}
		}
		for at := full.last; at < limit && at < full.last+24; at++ {
			if q, ok := r.opens(at); ok && q >= 0 {
				c.rule = "object and its name"
				return c, true
			}
			if r.tag(at) == tag.Punct || r.tag(at) == tag.Finite || r.tag(at) == tag.Modal || r.tag(at) == tag.Subordinate {
				break
			}
		}
	case as:
		for at := full.last; at < limit && at < full.last+12; at++ {
			if r.word(at) == "as" {
				c.from, c.rule = at+1, "object as something"
				return c, true
			}
			if r.tag(at) == tag.Punct || r.tag(at) == tag.Finite {
				break
			}
		}
	case of:
		for at := end; at < limit && at < full.last+12; at++ {
			switch r.word(at) {
			case "of", "for", "on", "to", "with":
				if at > i {
					c.rule = "object of something"
					return c, true
				}
			}
			if r.tag(at) == tag.Punct && r.Tokens[at].Kind != 3 || r.tag(at) == tag.Finite {
				break
			}
		}
	}
	return c, false
}

// object is a noun phrase as content: "condemned the attack".
func (r *reader) object(f *frame, i, limit int) (complement, bool) {
	c := complement{frame: f, quoted: -1, nominal: true, rule: "noun phrase"}
	at := r.overTime(i, limit)
	if q, ok := r.opens(at); ok && q >= 0 && (len(f.words) > 0 || !r.speech[q]) {
		c.first = at
		return c, true
	}
	if len(f.words) > 0 && (r.tag(at) == tag.Gerund || r.question(at)) || r.word(at) == "what" && r.tag(at) == tag.Wh && at+1 < limit {
		c.first = at
		return c, true
	}
	end := r.nounPhraseFrom(at, limit)
	if end == at || r.temporal(at, limit) {
		return c, false
	}
	if end-at == 1 && (r.tag(at) == tag.Pronoun || r.tag(at) == tag.Determiner) && len(f.words) == 0 {
		if next := r.tag(end); next != tag.Preposition && next != tag.To {
			return c, false
		}
	}
	c.first = at
	return c, true
}

// bareClause tells whether a clause begins at i without "that": a noun phrase
// with its finite verb, or an inversion of it.
func (r *reader) bareClause(i, limit int) bool {
	if i >= limit {
		return false
	}
	switch r.tag(i) {
	case tag.Contraction:
		return true
	case tag.Preposition:
		if r.roughly(i) {
			break
		}
		// "in March the bridge closed", not "to the call and left"
		at := r.overPlaces(i, limit)
		if !r.nominal(at) {
			for at < limit && at < i+24 && r.word(at) != "," {
				at++
			}
			at++
			for r.tag(at) == tag.Adverb {
				at++
			}
		}
		return at < limit && r.nominal(at) && r.bareClause(at, limit)
	case tag.Punct, tag.Finite, tag.Modal, tag.Coordinate, tag.To, tag.Base, tag.Participle:
		if r.word(i) != "“" {
			return false
		}
	}
	comma := false
	for k := i; k < limit && k < i+48; k++ {
		switch r.tag(k) {
		case tag.Finite, tag.Modal, tag.Contraction:
			return k > i
		case tag.Wh:
			if comma {
				continue
			}
		case tag.Punct:
			comma = comma || r.word(k) == ","
			if r.word(k) == ":" || r.word(k) == ";" {
				return false
			}
		}
	}
	return false
}

// strictClause tells whether the noun phrase at i has a finite verb of its own
// before any mark: what tells "denied the report was true" from "denied the
// report that was leaked". Each relative or subordinate clause takes one.
func (r *reader) strictClause(i, limit int) bool {
	switch r.tag(i) {
	case tag.Contraction, tag.Preposition, tag.Gerund, tag.Subordinate:
		return true
	}
	finite, clauses := 0, 0
	for k := i; k < limit && k < i+48; k++ {
		switch r.tag(k) {
		case tag.Finite, tag.Modal, tag.Contraction:
			if g := r.groupOf[k]; g >= 0 && r.groups[g].first == k {
				finite++
			}
		case tag.Wh, tag.Subordinate:
			clauses++
		case tag.Coordinate:
			if r.tag(k+1) == tag.Adverb || r.finiteAt(k+1) || clauses == 0 && finite == 0 && r.nounPhraseFrom(k+1, limit) == k+1 {
				return finite > clauses
			}
		case tag.Punct:
			if w := r.word(k); r.Tokens[k].Kind != text.Mark && w != "(" && w != ")" && w != "$" && w != "%" {
				if p := r.phraseFrom(i, limit, true); w == "," && !p.none() && p.last > k && finite == 0 {
					k = p.last // an apposition
					if r.finiteAt(k + 1) {
						return true
					}
					continue
				}
				return finite > clauses
			}
		}
		if finite > clauses {
			return true
		}
	}
	return finite > clauses
}

// contentEnd returns where the content that begins at first ends.
func (r *reader) contentEnd(first, limit int, nominal bool, cue *group) int {
	if limit > first+window {
		limit = first + window
	}
	level := r.inner(max(first-1, 0))
	if first > 0 {
		if _, ok := r.closes(first - 1); ok {
			level = r.outerOf(first - 1)
		}
	}
	depth, clauses := 0, 0
	// A phrase under a noun or a participle ends where the main verb begins:
	// "crowds calling for his release filled the square".
	mainFollows := nominal && (cue == nil || !cue.finite && !cue.infinitive)
	for i := first; i < limit; i++ {
		if mainFollows {
			switch r.tags[i] {
			case tag.Wh, tag.Subordinate:
				clauses++
			case tag.Pronoun:
				if r.finiteAt(i + 1) {
					clauses++ // "the crimes they committed"
				}
			case tag.Finite, tag.Modal:
				if r.finiteAt(i) {
					if clauses--; clauses < 0 && i > first {
						return i
					}
				}
			}
		}
		if q, ok := r.opens(i); ok && q != level && r.speechOrLabel(q) {
			// Quoted words belong to the content as a whole.
			if end := r.TokenAt(r.Quotes[q].Inner.End); end > i && end < limit {
				i = end
				if r.endsQuoted(i, limit) {
					return i + 1
				}
			}
			continue
		}
		switch w := r.word(i); w {
		case "(":
			depth++
			continue
		case ")":
			if depth == 0 {
				return i
			}
			depth--
			continue
		case ";":
			return i
		}
		if depth > 0 || i == first {
			continue
		}
		if r.cutsAt(i, first, limit, nominal, cue) {
			return i
		}
	}
	return limit
}

func (r *reader) outerOf(i int) int {
	deep := 0
	for q := r.Tokens[i].Quote; q >= 0 && deep < 8; q, deep = r.Quotes[q].Outer, deep+1 {
		if o := r.Quotes[q].Outer; o >= 0 && r.speech[o] {
			return o
		}
	}
	return -1
}

func (r *reader) speechOrLabel(q int) bool { return q >= 0 && !r.Quotes[q].Broken }

// endsQuoted tells whether quoted words that close at i end the content: a
// comma or full stop inside the marks ("... a farce,” he said).
func (r *reader) endsQuoted(i, limit int) bool {
	w := r.word(i - 1)
	if w == "." || w == "?" || w == "!" {
		return true
	}
	if w == "," && i+1 < limit {
		// "a “lie,” and left" goes on; "a farce,” the mayor said" ends.
		return r.trailingAttribution(i+1, limit) || r.tag(i+1) == tag.Gerund || r.word(i+1) == "according"
	}
	return false
}

// cutsAt tells whether the content ends before token i.
func (r *reader) cutsAt(i, first, limit int, nominal bool, cue *group) bool {
	w, t := r.word(i), r.tag(i)
	comma := w == ","
	dash := w == "—" || w == "–" || w == "-" && r.word(i+1) == "-"
	next := i
	if comma || dash {
		next = i + 1
		for r.word(next) == "-" {
			next++
		}
		for next < limit && r.tag(next) == tag.Adverb {
			next++
		}
	}
	if w == "according" && r.word(i+1) == "to" {
		return true
	}
	if comma && cue != nil && r.fronted(cue) {
		if p := r.phraseFrom(next, limit, true); !p.none() && (r.finiteAt(p.last) || r.word(p.last) == "," && r.finiteAt(p.last+1)) {
			return true
		}
	}
	if comma && (r.word(next) == "in" || r.word(next) == "a") && r.remark(next+1, limit) {
		return true
	}
	if comma || dash {
		switch {
		case r.word(next) == "according":
			return true
		case r.tag(next) == tag.Gerund && r.reportingGerund(next):
			return true
		case r.trailingAttribution(next, limit):
			return true
		case r.word(next) == "while" || r.word(next) == "although" || r.word(next) == "though" || r.word(next) == "whereas":
			return true
		case r.tag(next) == tag.Coordinate && r.newClauseWithCue(next+1, limit) && r.tag(next+1) != tag.Pronoun:
			return true
		case dash && nominal && !r.dashCloses(next, limit), r.word(next) == "as" && nominal, r.word(next) == "in" && r.word(next+2) == "apparent":
			return true
		}
		if nominal {
			return r.cutsNominal(next, limit)
		}
		return false
	}
	if t == tag.Coordinate && cue != nil {
		if r.sharedCue(i+1, limit, cue) {
			return true
		}
		if r.newClauseWithCue(i+1, limit) && (w == "but" && r.tag(i+1) != tag.Pronoun || nominal) {
			return true
		}
	}
	if nominal {
		switch {
		case w == "as" && r.strictClause(i+1, limit):
			return true
		case w == "amid" || w == "since" && t != tag.Adverb || w == "after" && i > first+1:
			return true
		case t == tag.Preposition && (w == "in" || w == "on" || w == "during") && r.sayingAt(i+1, limit):
			return true
		case t == tag.Subordinate && (w == "as" || w == "while" || w == "after" || w == "before" || w == "because" || w == "although" || w == "though"):
			return true
		case t == tag.Coordinate && r.finiteAt(i+1):
			return true
		}
	}
	return false
}

// dashCloses tells whether a second dash ends an insertion that a first began.
func (r *reader) dashCloses(i, limit int) bool {
	for k := i; k+1 < limit && k < i+14; k++ {
		switch w := r.word(k); {
		case w == "—" || w == "–" || w == "-" && r.word(k+1) == "-":
			return r.tag(k+2) != tag.Punct
		case w == "," || w == ".":
			return false
		}
	}
	return false
}

// remark tells whether a remark of the reporter begins: "in an apparent
// reference to", "a reference to", "in another sign of".
func (r *reader) remark(i, limit int) bool {
	for k := i; k < limit && k < i+4; k++ {
		switch r.word(k) {
		case "reference", "hint", "sign", "move", "nod", "swipe", "jab", "allusion", "step", "blow", "rebuke", "dig":
			return true
		}
	}
	return false
}

// sayingAt tells whether a noun phrase at i names where something was said:
// "in a statement", "on Twitter".
func (r *reader) sayingAt(i, limit int) bool {
	end := r.nounPhraseFrom(i, limit)
	if end == i {
		return false
	}
	w := r.word(end - 1)
	return w == "twitter" || w == "facebook" || r.is(end-1, sayingNoun) && r.word(i) != "the" && r.word(i) != "that" && r.word(i) != "this"
}

// fronted tells whether a participle opens its sentence.
func (r *reader) fronted(g *group) bool {
	if r.tags[g.first] != tag.Gerund {
		return false
	}
	floor, _ := r.domain(g.first)
	for i := floor; i < g.first; i++ {
		if t := r.tag(i); t != tag.Punct && t != tag.Adverb && t != tag.Coordinate {
			return false
		}
	}
	return true
}

// cutsNominal tells whether a noun phrase as content ends at a comma: it goes
// on only with a list or an apposition to its end.
func (r *reader) cutsNominal(next, limit int) bool {
	switch r.tag(next) {
	case tag.Wh, tag.Subordinate, tag.Gerund, tag.Participle, tag.Pronoun, tag.Contraction, tag.Finite, tag.Modal:
		return true
	case tag.Coordinate:
		if r.finiteAt(next + 1) {
			return true
		}
		p := r.phraseFrom(next+1, limit, true)
		return !p.none() && r.finiteAt(p.last)
	case tag.Determiner, tag.Noun, tag.Name, tag.Adjective:
		p := r.phraseFrom(next, limit, false)
		return !p.none() && r.finiteAt(p.last)
	}
	return false
}

// reportingGerund tells whether a form in -ing begins a remark of the
// reporter or goes on with the source's words under a cue of its own.
func (r *reader) reportingGerund(i int) bool {
	switch r.word(i) {
	case "referring", "speaking", "citing", "alluding", "quoting", "raising", "pointing":
		return true
	}
	v := r.lex.verbs[r.word(i)]
	if v == nil {
		return false
	}
	g := r.groupOf[i]
	if g < 0 {
		return false
	}
	_, ok := r.complementOf(v, &r.groups[g], min(i+window, len(r.Tokens)))
	return ok
}

// trailingAttribution tells whether "X said" stands at i and nothing but
// adjuncts follow: what comes before it is its content.
func (r *reader) trailingAttribution(i, limit int) bool {
	for i < limit && r.tag(i) == tag.Adverb {
		i++
	}
	if i >= limit {
		return false
	}
	at := i
	if r.groupOf[i] < 0 || !r.groups[r.groupOf[i]].finite {
		p := r.phraseFrom(i, limit, true)
		if p.none() {
			return false
		}
		at = p.last
		if r.word(at) == "," {
			at++
		}
		for at < limit && r.tag(at) == tag.Adverb {
			at++
		}
	}
	if at >= limit || r.groupOf[at] < 0 {
		return false
	}
	g := &r.groups[r.groupOf[at]]
	v := r.lex.verbs[r.word(g.head)]
	if v == nil || !g.finite || v.has(quote) == nil && v.has(clause) == nil && v.has(tell) == nil {
		return false
	}
	if at == i {
		// "said X"
		p := r.phraseFrom(g.last, limit, true)
		return !p.none() && r.closesClause(p.last, limit)
	}
	end := g.last
	if v.has(tell) != nil {
		if p := r.phraseFrom(end, limit, false); !p.none() {
			end = p.last
		}
	}
	return r.closesClause(end, limit)
}

// closesClause tells whether only adjuncts stand between i and the end of the
// clause.
func (r *reader) closesClause(i, limit int) bool {
	for range 6 {
		if i >= limit {
			return true
		}
		switch e := r.timeFrom(i, limit); {
		case e > i:
			i = e
		case r.tag(i) == tag.Adverb:
			i++
		case r.tag(i) == tag.Punct:
			return true
		case r.tag(i) == tag.Preposition || r.word(i) == "to":
			p := r.phraseFrom(i+1, limit, false)
			if r.temporal(i+1, limit) {
				p = phrase{i + 1, r.timeFrom(i+1, limit)}
			}
			if p.none() {
				return false
			}
			i = p.last
		default:
			return false
		}
	}
	return false
}

// sharedCue tells whether a second cue begins at i with the subject of the
// first: "said ... and called for".
func (r *reader) sharedCue(i, limit int, cue *group) bool {
	for i < limit && r.tag(i) == tag.Adverb {
		i++
	}
	if i >= limit || r.groupOf[i] < 0 {
		return false
	}
	g := &r.groups[r.groupOf[i]]
	v := r.lex.verbs[r.word(g.head)]
	if v == nil || g.first != i || g.passive {
		return false
	}
	if r.tags[cue.first] != r.tags[g.first] && !(cue.infinitive && r.tags[g.first] == tag.Base) {
		return false
	}
	_, ok := r.complementOf(v, g, limit)
	return ok
}

// newClauseWithCue tells whether a clause with a subject and a cue begins at
// i: "but the mayor said".
func (r *reader) newClauseWithCue(i, limit int) bool {
	for i < limit && (r.tag(i) == tag.Adverb || r.word(i) == ",") {
		i++
	}
	p := r.phraseFrom(i, limit, true)
	if p.none() || p.last >= limit {
		return false
	}
	at := p.last
	for at < limit && r.tag(at) == tag.Adverb {
		at++
	}
	if at >= limit || r.groupOf[at] < 0 {
		return false
	}
	g := &r.groups[r.groupOf[at]]
	v := r.lex.verbs[r.word(g.head)]
	return v != nil && g.finite && (v.has(clause) != nil || v.has(quote) != nil || v.has(tell) != nil)
}
