package english

import (
	"strings"

	"mawqif/ingest/extract/english/tag"
	"mawqif/ingest/text"
)

// phrase is a run of tokens, [first, last). The zero phrase is none.
type phrase struct{ first, last int }

func (p phrase) none() bool { return p.first >= p.last }

// window bounds how far a rule looks, in tokens, so that a text without full
// stops costs no more than one with them.
const window = 240

// reader is a text with what the grammar knows of its tokens.
type reader struct {
	*text.Text
	lex    *lexicon
	tags   []tag.Tag
	groups []group
	// groupOf is the index of the verb group of a token, or −1.
	groupOf []int32
	// subjects holds the subjects of the groups sought so far.
	subjects []subject
	sought   []bool
	// speech tells for each quotation whether it holds more than a word or
	// two: words that a source spoke, not a label.
	speech []bool
	// lost marks quotations that no sane text holds: nested without an end,
	// or many deep. Their marks are taken for nothing.
	lost []bool
}

func newReader(t *text.Text) *reader {
	r := &reader{Text: t, lex: loaded(), tags: tag.Default().Tags(t)}
	r.retag()
	r.groupOf = make([]int32, len(t.Tokens))
	for i := range r.groupOf {
		r.groupOf[i] = -1
	}
	for s := range t.Sentences {
		r.verbGroups(t.Sentences[s].First, t.Sentences[s].Last)
	}
	r.subjects, r.sought = make([]subject, len(r.groups)), make([]bool, len(r.groups))
	r.speech, r.lost = make([]bool, len(t.Quotes)), make([]bool, len(t.Quotes))
	depth := make([]int, len(t.Quotes))
	for q := range t.Quotes {
		if o := t.Quotes[q].Outer; o >= 0 {
			depth[q] = depth[o] + 1
			if r.lost[q] = t.Quotes[q].Broken || depth[q] > 3; r.lost[q] {
				continue
			}
		}
		first, last := t.TokenAt(t.Quotes[q].Inner.Start), t.TokenAt(t.Quotes[q].Inner.End)
		r.speech[q] = last-first > 8 || last-first > 2 && r.holdsFinite(first, last) || last-first > 1 && r.ended(last-1)
	}
	return r
}

// ended tells whether a token ends a sentence or a stretch of speech.
func (r *reader) ended(i int) bool {
	switch r.word(i) {
	case ".", ",", "?", "!":
		return true
	}
	return false
}

func (r *reader) holdsFinite(first, last int) bool {
	for i := first; i < last && i < first+window; i++ {
		switch r.tags[i] {
		case tag.Finite, tag.Modal, tag.Contraction:
			return true
		}
	}
	return false
}

// domain bounds the rules for a token: its sentence, and within it the
// quotation in which it stands.
func (r *reader) domain(i int) (floor, limit int) {
	s := &r.Sentences[r.Tokens[i].Sentence]
	floor, limit = max(s.First, i-window/2), min(s.Last, i+window)
	if q := r.inner(i); q >= 0 {
		floor = max(floor, r.TokenAt(r.Quotes[q].Inner.Start))
		limit = min(limit, r.TokenAt(r.Quotes[q].Inner.End))
	}
	return floor, limit
}

// word returns the search key of a token, "" outside the text.
func (r *reader) word(i int) string {
	if i < 0 || i >= len(r.Tokens) {
		return ""
	}
	return r.Tokens[i].Fold
}

// tag returns the tag of a token, that of punctuation outside the text.
func (r *reader) tag(i int) tag.Tag {
	if i < 0 || i >= len(r.tags) {
		return tag.Punct
	}
	return r.tags[i]
}

// is tells whether a token is of a class of words.
func (r *reader) is(i int, c class) bool {
	if i < 0 || i >= len(r.Tokens) {
		return false
	}
	return r.lex.words[bare(r.Tokens[i].Fold)]&c != 0
}

// bare is a word without a possessive clitic.
func bare(w string) string {
	if n := len(w); n > 2 && w[n-2:] == " s" {
		return w[:n-2]
	}
	return w
}

// possessive tells whether a token is a possessive noun: "Iran's", or
// "officials" before the lone apostrophe.
func (r *reader) possessive(i int) bool {
	if i < 0 || i >= len(r.Tokens) {
		return false
	}
	if t := r.tag(i); t != tag.Noun && t != tag.Name && t != tag.Adjective {
		return r.isApostrophe(i)
	}
	raw := r.At(r.Tokens[i].Span)
	return strings.HasSuffix(raw, "'s") || strings.HasSuffix(raw, "’s") || r.isApostrophe(i)
}

