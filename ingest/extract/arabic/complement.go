package arabic

import (
	"slices"
	"strings"

	"mawqif/graph"
	"mawqif/ingest/text"
)

// kind tells by what a content is introduced.
type kind uint8

const (
	none   kind = iota
	clause      // أن, إن, بأن
	quoted      // a quotation
	colon       // :
	phrase      // a preposition and a noun phrase
	object      // a noun phrase as object
	before      // the content stands before the cue
	naked       // content follows without a mark ("قال سنواصل")
)

// complement is what a cue introduces.
type complement struct {
	kind kind
	// at is the first token that belongs to it: complementizer, quotation
	// mark, colon, preposition.
	at int
	// content is the first token of the content, and cut the bytes of an
	// attached preposition to leave out there.
	content, cut int
	// person tells that an object other than the content stands before it.
	person bool
	// feeling is the noun that names the act, or nil; noun is its token.
	feeling *feeling
	noun    int
}

// reach is how many tokens a content may be away from its cue.
const reach = 90

// governing are words after which أن is no content of an earlier verb: "يجب
// أن", "قبل أن", "إلا أن".
var governing = foldSet("يجب ينبغي يمكن يمكنها يمكنه لابد بد بعد قبل رغم دون غير إلا منذ كما لدرجة شأن شأنه شأنها المقرر المتوقع المفترض المرجح المحتمل الممكن المنتظر الواضح الرغم أجل بيد يريد تريد إلى حتى يبدو ويبدو الطبيعي الضروري الممكن المستحيل الصعب مجرد بمجرد لولا باعتبار علما بحجة بزعم بدعوى بما حيث يتعين يستحيل ضرورة أهمية وجوب احتمال فكرة حقيقة شرط خشية مخافة شريطة المهم المؤكد المستبعد عليه عليها عليهم علينا يعني ذلك حد اعتبار بدل بدلا فضلا سبق يكفي آن أوان")

func foldSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range foldAll(splitFields(list)) {
		set[w] = true
	}
	return set
}

// isThat tells whether the token is a complementizer; for that of a noun, as
// in "بأن", as well.
func (s *scan) isThat(i int) bool { return s.is(i, cThat|cBiThat) }

