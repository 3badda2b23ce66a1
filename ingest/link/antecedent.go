package link

import (
	_ "embed" // the weights
	"slices"
	"strconv"
	"strings"
	"sync"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/extract/arabic"
	"mawqif/ingest/extract/linear"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

//go:embed data/antecedent_weights.tsv
var antecedentWeights string

// antecedentModel scores whom the dropped subject of an Arabic verb means; its
// only class is "meant".
var antecedentModel = sync.OnceValue(func() *linear.Model {
	m, err := linear.Load(antecedentWeights)
	if err != nil {
		panic("antecedent_weights.tsv: " + err.Error()) // part of the program; a test checks it
	}
	return m
})

// Choice is one whose dropped subject (in Arabic) or pronoun (in English) had to
// be resolved: the attribution, and whom it may mean, in the order in which they
// are weighed.
type Choice struct {
	Attribution int
	Actors      []*graph.Actor
	Features    [][]linear.Feature
}

// Observe resolves a text as [Resolve] does and returns the choices it met, to
// learn from.
func Observe(g *gazetteer.Gazetteer, t *text.Text, names []gazetteer.Mention, found []extract.Attribution, outlet *gazetteer.Entity) []Choice {
	l := newLinker(g, t, names, found, outlet)
	l.observing = true
	l.resolve()
	out := make([]Choice, 0, len(l.choices))
	for _, c := range l.choices {
		choice := Choice{Attribution: c.attribution}
		for i := range c.candidates {
			f := c.candidates[i].figure
			if f == nil {
				f = l.entityFigure(c.candidates[i].entity, c.candidates[i].entity.Actor.Kind)
			}
			l.finish(f)
			choice.Actors = append(choice.Actors, f.actor)
			choice.Features = append(choice.Features, c.candidates[i].features)
		}
		out = append(out, choice)
	}
	return out
}

// choice is a Choice before the actors are made.
type choice struct {
	attribution int
	candidates  []antecedent
}

// antecedent is whom a dropped subject or a pronoun may mean.
type antecedent struct {
	figure *figure
	entity *gazetteer.Entity // of a body or a state, whose figure is made when chosen
	// named is the token of its last mention that is in nobody's words, told that
	// of its last one in somebody's; −1 if there is none. role is what the former
	// is in its sentence.
	named, told int
	role        string
	// spoke is the token of the cue with which it spoke last, −1 if it has not;
	// turn counts the speakers since, 0 for the one just before.
	spoke, turn int
	times       int
	features    []linear.Feature
}

// How far back an antecedent may stand, in sentences: one who has spoken, a
// person who has not, a body that has not.
const (
	spokenReach = 15
	personReach = 5
	bodyReach   = 3
)

// dropped chooses whom the dropped subject of an Arabic attribution means: of
// those who spoke or were named before, the likeliest by the weights of
// data/antecedent_weights.tsv. It returns nil if there is none.
func (l *linker) dropped(i, cue int, who []*figure) *figure {
	if cue >= len(l.t.Tokens) {
		return nil
	}
	list := l.antecedents(i, cue, who)
	if len(list) == 0 {
		return nil
	}
	model := antecedentModel()
	best, score := 0, 0.0
	for k := range list {
		if s := model.Score(0, list[k].features); k == 0 || s > score {
			best, score = k, s
		}
	}
	if l.observing {
		l.choices = append(l.choices, choice{i, list})
	}
	if list[best].figure == nil {
		return l.entityFigure(list[best].entity, list[best].entity.Actor.Kind)
	}
	return list[best].figure
}

// latter finds whom "الأخير", the latter, means: the person named last before it
// in its sentence or the one before, else the body; nil if it is no such phrase
// or none is named.
func (l *linker) latter(p *phrase) *figure {
	if !l.arabic || p.last-p.first != 1 || l.t.Tokens[p.first].Fold != "الاخير" && l.t.Tokens[p.first].Fold != "الاخيره" {
		return nil
	}
	gender := extract.Masculine
	if l.t.Tokens[p.first].Fold == "الاخيره" {
		gender = extract.Feminine
	}
	var other *gazetteer.Entity
	end, _ := slices.BinarySearchFunc(l.trail, p.first, func(m mentionOf, at int) int { return m.token - at })
	for k := end - 1; k >= 0 && k >= end-memory && l.sentence(l.trail[k].token) >= l.sentence(p.first)-1; k-- {
		switch m := &l.trail[k]; {
		case m.figure != nil && m.figure.agrees(gender, extract.Singular, true):
			return m.figure
		case m.figure == nil && other == nil:
			other = m.entity
		}
	}
	if other == nil {
		return nil
	}
	return l.entityFigure(other, other.Actor.Kind)
}

// antecedents collects whom a dropped subject may mean, with their features.
func (l *linker) antecedents(i, cue int, who []*figure) []antecedent {
	a := &l.found[i]
	sentence := l.sentence(cue)
	var out []antecedent
	at := map[*figure]int{}
	ofEntity := map[*gazetteer.Entity]int{}
	find := func(f *figure, e *gazetteer.Entity) *antecedent {
		if f == nil {
			f = l.byEntity[e.Actor]
		}
		if f != nil && f.kind == merged {
			f = f.parts[0]
		}
		if f != nil {
			if k, ok := at[f]; ok {
				return &out[k]
			}
			if f.entity != nil {
				if k, ok := ofEntity[f.entity]; ok {
					out[k].figure, at[f] = f, k
					return &out[k]
				}
				e = f.entity
			}
			if !f.agrees(a.Gender, a.Number, true) {
				return nil
			}
			at[f] = len(out)
		} else if k, ok := ofEntity[e]; ok {
			return &out[k]
		}
		if e != nil {
			ofEntity[e] = len(out)
		}
		out = append(out, antecedent{figure: f, entity: e, named: -1, told: -1, spoke: -1})
		return &out[len(out)-1]
	}
	turn := 0
	for k := len(l.spoken) - 1; k >= 0 && k >= len(l.spoken)-memory && sentence-l.sentence(l.spokenAt[k]) <= spokenReach; k-- {
		if k < len(l.spoken)-1 && l.spoken[k] != l.spoken[k+1] {
			turn++
		}
		if c := find(l.spoken[k], nil); c != nil && c.spoke < 0 {
			c.spoke, c.turn = l.spokenAt[k], turn
		}
	}
	for _, k := range [...]int{a.Continues, a.Within} {
		if k >= 0 && k < len(who) && who[k] != nil {
			find(who[k], nil)
		}
	}
	end, _ := slices.BinarySearchFunc(l.trail, cue, func(m mentionOf, at int) int { return m.token - at })
	for k := end - 1; k >= 0 && k >= end-memory; k-- {
		m := &l.trail[k]
		d := sentence - l.sentence(m.token)
		if d > spokenReach {
			break
		}
		_, known := ofEntity[m.entity]
		if m.figure != nil {
			_, known = at[m.figure]
		}
		if !known && (d > personReach || m.figure == nil && d > bodyReach) {
			continue
		}
		c := find(m.figure, m.entity)
		if c == nil {
			continue
		}
		c.times++
		switch {
		case l.content[m.token] || l.t.Tokens[m.token].Quote >= 0:
			c.told = max(c.told, m.token)
		case c.named < 0:
			c.named, c.role = m.token, l.roleAt(m)
		}
	}
	l.describe(a, cue, out, who)
	return out
}

// roleAt tells what a mention likely is in its Arabic sentence, by the word
// before the noun phrase in which it stands: the subject of a verb, the first of
// the sentence, behind a preposition or another noun.
func (l *linker) roleAt(m *mentionOf) string {
	first := l.t.Sentences[l.sentence(m.token)].First
	k := m.token
	for k > first && m.token-k < 10 {
		tok := &l.t.Tokens[k-1]
		if tok.Kind == text.Mark {
			k--
			continue
		}
		if tok.Kind != text.Word || strings.HasPrefix(tok.Fold, "و") && l.at[k-1] == 0 && !definite(tok.Fold) {
			break
		}
		exact, _ := arabic.ClassOf(tok.Fold)
		if exact&(arabic.Verb|arabic.Particle|arabic.Saying) != 0 || l.preposition(k-1) || notInNames[tok.Fold] && !arabicPrepositions[tok.Fold] {
			break
		}
		list, _ := l.lex.titlesAt(l.t, k-1, m.token)
		if l.at[k-1] == 0 && len(list) == 0 && !definite(tok.Fold) && l.lex.given[tok.Fold] == 0 {
			break
		}
		k--
	}
	if k == first {
		return "first"
	}
	tok := &l.t.Tokens[k-1]
	fold := strings.TrimPrefix(tok.Fold, "و")
	exact, _ := arabic.ClassOf(fold)
	own, _ := arabic.ClassOf(tok.Fold)
	switch {
	case tok.Kind == text.Word && particled(l.t.Tokens[k].Fold):
		return "particled"
	case tok.Kind != text.Word:
		return "behind mark"
	case fold == "ان" || fold == "انه" || fold == "بان" || fold == "لكن" || fold == "كان" || fold == "كانت":
		return "behind that"
	case l.preposition(k - 1), fold == "قبل", fold == "من":
		return "behind preposition"
	case (exact|own)&arabic.Verb != 0:
		if k-1 == first {
			return "subject, first"
		}
		return "subject"
	case (exact|own)&arabic.Particle != 0:
		return "behind particle"
	case (exact|own)&arabic.Saying != 0:
		return "behind saying"
	case strings.HasPrefix(tok.Fold, "و") && k-1 == first:
		return "behind joined, first"
	case k-1 == first:
		return "behind word, first"
	}
	return "behind word"
}

// particled tells whether an Arabic noun carries ل or ب.
func particled(fold string) bool {
	return strings.HasPrefix(fold, "لل") || strings.HasPrefix(fold, "بال") || strings.HasPrefix(fold, "ولل") || strings.HasPrefix(fold, "وبال")
}

// describe gives the antecedents their features.
func (l *linker) describe(a *extract.Attribution, cue int, list []antecedent, who []*figure) {
	form := l.cueForm(cue)
	nearest, nearestSubject, total := -1, -1, 0
	for k := range list {
		nearest = max(nearest, list[k].named)
		if strings.HasPrefix(list[k].role, "subject") || list[k].role == "first" {
			nearestSubject = max(nearestSubject, list[k].named)
		}
		total += list[k].times
	}
	for k := range list {
		c := &list[k]
		add := func(name string) { c.features = append(c.features, linear.Fact(name), linear.Fact(name+", "+form)) }
		is := func(name string, holds bool) {
			if holds {
				add(name)
			}
		}
		kind := l.kindOf(c)
		add("kind=" + kind)
		is("plural, kind="+kind, a.Number == extract.Plural)
		is("dual, kind="+kind, a.Number == extract.Dual)
		if c.figure != nil && a.Gender != extract.AnyGender {
			is("gender known", c.figure.gender == a.Gender)
			is("gender unknown", c.figure.gender == extract.AnyGender)
			is("other gender", c.figure.gender != extract.AnyGender && c.figure.gender != a.Gender)
		}
		if a.Gender == extract.Feminine {
			add("feminine, kind=" + kind)
		}
		if k := a.Continues; k >= 0 && k < len(who) && who[k] != nil {
			is("continues", who[k] == c.figure)
			is("continues another", who[k] != c.figure)
		}
		if k := a.Within; k >= 0 && k < len(who) && who[k] != nil {
			is("outer", who[k] == c.figure)
			is("outer another", who[k] != c.figure)
		}
		switch {
		case c.spoke < 0:
			add("silent")
		case c.turn == 0:
			d := distance(l.sentence(cue) - l.sentence(c.spoke))
			add("spoke last" + d)
			is("spoke last around", l.quotedIn(cue))
			is("spoke last, nobody named since", nearest <= c.spoke)
			is("spoke last, no subject since", nearestSubject <= c.spoke)
		default:
			add("spoke " + strconv.Itoa(min(c.turn, 3)) + " before" + distance(l.sentence(cue)-l.sentence(c.spoke)))
		}
		if c.named >= 0 {
			d := distance(l.sentence(cue) - l.sentence(c.named))
			add("named" + d)
			add("role=" + c.role + d)
			since := len(l.spoken) == 0 || c.named > l.lastAt
			is("named since, role="+c.role, since)
			is("named since"+d, since)
			is("nearest", c.named == nearest)
			is("nearest subject", c.named == nearestSubject)
			is("close", cue-c.named <= 6)
		} else if c.told >= 0 {
			add("told only" + distance(l.sentence(cue)-l.sentence(c.told)))
		}
		if total > 0 {
			c.features = append(c.features, linear.Feature{Name: "share", Value: float64(c.times) / float64(total)})
		}
	}
}

func distance(sentences int) string {
	switch sentences {
	case 0:
		return ", same sentence"
	case 1:
		return ", next sentence"
	case 2:
		return ", two sentences on"
	}
	return ", far"
}

// kindOf names the kind of an antecedent.
func (l *linker) kindOf(c *antecedent) string {
	f := c.figure
	switch {
	case f == nil && c.entity.Outlet != nil, f != nil && f.entity != nil && f.entity.Outlet != nil:
		return "outlet"
	case f == nil:
		return strings.ToLower(string(c.entity.Actor.Kind))
	case len(f.parts) > 0:
		return "pair"
	case f.entity == nil && len(f.name) == 0 && f.kind != graph.Document:
		return "described " + strings.ToLower(string(f.kind))
	}
	return strings.ToLower(string(f.kind))
}

// cueForm tells what kind of word an Arabic cue is and where it stands: whether
// it opens the sentence, goes on, begins a relative clause.
func (l *linker) cueForm(cue int) string {
	tok := &l.t.Tokens[cue]
	raw := l.t.At(tok.Span)
	bare := strings.TrimPrefix(tok.Fold, "و")
	first := l.t.Sentences[l.sentence(cue)].First == cue
	exact, _ := arabic.ClassOf(bare)
	before := ""
	if cue > 0 && l.sameSentence(cue-1, cue) {
		before = l.t.Tokens[cue-1].Fold
	}
	switch {
	case goingOn[strings.TrimSuffix(strings.TrimSuffix(bare, "وا"), "ت")]:
		return "goes on"
	case exact&arabic.Verb == 0 && (strings.HasSuffix(raw, "ا") || strings.HasSuffix(raw, "اً") || strings.HasSuffix(raw, "ًا") || strings.HasSuffix(tok.Fold, "ا") || strings.HasSuffix(raw, "ةً") || exact&arabic.Saying != 0 && strings.HasPrefix(bare, "م")):
		return "participle"
	case exact&arabic.Verb == 0:
		return "noun"
	case relatives[before]:
		return "relative"
	case before == "ان" || before == "انه" || before == "انها" || before == "انهم" || before == "بان" || before == "بانه" || before == "بانها":
		return "behind that"
	case first && bare != tok.Fold:
		return "opens, joined"
	case first:
		return "opens"
	case bare != tok.Fold:
		return "joined"
	case before == "كما", before == "وقد", before == "قد", before == "فيما", before == "بينما", before == "حيث":
		return "as"
	}
	return "inside"
}

// goingOn are verbs that add to what one has said already.
var goingOn = wordSet("أضاف تابع أردف استطرد واصل زاد استدرك ختم اختتم استكمل أكمل مضى عاد كرر جدد استرسل أنهى خلص يضيف يتابع يردف تضيف تتابع يواصل تواصل يستطرد")
