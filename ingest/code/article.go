package code

import (
	"cmp"
	"slices"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/link"
	"mawqif/ingest/text"
)

// article is a text with what the patterns found in it, and who it is about.
type article struct {
	book     *Codebook
	language *language
	reading  *reading
	hits     []hit
	evidence []evidence
	// allusions are the words that go with issues, in the order of the text.
	allusions []allusion
	// issues counts, for each issue, the sentences that it is found in.
	issues []int
	// issuesAll is the sum of issues; stated counts, for each issue, the
	// statements that it is found in.
	issuesAll int
	stated    []int
	actors    []actor
	// topics are the issues that the article speaks of most, leading the two
	// actors that it names most.
	topics, leading []int32
	// setting is where the article is set, nil if it tells of no place.
	setting *graph.Place
	// mentioned is, for each mention, the index of its actor, or −1.
	mentioned []int32
	index     map[graph.ID]int32
	sources   []link.Source
	// stemmed holds the stems of the words that were asked for.
	stemmed []string
	// said holds the statements.
	said        []*statement
	attitudes   []attitude
	attitudesOf map[speakerActor]attitude
}

// actor is an actor of an article.
type actor struct {
	*graph.Actor
	entity   *gazetteer.Entity
	mentions []int32
	// tone is what stands near its mentions in the whole article: words that
	// praise, blame, and ask for sympathy.
	good, bad, victim int
	// rank is its place by number of mentions, the most frequent first.
	rank int
}

// statement is one attribution of an article.
type statement struct {
	*extract.Attribution
	number    int
	source    *link.Source
	words     []stretch
	frame     stretch // the words of the sentence around the cue
	evidence  []evidence
	allusions []allusion
	counts    [kinds]int
	act       graph.Act
	previous  *statement
	speaker   graph.ID
	named     []int32 // the actors that the content names
	stems     []string
	targets   []Target
}

func newArticle(book *Codebook, l *language, t *text.Text, linked *link.Linked) *article {
	mentions := l.describers(t, linked.Mentions)
	a := &article{
		book: book, language: l, reading: l.matcher.read(t, mentions), sources: linked.Sources,
		mentioned: make([]int32, len(mentions)), index: map[graph.ID]int32{},
		issues: make([]int, len(book.issues)), stated: make([]int, len(book.issues)),
	}
	a.hits = l.matcher.hits(a.reading)
	a.evidence, a.allusions = l.evidence(a.reading, a.hits)
	last := make([]int32, len(book.issues))
	for k := range a.evidence {
		e := &a.evidence[k]
		sentence := a.reading.sentence[e.first] + 1
		switch t.Paragraphs[t.Sentences[sentence-1].Paragraph].Role {
		case text.Caption, text.Furniture:
			continue
		}
		if last[e.issue] != sentence {
			last[e.issue] = sentence
			a.issues[e.issue]++
			a.issuesAll++
		}
	}
	for i := range mentions {
		m := &mentions[i]
		a.mentioned[i] = -1
		if m.Entity.Actor == nil {
			continue
		}
		at, ok := a.index[m.Entity.Actor.ID]
		if !ok {
			at = int32(len(a.actors))
			a.index[m.Entity.Actor.ID] = at
			a.actors = append(a.actors, actor{Actor: m.Entity.Actor, entity: m.Entity})
		}
		a.mentioned[i] = at
		a.actors[at].mentions = append(a.actors[at].mentions, int32(i))
	}
	order := make([]int32, len(a.actors))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(x, y int32) int {
		return cmp.Compare(len(a.actors[y].mentions), len(a.actors[x].mentions))
	})
	for rank, i := range order {
		a.actors[i].rank = rank
	}
	a.leading = order[:min(len(order), 2)]
	a.topics = a.findTopics()
	a.tones()
	a.setting = a.findSetting()
	return a
}

// tones counts the evaluations near the mentions of each actor.
func (a *article) tones() {
	r := a.reading
	for _, h := range a.hits {
		k := a.language.kind(h.part)
		if k != good && k != bad && k != victim && k != harm {
			continue
		}
		last := int32(-1)
		for i := max(0, h.first-3); i < min(h.last+3, int32(len(r.token))); i++ {
			m := r.mention[i]
			if m < 0 || m == last || a.mentioned[m] < 0 || r.sentence[i] != r.sentence[h.first] {
				continue
			}
			last = m
			switch n := &a.actors[a.mentioned[m]]; k {
			case good:
				n.good++
			case bad:
				n.bad++
			default:
				n.victim++
			}
		}
	}
}

// namedMax bounds the actors of a content that are looked at.
const namedMax = 64

