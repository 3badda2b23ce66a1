// Command train fits the weights of the coder to articles that people coded,
// and writes them:
//
//	go run ./ingest/code/train -o ingest/code/weights.tsv ARTICLES.jsonl CODED.jsonl …
//
// With -folds N it writes nothing but tells how well weights fitted to the
// other articles do on each Nth part of them, with -judge FILES how well those
// fitted to all do on other files. The files are those that `mawqif eval` takes;
// a statement without "targets" is taken for acts and issues alone. -calibrate
// FILES adds articles of which every statement is coded and that the rules were
// not made from: what confidence is worth is learned from them. A coded
// article whose "corrected" is true is the program's own output as a reader went
// through it; its statements count a fifth. The same files give the same weights.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"mawqif/graph"
	"mawqif/ingest"
	"mawqif/ingest/code"
	"mawqif/ingest/eval"
	"mawqif/ingest/eval/lessons"
	"mawqif/ingest/extract"
	"mawqif/ingest/extract/arabic"
	"mawqif/ingest/extract/english"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/link"
	"mawqif/ingest/text"
)

func main() {
	out := flag.String("o", "", "the weights file to write")
	folds := flag.Int("folds", 0, "measure by cross-validation in so many parts")
	judge := flag.String("judge", "", "measure on these pairs of files instead, separated by commas")
	calibrate := flag.String("calibrate", "", "learn the confidence from these pairs of files, separated by commas, too")
	flag.Parse()
	if err := run(flag.Args(), *out, *folds, *judge, *calibrate); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(files []string, out string, folds int, judge, calibrate string) error {
	if len(files) == 0 || len(files)%2 != 0 || (out == "") == (folds < 2 && judge == "") {
		return errors.New("give pairs of files, ARTICLES.jsonl CODED.jsonl, and one of -o FILE, -folds N, -judge FILES")
	}
	names, err := gazetteer.Default()
	if err != nil {
		return err
	}
	book, err := code.Default()
	if err != nil {
		return err
	}
	learn, err := readAll(names, files)
	if err != nil {
		return err
	}
	if calibrate != "" {
		whole, err := readPairs(names, "-calibrate", calibrate)
		if err != nil {
			return err
		}
		for _, l := range whole {
			for i := range l {
				l[i].Whole = true
			}
		}
		learn = append(learn, whole...)
	}
	if judge != "" {
		judged, err := readPairs(names, "-judge", judge)
		if err != nil {
			return err
		}
		v := validation{book: book}
		if err := v.judge(learn, judged); err != nil {
			return err
		}
		v.print()
		return nil
	}
	if folds >= 2 {
		return validate(book, learn, folds)
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	if err := book.Train(slices.Concat(learn...), f); err != nil {
		return errors.Join(err, f.Close())
	}
	return f.Close()
}

// readPairs makes the lessons of the files that an option names.
func readPairs(names *gazetteer.Gazetteer, option, files string) ([][]code.Lesson, error) {
	pairs := strings.Split(files, ",")
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("%s takes pairs of files: ARTICLES.jsonl,CODED.jsonl", option)
	}
	return readAll(names, pairs)
}

// readAll makes the lessons of the articles of pairs of files.
func readAll(names *gazetteer.Gazetteer, files []string) ([][]code.Lesson, error) {
	var learn [][]code.Lesson
	for i := 0; i < len(files); i += 2 {
		l, err := read(names, files[i], files[i+1])
		if err != nil {
			return nil, err
		}
		learn = append(learn, l...)
	}
	return learn, nil
}

// read makes the lessons of each coded article.
func read(names *gazetteer.Gazetteer, articles, coded string) ([][]code.Lesson, error) {
	var all [][]code.Lesson
	err := lessons.Each(articles, coded, func(a *lessons.Article, c *eval.Coded) error {
		l, err := lesson(names, a, c)
		all = append(all, l)
		return err
	})
	return all, err
}

var grammars = map[string]extract.Grammar{"ar": arabic.Grammar{}, "en": english.Grammar{}}

// lesson makes two lessons of an article: the statements that the grammar
// finds and a person coded, and the coded ones that it misses.
func lesson(names *gazetteer.Gazetteer, a *lessons.Article, coded *eval.Coded) ([]code.Lesson, error) {
	grammar := grammars[a.Lang]
	if grammar == nil {
		return nil, fmt.Errorf("no grammar of %q", a.Lang)
	}
	statements := slices.DeleteFunc(slices.Clone(coded.Statements), func(s eval.Statement) bool { return s.Verdict != "" })
	t := text.Read(a.Text, a.Lang, a.Title, a.Date)
	mentions := names.Find(t)
	var outlet *gazetteer.Entity
	if a.Outlet != "" {
		outlet = names.Outlet(a.Outlet)
	}
	points := graph.NewOffsets(t.Raw)
	found := grammar.Attributions(t, mentions)
	report := &ingest.Report{}
	for i := range found {
		var s ingest.ReportStatement
		for _, c := range found[i].Content {
			s.Evidence = append(s.Evidence, graph.Evidence{
				Role: graph.RoleContent, Start: points.Point(c.Start), End: points.Point(c.End), Exact: t.At(c),
			})
		}
		report.Statements = append(report.Statements, s)
	}
	first := code.Lesson{Text: t, Corrected: coded.Corrected, Found: found, Linked: link.Resolve(names, t, mentions, found, outlet), Coded: make([]*code.Coded, len(found))}
	paired := map[int]bool{}
	for _, p := range eval.Compare(t.Raw, eval.Coded{ID: coded.ID, Statements: statements}, report).Pairs {
		first.Coded[p.Found] = answers(&statements[p.Coded])
		paired[p.Coded] = true
	}
	second := code.Lesson{Text: t, Corrected: coded.Corrected, ActsCoded: true}
	for i := range statements {
		s := &statements[i]
		f := extract.Attribution{Quote: s.QuoteType, Act: s.Act, Continues: -1, Within: -1}
		for _, e := range s.Evidence {
			from, _ := points.Byte(e.Start)
			to, _ := points.Byte(e.End)
			switch span := (text.Span{Start: from, End: to}); e.Role {
			case graph.RoleContent:
				f.Content = append(f.Content, span)
			case graph.RoleCue:
				f.Cue = span
			case graph.RoleSource:
				f.Source = span
			}
		}
		second.Found = append(second.Found, f)
		if paired[i] {
			second.Coded = append(second.Coded, nil)
		} else {
			second.Coded = append(second.Coded, answers(s))
		}
	}
	second.Linked = link.Resolve(names, t, mentions, second.Found, outlet)
	return []code.Lesson{first, second}, nil
}

func answers(s *eval.Statement) *code.Coded {
	c := &code.Coded{Act: s.Act, TargetsLeft: s.Targets == nil}
	for _, t := range s.Targets {
		c.Targets = append(c.Targets, code.CodedTarget{
			Is:     func(a *graph.Actor, _ string) bool { return eval.IsActor(a, t.Name, t.Mention) },
			Stance: t.Stance,
		})
	}
	for _, i := range s.Issues {
		c.Issues = append(c.Issues, code.CodedIssue{Key: i.Issue, Agreement: i.Agreement})
	}
	return c
}

// tally counts what is right of what was found and of what was coded.
type tally struct{ right, found, coded int }

func (t tally) String() string {
	p, r := float64(t.right)/float64(max(1, t.found)), float64(t.right)/float64(max(1, t.coded))
	return fmt.Sprintf("%.3f  %.3f  %.3f  of %d", p, r, 2*p*r/max(1e-9, p+r), t.coded)
}

type figures struct{ act, targets, stance, polar, issues, agreement tally }

// validation gathers how well a codebook does on articles that its weights
// were not fitted to.
type validation struct {
	book   *code.Codebook
	byLang map[string]*figures
}

// judge fits the weights to some articles and measures on others.
func (v *validation) judge(fit, judged [][]code.Lesson) error {
	var weights bytes.Buffer
	if err := v.book.Train(slices.Concat(fit...), &weights); err != nil {
		return err
	}
	if err := v.book.Weigh(&weights); err != nil {
		return err
	}
	if v.byLang == nil {
		v.byLang = map[string]*figures{}
	}
	for _, l := range judged {
		lang := l[0].Text.Lang
		if v.byLang[lang] == nil {
			v.byLang[lang] = &figures{}
		}
		v.byLang[lang].add(&l[0], v.book.Code(l[0].Text, l[0].Found, l[0].Linked))
	}
	return nil
}

func validate(book *code.Codebook, lessons [][]code.Lesson, folds int) error {
	v := validation{book: book}
	for k := range folds {
		var fit, judged [][]code.Lesson
		for i, l := range lessons {
			if i%folds == k {
				judged = append(judged, l)
			} else {
				fit = append(fit, l)
			}
		}
		if err := v.judge(fit, judged); err != nil {
			return err
		}
	}
	v.print()
	return nil
}

func (v *validation) print() {
	for _, lang := range code.Languages {
		if f := v.byLang[lang]; f != nil {
			fmt.Printf("%s act        %s\n%s targets    %s\n%s stance     %s\n%s … polar    %s\n%s issues     %s\n%s agreement  %s\n",
				lang, f.act, lang, f.targets, lang, f.stance, lang, f.polar, lang, f.issues, lang, f.agreement)
		}
	}
}

func (f *figures) add(l *code.Lesson, codings []code.Coding) {
	for i, c := range l.Coded {
		if c == nil {
			continue
		}
		got := &codings[i]
		f.act.found++
		f.act.coded++
		if got.Act == c.Act {
			f.act.right++
		}
		if c.TargetsLeft {
			got.Targets = nil
		}
		f.targets.coded += len(c.Targets)
		f.targets.found += len(got.Targets)
		left := slices.Clone(got.Targets)
		for _, t := range c.Targets {
			k := slices.IndexFunc(left, func(g code.Target) bool { return t.Is(g.Actor, "") })
			if k < 0 {
				continue
			}
			right := left[k].Stance == t.Stance
			left = slices.Delete(left, k, k+1)
			f.targets.right++
			f.stance.tell(right)
			if t.Stance != 0 {
				f.polar.tell(right)
			}
		}
		f.issues.coded += len(c.Issues)
		f.issues.found += len(got.Positions)
		positions := slices.Clone(got.Positions)
		for _, t := range c.Issues {
			k := slices.IndexFunc(positions, func(g code.Position) bool { return g.Issue.Key == t.Key })
			if k < 0 {
				continue
			}
			f.issues.right++
			f.agreement.tell(positions[k].Agreement == t.Agreement)
			positions = slices.Delete(positions, k, k+1)
		}
	}
}

func (t *tally) tell(right bool) {
	t.found++
	t.coded++
	if right {
		t.right++
	}
}
