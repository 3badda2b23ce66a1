package eval

import (
	"cmp"
	"slices"
	"strconv"

	"mawqif/graph"
	"mawqif/ingest"
)

// Counts are the sums of which every figure is a ratio, by name. They add up
// over articles.
type Counts [numCounts]int

// The counts. A name in -OK counts those of the name before it that are right.
const (
	documents = iota
	missing   // articles that were not extracted at all
	coded
	found
	exact  // pairs with contents equal
	over80 // and with an overlap of at least .8, .5, .3
	over50
	over30
	cues
	cuesOK
	sources
	sourcesOK
	speakersOK
	behalf
	behalfOK
	quotesOK
	actsOK
	dates
	datesOK
	targetsCoded
	targetsFound
	targetsOK
	stancesOK
	polar
	polarOK
	issuesCoded
	issuesFound
	issuesOK
	agreementsOK
	spans
	spansOK
	charsCoded
	charsFound
	charsOK
	numCounts
)

func (c *Counts) add(o *Counts) {
	for i := range c {
		c[i] += o[i]
	}
}

func (c *Counts) tell(all, ok int, right bool) {
	c[all]++
	if right {
		c[ok]++
	}
}

// Labels are what two coders, or a coder and a program, called the same thing.
type Labels struct {
	Acts, QuoteTypes, Stances, Agreements [][2]string
}

// Pair is a coded and a found statement that match, by index, with the
// overlap of their contents.
type Pair struct {
	Coded, Found int
	Overlap      float64
}

// stretch is a half-open range of code points.
type stretch struct{ start, end int }

// chars returns the code points of a role as sorted, disjoint ranges.
func chars(evidence []graph.Evidence, role graph.Role) []stretch {
	var all []stretch
	for _, e := range evidence {
		if e.Role == role && e.Start < e.End {
			all = append(all, stretch{e.Start, e.End})
		}
	}
	slices.SortFunc(all, func(a, b stretch) int { return cmp.Or(a.start-b.start, a.end-b.end) })
	out := all[:0]
	for _, s := range all {
		if n := len(out); n > 0 && s.start <= out[n-1].end {
			out[n-1].end = max(out[n-1].end, s.end)
			continue
		}
		out = append(out, s)
	}
	return out
}

func size(spans []stretch) int {
	n := 0
	for _, s := range spans {
		n += s.end - s.start
	}
	return n
}

func common(a, b []stretch) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		n += max(0, min(a[i].end, b[j].end)-max(a[i].start, b[j].start))
		if a[i].end < b[j].end {
			i++
		} else {
			j++
		}
	}
	return n
}

// jaccard is the share of common code points in the union, 0 if both are empty.
func jaccard(a, b []stretch) float64 {
	both := common(a, b)
	union := size(a) + size(b) - both
	if union == 0 {
		return 0
	}
	return float64(both) / float64(union)
}

// overlaps lists every pair of statements whose contents overlap at all, best
// first.
func overlaps(gold []Statement, given []ingest.ReportStatement) []Pair {
	contents := make([][]stretch, len(given))
	for j := range given {
		contents[j] = chars(given[j].Evidence, graph.RoleContent)
	}
	var all []Pair
	for i := range gold {
		c := chars(gold[i].Evidence, graph.RoleContent)
		for j := range given {
			if v := jaccard(c, contents[j]); v > 0 {
				all = append(all, Pair{i, j, v})
			}
		}
	}
	slices.SortFunc(all, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.Overlap, a.Overlap), a.Coded-b.Coded, a.Found-b.Found)
	})
	return all
}

// match pairs statements one to one, best overlaps first, down to a floor.
func match(all []Pair, floor float64) []Pair {
	var out []Pair
	usedCoded, usedFound := map[int]bool{}, map[int]bool{}
	for _, p := range all {
		if p.Overlap < floor {
			break
		}
		if !usedCoded[p.Coded] && !usedFound[p.Found] {
			usedCoded[p.Coded], usedFound[p.Found] = true, true
			out = append(out, p)
		}
	}
	return out
}

// Score is what comparing one article gives.
type Score struct {
	Counts Counts
	Labels Labels
	Pairs  []Pair
	// Claims are the confidences of the found statements.
	Claims []Claim
}

// Claim is how sure a program was of a statement, 0 to 1, and whether a coder
// made it too.
type Claim struct {
	Confidence float64
	Right      bool
}

