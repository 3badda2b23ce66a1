package link

import (
	"strings"

	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// readEnglish finds what an English phrase names.
func (r *reader) readEnglish(p *phrase, items []item, last int) {
	k := r.main(p, items)
	if r.personEnglish(p, items, last) || r.nameRun(p, items, last) {
		return
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

var notNouns = wordSet("of in at for on from with to by within close near among inside outside around under and or as but who which that itself themselves also alone too both while after before since over against is was are were has have had it they")

// preposed tells whether a preposition stands between the beginning of the
// phrase and a token: what follows it is not what the phrase names.
func (r *reader) preposed(p *phrase, token int) bool {
	for i := p.first; i < token; i++ {
		switch r.t.Tokens[i].Fold {
		case "of", "in", "at", "for", "on", "from", "with", "to", "by", "within", "close", "near", "among", "inside", "outside", "around", "under":
			return true
		}
	}
	return false
}

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
		// "Clinton spokesman Brian Fallon": a title and a name follow.
		if p.titleAt == it.last && p.title.class.personal() {
			continue
		}
		p.person, p.name = m.Entity, [2]int{m.First, m.Last}
		return true
	}
	return false
}

// nameRun takes the run of capitalised words that is the personal name: behind
// a title, before a comma and a title, or one that begins with a given name.
func (r *reader) nameRun(p *phrase, items []item, last int) bool {
	taken := map[int]bool{}
	for _, it := range items {
		if it.mention != nil && isPerson(it.mention) {
			continue
		}
		if it.titles != nil && it.last-it.first == 1 && r.lex.given[r.t.Tokens[it.first].Fold] != 0 {
			continue
		}
		for i := it.first; i < it.last; i++ {
			taken[i] = true
		}
	}
	for i := p.first; i < last; i++ {
		if taken[i] || !r.capitalWord(i) {
			continue
		}
		first := i
		for i < last && (r.capitalWord(i) && !taken[i] || personalParticles[r.t.Tokens[i].Fold] && i+1 < last && r.capitalWord(i+1) && !taken[i+1] || r.dot(i, last)) {
			i++
		}
		end := i
		for end > first && r.t.Tokens[end-1].Kind != text.Word {
			end--
		}
		// Behind words of an office ("for Policy James Miller") the name begins
		// with its given name.
		start := first
		for start < end && r.lex.given[r.t.Tokens[start].Fold] == 0 {
			start++
		}
		given := start < end
		if !given || first == p.first || !r.preposed(p, first) {
			start = first
		}
		if r.preposed(p, start) && !(given && p.titleAt >= 0 && p.titleAt < start) {
			continue
		}
		if strings.HasSuffix(r.t.Tokens[end-1].Fold, " s") && end < last {
			continue
		}
		titleBefore := start > p.first && r.titleEndsAt(items, start)
		titleBehind := p.titleAt > end && p.title.class.personal() && r.t.Tokens[end].Fold == ","
		titleComma := start > p.first+1 && r.t.Tokens[start-1].Fold == "," && r.titleEndsAt(items, start-1)
		bodyish := r.bodyRun(first, end)
		if end < last && end-start == 1 && !given {
			if list, _ := r.lex.titlesAt(r.t, end, last); len(list) > 0 {
				continue // "Chief |Investment| Officer"
			}
		}
		// "headmaster |Otto Lindt|", "Kestrel TV's |Ann Hale|": two words or three
		// at the end, behind a noun or a body's genitive.
		closing := end == last && end-start >= 2 && end-start <= 3 && start > p.first && (r.t.Tokens[start-1].Kind == text.Word && r.at[start-1] == 0 && !isCapital(r.t.At(r.t.Tokens[start-1].Span)) || r.at[start-1] > 0 && r.possessed(r.mention(start-1)))
		closing = closing && !(p.titleAt >= 0 && p.title.class >= body) && !p.definite
		switch {
		case bodyish && !given:
			continue
		case closing && !bodyish, given && end-start >= 2, titleBefore, titleComma, titleBehind && end-first <= 4, given && end == last && start == p.first:
		case !given && p.titleAt < 0 && !p.definite && end-first == 2 && first == p.first && (end == last || r.t.Tokens[end].Fold == ","):
		default:
			continue
		}
		if end-start > 6 {
			continue
		}
		p.name = [2]int{start, end}
		return true
	}
	return false
}

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
	if tok.Kind != text.Word || isDeterminer(tok.Fold) || tok.Fold == "a" || tok.Fold == "an" {
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
		case "inc", "corp", "ltd", "co", "university", "college", "school", "center", "centre", "bank", "group", "fund", "times", "post", "news", "media", "maritime", "security", "international", "initiative", "campaign", "force", "forces", "front", "brigade", "brigades", "office", "services", "service", "board", "club", "society", "trust", "project", "alliance", "league", "agency", "bureau":
			return true
		}
	}
	return false
}
