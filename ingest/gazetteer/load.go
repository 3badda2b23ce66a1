package gazetteer

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"mawqif/graph"
)

// pattern composes institutions of states.
type pattern struct {
	key  string
	name string // canonical, English, with {state} or {adjective}
	head string // the first Arabic head
}

// adjectives are the first ones of a state; "" if it has none.
type adjectives struct{ english, arabic string }

// named returns the names of the institution for a state: "Ministry of Foreign
// Affairs of Russia", "وزارة الخارجية الروسية".
func (p *pattern) named(state *Entity, a adjectives) []graph.Name {
	name := graph.NameIn(state.Actor.Names, "en")
	if a.english == "" {
		a.english = name
	}
	english := strings.NewReplacer("{state}", name, "{adjective}", a.english).Replace(p.name)
	names := []graph.Name{{Lang: "en", Value: english}}
	if p.head == "" || a.arabic == "" {
		return names
	}
	adjective := "ال" + strings.TrimPrefix(a.arabic, "ال")
	first, _, _ := strings.Cut(p.head, " ")
	if strings.HasSuffix(first, "ة") || strings.HasSuffix(first, "ات") {
		adjective += "ة"
	}
	return append([]graph.Name{{Lang: "ar", Value: p.head + " " + adjective}}, names...)
}

// loader gathers what the tables say.
type loader struct {
	g      *Gazetteer
	hash   []byte
	faults []error
	// first tells where a key or an unmarked name was met first.
	keys map[string]string
	// ownBodies are those that only an office names, by its words.
	ownBodies map[string]*Entity
}

// Load reads the tables of a directory and checks them. The error names the
// file and the line of every fault.
func Load(dir fs.FS) (*Gazetteer, error) {
	l := &loader{
		g: &Gazetteer{
			trie: newTrie(), actors: map[graph.ID]*graph.Actor{}, places: map[graph.ID]*graph.Place{},
			stateOf: map[graph.ID]int{}, outlets: map[string]*Entity{}, keyed: map[string]*Entity{},
		},
		keys: map[string]string{}, ownBodies: map[string]*Entity{},
	}
	states := l.read(dir, "states.tsv", "code", "name", "en", "ar", "en_adjective", "ar_adjective", "en_capital", "ar_capital")
	patterns := l.read(dir, "patterns.tsv", "key", "name", "en", "ar", "en_office", "ar_office")
	institutions := l.read(dir, "institutions.tsv", "key", "name", "en", "ar", "en_office", "ar_office")
	organisations := l.read(dir, "organisations.tsv", "key", "name", "en", "ar", "part_of", "ar_adjective")
	groups := l.read(dir, "groups.tsv", "key", "name", "en", "ar", "part_of")
	outlets := l.read(dir, "outlets.tsv", "key", "medium", "name", "en", "ar", "country")
	people := l.read(dir, "people.tsv", "name", "gender", "en", "ar", "offices")
	places := l.read(dir, "places.tsv", "country", "name", "en", "ar")
	if len(l.faults) > 0 {
		return nil, errors.Join(l.faults...)
	}
	l.states(states)
	l.patterns(patterns)
	l.institutions(institutions)
	l.bodies(organisations, graph.Organization, "org/")
	l.bodies(groups, graph.Group, "group/")
	l.outlets(outlets)
	l.people(people)
	l.places(places)
	if len(l.faults) > 0 {
		return nil, errors.Join(l.faults...)
	}
	sum := sha256.Sum256(l.hash)
	l.g.version = hex.EncodeToString(sum[:6])
	return l.g, nil
}

func (l *loader) read(dir fs.FS, file string, columns ...string) []row {
	rows, raw, faults := readTable(dir, file, columns...)
	l.hash = append(l.hash, graph.Digest(file, string(raw))...)
	l.faults = append(l.faults, faults...)
	return rows
}

func (l *loader) fault(r *row, format string, args ...any) {
	l.faults = append(l.faults, r.fault(format, args...))
}

