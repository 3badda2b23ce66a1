package link

import (
	"strings"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// employer finds for whom the bearer of an English title works where no table
// tells: a person of the text ("Hale's spokesman", "an adviser to Ms. Hale") or a
// body of its own name ("|KWA| chairman", "chairman of the |Hale County| GOP").
func (l *linker) employer(p *phrase) {
	if p.titleAt < 0 {
		l.governed(p)
		if p.body.IsZero() && p.institution == nil {
			l.membership(p)
		}
		return
	}
	if p.principal != nil || !p.title.class.personal() {
		return
	}
	if !p.body.IsZero() {
		l.servedByTitle(p)
		return
	}
	defer l.second(p)
	l.stateAttorney(p)
	if fold := l.t.Tokens[p.titleAt].Fold; p.title.english == "judge" && p.institution == nil && (fold == "justice" || fold == "justices") {
		p.institution = l.institutionNamed("supreme-court", p.first)
	}
	switch p.title.class {
	case stateHead, minister, civilian, envoy, legislator, jurist:
		if p.title.english != "lawyer" {
			if employed[p.title.english] && p.institution == nil {
				l.workplaceBehind(p)
			}
			return
		}
	}
	if p.institution != nil && p.institution.Actor.Kind != graph.State {
		if s := l.widened(p); !s.IsZero() {
			p.body, p.institution = s, nil
		}
		return
	}
	serves := p.title.class == spokesperson || p.title.class == adviser || p.title.english == "lawyer"
	first, last := l.before(p)
	if first < last && serves {
		p.patron = l.bySurname(&phrase{first: first, last: last, titleAt: -1})
	}
	if p.patron == nil && serves {
		p.patron = l.servedBehind(p)
	}
	if p.patron == nil && p.title.english == "lawyer" && p.institution == nil {
		l.workplaceBehind(p)
	}
	switch {
	case p.patron != nil:
		p.institution = nil
	case p.title.english == "lawyer", first == last, p.institution != nil:
	case l.adjectival(last - 1), last-first == 1 && !l.acronymLike(first) && !l.properNoun(first):
	default:
		p.body = l.t.Cover(first, last)
		if tail := l.t.At(l.t.Tokens[last-1].Span); possessive(tail) {
			p.body.End -= len(tail) - prefix(tail)
		}
	}
}

// stateAttorney takes the attorney general of a part of a country for no
// minister: "|New Hale Attorney General| Ann Lind".
func (l *linker) stateAttorney(p *phrase) {
	k := p.titleAt
	if k == p.first || k+1 >= p.last || l.t.Tokens[k].Fold != "attorney" || l.t.Tokens[k+1].Fold != "general" {
		return
	}
	before := &l.t.Tokens[k-1]
	m := l.mention(k - 1)
	if m != nil && (m.Entity.Actor != nil || m.First < p.first) || m == nil && (!l.capitalWord(k-1) || formerWords[before.Fold] || before.Fold == "deputy" || before.Fold == "acting" || before.Fold == "assistant") {
		return
	}
	p.institution, p.pattern = nil, ""
	if before.Fold == "state" {
		return
	}
	first := k - 1
	if m != nil {
		first = m.First
	} else if first > p.first && l.capitalWord(first-1) && l.at[first-1] == 0 {
		first--
	}
	p.body = l.t.Cover(first, k+2)
}

// servedByTitle turns "a spokesman for |Governor Hale|" from a body into the
// person.
func (l *linker) servedByTitle(p *phrase) {
	first, last := l.tokens(p.body)
	if last-first < 2 || l.personTitle(first) == 0 || p.title.class != spokesperson && p.title.class != adviser {
		return
	}
	if f := l.bySurname(&phrase{first: last - 1, last: last, titleAt: -1}); f != nil {
		p.patron, p.body = f, text.Span{}
	}
}

// second reads a second title behind "and" if the first tells no body: "a
// former teacher and head of the |Kestrel Fund|". "Former" is of the first alone.
func (l *linker) second(p *phrase) {
	if p.institution != nil && !p.former || !p.body.IsZero() || p.patron != nil || p.title.class == stateHead || p.title.class == minister {
		return
	}
	for i := p.titleAt + 1; i+2 < p.last; i++ {
		if l.t.Tokens[i].Fold != "and" || i >= p.name[0] && i < p.name[1] {
			continue
		}
		q := l.read(l.t.Cover(i+1, p.last))
		if q.titleAt < 0 || !q.title.class.personal() || q.named() || q.titleAt > i+4 {
			continue
		}
		if _, end := l.lex.titlesAt(l.t, q.titleAt, p.last); end < p.last && !memberWords[l.t.Tokens[end].Fold] && (p.former || !l.capitalWord(q.titleAt-1)) {
			continue // "and fellow Republicans"; "former judge and |Kestrel chief|" was both
		}
		l.employer(&q)
		if q.institution == nil && q.body.IsZero() && q.patron == nil {
			return
		}
		p.institution, p.body, p.patron, p.former = q.institution, q.body, q.patron, q.former
		return
	}
}

var memberWords = wordSet("of at with for to in")

// membership finds the body behind a name: "Otto Lind of the |Kestrel Fund|".
func (l *linker) membership(p *phrase) {
	if p.named() {
		l.memberAt(p, p.name[1])
	}
}

// employed are nouns for those who speak for the body where they work.
var employed = wordSet("expert analyst researcher activist journalist doctor lawyer")

// workplaceBehind finds the body behind a title and a preposition: "an expert
// on trade |at the Kestrel Institute|".
func (l *linker) workplaceBehind(p *phrase) {
	_, end := l.lex.titlesAt(l.t, p.titleAt, p.last)
	if end == 0 {
		return
	}
	for i := end; i+1 < p.last && i < end+12 && p.institution == nil && p.body.IsZero(); i++ {
		switch l.t.Tokens[i].Fold {
		case ",":
			return
		case "of":
			if i > end {
				continue // "professor of the history of Ruritania"
			}
		case "for", "at", "with", "from":
		default:
			continue
		}
		if i < p.name[0] || i >= p.name[1] {
			l.memberAt(p, i)
		}
	}
}

// memberAt reads a preposition and a body at a token.
func (l *linker) memberAt(p *phrase, i int) {
	if i+1 >= p.last {
		return
	}
	switch l.t.Tokens[i].Fold {
	case "of", "at", "with", "from", "for":
	default:
		return
	}
	for i++; i < p.last && isDeterminer(l.t.Tokens[i].Fold); i++ {
	}
	kind := false // "at the law |firm| Hale & Falk"
	for k := i; k+1 < p.last && k < i+5 && l.t.Tokens[k].Kind == text.Word && !l.capitalWord(k); k++ {
		if kind = l.opensBody(k) && l.capitalWord(k+1) && !notNouns[l.t.Tokens[k].Fold]; kind {
			i = k + 1
			break
		}
	}
	if i == p.last {
		return
	}
	if m := l.mention(i); m != nil && m.First == i && m.Entity.Actor != nil && !isPerson(m) && m.Form != gazetteer.ByAdjective && m.Entity.Actor.Kind != graph.State {
		p.institution = m.Entity
		return
	}
	end := i
	for end < p.last && (l.capitalWord(end) || lowercaseInNames[l.t.Tokens[end].Fold] && end > i && end+1 < p.last && l.capitalWord(end+1)) {
		end++
	}
	if l.bodyRun(i, end) || end-i > 1 && (kind || l.t.Tokens[i-1].Fold == "the") {
		p.body = l.bodyWords(i, end)
	}
}

// bothOf finds the pair that "both" means: the joint source just before.
func (l *linker) bothOf(p *phrase) *figure {
	if l.arabic || p.last-p.first != 1 || l.t.Tokens[p.first].Fold != "both" {
		return nil
	}
	for n := len(l.figures) - 1; n >= 0 && n >= len(l.figures)-memory; n-- {
		if f := l.figures[n]; len(f.parts) == 2 {
			return f
		}
	}
	return nil
}

// partOf makes the figure of some of a party, which is not the party: "many
// Republicans", "House Democrats".
func (l *linker) partOf(p *phrase) *figure {
	e := p.entity
	if l.arabic || e == nil || e.Actor == nil || e.Actor.Kind != graph.Group || p.named() {
		return nil
	}
	m := l.mention(p.last - 1)
	if m == nil || m.Entity != e || m.Last-m.First != 1 || m.First == p.first || !strings.HasSuffix(l.t.Tokens[m.First].Fold, "s") || strings.HasSuffix(l.t.Tokens[m.First].Fold, " s") {
		return nil
	}
	for i := p.first; i < m.First; i++ {
		if fold := l.t.Tokens[i].Fold; notNouns[fold] && fold != "of" || l.t.Tokens[i].Kind == text.Punct {
			return nil
		}
	}
	if m.First-p.first == 1 && isDeterminer(l.t.Tokens[p.first].Fold) {
		return nil
	}
	words := l.canonical(p.first, p.last)
	key := graph.Fold(words)
	if f := l.byText[key]; f != nil && f.kind != merged {
		return f
	}
	f := &figure{kind: graph.Group, nameText: words, canonicalName: words, number: extract.Plural, last: p.first, institution: e}
	f.absorb(l.t, &phrase{Span: p.Span, first: p.first, last: p.last, titleAt: -1, number: extract.Plural})
	l.byText[key] = f
	l.figures = append(l.figures, f)
	return f
}

// outletShort finds the outlet of which a phrase gives the last word alone:
// "the Post" of one that the text calls The Kestrel Post.
func (l *linker) outletShort(p *phrase) *figure {
	if l.arabic || p.last-p.first != 2 || l.t.Tokens[p.first].Fold != "the" || !l.capitalWord(p.first+1) || l.at[p.first+1] > 0 {
		return nil
	}
	word := strings.TrimSuffix(l.t.Tokens[p.first+1].Fold, " s")
	before := l.firstMention(p.Start)
	for n := before - 1; n >= 0 && n >= before-memory; n-- {
		m := &l.names[n]
		if m.Entity.Outlet == nil || m.Entity.Actor == nil || m.Last-m.First < 2 {
			continue
		}
		if w := strings.TrimSuffix(l.t.Tokens[m.Last-1].Fold, " s"); w == word {
			return l.entityFigure(m.Entity, m.Entity.Actor.Kind)
		}
	}
	return nil
}

// before is the run of capitalised words before a title, adjectives in small
// letters between them aside; empty if there is none or it is a state's.
func (l *linker) before(p *phrase) (first, last int) {
	last = p.titleAt
	for k := 0; k < 2 && last > p.first && l.t.Tokens[last-1].Kind == text.Word && !l.capitalWord(last-1) && !notNouns[l.t.Tokens[last-1].Fold] && !isDeterminer(l.t.Tokens[last-1].Fold); k++ {
		last--
	}
	first = last
	for first > p.first && !(first-1 >= p.name[0] && first-1 < p.name[1]) {
		k := first - 1
		inner := lowercaseInNames[l.t.Tokens[k].Fold] && first < last && k > p.first && l.capitalWord(k-1) && !isDeterminer(l.t.Tokens[k].Fold)
		if l.personTitle(k) > 0 && first < last {
			return last, last // "Chief of Staff General"
		}
		if !(l.capitalWord(k) || inner) || l.personTitle(k) > 0 || formerWords[l.t.Tokens[k].Fold] || calendar[l.t.Tokens[k].Fold] || l.t.Sentences[l.sentence(k)].First == k && l.common(k, last) {
			break
		}
		if m := l.mention(k); m != nil && m.Entity.Actor != nil && (m.Form == gazetteer.ByAdjective || isPerson(m)) {
			break
		}
		first = k
	}
	for first < last && !l.capitalWord(first) {
		first++
	}
	for i := first; i < last; i++ {
		if strings.ContainsAny(l.t.Tokens[i].Fold, "0123456789") || i == first && l.t.Tokens[i].Fold == "co" {
			return last, last
		}
	}
	if m := l.mention(first); first < last && m != nil && m.First <= first && m.Last >= last && l.g.State(m.Entity) == m.Entity {
		return last, last
	}
	return first, last
}

// adjectival tells whether a capitalised word is likely an adjective of a people
// or a party: "West |African| leaders".
func (l *linker) adjectival(token int) bool {
	fold := l.t.Tokens[token].Fold
	for _, s := range [...]string{"an", "ish", "ese", "ern", "ic", "ist", "al", "ive"} {
		if strings.HasSuffix(fold, s) {
			return !l.acronymLike(token)
		}
	}
	return false
}

// servedBehind finds the learned person behind "for" or "to" and a title.
func (l *linker) servedBehind(p *phrase) *figure {
	_, i := l.lex.titlesAt(l.t, p.titleAt, p.last)
	if i == 0 || i+1 >= p.last {
		return nil
	}
	switch l.t.Tokens[i].Fold {
	case "for", "to", "of":
	default:
		return nil
	}
	i++
	end := i
	for end < p.last && (l.capitalWord(end) || l.dot(end, p.last) || l.t.Tokens[end].Fold == "." && end > i && l.honorificAt(end-1, p.last) > 0) {
		end++
	}
	if end == i || end < p.last && l.t.Tokens[end].Fold != "," {
		return nil
	}
	return l.bySurname(&phrase{first: i, last: end, titleAt: -1})
}

// widened is the name of a local body around the name of the whole: "the |Hale
// County GOP|"; none if nothing stands before it.
func (l *linker) widened(p *phrase) text.Span {
	for i := p.first + 1; i < p.last; i++ {
		m := l.mention(i)
		if m == nil || m.First != i || m.Entity != p.institution || m.Form == gazetteer.ByAdjective || m.Entity.Actor.Kind != graph.Group {
			continue
		}
		first := i
		for first > p.first && l.capitalWord(first-1) && l.personTitle(first-1) == 0 && !formerWords[l.t.Tokens[first-1].Fold] && !(first-1 >= p.name[0] && first-1 < p.name[1]) && (l.at[first-1] == 0 || l.mention(first-1).Entity.Actor == nil) && !strings.ContainsAny(l.t.Tokens[first-1].Fold, "0123456789") {
			first--
		}
		if first < i && !possessive(l.t.At(l.t.Tokens[i-1].Span)) {
			return l.t.Cover(first, m.Last)
		}
	}
	return text.Span{}
}

// governed finds the place that a governor or mayor heads: "|Ruritania| Gov. Ann
// Hale".
func (l *linker) governed(p *phrase) {
	if !p.named() || p.institution != nil || p.former {
		return
	}
	for i := p.first + 1; i < p.name[0]; i++ {
		if l.t.Tokens[i].Fold != "gov" {
			continue
		}
		first := i
		for first > p.first && l.capitalWord(first-1) && l.personTitle(first-1) == 0 && !formerWords[l.t.Tokens[first-1].Fold] && !calendar[l.t.Tokens[first-1].Fold] && !l.adjectival(first-1) && !partisans[l.t.Tokens[first-1].Fold] {
			first--
		}
		if k := p.name[1]; first == i && k+1 < p.last && l.t.Tokens[k].Fold == "of" {
			first, i = k+1, k+1 // "Gov. Ann Hale of |New Ruritania|"
			for i < p.last && l.capitalWord(i) {
				i++
			}
		}
		if first < i {
			p.body = l.t.Cover(first, i)
			if tail := l.t.At(l.t.Tokens[i-1].Span); possessive(tail) {
				p.body.End -= len(tail) - prefix(tail)
			}
		}
		return
	}
}

// relative is the figure of one of a family whom the text calls by the given
// name alone, with the family's name: "Hale's sister |Ann|" is Ann Hale.
func (l *linker) relative(p *phrase) *figure {
	if l.arabic || p.title.english != "relative" || p.name[1]-p.name[0] != 1 || p.person != nil || !kin[l.t.Tokens[p.titleAt].Fold] {
		return nil
	}
	var of *figure
	for i := p.first; i < p.titleAt; i++ {
		a := l.personAt(i)
		switch {
		case a != nil:
			of = a.figure
		case l.t.Tokens[i].Fold == "his" || l.t.Tokens[i].Fold == "her":
			gender := extract.Masculine
			if l.t.Tokens[i].Fold == "her" {
				gender = extract.Feminine
			}
			of = l.meant(&extract.Attribution{Source: l.t.Tokens[i].Span, Gender: gender, Number: extract.Singular})
		}
	}
	if of == nil || of.kind != graph.Person || len(of.name) < 2 {
		return nil
	}
	given := trimName(l.t.At(l.t.Cover(p.name[0], p.name[1])))
	words := nameWords(given)
	if len(words) != 1 {
		return nil
	}
	for _, f := range recent(l.byWord[words[0]]) {
		if f.kind == graph.Person && f.name[0] == words[0] {
			return f
		}
	}
	whole := of.nameText
	if of.entity != nil {
		whole = graph.NameIn(of.entity.Actor.Names, "en")
	}
	f := &figure{kind: graph.Person, name: words, nameText: given + " " + whole[strings.LastIndexByte(whole, ' ')+1:], last: -1}
	l.figures = append(l.figures, f)
	l.index(f)
	return f
}

// own notes whom the possessive pronoun that begins a description means: "|his|
// lawyers" are Otto Lind's.
func (l *linker) own(p *phrase) {
	if p.named() || p.entity != nil || p.last-p.first < 2 {
		return
	}
	gender := extract.Masculine
	switch l.t.Tokens[p.first].Fold {
	case "his":
	case "her":
		gender = extract.Feminine
	default:
		return
	}
	f := l.meant(&extract.Attribution{Source: l.t.Tokens[p.first].Span, Gender: gender, Number: extract.Singular})
	if f == nil || f.kind != graph.Person {
		return
	}
	name := f.nameText
	if f.entity != nil {
		name = graph.NameIn(f.entity.Actor.Names, "en")
	}
	if l.owners == nil {
		l.owners = map[int]string{}
	}
	l.owners[p.first] = name
}

// uncapitalised finds the body whose name a phrase writes in small letters, as
// British papers do: "the state department"; for the bearer of a title, the body
// before it.
func (l *linker) uncapitalised(p *phrase) *figure {
	first, last := p.first, p.last
	if p.titleAt >= 0 && p.title.class.personal() {
		last = p.titleAt
	}
	for first < last && (isDeterminer(l.t.Tokens[first].Fold) || quantity[l.t.Tokens[first].Fold] || l.t.Tokens[first].Fold == "senior") {
		first++
	}
	if last-first < 2 || last-first > 3 {
		return nil
	}
	var key []string
	for i := first; i < last; i++ {
		if l.at[i] > 0 || l.t.Tokens[i].Kind != text.Word || l.capitalWord(i) && !(i == first && l.t.Sentences[l.sentence(i)].First == i) {
			return nil
		}
		key = append(key, l.t.Tokens[i].Fold)
	}
	e := l.g.Called(strings.Join(key, " "))
	switch {
	case e == nil || e.Actor == nil || e.Actor.Kind != graph.Organization || e.Outlet != nil:
		return nil
	case last < p.last:
		if p.institution == nil || p.institution.Actor.Kind == graph.State {
			p.institution = e
		}
		return nil
	}
	f := l.entityFigure(e, e.Actor.Kind)
	f.absorb(l.t, p)
	return f
}

var kin = wordSet("father mother brother sister wife husband son daughter widow grandmother grandfather parent aunt uncle")

// acronymLike tells whether a word is written as an abbreviation: "KWA",
// "K.W.A.", "DoD".
func (r *reader) acronymLike(token int) bool {
	s := prefixOf(r.t.At(r.t.Tokens[token].Span))
	capitals := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 'A' && c <= 'Z':
			capitals++
		case c == '.' || c >= 'a' && c <= 'z' || c == '-' || c == '&':
		default:
			return false
		}
	}
	return len(s) >= 2 && len(s) <= 12 && capitals >= 2 && 2*capitals >= len(s)-strings.Count(s, ".")
}

