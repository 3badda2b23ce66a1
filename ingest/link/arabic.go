package link

import (
	"strings"

	"mawqif/graph"
	"mawqif/ingest/extract/arabic"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// readArabic finds what an Arabic phrase names: a person, by the rules below,
// or the body that stands first.
func (r *reader) readArabic(p *phrase, items []item, last int) {
	k := r.main(p, items)
	if k >= 0 {
		r.headOfState(p, items, k)
	}
	if len(items) > 0 && r.begins(p, &items[0]) {
		if m := items[0].mention; m != nil && !isPerson(m) && m.Form != gazetteer.ByAdjective && (k < 0 || !p.title.class.personal() || m.Entity.Actor != nil) {
			p.entity, p.form = m.Entity, m.Form
			p.title, p.titleAt = title{}, -1
			return
		}
	}
	switch {
	case k >= 0 && p.title.class >= body && p.titleAt == p.first:
		// "منظمة «الأفق الأخضر»": a body no table has; or a kind of document.
		r.apposed(p, items)
		return
	case r.personInPhrase(p, items):
		return
	}
	for _, rule := range [...]func(*phrase, int, int) bool{r.namedBasim, r.honorificStarts, r.givenNameStarts, r.nameBehindComma, r.nameBeforeComma, r.nameBehindDefinite} {
		if rule(p, k, last) {
			return
		}
	}
}

// apposed reads what the noun of a body is the kind of: "شركة «أفق»", and an
// outlet behind nouns of its kind: "موقع تلفزيون «أفق»".
func (r *reader) apposed(p *phrase, items []item) {
	if kinds[p.title.english] && len(items) > 1 && !definite(r.t.Tokens[p.first].Fold) && !parts[r.t.Tokens[p.first].Fold] {
		m := items[1].mention
		next := p.first + 1
		for next < p.last && r.t.Tokens[next].Kind == text.Mark {
			next++
		}
		if m != nil && m.First == next && m.Entity.Actor != nil && m.Form != gazetteer.ByAdjective && r.g.State(m.Entity) == nil && (m.Entity.Actor.Kind == graph.Organization || m.Entity.Actor.Kind == graph.Group) {
			if list, _ := r.lex.titlesAt(r.t, next, p.last); len(list) == 0 {
				p.entity, p.form, p.title, p.titleAt = m.Entity, m.Form, title{}, -1
				return
			}
		}
	}
	if p.title.english != "newspaper" {
		return
	}
	for k := range items {
		if m := items[k].mention; m != nil && m.Entity.Outlet != nil {
			p.entity, p.title, p.titleAt = m.Entity, title{}, -1
			return
		} else if m != nil && m.Form != gazetteer.ByAdjective || items[k].titles != nil && !hasClass(items[k].titles, body) {
			return
		}
	}
}

// kinds are the English nouns of bodies that stand before the names of whole
// ones; parts the Arabic nouns among theirs that mean a part of what follows.
var (
	kinds = map[string]bool{"company": true, "organisation": true, "party": true, "movement": true, "group": true, "newspaper": true, "coalition": true}
	parts = wordSet("مجلس هيئة مجموعة كتلة تكتل موقع قناة نقابة رابطة حملة نادي اتحاد مبادرة معهد")
)

// begins tells whether an item stands at the beginning of a phrase, behind
// nothing but a noun of its kind ("تنظيم", "الجيش").
func (r *reader) begins(p *phrase, it *item) bool {
	for i := p.first; i < it.first; i++ {
		if r.t.Tokens[i].Kind != text.Mark {
			return false
		}
	}
	return true
}

// headOfState reads رئيس: with the article, or before the name of a state, it
// is the head of the state ("الرئيس التونسي", "رئيس فنلندا"), else the head of
// what follows ("رئيس اللجنة").
func (r *reader) headOfState(p *phrase, items []item, k int) {
	fold := r.t.Tokens[p.titleAt].Fold
	if p.title.class == stateHead && p.title.english == "vice president" && items[k].last < p.last {
		if next := r.t.Tokens[items[k].last].Fold; next == "التنفيذي" || next == "التنفيذيه" || strings.HasPrefix(next, "لل") {
			p.title.class, p.title.english = leader, "head" // "نائب الرئيس التنفيذي للشركة"
		}
		return
	}
	base := strings.TrimSuffix(fold, "ه")
	if !strings.HasSuffix(base, "رييس") || p.title.class != leader || items[k].last-items[k].first > 1 {
		return
	}
	president := title{class: stateHead, english: "president", gender: p.title.gender, number: p.title.number}
	if definite(fold) {
		if next := p.titleAt + 1; next < p.last && r.t.Tokens[next].Fold == "التنفيذي" {
			return
		}
		p.title = president
		return
	}
	if k+1 < len(items) && items[k+1].first == items[k].last {
		if m := items[k+1].mention; m != nil && m.Form == gazetteer.ByName && m.Entity.Actor != nil && r.g.State(m.Entity) == m.Entity {
			p.title = president
		}
	}
}

// personInPhrase takes the person of the gazetteer whom the phrase names: the
// last one behind a title, the first one before it.
func (r *reader) personInPhrase(p *phrase, items []item) bool {
	for k := len(items) - 1; k >= 0; k-- {
		m := items[k].mention
		if !isPerson(m) {
			continue
		}
		if r.addressed(p, items, k) {
			continue
		}
		if p.title.class == adviser && m.First > p.titleAt && p.titleAt > p.first+1 && r.givenName(p.first) != 0 {
			continue // "سامر منصور مساعد البشير"
		}
		// Words of a name before a mere surname make another person of it.
		if first := r.extendBack(p, m); first < m.First {
			p.name = [2]int{first, m.Last}
			return true
		}
		// "محامي فلان": the one behind the title is the principal if another
		// name follows.
		if p.titleAt >= 0 && m.First > p.titleAt && p.title.class.personal() && r.wordsBehind(m.Last, p) {
			continue
		}
		p.person, p.name = m.Entity, [2]int{m.First, m.Last}
		return true
	}
	return false
}

// addressed tells whether a preposition stands before the titles of a person
// inside a phrase: he is not whom it names ("رسالة إلى الرئيس فلان").
func (r *reader) addressed(p *phrase, items []item, k int) bool {
	at := items[k].first
	for n := k - 1; n >= 0 && items[n].last == at && (items[n].titles != nil || items[n].mention != nil && items[n].mention.Form == gazetteer.ByAdjective); n-- {
		at = items[n].first
	}
	if at <= p.first {
		return false
	}
	switch r.t.Tokens[at-1].Fold {
	case "الي", "عن", "من", "والي", "ضد", "مع":
		return true
	}
	return false
}

// wordsBehind tells whether a name follows a token of the phrase, behind a
// comma at most.
func (r *reader) wordsBehind(i int, p *phrase) bool {
	for ; i < p.last; i++ {
		if r.t.Tokens[i].Kind == text.Word {
			return r.lex.given[r.t.Tokens[i].Fold] != 0
		}
	}
	return false
}

// extendBack returns the first token of the name that ends at a mention of one
// word: given names and other words that are in no title before it.
func (r *reader) extendBack(p *phrase, m *gazetteer.Mention) int {
	first := m.First
	if m.Last-m.First > 1 {
		return first
	}
	for first > p.first && first > m.First-4 && r.at[first-1] == 0 {
		fold := r.t.Tokens[first-1].Fold
		list, _ := r.lex.titlesAt(r.t, first-1, first)
		if r.lex.given[fold] == 0 && (r.running || len(list) > 0 || definite(fold) || !r.inName(first-1) || p.titleAt < 0) {
			break
		}
		first--
	}
	return first
}

// inName tells whether an Arabic token may belong to a personal name.
func (r *reader) inName(i int) bool {
	tok := &r.t.Tokens[i]
	if tok.Kind != text.Word || notInNames[tok.Fold] || relatives[tok.Fold] || sameWords[tok.Fold] || formerWords[tok.Fold] {
		return false
	}
	if tok.Fold == "علي" && strings.HasSuffix(r.t.At(tok.Span), "ى") && !(i > 0 && r.lex.given[r.t.Tokens[i-1].Fold] != 0) {
		return false // the preposition على
	}
	if m := r.mention(i); m != nil && !isPerson(m) && m.Form != gazetteer.ByAdjective {
		return false
	}
	return true
}

// notInNames are words that end a name: particles, verbs of saying, nouns.
var notInNames = wordSet("في من الى عن مع ان انه انها بان خلال بعد قبل اثناء امس اليوم عبر حول لدي ضد بين كما حيث او ثم لكن " +
	"قال وقال قالت وقالت اكد اكدت اعلن اعلنت اضاف واضاف واضافت اضافت صرح صرحت اوضح اوضحت يقول تقول ذكر ذكرت دعا دعت اعتبر اعتبرت اشار اشارت " +
	"الذي التي هو هي هذا هذه ذلك تلك كل جميع احد بعض غير اي كان كانت وكان وكانت قد لقد سوف لم لن لا ما هناك عند امام تحت فوق منذ حتي " +
	"اللجنه المجلس الحزب الحركه السابق الحالي الجديد العام العامه الخاص الخاصه المسوول المكلف باسم بشان شوون لشوون للشوون الي وفق بحسب عام سنه")

// wordSet is the set of the search keys of words.
func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[graph.Fold(w)] = true
	}
	return m
}

