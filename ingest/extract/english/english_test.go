package english

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
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
		{"two insertions behind a name", "Joan Reed, spokeswoman for New Hale, another club in Leeds, said the vote was fair.",
			[]string{"Joan Reed, spokeswoman for New Hale, another club in Leeds | said | the vote was fair"}},
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
		{"source within the clause", "This bridge, the mayor said, is closed.",
			[]string{"the mayor | said | This bridge … is closed"}},
		{"listener, then clause", "The envoy told reporters Vienna was ready to help.",
			[]string{"The envoy | told | Vienna was ready to help"}},
		{"clause that leads up to the main one", "Although the mayor said the bridge was safe, the drivers turned back.",
			[]string{"the mayor | said | the bridge was safe"}},
		{"participle before the main clause", "Describing the vote as a farce, the senator left the hall.",
			[]string{"the senator | Describing | the vote as a farce"}},
		{"noun with participle", "Crowds calling for his release filled the square.",
			[]string{"Crowds | calling for | his release"}},
		{"relative clause", "The minister thanked the doctor, who criticised the delay.",
			[]string{"The minister | thanked | the doctor", "the doctor | criticised | the delay"}},
		{"relative clause around the cue", "They closed the camp, which officials said was unsafe.",
			[]string{"officials | said | the camp … was unsafe"}},
		{"label retold", "The party rejected what it called a coup.",
			[]string{"The party | rejected | what it called a coup", "it | called | a coup"}},
		{"object of something", "Oslo accused the firm of fraud.",
			[]string{"Oslo | accused | the firm of fraud"}},
		{"object as something", "Reed described the deal as a fraud on the taxpayer.",
			[]string{"Reed | described | the deal as a fraud on the taxpayer"}},
		{"form in -ing", "The guard denied taking part in the raid.",
			[]string{"The guard | denied | taking part in the raid"}},
		{"indirect question", "The clerk explained how the votes were counted.",
			[]string{"The clerk | explained | how the votes were counted"}},
		{"passive with its agent", "The ruling was condemned by the opposition.",
			[]string{"the opposition | condemned | The ruling"}},
		{"participle with its agent", "The truce proposed by the envoy collapsed.",
			[]string{"the envoy | proposed | The truce"}},
		{"verb of expressing with its noun", "The bishop expressed concern about the prisoners.",
			[]string{"The bishop | expressed concern | the prisoners"}},
		{"noun cue with by or from", "Praise from the bishop for the rescue was brief.",
			[]string{"the bishop | Praise | the rescue"}},
		{"noun cue after a name", "There were fresh Ukrainian pleas for help.",
			[]string{"Ukrainian | pleas | help"}},
		{"list of verbs", "The senator praised the crew, thanked the mayor and went home.",
			[]string{"The senator | praised | the crew", "The senator | thanked | the mayor"}},
		{"agency that relays", "The bridge is closed, the mayor said, Reuters reported.",
			[]string{"the mayor | said | The bridge is closed"}},
		{"hope that its holder reports", "Reed said he hoped the talks would resume.",
			[]string{"Reed | said | he hoped the talks would resume"}},
		{"subject of the governing verb", "The union went on to threaten a strike.",
			[]string{"The union | threaten | a strike"}},
		{"quotation in the next paragraph", "Reed went further and said:\n“We will not leave this town.”",
			[]string{"Reed | said | We will not leave this town"}},
		{"quotation continued over paragraphs", "“We are ready for the winter,” Reed said.\n“We have been ready for weeks.”",
			[]string{"Reed | said | We are ready for the winter … We have been ready for weeks"}},
		{"document that shows", "The survey shows that prices fell in May.",
			[]string{"The survey | shows | prices fell in May"}},
		{"insertion before that", "Reed said, among other things, that the port was closed.",
			[]string{"Reed | said | the port was closed"}},
		{"clause with as, before", "As the paper noted, the port was closed in May.",
			[]string{"the paper | noted | the port was closed in May"}},
		{"clause with as, within", "The port, as the mayor said on Monday, is closed.",
			[]string{"the mayor | said | The port … is closed"}},
		{"put it", "As two scholars put it: “The port decides who eats in this town.”",
			[]string{"two scholars | put | The port decides who eats in this town"}},
		{"contracted perfect", "He's said he needs time to read the plan.",
			[]string{"He | said | he needs time to read the plan"}},
		{"verb taken for a noun", "The engineers claim they were never asked about the bridge.",
			[]string{"The engineers | claim | they were never asked about the bridge"}},
		{"present before its subject", "“It will be a long road,” counters Anna Berg, a lawyer in Oslo.",
			[]string{"Anna Berg, a lawyer in Oslo | counters | It will be a long road"}},
		{"time as subject", "The envoy said the night was long.",
			[]string{"The envoy | said | the night was long"}},
		{"listener with an apposition", "Reed told Anna Berg, the host of a radio show, that he would stay.",
			[]string{"Reed | told | he would stay"}},
		{"quoted words in the object", "The minister proposed a “clean” bill to keep the port open.",
			[]string{"The minister | proposed | a “clean” bill to keep the port open"}},
		{"form in -ing as object", "The senator backed delivering pumps to the islands.",
			[]string{"The senator | backed | delivering pumps to the islands"}},
		{"infinitive behind an insertion", "The minister declined, however, to give a date.",
			[]string{"The minister | declined | to give a date"}},
		{"as somebody points out", "As Reed points out, the bridge has been shut for a year.",
			[]string{"Reed | points out | the bridge has been shut for a year"}},
		{"verb of the clause unread", "The port said the dead included two guards of the harbour.",
			[]string{"The port | said | the dead included two guards of the harbour"}},
		{"infinitive after an attempt", "The mayor sought to reassure drivers that the bridge was safe.",
			[]string{"The mayor | reassure | the bridge was safe"}},
		{"name that is a verb too", "Crow, meanwhile, said the road was shut. It was Mr. Crow who asked.",
			[]string{"Crow | said | the road was shut"}},
		{"clause resumed by an infinitive", "More pumps were needed, the mayor said, to keep the cellars dry.",
			[]string{"the mayor | said | More pumps were needed … to keep the cellars dry"}},
		{"title before the source", "In the film “Harbour Lights of the Cold North,” Reed describes the strike as a turning point.",
			[]string{"Reed | describes | the strike as a turning point"}},
		{"refusal to speak", "The mayor would not say whether the bridge would open.",
			[]string{"The mayor | would not say | whether the bridge would open"}},
		{"adjective", "The mayor is confident that the bridge will open.",
			[]string{"The mayor | is confident | the bridge will open"}},
		{"words in the next paragraph", "The mayor wrote in a letter:\nThe bridge has been closed for much of the year.",
			[]string{"The mayor | wrote | The bridge has been closed for much of the year"}},
		{"post", "The bridge is open again! https://example.org/x — Joan Reed (@joanreed) May 6, 2020",
			[]string{"Joan Reed (@joanreed) | — | The bridge is open again!"}},
		{"label before the words", "Joan Reed: “We will not leave this town.”",
			[]string{"Joan Reed | : | We will not leave this town"}},
		{"label behind the words", "“We will not leave this town.” — Joan Reed, Leeds Post",
			[]string{"Joan Reed | — | We will not leave this town"}},
		{"verb and subject before the content", "Said Joan Reed, a councillor in Leeds: “We will not leave.”",
			[]string{"Joan Reed, a councillor in Leeds | Said | We will not leave"}},
		{"object before the cue", "It was an arrangement that the council has criticised.",
			[]string{"the council | criticised | an arrangement"}},
		{"bare relative clause", "They left a camp officials said was unsafe.",
			[]string{"officials | said | a camp … was unsafe"}},
		{"object, insertion and what is said of it", "Reed accused the crowd, which had paid to come, of silence.",
			[]string{"Reed | accused | the crowd, which had paid to come, of silence"}},
		{"noun cue with its source behind", "They read the requests for more money from the council.",
			[]string{"the council | requests | more money"}},
		{"object that is blamed", "Reed criticised Berg for saying that the port was safe.",
			[]string{"Reed | criticised | Berg for saying that the port was safe", "Berg | saying | the port was safe"}},
		{"noun and its participle as a subject", "A group representing doctors said the plan would fail.",
			[]string{"A group representing doctors | said | the plan would fail"}},
		{"title after the cue", "“The port is closed,” Reed said on the radio’s “Morning Hour.”",
			[]string{"Reed | said | The port is closed"}},
		{"verb of both subjects", "The mayor and her deputy have both urged the crews to return.",
			[]string{"The mayor and her deputy | urged | the crews to return"}},
		{"relative after a noun of saying", "“The port is closed,” Reed said in a speech that was heard in Leeds.",
			[]string{"Reed | said | The port is closed"}},
		{"noun before the main verb", "Her claim that the port was safe angered the crews.",
			[]string{"Her | claim | the port was safe"}},
		{"negated infinitive", "He pledged never again to close the port.",
			[]string{"He | pledged | never again to close the port"}},
		{"person that shows", "The guide showed the visitors the hall.", nil},
		{"supposed only", "The talks end if the mayor declares the truce dead.", nil},
		{"what could be said", "The mayor could announce a curfew.", nil},
		{"not said", "The mayor did not say when the bridge would open.", nil},
		{"only pointed to", "The mayor said that.", nil},
		{"verb of the subject before", "The mayor responded to the call and left the hall.", nil},
		{"first person", "I think the bridge is safe.", nil},
		{"nobody", "Nobody believed the truce would last.", nil},
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

