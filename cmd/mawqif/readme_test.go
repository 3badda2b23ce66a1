package main

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the output in the README anew")

// shownInReadme are words of the titles of the articles whose statements the
// README shows.
var shownInReadme = []string{"المبعوث الأممي", "Nile dam talks", "In Vienna"}

// TestReadme holds that the README shows what the demo prints.
func TestReadme(t *testing.T) {
	readme, err := filepath.Abs(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	var stdout, stderr bytes.Buffer
	m := Main{Args: []string{"demo", "--no-serve"}, Stdout: &stdout, Stderr: &stderr, Now: time.Now}
	if err := errors.Join(m.Run(t.Context()), m.Close()); err != nil {
		t.Fatalf("%v: %s", err, &stderr)
	}

	table, rest, ok := strings.Cut(stdout.String(), "\n# ")
	if !ok {
		t.Fatal("the demo asks no question")
	}
	var articles []string
	for _, article := range strings.Split(table, "\n\n") {
		title, _, _ := strings.Cut(article, "\n")
		for _, words := range shownInReadme {
			if strings.Contains(title, words) {
				articles = append(articles, strings.TrimRight(article, "\n"))
			}
		}
	}
	if len(articles) != len(shownInReadme) {
		t.Errorf("the demo shows %d of the articles that the README shows", len(articles))
	}
	all, err := exampleQuestions()
	if err != nil {
		t.Fatal(err)
	}
	var questions strings.Builder
	answers := "# " + rest
	for _, q := range all {
		_, after, ok := strings.Cut(answers, q+"\n")
		if !ok {
			t.Fatalf("the demo does not ask\n%s", q)
		}
		answer, after, _ := strings.Cut(after, "\n\n")
		answers = after
		words, document, _ := strings.Cut(strings.TrimPrefix(q, "# "), "\n")
		questions.WriteString("**" + words + "**\n\n```graphql\n" + document + "\n```\n\n```json\n" + answer + "\n```\n\n")
	}

	content, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	want := replace(t, string(content), "demo", "```text\n"+strings.Join(articles, "\n\n")+"\n```")
	want = replace(t, want, "questions", strings.TrimSpace(questions.String()))
	if *update {
		if err := os.WriteFile(readme, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, string(content)); diff != "" {
		t.Errorf("the README does not show what the demo prints; `make golden` writes it anew (-demo +README):\n%s", diff)
	}
}

// replace puts a text between the marks of a name.
func replace(t *testing.T, content, name, text string) string {
	t.Helper()
	before, rest, ok1 := strings.Cut(content, "<!-- "+name+" -->\n")
	_, after, ok2 := strings.Cut(rest, "<!-- /"+name+" -->")
	if !ok1 || !ok2 {
		t.Fatalf("the README lacks the marks of %s", name)
	}
	return before + "<!-- " + name + " -->\n" + text + "\n<!-- /" + name + " -->" + after
}
