package graphtest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"mawqif/graph"
)

func ids(nodes ...named) []graph.ID {
	var out []graph.ID
	for _, n := range nodes {
		out = append(out, n.actor.ID)
	}
	return out
}

// filterCases are filters with the statements they find.
var filterCases = []struct {
	name   string
	filter graph.StatementFilter
	want   []string
}{
	{"all", graph.StatementFilter{}, []string{
		"karim-accuses", "nobody", "official-talks", "ortega-calls", "ortega-exempts", "petrov-denies",
		"press-agrees", "report-fails", "us-warns", "wing-supports",
	}},

	{"speaker", graph.StatementFilter{Speakers: ids(ortega)}, []string{"ortega-calls", "ortega-exempts"}},
	{"one of two speakers", graph.StatementFilter{Speakers: ids(us, karim)}, []string{"karim-accuses", "us-warns"}},
	{"speaker that nobody knows", graph.StatementFilter{Speakers: []graph.ID{graph.NewActor("", "nobody").ID}}, nil},
	{"speaker that is no actor", graph.StatementFilter{Speakers: []graph.ID{syria.place.ID, "", "x"}}, nil},
	{"known and unknown speakers", graph.StatementFilter{Speakers: []graph.ID{"x", us.actor.ID}}, []string{"us-warns"}},
	{"state without its institutions", graph.StatementFilter{Speakers: ids(us)}, []string{"us-warns"}},
	{"state with its institutions and what was said on its behalf", graph.StatementFilter{Speakers: ids(us), RollUp: true},
		[]string{"ortega-calls", "ortega-exempts", "press-agrees", "us-warns"}},
	{"institution with what was said on its behalf", graph.StatementFilter{Speakers: ids(department), RollUp: true},
		[]string{"ortega-calls", "ortega-exempts", "press-agrees"}},
	{"parts do not stand for the whole", graph.StatementFilter{Speakers: ids(press), RollUp: true}, []string{"press-agrees"}},
	{"actors that are part of each other", graph.StatementFilter{Speakers: ids(front), RollUp: true}, []string{"karim-accuses", "wing-supports"}},
	{"the other way round", graph.StatementFilter{Speakers: ids(wing), RollUp: true}, []string{"karim-accuses", "wing-supports"}},

	{"on behalf", graph.StatementFilter{OnBehalfOf: ids(us)}, []string{"press-agrees"}},
	{"on behalf, rolled up", graph.StatementFilter{OnBehalfOf: ids(us), RollUp: true}, []string{"ortega-calls", "ortega-exempts", "press-agrees"}},

	{"target", graph.StatementFilter{Targets: ids(iran)}, []string{"ortega-calls", "ortega-exempts", "wing-supports"}},
	{"two targets", graph.StatementFilter{Targets: ids(iran, russia)}, []string{"karim-accuses", "ortega-calls", "ortega-exempts", "us-warns", "wing-supports"}},
	{"target, rolled up", graph.StatementFilter{Targets: ids(wing), RollUp: true}, []string{"wing-supports"}},
	{"target, not rolled up", graph.StatementFilter{Targets: ids(wing)}, nil},
	{"stance", graph.StatementFilter{Stances: []int8{1}}, []string{"ortega-exempts", "wing-supports"}},
	{"stances", graph.StatementFilter{Stances: []int8{0, 1}}, []string{"official-talks", "ortega-exempts", "wing-supports"}},
	{"stance towards a target", graph.StatementFilter{Targets: ids(iran), Stances: []int8{1}}, []string{"wing-supports"}},
	{"stance towards one of two targets", graph.StatementFilter{Targets: ids(russia, us), Stances: []int8{-1}}, []string{"karim-accuses", "petrov-denies", "us-warns"}},

	{"issue", graph.StatementFilter{Issues: []graph.ID{sanctions.ID}}, []string{"petrov-denies", "report-fails"}},
	{"wider issue does not stand for narrower ones", graph.StatementFilter{Issues: []graph.ID{presence.ID}}, nil},
	{"position", graph.StatementFilter{Positions: []graph.ID{iranLeaves.position.ID}}, []string{"nobody", "ortega-calls", "ortega-exempts", "press-agrees"}},
	{"agreement", graph.StatementFilter{Agreements: []int8{-1}}, []string{"ortega-exempts", "petrov-denies", "report-fails"}},
	{"agreement with a position", graph.StatementFilter{Positions: []graph.ID{iranLeaves.position.ID}, Agreements: []int8{0, -1}}, []string{"nobody"}},
	{"agreement on an issue", graph.StatementFilter{Issues: []graph.ID{withdraw.ID}, Agreements: []int8{1}}, []string{"ortega-calls", "ortega-exempts", "press-agrees"}},
	{"position on an issue", graph.StatementFilter{Issues: []graph.ID{withdraw.ID}, Positions: []graph.ID{sanctionOnIran.position.ID}}, nil},

	{"place", graph.StatementFilter{Places: []graph.ID{idlib.place.ID}}, []string{"karim-accuses", "ortega-exempts"}},
	{"two places", graph.StatementFilter{Places: []graph.ID{idlib.place.ID, iraq.place.ID}}, []string{"karim-accuses", "ortega-exempts", "us-warns"}},
	{"outlet", graph.StatementFilter{Outlets: []graph.ID{nahr.ID}}, []string{"karim-accuses", "petrov-denies"}},
	{"outlets", graph.StatementFilter{Outlets: []graph.ID{nahr.ID, herald.ID}, MinConfidence: 0.8}, []string{"ortega-calls", "ortega-exempts", "petrov-denies", "press-agrees"}},
	{"language", graph.StatementFilter{Languages: []string{"ar"}}, []string{"karim-accuses", "petrov-denies", "press-agrees", "wing-supports"}},
	{"languages", graph.StatementFilter{Languages: []string{"fr", "en"}}, []string{"nobody", "official-talks", "ortega-calls", "ortega-exempts", "report-fails", "us-warns"}},
	{"article", graph.StatementFilter{Articles: []graph.ID{stories[2].batch(firstRun).Article.ID}}, []string{"report-fails", "us-warns"}},
	{"act", graph.StatementFilter{Acts: []graph.Act{graph.ActWarn, graph.ActDeny}}, []string{"petrov-denies", "us-warns"}},
	{"quote type", graph.StatementFilter{QuoteTypes: []graph.QuoteType{graph.Mixed}}, []string{"official-talks"}},
	{"extractor", graph.StatementFilter{Extractors: []string{firstRun.Extractor}, Languages: []string{"ar"}}, []string{"karim-accuses", "petrov-denies", "press-agrees", "wing-supports"}},
	{"another extractor", graph.StatementFilter{Extractors: []string{"hand", "nobody"}}, nil},
	{"confidence", graph.StatementFilter{MinConfidence: 0.9}, []string{"ortega-calls", "petrov-denies", "press-agrees", "us-warns"}},

	{"said from", graph.StatementFilter{SaidFrom: "2020-06-05"}, []string{"karim-accuses", "nobody", "ortega-calls", "ortega-exempts"}},
	{"said to", graph.StatementFilter{SaidTo: "1969-12-31"}, []string{"press-agrees", "us-warns", "wing-supports"}},
	{"said between", graph.StatementFilter{SaidFrom: "1969-07-20", SaidTo: "2020-06-04"}, []string{"official-talks", "petrov-denies", "us-warns", "wing-supports"}},
	{"said on a day", graph.StatementFilter{SaidFrom: "1969-07-20", SaidTo: "1969-07-20"}, []string{"wing-supports"}},
	{"said never", graph.StatementFilter{SaidFrom: "2020-06-05", SaidTo: "2020-06-04"}, nil},
	{"an unknown day is outside every range", graph.StatementFilter{SaidFrom: "1000-01-01", SaidTo: "9999-12-31", Speakers: ids(report)}, nil},
	{"published from", graph.StatementFilter{PublishedFrom: "2020-06-06"}, []string{"nobody", "official-talks", "ortega-calls", "ortega-exempts"}},
	{"published to", graph.StatementFilter{PublishedTo: "1970-01-01"}, []string{"press-agrees", "wing-supports"}},
	{"published between", graph.StatementFilter{PublishedFrom: "1969-07-20", PublishedTo: "2020-06-05"}, []string{"karim-accuses", "petrov-denies", "press-agrees", "wing-supports"}},

	{"words", graph.StatementFilter{Text: "forces LEAVE"}, []string{"nobody", "ortega-calls"}},
	{"words in any order", graph.StatementFilter{Text: "leave, forces!"}, []string{"nobody", "ortega-calls"}},
	{"a beginning is no word", graph.StatementFilter{Text: "forc"}, nil},
	{"Arabic words", graph.StatementFilter{Text: "مؤامرة"}, nil},
	{"Arabic words as folded", graph.StatementFilter{Text: "المؤامره"}, []string{"karim-accuses"}},
	{"words without accents", graph.StatementFilter{Text: "cafe muller"}, []string{"official-talks"}},
	{"no words", graph.StatementFilter{Text: " ... ", Speakers: ids(us)}, []string{"us-warns"}},
	{"words that mean something to a search engine", graph.StatementFilter{Text: `"forces" OR NOT* NEAR(leave ^-:`}, nil},
	{"operators are words", graph.StatementFilter{Text: `"forces" (leave) *`}, []string{"nobody", "ortega-calls"}},

	{"everything at once", graph.StatementFilter{
		Speakers: ids(us), OnBehalfOf: ids(department), Targets: ids(russia), RollUp: true, Issues: []graph.ID{withdraw.ID},
		Positions: []graph.ID{russiaLeaves.position.ID}, Places: []graph.ID{syria.place.ID}, Articles: []graph.ID{stories[0].batch(firstRun).Article.ID},
		Outlets: []graph.ID{herald.ID}, Languages: []string{"en"}, Acts: []graph.Act{graph.ActReject}, QuoteTypes: []graph.QuoteType{graph.Direct}, Extractors: []string{"rules"},
		Stances: []int8{1}, Agreements: []int8{-1}, SaidFrom: "2020-06-05", SaidTo: "2020-06-05",
		PublishedFrom: "2020-06-06", PublishedTo: "2020-06-06", Text: "Russia", MinConfidence: 0.8,
	}, []string{"ortega-exempts"}},
}

