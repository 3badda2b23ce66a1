package lessons_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/ingest/eval"
	"mawqif/ingest/eval/lessons"
	"mawqif/ingest/extract/linear"
)

func file(t *testing.T, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "in.jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestEach(t *testing.T) {
	const first, second = `{"id":"a","text":"Harbour opens, mayor says.","date":"2022-03-01"}`, `{"id":"b","text":"قال"}`
	for _, test := range []struct {
		name            string
		articles, coded []string
		want            []string
		fault           string
	}{
		{name: "in the order of the articles, without those that are not coded",
			articles: []string{first, `{"id":"c","text":""}`, second},
			coded:    []string{`{"id":"b","statements":[]}`, `{"id":"a","statements":[{"evidence":[{"role":"CUE","start":21,"end":25}]}]}`},
			want:     []string{"a 2022-03-01 1", "b  0"}},
		{name: "evidence outside the text", articles: []string{second, first}, coded: []string{`{"id":"a","statements":[{"n":1,"evidence":[{"role":"CUE","start":21,"end":99}]}]}`},
			fault: "in.jsonl line 2: "},
		{name: "a broken article", articles: []string{first, "{"}, coded: []string{`{"id":"b","statements":[]}`}, fault: "in.jsonl line 2: "},
		{name: "a broken coding", articles: []string{first}, coded: []string{`{"statements":[]}`}, fault: "line 1: the article has no id"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			err := lessons.Each(file(t, test.articles...), file(t, test.coded...), func(a *lessons.Article, c *eval.Coded) error {
				got = append(got, a.ID+" "+string(a.Date)+" "+string(rune('0'+len(c.Statements))))
				return nil
			})
			if test.fault != "" {
				if err == nil || !strings.Contains(err.Error(), test.fault) {
					t.Fatalf("error %v, want one with %q", err, test.fault)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(test.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestWrite(t *testing.T) {
	m := linear.Train([]linear.Example{{Class: "yes", Features: []linear.Feature{linear.Fact("x")}}, {Class: "no"}}, linear.Options{Epochs: 2, Rate: .1})
	path := filepath.Join(t.TempDir(), "w.tsv")
	if err := lessons.Write(path, "Fitted to two.", m); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(b), "# Fitted to two.\n") {
		t.Errorf("%s", b)
	}
	if _, err := linear.Load(string(b)); err != nil {
		t.Error(err)
	}
}
