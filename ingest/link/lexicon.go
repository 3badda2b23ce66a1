package link

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/text"
)

// class tells what follows from a title; data/titles.tsv says which.
type class uint8

const (
	noClass class = iota
	spokesperson
	stateHead
	minister
	leader
	member
	adviser
	envoy
	commander
	legislator
	jurist
	official
	civilian
	honorific
	body
	document
	many
)

var classes = map[string]class{
	"spokesperson": spokesperson, "state": stateHead, "minister": minister, "leader": leader, "member": member,
	"adviser": adviser, "envoy": envoy, "commander": commander, "legislator": legislator, "jurist": jurist,
	"official": official, "civilian": civilian, "honorific": honorific, "body": body, "document": document, "many": many,
}

// personal tells whether the title is one that a person bears.
func (c class) personal() bool { return c >= spokesperson && c <= civilian }

// title is a noun that says what a source is.
type title struct {
	class   class
	english string // the English noun, singular
	gender  extract.Gender
	number  extract.Number
}

// lexicon holds the titles and the given names.
type lexicon struct {
	titles map[string][]title // by search key
	given  map[string]byte    // gender, by search key: m, f, u
	terms  map[string]term
	// people are nouns of people and bodies that are no titles, plain words that
	// head no source; both by search key without article.
	people, plain map[string]bool
	// spelled gives the English spelling of a word of an Arabic name.
	spelled map[string]string
	// foreign are words of spelled that are given names from beyond the Arab
	// world.
	foreign map[string]bool
	// lengths gives, by first word, the number of words of the longest title.
	lengths map[string]int
}

//go:embed data/*.tsv
var data embed.FS

var words = sync.OnceValue(func() *lexicon {
	l, err := readLexicon(data)
	if err != nil {
		panic(err) // the binary's own data; a test loads it
	}
	return l
})

