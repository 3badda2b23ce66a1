package link

import (
	"cmp"
	"slices"
	"strings"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/extract/arabic"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// learn makes the figures of the people whom the text names: in the sources of
// attributions, behind titles in the running text, and those of the gazetteer;
// then it finds where each appears.
func (l *linker) learn(phrases []phrase, order []int) {
	for i := range l.names {
		if m := &l.names[i]; isPerson(m) && m.Last-m.First > 1 {
			l.entityFigure(m.Entity, graph.Person)
		}
	}
	for _, i := range order {
		if p := &phrases[i]; p.named() && p.name[1]-p.name[0] > 1 {
			l.figureOf(p)
		}
	}
	if l.arabic {
		for _, i := range order {
			if p := &phrases[i]; p.named() && p.titleAt < 0 && p.entity == nil {
				l.further(p)
			}
		}
	}
	l.introductions()
	if !l.arabic {
		l.fullNames()
	}
	for i := range l.names {
		if m := &l.names[i]; isPerson(m) && l.extendsBack(m) == m.First {
			f := l.figureOf(&phrase{person: m.Entity, name: [2]int{m.First, m.Last}})
			l.seen = append(l.seen, appearance{m.First, m.Last, f})
		}
	}
	l.surnames()
	slices.SortStableFunc(l.seen, func(a, b appearance) int { return cmp.Compare(a.token, b.token) })
	if !l.arabic {
		l.additions()
	}
}

// additions reads what an English text adds to names behind a comma: "Otto Lind,
// |special counsel at the law firm Hale & Lind|,".
func (l *linker) additions() {
	for i := range l.seen {
		a := &l.seen[i]
		if a.figure.kind != graph.Person || a.figure.entity != nil && len(a.figure.entity.Offices) > 0 || a.last-a.token < 2 {
			continue
		}
		stop := l.additionEnd(a.last)
		if stop == 0 {
			continue
		}
		p := l.read(l.t.Cover(a.token, stop))
		if !p.named() || p.titleAt < p.name[1] || !p.title.class.personal() || p.title.number == extract.Plural || l.anotherNamed(p.titleAt, stop) {
			continue
		}
		if l.employer(&p); p.institution != nil || !p.body.IsZero() || p.patron != nil || p.pattern != "" {
			a.figure.absorb(l.t, &p)
		}
	}
}

// additionEnd is the end of the noun phrase that a comma at a token adds to the
// name before it; 0 if there is none.
func (l *linker) additionEnd(i int) int {
	t := l.t
	if i+2 >= len(t.Tokens) || t.Tokens[i].Fold != "," || !l.sameSentence(i-1, i+1) {
		return 0
	}
	if t.Tokens[i+1].Kind == text.Number && t.Tokens[i+2].Fold == "," {
		i += 2 // an age
	}
	title := false
	for k := i + 1; k < len(t.Tokens) && k < i+28; k++ {
		tok := &t.Tokens[k]
		switch {
		case !l.sameSentence(i, k), tok.Fold == ",", tok.Fold == ";", tok.Kind == text.Mark, relatives[tok.Fold], k+1 == len(t.Tokens):
			if !title {
				return 0
			}
			return k
		case verbsBehind[tok.Fold], tok.Quote >= 0:
			return 0
		}
		if !title {
			if title = l.personTitle(k) > 0; !title && (k > i+7 || notNouns[tok.Fold] && tok.Fold != "and") {
				return 0
			}
		}
	}
	return 0
}

// verbsBehind are verbs that tell that a comma adds no noun to a name.
var verbsBehind = wordSet("is was were are be been has have had do does did will would can could may might shall should must said says say told tells added asked argued argues called calls warned wrote writes tweeted announced insisted noted explained acknowledged")

// anotherNamed tells whether a person stands between tokens whom no preposition
// or genitive subordinates: "Lind, |Minister Ann Hale| and others".
func (l *linker) anotherNamed(first, last int) bool {
	for k := first + 1; k < last; k++ {
		if m := l.mention(k); m != nil && (!isPerson(m) || m.First != k) || m == nil && (!l.capitalWord(k) || l.lex.given[l.t.Tokens[k].Fold] == 0) {
			continue
		}
		if before := l.t.Tokens[k-1].Fold; !prepositions[before] && !l.capitalWord(k-1) {
			return true
		} else if l.personTitle(k-1) > 0 {
			return true
		}
	}
	return false
}

// extendsBack returns where the name that ends in a one-word mention begins,
// if given names stand before it that make another person of it.
func (l *linker) extendsBack(m *gazetteer.Mention) int {
	first := m.First
	if m.Last-m.First > 1 {
		return first
	}
	for first > 0 && first > m.First-3 && l.at[first-1] == 0 && l.lex.given[l.t.Tokens[first-1].Fold] != 0 && (l.arabic || l.capitalWord(first-1)) && l.sentence(first-1) == l.sentence(first) {
		first--
	}
	return first
}

// introductions reads the titles of the running text with the names behind
// them: "التقى وزير النقل سامر خوري", "met Transport Minister Ann Hale".
func (l *linker) introductions() {
	t := l.t
	l.running = true
	defer func() { l.running = false }()
	for i := 0; i < len(t.Tokens); i++ {
		list, end := l.lex.titlesAt(t, i, len(t.Tokens))
		if end == 0 || !list[0].class.personal() && list[0].class != honorific || list[0].number == 0 {
			if l.arabic && l.lex.given[t.Tokens[i].Fold] != 0 && l.at[i] == 0 {
				i = l.apposition(i)
			}
			continue
		}
		last := min(end+10, len(t.Tokens))
		for k := end; k < last; k++ {
			if tok := &t.Tokens[k]; tok.Sentence != t.Tokens[i].Sentence || tok.Kind == text.Mark || tok.Kind == text.Punct && tok.Fold != "." && tok.Fold != "،" && tok.Fold != "," {
				last = k
			}
		}
		if p, ok := l.introduction(i, end, last); ok {
			if p.person != nil && !l.plausible(&p) {
				continue
			}
			f := l.figureOf(&p)
			if f.entity == nil || len(f.phrases) == 0 {
				if !l.arabic {
					l.employer(&p)
				}
				f.absorb(t, &p)
			}
			i = p.last - 1
		} else if l.arabic && l.namedBefore(i, end) {
			i = end - 1
		}
	}
}

// fullNames learns the people whom an English text names in full without a
// title: a given name with one to three capitalised words behind it, or two
// capitalised words inside a sentence of which the second stands alone elsewhere.
func (l *linker) fullNames() {
	t := l.t
	for i := 0; i+1 < len(t.Tokens); i++ {
		if l.at[i] > 0 || !l.capitalWord(i) || i > 0 && l.sameSentence(i-1, i) && (l.capitalWord(i-1) && !possessive(t.At(t.Tokens[i-1].Span)) || l.dot(i-1, len(t.Tokens))) && l.personTitle(i-1) == 0 {
			continue
		}
		given := l.lex.given[t.Tokens[i].Fold] != 0
		end := i + 1
		for end < len(t.Tokens) && l.sameSentence(i, end) && end-i < 6 && l.at[end] == 0 && (l.capitalWord(end) || l.dot(end, len(t.Tokens)) || personalParticles[t.Tokens[end].Fold] && end+1 < len(t.Tokens) && l.capitalWord(end+1)) {
			if end++; possessive(t.At(t.Tokens[end-1].Span)) {
				break
			}
		}
		surname := strings.TrimSuffix(t.Tokens[end-1].Fold, " s")
		switch words := end - i; {
		case words < 2, words > 5, len(surname) < 3, strings.ContainsAny(surname, "0123456789"), l.headlined(i), l.bodyRun(i, end), placeNouns[surname], calendar[surname], l.personTitle(end-1) > 0, t.Tokens[end-1].Kind != text.Word:
		case given, words == 2 && l.alone[surname] && t.Sentences[l.sentence(i)].First != i && l.personTitle(i) == 0 && l.nameLike(i),
			words == 2 && l.alone[surname] && t.Sentences[l.sentence(i)].First == i && l.presented(i, end):
			q := phrase{Span: t.Cover(i, end), first: i, last: end, titleAt: -1, name: [2]int{i, end}, number: extract.Singular}
			if w := nameWords(l.shortName(&q)); !l.knows(w) {
				l.agree(&q)
				l.figureOf(&q).absorb(t, &q)
			}
		}
		i = end - 1
	}
}

// presented tells whether the two words at the beginning of a sentence are a
// name that a comma presents: "|Grundo Lindt|, the owner of a shop, said".
func (l *linker) presented(first, end int) bool {
	if end+1 >= len(l.t.Tokens) || l.t.Tokens[end].Fold != "," || notNouns[l.t.Tokens[first].Fold] || l.personTitle(first) > 0 {
		return false
	}
	switch next := l.t.Tokens[end+1].Fold; next {
	case "a", "an", "the", "who", "one", "whose":
		return true
	default:
		return l.t.Tokens[end+1].Kind == text.Number || l.personTitle(end+1) > 0
	}
}

// knows tells whether a person is known by two words of a name at least.
func (l *linker) knows(name []string) bool {
	for _, w := range name {
		for _, f := range recent(l.byWord[w]) {
			if f.kind == graph.Person && len(f.name) > 1 && sameName(f.name, name) {
				return true
			}
		}
	}
	return false
}

// headlined tells whether the sentence of a token writes most words with a
// capital letter.
func (l *linker) headlined(token int) bool {
	s := l.t.Sentences[l.sentence(token)]
	capitals, words := 0, 0
	for i := s.First; i < s.Last && i < s.First+30; i++ {
		if l.t.Tokens[i].Kind == text.Word && l.t.Tokens[i].Len() > 3 {
			words++
			if l.capitalWord(i) {
				capitals++
			}
		}
	}
	return words > 3 && capitals*3 > words*2
}

// personTitle returns the token behind a title of a person or an honorific
// that stands at a token; 0 if there is none.
func (l *linker) personTitle(i int) int {
	if list, end := l.lex.titlesAt(l.t, i, i+1); len(list) > 0 && (list[0].class.personal() || list[0].class == honorific) {
		return end
	}
	return 0
}

// placeNouns end names of places, acts and things that begin like a person's.
var placeNouns = wordSet("street avenue road square park county city town island islands river lake mountain mountains bay beach valley house hall airport station stadium hotel hospital church cathedral school award prize act bill law amendment doctrine building tower bridge center centre day week month show live today tonight press journal gazette herald tribune report review american americans european law beach springs hills heights times post news")

var calendar = wordSet("monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december")

// apposition reads an Arabic name that begins at token i with a title behind it:
// "سامر الخوري رئيس الجمعية". It returns the last token it read.
func (l *linker) apposition(i int) int {
	limit := i
	for limit < len(l.t.Tokens) && limit < i+16 && l.t.Tokens[limit].Sentence == l.t.Tokens[i].Sentence {
		limit++
	}
	end := l.givenEnd(i, limit)
	if end-i < 2 {
		return i
	}
	stop := l.appositionEnd(end, limit)
	if stop == end {
		return i
	}
	if p := l.read(l.t.Cover(i, stop)); p.named() && p.titleAt >= 0 && p.name[1]-p.name[0] > 1 && p.person == nil {
		f := l.figureOf(&p)
		f.absorb(l.t, &p)
		return stop - 1
	}
	return i
}

// appositionEnd returns where the title in apposition to a name that ends at a
// token ends; the token itself if there is none.
func (l *linker) appositionEnd(end, limit int) int {
	next := end
	if next < limit && (l.t.Tokens[next].Fold == "،" || l.t.Tokens[next].Fold == ",") {
		next++
	}
	if next >= limit {
		return end
	}
	list, stop := l.lex.titlesAt(l.t, next, limit)
	if stop == 0 || !list[0].class.personal() || list[0].number != extract.Singular || strings.HasPrefix(l.t.Tokens[next].Fold, "و") && !l.lex.begins(l.t.Tokens[next].Fold) {
		return end
	}
	if !definite(l.t.Tokens[next].Fold) && stop >= limit {
		return end
	}
	return l.titleEnd(stop, limit)
}

// plausible tells whether a person of the gazetteer may bear a title that
// stands some words before the name: one of another state belongs to another.
func (l *linker) plausible(p *phrase) bool {
	if p.institution == nil || len(p.person.Offices) == 0 || p.name[0]-p.titleAt <= 2 {
		return true
	}
	for _, o := range p.person.Offices {
		if o.Institution == p.institution || l.g.State(o.Institution) == l.g.State(p.institution) {
			return true
		}
	}
	return false
}

// introduction reads a title at token i with a name behind it that begins with
// a given name or a name of the gazetteer.
func (l *linker) introduction(i, end, last int) (phrase, bool) {
	t := l.t
	for k := end; k < last; k++ {
		if m := l.mention(k); isPerson(m) && m.First == k && m.Last <= last {
			p := l.read(t.Cover(l.titleStart(i), m.Last))
			return p, l.introduces(&p)
		}
		if !l.arabic && k == end && t.Tokens[k].Fold == "." {
			end++
			continue // "Gov. Ann Hale"
		}
		run := !l.arabic && k == end && l.at[k] == 0 && l.capitalWord(k) && k+1 < last && l.capitalWord(k+1) && l.at[k+1] == 0 && !l.bodyRun(k, k+2)
		if !run && (l.lex.given[t.Tokens[k].Fold] == 0 || l.at[k] > 0 || !l.arabic && !l.capitalWord(k)) {
			if !l.arabic && k > end {
				return phrase{}, false
			}
			if l.arabic && k+1 < last && l.foreign(k) && l.foreign(k+1) && !strings.HasPrefix(t.Tokens[k].Fold, "لي") && !strings.HasPrefix(t.Tokens[k].Fold, "ي") && (k == end || l.at[k-1] > 0 || definite(t.Tokens[k-1].Fold)) && l.count(t.Tokens[k+1].Fold) > 1 && len(t.Tokens[k+1].Fold) >= 6 {
				p := l.read(t.Cover(i, k+2)) // "السيناتورة |ديان فاينشتاين|"
				return p, p.named() && p.titleAt >= 0 && p.name[0] == k
			}
			if l.arabic && notInNames[t.Tokens[k].Fold] && !arabicPrepositions[t.Tokens[k].Fold] {
				return phrase{}, false
			}
			continue
		}
		stop := k + 1
		if l.arabic {
			if l.namedAfter(k - 1) {
				return phrase{}, false
			}
			stop = l.givenEnd(k, last)
			if stop-k < 2 && k > end && l.foreign(k-1) {
				k-- // "أوميد محمد"
			}
			honoured := hasClass(l.titlesOf(i), honorific)
			if honoured && stop-k >= 2 {
				limit := min(stop+12, len(t.Tokens))
				for n := stop; n < limit; n++ {
					if t.Tokens[n].Sentence != t.Tokens[i].Sentence {
						limit = n
					}
				}
				stop = l.appositionEnd(stop, limit)
				p := l.read(t.Cover(i, stop))
				return p, p.named() && p.name[1]-p.name[0] > 1
			}
		} else {
			for stop < last && (l.capitalWord(stop) && !(l.at[stop] > 0 && !isPerson(l.mention(stop))) || personalParticles[t.Tokens[stop].Fold] && stop+1 < last && l.capitalWord(stop+1) || l.dot(stop, last)) {
				stop++
			}
		}
		if stop-k < 2 {
			return phrase{}, false
		}
		p := l.read(t.Cover(l.titleStart(i), stop))
		return p, l.introduces(&p)
	}
	return phrase{}, false
}

// titlesOf are the readings of the title at a token.
func (l *linker) titlesOf(i int) []title {
	list, _ := l.lex.titlesAt(l.t, i, len(l.t.Tokens))
	return list
}

// foreign tells whether an Arabic token is no word that the lists know, as
// foreign names are.
func (l *linker) foreign(i int) bool {
	tok := &l.t.Tokens[i]
	if tok.Kind != text.Word || l.at[i] > 0 || definite(tok.Fold) || !l.inName(i) || l.lex.plain[tok.Fold] || l.lex.people[tok.Fold] || len(l.titlesOf(i)) > 0 {
		return false
	}
	_, common := arabic.ClassOf(tok.Fold)
	return common == 0
}

// introduces tells whether a phrase gives a name with what its bearer is.
func (l *linker) introduces(p *phrase) bool {
	if !l.arabic && p.titleAt < 0 {
		l.governed(p)
	}
	return p.named() && (p.titleAt >= 0 || !p.body.IsZero())
}

// givenEnd is the end of the name that begins with an Arabic given name in the
// running text, where a verb may follow: two words, بن and its like aside, and
// more as long as they are given names, have the article, or end the clause.
func (l *linker) givenEnd(k, last int) int {
	end := l.nameEnd(k, last)
	words := 0
	for i := k; i < end; i++ {
		fold := l.t.Tokens[i].Fold
		if fold == "بن" || fold == "ابن" || fold == "عبد" || fold == "ابو" || fold == "ال" || fold == "ولد" {
			continue
		}
		words++
		clause := i+1 >= len(l.t.Tokens) || l.t.Tokens[i+1].Kind >= text.Punct || notInNames[l.t.Tokens[i+1].Fold]
		if words > 2 && l.lex.given[fold] == 0 && !definite(fold) && !(words == 3 && clause) && !(i > k && (l.t.Tokens[i-1].Fold == "بن" || l.t.Tokens[i-1].Fold == "ابو")) {
			return i
		}
	}
	return end
}

var arabicPrepositions = wordSet("في الى من عن لدي بشان شوون لشوون للشوون العام العامه الخاص الخاصه باسم السابق الحالي الجديد")

// titleStart moves the beginning of an English title to that of the office it
// ends ("foreign |minister|"), the state or body before it, and "former".
func (l *linker) titleStart(i int) int {
	if l.arabic {
		return i
	}
	switch l.t.Tokens[i].Fold {
	case "gov", "governor", "mayor", "attorney":
		for i > 0 && l.placeWord(i-1) && l.sameSentence(i-1, i) {
			i--
		}
	}
	end := i
	for k := max(0, i-3); k < i; k++ {
		if o, ok := l.g.OfficeAt(l.t, k); ok && o.Last > end && l.sameSentence(k, end) {
			i = o.First
			break
		}
	}
	if i > 0 {
		if m := l.mention(i - 1); m != nil && !isPerson(m) && m.Last == i && l.sameSentence(m.First, i) {
			i = m.First
		}
	}
	if i > 0 && formerWords[l.t.Tokens[i-1].Fold] && l.sameSentence(i-1, i) {
		i--
	}
	return i
}

// placeWord tells whether a word is likely one of a place's name before an
// office: capitalised, no title, and where it begins a sentence known otherwise.
func (l *linker) placeWord(i int) bool {
	if !l.capitalWord(i) || l.personTitle(i) > 0 || formerWords[l.t.Tokens[i].Fold] || calendar[l.t.Tokens[i].Fold] {
		return false
	}
	if l.t.Sentences[l.sentence(i)].First != i || l.at[i] > 0 || l.nameLike(i) {
		return true
	}
	switch fold := l.t.Tokens[i].Fold; fold {
	case "state", "new", "north", "south", "west", "east":
		return true
	default:
		return l.proper[fold]
	}
}

// surnames finds the learned people wherever their names or surnames stand.
func (l *linker) surnames() {
	bySurname := map[string][]*figure{}
	for _, f := range l.figures {
		if f.kind == graph.Person && f.entity == nil && len(f.name) > 0 {
			key := f.name[len(f.name)-1]
			bySurname[key] = append(bySurname[key], f)
		}
	}
	if !l.arabic {
		l.knownSurnames(bySurname)
	}
	if len(bySurname) == 0 {
		return
	}
	latest := map[string]*figure{}
	for i := range l.t.Tokens {
		tok := &l.t.Tokens[i]
		if tok.Kind != text.Word || l.at[i] > 0 && !isPerson(l.mention(i)) {
			continue
		}
		key := strings.TrimSuffix(tok.Fold, " s")
		key = strings.TrimPrefix(strings.TrimPrefix(key, "al "), "el ")
		list := bySurname[key]
		if list == nil && l.arabic {
			list = bySurname[strings.TrimPrefix(key, "ال")]
			for _, p := range particlesAndArticle {
				if rest, ok := strings.CutPrefix(key, p); ok && list == nil {
					list = bySurname[strings.TrimPrefix(rest, "ال")]
				}
			}
		}
		if list == nil || !l.arabic && !isCapital(l.t.At(tok.Span)) {
			continue
		}
		f := l.bearer(list, i, latest[key])
		latest[key] = f
		if f.entity != nil && l.at[i] > 0 {
			continue // the gazetteer found it
		}
		first := i
		for first > 0 && i-first < len(f.name)+2 {
			w := nameWords(l.t.Tokens[first-1].Fold)
			if len(w) == 0 || !slices.Contains(f.name, w[0]) && l.t.Tokens[first-1].Fold != "عبد" && l.t.Tokens[first-1].Fold != "ابو" {
				break
			}
			first--
		}
		l.seen = append(l.seen, appearance{first, i + 1, f})
	}
}

// bearer is which of those with one surname a token means: the one whose given
// name stands before it, else the one named last, else the first.
func (l *linker) bearer(list []*figure, token int, latest *figure) *figure {
	if len(list) == 1 || l.arabic {
		return list[0]
	}
	for _, f := range list {
		if token > 0 && l.sameSentence(token-1, token) && slices.Contains(f.name[:len(f.name)-1], l.t.Tokens[token-1].Fold) {
			return f
		}
	}
	if latest != nil {
		return latest
	}
	return list[0]
}

// knownSurnames adds the people of the gazetteer whom the text names in full
// and whose surname nobody else in it bears.
func (l *linker) knownSurnames(bySurname map[string][]*figure) {
	known := map[string][]*figure{}
	for _, f := range l.figures {
		if f.kind == graph.Person && f.entity != nil && l.fullyNamed[f.entity] && len(f.name) > 1 {
			key := f.name[len(f.name)-1]
			known[key] = append(known[key], f)
		}
	}
	for key, list := range known {
		if len(list) == 1 && bySurname[key] == nil {
			bySurname[key] = list
		}
	}
}

// mentions joins the names of the gazetteer with the appearances of learned
// people; a learned name outranks a surname of the gazetteer in it.
func (l *linker) mentions() []gazetteer.Mention {
	var own []gazetteer.Mention
	end := 0
	for _, s := range l.seen {
		if s.figure.entity != nil && (l.arabic || l.at[s.token] > 0) || s.token < end {
			continue
		}
		l.finish(s.figure)
		if s.figure.actor == nil {
			continue
		}
		end = s.last
		own = append(own, gazetteer.Mention{Span: l.t.Cover(s.token, s.last), First: s.token, Last: s.last, Entity: s.figure.learned})
	}
	out := make([]gazetteer.Mention, 0, len(l.names)+len(own))
	for _, m := range l.names {
		for len(own) > 0 && own[0].First <= m.First {
			out = append(out, own[0])
			own = own[1:]
		}
		if n := len(out); n > 0 && out[n-1].Last > m.First {
			continue
		}
		if len(own) > 0 && own[0].First < m.Last {
			continue
		}
		out = append(out, m)
	}
	return append(out, own...)
}
