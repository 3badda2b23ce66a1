package link

import (
	"strings"
	"unicode"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// figure is somebody or something that a text speaks of: what all the phrases
// that mean him say together.
type figure struct {
	kind   graph.ActorKind
	entity *gazetteer.Entity // of the gazetteer; nil for one learned here
	// name holds the folded words of a learned person's name, nameText the
	// name as written.
	name     []string
	nameText string
	// otherScript is the name of a learned person in the script of the other
	// language, if the text gives it.
	otherScript string
	// canonicalName is the English name of a described source, if known.
	canonicalName string
	// full is the fullest naming, tokens its first and the one behind it.
	full     text.Span
	tokens   [2]int
	fullRank int
	phrases  []phrase // with titles
	known    string   // their search keys
	gender   extract.Gender
	number   extract.Number
	// institution, learned body or principal: for whom he speaks.
	institution *gazetteer.Entity
	body        string
	bodyAt      text.Span         // its words in an English text
	patron      *figure           // the learned person for whom he works
	chamber     *gazetteer.Entity // of the US Congress in which he sits
	former      bool
	role        string
	// of is the figure whose document it is; parts those of a joint source.
	of    *figure
	parts []*figure
	// noun is the English noun of a document.
	noun string
	// last is the token at which he appeared last.
	last int

	actor, behalf *graph.Actor
	learned       *gazetteer.Entity
}

// person tells whether the figure is one human being, named or not.
func (f *figure) person() bool {
	return f.kind == graph.Person || f.kind == graph.Anonymous && f.number != extract.Plural && len(f.phrases) > 0 && f.phrases[0].title.class.personal()
}

// agrees tells whether a verb or pronoun of this gender and number may have
// the figure for its subject.
func (f *figure) agrees(gender extract.Gender, number extract.Number, arabic bool) bool {
	if gender != extract.AnyGender && f.gender != extract.AnyGender && f.gender != gender {
		// The plural of things, and of groups, agrees as a feminine singular.
		if !(arabic && gender == extract.Feminine && !f.person()) {
			return false
		}
	}
	switch {
	case number == extract.Plural && f.person() && len(f.parts) == 0:
		return false
	case !arabic && number == extract.Singular && f.number == extract.Plural:
		return false
	case !arabic && gender != extract.AnyGender && !f.person():
		return false
	}
	return true
}

// absorb adds what a phrase says to what is known of the figure.
func (f *figure) absorb(t *text.Text, p *phrase) {
	rank := p.last - p.first
	if p.named() {
		rank += 100
		if p.titleAt >= 0 {
			rank += 100
		}
	}
	if f.full.IsZero() || rank > f.fullRank {
		f.full, f.tokens, f.fullRank = p.Span, [2]int{p.first, p.last}, rank
	}
	if p.titleAt >= 0 && p.title.class.personal() && len(f.phrases) < 12 {
		f.phrases = append(f.phrases, *p)
		f.known += " " + graph.Fold(t.At(p.Span))
		if role := roleText(t, p); len(role) > len(f.role) {
			f.role = role
		}
		f.former = f.former || p.former
	}
	if f.institution == nil && p.institution != nil && !(f.body != "" && p.title.class == official) {
		f.institution = p.institution // no "official" for him who has a body
	}
	if f.institution == nil && p.of != nil && !f.person() {
		f.institution = p.of
	}
	if f.institution == nil && p.principal != nil && p.titleAt >= 0 {
		f.institution = p.principal
	}
	if f.body == "" && !p.body.IsZero() {
		f.body, f.bodyAt = p.kind+tidy(t.At(p.body)), p.body
	}
	if f.patron == nil && p.patron != f {
		f.patron = p.patron
	}
	if f.gender == extract.AnyGender {
		f.gender = p.gender
	}
	if f.number == extract.AnyNumber {
		f.number = p.number
	}
}

// roleText is the title as the text words it: the phrase without the name.
func roleText(t *text.Text, p *phrase) string {
	s := t.At(p.Span)
	if p.named() {
		name := t.Cover(p.name[0], p.name[1])
		before, after := t.Raw[p.Start:name.Start], ""
		if name.End < p.End {
			after = t.Raw[name.End:p.End]
		}
		s = before
		if p.titleAt >= p.name[1] {
			s = after
		}
	}
	return strings.TrimSpace(strings.Trim(tidy(s), "،,:()-–— "))
}

// tidy writes words as they are shown: blanks of every width one, invisible
// marks none, no quotation marks around them.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
	return strings.Trim(strings.Join(strings.Fields(s), " "), " «»“”\"")
}

// nameWords splits a name into its folded words; عبد and its complement, and
// أبو and its, are one word, and the article is none.
func nameWords(s string) []string {
	var out []string
	glue := ""
	for _, w := range strings.Fields(graph.Fold(s)) {
		switch w {
		case "عبد", "ابو", "ابي", "بو":
			glue = w
			continue
		case "al", "el", "s", "ال", "jr", "sr", "ii", "iii":
			continue
		}
		if glue == "" {
			w = strings.TrimPrefix(w, "ال")
		}
		out = append(out, glue+w)
		glue = ""
	}
	if glue != "" {
		out = append(out, glue)
	}
	return out
}

// within tells whether the words of a are some of those of b in their order.
func within(a, b []string) bool {
	if len(a) == 0 {
		return false
	}
	for _, w := range b {
		if w == a[0] {
			if a = a[1:]; len(a) == 0 {
				return true
			}
		}
	}
	return false
}

// sameName tells whether one name may be the other, shorter or longer: all
// words of the one are in the other, and the shorter is not a mere given name.
func sameName(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) > 1 && a[len(a)-1] == b[len(b)-1] && (shortForms[a[0]] == b[0] || shortForms[b[0]] == a[0]) {
		return true // "Andy Hale" is Andrew Hale
	}
	if len(a) == 0 || !within(a, b) {
		return false
	}
	return len(a) > 1 || len(b) == 1 || a[0] != b[0]
}

// shortForms gives the given name of which an English short form is one.
var shortForms = map[string]string{
	"abe": "abraham", "al": "albert", "alex": "alexander", "andy": "andrew", "ben": "benjamin", "bill": "william", "bob": "robert", "bobby": "robert",
	"cathy": "catherine", "charlie": "charles", "chris": "christopher", "chuck": "charles", "dan": "daniel", "danny": "daniel", "dave": "david",
	"debbie": "deborah", "dick": "richard", "don": "donald", "doug": "douglas", "ed": "edward", "fred": "frederick", "gabe": "gabriel", "greg": "gregory",
	"jack": "john", "jake": "jacob", "jeff": "jeffrey", "jerry": "jerrold", "jim": "james", "jimmy": "james", "joe": "joseph", "jon": "jonathan", "josh": "joshua",
	"kate": "katherine", "kathy": "kathleen", "ken": "kenneth", "larry": "lawrence", "liz": "elizabeth", "maggie": "margaret", "matt": "matthew",
	"mike": "michael", "mitch": "mitchell", "nate": "nathan", "nick": "nicholas", "pat": "patrick", "pete": "peter", "phil": "philip", "ray": "raymond",
	"rick": "richard", "rob": "robert", "ron": "ronald", "sam": "samuel", "stan": "stanley", "steve": "steven", "sue": "susan", "ted": "edward",
	"tim": "timothy", "tom": "thomas", "tony": "anthony", "vic": "victor", "will": "william", "zach": "zachary",
}
