package link

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/extract/arabic"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// phrase is a noun phrase as the linker reads it: who it names, and what it
// says of him.
type phrase struct {
	text.Span
	first, last int // tokens, [first, last)
	// title is the first noun that says what the source is; titleAt its first
	// token, or −1.
	title   title
	titleAt int
	// honoured tells that an honorific stands in it ("Dr", "السيد").
	honoured bool
	// name is the personal name, in tokens; none if empty. person is the one of
	// the gazetteer who bears it.
	name   [2]int
	person *gazetteer.Entity
	// entity is what the phrase names, if no person.
	entity *gazetteer.Entity
	form   gazetteer.Form
	// institution is the body that the title is of; pattern its kind, if the
	// text names no state beside it; body its words, if no table has it.
	institution *gazetteer.Entity
	pattern     string
	body        text.Span
	// kind is the noun that the body's words lack: "وزارة" behind "وزير".
	kind string
	// principal is the person whose spokesman or lawyer it is.
	principal *gazetteer.Entity
	// patron is the learned person for whom the holder of the title works.
	patron *figure
	// of is the body whose noun the phrase is ("the Party's office").
	of *gazetteer.Entity
	// state is the one of an adjective or a possessive.
	state *gazetteer.Entity
	// former: the office is one of the past.
	former   bool
	definite bool
	// same: "المتحدث نفسه", whoever spoke last.
	same   bool
	gender extract.Gender
	number extract.Number
}

// named tells whether the phrase gives a person's name.
func (p *phrase) named() bool { return p.name[1] > p.name[0] }

// reader reads noun phrases of one text.
type reader struct {
	g      *gazetteer.Gazetteer
	t      *text.Text
	lex    *lexicon
	names  []gazetteer.Mention
	at     []int32 // by token: the index of the mention on it, plus 1
	arabic bool
	// running tells that a phrase is read in the running text, where its end is
	// not known.
	running bool
}

func newReader(g *gazetteer.Gazetteer, t *text.Text, names []gazetteer.Mention) *reader {
	r := &reader{g: g, t: t, lex: words(), names: names, at: make([]int32, len(t.Tokens)+1), arabic: t.Lang == "ar"}
	if r.arabic { // a given name, no adjective: "تركي بن سعود"
		r.names = slices.DeleteFunc(slices.Clone(names), func(m gazetteer.Mention) bool {
			return m.Form == gazetteer.ByAdjective && m.Last-m.First == 1 && m.Last < len(t.Tokens) && t.Tokens[m.Last].Fold == "بن"
		})
	}
	for i, m := range r.names {
		for k := m.First; k < m.Last; k++ {
			r.at[k] = int32(i + 1)
		}
	}
	return r
}

// mention returns the mention that covers a token; nil if none does.
func (r *reader) mention(token int) *gazetteer.Mention {
	if i := r.at[token]; i > 0 {
		return &r.names[i-1]
	}
	return nil
}

func isPerson(m *gazetteer.Mention) bool {
	return m != nil && m.Entity.Actor != nil && m.Entity.Actor.Kind == graph.Person
}

// item is a meaningful part of a phrase.
type item struct {
	first, last int
	mention     *gazetteer.Mention
	titles      []title
	office      gazetteer.Composed // its Last is 0 if there is none
}

var sameWords = wordSet("نفسه نفسها ذاته ذاتها أنفسهم عينه المذكور ذاتهم نفسهم")

var formerWords = wordSet("السابق السابقة سابق سابقا الأسبق أسبق المخلوع المعزول الراحل السابقين السابقون former ex ousted deposed late retired onetime shadow")

// relatives begin a clause that is no part of the naming.
var relatives = map[string]bool{
	"الذي": true, "التي": true, "الذين": true, "اللذان": true, "اللتان": true, "اللواتي": true, "who": true, "which": true, "whose": true, "that": true, "whom": true,
}

// tokens returns the tokens of a span, [first, last).
func (r *reader) tokens(s text.Span) (first, last int) {
	first = r.t.TokenAt(s.Start)
	last = first
	for last < len(r.t.Tokens) && r.t.Tokens[last].Start < s.End {
		last++
	}
	return first, last
}

