// Package link tells who the sources of attributions are: names of the
// gazetteer, people learned from appositions in the text ("the spokeswoman,
// Lea Duran"), and what refers back to them (surnames, titles, pronouns,
// dropped subjects).
package link

import (
	"cmp"
	"slices"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// Source is who said an attribution.
type Source struct {
	// Speaker is nil if the text names no source.
	Speaker *graph.Actor
	// Full is the fullest naming of the speaker in the text; none if Speaker
	// is nil.
	Full text.Span
	// Role is the speaker's title as the text words it.
	Role string
	// OnBehalfOf is whom the speaker speaks for; nil if nobody.
	OnBehalfOf *graph.Actor
	// Relay is the outlet through which it was said; nil if none.
	Relay *graph.Outlet
	// Rules names the rules that fired.
	Rules []string
}

// Linked is what linking makes of a text.
type Linked struct {
	// Sources has one element an attribution.
	Sources []Source
	// Mentions holds the names of the gazetteer and those of the people and
	// bodies learned in this text, wherever they stand, in the order of the
	// text, none overlapping another.
	Mentions []gazetteer.Mention
	// Held records the offices that the text gives to people.
	Held []graph.Held
}

// linker links one text.
type linker struct {
	*reader
	found    []extract.Attribution
	outlet   *gazetteer.Entity
	figures  []*figure
	byEntity map[*graph.Actor]*figure
	// seen are the appearances of people in the order of the text; passed those
	// before the attribution at hand.
	seen   []appearance
	passed int
	// spoken are the sources so far, in the order of their cues, of the
	// attributions that lie within no other.
	spoken []*figure
	lastAt int // token of the cue before
	// states counts the mentions of states.
	states map[*gazetteer.Entity]int
	bodies map[string]*graph.Actor
}

// appearance is a person at a token.
type appearance struct {
	token, last int
	figure      *figure
}

// Resolve names the sources of the attributions of a text. Its cost is linear
// in the length of the text and the number of attributions, for a bounded
// number of people.
func Resolve(g *gazetteer.Gazetteer, t *text.Text, names []gazetteer.Mention, found []extract.Attribution, outlet *gazetteer.Entity) Linked {
	l := &linker{
		reader: newReader(g, t, names), found: found, outlet: outlet,
		byEntity: map[*graph.Actor]*figure{}, states: map[*gazetteer.Entity]int{}, bodies: map[string]*graph.Actor{},
	}
	for i := range names {
		if s := g.State(names[i].Entity); s != nil {
			l.states[s]++
		}
	}
	order := make([]int, len(found))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(found[a].Cue.Start, found[b].Cue.Start) })
	phrases := make([]phrase, len(found))
	for _, i := range order {
		if s := found[i].Source; !s.IsZero() && !found[i].Pronoun {
			phrases[i] = l.read(s)
		}
	}
	l.learn(phrases, order)
	who := make([]*figure, len(found))
	rules := make([][]string, len(found))
	for _, i := range order {
		who[i], rules[i] = l.source(i, &phrases[i], who)
		if who[i] == nil {
			continue
		}
		cue := t.TokenAt(found[i].Cue.Start)
		who[i].last = max(who[i].last, cue)
		if found[i].Within < 0 {
			l.spoken = append(l.spoken, who[i])
			l.lastAt = cue
		}
	}
	out := Linked{Sources: make([]Source, len(found))}
	for i, f := range who {
		if f == nil {
			continue
		}
		l.finish(f)
		out.Sources[i] = Source{Speaker: f.actor, Full: f.full, Role: f.role, OnBehalfOf: f.behalf, Rules: rules[i]}
	}
	l.relays(order, who, out.Sources)
	out.Mentions = l.mentions()
	out.Held = l.held()
	return out
}

