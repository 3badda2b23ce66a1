package tag

import (
	"strings"
	"testing"

	"mawqif/ingest/text"
)

func TestTags(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"The mayor claims that the bridge is safe.", "DNVSDNVJU"},
		{"Their claims were false.", "DNVJU"},
		{"He has not said whether it's true.", "RVAXSKJU"},
		{"Officials urged them to leave.", "NVRTBU"},
	} {
		var got strings.Builder
		for _, tag := range Default().Tags(text.Read(test.text, "en", "", "")) {
			got.WriteString(tag.String())
		}
		if got.String() != test.want {
			t.Errorf("%s: %s, want %s", test.text, got.String(), test.want)
		}
	}
}

// What is trained on a few sentences is read back and tags them.
func TestTrain(t *testing.T) {
	const tagged = "The\tD\nclaims\tN\nfailed\tV\n.\tU\n\nShe\tR\nclaims\tV\nit\tR\n.\tU\n\n"
	examples, err := ReadExamples(strings.NewReader(strings.Repeat(tagged, 30)))
	if err != nil {
		t.Fatal(err)
	}
	var out, again strings.Builder
	for _, b := range []*strings.Builder{&out, &again} {
		if err := Train(examples, 3, 2, 1, b); err != nil {
			t.Fatal(err)
		}
	}
	if out.String() != again.String() {
		t.Error("training twice gave two files")
	}
	g, err := Read(out.String())
	if err != nil {
		t.Fatal(err)
	}
	if got := g.Accuracy(examples); got != 1 {
		t.Errorf("accuracy on its own examples is %v", got)
	}
}

func TestReadFaults(t *testing.T) {
	for _, test := range []struct{ weights, want string }{
		{"=\tthe\tZ\n", "line 1: unknown tag"},
		{"% comment\nw\tsaid\t\tV:x\n", "line 2: strconv.ParseInt"},
		{"w\tsaid\n", "line 1: neither"},
	} {
		if _, err := Read(test.weights); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: %v, want %q", test.weights, err, test.want)
		}
	}
	if _, err := ReadExamples(strings.NewReader("two words\tN\n")); err == nil {
		t.Error("two tokens in a line were taken")
	}
}
