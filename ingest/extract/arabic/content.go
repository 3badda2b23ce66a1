package arabic

import (
	"slices"
	"strings"

	"mawqif/graph"
	"mawqif/ingest/text"
)

// contentEnd returns the token after the content that begins at first.
//
// A quotation ends it, if nothing but punctuation or the reporter's words
// follow; else the end of the sentence, a participle or coordinated verb that
// is a cue of its own ("، مشيرا إلى", "وأضاف"), or a remark of the reporter
// ("في إشارة إلى", "على حد قوله").
func (s *scan) contentEnd(first int, k kind) int {
	limit := s.end(first)
	i := first
	lead := first - 1
	if lead > 0 && s.at(lead) == "ان" {
		lead--
	}
	if q := s.opens(lead); q >= 0 && !s.t.Quotes[q].Broken {
		n := s.afterQuote(q)
		if n > first {
			if s.ended(n) {
				return n - 1
			}
			i, limit = n, s.end(n-1)
		}
	}
	for i < limit {
		if i > first && (s.ends(i) || s.turns(i) || (k == object || k == phrase) && s.leaves(i)) {
			return s.trim(first, i)
		}
		if q := s.opens(i); q >= 0 && !s.t.Quotes[q].Broken {
			n := max(s.afterQuote(q), i+1)
			if n > limit {
				limit = s.end(n - 1)
			}
			i = n
			continue
		}
		if n := s.skip(i, limit); n > i {
			i = n
			continue
		}
		i++
	}
	return s.trim(first, limit)
}

// ended tells whether a quotation that closed before token n is all of the
// content: nothing, punctuation, or the reporter's words follow.
func (s *scan) ended(n int) bool {
	if n >= len(s.words) || n == s.start(n) {
		return true
	}
	if s.t.Tokens[n].Kind == text.Punct {
		if s.comma(n) && n+1 < s.end(n) && !s.ends(n) && !s.ends(n+1) && !s.is(n+1, cClause|cAccording) && !s.coordinatedVerb(n+1) {
			return false // the sentence goes on in the reporter's rendering
		}
		return s.at(n) != "(" && s.at(n) != "["
	}
	return s.ends(n) || s.is(n, cClause)
}

// coordinatedVerb tells whether the word looks like و with a verb in the
// imperfect: "وتنفذ".
func (s *scan) coordinatedVerb(i int) bool {
	rest, ok := strings.CutPrefix(s.t.Tokens[i].Fold, "و")
	if !ok || len(rest) < 4*letter || s.lex.classes[rest] != 0 || verbalNoun(rest) {
		return false
	}
	return strings.HasPrefix(rest, "ت") || strings.HasPrefix(rest, "ي")
}

// narrates tells whether the word, after a comma, is و with a verb, so that a
// noun phrase has ended: "، وتضمنت بنوده".
func (s *scan) narrates(i int) bool {
	if s.coordinatedVerb(i) {
		return true
	}
	rest, ok := strings.CutPrefix(s.t.Tokens[i].Fold, "و")
	if !ok || len(rest) < 4*letter || s.lex.classes[rest]&^cVerb != 0 || strings.HasSuffix(rest, "ات") {
		return false
	}
	return s.lex.classes[rest]&cVerb != 0 || strings.HasSuffix(rest, "ت")
}

// leaves tells whether a content that is a noun phrase ends before token i: a
// clause of its own begins there.
func (s *scan) leaves(i int) bool {
	if n := s.cueAt[i]; n > 0 {
		if c := &s.found[n-1]; c.form != nil && !c.doubtful && c.form.tense != participle && c.comp.kind == clause && c.source.first > i && !s.is(i-1, cRelative) {
			return true // a sentence of its own, with no comma before
		}
	}
	if !s.comma(i - 1) {
		switch s.at(i) {
		case "وسط", "رغم":
			return !s.joined(i)
		case "علي":
			return s.at(i+1) == "اثر" || s.at(i+1) == "خلفيه"
		}
		return false
	}
	switch s.at(i) {
	case "لكن", "ولكن", "لكنه", "لكنها", "لكنهم", "فيما", "بينما", "ثم", "بعدما":
		return true
	case "الا", "غير", "بيد", "بعد":
		return s.at(i+1) == "ان"
	}
	if s.is(i, cVerb) && !s.joined(i) && !s.is(i, cNoun) {
		return true
	}
	if s.joined(i) && !s.is(i, cNoun|cPreposition) && s.finite(i) != nil {
		return true
	}
	return s.narrates(i)
}