// key claims a key for a row; each may be used once.
func (l *loader) key(r *row, key string) bool {
	switch at := l.keys[key]; {
	case key == "":
		l.fault(r, "the key or name is empty")
	case at != "":
		l.fault(r, "%q is there already, at %s", key, at)
	default:
		l.keys[key] = r.file + ":" + strconv.Itoa(r.line)
		return true
	}
	return false
}

// names adds names to the trie and returns those that carry no mark.
func (l *loader) names(r *row, lang string, list []string, s sense) []graph.Name {
	var out []graph.Name
	for _, name := range list {
		n := s
		bare := strings.TrimRight(name, "!?*&")
		for _, mark := range name[len(bare):] {
			switch mark {
			case '!':
				n.weak = true
			case '?':
				n.twofold = true
			case '*':
				n.agree = true
			case '&':
				n.form = ByLeader
			}
		}
		key := graph.Fold(bare)
		if key == "" {
			l.fault(r, "the name %q has no letters", name)
			continue
		}
		if lang == "en" && n.role != roleHead && n.role != roleOffice {
			first := []rune(bare)[0]
			n.capital = unicode.IsUpper(first) || unicode.IsDigit(first)
			n.acronym = len(key) <= 5 && strings.ToUpper(bare) == bare && strings.ToLower(bare) != bare
		}
		l.g.trie.add(key, n)
		if lang == "ar" {
			for _, v := range spellings {
				if i := strings.Index(key, v.one); i >= 0 {
					l.g.trie.add(key[:i]+v.other+key[i+len(v.one):], n)
				}
			}
		}
		if !n.weak && !n.twofold {
			out = append(out, graph.Name{Lang: lang, Value: bare})
		}
	}
	return out
}

// spellings are two ways of writing the same in Arabic names.
var spellings = [...]struct{ one, other string }{{"امريك", "اميرك"}, {"عبد ال", "عبدال"}}