// read reads a noun phrase.
func (r *reader) read(s text.Span) phrase {
	first, last := r.tokens(s)
	for first < last && r.t.Tokens[first].Kind >= text.Punct {
		first++
	}
	for last > first && r.t.Tokens[last-1].Kind >= text.Punct && r.t.Tokens[last-1].Fold != ")" {
		last--
	}
	if r.arabic && last-first > 1 && (r.t.Tokens[first].Fold == "هذا" || r.t.Tokens[first].Fold == "هذه" || r.t.Tokens[first].Fold == "تلك" || r.t.Tokens[first].Fold == "نفس" || r.t.Tokens[first].Fold == "ذات") {
		first++
	}
	if r.arabic {
		first, last = r.trim(first, last)
	}
	p := phrase{Span: r.t.Cover(first, last), first: first, last: last, titleAt: -1}
	if first == last {
		p.Span = s
		return p
	}
	for i := first; i < last; i++ {
		fold := r.t.Tokens[i].Fold
		if (relatives[fold] || fold == "وهو" || fold == "وهي") && i > first {
			last = i
			p.last = i
			break
		}
		p.former = p.former || formerWords[fold] && !(r.arabic && r.secondOffice(first, i, last))
		p.same = p.same || sameWords[fold] && i > first && last-first <= 3
	}
	items := r.items(first, last)
	if r.arabic {
		p.definite = definite(r.t.Tokens[first].Fold)
		r.readArabic(&p, items, last)
	} else {
		p.definite = isDeterminer(r.t.Tokens[first].Fold)
		r.readEnglish(&p, items, last)
	}
	r.agree(&p)
	r.institution(&p, items, last)
	return p
}

// secondOffice tells whether a title with "و" on it stands between the first word
// of an Arabic phrase and a token: "القيادي في الحزب |والوزير| السابق".
func (r *reader) secondOffice(first, i, last int) bool {
	for k := first + 1; k < i; k++ {
		if before, _ := r.lex.titlesAt(r.t, k-1, k); len(before) == 0 && strings.HasPrefix(r.t.Tokens[k].Fold, "و") && r.at[k] == 0 { // not "الوزير والنائب السابق"
			if list, _ := r.lex.titlesAt(r.t, k, last); len(list) > 0 && list[0].class.personal() && list[0].class != minister || len(list) > 0 && strings.HasPrefix(r.t.Tokens[k].Fold, "وال") && list[0].class.personal() {
				return true
			}
		}
	}
	return false
}

// items lists the names, offices and titles in a phrase: the longest at each
// token, an office before a title before a name of the same length.
func (r *reader) items(first, last int) []item {
	var out []item
	for i := first; i < last; {
		if r.t.Tokens[i].Kind != text.Word {
			i++
			continue
		}
		it := item{first: i, last: i + 1}
		if m := r.mention(i); m != nil && m.First == i {
			it.mention, it.last = m, min(m.Last, last)
		}
		if list, end := r.lex.titlesAt(r.t, i, last); end > 0 && end <= last && (it.mention == nil || end > it.last || r.onlyAdjective(it.mention)) {
			it = item{first: i, last: end, titles: list}
		}
		if o, ok := r.g.OfficeAt(r.t, i); ok && o.Last <= last && o.Last >= it.last && !r.elsewhere(o.Last, last) {
			it = item{first: i, last: o.Last, office: o, titles: []title{{class: minister, english: "minister", gender: r.officeGender(i), number: extract.Singular}}}
		}
		if it.mention == nil && it.titles == nil {
			i++
			continue
		}
		out = append(out, it)
		i = it.last
	}
	return out
}

// elsewhere tells whether an English office is one at a body that follows: no
// "special counsel |at the law firm|".
func (r *reader) elsewhere(i, last int) bool {
	return !r.arabic && i+2 < last && r.t.Tokens[i].Fold == "at" && r.t.Tokens[i+2].Fold != "time"
}

// onlyAdjective tells whether a mention is the one-word adjective of a body
// that is no state, which a title of the same spelling outranks.
func (r *reader) onlyAdjective(m *gazetteer.Mention) bool {
	return m.Form == gazetteer.ByAdjective && m.Last-m.First == 1 && r.g.State(m.Entity) == nil
}

// officeGender is the gender of the Arabic noun of an office.
func (r *reader) officeGender(i int) extract.Gender {
	if !r.arabic {
		return extract.AnyGender
	}
	if strings.HasSuffix(r.t.Tokens[i].Fold, "ه") {
		return extract.Feminine
	}
	return extract.Masculine
}

// main picks the title of a phrase: the first that is no honorific; in English,
// where the head of a phrase comes last, the last of those that follow one
// another ("state news agency", "defence committee chairman"). It returns the
// index of its item, or −1.
func (r *reader) main(p *phrase, items []item) int {
	k := r.firstTitle(p, items)
	if r.arabic || k < 0 {
		return k
	}
	for n := k + 1; n < len(items) && r.runsOn(items[k].last, items[n].first); n++ {
		if items[n].mention != nil {
			if isPerson(items[n].mention) && !r.possessed(items[n].mention) {
				break
			}
			continue
		}
		for _, t := range items[n].titles {
			if t.class != honorific {
				p.title, p.titleAt = t, items[n].first
				k = n
				break
			}
		}
	}
	return k
}

