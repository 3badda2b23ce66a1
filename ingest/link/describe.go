package link

import (
	"cmp"
	"slices"
	"strings"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// wordGender is the gender of an Arabic noun by its ending, in English none.
func (l *linker) wordGender(token int) extract.Gender {
	if !l.arabic {
		return extract.AnyGender
	}
	fold := l.t.Tokens[token].Fold
	if strings.HasSuffix(fold, "ين") || strings.HasSuffix(fold, "ون") {
		return extract.AnyGender
	}
	if m := l.mention(token); m != nil && m.Entity.Actor != nil && m.Entity.Actor.Kind == graph.State {
		switch m.Entity.Actor.Key {
		case "state/iq", "state/jo", "state/lb", "state/ma", "state/sd", "state/ye":
			if m.Form == gazetteer.ByName {
				return extract.AnyGender
			}
		}
		return extract.Feminine
	}
	if strings.HasSuffix(fold, "ه") || strings.HasSuffix(fold, "ات") {
		return extract.Feminine
	}
	switch strings.TrimPrefix(strings.TrimPrefix(fold, "و"), "ال") {
	case "جيش", "حزب", "تنظيم", "مجلس", "بيان", "مصدر", "بيت", "برلمان", "مكتب", "مركز", "اتحاد", "موقع", "تقرير", "مرصد", "حرس", "معهد", "كرملين", "بنتاغون", "حلف", "صندوق", "بنك", "تحالف", "ايتلاف", "تلفزيون", "جهاز":
		return extract.Masculine
	}
	return extract.AnyGender
}

// joint finds two sources joined in one phrase: "Ruritania and Borduria", "أزرق
// وأحمر". Both must be named.
func (l *linker) joint(p *phrase) *figure {
	apart := false
	for i := p.first + 1; i < p.last; i++ {
		fold := l.t.Tokens[i].Fold
		at := i
		if l.arabic {
			if !strings.HasPrefix(fold, "و") || l.t.Tokens[i].Kind != text.Word || l.inside(i) || l.lex.lengths[fold] > 0 || l.lex.people[fold] {
				continue // "وزارة"
			}
		} else {
			if notNouns[fold] && fold != "and" && fold != "both" && l.at[i] == 0 || fold == "," {
				apart = true // "school of law and politics"
			}
			if fold != "and" || l.at[i] > 0 && l.at[i] == l.at[i-1] {
				continue
			}
			at = i + 1
		}
		if l.arabic && p.named() && i > p.name[0] && i < p.name[1] && l.at[i] == 0 && (l.lex.given[fold] != 0 || l.lex.given[strings.TrimPrefix(fold, "و")] == 0) {
			continue // "عبد اللطيف وهبي"
		}
		left, right := l.t.Cover(p.first, i), l.t.Cover(at, p.last)
		if left.IsZero() || right.IsZero() || at >= p.last {
			continue
		}
		if l.arabic && fold != "و" {
			right.Start += len("و")
		}
		a, b := l.read(left), l.read(right)
		if apart && !(a.named() && b.named() && b.name[0] == b.first && b.name[1]-b.name[0] > 1 && l.lex.given[l.t.Tokens[b.first].Fold] != 0) {
			return nil
		}
		if f := l.company(p, &a, &b); f != nil {
			return f
		}
		if f := l.mixed(p, &a, &b); f != nil {
			return f
		}
		if !l.standsAlone(&a) && l.knownName(&a) == nil || !(b.named() || b.entity != nil || l.knownName(&b) != nil) {
			continue
		}
		if a.titleAt >= 0 && !a.named() && !(b.titleAt >= 0 && b.named()) {
			continue
		}
		first, _ := l.name(&a)
		second, _ := l.name(&b)
		if first == nil || second == nil || first == second {
			continue
		}
		kind := graph.Group
		if first.kind == second.kind && (first.kind == graph.State || first.kind == graph.Organization) {
			kind = first.kind
		}
		f := &figure{kind: kind, parts: []*figure{first, second}, number: extract.Plural, nameText: tidy(l.t.At(p.Span)), last: p.first}
		if old := l.byPair[[2]*figure{first, second}]; old != nil {
			f = old
		} else {
			l.byPair[[2]*figure{first, second}] = f
			l.figures = append(l.figures, f)
		}
		f.absorb(l.t, &phrase{Span: p.Span, first: p.first, last: p.last, titleAt: -1, number: extract.Plural})
		return f
	}
	return nil
}

// mixed is the figure of a named source joined with one described in the plural:
// "Ruritania and aid workers".
func (l *linker) mixed(p, a, b *phrase) *figure {
	described := func(q *phrase) bool {
		return !q.named() && q.entity == nil && q.titleAt >= 0 && q.number == extract.Plural
	}
	if l.arabic || !(l.standsAlone(a) && described(b) || described(a) && b.entity != nil) {
		return nil
	}
	first, _ := l.name(a)
	second, _ := l.name(b)
	if first == nil || second == nil || first == second {
		return nil
	}
	f := l.byPair[[2]*figure{first, second}]
	if f == nil {
		f = &figure{kind: graph.Group, parts: []*figure{first, second}, number: extract.Plural, nameText: tidy(l.t.At(p.Span)), last: p.first}
		l.byPair[[2]*figure{first, second}] = f
		l.figures = append(l.figures, f)
	}
	f.absorb(l.t, &phrase{Span: p.Span, first: p.first, last: p.last, titleAt: -1, number: extract.Plural})
	return f
}

// company is the figure of somebody with unnamed others: "Otto Lind and his
// advisers", "Ruritania and its allies".
func (l *linker) company(p, a, b *phrase) *figure {
	if l.arabic || b.first >= b.last || !l.standsAlone(a) {
		return nil
	}
	switch l.t.Tokens[b.first].Fold {
	case "his", "her", "its", "their", "others", "other":
	default:
		return nil
	}
	if b.named() {
		return nil
	}
	first, _ := l.name(a)
	if first == nil {
		return nil
	}
	rest := &figure{kind: graph.Group, nameText: tidy(l.t.At(b.Span)), number: extract.Plural, last: p.first, full: b.Span, tokens: [2]int{b.first, b.last}, of: first}
	f := &figure{kind: graph.Group, parts: []*figure{first, rest}, number: extract.Plural, nameText: tidy(l.t.At(p.Span)), last: p.first}
	l.figures = append(l.figures, f)
	f.absorb(l.t, &phrase{Span: p.Span, first: p.first, last: p.last, titleAt: -1, number: extract.Plural})
	return f
}

// inside tells whether a token is inside a name, not its first.
func (l *linker) inside(i int) bool { return i > 0 && l.at[i] > 0 && l.at[i] == l.at[i-1] }

// knownName finds the person whose bare surname a half is.
func (l *linker) knownName(p *phrase) *figure {
	if p.last-p.first > 2 || p.titleAt >= 0 {
		return nil
	}
	return l.bySurname(p)
}

// standsAlone tells whether a phrase names somebody by itself.
func (l *linker) standsAlone(p *phrase) bool {
	return p.named() || p.entity != nil || p.titleAt >= 0 && p.title.class == stateHead && p.institution != nil
}

// document is the figure of a text ("the statement", "تقرير الوزارة"): that of
// the body it names, or of the source before.
func (l *linker) document(p *phrase) *figure {
	var of *figure
	switch {
	case p.institution != nil && p.institution.Actor != nil:
		of = l.entityFigure(p.institution, p.institution.Actor.Kind)
	case p.principal != nil:
		of = l.entityFigure(p.principal, graph.Person)
	case p.pattern != "":
		if e := l.institutionOf(p.pattern, p.first); e != nil {
			of = l.entityFigure(e, e.Actor.Kind)
		}
	case !l.arabic && !p.definite && p.title.number == extract.Singular && (p.title.english == "statement" || messages[l.documentNoun(p)]):
		of = l.issuer(p)
	case !l.arabic && p.definite && p.title.english != "statement" && l.publisher(p) != nil:
		of = l.publisher(p)
	case p.definite && (l.arabic || !l.namedDocument(p)) || l.arabic && p.last-p.first <= 2 && p.number != extract.Plural:
		of = l.author()
		if of != nil && of.kind == graph.Document {
			if l.arabic && pronounOn(l.t.At(l.t.Tokens[p.titleAt].Span), l.t.Tokens[p.titleAt].Fold) && !definite(l.t.Tokens[p.titleAt].Fold) && of.of != nil {
				of = of.of // "تحقيقها"
				break
			}
			return of
		}
	}
	if !l.arabic && of != nil && l.voice(p, of) {
		return of
	}
	if f := l.byOwner[of]; f != nil && of != nil {
		f.absorb(l.t, p)
		return f
	}
	f := &figure{kind: graph.Document, of: of, noun: l.documentNoun(p), nameText: tidy(l.t.At(p.Span)), last: p.first, gender: p.title.gender}
	l.byOwner[of] = f
	l.figures = append(l.figures, f)
	f.absorb(l.t, p)
	return f
}

// messages are documents that somebody sends.
var messages = wordSet("letter message email tweet post memo memorandum")

// issuer finds who made "a statement" that the text does not say more of: who
// is named just before the verb before it ("|the ministry| released a
// statement"), else the subject of the sentence.
func (l *linker) issuer(p *phrase) *figure {
	first := l.t.Sentences[l.sentence(p.first)].First
	end, _ := slices.BinarySearchFunc(l.trail, p.first, func(m mentionOf, at int) int { return m.token - at })
	var subject *mentionOf
	for k := end - 1; k >= 0 && l.trail[k].token >= first; k-- {
		m := &l.trail[k]
		if l.t.Tokens[m.token].Quote >= 0 || possessive(l.t.At(l.t.Tokens[m.last-1].Span)) {
			continue
		}
		before := ""
		if m.token > first {
			before = l.t.Tokens[m.token-1].Fold
		}
		if near := p.first-m.last <= 4 && before != "of" && before != "with" && before != "in" && before != "by" && before != "to"; near || l.subjectAt(m) {
			if subject = m; near {
				break
			}
		}
	}
	switch {
	case subject == nil:
		return nil
	case subject.figure != nil:
		return subject.figure
	}
	return l.entityFigure(subject.entity, subject.entity.Actor.Kind)
}

// publisher finds whose "the report" is by what the text calls the last report
// before it: "a |Kestrel Fund| report", "a report by the |Kestrel Fund|".
func (l *linker) publisher(p *phrase) *figure {
	if l.namedDocument(p) || p.last-p.first > 3 {
		return nil
	}
	noun := l.t.Tokens[p.titleAt].Fold
	for i := p.first - 1; i > 0 && i > p.first-4*memory; i-- {
		if f := strings.TrimSuffix(l.t.Tokens[i].Fold, " s"); f != noun && f != noun+"s" {
			continue
		}
		if m := l.mention(i - 1); m != nil && m.Last == i && m.Entity.Actor != nil && !isPerson(m) && m.Form != gazetteer.ByAdjective && m.Form != gazetteer.ByCapital {
			return l.entityFigure(m.Entity, m.Entity.Actor.Kind)
		}
		k := i + 1
		if k+1 >= len(l.t.Tokens) || l.t.Tokens[k].Fold != "by" && l.t.Tokens[k].Fold != "from" {
			continue
		}
		for k++; k < len(l.t.Tokens) && isDeterminer(l.t.Tokens[k].Fold); k++ {
		}
		if k == len(l.t.Tokens) {
			continue
		}
		if m := l.mention(k); m != nil && m.First == k && m.Entity.Actor != nil && !isPerson(m) && m.Form != gazetteer.ByAdjective {
			return l.entityFigure(m.Entity, m.Entity.Actor.Kind)
		}
	}
	return nil
}

// namedDocument tells whether an English document has words of its own before
// its noun: "the Kestrel poll".
func (l *linker) namedDocument(p *phrase) bool {
	for i := p.first + 1; i < p.titleAt; i++ {
		if l.capitalWord(i) || l.at[i] > 0 {
			return true
		}
	}
	return false
}

// voice tells whether a document is but the voice of its author: a statement
// of anybody, a letter of an organisation, a report of an outlet.
func (l *linker) voice(p *phrase, of *figure) bool {
	switch p.title.english {
	case "statement":
		return true
	case "letter", "report":
		switch noun := l.documentNoun(p); {
		case noun == "letter":
			return of.kind == graph.Organization || of.kind == graph.State
		case noun == "report" || noun == "article" || noun == "editorial":
			return of.entity != nil && of.entity.Outlet != nil
		}
	}
	return false
}

// documentNoun is the English noun of a document: the text's own, or the one
// for its Arabic noun.
func (l *linker) documentNoun(p *phrase) string {
	if l.arabic {
		return p.title.english
	}
	_, end := l.lex.titlesAt(l.t, p.titleAt, p.last)
	return strings.ToLower(tidy(l.t.At(l.t.Cover(p.titleAt, end))))
}

// author is whose "the statement" is: the document that spoke before, else the
// organisation that spoke among the last four, else the last speaker.
func (l *linker) author() *figure {
	n := len(l.spoken)
	for k := n - 1; k >= 0 && k >= n-4; k-- {
		if s := l.spoken[k]; s.kind == graph.Document || s.kind == graph.Organization || s.kind == graph.Group && s.entity != nil {
			return s
		}
	}
	if n > 0 {
		return l.spoken[n-1]
	}
	return nil
}

// bodyFigure finds which body a noun such as "the movement" or "الوزارة" means:
// the one named last whose name has the noun, else the institution of that
// kind of the state that the text is about, else a body of its own name.
func (l *linker) bodyFigure(p *phrase) (*figure, []string) {
	if f := l.administration(p); f != nil {
		return f, []string{"body-by-noun"}
	}
	if p.title.english == "state" && p.definite && p.last-p.first <= 2 {
		if s := l.stateOfText(p.first); s != nil {
			f := l.entityFigure(s, graph.State)
			f.absorb(l.t, p)
			return f, []string{"state-by-noun"}
		}
	}
	if l.arabic && p.title.english == "state" && p.titleAt == p.first && p.last-p.first == 1 && pronounOn(l.t.At(l.t.Tokens[p.first].Span), l.t.Tokens[p.first].Fold) {
		if s := l.homeOf(l.lastSpeaker()); s != nil {
			f := l.entityFigure(s, graph.State)
			f.absorb(l.t, p)
			return f, []string{"state-of-speaker"}
		}
	}
	short := p.last-p.first == 1 || p.last-p.first == 2 && (p.definite || l.arabic)
	if !l.arabic && p.definite && p.titleAt == p.first+1 {
		_, end := l.lex.titlesAt(l.t, p.titleAt, p.last)
		short = short || end == p.last // "the tech giant"
	}
	if p.definite && short {
		if f := l.bodySpoken(l.bodyNoun(p)); f != nil {
			f.absorb(l.t, p)
			return f, []string{"body-by-noun"}
		}
	}
	if c, ok := l.composedHere(p); ok {
		return c, []string{"institution-by-context"}
	}
	if p.definite && short {
		if f := l.bodyNamedBefore(p); f != nil {
			f.absorb(l.t, p)
			return f, []string{"body-by-noun"}
		}
	}
	if p.definite && short && l.arabic {
		if f := l.bodyOfSpeaker(p); f != nil {
			f.absorb(l.t, p)
			return f, []string{"body-by-noun"}
		}
	}
	return l.anonymous(p), []string{"described-source"}
}

// administration finds whose "the administration" is: that of the person named
// before most often of those whose administration the gazetteer knows.
func (l *linker) administration(p *phrase) *figure {
	if l.arabic || !p.definite || p.last-p.first != 2 || l.t.Tokens[p.last-1].Fold != "administration" {
		return nil
	}
	if f := l.bodySpoken("administration"); f != nil {
		return f
	}
	for _, n := range l.mostNamed()[:min(memory, len(l.mostNamed()))] {
		if n.figure.entity == nil {
			continue
		}
		if e := l.ownAdministration(n.figure); e != nil {
			f := l.entityFigure(e, graph.Organization)
			f.absorb(l.t, p)
			return f
		}
	}
	return nil
}

// ownAdministration is the administration that bears a person's surname and was
// in office on the day; nil if there is none.
func (l *linker) ownAdministration(f *figure) *gazetteer.Entity {
	if len(f.name) == 0 {
		return nil
	}
	if office := f.entity.OfficeOn(l.t.Published); l.t.Published != "" && (office == nil || office.Actor == nil || office.Actor.Kind != graph.State) {
		return nil
	}
	return l.g.Called(f.name[len(f.name)-1] + " administration")
}

// bodyNamedBefore finds the organisation before a phrase whose name has the
// phrase's noun: one that spoke, else one mentioned.
func (l *linker) bodyNamedBefore(p *phrase) *figure {
	noun := l.bodyNoun(p)
	if f := l.bodySpoken(noun); f != nil {
		return f
	}
	before := l.firstMention(l.t.Tokens[p.first].Start)
	for n := before - 1; n >= 0 && n >= before-memory; n-- {
		m := &l.names[n]
		if p.title.english == "newspaper" && m.Entity.Outlet != nil && m.Entity.Actor != nil {
			return l.entityFigure(m.Entity, m.Entity.Actor.Kind)
		}
		if m.Entity.Actor == nil || isPerson(m) || m.Entity.Actor.Kind == graph.State {
			continue
		}
		if hasWord(l.allNames(m.Entity), noun) {
			return l.entityFigure(m.Entity, m.Entity.Actor.Kind)
		}
	}
	return nil
}

// bodyNoun is the noun of a phrase such as "the movement", "الحركة".
func (l *linker) bodyNoun(p *phrase) string {
	noun := l.t.Tokens[p.first].Fold
	if l.arabic {
		for _, base := range bases(noun) {
			if len(l.lex.titles[base]) > 0 {
				return base
			}
		}
	} else if p.last-p.first > 1 {
		noun = l.t.Tokens[p.last-1].Fold
	}
	return strings.TrimSuffix(noun, " s")
}

// anyBody are the nouns that mean any organisation, whatever its name.
var anyBody = wordSet("group organisation organization agency company charity watchdog body firm nonprofit giant retailer automaker carmaker drugmaker network lender insurer startup manufacturer operator منظمه موسسه هييه جهه")

// bodySpoken finds the organisation that spoke last whose name has a noun.
func (l *linker) bodySpoken(noun string) *figure {
	for n := len(l.spoken) - 1; n >= 0 && n >= len(l.spoken)-memory; n-- {
		f := l.spoken[n]
		if f.person() || f.kind == graph.Document || f.kind == graph.State || f.kind == graph.Anonymous || len(f.parts) > 0 {
			continue
		}
		if l.hasNoun(f, noun) || anyBody[noun] && (f.entity != nil || f.kind == graph.Organization) {
			return f
		}
	}
	return nil
}

// hasNoun tells whether a figure's name or fullest naming has a noun, with its
// article or without.
func (l *linker) hasNoun(f *figure, noun string) bool {
	return f.entity != nil && hasWord(l.allNames(f.entity), noun) || hasWord(graph.Fold(l.t.At(f.full)), noun)
}

// allNames is the search key of all names of an entity.
func (l *linker) allNames(e *gazetteer.Entity) string {
	if s, ok := l.namesOf[e]; ok {
		return s
	}
	var b strings.Builder
	for _, n := range e.Actor.Names {
		b.WriteString(graph.Fold(n.Value))
		b.WriteByte(' ')
	}
	l.namesOf[e] = b.String()
	return b.String()
}

// hasWord tells whether a folded name has a word.
func hasWord(folded, word string) bool {
	for w := range strings.FieldsSeq(folded) {
		rest, ok := strings.CutSuffix(w, word)
		if ok && (rest == "" || slices.Contains(particlesAndArticle[:], rest)) {
			return true
		}
	}
	return false
}

// composedHere finds the institution that a phrase names without its state
// ("the Foreign Ministry", "الجيش"): the one of that kind named before, else
// that of the state the text speaks of most.
func (l *linker) composedHere(p *phrase) (*figure, bool) {
	c, ok := l.g.HeadAt(l.t, p.first)
	first := p.first
	for !ok && !l.arabic && first+1 < p.last && (isDeterminer(l.t.Tokens[first].Fold) || l.t.Tokens[first].Fold == "a" || l.t.Tokens[first].Fold == "country s") {
		first++
		c, ok = l.g.HeadAt(l.t, first)
	}
	if !ok || c.Last < p.last && !l.arabic || c.Last > p.last || c.Last < p.last-1 {
		return nil, false
	}
	e := c.Institution
	switch {
	case e != nil:
	case c.Doubtful:
		e = l.institutionNamed(c.Pattern, p.first)
	default:
		e = l.institutionOf(c.Pattern, p.first)
	}
	if e == nil {
		return nil, false
	}
	f := l.entityFigure(e, e.Actor.Kind)
	if f.gender == extract.AnyGender {
		f.gender = l.wordGender(p.first)
	}
	f.absorb(l.t, p)
	return f, true
}

// institutionOf is the institution of a kind that is meant at a token.
func (l *linker) institutionOf(pattern string, token int) *gazetteer.Entity {
	if e := l.institutionNamed(pattern, token); e != nil {
		return e
	}
	return l.g.Institution(pattern, l.stateOfText(token))
}

// institutionNamed is the institution of a kind named last before a token.
func (l *linker) institutionNamed(pattern string, token int) *gazetteer.Entity {
	list := l.institutions[pattern]
	n, _ := slices.BinarySearchFunc(list, token, func(i, token int) int { return cmp.Compare(l.names[i].First, token+1) })
	if n == 0 {
		return nil
	}
	return l.names[list[n-1]].Entity
}

// stateOfText is the state that the text speaks of most, those named in the
// sentence of a token or the one before counted twice more.
func (l *linker) stateOfText(token int) *gazetteer.Entity {
	if token >= len(l.t.Tokens) {
		return l.mainState
	}
	near := map[*gazetteer.Entity]int{}
	var order []*gazetteer.Entity
	last := l.firstMention(l.t.Tokens[token].Start+1) - 1
	for k := last; k >= 0 && k > last-memory && l.sentence(l.names[k].First) >= l.sentence(token)-1; k-- {
		if s := l.g.State(l.names[k].Entity); s != nil {
			if near[s] == 0 {
				order = append(order, s)
			}
			near[s] += 2
		}
	}
	best := l.mainState
	for _, s := range order {
		if l.states[s]+near[s] > l.states[best]+near[best] {
			best = s
		}
	}
	return best
}

// bySurname finds the person of whom a phrase gives only a part of the name.
func (l *linker) bySurname(p *phrase) *figure {
	if p.last-p.first > 4 {
		return nil
	}
	first, last := p.first, p.last
	for first < last && (l.honorificAt(first, last) > 0 || l.t.Tokens[first].Fold == ".") {
		first = max(first+1, l.honorificAt(first, last))
	}
	if !l.arabic && last-first > 1 && (l.t.Tokens[last-1].Fold == "himself" || l.t.Tokens[last-1].Fold == "herself") {
		last--
	}
	name := nameWords(l.t.At(l.t.Cover(first, last)))
	if len(name) == 0 {
		return nil
	}
	if l.arabic {
		for _, particle := range [...]string{"لل", "ال", "و", "ل"} {
			if rest, ok := strings.CutPrefix(name[0], particle); ok && l.isSurname(rest) {
				name[0] = rest
				break
			}
		}
	}
	var best *figure
	for _, f := range recent(l.byWord[name[0]]) {
		if len(f.name) == 0 || !within(name, f.name) || len(name) == 1 && len(f.name) > 1 && name[0] == f.name[0] && best != nil {
			continue
		}
		if best == nil || f.last > best.last {
			best = f
		}
	}
	return best
}

// isSurname tells whether a word is in the name of a figure.
func (l *linker) isSurname(word string) bool {
	for _, f := range recent(l.byWord[word]) {
		if f.name[len(f.name)-1] == word {
			return true
		}
	}
	return false
}

// firstOccurrence makes a person of a bare surname that stands behind a given
// name elsewhere in the text.
func (l *linker) firstOccurrence(p *phrase) *figure {
	if l.t.Tokens[p.last-1].Kind != text.Word || l.at[p.last-1] > 0 || len(l.t.Tokens[p.last-1].Fold) < 4 {
		return nil
	}
	i, ok := l.introduced[l.t.Tokens[p.last-1].Fold]
	if !ok || i == p.last-1 || !l.arabic && !l.capitalWord(i) {
		return nil
	}
	first := i - 1
	for first > 0 && i-first < 3 && l.nameLike(first-1) && l.sameSentence(first-1, i) {
		first--
	}
	q := phrase{Span: l.t.Cover(first, i+1), first: first, last: i + 1, titleAt: -1, name: [2]int{first, i + 1}, number: extract.Singular}
	l.agree(&q)
	f := l.figureOf(&q)
	f.absorb(l.t, &q)
	return f
}

// nameLike tells whether a token may be a given name before a surname.
func (l *linker) nameLike(i int) bool {
	if l.arabic {
		return l.at[i] == 0 && l.inName(i) && !definite(l.t.Tokens[i].Fold) && l.lex.given[l.t.Tokens[i].Fold] != 0
	}
	if !l.capitalWord(i) || l.at[i] != 0 {
		return false
	}
	if l.lex.given[l.t.Tokens[i].Fold] != 0 {
		return true
	}
	list, _ := l.lex.titlesAt(l.t, i, i+1)
	return len(list) == 0 && !notNouns[l.t.Tokens[i].Fold] && l.t.Sentences[l.sentence(i)].First != i && len(l.t.Tokens[i].Fold) > 2
}

// anonymous makes or finds the figure of a source that is described, not
// named.
func (l *linker) anonymous(p *phrase) *figure {
	key := graph.Fold(l.t.At(p.Span))
	if f := l.byText[key]; f != nil && f.kind != merged {
		f.absorb(l.t, p)
		return f
	}
	// "المصدر", "the officials": a description that repeats an earlier one.
	if p.definite {
		for n := len(l.spoken) - 1; n >= 0 && n >= len(l.spoken)-memory; n-- {
			f := l.spoken[n]
			if f.entity == nil && len(f.name) == 0 && len(f.phrases) > 0 && p.titleAt >= 0 && f.phrases[0].title.english == p.title.english && (f.number == p.number || p.number == extract.AnyNumber) {
				f.absorb(l.t, p)
				return f
			}
		}
	}
	if !l.arabic && p.last-p.first == 1 && p.titleAt < 0 && l.properNoun(p.first) {
		q := *p
		q.name = [2]int{p.first, p.last}
		f := l.figureOf(&q)
		f.absorb(l.t, &q)
		return f
	}
	f := &figure{kind: graph.Group, nameText: l.described(p), last: p.first, gender: p.gender, number: p.number}
	if p.titleAt >= 0 {
		f.noun = p.title.english
		switch {
		case p.title.class == body:
			f.kind = graph.Organization
			f.gender = l.wordGender(p.first)
		case p.title.class == many:
		case p.title.class == official || p.title.class == civilian || p.number == extract.Plural || !p.definite && !l.arabic:
			f.kind = graph.Anonymous
		default:
			f.kind = graph.Person
			if p.number == extract.AnyNumber {
				f.number = extract.Singular
			}
		}
	}
	if f.kind == graph.Group && l.single(p) {
		f.kind, f.number = graph.Anonymous, extract.Singular
	}
	if l.arabic && f.gender == extract.AnyGender {
		f.gender = l.wordGender(p.first)
	}
	l.byText[key] = f
	l.figures = append(l.figures, f)
	f.absorb(l.t, p)
	return f
}

// described is how a phrase describes a source, without the particle on it:
// "للبعض" → "البعض".
func (l *linker) described(p *phrase) string {
	s := tidy(l.t.At(p.Span))
	if !l.arabic || p.titleAt != p.first {
		return s
	}
	switch {
	case strings.HasPrefix(s, "لل"):
		return "ال" + strings.TrimPrefix(s, "لل")
	case strings.HasPrefix(s, "بال"):
		return strings.TrimPrefix(s, "ب")
	}
	return s[particles(s, l.t.Tokens[p.first].Fold):]
}

// properNoun tells whether the text writes a word with a capital letter where
// no sentence begins.
func (l *linker) properNoun(token int) bool { return l.proper[l.t.Tokens[token].Fold] }

// trimName writes a name as it is shown, without the genitive's s.
func trimName(name string) string {
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s"))
}