// isApostrophe tells whether a mark is the apostrophe of a plural possessive.
func (r *reader) isApostrophe(i int) bool {
	if i < 1 || i >= len(r.Tokens) || r.Tokens[i].Kind != text.Mark || r.Tokens[i-1].End != r.Tokens[i].Start {
		return false
	}
	w := r.word(i)
	if w != "'" && w != "’" || !strings.HasSuffix(r.word(i-1), "s") {
		return false
	}
	q := r.Tokens[i].Quote
	return q < 0 || r.Quotes[q].Start != r.Tokens[i].Start && r.Quotes[q].Inner.End != r.Tokens[i].Start
}

// opens tells whether a token is an opening quotation mark, and of which
// quotation.
func (r *reader) opens(i int) (int, bool) {
	if i < 0 || i >= len(r.Tokens) || r.Tokens[i].Kind != text.Mark {
		return 0, false
	}
	q := r.Tokens[i].Quote
	return q, q >= 0 && !r.lost[q] && r.Quotes[q].Start == r.Tokens[i].Start
}

// closes tells whether a token is a closing quotation mark, and of which
// quotation.
func (r *reader) closes(i int) (int, bool) {
	if i < 0 || i >= len(r.Tokens) || r.Tokens[i].Kind != text.Mark {
		return 0, false
	}
	q := r.Tokens[i].Quote
	return q, q >= 0 && !r.lost[q] && r.Quotes[q].Inner.End == r.Tokens[i].Start && r.Quotes[q].Start != r.Tokens[i].Start
}

// outer is the outermost quotation that holds speech around a token, or −1.
func (r *reader) outer(i int) int {
	found, deep := -1, 0
	for q := r.Tokens[i].Quote; q >= 0 && deep < 8; q, deep = r.Quotes[q].Outer, deep+1 {
		if r.speech[q] {
			found = q
		}
	}
	return found
}

// inner is the innermost quotation that holds speech around a token, or −1.
func (r *reader) inner(i int) int {
	deep := 0
	for q := r.Tokens[i].Quote; q >= 0 && deep < 8; q, deep = r.Quotes[q].Outer, deep+1 {
		if r.speech[q] {
			return q
		}
	}
	return -1
}

// group is a verb with its auxiliaries: "has not been seen", "to deny".
type group struct {
	phrase
	head        int // the token of the main verb
	finite      bool
	passive     bool
	negated     bool
	infinitive  bool // begins with "to"
	contraction bool // the first token holds the subject too
}

func isBe(w string) bool {
	switch w {
	case "am", "is", "are", "was", "were", "be", "been", "being", "isn t", "aren t", "wasn t", "weren t", "gets", "got", "get":
		return true
	}
	return false
}

func isHave(w string) bool {
	switch w {
	case "has", "have", "had", "having", "hasn t", "haven t", "hadn t":
		return true
	}
	return false
}

func isDo(w string) bool {
	switch w {
	case "do", "does", "did", "don t", "doesn t", "didn t":
		return true
	}
	return false
}

