// Package link tells who the sources of attributions are: names of the
// gazetteer, people learned from appositions in the text ("the spokeswoman,
// Lea Duran"), and what refers back to them (surnames, titles, pronouns,
// dropped subjects).
package link

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"mawqif/graph"
	"mawqif/graph/people"
	"mawqif/ingest/extract"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// Source is who said an attribution.
type Source struct {
	// Speaker is nil if the text names no source.
	Speaker *graph.Actor
	// Full is the fullest naming of the speaker in the text; none if Speaker
	// is nil.
	Full text.Span
	// Role is the speaker's title as the text words it.
	Role string
	// OnBehalfOf is whom the speaker speaks for; nil if nobody.
	OnBehalfOf *graph.Actor
	// Relay is the outlet through which it was said; nil if none.
	Relay *graph.Outlet
	// Rules names the rules that fired.
	Rules []string
}

// Linked is what linking makes of a text.
type Linked struct {
	// Sources has one element an attribution.
	Sources []Source
	// Mentions holds the names of the gazetteer and those of the people and
	// bodies learned in this text, wherever they stand, in the order of the
	// text, none overlapping another.
	Mentions []gazetteer.Mention
	// Held records the offices that the text gives to people.
	Held []Office
}

// Office is an office that a person held at a body.
type Office struct {
	graph.Held
	Body *graph.Actor
}

// linker links one text.
type linker struct {
	*reader
	found    []extract.Attribution
	outlet   *gazetteer.Entity
	figures  []*figure
	byEntity map[*graph.Actor]*figure
	// seen are the appearances of people in the order of the text; passed those
	// before the attribution at hand.
	seen   []appearance
	passed int
	// spoken are the sources so far, in the order of their cues, of the
	// attributions that lie within no other.
	spoken   []*figure
	spokenAt []int // tokens of their cues
	lastAt   int   // token of the cue before
	trail    []mentionOf
	frequent []named            // nil until asked for
	owners   map[int]string     // the persons whom "his" and "her" in descriptions mean, by token
	spelt    map[string]*figure // bodies by their abbreviations; nil until asked for
	// states counts the mentions of states.
	states map[*gazetteer.Entity]int
	bodies map[string]*graph.Actor
	// namesOf caches the search keys of all names of an entity.
	namesOf map[*gazetteer.Entity]string
	// fullyNamed are the people of the gazetteer named by more than a surname.
	fullyNamed map[*gazetteer.Entity]bool
	// byWord finds the learned and known people by each word of their names,
	// byText the unnamed sources by their descriptions, byOwner the documents,
	// byPair the joint sources.
	byWord  map[string][]*figure
	byText  map[string]*figure
	byOwner map[*figure]*figure
	byPair  map[[2]*figure]*figure
	// proper are the words that the text writes with a capital letter where no
	// sentence begins; introduced those that stand behind a given name, with
	// their first token; institutions the mentions of each kind of institution.
	proper map[string]bool
	// alone are capitalised words that no other stands beside.
	alone        map[string]bool
	introduced   map[string]int
	institutions map[string][]int
	mainState    *gazetteer.Entity
	// content tells for each token whether it is in the content of an
	// attribution.
	content []bool
	// counts holds how often each word stands in the text, two at most; nil
	// until it is asked.
	counts map[string]uint8
	// observing tells to keep the choices of antecedents in choices.
	observing bool
	choices   []choice
}

// appearance is a person at a token.
type appearance struct {
	token, last int
	figure      *figure
}

// Resolve names the sources of the attributions of a text: g is the gazetteer
// that found names in it, outlet its publisher, nil if unknown. It is a pure
// function; its cost is linear in the length of the text and the number of
// attributions. Like g it is safe for concurrent use.
func Resolve(g *gazetteer.Gazetteer, t *text.Text, names []gazetteer.Mention, found []extract.Attribution, outlet *gazetteer.Entity) Linked {
	return newLinker(g, t, names, found, outlet).resolve()
}

func newLinker(g *gazetteer.Gazetteer, t *text.Text, names []gazetteer.Mention, found []extract.Attribution, outlet *gazetteer.Entity) *linker {
	if t.Lang != "ar" {
		names = withoutSurnames(g, t, names)
	}
	l := &linker{
		reader: newReader(g, t, names), found: found, outlet: outlet,
		byEntity: map[*graph.Actor]*figure{}, states: map[*gazetteer.Entity]int{}, bodies: map[string]*graph.Actor{}, namesOf: map[*gazetteer.Entity]string{},
		fullyNamed: map[*gazetteer.Entity]bool{}, content: make([]bool, len(t.Tokens)+1),
		byWord: map[string][]*figure{}, byText: map[string]*figure{}, byOwner: map[*figure]*figure{}, byPair: map[[2]*figure]*figure{},
		proper: map[string]bool{}, alone: map[string]bool{}, introduced: map[string]int{}, institutions: map[string][]int{},
	}
	l.survey()
	return l
}