// source tells who said attribution i, and by which rules.
func (l *linker) source(i int, p *phrase, who []*figure) (*figure, []string) {
	a := &l.found[i]
	cue := l.t.TokenAt(a.Cue.Start)
	for l.passed < len(l.seen) && l.seen[l.passed].token < max(cue, p.first) {
		s := l.seen[l.passed]
		s.figure.last = max(s.figure.last, s.token)
		l.passed++
	}
	if a.Source.IsZero() || a.Pronoun {
		if a.Continues >= 0 && a.Continues < len(who) && who[a.Continues] != nil {
			return who[a.Continues], []string{"continues"}
		}
		f := l.antecedent(a, cue)
		if f == nil {
			return nil, nil
		}
		if a.Pronoun {
			return f, []string{"pronoun"}
		}
		return f, []string{"dropped-subject"}
	}
	return l.name(p)
}

// antecedent finds whom a pronoun or a dropped subject means: the speaker just
// before, if he agrees; a person named first in the sentence before, if he
// stands nearer; else the last speaker who agrees, else the next person named.
func (l *linker) antecedent(a *extract.Attribution, cue int) *figure {
	ok := func(f *figure) bool { return f != nil && f.agrees(a.Gender, a.Number, l.arabic) }
	var last *figure
	if n := len(l.spoken); n > 0 {
		last = l.spoken[n-1]
	}
	if a.Within >= 0 && !a.Pronoun && ok(last) {
		return last
	}
	sentence := l.sentence(cue)
	if last != nil && l.sentence(l.lastAt) >= sentence-1 && ok(last) && (l.arabic || !l.subjectBetween(l.lastAt, cue, last, ok)) {
		return last
	}
	if !l.arabic || last == nil || l.sentence(l.lastAt) < sentence-1 {
		for s := sentence; s >= 0 && s >= sentence-2; s-- {
			for k := range l.seen[:l.passed] {
				at := &l.seen[k]
				if l.sentence(at.token) == s && at.token < cue && at.token > l.lastAt && ok(at.figure) {
					return at.figure
				}
			}
		}
	}
	for n := len(l.spoken) - 1; n >= 0 && n >= len(l.spoken)-8; n-- {
		if ok(l.spoken[n]) {
			return l.spoken[n]
		}
	}
	for k := l.passed - 1; k >= 0; k-- {
		if ok(l.seen[k].figure) {
			return l.seen[k].figure
		}
	}
	if last != nil {
		return last
	}
	for k := l.passed; k < len(l.seen); k++ {
		if ok(l.seen[k].figure) {
			return l.seen[k].figure
		}
	}
	return nil
}

// subjectBetween tells whether another person who agrees begins a sentence
// between the last speaker and a pronoun.
func (l *linker) subjectBetween(from, cue int, last *figure, ok func(*figure) bool) bool {
	for k := l.passed - 1; k >= 0 && l.seen[k].token > from; k-- {
		at := &l.seen[k]
		if at.figure == last || !ok(at.figure) || at.token >= cue || l.t.Tokens[at.token].Quote >= 0 {
			continue
		}
		if first := l.t.Sentences[l.sentence(at.token)].First; l.sentence(at.token) > l.sentence(from) && at.token-first <= 6 {
			return true
		}
	}
	return false
}

func (l *linker) sentence(token int) int {
	if token >= len(l.t.Tokens) {
		return len(l.t.Sentences)
	}
	return l.t.Tokens[token].Sentence
}

// name tells whom a noun phrase means, and by which rule.
func (l *linker) name(p *phrase) (*figure, []string) {
	if p.same && len(l.spoken) > 0 {
		last := l.spoken[len(l.spoken)-1]
		if last.agrees(p.gender, extract.AnyNumber, l.arabic) {
			return last, []string{"same-source"}
		}
	}
	if f := l.joint(p); f != nil {
		return f, []string{"joint-source"}
	}
	switch {
	case p.named():
		return l.person(p)
	case p.entity != nil:
		return l.known(p)
	case p.titleAt >= 0 && p.title.class == document:
		return l.document(p), []string{"document"}
	case p.titleAt >= 0 && p.title.class == body:
		return l.bodyFigure(p)
	case p.titleAt >= 0 && p.title.class.personal() && p.number != extract.Plural:
		return l.titled(p)
	}
	if f := l.bySurname(p); f != nil {
		f.absorb(l.t, p)
		return f, []string{"surname"}
	}
	if f, ok := l.composedHere(p); ok {
		return f, []string{"institution-by-context"}
	}
	if p.titleAt < 0 && p.last-p.first <= 2 {
		if f := l.firstOccurrence(p); f != nil {
			return f, []string{"name-by-first-occurrence"}
		}
	}
	return l.anonymous(p), []string{"described-source"}
}

