package code

import (
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/extract/linear"
	"mawqif/ingest/link"
	"mawqif/ingest/text"
)

// Lesson is an article with what a reader coded, to fit the weights to.
type Lesson struct {
	Text   *text.Text
	Found  []extract.Attribution
	Linked link.Linked
	// Coded has one element an attribution; nil for one that no reader coded.
	Coded []*Coded
	// ActsCoded tells that the acts of the attributions are those of the reader,
	// not of the cues: nothing is learned about acts.
	ActsCoded bool
	// Whole tells that the reader coded every statement of the article, and that
	// the rules were not made from it: confidence is learned from such lessons
	// alone.
	Whole bool
	// Corrected tells that the reader corrected what the rules had found, instead
	// of coding the article afresh: its statements count for less.
	Corrected bool
}

// Coded is what a reader coded of a statement.
type Coded struct {
	Act     graph.Act
	Targets []CodedTarget
	Issues  []CodedIssue
	// TargetsLeft tells that the reader coded no targets, whether there are some
	// or not.
	TargetsLeft bool
}

// CodedTarget is a target with its stance, −1 to 1.
type CodedTarget struct {
	// Is tells whether the reader means this actor, named like that.
	Is     func(*graph.Actor, string) bool
	Stance int8
}

// CodedIssue is an issue with the agreement, −1 to 1.
type CodedIssue struct {
	Key       string
	Agreement int8
}

// row is an example of a model: its features, its class, and how often it is
// shown in a pass; 0 is as good as 1.
type row struct {
	features []int32
	class    int
	times    int
}

// freshTimes is how many statements of a corrected article one of an article
// coded afresh is worth.
const freshTimes = 5

// times gives rows the weight of their lesson.
func (l *Lesson) times(rows ...row) []row {
	if !l.Corrected {
		for i := range rows {
			rows[i].times = freshTimes
		}
	}
	return rows
}

// seenOften is in how many statements a word must be for a feature of its own.
const seenOften = 3

// crossed is in how many parts the lessons are divided to guess the acts that
// the other models learn with: guessed by weights that have not seen them, so
// that they are as often wrong as they will be.
const crossed = 4

// Train fits the weights of the models to lessons and writes them. The same
// lessons give the same weights.
func (c *Codebook) Train(lessons []Lesson, w io.Writer) error {
	c.features = newFeatures(c.issues)
	articles := make([]*article, len(lessons))
	for i := range lessons {
		lesson := &lessons[i]
		a := newArticle(c, c.languages[lesson.Text.Lang], lesson.Text, &lesson.Linked)
		var previous *statement
		for k := range lesson.Found {
			previous = a.statement(k, &lesson.Found[k], previous)
		}
		articles[i] = a
	}
	c.learnWords(lessons, articles)
	hints := c.learnHints(lessons, articles)
	c.guessActs(lessons, articles)
	n := len(c.features.names)
	var models []*model
	for _, name := range Languages {
		var act, target, stance, theme, agreement, confidence []row
		for i, a := range articles {
			if a.language.name != name {
				continue
			}
			a.weighAttitudes()
			c.features.hints = hints[i]
			for k, s := range a.said {
				coded := lessons[i].Coded[k]
				if lessons[i].Whole && !lessons[i].ActsCoded {
					r := row{features: c.sureFeatures(s.Attribution, nil)}
					if coded != nil {
						r.class = 1
					}
					confidence = append(confidence, r)
				}
				if coded == nil {
					continue
				}
				if learnsAct(&lessons[i], s) {
					act = append(act, lessons[i].times(a.actRow(s, coded))...)
				}
				if !coded.TargetsLeft {
					t, st := a.targetRows(s, coded)
					target, stance = append(target, lessons[i].times(t...)...), append(stance, lessons[i].times(st...)...)
				}
				is, ag := a.themeRows(s, coded)
				theme, agreement = append(theme, lessons[i].times(is...)...), append(agreement, lessons[i].times(ag...)...)
			}
		}
		models = append(models,
			fit(name+" act", act, acts, n, actPenalty), fit(name+" target", target, 1, n, targetPenalty),
			fit(name+" stance", stance, 3, n, stancePenalty), fit(name+" issue", theme, 1, n, themePenalty),
			fit(name+" agreement", agreement, 3, n, agreementPenalty),
			fit(name+" confidence", confidence, 1, n, confidencePenalty))
	}
	return writeWeights(w, &c.features.space, models...)
}