func (a *article) statement(number int, f *extract.Attribution, previous *statement) *statement {
	s := &statement{
		Attribution: f, number: number, source: &a.sources[number],
		words: a.reading.stretches(f.Content), act: f.Act, previous: previous,
	}
	for _, w := range s.words {
		from, _ := slices.BinarySearchFunc(a.evidence, w.first, func(e evidence, at int32) int { return int(e.first - at) })
		for k := from; k < len(a.evidence) && a.evidence[k].first < w.last; k++ {
			if a.evidence[k].last <= w.last {
				s.evidence = append(s.evidence, a.evidence[k])
			}
		}
		from, _ = slices.BinarySearchFunc(a.allusions, w.first, func(x allusion, at int32) int { return int(x.word - at) })
		for k := from; k < len(a.allusions) && a.allusions[k].word < w.last; k++ {
			s.allusions = append(s.allusions, a.allusions[k])
		}
		for i := w.first; i < w.last; i++ {
			if m := a.reading.mention[i]; m >= 0 && a.mentioned[m] >= 0 && len(s.named) < namedMax && !slices.Contains(s.named, a.mentioned[m]) {
				s.named = append(s.named, a.mentioned[m])
			}
		}
		for _, h := range within(a.hits, w) {
			if h.last <= w.last {
				s.counts[a.language.kind(h.part)]++
			}
		}
	}
	for k := range s.evidence {
		issue := s.evidence[k].issue
		if !slices.ContainsFunc(s.evidence[:k], func(e evidence) bool { return e.issue == issue }) {
			a.stated[issue]++
		}
	}
	for k, x := range s.allusions {
		if !slices.ContainsFunc(s.allusions[:k], func(o allusion) bool { return o.issue == x.issue }) &&
			!slices.ContainsFunc(s.evidence, func(e evidence) bool { return e.issue == x.issue }) {
			a.stated[x.issue]++
		}
	}
	s.frame = a.around(f.Cue)
	if s.source.Speaker != nil {
		s.speaker = s.source.Speaker.ID
	}
	a.said = append(a.said, s)
	return s
}

// frameMax is how many words on each side of a cue count as its sentence.
const frameMax = 100

// around returns the words of the sentence that holds a span.
func (a *article) around(span text.Span) stretch {
	r := a.reading
	at := r.wordAt(span.Start)
	if int(at) >= len(r.token) {
		return stretch{}
	}
	first, last := at, at
	for first > max(0, at-frameMax) && r.sentence[first-1] == r.sentence[at] {
		first--
	}
	for last < min(int32(len(r.token)), at+frameMax) && r.sentence[last] == r.sentence[at] {
		last++
	}
	return stretch{first, last}
}

// holds tells whether a word is of the content.
func (s *statement) holds(word int32) bool {
	for _, w := range s.words {
		if w.first <= word && word < w.last {
			return true
		}
	}
	return false
}

// length is the number of words of the content.
func (s *statement) length() int {
	n := 0
	for _, w := range s.words {
		n += int(w.last - w.first)
	}
	return n
}

// own tells how an actor belongs to the speaker: 0 not at all, 1 the speaker
// itself, 2 whom it speaks for, 3 what that is part of.
func (s *statement) own(a *graph.Actor) int {
	speaker, behalf := s.source.Speaker, s.source.OnBehalfOf
	switch {
	case speaker != nil && speaker.ID == a.ID:
		return 1
	case behalf != nil && behalf.ID == a.ID:
		return 2
	case speaker != nil && slices.Contains(speaker.PartOf, a.ID), behalf != nil && slices.Contains(behalf.PartOf, a.ID):
		return 3
	}
	return 0
}

// attitude counts the statements that name an actor with a hostile and with a
// friendly act.
type attitude struct{ hostile, friendly int }

func (t *attitude) add(act graph.Act, n int) {
	switch actGroup(act) {
	case hostileActs:
		t.hostile += n
	case friendlyActs:
		t.friendly += n
	}
}

type speakerActor struct {
	speaker graph.ID
	actor   int32
}

// weighAttitudes counts the attitudes of each speaker and of all to each
// actor; the acts must be known.
func (a *article) weighAttitudes() {
	a.attitudes = make([]attitude, len(a.actors))
	a.attitudesOf = map[speakerActor]attitude{}
	for _, s := range a.said {
		for _, actor := range s.named {
			if s.own(a.actors[actor].Actor) != 0 {
				continue
			}
			a.attitudes[actor].add(s.act, 1)
			if s.speaker != "" {
				key := speakerActor{s.speaker, actor}
				t := a.attitudesOf[key]
				t.add(s.act, 1)
				a.attitudesOf[key] = t
			}
		}
	}
}

// attitude returns what the other statements of the article show: those of
// the same speaker, and those of all.
func (a *article) attitude(s *statement, actor int32) (same, all attitude) {
	all = a.attitudes[actor]
	if s.speaker != "" {
		same = a.attitudesOf[speakerActor{s.speaker, actor}]
	}
	if slices.Contains(s.named, actor) && s.own(a.actors[actor].Actor) == 0 {
		all.add(s.act, -1)
		if s.speaker != "" {
			same.add(s.act, -1)
		}
	}
	return same, all
}
