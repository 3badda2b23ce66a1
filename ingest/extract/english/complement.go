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
	if r.word(i) == "that" && r.word(i+1) == ":" && i+1 < limit {
		i++
	}
	if w := r.word(i); w == "," || w == ":" {
		if q, is := r.opens(i + 1); is {
			return i + 1, q, true
		}
		if w == ":" {
			return i + 1, -1, i+1 < limit || i+1 < len(r.Tokens) && r.endsParagraph(i)
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
		case e > i && r.tag(i) == tag.Determiner && r.finiteAt(e):
			return -1, weak // "said the night was long"
		case e > i:
			i = e
		case r.tag(i) == tag.Adverb && r.word(i) != "not":
			i++
		case r.tag(i) == tag.Participle && r.is(i-1, sayingNoun) && r.tag(i+1) == tag.Preposition:
			i++ // "in an interview published on Friday"
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
			if p.none() && r.tag(i+1) == tag.Gerund && r.word(i+2) == "of" {
				p = r.phraseFrom(i+3, limit, false) // "during taping of"
			}
			if p.none() {
				return -1, weak
			}
			near = r.word(i) == "to" && r.question(p.last)
			for k := p.first; k < p.last; k++ {
				near = near || r.is(k, sayingNoun|mediaNoun|listener) || r.word(k) == "twitter" || r.word(k) == "facebook"
			}
			i = p.last
		case r.word(i) == "," && r.tag(i+1) == tag.Adverb && r.word(i+2) == ",":
			i, near = i+3, false
		case r.word(i) == "," && (r.tag(i+1) == tag.Preposition || r.isThat(i+1)):
			i, near = i+1, false
		case r.word(i) == "," && r.tag(i+1) == tag.Name && r.tag(i-1) == tag.Name && !near:
			// "in Springfield, Illinois, that"
			k := r.nounPhraseFrom(i+1, limit)
			if r.word(k) == "," {
				k++
			}
			if !r.isThat(k) {
				return -1, weak
			}
			i = k
		case r.word(i) == "—" || r.word(i) == "–" || r.word(i) == "-":
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
	if r.word(i) != "that" {
		return false
	}
	switch r.tag(i) {
	case tag.Subordinate, tag.Wh, tag.Preposition:
	case tag.Determiner: // "maintained that marriage is", misread
		if r.tag(i+1) != tag.Noun || !r.finiteAt(i+2) {
			return false
		}
	default:
		return false
	}
	if r.finiteAt(i+1) && r.tag(i+1) != tag.Contraction && (r.tag(i-1) == tag.Noun || r.tag(i-1) == tag.Name) {
		return false // "in a speech that was broadcast"
	}
	if t := r.tag(i + 1); r.tag(i) == tag.Subordinate && (t == tag.Determiner || t == tag.Pronoun) {
		return true // "claimed that a fault lay", whatever the tagger makes of the verb
	}
	// "announced that decision during ...": no verb follows.
	last := min(i+window/2, r.Sentences[r.Tokens[i].Sentence].Last)
	for k := i + 1; k < last; k++ {
		switch r.tags[k] {
		case tag.Finite, tag.Modal, tag.Contraction:
			return true
		case tag.Participle, tag.Noun: // "that the loss really “accelerated”"
			if w := r.word(k); r.Tokens[k-1].Kind == text.Mark && (strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "s") && r.tag(k-2) == tag.Pronoun) {
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
		if f.kind == clause && !f.strict && weak >= 0 && r.unreadClause(weak, limit) {
			c.first, c.rule = weak, "clause without that, its verb unread"
			return c, true
		}
		return c, false
	case tell:
		p := r.phraseFrom(i, limit, false)
		if q, ok := r.opens(i); ok && !r.speech[q] {
			// "told “Morning” that": a programme alone.
			p = phrase{i, min(limit, r.TokenAt(r.Quotes[q].Inner.End)+1)}
		}
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
		if whole := r.phraseFrom(i, limit, true); whole.last > p.last {
			// "told Anna Berg, the host, that": the listener with an apposition.
			if at := whole.last; r.word(at) == "," && r.isThat(at+1) || r.isThat(at) {
				if d, ok := r.framed(&inner, at, limit); ok {
					d.frame, d.listener, d.rule = f, whole, "listener, then "+d.rule
					return d, true
				}
			}
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
		if !p.none() {
			p.last = r.overPlaces(p.last, limit)
		}
		if p.none() || r.tag(p.last) != tag.To && !(r.word(p.last) == "not" && r.tag(p.last+1) == tag.To) {
			return c, false
		}
		c.first, c.nominal, c.rule = i, true, "object and infinitive"
		return c, true
	case to:
		at := r.overTime(i, limit)
		if r.tag(at) != tag.To {
			at = r.overPlaces(at, limit)
		}
		if k := r.overInsertion(at, limit); k <= at+3 {
			at = k // "declined, however, to answer"
		}
		start := at
		for k := i; k < at; k++ {
			if w := r.word(k); w == "not" || w == "never" {
				start = k // "pledged never again to leave"
				break
			}
		}
		if at+1 >= limit || r.tag(at) != tag.To {
			return c, false
		}
		c.first, c.nominal, c.rule = start, true, "infinitive"
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
	if at := r.overInsertion(full.last, limit); at > full.last {
		// "accused the audience, which paid to come, of silence"
		if w := r.word(at); f.kind == of && (w == "of" || w == "for") || f.kind == as && w == "as" {
			c.from, c.rule = at+1, "object, insertion and what is said of it"
			return c, true
		}
	}
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
		if at := r.overInsertion(full.last, limit); at > full.last && at < limit && (r.tag(at) == tag.Determiner || r.tag(at) == tag.Adjective || r.Tokens[at].Kind == text.Mark) {
			c.rule = "object and its name"
			return c, true
		}
		for at := full.last; at < limit && at < full.last+24; at++ {
			if q, ok := r.opens(at); ok && q >= 0 {
				c.rule = "object and its name"
				return c, true
			}
			if r.tag(at) == tag.Punct && r.word(at) != "$" && r.word(at) != "%" || r.tag(at) == tag.Finite && r.tag(full.last) != tag.Subordinate || r.tag(at) == tag.Modal {
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

// overInsertion skips what stands between two commas at i; it returns i if
// nothing does.
func (r *reader) overInsertion(i, limit int) int {
	if r.word(i) != "," {
		return i
	}
	for k := i + 1; k < limit && k < i+20; k++ {
		switch w := r.word(k); {
		case w == ",":
			return k + 1
		case r.Tokens[k].Kind == text.Mark, w == ";", w == ":":
			return i
		}
	}
	return i
}

// object is a noun phrase as content: "condemned the attack".
func (r *reader) object(f *frame, i, limit int) (complement, bool) {
	c := complement{frame: f, quoted: -1, nominal: true, rule: "noun phrase"}
	at := r.overTime(i, limit)
	if q, ok := r.opens(at); ok && q >= 0 && (len(f.words) > 0 || !r.speech[q]) {
		c.first = at
		return c, true
	}
	if r.tag(at) == tag.Gerund && at == i || len(f.words) > 0 && (r.tag(at) == tag.Gerund || r.question(at)) || r.word(at) == "what" && r.tag(at) == tag.Wh && at+1 < limit {
		c.first = at
		return c, true
	}
	end := r.nounPhraseFrom(at, limit)
	if q, ok := r.opens(at + 1); ok && r.tag(at) == tag.Determiner && !r.speech[q] {
		c.first = at // "proposed a “clean” bill"
		return c, true
	}
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
		return at < limit && r.nominal(at) && r.strictClause(at, limit) && r.bareClause(at, limit)
	case tag.Punct, tag.Finite, tag.Modal, tag.Coordinate, tag.To, tag.Base, tag.Participle:
		if r.word(i) != "“" {
			return false
		}
	}
	comma := false
	for k := i; k < limit && k < i+48; k++ {
		switch r.tag(k) {
		case tag.Finite, tag.Modal, tag.Contraction:
			// "spoke to them and left": the verb belongs to the subject before.
			return k > i && r.tag(k-1) != tag.Coordinate
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

// unreadClause tells whether what begins at i after a verb that takes no noun
// phrase is long enough for a clause whose verb the tagger took for something
// else: "said the dead included two guards".
func (r *reader) unreadClause(i, limit int) bool {
	switch r.tag(i) {
	case tag.Determiner, tag.Pronoun, tag.Name, tag.Noun, tag.Adjective:
	default:
		return false
	}
	if r.temporal(i, limit) {
		return false
	}
	words := 0
	for k := i; k < limit && r.word(k) != ","; k++ {
		if r.Tokens[k].Kind == text.Word {
			words++
		}
		if r.tag(k) == tag.Wh {
			return false
		}
	}
	if words < 5 {
		return false
	}
	for k := i + 1; k < limit && k < i+12; k++ {
		switch w := r.word(k); r.tag(k) {
		case tag.Participle:
			return r.word(k+1) != "by"
		case tag.Noun:
			if strings.HasSuffix(w, "s") && r.tag(k+1) != tag.Punct {
				return true
			}
		case tag.Base:
			return true
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
