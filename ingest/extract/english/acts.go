package english

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"mawqif/graph"
	"mawqif/ingest/extract/english/tag"
	"mawqif/ingest/text"
)

// tones holds the classes of data/tone.tsv: whole words, and the beginnings
// of words.
type tones struct {
	words      map[string]tone
	beginnings map[string]tone
}

// tone is a set of the classes of data/tone.tsv, by their order there.
type tone uint16

//go:embed data/tone.tsv
var toneTSV string

var toneWords = sync.OnceValue(func() *tones {
	t := &tones{words: map[string]tone{}, beginnings: map[string]tone{}}
	bits := map[string]tone{}
	for i, name := range toneNames {
		bits[name] = 1 << i
	}
	err := rows("tone.tsv", toneTSV, 2, func(fields []string) error {
		for _, w := range strings.Fields(fields[1]) {
			if stem, open := strings.CutSuffix(w, "*"); open {
				t.beginnings[stem] |= bits[fields[0]]
			} else {
				t.words[graph.Fold(w)] |= bits[fields[0]]
			}
		}
		return nil
	})
	if err != nil {
		panic(err)
	}
	return t
})

const (
	blame = iota
	harm
	praise
	good
	pledge
	force
	toneClasses
)

var toneNames = [toneClasses]string{"blame", "harm", "praise", "good", "pledge", "force"}

// longestStem bounds the beginnings of words that are looked up, in bytes.
const longestStem = 12

func (t *tones) of(w string) tone {
	bits := t.words[w]
	for n := 3; n <= len(w) && n <= longestStem; n++ {
		bits |= t.beginnings[w[:n]]
	}
	return bits
}

// tonesOf counts the words of each tone in a content.
func (f *finder) tonesOf(a *found) [toneClasses]int {
	var counts [toneClasses]int
	t := toneWords()
	n := 0
	for _, c := range a.content {
		for i := c.first; i < c.last && n < 80; i++ {
			if f.Tokens[i].Kind != text.Word {
				continue
			}
			n++
			bits := t.of(bare(f.word(i)))
			for b := range counts {
				if bits&(1<<b) != 0 {
					counts[b]++
				}
			}
		}
	}
	return counts
}

// actOf tells which act a candidate is. A cue that bears an act decides; a
// verb of saying leaves it to the content:
//
//	The port must open again.            what ought to be: a request
//	We will rebuild the bridge.          what the source will do: a promise
//	We will retaliate.                   the same with force: a threat
//	I did not sign the letter.           what the source did not do: a denial
//	The ruling is a disgrace.            blame: an accusation
//	The visit was a great success.       praise: support
func (f *finder) actOf(a *found) graph.Act {
	if slices.Contains(a.rules, "refusal to speak") {
		return graph.ActDeclineComment
	}
	if a.act != graph.ActState && a.act != graph.ActAccuse {
		return a.act
	}
	about, mood := f.subjectAndMood(a)
	mood, negated := strings.CutSuffix(mood, " not")
	count := f.tonesOf(a)
	if a.act == graph.ActAccuse {
		// "called it a farce" accuses, "called it a triumph" praises.
		if v := f.lex.verbs[f.word(a.cue.first)]; v != nil && v.act == graph.ActState && count[praise]+count[good] > count[blame] {
			return graph.ActSupport
		}
		return a.act
	}
	self, future := about == "self", mood == "will" || mood == "would"
	switch {
	case mood == "imperative", mood == "ought" && !negated && !self:
		return graph.ActRequest
	case self && future && negated:
		return graph.ActReject
	case self && future && count[force] > 0 && count[good]+count[praise] == 0:
		return graph.ActThreaten
	case self && future, self && mood == "present" && count[pledge] > 0 && count[blame] == 0:
		return graph.ActAgree
	case self && negated && (mood == "past" || mood == "perfect"):
		return graph.ActDeny
	}
	// Media and documents report; they seldom judge.
	if who := f.sourceClass(a); who == "media" || who == "document" {
		return graph.ActState
	}
	switch {
	case count[praise] > count[blame] && count[harm] == 0 && (count[praise] > 1 || mood == "present" || mood == "could" || mood == "none"):
		return graph.ActSupport
	case count[blame] > 0 && count[blame] >= count[praise] && (mood != "past" || count[blame] > 1):
		return graph.ActAccuse
	}
	return graph.ActState
}

// subjectAndMood tells of whom a content speaks (the source itself, others)
// and how: in the past, the present or the future, of what should or could
// be, denying it or asking.
func (f *finder) subjectAndMood(a *found) (about, mood string) {
	c := a.content[0]
	about, mood = "things", "none"
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
			about = "self"
		case (w == "he" || w == "she" || w == "they" || w == "it" || w == "his" || w == "her" || w == "its" || w == "their") && !a.quoted && i < c.first+2:
			about = "self"
		case w == "you" || w == "your":
			about = "hearer"
		case !a.source.none() && w == last:
			about = "self"
		case f.tags[i] == tag.Name && about == "things":
			about = "name"
		default:
			continue
		}
		if about == "self" {
			break
		}
	}
	for i := c.first; i < min(c.last, c.first+60); i++ {
		gi := f.groupOf[i]
		if gi < 0 {
			if i == c.first && f.tags[i] == tag.Base {
				return "hearer", "imperative"
			}
			continue
		}
		g := &f.groups[gi]
		if g.first != i {
			continue
		}
		if i <= c.first+1 && f.tags[g.first] == tag.Base {
			return "hearer", "imperative"
		}
		if !g.finite {
			continue
		}
		mood = f.moodOf(g)
		break
	}
	return about, mood
}

func (f *finder) moodOf(g *group) string {
	first := f.word(g.first)
	if k := len(first) - 3; g.contraction && k > 0 && first[k] == ' ' {
		first = first[k+1:]
	}
	not := ""
	if g.negated {
		not = " not"
	}
	switch first {
	case "should", "must", "ought", "shall", "need", "needs":
		return "ought" + not
	case "will", "ll", "won t", "shan t":
		return "will" + not
	case "would", "wouldn t":
		return "would" + not
	case "could", "may", "might", "can", "couldn t", "can t", "cannot":
		return "could" + not
	case "has", "have", "hasn t", "haven t", "ve":
		if f.word(g.first+1) == "to" {
			return "ought" + not
		}
		if g.last-g.first > 1 {
			return "perfect" + not
		}
		return "present" + not
	case "had", "hadn t", "was", "were", "did", "wasn t", "weren t", "didn t":
		return "past" + not
	case "is", "are", "am", "re", "isn t", "aren t", "does", "do", "don t", "doesn t", "s", "m":
		if g.passive {
			return "passive" + not
		}
		return "present" + not
	}
	w := f.word(g.head)
	if strings.HasSuffix(w, "ed") || f.lex.past[w] {
		return "past" + not
	}
	return "present" + not
}
