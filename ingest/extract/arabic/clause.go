package arabic

import (
	"strings"

	"mawqif/ingest/extract"
	"mawqif/ingest/text"
)

// clauseReach is how many words of a content are searched for its first verb.
const clauseReach = 12

// clause reads the first clause of a content:
//
//	يجب فتح الميناء             of things, of what ought to be
//	سنعيد بناء الجسر            of the source itself, in the future
//	(قال إنه) لم يوقع الرسالة    of the source itself, in the past, negated
func (s *scan) clause(a *extract.Attribution) extract.Clause {
	var of extract.Clause
	first := s.t.TokenAt(a.Content[0].Start)
	if first > 0 && first < len(s.words) && s.t.Tokens[first-1].Kind == text.Word && s.t.Tokens[first-1].End <= a.Content[0].Start {
		if himself[s.at(first-1)] {
			of.Subject = extract.Self
		}
	}
	for i := first; i < len(s.words) && i < first+clauseReach && s.t.Tokens[i].Start < a.Content[0].End; i++ {
		if s.t.Tokens[i].Kind != text.Word {
			if s.at(i) == "؟" || s.at(i) == "?" {
				of.Mood = extract.Question
				return of
			}
			continue
		}
		w := s.at(i)
		switch {
		case us[w]:
			of.Subject = extract.Self
		case you[w]:
			of.Subject = extract.Hearer
		}
		if of.Mood != extract.NoMood {
			continue
		}
		switch rest := strings.TrimPrefix(w, "و"); {
		case rest == "لا" || rest == "ليس" || rest == "ليست" || rest == "ليسوا" || rest == "لسنا" || rest == "لست" || rest == "عدم":
			of.Negated = true
			if rest == "لا" || rest == "عدم" {
				continue
			}
			of.Mood = extract.Present
		case rest == "لن":
			of.Negated, of.Mood = true, extract.Will
			of.Subject = s.person(i+1, of.Subject)
		case rest == "لم":
			of.Negated, of.Mood = true, extract.Past
			of.Subject = s.person(i+1, of.Subject)
		case rest == "هل" || rest == "لماذا" || rest == "متي" || rest == "كيف" && i == first:
			of.Mood = extract.Question
		case obligation[rest] || i == first && rest == "علي":
			of.Mood = extract.Ought
		case rest == "قد" || rest == "ربما" || rest == "يمكن" || rest == "تمكن":
			of.Mood = extract.Could
			if rest == "قد" && i+1 < len(s.words) && !present(s.at(i+1)) {
				of.Mood = extract.Perfect
			}
		case rest == "سوف":
			of.Mood = extract.Will
			of.Subject = s.person(i+1, of.Subject)
		case futureOf(rest, "ي", "ت", "ن", "ا"):
			of.Mood = extract.Will
			if futureOf(rest, "ن", "ا") {
				of.Subject = extract.Self
			}
		case s.is(i, cVerb) || i == first && present(rest):
			of.Mood = extract.Past
			if present(rest) {
				of.Mood = extract.Present
			}
			of.Subject = s.person(i, of.Subject)
		}
	}
	return of
}

// person tells whether the verb at i is in the first person plural.
func (s *scan) person(i int, fallback extract.Subject) extract.Subject {
	if i < len(s.words) && strings.HasPrefix(s.at(i), "ن") && len(s.at(i)) >= 4*letter && s.is(i, cVerb) {
		return extract.Self
	}
	return fallback
}

// present tells whether a folded word has the form of an imperfect verb.
func present(w string) bool {
	return len(w) >= 4*letter && (strings.HasPrefix(w, "ي") || strings.HasPrefix(w, "ت") || strings.HasPrefix(w, "ن"))
}

var (
	// himself are complementizers with the pronoun of the source.
	himself = foldSet("أنه أنها أنهم أنهما إنه إنها إنهم بأنه بأنها بأنهم أننا إننا بأننا أني إني أنني إنني بأنني")
	us      = foldSet("نحن ونحن إننا أننا بأننا لدينا علينا لنا بلادنا شعبنا حكومتنا قواتنا موقفنا سياستنا هدفنا أنا إنني أنني لدي")
	you     = foldSet("أنتم أنت لكم عليكم إنكم أنكم")
	// obligation are words at the beginning of a content that make it a demand.
	obligation = foldSet("يجب ينبغي يتعين يتوجب لابد ضرورة ضروري وجوب أهمية حاجة مطلوب")
)

// futureOf tells whether a folded word is a verb in the future of one of the
// persons: "سيفتح", "سنفتح".
func futureOf(w string, persons ...string) bool {
	rest, ok := strings.CutPrefix(w, "س")
	if !ok || len(w) < 5*letter {
		return false
	}
	for _, p := range persons {
		if strings.HasPrefix(rest, p) {
			return true
		}
	}
	return false
}