// findComplement finds what the verb at i introduces, before limit.
//
//	قال الوزير في بيان إن …     → clause
//	وأضاف: «…»                → quotation
//	دعا المبعوث إلى …          → phrase
//	أعلن الجيش مقتل …          → object
func (s *scan) findComplement(i int, f *form, limit int) complement {
	v := f.verb
	limit = min(limit, i+reach)
	relative := false
	first := phraseIn{at: -1}
	for j := i + 1; j < limit; j++ {
		if s.comma(j) {
			relative = false
			continue
		}
		switch {
		case s.isThat(j) && j > i+2 && s.is(j-2, cRelative) && s.finite(j-1) != nil:
			return s.orObject(i, f, j, first) // … فلان الذي قال إن
		case s.isThat(j) && (j == i+1 || !s.joined(j)):
			if v.label && f.suffixed && s.is(j, cBiThat) {
				return complement{kind: clause, at: j, content: j + 1}
			}
			if v.clause && s.governs(v, i, j) && (!relative || v.lemma == "قال" || strings.HasPrefix(s.t.At(s.t.Tokens[j].Span), "إ") || s.at(j-1) != "" && slices.Contains(v.phrases, s.at(j-1)) || !s.pendingThat(j, limit)) && (first.at < 0 || first.weak || s.comma(j-1) || s.at(j-1) == s.at(first.at) && (v.act != graph.ActRequest || j < first.at+4)) {
				return complement{kind: clause, at: s.beforePreposition(v, i, j), content: j + 1}
			}
			if n := s.circumstantial(j, limit); n > j {
				j = n - 1
				continue
			}
			if s.is(j-1, cPreposition) && s.lex.feelings[s.at(j-2)] != nil {
				return s.orObject(i, f, min(j+2, limit), first) // جدد الإشارة إلى أن …
			}
			return s.orObject(i, f, j, first)
		case first.at < 0 && v.clause && v.quoted && s.asks(j):
			return complement{kind: clause, at: j, content: j}
		case s.opens(j) >= 0:
			if first.at < 0 && len(v.personPhrases) > 0 && j+1 < limit {
				if p := s.phraseAt(i, j+1, f, limit); p.at >= 0 && p.content == j+1 {
					return s.orObject(i, f, limit, p) // اتهمت الشركة "بالتهرب …"
				}
			}
			if v.object && v.act != graph.ActState && first.at < 0 && f.tense != participle {
				if o := s.findObject(i, f, j); o.kind == object && o.at < j-1 && s.suffixedNoun(s.at(o.at)) {
					return o // وأدان هجماتها، "التي …"
				}
			}
			if v.quoted && first.at < 0 && s.speech(i, j) && (len(v.needs) == 0 || s.within(i+1, j, v.needs...)) {
				return complement{kind: quoted, at: j, content: j + 1}
			}
			j = s.skip(j, limit) - 1
			continue
		case s.at(j) == ":":
			if v.quoted && (len(v.needs) == 0 || s.within(i+1, j, v.needs...)) {
				return complement{kind: colon, at: j, content: j + 1}
			}
			return s.orObject(i, f, j, first)
		case s.at(j) == "(" || s.at(j) == "[":
			j = max(s.skip(j, limit)-1, j)
			continue
		case s.dash(j) && s.adjunct(j, limit) > j+1:
			j = s.adjunct(j, limit) - 1
			continue
		case s.at(j) == "؛":
			if s.isThat(j + 1) {
				continue
			}
			return s.orObject(i, f, j, first)
		}
		if first.at < 0 || first.weak {
			if p := s.phraseAt(i, j, f, limit); p.at >= 0 && (first.at < 0 || !p.weak) {
				first = p
				if !v.clause && !v.quoted && !p.weak {
					break
				}
			}
		}
		if s.is(j, cRelative) {
			relative = true
		}
		if !relative && s.stops(i, j) {
			return s.orObject(i, f, j, first)
		}
	}
	return s.orObject(i, f, limit, first)
}

// circumstantial returns the comma that ends the clause of time whose
// complementizer is at j, between commas, or j: "قال فلان، بعد أن وصل، إن …".
func (s *scan) circumstantial(j, limit int) int {
	switch s.at(j - 1) {
	case "بعد", "قبل", "منذ":
	default:
		return j
	}
	set := s.comma(j - 2)
	for n := j + 1; n < limit && n < j+25; n++ {
		switch {
		case set && s.comma(n):
			return n
		case !set && (s.comma(n) || s.isThat(n)):
			return j
		case !set && s.opens(n) >= 0 && s.t.TokenAt(s.t.Quotes[s.opens(n)].Inner.End)-n > 3:
			return n // وقال فلان بعد أن وصل "سأمنحكم …"
		}
	}
	return j
}

// asks tells whether an indirect question begins at the token: "كيف فشلت".
func (s *scan) asks(j int) bool {
	switch s.at(j) {
	case "كيف", "لماذا", "هل":
		return !s.joined(j)
	case "ما", "عما":
		return s.at(j+1) == "اذا"
	}
	return false
}

// phraseIn is a prepositional phrase that may be the content.
type phraseIn struct {
	at, content, cut int
	person           bool
	feeling          *feeling
	noun             int
	// weak: a later phrase with its own preposition is the better content.
	weak bool
}

// beforePreposition returns the token where the complement with the
// complementizer at j begins: its preposition, if it has one.
func (s *scan) beforePreposition(v *verb, i, j int) int {
	if j-1 > i && s.is(j-1, cPreposition) && !s.namedAli(v, j-1) {
		return j - 1
	}
	return j
}

// namedAli tells whether what folds to the preposition على is spelt as the name
// علي, before the complementizer of a verb that does not take the preposition.
func (s *scan) namedAli(v *verb, i int) bool {
	return s.at(i) == "علي" && !slices.Contains(v.phrases, "علي") && strings.HasSuffix(s.t.At(s.t.Tokens[i].Span), "ي")
}

