package code

import (
	"fmt"
	"slices"

	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// evidence is an issue found in a content.
type evidence struct {
	issue    int32
	rule     int32
	polarity int8 // of the words, negation taken into account
	raw      int8 // of the pattern alone
	negated  bool
	first    int32 // words [first, last) of the reading
	last     int32
	object   int32 // mentions, −1 if the pattern names none
	place    int32
}

// stretch is a run of words [first, last) of a reading.
type stretch struct{ first, last int32 }

// stretches returns the words of spans, in their order.
func (r *reading) stretches(spans []text.Span) []stretch {
	list := make([]stretch, 0, len(spans))
	for _, s := range spans {
		first, last := r.wordAt(s.Start), r.wordAt(s.End)
		// A span may end within a word: an attached particle outside.
		if int(last) < len(r.token) && r.t.Tokens[r.token[last]].Start < s.End {
			last++
		}
		if first < last {
			list = append(list, stretch{first, last})
		}
	}
	return list
}

// wordAt returns the first word that ends after a byte offset.
func (r *reading) wordAt(at int) int32 {
	i, _ := slices.BinarySearchFunc(r.token, at, func(token int32, at int) int {
		if r.t.Tokens[token].End > at {
			return 1
		}
		return -1
	})
	return int32(i)
}

// within returns the hits that lie in a stretch.
func within(hits []hit, s stretch) []hit {
	from, _ := slices.BinarySearchFunc(hits, s.first, func(h hit, at int32) int { return int(h.first - at) })
	to, _ := slices.BinarySearchFunc(hits, s.last, func(h hit, at int32) int { return int(h.first - at) })
	return hits[from:to]
}

// allusion is a word that goes with an issue.
type allusion struct{ issue, word int32 }

// evidence returns the issues that the patterns find in the whole text, and
// the words that go with issues, in its order.
func (l *language) evidence(r *reading, hits []hit) (found []evidence, alluded []allusion) {
	for k := range hits {
		h := &hits[k]
		for _, number := range l.rules.byPart[h.part] {
			rule := &l.rules.list[number]
			if !holds(rule, r, hits, k) || rule.negative && l.affirmed(hits, h) {
				continue
			}
			if rule.allusive {
				alluded = append(alluded, allusion{rule.issue, h.first})
				continue
			}
			e := evidence{
				issue: rule.issue, rule: number, raw: rule.polarity, polarity: rule.polarity,
				first: h.first, last: h.last, object: h.object, place: h.place,
			}
			if !rule.negative && l.negated(r, hits, h.first, h.last) {
				e.negated = true
				e.polarity = -e.polarity
			}
			found = append(found, e)
		}
	}
	return found, alluded
}

// affirmed tells whether what looks like a negation in a hit is none: "not
// only talks".
func (l *language) affirmed(hits []hit, h *hit) bool {
	return slices.ContainsFunc(within(hits, stretch{h.first, h.last}), func(o hit) bool { return l.kind(o.part) == affirmation })
}

// companionsMax is how many hits on each side are searched for the other terms
// of a rule, so that the cost stays linear in a text without full stops.
const companionsMax = 256

// holds tells whether a rule whose first term is hit k finds the others in
// its sentence, and none that it excludes.
func holds(rule *rule, r *reading, hits []hit, k int) bool {
	if len(rule.need) == 1 && len(rule.ban) == 0 {
		return true
	}
	sentence := r.sentence[hits[k].first]
	first, last := k, k+1
	for first > max(0, k-companionsMax) && r.sentence[hits[first-1].first] == sentence {
		first--
	}
	for last < min(len(hits), k+companionsMax) && r.sentence[hits[last].first] == sentence {
		last++
	}
	has := func(part int32) bool {
		return slices.ContainsFunc(hits[first:last], func(h hit) bool { return h.part == part })
	}
	for _, part := range rule.need[1:] {
		if !has(part) {
			return false
		}
	}
	for _, part := range rule.ban {
		if has(part) {
			return false
		}
	}
	return true
}

// scope is how many words after it a negation reaches.
const scope = 4

// negated tells whether words [first, last) stand within the scope of a
// negation: one that begins at most four words before them or among them.
func (l *language) negated(r *reading, hits []hit, first, last int32) bool {
	from := max(0, first-scope-2)
	near := within(hits, stretch{from, last})
	odd := false
	for _, h := range near {
		kind := l.kind(h.part)
		if kind != negation && kind != opposition || r.sentence[h.first] != r.sentence[first] {
			continue
		}
		if kind == opposition && (h.last > first || first-h.last > 2) {
			continue
		}
		if slices.ContainsFunc(near, func(o hit) bool {
			return l.kind(o.part) == affirmation && o.first <= h.first && h.last <= o.last
		}) {
			continue
		}
		if h.last <= first && (first-h.last >= scope || r.barrier(h.last, first)) {
			continue
		}
		odd = true
	}
	return odd
}

// barrier tells whether a mark that ends a clause stands between two words.
func (r *reading) barrier(from, to int32) bool {
	if from >= to && from > 0 {
		from = to
	}
	for i := r.token[max(0, from-1)]; i < r.token[to]; i++ {
		if t := &r.t.Tokens[i]; t.Kind == text.Punct {
			switch t.Fold {
			case ",", "،", ";", "؛", ":", "—", "–":
				return true
			}
		}
	}
	return false
}

// Prove tells whether the patterns do what an example claims: find the issue
// in it with its polarity, or not find it. Names finds the actors and places
// of its slots; it may be nil if there are none.
func (c *Codebook) Prove(e Example, names *gazetteer.Gazetteer) error {
	t := text.Read(e.Text, e.Lang, "", "")
	l := c.languages[e.Lang]
	if l == nil {
		return fmt.Errorf("line %d: no language %q", e.Line, e.Lang)
	}
	var mentions []gazetteer.Mention
	if names != nil {
		mentions = names.Find(t)
	}
	r := l.matcher.read(t, mentions)
	best := map[int8]bool{}
	found, _ := l.evidence(r, l.matcher.hits(r))
	for _, f := range found {
		if c.issues[f.issue].key == e.Issue {
			best[f.polarity] = true
		}
	}
	polarity := int8(0)
	switch {
	case best[-1]:
		polarity = -1
	case best[1]:
		polarity = 1
	}
	switch {
	case e.Absent && len(best) > 0:
		return fmt.Errorf("line %d: %s is found in %q, which the example says it is not", e.Line, e.Issue, e.Text)
	case !e.Absent && len(best) == 0:
		return fmt.Errorf("line %d: %s is not found in %q", e.Line, e.Issue, e.Text)
	case !e.Absent && polarity != e.Polarity:
		return fmt.Errorf("line %d: %s is found in %q with polarity %d, not %d", e.Line, e.Issue, e.Text, polarity, e.Polarity)
	}
	return nil
}
