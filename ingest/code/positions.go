package code

import (
	"cmp"
	"slices"

	"mawqif/graph"
)

// theme is an issue that a statement may be about.
type theme struct {
	issue  int32
	inside int // times found in the content
	words  int // words of the longest pattern
	first  int32
	up     int // found with words for the proposition
	down   int // against it
	flat   int // only about it
	denied int // under negation
	frame  bool
	before bool // found in the content of the statement before
	topic  int  // its place among the issues of the article, from 1; 0 if none
	proof  *evidence
	// alluded counts words of the content that go with the issue by the
	// codebook, allusion is the first.
	alluded  int
	allusion int32
	hints    []int32 // features of the words of the content that go with the issue
}

// themes returns the issues found in the content, in its order, then those
// that the context suggests.
func (a *article) themes(s *statement) []theme {
	var list []theme
	find := func(issue int32) *theme {
		for i := range list {
			if list[i].issue == issue {
				return &list[i]
			}
		}
		list = append(list, theme{issue: issue})
		return &list[len(list)-1]
	}
	for k := range s.evidence {
		e := &s.evidence[k]
		t := find(e.issue)
		if t.inside == 0 {
			t.first = e.first
		}
		t.inside++
		if n := len(a.language.rules.list[e.rule].need); n > 1 {
			t.words = max(t.words, n+1)
		}
		if w := int(e.last - e.first); w > t.words || t.proof == nil {
			t.words, t.proof = max(w, t.words), e
		}
		switch e.polarity {
		case 1:
			t.up++
		case -1:
			t.down++
		default:
			t.flat++
		}
		if e.negated {
			t.denied++
		}
	}
	from, _ := slices.BinarySearchFunc(a.evidence, s.frame.first, func(e evidence, at int32) int { return int(e.first - at) })
	for k := from; k < len(a.evidence) && a.evidence[k].first < s.frame.last; k++ {
		if e := &a.evidence[k]; !s.holds(e.first) {
			t := find(e.issue)
			t.frame = true
			if t.proof == nil {
				t.proof = e
			}
		}
	}
	for _, x := range s.allusions {
		t := find(x.issue)
		if t.alluded == 0 {
			t.allusion = x.word
			if t.inside == 0 {
				t.first = x.word
			}
		}
		t.alluded++
	}
	if s.previous != nil {
		for k := range s.previous.evidence {
			find(s.previous.evidence[k].issue).before = true
		}
		for _, x := range s.previous.allusions {
			find(x.issue).before = true
		}
	}
	for rank, issue := range a.topics {
		find(issue).topic = rank + 1
	}
	for _, w := range a.stems(s) {
		for _, hint := range a.book.features.hints[w] {
			t := find(hint.issue)
			t.hints = appendNew(t.hints, hint.feature)
		}
	}
	return list
}

const topicsMax = 4

func (a *article) findTopics() []int32 {
	var list []int32
	for i, n := range a.issues {
		if n >= 2 {
			list = append(list, int32(i))
		}
	}
	slices.SortStableFunc(list, func(x, y int32) int { return cmp.Compare(a.issues[y], a.issues[x]) })
	return list[:min(len(list), topicsMax)]
}

// themeFeatures describes an issue for the choice of the issues.
func (a *article) themeFeatures(s *statement, t *theme, all []theme, into []int32) []int32 {
	f := a.book.features
	nature := int32(a.book.issues[t.issue].nature)
	acts := int32(len(graph.Acts))
	into = append(into, f.bias, f.topic+int32(t.topic), f.sentences+int32(min(a.issues[t.issue], 5)))
	into = append(into, t.hints...)
	share, stated := a.shares(t.issue)
	into = append(into, f.share+share, f.stated+stated, f.alluded+int32(min(t.alluded, 3)))
	if t.inside > 0 || t.alluded > 0 {
		if n, ok := f.learned["by"][a.foundBy(t)]; ok {
			into = append(into, n)
		}
	}
	into = append(into, f.hinted+int32(min(len(t.hints), 4)))
	if t.frame {
		into = append(into, f.frame)
	}
	if t.before {
		into = append(into, f.beforehand)
	}
	others := 0
	for i := range all {
		if all[i].inside > 0 && all[i].issue != t.issue {
			others++
		}
	}
	if t.inside == 0 && t.alluded == 0 {
		into = append(into, f.away, f.awayIssue+t.issue, f.awayOthers+int32(min(others, 3)), f.awayTopic+int32(t.topic),
			f.awayLength+int32(min(s.length()/5, 5)), f.awayAct+actIndex(s.act), f.awayShare+share, f.awayStated+stated)
		return into
	}
	into = append(into, f.issue+t.issue, f.found+int32(min(t.inside, 4)), f.words+int32(min(t.words, 5)), f.others+int32(min(others, 6)),
		f.act+actIndex(s.act), f.natureAct+nature*acts+actIndex(s.act), f.length+int32(min(s.length()/10, 5)))
	if t.up > 0 {
		into = append(into, f.up)
	}
	if t.down > 0 {
		into = append(into, f.down)
	}
	if len(s.words) > 0 && t.first-s.words[0].first < 5 {
		into = append(into, f.early)
	}
	best := true
	for i := range all {
		if o := &all[i]; o.issue != t.issue && o.inside > 0 && (o.inside > t.inside || o.inside == t.inside && o.words > t.words) {
			best = false
		}
	}
	if best {
		into = append(into, f.strongest)
	}
	return into
}

