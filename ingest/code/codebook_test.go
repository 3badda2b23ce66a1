package code

import (
	"testing"

	"mawqif/ingest/gazetteer"
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
