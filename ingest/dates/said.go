package dates

import (
	"mawqif/graph"
	"mawqif/ingest/text"
)

// Saying is an attribution as far as its date goes.
type Saying struct {
	Cue text.Span
	// Frame is the clause around the cue.
	Frame   text.Span
	Content []text.Span
	// Speaker identifies the source, and Behalf the institution for which it
	// speaks, which is no state: a state has more than one occasion a day. ""
	// if unknown.
	Speaker, Behalf string
	// Continues is the index of an earlier saying that this one goes on with;
	// −1 if none.
	Continues int
}

// Said tells when each of the sayings of a text, in its order, was said, with
// the words that tell it:
//
//   - by the date in its own clause, nearest to the cue and outside the content;
//   - by the saying that it continues, or that the same speaker made before it
//     in the same paragraph;
//   - by the latest day of the other sayings of the same speaker, or of the
//     institution and those who speak for it: reports date an occasion once;
//   - by the one recent day that the report tells, if there is but one;
//   - by the day of publication, without words.
//
// A date that bounds a period, stands in a quotation or lies after the day of
// publication dates no saying; what was said before the occasion ("had said",
// وكان قال) takes no date from it. A date from elsewhere than the saying's own
// clause counts as resolved.
func Said(t *text.Text, found []Found, sayings []Saying) []Found {
	published := Published(t)
	usable := usable(t, found, published)
	said := make([]Found, len(sayings))
	spoke, spokenFor := map[string]Found{}, map[string]Found{} // the latest day, by speaker and by behalf
	for i := range sayings {
		s := &sayings[i]
		f := own(s, usable)
		said[i] = f
		if f.Precision != graph.PrecisionDay {
			continue
		}
		if s.Speaker != "" && f.Day > spoke[s.Speaker].Day {
			spoke[s.Speaker] = f
		}
		if s.Behalf != "" && f.Day > spokenFor[s.Behalf].Day {
			spokenFor[s.Behalf] = f
		}
	}
	occasion := onlyDay(usable, published.Add(-recent))
	before := map[string]int{}
	for i := range sayings {
		s := &sayings[i]
		if said[i].Date.IsZero() {
			f := carried(t, sayings, said, i, before)
			if f.Date.IsZero() && !earlier(t, s) {
				for _, f = range [...]Found{spoke[s.Speaker], spoke[s.Behalf], spokenFor[s.Speaker], spokenFor[s.Behalf], occasion} {
					if !f.Date.IsZero() {
						break
					}
				}
			}
			if f.Date.IsZero() && published != "" {
				f.Date = graph.Date{Day: published, Precision: graph.PrecisionDay, Origin: graph.OriginPublication}
			} else if !f.Date.IsZero() {
				f.Origin = graph.OriginResolved
			}
			said[i] = f
		}
		if s.Speaker != "" {
			before[s.Speaker] = i
		}
	}
	return said
}

// usable drops the dates that date no saying.
func usable(t *text.Text, found []Found, published graph.Day) []Found {
	limit := published.Add(1)
	var kept []Found
	for _, f := range found {
		tok := &t.Tokens[t.TokenAt(f.Start)]
		role := t.Paragraphs[t.Sentences[tok.Sentence].Paragraph].Role
		if f.Bound || limit != "" && f.Day > limit || tok.Quote >= 0 || role == text.Caption || role == text.Furniture {
			continue
		}
		kept = append(kept, f)
	}
	return kept
}

// recent is how many days before the publication an occasion may lie.
const recent = 30

// onlyDay returns the day that dates tell if all that tell one tell the same;
// those before since tell of the past.
func onlyDay(dates []Found, since graph.Day) Found {
	var only Found
	for _, f := range dates {
		switch {
		case f.Precision != graph.PrecisionDay, f.Day < since:
		case only.Day == "":
			only = f
		case only.Day != f.Day:
			return Found{}
		}
	}
	return only
}

// near is how many bytes from the cue a month or a year may stand to date the
// saying ("said in June that").
const near = 40

// own returns the date of a saying's clause that is nearest to its cue.
func own(s *Saying, dates []Found) Found {
	var best Found
	least := 0
	for i := At(dates, s.Frame.Start); i < len(dates) && dates[i].End <= s.Frame.End; i++ {
		f := dates[i]
		far := max(f.Start-s.Cue.End, s.Cue.Start-f.End, 0)
		if overlaps(s.Content, f.Span) || f.Precision != graph.PrecisionDay && far > near {
			continue
		}
		if best.Date.IsZero() || far < least {
			best, least = f, far
		}
	}
	return best
}

func overlaps(spans []text.Span, s text.Span) bool {
	for _, o := range spans {
		if o.Overlaps(s) {
			return true
		}
	}
	return false
}

// carried returns the date of the saying that saying i continues, or of the
// one that its speaker made before it in the same paragraph.
func carried(t *text.Text, sayings []Saying, said []Found, i int, before map[string]int) Found {
	s := &sayings[i]
	if c := s.Continues; c >= 0 && c < i && said[c].Origin != graph.OriginPublication {
		return said[c]
	}
	if b, ok := before[s.Speaker]; ok && said[b].Origin != graph.OriginPublication && paragraphOf(t, sayings[b].Cue) == paragraphOf(t, s.Cue) {
		return said[b]
	}
	return Found{}
}

func paragraphOf(t *text.Text, s text.Span) int {
	i := t.TokenAt(s.Start)
	if i >= len(t.Tokens) {
		return -1
	}
	return t.Sentences[t.Tokens[i].Sentence].Paragraph
}

// earlier tells whether a saying is told as one before the occasion: "had
// said", وكان قال.
func earlier(t *text.Text, s *Saying) bool {
	cue := t.TokenAt(s.Cue.Start)
	for i := t.TokenAt(s.Frame.Start); i < cue; i++ {
		switch t.Tokens[i].Fold {
		case "كان", "وكان", "كانت", "وكانت", "had":
			return true
		}
	}
	return false
}
