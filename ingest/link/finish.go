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

// finish makes the actor of a figure and of whom it speaks for.
//
// The key of a learned actor is its kind and its folded name ("person/lea
// duran"): the same name in two articles is one actor, and the English name of
// a gazetteer's person gives the same key. Which of several names are one is told
// from the whole graph ([mawqif/graph/people]).
func (l *linker) finish(f *figure) {
	if f.actor != nil {
		return
	}
	if f.kind == merged {
		l.finish(f.parts[0])
		into := f.parts[0]
		f.actor, f.behalf, f.learned, f.full, f.role = into.actor, into.behalf, into.learned, into.full, into.role
		return
	}
	switch {
	case f.entity != nil:
		f.actor = f.entity.Actor
		if f.kind != graph.Person && f.entity.Behalf != nil {
			f.behalf = f.entity.Behalf.Actor
		}
	case len(f.parts) == 2:
		l.finishJoint(f)
	case f.kind == graph.Document:
		l.finishDocument(f)
	case len(f.name) > 0:
		f.actor = newActor(graph.Person, "person/"+graph.Fold(f.nameText), l.personNames(f)...)
	default:
		l.finishDescribed(f)
		if l.arabic && f.kind == graph.Organization && f.behalf == nil && f.institution != nil && f.institution.Actor != nil && f.institution.Actor.Kind != graph.State {
			f.behalf = f.institution.Actor // a part of it
		}
		if f.kind == graph.Organization && f.behalf == nil && (public[f.noun] || l.arabic && publicHeads[bareNoun(l.t.Tokens[f.tokens[0]].Fold)]) {
			if s := l.stateOfText(f.tokens[0]); s != nil {
				f.behalf = s.Actor
			}
		}
	}
	switch {
	case f.behalf == nil && f.person() || f.kind == graph.Anonymous:
		f.behalf = l.behalf(f)
		if f.behalf == nil && f.noun == "official" && (l.arabic || !l.otherPeople(f.tokens[0], f.tokens[1])) {
			if s := l.stateOfText(f.tokens[0]); s != nil {
				f.behalf = s.Actor
			}
		}
	case f.kind == graph.Group && f.behalf == nil && f.entity == nil && f.institution != nil:
		f.behalf = f.institution.Actor
	}
	f.learned = &gazetteer.Entity{Actor: f.actor}
	if f.behalf == f.actor {
		f.behalf = nil
	}
}

// personNames are the names of a learned person: that of the text, and one in
// the other script if the text gives it, else one romanised by rule.
func (l *linker) personNames(f *figure) []graph.Name {
	names := []graph.Name{{Lang: l.t.Lang, Value: f.nameText}}
	switch {
	case f.otherScript != "" && l.arabic:
		names = append(names, graph.Name{Lang: "en", Value: f.otherScript})
	case f.otherScript != "":
		names = append(names, graph.Name{Lang: "ar", Value: f.otherScript})
	case l.arabic:
		if latin := l.lex.romanisePerson(f.nameText); latin != "" {
			names = append(names, graph.Name{Lang: graph.Romanised, Value: latin})
		}
	}
	return names
}

// public are the kinds of body that belong to a state.
var public = map[string]bool{"ministry": true, "army": true, "government": true, "police": true, "embassy": true, "presidency": true, "court": true}

// publicHeads begin the Arabic names of bodies that belong to a state.
var publicHeads = wordSet("جهاز مديرية مصلحة محكمة نيابة ديوان أمانة شرطة درك حرس قيادة رئاسة سفارة قنصلية دائرة إدارة مخابرات استخبارات جمارك")

func newActor(kind graph.ActorKind, key string, names ...graph.Name) *graph.Actor {
	slices.SortStableFunc(names, func(a, b graph.Name) int { return cmp.Compare(a.Lang, b.Lang) })
	a := graph.NewActor(kind, key, names...)
	return &a
}

