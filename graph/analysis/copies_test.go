package analysis

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/examples"
	"mawqif/graph"
)

// version is an article made of another.
type version struct {
	graph.Article
	of int
}

// versions cuts, reorders and retitles the examples: the first 60 % and the
// last 60 % of the paragraphs, the paragraphs in another order, other words
// before and after, and other typing of the same letters.
func versions(t testing.TB) []version {
	t.Helper()
	documents, err := examples.Articles()
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	var all []version
	for i, d := range documents {
		paragraphs := strings.Split(strings.TrimSpace(d.Text), "\n")
		part := (len(paragraphs)*6 + 9) / 10
		shuffled := append([]string(nil), paragraphs...)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		for kind, text := range []string{
			d.Text,
			strings.Join(paragraphs[:part], "\n"),
			strings.Join(paragraphs[len(paragraphs)-part:], "\n"),
			strings.Join(shuffled, "\n\n"),
			fmt.Sprintf("Exclusive %d: what was said today\nBy our staff\n%s\nShare this article", i, d.Text),
			strings.ToUpper(strings.NewReplacer("أ", "ا", "ة", "ه", "“", "\"", "”", "\"").Replace(d.Text)),
		} {
			v := version{Article: graph.Article{SourceID: fmt.Sprint(i, "-", kind), Title: fmt.Sprint("Version ", kind), Text: text}, of: i}
			v.Identify()
			all = append(all, v)
		}
	}
	return all
}

func TestCopiesAreFound(t *testing.T) {
	all := versions(t)
	articles := make([]graph.Article, len(all))
	for i, v := range all {
		articles[i] = v.Article
	}
	copies := FindCopies(articles)
	found, wrong, missed := 0, 0, 0
	for i := range all {
		for j := range i {
			a, ok := copies[all[i].ID]
			switch same := ok && a == copies[all[j].ID]; {
			case same && all[i].of == all[j].of:
				found++
			case same:
				wrong++
			case all[i].of == all[j].of:
				missed++
				t.Logf("missed: %s and %s", all[i].SourceID, all[j].SourceID)
			}
		}
	}
	precision, recall := float64(found)/float64(found+wrong), float64(found)/float64(found+missed)
	t.Logf("%d pairs: precision %.3f, recall %.3f", found+missed, precision, recall)
	if precision < 0.95 || recall < 0.95 {
		t.Errorf("precision %.3f, recall %.3f; both must be at least 0.95", precision, recall)
	}
	// Whatever the order.
	rand.New(rand.NewPCG(3, 4)).Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
	if diff := cmp.Diff(copies, FindCopies(articles)); diff != "" {
		t.Error(diff)
	}
}

func TestArticlesThatShareAFrameAreNoCopies(t *testing.T) {
	frame := "Subscribe to our newsletter and never miss a story again. All rights reserved by the publishing house of the north."
	var articles []graph.Article
	for i := range 3 {
		var body strings.Builder
		for k := range 120 {
			fmt.Fprintf(&body, "word%d ", i*1000+k)
		}
		a := graph.Article{Text: body.String() + frame}
		a.Identify()
		articles = append(articles, a)
	}
	short := graph.Article{Text: "No comment."}
	short.Identify()
	if got := FindCopies(append(articles, short)); len(got) > 0 {
		t.Errorf("copies: %v", got)
	}
}

// In copies, what is alike is matched one for one.
func TestUtterancesOfCopies(t *testing.T) {
	p := load(t, talks(t,
		"2021-01-01 a1 o1 ann · tolls 1 first", "2021-01-01 a1 o1 ann · tolls 1 second",
		"2021-01-02 a2 o2 ann · tolls 1 second", "2021-01-02 a2 o2 ann · tolls 1 frist",
		"2021-01-02 a2 o2 ann · tolls 1 third", "2021-01-03 a3 o3 ann · tolls 1 frist",
	))
	article := func(name string) graph.ID { return graph.NewID(graph.KindArticle, name) }
	count := func(c Copies) int {
		cells, _, err := p.Cells(Grouping{Toward: Position, Unit: UnitUtterance, Copies: c, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		return cells[0].Positive
	}
	for _, c := range []struct {
		name   string
		copies Copies
		want   int
	}{
		{"the same words", nil, 4},
		{"copies", Copies{article("a1"): "a", article("a2"): "a"}, 4}, // first=frist, second, third; the third article's frist stands alone
		{"three copies", Copies{article("a1"): "a", article("a2"): "a", article("a3"): "a"}, 3},
	} {
		if got := count(c.copies); got != c.want {
			t.Errorf("%s: %d utterances, want %d", c.name, got, c.want)
		}
	}
}

func FuzzSketch(f *testing.F) {
	f.Add("He said that he would. ", "قال إنه سيفعل")
	f.Add("\xff\x00", strings.Repeat("a b c d ", 100))
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := newSketch(a), newSketch(b)
		if x.copyOf(y) != y.copyOf(x) {
			t.Error("one is a copy of the other, but not the other way round")
		}
		if len(x) >= leastShared && !x.copyOf(newSketch(a)) {
			t.Error("a text is no copy of itself")
		}
	})
}

func BenchmarkCopies(b *testing.B) {
	all := versions(b)
	articles := make([]graph.Article, len(all))
	bytes := 0
	for i, v := range all {
		articles[i] = v.Article
		bytes += len(v.Text)
	}
	b.SetBytes(int64(bytes))
	b.ReportAllocs()
	for b.Loop() {
		FindCopies(articles)
	}
}
