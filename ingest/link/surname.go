package link

import (
	"strings"

	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// withoutSurnames leaves out of the names of an English text those that are the
// surname of somebody whom it names in full: the Jackson of "Ann Jackson" is no
// town, the Bloomberg of "Otto Bloomberg" no agency. A name behind a preposition
// stays; one of a state that the text names otherwise too goes only beside a
// given name, a title or an honorific.
func withoutSurnames(g *gazetteer.Gazetteer, t *text.Text, names []gazetteer.Mention) []gazetteer.Mention {
	r := newReader(g, t, names)
	surnames := map[string]bool{}
	meant := map[*gazetteer.Entity]bool{}
	for i := range names {
		m := &names[i]
		if isPerson(m) {
			if m.Last-m.First > 1 {
				surnames[strings.TrimSuffix(t.Tokens[m.Last-1].Fold, " s")] = true
			}
			continue
		}
		switch word := r.surnameAt(m); {
		case word == "":
			meant[m.Entity] = true
		case r.behindGiven(m.First):
			surnames[word] = true
		case r.placed(m.First):
			meant[m.Entity] = true
		}
	}
	if len(surnames) == 0 {
		return names
	}
	out := make([]gazetteer.Mention, 0, len(names))
	for i := range names {
		m := &names[i]
		word := r.surnameAt(m)
		if isPerson(m) || !surnames[word] || r.placed(m.First) || meant[m.Entity] && !r.behindGiven(m.First) && !r.titledBefore(m.First) {
			out = append(out, *m)
		}
	}
	return out
}

// surnameAt is the folded word of a mention that may be a surname: one
// capitalised word that is no abbreviation and no adjective; "" if it is none.
func (r *reader) surnameAt(m *gazetteer.Mention) string {
	if m.Last-m.First != 1 || m.Form == gazetteer.ByAdjective || !r.capitalWord(m.First) || r.acronymLike(m.First) {
		return ""
	}
	return strings.TrimSuffix(r.t.Tokens[m.First].Fold, " s")
}

// behindGiven tells whether a given name stands before a token, one word or an
// initial between them at most.
func (r *reader) behindGiven(token int) bool {
	k := token - 1
	for n := 0; n < 2 && k >= 0 && r.sameSentence(k, token) && r.at[k] == 0; n++ {
		if r.t.Tokens[k].Fold == "." {
			k--
		}
		if k < 0 || !r.capitalWord(k) {
			return false
		}
		if r.lex.given[r.t.Tokens[k].Fold] != 0 && r.t.Tokens[k].Len() > 1 {
			return true
		}
		k--
	}
	return false
}

// placed tells whether a preposition stands before a token, as before a place,
// or a place before it and a comma.
func (r *reader) placed(token int) bool {
	if token == 0 || !r.sameSentence(token-1, token) {
		return false
	}
	switch r.t.Tokens[token-1].Fold {
	case "in", "to", "from", "at", "near", "the", "into", "inside", "outside", "across", "between":
		return true
	}
	return false
}

// titledBefore tells whether a title or an honorific stands just before a token.
func (r *reader) titledBefore(token int) bool {
	k := token - 1
	if k > 0 && r.t.Tokens[k].Fold == "." {
		k--
	}
	if k < 0 || !r.sameSentence(k, token) {
		return false
	}
	list, _ := r.lex.titlesAt(r.t, k, k+1)
	return len(list) > 0 && (list[0].class.personal() || list[0].class == honorific)
}
