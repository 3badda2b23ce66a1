// Command train fits the weights of the coder to articles that people coded,
// and writes them:
//
//	go run ./ingest/code/train -o ingest/code/weights.tsv ARTICLES.jsonl CODED.jsonl …
//
// With -folds N it writes nothing but tells how well weights fitted to the
// other articles do on each Nth part of them. The files are those that `mawqif
// eval` takes. The same files give the same weights.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"

	"mawqif/graph"
	"mawqif/ingest"
	"mawqif/ingest/code"
	"mawqif/ingest/eval"
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
	flag.Parse()
	if err := run(flag.Args(), *out, *folds); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(files []string, out string, folds int) error {
	if len(files) == 0 || len(files)%2 != 0 || (out == "") == (folds < 2) {
		return errors.New("give pairs of files, ARTICLES.jsonl CODED.jsonl, and either -o FILE or -folds N")
	}
	names, err := gazetteer.Default()
	if err != nil {
		return err
	}
	book, err := code.Default()
	if err != nil {
		return err
	}
	var lessons [][]code.Lesson // by article
	for i := 0; i < len(files); i += 2 {
		l, err := read(names, files[i], files[i+1])
		if err != nil {
			return err
		}
		lessons = append(lessons, l...)
	}
	if folds >= 2 {
		return validate(book, lessons, folds)
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	if err := book.Train(slices.Concat(lessons...), f); err != nil {
		return errors.Join(err, f.Close())
	}
	return f.Close()
}

type article struct{ ID, Outlet, Title, Date, Lang, Text string }

// read makes the lessons of each coded article.
func read(names *gazetteer.Gazetteer, articles, coded string) ([][]code.Lesson, error) {
	f, err := os.Open(coded)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list, err := eval.ReadCoded(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", coded, err)
	}
	byID := map[string]eval.Coded{}
	for _, c := range list {
		byID[c.ID] = c
	}
	g, err := os.Open(articles)
	if err != nil {
		return nil, err
	}
	defer g.Close()
	in := bufio.NewScanner(g)
	in.Buffer(nil, 64<<20)
	var lessons [][]code.Lesson
	for line := 1; in.Scan(); line++ {
		var a article
		if err := json.Unmarshal(in.Bytes(), &a); err != nil {
			return nil, fmt.Errorf("%s line %d: %w", articles, line, err)
		}
		if c, ok := byID[a.ID]; ok {
			l, err := lesson(names, a, c)
			if err != nil {
				return nil, fmt.Errorf("%s line %d: %w", articles, line, err)
			}
			lessons = append(lessons, l)
		}
	}
	return lessons, in.Err()
}

var grammars = map[string]extract.Grammar{"ar": arabic.Grammar{}, "en": english.Grammar{}}

// lesson makes two lessons of an article: the statements that the grammar
// finds and a person coded, and the coded ones that it misses.
func lesson(names *gazetteer.Gazetteer, a article, coded eval.Coded) ([]code.Lesson, error) {
	grammar := grammars[a.Lang]
	if grammar == nil {
		return nil, fmt.Errorf("no grammar of %q", a.Lang)
	}
	t := text.Read(a.Text, a.Lang, a.Title, graph.Day(a.Date))
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
	first := code.Lesson{Text: t, Found: found, Linked: link.Resolve(names, t, mentions, found, outlet), Coded: make([]*code.Coded, len(found))}
	paired := map[int]bool{}
	for _, p := range eval.Compare(t.Raw, coded, report).Pairs {
		first.Coded[p.Found] = answers(&coded.Statements[p.Coded])
		paired[p.Coded] = true
	}
	second := code.Lesson{Text: t, ActsCoded: true}
	for i := range coded.Statements {
		s := &coded.Statements[i]
		f := extract.Attribution{Quote: s.QuoteType, Act: s.Act, Continues: -1, Within: -1}
		for _, e := range s.Evidence {
			from, ok1 := points.Byte(e.Start)
			to, ok2 := points.Byte(e.End)
			if !ok1 || !ok2 || from >= to {
				return nil, fmt.Errorf("statement %d: evidence %d to %d is not in the text", s.N, e.Start, e.End)
			}
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
	c := &code.Coded{Act: s.Act}
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

func validate(book *code.Codebook, lessons [][]code.Lesson, folds int) error {
	byLang := map[string]*figures{}
	for k := range folds {
		var fit []code.Lesson
		for i, l := range lessons {
			if i%folds != k {
				fit = append(fit, l...)
			}
		}
		var weights bytes.Buffer
		if err := book.Train(fit, &weights); err != nil {
			return err
		}
		if err := book.Weigh(&weights); err != nil {
			return err
		}
		for i, l := range lessons {
			if i%folds != k {
				continue
			}
			lang := l[0].Text.Lang
			if byLang[lang] == nil {
				byLang[lang] = &figures{}
			}
			byLang[lang].add(&l[0], book.Code(l[0].Text, l[0].Found, l[0].Linked))
		}
	}
	for _, lang := range code.Languages {
		if f := byLang[lang]; f != nil {
			fmt.Printf("%s act        %s\n%s targets    %s\n%s stance     %s\n%s … polar    %s\n%s issues     %s\n%s agreement  %s\n",
				lang, f.act, lang, f.targets, lang, f.stance, lang, f.polar, lang, f.issues, lang, f.agreement)
		}
	}
	return nil
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
