package english

import (
	"strings"

	"mawqif/ingest/extract/english/tag"
	"mawqif/ingest/text"
)

// relativeObject is a cue inside a relative clause or after its object: "the
// camp, which officials said was safe".
func (f *finder) relativeObject(g *group, s subject, a *found, floor, limit int) bool {
	at := g.last
	if v := f.lex.verbs[f.word(g.head)]; at >= limit || !f.finiteAt(at) && f.word(at) != "as" && !(f.word(at) == "of" && v.has(of) != nil) {
		return false
	}
	b := s.first - 1
	if b < floor {
		return false
	}
	if len(a.content) == 0 && f.finiteAt(at) && a.group >= 0 {
		// "a dynamic Reed said could help": one noun phrase is two.
		k := s.last
		for k > s.first && f.tag(k-1) == tag.Name {
			k--
		}
		if w := f.word(s.first); k == s.last && (w == "a" || w == "an") && strings.HasSuffix(f.word(k-1), "s") && f.tag(k-2) == tag.Noun {
			k-- // "a camp officials said was unsafe"
		}
		if k < s.last && k > s.first && f.tag(k-1) == tag.Noun && f.word(s.first-1) != "that" && f.word(s.first-1) != "which" {
			if end := f.contentEnd(at, limit, false, g); end > at {
				a.source = phrase{k, s.last}
				a.content = append(a.content, phrase{s.first, k}, phrase{at, end})
				a.rules = append(a.rules, "relative clause around the cue")
				return true
			}
		}
	}
	bare := f.tag(b) == tag.Noun && (f.tag(s.first) == tag.Determiner || f.tag(s.first) == tag.Pronoun || f.word(at) == "as" && f.tag(s.first) == tag.Number) && (f.finiteAt(at) || f.word(at) == "as")
	if w := f.word(b); w != "which" && w != "that" && w != "who" && w != "whom" && w != "what" && !bare {
		return false
	}
	end := f.contentEnd(at, limit, false, g)
	if end <= at {
		return false
	}
	k := b - 1
	if bare {
		k = b // "the camp officials said was safe"
	} else if f.word(k) == "," {
		k--
	}
	if head := f.subjectPhrase(k, floor); !head.none() && f.word(b) != "what" {
		a.content = append(a.content, head)
	}
	a.content = append(a.content, phrase{at, end})
	a.rules = append(a.rules, "relative clause around the cue")
	return true
}

// relativeGap is a cue of which a noun phrase before it is the object: "an
// arrangement that the council has criticised".
func (f *finder) relativeGap(v *verb, g *group, s subject, a *found, floor, limit int) bool {
	if v.has(np) == nil || !g.finite || s.dropped || s.relative || g.last < limit && f.tag(g.last) != tag.Punct {
		return false
	}
	b := s.first - 1
	if b < floor {
		return false
	}
	switch w := f.word(b); {
	case w == "that" || w == "which":
		b--
		if f.word(b) == "," {
			b--
		}
	case f.tag(b) == tag.Noun && (f.tag(s.first) == tag.Determiner || f.tag(s.first) == tag.Pronoun):
	default:
		return false
	}
	head := f.subjectPhrase(b, floor)
	if head.none() || f.tag(b) == tag.Pronoun || f.temporal(head.first, head.last) {
		return false
	}
	a.content = []phrase{head}
	a.rules = append(a.rules, "object before the cue")
	return true
}

// whatTheyCall is a label retold: "what they called a farce".
func (f *finder) whatTheyCall(v *verb, g *group, s subject, a *found, limit int) {
	if f.word(s.first-1) != "what" || v.has(small) == nil && v.has(as) == nil {
		return
	}
	i := g.last
	if f.word(i) == "as" {
		i++
	}
	if i >= limit || f.tag(i) == tag.Punct && f.Tokens[i].Kind != text.Mark {
		return
	}
	end := f.contentEnd(i, limit, true, g)
	if end <= i {
		return
	}
	a.content = []phrase{{i, end}}
	a.rules = append(a.rules, "label retold")
	f.found = append(f.found, *a)
}