// runsOn tells whether the words between two tokens may stand before the head
// of one English phrase: no comma, preposition or conjunction.
func (r *reader) runsOn(from, to int) bool {
	for i := from; i < to; i++ {
		if tok := &r.t.Tokens[i]; tok.Kind != text.Word && tok.Fold != "-" || notNouns[tok.Fold] || r.capitalWord(i) && r.lex.given[tok.Fold] != 0 {
			return false
		}
	}
	return true
}

func possessive(s string) bool {
	return strings.HasSuffix(s, "'s") || strings.HasSuffix(s, "’s") || strings.HasSuffix(s, "s'") || strings.HasSuffix(s, "s’")
}

// rank tells whether an Arabic title is one of rank, before a given name, in a
// phrase that has another: "|الأمير| سامر بن حمد رئيس الوزراء".
func (r *reader) rank(items []item, k int) bool {
	if !r.arabic || !hasClass(items[k].titles, honorific) || items[k].last >= len(r.t.Tokens) || r.lex.given[r.t.Tokens[items[k].last].Fold] == 0 && !isPerson(r.mention(items[k].last)) {
		return false
	}
	for _, it := range items[k+1:] {
		if len(it.titles) > 0 && it.titles[0].class.personal() {
			return true
		}
	}
	return false
}

func (r *reader) firstTitle(p *phrase, items []item) int {
	for k := range items {
		if k+1 < len(items) && r.rank(items, k) {
			p.honoured = true
			continue
		}
		for _, t := range items[k].titles {
			if t.class == honorific {
				p.honoured = true
				continue
			}
			if !r.arabic && k+1 < len(items) && items[k].mention == nil && items[k].office.Last == 0 && possessive(r.t.At(r.t.Tokens[items[k].last-1].Span)) && isPerson(items[len(items)-1].mention) {
				break // "the president's son-in-law Otto Lind"
			}
			p.title, p.titleAt = t, items[k].first
			return k
		}
	}
	return -1
}

// agree fills in gender and number.
func (r *reader) agree(p *phrase) {
	p.gender, p.number = p.title.gender, p.title.number
	if p.person != nil {
		p.gender, p.number = extract.Masculine, extract.Singular
		if p.person.Gender == 'f' {
			p.gender = extract.Feminine
		}
		return
	}
	if p.named() {
		p.number = extract.Singular
		// A woman may bear an office's masculine name, hardly a man its feminine.
		switch r.givenGender(p) {
		case 'm':
			if p.gender == extract.AnyGender {
				p.gender = extract.Masculine
			}
		case 'f':
			p.gender = extract.Feminine
		}
		if p.gender == extract.AnyGender && !r.arabic && p.first < p.name[0] {
			switch r.t.Tokens[p.name[0]-1].Fold {
			case "mr", "sir", "lord", "king", "prince", "father":
				p.gender = extract.Masculine
			case "mrs", "ms", "miss", "dame", "lady", "queen", "princess", "baroness":
				p.gender = extract.Feminine
			}
		}
	}
}

// givenGender is the gender that the first telling word of a name has; 0 if none.
func (r *reader) givenGender(p *phrase) byte {
	for i := p.name[0]; i < p.name[1]; i++ {
		if g := r.givenName(i); g == 'm' || g == 'f' {
			return g
		}
	}
	return 0
}

// givenName is the gender of a given name (m, f, u), 0 if the token is none.
func (r *reader) givenName(i int) byte {
	fold := r.t.Tokens[i].Fold
	if g := r.lex.given[fold]; g != 0 || !r.arabic {
		return g
	}
	for _, p := range [...]string{"و", "ل", "ب", "ول"} {
		if rest, ok := strings.CutPrefix(fold, p); ok && len(rest) >= 6 {
			if g := r.lex.given[rest]; g != 0 {
				return g
			}
		}
	}
	return 0
}

// away are prepositions that part the office from what follows: the mission is
// to it, not of it.
var away = wordSet("إلى لدى ضد حول بشأن عن من على المقرب المقربة مع to on against about from toward towards over near with")

