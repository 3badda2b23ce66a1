package english

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/ingest/extract"
	"mawqif/ingest/text"
)

// read renders what the rules propose as "source | cue | content", content
// fragments joined by " … ".
func read(s string) []string {
	t := text.Read(s, "en", "", "")
	var lines []string
	for _, a := range Candidates(t) {
		var content []string
		for _, c := range a.Content {
			content = append(content, t.At(c))
		}
		lines = append(lines, t.At(a.Source)+" | "+t.At(a.Cue)+" | "+strings.Join(content, " … "))
	}
	return lines
}

// The rules, each with an example that proves it.
func TestRules(t *testing.T) {
	for _, test := range []struct {
		rule, text string
		want       []string
	}{
		{"clause with that", "The harbour master said on Monday that the port would reopen.",
			[]string{"The harbour master | said | the port would reopen"}},
		{"clause without that", "Officials said the bridge had been closed since March.",
			[]string{"Officials | said | the bridge had been closed since March"}},
		{"quotation after the cue", "Reed said: “We will not leave.”",
			[]string{"Reed | said | We will not leave"}},
		{"quotation before the source", "“We will not leave,” Reed told reporters in Leeds.",
			[]string{"Reed | told | We will not leave"}},
		{"verb before its subject", "“We will not leave,” said Joan Reed, a councillor in Leeds.",
			[]string{"Joan Reed, a councillor in Leeds | said | We will not leave"}},
		{"quotation resumed and continued", "“We will stay,” Reed said, “and we will vote.” \"Nobody leaves.\"",
			[]string{"Reed | said | We will stay … and we will vote … Nobody leaves"}},
		{"clause before the source", "The road is safe again, the ministry said.",
			[]string{"the ministry | said | The road is safe again"}},
		{"according to, before", "According to the ministry, the road is safe.",
			[]string{"the ministry | According to | the road is safe"}},
		{"according to, after", "The road is safe, according to the ministry.",
			[]string{"the ministry | according to | The road is safe"}},
		{"shared subject", "The mayor praised the crew but blamed the builder for the delay.",
			[]string{"The mayor | praised | the crew", "The mayor | blamed | the builder for the delay"}},
		{"participle", "Reed said the vote was fair, adding that nobody had complained.",
			[]string{"Reed | said | the vote was fair", "Reed | adding | nobody had complained"}},
		{"object and infinitive", "The council urged all parties to return to the talks.",
			[]string{"The council | urged | all parties to return to the talks"}},
		{"noun phrase", "Norway condemned the attack on the embassy.",
			[]string{"Norway | condemned | the attack on the embassy"}},
		{"infinitive", "The union threatened to strike.",
			[]string{"The union | threatened | to strike"}},
		{"object and its name", "The minister called the ruling “a disgrace”.",
			[]string{"The minister | called | the ruling “a disgrace"}},
		{"quoted as saying", "The agency quoted the owner as saying the ship was safe.",
			[]string{"the owner | saying | the ship was safe"}},
		{"subject before an insertion", "Anna Berg, a lawyer in Oslo, said the case was closed.",
			[]string{"Anna Berg, a lawyer in Oslo | said | the case was closed"}},
		{"noun cue with its possessor", "The press mocked Oslo's demand that the fleet withdraw.",
			[]string{"The press | mocked | Oslo's demand that the fleet withdraw", "Oslo | demand | the fleet withdraw"}},
		{"no source", "It is believed that the ship sank.", nil},
		{"bare act", "The minister visited the camp and met the guards.", nil},
	} {
		t.Run(test.rule, func(t *testing.T) {
			if diff := cmp.Diff(test.want, read(test.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func FuzzAttributions(f *testing.F) {
	f.Add("“A,” he said. “B.”\n“C\n“D,” said X, who denied it, adding: “E”")
	f.Add("According to the, said ,’ told “ that")
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 1<<16 {
			return
		}
		s = strings.ToValidUTF8(s, "")
		x := text.Read(s, "en", "", "")
		check(t, x, (Grammar{}).Attributions(x, nil))
	})
}

// check asserts what every attribution promises.
func check(t *testing.T, x *text.Text, found []extract.Attribution) {
	t.Helper()
	valid := func(what string, s text.Span) {
		if s.Start < 0 || s.End > len(x.Raw) || s.Start > s.End {
			t.Fatalf("%s %v is outside the text", what, s)
		}
	}
	before := 0
	for i, a := range found {
		if a.Cue.Len() == 0 || len(a.Content) == 0 {
			t.Fatalf("attribution %d has no cue or no content", i)
		}
		for _, s := range append([]text.Span{a.Cue, a.Source, a.Relay, a.Frame}, a.Content...) {
			valid("span", s)
		}
		if a.Content[0].Start < before {
			t.Fatalf("attribution %d is out of order", i)
		}
		before = a.Content[0].Start
		if a.Continues >= len(found) || a.Within >= len(found) || a.Continues == i || a.Within == i {
			t.Fatalf("attribution %d refers to %d and %d", i, a.Continues, a.Within)
		}
	}
}