// The penalties of the models, those that did best in cross-validation.
const (
	actPenalty       = 5
	targetPenalty    = 20
	stancePenalty    = 100
	themePenalty     = 10
	agreementPenalty = 20

	confidencePenalty = 2
)

// learnsAct tells whether a statement teaches what act it is.
func learnsAct(lesson *Lesson, s *statement) bool {
	return !lesson.ActsCoded && s.Act != graph.ActDeclineComment
}

// guessActs gives each statement the act that a model of the other articles
// guesses.
func (c *Codebook) guessActs(lessons []Lesson, articles []*article) {
	for _, l := range c.languages {
		rows := make([][]row, crossed)
		for i, a := range articles {
			for k, s := range a.said {
				if coded := lessons[i].Coded[k]; coded != nil && a.language == l && learnsAct(&lessons[i], s) {
					rows[i/2%crossed] = append(rows[i/2%crossed], lessons[i].times(a.actRow(s, coded))...)
				}
			}
		}
		for part := range crossed {
			l.act = fit("act", slices.Concat(slices.Delete(slices.Clone(rows), part, part+1)...), acts, len(c.features.names), actPenalty)
			for i, a := range articles {
				if i/2%crossed != part || lessons[i].ActsCoded || a.language != l {
					continue
				}
				for _, s := range a.said {
					s.act = a.findAct(s)
				}
			}
		}
	}
}

// learnWords makes features of the words that are often in coded contents and
// around the names in them, in the order of the lessons.
func (c *Codebook) learnWords(lessons []Lesson, articles []*article) {
	type feature struct{ prefix, word string }
	seen := map[feature]int{}
	for i, a := range articles {
		if lessons[i].ActsCoded {
			continue
		}
		for k, s := range a.said {
			if lessons[i].Coded[k] == nil {
				continue
			}
			once := map[feature]bool{}
			see := func(prefix, word string) {
				x := feature{prefix, word}
				if once[x] {
					return
				}
				once[x] = true
				if seen[x]++; seen[x] == seenOften {
					c.features.learn(prefix, word)
				}
			}
			see("cue", stem(a.cueWord(s), a.language.name))
			if s.Act == graph.ActState {
				for n, w := range a.stems(s) {
					see("word", w)
					if n < openingWords {
						see("opens", w)
					}
				}
			}
			for _, t := range a.themes(s) {
				if t.inside > 0 || t.alluded > 0 {
					see("by", a.foundBy(&t))
				}
			}
			for _, n := range s.named {
				for _, m := range a.actors[n].mentions {
					if s.holds(a.reading.wordAt(a.reading.mentions[m].Start)) {
						a.neighbours(m, see)
					}
				}
			}
		}
	}
}

// A word goes with an issue if it is in at least hintsMin statements coded with
// it, and these are at least one in hintsOdds of all that have the word.
const (
	hintsMin  = 3
	hintsOdds = 4
)

// association counts words, and words with issues, in coded statements.
type association struct{ of, with map[string]int }

func (x association) holds(pair string, without *association) bool {
	_, w, _ := strings.Cut(pair, "/")
	with, of := x.with[pair], x.of[w]
	if without != nil {
		with -= without.with[pair]
		of -= without.of[w]
	}
	return with >= hintsMin && with*hintsOdds >= of && len(w) > 3
}

// learnHints makes features of the words that go with an issue. It returns,
// for each lesson, the hints that hold without it: what a word goes with must
// not be learned from the statement that it is to tell the issue of.
func (c *Codebook) learnHints(lessons []Lesson, articles []*article) []map[string][]hint {
	all := association{map[string]int{}, map[string]int{}}
	each := make([]association, len(articles))
	for i, a := range articles {
		each[i] = association{map[string]int{}, map[string]int{}}
		for k, s := range a.said {
			coded := lessons[i].Coded[k]
			if coded == nil {
				continue
			}
			stems := slices.Clone(a.stems(s))
			slices.Sort(stems)
			for _, w := range slices.Compact(stems) {
				for _, x := range []association{all, each[i]} {
					x.of[w]++
					for _, t := range coded.Issues {
						x.with[t.Key+"/"+w]++
					}
				}
			}
		}
	}
	for _, pair := range slices.Sorted(maps.Keys(all.with)) {
		if all.holds(pair, nil) {
			c.features.learn("about", pair)
		}
	}
	c.features.readHints(c.index)
	without := make([]map[string][]hint, len(articles))
	for i := range articles {
		without[i] = map[string][]hint{}
		own := each[i]
		if k := i ^ 1; k < len(articles) && lessons[k].Text == lessons[i].Text {
			own = association{maps.Clone(each[i].of), maps.Clone(each[i].with)}
			for w, n := range each[k].of {
				own.of[w] += n
			}
			for w, n := range each[k].with {
				own.with[w] += n
			}
		}
		for w, hints := range c.features.hints {
			for _, h := range hints {
				if all.holds(c.issues[h.issue].key+"/"+w, &own) {
					without[i][w] = append(without[i][w], h)
				}
			}
		}
	}
	return without
}

