package code

import (
	"cmp"
	"slices"
	"strings"

	"mawqif/graph"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// candidate is an actor that may be a target of a statement.
type candidate struct {
	actor   int32
	mention int32 // where it is named best: in the content, else last before it
	inside  bool
	order   int // among those of the content
	count   int // mentions in the content
	// context tells why an actor outside the content is a candidate.
	context context
	// latest tells that an object in the cue's sentence is also the last of its
	// sort named before the content.
	latest bool
}

// reach is how many words before a content are searched for the last actor.
const reach = 150

type context uint8

const (
	contextObject context = iota // in the sentence of the cue, outside the content
	contextPerson                // the last person named before the content
	contextBody                  // the last state or body named before it
	contextTopic                 // the most frequent of the article
	contextSecondTopic
	contexts
)

// candidates returns the actors that the content names, in its order, and
// those that it may refer to without a name.
func (a *article) candidates(s *statement) []candidate {
	var list []candidate
	r := a.reading
	find := func(actor int32) int {
		return slices.IndexFunc(list, func(c candidate) bool { return c.actor == actor })
	}
	for _, w := range s.words {
		last := int32(-1)
		for i := w.first; i < w.last; i++ {
			m := r.mention[i]
			if m < 0 || m == last || a.mentioned[m] < 0 {
				continue
			}
			last = m
			if at := find(a.mentioned[m]); at >= 0 {
				list[at].count++
				continue
			}
			if len(list) == namedMax {
				break
			}
			list = append(list, candidate{actor: a.mentioned[m], mention: m, inside: true, order: len(list), count: 1})
		}
	}
	add := func(m int32, why context) {
		if actor := a.mentioned[m]; actor >= 0 && find(actor) < 0 {
			list = append(list, candidate{actor: actor, mention: m, context: why})
		}
	}
	for i := s.frame.first; i < s.frame.last && len(s.Content) > 0; i++ {
		if m := r.mention[i]; m >= 0 && !s.holds(i) && !s.Source.Overlaps(r.mentions[m].Span) {
			add(m, contextObject)
		}
	}
	start := int32(0)
	if len(s.words) > 0 {
		start = s.words[0].first
	}
	var named [contexts]bool
	for i := start - 1; i >= 0 && start-i < reach && !(named[contextPerson] && named[contextBody]); i-- {
		m := r.mention[i]
		if m < 0 || a.mentioned[m] < 0 || s.own(a.actors[a.mentioned[m]].Actor) == 1 {
			continue
		}
		why := contextBody
		if a.actors[a.mentioned[m]].Kind == graph.Person {
			why = contextPerson
		}
		if !named[why] {
			named[why] = true
			if at := find(a.mentioned[m]); at < 0 {
				add(m, why)
			} else if !list[at].inside && list[at].context == contextObject {
				list[at].latest = true
			}
		}
	}
	for rank, i := range a.leading {
		// The last time it is named before the content, else the first time.
		ms := a.actors[i].mentions
		at, _ := slices.BinarySearchFunc(ms, start, func(m, word int32) int {
			return cmp.Compare(r.mentions[m].First, int(a.tokenOf(word)))
		})
		add(ms[max(0, at-1)], contextTopic+context(rank))
	}
	return list
}

// targetFeatures describes a candidate.
func (a *article) targetFeatures(s *statement, c *candidate, inside int, into []int32) []int32 {
	f := a.book.features
	n := &a.actors[c.actor]
	into = append(into, f.bias)
	own := s.own(n.Actor)
	m := &a.reading.mentions[c.mention]
	if c.inside {
		into = append(into,
			f.form+int32(m.Form), f.order+int32(min(c.order, 4)), f.times+int32(min(c.count, 3)),
			f.inside+int32(min(inside, 5)), f.own+int32(own), f.rank+int32(min(n.rank, 5)),
			f.kind+kindIndex(n.Kind), f.act+actIndex(s.act), f.before+a.before(c.mention),
			f.length+int32(min(s.length()/10, 5)))
		if n.entity.Place != nil {
			into = append(into, f.place, f.placeBefore+a.before(c.mention))
		}
		if m.Form == gazetteer.ByAdjective && a.touches(c.mention) {
			into = append(into, f.title)
		}
		into = a.surroundings(c.mention, f.near, into)
		into = a.neighbourFeatures(c.mention, false, into)
		if c.order == 0 && s.startsWith(a.reading, c.mention) {
			into = append(into, f.starts)
		}
		return into
	}
	into = append(into,
		f.context+int32(c.context), f.contextInside+int32(c.context)*3+int32(min(inside, 2)),
		f.contextOwn+int32(own), f.contextKind+kindIndex(n.Kind), f.contextAct+actIndex(s.act),
		f.contextRank+int32(min(n.rank, 5)), f.contextForm+int32(m.Form),
		f.contextLength+int32(min(s.length()/5, 5)))
	if c.latest {
		into = append(into, f.latest)
	}
	if c.context == contextObject {
		into = append(into, f.objectAct+actIndex(s.act), f.objectBefore+a.before(c.mention))
		where := int32(0) // before the cue, between cue and content, after the content
		switch content := s.Content[0].Start; {
		case m.Start >= content:
			where = 2
		case m.Start > s.Cue.End && m.End <= content:
			where = 1
		}
		into = append(into, f.objectAt+where, f.objectAtAct+where*int32(len(graph.Acts))+actIndex(s.act),
			f.objectAtInside+where*3+int32(min(inside, 2)))
	}
	for _, k := range pronouns {
		if s.counts[k] > 0 {
			into = append(into, f.pronoun+int32(k-he)*int32(len(graph.ActorKinds))+kindIndex(n.Kind))
			if c.latest || c.context == contextPerson || c.context == contextBody {
				into = append(into, f.pronounLast+int32(c.context)*int32(len(pronouns))+int32(k-he))
			}
		}
	}
	if s.previous != nil && slices.Contains(s.previous.named, c.actor) {
		into = append(into, f.previous)
		if inside == 0 {
			into = append(into, f.previousAlone)
		}
	}
	return into
}

var pronouns = []kind{he, she, it, they, you, we, leader, government, group, country}

// startsWith tells whether the content begins with a mention, an article or a
// title before it apart.
func (s *statement) startsWith(r *reading, m int32) bool {
	return len(s.Content) > 0 && r.mentions[m].Start-s.Content[0].Start < 12
}

// touches tells whether another mention stands next to one, as in "the
// Turkish president, Erdogan".
func (a *article) touches(m int32) bool {
	ms := a.reading.mentions
	return int(m)+1 < len(ms) && ms[m+1].First-ms[m].Last <= 1 || m > 0 && ms[m].First-ms[m-1].Last <= 1
}

// functionWords are the words before a name that tell its part in the clause.
var functionWords = map[string][]string{
	"en": {"in", "at", "from", "to", "of", "by", "with", "against", "for", "and", "between", "on", "into", "that", "across", "over", "than", "as", "about", "toward", "towards", "near", "or", "but", "if", "when", "because", "while", "inside", "within"},
	"ar": {"في", "من", "الي", "على", "علي", "مع", "بين", "ضد", "عن", "ان", "بان", "لدي", "قبل", "بعد", "داخل", "تجاه", "مثل", "كل", "هذا", "هذه", "بحق", "شمال", "جنوب", "مدينه", "لدى", "باتجاه", "نحو", "حول", "عبر", "بحق", "لان", "لكن", "او"},
}

var articles = map[string]bool{"the": true, "a": true, "an": true, "president": true, "mr": true, "mrs": true, "minister": true}

// before returns the index of the function word before a mention: 0 none of
// them, 1 the edge of a sentence, 2 a mark, else 3 and its place in the list.
func (a *article) before(m int32) int32 {
	t := a.reading.t
	at := a.reading.mentions[m].First - 1
	for at >= 0 && articles[t.Tokens[at].Fold] {
		at--
	}
	if at < 0 || t.Tokens[at].Sentence != t.Tokens[a.reading.mentions[m].First].Sentence {
		return 1
	}
	if t.Tokens[at].Kind != text.Word {
		return 2
	}
	if i := slices.Index(functionWords[a.language.name], t.Tokens[at].Fold); i >= 0 {
		return 3 + int32(i)
	}
	if a.language.name == "ar" {
		// An attached preposition is part of the mention's first token.
		first := t.Tokens[a.reading.mentions[m].First].Fold
		for i, p := range []string{"ب", "ل", "ك", "و", "لل", "بال", "وال", "ولل", "وب", "ول"} {
			if strings.HasPrefix(first, p) && i >= 4 {
				return int32(40 + i)
			}
		}
	}
	return 0
}

// surroundings adds the kinds of word near a mention, by side and distance.
func (a *article) surroundings(m int32, base int32, into []int32) []int32 {
	r := a.reading
	first := r.wordAt(r.mentions[m].Start)
	last := r.wordAt(r.mentions[m].End - 1)
	home := r.sentence[first]
	from := len(into)
	for _, h := range within(a.hits, stretch{max(0, first-6), min(last+7, int32(len(r.token)))}) {
		k := a.language.kind(h.part)
		if k < good || k > doer || r.sentence[h.first] != home {
			continue
		}
		side, distance := int32(0), first-h.last
		switch {
		case h.first <= last && h.last > first:
			into = appendNew(into, a.book.features.self+int32(k-good))
			continue
		case h.first > last:
			side, distance = 1, h.first-last-1
		}
		step := int32(0)
		if distance > 1 {
			step = 1
		}
		if distance > 4 {
			continue
		}
		feature := base + (int32(k-good)*2+side)*2 + step
		if !slices.Contains(into[from:], feature) {
			into = append(into, feature)
		}
	}
	return into
}

// nearNames is how many words on each side of a name are its neighbours.
const nearNames = 5

// neighbours calls see with the prefixes of features and the stems of the
// words that stand next to a mention, and of those that stand near it.
func (a *article) neighbours(m int32, see func(prefix, word string)) {
	r := a.reading
	first, last := r.wordAt(r.mentions[m].Start), r.wordAt(r.mentions[m].End-1)
	home := r.sentence[first]
	for d := int32(1); d <= nearNames; d++ {
		if i := first - d; i >= 0 && r.sentence[i] == home {
			if d == 1 {
				see("before-name", a.stem(i))
			}
			see("near-name", a.stem(i))
		}
		if i := last + d; int(i) < len(r.token) && r.sentence[i] == home {
			if d == 1 {
				see("after-name", a.stem(i))
			}
			see("near-name", a.stem(i))
		}
	}
}

// neighbourFeatures adds the features of the words next to a mention and, if
// near is set, of those near it.
func (a *article) neighbourFeatures(m int32, near bool, into []int32) []int32 {
	a.neighbours(m, func(prefix, word string) {
		if prefix == "near-name" && !near {
			return
		}
		if n, ok := a.book.features.learned[prefix][word]; ok {
			into = appendNew(into, n)
		}
	})
	return into
}

// stanceFeatures describes a target for its stance.
func (a *article) stanceFeatures(s *statement, c *candidate, into []int32) []int32 {
	f := a.book.features
	n := &a.actors[c.actor]
	m := &a.reading.mentions[c.mention]
	into = append(into, f.bias, f.act+actIndex(s.act), f.own+int32(s.own(n.Actor)), f.kind+kindIndex(n.Kind),
		f.form+int32(m.Form), f.kindAct+kindIndex(n.Kind)*int32(len(graph.Acts))+actIndex(s.act))
	if c.inside {
		into = append(into, f.order+int32(min(c.order, 4)), f.orderAct+int32(min(c.order, 2))*int32(len(graph.Acts))+actIndex(s.act),
			f.before+a.before(c.mention))
		into = a.neighbourFeatures(c.mention, true, into)
		from := len(into)
		into = a.surroundings(c.mention, f.near, into)
		for _, n := range into[from:] {
			if n >= f.near {
				into = append(into, f.nearAct+actGroup(s.act)*nears+n-f.near)
			} else {
				into = append(into, f.selfAct+actGroup(s.act)*int32(doer-good+1)+n-f.self)
			}
		}
		if s.startsWith(a.reading, c.mention) {
			into = append(into, f.starts, f.startsAct+actIndex(s.act))
		}
		if a.negatedAround(c.mention) {
			into = append(into, f.negated, f.negatedAct+actIndex(s.act))
		}
	} else {
		into = append(into, f.context+int32(c.context), f.objectAct+actIndex(s.act))
	}
	same, all := a.attitude(s, c.actor)
	into = append(into, f.hostile+int32(min(same.hostile, 3)), f.friendly+int32(min(same.friendly, 3)),
		f.hostileAll+int32(min(all.hostile, 3)), f.friendlyAll+int32(min(all.friendly, 3)))
	into = append(into, f.tone+ratio(n.good, n.bad), f.sympathy+ratio(n.victim, n.bad))
	group := actGroup(s.act)
	into = append(into, f.toneAct+group*toneSteps+ratio(n.good, n.bad))
	if c.inside {
		into = append(into, f.beforeAct+group*befores+a.before(c.mention), f.kindBefore+kindIndex(n.Kind)*befores+a.before(c.mention))
	}
	for k := good; k <= doer; k++ {
		if s.counts[k] > 0 {
			into = append(into, f.holds+int32(k-good)*2+int32(min(s.counts[k], 2)-1))
		}
	}
	balance := s.counts[good] - s.counts[bad]
	into = append(into, f.balance+int32(max(0, min(6, balance+3))))
	for k := range s.evidence {
		into = appendNew(into, f.issue+s.evidence[k].issue)
	}
	return into
}

func (a *article) negatedAround(m int32) bool {
	r := a.reading
	first := r.wordAt(r.mentions[m].Start)
	return a.language.negated(r, a.hits, first, first+1)
}

func appendNew(list []int32, f int32) []int32 {
	if slices.Contains(list, f) {
		return list
	}
	return append(list, f)
}

// chosen is a candidate with its chance to be a target.
type chosen struct {
	candidate
	score float32
}

// findTargets picks the targets, the likeliest first, and their stances.
func (a *article) findTargets(s *statement) []Target {
	candidates := a.candidates(s)
	inside := 0
	for i := range candidates {
		if candidates[i].inside {
			inside++
		}
	}
	var picked []chosen
	var buffer [128]int32
	for i := range candidates {
		c := &candidates[i]
		if score := a.language.target.score(0, a.targetFeatures(s, c, inside, buffer[:0])); score > targetFloor {
			picked = append(picked, chosen{*c, score})
		}
	}
	slices.SortStableFunc(picked, func(x, y chosen) int { return cmp.Compare(y.score, x.score) })
	var list []Target
	for i := range picked[:min(len(picked), targetsMax)] {
		c := &picked[i].candidate
		list = append(list, Target{
			Actor:   a.actors[c.actor].Actor,
			Mention: a.reading.mentions[c.mention].Span,
			Stance:  a.stance(s, c, buffer[:0]),
		})
	}
	return list
}

// targetFloor is the log odds from which on a candidate is a target: three
// in ten. It gave the best F1 in cross-validation.
const targetFloor = -0.9

func kindIndex(k graph.ActorKind) int32 { return int32(max(0, slices.Index(graph.ActorKinds, k))) }

func actIndex(a graph.Act) int32 { return int32(max(0, slices.Index(graph.Acts, a))) }

// The groups of acts.
const (
	neutralActs int32 = iota
	hostileActs
	friendlyActs
	demandActs
)

func actGroup(a graph.Act) int32 {
	switch a {
	case graph.ActAccuse, graph.ActReject, graph.ActThreaten, graph.ActWarn, graph.ActDeny:
		return hostileActs
	case graph.ActSupport, graph.ActAgree:
		return friendlyActs
	case graph.ActRequest:
		return demandActs
	}
	return neutralActs
}

const toneSteps = 6

// ratio tells how much more often x is seen than y: 0 neither, 1 y alone or
// far more, to 5 x alone or far more.
func ratio(x, y int) int32 {
	switch {
	case x+y == 0:
		return 0
	case x*4 <= y:
		return 1
	case x*3 <= y*2:
		return 2
	case y*4 <= x:
		return 5
	case y*3 <= x*2:
		return 4
	}
	return 3
}

// neutralHandicap is what a neutral stance must have more than the others: a
// reader of the graph misses a stance that is there more than one that is not.
const neutralHandicap = 1.4

// stance returns the stance of a statement towards a target.
func (a *article) stance(s *statement, c *candidate, buffer []int32) int8 {
	features := a.stanceFeatures(s, c, buffer)
	m := a.language.stance
	against, neutral, favour := m.score(0, features), m.score(1, features), m.score(2, features)
	switch neutral -= neutralHandicap; {
	case against >= favour && against > neutral:
		return -1
	case favour > neutral:
		return 1
	}
	return 0
}

// tokenOf returns the token of a word; the number of tokens for the end.
func (a *article) tokenOf(word int32) int32 {
	if int(word) >= len(a.reading.token) {
		return int32(len(a.reading.t.Tokens))
	}
	return a.reading.token[word]
}
