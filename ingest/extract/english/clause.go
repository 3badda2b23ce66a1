package english

import (
	"strings"

	"mawqif/ingest/extract"
	"mawqif/ingest/extract/english/tag"
)

// clause reads the first clause of a content:
//
//	The port must open again.     of things, of what ought to be
//	We will rebuild the bridge.   of the source itself, in the future
//	I did not sign the letter.    of the source itself, in the past, negated
func (f *finder) clause(a *found) extract.Clause {
	c := a.content[0]
	var of extract.Clause
	last := f.word(a.source.last - 1)
	for i := c.first; i < min(c.last, c.first+8); i++ {
		w := f.word(i)
		if k := len(w) - 2; k > 0 && w[k] == ' ' {
			w = w[:k]
		}
		if i > c.first && f.groupOf[i] >= 0 && f.groups[f.groupOf[i]].finite {
			break
		}
		switch {
		case w == "i" || w == "we" || w == "our" || w == "my":
			of.Subject = extract.Self
		case (w == "he" || w == "she" || w == "they" || w == "it" || w == "his" || w == "her" || w == "its" || w == "their") && !a.quoted && i < c.first+2:
			of.Subject = extract.Self
		case w == "you" || w == "your":
			of.Subject = extract.Hearer
		case !a.source.none() && w == last:
			of.Subject = extract.Self
		case f.tags[i] == tag.Name && of.Subject == extract.Things:
			of.Subject = extract.Named
		default:
			continue
		}
		if of.Subject == extract.Self {
			break
		}
	}
	for i := c.first; i < min(c.last, c.first+60); i++ {
		gi := f.groupOf[i]
		if gi < 0 {
			if i == c.first && f.tags[i] == tag.Base {
				return extract.Clause{Subject: extract.Hearer, Mood: extract.Imperative}
			}
			continue
		}
		g := &f.groups[gi]
		if g.first != i {
			continue
		}
		if i <= c.first+1 && f.tags[g.first] == tag.Base {
			return extract.Clause{Subject: extract.Hearer, Mood: extract.Imperative}
		}
		if !g.finite {
			continue
		}
		of.Mood, of.Negated = f.moodOf(g), g.negated
		break
	}
	return of
}

// moodOf tells the mood of a verb group by its first word.
func (f *finder) moodOf(g *group) extract.Mood {
	first := f.word(g.first)
	if k := len(first) - 3; g.contraction && k > 0 && first[k] == ' ' {
		first = first[k+1:]
	}
	switch first {
	case "should", "must", "ought", "shall", "need", "needs":
		return extract.Ought
	case "will", "ll", "won t", "shan t":
		return extract.Will
	case "would", "wouldn t":
		return extract.Would
	case "could", "may", "might", "can", "couldn t", "can t", "cannot":
		return extract.Could
	case "has", "have", "hasn t", "haven t", "ve":
		if f.word(g.first+1) == "to" {
			return extract.Ought
		}
		if g.last-g.first > 1 {
			return extract.Perfect
		}
		return extract.Present
	case "had", "hadn t", "was", "were", "did", "wasn t", "weren t", "didn t":
		return extract.Past
	case "is", "are", "am", "re", "isn t", "aren t", "does", "do", "don t", "doesn t", "s", "m":
		if g.passive {
			return extract.Passive
		}
		return extract.Present
	}
	w := f.word(g.head)
	if strings.HasSuffix(w, "ed") || f.lex.past[w] {
		return extract.Past
	}
	return extract.Present
}
