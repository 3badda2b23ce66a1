package arabic

import (
	"strings"

	"mawqif/ingest/text"
)

// source is who is named as the source of a cue: tokens [first, end), with
// cut bytes of an attached preposition left out. first == end means none.
type source struct {
	first, end, cut int
	pronoun         bool
}

func (x source) none() bool { return x.first >= x.end }

// findSource finds the subject of the verb at i whose content begins with the
// complement c: after the verb, else before it.
func (s *scan) findSource(i int, f *form, c complement) source {
	if !f.suffixed || len(f.verb.personPhrases) == 0 || c.kind != phrase {
		limit := c.at
		if c.feeling != nil && c.noun < limit {
			limit = c.noun
		}
		if c.kind == before || c.kind == none {
			limit = s.end(i)
		}
		if x := s.subjectAfter(i, f, c, limit); !x.none() {
			return x
		}
	}
	if s.is(i-1, cRelative) {
		return s.antecedent(i - 1)
	}
	return s.subjectAhead(i)
}

// antecedent finds the noun phrase that the relative pronoun at i refers to.
//
//	… من [دول الغرب] التي ترى أن …
func (s *scan) antecedent(i int) source {
	from, start := i, s.start(i)
	for from > start && i-from < 6 {
		p := from - 1
		if s.t.Tokens[p].Kind != text.Word || s.is(p, cPreposition|cThat|cBiThat|cClause|cTime|cRelative|cAuxiliary|cNegation|cAdverb|cAccording) || s.cueAt[p] > 0 {
			break
		}
		if _, ok := s.attached(p, "ب"); ok {
			cut, _ := s.attached(p, "ب")
			return source{first: p, end: i, cut: cut}
		}
		if p < i-1 && s.definite(p) && s.definite(p+1) && !s.modifies(p+1) {
			break
		}
		if p < i-1 && (s.joined(p) || s.objectStarts(p) && !s.is(p, cBody|cTitle)) {
			break
		}
		from = p
	}
	for from < i && !s.definite(from) && !s.is(from, cBody|cTitle|cOutlet|cNamed) && s.words[from].name == 0 {
		from++
	}
	return s.tidy(source{first: from, end: i})
}

// subjectAfter finds the subject between the verb and its content.
//
//	وقالت أمس [المتحدثة باسم الوزارة] في بيان إن …
func (s *scan) subjectAfter(i int, f *form, c complement, limit int) source {
	k := s.skipAdjuncts(i+1, limit)
	if k >= limit {
		return source{}
	}
	if s.is(k, cPronoun) {
		return source{first: k, end: k + 1, pronoun: true}
	}
	if s.t.Tokens[k].Kind != text.Word && s.opens(k) < 0 {
		return source{}
	}
	if s.is(k, cPreposition|cClause|cThat|cBiThat|cNegation|cRelative) {
		return source{}
	}
	var end int
	if len(f.verb.personPhrases) > 0 || f.verb.personObject || c.kind == phrase || c.kind == object || c.kind == before {
		end = s.nounPhrase(k, limit)
	} else {
		end = s.subjectEnd(k, limit)
	}
	return s.tidy(source{first: k, end: end})
}

// subjectEnd returns where the subject that begins at k ends, when everything
// up to limit is the subject or adjuncts of the verb.
func (s *scan) subjectEnd(k, limit int) int {
	for j := k; j < limit; {
		if j > k {
			switch {
			case s.adjunctPhrase(j), s.is(j, cTime|cAdverb|cSaying|cAccording), s.at(j) == "-", s.at(j) == "–", s.at(j) == ":":
				return j
			case s.comma(j):
				n := s.apposition(j, limit)
				if n == j {
					return j
				}
				j = n
				continue
			}
			if len(s.at(j)) > 2*letter && s.words[j].conjunction == 0 && s.at(j)[:letter] == "ل" && s.audience(j) {
				return j
			}
			if s.at(j) == "ل" && s.opens(j+1) >= 0 {
				return j
			}
			if s.words[j].name == 0 && s.hearers(j, k) {
				return j
			}
			if s.circumstance(j) != nil && !s.definite(j) && !s.is(j, cTitle) {
				return j
			}
		}
		n := s.skip(j, limit)
		if n == j {
			n++
		}
		j = n
	}
	return limit
}

// hearers tells whether the word at j, with an attached ل, names those spoken
// to, after a subject that began at k and is no office: "قال كيري للمجلس", but
// "المبعوث الخاص لسوريا".
func (s *scan) hearers(j, k int) bool {
	b := s.at(j)
	if s.words[j].conjunction > 0 || len(b) <= 3*letter || !strings.HasPrefix(b, "ل") || s.is(j, cNoun|cTitle|cBody|cName) {
		return false
	}
	if j-1 > k && s.definite(j-1) {
		return false // المرشح لرئاسة …
	}
	if s.is(k, cTitle|cBody|cEvent) {
		return j == k+1 && s.definite(k) && !strings.HasPrefix(b, "لل")
	}
	return s.lex.classes[b[letter:]]&(cNoun|cBody|cTitle|cOutlet|cNamed) != 0 || strings.HasPrefix(b, "لل")
}

// tidy drops punctuation at the edges.
func (s *scan) tidy(x source) source {
	for x.end > x.first && (s.t.Tokens[x.end-1].Kind == text.Punct && s.at(x.end-1) != ")" || s.t.Tokens[x.end-1].Kind == text.Mark && s.closes(x.end-1) < 0) {
		x.end--
	}
	return x
}

// subjectAhead finds the subject that stands before the verb at i.
//
//	وكان [المبعوث الخاص] قد قال إن …      [الوزير]، من جهته، أكد أن …
func (s *scan) subjectAhead(i int) source {
	e := i
	for e > s.start(i) && s.is(e-1, cAuxiliary) && !s.is(e-1, cPronoun) {
		e--
	}
	if e < i && s.joined(e) {
		return source{}
	}
	if s.words[i].conjunction > 0 {
		return source{}
	}
	from, start := e, s.start(i)
	for from > start {
		p := from - 1
		if s.is(p, cThat|cClause|cRelative|cBiThat) || s.at(p) == ":" || s.at(p) == "؛" || s.is(p, cAuxiliary) || s.opens(p) >= 0 && p == e-1 {
			break
		}
		if c := s.cueAt[p]; c > 0 {
			break
		}
		from = p
	}
	if from > start && s.is(from-1, cPronoun) && from == e {
		return source{first: from - 1, end: from, pronoun: !s.joined(from - 1)}
	}
	if from > start && len(s.at(from-1)) > 2*letter && s.is(from-1, cThat) && s.at(from-1) != "ان" && from == e {
		return source{} // أنه أكد
	}
	k := s.skipAdjuncts(from, e)
	if k >= e || s.t.Tokens[k].Kind != text.Word || s.is(k, cPreposition|cNegation|cAdverb|cTime|cAccording) || s.finite(k) != nil {
		return source{}
	}
	end := s.nounPhrase(k, e)
	rest := s.skipAdjuncts(end, e)
	if rest < e {
		if from > start && s.is(from-1, cAuxiliary) && e-k < 20 {
			return s.tidy(source{first: k, end: e}) // وكان … قال
		}
		return source{}
	}
	return s.tidy(source{first: k, end: end})
}