// institution finds the body that the title of a phrase is of.
func (r *reader) institution(p *phrase, items []item, last int) {
	if p.titleAt < 0 && p.named() && p.name[0] > p.first {
		// "Kestrel TV's Ann Hale"
		if m := r.mention(p.name[0] - 1); m != nil && !isPerson(m) && r.possessed(m) && m.Entity.Actor != nil && m.Entity.Actor.Kind != graph.State {
			p.institution = m.Entity
		}
		return
	}
	if p.titleAt < 0 || !p.title.class.personal() && p.title.class != document && p.title.class != many && p.title.class != body {
		return
	}
	var org, state, adjective *gazetteer.Entity
	var head gazetteer.Composed
	for k := range items {
		it := &items[k]
		if it.office.Last > 0 && (org == nil || it.first == p.titleAt) {
			if it.office.Institution != nil {
				org = it.office.Institution
			} else if p.pattern == "" {
				p.pattern = it.office.Pattern
			}
			continue
		}
		if it.office.Last == 0 && it.titles != nil {
			// A head inside a title of two words: "وكيل وزارة الصحة".
			for i := it.first; i < it.last && org == nil; i++ {
				if m := r.mention(i); m != nil && m.First == i && !isPerson(m) && m.Form != gazetteer.ByAdjective && m.Entity.Actor != nil && m.Entity.Actor.Kind != graph.State {
					org = m.Entity
				} else if o, ok := r.g.OfficeAt(r.t, i); ok && i > it.first && o.Last <= last {
					if o.Institution != nil {
						org = o.Institution
					} else {
						p.pattern = o.Pattern
					}
				}
			}
			continue
		}
		m := it.mention
		if m == nil || m.Entity.Actor == nil || r.arabic && m.Form == gazetteer.ByForces && r.ownsField(it.first-1) {
			continue
		}
		before := ""
		if it.first > p.first {
			before = r.t.Tokens[it.first-1].Fold
		}
		if before == "the" && it.first-2 >= p.first {
			before = r.t.Tokens[it.first-2].Fold
		}
		gone := away[before] && p.title.class != document && !(before == "with" && (p.title.class == civilian || p.title.class == leader)) || before == "for" && p.title.class == envoy
		if !r.arabic && p.title.class == envoy && m.Last <= p.titleAt && adjective == nil && !isPerson(m) {
			adjective = m.Entity // "UN envoy", "U.S. ambassador to the U.N."
			continue
		}
		switch {
		case isPerson(m):
			if m.Entity != p.person && p.principal == nil && (r.serves(p, m) || p.title.class == document && r.possessed(m)) {
				p.principal = m.Entity
			}
		case m.Form == gazetteer.ByAdjective:
			if adjective == nil {
				adjective = m.Entity
			}
		case m.Entity.Actor.Kind == graph.State && m.Form != gazetteer.ByForces:
			if state == nil && !gone && (p.title.class == official || before != "في" && before != "in") {
				state = m.Entity
				if m.Entity.State != nil {
					state = m.Entity.State
				}
			}
		case org != nil || gone:
		case r.arabic && r.longerHead(it.first, m.Last, last) != "":
			if p.pattern == "" { // "مجلس الأمن القومي"
				p.pattern = r.longerHead(it.first, m.Last, last)
			}
		case m.End < r.t.Tokens[m.Last-1].End && k+1 < len(items) && items[k+1].mention != nil && items[k+1].first == m.Last:
			// "the Navy's 5th Fleet": the latter.
		default:
			org = m.Entity
		}
	}
	if org == nil && p.pattern == "" && !r.arabic {
		p.pattern = r.field(p, last)
	}
	for i := p.first; i < last && org == nil && p.pattern == ""; i++ {
		if r.mention(i) == nil || i > p.titleAt {
			head, _ = r.g.HeadAt(r.t, i)
			if head.Last == 0 || head.Last > last || head.Doubtful && (i == 0 || r.t.Tokens[i-1].Fold != "باسم") || r.arabic && strings.HasPrefix(r.t.Tokens[i].Fold, "وال") || i <= p.titleAt && r.arabic || r.at[i] != 0 || p.title.class == stateHead || r.arabic && r.ownsField(i-1) {
				continue
			}
			if !r.arabic && head.Last < last && (r.capitalWord(head.Last) || i > p.titleAt && !r.preposed(p, i)) {
				continue // "Judiciary Committee"
			}
			p.pattern = head.Pattern
		}
	}
	if adjective != nil && r.g.State(adjective) != nil {
		p.state = r.g.State(adjective)
	} else if state != nil {
		p.state = state
	}
	p.attach(r, items, org, state, adjective, last)
}

// ownsField tells whether an Arabic noun of a body in the construct state stands
// at a token, so that what follows is the field of its own name: "|نادي|
// الطيران", "|لجنة| الدفاع".
func (r *reader) ownsField(i int) bool {
	if i < 0 || definite(r.t.Tokens[i].Fold) {
		return false
	}
	list, end := r.lex.titlesAt(r.t, i, i+1)
	if end == 0 || !hasClass(list, body) {
		return false
	}
	switch list[0].english {
	case "organisation", "company", "newspaper", "hospital", "university", "committee":
		return true
	}
	return false
}