// prefixOf is a word without its genitive.
func prefixOf(word string) string { return word[:prefix(word)] }

// acronym finds the body that a text names in full with its abbreviation, and
// whose abbreviation a phrase is: "the Kestrel Watch Association (KWA)".
func (l *linker) acronym(p *phrase) *figure {
	first := p.first
	for first < p.last && isDeterminer(l.t.Tokens[first].Fold) {
		first++
	}
	if p.last-first != 1 || !l.acronymLike(first) || l.at[first] > 0 {
		return nil
	}
	if l.spelt == nil {
		l.spell()
	}
	key := strings.TrimSuffix(l.t.Tokens[first].Fold, " s")
	f := l.spelt[key]
	if f == nil {
		f = &figure{kind: graph.Organization, nameText: prefixOf(l.t.At(l.t.Tokens[first].Span)), last: p.first}
		f.absorb(l.t, &phrase{Span: l.t.Tokens[first].Span, first: first, last: first + 1, titleAt: -1})
		f.canonicalName = f.nameText
		l.figures = append(l.figures, f)
		l.spelt[key] = f
	}
	return f
}

// spell learns the abbreviations that the text explains: behind a name whose
// capital letters they are, in parentheses.
func (l *linker) spell() {
	l.spelt = map[string]*figure{}
	t := l.t
	for i := 2; i+1 < len(t.Tokens); i++ {
		if t.Tokens[i-1].Fold != "(" || t.Tokens[i+1].Fold != ")" || t.Tokens[i].Kind != text.Word || !l.acronymLike(i) {
			continue
		}
		letters := strings.ToLower(strings.ReplaceAll(t.At(t.Tokens[i].Span), ".", ""))
		first, k := i-1, len(letters)
		for first > 0 && k > 0 && l.sameSentence(first-1, i) && i-first < 14 {
			fold := t.Tokens[first-1].Fold
			if l.capitalWord(first-1) && fold != "" && fold[0] == letters[k-1] {
				k--
			} else if !lowercaseInNames[fold] && !l.capitalWord(first-1) && t.Tokens[first-1].Kind == text.Word {
				break
			}
			first--
		}
		if k > 0 || first >= i-2 {
			continue
		}
		f := l.byText[graph.Fold(t.At(t.Cover(first, i-1)))]
		if f == nil {
			f = l.byText["the "+graph.Fold(t.At(t.Cover(first, i-1)))]
		}
		if m := l.mention(first); f == nil && m != nil && m.First == first && m.Last >= i-1 && m.Entity.Actor != nil {
			f = l.entityFigure(m.Entity, m.Entity.Actor.Kind)
		}
		if f == nil {
			f = &figure{kind: graph.Organization, nameText: tidy(t.At(t.Cover(first, i-1))), last: -1}
			f.absorb(t, &phrase{Span: t.Cover(first, i-1), first: first, last: i - 1, titleAt: -1})
			f.canonicalName = f.nameText
			l.figures = append(l.figures, f)
			l.byText[graph.Fold(f.nameText)], l.byText["the "+graph.Fold(f.nameText)] = f, f
		}
		l.spelt[t.Tokens[i].Fold] = f
	}
}
