// Package arabic is the Arabic grammar of attribution: cues from word lists
// (data/*.tsv), and rules that find source and content of each.
package arabic

import (
	"cmp"
	"slices"
	"strings"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/extract/linear"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// Grammar implements [extract.Grammar] for Arabic.
type Grammar struct{}

// Attributions implements [extract.Grammar].
func (Grammar) Attributions(t *text.Text, names []gazetteer.Mention) []extract.Attribution {
	s := newScan(t, names)
	s.findCues()
	return weigh(t, s.observe())
}

// candidate is a cue with its complement.
type candidate struct {
	cue, cueEnd int
	form        *form
	comp        complement
	rule        string
	source      source
	negated     bool
	act         graph.Act
	relay       text.Span
	// from and to are the tokens of a content that stands before the cue.
	// rest is the first token of a second part of it, or 0.
	from, to, rest int
	note           string
	// mute: it ends a content, but is no statement ("حسب رويترز" after one).
	mute bool
	// doubtful: found by a reading that is seldom right; it ends no content.
	doubtful bool
	// marks are what the rule saw that speaks for or against it, to be weighed.
	marks []string
}

// findCues collects the candidates sentence by sentence.
func (s *scan) findCues() {
	s.cueAt = make([]int, len(s.words)+1)
	for n := range s.t.Sentences {
		sen := &s.t.Sentences[n]
		if r := s.t.Paragraphs[sen.Paragraph].Role; r != text.Body && r != text.Headline {
			continue
		}
		for i := sen.First; i < sen.Last; i++ {
			if !s.promising(i) {
				continue
			}
			for _, rule := range rules {
				if c, ok := rule.find(s, i); ok {
					if n := len(s.found); n > 0 && c.comp.kind != before && s.found[n-1].comp.content == c.comp.content && !s.found[n-1].mute {
						break // two cues around one content: "وتابع قائلا"
					}
					c.rule = rule.name
					s.found = append(s.found, c)
					s.cueAt[i] = len(s.found)
					break
				}
			}
		}
	}
}

// promising tells whether any rule can begin at the token.
func (s *scan) promising(i int) bool {
	w := &s.words[i]
	if len(w.forms) > 0 || w.class&(cAccording|cTransmit|cStated|cSaying|cAct) != 0 {
		return true
	}
	switch w.bare {
	case ":", "كما", "علي", "قوله", "قولها", "قولهم", "قولهما", "بالقول", "بقوله", "بقولها", "بقولهم":
		return true
	}
	return false
}

// rule is a named function that finds a candidate at a token.
type rule struct {
	name string
	find func(*scan, int) (candidate, bool)
}

var rules = []rule{
	{"transmit", transmitRule},
	{"statedIn", statedInRule},
	{"pointer", pointerRule},
	{"relative", relativeRule},
	{"parenthesis", parenthesisRule},
	{"verb", verbRule},
	{"saying", sayingRule},
	{"participle", participleRule},
	{"noun", nounRule},
	{"according", accordingRule},
	{"headline", headlineRule},
	{"before", beforeRule},
}

// verbRule finds a finite verb with its content.
//
//	وقالت المتحدثة باسم الوزارة إن المحادثات مستمرة
func verbRule(s *scan, i int) (candidate, bool) {
	f := s.finite(i)
	if f == nil || f.first {
		return candidate{}, false
	}
	negated := s.is(i-1, cNegation)
	c := s.findComplement(i, f, s.end(i))
	if f.verb.impersonal && f.tense == imperfect && (f.gender == masculine || f.verb.lemma == "بين") && f.number == singular && c.at <= i+1 {
		if (s.clauseInitial(i) || s.isThat(i-1)) && !(s.comma(i-1) && !s.subjectAhead(i).none()) {
			return candidate{}, false
		}
	}
	if c.kind == none {
		c = s.nakedComplement(i, f)
	}
	if c.kind == none {
		return candidate{}, false
	}
	x := candidate{cue: i, cueEnd: i + 1, form: f, comp: c, negated: negated, act: f.verb.act}
	if negated && f.verb.act == graph.ActState {
		x.doubt("denied saying")
	}
	switch f.verb.lemma {
	case "نص":
		if negated {
			return candidate{}, false // a document that does not provide for it
		}
	case "رفض", "امتنع":
		if s.is(c.content, cComment) {
			x.act = graph.ActDeclineComment
		} else if f.verb.act == graph.ActDeclineComment {
			return candidate{}, false
		}
	}
	x.source = s.findSource(i, f, c)
	if c.feeling != nil {
		x.act = c.feeling.act
		if c.noun <= i+2 && (x.source.none() || x.source.first < i) {
			x.cueEnd = c.noun + 1 // أعرب عن قلقه
		}
	}
	if f.verb.impersonal && f.tense == imperfect && c.kind == object && s.clauseInitial(i) {
		return candidate{}, false // يعتبر X ثاني أكبر …
	}
	if x.source.none() && !f.verb.label && !f.suffixed {
		// within the words of another: "إنه يتوقع أن", "قبل أن يعلن أن"
		switch {
		case s.at(i-1) == "ان" && (s.at(i-2) == "قبل" || s.at(i-2) == "بعد"):
			x.doubt("before or after saying")
		case s.isThat(i-1) && !s.butHe(i-1):
			x.doubt("who is said to say")
		case s.is(i-1, cPreposition):
			return candidate{}, false
		}
	}
	if !x.source.none() && s.is(x.source.first, cThing) {
		x.doubt("thing")
	}
	if s.inSpeech(i) && (x.source.none() || c.kind != clause) {
		x.doubt("in speech")
	}
	return x, true
}

// doubt marks a candidate as found by a reading that is seldom right.
func (c *candidate) doubt(why string) {
	c.doubtful = true
	c.marks = append(c.marks, why)
}

// nakedComplement finds speech that follows a verb of saying without any
// mark, told by the first person.
//
//	وأضاف سنفتح الجسر غدا
func (s *scan) nakedComplement(i int, f *form) complement {
	if !f.verb.quoted || !f.verb.clause || f.tense == participle {
		return complement{}
	}
	limit := s.end(i)
	k := i + 1
	switch s.at(k) {
	case "لا", "لن", "لم", "ليس", "ليست":
		if k+4 < limit {
			return complement{kind: naked, at: k, content: k} // وقال لا يوجد …
		}
	}
	if (f.verb.lemma == "قال" || f.verb.lemma == "أضاف") && s.joined(i) && s.comma(k) && k+5 < limit && s.t.Tokens[k+1].Kind == text.Word && !s.is(k+1, cPreposition|cAdverb|cTime|cClause|cAuxiliary|cAccording|cRelative) && !s.adjunctPhrase(k+1) {
		return complement{kind: naked, at: k, content: k + 1} // وقال، لم يعد …
	}
	if n := s.skipAdjuncts(k, limit); n > k && n+4 < limit && s.comma(n-1) && s.is(n, cNegation) && s.at(n) != "ما" && s.at(n) != "غير" && s.at(n) != "دون" && s.at(n) != "عدم" {
		return complement{kind: naked, at: n, content: n} // وقال للصحيفة، لن يكون …
	}
	if k < limit && !s.speaksItself(k) {
		k = s.nounPhrase(k, limit)
	}
	if k > i+1 && s.dash(k) {
		if n := s.adjunct(k, limit); n > k+2 && n+4 < limit && s.dash(n-1) {
			return complement{kind: naked, at: n, content: n} // ويقول فيصل -في حديث للجزيرة نت- بهذه الحالة …
		}
	}
	if n := s.skipAdjuncts(k, limit); n > k && n+3 < limit && !s.comma(n-1) && s.speaksItself(n) {
		k = n
	}
	if k+3 >= limit || !s.speaksItself(k) {
		return complement{}
	}
	return complement{kind: naked, at: k, content: k}
}

var firstPerson = foldSet("نحن أنا إننا لقد نريد نعتقد أعتقد نأمل نطالب ندعو نرفض نؤكد نعمل نرى كنا كنت لدينا نسعى نتوقع نشكر أشكر أتمنى نتمنى نطلب نحتاج علينا قررنا بدأنا")

// speaksItself tells whether the word is in the first person: "سنفتح", "نريد".
func (s *scan) speaksItself(i int) bool {
	if i >= len(s.words) || s.t.Tokens[i].Kind != text.Word {
		return false
	}
	b := s.at(i)
	return firstPerson[b] || strings.HasPrefix(b, "سن") && len(b) >= 5*letter && s.words[i].class == 0
}

// participleRule finds a participle that goes on with the speaker of the
// clause before.
//
//	…، مؤكدا أن الاتفاق قريب
func participleRule(s *scan, i int) (candidate, bool) {
	f := s.circumstance(i)
	if f == nil {
		return candidate{}, false
	}
	if s.definite(i) || i == 0 {
		return candidate{}, false
	}
	doubt := ""
	c := s.findComplement(i, f, s.end(i))
	if c.kind == none || c.at > i+20 {
		return candidate{}, false
	}
	if c.kind != clause && i > s.start(i) && !s.comma(i-1) && s.closes(i-1) < 0 && s.t.Tokens[i-1].Kind == text.Word && (f.gender == feminine || c.at > i+1) {
		doubt = "no comma before" // مظاهرة مؤيدة ل…
		if f.number != singular || strings.HasSuffix(s.at(i-1), "ه") && f.gender == feminine && !s.definite(i-1) {
			return candidate{}, false
		}
	}
	if c.kind != clause && s.is(i-1, cVerb|cAuxiliary) {
		return candidate{}, false // سيكون مرحبا به
	}
	x := candidate{cue: i, cueEnd: i + 1, form: f, comp: c, act: f.verb.act}
	if doubt != "" {
		x.doubt(doubt)
	}
	if c.kind != clause && c.at > i+8 {
		x.doubt("far complement")
	}
	if s.inSpeech(i) {
		x.doubt("in speech")
	}
	if c.feeling != nil {
		x.act = c.feeling.act
		if c.noun <= i+2 {
			x.cueEnd = c.noun + 1
		}
	}
	return x, true
}

// Observation is an attribution before it is weighed, with the features by
// which it is kept or dropped.
type Observation struct {
	extract.Attribution
	KeepFeatures []linear.Feature
}

// Observe returns the attributions of a text before any is dropped, to train
// the weights on.
func Observe(t *text.Text, names []gazetteer.Mention) []Observation {
	s := newScan(t, names)
	s.findCues()
	return s.observe()
}

// observe turns the candidates into observations, in the order of their
// contents.
func (s *scan) observe() []Observation {
	var out []Observation
	var from []*candidate
	for n := range s.found {
		c := &s.found[n]
		if c.mute {
			continue
		}
		if a, ok := s.attribution(c); ok {
			out = append(out, Observation{Attribution: a})
			from = append(from, c)
		}
	}
	order := make([]int, len(out))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := &out[i], &out[j]
		return cmp.Or(cmp.Compare(a.Content[0].Start, b.Content[0].Start), cmp.Compare(a.Cue.Start, b.Cue.Start))
	})
	sorted := make([]Observation, 0, len(out))
	for _, i := range order {
		sorted = append(sorted, out[i])
	}
	embed(sorted)
	for n, i := range order {
		o := &sorted[n]
		o.KeepFeatures = s.keepFeatures(from[i], &o.Attribution, o.Within >= 0)
	}
	return sorted
}

