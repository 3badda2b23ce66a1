// Package english is the English grammar of attribution: who is reported to
// have said what.
//
// The words are data (data/verbs.tsv, nouns.tsv, adjectives.tsv, words.tsv); the parts of
// speech come from package tag, mended in retag.go. Over verb groups (group.go),
// noun phrases (phrase.go), dates (time.go) and subjects (subject.go) stand the
// rules, by cue: verbs (rules.go), passives (passive.go), nouns (noun.go),
// adjectives (adjective.go),
// "according to" (according.go), embedded posts (post.go), bare
// marks (label.go). The content is what follows a cue
// (complement.go, its end in end.go), what stands before or around it
// (around.go, relative.go), or goes on without one (quotes.go). A linear model
// (candidate.go, weigh.go) weighs what the rules propose.
package english

import (
	"slices"
	"strings"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/extract/english/tag"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// Grammar implements [extract.Grammar] for English.
type Grammar struct{}

// Attributions implements [extract.Grammar].
func (Grammar) Attributions(t *text.Text, names []gazetteer.Mention) []extract.Attribution {
	f := propose(t, names)
	f.weigh()
	f.continueQuotations()
	return f.attributions()
}

// Candidate is what the rules propose, with the features by which it is
// weighed.
type Candidate struct {
	extract.Attribution
	// Features tell whether it is a statement.
	Features []string
}

// Candidates returns what the rules propose in a text, likely or not.
func Candidates(t *text.Text) []Candidate {
	f := propose(t, nil)
	var features [][]string
	kept := make([]found, 0, len(f.found))
	for k, a := range f.found {
		if slices.ContainsFunc(a.content, func(c phrase) bool { return !f.trimmed(c).IsZero() }) {
			var b bag
			f.features(k, &b)
			features = append(features, b.names)
			kept = append(kept, a)
		}
	}
	f.found = kept
	f.continueQuotations()
	out := make([]Candidate, len(f.found))
	for k, x := range f.attributions() {
		out[k] = Candidate{Attribution: x, Features: features[k]}
	}
	return out
}

// propose applies the rules.
func propose(t *text.Text, names []gazetteer.Mention) *finder {
	f := &finder{reader: newReader(t), outlets: map[int]bool{}}
	for i := range names {
		if e := names[i].Entity; e != nil && e.Outlet != nil && e.Place == nil {
			for k := names[i].First; k < names[i].Last; k++ {
				f.outlets[k] = true
			}
		}
	}
	f.apply()
	f.order()
	f.prune()
	f.merge()
	return f
}

// apply applies the rules for each kind of cue.
func (f *finder) apply() {
	for gi := range f.groups {
		f.verbCue(int32(gi))
	}
	for i := range f.Tokens {
		f.accordingTo(i)
		f.nounCue(i)
		f.adjectiveCue(i)
		f.post(i)
		f.label(i)
	}
}

// order sorts what was found by content, then cue, without the fragments of
// contents that hold nothing but marks.
func (f *finder) order() {
	f.found = slices.DeleteFunc(f.found, func(a found) bool { return len(f.said(a.content)) == 0 })
	for k := range f.found {
		f.found[k].content = f.said(f.found[k].content)
	}
	slices.SortStableFunc(f.found, func(a, b found) int {
		if a.content[0].first != b.content[0].first {
			return a.content[0].first - b.content[0].first
		}
		if d := b.content[len(b.content)-1].last - a.content[len(a.content)-1].last; d != 0 {
			return d
		}
		return a.cue.first - b.cue.first
	})
}

// prune drops what two rules found by the same cue, and nouns that only name
// the source of another cue: "according to a report from Geneva that ...".
func (f *finder) prune() {
	cues, sources := map[int]bool{}, map[int]bool{}
	for k := range f.found {
		for i := f.found[k].source.first; i < f.found[k].source.last; i++ {
			sources[i] = true
		}
	}
	f.found = slices.DeleteFunc(f.found, func(a found) bool {
		if cues[a.cue.first] || strings.HasPrefix(a.rules[0], "noun cue") && sources[a.cue.first] {
			return true
		}
		cues[a.cue.first] = true
		return false
	})
}

// merge joins what is one statement in two cues: an agency that relays it
// ("The bridge is closed, the mayor said, Reuters reported"), and a hope or a
// belief that its own holder reports ("he said he hoped ...").
func (f *finder) merge() {
	drop := make([]bool, len(f.found))
	for k := range f.found {
		a := &f.found[k]
		if len(a.content) == 0 || a.quoted {
			continue
		}
		for m := k + 1; m < len(f.found) && m < k+6; m++ {
			b := &f.found[m]
			if b.sentence != a.sentence || !within(a.content, b.cue.first) {
				continue
			}
			switch {
			case a.before && b.source.first >= a.content[0].first && b.before && f.publishes(a.source):
				if b.relay.none() {
					b.relay = a.source
				}
				drop[k] = true
			case !b.before && b.source.first <= a.content[0].first+1 && f.reportsWords(b) && f.publishes(a.source):
				if b.relay.none() {
					b.relay = a.source
				}
				drop[k] = true
			case !a.before && b.group >= 0 && f.holdsBelief(b) && b.source.first == a.content[0].first && f.isPronoun(b.source):
				drop[m] = true
				if b.act != graph.ActState {
					a.act = b.act
				}
			}
		}
	}
	n := 0
	f.found = slices.DeleteFunc(f.found, func(found) bool { n++; return drop[n-1] })
}

func (f *finder) isPronoun(p phrase) bool {
	ok, _, _ := f.pronoun(p)
	return ok
}

// publishes tells whether a noun phrase names a newspaper, an agency or a
// broadcaster, by its words or by the names found.
func (f *finder) publishes(p phrase) bool {
	for i := p.first; i < p.last; i++ {
		if f.outlets[i] {
			return true
		}
	}
	head := f.nounPhraseFrom(p.first, p.last) - 1
	for i := p.first; i < p.last; i++ {
		if f.is(i, mediaNoun) && (i == head || f.tag(i) == tag.Name) {
			return true // "the newspaper", "the New York Times", but not "a TV speech"
		}
	}
	return false
}

// reportsWords tells whether a cue reports what somebody said, or called
// something.
func (f *finder) reportsWords(a *found) bool {
	if a.group < 0 {
		return false
	}
	v := f.lex.verbs[f.word(f.groups[a.group].head)]
	return v != nil && !f.holdsBelief(a) && (v.has(quote) != nil || v.has(small) != nil || v.has(tell) != nil)
}

// holdsBelief tells whether a cue tells of a thought, not of words.
func (f *finder) holdsBelief(a *found) bool {
	v := f.lex.verbs[f.word(f.groups[a.group].head)]
	if v == nil {
		return false
	}
	switch v.lemma {
	case "hope", "believe", "think", "fear", "expect", "feel", "doubt", "worry", "suspect", "consider":
		return true
	}
	return false
}

// attributions turns tokens into spans.
func (f *finder) attributions() []extract.Attribution {
	out := make([]extract.Attribution, 0, len(f.found))
	index := make([]int, len(f.found))
	for k := range f.found {
		a := &f.found[k]
		index[k] = -1
		x := extract.Attribution{
			Cue: f.span(a.cue), Act: a.act, Negated: a.negated, Continues: -1, Within: -1,
			Rules: a.rules, Confidence: a.confidence, Relay: f.span(a.relay),
		}
		for _, c := range a.content {
			if s := f.trimmed(c); !s.IsZero() {
				x.Content = append(x.Content, s)
			}
		}
		if len(x.Content) == 0 {
			continue
		}
		x.Quote = f.quoteType(x.Content)
		x.Clause = f.clause(a)
		if slices.Contains(a.rules, "refusal to speak") {
			x.Act = graph.ActDeclineComment
		}
		x.Source = f.sourceSpan(a.source)
		if x.Relay.IsZero() && f.publishes(a.listener) && !f.is(a.listener.first, listener) {
			x.Relay = f.span(a.listener)
		}
		if ok, gender, number := f.pronoun(a.source); ok {
			x.Pronoun, x.Gender, x.Number = true, gender, number
		}
		x.Frame = f.frame(a)
		index[k] = len(out)
		out = append(out, x)
	}
	f.relate(out, index)
	return out
}

// relate tells which attribution goes on with the source of which, and which
// stands within the content of which.
func (f *finder) relate(out []extract.Attribution, index []int) {
	type key struct {
		sentence int
		source   phrase
	}
	first := map[key]int{}
	for k := range f.found {
		a := &f.found[k]
		if index[k] < 0 {
			continue
		}
		of := key{a.sentence, a.source}
		if m, ok := first[of]; ok && a.dropped {
			out[index[k]].Continues = m
		} else if !ok && !a.dropped {
			first[of] = index[k]
		}
	}
	// The innermost content around a cue: contents are in order, so a stack
	// of the open ones is enough.
	var open []int
	for i := range out {
		for len(open) > 0 && end(&out[open[len(open)-1]]) <= out[i].Content[0].Start {
			open = open[:len(open)-1]
		}
		for j := len(open) - 1; j >= max(0, len(open)-16); j-- {
			if o := &out[open[j]]; slices.ContainsFunc(o.Content, func(s text.Span) bool { return s.Contains(out[i].Cue) }) {
				out[i].Within = open[j]
				break
			}
		}
		open = append(open, i)
	}
}

func end(a *extract.Attribution) int { return a.Content[len(a.Content)-1].End }

func (f *finder) span(p phrase) text.Span {
	if p.none() {
		return text.Span{}
	}
	return f.Cover(p.first, p.last)
}

// sourceSpan is the span of a source, without a possessive or contracted
// clitic at its end.
func (f *finder) sourceSpan(p phrase) text.Span {
	s := f.span(p)
	if s.IsZero() {
		return s
	}
	last := p.last - 1
	if f.isApostrophe(last) {
		return f.Cover(p.first, last)
	}
	if f.possessive(last) || f.tag(last) == tag.Contraction {
		raw := f.At(f.Tokens[last].Span)
		for i := 1; i < len(raw); i++ {
			if raw[i] == '\'' || raw[i:] != "" && len(raw)-i >= 3 && raw[i:i+3] == "’" {
				s.End = f.Tokens[last].Start + i
				break
			}
		}
	}
	return s
}

// said returns the fragments of a content that hold more than marks.
func (f *finder) said(content []phrase) []phrase {
	blank := func(c phrase) bool { return f.trimmed(c).IsZero() }
	if !slices.ContainsFunc(content, blank) {
		return content
	}
	return slices.DeleteFunc(slices.Clone(content), blank)
}

// trimmed is the span of a content without marks and punctuation at its
// edges.
func (f *finder) trimmed(p phrase) text.Span {
	for p.first < p.last && f.edgeMark(p.first, true) {
		p.first++
	}
	for p.first < p.last && f.edgeMark(p.last-1, false) {
		p.last--
	}
	return f.span(p)
}

func (f *finder) edgeMark(i int, left bool) bool {
	t := &f.Tokens[i]
	switch t.Kind {
	case text.Mark:
		return true
	case text.Punct:
		switch t.Fold {
		case ",", ".", ";", ":", "—", "–", "-":
			return true
		case "?", "!", "…", ")":
			return left
		}
	}
	return false
}

// quoteType tells how much of the contents stands in quotation marks.
func (f *finder) quoteType(contents []text.Span) graph.QuoteType {
	in, out := false, false
	for _, s := range contents {
		for i := f.TokenAt(s.Start); i < len(f.Tokens) && f.Tokens[i].Start < s.End; i++ {
			if f.Tokens[i].Kind == text.Punct || f.Tokens[i].Kind == text.Mark {
				continue
			}
			if f.Tokens[i].Quote >= 0 {
				in = true
			} else {
				out = true
			}
		}
	}
	switch {
	case in && out:
		return graph.Mixed
	case in:
		return graph.Direct
	}
	return graph.Indirect
}

// frame is the clause around a cue without the content.
func (f *finder) frame(a *found) text.Span {
	s := &f.Sentences[a.sentence]
	first, last := s.First, s.Last
	for _, c := range a.content {
		if c.last <= a.cue.first && c.last > first {
			first = c.last
		}
		if c.first >= a.cue.last && c.first < last {
			last = c.first
		}
	}
	first, last = max(first, a.cue.first-window), min(last, a.cue.last+window)
	return f.Cover(first, last)
}