// retag mends what the tagger often gets wrong about the verbs that matter.
func (r *reader) retag() {
	for i := range r.Tokens {
		if r.Tokens[i].Kind != text.Word {
			// The full stop of "Gen." within a name.
			if r.Tokens[i].Fold == "." && i > 0 && i+1 < len(r.Tokens) && r.Tokens[i-1].Kind == text.Word && r.Tokens[i-1].End == r.Tokens[i].Start &&
				r.Tokens[i+1].Sentence == r.Tokens[i].Sentence && r.Tokens[i+1].Kind != text.Mark {
				r.tags[i] = tag.Name
			}
			continue
		}
		w := r.Tokens[i].Fold
		if raw := r.At(r.Tokens[i].Span); r.tags[i] != tag.Name && lowerParticle(raw) {
			r.tags[i] = tag.Name // "al-Mawlawi"
		}
		switch r.tags[i] {
		case tag.Participle:
			// "X told reporters": a participle without an auxiliary, after a
			// noun and before an object, is a finite verb.
			if r.lex.verbs[w] == nil || r.auxiliaryBefore(i) || r.word(i+1) == "by" && r.tag(i+2) != tag.Gerund || r.word(i+1) == "of" {
				break
			}
			if w == "said" || w == "told" || r.word(i+1) == "by" || r.afterCoordinate(i) || r.takesObject(i) || r.wantsVerb(i) {
				r.tags[i] = tag.Finite
			}
		case tag.Determiner:
			// The initial of "Joan A. Reed".
			if raw := r.At(r.Tokens[i].Span); raw == "A" && r.word(i+1) == "." && r.tag(i-1) == tag.Name && r.tag(i+2) == tag.Name {
				r.tags[i] = tag.Name
			}
		case tag.Finite, tag.Base:
			if r.shadowed(i) {
				r.tags[i] = tag.Participle
				break
			}
			// "the mayor's claims": no verb after a possessive.
			if r.lex.nouns[w] != nil && i > 0 && r.possessive(i-1) && r.tags[i-1] != tag.Contraction {
				r.tags[i] = tag.Noun
			}
		case tag.Noun, tag.Name, tag.Adjective:
			if r.tags[i] == tag.Name {
				break
			}
			if w == "said" || w == "says" || r.nounOrVerb(i) || r.tags[i] == tag.Noun && r.lex.past[w] && r.lex.nouns[w] == nil && w != "cost" && w != "felt" && w != "hit" {
				r.tags[i] = tag.Finite
			}
		}
	}
}

// shadowed tells whether a past form right before the main verb can only be a
// participle: "a document filed Thursday says".
func (r *reader) shadowed(i int) bool {
	if r.tags[i] != tag.Finite || !strings.HasSuffix(r.word(i), "ed") || r.tag(i-1) != tag.Noun {
		return false
	}
	k := i + 1
	for k < len(r.Tokens) && k < i+4 && (r.tag(k) == tag.Adverb || r.is(k, timeWord|timeDeterminer|timeNoun)) {
		k++
	}
	return r.tag(k) == tag.Finite && r.lex.verbs[r.word(k)] != nil
}

// afterCoordinate tells whether "and" or "but" joins a participle to a finite
// verb: "met the crew and praised it", but not "was tried and condemned".
func (r *reader) afterCoordinate(i int) bool {
	k := i - 1
	for k >= 0 && r.tag(k) == tag.Adverb {
		k--
	}
	if r.tag(k) != tag.Coordinate {
		return false
	}
	for k--; k >= 0 && k > i-24 && r.Tokens[k].Sentence == r.Tokens[i].Sentence; k-- {
		switch r.tags[k] {
		case tag.Finite:
			if next := k + 1; isBe(r.word(k)) {
				for r.tag(next) == tag.Adverb {
					next++
				}
				return r.tag(next) != tag.Participle
			}
			return true
		case tag.Modal, tag.Contraction, tag.Participle:
			return false
		}
	}
	return false
}

// takesObject tells whether a participle after a noun has an object of its
// own, and so is a finite verb: "the council announced an inquiry".
func (r *reader) takesObject(i int) bool {
	k := i - 1
	for k >= 0 && r.tag(k) == tag.Adverb {
		k--
	}
	switch r.tag(k) {
	case tag.Noun, tag.Name, tag.Pronoun:
	case tag.Punct:
		if r.word(k) != "," || !r.clauseAhead(i+1) {
			return false
		}
	default:
		return false
	}
	switch r.word(i) {
	case "called", "named", "dubbed", "termed", "branded", "labeled", "labelled", "asked", "urged":
		return false
	}
	switch r.tag(i + 1) {
	case tag.Determiner, tag.Pronoun:
		return !r.is(i+1, timeDeterminer) || r.word(i+1) == "the" || r.word(i+1) == "that"
	}
	return r.word(i+1) == "that" || r.clauseAhead(i+1)
}

// clauseAhead tells whether a noun and, before any mark, a finite verb follow.
func (r *reader) clauseAhead(i int) bool {
	if !r.nominal(i) || r.tag(i) == tag.Number {
		return false
	}
	for k := i; k < len(r.Tokens) && k < i+10; k++ {
		switch r.tags[k] {
		case tag.Finite, tag.Modal:
			return true
		case tag.Punct, tag.Wh, tag.Subordinate, tag.Coordinate, tag.Preposition:
			return false
		}
	}
	return false
}