func (l *linker) resolve() Linked {
	t, found := l.t, l.found
	order := make([]int, len(found))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(found[a].Cue.Start, found[b].Cue.Start) })
	phrases := make([]phrase, len(found))
	for _, i := range order {
		if s := found[i].Source; l.worded(s) && !found[i].Pronoun {
			phrases[i] = l.read(l.whole(s, &found[i]))
		}
	}
	l.learn(phrases, order)
	l.makeTrail()
	who := make([]*figure, len(found))
	rules := make([][]string, len(found))
	for _, i := range order {
		who[i], rules[i] = l.source(i, &phrases[i], who)
		if who[i] == nil {
			continue
		}
		cue := t.TokenAt(found[i].Cue.Start)
		who[i].last = max(who[i].last, cue)
		if found[i].Within < 0 && !(l.arabic && l.quotedIn(cue)) {
			l.spoken = append(l.spoken, who[i])
			l.spokenAt = append(l.spokenAt, cue)
			l.lastAt = cue
		}
	}
	out := Linked{Sources: make([]Source, len(found))}
	for i, f := range who {
		if f == nil {
			continue
		}
		l.finish(f)
		out.Sources[i] = Source{Speaker: f.actor, Full: f.full, Role: f.role, OnBehalfOf: f.behalf, Rules: rules[i]}
	}
	l.relays(order, who, out.Sources)
	out.Mentions = l.mentions()
	out.Held = l.held()
	return out
}

// quotedIn tells whether a cue stands in the content of an attribution, whose
// source goes on speaking behind it.
func (l *linker) quotedIn(cue int) bool {
	return cue < len(l.content) && l.content[cue]
}

// survey reads off the text, once, what the rules ask of it again and again.
func (l *linker) survey() {
	for i := range l.found {
		for _, c := range l.found[i].Content {
			for k := l.t.TokenAt(c.Start); k < len(l.t.Tokens) && l.t.Tokens[k].Start < c.End; k++ {
				l.content[k] = true
			}
		}
	}
	if l.arabic && l.outlet != nil && l.outlet.Home != nil {
		l.mainState = l.outlet.Home
		l.states[l.mainState] = 1
	}
	for i := range l.names {
		m := &l.names[i]
		if isPerson(m) && m.Last-m.First > 1 {
			l.fullyNamed[m.Entity] = true
		}
		s := l.g.State(m.Entity)
		if s == nil {
			continue
		}
		if l.states[s]++; l.mainState == nil || l.states[s] > l.states[l.mainState] {
			l.mainState = s
		}
		if m.Entity.Behalf == s && m.Entity.Actor != nil {
			if _, kind, ok := strings.Cut(strings.TrimPrefix(m.Entity.Actor.Key, "org/"), "/"); ok {
				l.institutions[kind] = append(l.institutions[kind], i)
			}
		}
	}
	for i := 1; i < len(l.t.Tokens); i++ {
		tok := &l.t.Tokens[i]
		if tok.Kind != text.Word || !l.sameSentence(i-1, i) {
			continue
		}
		if l.at[i] == 0 && l.nameLike(i-1) {
			if _, ok := l.introduced[tok.Fold]; !ok {
				l.introduced[tok.Fold] = i
			}
		}
		if !l.arabic && l.capitalWord(i) {
			if l.t.Tokens[i-1].Kind == text.Word {
				l.proper[tok.Fold] = true
			}
			if !l.sameSentence(i-1, i) || !l.capitalWord(i-1) && l.t.Tokens[i-1].Fold != "." {
				if i+1 == len(l.t.Tokens) || !l.capitalWord(i+1) {
					l.alone[strings.TrimSuffix(tok.Fold, " s")] = true
				}
			}
		}
	}
}

// Looking back for what a phrase may mean, the rules see so many figures,
// appearances and mentions at most, to keep the cost linear.
const memory = 128

// recent returns the last elements of a list, as many as memory holds.
func recent[T any](list []T) []T { return list[max(0, len(list)-memory):] }

// index makes a person's figure known by the words of its name.
func (l *linker) index(f *figure) {
	for _, w := range f.name {
		if !slices.Contains(recent(l.byWord[w]), f) {
			l.byWord[w] = append(l.byWord[w], f)
		}
	}
}

