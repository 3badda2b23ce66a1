package link

import (
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
	for i := p.first + 1; i < p.last; i++ {
		fold := l.t.Tokens[i].Fold
		at := i
		if l.arabic {
			if !strings.HasPrefix(fold, "و") || l.t.Tokens[i].Kind != text.Word || l.inside(i) {
				continue
			}
		} else {
			if fold != "and" || l.at[i] > 0 && l.at[i] == l.at[i-1] {
				continue
			}
			at = i + 1
		}
		left, right := l.t.Cover(p.first, i), l.t.Cover(at, p.last)
		if left.IsZero() || right.IsZero() {
			continue
		}
		if l.arabic && fold != "و" {
			right.Start += len("و")
		}
		a, b := l.readPart(left), l.readPart(right)
		if !l.standsAlone(&a) || !(b.named() || b.entity != nil) {
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
		for _, old := range l.figures {
			if len(old.parts) == 2 && old.parts[0] == first && old.parts[1] == second {
				f = old
			}
		}
		if f.full.IsZero() {
			l.figures = append(l.figures, f)
		}
		f.absorb(l.t, &phrase{Span: p.Span, first: p.first, last: p.last, titleAt: -1, number: extract.Plural})
		return f
	}
	return nil
}

// inside tells whether a token is inside a name, not its first.
func (l *linker) inside(i int) bool { return i > 0 && l.at[i] > 0 && l.at[i] == l.at[i-1] }

// readPart reads half of a joint phrase.
func (l *linker) readPart(s text.Span) phrase { return l.read(s) }

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
	case p.definite || l.arabic && p.last-p.first <= 2:
		for n := len(l.spoken) - 1; n >= 0 && of == nil; n-- {
			if s := l.spoken[n]; s.kind == graph.Document {
				return s
			} else if s.of == nil {
				of = s
			}
		}
	}
	for _, f := range l.figures {
		if f.kind == graph.Document && f.of == of && of != nil {
			f.absorb(l.t, p)
			return f
		}
	}
	f := &figure{kind: graph.Document, of: of, noun: p.title.english, nameText: tidy(l.t.At(p.Span)), last: p.first, gender: p.title.gender}
	l.figures = append(l.figures, f)
	f.absorb(l.t, p)
	return f
}

// bodyFigure finds which body a noun such as "the movement" or "الوزارة" means:
// the one named last whose name has the noun, else the institution of that
// kind of the state that the text is about, else a body of its own name.
func (l *linker) bodyFigure(p *phrase) (*figure, []string) {
	if c, ok := l.composedHere(p); ok {
		return c, []string{"institution-by-context"}
	}
	short := p.last-p.first == 1 || p.last-p.first == 2 && (p.definite || l.arabic)
	if p.definite && short {
		if f := l.bodyNamedBefore(p); f != nil {
			f.absorb(l.t, p)
			return f, []string{"body-by-noun"}
		}
	}
	return l.anonymous(p), []string{"described-source"}
}

// bodyNamedBefore finds the organisation mentioned last before a phrase whose
// name has the phrase's noun; speakers first.
func (l *linker) bodyNamedBefore(p *phrase) *figure {
	noun := l.t.Tokens[p.first].Fold
	if l.arabic {
		for _, base := range bases(noun) {
			if len(l.lex.titles[base]) > 0 {
				noun = base
				break
			}
		}
	} else if p.last-p.first > 1 {
		noun = l.t.Tokens[p.last-1].Fold
	}
	generic := !l.arabic && (noun == "group" || noun == "organisation" || noun == "organization" || noun == "agency" || noun == "company" || noun == "ministry" || noun == "department")
	for n := len(l.spoken) - 1; n >= 0; n-- {
		f := l.spoken[n]
		if f.person() || f.kind == graph.Document || f.kind == graph.State {
			continue
		}
		if l.hasNoun(f, noun) || generic && noun != "ministry" && noun != "department" && (f.kind == graph.Group || f.kind == graph.Organization) {
			return f
		}
	}
	for n := len(l.names) - 1; n >= 0; n-- {
		m := &l.names[n]
		if m.First >= p.first || m.Entity.Actor == nil || isPerson(m) || m.Entity.Actor.Kind == graph.State {
			continue
		}
		for _, name := range m.Entity.Actor.Names {
			if hasWord(graph.Fold(name.Value), noun) {
				return l.entityFigure(m.Entity, m.Entity.Actor.Kind)
			}
		}
	}
	return nil
}

// hasNoun tells whether a figure's name or fullest naming has a noun, with its
// article or without.
func (l *linker) hasNoun(f *figure, noun string) bool {
	if f.entity != nil {
		for _, name := range f.entity.Actor.Names {
			if hasWord(graph.Fold(name.Value), noun) {
				return true
			}
		}
	}
	return hasWord(graph.Fold(l.t.At(f.full)), noun)
}