// embed sets Within: the attribution whose content holds the cue. Contents
// come in order, so that those still open form a stack.
func embed(list []Observation) {
	var open []int
	for i := range list {
		a := &list[i]
		a.Within = -1
		for len(open) > 0 && list[open[len(open)-1]].Content[0].End <= a.Content[0].Start {
			open = open[:len(open)-1]
		}
		for k := len(open) - 1; k >= max(0, len(open)-16); k-- {
			if list[open[k]].Content[0].Contains(a.Cue) {
				a.Within = open[k]
				break
			}
		}
		open = append(open, i)
	}
}

// carryOn sets Continues: a participle or a verb without a subject goes on
// with the source of the attribution whose cue comes last before it, in its
// sentence or the one before, within the same content, and in the same gender.
func carryOn(t *text.Text, list []Observation) {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(list[i].Cue.Start, list[j].Cue.Start) })
	sentence := func(i int) int { return t.Tokens[t.TokenAt(list[i].Cue.Start)].Sentence }
	for n, i := range order {
		a := &list[i]
		if !a.Source.IsZero() || a.Gender == extract.AnyGender {
			continue
		}
		for m := n - 1; m >= 0 && m >= n-6; m-- {
			j := order[m]
			b := &list[j]
			if sentence(j) < sentence(i)-1 {
				break
			}
			if b.Within == a.Within && (b.Gender == extract.AnyGender || b.Gender == a.Gender) {
				a.Continues = j
				break
			}
		}
	}
}