// The act is that of the cue; the clause tells of whom the content speaks, and
// how.
func TestActsAndClauses(t *testing.T) {
	for _, test := range []struct {
		text   string
		act    graph.Act
		clause extract.Clause
	}{
		{"Norway condemned the attack on the embassy.", graph.ActAccuse, extract.Clause{}},
		{"The envoy said the port must open again.", graph.ActState, extract.Clause{Mood: extract.Ought}},
		{"“We will rebuild the bridge,” Reed said.", graph.ActState, extract.Clause{Subject: extract.Self, Mood: extract.Will}},
		{"“I did not sign the letter,” Reed said.", graph.ActState, extract.Clause{Subject: extract.Self, Mood: extract.Past, Negated: true}},
		{"Reed said the ruling is a disgrace.", graph.ActState, extract.Clause{Mood: extract.Present}},
		{"Police said the road had been closed since noon.", graph.ActState, extract.Clause{Mood: extract.Past}},
		{"“Open the port at once,” Reed said.", graph.ActState, extract.Clause{Subject: extract.Hearer, Mood: extract.Imperative}},
	} {
		found := (Grammar{}).Attributions(text.Read(test.text, "en", "", ""), nil)
		if len(found) != 1 || found[0].Act != test.act || found[0].Clause != test.clause {
			t.Errorf("%s: %v, want one %s with %v", test.text, found, test.act, test.clause)
		}
	}
}