// person finds or makes the figure of a named person. One who was introduced
// by his title alone just before is the same.
func (l *linker) person(p *phrase) (*figure, []string) {
	f := l.figureOf(p)
	rule := "named-person"
	if a := l.announced(p, f); a != nil {
		l.merge(a, f)
		rule = "named-after-title"
	}
	f.absorb(l.t, p)
	f.last = max(f.last, p.first)
	return f, []string{rule}
}

// figureOf finds or makes the figure whose name a phrase gives.
func (l *linker) figureOf(p *phrase) *figure {
	if p.person != nil {
		return l.entityFigure(p.person, graph.Person)
	}
	name := l.t.At(l.t.Cover(p.name[0], p.name[1]))
	name = trimName(name)
	wordsOf := nameWords(name)
	for _, f := range l.figures {
		if f.kind == graph.Person && len(f.name) > 0 && (f.entity == nil || len(wordsOf) > 1) && sameName(f.name, wordsOf) {
			if len(wordsOf) > len(f.name) && f.entity == nil {
				f.name, f.nameText = wordsOf, name
			}
			return f
		}
	}
	f := &figure{kind: graph.Person, name: wordsOf, nameText: name, last: -1}
	l.figures = append(l.figures, f)
	return f
}

// entityFigure finds or makes the figure of an entity of the gazetteer.
func (l *linker) entityFigure(e *gazetteer.Entity, kind graph.ActorKind) *figure {
	if f := l.byEntity[e.Actor]; f != nil {
		return f
	}
	f := &figure{kind: kind, entity: e, last: -1}
	if kind == graph.Person {
		f.gender, f.number = extract.Masculine, extract.Singular
		if e.Gender == 'f' {
			f.gender = extract.Feminine
		}
		f.name = nameWords(graph.NameIn(e.Actor.Names, l.t.Lang))
	}
	l.byEntity[e.Actor] = f
	l.figures = append(l.figures, f)
	return f
}

// announced finds the unnamed figure who turns out to be the person of this
// phrase: "a spokeswoman of the ministry said … The ministry's spokeswoman, Lea
// Duran, said …".
func (l *linker) announced(p *phrase, named *figure) *figure {
	if p.titleAt < 0 || !p.title.class.personal() {
		return nil
	}
	for n := len(l.figures) - 1; n >= 0; n-- {
		f := l.figures[n]
		if f == named || len(f.name) > 0 || f.entity != nil || !f.person() || f.last < 0 {
			continue
		}
		if l.sentence(p.first)-l.sentence(f.last) > 2 && f.fullRank < 3 {
			continue
		}
		if l.fits(p, f) && len(f.phrases) > 0 && f.phrases[0].title.class == p.title.class {
			return f
		}
	}
	return nil
}

// merge makes figure a part of figure into: all that was said of him is said
// of it.
func (l *linker) merge(a, into *figure) {
	for i, f := range l.spoken {
		if f == a {
			l.spoken[i] = into
		}
	}
	into.phrases = append(into.phrases, a.phrases...)
	if into.institution == nil {
		into.institution = a.institution
	}
	a.parts = []*figure{into}
	a.kind = merged
	l.figures = slices.DeleteFunc(l.figures, func(f *figure) bool { return f == a })
}

// merged marks a figure that turned out to be another, its only part.
const merged graph.ActorKind = ""

