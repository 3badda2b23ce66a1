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
// duran"): the same name in two articles is one actor until a person says
// otherwise, and the English name of a gazetteer's person gives the same key.
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
		f.actor = newActor(graph.Person, "person/"+graph.Fold(f.nameText), graph.Name{Lang: l.t.Lang, Value: f.nameText})
	default:
		l.finishDescribed(f)
		if f.kind == graph.Organization && f.behalf == nil && public[f.noun] {
			if s := l.stateOfText(f.tokens[0]); s != nil {
				f.behalf = s.Actor
			}
		}
	}
	switch {
	case f.behalf == nil && f.person() || f.kind == graph.Anonymous:
		f.behalf = l.behalf(f)
		if f.behalf == nil && f.noun == "official" {
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

// public are the kinds of body that belong to a state.
var public = map[string]bool{"ministry": true, "army": true, "government": true, "police": true, "embassy": true, "presidency": true, "court": true}

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
		return nil
	}
	e := f.institution
	for k := 0; e == nil && k < len(f.phrases); k++ {
		p := &f.phrases[k]
		switch {
		case p.pattern != "":
			state := p.state
			if state == nil {
				state = l.stateOfText(p.first)
			}
			e = l.g.Institution(p.pattern, state)
		case p.title.class == stateHead && f.entity == nil:
			e = l.stateOfText(p.first)
		}
	}
	if f.entity != nil && (e == nil || l.t.Published != "" && e.Actor != nil && e.Actor.Kind == graph.State && !f.leads()) {
		if office := f.entity.OfficeOn(l.t.Published); office != nil {
			e = office
		}
	}
	switch {
	case e != nil && e.Actor != nil:
		return e.Actor
	case f.body != "":
		return l.learnedBody(f.body)
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
// the text gives it.
func (l *linker) learnedBody(name string) *graph.Actor {
	name = strings.TrimSpace(name)
	key := "org/" + graph.Fold(name)
	if a := l.bodies[key]; a != nil {
		return a
	}
	names := []graph.Name{{Lang: l.t.Lang, Value: name}}
	if l.arabic {
		if english := englishBody(l.g, l.lex, name); english != "" {
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
	name := "unnamed " + f.noun
	first, last := f.tokens[0], f.tokens[1]
	for first < last-1 && quantity[l.t.Tokens[first].Fold] {
		first++
	}
	if !l.arabic && last-first > 1 {
		name = l.canonical(first, last)
	}
	if f.of != nil {
		l.finish(f.of)
		owner := f.of.actor
		if (f.of.person() || f.of.kind == graph.Anonymous) && f.of.behalf != nil {
			owner = f.of.behalf
		}
		if l.arabic || last-first <= 1 {
			name = graph.NameIn(owner.Names, "en") + " " + f.noun
		}
		f.behalf = owner
	} else if f.institution != nil && f.institution.Actor != nil {
		f.behalf = f.institution.Actor
	}
	names := []graph.Name{{Lang: "en", Value: name}}
	if l.arabic {
		names = append(names, graph.Name{Lang: "ar", Value: f.nameText})
	}
	f.actor = newActor(graph.Document, "document/"+graph.Fold(name), names...)
}

// finishDescribed names a source that has no name: "unnamed Ruritanian
// officials", or, for one who speaks by an office, its description.
func (l *linker) finishDescribed(f *figure) {
	first, last := f.tokens[0], f.tokens[1]
	for !l.arabic && first < last-1 && quantity[l.t.Tokens[first].Fold] && !notNouns[l.t.Tokens[first+1].Fold] {
		first++
	}
	name := f.nameText
	switch {
	case l.arabic:
	case f.kind == graph.Group && f.institution != nil:
		name = l.canonical(first, last)
	default:
		name = tidy(l.t.At(l.bodyName(f, first, last)))
	}
	if f.canonicalName != "" && !l.arabic {
		name = f.canonicalName
	}
	names := []graph.Name{{Lang: l.t.Lang, Value: name}}
	key := graph.Fold(name)
	if f.canonicalName != "" && l.arabic {
		key = graph.Fold(f.canonicalName)
		names = append(names, graph.Name{Lang: "en", Value: f.canonicalName})
	}
	if f.kind == graph.Organization && l.arabic && f.canonicalName == "" {
		f.actor = l.learnedBody(name)
		return
	}
	if f.kind == graph.Anonymous {
		english := l.unnamed(f, first, last)
		key = graph.Fold(english)
		if l.arabic {
			names = append(names, graph.Name{Lang: "en", Value: english})
		} else {
			names[0].Value = english
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
		for start > first && l.capitalWord(start-1) && !possessive(l.t.At(l.t.Tokens[start-1].Span)) {
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

// unnamed describes an unnamed source in English: "unnamed US official", with
// the canonical names of states and bodies: "a State Department official" is an
// "unnamed US Department of State official".
func (l *linker) unnamed(f *figure, first, last int) string {
	if l.arabic {
		noun := f.noun
		if f.number == extract.Plural {
			if p := plurals(noun); len(p) > 0 {
				noun = p[0]
			}
		}
		of := ""
		if e := f.institution; e != nil && e.Actor != nil {
			if of = l.g.Adjective(l.g.State(e)); e.Actor.Kind != graph.State || of == "" {
				of = graph.NameIn(e.Actor.Names, "en")
			}
		}
		return strings.Join(strings.Fields("unnamed "+of+" "+noun), " ")
	}
	if f.noun == "official" && f.institution == nil {
		if a := l.g.Adjective(l.stateOfText(first)); a != "" {
			return "unnamed " + a + " " + l.canonical(first, last)
		}
	}
	return "unnamed " + l.canonical(first, last)
}

// canonical writes English words with the canonical names of the states and
// bodies among them: "a State Department official" is a "US Department of State
// official".
func (l *linker) canonical(first, last int) string {
	var b strings.Builder
	for i := first; i < last; i++ {
		tok := &l.t.Tokens[i]
		m := l.mention(i)
		if b.Len() > 0 && (m != nil || tok.Kind == text.Word || tok.Kind == text.Number) {
			b.WriteByte(' ')
		}
		switch {
		case m != nil && m.Entity.Actor != nil && m.First == i && m.Last <= last:
			a := l.g.Adjective(m.Entity)
			switch {
			case m.Form == gazetteer.ByCapital && l.preposed(&phrase{first: first}, i): // a place
				b.WriteString(tidy(l.t.At(m.Span)))
			case a != "" && (m.Form == gazetteer.ByAdjective || a == "US" && !l.preposed(&phrase{first: first}, i)):
				b.WriteString(a)
			case m.Last-m.First > 1 && !isCapital(l.t.At(l.t.Tokens[m.Last-1].Span)) && l.g.Adjective(l.g.State(m.Entity)) != "": // "U.S. |intelligence| sources"
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
			word := tidy(l.t.At(tok.Span))
			if l.t.Sentences[tok.Sentence].First == i && !l.proper[tok.Fold] {
				word = strings.ToLower(word)
			}
			b.WriteString(word)
		}
	}
	return b.String()
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
func (l *linker) held() []graph.Held {
	var out []graph.Held
	for _, f := range l.figures {
		if f.kind != graph.Person || f.actor == nil || f.behalf == nil || f.role == "" || f.entity == nil && len(f.name) == 0 || f.former || f.behalf.Kind == graph.Person {
			continue
		}
		out = append(out, graph.Held{Person: f.actor.ID, Institution: f.behalf.ID, Title: f.role, First: l.t.Published, Last: l.t.Published})
	}
	return out
}