// turns tells whether, after a comma, the reporter turns to another source
// before token i: "، غير أن المعارضة تقول …", "، وفي بيان آخر قالت …".
func (s *scan) turns(i int) bool {
	if !s.comma(i-1) || s.outermost(i) >= 0 {
		return false
	}
	switch s.at(i) {
	case "الا", "غير", "بيد", "لكن", "ولكن", "بينما", "فيما", "اما", "لذلك", "لذا", "لهذا", "بالتالي", "هكذا", "بدوره", "بدورها":
	case "في":
		if s.at(i+1) != "حين" && s.at(i+1) != "وقت" && s.at(i+1) != "المقابل" && !s.joined(i) {
			return false
		}
	default:
		if !s.joined(i) || !s.is(i, cPreposition) {
			return false
		}
	}
	for k := i + 1; k < len(s.words) && k < i+14 && !s.comma(k) && s.t.Tokens[k].Sentence == s.t.Tokens[i].Sentence; k++ {
		if n := s.cueAt[k]; n > 0 {
			c := &s.found[n-1]
			return c.form != nil && !c.doubtful && c.form.tense != participle && !c.source.none() && !s.is(k-1, cRelative) && s.outermost(k) < 0
		}
		if s.is(k, cRelative) {
			return false
		}
	}
	return false
}

// ends tells whether the content that began at first ends before token i.
func (s *scan) ends(i int) bool {
	if s.breaks(i) {
		return true
	}
	if s.is(i, cStated) && s.at(i+1) == "ذلك" {
		return true // وجاء ذلك خلال …
	}
	switch b := s.at(i); b {
	case "في":
		n := s.at(i + 1)
		return n == "اشاره" || n == "تلميح" || n == "تعليقه" || s.comma(i-1) && (n == "حين" || n == "وقت" || n == "المقابل")
	case "علي":
		return s.at(i+1) == "حد" && (reported[s.at(i+2)] || s.at(i+2) == "تعبير" || s.at(i+2) == "قول" || s.at(i+2) == "وصف")
	case "كما", "فيما", "بينما":
		return s.breaks(i + 1)
	case "رغم", "وسط", "دون":
		return s.comma(i - 1)
	case "وهو":
		return s.comma(i-1) && s.at(i+1) == "ما"
	case "بحسب", "حسب", "وفق", "وفقا", "حسبما", "طبقا", "وفقما":
		return reported[s.at(i+1)]
	case "؛":
		return false
	}
	return false
}

// breaks tells whether a cue at i is one of the reporter's, and ends the
// content that it stands in: a participle, or a verb that is coordinated.
func (s *scan) breaks(i int) bool {
	if i >= len(s.words) || s.cueAt[i] == 0 {
		return false
	}
	c := &s.found[s.cueAt[i]-1]
	if c.doubtful {
		return false
	}
	if c.form == nil {
		return c.rule != "noun" || slices.Contains(c.marks, "noun as circumstance") && (s.joined(i) || s.comma(i-1))
	}
	if c.form.suffixed && c.form.tense != participle {
		v := c.form.verb
		return s.joined(i) && (v.label || v.personObject || len(v.personPhrases) > 0 || v.lemma == "اعتبر" || c.comp.kind == clause)
	}
	if c.form.tense == participle || s.joined(i) || s.comma(i-1) && c.source.first > i {
		return true
	}
	switch s.at(i - 1) {
	case "كما", "فيما", "بينما", "لكنه", "لكنها", "لكنهم", "ولكنه", "ولكنها":
		return true
	}
	return false
}

var reported = foldSet("قوله قولها قولهم تعبيره تعبيرها تعبيرهم وصفه وصفها وصفهم زعمه زعمها زعمهم تصريحه تصريحاته ادعائه نص لقوله")