func (a *article) actRow(s *statement, coded *Coded) row {
	return row{features: a.actFeatures(s, nil), class: slices.Index(graph.Acts, coded.Act)}
}

func (a *article) targetRows(s *statement, coded *Coded) (target, stance []row) {
	candidates := a.candidates(s)
	inside := 0
	for i := range candidates {
		if candidates[i].inside {
			inside++
		}
	}
	taken := make([]bool, len(coded.Targets))
	for i := range candidates {
		c := &candidates[i]
		r := row{features: a.targetFeatures(s, c, inside, nil)}
		for k, t := range coded.Targets {
			if taken[k] || !t.Is(a.actors[c.actor].Actor, a.reading.t.At(a.reading.mentions[c.mention].Span)) {
				continue
			}
			taken[k], r.class = true, 1
			stance = append(stance, row{features: a.stanceFeatures(s, c, nil), class: int(t.Stance) + 1})
			break
		}
		target = append(target, r)
	}
	return target, stance
}

func (a *article) themeRows(s *statement, coded *Coded) (theme, agreement []row) {
	themes := a.themes(s)
	for i := range themes {
		t := &themes[i]
		r := row{features: a.themeFeatures(s, t, themes, nil)}
		for _, k := range coded.Issues {
			if k.Key == a.book.issues[t.issue].key {
				r.class = 1
				agreement = append(agreement, row{features: a.agreementFeatures(s, t, nil), class: int(k.Agreement) + 1})
				break
			}
		}
		theme = append(theme, r)
	}
	return theme, agreement
}

// fit fits a model by logistic regression with an L2 penalty (softmax for more
// than one class): AdaGrad over the rows, shuffled the same way each time, the
// weights averaged over the second half of the passes.
func fit(name string, rows []row, classes, features int, penalty float64) *model {
	m := newModel(name, classes, features)
	weights, sums, squares := make([][]float64, classes), make([][]float64, classes), make([][]float64, classes)
	for c := range weights {
		weights[c], sums[c], squares[c] = make([]float64, features), make([]float64, features), make([]float64, features)
	}
	if len(rows) == 0 {
		return m
	}
	seen := make([]float64, features)
	var shown []*row // each as often as it counts
	for i := range rows {
		r := &rows[i]
		for range max(1, r.times) {
			shown = append(shown, r)
			for _, f := range r.features {
				seen[f]++
			}
		}
	}
	const passes, rate = 40, 0.1
	chance := make([]float64, max(2, classes))
	order := linear.NewOrder(len(shown))
	for pass := range passes {
		for _, n := range order.Next() {
			r := shown[n]
			probabilities(weights, r.features, chance)
			for c := range classes {
				slope := chance[c]
				if classes == 1 && r.class == 1 || classes > 1 && r.class == c {
					slope--
				}
				w, q := weights[c], squares[c]
				for _, f := range r.features {
					// The penalty of a weight is spread over the rows that have it.
					g := slope + penalty*w[f]/seen[f]/2
					q[f] += g * g
					w[f] -= rate * g / (math.Sqrt(q[f]) + 1e-8)
				}
			}
		}
		if pass >= passes/2 {
			for c := range weights {
				for f, v := range weights[c] {
					sums[c][f] += v
				}
			}
		}
	}
	for c := range m.weights {
		for f, v := range sums[c] {
			m.weights[c][f] = float32(v / (passes - passes/2))
		}
	}
	return m
}

// probabilities fills p with the chance of each class, or of the one.
func probabilities(weights [][]float64, features []int32, p []float64) {
	total := 0.0
	for c := range weights {
		sum := 0.0
		for _, f := range features {
			sum += weights[c][f]
		}
		p[c] = math.Exp(min(30, max(-30, sum)))
		total += p[c]
	}
	if len(weights) == 1 {
		total++
	}
	for c := range weights {
		p[c] /= total
	}
}