// lowerParticle tells whether a word is a small article or particle joined to a
// name: "al-Assad", "el-Sisi".
func lowerParticle(raw string) bool {
	i := strings.IndexByte(raw, '-')
	return i > 0 && i < 4 && len(raw) > i+1 && raw[0] >= 'a' && raw[0] <= 'z' && raw[i+1] >= 'A' && raw[i+1] <= 'Z'
}

// wantsVerb tells whether the sentence up to i still lacks a finite verb, so
// that a past form there is one: "The agency, KCNA, called him a lunatic".
func (r *reader) wantsVerb(i int) bool {
	if k := i - 1; k < 0 || r.word(k) != "," && r.tag(k) != tag.Name && r.tag(k) != tag.Noun && r.tag(k) != tag.Adverb && r.tag(k) != tag.Pronoun {
		return false
	}
	s := &r.Sentences[r.Tokens[i].Sentence]
	lacking := 0
	for k := max(s.First, i-window/4); k < i; k++ {
		switch r.tags[k] {
		case tag.Finite, tag.Modal, tag.Contraction:
			lacking--
		case tag.Wh, tag.Subordinate:
			lacking++
		}
	}
	if lacking < 0 {
		return false
	}
	for k := i + 1; k < min(s.Last, i+window/4); k++ {
		switch r.tags[k] {
		case tag.Finite, tag.Modal:
			lacking--
		case tag.Wh, tag.Subordinate, tag.Coordinate:
			lacking++
		case tag.Punct:
			if r.Tokens[k].Kind == text.Mark {
				lacking++
			}
		}
	}
	return lacking >= 0
}

// nounOrVerb decides words like "reports" before "that": a verb, if nothing
// else in the sentence could be the main one.
func (r *reader) nounOrVerb(i int) bool {
	w := r.word(i)
	v := r.lex.verbs[w]
	if v == nil || v.has(clause) == nil || r.word(i+1) != "that" || w != v.lemma && w != sForm(v.lemma) {
		return false
	}
	if k := i - 1; k < 0 || r.tag(k) != tag.Noun && r.tag(k) != tag.Name || r.possessive(k) {
		return false
	}
	s := &r.Sentences[r.Tokens[i].Sentence]
	finite := 0
	for k := max(s.First, i-window/4); k < min(s.Last, i+window/4); k++ {
		switch r.tags[k] {
		case tag.Finite, tag.Modal, tag.Contraction:
			if k < i {
				return false
			}
			if r.tag(k-1) != tag.Modal {
				finite++
			}
		case tag.Wh, tag.Coordinate:
			if k > i+1 {
				finite--
			}
		}
	}
	return finite <= 1
}

func (r *reader) auxiliaryBefore(i int) bool {
	for i--; i >= 0 && r.tags[i] == tag.Adverb; i-- {
	}
	w := r.word(i)
	return isBe(w) || isHave(w) || r.tag(i) == tag.Contraction
}

// verbGroups finds the verb groups of a sentence.
func (r *reader) verbGroups(first, last int) {
	for i := first; i < last; {
		switch r.tags[i] {
		case tag.Modal, tag.Finite, tag.Base, tag.Gerund, tag.Participle, tag.Contraction, tag.To:
			g := r.verbGroup(i, last)
			if g.head < 0 {
				i++
				continue
			}
			for k := g.first; k < g.last; k++ {
				r.groupOf[k] = int32(len(r.groups))
			}
			r.groups = append(r.groups, g)
			i = g.last
		default:
			i++
		}
	}
}

func (r *reader) verbGroup(first, last int) group {
	g := group{phrase: phrase{first, first + 1}, head: first}
	switch r.tags[first] {
	case tag.Modal, tag.Finite:
		g.finite = true
	case tag.Contraction:
		g.finite, g.contraction = true, true
	case tag.To:
		g.infinitive, g.head = true, -1
	}
	g.negated = strings.HasSuffix(r.word(first), "n t") || r.word(first) == "cannot"
	for at := first; ; {
		next, negated := at+1, false
		for next < last && next < at+5 && (r.tags[next] == tag.Adverb || r.word(next) == "not") {
			negated = negated || r.word(next) == "not" || r.word(next) == "never"
			next++
		}
		if next >= last || !r.continues(at, next) {
			return g
		}
		g.negated = g.negated || negated
		g.passive = r.tags[next] == tag.Participle && (isBe(r.word(at)) || r.tags[at] == tag.Contraction && !strings.HasSuffix(r.word(at), " ve"))
		g.head, g.last = next, next+1
		at = next
	}
}

