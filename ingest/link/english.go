package link

import (
	"strings"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// readEnglish finds what an English phrase names.
func (r *reader) readEnglish(p *phrase, items []item, last int) {
	k := r.main(p, items)
	if r.personEnglish(p, items, last) || r.nameRun(p, items, last) {
		if k >= 0 && p.titleAt >= p.name[1] && items[k].last < last && r.lex.given[r.t.Tokens[items[k].last].Fold] != 0 && r.capitalWord(items[k].last) {
			p.title, p.titleAt = title{}, -1 // "Otto Lind, Attorney General Ann Hale and others"
		}
		return
	}
	if len(items) > 0 && k != 0 {
		// "Ruritania, a member of the alliance"
		if m := items[0].mention; m != nil && !isPerson(m) && m.Form != gazetteer.ByAdjective && m.Entity.Actor != nil && (items[0].first == p.first || items[0].first == p.first+1 && p.definite) && items[0].last < last && r.t.Tokens[items[0].last].Fold == "," && !r.possessed(m) {
			p.entity, p.form, p.title, p.titleAt = m.Entity, m.Form, title{}, -1
			return
		}
	}
	if k >= 0 && p.title.class.personal() {
		return
	}
	// "the White House", "Turkey", "Yemen's Saba news agency": the last name
	// before a comma that is no adjective.
	for _, it := range items {
		if it.mention == nil || it.mention.Form == gazetteer.ByAdjective || isPerson(it.mention) {
			continue
		}
		if k >= 0 && p.title.class != body && it.first > p.titleAt || r.preposed(p, it.first) {
			continue
		}
		if r.possessed(it.mention) && it.last < last && r.t.Tokens[it.last].Kind == text.Word {
			continue // "Iran's oil workers"
		}
		if k >= 0 && p.title.class == document {
			return
		}
		if it.last < last && r.capitalWord(it.last) && r.at[it.last] == 0 && it.mention.Entity.Actor != nil && (it.mention.Entity.Actor.Kind == graph.State || it.mention.Entity.Outlet != nil && r.bodyRun(it.last, r.runEnd(it.last, last, nil))) {
			p.of, p.title, p.titleAt = it.mention.Entity, title{class: body, english: "body"}, p.first // "the US Food Agency"
			return
		}
		if it.mention.Entity.Actor != nil && r.nounBehind(it.last, last) {
			p.of = it.mention.Entity // "the Party's office", "Brotherhood supporters"
			return
		}
		p.entity, p.form = it.mention.Entity, it.mention.Form
		p.title, p.titleAt = title{}, -1
		return
	}
}

// nounBehind tells whether a small word that is no body's noun goes on with a
// phrase behind a name: what the phrase names is that noun's.
func (r *reader) nounBehind(i, last int) bool {
	if i >= last || r.t.Tokens[i].Kind != text.Word || isCapital(r.t.At(r.t.Tokens[i].Span)) {
		return false
	}
	fold := r.t.Tokens[i].Fold
	if list, _ := r.lex.titlesAt(r.t, i, last); hasClass(list, body) || notNouns[fold] || strings.HasSuffix(fold, "ing") || strings.HasSuffix(fold, "ed") {
		return false
	}
	return true
}

var notNouns = wordSet("of in at for on from with to by within close near among inside outside around under and or as but who which that itself himself herself themselves also alone too both while after before since over against is was are were has have had it they")

// preposed tells whether a preposition stands between the beginning of the
// phrase and a token: what follows it is not what the phrase names.
func (r *reader) preposed(p *phrase, token int) bool {
	for i := p.first; i < token; i++ {
		if prepositions[r.t.Tokens[i].Fold] {
			return true
		}
	}
	return false
}

var prepositions = wordSet("of in at for on from with to by within close near among inside outside around under")

func (r *reader) possessed(m *gazetteer.Mention) bool {
	return m.End < r.t.Tokens[m.Last-1].End
}

// personEnglish takes the person of the gazetteer whom the phrase names, if he
// is not merely the principal of another ("Harte's lawyer").
func (r *reader) personEnglish(p *phrase, items []item, last int) bool {
	for _, it := range items {
		m := it.mention
		if !isPerson(m) || r.possessed(m) && m.Last < last || r.preposed(p, m.First) && m.First > p.titleAt {
			continue
		}
		if m.Last-m.First == 1 && m.First > p.first && r.lex.given[r.t.Tokens[m.First-1].Fold] != 0 && isCapital(r.t.At(r.t.Tokens[m.First-1].Span)) {
			continue // another with this surname
		}
		if it.last < p.last && isCapital(r.t.At(r.t.Tokens[it.last].Span)) && r.t.Tokens[it.last].Kind == text.Word && r.lex.given[r.t.Tokens[it.first].Fold] != 0 && m.Last-m.First == 1 {
			continue
		}
		// "the Harte campaign", "Harte spokesman Otto Lind": a noun follows.
		if m.Last < last && r.t.Tokens[m.Last].Kind == text.Word && !notNouns[r.t.Tokens[m.Last].Fold] && r.t.Tokens[m.Last].Fold != "jr" {
			continue
		}
		p.person, p.name = m.Entity, [2]int{m.First, m.Last}
		return true
	}
	return false
}

// nameRun takes the run of capitalised words that is the personal name: best
// one beside a title, else one that begins with a given name, stands at the end
// behind a noun, or is all there is.
func (r *reader) nameRun(p *phrase, items []item, last int) bool {
	taken := r.taken(items)
	best, rank := [2]int{}, 0
	for i := p.first; i < last; i++ {
		if taken[i] || !r.capitalWord(i) {
			continue
		}
		first, end := i, r.runEnd(i, last, taken)
		if i = end; end-first > 6 {
			continue
		}
		if k := r.rankRun(p, items, &first, end, last); k > rank {
			best, rank = [2]int{first, end}, k
		}
	}
	p.name = best
	return rank > 0
}

// taken marks the tokens of titles and of names of no person; one word behind a
// given name is a surname all the same ("Jim Jordan", "Ann King").
func (r *reader) taken(items []item) map[int]bool {
	taken := map[int]bool{}
	for _, it := range items {
		if it.mention != nil && isPerson(it.mention) {
			continue
		}
		if it.last-it.first == 1 {
			if it.titles != nil && r.lex.given[r.t.Tokens[it.first].Fold] != 0 {
				continue
			}
			k := it.first - 1
			if k > 0 && r.t.Tokens[k].Fold == "." {
				k--
			}
			if k > 0 && r.t.Tokens[k].Len() == 1 {
				k--
			}
			if k >= 0 && r.capitalWord(it.first) && r.capitalWord(k) && r.lex.given[r.t.Tokens[k].Fold] != 0 && r.sameSentence(k, it.first) {
				continue
			}
		}
		for i := it.first; i < it.last; i++ {
			taken[i] = true
		}
	}
	return taken
}

func (r *reader) sameSentence(i, k int) bool { return r.t.Tokens[i].Sentence == r.t.Tokens[k].Sentence }

// runEnd is the end of the run of capitalised words that begins at a token: up
// to a title, a word that repeats its first ("Ann Hale Ann Mary Hale", a page's
// tooltip), or one with digits.
func (r *reader) runEnd(first, last int, taken map[int]bool) int {
	i := first
	for i < last {
		tok := &r.t.Tokens[i]
		switch {
		case taken[i], i > first && tok.Fold == r.t.Tokens[first].Fold, strings.ContainsAny(tok.Fold, "0123456789"):
		case r.capitalWord(i), r.dot(i, last), personalParticles[tok.Fold] && i > first && i+1 < last && r.capitalWord(i+1) && !taken[i+1]:
			i++
			continue
		}
		break
	}
	for i > first+1 && r.t.Tokens[i-1].Kind != text.Word {
		i--
	}
	return max(i, first+1)
}

// rankRun tells how likely a run is the personal name of a phrase; 0 if it is
// none. It moves the beginning behind words of an office.
func (r *reader) rankRun(p *phrase, items []item, from *int, end, last int) int {
	start := *from
	given := false
	for k := start; k < end && !given; k++ {
		if given = r.lex.given[r.t.Tokens[k].Fold] != 0; given && k > start && (r.preposed(p, start) || partisans[r.t.Tokens[k-1].Fold]) {
			// "Undersecretary for Policy James Miller", "Democrat Ann Hale"
			start = k
		}
	}
	// "the fund's director for the south, |Otto Lindt|"
	if end == last && end-start >= 2 && end-start <= 4 && start > p.first+1 && r.t.Tokens[start-1].Fold == "," && p.titleAt >= 0 && p.titleAt < start && p.title.class.personal() && p.title.number != extract.Plural && !r.bodyRun(start, end) && !placeNouns[r.t.Tokens[end-1].Fold] {
		return 1
	}
	if r.preposed(p, start) && !(given && p.titleAt >= 0 && p.titleAt < start) {
		return 0
	}
	if strings.HasSuffix(r.t.Tokens[end-1].Fold, " s") && end < last {
		return 0
	}
	if start > p.first && prepositions[r.t.Tokens[start-1].Fold] {
		return 0 // "a former adviser to Otto Lind"
	}
	*from = start
	bodyish := r.bodyRun(start, end) && !given
	titleBefore := start > p.first && r.titleEndsAt(items, start)
	titleComma := start > p.first+1 && r.t.Tokens[start-1].Fold == "," && r.titleEndsAt(items, start-1)
	titleBehind := p.titleAt > end && p.title.class.personal() && r.t.Tokens[end].Fold == ","
	if bodyish {
		return 0
	}
	if end < last && end-start == 1 && !given {
		if list, _ := r.lex.titlesAt(r.t, end, last); len(list) > 0 {
			return 0 // "Chief |Investment| Officer"
		}
	}
	if titleBefore || titleComma || titleBehind && end-start <= 4 {
		return 3
	}
	if given && (end-start >= 2 || end == last && start == p.first) {
		return 2
	}
	// "headmaster |Otto Lindt|", "Kestrel TV's |Ann Hale|": two words or three at
	// the end, behind a noun or a body's genitive.
	closing := end == last && end-start >= 2 && end-start <= 3 && start > p.first && !p.definite && !(p.titleAt >= 0 && p.title.class >= body) &&
		(r.t.Tokens[start-1].Kind == text.Word && r.at[start-1] == 0 && !isCapital(r.t.At(r.t.Tokens[start-1].Span)) || r.at[start-1] > 0 && r.possessed(r.mention(start-1)))
	whole := p.titleAt < 0 && !p.definite && end-start == 2 && start == p.first && (end == last || r.t.Tokens[end].Fold == "," || r.t.Tokens[end].Fold == "(" || r.memberOf(end, last))
	if closing || whole {
		return 1
	}
	return 0
}

// memberOf tells whether "of" and a capitalised name stand at a token: "Otto Lind
// |of the Kestrel Fund|".
func (r *reader) memberOf(i, last int) bool {
	if fold := r.t.Tokens[i].Fold; fold != "of" && fold != "at" && fold != "with" && fold != "from" {
		return false
	}
	if i++; i < last && r.t.Tokens[i].Fold == "the" {
		i++
	}
	return i < last && r.capitalWord(i)
}

// partisans are nouns for followers and nationals that stand before a name
// without an article.
var partisans = wordSet("democrat republican tory conservative liberal libertarian socialist communist independent labourite progressive texan californian briton englishman scotsman scot welshman irishman frenchman dutchman spaniard swede dane finn pole turk kurd serb croat arab jew")

// titleEndsAt tells whether a title or an honorific ends just before a token,
// its dot aside.
func (r *reader) titleEndsAt(items []item, token int) bool {
	for _, it := range items {
		if it.titles == nil {
			continue
		}
		if it.last == token || it.last+1 == token && r.t.Tokens[it.last].Fold == "." {
			return true
		}
	}
	return false
}

func (r *reader) capitalWord(i int) bool {
	tok := &r.t.Tokens[i]
	if tok.Kind != text.Word || isDeterminer(tok.Fold) || tok.Fold == "an" || tok.Fold == "a" && !(i > 0 && i+1 < len(r.t.Tokens) && r.t.Tokens[i+1].Fold == "." && r.t.Tokens[i-1].Kind == text.Word) {
		return false
	}
	return isCapital(r.t.At(tok.Span))
}

// dot tells whether a token is the dot of an initial inside a name.
func (r *reader) dot(i, last int) bool {
	return r.t.Tokens[i].Fold == "." && i > 0 && r.t.Tokens[i-1].Len() <= 2 && i+1 < last && r.capitalWord(i+1)
}

// bodyRun tells whether a run of capitalised words is the name of a body:
// "Invented Oil Company".
func (r *reader) bodyRun(first, end int) bool {
	for i := first; i < end; i++ {
		if list, _ := r.lex.titlesAt(r.t, i, i+1); hasClass(list, body) {
			return true
		}
		switch r.t.Tokens[i].Fold {
		case "inc", "corp", "ltd", "co", "university", "college", "school", "center", "centre", "bank", "group", "fund", "times", "post", "news", "media", "maritime", "security", "international", "initiative", "campaign", "force", "forces", "front", "brigade", "brigades", "office", "services", "service", "board", "club", "society", "trust", "project", "alliance", "league", "agency", "bureau", "network", "foundation", "institute", "channel":
			return true
		}
	}
	return false
}

// chamber is the chamber of the US Congress in which somebody sits whom a text
// names with party and state, as only that is: "Sen. Ann Hale (R-Utah)". His
// statements are his own all the same.
func (l *linker) chamber(p *phrase) *gazetteer.Entity {
	end, title := p.name[1], p.name[0]-1
	if end == 0 || end >= len(l.t.Tokens) || l.t.Tokens[end].Fold != "(" {
		return nil
	}
	mark := l.t.Raw[l.t.Tokens[end].End:]
	if len(mark) < 3 || strings.IndexByte("DRI", mark[0]) < 0 || mark[1] != '-' || mark[2] < 'A' || mark[2] > 'Z' {
		return nil
	}
	for title > 0 && l.t.Tokens[title].Fold == "." {
		title--
	}
	if title < 0 {
		return nil
	}
	return l.g.Keyed(memberOf[l.t.Tokens[title].Fold])
}

// memberOf are the chambers by the titles of their members.
var memberOf = map[string]string{
	"sen": "us/senate", "sens": "us/senate", "senator": "us/senate", "senators": "us/senate",
	"rep": "us/house", "reps": "us/house", "representative": "us/house", "congressman": "us/house", "congresswoman": "us/house",
}