// nameEnd returns the end of the name that begins at token i: at most five
// words, up to a mark, a title or a word that is in no name.
func (r *reader) nameEnd(i, last int) int {
	end := i
	for end < last && end-i < 6 && r.inName(end) {
		if end > i {
			fold := r.t.Tokens[end].Fold
			if rest, ok := strings.CutPrefix(fold, "و"); ok && r.lex.given[fold] == 0 && r.lex.given[rest] != 0 {
				break // "سامر الخوري وأحمد منصور"
			}
			list, stop := r.lex.titlesAt(r.t, end, last)
			surname := end-i == 1 && stop == end+1 && definite(r.t.Tokens[end].Fold) && list[0].class != body
			if stop > 0 && !surname && r.lex.given[r.t.Tokens[end].Fold] == 0 && list[0].class != honorific {
				break
			}
			if m := r.mention(end); m != nil && m.Form == gazetteer.ByAdjective && definite(r.t.Tokens[end].Fold) && end-i >= 3 {
				break
			}
			if r.pastName(i, end) {
				break
			}
		}
		end++
	}
	return end
}

// pastName tells whether a word behind the beginning of a name is hardly a part
// of it: a verb, an object, a noun behind a surname with the article.
func (r *reader) pastName(first, i int) bool {
	fold, raw := r.t.Tokens[i].Fold, r.t.At(r.t.Tokens[i].Span)
	before := r.t.Tokens[i-1].Fold
	if r.lex.given[fold] != 0 || nameLinks[fold] || nameLinks[before] || r.at[i] > 0 {
		return false
	}
	exact, _ := arabic.ClassOf(fold)
	surname := definite(before) && before != "ال" && i-1 > first && !compounds[before]
	switch {
	case exact&(arabic.Verb|arabic.Particle) != 0, strings.HasSuffix(raw, "ًا") || strings.HasSuffix(raw, "اً"):
		return true
	case accusative(raw, fold) || possessed(raw, fold), i-first > 1 && (exact != 0 || r.lex.plain[fold]):
		return true
	}
	return surname && (!definite(fold) || !strings.HasSuffix(fold, "ي") && (exact != 0 || strings.HasSuffix(before, "ي")))
}

