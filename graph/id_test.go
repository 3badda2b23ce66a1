package graph

import (
	"strings"
	"testing"
)

// The ids are part of every store and every export: a change of any is a
// change of format.
func TestIDsStayTheSame(t *testing.T) {
	article := Article{
		SourceID: "a1", URL: "https://news.example/1", Title: "عنوان", Outlet: NewOutlet("outlet/example").ID,
		Language: "ar", Published: "2020-06-06", Text: "قال الوزير إن بلاده ترحب بالقرار.",
	}
	article.Identify()
	position := NewPosition(NewIssue("book", "withdraw").ID, NewActor(State, "state/ir").ID, NewPlace("place/sy").ID)
	statement := Statement{
		Article: article.ID, Run: NewRun("rules", "1", "book").ID, Speaker: NewActor(Person, "person/وزير").ID,
		QuoteType: Indirect, Act: ActSupport, Cue: "قال", Content: "بلاده ترحب بالقرار",
		SaidAt:   Date{Day: "2020-06-05", Precision: PrecisionDay, Origin: OriginResolved},
		Targets:  []Target{{Actor: NewActor(State, "state/ir").ID, Stance: 1, Mention: "القرار"}},
		Evidence: []Evidence{{RoleContent, 14, 32, "بلاده ترحب بالقرار"}, {RoleCue, 0, 3, "قال"}},
	}
	statement.Identify()
	for _, c := range []struct {
		name      string
		got, want ID
	}{
		{"actor", NewActor(State, "state/us").ID, "actor:nbxqhkqg6tw5vwicjlcwzkpxbi"},
		{"the kind of an actor does not count", NewActor(Group, "state/us").ID, NewActor(State, "state/us").ID},
		{"place", NewPlace("place/sy/idlib").ID, "place:eu6pwagsbwcfgh4v54z3e3zva4"},
		{"outlet", NewOutlet("outlet/example").ID, "outlet:meojstxacaoonnd524pvcormky"},
		{"issue", NewIssue("book", "withdraw").ID, "issue:gtrjb6bm4xilv7jfqvbckrhflm"},
		{"position", position.ID, "position:tcjujb562ufwx4kshbznycdhna"},
		{"position without slots", NewPosition(position.Issue, "", "").ID, "position:ipd2w2fqlhmggo64pelrz66y5e"},
		{"run", statement.Run, "run:z6acvmlx3gzkxu2aarnkcjpjzq"},
		{"article", article.ID, "article:mzjvxbkdgru3mqfpz3kwwaguwy"},
		{"statement", statement.ID, "statement:sofmn5224fwbn4a63ojt23orye"},
		{"utterance", ID(statement.Utterance), "zzq3nuvuggruyd5gi2fowvjrky"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.name, c.got, c.want)
		}
	}
}

func TestIDsTellPartsApart(t *testing.T) {
	seen := map[ID][]string{}
	for _, parts := range [][]string{
		nil, {""}, {"", ""}, {"ab", "c"}, {"a", "bc"}, {"abc"}, {"abc", ""}, {"", "abc"},
		{strings.Repeat("x", 127)}, {strings.Repeat("x", 128)}, {"\x01a"}, {"a", "\x00"}, {"a\x00"},
	} {
		id := NewID(KindActor, parts...)
		if other, ok := seen[id]; ok {
			t.Errorf("%q and %q have the same id", parts, other)
		}
		seen[id] = parts
	}
	if NewID(KindActor, "a") == NewID(KindPlace, "a") {
		t.Error("the kind does not count")
	}
}

func TestKindOfID(t *testing.T) {
	hash := strings.Repeat("a", 26)
	for _, k := range Kinds {
		if got := NewID(k, "x").Kind(); got != k {
			t.Errorf("kind of an id of a %s: %q", k, got)
		}
	}
	for _, id := range []ID{
		"", ":", "actor", "actor:", ID("actor:" + hash[1:]), ID("actor:" + hash + "a"), ID("Actor:" + hash),
		ID("thing:" + hash), ID("actor:" + strings.ToUpper(hash)), ID("actor:" + hash[1:] + "1"), ID(" actor:" + hash),
		ID("actor:" + hash[2:] + "é"), ID("actor::" + hash[1:]),
	} {
		if got := id.Kind(); got != "" {
			t.Errorf("%q passes for the id of a %s", id, got)
		}
	}
}

func TestConfidenceAndClocksAreNoPartOfIdentity(t *testing.T) {
	a := Statement{Content: "x", Confidence: 0.1}
	b := Statement{Content: "x", Confidence: 0.9, RecordedAt: Day("2020-01-01").Time()}
	a.Identify()
	b.Identify()
	if a.ID != b.ID {
		t.Error("the same statement has two ids")
	}
}

func TestUtteranceJoinsTheSameWordsAcrossArticles(t *testing.T) {
	a := Statement{Article: "1", Speaker: "s", Content: "إنّ الأزمة، انتهت!"}
	b := Statement{Article: "2", Speaker: "s", Content: "ان الازمة انتهت", Act: ActDeny}
	c := Statement{Article: "1", Speaker: "other", Content: "إنّ الأزمة، انتهت!"}
	for _, s := range []*Statement{&a, &b, &c} {
		s.Identify()
	}
	if a.Utterance != b.Utterance || a.Utterance == c.Utterance || a.ID == b.ID {
		t.Errorf("utterances %s %s %s", a.Utterance, b.Utterance, c.Utterance)
	}
}
