package analysis

import (
	"context"
	"slices"
	"strings"

	"mawqif/graph"
)

// Copies tells which articles report the same text, cut, reordered or under
// another title: for each of them the smallest id of its set. Articles that
// are copies of none are not in it.
type Copies map[graph.ID]graph.ID

// How copies are recognised. Of the runs of so many folded words one in so many
// is looked at, chosen by its hash, so that the same run is chosen in every
// text. Two texts are copies if they share so much of the shorter one.
const (
	shingleWords   = 4
	sketchSample   = 4
	leastContained = 0.5
	leastShared    = 4
)

// sketch is the sorted hashes of the runs of words that were chosen.
type sketch []uint64

// newSketch reads a text: its runs of words whose hash is divisible by
// sketchSample, which estimates how much of one text another contains (Broder,
// "On the resemblance and containment of documents", 1997).
func newSketch(text string) sketch {
	var s sketch
	var last [shingleWords]uint64
	n := 0
	for word := range strings.FieldsSeq(graph.Fold(text)) {
		last[n%shingleWords] = hash(word)
		if n++; n < shingleWords {
			continue
		}
		var h uint64
		for i := range shingleWords {
			h = mix(h ^ last[(n+i)%shingleWords])
		}
		if h%sketchSample == 0 {
			s = append(s, h)
		}
	}
	slices.Sort(s)
	return slices.Compact(s)
}

// hash is FNV-1a.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// mix is the finalizer of SplitMix64.
func mix(h uint64) uint64 {
	h += 0x9e3779b97f4a7c15
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// copyOf tells whether one of two texts contains most of the other.
func (s sketch) copyOf(o sketch) bool {
	shared := 0
	for i, j := 0, 0; i < len(s) && j < len(o); {
		switch {
		case s[i] < o[j]:
			i++
		case s[i] > o[j]:
			j++
		default:
			shared++
			i++
			j++
		}
	}
	return shared >= leastShared && float64(shared) >= leastContained*float64(min(len(s), len(o)))
}

// sketches are the texts among which copies are looked for.
type sketches struct {
	ids  []graph.ID
	list []sketch
}

// FindCopies finds copies among articles. Its cost is linear in the texts:
// each is compared with the first that shares a run of words with it.
func FindCopies(articles []graph.Article) Copies {
	var s sketches
	for i := range articles {
		s.add(&articles[i])
	}
	return s.copies()
}

func (s *sketches) add(a *graph.Article) {
	s.ids, s.list = append(s.ids, a.ID), append(s.list, newSketch(a.Text))
}

func (s *sketches) copies() Copies {
	order := make([]int, len(s.ids))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(string(s.ids[a]), string(s.ids[b])) })
	first := map[uint64]int32{}
	of := make([]int, len(order))
	for i := range of {
		of[i] = i
	}
	root := func(i int) int {
		for of[i] != i {
			of[i] = of[of[i]]
			i = of[i]
		}
		return i
	}
	for place, o := range order {
		compared := map[int32]bool{}
		for _, h := range s.list[o] {
			other, ok := first[h]
			if !ok {
				first[h] = int32(place)
				continue
			}
			if compared[other] {
				continue
			}
			compared[other] = true
			if a, b := root(place), root(int(other)); a != b && s.list[o].copyOf(s.list[order[other]]) {
				of[max(a, b)] = min(a, b)
			}
		}
	}
	c := Copies{}
	for place := range order {
		if r := root(place); r != place {
			c[s.ids[order[place]]] = s.ids[order[r]]
			c[s.ids[order[r]]] = s.ids[order[r]]
		}
	}
	return c
}

// copiesBatch is how many articles are read at a time.
const copiesBatch = 200

// ReadCopies finds copies among the articles of a projection, whose texts it
// reads from a store, some hundred with one question.
func (p *Projection) ReadCopies(ctx context.Context, r graph.Reader) (Copies, error) {
	var ids []graph.ID
	for _, id := range p.nodes {
		if id.Kind() == graph.KindArticle {
			ids = append(ids, id)
		}
	}
	var s sketches
	for some := range slices.Chunk(ids, copiesBatch) {
		found, err := r.Articles(ctx, some)
		if err != nil {
			return nil, err
		}
		for _, id := range some {
			if a, ok := found[id]; ok {
				s.add(&a)
			}
		}
	}
	return s.copies(), nil
}

// utterances gives each value of the projection the number of its utterance.
// The same words of the same speaker are one. Besides, in articles that are
// copies, what one of them has the speaker say with the same value on the same
// thing is matched, one for one, with what an earlier one has.
func (p *Projection) utterances(c Copies) []int32 {
	out := make([]int32, len(p.takings))
	set := make([]int32, len(p.nodes)) // of copies, by article
	at := map[graph.ID]int32{}
	for i, id := range p.nodes {
		if of, ok := c[id]; ok {
			if _, ok := at[of]; !ok {
				at[of] = int32(len(at) + 1)
			}
			set[i] = at[of]
		}
	}
	type key struct {
		set, speaker, object int32
		value                int8
	}
	alike := map[key][]int{}
	var keys []key
	for i := range p.takings {
		t := &p.takings[i]
		out[i] = t.utterance
		if set[t.article] == 0 {
			continue
		}
		k := key{set[t.article], t.speaker, t.object, t.value}
		if alike[k] == nil {
			keys = append(keys, k)
		}
		alike[k] = append(alike[k], i)
	}
	for _, k := range keys {
		p.match(alike[k], out)
	}
	return out
}

// match makes one utterance of values of copies that are alike, given by their
// places, but none of two values of one article.
func (p *Projection) match(places []int, out []int32) {
	byArticle := map[int32][]int{}
	var articles []int32
	for _, i := range places {
		a := p.takings[i].article
		if byArticle[a] == nil {
			articles = append(articles, a)
		}
		byArticle[a] = append(byArticle[a], i)
	}
	var known []int32
	for _, a := range articles {
		used := map[int32]bool{}
		var others []int
		for _, i := range byArticle[a] {
			if u := out[i]; slices.Contains(known, u) {
				used[u] = true
			} else {
				others = append(others, i)
			}
		}
		for _, i := range others {
			free := slices.IndexFunc(known, func(u int32) bool { return !used[u] })
			if free < 0 {
				known = append(known, out[i])
			} else {
				out[i] = known[free]
			}
			used[out[i]] = true
		}
	}
}