// governs tells whether the complementizer at j can belong to the verb at i.
func (s *scan) governs(v *verb, i, j int) bool {
	if v.onlySaying && !s.is(j-1, cSaying) && s.at(j-1) != "الاذهان" {
		return false
	}
	if len(v.clauseAfter) > 0 && slices.Contains(v.clauseAfter, s.at(j-1)) {
		return true
	}
	if len(v.clauseAfter) > 0 && !v.quoted && len(v.phrases) == 0 {
		return false
	}
	if j == i+1 {
		return true
	}
	prev := s.at(j - 1)
	if prev == "قبل" && strings.HasPrefix(s.t.At(s.t.Tokens[j].Span), "إ") {
		return true // قال من قبل إن
	}
	if s.is(j-1, cPreposition) && !s.namedAli(v, j-1) {
		return slices.Contains(v.phrases, prev) || slices.Contains(v.personPhrases, prev)
	}
	if s.is(j, cBiThat) {
		return true
	}
	if strings.HasPrefix(s.t.At(s.t.Tokens[j].Span), "إ") && prev != "حيث" && prev != "اذ" {
		return true // إن, unlike أن, follows saying alone
	}
	if prev == "ذلك" && s.is(j-2, cPreposition) {
		return true // عقب ذلك أن
	}
	return !governing[prev] && !governing[s.t.Tokens[j-1].Fold]
}

// pendingThat tells whether another complementizer follows before the next
// comma: the one in a relative clause is not the verb's.
func (s *scan) pendingThat(j, limit int) bool {
	for k := j + 1; k < limit && k < j+25; k++ {
		if s.isThat(k) && !s.joined(k) && !governing[s.at(k-1)] {
			return true
		}
	}
	return false
}

// stops tells whether the token at j begins something else, so that the verb
// at i has no content beyond it.
func (s *scan) stops(i, j int) bool {
	if f := s.circumstance(j); f != nil && !s.is(j, cSaying) && !s.definite(j) && j > i+1 {
		return s.comma(j-1) || f.verb.clause && (s.isThat(j+1) || s.isThat(j+2) && slices.Contains(f.verb.phrases, s.at(j+1)))
	}
	if s.comma(j-1) && (s.hidesName(j) || !s.joined(j) && s.saysAfter(j)) {
		return false
	}
	if f := s.finite(j); f != nil && !f.first && !s.is(j-1, cRelative) && !s.isThat(j-1) && !s.is(j-1, cNegation) {
		if s.joined(j) || s.is(j-1, cClause) || s.comma(j-1) {
			return f.verb.clause || f.verb.quoted || len(f.verb.phrases) > 0
		}
		if f.verb.clause && f.verb.quoted && f.tense == perfect && !s.is(j, cNoun|cPreposition) && j > i+2 {
			for k := j + 1; k < len(s.words) && k < j+6 && !s.comma(k); k++ {
				if s.isThat(k) && !s.joined(k) {
					return true // … في الاجتماع قال فلان إن
				}
			}
		}
		return f.verb.clause && s.isThat(j+1)
	}
	return s.is(j, cClause) && s.comma(j-1) && !s.isThat(j) && !s.is(j, cPronoun)
}

// saysAfter tells whether a colon or "إن" follows the word at j so soon that it
// is a name in apposition: "قال المتحدث، أيد رينولد: …".
func (s *scan) saysAfter(j int) bool {
	for k := j + 1; k < len(s.words) && k < j+4; k++ {
		if s.at(k) == ":" {
			return true
		}
		if s.finite(k) != nil || s.is(k, cPreposition|cThat|cBiThat) || s.t.Tokens[k].Kind != text.Word {
			return false
		}
	}
	return false
}

// hidesName tells whether the words at j ask for anonymity, as in "مصدر، طلب
// عدم ذكر اسمه،".
func (s *scan) hidesName(j int) bool {
	for k := j + 1; k < len(s.words) && k < j+6; k++ {
		switch s.at(k) {
		case "اسمه", "اسمها", "هويته", "هويتها", "اسميهما", "اسمايهم":
			return true
		}
	}
	return false
}