// longerHead returns the kind of an institution that is named without its state
// by more words than the mention that ends at a token; "" if there is none.
func (r *reader) longerHead(first, end, last int) string {
	if c, ok := r.g.HeadAt(r.t, first); ok && c.Last > end && c.Last <= last && c.Institution == nil {
		return c.Pattern
	}
	return ""
}

// serves tells whether a person named in a phrase is the one for whom the
// holder of its title works: "Harte's spokesman", "spokesman for Harte", "محامي
// فلان".
func (r *reader) serves(p *phrase, m *gazetteer.Mention) bool {
	if p.title.class != spokesperson && p.title.class != adviser && p.title.english != "lawyer" && p.title.english != "relative" {
		return false
	}
	if m.Last <= p.titleAt {
		return m.Last >= p.titleAt-2
	}
	_, end := r.lex.titlesAt(r.t, p.titleAt, p.last)
	return m.First-end <= 2
}

// field finds the ministry of an English field beside a title: "|defense|
// officials", "undersecretary of |defense|".
func (r *reader) field(p *phrase, last int) string {
	switch p.title.class {
	case official:
		if p.titleAt > p.first && r.at[p.titleAt-1] == 0 {
			return r.g.Portfolio(r.t.Tokens[p.titleAt-1].Fold)
		}
	case minister:
		_, end := r.lex.titlesAt(r.t, p.titleAt, last)
		if end+1 < last && (r.t.Tokens[end].Fold == "of" || r.t.Tokens[end].Fold == "for") {
			return r.g.Portfolio(r.t.Tokens[end+1].Fold)
		}
	}
	return ""
}

// attach decides between the bodies named in a phrase by the class of its
// title.
func (p *phrase) attach(r *reader, items []item, org, state, adjective *gazetteer.Entity, last int) {
	switch p.title.class {
	case stateHead:
		if p.institution = p.state; p.institution == nil && !r.arabic && p.person == nil {
			if r.presided(p, org, last) {
				p.institution = org
			} else if org == nil { // "vice president of the Kestrel Fund"
				p.body = r.bodyBehind(p, last)
			}
		}
	case envoy:
		switch {
		case adjective != nil:
			p.institution = adjective
		case state != nil:
			p.institution = state
		default:
			p.institution = org
		}
		p.institution = whole(p.institution)
	case civilian:
		if p.title.english == "lawyer" && p.principal == nil {
			p.institution = org
		}
		if r.arabic && p.institution == nil {
			if p.body = r.workplace(p, last); p.body.IsZero() && org != nil && org.Actor != nil && org.Actor.Kind == graph.Organization && r.g.State(org) == nil {
				p.institution = r.worksAt(p, org)
			}
		}
	case legislator:
		if p.institution = org; org == nil && r.arabic {
			p.body = r.bodyBehind(p, last)
		}
		r.seatedFor(p, last)
	case many, body, document:
		if p.institution = org; org == nil && r.arabic && p.title.class == document {
			p.body = r.bodyBehind(p, last)
		}
		if p.institution == nil && p.body.IsZero() {
			p.institution = p.state
		}
	default:
		if p.title.class == spokesperson || p.title.class == adviser {
			if lead := r.secondTitle(items, p.titleAt); lead == stateHead && org == nil {
				if p.state == nil {
					p.pattern = "presidency"
				} else if p.title.class == spokesperson {
					org = r.g.Institution("presidency", p.state)
				}
			}
		}
		switch {
		case org != nil:
			p.institution = org
		case p.pattern != "":
			p.institution = r.g.Institution(p.pattern, p.state)
		case p.principal != nil:
		default:
			if p.body = r.bodyBehind(p, last); p.body.IsZero() {
				switch {
				case p.title.class == official && p.state != nil && r.military(p):
					p.institution = r.g.Institution("armed-forces", p.state)
				case adjective != nil:
					p.institution = whole(adjective)
				case p.title.class == official && r.governmental(p):
					p.pattern = "government"
					p.institution = r.g.Institution("government", p.state)
				default:
					p.institution = whole(p.state)
				}
			}
		}
	}
	if e := r.tabled(p.body); e != nil && p.institution == nil {
		p.institution, p.body, p.kind = e, text.Span{}, ""
	}
}

// presided tells whether a body stands just before the title of a president or
// behind "of", "at" or "for".
func (r *reader) presided(p *phrase, org *gazetteer.Entity, last int) bool {
	for i := p.first; org != nil && i < last; i++ {
		m := r.mention(i)
		if m == nil || m.First != i || m.Entity != org {
			continue
		}
		before := i - 1
		if before > p.first && isDeterminer(r.t.Tokens[before].Fold) {
			before--
		}
		switch {
		case m.Last == p.titleAt:
			return true
		case before > p.titleAt:
			switch r.t.Tokens[before].Fold {
			case "of", "at", "for":
				return true
			}
		}
	}
	return false
}

