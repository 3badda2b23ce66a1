package code

import (
	"fmt"
	"testing"

	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

func defaultCodebook(t testing.TB) *Codebook {
	t.Helper()
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestExamples runs every example of the default codebook.
func TestExamples(t *testing.T) {
	c := defaultCodebook(t)
	names, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	proved := map[string]bool{}
	for _, e := range c.Examples() {
		proved[e.Issue+"/"+e.Lang] = true
		if err := c.Prove(e, names); err != nil {
			t.Error(err)
		}
	}
	for _, i := range c.issues {
		for _, lang := range Languages {
			if !proved[i.key+"/"+lang] {
				t.Errorf("issue %s has no example in %s", i.key, lang)
			}
		}
	}
	if len(c.issues) != 70 {
		t.Errorf("the codebook has %d issues", len(c.issues))
	}
}

func dump(c *Codebook, lang, s string) {
	tx := text.Read(s, lang, "", "")
	l := c.languages[lang]
	r := l.matcher.read(tx, nil)
	for _, e := range l.evidence(r, l.matcher.hits(r), stretch{0, int32(len(r.token))}, nil) {
		fmt.Println(c.issues[e.issue].key, e.polarity, e.negated, l.rules.list[e.rule].source)
	}
}