// source tells who said attribution i, and by which rules.
func (l *linker) source(i int, p *phrase, who []*figure) (*figure, []string) {
	a := &l.found[i]
	cue := l.t.TokenAt(a.Cue.Start)
	for l.passed < len(l.seen) && l.seen[l.passed].token < max(cue, p.first) {
		s := l.seen[l.passed]
		s.figure.last = max(s.figure.last, s.token)
		l.passed++
	}
	if a.Pronoun || !l.worded(a.Source) {
		if l.arabic {
			if f := l.dropped(i, cue, who); f != nil {
				return f, []string{"dropped-subject"}
			}
		}
		if a.Continues >= 0 && a.Continues < len(who) && who[a.Continues] != nil && who[a.Continues].agrees(a.Gender, extract.AnyNumber, l.arabic) {
			return who[a.Continues], []string{"continues"}
		}
		var f *figure
		if a.Pronoun && !l.arabic {
			if l.observing {
				var list []antecedent
				for _, c := range l.candidates(a, l.t.TokenAt(a.Source.Start)) {
					list = append(list, c.observed())
				}
				l.choices = append(l.choices, choice{i, list})
			}
			f = l.meant(a)
		}
		if f == nil {
			f = l.antecedent(a, cue)
		}
		if f == nil {
			return nil, nil
		}
		if a.Pronoun {
			return f, []string{"pronoun"}
		}
		return f, []string{"dropped-subject"}
	}
	if f := l.latter(p); f != nil {
		return f, []string{"latter"}
	}
	if l.senseless(p) || l.oblique(p, a) {
		f := l.dropped(i, cue, who)
		if f == nil {
			f = l.antecedent(a, cue)
		}
		if f != nil {
			return f, []string{"no-source-in-phrase"}
		}
	}
	if f := l.agentBefore(p, cue); f != nil {
		return f, []string{"no-source-in-phrase"}
	}
	return l.name(p)
}

// worded tells whether there is a word in a span, for a mark alone names nobody.
func (l *linker) worded(s text.Span) bool {
	for i := l.t.TokenAt(s.Start); i < len(l.t.Tokens) && l.t.Tokens[i].Start < s.End; i++ {
		if l.t.Tokens[i].Kind == text.Word {
			return true
		}
	}
	return false
}

// antecedent finds whom a pronoun or a dropped subject means, if neither their
// candidates nor those of an Arabic verb tell: the speaker just
// before, if he agrees; one who begins a sentence nearer; else the last speaker
// who agrees, else the next person named. "It" is no person.
func (l *linker) antecedent(a *extract.Attribution, cue int) *figure {
	neuter := a.Pronoun && !l.arabic && isNeuter(l.t.Tokens[l.t.TokenAt(a.Source.Start)].Fold)
	ok := func(f *figure) bool {
		return f != nil && f.agrees(a.Gender, a.Number, l.arabic) && !(neuter && f.person())
	}
	var last *figure
	if n := len(l.spoken); n > 0 {
		last = l.spoken[n-1]
	}
	if a.Within >= 0 && !a.Pronoun && ok(last) {
		return last
	}
	if neuter {
		if f := l.thing(cue); f != nil && !(ok(last) && l.sentence(l.lastAt) >= l.sentence(f.last)) {
			return f
		}
	}
	sentence := l.sentence(cue)
	near := last != nil && l.sentence(l.lastAt) >= sentence-1
	if near && ok(last) && l.subject(max(l.lastAt, l.t.Sentences[min(sentence, len(l.t.Sentences)-1)].First-1), cue, ok) == nil {
		return last
	}
	if f := l.subject(l.lastAt, cue, ok); f != nil {
		return f
	}
	for n := len(l.spoken) - 1; n >= 0 && n >= len(l.spoken)-8; n-- {
		if ok(l.spoken[n]) {
			return l.spoken[n]
		}
	}
	for k := l.passed - 1; k >= 0 && k >= l.passed-memory; k-- {
		if ok(l.seen[k].figure) {
			return l.seen[k].figure
		}
	}
	if last != nil {
		return last
	}
	for k := l.passed; k < len(l.seen) && k < l.passed+memory; k++ {
		if ok(l.seen[k].figure) {
			return l.seen[k].figure
		}
	}
	return nil
}

func isNeuter(fold string) bool { return fold == "it" || fold == "its" || fold == "itself" }

// subject finds the person who stands at the beginning of a sentence nearest
// before a cue, behind a token, in nobody's words: the subject, most likely.
func (l *linker) subject(from, cue int, ok func(*figure) bool) *figure {
	for k := l.passed - 1; k >= 0 && l.seen[k].token > from && l.sentence(l.seen[k].token) >= l.sentence(cue)-2; k-- {
		at := &l.seen[k]
		if at.token >= cue || !ok(at.figure) || l.content[at.token] || l.t.Tokens[at.token].Quote >= 0 {
			continue
		}
		if first := l.t.Sentences[l.sentence(at.token)].First; at.token-first <= 7 {
			return at.figure
		}
	}
	return nil
}

// thing finds the state or organisation that "it" means: the one that stands
// first in the sentence or the two before.
func (l *linker) thing(cue int) *figure {
	n := l.firstMention(l.t.Tokens[min(cue, len(l.t.Tokens)-1)].Start)
	for k := n - 1; k >= 0 && l.sentence(l.names[k].First) >= l.sentence(cue)-2; k-- {
		m := &l.names[k]
		if m.Entity.Actor == nil || isPerson(m) || m.Form == gazetteer.ByAdjective || l.possessedMention(m) {
			continue
		}
		if first := l.t.Sentences[l.sentence(m.First)].First; m.First-first <= 5 {
			f := l.entityFigure(m.Entity, m.Entity.Actor.Kind)
			f.last = max(f.last, m.First)
			return f
		}
	}
	return nil
}

func (l *linker) possessedMention(m *gazetteer.Mention) bool {
	return m.End < l.t.Tokens[m.Last-1].End
}

