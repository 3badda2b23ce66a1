package eval

import (
	"math/rand/v2"
	"slices"
)

// Figure is one figure of a summary: its value, 0 to 1, and how sure it is.
type Figure struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	// Low and High bound the middle 95 % of the values that the figure takes
	// when the articles are drawn anew, with replacement (percentile bootstrap,
	// Efron 1979).
	Low  float64 `json:"low"`
	High float64 `json:"high"`
	// Of is the number of cases behind the figure.
	Of int `json:"of"`
}

// Summary is the sum over articles.
type Summary struct {
	Documents int `json:"documents"`
	Missing   int `json:"missing"`
	Coded     int `json:"coded"`
	Found     int `json:"found"`
	// Figures come in the order in which they are read: statements first, then
	// what is measured on matched pairs.
	Figures []Figure `json:"figures"`
	// Agreements are Krippendorff's alpha on the labels of matched pairs.
	Agreements []Figure `json:"agreements"`
	// Reliability tells whether the confidences of the found statements can be
	// believed: of those given .8, four in five should be coded too.
	Reliability []Bin `json:"reliability"`
}

// Bin is the statements whose confidence is from From up to To.
type Bin struct {
	From float64 `json:"from"`
	To   float64 `json:"to"`
	// Claimed is their mean confidence, Right the share that is coded too.
	Claimed float64 `json:"claimed"`
	Right   float64 `json:"right"`
	Of      int     `json:"of"`
}

// bounds are the edges of the bins of reliability.
var bounds = []float64{0, 0.5, 0.6, 0.7, 0.8, 0.9, 1}

// reliability sorts claims into bins; empty ones are left out.
func reliability(claims []Claim) []Bin {
	var bins []Bin
	for k := 1; k < len(bounds); k++ {
		b := Bin{From: bounds[k-1], To: bounds[k]}
		right := 0
		for _, c := range claims {
			if c.Confidence < b.From || c.Confidence >= b.To && (c.Confidence > 1 || b.To < 1) {
				continue
			}
			b.Of++
			b.Claimed += c.Confidence
			if c.Right {
				right++
			}
		}
		if b.Of > 0 {
			b.Claimed /= float64(b.Of)
			b.Right = float64(right) / float64(b.Of)
			bins = append(bins, b)
		}
	}
	return bins
}

type figure struct {
	name string
	of   int
	rate func(c *Counts) float64
}

func share(ok, all int) func(*Counts) float64 {
	return func(c *Counts) float64 { return quotient(c[ok], c[all]) }
}

func fmeasure(ok, given, gold int) func(*Counts) float64 {
	return func(c *Counts) float64 {
		p, r := quotient(c[ok], c[given]), quotient(c[ok], c[gold])
		if p+r == 0 {
			return 0
		}
		return 2 * p * r / (p + r)
	}
}

func quotient(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// figures are all ratios of [Counts], in reading order.
var figures = []figure{
	{"statement precision", found, share(over50, found)},
	{"statement recall", coded, share(over50, coded)},
	{"statement F1", coded, fmeasure(over50, found, coded)},
	{"statement F1, contents equal", coded, fmeasure(exact, found, coded)},
	{"statement F1, overlap .8", coded, fmeasure(over80, found, coded)},
	{"statement F1, overlap .3", coded, fmeasure(over30, found, coded)},
	{"content characters F1", charsCoded, fmeasure(charsOK, charsFound, charsCoded)},
	{"statement and speaker F1", coded, fmeasure(speakersOK, found, coded)},
	{"cue found", cues, share(cuesOK, cues)},
	{"source span", sources, share(sourcesOK, sources)},
	{"speaker identified", over50, share(speakersOK, over50)},
	{"on behalf of", behalf, share(behalfOK, behalf)},
	{"quote type", over50, share(quotesOK, over50)},
	{"act", over50, share(actsOK, over50)},
	{"said date", dates, share(datesOK, dates)},
	{"targets precision", targetsFound, share(targetsOK, targetsFound)},
	{"targets recall", targetsCoded, share(targetsOK, targetsCoded)},
	{"targets F1", targetsCoded, fmeasure(targetsOK, targetsFound, targetsCoded)},
	{"stance on found targets", targetsOK, share(stancesOK, targetsOK)},
	{"stance on polar ones", polar, share(polarOK, polar)},
	{"issues precision", issuesFound, share(issuesOK, issuesFound)},
	{"issues recall", issuesCoded, share(issuesOK, issuesCoded)},
	{"issues F1", issuesCoded, fmeasure(issuesOK, issuesFound, issuesCoded)},
	{"agreement on found issues", issuesOK, share(agreementsOK, issuesOK)},
	{"evidence verified", spans, share(spansOK, spans)},
}

const (
	resamples = 2000
	seed      = 1979
)

// Summarise adds up the scores of articles. The same scores in the same order
// give the same intervals.
func Summarise(scores []Score) Summary {
	var (
		total  Counts
		labels Labels
		claims []Claim
	)
	for i := range scores {
		total.add(&scores[i].Counts)
		claims = append(claims, scores[i].Claims...)
		l := &scores[i].Labels
		labels.Acts = append(labels.Acts, l.Acts...)
		labels.QuoteTypes = append(labels.QuoteTypes, l.QuoteTypes...)
		labels.Stances = append(labels.Stances, l.Stances...)
		labels.Agreements = append(labels.Agreements, l.Agreements...)
	}
	s := Summary{Documents: total[documents], Missing: total[missing], Coded: total[coded], Found: total[found], Reliability: reliability(claims)}
	drawn := make([][]float64, len(figures))
	draw := rand.New(rand.NewPCG(seed, uint64(len(scores))))
	for range resamples {
		var c Counts
		for range scores {
			c.add(&scores[draw.IntN(len(scores))].Counts)
		}
		for k, f := range figures {
			drawn[k] = append(drawn[k], f.rate(&c))
		}
	}
	for k, f := range figures {
		slices.Sort(drawn[k])
		s.Figures = append(s.Figures, Figure{
			Name: f.name, Value: f.rate(&total), Of: total[f.of],
			Low: drawn[k][resamples*25/1000], High: drawn[k][resamples*975/1000-1],
		})
	}
	for _, a := range []struct {
		name  string
		pairs [][2]string
	}{{"act", labels.Acts}, {"quote type", labels.QuoteTypes}, {"stance", labels.Stances}, {"agreement", labels.Agreements}} {
		if alpha, ok := Alpha(a.pairs); ok {
			s.Agreements = append(s.Agreements, Figure{Name: a.name, Value: alpha, Of: len(a.pairs)})
		}
	}
	return s
}

// Alpha is Krippendorff's alpha for nominal labels that two coders gave to the
// same units: 1 is perfect agreement, 0 what chance would give, below 0 worse
// (Krippendorff, Content Analysis, 2004, ch. 11). It is undefined, and ok
// false, if there are no units or only one label was ever used.
func Alpha(pairs [][2]string) (alpha float64, ok bool) {
	count := map[string]int{}
	disagreed := 0
	for _, p := range pairs {
		count[p[0]]++
		count[p[1]]++
		if p[0] != p[1] {
			disagreed += 2
		}
	}
	n := 2 * len(pairs)
	expected := n * n
	for _, k := range count {
		expected -= k * k
	}
	if expected == 0 {
		return 0, false
	}
	return 1 - float64(n-1)*float64(disagreed)/float64(expected), true
}
