package code

import (
	"slices"

	"mawqif/graph"
	"mawqif/ingest/extract"
)

// actFeatures describes a statement for its verbal act: what its cue says, who
// speaks, the first clause of the content, and what its words do.
func (a *article) actFeatures(s *statement, into []int32) []int32 {
	f := a.book.features
	lang := int32(slices.Index(Languages, a.language.name))
	cue := actIndex(s.Act)
	says := s.Act == graph.ActState
	into = append(into, f.bias, f.language+lang, f.actCue+cue, f.actQuote+int32(max(0, slices.Index(graph.QuoteTypes, s.Quote))),
		f.length+int32(min(s.length()/10, 5)))
	if says {
		into = append(into, f.actCueSays+lang*2)
	} else {
		into = append(into, f.actCueSays+lang*2+1)
	}
	kind := int32(0)
	if s.source.Speaker != nil {
		kind = 1 + kindIndex(s.source.Speaker.Kind)
	}
	into = append(into, f.actSource+kind)
	if t, ok := f.learned["cue"][stem(a.cueWord(s), a.language.name)]; ok {
		into = append(into, t)
	}
	if !says {
		return into
	}
	c := s.Clause
	no := int32(0)
	if c.Negated {
		no = 1
	}
	moods := int32(extract.Moods)
	into = append(into, f.subject+int32(c.Subject), f.mood+no*moods+int32(c.Mood),
		f.subjectMood+(no*int32(extract.Subjects)+int32(c.Subject))*moods+int32(c.Mood))
	words, opens := f.learned["word"], f.learned["opens"]
	stems := a.stems(s)
	for i, w := range stems {
		if t, ok := words[w]; ok {
			into = appendNew(into, t)
		}
		if i < openingWords {
			if t, ok := opens[w]; ok {
				into = appendNew(into, t)
			}
		}
	}
	var all, early [acts]int
	a.language.evocation.count(stems, &all, &early)
	most := 0
	for k := range acts {
		if all[k] == 0 {
			continue
		}
		into = append(into, f.evokes+int32(k))
		if all[k] > 1 {
			into = append(into, f.evokesTwice+int32(k))
		}
		if early[k] > 0 {
			into = append(into, f.evokesEarly+int32(k))
		}
		if all[k] > all[most] {
			most = k
		}
	}
	if all[most] > 0 {
		into = append(into, f.evokesMost+int32(most))
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

// openingWords is how many words open a content.
const openingWords = 4

// stems are the stems of the words of a content, as many as are looked up.
func (a *article) stems(s *statement) []string {
	if s.stems == nil {
		s.stems = make([]string, 0, min(s.length(), evokingMax))
		for _, w := range s.words {
			for i := w.first; i < w.last && len(s.stems) < evokingMax; i++ {
				s.stems = append(s.stems, a.stem(i))
			}
		}
	}
	return s.stems
}

// stem is the stem of a word of the text.
func (a *article) stem(word int32) string {
	if a.stemmed == nil {
		a.stemmed = make([]string, len(a.reading.token))
	}
	if a.stemmed[word] == "" {
		a.stemmed[word] = stem(a.reading.t.Tokens[a.reading.token[word]].Fold, a.language.name)
	}
	return a.stemmed[word]
}

// cueWord is the search key of the first word of the cue.
func (a *article) cueWord(s *statement) string {
	t := a.reading.t
	i := t.TokenAt(s.Cue.Start)
	if s.Cue.IsZero() || i >= len(t.Tokens) {
		return ""
	}
	return t.Tokens[i].Fold
}

// findAct weighs the act: a cue that says outright what it does ("condemned")
// mostly stands, one that only says ("said") leaves it to the content.
func (a *article) findAct(s *statement) graph.Act {
	if s.Act == graph.ActDeclineComment {
		return s.Act
	}
	var buffer [512]int32
	return graph.Acts[a.language.act.best(a.actFeatures(s, buffer[:0]))]
}