func testFindStatements(t *testing.T, h Harness) {
	s := open(t, h, fixture(firstRun)...)
	for _, c := range filterCases {
		t.Run(c.name, func(t *testing.T) {
			want := c.want
			for _, o := range statementOrders {
				found, err := s.FindStatements(t.Context(), c.filter, o, graph.Page{First: 100, Count: true})
				if err != nil {
					t.Fatalf("%s: %v", o, err)
				}
				equal(t, string(o), want, labelsOf(found.Items, statementID))
				if found.Total != len(want) || found.More {
					t.Errorf("%s: total %d of %d, more %v", o, found.Total, len(want), found.More)
				}
			}
		})
	}
}

var statementOrders = []graph.StatementOrder{graph.NewestFirst, graph.OldestFirst, graph.SurestFirst, graph.InArticleOrder}

// compareStatements returns the order of statements, as the contract has it.
func compareStatements(o graph.StatementOrder) func(a, b graph.Statement) int {
	unknown := func(s *graph.Statement) int {
		if s.SaidAt.IsZero() {
			return 1
		}
		return 0
	}
	return func(a, b graph.Statement) int {
		var c int
		switch o {
		case graph.NewestFirst:
			c = cmp.Or(cmp.Compare(unknown(&a), unknown(&b)), -cmp.Compare(a.SaidAt.Day, b.SaidAt.Day))
		case graph.OldestFirst:
			c = cmp.Or(cmp.Compare(unknown(&a), unknown(&b)), cmp.Compare(a.SaidAt.Day, b.SaidAt.Day))
		case graph.SurestFirst:
			c = -cmp.Compare(a.Confidence, b.Confidence)
		case graph.InArticleOrder:
			c = cmp.Or(cmp.Compare(a.Article, b.Article), cmp.Compare(a.Start(), b.Start()))
		}
		return cmp.Or(c, cmp.Compare(a.ID, b.ID))
	}
}