func (l *linker) sentence(token int) int {
	if token >= len(l.t.Tokens) {
		return len(l.t.Sentences)
	}
	return l.t.Tokens[token].Sentence
}

// name tells whom a noun phrase means, and by which rule.
func (l *linker) name(p *phrase) (*figure, []string) {
	l.refer(p)
	if !l.arabic {
		l.employer(p)
		if f := l.acronym(p); f != nil {
			return f, []string{"acronym"}
		}
		if f := l.uncapitalised(p); f != nil {
			return f, []string{"gazetteer"}
		}
		l.own(p)
	}
	if p.same && len(l.spoken) > 0 {
		last := l.spoken[len(l.spoken)-1]
		if last.agrees(p.gender, extract.AnyNumber, l.arabic) || p.titleAt >= 0 && p.title.english == "source" {
			return last, []string{"same-source"}
		}
	}
	if f := l.joint(p); f != nil {
		return f, []string{"joint-source"}
	}
	if f := l.bothOf(p); f != nil {
		return f, []string{"same-source"}
	}
	if f := l.partOf(p); f != nil {
		return f, []string{"described-source"}
	}
	if f := l.bareSurname(p); f != nil {
		f.absorb(l.t, p)
		return f, []string{"surname"}
	}
	switch {
	case p.named():
		return l.person(p)
	case p.entity != nil:
		return l.known(p)
	case l.outletShort(p) != nil:
		return l.outletShort(p), []string{"name-by-first-occurrence"}
	case p.titleAt >= 0 && p.title.class == document:
		return l.document(p), []string{"document"}
	case p.titleAt >= 0 && p.title.class == body:
		return l.bodyFigure(p)
	case p.titleAt >= 0 && p.title.class.personal() && p.number != extract.Plural:
		return l.titled(p)
	}
	if f := l.bySurname(p); f != nil {
		f.absorb(l.t, p)
		return f, []string{"surname"}
	}
	if f, ok := l.composedHere(p); ok {
		return f, []string{"institution-by-context"}
	}
	if p.titleAt < 0 && p.last-p.first <= 2 {
		if f := l.firstOccurrence(p); f != nil {
			return f, []string{"name-by-first-occurrence"}
		}
	}
	if f := l.epithet(p); f != nil {
		return f, []string{"epithet"}
	}
	if q := *p; l.arabic && l.unknownName(&q) {
		f := l.figureOf(&q)
		f.absorb(l.t, &q)
		l.further(&q)
		return f, []string{"unknown-name"}
	}
	return l.anonymous(p), []string{"described-source"}
}

// bareSurname finds the person whose surname a phrase is, though its word is a
// noun or a name of something too ("|Chambers|"), or a genitive stands before it
// ("the fund's |Hale|").
func (l *linker) bareSurname(p *phrase) *figure {
	if l.arabic || p.last == p.first || p.person != nil || p.last-p.first > 3 {
		return nil
	}
	k := p.last - 1
	switch {
	case !l.capitalWord(k) || l.acronymLike(k):
		return nil
	case k > p.first:
		if !possessive(l.t.At(l.t.Tokens[k-1].Span)) {
			return nil
		}
	case p.titleAt < 0 && p.entity == nil || p.entity != nil && p.entity.Outlet == nil:
		return nil
	}
	f := l.bySurname(&phrase{first: k, last: k + 1, titleAt: -1})
	if f == nil || f.kind != graph.Person || len(f.name) < 2 || f.name[len(f.name)-1] != strings.TrimSuffix(l.t.Tokens[k].Fold, " s") {
		return nil
	}
	return f
}

// person finds or makes the figure of a named person. One who was introduced
// by his title alone just before is the same.
func (l *linker) person(p *phrase) (*figure, []string) {
	f := l.relative(p)
	if f == nil {
		f = l.figureOf(p)
	}
	rule := "named-person"
	if a := l.announced(p, f); a != nil {
		l.merge(a, f)
		rule = "named-after-title"
	}
	f.absorb(l.t, p)
	f.last = max(f.last, p.first)
	return f, []string{rule}
}

// figureOf finds or makes the figure whose name a phrase gives.
func (l *linker) figureOf(p *phrase) *figure {
	f := l.figureNamed(p)
	if f.entity == nil && f.otherScript == "" {
		f.otherScript = l.otherScript(p.name[1], f.nameText)
	}
	if f.chamber == nil && !l.arabic {
		f.chamber = l.chamber(p)
	}
	return f
}

// otherScript returns the name in the other script that stands in brackets
// behind a person's name that ends before a token, if both are one:
// "كارين دويل (|Karen Doyle|)", "Karen Doyle (|كارين دويل|)".
func (l *linker) otherScript(end int, name string) string {
	if end == 0 || end >= len(l.t.Tokens) || l.t.Tokens[end].Fold != "(" || l.t.Tokens[end].Sentence != l.t.Tokens[end-1].Sentence {
		return ""
	}
	start := l.t.Tokens[end].End
	length := strings.IndexByte(l.t.Raw[start:min(len(l.t.Raw), start+longestName)], ')')
	if length < 0 {
		return ""
	}
	other := tidy(l.t.Raw[start : start+length])
	if !utf8.ValidString(other) || strings.ContainsFunc(other, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) == l.arabic || !people.SameName(name, other) {
		return ""
	}
	return other
}