// continues tells whether the word next goes on with the verb group that has
// at as its latest word.
func (r *reader) continues(at, next int) bool {
	w, t := r.word(at), r.tags[next]
	switch {
	case r.tags[at] == tag.Modal, r.tags[at] == tag.To, isDo(w):
		if t == tag.Base {
			return true
		}
		if t == tag.Noun && r.lex.verbs[r.word(next)] != nil && next == at+1 && r.tags[at] != tag.Finite {
			r.tags[next] = tag.Base
			return true
		}
	case isHave(w):
		return t == tag.Participle || t == tag.Finite && r.lex.verbs[r.word(next)] != nil
	case isBe(w):
		return t == tag.Participle || t == tag.Gerund
	case r.tags[at] == tag.Contraction:
		return t == tag.Participle || t == tag.Gerund || t == tag.Base
	}
	return false
}

// nominal tells whether a token can stand inside a noun phrase.
func (r *reader) nominal(i int) bool {
	switch r.tag(i) {
	case tag.Noun, tag.Name, tag.Number, tag.Adjective, tag.Determiner, tag.Pronoun:
		return true
	}
	return false
}

// nounPhraseBefore returns the start of the base noun phrase whose last token
// is end; end+1 if none ends there.
func (r *reader) nounPhraseBefore(end, floor int) int {
	if end < floor {
		return end + 1
	}
	switch r.tag(end) {
	case tag.Noun, tag.Name, tag.Number:
	case tag.Pronoun:
		if w := r.word(end); (w == "himself" || w == "herself" || w == "itself" || w == "themselves") && end > floor {
			if s := r.nounPhraseBefore(end-1, floor); s < end {
				return s
			}
		}
		return end
	case tag.Determiner, tag.Adjective:
		// "this", "many", "the poor"
	case tag.Gerund:
		if end == floor || r.tag(end-1) != tag.Determiner {
			return end + 1
		}
	default:
		if !r.isApostrophe(end) {
			return end + 1
		}
	}
	start := end
	for start > floor && end-start < 24 {
		i := start - 1
		switch t := r.tag(i); {
		case r.tag(start) == tag.Determiner && !(t == tag.Determiner || t == tag.Name && r.possessive(i)):
			if t == tag.Adverb && (r.word(i) == "nearly" || r.word(i) == "almost") {
				start = i
			}
			return start
		case r.is(i, timeWord) && !r.possessive(i) && (t == tag.Name || t == tag.Noun):
			return start
		case t == tag.Noun, t == tag.Name, t == tag.Number, t == tag.Adjective, t == tag.Determiner:
			start = i
		case r.isApostrophe(i):
			start = i
		case (t == tag.Participle || t == tag.Gerund) && i > floor && r.groupOf[i] >= 0 && r.groups[r.groupOf[i]].first == i &&
			(r.tag(start) == tag.Noun || r.tag(start) == tag.Name) &&
			(r.tag(i-1) == tag.Determiner || r.tag(i-1) == tag.Adjective || r.tag(i-1) == tag.Preposition && r.tag(i) == tag.Participle || r.possessive(i-1)):
			start = i
		case t == tag.Adverb && (r.tag(start) == tag.Adjective || r.tag(start) == tag.Number) && i > floor && (r.tag(i-1) == tag.Determiner):
			start = i
		case t == tag.Coordinate && i-1 >= floor && r.word(i) == "and" && r.tag(i-1) == tag.Adjective && r.tag(start) == tag.Adjective:
			start = i - 1
		case t == tag.Punct && r.word(i) == "$":
			start = i
		default:
			return start
		}
	}
	return start
}

// joins tells whether a preposition joins two noun phrases into one, as in
// "officials in the ministry".
func joins(w string) bool {
	switch w {
	case "of", "for", "in", "at", "from", "with", "on", "to", "near", "behind", "inside", "within", "against", "under", "between", "among", "across", "outside", "about", "by", "around":
		return true
	}
	return false
}