func testStatementOrders(t *testing.T, h Harness) {
	s := open(t, h, fixture(firstRun)...)
	var all []graph.Statement
	for _, b := range fixture(firstRun) {
		all = append(all, b.Statements...)
	}
	for _, o := range statementOrders {
		slices.SortFunc(all, compareStatements(o))
		equal(t, string(o), all, allStatements(t, s, graph.StatementFilter{}, o))
	}
	newest := allStatements(t, s, graph.StatementFilter{}, graph.NewestFirst)
	oldest := allStatements(t, s, graph.StatementFilter{}, graph.OldestFirst)
	for what, got := range map[string]graph.ID{
		"newest": newest[0].ID, "newest last": newest[9].ID, "before it": newest[8].ID,
		"oldest": oldest[0].ID, "oldest last": oldest[9].ID,
	} {
		want := map[string]string{
			"newest": "nobody", "newest last": "report-fails", "before it": "press-agrees",
			"oldest": "press-agrees", "oldest last": "report-fails",
		}[what]
		if label(got) != want {
			t.Errorf("%s is %s, want %s", what, label(got), want)
		}
	}
}

func testFindNodes(t *testing.T, h Harness) {
	s := open(t, h, fixture(firstRun)...)
	ctx := t.Context()
	page := graph.Page{First: 100, Count: true}
	check := func(t *testing.T, want, got []string, total int) {
		t.Helper()
		equal(t, "found", want, got)
		if total != len(want) {
			t.Errorf("total %d of %d", total, len(want))
		}
	}
	for _, c := range []struct {
		name   string
		filter graph.ActorFilter
		want   []string // by folded name
	}{
		{"all", graph.ActorFilter{}, []string{
			"us official", "annual report", "wing", "ir", "front", "morgan ortega", "press-office", "pyotr petrov", "ru", "state-department", "us", "كريم الاحمد",
		}},
		{"kinds", graph.ActorFilter{Kinds: []graph.ActorKind{graph.State, graph.Anonymous}}, []string{"us official", "ir", "ru", "us"}},
		{"parts", graph.ActorFilter{PartOf: ids(us, front)}, []string{"wing", "state-department"}},
		{"a later name", graph.ActorFilter{Text: "piotr"}, []string{"pyotr petrov"}},
		{"words of different names", graph.ActorFilter{Text: "america states"}, nil},
		{"words of one name", graph.ActorFilter{Text: "states united"}, []string{"us"}},
		{"a beginning", graph.ActorFilter{Text: "front wi"}, []string{"wing"}},
		{"a beginning of the first word alone", graph.ActorFilter{Text: "fro wing"}, nil},
		{"Arabic", graph.ActorFilter{Text: "الولايات المتحده"}, []string{"us"}},
		{"Arabic beginning", graph.ActorFilter{Text: "أورت"}, []string{"morgan ortega"}},
		{"kind and text", graph.ActorFilter{Kinds: []graph.ActorKind{graph.Person}, Text: "p"}, []string{"pyotr petrov"}},
		{"no words", graph.ActorFilter{Text: "-", PartOf: ids(department)}, []string{"press-office"}},
	} {
		t.Run("actors: "+c.name, func(t *testing.T) {
			found := must(s.FindActors(ctx, c.filter, page))(t)
			var got []string
			for _, a := range found.Items {
				got = append(got, label(a.ID))
			}
			check(t, c.want, got, found.Total)
		})
	}
	for _, c := range []struct {
		name   string
		filter graph.ArticleFilter
		want   []string // newest first
	}{
		{"all", graph.ArticleFilter{}, []string{"silent", "briefing", "reply", "archive", "undated"}},
		{"outlet", graph.ArticleFilter{Outlets: []graph.ID{herald.ID}}, []string{"briefing", "archive"}},
		{"languages", graph.ArticleFilter{Languages: []string{"ar", "fr"}}, []string{"silent", "reply", "archive"}},
		{"published", graph.ArticleFilter{PublishedFrom: "1969-07-20", PublishedTo: "2020-06-05"}, []string{"reply", "archive"}},
		{"published before 1970", graph.ArticleFilter{PublishedTo: "1969-12-31"}, []string{"archive"}},
		{"word of the title", graph.ArticleFilter{Text: "ninevah undated"}, []string{"undated"}},
		{"word of the text", graph.ArticleFilter{Text: "SANCTIONS"}, []string{"undated"}},
		{"a beginning is no word", graph.ArticleFilter{Text: "sanct"}, nil},
		{"Arabic text", graph.ArticleFilter{Text: "المؤامرة"}, []string{"reply"}},
	} {
		t.Run("articles: "+c.name, func(t *testing.T) {
			found := must(s.FindArticles(ctx, c.filter, page))(t)
			var got []string
			for _, a := range found.Items {
				got = append(got, label(a.ID))
			}
			check(t, c.want, got, found.Total)
		})
	}
	for _, c := range []struct {
		name   string
		filter graph.PositionFilter
		want   []taken
	}{
		{"all", graph.PositionFilter{}, positions},
		{"issue", graph.PositionFilter{Issues: []graph.ID{withdraw.ID}}, positions[:3]},
		{"object", graph.PositionFilter{Objects: ids(iran)}, []taken{iranLeaves, sanctionOnIran}},
		{"place", graph.PositionFilter{Places: []graph.ID{syria.place.ID}}, []taken{iranLeaves, russiaLeaves}},
		{"object and place", graph.PositionFilter{Objects: ids(iran, russia), Places: []graph.ID{syria.place.ID, iraq.place.ID}, Issues: []graph.ID{withdraw.ID}}, []taken{iranLeaves, russiaLeaves}},
		{"none", graph.PositionFilter{Issues: []graph.ID{presence.ID}}, nil},
	} {
		t.Run("positions: "+c.name, func(t *testing.T) {
			var want, got []string
			for _, p := range c.want {
				want = append(want, label(p.position.ID))
			}
			slices.Sort(want)
			found := must(s.FindPositions(ctx, c.filter, page))(t)
			check(t, want, labelsOf(found.Items, positionID), found.Total)
			for _, p := range found.Items {
				got = append(got, string(p.Issue)+" "+string(p.Object)+" "+string(p.Place))
			}
			if !slices.IsSorted(got) {
				t.Errorf("not in order: %q", got)
			}
		})
	}
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", []string{"presence", "sanctions", "withdraw"}},
		{"force", []string{"withdraw"}},
		{"العقوبات", []string{"sanctions"}},
		{"object", nil}, // stands in propositions, which are no names
	} {
		found := must(s.FindIssues(ctx, graph.NameFilter{Text: c.text}, page))(t)
		var got []string
		for _, i := range found.Items {
			got = append(got, i.Key)
		}
		check(t, c.want, got, found.Total)
	}
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", []string{"place/sy/idlib", "place/iq", "place/sy"}},
		{"i", []string{"place/sy/idlib", "place/iq"}},
		{"ادلب", []string{"place/sy/idlib"}},
	} {
		found := must(s.FindPlaces(ctx, graph.NameFilter{Text: c.text}, page))(t)
		var got []string
		for _, p := range found.Items {
			got = append(got, p.Key)
		}
		check(t, c.want, got, found.Total)
	}
}

