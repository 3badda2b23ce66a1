package code

import (
	"slices"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/link"
	"mawqif/ingest/text"
)

const (
	targetsMax   = 4
	positionsMax = 2
	placesMax    = 3
)

// Code codes the attributions of a text, one coding for each.
func (c *Codebook) Code(t *text.Text, found []extract.Attribution, linked link.Linked) []Coding {
	codings := make([]Coding, len(found))
	l := c.languages[t.Lang]
	if l == nil {
		for i := range found {
			codings[i].Act = found[i].Act
		}
		return codings
	}
	r := l.matcher.read(t, linked.Mentions)
	a := &article{book: c, language: l, reading: r, hits: l.matcher.hits(r)}
	for i := range found {
		codings[i] = a.code(&found[i], &linked.Sources[i])
	}
	return codings
}

// article is a text with what the patterns found in it.
type article struct {
	book     *Codebook
	language *language
	reading  *reading
	hits     []hit
}

// statement is one attribution of an article.
type statement struct {
	*extract.Attribution
	source   *link.Source
	words    []stretch
	evidence []evidence
	counts   [kinds]int
	act      graph.Act
}

func (a *article) code(f *extract.Attribution, source *link.Source) Coding {
	s := &statement{Attribution: f, source: source, words: a.reading.stretches(f.Content), act: f.Act}
	for _, w := range s.words {
		s.evidence = a.language.evidence(a.reading, a.hits, w, s.evidence)
		for _, h := range within(a.hits, w) {
			s.counts[a.language.kind(h.part)]++
		}
	}
	coding := Coding{Act: s.act}
	coding.Targets = a.targets(s)
	coding.Positions = a.positions(s, coding.Targets)
	coding.Places = a.places(s)
	return coding
}

// mentions returns the mentions in the content, in its order.
func (a *article) mentions(s *statement) []*gazetteer.Mention {
	var list []*gazetteer.Mention
	r := a.reading
	for _, w := range s.words {
		last := int32(-1)
		for i := w.first; i < w.last; i++ {
			if m := r.mention[i]; m >= 0 && m != last {
				list = append(list, &r.mentions[m])
				last = m
			}
		}
	}
	return list
}

func (a *article) targets(s *statement) []Target {
	var list []Target
	for _, m := range a.mentions(s) {
		actor := m.Entity.Actor
		if actor == nil || s.own(actor) || slices.ContainsFunc(list, func(t Target) bool { return t.Actor.ID == actor.ID }) {
			continue
		}
		if len(list) < targetsMax {
			list = append(list, Target{Actor: actor, Mention: m.Span, Stance: stanceOf(s.act)})
		}
	}
	return list
}

// own tells whether an actor is the speaker or whom it speaks for.
func (s *statement) own(a *graph.Actor) bool {
	return s.source.Speaker != nil && s.source.Speaker.ID == a.ID ||
		s.source.OnBehalfOf != nil && s.source.OnBehalfOf.ID == a.ID
}

func stanceOf(act graph.Act) int8 {
	switch act {
	case graph.ActAccuse, graph.ActReject, graph.ActThreaten, graph.ActWarn:
		return -1
	case graph.ActSupport, graph.ActAgree:
		return 1
	}
	return 0
}

func (a *article) positions(s *statement, targets []Target) []Position {
	type candidate struct {
		issue     int32
		score     int
		agreement int
		e         *evidence
	}
	var list []candidate
	for k := range s.evidence {
		e := &s.evidence[k]
		at := slices.IndexFunc(list, func(c candidate) bool { return c.issue == e.issue })
		if at < 0 {
			at = len(list)
			list = append(list, candidate{issue: e.issue, e: e})
		}
		list[at].score += 1 + int(e.last-e.first)
		list[at].agreement += int(e.polarity)
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return b.score - a.score })
	var out []Position
	for _, c := range list[:min(len(list), positionsMax)] {
		i := a.book.issues[c.issue]
		p := Position{Issue: &i.node, Agreement: int8(min(1, max(-1, c.agreement)))}
		if c.agreement == 0 {
			switch {
			case i.nature == Charge || i.nature == Aim:
				p.Agreement = 1
			case s.act == graph.ActAccuse || s.act == graph.ActReject || s.act == graph.ActWarn:
				p.Agreement = -1
			}
		}
		if i.object && len(targets) > 0 {
			p.Object = targets[0].Actor
		}
		if c.e.object >= 0 {
			p.Object = a.reading.mentions[c.e.object].Entity.Actor
		}
		out = append(out, p)
	}
	return out
}

func (a *article) places(s *statement) []*graph.Place {
	var list []*graph.Place
	for _, m := range a.mentions(s) {
		if p := m.Entity.Place; p != nil && len(list) < placesMax &&
			!slices.ContainsFunc(list, func(o *graph.Place) bool { return o.ID == p.ID }) {
			list = append(list, p)
		}
	}
	return list
}
