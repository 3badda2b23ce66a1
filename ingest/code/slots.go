package code

import (
	"slices"
	"strings"

	"mawqif/graph"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// objectsMax bounds the objects of one issue: of "the forces of A, B, C and D"
// the first two, as readers do who code at most two positions.
const objectsMax = 2

// objects returns the actors that fill the object of an issue: those whose
// forces the content names, if it is about forces; else the one that the
// pattern names; else the first target.
func (a *article) objects(s *statement, t *theme) []*graph.Actor {
	i := a.book.issues[t.issue]
	if !i.object {
		return nil
	}
	if i.forces && t.inside > 0 {
		if list := a.forces(s); len(list) > 0 {
			return list
		}
	}
	if t.proof != nil && t.proof.object >= 0 {
		return []*graph.Actor{a.reading.mentions[t.proof.object].Entity.Actor}
	}
	if len(s.targets) > 0 {
		return []*graph.Actor{s.targets[0].Actor}
	}
	return nil
}

// forces returns whose forces a content is about: those it names, "our forces"
// included; else those of the topic put before the cue, to which a pronoun in
// the content goes back: "As for the Russian troops, he said they may stay."
func (a *article) forces(s *statement) []*graph.Actor {
	var list []*graph.Actor
	add := func(actor *graph.Actor) {
		if actor != nil && len(list) < objectsMax && !slices.ContainsFunc(list, func(o *graph.Actor) bool { return o.ID == actor.ID }) {
			list = append(list, actor)
		}
	}
	named := func(word int32) {
		if m := a.reading.mention[word]; m >= 0 && a.reading.mentions[m].Form == gazetteer.ByForces {
			add(a.reading.mentions[m].Entity.Actor)
		}
	}
	for _, w := range s.words {
		for i := w.first; i < w.last; i++ {
			named(i)
			if a.ourForces(i) {
				add(a.ownState(s))
			}
		}
	}
	if len(list) > 0 || len(s.words) == 0 {
		return list
	}
	for i := s.frame.first; i < min(s.frame.last, s.words[0].first); i++ {
		if !s.holds(i) && !s.Source.Overlaps(a.reading.t.Tokens[a.reading.token[i]].Span) {
			named(i)
		}
	}
	return list
}

// troops are words for forces, with which a possessive says whose they are.
var troops = map[string][]string{
	"en": {"forces", "troops", "soldiers", "army", "military"},
	"ar": {"قواتنا", "جنودنا", "جيشنا", "عسكريينا"},
}

// ourForces tells whether a word ends "our forces".
func (a *article) ourForces(word int32) bool {
	r := a.reading
	token := r.t.Tokens[r.token[word]].Fold
	if a.language.name == "ar" {
		return slices.Contains(troops["ar"], strings.TrimLeft(token, "وفبل"))
	}
	return slices.Contains(troops[a.language.name], token) && word > 0 && r.t.Tokens[r.token[word-1]].Fold == "our"
}

// ownState returns the state for which the source of a statement speaks, nil
// if the article tells of none.
func (a *article) ownState(s *statement) *graph.Actor {
	for _, actor := range []*graph.Actor{s.source.OnBehalfOf, s.source.Speaker} {
		if actor == nil {
			continue
		}
		if actor.Kind == graph.State {
			return actor
		}
		for _, whole := range actor.PartOf {
			if i, ok := a.index[whole]; ok && a.actors[i].Kind == graph.State {
				return a.actors[i].Actor
			}
		}
	}
	return nil
}

// place returns the place of an issue: the located place of the content that
// the pattern names or that is nearest to it, else where the article is set.
// The land of an object is not where its forces are.
func (a *article) place(s *statement, t *theme, objects []*graph.Actor) *graph.Place {
	if t.proof == nil {
		return nil
	}
	own := func(m int32) bool {
		actor := a.reading.mentions[m].Entity.Actor
		return actor != nil && slices.ContainsFunc(objects, func(o *graph.Actor) bool { return o.ID == actor.ID })
	}
	if m := t.proof.place; m >= 0 && !own(m) && a.located(m) {
		return a.reading.mentions[m].Entity.Place
	}
	var best *graph.Place
	near := int32(1 << 30)
	for _, w := range s.words {
		for i := w.first; i < w.last; i++ {
			if m := a.reading.mention[i]; m >= 0 && !own(m) && a.located(m) {
				if d := max(t.proof.first-i, i-t.proof.last); d < near {
					near, best = d, a.reading.mentions[m].Entity.Place
				}
			}
		}
	}
	if best == nil {
		best = a.setting
	}
	return best
}

// findPlaces returns where a content is about: the places that it locates
// something in, else those of its positions, else those that it names in
// whatever way.
func (a *article) findPlaces(s *statement, positions []Position) []*graph.Place {
	list := a.placesOf(s, a.located)
	for i := 0; i < len(positions) && len(list) == 0; i++ {
		if p := positions[i].Place; p != nil {
			list = append(list, p)
		}
	}
	if len(list) == 0 {
		list = a.placesOf(s, func(m int32) bool { return a.reading.mentions[m].Entity.Place != nil })
	}
	return list
}

// placesOf returns the places of a content whose mentions are taken.
func (a *article) placesOf(s *statement, take func(mention int32) bool) []*graph.Place {
	var list []*graph.Place
	for _, w := range s.words {
		for i := w.first; i < w.last; i++ {
			m := a.reading.mention[i]
			if m < 0 || len(list) == placesMax || !take(m) {
				continue
			}
			p := a.reading.mentions[m].Entity.Place
			if !slices.ContainsFunc(list, func(o *graph.Place) bool { return o.ID == p.ID }) {
				list = append(list, p)
			}
		}
	}
	return list
}

// lands are words after, or before, which an adjective names a place: "Syrian
// territory".
var lands = map[string]map[string]bool{
	"en": {"territory": true, "territories": true, "soil": true, "land": true, "lands": true, "waters": true, "airspace": true, "border": true, "borders": true, "city": true, "town": true, "coast": true},
	"ar": {"اراضي": true, "ارض": true, "تراب": true, "مياه": true, "اجواء": true, "حدود": true, "مدينه": true, "بلده": true, "ساحل": true, "ساحه": true, "شمال": true, "جنوب": true, "شرق": true, "غرب": true},
}

// locatives are words before which a name is a place, not an actor.
var locatives = map[string]map[string]bool{
	"en": {"in": true, "at": true, "from": true, "into": true, "to": true, "inside": true, "within": true, "across": true, "near": true, "around": true, "throughout": true, "outside": true, "northern": true, "southern": true, "eastern": true, "western": true, "northeastern": true, "northwestern": true, "southeastern": true, "southwestern": true, "central": true, "leave": true, "enter": true, "over": true},
	"ar": {"في": true, "من": true, "الي": true, "داخل": true, "خارج": true, "شمال": true, "جنوب": true, "شرق": true, "غرب": true, "وسط": true, "شمالي": true, "جنوبي": true, "شرقي": true, "غربي": true, "انحاء": true, "عبر": true, "قرب": true, "مدينه": true, "بلده": true, "محافظه": true, "منطقه": true, "ريف": true, "اقليم": true, "قطاع": true, "نحو": true},
}

// located tells whether a mention names a place as one: a place that is no
// actor; the name of a state or a capital after a word of place; an adjective
// with a word for land.
func (a *article) located(m int32) bool {
	mention := &a.reading.mentions[m]
	if mention.Entity.Place == nil || mention.Form == gazetteer.ByForces || mention.Form == gazetteer.ByLeader {
		return false
	}
	t, lang := a.reading.t, a.language.name
	neighbour := func(at int) string {
		if at < 0 || at >= len(t.Tokens) || t.Tokens[at].Kind != text.Word || t.Tokens[at].Sentence != t.Tokens[mention.First].Sentence {
			return ""
		}
		return t.Tokens[at].Fold
	}
	if mention.Form == gazetteer.ByAdjective {
		if lang == "ar" {
			return lands[lang][unattached(neighbour(mention.First-1))]
		}
		return lands[lang][neighbour(mention.Last)]
	}
	if mention.Entity.Actor == nil && mention.Form == gazetteer.ByName {
		return true
	}
	before := neighbour(mention.First - 1)
	if lang == "en" && before == "the" {
		before = neighbour(mention.First - 2)
	}
	if locatives[lang][unattached(before)] || locatives[lang][before] {
		return true
	}
	// An attached "in" or "to" stands before the name in its first token.
	return lang == "ar" && strings.HasSuffix(graph.Fold(t.Raw[t.Tokens[mention.First].Start:mention.Start]), "ب")
}

// unattached takes the particles and the article off an Arabic word.
func unattached(fold string) string {
	for _, p := range []string{"وال", "بال", "فال", "كال", "لل", "ال"} {
		if rest, ok := strings.CutPrefix(fold, p); ok && len(rest) > 4 {
			return rest
		}
	}
	return fold
}

// findSetting returns where an article is set: the place that it locates
// things in most often, the first of equals.
func (a *article) findSetting() *graph.Place {
	counts := map[graph.ID]int{}
	var best *graph.Place
	for m := range a.reading.mentions {
		if !a.located(int32(m)) {
			continue
		}
		p := a.reading.mentions[m].Entity.Place
		counts[p.ID]++
		if best == nil || counts[p.ID] > counts[best.ID] {
			best = p
		}
	}
	return best
}