// nameLinks join words inside a name; compounds are second parts of given names.
var (
	nameLinks = wordSet("بن ابن بنت ال ولد ابو ابي ام عبد بو آيت ايت دي دو فان فون دا لو لا")
	compounds = wordSet("الدين الله الاسلام العابدين الحق الرحمن الرحيم الزهراء")
)

// namedBasim: the name باسم is spelled like "in the name of", which stands behind
// spokesmen only: "رئيس المركز |باسم الخوري|".
func (r *reader) namedBasim(p *phrase, k, last int) bool {
	if p.titleAt < 0 || !p.title.class.personal() || p.title.class == spokesperson || last-2 <= p.titleAt || r.t.Tokens[last-2].Fold != "باسم" || !r.inName(last-1) || hasPersonal(r, last-3, last-2) || r.lex.plain[bareNoun(r.t.Tokens[last-1].Fold)] {
		return false
	}
	if m := r.mention(last - 1); m != nil && !isPerson(m) || len(r.lex.titles[bareNoun(r.t.Tokens[last-1].Fold)]) > 0 {
		return false
	}
	p.name = [2]int{last - 2, last}
	return true
}

// honorificStarts: the name begins behind an honorific: "المهندس |سامر خوري|".
func (r *reader) honorificStarts(p *phrase, k, last int) bool {
	for i := p.first; i < last; i++ {
		next := r.honorificAt(i, last)
		if next == 0 || next >= last || r.at[i] > 0 {
			continue
		}
		if again := r.honorificAt(next, last); again > 0 && again < last {
			continue
		}
		if m := r.mention(next); m != nil && !isPerson(m) {
			continue // "السفير الروسي"
		}
		if definite(r.t.Tokens[next].Fold) && next+1 < last || !r.inName(next) || hasPersonal(r, next, last) || !definite(r.t.Tokens[i].Fold) {
			continue
		}
		end := r.nameEnd(next, last)
		if end == next || end-next == 1 && r.lex.given[r.t.Tokens[i].Fold] != 0 {
			continue // "السيد فرجاني": a given name, not an honorific
		}
		p.name = [2]int{next, end}
		return true
	}
	return false
}