// testWords holds that whatever spelling Fold makes one is found by the other.
func testWords(t *testing.T, h Harness) {
	s := h.New(t)
	defer closeStore(t, s)
	pairs := []struct{ written, asked string }{
		{"إسرائيل", "اسرائيل"}, {"الأُرْدُن", "الاردن"}, {"مصطفى", "مصطفي"}, {"القاهرة", "القاهره"}, {"مسؤول", "مسوول"},
		{"العـــراق", "العراق"}, {"ترکیا", "تركيا"}, {"ﺳﻮﺭﻳﺎ", "سوريا"}, {"٢٠٢٠", "2020"}, {"Kılıçdaroğlu", "KILICDAROGLU"},
		{"Łódź", "lodz"}, {"São", "sao"}, {"Αθήνα", "ΑΘΗΝΑ"}, {"Москва", "москва"}, {"北京", "北京"}, {"שלום", "שלום"}, {"co\u00adoperation", "cooperation"},
		{"o’clock", "clock"}, {"x1", "X1"},
	}
	tale := story{name: "words", language: "und"}
	for i, p := range pairs {
		tale.sayings = append(tale.sayings, saying{
			name: fmt.Sprint(i), act: graph.ActState, quote: graph.Direct, content: "before " + p.written + ", after", confidence: 1,
		})
	}
	b := tale.batch(firstRun)
	apply(t, s, b)
	for i, p := range pairs {
		for _, asked := range []string{p.asked, p.written, "AFTER " + p.asked} {
			found := must(s.FindStatements(t.Context(), graph.StatementFilter{Text: asked}, graph.NewestFirst, everything))(t)
			if len(found.Items) != 1 || found.Items[0].ID != b.Statements[i].ID {
				t.Errorf("%q finds %d statements, not the one of %q", asked, len(found.Items), p.written)
			}
		}
	}
}