// tabled returns the body of the gazetteer that the Arabic words of a body name;
// nil if there is none.
func (r *reader) tabled(body text.Span) *gazetteer.Entity {
	if body.IsZero() || !r.arabic {
		return nil
	}
	first, last := r.tokens(body)
	for i := first; i < last && i < first+2; i++ {
		if m := r.mention(i); m != nil && m.First == i && m.Last >= last && !isPerson(m) && m.Form != gazetteer.ByAdjective && m.Entity.Actor != nil && m.Entity.Actor.Kind != graph.State {
			return m.Entity
		}
	}
	return nil
}

// whole returns the state for one of its forms.
func whole(e *gazetteer.Entity) *gazetteer.Entity {
	if e != nil && e.Actor != nil && e.Actor.Kind == graph.State && e.State != nil {
		return e.State
	}
	return e
}

// secondTitle returns the class of the first title behind the main one.
func (r *reader) secondTitle(items []item, titleAt int) class {
	for k := range items {
		if items[k].first > titleAt && len(items[k].titles) > 0 {
			fold := r.t.Tokens[items[k].first].Fold
			if r.arabic && strings.HasPrefix(fold, "وال") {
				return noClass // a second office: "المستشار العام والرئيس المؤقت"
			}
			if r.arabic && definite(fold) && strings.HasSuffix(strings.TrimSuffix(fold, "ه"), "رييس") {
				return stateHead
			}
			return items[k].titles[0].class
		}
	}
	return noClass
}

// governmental tells whether an official is one of "the government" without
// more: "مسؤول حكومي", "government official".
func (r *reader) governmental(p *phrase) bool {
	for i := p.first; i < p.last; i++ {
		switch strings.TrimPrefix(r.t.Tokens[i].Fold, "ال") {
		case "حكومي", "حكوميه", "حكوميون", "government":
			return true
		}
	}
	return false
}

// military tells whether an Arabic official is one of the army: "مصدر عسكري",
// "ضابط".
func (r *reader) military(p *phrase) bool {
	if !r.arabic {
		return false
	}
	for i := p.first; i < p.last; i++ {
		switch strings.TrimPrefix(r.t.Tokens[i].Fold, "ال") {
		case "عسكري", "عسكريه", "عسكريون", "عسكريين", "ضابط", "ضباط", "جندي", "جنود":
			return true
		}
	}
	return false
}

// workplace returns the words of the university, institute or hospital at which
// an Arabic expert works: "أستاذ القانون ب|جامعة الأفق|", "باحث في |معهد النيل|".
func (r *reader) workplace(p *phrase, last int) text.Span {
	end := last
	if p.named() && p.name[0] > p.titleAt {
		end = p.name[0]
	}
	for i := p.titleAt + 1; i < end; i++ {
		fold := r.t.Tokens[i].Fold
		noun := strings.TrimPrefix(strings.TrimPrefix(fold, "ب"), "ل")
		if workplaces[noun] && (noun != fold || r.t.Tokens[i-1].Fold == "في" || r.t.Tokens[i-1].Fold == "لدي") && i+1 < end {
			return r.bodyFrom(i, end, last)
		}
	}
	return text.Span{}
}

// worksAt returns the organisation of an Arabic expert that stands behind "in" or
// "at" in his naming: "الباحث في |هيومن رايتس ووتش|"; nil if it does not.
func (r *reader) worksAt(p *phrase, org *gazetteer.Entity) *gazetteer.Entity {
	for i := p.titleAt + 1; i < p.last; i++ {
		m := r.mention(i)
		if m == nil || m.First != i || m.Entity != org {
			continue
		}
		k := i - 1
		for k > p.titleAt && r.t.Tokens[k].Kind == text.Mark {
			k--
		}
		switch before := r.t.Tokens[k].Fold; {
		case before == "في", before == "لدي", before == "من", strings.HasPrefix(r.t.Tokens[i].Fold, "ب") && !strings.HasPrefix(graph.Fold(graph.NameIn(org.Actor.Names, "ar")), "ب"):
			return org
		}
		return nil
	}
	return nil
}

var workplaces = wordSet("شركة بنك مصرف مؤسسة منظمة صندوق وكالة مجموعة جامعة كلية معهد مركز مستشفى مختبر مدرسة أكاديمية المعهد المركز الجامعة المستشفى")