// foundBy names an issue with the stem that the pattern found it by begins
// with, or with the word that goes with it: some words tell an issue more surely than others.
func (a *article) foundBy(t *theme) string {
	word := t.allusion
	if t.inside > 0 {
		word = t.proof.first
	}
	return a.book.issues[t.issue].key + "/" + a.stem(word)
}

// shares tells how much an article speaks of an issue, in steps: of the
// sentences that speak of any, and of the statements.
func (a *article) shares(issue int32) (sentences, statements int32) {
	return share(a.issues[issue], a.issuesAll), share(a.stated[issue], len(a.said))
}

const shareSteps = 7

// share tells in steps how much n is of all: 0 nothing, to 6 more than half.
func share(n, all int) int32 {
	switch {
	case n == 0:
		return 0
	case n*20 <= all:
		return 1
	case n*10 <= all:
		return 2
	case n*6 <= all:
		return 3
	case n*4 <= all:
		return 4
	case n*2 <= all:
		return 5
	}
	return 6
}

// agreementFeatures describes an issue for the agreement with it.
func (a *article) agreementFeatures(s *statement, t *theme, into []int32) []int32 {
	f := a.book.features
	nature := int32(a.book.issues[t.issue].nature)
	acts := int32(len(graph.Acts))
	polarity := int32(0) // none, for, against, about, both
	switch {
	case t.up > 0 && t.down > 0:
		polarity = 4
	case t.up > 0:
		polarity = 1
	case t.down > 0:
		polarity = 2
	case t.flat > 0:
		polarity = 3
	}
	into = append(into, f.bias, f.issue+t.issue, f.polarity+polarity, f.act+actIndex(s.act),
		f.natureAct+nature*acts+actIndex(s.act), f.naturePolarity+nature*5+polarity, f.polarityAct+polarity*acts+actIndex(s.act))
	if t.denied > 0 {
		into = append(into, f.denied)
	}
	if t.inside == 0 {
		into = append(into, f.away)
	}
	for k := good; k <= doer; k++ {
		if s.counts[k] > 0 {
			into = append(into, f.holds+int32(k-good)*2+int32(min(s.counts[k], 2)-1),
				f.natureHolds+nature*int32(doer-good+1)+int32(k-good))
		}
	}
	return into
}

// findPositions picks the issues, the likeliest first, with objects, place and
// agreement. To accept that others should do what only a demand can make them
// do is to demand it: "our policy is that the foreign forces leave".
func (a *article) findPositions(s *statement) []Position {
	themes := a.themes(s)
	type scored struct {
		*theme
		score float32
	}
	var picked []scored
	var buffer [64]int32
	for i := range themes {
		if score := a.language.theme.score(0, a.themeFeatures(s, &themes[i], themes, buffer[:0])); score > themeFloor {
			picked = append(picked, scored{&themes[i], score})
		}
	}
	slices.SortStableFunc(picked, func(x, y scored) int { return cmp.Compare(y.score, x.score) })
	var list []Position
	for _, t := range picked[:min(len(picked), positionsMax)] {
		i := a.book.issues[t.issue]
		p := Position{Issue: &i.node, Agreement: int8(a.language.agreement.best(a.agreementFeatures(s, t.theme, buffer[:0])) - 1)}
		objects := a.objects(s, t.theme)
		if i.place {
			p.Place = a.place(s, t.theme, objects)
		}
		if i.demand && p.Agreement > 0 && s.act == graph.ActState && slices.ContainsFunc(objects, func(o *graph.Actor) bool { return s.own(o) == 0 }) {
			s.act = graph.ActRequest
		}
		if len(objects) == 0 {
			list = append(list, p)
		}
		for _, p.Object = range objects {
			list = append(list, p)
		}
	}
	return list
}

// themeFloor is the log odds from which on an issue is taken: about one in
// four, as for targets.
const themeFloor = -1.2