// behalf is for whom a person or an unnamed source speaks: the body of the
// title; for a person of the gazetteer without a title here, that of the office
// held on the day; nobody if the office is one of the past.
func (l *linker) behalf(f *figure) *graph.Actor {
	if f.former {
		if f.entity != nil && l.t.Published != "" && l.arabic {
			if office := f.entity.OfficeOn(l.t.Published); office != nil {
				return office.Actor
			}
		}
		return nil
	}
	e := f.institution
	if own := l.ownOffice(f); own != nil {
		e = own
	}
	for k := 0; e == nil && k < len(f.phrases); k++ {
		p := &f.phrases[k]
		switch {
		case p.pattern != "":
			state := p.state
			if state == nil && (l.arabic || !l.otherPeople(p.first, p.last)) {
				state = l.stateOfText(p.first)
			}
			e = l.g.Institution(p.pattern, state)
		case p.title.class == stateHead && f.entity == nil && (l.arabic || l.headsState(p)):
			e = l.stateOfText(p.first)
		}
	}
	if f.entity != nil && (e == nil || l.t.Published != "" && e.Actor != nil && e.Actor.Kind == graph.State && !f.leads()) {
		if office := f.entity.OfficeOn(l.t.Published); office != nil {
			e = office
		}
	}
	if office := f.partyOffice(l.t.Published); office != nil && !l.arabic {
		e = office
	}
	switch {
	case e != nil && e.Actor != nil:
		return e.Actor
	case f.body != "":
		if first, last := l.tokens(f.bodyAt); !l.arabic && first < last {
			name := f.body
			if strings.HasSuffix(name, "Attorney General") {
				name += "'s Office"
			}
			return l.learnedBody(name, l.canonical(first, last))
		}
		return l.learnedBody(f.body)
	case f.patron != nil:
		l.finish(f.patron)
		return f.patron.actor
	}
	return nil
}

// partyOffice is the party for which the leader of a minority speaks whom the
// gazetteer knows for one of its leaders; nil if he is none.
func (f *figure) partyOffice(day graph.Day) *gazetteer.Entity {
	if f.entity == nil || !strings.Contains(f.known, "minority ") {
		return nil
	}
	office := f.entity.OfficeOn(day)
	if office == nil || office.Actor == nil || office.Actor.Kind != graph.Group {
		return nil
	}
	return office
}

// headsState tells whether the president whom an English phrase names is one of
// a state that it leaves out; a vice president who is not "the" one may be one
// of a company.
func (l *linker) headsState(p *phrase) bool {
	if !p.body.IsZero() || p.institution != nil {
		return false
	}
	_, end := l.lex.titlesAt(l.t, p.titleAt, p.last)
	if end < p.last && (l.t.Tokens[end].Fold == "of" || l.t.Tokens[end].Fold == "and" || l.t.Tokens[end].Fold == "for" || l.t.Tokens[end].Fold == "at") {
		return false
	}
	return p.title.english != "chancellor" && p.title.english != "vice president" || p.definite || l.capitalWord(p.titleAt)
}

// ownOffice is the office of the kind that a title names which a person of the
// gazetteer has held, where the Arabic text names no state beside it: no other
// state's.
func (l *linker) ownOffice(f *figure) *gazetteer.Entity {
	if f.entity == nil || !l.arabic {
		return nil
	}
	for k := range f.phrases {
		p := &f.phrases[k]
		if p.pattern == "" || p.state != nil {
			continue
		}
		for _, o := range f.entity.Offices {
			if s := l.g.State(o.Institution); s != nil && l.g.Institution(p.pattern, s) == o.Institution {
				return o.Institution
			}
		}
	}
	return nil
}

// leads tells whether a title says that the figure heads a state or a ministry.
func (f *figure) leads() bool {
	for k := range f.phrases {
		if c := f.phrases[k].title.class; c == stateHead || c == minister || c == spokesperson {
			return true
		}
	}
	return false
}

// learnedBody is the actor of a body that no table has, under the name that
// the text gives it, and more names.
func (l *linker) learnedBody(name string, more ...string) *graph.Actor {
	name = strings.TrimSpace(name)
	key := "org/" + graph.Fold(name)
	if a := l.bodies[key]; a != nil {
		return a
	}
	names := []graph.Name{{Lang: l.t.Lang, Value: name}}
	for _, n := range more {
		if n != name {
			names = append(names, graph.Name{Lang: l.t.Lang, Value: n})
		}
	}
	if l.arabic {
		if english := englishBody(l.g, l.lex, name); english != "" {
			if rest, ok := strings.CutPrefix(english, "Ministry of "); ok && l.mainState != nil && !strings.Contains(rest, " of ") {
				english += " of " + graph.NameIn(l.mainState.Actor.Names, "en")
			}
			names = append(names, graph.Name{Lang: "en", Value: english})
		}
	}
	a := newActor(graph.Organization, key, names...)
	l.bodies[key] = a
	return a
}

