package link

import (
	"strings"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/text"
)

// epithets are nouns by which English articles call again somebody whom they
// have named: "the Ohio Republican", "the former governor", "the billionaire".
var epithets = wordSet("republican democrat senator congressman congresswoman lawmaker governor mayor speaker libertarian independent socialist conservative liberal progressive centrist moderate executive billionaire millionaire businessman businesswoman tycoon mogul entrepreneur hawk icon firebrand frontrunner front-runner nominee candidate hopeful leader strongman veteran stalwart maverick legislator assemblyman assemblywoman councilman councilwoman jurist host commentator pundit")

// epithet finds the person whom a definite description calls by a noun that he
// need not have borne before: with a place in it the one beside whose name the
// text puts the place ("the |Ohio| Republican", "Otto Lind (R-Ohio)"), else the
// one who spoke just before; nil if there is nobody.
func (l *linker) epithet(p *phrase) *figure {
	if l.arabic || p.last-p.first < 2 || p.last-p.first > 7 || l.t.Tokens[p.first].Fold != "the" || p.number == extract.Plural {
		return nil
	}
	head := p.last - 1
	for i := p.first + 1; i < p.last; i++ {
		tok := &l.t.Tokens[i]
		if notNouns[tok.Fold] || tok.Kind == text.Punct && tok.Fold != "-" && tok.Fold != "." {
			head = i - 1
			break
		}
	}
	if head <= p.first || !epithets[l.t.Tokens[head].Fold] || possessive(l.t.At(l.t.Tokens[head].Span)) {
		return nil
	}
	fits := func(f *figure) bool {
		return f != nil && f.kind == graph.Person && len(f.parts) == 0 && (len(f.name) > 0 || f.entity != nil) && f.agrees(p.gender, extract.Singular, false)
	}
	places := 0
	for i := p.first + 1; i < head; i++ {
		if l.capitalWord(i) && !partisans[l.t.Tokens[i].Fold] && l.personTitle(i) == 0 && !l.adjectival(i) {
			places++
		}
	}
	if places > 0 {
		before := l.passed
		for k := before - 1; k >= 0 && k >= before-memory; k-- {
			if s := &l.seen[k]; fits(s.figure) && l.beside(s, p.first+1, head) {
				return s.figure
			}
		}
		for k := before; k < len(l.seen) && k < before+memory; k++ {
			if s := &l.seen[k]; fits(s.figure) && l.beside(s, p.first+1, head) {
				return s.figure
			}
		}
	}
	if fold := l.t.Tokens[head].Fold; head+1 < p.last && l.t.Tokens[head+1].Fold == "of" || fold == "leader" && head == p.first+1 {
		return nil // "the mayor of Hale" is no other's
	}
	if n := len(l.spoken); n > 0 && fits(l.spoken[n-1]) && l.sentence(p.first)-l.sentence(l.spokenAt[n-1]) <= 2 {
		return l.spoken[n-1]
	}
	return nil
}

// singles are nouns for one human being that are no titles.
var singles = wordSet("republican democrat executive person voter supporter opponent confidant visitor ally insider veteran co-sponsor sponsor donor fundraiser bundler loyalist conservative liberal progressive operative lobbyist informant attendee backer defector follower refugee migrant immigrant survivor victim worker nurse driver farmer prisoner detainee inmate hostage shopkeeper bystander organiser organizer participant protester demonstrator rebel adherent sympathiser sympathizer defender detractor observer billionaire millionaire banker trader voter someone somebody")

// agentBefore finds who begins the sentence of an English phrase before the cue
// that is but a place or a time behind a preposition: "Otto Lind, arriving in
// |Hale, Ohio|, asked"; nil if the phrase may be a source or nobody does.
func (l *linker) agentBefore(p *phrase, cue int) *figure {
	if l.arabic || cue >= len(l.t.Tokens) || p.named() || p.person != nil || p.titleAt >= 0 || p.last > cue || p.first == 0 || p.first == p.last || !l.sameSentence(p.first-1, p.first) || l.content[p.first] != l.content[cue] {
		return nil
	}
	if p.entity != nil && p.entity.Actor != nil || l.bySurname(&phrase{first: p.first, last: p.last, titleAt: -1}) != nil {
		return nil
	}
	switch l.t.Tokens[p.first-1].Fold {
	case "in", "on", "at", "during", "near", "for":
	case "of":
		if l.t.Tokens[max(0, p.first-2)].Fold != ")" {
			return nil // "Otto Lind (R) of |Ohio, the chairman|"
		}
	default:
		return nil
	}
	first := l.t.Sentences[l.sentence(p.first)].First
	for i := first; i < p.first && i < first+12; i++ {
		if l.t.Tokens[i].Quote != l.t.Tokens[cue].Quote || l.content[i] != l.content[cue] {
			continue
		}
		gender := extract.Masculine
		switch l.t.Tokens[i].Fold {
		case "she":
			gender = extract.Feminine
			fallthrough
		case "he":
			return l.meant(&extract.Attribution{Source: l.t.Tokens[i].Span, Gender: gender, Number: extract.Singular})
		}
		if a := l.personAt(i); a != nil && a.token >= first && !possessive(l.t.At(l.t.Tokens[a.last-1].Span)) && !(i > first && prepositions[l.t.Tokens[i-1].Fold]) {
			return a.figure
		}
	}
	return nil
}

