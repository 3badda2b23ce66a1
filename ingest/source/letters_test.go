package source

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/ingest"
)

func unread(where string) ingest.Item {
	return ingest.Item{Where: where, Err: errors.New("broken"), Raw: []byte("x"), Line: true}
}

// run keeps the items of a run over inputs.
func run(t *testing.T, path string, inputs []string, complete bool, items ...ingest.Item) {
	t.Helper()
	l := NewLetters(path, inputs)
	for _, item := range items {
		if err := l.Add(item); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(complete); err != nil {
		t.Fatal(err)
	}
}

// held returns where the items stood that the file keeps.
func held(t *testing.T, path string) []string {
	t.Helper()
	s, err := Open([]string{path}, nil, options())
	if err != nil {
		t.Fatal(err)
	}
	var where []string
	for item := range s.Items(t.Context()) {
		where = append(where, item.Where)
	}
	return where
}

func TestLetters(t *testing.T) {
	t.Chdir(t.TempDir())
	const path = "mawqif.rejected.jsonl"

	run(t, path, []string{"news"}, true)
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("a file is made though nothing was rejected: %v", err)
	}
	run(t, path, []string{"news"}, true, unread("a"), unread("b"))
	run(t, path, []string{"news"}, true, unread("b"), unread("c"))
	if diff := cmp.Diff([]string{"a", "b", "c"}, held(t, path)); diff != "" {
		t.Errorf("after two runs (-want +got):\n%s", diff)
	}

	// A run over the file that is cut short keeps all that was in it.
	again := []string{"./" + path}
	run(t, path, again, false, unread("a"), unread("d"))
	if diff := cmp.Diff([]string{"a", "b", "c", "d"}, held(t, path)); diff != "" {
		t.Errorf("after a run over the file that was cut short (-want +got):\n%s", diff)
	}
	// A complete one keeps what was rejected again, and in the end nothing.
	run(t, path, again, true, unread("b"))
	if diff := cmp.Diff([]string{"b"}, held(t, path)); diff != "" {
		t.Errorf("after a complete run over the file (-want +got):\n%s", diff)
	}
	run(t, path, again, true)
	entries, err := os.ReadDir(".")
	if err != nil || len(entries) > 0 {
		t.Errorf("%v, %v are left though nothing is rejected any more", entries, err)
	}
}

// A line that was cut off when the disk filled up does not swallow the next.
func TestLettersAfterALineThatWasCutOff(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "l.jsonl", []byte(`{"rejected":{"cause":"brok`))
	run(t, "l.jsonl", nil, true, unread("a"))
	content, err := os.ReadFile("l.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Split(string(content), "\n"); len(lines) != 3 || !strings.Contains(lines[1], `"where":"a"`) {
		t.Errorf("the file holds %q", content)
	}
}

func TestLettersWithoutSpace(t *testing.T) {
	l := NewLetters("/dev/full", nil)
	if err := l.Add(unread("a")); err == nil || !strings.Contains(err.Error(), "no space") {
		t.Errorf("writing to a full disk: %v", err)
	}
}