// finishJoint names two sources as one: "A and B".
func (l *linker) finishJoint(f *figure) {
	var english [2]string
	for i, part := range f.parts {
		l.finish(part)
		english[i] = graph.NameIn(part.actor.Names, "en")
	}
	names := []graph.Name{{Lang: "en", Value: english[0] + " and " + english[1]}}
	if l.arabic {
		names = append(names, graph.Name{Lang: "ar", Value: f.nameText})
	}
	f.actor = newActor(f.kind, strings.ToLower(string(f.kind))+"/"+graph.Fold(names[0].Value), names...)
	if f.parts[0].behalf == f.parts[1].behalf || f.parts[1].of != nil {
		f.behalf = f.parts[0].behalf
		return
	}
	a, b := f.parts[0].behalf, f.parts[1].behalf
	if a != nil && b != nil && a.Kind == b.Kind {
		name := graph.NameIn(a.Names, "en") + " and " + graph.NameIn(b.Names, "en")
		f.behalf = newActor(a.Kind, strings.ToLower(string(a.Kind))+"/"+graph.Fold(name), graph.Name{Lang: "en", Value: name})
	}
}

// finishDocument names a document after the body whose it is: "Ministry of
// Health of Ruritania statement".
func (l *linker) finishDocument(f *figure) {
	names := []string{"unnamed " + f.noun}
	add := func(name string) {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	first, last := f.tokens[0], f.tokens[1]
	for first < last-1 && quantity[l.t.Tokens[first].Fold] {
		first++
	}
	if !l.arabic && last-first > 1 {
		names[0] = l.canonical(first, last)
		add(l.fronted(first, last))
		for k := first + 1; k < last-1; k++ { // "the independent |Kestrel poll|"
			if l.at[k] > 0 || l.capitalWord(k) {
				add(l.canonical(k, last))
				break
			}
		}
	}
	if f.of != nil {
		l.finish(f.of)
		owner := f.of.actor
		if (f.of.person() || f.of.kind == graph.Anonymous) && f.of.behalf != nil {
			owner = f.of.behalf
		}
		if owned := graph.NameIn(owner.Names, "en") + " " + f.noun; l.arabic || last-first <= 1 {
			names[0] = owned
		} else {
			add(owned)
		}
		f.behalf = owner
	} else if f.institution != nil && f.institution.Actor != nil {
		f.behalf = f.institution.Actor
	} else if f.body != "" {
		f.behalf = l.learnedBody(f.body)
		names[0] = graph.NameIn(f.behalf.Names, "en") + " " + f.noun
	}
	said := make([]graph.Name, 0, len(names)+1)
	for _, n := range names {
		said = append(said, graph.Name{Lang: "en", Value: n})
	}
	if l.arabic {
		said = append(said, graph.Name{Lang: "ar", Value: f.nameText})
	}
	f.actor = newActor(graph.Document, "document/"+graph.Fold(names[0]), said...)
}

// finishDescribed names a source that has no name: "unnamed Ruritanian
// officials", or, for one who speaks by an office, its description.
func (l *linker) finishDescribed(f *figure) {
	first, last := f.tokens[0], f.tokens[1]
	if l.arabic {
		l.finishDescribedArabic(f)
		return
	}
	for first < last-1 && (quantity[l.t.Tokens[first].Fold] || l.t.Tokens[first].Kind == text.Punct) && !notNouns[l.t.Tokens[first+1].Fold] {
		first++
	}
	last = l.withoutApposition(first, last)
	var names []string
	add := func(name string) {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	switch words := l.canonical(first, last); {
	case f.canonicalName != "":
		add(f.canonicalName)
	case f.kind == graph.Anonymous:
		adjective := ""
		if f.noun == "official" && f.institution == nil && !l.otherPeople(first, last) {
			adjective = l.g.Adjective(l.stateOfText(first))
		}
		add(joinWords("unnamed", adjective, words))
		if front := l.fronted(first, last); front != "" {
			add("unnamed " + front)
		}
		add("unnamed " + l.asWorded(first, last))
		if f.noun == "relative" && !l.anyName(first, last) && l.owners[first] == "" {
			if main := l.mainPerson(); main != "" {
				add(joinWords("unnamed", words, "of", main))
			}
		}
		if citizens[f.noun] && f.institution == nil && !l.anyName(first, last) {
			add(joinWords("unnamed", l.g.Adjective(l.stateOfText(first)), words))
		}
		add(joinWords("unnamed", words))
	case f.kind == graph.Group:
		add(words)
		if staff[l.t.Tokens[last-1].Fold] && f.behalf == nil {
			f.behalf = l.staffOf(first, last)
		}
		if l.crowd(f, last) {
			add("unnamed " + words)
			if f.institution == nil {
				add(joinWords(l.g.Adjective(l.stateOfText(first)), words))
			}
		}
		add(l.fronted(first, last))
		add(l.asWorded(first, last))
	default:
		add(tidy(l.t.At(l.bodyName(f, first, last))))
		if f.kind == graph.Organization {
			add(words)
		}
	}
	if len(names) == 0 { // a source of marks alone
		names = []string{"unnamed"}
	}
	key := graph.Fold(names[0])
	if key == "" {
		key = "unnamed"
	}
	said := make([]graph.Name, len(names))
	for i, n := range names {
		said[i] = graph.Name{Lang: "en", Value: n}
	}
	f.actor = newActor(f.kind, strings.ToLower(string(f.kind))+"/"+key, said...)
}

// withoutApposition is the end of a description before what a comma adds to it:
// "the Kestrel Fund|, a charity in Hale".
func (l *linker) withoutApposition(first, last int) int {
	for i := first + 1; i+1 < last; i++ {
		if l.t.Tokens[i].Fold != "," {
			continue
		}
		switch next := l.t.Tokens[i+1].Fold; {
		case next == "a", next == "an", next == "the", next == "one", next == "based", next == "which", strings.HasSuffix(next, "ing"), strings.HasSuffix(next, "ed"), strings.HasSuffix(next, " based"):
			return i
		}
	}
	return last
}

// staff are nouns for those who work for a person.
var staff = wordSet("campaign camp team staff entourage")

// staffOf is the person whose staff a description is: "the |Hale| campaign".
func (l *linker) staffOf(first, last int) *graph.Actor {
	for i := first; i < last; i++ {
		if a := l.personAt(i); a != nil {
			l.finish(a.figure)
			return a.figure.actor
		}
	}
	return nil
}

// mainPerson is the person whom the text names most often, "" if it names
// nobody three times: whose friends "friends" are.
func (l *linker) mainPerson() string {
	most := l.mostNamed()
	switch {
	case len(most) == 0 || most[0].times < 3:
		return ""
	case most[0].figure.entity != nil:
		return graph.NameIn(most[0].figure.entity.Actor.Names, "en")
	}
	return most[0].figure.nameText
}

// named is a person with the number of times that the text names him.
type named struct {
	figure *figure
	times  int
}

// mostNamed lists the people whom the text names, the most frequent first; it
// is made once.
func (l *linker) mostNamed() []named {
	if l.frequent != nil {
		return l.frequent
	}
	at := map[*figure]int{}
	l.frequent = []named{}
	for i := range l.seen {
		f := l.seen[i].figure
		k, ok := at[f]
		if !ok {
			k = len(l.frequent)
			at[f] = k
			l.frequent = append(l.frequent, named{figure: f})
		}
		l.frequent[k].times++
	}
	slices.SortStableFunc(l.frequent, func(a, b named) int { return cmp.Compare(b.times, a.times) })
	return l.frequent
}

// citizens are nouns for people who belong to the state that a text is about.
var citizens = wordSet("soldier officer employee diplomat lawmaker politician judge adviser resident journalist student activist lawyer")

// anyName tells whether a name stands among tokens.
func (l *linker) anyName(first, last int) bool {
	for i := first; i < last; i++ {
		if l.at[i] > 0 || l.personAt(i) != nil {
			return true
		}
	}
	return false
}

// asWorded is a description as the text words it, without genitives.
func (l *linker) asWorded(first, last int) string {
	var parts []string
	for i := first; i < last; i++ {
		tok := &l.t.Tokens[i]
		switch {
		case tok.Kind != text.Word && tok.Kind != text.Number, namelessWords[tok.Fold]:
		case l.owners[i] != "":
			parts = append(parts, l.owners[i])
		default:
			parts = append(parts, trimName(tidy(l.t.At(tok.Span))))
		}
	}
	return strings.Join(parts, " ")
}

// otherPeople tells whether a description has the adjective of a people that is
// no state's ("a |Kurdish| official"), so that the state of the text is not meant.
func (l *linker) otherPeople(first, last int) bool {
	for i := first; i < last; i++ {
		if l.at[i] > 0 || !l.capitalWord(i) || l.t.Sentences[l.sentence(i)].First == i && l.common(i, last) {
			continue
		}
		switch fold := l.t.Tokens[i].Fold; {
		case strings.HasSuffix(fold, "ish"), strings.HasSuffix(fold, "ian"), strings.HasSuffix(fold, "ese"):
			return true
		}
	}
	return false
}

// crowd tells whether a group's description is one of people without a name:
// "the protesters", "aid workers"; no "Kurdish Front".
func (l *linker) crowd(f *figure, last int) bool {
	if f.number == extract.Singular || f.noun == "" && !strings.HasSuffix(l.t.Tokens[last-1].Fold, "s") {
		return false
	}
	return !isCapital(l.t.At(l.t.Tokens[last-1].Span)) || l.t.Sentences[l.sentence(last-1)].First == last-1
}

func joinWords(parts ...string) string {
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

// finishDescribedArabic names a source of an Arabic text that has no name, in
// English too if it knows the words.
func (l *linker) finishDescribedArabic(f *figure) {
	name := f.nameText
	names := []graph.Name{{Lang: l.t.Lang, Value: name}}
	key := graph.Fold(name)
	if f.canonicalName != "" {
		key = graph.Fold(f.canonicalName)
		names = append(names, graph.Name{Lang: "en", Value: f.canonicalName})
	}
	if f.kind == graph.Organization && f.canonicalName == "" {
		f.actor = l.learnedBody(name)
		return
	}
	switch english, whole := l.crowdInEnglish(f); {
	case f.kind == graph.Anonymous:
		if names = append(names, graph.Name{Lang: "en", Value: joinWords("unnamed", english)}); whole {
			key = graph.Fold(joinWords("unnamed", english))
		}
	case f.kind == graph.Group && f.canonicalName == "" && english != "":
		if names = append(names, graph.Name{Lang: "en", Value: english}); whole {
			key = graph.Fold(english)
		}
	}
	if key == "" {
		key = "unnamed"
	}
	f.actor = newActor(f.kind, strings.ToLower(string(f.kind))+"/"+key, names...)
}

// bodyName is the proper name at the end of an English description of a body:
// "the state-owned |Borduria Oil Company|", "security firm |Kestrel Maritime|".
func (l *linker) bodyName(f *figure, first, last int) text.Span {
	if f.kind == graph.Organization {
		start := last
		for start > first && !possessive(l.t.At(l.t.Tokens[start-1].Span)) && (l.capitalWord(start-1) || start < last && lowercaseInNames[l.t.Tokens[start-1].Fold] && l.capitalWord(start) && start-1 > first && l.capitalWord(start-2)) {
			start--
		}
		if last-start >= 2 {
			first = start
		}
	}
	s := l.t.Cover(first, last)
	if tail := l.t.At(l.t.Tokens[last-1].Span); possessive(tail) {
		s.End -= len(tail) - prefix(tail)
	}
	return s
}

// prefix is the length of a word without its genitive.
func prefix(word string) int {
	for _, s := range [...]string{"'s", "’s", "'", "’"} {
		if rest, ok := strings.CutSuffix(word, s); ok {
			return len(rest)
		}
	}
	return len(word)
}

// quantity are words before an English description that are no part of it.
var quantity = wordSet("the a an some many several one two three other another most few various all any both certain numerous dozens hundreds of")

// crowdInEnglish describes people without a name, and tells whether it says all
// that the Arabic words do: "مصادر طبية فلسطينية" are "Palestinian medical
// sources". It is empty if it does not know their noun.
func (l *linker) crowdInEnglish(f *figure) (english string, whole bool) {
	first, last := f.tokens[0], f.tokens[1]
	noun, whole := f.noun, true
	if f.number == extract.Plural && f.kind != graph.Group {
		if p := plurals(noun); len(p) > 0 {
			noun = p[0]
		}
	}
	head := first
	for head < last-1 && quantifiers[l.t.Tokens[head].Fold] {
		head++
	}
	if list, _ := l.lex.titlesAt(l.t, head, last); head > first && len(list) > 0 {
		noun = list[0].english
		if list[0].class != many {
			if p := plurals(noun); len(p) > 0 {
				noun = p[0]
			}
		}
	}
	if m := l.mention(head); noun == "" && m != nil && m.First == head && m.Form == gazetteer.ByAdjective && m.Last == last {
		if a := l.g.Adjective(l.g.State(m.Entity)); strings.HasSuffix(a, "n") || strings.HasSuffix(a, "i") {
			return a + "s", true
		}
	}
	if noun == "" {
		return "", false
	}
	var adjectives []string
	_, end := l.lex.titlesAt(l.t, head, last)
	body := f.institution != nil && f.institution.Actor != nil && f.institution.Actor.Kind != graph.State
	for i := max(end, head+1); i < last && !body; i++ {
		if m := l.mention(i); m != nil && m.Form == gazetteer.ByAdjective {
			i = max(i, m.Last-1)
			continue
		}
		a := l.crowdAdjective(i)
		if a == "" {
			whole = f.institution != nil
			break
		}
		adjectives = append(adjectives, a)
	}
	of := ""
	if e := f.institution; e != nil && e.Actor != nil {
		if of = l.g.Adjective(l.g.State(e)); e.Actor.Kind != graph.State || of == "" {
			of = graph.NameIn(e.Actor.Names, "en")
		}
	}
	return joinWords(append(append([]string{of}, adjectives...), noun)...), whole
}

// crowdAdjective is the English of the adjective at a token that agrees with the
// Arabic noun before it; "" if there is none.
func (l *linker) crowdAdjective(i int) string {
	fold := l.t.Tokens[i].Fold
	if definite(fold) != definite(l.t.Tokens[i-1].Fold) {
		return ""
	}
	for _, ending := range [...]string{"", "ون", "ين"} {
		stem, ok := strings.CutSuffix(fold, ending)
		if a := l.lex.adjective(l.g, stem); ok && a != "" {
			if !properAdjectives[a] {
				a = strings.ToLower(a)
			}
			return a
		}
	}
	return ""
}

// properAdjectives keep their capital letter.
var properAdjectives = map[string]bool{"Arab": true, "Islamic": true, "European": true, "African": true, "Asian": true, "Maghreb": true, "Gulf": true, "Kurdish": true, "Christian": true, "Jewish": true, "Shia": true, "Sunni": true, "UN": true, "Coptic": true, "Amazigh": true, "American": true, "German": true, "Israeli": true}

// namelessWords say that a source is unnamed, as its designation does anyway.
var namelessWords = wordSet("unidentified unnamed anonymous undisclosed unspecified")

// fronted writes an English description with the body or person to whom its
// noun belongs before the noun: "officials within the State Department" are "US
// Department of State officials"; "" if there is none such.
func (l *linker) fronted(first, last int) string {
	for i := first + 1; i+1 < last; i++ {
		switch l.t.Tokens[i].Fold {
		case "of", "at", "in", "within", "with", "from", "by", "on", "for":
		default:
			continue
		}
		k := i + 1
		for k < last-1 && isDeterminer(l.t.Tokens[k].Fold) {
			k++
		}
		end := k
		for end < last && (l.at[end] > 0 || l.capitalWord(end) || lowercaseInNames[l.t.Tokens[end].Fold] && end > k || l.t.Tokens[end].Kind == text.Number) {
			end++
		}
		if end < last || end == k {
			return ""
		}
		return joinWords(l.canonical(k, end), l.canonical(first, i))
	}
	return ""
}

// canonical writes English words with the canonical names of the states and
// bodies among them: "a State Department official" is a "US Department of State
// official".
func (l *linker) canonical(first, last int) string {
	var b strings.Builder
	for i := first; i < last; i++ {
		tok := &l.t.Tokens[i]
		m := l.mention(i)
		if namelessWords[tok.Fold] {
			continue
		}
		if owner := l.owners[i]; owner != "" {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(owner)
			continue
		}
		if a := l.personAt(i); a != nil && a.last <= last && (m == nil || m.Entity.Actor == nil || isPerson(m)) {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(l.personName(a, last))
			i = a.last - 1
			continue
		}
		if b.Len() > 0 && (m != nil || tok.Kind == text.Word || tok.Kind == text.Number) {
			b.WriteByte(' ')
		}
		switch {
		case m != nil && m.Entity.Actor != nil && m.First == i && m.Last <= last:
			a := l.g.Adjective(m.Entity)
			switch {
			case l.within(m, first, last): // "American Kestrel Society"
				b.WriteString(trimName(tidy(l.t.At(m.Span))))
			case m.Last-m.First == 1 && m.Form != gazetteer.ByCapital && strings.HasSuffix(tok.Fold, "s") && !strings.HasSuffix(tok.Fold, " s") && l.peopleWord(m): // "Americans", "Republicans"
				b.WriteString(tidy(l.t.At(m.Span)))
			case m.Form == gazetteer.ByCapital && l.preposed(&phrase{first: first}, i): // a place
				b.WriteString(tidy(l.t.At(m.Span)))
			case a != "" && (m.Form == gazetteer.ByAdjective || a == "US" && !l.preposed(&phrase{first: first}, i)):
				b.WriteString(a)
			case m.Last-m.First > 1 && !isCapital(l.t.At(l.t.Tokens[m.Last-1].Span)) && l.t.Tokens[m.Last-1].Fold != "administration" && l.g.Adjective(l.g.State(m.Entity)) != "": // "U.S. |intelligence| sources"
				b.WriteString(l.g.Adjective(l.g.State(m.Entity)))
				for k := m.First; k < m.Last; k++ {
					if word := l.t.At(l.t.Tokens[k].Span); l.t.Tokens[k].Kind == text.Word && !isCapital(word) {
						b.WriteString(" " + trimName(word))
					}
				}
			default:
				b.WriteString(graph.NameIn(m.Entity.Actor.Names, "en"))
			}
			i = m.Last - 1
		case tok.Kind == text.Word || tok.Kind == text.Number:
			word := trimName(tidy(l.t.At(tok.Span)))
			if l.t.Sentences[tok.Sentence].First == i && !l.proper[tok.Fold] && l.common(i, last) {
				word = strings.ToLower(word)
			}
			b.WriteString(word)
		}
	}
	return b.String()
}

// within tells whether a name is the first part of a longer one that no table
// has: a capitalised word that is no title goes on with it.
func (l *linker) within(m *gazetteer.Mention, first, last int) bool {
	if m.Last >= last || m.First < first || l.at[m.Last] > 0 || !l.capitalWord(m.Last) || l.possessedMention(m) {
		return false
	}
	list, _ := l.lex.titlesAt(l.t, m.Last, last)
	return len(list) == 0 || hasClass(list, body)
}

// peopleWord tells whether a name is a word for its people: "Russians" of a
// state, "Republicans" of a party.
func (l *linker) peopleWord(m *gazetteer.Mention) bool {
	return m.Form == gazetteer.ByAdjective || m.Entity.Actor.Kind == graph.Group && !strings.HasSuffix(graph.NameIn(m.Entity.Actor.Names, "en"), "s")
}

// common tells whether the word that begins a sentence is hardly a name: a
// known noun, a word before one in small letters, a plural that stands alone.
func (l *linker) common(token, last int) bool {
	fold := l.t.Tokens[token].Fold
	list, _ := l.lex.titlesAt(l.t, token, token+1)
	switch raw := l.t.At(l.t.Tokens[token].Span); {
	case len(list) > 0 || quantity[fold] || formerWords[fold] || isDeterminer(fold):
		return true
	case l.lex.given[fold] != 0, raw[1:] != strings.ToLower(raw[1:]), strings.HasSuffix(fold, "ish"), strings.HasSuffix(fold, "ian"), strings.HasSuffix(fold, "ese"):
		return false
	case token+1 < last:
		return !l.capitalWord(token + 1)
	}
	return strings.HasSuffix(fold, "s")
}

// personAt returns the appearance of a person that begins at a token; nil if
// there is none.
func (l *linker) personAt(token int) *appearance {
	i, ok := slices.BinarySearchFunc(l.seen, token, func(a appearance, token int) int { return cmp.Compare(a.token, token) })
	if !ok {
		return nil
	}
	return &l.seen[i]
}

// personName is the full name of a person in a description; the bare surname
// stays in a compound ("the Harte campaign").
func (l *linker) personName(a *appearance, last int) string {
	f := a.figure
	word := trimName(tidy(l.t.At(l.t.Cover(a.token, a.last))))
	compound := a.last < last && l.t.Tokens[a.last].Kind == text.Word && !notNouns[l.t.Tokens[a.last].Fold] && !possessive(l.t.At(l.t.Tokens[a.last-1].Span))
	switch {
	case compound:
		return word
	case f.entity != nil:
		return graph.NameIn(f.entity.Actor.Names, "en")
	case f.nameText != "":
		return f.nameText
	}
	return word
}

// relays finds through which outlet each attribution was said: the one that
// the grammar found, or the one named in the frame beside the source; the same
// speaker's next statements keep it.
func (l *linker) relays(order []int, who []*figure, sources []Source) {
	var last *figure
	var kept *graph.Outlet
	for _, i := range order {
		a := &l.found[i]
		o := l.relay(a)
		if o != nil && sources[i].Speaker != nil && sources[i].Speaker.Kind == graph.Organization && l.sameOutlet(o, who[i]) {
			o = nil
		}
		switch {
		case o != nil:
			sources[i].Rules = append(sources[i].Rules, "relay")
		case who[i] != nil && who[i] == last && kept != nil:
			o = kept
			sources[i].Rules = append(sources[i].Rules, "relay-kept")
		}
		sources[i].Relay = o
		if a.Within < 0 {
			last, kept = who[i], o
		}
	}
}

func (l *linker) sameOutlet(o *graph.Outlet, f *figure) bool {
	return f != nil && f.entity != nil && f.entity.Outlet != nil && f.entity.Outlet.ID == o.ID
}

// relay finds the outlet of an attribution in its relay phrase or its frame.
func (l *linker) relay(a *extract.Attribution) *graph.Outlet {
	for _, s := range []text.Span{a.Relay, a.Frame} {
		if s.IsZero() {
			continue
		}
		for k := l.firstMention(s.Start); k < len(l.names) && l.names[k].Start < s.End; k++ {
			m := &l.names[k]
			if m.Entity.Outlet == nil || !s.Contains(m.Span) || a.Source.Contains(m.Span) {
				continue
			}
			inContent := false
			for _, c := range a.Content {
				inContent = inContent || c.Overlaps(m.Span)
			}
			if !inContent {
				return m.Entity.Outlet
			}
		}
		if s == a.Relay {
			return l.g.Outlet(tidy(l.t.At(s))).Outlet
		}
	}
	return nil
}

func (l *linker) firstMention(at int) int {
	i, _ := slices.BinarySearchFunc(l.names, at, func(m gazetteer.Mention, at int) int { return cmp.Compare(m.Start, at) })
	return i
}

// held lists the offices that the text gives to the people it names.
func (l *linker) held() []Office {
	var out []Office
	for _, f := range l.figures {
		body := f.behalf
		if body == nil && f.chamber != nil {
			body = f.chamber.Actor
		}
		if f.kind != graph.Person || f.actor == nil || body == nil || f.role == "" || f.entity == nil && len(f.name) == 0 || f.former || body.Kind == graph.Person {
			continue
		}
		out = append(out, Office{graph.Held{Person: f.actor.ID, Institution: body.ID, Title: f.role, First: l.t.Published, Last: l.t.Published}, body})
	}
	return out
}