// join puts the Arabic names before the English ones, without doubles.
func join(english, arabic []graph.Name) []graph.Name {
	var out []graph.Name
	for _, n := range append(slices.Clip(arabic), english...) {
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// unmarked strips the marks of a canonical name.
func unmarked(name string) string { return strings.TrimRight(name, "!?*&") }

// both adds the canonical English name and the further names of a row.
func (l *loader) both(r *row, s sense) []graph.Name {
	canonical := graph.Name{Lang: "en", Value: unmarked(r.get("name"))}
	english := append([]graph.Name{canonical}, l.names(r, "en", append([]string{r.get("name")}, r.list("en")...), s)...)
	return join(english, l.names(r, "ar", r.list("ar"), s))
}

func (l *loader) actor(key string, kind graph.ActorKind, names []graph.Name, behalf *Entity) *graph.Actor {
	a := graph.NewActor(kind, key, names...)
	if behalf != nil && behalf.Actor != nil {
		a.PartOf = []graph.ID{behalf.Actor.ID}
	}
	l.g.actors[a.ID] = &a
	return &a
}

func (l *loader) place(key string, names []graph.Name, partOf *graph.Place) *graph.Place {
	p := graph.NewPlace(key, names...)
	if partOf != nil {
		p.PartOf = partOf.ID
	}
	l.g.places[p.ID] = &p
	return &p
}

func (l *loader) states(rows []row) {
	english, arabic := display.English.Regions(), display.Arabic.Regions()
	for i := range rows {
		r := &rows[i]
		region, err := language.ParseRegion(r.get("code"))
		if err != nil {
			l.fault(r, "%q is no code of ISO 3166", r.get("code"))
			continue
		}
		code := strings.ToLower(region.String())
		if !l.key(r, code) {
			continue
		}
		e := &Entity{}
		index := int16(len(l.g.states))
		l.g.states = append(l.g.states, e)
		a := adjectives{}
		if list := r.list("en_adjective"); len(list) > 0 {
			a.english = unmarked(list[0])
		}
		if code == "us" {
			a.english = "US" // "US Embassy", as the field writes it
		}
		if list := r.list("ar_adjective"); len(list) > 0 {
			a.arabic = unmarked(list[0])
		}
		l.g.adjectives = append(l.g.adjectives, a)
		l.g.keyed[code] = e
		s := sense{entity: e, pattern: -1, state: index}
		name := english.Name(region)
		en := []string{name}
		if r.get("name") != "" {
			name = r.get("name")
			en = []string{name, en[0]}
		}
		en, ar := append(en, r.list("en")...), append([]string{arabic.Name(region)}, r.list("ar")...)
		if slices.Contains(r.list("ar"), ar[0]+"!") || slices.Contains(r.list("ar"), ar[0]+"?") {
			ar = ar[1:]
		}
		names := join(l.stateNames(r, "en", en, s), l.stateNames(r, "ar", ar, s))
		if !slices.ContainsFunc(names, func(n graph.Name) bool { return n.Lang == "ar" }) {
			names = append([]graph.Name{{Lang: "ar", Value: unmarked(ar[0])}}, names...)
		}
		e.Actor = l.actor("state/"+code, graph.State, names, nil)
		e.Place = l.place("place/"+code, names, nil)
		l.g.stateOf[e.Actor.ID] = int(index)
		s.role, s.form = roleAdjective, ByAdjective
		l.stateNames(r, "en", r.list("en_adjective"), s)
		for _, adjective := range r.list("ar_adjective") {
			l.arabicAdjective(r, adjective, s)
		}
		l.capital(r, e, code, index)
	}
}

// stateNames is names for the names of a state, of which a weak one counts
// only inside a longer name.
func (l *loader) stateNames(r *row, lang string, list []string, s sense) []graph.Name {
	var strong []graph.Name
	for _, name := range list {
		n := s
		if strings.HasSuffix(name, "!") {
			n.inner, name = true, strings.TrimSuffix(name, "!")
			l.names(r, lang, []string{name}, n)
			continue
		}
		strong = append(strong, l.names(r, lang, []string{name}, n)...)
	}
	return strong
}

// arabicAdjective adds the forms of a relational adjective: from روسي also
// روسية, روسيون, روسيين, each with its article.
func (l *loader) arabicAdjective(r *row, adjective string, s sense) {
	base := strings.TrimSuffix(adjective, "!")
	s.inner = s.inner || base != adjective
	forms := []string{base}
	if strings.HasSuffix(base, "ي") && !strings.Contains(base, " ") {
		forms = append(forms, base+"ون", base+"ين", base+"ة")
	}
	for _, form := range forms {
		f := s
		f.feminine = strings.HasSuffix(form, "ية")
		l.names(r, "ar", []string{form}, f)
		if !strings.HasPrefix(form, "ال") || s.state < 0 {
			l.names(r, "ar", []string{"ال" + form}, f)
		}
	}
}

// capital adds the seat of a government: a place, and the state's voice unless
// it is marked.
func (l *loader) capital(r *row, state *Entity, code string, index int16) {
	en, ar := r.list("en_capital"), r.list("ar_capital")
	if len(en) == 0 {
		return
	}
	names := []graph.Name{{Lang: "en", Value: unmarked(en[0])}}
	if len(ar) > 0 {
		names = append([]graph.Name{{Lang: "ar", Value: unmarked(ar[0])}}, names...)
	}
	place := l.place("place/"+code+"/"+graph.Fold(unmarked(en[0])), names, state.Place)
	voice := &Entity{Actor: state.Actor, Place: place, State: state}
	mute := &Entity{Place: place, State: state}
	for i, list := range [...][]string{en, ar} {
		lang := [...]string{"en", "ar"}[i]
		for _, name := range list {
			s := sense{entity: voice, pattern: -1, state: index, form: ByCapital}
			if strings.HasSuffix(name, "!") {
				name = strings.TrimSuffix(name, "!")
				s = sense{entity: mute, pattern: -1, state: -1}
			}
			l.names(r, lang, []string{name}, s)
		}
	}
}

func (l *loader) patterns(rows []row) {
	for i := range rows {
		r := &rows[i]
		if !l.key(r, "pattern "+r.get("key")) {
			continue
		}
		if name := r.get("name"); !strings.Contains(name, "{state}") && !strings.Contains(name, "{adjective}") {
			l.fault(r, "the name %q has neither {state} nor {adjective}", name)
			continue
		}
		s := sense{pattern: int16(len(l.g.patterns)), state: -1, role: roleHead}
		p := pattern{key: r.get("key"), name: r.get("name")}
		if heads := r.list("ar"); len(heads) > 0 {
			p.head = unmarked(heads[0])
		}
		l.g.patterns = append(l.g.patterns, p)
		l.names(r, "en", r.list("en"), s)
		l.names(r, "ar", r.list("ar"), s)
		s.role = roleOffice
		l.names(r, "en", r.list("en_office"), s)
		l.names(r, "ar", r.list("ar_office"), s)
	}
	l.g.composed = make([]atomic.Pointer[Entity], len(l.g.patterns)*len(l.g.states))
}

func (l *loader) institutions(rows []row) {
	for i := range rows {
		r := &rows[i]
		code, head, _ := strings.Cut(r.get("key"), "/")
		state := l.g.keyed[code]
		if state == nil || head == "" {
			l.fault(r, "the key %q must be the code of a state in states.tsv, a slash and a word", r.get("key"))
			continue
		}
		if !l.key(r, r.get("key")) {
			continue
		}
		e := &Entity{Behalf: state, State: state}
		s := sense{entity: e, pattern: -1, state: -1}
		if head == "government" {
			s.form = ByLeader
		}
		names := l.both(r, s)
		p := slices.IndexFunc(l.g.patterns, func(p pattern) bool { return p.key == head })
		index := l.g.stateOf[state.Actor.ID]
		e.Actor = l.actor("org/"+r.get("key"), graph.Organization, names, state)
		l.g.keyed[r.get("key")] = e
		if p >= 0 {
			l.g.composed[p*len(l.g.states)+index].Store(e)
		}
		s.role = roleOffice
		l.names(r, "en", r.list("en_office"), s)
		l.names(r, "ar", r.list("ar_office"), s)
	}
}

// bodies loads organisations and groups. The part_of of a line may stand
// further down.
func (l *loader) bodies(rows []row, kind graph.ActorKind, prefix string) {
	var known []*row
	for i := range rows {
		r := &rows[i]
		if l.key(r, r.get("key")) {
			known = append(known, r)
			l.g.keyed[r.get("key")] = &Entity{}
		}
	}
	for _, r := range known {
		e := l.g.keyed[r.get("key")]
		if of := r.get("part_of"); of != "" {
			if e.Behalf = l.g.keyed[of]; e.Behalf == nil {
				l.fault(r, "part_of names %q, which no table has", of)
				continue
			}
		}
		s := sense{entity: e, pattern: -1, state: -1}
		names := l.both(r, s)
		e.Actor = l.actor(prefix+r.get("key"), kind, names, nil)
		if slices.Contains(r.names, "ar_adjective") {
			s.role, s.form = roleAdjective, ByAdjective
			for _, adjective := range r.list("ar_adjective") {
				s.weak = strings.HasSuffix(adjective, "!")
				l.arabicAdjective(r, strings.TrimSuffix(adjective, "!"), s)
			}
		}
	}
	for _, r := range known {
		if e := l.g.keyed[r.get("key")]; e.Behalf != nil && e.Actor != nil && e.Behalf.Actor != nil {
			e.Actor.PartOf = []graph.ID{e.Behalf.Actor.ID}
		}
	}
}

var media = []string{"agency", "newspaper", "broadcaster", "platform"}

func (l *loader) outlets(rows []row) {
	for i := range rows {
		r := &rows[i]
		if !slices.Contains(media, r.get("medium")) {
			l.fault(r, "the medium %q is none of %s", r.get("medium"), strings.Join(media, ", "))
			continue
		}
		if !l.key(r, "outlet "+r.get("key")) {
			continue
		}
		e := &Entity{}
		if code := r.get("country"); code != "" {
			if e.Home = l.g.keyed[code]; e.Home == nil {
				l.fault(r, "the country %q is no code in states.tsv", code)
				continue
			}
		}
		names := l.both(r, sense{entity: e, pattern: -1, state: -1})
		o := graph.NewOutlet("outlet/"+r.get("key"), names...)
		e.Outlet = &o
		if r.get("medium") != "platform" {
			e.Actor = l.actor("org/media/"+r.get("key"), graph.Organization, names, nil)
		}
		for _, n := range append([]string{r.get("name")}, append(r.list("en"), r.list("ar")...)...) {
			if key := graph.Fold(unmarked(n)); l.g.outlets[key] == nil {
				l.g.outlets[key] = e
			}
		}
	}
}

func (l *loader) people(rows []row) {
	for i := range rows {
		r := &rows[i]
		key := "person/" + graph.Fold(r.get("name"))
		if !l.key(r, key) {
			continue
		}
		gender := r.get("gender")
		if gender != "m" && gender != "f" {
			l.fault(r, "the gender %q is neither m nor f", gender)
			continue
		}
		e := &Entity{Gender: gender[0]}
		for _, field := range r.list("offices") {
			field = strings.TrimSpace(field)
			blank := max(0, strings.LastIndexByte(field, ' '))
			of, years, ok := field[:blank], strings.TrimSpace(field[blank:]), blank > 0
			first, last, ranged := strings.Cut(years, "-")
			from, err := strconv.Atoi(first)
			to := 0
			if last != "" && err == nil {
				to, err = strconv.Atoi(last)
			}
			institution := l.ownBody(of)
			if institution == nil {
				institution = l.g.Keyed(of)
			}
			switch {
			case !ok || !ranged || err != nil || to != 0 && to < from:
				l.fault(r, "the office %q must be a key, a blank and years such as 2013-2017 or 2013-", field)
			case institution == nil:
				l.fault(r, "the office %q is of %q, which no table has", field, of)
			default:
				e.Offices = append(e.Offices, Office{Institution: institution, From: from, To: to})
			}
		}
		e.Actor = l.actor(key, graph.Person, l.both(r, sense{entity: e, pattern: -1, state: -1}), nil)
	}
}

// ownBody is the body of a state that an office names in quotation marks
// (us/"Ohio"), under the key that a text's own words for it would get; nil if it
// names none.
func (l *loader) ownBody(of string) *Entity {
	code, quoted, ok := strings.Cut(of, "/\"")
	name, closed := strings.CutSuffix(quoted, "\"")
	state := l.g.keyed[code]
	if !ok || !closed || name == "" || state == nil {
		return nil
	}
	if e := l.ownBodies[of]; e != nil {
		return e
	}
	e := &Entity{State: state}
	e.Actor = l.actor("org/"+graph.Fold(name), graph.Organization, []graph.Name{{Lang: "en", Value: name}}, nil)
	l.ownBodies[of] = e
	return e
}

func (l *loader) places(rows []row) {
	for i := range rows {
		r := &rows[i]
		code := strings.ToLower(r.get("country"))
		var around *graph.Place
		e := &Entity{}
		if code != "" {
			state := l.g.keyed[code]
			if state == nil {
				l.fault(r, "the country %q is no code in states.tsv", r.get("country"))
				continue
			}
			around, e.State = state.Place, state
			code += "/"
		}
		key := "place/" + code + graph.Fold(unmarked(r.get("name")))
		if !l.key(r, key) {
			continue
		}
		e.Place = l.place(key, l.both(r, sense{entity: e, pattern: -1, state: -1}), around)
	}
}
