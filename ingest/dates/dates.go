// Package dates finds the dates in a text: written out, or told by weekdays
// and words such as "yesterday" against the day of publication.
package dates

import (
	"mawqif/graph"
	"mawqif/ingest/text"
)

// Found is a date in a text.
type Found struct {
	text.Span
	graph.Date
}

// Find returns the dates of a text in the order of the text, none overlapping
// another. Without a day of publication nothing is resolved against it.
func Find(t *text.Text) []Found { return nil }
