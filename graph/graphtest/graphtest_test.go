package graphtest

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
)

// A promise that a store may skip is none.
func TestTheSuiteSkipsNothing(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	skips := regexp.MustCompile(`\.Skip(Now|f)?\(|testing\.Short\(|//go:build`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if file == "graphtest_test.go" {
			continue
		}
		if found := skips.Find(text); found != nil {
			t.Errorf("%s holds %s", file, found)
		}
	}
}

func TestSyntheticGraphsAreSoundAndRepeatable(t *testing.T) {
	s := Synthetic{Seed: 1, Statements: 400}
	first, again := slices.Collect(s.Batches()), slices.Collect(s.Batches())
	if diff := cmp.Diff(first, again); diff != "" {
		t.Error(diff)
	}
	statements := 0
	for i := range first {
		if err := first[i].Validate(); err != nil {
			t.Fatal(err)
		}
		statements += len(first[i].Statements)
	}
	if len(first) != 50 || statements != 400 {
		t.Errorf("%d articles, %d statements", len(first), statements)
	}
	other := slices.Collect(Synthetic{Seed: 2, Statements: 400}.Batches())
	if other[0].Article.ID == first[0].Article.ID {
		t.Error("the seed does not count")
	}
}

func TestFixtureIsSound(t *testing.T) {
	for _, run := range []graph.Run{firstRun, secondRun} {
		for _, b := range fixture(run) {
			if err := b.Validate(); err != nil {
				t.Error(err)
			}
		}
	}
	for _, b := range joinBatches() {
		if err := b.Validate(); err != nil {
			t.Error(err)
		}
	}
}
