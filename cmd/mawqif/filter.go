package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"mawqif/graph"
)

// filterFlags select statements, as the filter of the API does.
type filterFlags struct {
	speakers, behalf, targets, issues, positions, places, articles, outlets []string
	languages, acts, quotes, extractors                                     []string
	rollUp                                                                  bool
	stances, agreements                                                     []int
	saidFrom, saidTo, publishedFrom, publishedTo, text                      string
	minConfidence                                                           float64

	named mentions
}

// mentions are the nodes that flags name, and how.
type mentions map[graph.ID]string

func (m *mentions) add(id graph.ID, flag, text string) {
	if *m == nil {
		*m = mentions{}
	}
	(*m)[id] = fmt.Sprintf("--%s %q", flag, text)
}

// tellUnknown says on standard error which nodes that flags name are not in the
// open store.
func (m *Main) tellUnknown(ctx context.Context, all ...mentions) error {
	var unknown []string
	for _, named := range all {
		ids := map[graph.Kind][]graph.ID{}
		for id := range named {
			ids[id.Kind()] = append(ids[id.Kind()], id)
		}
		for kind, of := range ids {
			found, err := m.find(ctx, kind, of)
			if err != nil {
				return err
			}
			for _, id := range of {
				if !found(id) {
					unknown = append(unknown, fmt.Sprintf("%s: the store has no such %s", named[id], kind))
				}
			}
		}
	}
	slices.Sort(unknown)
	for _, line := range unknown {
		fmt.Fprintln(m.Stderr, line)
	}
	return nil
}

// find reads nodes of a kind, and returns what tells whether one is there.
func (m *Main) find(ctx context.Context, kind graph.Kind, ids []graph.ID) (func(graph.ID) bool, error) {
	switch kind {
	case graph.KindActor:
		return among(m.store.Actors(ctx, ids))
	case graph.KindPlace:
		return among(m.store.Places(ctx, ids))
	case graph.KindOutlet:
		return among(m.store.Outlets(ctx, ids))
	case graph.KindIssue:
		return among(m.store.Issues(ctx, ids))
	case graph.KindPosition:
		return among(m.store.Positions(ctx, ids))
	case graph.KindArticle:
		return among(m.store.Articles(ctx, ids))
	}
	return func(graph.ID) bool { return true }, nil // which no filter names
}

func among[T any](found map[graph.ID]T, err error) (func(graph.ID) bool, error) {
	return func(id graph.ID) bool { _, ok := found[id]; return ok }, err
}

func (f *filterFlags) add(flags *pflag.FlagSet) {
	flags.StringArrayVar(&f.speakers, "speaker", nil, "only statements of these speakers, each a key such as state/us or an id")
	flags.StringArrayVar(&f.behalf, "on-behalf-of", nil, "only statements on behalf of these actors")
	flags.StringArrayVar(&f.targets, "target", nil, "only statements towards these actors")
	flags.BoolVar(&f.rollUp, "roll-up", false, "let an actor stand for all that is part of it, and for who speaks on its behalf")
	flags.StringArrayVar(&f.issues, "issue", nil, "only positions on these issues, each a key such as sanctions, CODEBOOK/KEY, or an id")
	flags.StringArrayVar(&f.positions, "position", nil, "only these positions, by id")
	flags.StringArrayVar(&f.places, "place", nil, "only statements about these places, each a key such as place/sy or an id")
	flags.StringArrayVar(&f.articles, "article", nil, "only statements of these articles, by id")
	flags.StringArrayVar(&f.outlets, "outlet", nil, "only statements of articles of these outlets, each a key such as outlet/reuters or an id")
	flags.StringSliceVar(&f.languages, "lang", nil, "only statements of articles in these languages")
	flags.StringSliceVar(&f.acts, "act", nil, "only these acts, such as REQUEST")
	flags.StringSliceVar(&f.quotes, "quote-type", nil, "only these types of quotation: DIRECT, INDIRECT, MIXED")
	flags.StringSliceVar(&f.extractors, "extractor", nil, "only statements that these extractors produced, such as rules; hand for those that people coded")
	flags.IntSliceVar(&f.stances, "stance", nil, "only stances towards targets of these values: -1, 0, 1")
	flags.IntSliceVar(&f.agreements, "agreement", nil, "only agreements with positions of these values: -1, 0, 1")
	flags.StringVar(&f.saidFrom, "said-from", "", "only what was said on this day or later, 2020-06-05")
	flags.StringVar(&f.saidTo, "said-to", "", "only what was said on this day or earlier")
	flags.StringVar(&f.publishedFrom, "published-from", "", "only articles published on this day or later")
	flags.StringVar(&f.publishedTo, "published-to", "", "only articles published on this day or earlier")
	flags.StringVar(&f.text, "text", "", "only statements whose content has these words")
	flags.Float64Var(&f.minConfidence, "min-confidence", 0, "only statements at least this sure, 0 to 1")
}