func testSearch(t *testing.T, h Harness) {
	s := open(t, h, fixture(firstRun)...)
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"nothing", "", nil},
		{"no words", " ?! ", nil},
		{"unknown word", "zzz", nil},
		{"actor, statements, articles", "russia", []string{"actor ru", "statement ortega-exempts", "article briefing"}},
		{"newest first, those without a day last", "sanctions", []string{"statement report-fails", "article undated"}},
		{"the last word may be a beginning", "leav", []string{"statement nobody", "statement ortega-calls", "statement ortega-exempts", "statement us-warns", "article briefing", "article undated"}},
		{"the others may not", "leav forces", nil},
		{"Arabic, folded", "الولايات المتحده", []string{"actor us"}},
		{"Arabic beginning", "المؤامر", []string{"statement karim-accuses", "article reply"}},
		{"articles newest first", "ninevah", []string{"article silent", "article briefing", "article reply", "article archive", "article undated"}},
		{"operators are words", `"russia" OR *`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, size := range []int{100, 3, 1} {
				var got []string
				page := graph.Page{First: size, Count: true}
				for {
					found := must(s.Search(t.Context(), c.text, page))(t)
					for _, hit := range found.Items {
						got = append(got, hitLabel(hit))
					}
					if found.Total != len(c.want) || len(found.Cursors) != len(found.Items) || len(found.Items) > size {
						t.Fatalf("pages of %d: %d items, %d cursors, total %d of %d", size, len(found.Items), len(found.Cursors), found.Total, len(c.want))
					}
					if found.More != (len(got) < len(c.want)) {
						t.Fatalf("pages of %d: after %d of %d, more is %v", size, len(got), len(c.want), found.More)
					}
					if !found.More {
						break
					}
					page.After = found.Cursors[len(found.Cursors)-1]
				}
				// Statements of one day come by id, which a name does not tell.
				if c.name == "the last word may be a beginning" {
					slices.Sort(got[1:3])
				}
				equal(t, fmt.Sprintf("pages of %d", size), c.want, got)
			}
		})
	}
}

func hitLabel(h graph.Hit) string {
	switch {
	case h.Actor != nil && h.Statement == nil && h.Article == nil:
		return "actor " + label(h.Actor.ID)
	case h.Actor == nil && h.Statement != nil && h.Article == nil:
		return "statement " + label(h.Statement.ID)
	case h.Actor == nil && h.Statement == nil && h.Article != nil:
		return "article " + label(h.Article.ID)
	}
	return "a hit that is not exactly one thing"
}

// readPages reads a list page by page and holds each page to the contract of
// pages.
func readPages[T any](t *testing.T, size, total int, read func(graph.Page) (graph.Slice[T], error), id func(*T) graph.ID) []graph.ID {
	t.Helper()
	var got []graph.ID
	page := graph.Page{First: size}
	for {
		found, err := read(page)
		if err != nil {
			t.Fatal(err)
		}
		if len(found.Items) > size || len(found.Items) != len(found.Cursors) || found.More && len(found.Items) < size {
			t.Fatalf("a page of %d holds %d items and %d cursors; more is %v", size, len(found.Items), len(found.Cursors), found.More)
		}
		for i := range found.Items {
			got = append(got, id(&found.Items[i]))
		}
		if found.More != (len(got) < total) {
			t.Fatalf("pages of %d: after %d of %d items, more is %v", size, len(got), total, found.More)
		}
		if !found.More {
			return got
		}
		page.After = found.Cursors[len(found.Cursors)-1]
		page.Count = !page.Count
	}
}

// lists are the lists of a store without a filter, read as ids.
func lists(s graph.Store) map[string]func(context.Context, graph.Page) (graph.Slice[graph.ID], error) {
	m := map[string]func(context.Context, graph.Page) (graph.Slice[graph.ID], error){
		"actors": func(ctx context.Context, p graph.Page) (graph.Slice[graph.ID], error) {
			found, err := s.FindActors(ctx, graph.ActorFilter{}, p)
			return idSlice(found, actorID), err
		},
		"articles": func(ctx context.Context, p graph.Page) (graph.Slice[graph.ID], error) {
			found, err := s.FindArticles(ctx, graph.ArticleFilter{}, p)
			return idSlice(found, articleID), err
		},
		"positions": func(ctx context.Context, p graph.Page) (graph.Slice[graph.ID], error) {
			found, err := s.FindPositions(ctx, graph.PositionFilter{}, p)
			return idSlice(found, positionID), err
		},
		"issues": func(ctx context.Context, p graph.Page) (graph.Slice[graph.ID], error) {
			found, err := s.FindIssues(ctx, graph.NameFilter{}, p)
			return idSlice(found, issueID), err
		},
		"places": func(ctx context.Context, p graph.Page) (graph.Slice[graph.ID], error) {
			found, err := s.FindPlaces(ctx, graph.NameFilter{}, p)
			return idSlice(found, placeID), err
		},
	}
	for _, o := range statementOrders {
		m["statements "+string(o)] = func(ctx context.Context, p graph.Page) (graph.Slice[graph.ID], error) {
			found, err := s.FindStatements(ctx, graph.StatementFilter{}, o, p)
			return idSlice(found, statementID), err
		}
	}
	return m
}