// bodyFrom returns the words of the Arabic body whose noun is token i: up to a
// mark, a title of somebody, an honorific, a verb.
func (r *reader) bodyFrom(i, end, last int) text.Span {
	if exact := r.t.Tokens[i].Fold; exact == "مجلس" && i+2 < end && r.t.Tokens[i+1].Fold == "اداره" {
		i += 2 // "مجلس إدارة شركة الأفق"
	}
	stop := i + 1
	for stop < end && stop < i+9 {
		tok := &r.t.Tokens[stop]
		list, _ := r.lex.titlesAt(r.t, stop, last)
		person := len(list) > 0 && list[0].class.personal() && (!definite(tok.Fold) || list[0].number == extract.Singular && definite(r.t.Tokens[stop-1].Fold) && !strings.HasSuffix(tok.Fold, "ي") && !strings.HasSuffix(tok.Fold, "يه"))
		exact, _ := arabic.ClassOf(tok.Fold)
		if tok.Kind == text.Punct || person || r.honorificAt(stop, last) > 0 || exact&(arabic.Verb|arabic.Particle) != 0 && tok.Fold != "في" && r.at[stop] == 0 || r.t.Tokens[stop-1].Fold != "في" && tok.Kind == text.Word && definite(r.t.Tokens[stop-1].Fold) && r.ends(stop, i) {
			break
		}
		stop++
	}
	for stop > i && (r.t.Tokens[stop-1].Kind != text.Word || r.t.Tokens[stop-1].Fold == "في") {
		stop--
	}
	if stop-i < 2 && !strings.HasPrefix(bareNoun(r.t.Tokens[i].Fold), "بلدي") {
		return text.Span{}
	}
	span := r.t.Cover(i, stop)
	span.Start += particles(r.t.At(r.t.Tokens[i].Span), r.t.Tokens[i].Fold)
	return span
}

// bodyBehind returns the words of a body that no table has, behind a title:
// "رئيس |حزب الوسط الجديد|", "director of the |Centre for Invented Studies|".
func (r *reader) bodyBehind(p *phrase, last int) text.Span {
	end := last
	if p.named() && p.name[0] > p.titleAt {
		end = p.name[0]
	}
	_, at := r.lex.titlesAt(r.t, p.titleAt, last)
	if list, _ := r.lex.titlesAt(r.t, min(at, len(r.t.Tokens)-1), last); r.arabic && p.title.class == minister && at < end && hasClass(list, body) {
		if list[0].english == "ministry" {
			return r.bodyFrom(at, end, last)
		}
		p.title.class, p.title.english = leader, "head" // "وكيل |كلية الآداب|"
	}
	if p.title.class == minister {
		p.kind = "وزارة "
		return r.portfolio(at, end)
	}
	if seat, ok := seats[bareNoun(r.t.Tokens[p.titleAt].Fold)]; ok && r.arabic && at == p.titleAt+1 && at < end {
		switch m := r.mention(at); {
		case regions[r.t.Tokens[at].Fold]:
			return r.bodyFrom(at, end, last)
		case m != nil && m.First == at && m.Last <= end && m.Entity.Place != nil && m.Form != gazetteer.ByAdjective:
			p.kind = seat
			return r.t.Cover(at, m.Last)
		}
	}
	if r.arabic && at > p.titleAt+1 {
		at = p.titleAt + 1 // "رئيس |لجنة …|"
	}
	for i := at; i < end; i++ {
		tok := &r.t.Tokens[i]
		if tok.Fold == "،" || tok.Fold == "," {
			break
		}
		if tok.Kind != text.Word {
			continue
		}
		if !r.arabic {
			if (i > at || r.t.Tokens[at-1].Fold == "of") && isCapital(r.t.At(tok.Span)) && r.opensBody(i-1) {
				if s := r.bodyWords(i, end); !s.IsZero() {
					return s
				}
			}
			continue
		}
		if i+1 < end && bareNoun(tok.Fold) == "مجلس" && (r.t.Tokens[i+1].Fold == "الاداره" || r.t.Tokens[i+1].Fold == "ادارتها" || r.t.Tokens[i+1].Fold == "ادارته") {
			continue // the board of what follows
		}
		if list, _ := r.lex.titlesAt(r.t, i, last); len(list) > 0 && hasClass(list, body) {
			if span := r.bodyFrom(i, end, last); !span.IsZero() {
				return span
			}
		}
	}
	return text.Span{}
}

// opensBody tells whether the name of a body may follow a token: "head of |the|
// …", "counsel at the law |firm| …".
func (r *reader) opensBody(i int) bool {
	switch r.t.Tokens[i].Fold {
	case "of", "the", "at", "for", "with", "from":
		return true
	}
	list, _ := r.lex.titlesAt(r.t, i, i+1)
	return hasClass(list, body) && !r.capitalWord(i)
}