// givenNameStarts: the name begins at a given name, behind a title and what it
// is of, or at the beginning of the phrase: "وزير النقل المهندس |سامر خوري|",
// "|هالة منصور| رئيسة الجمعية".
func (r *reader) givenNameStarts(p *phrase, k, last int) bool {
	_, titleEnd := 0, p.first
	if p.titleAt >= 0 {
		_, titleEnd = r.lex.titlesAt(r.t, p.titleAt, last)
	}
	for i := p.first; i < last; i++ {
		given := r.lex.given[r.t.Tokens[i].Fold]
		if i == p.first {
			given = r.givenName(i)
		}
		if given == 0 || r.at[i] > 0 && !isPerson(r.mention(i)) {
			continue
		}
		if p.titleAt >= 0 && i >= p.titleAt && i < titleEnd {
			continue
		}
		if i > p.first && r.namedAfter(i-1) {
			i = r.nameEnd(i, last) - 1 // "مستشفى كمال ناصر"
			continue
		}
		end := r.nameEnd(i, last)
		if end-i < 2 && !(i == p.first && end == last) && !p.honoured {
			continue
		}
		if i == p.first && p.titleAt > i && end > p.titleAt {
			end = p.titleAt
		}
		p.name = [2]int{i, end}
		return true
	}
	return false
}

// namedAfter tells whether a noun is one of those that are called after people:
// hospitals, schools, streets, parties.
func (r *reader) namedAfter(i int) bool {
	list, _ := r.lex.titlesAt(r.t, i, i+1)
	if hasClass(list, body) && !definite(r.t.Tokens[i].Fold) {
		return true
	}
	switch r.t.Tokens[i].Fold {
	case "شارع", "مخيم", "مدينه", "مدرسه", "جامعه", "مسجد", "جامع", "مطار", "ميدان", "لواء", "كتاءب", "كتايب", "عمليه", "قريه", "بلده", "حي", "سجن", "مجمع", "اداره", "حكومه", "قانون", "اسره", "عاءله", "عايله", "قوات", "جايزه", "ملعب":
		return true
	}
	return false
}

