package arabic

import (
	"strings"

	"mawqif/graph"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

func splitFields(s string) []string { return strings.Fields(s) }

// skipAdjuncts returns the first token at or after i that is no adverbial of
// time, place or manner: "أمس الجمعة", "في بيان", "، من جهته،", "قبل أيام".
func (s *scan) skipAdjuncts(i, limit int) int {
	for i < limit {
		n := s.adjunct(i, limit)
		if n == i {
			return i
		}
		i = n
	}
	return i
}

// adjunct returns the token after the adverbial at i, or i if there is none.
func (s *scan) adjunct(i, limit int) int {
	tok := &s.t.Tokens[i]
	switch {
	case s.comma(i):
		return i + 1
	case s.dash(i):
		for k := i + 1; k < limit && k < i+25; k++ {
			if s.at(k) == s.at(i) {
				return k + 1
			}
		}
		return i + 1
	case s.at(i) == "(" || s.at(i) == "[":
		return s.skip(i, limit)
	case tok.Kind == text.Number, s.at(i) == "/":
		return i + 1
	case s.is(i, cTime):
		k := i + 1
		for k < limit && (s.is(k, cTime) || s.t.Tokens[k].Kind == text.Number || s.at(k) == "/" || timeTail[s.at(k)] && (s.is(k-1, cTime) || s.t.Tokens[k-1].Kind == text.Number)) {
			k++
		}
		return k
	case s.is(i, cAdverb) || s.is(i, cSaying):
		return i + 1
	case s.is(i, cAuxiliary) && !s.is(i, cNegation):
		return i + 1
	case s.adjunctPhrase(i):
		return s.phraseEnd(i, limit)
	}
	if strings.HasPrefix(s.at(i), "ل") && s.audience(i) {
		return s.outletEnd(i+1, limit)
	}
	return i
}

func (s *scan) dash(i int) bool {
	switch s.at(i) {
	case "-", "–", "—":
		return true
	}
	return false
}

var (
	timeNouns  = foldSet("أسبوع أسبوعين أسابيع يومين أيام شهر شهرين أشهر ساعة ساعات دقائق عام عامين أعوام سنة سنتين سنوات قليل قليلة نحو عدة")
	placeNouns = foldSet("منطقة مدينة محافظة قطاع شمال جنوب شرق غرب شمالي جنوبي شرقي غربي إقليم ولاية بلدة قرية مخيم حي مجال شؤون وسط")
)

var writing = foldSet("بيان بلاغ تصريح تغريدة منشور تدوينة كلمة خطاب")

var timeTail = foldSet("الماضي الماضية الجاري المقبل الحالي من في أول مساء صباح فجر المنصرم الفائت نفسه")

// adjunctPhrase tells whether a prepositional phrase of circumstance begins at
// i: a preposition before an occasion, time or medium, or one that belongs to
// no noun phrase ("خلال", "عقب").
func (s *scan) adjunctPhrase(i int) bool {
	b := s.at(i)
	if s.is(i, cAccording) {
		return i > 0 && s.comma(i-1)
	}
	if !s.is(i, cPreposition) {
		switch b {
		case "ردا", "تعليقا", "تعقيبا":
			return true
		}
		return false
	}
	switch b {
	case "خلال", "عقب", "اثر", "منذ", "اثناء", "بعد", "قبل", "لدي", "غداه", "فور", "عبر", "حول", "بشان", "بخصوص", "عند", "حتي", "رغم", "بسبب", "وسط":
		return true
	case "في", "من", "علي", "عن", "الي", "ضمن", "مع":
		return s.is(i+1, cEvent|cTime) || occasion[s.at(i+1)] || b == "في" && i+1 < len(s.words) && s.t.Tokens[i+1].Kind == text.Number
	}
	return false
}

var occasion = foldSet("جهته جهتها جهة جهتهم جانبه جانبها جانب ناحيته طريق ظل أول سياق ضوء غضون الأثناء المقابل الشأن الشأن حين سؤال مستهل موضوع نهاية بداية وقت أعقاب ختام معرض مجمل غمرة")

// phraseEnd returns the token after the prepositional phrase at i: up to a
// comma, a dash or what begins a content, at most; an occasion takes its
// genitive and medium with it.
func (s *scan) phraseEnd(i, limit int) int {
	k := i + 1
	switch s.at(k) {
	case "هذا", "هذه", "ذات", "نفس":
		if !s.is(k+2, cRelative) {
			return min(k+2, limit) // في هذا السياق
		}
	}
	if timeNouns[s.at(k)] {
		for k < limit && (timeNouns[s.at(k)] || s.is(k, cTime) || timeTail[s.at(k)] || s.t.Tokens[k].Kind == text.Number) {
			k++
		}
		return k // قبل أسبوع
	}
	for k < limit {
		switch {
		case s.comma(k), s.at(k) == "-", s.at(k) == ":":
			return k
		case s.opens(k) >= 0 || s.at(k) == "(":
			k = max(s.skip(k, limit), k+1)
			continue
		case k > i+1 && s.is(k, cTitle) && !s.is(k-1, cNoun|cTitle|cEvent|cPreposition) && !s.definite(k-1):
			return k
		case k > i+1 && s.is(k, cTitle) && s.definite(k) && s.definite(k-1):
			return k
		case !s.objects:
		case k == i+2 && writing[s.at(k-1)] && s.objectStarts(k) && verbalNoun(s.at(k)):
			return k // في بيان استشهاد …
		case k > i+1 && s.lex.feelings[s.at(k)] != nil && (k > i+2 && s.possessed(k) || s.definite(k) && s.is(k-1, cEvent) && !s.definite(k-1)):
			return k
		case k > i+2 && s.objectStarts(k) && !s.is(k-1, cNoun|cEvent|cPreposition|cNamed|cBody|cTitle|cOutlet|cDeterminer) && s.t.Tokens[k-1].Kind == text.Word && s.finite(k-1) == nil && !verbalNoun(s.at(k-1)) && !s.suffixedNoun(s.at(k-1)):
			return k
		case k > i+1 && s.objectStarts(k) && (s.definite(k-1) || s.at(k-1) == "سابق" || s.at(k-1) == "لاحق" || s.is(k-1, cTime) || s.t.Tokens[k-1].Kind == text.Number || s.at(k-1) == "ذاته" || s.at(k-1) == "نفسه" || s.at(k-1) == "اخري"):
			return k
		}
		k++
	}
	return k
}

// outletEnd returns the token after the name of a medium that begins at i.
func (s *scan) outletEnd(i, limit int) int {
	for i < limit {
		switch {
		case s.opens(i) >= 0:
			i = max(s.skip(i, limit), i+1)
		case s.is(i, cOutlet), s.definite(i) && nisba(s.at(i)), s.words[i].name > 0:
			i++
		default:
			return i
		}
	}
	return i
}

// nounPhrase returns the token after the noun phrase that begins at i: head
// with its genitives up to the first that is definite or a name, adjectives,
// names, appositions.
//
//	"وزير الخارجية الروسي سيرغي لافروف | مقتل …"
func (s *scan) nounPhrase(i, limit int) int {
	k := i
	closed := false // a definite noun or a name has been reached
	for k < limit {
		tok := &s.t.Tokens[k]
		switch {
		case s.words[k].name > 0:
			m := &s.names[s.words[k].name-1]
			if k > i && s.audience(k) && strings.HasPrefix(s.at(k), "ل") {
				return k
			}
			if closed && k > i && m.First == k && m.Start == tok.Start && !strings.HasPrefix(tok.Fold, "لل") && !joins(m) {
				return k
			}
			k = min(max(m.Last, k+1), limit)
			closed = true
			continue
		case s.at(k) == "(" || s.at(k) == "[":
			n := s.skip(k, limit)
			if n == k {
				return k
			}
			k = n
			continue
		case s.opens(k) >= 0:
			if k == i && s.afterQuote(s.opens(k))-k > 6 || k > i && !s.is(k-1, cNamed|cOutlet|cEvent) && !s.definite(k-1) && !strings.HasPrefix(s.at(k-1), "ل") && s.afterQuote(s.opens(k))-k > 6 {
				return k
			}
			k = max(s.skip(k, limit), k+1)
			closed = true
			continue
		case s.comma(k):
			n := s.apposition(k, limit)
			if n == k {
				return k
			}
			k = n
			closed = true
			continue
		case tok.Kind != text.Word:
			return k
		case s.is(k, cRelative):
			return limit
		case k > i && (closed && s.is(k, cVerb) && s.finite(k) == nil || futureOf(s.at(k), "ي", "ت", "ن")):
			return k
		case s.is(k, cTime|cAdverb|cClause|cThat|cBiThat|cSaying|cNegation|cAuxiliary|cAccording):
			return k
		case s.is(k, cPreposition):
			b := s.at(k)
			if s.adjunctPhrase(k) || k+1 >= limit {
				return k
			}
			if b == "من" && s.is(k+1, cBody) {
				k++
				closed = false
				continue
			}
			if b == "في" || b == "الي" || b == "لدي" || b == "من" && k > i && partitive[s.at(k-1)] || b == "بين" {
				// في غزة, إلى سوريا: part of the designation
				if s.objectStarts(k+1) && b != "من" && !placeNouns[s.at(k+1)] {
					return k
				}
				k++
				closed = false
				continue
			}
			return k
		}
		switch s.at(k) {
		case "هذا", "هذه", "هولاء", "ذلك", "تلك":
			if closed {
				return k
			}
			k++
			continue
		}
		if s.joined(k) && k > i {
			if s.finite(k) != nil || !(s.definite(k) || s.is(k, cTitle|cNoun|cOutlet) || s.words[k].name > 0) {
				return k
			}
			k++
			closed = s.definite(k - 1)
			continue
		}
		switch {
		case strings.HasPrefix(s.at(k), "باسم"):
			closed = false
			k++
		case s.is(k, cTitle) && s.definite(k) && closed && k > i && s.definite(k-1) && !s.is(k-1, cTitle) && strings.HasSuffix(s.at(k), "ه") == strings.HasSuffix(s.at(i), "ه"):
			closed = false // رئيس المجلس الشيخ فلان
			k++
		case s.definite(k):
			if closed && k > i && !s.modifies(k) {
				return k
			}
			closed = true
			k++
		case s.is(k, cTitle|cBody|cOutlet|cNamed):
			if closed && k > i && !(s.is(k-1, cTitle|cBody|cOutlet|cNamed) || !s.definite(k-1) && !s.is(k-1, cNoun)) {
				return k
			}
			closed = false
			k++
		case s.objectStarts(k) && k > i:
			if closed || k > i+1 && nisba(s.at(k-1)) && !s.definite(k-1) && !s.joined(k-1) && s.words[k-1].name == 0 {
				return k // أكدت مصادر أمنية | مشاركة …
			}
			k++
		case s.finite(k) != nil && k > i && closed:
			return k
		default:
			if s.audience(k) && k > i && strings.HasPrefix(s.at(k), "ل") {
				return k
			}
			if _, ok := s.attached(k, "ب"); ok && k > i {
				closed = strings.HasPrefix(s.at(k), "بال") // القيادي بحركة …, الفرع بالعاصمة
				k++
				continue
			}
			if _, ok := s.attached(k, "ل"); ok && k > i {
				closed = strings.HasPrefix(s.at(k), "لل")
				k++
				continue
			}
			if !s.is(k, cNoun|cDeterminer) && !(k > i && s.is(k-1, cTitle) && !s.definite(k-1) && nisba(s.at(k))) {
				closed = true
			}
			k++
		}
	}
	return k
}

// joins tells whether a name can follow a closed noun phrase as its adjective
// or apposition: "الرئيس الروسي", "الرئيس فلان", but not another state.
func joins(m *gazetteer.Mention) bool {
	if m.Form == gazetteer.ByAdjective || m.Entity == nil || m.Entity.Actor == nil {
		return true
	}
	return m.Entity.Actor.Kind == graph.Person
}

// modifies tells whether the definite word at k can be an adjective, or a
// name with article, of the noun phrase that began at i: it ends like an
// adjective of origin, or agrees in gender with a definite head.
func (s *scan) modifies(k int) bool {
	b := s.at(k)
	if nisba(b) && b != "المسووليه" {
		return true
	}
	if s.is(k, cAdjective) || s.lex.classes[strings.TrimPrefix(b, "ال")]&cAdjective != 0 {
		return true
	}
	if rest := strings.TrimPrefix(b, "ال"); s.lex.classes[rest]&(cNoun|cBody) != 0 || verbalNoun(rest) {
		return false
	}
	if s.is(k, cTitle) {
		return !s.definite(k - 1)
	}
	if !strings.HasSuffix(b, "ه") && strings.HasSuffix(s.at(k-1), "ه") && s.definite(k-1) {
		return false
	}
	return true
}

// apposition returns the token after an apposition that follows the comma at
// k, its closing comma included if something follows: "، لمى السويدي،". It
// returns k if there is none.
func (s *scan) apposition(k, limit int) int {
	n := k + 1
	if n >= limit || s.t.Tokens[n].Kind != text.Word || s.joined(n) {
		return k
	}
	if s.is(n, cPreposition|cTime|cAdverb|cClause|cRelative|cThat|cBiThat|cSaying|cNegation|cAuxiliary|cAccording|cPronoun) || s.finite(n) != nil || s.circumstance(n) != nil {
		return k
	}
	if s.objectStarts(n) {
		return k
	}
	if m := s.words[n].name; m > 0 && !joins(&s.names[m-1]) {
		return k
	}
	if _, ok := s.attached(n, "ل"); ok {
		return k
	}
	if _, ok := s.attached(n, "ب"); ok {
		return k
	}
	for n < limit && !s.comma(n) {
		if s.adjunctPhrase(n) || s.is(n, cTime) || s.isThat(n) || s.at(n) == ":" || s.finite(n) != nil {
			return n
		}
		if s.opens(n) >= 0 && !s.is(n-1, cNamed|cOutlet) {
			return n
		}
		m := s.skip(n, limit)
		if m == n {
			m++
		}
		n = m
	}
	return n
}