// speech tells whether the quotation at j, after the verb at i, is speech and
// no name or term: it follows the verb, a comma or a colon, or is long. A few
// words after the verb with which the sentence goes on are a name.
func (s *scan) speech(i, j int) bool {
	q := s.t.Quotes[s.opens(j)]
	n := s.t.TokenAt(q.Inner.End) - j - 1
	if s.is(j-1, cNamed|cOutlet) && j-1 > i && !s.definite(j-1) || s.at(j-1) == "ل" || s.at(j-1) == "لـ" {
		return n > 12
	}
	if after := s.skip(j, len(s.t.Tokens)); j == i+1 && n <= 3 && after < len(s.t.Tokens) && s.t.Tokens[after].Kind == text.Word && s.finite(after) == nil {
		return false // طالبت "رابطة الصيادين" في المدينة …
	}
	if j == i+1 || s.comma(j-1) {
		return n >= 2
	}
	if j <= i+3 && n >= 2 && s.t.Tokens[j-1].Kind == text.Word && (s.words[j-1].name > 0 || !s.definite(j-1) && !s.is(j-1, cNoun) && !strings.HasSuffix(s.at(j-1), "ا")) {
		return true // وقال دودا "يجب احترام" …
	}
	return n >= 4
}

// phraseAt tells whether a content of the verb at i begins with a preposition
// at j.
func (s *scan) phraseAt(i, j int, f *form, limit int) phraseIn {
	no := phraseIn{at: -1}
	v := f.verb
	if j+1 >= limit {
		return no
	}
	w := s.at(j)
	if w == "علي" && (s.at(j+1) == "بن" || j > i && s.is(j-1, cTitle) && s.definite(j-1) && !strings.HasSuffix(s.t.At(s.t.Tokens[j].Span), "ى")) {
		return no // الدكتور علي
	}
	switch s.at(i + 1) {
	case "عنه", "عنها", "عنهم":
		if f.tense != participle && s.is(i-1, cRelative) {
			return no // التي أعلن عنها …
		}
	}
	switch w {
	case "به", "بها", "بهم", "بهما", "له", "لها", "لهم", "لهما", "بان":
		return no
	}
	person := f.suffixed || j > i+1
	for n, list := range [2][]string{v.phrases, v.personPhrases} {
		if n == 1 && (!person || v.label && !f.suffixed) {
			break
		}
		for _, p := range list {
			switch {
			case w == p && !s.joined(j) && (s.is(j, cPreposition) || p == "ب" || p == "ل"):
				if s.isThat(j + 1) {
					return no
				}
				if p == "من" && partitive[s.at(j-1)] {
					return no
				}
				if s.placeOrTime(j+1) && p != "ب" || s.is(j+1, cSaying) {
					return no
				}
				if n == 0 && !s.contentful(j, p) {
					return no
				}
				x := s.withFeeling(phraseIn{at: j, content: j + 1, person: n == 1}, limit)
				x.weak = p == "عن" && x.feeling == nil && (v.lemma == "أعرب" || v.lemma == "عبر" || v.lemma == "أفاد")
				if p == "عن" && s.at(j-1) == "نقلا" {
					return no
				}
				return x
			case (p == "ب" || p == "ل") && j > i:
				if s.joined(j) {
					continue
				}
				if cut, ok := s.attachedTo(j, p, n == 1 || v.label || f.verb.act == graph.ActRequest || f.verb.act == graph.ActThreaten); ok {
					if s.words[j].name > 0 && (v.act == graph.ActState || v.act == graph.ActThreaten) {
						continue // هدد بالأردن: a place
					}
					if p == "ل" && (s.audience(j) || j == i+1 && v.lemma != "دعا") {
						continue
					}
					return phraseIn{at: j, content: j, cut: cut, person: n == 1, weak: p == "ل" && slices.Contains(v.phrases, "الي")}
				}
			}
		}
	}
	return no
}