// longestName is the most bytes of a name in brackets.
const longestName = 120

// figureNamed finds or makes the figure of the person whom a phrase names.
func (l *linker) figureNamed(p *phrase) *figure {
	name := l.shortName(p)
	wordsOf := nameWords(name)
	if p.person != nil {
		if f := l.ladyOf(p, wordsOf); f != nil {
			return f
		}
		if p.name[1]-p.name[0] == 1 && !l.fullyNamed[p.person] && len(wordsOf) > 0 {
			for _, f := range recent(l.byWord[wordsOf[len(wordsOf)-1]]) {
				if f.entity == nil && len(f.name) > 1 && len(wordsOf) > 0 && f.name[len(f.name)-1] == wordsOf[len(wordsOf)-1] {
					return f // another with this surname, whom the text introduces
				}
			}
		}
		return l.entityFigure(p.person, graph.Person)
	}
	for _, w := range wordsOf {
		for _, f := range recent(l.byWord[w]) {
			if f.kind == graph.Person && sameName(f.name, wordsOf) {
				if len(wordsOf) > len(f.name) && f.entity == nil {
					f.name, f.nameText = wordsOf, name
					l.index(f)
				}
				return f
			}
		}
	}
	if l.arabic && p.name[1]-p.name[0] == 1 && p.name[0] > p.first && l.honorificAt(p.name[0]-1, p.name[0]) > 0 {
		if f := l.byGivenName(wordsOf); f != nil {
			return f
		}
	}
	if p.name[1]-p.name[0] == 1 {
		// A bare surname that stands behind a given name elsewhere.
		if f := l.firstOccurrence(&phrase{first: p.name[0], last: p.name[1]}); f != nil {
			return f
		}
	}
	f := &figure{kind: graph.Person, name: wordsOf, nameText: name, last: -1}
	l.figures = append(l.figures, f)
	l.index(f)
	return f
}

// ladyOf finds the woman whom "Mrs" before the surname of a man of the gazetteer
// means: his wife, his daughter.
func (l *linker) ladyOf(p *phrase, name []string) *figure {
	if l.arabic || p.person.Gender != 'm' || len(name) != 1 || p.name[0] == p.first {
		return nil
	}
	k := p.name[0] - 1
	if k > p.first && l.t.Tokens[k].Fold == "." {
		k--
	}
	switch l.t.Tokens[k].Fold {
	case "mrs", "ms", "miss":
	default:
		return nil
	}
	for _, f := range recent(l.byWord[name[0]]) {
		if f.kind == graph.Person && len(f.name) > 1 && f.gender == extract.Feminine && f.name[len(f.name)-1] == name[0] {
			return f
		}
	}
	return nil
}

// byGivenName finds the one person of the text who bears a given name, by which
// Arabic calls those of a rank: "الأمير علي", "الدكتور عيد".
func (l *linker) byGivenName(name []string) *figure {
	var found *figure
	for _, f := range recent(l.byWord[name[0]]) {
		if len(f.name) < 2 || f.name[0] != name[0] {
			continue
		}
		if found != nil {
			return nil
		}
		found = f
	}
	return found
}

// shortName is a name as it is commonly written: in English without initials
// inside and "Jr." behind: "Ann B. Hale Jr." is "Ann Hale".
func (l *linker) shortName(p *phrase) string {
	if l.arabic {
		s := trimName(l.t.At(l.t.Cover(p.name[0], p.name[1])))
		if fold := l.t.Tokens[p.name[0]].Fold; l.lex.given[fold] == 0 && l.lex.given[strings.TrimPrefix(fold, "و")] != 0 {
			return strings.TrimPrefix(s, "و")
		}
		return s
	}
	var parts []string
	for i := p.name[0]; i < p.name[1]; i++ {
		tok := &l.t.Tokens[i]
		switch {
		case tok.Kind != text.Word:
			if tok.Fold == "." && len(parts) == 1 && i == p.name[0]+1 {
				parts[0] += "."
			}
		case i > p.name[0] && i < p.name[1]-1 && len(tok.Fold) == 1 && len(parts) > 0 && !strings.HasSuffix(parts[len(parts)-1], "."):
		case i > p.name[0] && (tok.Fold == "jr" || tok.Fold == "sr"):
		default:
			parts = append(parts, l.t.At(tok.Span))
		}
	}
	return trimName(strings.Join(parts, " "))
}

