package arabic

import (
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
func (s *scan) contentEnd(first int) int {
	limit := s.end(first)
	i := first
	if q := s.opens(first - 1); q >= 0 && i > 0 {
		n := s.afterQuote(q)
		if n > first {
			if s.t.Quotes[q].Broken {
				return min(n, s.paragraphEnd(first))
			}
			if s.ended(n) {
				return n - 1
			}
			i, limit = n, s.end(n-1)
		}
	}
	for i < limit {
		if i > first && s.ends(i, first) {
			return s.trim(first, i)
		}
		if q := s.opens(i); q >= 0 {
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

func (s *scan) paragraphEnd(i int) int {
	p := s.t.Sentences[s.t.Tokens[i].Sentence].Paragraph
	return s.t.Sentences[s.t.Paragraphs[p].Last-1].Last
}

// ended tells whether a quotation that closed before token n is all of the
// content: nothing, punctuation, or the reporter's words follow.
func (s *scan) ended(n int) bool {
	if n >= len(s.words) || n == s.start(n) {
		return true
	}
	if s.t.Tokens[n].Kind == text.Punct {
		if s.comma(n) && n+1 < len(s.words) && s.opens(n+1) >= 0 {
			return false
		}
		return s.at(n) != "(" && s.at(n) != "["
	}
	return s.ends(n, n-1) || s.is(n, cClause)
}

// ends tells whether the content that began at first ends before token i.
func (s *scan) ends(i, first int) bool {
	if s.breaks(i) {
		return true
	}
	switch b := s.at(i); b {
	case "في":
		n := s.at(i + 1)
		return n == "اشاره" || n == "تلميح" || n == "تعليقه" || s.comma(i-1) && (n == "حين" || n == "وقت" || n == "المقابل")
	case "علي":
		return s.at(i+1) == "حد" && reported[s.at(i+2)]
	case "كما":
		return s.breaks(i + 1)
	case "فيما", "بينما":
		return s.comma(i-1) || s.breaks(i+1)
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
	if c.form == nil {
		return true
	}
	if c.form.suffixed && c.form.tense != participle {
		return false
	}
	if c.form.tense == participle || s.joined(i) || s.comma(i-1) {
		return true
	}
	switch s.at(i - 1) {
	case "كما", "فيما", "بينما", "قد":
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
				longest = max(longest, n)
			} else {
				outside++
			}
		}
	}
	switch {
	case inside > 0 && outside == 0:
		return graph.Direct
	case longest >= 3:
		return graph.Mixed
	}
	return graph.Indirect
}

func (s *scan) outermost(i int) int {
	q := s.t.Tokens[i].Quote
	for q >= 0 && s.t.Quotes[q].Outer >= 0 {
		q = s.t.Quotes[q].Outer
	}
	return q
}