// readLexicon reads titles.tsv, terms.tsv, names.tsv, foreign.tsv, heads.tsv and
// given.tsv in the directory data of a file system.
func readLexicon(dir fs.FS) (*lexicon, error) {
	l := &lexicon{titles: map[string][]title{}, given: map[string]byte{}, terms: map[string]term{}, people: map[string]bool{}, plain: map[string]bool{}, spelled: map[string]string{}, foreign: map[string]bool{}, lengths: map[string]int{}}
	err := eachLine(dir, "data/titles.tsv", 6, func(f []string) error {
		c, ok := classes[f[0]]
		if !ok {
			return fmt.Errorf("%q is no class of titles", f[0])
		}
		add := func(form string, gender extract.Gender, number extract.Number) {
			if strings.HasSuffix(form, "!") {
				return
			}
			key := graph.Fold(form)
			l.titles[key] = append(l.titles[key], title{class: c, english: f[1], gender: gender, number: number})
			first, _, _ := strings.Cut(key, " ")
			l.lengths[first] = max(l.lengths[first], 1+strings.Count(key, " "))
		}
		for _, form := range alternatives(f[2]) {
			gender := extract.AnyGender
			if female[f[1]] || strings.HasSuffix(form, "woman") {
				gender = extract.Feminine
			} else if male[f[1]] || strings.HasSuffix(form, "man") {
				gender = extract.Masculine
			}
			number := extract.Singular
			if c == many {
				number = extract.Plural
			}
			add(form, gender, number)
			if c != honorific && c != many {
				for _, plural := range plurals(form) {
					add(plural, extract.AnyGender, extract.Plural)
				}
			}
		}
		for _, form := range alternatives(f[3]) {
			add(form, extract.Masculine, extract.Singular)
			if c.personal() && !strings.Contains(form, " ") && !strings.HasSuffix(form, "ان") {
				add(form+"ان", extract.AnyGender, extract.Plural)
			}
		}
		for _, form := range alternatives(f[4]) {
			add(form, extract.Feminine, extract.Singular)
		}
		for _, form := range alternatives(f[5]) {
			add(form, extract.AnyGender, extract.Plural)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = eachLine(dir, "data/terms.tsv", 3, func(f []string) error {
		if f[0] != "n" && f[0] != "a" && f[0] != "p" || f[1] == "" || f[2] == "" {
			return fmt.Errorf("a term needs a kind (n, a, p), an Arabic and an English word")
		}
		l.terms[graph.Fold(f[1])] = term{f[0][0], f[2]}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, file := range [...]string{"data/names.tsv", "data/foreign.tsv"} {
		err = eachLine(dir, file, 2, func(f []string) error {
			if f[0] == "" || f[1] == "" {
				return fmt.Errorf("a name needs an Arabic and an English spelling")
			}
			key := graph.Fold(f[0])
			l.spelled[key] = f[1]
			l.foreign[key] = file == "data/foreign.tsv"
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	err = eachLine(dir, "data/heads.tsv", 2, func(f []string) error {
		set := map[string]map[string]bool{"people": l.people, "plain": l.plain}[f[0]]
		if set == nil {
			return fmt.Errorf("%q is neither people nor plain", f[0])
		}
		for _, w := range strings.Fields(f[1]) {
			set[strings.TrimPrefix(graph.Fold(w), "ال")] = true
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return l, eachLine(dir, "data/given.tsv", 2, func(f []string) error {
		if f[0] != "m" && f[0] != "f" && f[0] != "u" {
			return fmt.Errorf("%q is no gender (m, f, u)", f[0])
		}
		for _, name := range alternatives(f[1]) {
			key := graph.Fold(name)
			if old := l.given[key]; old != 0 && old != f[0][0] {
				l.given[key] = 'u'
			} else {
				l.given[key] = f[0][0]
			}
		}
		return nil
	})
}

var (
	female = map[string]bool{"queen": true, "first lady": true}
	male   = map[string]bool{"king": true}
)

// plurals gives the English plural of a noun whose head is its last word, or
// the word before "of" and "general".
func plurals(form string) []string {
	switch {
	case strings.HasSuffix(form, "ss"):
		return []string{form + "es"}
	case strings.HasSuffix(form, "s"), strings.HasSuffix(form, "people"):
		return nil
	case strings.HasSuffix(form, "man"):
		return []string{strings.TrimSuffix(form, "man") + "men"}
	case strings.HasSuffix(form, "y") && !strings.HasSuffix(form, "ey"):
		return []string{strings.TrimSuffix(form, "y") + "ies"}
	case strings.HasSuffix(form, "ch"):
		return []string{form + "es"}
	}
	return []string{form + "s"}
}

func alternatives(field string) []string {
	if field == "" {
		return nil
	}
	return strings.Split(field, "|")
}

// eachLine calls use with the fields of each line but comments and the first;
// its errors name file and line.
func eachLine(dir fs.FS, file string, fields int, use func([]string) error) error {
	raw, err := fs.ReadFile(dir, file)
	if err != nil {
		return err
	}
	header := true
	for n, line := range strings.Split(string(raw), "\n") {
		line = strings.TrimSuffix(line, "\r")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != fields {
			return fmt.Errorf("%s:%d: %d fields where there must be %d, separated by tabs", file, n+1, len(f), fields)
		}
		if header {
			header = false
			continue
		}
		if err := use(f); err != nil {
			return fmt.Errorf("%s:%d: %w", file, n+1, err)
		}
	}
	return nil
}

// titlesAt returns the readings of the longest title that begins at token i,
// and the token after it. An Arabic one may carry particles and the article.
func (l *lexicon) titlesAt(t *text.Text, i, limit int) ([]title, int) {
	if i >= len(t.Tokens) || t.Tokens[i].Kind != text.Word || t.Tokens[i].Fold == "" {
		return nil, 0
	}
	var buffer [96]byte
	var found []title
	end := 0
	try := func(first string) {
		word, _, _ := strings.Cut(first, " ")
		longest := l.lengths[word]
		if longest == 0 {
			return
		}
		key := append(buffer[:0], first...)
		for n := i + 1; ; n++ {
			if list := l.titles[string(key)]; list != nil && n > end {
				found, end = list, n
			}
			if n >= limit || n-i >= longest || t.Tokens[n].Kind != text.Word || len(key)+len(t.Tokens[n].Fold) >= len(buffer) {
				return
			}
			key = append(append(key, ' '), t.Tokens[n].Fold...)
		}
	}
	fold := t.Tokens[i].Fold
	if fold[0] < 0x80 {
		try(strings.TrimSuffix(fold, " s"))
		return found, end
	}
	try(fold)
	for _, p := range particlesAndArticle {
		if rest, ok := strings.CutPrefix(fold, p); ok && len(rest) >= 4 {
			try(rest)
		}
	}
	if stem, ok := strings.CutSuffix(fold, "ا"); ok && end == 0 && len(stem) >= 8 {
		try(stem) // the accusative: "مسؤولا حكوميا"
	}
	for _, p := range [...]string{"ها", "هم", "ه"} { // a pronoun: "تحقيقها", "دراسته"
		if stem, ok := strings.CutSuffix(fold, p); ok && end == 0 && len(stem) >= 8 {
			try(stem)
			if short, ok := strings.CutSuffix(stem, "ت"); ok {
				try(short + "ه")
			}
		}
	}
	return found, end
}

// begins tells whether a title begins with a word as it stands, its first letter
// no particle: "وزير".
func (l *lexicon) begins(fold string) bool { return l.lengths[fold] > 0 }

// particlesAndArticle are what an Arabic noun may carry before it.
var particlesAndArticle = [...]string{"ال", "و", "ف", "وال", "فال", "لل", "ولل", "بال", "وبال", "ل", "ب", "ول", "وب", "كال"}

// bases gives the readings of an Arabic word without its article and its
// particles: "وللمتحدث" → "متحدث".
func bases(fold string) []string {
	var out []string
	for _, p := range particlesAndArticle {
		if rest, ok := strings.CutPrefix(fold, p); ok && len(rest) >= 4 {
			out = append(out, rest)
		}
	}
	return out
}

// definite tells whether a folded Arabic word carries the article.
func definite(fold string) bool {
	for _, p := range [...]string{"ال", "وال", "فال", "لل", "ولل", "بال", "كال"} {
		if strings.HasPrefix(fold, p) {
			return true
		}
	}
	return false
}