// withFeeling takes "عن قلقه من …" apart.
func (s *scan) withFeeling(p phraseIn, limit int) phraseIn {
	fe := s.lex.feelings[s.at(p.content)]
	if fe == nil {
		return p
	}
	if n := p.content; !s.possessed(n) && !s.definite(n) && !slices.Contains(fe.phrases, s.at(n+1)) && !slices.Contains(fe.phrases, s.at(n+2)) && s.prefixed(n+1, fe.phrases) < 0 && s.prefixed(n+2, fe.phrases) < 0 {
		return p // "عن موافقة الأطراف": not the speaker's
	}
	p.feeling, p.noun = fe, p.content
	for k := p.noun + 1; k < limit && k <= p.noun+4 && !s.comma(k); k++ {
		if s.isThat(k) {
			p.content = k + 1
			return p
		}
		for _, prep := range fe.phrases {
			if s.at(k) == prep && k+1 < limit {
				p.content = k + 1
				if s.isThat(k + 1) {
					p.content = k + 2
				}
				return p
			}
			if prep == "ب" || prep == "ل" {
				if cut, ok := s.attached(k, prep); ok {
					p.content, p.cut = k, cut
					return p
				}
			}
		}
	}
	return p
}

// prefixed returns the bytes to cut of token i if one of the prepositions is
// attached to it, or −1.
func (s *scan) prefixed(i int, prepositions []string) int {
	for _, p := range prepositions {
		if p == "ب" || p == "ل" {
			if cut, ok := s.attached(i, p); ok {
				return cut
			}
		}
	}
	return -1
}

var partitive = foldSet("عدد كثير العديد بعض مجموعة أكثر أي كل عدة واحد واحدة أحد كثيرون العشرات عشرات المئات مئات جزء كلا كل جانب البعض آخر اثنان اثنين ثلاثة")

// placeOrTime tells whether the word after a preposition is a place or time,
// as in "المبعوث إلى سوريا".
func (s *scan) placeOrTime(i int) bool {
	if s.is(i, cTime) {
		return true
	}
	if n := s.words[i].name; n > 0 {
		m := s.names[n-1]
		return m.Entity != nil && m.Entity.Place != nil && m.First == i
	}
	return false
}

// contentful tells whether the phrase with the separate preposition p at j can
// be the content of the verb at i, and is no adjunct of its subject.
func (s *scan) contentful(j int, p string) bool {
	switch p {
	case "علي", "عن", "في", "من":
		if s.is(j+1, cEvent) && !s.definite(j+1) && s.lex.feelings[s.at(j+1)] == nil {
			return false
		}
	}
	return true
}

var document = foldSet("بيان تقرير تحقيق استطلاع دراسة مقال")

// audience tells whether the word with an attached ل names a medium or
// hearers: "لوكالة", "للصحفيين".
func (s *scan) audience(i int) bool {
	b := s.at(i)
	rest := b[min(letter, len(b)):]
	if len(b) > 2*letter && b[letter:2*letter] == "ل" {
		rest = "ال" + b[2*letter:]
		if s.definite(i+1) && s.definite(i-1) {
			return false // المدير العام للوكالة الدولية
		}
	}
	if i > 0 && document[s.at(i-1)] {
		return false
	}
	if n := s.words[i].name; n > 0 && strings.HasPrefix(b, "ل") {
		m := &s.names[n-1]
		return m.First == i && m.Start > s.t.Tokens[i].Start && m.Entity != nil && m.Entity.Outlet != nil
	}
	if s.lex.classes[rest]&cOutlet != 0 {
		return true
	}
	switch rest {
	case "الصحفيين", "الصحافيين", "الصحافه", "الاعلاميين", "الاعلام", "الجزيره":
		return true
	}
	return false
}