func hasWord(folded, word string) bool {
	for w := range strings.FieldsSeq(folded) {
		if w == word || strings.TrimPrefix(w, "ال") == word {
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
	for !ok && !l.arabic && first+1 < p.last && (isDeterminer(l.t.Tokens[first].Fold) || l.t.Tokens[first].Fold == "a") {
		first++
		c, ok = l.g.HeadAt(l.t, first)
	}
	if !ok || c.Last < p.last && !l.arabic || c.Last > p.last || c.Last < p.last-1 {
		return nil, false
	}
	e := c.Institution
	if e == nil {
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
	for n := len(l.names) - 1; n >= 0; n-- {
		m := &l.names[n]
		if m.First > token || m.Entity.Behalf == nil {
			continue
		}
		if s := l.g.State(m.Entity); s != nil && l.g.Institution(pattern, s) == m.Entity {
			return m.Entity
		}
	}
	return l.g.Institution(pattern, l.stateOfText(token))
}

// stateOfText is the state that the text speaks of most, those named in the
// sentence and the one before counted twice more.
func (l *linker) stateOfText(token int) *gazetteer.Entity {
	near := map[*gazetteer.Entity]int{}
	sentence := l.sentence(token)
	for i := range l.names {
		m := &l.names[i]
		if m.First > token {
			break
		}
		if s := l.g.State(m.Entity); s != nil && l.sentence(m.First) >= sentence-1 {
			near[s] += 2
		}
	}
	var best *gazetteer.Entity
	score := 0
	for i := range l.names {
		if s := l.g.State(l.names[i].Entity); s != nil && l.states[s]+near[s] > score {
			best, score = s, l.states[s]+near[s]
		}
	}
	return best
}

// bySurname finds the person of whom a phrase gives only a part of the name.
func (l *linker) bySurname(p *phrase) *figure {
	if p.last-p.first > 4 {
		return nil
	}
	name := nameWords(l.t.At(p.Span))
	if l.arabic && len(name) > 0 {
		name[0] = strings.TrimPrefix(strings.TrimPrefix(name[0], "لل"), "ال")
	}
	var best *figure
	for _, f := range l.figures {
		if len(f.name) == 0 || !within(name, f.name) || len(name) == 1 && len(f.name) > 1 && name[0] == f.name[0] && best != nil {
			continue
		}
		if best == nil || f.last > best.last {
			best = f
		}
	}
	return best
}

// firstOccurrence makes a person of a bare surname whose first occurrence in
// the text stands behind other words of a name.
func (l *linker) firstOccurrence(p *phrase) *figure {
	fold := l.t.Tokens[p.last-1].Fold
	if l.at[p.last-1] > 0 || l.t.Tokens[p.last-1].Kind != text.Word || len(fold) < 4 {
		return nil
	}
	for i := range l.t.Tokens {
		if l.t.Tokens[i].Fold != fold || i == p.last-1 {
			continue
		}
		first := i
		for first > 0 && i-first < 3 && l.nameLike(first-1) && l.t.Tokens[first-1].Sentence == l.t.Tokens[i].Sentence {
			first--
		}
		if first == i {
			continue
		}
		q := phrase{Span: l.t.Cover(first, i+1), first: first, last: i + 1, titleAt: -1, name: [2]int{first, i + 1}, number: extract.Singular}
		l.agree(&q)
		f := l.figureOf(&q)
		f.absorb(l.t, &q)
		return f
	}
	return nil
}

// nameLike tells whether a token may be a given name before a surname.
func (l *linker) nameLike(i int) bool {
	if l.arabic {
		return l.at[i] == 0 && l.inName(i, i+1) && !definite(l.t.Tokens[i].Fold) && l.lex.given[l.t.Tokens[i].Fold] != 0
	}
	return l.capitalWord(i) && l.at[i] == 0 && l.lex.given[l.t.Tokens[i].Fold] != 0
}

// anonymous makes or finds the figure of a source that is described, not
// named.
func (l *linker) anonymous(p *phrase) *figure {
	key := graph.Fold(l.t.At(p.Span))
	for _, f := range l.figures {
		if f.entity == nil && len(f.name) == 0 && f.of == nil && graph.Fold(f.nameText) == key {
			f.absorb(l.t, p)
			return f
		}
	}
	// "المصدر", "the officials": a description that repeats an earlier one.
	if p.definite {
		for n := len(l.spoken) - 1; n >= 0; n-- {
			f := l.spoken[n]
			if f.entity == nil && len(f.name) == 0 && len(f.phrases) > 0 && p.titleAt >= 0 && f.phrases[0].title.english == p.title.english && (f.number == p.number || p.number == extract.AnyNumber) {
				f.absorb(l.t, p)
				return f
			}
		}
	}
	f := &figure{kind: graph.Group, nameText: tidy(l.t.At(p.Span)), last: p.first, gender: p.gender, number: p.number}
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
	if l.arabic && f.gender == extract.AnyGender {
		f.gender = l.wordGender(p.first)
	}
	l.figures = append(l.figures, f)
	f.absorb(l.t, p)
	return f
}

// trimName writes a name as it is shown, without the genitive's s.
func trimName(name string) string {
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s"))
}