// usualCodebook is the name of the codebook where an issue's key is looked up
// if none is named: the configured one, or the one that the binary carries.
func (m *Main) usualCodebook() (string, error) {
	if m.config.Codebook == "" { // else not read
		return "default", nil
	}
	book, err := m.codebook()
	if err != nil {
		return "", err
	}
	return book.Name(), nil
}

// filter checks the flags. Issues without a codebook are of the one named.
func (f *filterFlags) filter(codebook string) (graph.StatementFilter, error) {
	out := graph.StatementFilter{RollUp: f.rollUp, Languages: f.languages, Extractors: f.extractors, Text: f.text, MinConfidence: f.minConfidence}
	for _, refs := range []struct {
		flag   string
		kind   graph.Kind
		values []string
		into   *[]graph.ID
	}{
		{"speaker", graph.KindActor, f.speakers, &out.Speakers}, {"on-behalf-of", graph.KindActor, f.behalf, &out.OnBehalfOf},
		{"target", graph.KindActor, f.targets, &out.Targets}, {"place", graph.KindPlace, f.places, &out.Places},
		{"outlet", graph.KindOutlet, f.outlets, &out.Outlets}, {"issue", graph.KindIssue, f.issues, &out.Issues},
		{"position", graph.KindPosition, f.positions, &out.Positions}, {"article", graph.KindArticle, f.articles, &out.Articles},
	} {
		for _, v := range refs.values {
			id, err := reference(refs.kind, v, codebook)
			if err != nil {
				return out, fmt.Errorf("--%s: %w", refs.flag, err)
			}
			f.named.add(id, refs.flag, v)
			*refs.into = append(*refs.into, id)
		}
	}
	for _, a := range f.acts {
		if !slices.Contains(graph.Acts, graph.Act(a)) {
			return out, fmt.Errorf("--act %q is none of %v", a, graph.Acts)
		}
		out.Acts = append(out.Acts, graph.Act(a))
	}
	for _, q := range f.quotes {
		if !slices.Contains(graph.QuoteTypes, graph.QuoteType(q)) {
			return out, fmt.Errorf("--quote-type %q is none of %v", q, graph.QuoteTypes)
		}
		out.QuoteTypes = append(out.QuoteTypes, graph.QuoteType(q))
	}
	for _, signs := range []struct {
		flag   string
		values []int
		into   *[]int8
	}{{"stance", f.stances, &out.Stances}, {"agreement", f.agreements, &out.Agreements}} {
		for _, v := range signs.values {
			if v < -1 || v > 1 {
				return out, fmt.Errorf("--%s %d is none of -1, 0, 1", signs.flag, v)
			}
			*signs.into = append(*signs.into, int8(v))
		}
	}
	for _, day := range []struct {
		flag, value string
		into        *graph.Day
	}{
		{"said-from", f.saidFrom, &out.SaidFrom}, {"said-to", f.saidTo, &out.SaidTo},
		{"published-from", f.publishedFrom, &out.PublishedFrom}, {"published-to", f.publishedTo, &out.PublishedTo},
	} {
		if day.value == "" {
			continue
		}
		d, err := graph.ParseDay(day.value)
		if err != nil {
			return out, fmt.Errorf("--%s: %w", day.flag, err)
		}
		*day.into = d
	}
	if !(f.minConfidence >= 0 && f.minConfidence <= 1) {
		return out, fmt.Errorf("--min-confidence %v is not between 0 and 1", f.minConfidence)
	}
	return out, nil
}

// reference returns the id that a text means: an id of the kind, or a key.
func reference(kind graph.Kind, text, codebook string) (graph.ID, error) {
	if id := graph.ID(text); id.Kind() != "" {
		if id.Kind() != kind {
			return "", fmt.Errorf("%q is the id of a node of kind %s, not %s", text, id.Kind(), kind)
		}
		return id, nil
	}
	switch kind {
	case graph.KindActor, graph.KindPlace, graph.KindOutlet:
		if strings.Contains(text, "/") {
			return graph.NewID(kind, text), nil
		}
		return "", fmt.Errorf("%q is neither an id (%s:…) nor a key, which holds a slash, such as state/us", text, kind)
	case graph.KindIssue:
		if book, key, ok := strings.Cut(text, "/"); ok {
			return graph.NewIssue(book, key).ID, nil
		}
		return graph.NewIssue(codebook, text).ID, nil
	}
	return "", fmt.Errorf("%q is not an id like %s:…", text, kind)
}