// subjectPhrase returns the noun phrase whose last token is end, with what
// modifies it to the left: "officials with the agency", "a group of senators",
// "the minister and his deputy".
func (r *reader) subjectPhrase(end, floor int) phrase {
	start := r.nounPhraseBefore(end, floor)
	if start > end {
		return phrase{}
	}
	best := phrase{start, end + 1}
	if r.tag(end) == tag.Pronoun && start == end {
		return best
	}
	for range 8 {
		i := start - 1
		if i < floor {
			return phrase{start, end + 1}
		}
		switch {
		case r.tag(i) == tag.Preposition && joins(r.word(i)) || r.word(i) == "to" && r.tag(i) != tag.To:
			before := i - 1
			// "accounts relayed to the paper": a participle between.
			if before > floor && (r.tag(before) == tag.Participle || r.tag(before) == tag.Gerund) && !r.auxiliaryBefore(before) {
				before--
			}
			s := r.nounPhraseBefore(before, floor)
			if s > before || r.tag(before) == tag.Pronoun {
				return best
			}
			start = s
			if r.boundary(s-1, floor) {
				best = phrase{s, end + 1}
			}
		case r.word(i) == "and" || r.word(i) == "or":
			s := r.nounPhraseBefore(i-1, floor)
			if s > i-1 {
				return best
			}
			start = s
			if r.boundary(s-1, floor) {
				best = phrase{s, end + 1}
			}
		default:
			return best
		}
	}
	return best
}

// boundary tells whether a clause can begin after token i.
func (r *reader) boundary(i, floor int) bool {
	if i < floor {
		return true
	}
	switch r.tag(i) {
	case tag.Punct, tag.Subordinate, tag.Coordinate, tag.Wh:
		return true
	case tag.Finite, tag.Gerund, tag.Participle, tag.Base:
		return r.lex.verbs[r.word(i)] != nil
	case tag.Adverb:
		return r.boundary(i-1, floor)
	}
	return r.is(i, timeWord)
}

// nounPhraseFrom returns the end of the base noun phrase that begins at
// start; start if none does.
func (r *reader) nounPhraseFrom(start, limit int) int {
	i := start
	noun := -1
	for i < limit && i-start < 24 {
		switch t := r.tag(i); {
		case t == tag.Pronoun:
			if i == start {
				return i + 1
			}
			if w := r.word(i); w == "himself" || w == "herself" || w == "itself" || w == "themselves" {
				return i + 1
			}
			return noun + 1
		case t == tag.Determiner:
			if noun >= 0 && !r.possessive(noun) {
				return noun + 1
			}
		case i > start && r.is(i, timeWord) && !r.possessive(i) && (t == tag.Name || t == tag.Noun):
			if noun < 0 {
				return start
			}
			return noun + 1
		case t == tag.Name && noun >= 0 && noun == i-1 && r.tag(noun) == tag.Noun && strings.HasSuffix(r.word(noun), "s") && !r.possessive(noun) && !strings.HasSuffix(r.word(noun), "ss"):
			return noun + 1 // "told reporters Beijing was ready"
		case t == tag.Noun, t == tag.Name, t == tag.Number:
			noun = i
		case t == tag.Gerund && i > start && (r.tag(i-1) == tag.Determiner || r.tag(i-1) == tag.Number || r.tag(i-1) == tag.Adjective) && !r.nominal(i+1):
			noun = i // "the ruling"
		case t == tag.Adjective:
			if noun >= 0 && !r.possessive(noun) && r.tag(noun) != tag.Name && r.tag(noun) != tag.Number {
				return noun + 1
			}
		case r.isApostrophe(i):
			noun = i
		case (t == tag.Participle || t == tag.Gerund) && (r.tag(i+1) == tag.Noun || r.tag(i+1) == tag.Name || r.tag(i+1) == tag.Adjective) && (noun < 0 || r.possessive(noun)):
		case t == tag.Adverb && (i == start || noun < 0 || r.possessive(noun)):
		case t == tag.Coordinate && r.tag(i-1) == tag.Adjective && r.tag(i+1) == tag.Adjective && noun < 0:
		case t == tag.Punct && r.word(i) == "-" && i > start && r.tag(i-1) == tag.Number && r.tag(i+1) == tag.Number && r.Tokens[i-1].End == r.Tokens[i].Start:
		case t == tag.Punct && (r.word(i) == "$" || r.word(i) == "(" && r.word(i+2) == ")" && i+2 < limit):
			if r.word(i) == "(" {
				i += 2
				noun = i
			}
		default:
			if noun < 0 {
				return r.lone(start, i)
			}
			return noun + 1
		}
		i++
	}
	if noun < 0 {
		return r.lone(start, i)
	}
	return noun + 1
}

