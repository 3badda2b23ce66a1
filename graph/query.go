package graph

import (
	"fmt"
	"slices"
	"time"
)

// Validate checks a query of stances and returns the dimension that says what
// the stances are towards. It returns [ErrInvalid], naming the first fault.
func (q *StanceQuery) Validate() (Dimension, error) {
	bad := func(format string, args ...any) (Dimension, error) {
		return "", fmt.Errorf("%w: "+format, append([]any{ErrInvalid}, args...)...)
	}
	var toward []Dimension
	for i, d := range q.By {
		switch d {
		case ByTarget, ByPosition, ByIssue:
			toward = append(toward, d)
		case BySpeaker, ByOnBehalfOf:
		case ByInterval:
			if !slices.Contains([]Interval{IntervalDay, IntervalWeek, IntervalMonth, IntervalYear}, q.Interval) {
				return bad("there is no interval %q of time", q.Interval)
			}
		default:
			return bad("there is no dimension %q of stances", d)
		}
		if slices.Contains(q.By[:i], d) {
			return bad("stances are grouped by %s twice", d)
		}
	}
	switch {
	case len(toward) != 1:
		return bad("stances are grouped by exactly one of %s, %s and %s", ByTarget, ByPosition, ByIssue)
	case q.Limit < 1:
		return bad("at least 1 group of stances is asked for, not %d", q.Limit)
	case q.Unit != UnitStatement && q.Unit != UnitArticle:
		return bad("there is no unit %q of counting", q.Unit)
	}
	return toward[0], wordsAsOf(q.AsOf, q.Filter.Text)
}

// wordsAsOf returns an [ErrInvalid] if words are looked for as of a moment.
func wordsAsOf(moment time.Time, text string) error {
	if !moment.IsZero() && text != "" {
		return fmt.Errorf("%w: words are known of what stands now alone; leave out the text, or the moment as of which to look", ErrInvalid)
	}
	return nil
}

// HitList reads a page of the hits of one kind.
type HitList struct {
	Kind Kind
	Read func(Page) (Slice[Hit], error)
}

// SearchPage reads a page of the list that holds one list after another. It
// reads no list twice, and none that it does not need.
func SearchPage(p Page, lists ...HitList) (Slice[Hit], error) {
	var out Slice[Hit]
	begin := p.After.ID.Kind() // the list that the page begins in; "" once it began
	if p.After != (Cursor{}) && !slices.ContainsFunc(lists, func(l HitList) bool { return l.Kind == begin }) {
		return out, fmt.Errorf("%w: the cursor is not one of a search; begin at its first page", ErrInvalid)
	}
	for _, l := range lists {
		before := begin != "" && begin != l.Kind
		q := Page{First: p.First - len(out.Items), Count: p.Count}
		if begin == l.Kind {
			q.After, begin = p.After, ""
		}
		full := q.First == 0
		if full {
			q.First = 1 // only to know whether any follow
		}
		if (before || full && out.More) && !p.Count {
			continue
		}
		found, err := l.Read(q)
		if err != nil {
			return Slice[Hit]{}, err
		}
		out.Total += found.Total
		switch {
		case before:
		case full:
			out.More = out.More || len(found.Items) > 0
		default:
			out.Items = append(out.Items, found.Items...)
			out.Cursors = append(out.Cursors, found.Cursors...)
			out.More = found.More
		}
	}
	return out, nil
}