// orObject returns the prepositional phrase found, or the object of the verb.
func (s *scan) orObject(i int, f *form, limit int, p phraseIn) complement {
	v := f.verb
	if v.object || v.personObject || v.naming {
		stop := limit
		if p.at >= 0 {
			stop = p.at
		}
		if o := s.findObject(i, f, stop); o.kind != none {
			return o
		}
	}
	if p.at >= 0 && (len(v.needs) == 0 || s.within(i+1, p.at+3, v.needs...)) {
		return complement{kind: phrase, at: p.at, content: p.content, cut: p.cut, person: p.person, feeling: p.feeling, noun: p.noun}
	}
	return complement{}
}

// findObject finds the noun phrase that is the verb's object: after its
// subject, or directly after the verb if the subject is dropped or before it.
func (s *scan) findObject(i int, f *form, limit int) complement {
	s.objects = true
	defer func() { s.objects = false }()
	k := s.skipAdjuncts(i+1, limit)
	if f.verb.lemma == "اعتبر" {
		if f.suffixed && k < limit && (s.objectStarts(k) || strings.HasSuffix(s.at(k), "ا")) {
			return complement{kind: object, at: k, content: k} // ويعتبرها محاولة …
		}
		return s.secondObject(k, limit)
	}
	if f.verb.lemma == "اقترح" && s.at(k) == "علي" && k+2 < limit {
		k = s.nounPhrase(k+1, limit)
	}
	if k >= limit || s.t.Tokens[k].Kind != text.Word {
		return complement{}
	}
	from := k
	if s.subjectBefore(i) && !f.suffixed && !s.objectStarts(k) {
		if n := s.skipAdjuncts(s.nounPhrase(k, limit), limit); n < limit && n > k && s.objectStarts(n) {
			from = n
		}
	}
	if f.verb.lemma == "حمل" {
		// حمّل فلان الدولة المسؤولية: both objects are the content
		if n := s.nounPhrase(k, limit); !s.within(n, n+1, f.verb.needs...) && !s.within(k, k+1, f.verb.needs...) && !f.suffixed && f.tense != participle && !s.subjectBefore(i) {
			from = s.skipAdjuncts(n, limit)
		}
	} else if f.tense == participle || len(f.verb.needs) > 0 && s.within(k, k+1, f.verb.needs...) {
		from = k
	} else if n := s.nounPhrase(k, limit); f.verb.label && s.beginsWith(n, "ب") {
		from = k // وصف القرار بأنه …
	} else if !s.subjectBefore(i) && !s.objectStarts(k) || f.verb.personObject && !f.suffixed && s.objectStarts(k) {
		from = s.skipAdjuncts(s.nounPhrase(k, limit), limit)
	}
	if f.verb.personObject && !f.suffixed && from < limit && !s.objectStarts(from) {
		from = s.skipAdjuncts(s.nounPhrase(from, limit), limit)
	}
	if from > k && from < limit && s.is(from, cRelative) && s.comma(from-1) {
		for n := from + 1; n < limit && n < from+20; n++ {
			if s.comma(n) {
				from = n + 1 // انتقد المحامي، الذي …، قرار المحكمة
				break
			}
		}
	}
	if i > 0 && s.isThat(i-1) && s.at(i-1) != "ان" && s.at(i-1) != "بان" && from > k && f.tense != participle {
		from = k // إنها أدانت روسيا
	}
	if s.comma(from) && from > k {
		if n := s.apposition(from, limit); n > from && n < limit && s.comma(n-1) {
			from = n // رفض رئيس التحرير، الدكتور أحمد زكي، استخدام …
		}
	}
	if n := s.droppedSubject(f, k, from, limit); n >= 0 {
		from = n
	}
	if from >= limit {
		return complement{}
	}
	if x := s.circumstance(from); x != nil && s.words[from].class&cNoun == 0 && strings.HasSuffix(s.at(from), "ا") {
		return complement{} // أكد الوزير، متهما …
	}
	o := complement{kind: object, at: from, content: from}
	if f.verb.naming && s.lex.feelings[s.at(from)] == nil {
		return complement{}
	}
	if fe := s.lex.feelings[s.at(from)]; fe != nil && !f.verb.quoted || fe != nil && f.verb.lemma != "أكد" && (s.possessed(from) || s.definite(from)) {
		p := s.withFeeling(phraseIn{content: from}, limit)
		o.content, o.cut, o.feeling, o.noun = p.content, p.cut, p.feeling, p.noun
		return o
	}
	switch {
	case len(f.verb.needs) > 0:
		if !s.within(from, limit, f.verb.needs...) {
			return complement{}
		}
	case f.tense == participle && from == i+1 && i > 0 && s.comma(i-1) && s.t.Tokens[from].Kind == text.Word && !s.is(from, cPreposition|cAdverb|cClause|cRelative|cAuxiliary|cThat|cBiThat|cTime):
	case f.verb.lemma != "وصف" && (f.verb.act == "STATE" || f.verb.act == "REQUEST" || f.verb.act == "PREDICT"):
		if !s.objectStarts(from) {
			return complement{}
		}
	case s.opens(from) >= 0:
	case s.t.Tokens[from].Kind != text.Word, s.is(from, cPreposition|cAdverb|cClause|cRelative|cAuxiliary):
		return complement{}
	}
	return o
}