// keepAt is the probability from which a candidate counts.
const keepAt = 0.5

// weigh drops the observations that are no attributions.
func weigh(t *text.Text, list []Observation) []extract.Attribution {
	kept := list[:0]
	model := keepModel()
	for _, o := range list {
		if len(model.Classes) > 0 {
			p := model.Probabilities(o.KeepFeatures, nil)
			o.Confidence = p[slices.Index(model.Classes, "yes")]
			if o.Confidence < keepAt {
				continue
			}
		}
		kept = append(kept, o)
	}
	embed(kept)
	carryOn(t, kept)
	out := make([]extract.Attribution, len(kept))
	for i := range kept {
		out[i] = kept[i].Attribution
	}
	return out
}

// attribution turns a candidate into an attribution.
func (s *scan) attribution(c *candidate) (extract.Attribution, bool) {
	first, end := c.from, c.to
	if c.comp.kind != before {
		first = c.comp.content
		if s.opens(first) >= 0 {
			first++
		}
		if (c.comp.kind == quoted || c.comp.kind == colon) && s.at(first) == "ان" && !s.joined(first) {
			first++ // «إن …»
		}
		if first >= len(s.words) {
			return extract.Attribution{}, false
		}
		end = s.contentEnd(first, c.comp.kind)
		if c.form != nil && c.form.verb.label && c.form.suffixed {
			for k := first; k < end; k++ {
				if s.comma(k) {
					end = k
				}
			}
		}
	}
	span := s.span(first, end, c.comp.cut)
	if span.Len() <= 0 {
		return extract.Attribution{}, false
	}
	a := extract.Attribution{
		Cue: s.t.Cover(c.cue, c.cueEnd), Continues: -1, Within: -1,
		Content: []text.Span{span}, Act: c.act, Negated: c.negated, Relay: c.relay,
		Rules: []string{c.rule}, Confidence: 0.8,
	}
	if c.note != "" {
		a.Rules = append(a.Rules, c.note)
	}
	a.Rules = append(a.Rules, c.marks...)
	if c.form != nil {
		a.Gender, a.Number = c.form.gender, c.form.number
		a.Rules = append(a.Rules, c.form.verb.lemma)
	}
	if !c.source.none() {
		a.Source = s.t.Cover(c.source.first, c.source.end)
		a.Source.Start += c.source.cut
		a.Pronoun = c.source.pronoun
	}
	switch {
	case c.rest > 0:
		if rest := s.span(c.rest, s.contentEnd(c.rest, clause), 0); rest.Len() > 0 {
			a.Content = append(a.Content, rest)
		}
	case c.comp.kind != before && c.rule != "headline" && c.rule != "noun":
		if more := s.continued(end); more.Len() > 0 {
			a.Content = append(a.Content, more)
			a.Rules = append(a.Rules, "continued")
		}
	}
	a.Quote = s.quoteType(a.Content)
	a.Clause = s.clause(&a)
	from := s.start(c.cue)
	switch at := s.t.Tokens[first].Start; {
	case c.comp.kind == before:
		a.Frame = text.Span{Start: a.Cue.Start, End: max(s.t.Tokens[s.end(c.cue)-1].End, a.Cue.End)}
	case at > s.t.Tokens[from].Start:
		a.Frame = text.Span{Start: s.t.Tokens[from].Start, End: max(at, a.Cue.End)}
	default:
		a.Frame = a.Cue
	}
	return a, true
}

// butHe tells whether the complementizer at i opens a clause of the reporter's:
// "إلا أنه قال", "سبق أن قال".
func (s *scan) butHe(i int) bool {
	switch s.at(i - 1) {
	case "الا", "غير", "بيد", "سبق", "كما":
		return true
	}
	return s.joined(i) && s.at(i) != "ان"
}
