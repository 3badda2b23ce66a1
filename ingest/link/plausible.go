package link

import (
	"slices"
	"strings"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/extract/arabic"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// recognised tells whether an Arabic token begins something that can be a
// source: a title, a name, a kind of body.
func (r *reader) recognised(i, last int) bool {
	fold := r.t.Tokens[i].Fold
	if r.at[i] > 0 || r.givenName(i) != 0 {
		return true
	}
	if list, _ := r.lex.titlesAt(r.t, i, last); len(list) > 0 {
		return true
	}
	if _, ok := r.g.HeadAt(r.t, i); ok {
		return true
	}
	return r.lex.people[bareNoun(fold)]
}

// bareNoun is a folded Arabic noun without its article.
func bareNoun(fold string) string { return strings.TrimPrefix(fold, "ال") }

// trim drops from both ends of an Arabic phrase what is no part of a naming: a
// verb or a noun of saying before it, and what follows it at the next verb,
// particle or object.
//
//	كلمة |نائب الرئيس|      |المذيع سامر خوري| هجوما
func (r *reader) trim(first, last int) (int, int) {
	for last-first > 1 && !r.recognised(first, last) && r.recognised(first+1, last) {
		tok := &r.t.Tokens[first]
		if exact, _ := arabic.ClassOf(tok.Fold); exact&(arabic.Verb|arabic.Saying|arabic.Particle) == 0 || strings.HasSuffix(tok.Fold, "ا") {
			break // "مخاطبا الوزيرة": whom he speaks to
		}
		first++
	}
	head, _ := r.lex.titlesAt(r.t, first, last)
	text := hasClass(head, document) // whose it is may stand in a clause
	for i := first + 1; i < last; {
		if _, end := r.lex.titlesAt(r.t, i, last); end > i {
			i = end
			continue
		}
		if m := r.mention(i); m != nil {
			i = max(i+1, m.Last)
			continue
		}
		if !text && r.ends(i, first) {
			return first, i
		}
		i++
	}
	return first, last
}

// ends tells whether a token behind the first of an Arabic phrase begins
// something that is no part of it.
func (r *reader) ends(i, first int) bool {
	tok := &r.t.Tokens[i]
	if tok.Kind == text.Mark && i == first+1 && definite(r.t.Tokens[first].Fold) && i+5 < len(r.t.Tokens) && r.t.Tokens[i+5].Quote == r.t.Tokens[i+1].Quote && r.t.Tokens[i+1].Quote >= 0 {
		return true // "الشبكة «…»": what it said
	}
	if tok.Kind != text.Word || tok.Quote != r.t.Tokens[first].Quote || r.lex.given[tok.Fold] != 0 || r.lex.people[bareNoun(tok.Fold)] || sameWords[tok.Fold] || belonging[tok.Fold] {
		return false
	}
	exact, _ := arabic.ClassOf(tok.Fold)
	switch {
	case exact&arabic.Verb != 0 && exact&(arabic.Noun|arabic.Saying) == 0:
		return i > first+1 || definite(r.t.Tokens[first].Fold)
	case clauses[tok.Fold]:
		return true
	case definite(tok.Fold) || r.t.Tokens[i-1].Fold == "ال" || !definite(r.t.Tokens[i-1].Fold) && r.at[i-1] == 0:
		return false
	case i+1 < len(r.t.Tokens) && r.givenName(i+1) != 0:
		return false // a noun that is a name: "مشاهد حسين"
	case exact&(arabic.Noun|arabic.Saying) != 0: // no adjective agrees with a definite noun
		return true
	}
	return accusative(r.t.At(tok.Span), tok.Fold) || possessed(r.t.At(tok.Span), tok.Fold)
}

// belonging are adjectives behind which a body stands whose part another is.
var belonging = wordSet("باسمه باسمها باسمهم باسمهما تابع تابعه تابعون صادر صادره معني معنيه مقرب مقربه منبثقه مواليه موال مناهضه")

// clauses open what follows the naming of an Arabic source.
var clauses = wordSet("ان بان انه انها انهم كما حيث بينما فيما لكن ولكن بل اذ عندما حين حينما لان لانه لانها بعدما رغم كافه ايضا كذلك مثلما وهو وهي")

// accusative tells whether an Arabic word is an indefinite accusative: by the
// mark of it, or by its ending on a common noun.
func accusative(raw, fold string) bool {
	if strings.HasSuffix(raw, "ًا") || strings.HasSuffix(raw, "اً") || strings.HasSuffix(raw, "ةً") {
		return true
	}
	stem, ok := strings.CutSuffix(fold, "ا")
	if !ok || len(stem) < 6 {
		return false
	}
	exact, _ := arabic.ClassOf(stem)
	return exact&(arabic.Noun|arabic.Saying) != 0
}

// possessed tells whether an Arabic word is a common noun with a pronoun on it:
// "حديثه", "التزامها".
func possessed(raw, fold string) bool {
	for _, p := range [...]string{"هما", "ها", "هم", "ه", "نا", "هن"} {
		stem, ok := strings.CutSuffix(fold, p)
		if !ok || p == "ه" && !strings.HasSuffix(raw, "ه") || len(stem) < 4 {
			continue
		}
		for _, s := range [...]string{stem, strings.TrimSuffix(stem, "ت") + "ه", strings.TrimPrefix(stem, "ب"), strings.TrimPrefix(stem, "ل")} {
			if exact, _ := arabic.ClassOf(s); exact&(arabic.Noun|arabic.Saying) != 0 {
				return true
			}
		}
	}
	return false
}

// whole adds to an Arabic source what belongs to its naming and was left behind
// it: the rest of a name, a title in apposition, the body of a title.
//
//	|سامر الخوري الأمين العام| لـ«الأفق»      |فاضل| بن سامر، رئيس المركز
func (l *linker) whole(s text.Span, a *extract.Attribution) text.Span {
	if !l.arabic {
		return s
	}
	first, last := l.tokens(s)
	for k := first + 1; k+1 < len(l.t.Tokens) && k <= last; k++ {
		if calls[l.t.Tokens[k].Fold] && (l.givenName(k+1) != 0 || l.foreign(k+1)) && l.sameSentence(first, k+1) { // "محتج يدعى سامر الخوري"
			if end := l.givenEnd(k+1, min(k+6, len(l.t.Tokens))); end-k > 2 {
				return l.t.Cover(k+1, end)
			}
		}
	}
	if last == 0 || last >= len(l.t.Tokens) || last <= first || l.t.Tokens[last-1].Kind != text.Word {
		return s
	}
	limit := min(last+14, len(l.t.Tokens))
	for k := last; k < limit; k++ {
		tok := &l.t.Tokens[k]
		if tok.Sentence != l.t.Tokens[first].Sentence || l.content[k] && !l.content[first] || tok.Start >= a.Cue.Start && a.Cue.Start >= s.End || tok.Fold == ":" || tok.Fold == "." {
			limit = k
		}
	}
	k := last
	lead, _ := l.lex.titlesAt(l.t, first, last)
	named := l.givenName(first) != 0 || isPerson(l.mention(first)) || hasClass(lead, honorific)
	if named { // the rest of the name
		for k < limit && k < last+5 && l.t.Tokens[k].Kind == text.Word && l.at[k] == 0 && (nameLinks[l.t.Tokens[k].Fold] || nameLinks[l.t.Tokens[k-1].Fold]) {
			k++
		}
	}
	next := k
	if next < limit && (l.t.Tokens[next].Fold == "،" || l.t.Tokens[next].Fold == ",") && named && k-first <= 7 {
		next++
	}
	switch list, end := l.lex.titlesAt(l.t, min(next, len(l.t.Tokens)-1), limit); {
	case next >= limit:
	case hasClass(lead, legislator) && l.t.Tokens[next].Fold == "عن" && next+1 < limit && l.partyAt(next+1):
		k = l.titleEnd(next+1, limit)
	case next == k && hasClass(lead, civilian) && l.outletAndName(next, limit) > 0:
		k = l.outletAndName(next, limit)
	case named && end > 0 && list[0].class.personal() && list[0].number == extract.Singular && (next > k || definite(l.t.Tokens[next].Fold)):
		k = l.titleEnd(end, limit)
	case l.endsInTitle(first, k) && (l.t.Tokens[next].Fold == "ل" || l.t.Tokens[next].Fold == "باسم" || strings.HasPrefix(l.t.Tokens[next].Fold, "لل")) && next == k:
		k = l.titleEnd(next, limit)
	}
	if k == last {
		return s
	}
	return l.t.Cover(first, k)
}

// seatedFor takes the party or bloc behind عن for the body for which an Arabic
// legislator speaks: "النائب سامر الخوري عن |حزب الوسط|".
func (r *reader) seatedFor(p *phrase, last int) {
	for i := p.titleAt + 1; i+1 < last; i++ {
		if r.t.Tokens[i].Fold != "عن" {
			continue
		}
		m := r.mention(i + 1)
		list, _ := r.lex.titlesAt(r.t, i+1, last)
		switch {
		case m != nil && m.Entity.Actor != nil && m.Entity.Actor.Kind == graph.Group && m.Form != gazetteer.ByAdjective:
			p.institution, p.body = m.Entity, text.Span{}
		case seated(list):
			end := last
			if p.named() && p.name[0] > i {
				end = p.name[0]
			}
			if s := r.bodyFrom(i+1, end, last); !s.IsZero() {
				p.institution, p.body = nil, s
			}
		}
		return
	}
}

// partyAt tells whether a party or bloc stands at an Arabic token.
func (r *reader) partyAt(i int) bool {
	m := r.mention(i)
	list, _ := r.lex.titlesAt(r.t, i, len(r.t.Tokens))
	return m != nil && m.Entity.Actor != nil && m.Entity.Actor.Kind == graph.Group || seated(list)
}

// seated tells whether a noun is one of parties, blocs and unions.
func seated(list []title) bool {
	for _, t := range list {
		if t.class == body && (t.english == "party" || t.english == "movement" || t.english == "coalition" || t.english == "group" || t.english == "organisation") {
			return true
		}
	}
	return false
}

// outletAndName returns the end of the name behind an outlet that begins with ل:
// "المحلل العسكري |لصحيفة «أفق» سامر الخوري|"; 0 if there is none.
func (l *linker) outletAndName(i, limit int) int {
	if !strings.HasPrefix(l.t.Tokens[i].Fold, "ل") && l.t.Tokens[i].Fold != "في" {
		return 0
	}
	for k := i; k < limit && k < i+3; k++ {
		m := l.mention(k)
		if m == nil || m.Entity.Outlet == nil {
			continue
		}
		first := m.Last
		for first < limit && l.t.Tokens[first].Kind == text.Mark {
			first++
		}
		if first+1 < limit && (l.givenName(first) != 0 || l.foreign(first)) && l.inName(first+1) {
			if end := l.givenEnd(first, limit); end-first > 1 {
				return end
			}
		}
		return 0
	}
	return 0
}

// further adds to an Arabic person what a comma, a dash or "who is" adds behind
// his name: "سامر الخوري، وهو |مدير المركز|", "هالة منصور، من |منظمة العفو
// الدولية|".
func (l *linker) further(p *phrase) {
	i := p.last
	if i+2 >= len(l.t.Tokens) || !l.sameSentence(p.last-1, i) {
		return
	}
	mark := l.t.Tokens[i].Kind == text.Punct
	if mark {
		switch l.t.Tokens[i].Fold {
		case "،", ",", "-", "–", "—":
			i++
		default:
			return
		}
	}
	limit := i
	for limit < len(l.t.Tokens) && limit < i+14 && l.sameSentence(p.first, limit) && !(l.t.Tokens[limit].Kind == text.Punct && l.t.Tokens[limit].Fold != "(" && l.t.Tokens[limit].Fold != ")") {
		limit++
	}
	fold := ""
	if i < limit {
		fold = l.t.Tokens[i].Fold
	}
	var f *figure
	switch fold {
	case "وهو", "وهي", "هو", "هي":
		i++
	case "من", "في":
		if mark && i+1 < limit && fold == "من" {
			m := l.mention(i + 1)
			list, _ := l.lex.titlesAt(l.t, i+1, limit)
			switch {
			case m != nil && m.First == i+1 && m.Entity.Actor != nil && m.Form != gazetteer.ByAdjective && (m.Entity.Actor.Kind == graph.Organization || m.Entity.Actor.Kind == graph.Group):
				f = l.figureOf(p)
				if f.institution == nil && f.entity == nil {
					f.institution = m.Entity
				}
			case hasClass(list, body) && !definite(l.t.Tokens[i+1].Fold):
				if s := l.bodyFrom(i+1, limit, limit); !s.IsZero() {
					if f = l.figureOf(p); f.body == "" && f.institution == nil && f.entity == nil {
						f.body, f.bodyAt = tidy(l.t.At(s)), s
					}
				}
			}
		}
		return
	default:
		if !mark || l.t.Tokens[i-1].Fold == "،" || l.t.Tokens[i-1].Fold == "," {
			return
		}
	}
	list, end := l.lex.titlesAt(l.t, i, limit)
	if end == 0 || !list[0].class.personal() || list[0].number != extract.Singular {
		return
	}
	q := l.read(l.t.Cover(i, l.titleEnd(end, limit)))
	if q.titleAt != q.first || q.named() {
		return
	}
	if f = l.figureOf(p); f.entity == nil {
		f.absorb(l.t, p)
		l.refer(&q)
		f.absorb(l.t, &q)
	}
}

// calls stand between a description and the name.
var calls = wordSet("يدعى تدعى اسمه اسمها واسمه واسمها ويدعى وتدعى")

// endsInTitle tells whether the tokens up to one end in a title of a person.
func (r *reader) endsInTitle(first, end int) bool {
	for i := max(first, end-3); i < end; i++ {
		if list, stop := r.lex.titlesAt(r.t, i, end); stop == end && list[0].class.personal() && list[0].class != civilian {
			return true
		}
	}
	return false
}

// titleEnd returns where what stands behind the noun of a title ends: at a mark
// that is no quotation mark, at a verb, at what is no part of a naming.
func (r *reader) titleEnd(from, limit int) int {
	i := from
	for i < limit {
		tok := &r.t.Tokens[i]
		exact, _ := arabic.ClassOf(tok.Fold)
		if i > from && (strings.HasPrefix(tok.Fold, "بال") || strings.HasPrefix(tok.Fold, "لل")) && r.at[i] == 0 && (hasPersonal(r, i, limit) || r.honorificAt(i, limit) > 0) {
			break // "التقى وزير النقل |بالأمير| …"
		}
		if tok.Kind == text.Punct || clauses[tok.Fold] || relatives[tok.Fold] || tok.Fold == "ان" || notInNames[tok.Fold] && !arabicPrepositions[tok.Fold] || exact&arabic.Verb != 0 && r.at[i] == 0 && i > from {
			break
		}
		i++
	}
	return i
}

// senseless tells whether an Arabic phrase can hardly be a source: it has no
// title, no name and no noun of people or bodies at its head, and its head is a
// common word, or it is longer than an unknown name.
func (l *linker) senseless(p *phrase) bool {
	if !l.arabic || p.named() || p.entity != nil || p.same || p.first >= p.last {
		return false
	}
	if p.last-p.first == 1 && p.titleAt < 0 && p.honoured {
		return true // "الدكتور", "د": whoever was named
	}
	head := p.first
	for head < p.last-1 && quantifiers[l.t.Tokens[head].Fold] {
		head++
	}
	tok := &l.t.Tokens[head]
	if head > p.first && ofThem[l.t.Tokens[head].Fold] || l.recognised(head, p.last) && !l.adverbial(head) {
		return false
	}
	for i := head; i < p.last && i < head+3; i++ {
		if fold := l.t.Tokens[i].Fold; l.byWord[bareNoun(fold)] != nil || i == head && l.isSurname(strings.TrimPrefix(fold, "ل")) {
			return false
		}
	}
	exact, bare := arabic.ClassOf(tok.Fold)
	raw := l.t.At(tok.Span)
	if p.titleAt >= 0 {
		return exact != 0 || bare&arabic.Noun != 0
	}
	people := len(tok.Fold) > 8 && (strings.HasSuffix(tok.Fold, "ون") || strings.HasSuffix(tok.Fold, "ين"))
	switch {
	case exact != 0 || bare&^arabic.Verb != 0 || l.lex.plain[bareNoun(tok.Fold)] || l.lex.plain[strings.TrimPrefix(tok.Fold, "و")] || tok.Kind != text.Word || len(tok.Fold) <= 4:
		return true
	case strings.HasSuffix(raw, "ًا") || strings.HasSuffix(raw, "اً") || pronounOn(raw, tok.Fold):
		return true
	case definite(tok.Fold) && people:
		return false
	}
	switch n := p.last - head; {
	case n > 2:
		return true
	case n == 2:
		surname := l.t.Tokens[head+1].Fold
		_, common := arabic.ClassOf(surname)
		return definite(tok.Fold) || common != 0 || l.lex.plain[bareNoun(surname)] || !l.inName(head+1) || accusative(l.t.At(l.t.Tokens[head+1].Span), surname) || strings.HasSuffix(surname, "ه") && l.count(surname) < 2
	case definite(tok.Fold):
		return !strings.HasSuffix(tok.Fold, "ي")
	case strings.HasPrefix(tok.Fold, "ي") || strings.HasPrefix(tok.Fold, "سي") || strings.HasPrefix(tok.Fold, "ست"):
		return l.count(tok.Fold) < 2
	}
	return false
}

// unknownName tells whether an Arabic phrase of one or two words that no list
// knows is a person's name, and marks it as one: a foreign surname that stands
// alone, with the word before its first occurrence if that is unknown too.
func (l *linker) unknownName(p *phrase) bool {
	if p.titleAt >= 0 || p.last-p.first > 2 || p.first >= p.last {
		return false
	}
	for i := p.first; i < p.last; i++ {
		if !l.surnameLike(i) {
			return false
		}
	}
	p.name = [2]int{p.first, p.last}
	p.number = extract.Singular
	if p.last-p.first == 1 {
		fold := l.t.Tokens[p.first].Fold
		for i := 1; i < p.first; i++ {
			if l.t.Tokens[i].Fold == fold && l.sameSentence(i-1, i) && l.foreign(i-1) && (l.endsInTitle(max(0, i-6), i-1) || i > 1 && l.at[i-2] > 0) {
				p.name = [2]int{i - 1, i + 1}
				p.first, p.last = i-1, i+1
				p.Span = l.t.Cover(i-1, i+1)
				break
			}
		}
	}
	return true
}

// surnameLike tells whether an Arabic word may be a surname: no list knows it,
// and if it has the article it ends as surnames do.
func (l *linker) surnameLike(i int) bool {
	fold := l.t.Tokens[i].Fold
	if accusative(l.t.At(l.t.Tokens[i].Span), fold) || l.lex.adjective(l.g, fold) != "" || l.lex.terms[fold].english != "" {
		return false
	}
	if !definite(fold) {
		return l.foreign(i) && len(fold) >= 6 && !pronounOn(l.t.At(l.t.Tokens[i].Span), fold) && !strings.HasPrefix(fold, "لل")
	}
	_, common := arabic.ClassOf(fold)
	return common == 0 && strings.HasSuffix(fold, "ي") && l.at[i] == 0 && len(l.titlesOf(i)) == 0 && !l.lex.plain[bareNoun(fold)] && !l.lex.people[bareNoun(fold)] && l.lex.terms[bareNoun(fold)].english == ""
}

// preposition tells whether an Arabic token is a preposition, a conjunction
// before it or not: "وعن".
func (l *linker) preposition(i int) bool {
	fold := l.t.Tokens[i].Fold
	rest, _ := strings.CutPrefix(fold, "و")
	return arabicPrepositions[fold] || arabicPrepositions[rest] || about[rest] || about[fold]
}

var about = wordSet("عن حول بشأن بخصوص مع ضد على بعد قبل مثل نحو تجاه إزاء حيال")

// oblique tells whether a noun of people behind an Arabic verb is in a case that
// no subject has: "طالب |المسلمين|", "ناشدت |طرفي| النزاع".
func (l *linker) oblique(p *phrase, a *extract.Attribution) bool {
	if !l.arabic || p.named() || p.first >= p.last || a.Source.Start < a.Cue.End {
		return false
	}
	cue := l.t.TokenAt(a.Cue.Start)
	if cue >= len(l.t.Tokens) {
		return false
	}
	for i := cue + 1; i < p.first; i++ {
		if l.t.Tokens[i].Kind != text.Mark && l.t.Tokens[i].Start >= a.Cue.End {
			return false // no subject follows at once
		}
	}
	if exact, _ := arabic.ClassOf(l.t.Tokens[cue].Fold); exact&arabic.Verb == 0 {
		return false
	}
	fold := l.t.Tokens[p.first].Fold
	stem, ok := strings.CutSuffix(fold, "ين")
	if !ok || len(stem) < 6 || l.lex.given[fold] != 0 {
		return fold == "طرفي" || fold == "جانبي"
	}
	m := l.mention(p.first)
	return m != nil && m.Form == gazetteer.ByAdjective || p.titleAt == p.first && p.number == extract.Plural
}

// adverbial tells whether a recognised head is only the adjective of a state
// in the feminine, cut off its noun: "الألمانية".
func (l *linker) adverbial(head int) bool {
	m := l.mention(head)
	return m != nil && m.First == head && m.Last == head+1 && m.Form == gazetteer.ByAdjective && strings.HasSuffix(l.t.Tokens[head].Fold, "يه")
}

// quantifiers may stand before the head of an Arabic phrase.
var quantifiers = wordSet("كل جميع بعض احد احدي عدد من كثير العديد معظم غالبيه اغلب اغلبيه كافه عده عشرات مئات مجموعه سائر بقيه كلا كلتا كبار اكثر")

// ofThem follow a quantifier that is the source: "الكثير منهم".
var ofThem = wordSet("من منهم منهما منهن منا منكم")

// pronounOn tells whether an Arabic word ends in a pronoun: "رعاياها", "رأيه".
func pronounOn(raw, fold string) bool {
	if len(fold) <= 8 && !strings.HasSuffix(raw, "ه") {
		return false
	}
	return strings.HasSuffix(fold, "ها") || strings.HasSuffix(fold, "هم") || strings.HasSuffix(fold, "هما") || strings.HasSuffix(raw, "ه") && len(fold) > 6
}

// count is how often a word stands in the text, two at most.
func (l *linker) count(fold string) int {
	if l.counts == nil {
		l.counts = make(map[string]uint8, len(l.t.Tokens))
		for i := range l.t.Tokens {
			if f := l.t.Tokens[i].Fold; l.counts[f] < 2 {
				l.counts[f]++
			}
		}
	}
	return int(l.counts[fold])
}

// lastSpeaker is who spoke last; nil if nobody has.
func (l *linker) lastSpeaker() *figure {
	if len(l.spoken) == 0 {
		return nil
	}
	return l.spoken[len(l.spoken)-1]
}

// homeOf is the state for which a figure speaks, its own or that of its body:
// what "بلاده" means in its mouth; nil if none is known.
func (l *linker) homeOf(f *figure) *gazetteer.Entity {
	if f == nil {
		return nil
	}
	if s := l.g.State(f.institution); s != nil {
		return s
	}
	if f.entity != nil {
		if s := l.g.State(f.entity.OfficeOn(l.t.Published)); s != nil {
			return s
		}
		return l.g.State(f.entity)
	}
	return nil
}

// writers are those who write or speak for an outlet.
var writers = wordSet("محلل محللة كاتب كاتبة صحفي صحفية صحافي صحافية إعلامي إعلامية محرر محررة مراسل مراسلة مذيع مذيعة معلق مدون")

// outletOf finds the outlet of an Arabic writer: the one in his naming, or the
// one with which the sentence begins: "في صحيفة |أفق| كتب المعلق سامر الخوري".
func (l *linker) outletOf(p *phrase) *gazetteer.Entity {
	first := l.t.Sentences[l.sentence(p.first)].First
	for k := l.firstMention(l.t.Tokens[max(first, p.first-20)].Start); k < len(l.names) && l.names[k].First < p.last; k++ {
		m := &l.names[k]
		if m.Entity.Outlet == nil || m.Entity.Actor == nil || m.First >= p.name[0] && m.First < p.name[1] {
			continue
		}
		if m.First < p.first && (!l.onAir(m.First, first) || l.content[m.First] || l.t.Tokens[m.First].Quote >= 0 && l.t.Tokens[m.First].Quote == l.t.Tokens[p.first].Quote) {
			continue
		}
		if fold := l.t.Tokens[m.First].Fold; strings.HasPrefix(fold, "ل") && !strings.HasPrefix(graph.Fold(graph.NameIn(m.Entity.Actor.Names, "ar")), "ل") && !(p.named() && m.First > p.first && m.Last <= p.name[0]) || m.First > 0 && (l.t.Tokens[m.First-1].Fold == "ل" || strings.HasPrefix(l.t.Tokens[m.First-1].Fold, "ل") && m.First > p.first && !(p.named() && m.Last <= p.name[0])) {
			continue // to whom he spoke
		}
		return m.Entity
	}
	return nil
}

// onAir tells whether an outlet stands behind a preposition that says where a
// writer writes: "في صحيفة |أفق|", "على |أفق|".
func (l *linker) onAir(i, first int) bool {
	for k := i - 1; k >= first && k >= i-3; k-- {
		switch fold := strings.TrimPrefix(l.t.Tokens[k].Fold, "و"); fold {
		case "في", "علي", "عبر":
			return true
		}
	}
	return false
}

// organs are bodies that every party has, whose members speak for it.
var organs = []string{"المكتب السياسي", "المجلس الوطني", "اللجنه المركزيه", "الامانه العامه", "المكتب التنفيذي", "اللجنه التنفيذيه", "الديوان السياسي", "المجلس المركزي", "مكتبه السياسي", "المكتب السياسي", "القياده القطريه", "مجلس الشوري"}

// partyOfOrgan finds the party whose organ a title is of, where the phrase does
// not name it: the one named last before.
func (l *linker) partyOfOrgan(p *phrase) *gazetteer.Entity {
	if p.body.IsZero() {
		return nil
	}
	words := graph.Fold(l.t.At(p.body))
	if !slices.ContainsFunc(organs, func(o string) bool { return words == o }) {
		return nil
	}
	n := l.firstMention(l.t.Tokens[p.first].Start)
	for k := n - 1; k >= 0 && k >= n-memory; k-- {
		m := &l.names[k]
		if m.Entity.Actor != nil && m.Entity.Actor.Kind == graph.Group && m.Form != gazetteer.ByAdjective && hasWord(l.allNames(m.Entity), "حزب") {
			return m.Entity
		}
	}
	return nil
}

// bodyCalled finds the words of the body that no table has, named before by a
// noun that stands alone at a token: "مدير |المستشفى|" is of "مستشفى كمال ناصر".
func (l *linker) bodyCalled(token int) text.Span {
	noun := l.bodyNoun(&phrase{first: token, last: token + 1})
	if strings.HasSuffix(noun, "ات") {
		return text.Span{}
	}
	for k := token - 1; k > 0 && k >= token-called; k-- {
		tok := &l.t.Tokens[k]
		if tok.Kind != text.Word || !strings.HasSuffix(tok.Fold, noun) || k+1 >= token || !l.sameSentence(k, k+1) {
			continue
		}
		particle := strings.TrimSuffix(tok.Fold, noun)
		if particle != "" && !slices.Contains(particlesAndArticle[:], particle) {
			continue
		}
		next := &l.t.Tokens[k+1]
		quoted := next.Kind == text.Mark
		if quoted && k+2 < len(l.t.Tokens) {
			next = &l.t.Tokens[k+2]
		}
		if next.Kind != text.Word || notInNames[next.Fold] || relatives[next.Fold] || l.preposition(k+1) || definite(tok.Fold) && !definite(next.Fold) && !quoted {
			continue
		}
		if exact, _ := arabic.ClassOf(next.Fold); exact&(arabic.Verb|arabic.Particle) != 0 && !quoted {
			continue
		}
		if s := l.calledFrom(k, min(token, k+7)); !s.IsZero() {
			return s
		}
	}
	return text.Span{}
}

// calledFrom is the name of the body whose noun is a token in the running text:
// up to a mark, a verb, a preposition, a word that begins something else.
func (l *linker) calledFrom(first, limit int) text.Span {
	stop := first + 1
	for stop < limit && l.sameSentence(first, stop) {
		tok := &l.t.Tokens[stop]
		exact, _ := arabic.ClassOf(tok.Fold)
		if tok.Kind == text.Word && l.lex.given[l.t.Tokens[stop-1].Fold] != 0 && !arabicPrepositions[tok.Fold] && !strings.HasPrefix(tok.Fold, "و") {
			stop++ // the surname: "مستشفى كمال |عدوان|"
			continue
		}
		if tok.Kind == text.Punct || tok.Kind == text.Word && (exact&(arabic.Verb|arabic.Particle) != 0 && l.at[stop] == 0 && l.lex.given[tok.Fold] == 0 || notInNames[tok.Fold] && l.lex.given[tok.Fold] == 0 || l.preposition(stop) || clauses[tok.Fold] || relatives[tok.Fold] || formerWords[tok.Fold]) || l.honorificAt(stop, limit) > 0 {
			break
		}
		if stop > first+1 && tok.Kind == text.Word && !definite(tok.Fold) && l.lex.given[tok.Fold] == 0 && (definite(l.t.Tokens[stop-1].Fold) || strings.HasPrefix(tok.Fold, "و") || l.at[stop-1] > 0) {
			break
		}
		stop++
	}
	for stop > first && l.t.Tokens[stop-1].Kind != text.Word {
		stop--
	}
	if stop-first < 2 {
		return text.Span{}
	}
	s := l.t.Cover(first, stop)
	s.Start += particles(l.t.At(l.t.Tokens[first].Span), l.t.Tokens[first].Fold)
	return s
}

// called is how many tokens back a body may be named that its noun means.
const called = 400

// bodyOfSpeaker finds the body that no table has, for which somebody has spoken,
// by its noun: "المتحدث باسم الشبكة العربية … وقالت |الشبكة|".
func (l *linker) bodyOfSpeaker(p *phrase) *figure {
	noun := l.bodyNoun(p)
	for n := len(l.spoken) - 1; n >= 0 && n >= len(l.spoken)-memory; n-- {
		f := l.spoken[n]
		if f.body == "" || !hasWord(graph.Fold(f.body), noun) {
			continue
		}
		key := graph.Fold(f.body)
		if b := l.byText[key]; b != nil {
			return b
		}
		b := &figure{kind: graph.Organization, nameText: f.body, noun: p.title.english, last: p.first, gender: l.wordGender(p.first)}
		l.byText[key] = b
		l.figures = append(l.figures, b)
		return b
	}
	return nil
}

// namedBefore learns the person whose name of two words stands before a title
// with the article: "أوضح |رسول الخوري| الناطق باسم الحركة". A list knows neither
// word, or the first for a given name.
func (l *linker) namedBefore(i, end int) bool {
	construct := i > 0 && !definite(l.t.Tokens[i].Fold) && l.lex.begins(l.t.Tokens[i].Fold) && end < len(l.t.Tokens) && (definite(l.t.Tokens[end].Fold) || l.at[end] > 0 || hasClass(l.titlesOf(end), body))
	if i < 3 || !construct && !definite(l.t.Tokens[i].Fold) || !l.sameSentence(i-3, i) || l.givenName(i-2) == 0 && !l.foreign(i-2) || !l.surnameLike(i-1) || l.count(l.t.Tokens[i-1].Fold) < 2 {
		return false
	}
	if surname := l.t.Tokens[i-1].Fold; strings.HasPrefix(surname, "و") && construct {
		return false
	}
	if exact, _ := arabic.ClassOf(l.t.Tokens[i-3].Fold); exact&arabic.Verb == 0 && !(construct && l.preposition(i-3)) {
		return false
	}
	limit := end
	for limit < len(l.t.Tokens) && limit < end+12 && l.sameSentence(i, limit) && !l.content[limit] {
		limit++
	}
	p := l.read(l.t.Cover(i-2, l.titleEnd(end, limit)))
	if p.titleAt < 0 || !p.title.class.personal() || p.person != nil {
		return false
	}
	p.name = [2]int{i - 2, i}
	p.number = extract.Singular
	l.figureOf(&p).absorb(l.t, &p)
	return true
}