// entityFigure finds or makes the figure of an entity of the gazetteer.
func (l *linker) entityFigure(e *gazetteer.Entity, kind graph.ActorKind) *figure {
	if f := l.byEntity[e.Actor]; f != nil {
		return f
	}
	f := &figure{kind: kind, entity: e, last: -1}
	if kind == graph.Person {
		f.gender, f.number = extract.Masculine, extract.Singular
		if e.Gender == 'f' {
			f.gender = extract.Feminine
		}
		f.name = nameWords(graph.NameIn(e.Actor.Names, l.t.Lang))
		l.index(f)
	} else if l.arabic {
		f.gender = bodyGender(e)
	}
	l.byEntity[e.Actor] = f
	l.figures = append(l.figures, f)
	return f
}

// bodyGender is the gender of an organisation's Arabic name: that of the first
// word of any of its names that tells.
func bodyGender(e *gazetteer.Entity) extract.Gender {
	if e.Actor.Kind == graph.State {
		return extract.AnyGender
	}
	for _, name := range e.Actor.Names {
		first, _, _ := strings.Cut(graph.Fold(name.Value), " ")
		if name.Lang == "ar" && (strings.HasSuffix(first, "ه") || strings.HasSuffix(first, "ات")) {
			return extract.Feminine
		}
	}
	return extract.AnyGender
}

// announced finds the unnamed figure who turns out to be the person of this
// phrase: "a spokeswoman of the ministry said … The ministry's spokeswoman, Lea
// Duran, said …".
func (l *linker) announced(p *phrase, named *figure) *figure {
	if p.titleAt < 0 || !p.title.class.personal() {
		return nil
	}
	for n := len(l.figures) - 1; n >= 0 && n >= len(l.figures)-memory; n-- {
		f := l.figures[n]
		if f == named || len(f.name) > 0 || f.entity != nil || !f.person() || f.last < 0 {
			continue
		}
		if l.sentence(p.first)-l.sentence(f.last) > 2 && f.fullRank < 3 {
			continue
		}
		if l.fits(p, f) && len(f.phrases) > 0 && f.phrases[0].title.class == p.title.class {
			return f
		}
	}
	return nil
}

// merge makes figure a part of figure into: all that was said of him is said
// of it.
func (l *linker) merge(a, into *figure) {
	for i, f := range l.spoken {
		if f == a {
			l.spoken[i] = into
		}
	}
	into.phrases = append(into.phrases, a.phrases...)
	into.known += a.known
	if into.institution == nil {
		into.institution = a.institution
	}
	a.parts = []*figure{into}
	a.kind = merged
	l.figures = slices.DeleteFunc(l.figures, func(f *figure) bool { return f == a })
}

// merged marks a figure that turned out to be another, its only part.
const merged graph.ActorKind = ""

// refer resolves the body of a title that is named by its noun alone: "the
// coalition's spokesman", "المتحدث باسم الوزارة", "مدير المستشفى".
func (l *linker) refer(p *phrase) {
	if l.arabic && p.titleAt >= 0 && p.institution == nil && p.title.class == civilian && writers[l.bareWord(p.titleAt)] {
		p.institution = l.outletOf(p)
		return
	}
	if l.arabic && p.institution == nil && p.titleAt >= 0 {
		if e := l.partyOfOrgan(p); e != nil {
			p.institution, p.body = e, text.Span{}
			return
		}
	}
	if p.titleAt < 0 || !p.title.class.personal() || p.institution != nil && p.institution.Actor.Kind != graph.State || p.principal != nil || p.title.class == civilian || p.title.class == stateHead {
		return
	}
	for i := p.first; i < p.last; i++ {
		if i >= p.name[0] && i < p.name[1] || l.at[i] > 0 {
			continue
		}
		list, end := l.lex.titlesAt(l.t, i, p.last)
		if end == 0 || !hasClass(list, body) || i == p.titleAt {
			continue
		}
		fold := l.t.Tokens[i].Fold
		if l.arabic && !definite(fold) || !l.arabic && !(i > p.first && isDeterminer(l.t.Tokens[i-1].Fold)) {
			continue
		}
		if l.arabic && end < p.last && l.t.Tokens[end].Kind == text.Word && definite(l.t.Tokens[end].Fold) && end != p.name[0] && l.honorificAt(end, p.last) == 0 {
			continue // "المركز العربي للدراسات": a name of its own
		}
		if f := l.bodyNamedBefore(&phrase{first: i, last: end, definite: true}); f != nil {
			switch {
			case f.entity != nil:
				p.institution = f.entity
			case f.body == "" && f.kind == graph.Organization:
				p.body = f.full
			}
			return
		}
		if c, ok := l.g.HeadAt(l.t, i); ok && c.Institution == nil && c.Last <= p.last {
			p.institution = l.institutionOf(c.Pattern, i)
		} else if l.arabic {
			p.body = l.bodyCalled(i)
		}
		return
	}
}