func idSlice[T any](found graph.Slice[T], id func(*T) graph.ID) graph.Slice[graph.ID] {
	out := graph.Slice[graph.ID]{Cursors: found.Cursors, More: found.More, Total: found.Total}
	for i := range found.Items {
		out.Items = append(out.Items, id(&found.Items[i]))
	}
	return out
}

func same(id *graph.ID) graph.ID { return *id }

func testPages(t *testing.T, h Harness) {
	s := open(t, h, fixture(firstRun)...)
	for name, list := range lists(s) {
		t.Run(name, func(t *testing.T) {
			read := func(p graph.Page) (graph.Slice[graph.ID], error) { return list(t.Context(), p) }
			whole := must(read(graph.Page{First: 100, Count: true}))(t)
			if whole.Total != len(whole.Items) || whole.More || len(whole.Items) == 0 {
				t.Fatalf("%d items, total %d, more %v", len(whole.Items), whole.Total, whole.More)
			}
			for _, size := range []int{1, 2, 3, len(whole.Items) - 1, len(whole.Items), 99} {
				equal(t, fmt.Sprintf("pages of %d", size), whole.Items, readPages(t, max(size, 1), len(whole.Items), read, same))
			}
			for i, c := range whole.Cursors {
				if c.ID != whole.Items[i] {
					t.Errorf("the cursor of %s is that of %s", whole.Items[i], c.ID)
				}
				rest := must(read(graph.Page{First: 100, After: c, Count: true}))(t)
				equal(t, "after a cursor", whole.Items[i+1:], rest.Items)
				if rest.Total != whole.Total {
					t.Errorf("after a cursor the total is %d, not %d", rest.Total, whole.Total)
				}
			}
			none := must(read(graph.Page{First: 1}))(t)
			if none.Total != 0 {
				t.Errorf("a total that nobody asked for: %d", none.Total)
			}
		})
	}
}

func testPagesUnderWriting(t *testing.T, h Harness) {
	for _, o := range statementOrders {
		t.Run(string(o), func(t *testing.T) {
			s := open(t, h, fixture(firstRun)...)
			want := labelsOf(allStatements(t, s, graph.StatementFilter{}, o), statementID)
			// Between any two pages come statements before, at and after the
			// place that is read, and one that was there goes.
			others := slices.Collect(Synthetic{Seed: 7, Statements: 60, Articles: 12}.Batches())
			gone := stories[2].batch(secondRun)
			gone.Statements = nil
			seen := map[graph.ID]int{}
			var list []graph.Statement
			page := graph.Page{First: 1}
			for i := 0; ; i++ {
				found := must(s.FindStatements(t.Context(), graph.StatementFilter{}, o, page))(t)
				for _, st := range found.Items {
					seen[st.ID]++
					list = append(list, st)
				}
				if !found.More {
					break
				}
				page.After = found.Cursors[len(found.Cursors)-1]
				if i < len(others) {
					apply(t, s, others[i])
				}
				if i == 2 {
					apply(t, s, gone)
				}
			}
			for _, st := range stories[2].batch(firstRun).Statements {
				seen[st.ID] = max(1, seen[st.ID]) // they went meanwhile
			}
			var got []string
			for id, times := range seen {
				if times != 1 {
					t.Errorf("%s was seen %d times", label(id), times)
				}
				if label(id) != string(id) {
					got = append(got, label(id))
				}
			}
			slices.Sort(got)
			equal(t, "statements that stayed", want, got)
			if !slices.IsSortedFunc(list, compareStatements(o)) {
				t.Error("the pages are not in order")
			}
		})
	}
}

func testStats(t *testing.T, h Harness) {
	s := h.New(t)
	defer closeStore(t, s)
	empty := must(s.Stats(t.Context()))(t)
	for relation, n := range empty.Relations {
		if n != 0 {
			t.Errorf("an empty graph has %d relations %s", n, relation)
		}
	}
	empty.Relations = nil
	equal(t, "empty", graph.Stats{}, empty)
	apply(t, s, fixture(firstRun)...)
	equal(t, "fixture", graph.Stats{
		Actors: 12, Statements: 10, Positions: 4, Issues: 3, Places: 3, Articles: 5, Outlets: 2, Runs: 1,
		Relations: map[string]int{
			"MADE": 9, "ON_BEHALF_OF": 5, "TOWARD": 10, "TAKES": 10, "ABOUT": 6, "REPORTED_IN": 10, "RELAYED_VIA": 1,
			"ON": 4, "CONCERNS": 3, "IN": 3, "HELD": 2, "PART_OF": 4,
		},
	}, must(s.Stats(t.Context()))(t))
}