// What the weights make of proposals: a plain statement is kept, a purpose
// that only looks like one is not.
func TestWeigh(t *testing.T) {
	for _, test := range []struct {
		text string
		want int
	}{
		{"The harbour master said on Monday that the port would reopen.", 1},
		{"The columns support the roof.", 0},
	} {
		if found := (Grammar{}).Attributions(text.Read(test.text, "en", "", ""), nil); len(found) != test.want {
			t.Errorf("%s: %d attributions, want %d", test.text, len(found), test.want)
		}
	}
}

func TestPronouns(t *testing.T) {
	x := text.Read("She said the bridge was closed.", "en", "", "")
	found := (Grammar{}).Attributions(x, nil)
	if len(found) != 1 || !found[0].Pronoun || found[0].Gender != extract.Feminine || found[0].Number != extract.Singular {
		t.Errorf("%+v", found)
	}
}

// The cost grows with the text alone: compare the time per token.
func BenchmarkAttributions(b *testing.B) {
	const article = "The harbour master said on Monday that the port would reopen. “We are ready,” said Joan Reed, a councillor in Leeds. " +
		"“We have been for weeks.” According to the ministry, the road is safe, although the union, which had urged its members to stay at home, " +
		"called the claim “a bad joke” and accused the ministry of neglect.\n"
	for _, times := range []int{1, 10, 100} {
		x := text.Read(strings.Repeat(article, times), "en", "", "")
		b.Run(strconv.Itoa(times), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				(Grammar{}).Attributions(x, nil)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(x.Tokens)), "ns/token")
		})
	}
}

func FuzzAttributions(f *testing.F) {
	f.Add("“A,” he said. “B.”\n“C\n“D,” said X, who denied it, adding: “E”")
	f.Add("According to the, said ,’ told “ that")
	f.Add(",,sAid c,sAid B")
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