// droppedSubject returns where the object begins if the noun phrase [k, end)
// after the verb, which a subject would be, is its object, or holds it
// after the subject; else −1.
//
//	ونفت [الاتهامات الموجهة إليها].      وفند التحقيق [الرواية الأولى].
func (s *scan) droppedSubject(f *form, k, end, limit int) int {
	if !f.verb.object || f.suffixed || f.verb.label || f.tense == participle || len(f.verb.needs) > 0 || k >= limit {
		return -1
	}
	switch f.verb.act {
	case graph.ActAccuse, graph.ActReject, graph.ActDeny, graph.ActSupport:
	default:
		return -1
	}
	if end < limit && s.t.Tokens[end].Kind == text.Word && !s.is(end, cPreposition|cAdverb|cClause|cRelative|cAuxiliary|cThat|cBiThat|cTime|cNegation) && !s.joined(end) {
		return -1 // there is an object
	}
	for n := k + 1; n < end && n < limit; n++ {
		b := s.at(n)
		if s.definite(n) && s.definite(n-1) && !s.joined(n) && !nisba(b) && s.words[n].name == 0 && s.words[n-1].name == 0 && !s.is(n, cTitle|cAdjective) && s.lex.classes[strings.TrimPrefix(b, "ال")]&(cAdjective|cTitle) == 0 && strings.HasSuffix(b, "ه") != strings.HasSuffix(s.at(n-1), "ه") && !strings.HasSuffix(s.at(n-1), "ات") && s.lex.classes[strings.TrimPrefix(b, "ال")]&cNoun != 0 {
			return n
		}
	}
	if s.words[k].name > 0 || s.is(k, cTitle|cBody|cOutlet|cName|cNamed) || s.opens(k) >= 0 || !s.definite(k) && !s.demonstrative(k) {
		return -1
	}
	rest := s.lex.classes[strings.TrimPrefix(s.at(k), "ال")]
	if rest&(cTitle|cBody|cOutlet) != 0 || rest&cNoun == 0 && !verbalNoun(strings.TrimPrefix(s.at(k), "ال")) && !s.demonstrative(k) {
		return -1
	}
	return k
}

func (s *scan) demonstrative(i int) bool {
	switch s.at(i) {
	case "هذا", "هذه", "ذلك", "تلك":
		return true
	}
	return false
}

// within tells whether one of the words, bare or with article or pronoun, or attached
// for a preposition of one letter, follows within some tokens of i.
func (s *scan) within(i, limit int, words ...string) bool {
	for k := i; k < limit && k < i+20; k++ {
		b := s.at(k)
		for _, word := range words {
			if len(word) == letter {
				if _, ok := s.attached(k, word); ok || b == word {
					return true
				}
			} else if b == word || len(word) > 3*letter && strings.HasPrefix(strings.TrimPrefix(b, "ال"), strings.TrimPrefix(word, "ال")) {
				return true
			}
		}
	}
	return false
}