// nameBehindComma: title, comma, name: "المتحدثة باسم الهيئة، |ليا دوران|".
func (r *reader) nameBehindComma(p *phrase, k, last int) bool {
	if p.titleAt < 0 || !p.title.class.personal() {
		return false
	}
	for i := last - 1; i > p.titleAt; i-- {
		if fold := r.t.Tokens[i].Fold; fold == "،" || fold == "," || fold == ":" {
			first := i + 1
			for first < last && r.honorificAt(first, last) > 0 {
				first = r.honorificAt(first, last)
			}
			end := r.nameEnd(first, last)
			if end == last && end > first && end-first <= 5 && !definite(r.t.Tokens[first].Fold) && !hasPersonal(r, first, last) {
				p.name = [2]int{first, end}
				return true
			}
		}
	}
	return false
}

// nameBeforeComma: name, comma, title: "|تيم روغان|، أمين عام الرابطة".
func (r *reader) nameBeforeComma(p *phrase, k, last int) bool {
	if p.titleAt < 0 || !p.title.class.personal() || p.titleAt-p.first > 7 {
		return false
	}
	first := p.first
	for first < p.titleAt && r.honorificAt(first, last) > 0 {
		first = r.honorificAt(first, last)
	}
	for first < p.titleAt && r.at[first] > 0 && !isPerson(r.mention(first)) {
		first++ // "السويسري أوتو ليند، رئيس النادي"
	}
	end := r.nameEnd(first, p.titleAt)
	if end == first {
		return false
	}
	comma := end < p.titleAt && (r.t.Tokens[end].Fold == "،" || r.t.Tokens[end].Fold == ",")
	if comma && end+1 == p.titleAt || end == p.titleAt && end-first >= 2 {
		p.name = [2]int{first, end}
		return true
	}
	return false
}

// nameBehindDefinite: a title and what it is of end with a definite word or a
// name; words without the article behind it are a name of their own:
// "نائب وزير الزراعة الغاني |كوفي أدو|".
func (r *reader) nameBehindDefinite(p *phrase, k, last int) bool {
	if p.titleAt < 0 || !p.title.class.personal() && !p.honoured {
		return false
	}
	end := last
	for i := p.titleAt; i < last; i++ {
		if r.t.Tokens[i].Fold == "،" || r.t.Tokens[i].Fold == "(" {
			end = i
			break
		}
	}
	for i := p.titleAt + 1; i < end; i++ {
		if end-i > 9 || definite(r.t.Tokens[i].Fold) || !r.inName(i) || hasPersonal(r, i, end) || r.at[i] > 0 {
			continue
		}
		closed := r.at[i-1] > 0 || definite(r.t.Tokens[i-1].Fold) || r.honorificAt(i-1, end) == i
		if !closed || r.namedAfter(i-1) || end-i < 2 && r.honorificAt(i-1, end) != i {
			continue
		}
		if _, stop := r.lex.titlesAt(r.t, i, end); stop > 0 {
			continue
		}
		if _, common := arabic.ClassOf(r.t.Tokens[i].Fold); common != 0 || accusative(r.t.At(r.t.Tokens[i].Span), r.t.Tokens[i].Fold) || possessed(r.t.At(r.t.Tokens[i].Span), r.t.Tokens[i].Fold) || r.lex.plain[bareNoun(r.t.Tokens[i].Fold)] || r.lex.people[r.t.Tokens[i].Fold] {
			continue
		}
		if stop := r.nameEnd(i, end); stop != end && (stop-i < 2 || !hasPersonal(r, stop, end)) {
			continue
		} else {
			end = stop
		}
		p.name = [2]int{i, end}
		return true
	}
	return false
}