// fits tells whether a title in a phrase may be that of a figure.
func (l *linker) fits(p *phrase, f *figure) bool {
	if p.gender != extract.AnyGender && f.gender != extract.AnyGender && p.gender != f.gender {
		return false
	}
	if p.number == extract.Plural && f.person() || l.arabic && p.number == extract.Singular && f.number == extract.Plural && p.title.english != "source" {
		return false
	}
	for k := range f.phrases {
		q := &f.phrases[k]
		if !l.arabic && p.former != q.former && f.kind != graph.Anonymous {
			continue // the president is no former president
		}
		if !l.arabic && q.title.class == leader && graph.Fold(l.t.At(l.t.Tokens[q.titleAt].Span)) != l.t.Tokens[p.titleAt].Fold {
			continue // a mayor is no chairman
		}
		same := q.title.class == p.title.class && (q.title.english == p.title.english || p.title.class == minister || p.title.class == commander)
		same = same || l.arabic && q.title.class.personal() && l.bareWord(p.titleAt) == l.bareWord(q.titleAt)
		if l.arabic && p.title.class == civilian && p.state != nil && p.state != q.state {
			continue // "الناشط البريطاني"
		}
		general := p.title.class == official && p.definite && q.title.class.personal() && q.title.class != civilian && (p.title.english == "official" || p.title.english == "source" && f.kind == graph.Anonymous)
		if !same && !general {
			continue
		}
		held := f.institution
		if held == nil && f.entity != nil && l.t.Published != "" {
			held = f.entity.OfficeOn(l.t.Published)
		}
		switch {
		case p.institution != nil && held != nil && l.g.State(p.institution) != nil && l.g.State(held) != nil && l.g.State(p.institution) != l.g.State(held):
			continue
		case p.institution != nil && held == nil && q.pattern != "" && l.g.Institution(q.pattern, l.g.State(p.institution)) != p.institution:
			continue
		case p.institution != nil && held == nil && q.pattern == "" && (!q.body.IsZero() || q.principal != nil || l.arabic && q.last-q.titleAt > 2 && !q.named()):
			continue
		case p.institution != nil && f.institution != nil && p.institution != f.institution && l.g.State(p.institution) != l.g.State(f.institution):
			continue
		case p.institution != nil && f.institution != nil && (p.institution.Behalf == f.institution || f.institution.Behalf == p.institution):
		case p.institution != nil && f.institution != nil && p.institution != f.institution && p.institution.Actor.Kind != graph.State && f.institution.Actor.Kind != graph.State:
			continue
		case p.pattern != "" && q.pattern != "" && p.pattern != q.pattern && p.institution == nil:
			continue
		case p.pattern != "" && p.institution == nil && f.institution != nil && l.g.Institution(p.pattern, l.g.State(f.institution)) != f.institution && f.institution.Actor.Kind != graph.State:
			continue
		}
		if p.institution == nil && p.pattern == "" && p.title.class != stateHead && !l.sameComplement(p, f) {
			continue
		}
		return true
	}
	return false
}

// bareWord is an Arabic noun without article and particles.
func (l *linker) bareWord(token int) string {
	fold := l.t.Tokens[token].Fold
	for _, base := range bases(fold) {
		if len(l.lex.titles[base]) > 0 || l.lex.lengths[base] > 0 {
			return base
		}
	}
	return fold
}

// sameComplement tells whether the words behind a title are also in the
// fullest naming of a figure: "قائد المجموعة" is no other commander.
func (l *linker) sameComplement(p *phrase, f *figure) bool {
	_, end := l.lex.titlesAt(l.t, p.titleAt, p.last)
	for i := end; i < p.last; i++ {
		tok := &l.t.Tokens[i]
		if l.arabic && definite(tok.Fold) && (strings.HasSuffix(tok.Fold, "ي") || strings.HasSuffix(tok.Fold, "يه")) {
			continue // an adjective
		}
		if tok.Kind == text.Word && len(tok.Fold) > 4 && !strings.Contains(f.known, strings.TrimPrefix(tok.Fold, "ال")) && l.mention(i) == nil {
			return false
		}
	}
	return true
}

// holds tells whether a person of the gazetteer, of whom the text says nothing
// else, held on the day the office that a title names.
func (l *linker) holds(p *phrase, f *figure) bool {
	if p.gender != extract.AnyGender && f.gender != p.gender || p.former {
		return false
	}
	if l.arabic && p.title.class == leader && deputies[l.bareWord(p.titleAt)] {
		return false
	}
	if l.arabic && f.entity != nil && f.kind == graph.Person && p.institution != nil && (p.title.class == stateHead || p.title.class == leader) {
		return f.entity.OfficeOn(l.t.Published) == p.institution && (p.title.class == stateHead || p.institution.Actor.Kind != graph.State)
	}
	for k := range f.phrases {
		if f.phrases[k].title.english != p.title.english {
			return false
		}
	}
	if f.entity != nil && f.kind == graph.Person && (p.title.class == stateHead || p.title.class == minister || p.title.class == envoy) {
		office := f.entity.OfficeOn(l.t.Published)
		switch {
		case office == nil:
		case p.institution != nil:
			return office == p.institution
		case p.pattern != "":
			return l.g.Institution(p.pattern, l.g.State(office)) == office
		case p.title.class == stateHead:
			return office.Actor != nil && office.Actor.Kind == graph.State
		}
	}
	return false
}

