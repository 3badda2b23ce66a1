package code

import (
	"slices"

	"mawqif/graph"
)

// actFeatures describes a statement for its verbal act: what its content
// does.
func (a *article) actFeatures(s *statement, into []int32) []int32 {
	f := a.book.features
	into = append(into, f.bias, f.length+int32(min(s.length()/10, 5)))
	if s.Quote != graph.Indirect {
		into = append(into, f.quoted)
	}
	for k := good; k < kinds; k++ {
		if s.counts[k] > 0 {
			into = append(into, f.actHolds+int32(k))
		}
		if s.counts[k] > 1 {
			into = append(into, f.actHolds+int32(kinds+k))
		}
	}
	if len(s.words) > 0 {
		opening := stretch{s.words[0].first, min(s.words[0].last, s.words[0].first+4)}
		for _, h := range within(a.hits, opening) {
			if k := a.language.kind(h.part); k != ofIssue {
				into = appendNew(into, f.actOpens+int32(k))
			}
		}
	}
	into = append(into, f.balance+int32(max(0, min(6, s.counts[good]-s.counts[bad]+3))))
	for k := range s.evidence {
		e := &s.evidence[k]
		nature := int32(a.book.issues[e.issue].nature)
		into = appendNew(into, f.issue+e.issue)
		into = appendNew(into, f.actNature+nature*3+int32(e.polarity)+1)
	}
	others := 0
	for _, n := range s.named {
		if s.own(a.actors[n].Actor) == 0 {
			others++
		}
	}
	into = append(into, f.actNamed+int32(min(others, 2)))
	return into
}

// findAct refines the act of the cue by the content: a cue that says outright
// what it does ("condemned") stands, one that only says ("said") takes the act
// of what is said.
func (a *article) findAct(s *statement) graph.Act {
	if s.Act != graph.ActState {
		return s.Act
	}
	var buffer [256]int32
	features := a.actFeatures(s, buffer[:0])
	best := a.book.act.best(features)
	if a.book.act.score(best, features)-a.book.act.score(int(actIndex(graph.ActState)), features) < actMargin {
		return graph.ActState
	}
	return graph.Acts[best]
}

// actMargin is how much more an act must weigh than the neutral one.
const actMargin = 0.4

// actRow is what a reader coded of the act.
func (a *article) actRow(s *statement, coded *Coded) row {
	return row{a.actFeatures(s, nil), slices.Index(graph.Acts, coded.Act)}
}
