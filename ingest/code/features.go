package code

import (
	_ "embed"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"mawqif/graph"
)

// features are the numbers of the features, by what they describe. Those of
// the kind "x" with a list of values stand one after the other: features.act
// is the first act.
type features struct {
	space
	// hints are, for the stem of a word, the issues that it goes with.
	hints map[string][]hint
	// of any of the models
	bias, act, issue, length, kind, own, form, near, self, holds int32
	// of an actor in the content, as a target
	order, times, inside, rank, before, place, placeBefore, title, starts int32
	// of an actor outside the content
	context, contextInside, contextOwn, contextKind, contextAct, contextRank, contextForm, contextLength                  int32
	objectAct, objectBefore, objectAt, objectAtAct, objectAtInside, pronoun, pronounLast, latest, previous, previousAlone int32
	// of a stance
	nearAct, selfAct, hostile, friendly, hostileAll, friendlyAll, tone, toneAct, sympathy, beforeAct, kindBefore int32
	kindAct, orderAct, startsAct, negated, negatedAct, balance                                                   int32
	// of an issue
	topic, sentences, frame, beforehand, away, awayIssue, awayOthers, awayTopic, awayLength, awayAct, awayShare, awayStated, share, stated, alluded int32
	hinted, found, words, others, natureAct, up, down, early, strongest                                                                             int32
	// of an act
	sure, language, actCue, actCueSays, actQuote, actSource, actHolds, actOpens, actNature, actNamed int32
	subject, mood, subjectMood, evokes, evokesTwice, evokesEarly, evokesMost                         int32
	// of an agreement
	polarity, naturePolarity, polarityAct, denied, natureHolds int32
}

// hint is an issue that a word goes with, and the feature of the two.
type hint struct{ issue, feature int32 }

// readHints gathers the hints from the names of the features, "about=ISSUE/STEM".
func (f *features) readHints(index map[string]int) {
	f.hints = map[string][]hint{}
	about := f.learned["about"]
	for _, pair := range slices.Sorted(maps.Keys(about)) {
		key, word, _ := strings.Cut(pair, "/")
		if issue, ok := index[key]; ok {
			f.hints[word] = append(f.hints[word], hint{int32(issue), about[pair]})
		}
	}
}