// Compare compares the coded statements of one article with the found ones;
// found is nil if the article was not extracted at all.
func Compare(text string, gold Coded, report *ingest.Report) Score {
	var s Score
	c := &s.Counts
	var given []ingest.ReportStatement
	if report == nil {
		c[missing]++
	} else {
		given = report.Statements
	}
	c[documents], c[coded], c[found] = 1, len(gold.Statements), len(given)
	points := graph.NewOffsets(text)
	var a, b []graph.Evidence
	for i := range gold.Statements {
		a = append(a, gold.Statements[i].Evidence...)
	}
	for j := range given {
		b = append(b, given[j].Evidence...)
	}
	for _, e := range b {
		from, ok1 := points.Byte(e.Start)
		to, ok2 := points.Byte(e.End)
		c.tell(spans, spansOK, ok1 && ok2 && from <= to && text[from:to] == e.Exact)
	}
	ca, cb := chars(a, graph.RoleContent), chars(b, graph.RoleContent)
	c[charsCoded], c[charsFound], c[charsOK] = size(ca), size(cb), common(ca, cb)
	all := overlaps(gold.Statements, given)
	c[exact], c[over80], c[over30] = len(match(all, 1)), len(match(all, 0.8)), len(match(all, 0.3))
	s.Pairs = match(all, 0.5)
	c[over50] = len(s.Pairs)
	for j := range given {
		s.Claims = append(s.Claims, Claim{given[j].Confidence, slices.ContainsFunc(s.Pairs, func(p Pair) bool { return p.Found == j })})
	}
	for _, p := range s.Pairs {
		s.pair(&gold.Statements[p.Coded], &given[p.Found])
	}
	return s
}

func (s *Score) pair(g *Statement, p *ingest.ReportStatement) {
	c, l := &s.Counts, &s.Labels
	if cue := chars(g.Evidence, graph.RoleCue); len(cue) > 0 {
		c.tell(cues, cuesOK, common(cue, chars(p.Evidence, graph.RoleCue)) > 0)
	}
	if source := chars(g.Evidence, graph.RoleSource); len(source) > 0 {
		c.tell(sources, sourcesOK, jaccard(source, chars(p.Evidence, graph.RoleSource)) >= 0.5)
	}
	var speaker, onBehalfOf *ingest.ReportActor
	if p.Speaker != nil {
		speaker, onBehalfOf = &p.Speaker.ReportActor, p.Speaker.OnBehalfOf
	}
	if isActor(speaker, g.SpeakerEN, g.SpeakerFull) {
		c[speakersOK]++
	}
	if g.OnBehalfOf != "" {
		c.tell(behalf, behalfOK, isActor(onBehalfOf, g.OnBehalfOf, ""))
	}
	l.QuoteTypes = append(l.QuoteTypes, [2]string{string(g.QuoteType), string(p.QuoteType)})
	if p.QuoteType == g.QuoteType {
		c[quotesOK]++
	}
	l.Acts = append(l.Acts, [2]string{string(g.Act), string(p.Act)})
	if p.Act == g.Act {
		c[actsOK]++
	}
	if g.SaidDate != "" {
		c.tell(dates, datesOK, p.SaidAt != nil && p.SaidAt.Day == g.SaidDate)
	}
	c[targetsCoded] += len(g.Targets)
	c[targetsFound] += len(p.Targets)
	left := slices.Clone(p.Targets)
	for _, t := range g.Targets {
		at := slices.IndexFunc(left, func(q ingest.ReportTarget) bool { return isActor(&q.ReportActor, t.Name, t.Mention) })
		if at < 0 {
			continue
		}
		right := left[at].Stance == t.Stance
		c.tell(targetsOK, stancesOK, right)
		if t.Stance != 0 {
			c.tell(polar, polarOK, right)
		}
		l.Stances = append(l.Stances, values(t.Stance, left[at].Stance))
		left = slices.Delete(left, at, at+1)
	}
	c[issuesCoded] += len(g.Issues)
	c[issuesFound] += len(p.Positions)
	issues := slices.Clone(p.Positions)
	for _, t := range g.Issues {
		at := slices.IndexFunc(issues, func(q ingest.ReportPosition) bool { return q.Issue == t.Issue })
		if at < 0 {
			continue
		}
		c.tell(issuesOK, agreementsOK, issues[at].Agreement == t.Agreement)
		l.Agreements = append(l.Agreements, values(t.Agreement, issues[at].Agreement))
		issues = slices.Delete(issues, at, at+1)
	}
}

func values(a, b int8) [2]string {
	return [2]string{strconv.Itoa(int(a)), strconv.Itoa(int(b))}
}