// deputies begin the titles of those who are not at the top of their body.
var deputies = wordSet("نائب نائبة مساعد مساعدة وكيل وكيلة معاون عضو قيادي قيادية مسؤول")

// titled finds whom a title without a name means: the one who bears it and was
// mentioned last, else the one who will be named with it, else somebody new.
func (l *linker) titled(p *phrase) (*figure, []string) {
	if a := l.t.Tokens[p.first].Fold; !l.arabic && (a == "a" || a == "an" || a == "one" || a == "another" || a == "some") {
		return l.anonymous(p), []string{"unnamed-source"}
	}
	if p.definite || l.arabic && p.title.class != official && p.title.class != civilian || !l.arabic && (p.title.class == stateHead || p.title.class == minister || p.title.class == spokesperson) {
		var best *figure
		for _, f := range recent(l.figures) {
			if f.last >= 0 && f.last <= p.first && l.fits(p, f) && (best == nil || l.closer(f, best, p)) {
				best = f
			}
		}
		for n := 0; best == nil && n < len(l.figures) && n < memory; n++ {
			if f := l.figures[n]; l.holds(p, f) {
				best = f
			}
		}
		if best != nil {
			best.absorb(l.t, p)
			return best, []string{"title"}
		}
		for _, f := range l.figures[:min(len(l.figures), memory)] {
			if (f.last < 0 || f.last > p.first) && f.kind == graph.Person && l.fits(p, f) && (len(f.phrases) > 0 || p.institution != nil) {
				f.absorb(l.t, p)
				return f, []string{"title-named-later"}
			}
		}
		// "المسؤول الأوروبي", who just spoke by another title.
		if p.definite && p.title.english == "official" && len(l.spoken) > 0 {
			last := l.spoken[len(l.spoken)-1]
			if last.person() && last.agrees(p.gender, p.number, l.arabic) && len(last.phrases) > 0 && last.phrases[0].title.class != civilian && (p.state == nil || l.g.State(last.institution) == p.state) {
				return last, []string{"title"}
			}
		}
		if f := l.onlySpeaker(p); f != nil {
			f.absorb(l.t, p)
			return f, []string{"only-speaker"}
		}
		// "المتحدث", whoever just spoke.
		if l.arabic && p.definite && p.last-p.first == 1 && p.title.class == spokesperson && len(l.spoken) > 0 {
			if last := l.spoken[len(l.spoken)-1]; last.person() && last.agrees(p.gender, p.number, true) {
				return last, []string{"same-source"}
			}
		}
	}
	if f := l.epithet(p); f != nil {
		f.absorb(l.t, p)
		return f, []string{"epithet"}
	}
	f := l.anonymous(p)
	return f, []string{"unnamed-source"}
}

// onlySpeaker finds the one person who has spoken in an Arabic text, of whom a
// title that nobody has borne so far gives another office: "قال نائب رئيس الاتحاد
// السابق". He must have been named.
func (l *linker) onlySpeaker(p *phrase) *figure {
	if !l.arabic || len(l.spoken) < 2 || p.title.class == spokesperson || p.title.class == minister || p.title.class == stateHead || p.title.class == official {
		return nil
	}
	only := l.spoken[0]
	for _, f := range recent(l.spoken) {
		if f != only {
			return nil
		}
	}
	for k := range only.phrases {
		if p.title.class == civilian && only.phrases[k].title.class != civilian {
			return nil // no minister is "the doctor"
		}
	}
	if p.title.class == civilian && only.entity != nil {
		return nil
	}
	if only.kind != graph.Person || len(only.name) == 0 || !only.agrees(p.gender, p.number, true) || p.gender == extract.AnyGender {
		return nil
	}
	return only
}

// closer tells whether one of two figures whose title fits a phrase fits it
// better: an unnamed one fits "the official", else the one mentioned last.
func (l *linker) closer(a, b *figure, p *phrase) bool {
	if p.title.class == official {
		if ua, ub := a.kind == graph.Anonymous, b.kind == graph.Anonymous; ua != ub {
			return ua
		}
	}
	return a.last >= b.last
}

// known is the figure of an organisation or a state that a phrase names.
func (l *linker) known(p *phrase) (*figure, []string) {
	if f := l.epithet(p); f != nil {
		return f, []string{"epithet"}
	}
	e := p.entity
	if e.Actor == nil {
		f := l.anonymous(p)
		if e.Outlet != nil {
			f.kind, f.nameText, f.canonicalName = graph.Organization, graph.NameIn(e.Outlet.Names, l.t.Lang), graph.NameIn(e.Outlet.Names, "en")
		}
		return f, []string{"described-source"}
	}
	rule := "gazetteer"
	switch p.form {
	case gazetteer.ByCapital:
		rule = "capital-for-state"
		e = whole(e)
	case gazetteer.ByForces:
		rule = "forces-for-state"
	}
	f := l.entityFigure(e, e.Actor.Kind)
	if f.gender == extract.AnyGender {
		f.gender = l.wordGender(p.first)
	}
	f.absorb(l.t, p)
	return f, []string{rule}
}