func newFeatures(issues []*issue) *features {
	f := &features{}
	actNames := make([]string, acts)
	for i, a := range graph.Acts {
		actNames[i] = string(a)
	}
	actorKinds := make([]string, len(graph.ActorKinds))
	for i, k := range graph.ActorKinds {
		actorKinds[i] = string(k)
	}
	forms := []string{"name", "adjective", "capital", "forces", "leader", "reference", "noun"}
	beforeNames := []string{"none", "edge", "mark"}
	for i := range befores - 3 {
		beforeNames = append(beforeNames, beforeName(i))
	}
	pronounNames := make([]string, 0, len(pronouns))
	for _, k := range pronouns {
		pronounNames = append(pronounNames, kindNames[k])
	}
	evaluations := kindNames[good : doer+1]
	keys := make([]string, len(issues))
	for i := range issues {
		keys[i] = issues[i].key
	}
	contextNames := []string{"object", "person", "body", "topic", "second-topic"}
	natureNames := []string{"aim", "deed", "charge"}
	polarityNames := []string{"none", "for", "against", "about", "both"}

	f.bias = f.block("bias", "1")
	f.act = f.block("act", actNames...)
	f.issue = f.block("issue", keys...)
	f.length = f.count("length", 6)
	f.kind = f.block("kind", actorKinds...)
	f.own = f.count("own", 4)
	f.form = f.block("form", forms...)
	f.self = f.block("self", evaluations...)
	f.near = f.block("near", product(evaluations, product([]string{"left", "right"}, []string{"close", "far"}))...)
	f.holds = f.block("holds", product(evaluations, []string{"one", "more"})...)

	f.order = f.count("order", 5)
	f.times = f.count("times", 4)
	f.inside = f.count("inside", 6)
	f.rank = f.count("rank", 6)
	f.before = f.block("before", beforeNames...)
	f.place = f.block("place", "1")
	f.placeBefore = f.block("place-before", beforeNames...)
	f.title = f.block("title", "1")
	f.starts = f.block("starts", "1")

	f.context = f.block("context", contextNames...)
	f.contextInside = f.block("context-inside", product(contextNames, []string{"0", "1", "2"})...)
	f.contextOwn = f.count("context-own", 4)
	f.contextKind = f.block("context-kind", actorKinds...)
	f.contextAct = f.block("context-act", actNames...)
	f.contextRank = f.count("context-rank", 6)
	f.contextForm = f.block("context-form", forms...)
	f.contextLength = f.count("context-length", 6)
	f.objectAct = f.block("object-act", actNames...)
	f.objectBefore = f.block("object-before", beforeNames...)
	places := []string{"before-cue", "between", "after-content"}
	f.objectAt = f.block("object-at", places...)
	f.objectAtAct = f.block("object-at-act", product(places, actNames)...)
	f.objectAtInside = f.block("object-at-inside", product(places, []string{"0", "1", "2"})...)
	f.pronoun = f.block("pronoun", product(pronounNames, actorKinds)...)
	f.pronounLast = f.block("pronoun-last", product(contextNames, pronounNames)...)
	f.latest = f.block("latest", "1")
	f.previous = f.block("previous", "1")
	f.previousAlone = f.block("previous-alone", "1")

	groupNames := []string{"neutral", "hostile", "friendly", "demand"}
	toneNames := []string{"0", "1", "2", "3", "4", "5"}
	f.nearAct = f.block("near-act", product(groupNames, f.names[f.near:f.near+nears])...)
	f.selfAct = f.block("self-act", product(groupNames, f.names[f.self:f.self+int32(len(evaluations))])...)
	f.hostile = f.count("hostile", 4)
	f.friendly = f.count("friendly", 4)
	f.hostileAll = f.count("hostile-all", 4)
	f.friendlyAll = f.count("friendly-all", 4)
	f.tone = f.block("tone", toneNames...)
	f.sympathy = f.block("sympathy", toneNames...)
	f.toneAct = f.block("tone-act", product(groupNames, toneNames)...)
	f.beforeAct = f.block("before-act", product(groupNames, beforeNames)...)
	f.kindBefore = f.block("kind-before", product(actorKinds, beforeNames)...)
	f.kindAct = f.block("kind-act", product(actorKinds, actNames)...)
	f.orderAct = f.block("order-act", product([]string{"0", "1", "2"}, actNames)...)
	f.startsAct = f.block("starts-act", actNames...)
	f.negated = f.block("negated", "1")
	f.negatedAct = f.block("negated-act", actNames...)
	f.balance = f.count("balance", 7)

	f.topic = f.count("topic", topicsMax+1)
	f.sentences = f.count("sentences", 6)
	f.frame = f.block("frame", "1")
	f.beforehand = f.block("beforehand", "1")
	f.away = f.block("away", "1")
	f.awayIssue = f.block("away-issue", keys...)
	f.awayOthers = f.count("away-others", 4)
	f.awayTopic = f.count("away-topic", topicsMax+1)
	f.awayLength = f.count("away-length", 6)
	f.awayAct = f.block("away-act", actNames...)
	f.awayShare = f.count("away-share", shareSteps)
	f.awayStated = f.count("away-stated", shareSteps)
	f.share = f.count("share", shareSteps)
	f.alluded = f.count("alluded", 4)
	f.stated = f.count("stated", shareSteps)
	f.hinted = f.count("hinted", 5)
	f.found = f.count("found", 5)
	f.words = f.count("words", 6)
	f.others = f.count("others", 7)
	f.natureAct = f.block("nature-act", product(natureNames, actNames)...)
	f.up = f.block("up", "1")
	f.down = f.block("down", "1")
	f.early = f.block("early", "1")
	f.strongest = f.block("strongest", "1")

	f.polarity = f.block("polarity", polarityNames...)
	f.naturePolarity = f.block("nature-polarity", product(natureNames, polarityNames)...)
	f.polarityAct = f.block("polarity-act", product(polarityNames, actNames)...)
	f.denied = f.block("denied", "1")
	f.natureHolds = f.block("nature-holds", product(natureNames, evaluations)...)

	f.sure = f.count("sure", len(sureSteps)+1)
	f.language = f.block("language", Languages...)
	f.actCue = f.block("act-cue", actNames...)
	f.actCueSays = f.block("act-cue-says", product(Languages, []string{"neutral", "actNames"})...)
	f.actQuote = f.block("act-quote", "0", "1", "2")
	f.actSource = f.block("act-source", append([]string{"none"}, actorKinds...)...)
	f.subject = f.block("subject", subjectNames...)
	f.mood = f.block("mood", product([]string{"yes", "no"}, moodNames)...)
	f.subjectMood = f.block("subject-mood", product([]string{"yes", "no"}, product(subjectNames, moodNames))...)
	f.evokes = f.block("evokes", actNames...)
	f.evokesTwice = f.block("evokes-twice", actNames...)
	f.evokesEarly = f.block("evokes-early", actNames...)
	f.evokesMost = f.block("evokes-most", actNames...)
	f.actHolds = f.block("act-holds", product([]string{"one", "more"}, kindNames[:])...)
	f.actOpens = f.block("act-opens", kindNames[:]...)
	f.actNature = f.block("act-nature", product(natureNames, []string{"against", "about", "for"})...)
	f.actNamed = f.count("act-named", 3)
	return f
}

// acts is how many acts there are.
const acts = 12

var (
	subjectNames = []string{"things", "self", "hearer", "named"}
	moodNames    = []string{"none", "imperative", "ought", "will", "would", "could", "perfect", "past", "present", "passive", "question"}
)

// nears is how many features tell what stands near a mention.
const nears = int32(doer-good+1) * 4

// befores is how many answers [article.before] gives.
const befores = 53

// beforeName names function word i by its English form.
func beforeName(i int) string { return fmt.Sprint("word", i) }

// product joins every a with every b, b the faster.
func product(a, b []string) []string {
	list := make([]string, 0, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			list = append(list, x+"/"+y)
		}
	}
	return list
}

//go:embed weights.tsv
var weightsFile string

// weigh makes the models of the codebook from the weights that the binary
// carries.
func (c *Codebook) weigh() error {
	return c.Weigh(strings.NewReader(weightsFile))
}

// Weigh replaces the weights of the models by those that [Codebook.Train]
// wrote. It must not be called while the codebook is in use.
func (c *Codebook) Weigh(r io.Reader) error {
	c.features = newFeatures(c.issues)
	var models []*model
	for _, name := range Languages {
		l := c.languages[name]
		l.act = newModel(name+" act", acts, 0)
		l.target, l.stance = newModel(name+" target", 1, 0), newModel(name+" stance", 3, 0)
		l.theme, l.agreement = newModel(name+" issue", 1, 0), newModel(name+" agreement", 3, 0)
		l.confidence = newModel(name+" confidence", 1, 0)
		models = append(models, l.act, l.target, l.stance, l.theme, l.agreement, l.confidence)
	}
	if err := readWeights(r, &c.features.space, models...); err != nil {
		return fmt.Errorf("weights: %w", err)
	}
	c.features.readHints(c.index)
	return nil
}
