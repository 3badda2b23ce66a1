package english

import (
	"mawqif/ingest/extract/english/tag"
)

// temporal tells whether a time expression begins at a token: "Monday",
// "last week", "the day before", "March 3".
func (r *reader) temporal(i, limit int) bool {
	return r.timeFrom(i, limit) > i
}

// timeFrom returns the end of the time expression that begins at i; i if none
// does.
func (r *reader) timeFrom(i, limit int) int {
	start := i
	for i < limit && (r.is(i, timeDeterminer) || r.tag(i) == tag.Number || r.word(i) == "a" || r.word(i) == "an" || r.word(i) == "one" || r.word(i) == "two") && i-start < 3 {
		i++
	}
	switch {
	case i < limit && r.is(i, timeWord) && !r.possessive(i):
		i++
	case i < limit && r.is(i, monthName) && r.tag(i) == tag.Name && (r.tag(i+1) == tag.Number || r.word(i-1) != "" && r.tag(i-1) == tag.Preposition):
		i++
		if r.word(i) == "." {
			i++
		}
		for i < limit && (r.tag(i) == tag.Number || r.word(i) == "," && r.tag(i+1) == tag.Number) {
			i++
		}
		return i
	case i > start && i < limit && r.is(i, timeNoun) && !r.possessive(i):
		i++
	default:
		return start
	}
	if r.word(i) == "of" && r.tag(start) == tag.Number {
		return start // "three days of shelling"
	}
	for i < limit && (r.is(i, timeNoun) || r.word(i) == "ago" || r.is(i, timeWord)) && !r.possessive(i) {
		i++
	}
	if i < limit && r.word(i) == "," && r.is(i+1, monthName) {
		if e := r.timeFrom(i+1, limit); e > i+1 {
			return e
		}
	}
	return i
}

// timeBefore returns the start of a time expression whose last token is i;
// i+1 if none ends there.
func (r *reader) timeBefore(i, floor int) int {
	if !r.is(i, timeWord|timeNoun|monthName) && r.tag(i) != tag.Number && r.word(i) != "ago" || r.possessive(i) {
		return i + 1
	}
	for s := max(floor, i-4); s <= i; s++ {
		if r.timeFrom(s, i+1) == i+1 {
			return s
		}
	}
	return i + 1
}

// overTime skips adverbs and dates.
func (r *reader) overTime(i, limit int) int {
	for i < limit {
		switch e := r.timeFrom(i, limit); {
		case e > i:
			i = e
		case r.tag(i) == tag.Adverb && r.word(i) != "only":
			i++
		case r.tag(i) == tag.Preposition && r.temporal(i+1, limit):
			i = r.timeFrom(i+1, limit)
		default:
			return i
		}
	}
	return i
}
