package link

import (
	_ "embed" // the weights
	"slices"
	"sync"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/extract/linear"
	"mawqif/ingest/gazetteer"
)

// candidate is whom an English pronoun may mean, with what speaks for it.
type candidate struct {
	figure *figure
	entity *gazetteer.Entity // of a body or a state, whose figure is made when chosen
	// at and actedAt are the tokens where it was named last outside quotation
	// marks, and where as a subject; −1 if nowhere.
	at, actedAt int
	// lies is the token of the last genitive or mention in somebody's words.
	lies int
	f    [features]float64
}

const (
	lastSpeakerSame = iota // the speaker just before, in this sentence
	lastSpeakerNext        // … in the one before
	lastSpeakerFar
	speaker        // spoke before
	subjectSame    // subject of this sentence
	subjectNext    // of the one before
	subjectTwo     // of the one before that
	mentionSame    // named at all, outside quotation marks
	mentionNext    //
	mentionTwo     //
	gap            // sentences since
	frequent       // share of all mentions
	gendered       // gender known and right
	possessedBy    // last mention is a genitive
	reported       // last mention in somebody's words
	nearest        // no other candidate is nearer
	nearestSubject // none is nearer as a subject or speaker
	described      // nameless
	principal      // for whom the speaker just before speaks
	features
)

// horizon is how many sentences back the antecedent of a pronoun may stand.
const horizon = 12

// mentionOf is somebody or something at a place in the text.
type mentionOf struct {
	token, last int
	figure      *figure
	entity      *gazetteer.Entity
}

// trail lists who is named where, in the order of the text.
func (l *linker) makeTrail() {
	for i := range l.seen {
		s := &l.seen[i]
		l.trail = append(l.trail, mentionOf{token: s.token, last: s.last, figure: s.figure})
	}
	for i := range l.names {
		m := &l.names[i]
		if m.Entity.Actor == nil || isPerson(m) || m.Form == gazetteer.ByAdjective {
			continue
		}
		l.trail = append(l.trail, mentionOf{token: m.First, last: m.Last, entity: m.Entity})
	}
	slices.SortStableFunc(l.trail, func(a, b mentionOf) int { return a.token - b.token })
}

// candidates collects whom a pronoun before a cue may mean.
func (l *linker) candidates(a *extract.Attribution, at int) []candidate {
	fold := l.t.Tokens[l.t.TokenAt(a.Source.Start)].Fold
	neuter := isNeuter(fold)
	plural := a.Number == extract.Plural
	sentence := l.sentence(at)
	var out []candidate
	find := func(f *figure, e *gazetteer.Entity) *candidate {
		for i := range out {
			if f != nil && out[i].figure == f || e != nil && out[i].entity == e {
				return &out[i]
			}
		}
		out = append(out, candidate{figure: f, entity: e, at: -1, actedAt: -1, lies: -1})
		return &out[len(out)-1]
	}
	fits := func(f *figure) bool {
		return f != nil && f.kind != merged && f.agrees(a.Gender, a.Number, false) && !(neuter && f.person()) && !(plural && f.kind == graph.Person && len(f.parts) == 0)
	}
	n := len(l.spoken)
	for k := n - 1; k >= 0 && k >= n-memory; k-- {
		f := l.spoken[k]
		d := sentence - l.sentence(l.spokenAt[k])
		if d > horizon {
			break
		}
		if !fits(f) {
			continue
		}
		var e *gazetteer.Entity
		if f.kind != graph.Person {
			e = f.entity
		}
		c := find(f, e)
		c.figure = f
		if k == n-1 {
			c.f[lastSpeakerSame+min(d, 2)] = 1
		}
		if c.f[speaker] == 0 {
			c.f[speaker] = 1
			c.named(l.spokenAt[k], d)
			c.acted(l.spokenAt[k], d)
		}
	}
	end, _ := slices.BinarySearchFunc(l.trail, at, func(m mentionOf, at int) int { return m.token - at })
	total := 0.0
	for k := end - 1; k >= 0 && k >= end-memory; k-- {
		m := &l.trail[k]
		d := sentence - l.sentence(m.token)
		if d > horizon {
			break
		}
		if m.figure != nil && !fits(m.figure) || m.entity != nil && !neuter && !plural {
			continue
		}
		c := find(m.figure, m.entity)
		first := c.f[frequent] == 0
		c.f[frequent]++
		total++
		if l.t.Tokens[m.token].Quote >= 0 {
			continue
		}
		genitive, told := possessive(l.t.At(l.t.Tokens[m.last-1].Span)), l.content[m.token]
		if first && genitive {
			c.f[possessedBy] = 1
		}
		if first && told {
			c.f[reported] = 1
		}
		if told || genitive {
			c.distant(m.token, d)
			continue
		}
		c.named(m.token, d)
		if l.subjectAt(m) {
			c.acted(m.token, d)
		}
	}
	best, bestSubject := -1, -1
	for i := range out {
		best, bestSubject = max(best, out[i].at), max(bestSubject, out[i].actedAt)
	}
	for i := range out {
		c := &out[i]
		if total > 0 {
			c.f[frequent] /= total
		}
		if c.at == best && best >= 0 {
			c.f[nearest] = 1
		}
		if c.actedAt == bestSubject && bestSubject >= 0 {
			c.f[nearestSubject] = 1
		}
		c.f[gap] = 1
		if k := max(c.at, c.lies); k >= 0 {
			c.f[gap] = float64(sentence-l.sentence(k)) / horizon
		}
		if n > 0 && c.entity != nil && l.spoken[n-1].institution == c.entity && sentence-l.sentence(l.spokenAt[n-1]) <= 1 {
			c.f[principal] = 1
		}
		if c.figure == nil {
			continue
		}
		if c.figure.gender != extract.AnyGender && a.Gender != extract.AnyGender {
			c.f[gendered] = 1
		}
		if c.figure.entity == nil && len(c.figure.name) == 0 {
			c.f[described] = 1
		}
	}
	return out
}