// lone accepts a noun phrase without a noun: "many", "those", "the poor".
func (r *reader) lone(start, end int) int {
	if end > start && (r.tag(start) == tag.Determiner || r.tag(start) == tag.Adjective) {
		return end
	}
	return start
}

// phraseFrom returns the noun phrase that begins at start with what follows
// it: prepositional phrases and, if apposition is wanted, what stands after a
// comma ("Anna Berg, a lawyer in Oslo").
func (r *reader) phraseFrom(start, limit int, apposition bool) phrase {
	end := r.nounPhraseFrom(start, limit)
	if end == start {
		return phrase{}
	}
	for range 10 {
		switch {
		case r.tag(end) == tag.Preposition && joins(r.word(end)) && !r.temporal(end+1, limit):
			next := r.nounPhraseFrom(end+1, limit)
			if next == end+1 || next > limit {
				return phrase{start, end}
			}
			end = next
		case (r.word(end) == "and" || r.word(end) == "or") && end+1 < limit:
			next := r.nounPhraseFrom(end+1, limit)
			if next == end+1 || r.finiteAt(next) {
				return phrase{start, end}
			}
			end = next
		case apposition && r.word(end) == "," && end+1 < limit && r.appositive(end+1, limit):
			next := r.phraseFrom(end+1, limit, false)
			if next.none() || !r.endsApposition(next.last, limit) {
				return phrase{start, end}
			}
			end = next.last
		case r.word(end) == "(" && end+1 < limit:
			k := end + 1
			for k < limit && k < end+8 && r.word(k) != ")" {
				k++
			}
			if k >= limit || r.word(k) != ")" {
				return phrase{start, end}
			}
			end = k + 1
		default:
			return phrase{start, end}
		}
	}
	return phrase{start, end}
}

// finiteAt tells whether a finite verb group begins at a token, adverbs aside.
func (r *reader) finiteAt(i int) bool {
	for i < len(r.tags) && r.tags[i] == tag.Adverb {
		i++
	}
	return i < len(r.tags) && r.groupOf[i] >= 0 && r.groups[r.groupOf[i]].finite && r.groups[r.groupOf[i]].first == i
}

// appositive tells whether an apposition can begin at a token: an article, a
// title or an age after a comma.
func (r *reader) appositive(i, limit int) bool {
	if i >= limit {
		return false
	}
	switch r.tag(i) {
	case tag.Determiner, tag.Noun, tag.Adjective, tag.Number, tag.Name:
		return !r.temporal(i, limit)
	}
	return false
}

func (r *reader) endsApposition(i, limit int) bool {
	if i >= limit {
		return true
	}
	switch r.tag(i) {
	case tag.Punct, tag.Wh:
		return true
	}
	return false
}

// temporal tells whether a time expression begins at a token: "Monday",
// "last week", "the day before", "March 3".
func (r *reader) temporal(i, limit int) bool {
	return r.timeFrom(i, limit) > i
}

// timeFrom returns the end of the time expression that begins at i; i if none
// does.
func (r *reader) timeFrom(i, limit int) int {
	start := i
	for i < limit && (r.is(i, timeDeterminer) || r.tag(i) == tag.Number || r.word(i) == "a" || r.word(i) == "an" || r.word(i) == "one" || r.word(i) == "two") && i-start < 3 {
		i++
	}
	switch {
	case i < limit && r.is(i, timeWord) && !r.possessive(i):
		i++
	case i < limit && r.is(i, monthName) && r.tag(i) == tag.Name && (r.tag(i+1) == tag.Number || r.word(i-1) != "" && r.tag(i-1) == tag.Preposition):
		i++
		if r.word(i) == "." {
			i++
		}
		for i < limit && (r.tag(i) == tag.Number || r.word(i) == "," && r.tag(i+1) == tag.Number) {
			i++
		}
		return i
	case i > start && i < limit && r.is(i, timeNoun) && !r.possessive(i):
		i++
	default:
		return start
	}
	for i < limit && (r.is(i, timeNoun) || r.word(i) == "ago" || r.is(i, timeWord)) && !r.possessive(i) {
		i++
	}
	if i < limit && r.word(i) == "," && r.is(i+1, monthName) {
		if e := r.timeFrom(i+1, limit); e > i+1 {
			return e
		}
	}
	return i
}
