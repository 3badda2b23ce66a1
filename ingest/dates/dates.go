// Package dates finds the dates in a text: written out, or told by weekdays
// and words such as "yesterday" against the day of publication.
//
// The words of a language are data (words/*.tsv); the grammar over them is in
// parse.go and what it means in resolve.go. A bare number is never a year
// without a word that says so.
package dates

import (
	"cmp"
	"slices"

	"mawqif/graph"
	"mawqif/ingest/text"
)

// Found is a date in a text. Its origin is EXPLICIT if day and month, month
// and year, or a year stand there, and RESOLVED if it follows from the day of
// publication alone ("yesterday", "on Friday", "last June").
type Found struct {
	text.Span
	graph.Date
	// Bound tells that the date begins or ends a period ("since 7 October",
	// "until Monday") and so is not when something happened.
	Bound bool
}

// Find returns the dates of a text in the order of the text, none overlapping
// another. What needs the day of publication (see [Published]) to be known is
// left out without it. Its cost is linear in the length of the text.
func Find(t *text.Text) []Found {
	lex := lexicons[t.Lang]
	if lex == nil {
		return nil
	}
	p := parser{t: t, lex: lex(), arabic: t.Lang == "ar", published: Published(t)}
	return p.find(0, len(t.Tokens))
}

// dateLines is the number of paragraphs at the top among which a date line is
// sought.
const dateLines = 8

// Published returns the day of publication of a text: the given one, else the
// latest day written in full in a date line, which is a short paragraph near
// the top that is little else than a date, or the beginning of a paragraph up
// to a dash, "(Reuters) - June 5, 2020 -". It returns "" if there is neither.
func Published(t *text.Text) graph.Day {
	if t.Published != "" {
		return t.Published
	}
	lex := lexicons[t.Lang]
	if lex == nil {
		return ""
	}
	p := parser{t: t, lex: lex(), arabic: t.Lang == "ar"}
	for i := range min(dateLines, len(t.Paragraphs)) {
		par := t.Paragraphs[i]
		if par.First == par.Last {
			continue
		}
		first, last := t.Sentences[par.First].First, t.Sentences[par.Last-1].Last
		last = min(last, first+40)
		found := p.find(first, last)
		var latest graph.Day
		dated, end := 0, 0
		for _, f := range found {
			if f.Precision == graph.PrecisionDay {
				latest = max(latest, f.Day)
				dated += f.Len()
				end = f.End
			}
		}
		if latest == "" {
			continue
		}
		if dated*2 >= par.Len() || dateline(t, first, last, end) {
			return latest
		}
	}
	return ""
}

// dateline tells whether the date that ends at a byte stands at the head of
// its paragraph, before a dash, with no sentence begun.
func dateline(t *text.Text, first, last, end int) bool {
	for i := first; i < last; i++ {
		tok := &t.Tokens[i]
		switch tok.Fold {
		case "-", "–", "—", "ـ":
			if tok.Start >= end {
				return i-first <= 20
			}
		case ".", ":", "?", "؟", "!":
			if tok.Start >= end {
				return false
			}
		}
	}
	return false
}

// At returns the index of the first of dates that starts at or after a byte;
// len(dates) if none does.
func At(dates []Found, at int) int {
	i, _ := slices.BinarySearchFunc(dates, at, func(d Found, at int) int { return cmp.Compare(d.Start, at) })
	return i
}