// single tells whether an English phrase describes one human being with an
// indefinite article: "one Ohio Republican", "an executive at a bank".
func (l *linker) single(p *phrase) bool {
	if l.arabic || p.last-p.first < 2 || p.number == extract.Plural {
		return false
	}
	switch l.t.Tokens[p.first].Fold {
	case "a", "an", "one", "another":
	default:
		return false
	}
	for i := p.first + 1; i < p.last; i++ {
		if fold := l.t.Tokens[i].Fold; notNouns[fold] || i+1 == p.last {
			if !notNouns[fold] {
				i++
			}
			return singles[l.t.Tokens[i-1].Fold]
		}
	}
	return false
}

// beside tells whether a place among the tokens of a description stands beside
// an appearance of a person, in full or abbreviated: "Otto Lind, R-Ohio", "Ohio
// Sen. Otto Lind", "Otto Lind of Ohio".
func (l *linker) beside(s *appearance, first, last int) bool {
	near := func(k int) bool {
		fold := strings.TrimSuffix(l.t.Tokens[k].Fold, " s")
		for _, cut := range [...]string{"r ", "d ", "i "} {
			fold = strings.TrimPrefix(fold, cut)
		}
		fold = strings.ReplaceAll(fold, " ", "")
		for i := first; i < last; i++ {
			place := strings.TrimSuffix(l.t.Tokens[i].Fold, " s")
			if !l.capitalWord(i) || partisans[place] || len(place) < 4 {
				continue
			}
			whole := place
			if i > first && compass[l.t.Tokens[i-1].Fold] {
				whole = l.t.Tokens[i-1].Fold + " " + place
			}
			if fold == place && whole == place || len(fold) > 1 && strings.Contains(" "+abbreviated[whole]+" ", " "+fold+" ") {
				return true
			}
			if fold == place && k > 0 && l.t.Tokens[k-1].Fold+" "+fold == whole {
				return true
			}
		}
		return false
	}
	for k := max(0, s.token-5); k < s.token; k++ {
		if l.sameSentence(k, s.token) && near(k) {
			return true
		}
	}
	for k := s.last; k < len(l.t.Tokens) && k < s.last+9 && l.sameSentence(k, s.token); k++ {
		if near(k) {
			return true
		}
		if l.personAt(k) != nil {
			break
		}
	}
	return false
}

var compass = wordSet("new north south west rhode")

// abbreviated gives the usual abbreviations of the parts of the United States,
// folded.
var abbreviated = map[string]string{
	"alabama": "ala al", "alaska": "ak", "arizona": "ariz az", "arkansas": "ark ar", "california": "calif ca", "colorado": "colo co",
	"connecticut": "conn ct", "delaware": "del de", "florida": "fla fl", "georgia": "ga", "hawaii": "hi", "idaho": "id", "illinois": "ill il",
	"indiana": "ind", "iowa": "ia", "kansas": "kan ks", "kentucky": "ky", "louisiana": "la", "maine": "me", "maryland": "md",
	"massachusetts": "mass ma", "michigan": "mich mi", "minnesota": "minn mn", "mississippi": "miss ms", "missouri": "mo", "montana": "mont mt",
	"nebraska": "neb ne", "nevada": "nev nv", "new hampshire": "nh", "new jersey": "nj", "new mexico": "nm", "new york": "ny",
	"north carolina": "nc", "north dakota": "nd", "ohio": "oh", "oklahoma": "okla ok", "oregon": "ore", "pennsylvania": "pa",
	"rhode island": "ri", "south carolina": "sc", "south dakota": "sd", "tennessee": "tenn tn", "texas": "tex tx", "utah": "ut",
	"vermont": "vt", "virginia": "va", "washington": "wash wa", "west virginia": "wva wv", "wisconsin": "wis wi", "wyoming": "wyo wy",
}
