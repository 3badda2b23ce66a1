package code

import (
	_ "embed"
	"fmt"
	"io"
	"strings"

	"mawqif/graph"
)

// features are the numbers of the features, by what they describe. Those of
// the kind "x" with a list of values stand one after the other: features.act
// is the first act.
type features struct {
	space
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
	topic, sentences, frame, beforehand, away, awayIssue, awayOthers, awayTopic, awayLength, awayAct int32
	found, words, others, natureAct, up, down, early, strongest                                      int32
	// of an act
	quoted, actHolds, actOpens, actNature, actNamed int32
	// of an agreement
	polarity, naturePolarity, polarityAct, denied, natureHolds int32
}

func newFeatures(issues []*issue) *features {
	f := &features{}
	acts := make([]string, len(graph.Acts))
	for i, a := range graph.Acts {
		acts[i] = string(a)
	}
	actorKinds := make([]string, len(graph.ActorKinds))
	for i, k := range graph.ActorKinds {
		actorKinds[i] = string(k)
	}
	forms := []string{"name", "adjective", "capital", "forces", "leader"}
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
	f.act = f.block("act", acts...)
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
	f.contextAct = f.block("context-act", acts...)
	f.contextRank = f.count("context-rank", 6)
	f.contextForm = f.block("context-form", forms...)
	f.contextLength = f.count("context-length", 6)
	f.objectAct = f.block("object-act", acts...)
	f.objectBefore = f.block("object-before", beforeNames...)
	places := []string{"before-cue", "between", "after-content"}
	f.objectAt = f.block("object-at", places...)
	f.objectAtAct = f.block("object-at-act", product(places, acts)...)
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
	f.kindAct = f.block("kind-act", product(actorKinds, acts)...)
	f.orderAct = f.block("order-act", product([]string{"0", "1", "2"}, acts)...)
	f.startsAct = f.block("starts-act", acts...)
	f.negated = f.block("negated", "1")
	f.negatedAct = f.block("negated-act", acts...)
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
	f.awayAct = f.block("away-act", acts...)
	f.found = f.count("found", 5)
	f.words = f.count("words", 6)
	f.others = f.count("others", 7)
	f.natureAct = f.block("nature-act", product(natureNames, acts)...)
	f.up = f.block("up", "1")
	f.down = f.block("down", "1")
	f.early = f.block("early", "1")
	f.strongest = f.block("strongest", "1")

	f.polarity = f.block("polarity", polarityNames...)
	f.naturePolarity = f.block("nature-polarity", product(natureNames, polarityNames)...)
	f.polarityAct = f.block("polarity-act", product(polarityNames, acts)...)
	f.denied = f.block("denied", "1")
	f.natureHolds = f.block("nature-holds", product(natureNames, evaluations)...)

	f.quoted = f.block("quoted", "1")
	f.actHolds = f.block("act-holds", product([]string{"one", "more"}, kindNames[:])...)
	f.actOpens = f.block("act-opens", kindNames[:]...)
	f.actNature = f.block("act-nature", product(natureNames, []string{"against", "about", "for"})...)
	f.actNamed = f.count("act-named", 3)
	return f
}

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
	c.features = newFeatures(c.issues)
	return c.Weigh(strings.NewReader(weightsFile))
}

// Weigh replaces the weights of the models by those that [Codebook.Train]
// wrote. It must not be called while the codebook is in use.
func (c *Codebook) Weigh(r io.Reader) error {
	n := len(c.features.names)
	c.target, c.stance = newModel("target", 1, n), newModel("stance", 3, n)
	c.theme, c.agreement = newModel("issue", 1, n), newModel("agreement", 3, n)
	c.act = newModel("act", len(graph.Acts), n)
	if err := readWeights(r, &c.features.space, c.act, c.target, c.stance, c.theme, c.agreement); err != nil {
		return fmt.Errorf("weights: %w", err)
	}
	return nil
}