// beginsWith tells whether a phrase with the preposition of one letter, or a
// clause with it, begins at i.
func (s *scan) beginsWith(i int, p string) bool {
	if i >= len(s.words) {
		return false
	}
	if _, ok := s.attachedTo(i, p, true); ok {
		return true
	}
	return s.at(i) == p || s.is(i, cBiThat)
}

// secondObject finds the two objects of a verb of holding something to be
// something: the content is both.
//
//	واعتبر المدير [القرار خطوة كبيرة]
func (s *scan) secondObject(k, limit int) complement {
	if k >= limit || s.t.Tokens[k].Kind != text.Word || s.is(k, cPreposition|cAdverb|cClause|cRelative|cAuxiliary|cThat|cBiThat) {
		return complement{}
	}
	n := s.skipAdjuncts(s.nounPhrase(k, limit), limit)
	if n >= limit {
		return complement{}
	}
	if s.is(n, cPreposition) {
		for m := n + 2; m < limit && m < n+9 && !s.comma(m); m++ {
			if b := s.at(m); strings.HasSuffix(b, "ا") && len(b) > 3*letter && !s.is(m, cAdverb|cTime|cPronoun|cClause|cName) && s.words[m].name == 0 && !s.definite(m) && len(s.words[m].forms) == 0 {
				return complement{kind: object, at: k, content: k} // اعتبر قتل الصحفيين على يد الجيش جزءا …
			}
		}
	}
	switch {
	case s.definite(n) || s.objectStarts(n) && !strings.HasSuffix(s.at(n), "ا") || s.is(n, cDeterminer):
		return complement{kind: object, at: n, content: n}
	case s.at(n) == "بمثابه" || strings.HasSuffix(s.at(n), "ا") || s.objectStarts(n):
		return complement{kind: object, at: k, content: k}
	}
	return complement{}
}

// possessed tells whether the noun has a possessive pronoun: "رفضه".
func (s *scan) possessed(i int) bool {
	b := s.at(i)
	for _, p := range []string{"ه", "ها", "هم", "هما"} {
		if stem, ok := strings.CutSuffix(b, p); ok && (s.lex.feelings[stem] != nil || strings.HasSuffix(stem, "ت") && s.lex.feelings[strings.TrimSuffix(stem, "ت")+"ه"] != nil) {
			return true
		}
	}
	return false
}

// objectStarts tells whether the word is an indefinite common or verbal noun,
// or one with a possessive pronoun, as begins what is announced: "مقتل",
// "التزامه", "ضرورة".
func (s *scan) objectStarts(i int) bool {
	if i >= len(s.words) || s.t.Tokens[i].Kind != text.Word {
		return false
	}
	w := &s.words[i]
	if w.name > 0 || w.class&(cAdjective|cTitle|cBody|cPreposition|cTime|cClause|cOutlet|cName) != 0 || s.joined(i) || w.bare == "شوون" {
		return false
	}
	if s.lex.feelings[w.bare] != nil {
		return true
	}
	if s.definite(i) {
		return w.class&cContent != 0
	}
	if w.class&cNoun != 0 || verbalNoun(w.bare) || s.suffixedNoun(w.bare) {
		return true
	}
	if stem, ok := strings.CutSuffix(w.bare, "ا"); ok && len(stem) > 3*letter && len(w.forms) == 0 && (s.lex.classes[stem]&cNoun != 0 || verbalNoun(stem)) {
		return true // تمويلا
	}
	rest, ok := strings.CutPrefix(w.bare, "ال")
	return ok && len(rest) > letter && len(w.forms) == 0 && s.hamzated(i) && verbalNoun("اق"+rest) // إلقاء
}

// subjectBefore tells whether the verb at i follows its subject or is in a
// relative clause, so that what follows is its object.
func (s *scan) subjectBefore(i int) bool {
	if s.words[i].conjunction > 0 || i == s.start(i) {
		return false
	}
	return !s.comma(i-1) && !s.is(i-1, cClause|cAuxiliary|cNegation|cThat|cAdverb|cTime) && !occasion[s.at(i-1)] && s.t.Tokens[i-1].Kind != text.Punct
}