// distant notes that the candidate is named at a token in somebody's words or
// as a genitive.
func (c *candidate) distant(token, sentences int) {
	if sentences <= 2 {
		c.f[mentionSame+sentences] = 1
	}
	if c.at < 0 {
		c.lies = max(c.lies, token)
	}
}

// named notes that the candidate is named at a token, so many sentences before.
func (c *candidate) named(token, sentences int) {
	if token > c.at {
		c.at = token
	}
	if sentences <= 2 {
		c.f[mentionSame+sentences] = 1
	}
}

// acted notes that the candidate is the subject at a token.
func (c *candidate) acted(token, sentences int) {
	if token > c.actedAt {
		c.actedAt = token
	}
	if sentences <= 2 {
		c.f[subjectSame+sentences] = 1
	}
}

// subjectAt tells whether a mention is likely the subject of its sentence: the
// first outside quotation marks, behind no preposition, no genitive.
func (l *linker) subjectAt(m *mentionOf) bool {
	if possessive(l.t.At(l.t.Tokens[m.last-1].Span)) {
		return false
	}
	first := l.t.Sentences[l.sentence(m.token)].First
	if m.token-first > 10 {
		return false
	}
	for i := m.token - 1; i >= first && i >= m.token-4; i-- {
		fold := l.t.Tokens[i].Fold
		if fold == "," {
			break
		}
		switch fold {
		case "of", "in", "at", "for", "on", "from", "with", "to", "by", "about", "against", "under", "after", "before", "between", "toward", "over", "than":
			return false
		}
	}
	return true
}

//go:embed data/pronoun_weights.tsv
var pronounWeights string

// featureNames are the names of the features in data/pronoun_weights.tsv.
var featureNames = [features]string{
	"last speaker, same sentence", "last speaker, sentence before", "last speaker, farther", "speaker",
	"subject, same sentence", "subject, sentence before", "subject, two before",
	"named, same sentence", "named, sentence before", "named, two before",
	"gap", "frequent", "gendered", "genitive", "reported", "nearest", "nearest subject", "described", "principal",
}

// weights of the features, fitted as a conditional choice among candidates by
// the command train.
var weights = sync.OnceValue(func() (w [features]float64) {
	m, err := linear.Load(pronounWeights)
	if err != nil {
		panic("pronoun_weights.tsv: " + err.Error()) // part of the program; a test checks it
	}
	for k := range w {
		w[k] = m.Score(0, []linear.Feature{linear.Fact(featureNames[k])})
	}
	return w
})

// observed is the candidate as one of a [Choice].
func (c *candidate) observed() antecedent {
	a := antecedent{figure: c.figure, entity: c.entity}
	for k, v := range c.f {
		if v != 0 {
			a.features = append(a.features, linear.Feature{Name: featureNames[k], Value: v})
		}
	}
	return a
}

// meant chooses whom an English pronoun means.
func (l *linker) meant(a *extract.Attribution) *figure {
	var best *candidate
	score, weights := 0.0, weights()
	list := l.candidates(a, l.t.TokenAt(a.Source.Start))
	for i := range list {
		s := 0.0
		for k, v := range list[i].f {
			s += v * weights[k]
		}
		if best == nil || s > score {
			best, score = &list[i], s
		}
	}
	if best == nil {
		return nil
	}
	if best.figure == nil {
		best.figure = l.entityFigure(best.entity, best.entity.Actor.Kind)
	}
	return best.figure
}