func testWalk(t *testing.T, h Harness) {
	s := open(t, h, append(fixture(firstRun), fixture(secondRun)...)...)
	sum := graph.NewHasher()
	var persons []graph.ID
	for _, kind := range graph.Kinds {
		n := 0
		err := s.Walk(t.Context(), kind, func(node any) error {
			n++
			switch node := node.(type) {
			case graph.Actor:
				persons = append(persons, node.ID)
				return graph.AddTo(sum, node)
			case graph.Place:
				return graph.AddTo(sum, node)
			case graph.Issue:
				return graph.AddTo(sum, node)
			case graph.Position:
				return graph.AddTo(sum, node)
			case graph.Outlet:
				return graph.AddTo(sum, node)
			case graph.Run:
				return graph.AddTo(sum, node)
			case graph.Article:
				return graph.AddTo(sum, node)
			case graph.Statement:
				if node.RecordedAt.IsZero() || !node.SupersededAt.IsZero() {
					t.Errorf("%s was recorded %v, superseded %v", node.ID, node.RecordedAt, node.SupersededAt)
				}
				return graph.AddTo(sum, node)
			}
			return fmt.Errorf("a %T", node)
		})
		if err != nil || n == 0 {
			t.Errorf("%d of %s: %v", n, kind, err)
		}
	}
	offices := must(s.Offices(t.Context(), persons))(t)
	for _, person := range persons {
		slices.SortFunc(offices[person], func(a, b graph.Held) int {
			return cmp.Or(cmp.Compare(a.Institution, b.Institution), cmp.Compare(a.Title, b.Title))
		})
		for _, held := range offices[person] {
			if err := graph.AddTo(sum, held); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got, want := sum.Sum(), hash(t, s); got != want {
		t.Errorf("a walk meets a graph with hash %s, the store says %s", got, want)
	}
	enough := errors.New("enough")
	if err := s.Walk(t.Context(), graph.KindActor, func(any) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("a walk that is stopped ends with %v", err)
	}
	if err := s.Walk(t.Context(), "mood", func(any) error { return nil }); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("a walk to no kind of node ends with %v", err)
	}
}

func testBadQuestions(t *testing.T, h Harness) {
	s := open(t, h, fixture(firstRun)...)
	ctx := t.Context()
	all := must(s.FindStatements(ctx, graph.StatementFilter{}, graph.NewestFirst, everything))(t)
	bad := map[string]error{}
	for name, list := range lists(s) {
		for what, page := range map[string]graph.Page{
			"a page of none":              {},
			"a page of less than none":    {First: -1},
			"a cursor of nonsense":        {First: 1, After: graph.Cursor{Key: "nonsense", ID: all.Items[0].ID}},
			"a cursor of an object":       {First: 1, After: graph.Cursor{Key: `[{"a":1}]`, ID: all.Items[0].ID}},
			"a cursor with too many keys": {First: 1, After: graph.Cursor{Key: `[1,2,3,4]`, ID: all.Items[0].ID}},
			"a cursor without a key":      {First: 1, After: graph.Cursor{ID: all.Items[0].ID}},
		} {
			_, err := list(ctx, page)
			if page.First == 1 && !strings.HasPrefix(name, "statements") && err == nil {
				continue // a name may read like that
			}
			bad[name+": "+what] = err
		}
	}
	day := func(f graph.StatementFilter) error {
		return second(s.FindStatements(ctx, f, graph.NewestFirst, everything))
	}
	bad["day said from"] = day(graph.StatementFilter{SaidFrom: "yesterday"})
	bad["day said to"] = day(graph.StatementFilter{SaidTo: "2020-02-30"})
	bad["day published from"] = day(graph.StatementFilter{PublishedFrom: "2020"})
	bad["day published to"] = day(graph.StatementFilter{PublishedTo: "31/12/2020"})
	bad["day of articles"] = second(s.FindArticles(ctx, graph.ArticleFilter{PublishedTo: "x"}, everything))
	var many strings.Builder
	for i := range graph.MaxWords + 1 {
		fmt.Fprintf(&many, "w%d ", i)
	}
	bad["too many words of statements"] = day(graph.StatementFilter{Text: many.String()})
	bad["too many words of articles"] = second(s.FindArticles(ctx, graph.ArticleFilter{Text: many.String()}, everything))
	bad["too many words of actors"] = second(s.FindActors(ctx, graph.ActorFilter{Text: many.String()}, everything))
	bad["too many words of issues"] = second(s.FindIssues(ctx, graph.NameFilter{Text: many.String()}, everything))
	bad["too many words of places"] = second(s.FindPlaces(ctx, graph.NameFilter{Text: many.String()}, everything))
	bad["too many words of a search"] = second(s.Search(ctx, many.String(), everything))
	bad["order"] = second(s.FindStatements(ctx, graph.StatementFilter{}, "LOUDEST_FIRST", everything))
	bad["no order"] = second(s.FindStatements(ctx, graph.StatementFilter{}, "", everything))
	bad["search: page of none"] = second(s.Search(ctx, "x", graph.Page{}))
	bad["search: cursor of no node"] = second(s.Search(ctx, "russia", graph.Page{First: 1, After: graph.Cursor{Key: `["x"]`, ID: "x"}}))
	bad["search: cursor of a place"] = second(s.Search(ctx, "russia", graph.Page{First: 1, After: graph.Cursor{Key: `["x"]`, ID: syria.place.ID}}))
	for what, q := range map[string]graph.StanceQuery{
		"towards nothing":        {By: []graph.Dimension{graph.BySpeaker}, Unit: graph.UnitStatement, Limit: 1},
		"towards two things":     {By: []graph.Dimension{graph.ByTarget, graph.ByIssue}, Unit: graph.UnitStatement, Limit: 1},
		"by one thing twice":     {By: []graph.Dimension{graph.ByTarget, graph.ByTarget}, Unit: graph.UnitStatement, Limit: 1},
		"by an unknown thing":    {By: []graph.Dimension{graph.ByTarget, "MOOD"}, Unit: graph.UnitStatement, Limit: 1},
		"by no interval":         {By: []graph.Dimension{graph.ByTarget, graph.ByInterval}, Unit: graph.UnitStatement, Limit: 1},
		"by an unknown interval": {By: []graph.Dimension{graph.ByTarget, graph.ByInterval}, Interval: "CENTURY", Unit: graph.UnitStatement, Limit: 1},
		"without a unit":         {By: []graph.Dimension{graph.ByTarget}, Limit: 1},
		"without a limit":        {By: []graph.Dimension{graph.ByTarget}, Unit: graph.UnitStatement},
		"of too many words":      {By: []graph.Dimension{graph.ByTarget}, Unit: graph.UnitStatement, Limit: 1, Filter: graph.StatementFilter{Text: many.String()}},
		"of a malformed day":     {By: []graph.Dimension{graph.ByTarget}, Unit: graph.UnitStatement, Limit: 1, Filter: graph.StatementFilter{SaidTo: "x"}},
	} {
		bad["stances "+what] = second(s.Stances(ctx, q))
	}
	for what, q := range map[string]graph.TakingQuery{
		"of a malformed day": {Filter: graph.StatementFilter{SaidFrom: "x"}},
		"of an issue":        {Toward: graph.ByIssue},
	} {
		for _, err := range s.Takings(ctx, q) {
			bad["takings "+what] = err
		}
	}
	for what, err := range bad {
		if !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func testLarge(t *testing.T, h Harness) {
	synthetic := Synthetic{Seed: 3, Statements: 1100, Articles: 40}
	var batches []graph.Batch
	var want []graph.Statement
	for b := range synthetic.Batches() {
		batches = append(batches, b)
		want = append(want, b.Statements...)
	}
	s := open(t, h, batches...)
	slices.SortFunc(want, compareStatements(graph.OldestFirst))
	found := must(s.FindStatements(t.Context(), graph.StatementFilter{}, graph.OldestFirst, graph.Page{First: 10000, Count: true}))(t)
	equal(t, "a page of all", want, found.Items)
	if found.Total != len(want) || found.More {
		t.Errorf("total %d of %d, more %v", found.Total, len(want), found.More)
	}
	many := make([]graph.ID, 0, 20000)
	for i := range 20000 - len(want) {
		many = append(many, graph.NewID(graph.KindStatement, fmt.Sprint(i)))
	}
	for _, st := range want {
		many = append(many, st.ID)
	}
	if got := must(s.Statements(t.Context(), many))(t); len(got) != len(want) {
		t.Errorf("of %d ids %d are found, want %d", len(many), len(got), len(want))
	}
	speakers := make([]graph.ID, 0, 20000)
	for i := range 5000 {
		speakers = append(speakers, graph.NewActor("", fmt.Sprint(i)).ID)
	}
	speakers = append(speakers, want[0].Speaker)
	for _, rollUp := range []bool{false, true} {
		f := graph.StatementFilter{Speakers: speakers, Targets: speakers, OnBehalfOf: speakers, RollUp: rollUp}
		if err := second(s.FindStatements(t.Context(), f, graph.NewestFirst, everything)); err != nil {
			t.Errorf("filter of many: %v", err)
		}
	}
}

func testLargePage(t *testing.T, h Harness) {
	const rows, articles = 100_000, 20
	var want []graph.Actor
	var batches []graph.Batch
	for i := range articles {
		article := graph.Article{Title: fmt.Sprint("Roll call ", i), Language: "en"}
		article.Identify()
		b := graph.Batch{Article: article, Run: firstRun}
		for len(b.Actors) < rows/articles {
			name := fmt.Sprintf("group %06d", len(want))
			b.Actors = append(b.Actors, graph.NewActor(graph.Group, name, graph.Name{Lang: "en", Value: name}))
			want = append(want, b.Actors[len(b.Actors)-1])
		}
		batches = append(batches, b)
	}
	s := open(t, h, batches...)
	page := graph.Page{First: rows - 1, Count: true}
	first := must(s.FindActors(t.Context(), graph.ActorFilter{}, page))(t)
	if !reflect.DeepEqual(first.Items, want[:rows-1]) { // cmp takes seconds for so many
		t.Error("the first page is not the first rows")
	}
	if first.Total != rows || !first.More || len(first.Cursors) != rows-1 {
		t.Fatalf("total %d, more %v, %d cursors", first.Total, first.More, len(first.Cursors))
	}
	page.After = first.Cursors[rows-2]
	last := must(s.FindActors(t.Context(), graph.ActorFilter{}, page))(t)
	equal(t, "the last page", want[rows-1:], last.Items)
	if last.More {
		t.Error("more than all follow")
	}
}