// fits tells whether a title in a phrase may be that of a figure.
func (l *linker) fits(p *phrase, f *figure) bool {
	if p.gender != extract.AnyGender && f.gender != extract.AnyGender && p.gender != f.gender {
		return false
	}
	if p.number == extract.Plural && f.person() {
		return false
	}
	for k := range f.phrases {
		q := &f.phrases[k]
		same := q.title.class == p.title.class && (q.title.english == p.title.english || p.title.class == minister || p.title.class == commander)
		general := p.title.class == official && p.definite && q.title.class.personal() && q.title.class != civilian && (p.title.english == "official" || p.title.english == "source" && f.kind == graph.Anonymous)
		if !same && !general {
			continue
		}
		switch {
		case p.institution != nil && f.institution != nil && p.institution != f.institution && l.g.State(p.institution) != l.g.State(f.institution):
			continue
		case p.institution != nil && f.institution != nil && p.institution != f.institution && p.institution.Actor.Kind != graph.State && f.institution.Actor.Kind != graph.State:
			continue
		case p.pattern != "" && q.pattern != "" && p.pattern != q.pattern && p.institution == nil:
			continue
		case p.pattern != "" && p.institution == nil && f.institution != nil && l.g.Institution(p.pattern, l.g.State(f.institution)) != f.institution && f.institution.Actor.Kind != graph.State:
			continue
		}
		return true
	}
	if f.entity != nil && f.kind == graph.Person && (p.title.class == stateHead || p.title.class == minister) {
		office := f.entity.OfficeOn(l.t.Published)
		switch {
		case office == nil:
		case p.institution != nil:
			return office == p.institution
		case p.pattern != "":
			return l.g.Institution(p.pattern, l.g.State(office)) == office
		case p.title.class == stateHead:
			return office.Actor != nil && office.Actor.Kind == graph.State
		}
	}
	return false
}

// titled finds whom a title without a name means: the one who bears it and was
// mentioned last, else the one who will be named with it, else somebody new.
func (l *linker) titled(p *phrase) (*figure, []string) {
	if p.definite || l.arabic && p.title.class != official && p.title.class != civilian || !l.arabic && (p.title.class == stateHead || p.title.class == minister || p.title.class == spokesperson) {
		var best *figure
		for _, f := range l.figures {
			if f.last >= 0 && f.last <= p.first && l.fits(p, f) && (best == nil || f.last >= best.last) {
				best = f
			}
		}
		if best != nil {
			best.absorb(l.t, p)
			return best, []string{"title"}
		}
		for _, f := range l.figures {
			if (f.last < 0 || f.last > p.first) && f.kind == graph.Person && l.fits(p, f) && (len(f.phrases) > 0 || p.institution != nil) {
				f.absorb(l.t, p)
				return f, []string{"title-named-later"}
			}
		}
		if p.definite && p.last-p.first == 1 && len(l.spoken) > 0 {
			if last := l.spoken[len(l.spoken)-1]; last.person() && last.agrees(p.gender, p.number, l.arabic) && len(last.phrases) > 0 && last.phrases[0].title.class == p.title.class {
				return last, []string{"title"}
			}
		}
	}
	f := l.anonymous(p)
	return f, []string{"unnamed-source"}
}

// known is the figure of an organisation or a state that a phrase names.
func (l *linker) known(p *phrase) (*figure, []string) {
	e := p.entity
	if e.Actor == nil {
		if e.Outlet != nil || e.Place != nil {
			return l.anonymous(p), []string{"described-source"}
		}
		return nil, nil
	}
	rule := "gazetteer"
	switch p.form {
	case gazetteer.ByCapital:
		rule = "capital-for-state"
		e = whole(l.g, e)
	case gazetteer.ByForces:
		rule = "forces-for-state"
	}
	f := l.entityFigure(e, e.Actor.Kind)
	if f.gender == extract.AnyGender {
		f.gender = l.wordGender(p.first)
	}
	f.absorb(l.t, p)
	return f, []string{rule}
}