// bodyWords are the capitalised words from a token on, if they may be the name
// of a body: two at least, or an abbreviation.
func (r *reader) bodyWords(i, end int) text.Span {
	stop := i
	for stop < end && (isCapital(r.t.At(r.t.Tokens[stop].Span)) || lowercaseInNames[r.t.Tokens[stop].Fold] && stop+1 < end && isCapital(r.t.At(r.t.Tokens[stop+1].Span))) {
		if r.t.Tokens[stop].Fold == "in" && r.bodyRun(i, stop) {
			break // "Kestrel University |in New Hale|"
		}
		stop++
		if word := r.t.At(r.t.Tokens[stop-1].Span); possessive(word) && stop-i > 1 {
			s := r.t.Cover(i, stop)
			s.End -= len(word) - prefix(word)
			return s
		}
	}
	if stop-i >= 2 || stop > i && r.acronymLike(i) && r.at[i] == 0 {
		return r.t.Cover(i, stop)
	}
	return text.Span{}
}

// seats are what those who are called by a region or town head; regions the
// nouns before its name.
var (
	seats   = map[string]string{"محافظ": "محافظة ", "والي": "ولاية ", "حاكم": "ولاية ", "عمده": "بلدية ", "امين": "بلدية "}
	regions = wordSet("إقليم منطقة مقاطعة ولاية محافظة مدينة إمارة بلدية أمانة")
)

// portfolio returns the words of a ministry that no table has, behind an Arabic
// "minister": "وزير |الطاقة والثروة|".
func (r *reader) portfolio(from, end int) text.Span {
	i := from
	for i < end && i-from < 6 && r.t.Tokens[i].Kind == text.Word && r.at[i] == 0 && !formerWords[r.t.Tokens[i].Fold] && (i == from || definite(r.t.Tokens[i].Fold) || strings.HasPrefix(r.t.Tokens[i].Fold, "و")) && r.honorificAt(i, end) == 0 {
		i++
	}
	if !r.arabic || i == from || !definite(r.t.Tokens[i-1].Fold) {
		return text.Span{}
	}
	return r.t.Cover(from, i)
}

// particles returns the width in bytes of ل or ب before a noun whose article
// it has swallowed or that has none.
func particles(raw, fold string) int {
	if len(words().titles[fold]) > 0 {
		return 0
	}
	if strings.HasPrefix(fold, "ل") && !strings.HasPrefix(fold, "لل") || strings.HasPrefix(fold, "ب") {
		for _, base := range bases(fold) {
			if len(words().titles[base]) > 0 {
				_, size := utf8.DecodeRuneInString(raw)
				return size
			}
		}
	}
	return 0
}

func hasClass(list []title, c class) bool {
	for _, t := range list {
		if t.class == c {
			return true
		}
	}
	return false
}

func hasPersonal(r *reader, i, last int) bool {
	list, end := r.lex.titlesAt(r.t, i, last)
	return end > 0 && len(list) > 0 && list[0].class.personal()
}

// honorificAt returns the token behind an honorific at token i; 0 if there is
// none.
func (r *reader) honorificAt(i, last int) int {
	list, end := r.lex.titlesAt(r.t, i, last)
	if hasClass(list, honorific) {
		return end
	}
	return 0
}

// lowercaseInNames may stand inside an English name.
var lowercaseInNames = map[string]bool{
	"of": true, "the": true, "and": true, "for": true, "bin": true, "ibn": true, "al": true, "el": true, "de": true, "van": true, "von": true, "der": true, "da": true,
	"di": true, "du": true, "la": true, "le": true, "dos": true, "ould": true, "abu": true, "ben": true, "on": true, "in": true, "ter": true, "den": true,
}

var personalParticles = map[string]bool{
	"bin": true, "ibn": true, "al": true, "el": true, "de": true, "van": true, "von": true, "der": true, "da": true, "di": true, "du": true, "la": true, "le": true,
	"dos": true, "ould": true, "abu": true, "ben": true, "ter": true, "den": true, "bint": true, "ul": true, "del": true,
}

// isCapital tells whether a Latin word begins with a capital letter, behind an
// article of Arabic names at most: "Haig", "al-Masri".
func isCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	if unicode.IsUpper(r) {
		return true
	}
	for _, p := range [...]string{"al-", "el-", "ul-", "ad-", "ar-", "as-", "at-", "az-", "an-", "ash-", "d'", "d’"} {
		if rest, ok := strings.CutPrefix(s, p); ok {
			r, _ := utf8.DecodeRuneInString(rest)
			return unicode.IsUpper(r)
		}
	}
	return false
}

func isDeterminer(fold string) bool {
	switch fold {
	case "the", "this", "that", "these", "those", "his", "her", "their", "its", "both":
		return true
	}
	return false
}