// trim returns the token after the last of [first, end) that is no
// punctuation, quotation mark at the edge, or conjunction left over.
func (s *scan) trim(first, end int) int {
	for end > first {
		k := end - 1
		switch {
		case s.t.Tokens[k].Kind == text.Mark, s.t.Tokens[k].Kind == text.Punct && !strings.Contains(")]%؟?!", s.at(k)):
		case s.at(k) == "و" || s.at(k) == "كما" || s.at(k) == "فيما" || s.at(k) == "بينما":
		default:
			return end
		}
		end--
	}
	return end
}

// span returns the bytes of the content in tokens [first, end), without
// quotation marks and punctuation at its edges.
func (s *scan) span(first, end, cut int) text.Span {
	for first < end && cut == 0 && (s.t.Tokens[first].Kind == text.Mark || s.t.Tokens[first].Kind == text.Punct && !strings.Contains("([", s.at(first))) {
		first++
	}
	end = s.trim(first, end)
	if first >= end {
		return text.Span{}
	}
	span := s.t.Cover(first, end)
	span.Start += cut
	return span
}

// quoteType tells how much of the content stands in quotation marks: all of
// it, none, or a stretch of some words; a term or title in quotation marks
// makes no quotation.
func (s *scan) quoteType(content []text.Span) graph.QuoteType {
	inside, outside := 0, 0
	longest := 0
	for _, c := range content {
		for i := s.t.TokenAt(c.Start); i < len(s.words) && s.t.Tokens[i].Start < c.End; i++ {
			if s.t.Tokens[i].Kind == text.Punct || s.t.Tokens[i].Kind == text.Mark {
				continue
			}
			if q := s.outermost(i); q >= 0 {
				inside++
				n := 0
				in := s.t.Quotes[q].Inner
				for k := s.t.TokenAt(in.Start); k < len(s.words) && s.t.Tokens[k].Start < in.End && n < 4; k++ {
					if s.t.Tokens[k].Kind <= text.Number {
						n++
					}
				}
				if !s.titled(q) {
					longest = max(longest, n)
				}
			} else {
				outside++
			}
		}
	}
	switch {
	case inside > 0 && outside == 0:
		return graph.Direct
	case longest >= 2:
		return graph.Mixed
	}
	return graph.Indirect
}

// titled tells whether a quotation is a name or a title, told by the noun
// before it: صحيفة «…», بعنوان: «…».
func (s *scan) titled(q int) bool {
	k := s.t.TokenAt(s.t.Quotes[q].Start) - 1
	if s.at(k) == ":" {
		k--
		return s.at(k) == "بعنوان" || s.at(k) == "عنوان"
	}
	return s.is(k, cNamed|cOutlet)
}

// outermost returns the outermost quotation around token i, or −1.
func (s *scan) outermost(i int) int {
	if q := s.t.Tokens[i].Quote; q >= 0 {
		return s.outer[q]
	}
	return -1
}

// continued finds the sentence after the content that ended before token end,
// if it goes on with the source's words: it holds a quotation and no cue.
//
//	قالت البلدية إن الجسر آمن. كما «يخضع لصيانة كل عام في الصيف».
func (s *scan) continued(end int) text.Span {
	if end <= 0 || end >= len(s.words) {
		return text.Span{}
	}
	last := s.end(end - 1)
	for k := end; k < last; k++ {
		if s.t.Tokens[k].Kind <= text.Number {
			return text.Span{}
		}
	}
	if last >= len(s.words) {
		return text.Span{}
	}
	first, stop := last, s.end(last)
	p := s.t.Paragraphs[s.t.Sentences[s.t.Tokens[first].Sentence].Paragraph]
	if p.Role != text.Body || stop-first < 6 {
		return text.Span{}
	}
	spoken := false
	for k := first; k < stop; k++ {
		if s.cueAt[k] > 0 || s.is(k, cAccording|cTransmit) || s.at(k) == ":" {
			return text.Span{}
		}
		if q := s.opens(k); q >= 0 && !s.t.Quotes[q].Broken && !s.is(k-1, cNamed|cOutlet) {
			n := s.afterQuote(q)
			spoken = spoken || n-k > 7
			if n > stop {
				stop = s.end(n - 1)
			}
		}
	}
	if !spoken || s.opens(first) < 0 && s.at(first) != "كما" {
		return text.Span{}
	}
	if s.at(first) == "كما" {
		first++
	}
	return s.span(first, stop, 0)
}
