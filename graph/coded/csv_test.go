package coded_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
	"mawqif/graph/coded"
)

func table(t testing.TB, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "debate.csv")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func readTable(t testing.TB, content string, o coded.TableOptions) ([]graph.Batch, *coded.Report) {
	t.Helper()
	src, err := coded.OpenTable(table(t, content), o)
	if err != nil {
		t.Fatal(err)
	}
	var all []graph.Batch
	for b, err := range src.Batches(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Validate(); err != nil {
			t.Error(err)
		}
		all = append(all, b)
	}
	return all, src.Report()
}

// spoken is a statement in words.
type spoken struct {
	Article, Speaker, For, Issue, Content, Act, Said string
	Start, Agreement                                 int
}

func inWords(batches []graph.Batch) []spoken {
	var all []spoken
	for _, b := range batches {
		name := func(id graph.ID) string {
			for _, a := range b.Actors {
				if a.ID == id {
					return a.Names[0].Value
				}
			}
			return ""
		}
		for _, s := range b.Statements {
			w := spoken{Article: b.Article.SourceID, Speaker: name(s.Speaker), For: name(s.OnBehalfOf), Content: s.Content, Act: string(s.Act), Said: string(s.SaidAt.Day), Start: s.Start()}
			for _, p := range s.Positions {
				w.Agreement = int(p.Agreement)
				for _, q := range b.Positions {
					for _, i := range b.Issues {
						if q.ID == p.Position && q.Issue == i.ID {
							w.Issue = i.Key
						}
					}
				}
			}
			all = append(all, w)
		}
	}
	return all
}

func TestTable(t *testing.T) {
	tests := []struct {
		name, content string
		options       coded.TableOptions
		want          []spoken
	}{
		{
			"passages make the text",
			"doc,who,org,frame,yes,quote,day\n7,Lea Duran,Greens,tax,1,We want a tax.,2021-03-04\n7,Karim,,tax,0,\"No, thanks.\",2021-03-04\n8,,Union,jobs,1,Jobs first.,\n",
			coded.TableOptions{Zero: coded.ZeroDisagree, Columns: map[string]string{"document": "doc", "person": "who", "organization": "org", "concept": "frame", "agreement": "yes", "content": "quote", "date": "day"}},
			[]spoken{
				{"debate/7", "Lea Duran", "Greens", "tax", "We want a tax.", "STATE", "2021-03-04", 0, 1},
				{"debate/7", "Karim", "", "tax", "No, thanks.", "STATE", "2021-03-04", 16, -1},
				{"debate/8", "Union", "", "jobs", "Jobs first.", "STATE", "", 0, 1},
			},
		},
		{
			"passages are found in the text",
			"\uFEFFdocument,person,concept,agreement,content,text,act,said\n1,الطيب,وقف القتال,-1,لن نوقف القتال,قال الطيب: لن نوقف القتال.,reject,2023-05-16T10:00:00Z\n1,الطيب,وقف القتال,neutral,القتال,,,\n",
			coded.TableOptions{},
			[]spoken{
				{"debate/1", "الطيب", "", "وقف القتال", "لن نوقف القتال", "REJECT", "2023-05-16", 11, -1},
				{"debate/1", "الطيب", "", "وقف القتال", "القتال", "STATE", "", 19, 0},
			},
		},
		{
			"spans, semicolons, no document",
			"person;concept;agreement;text;start;end\nLea;tax;agree;She said yes.;9;12\nLea;tax;against;She said no.;9;11\nLea;jobs;pro;She said no.;0;3\n",
			coded.TableOptions{Delimiter: ';'},
			[]spoken{
				{"debate/row 1", "Lea", "", "tax", "yes", "STATE", "", 9, 1},
				{"debate/row 2", "Lea", "", "tax", "no", "STATE", "", 9, -1},
				{"debate/row 2", "Lea", "", "jobs", "She", "STATE", "", 0, 1},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			batches, report := readTable(t, tt.content, tt.options)
			if diff := cmp.Diff(tt.want, inWords(batches)); diff != "" {
				t.Errorf("(-want +got):\n%s\nreport %+v", diff, report)
			}
			if len(report.Rejected) > 0 {
				t.Errorf("rejected: %v", report.Rejected)
			}
		})
	}
}

// TestTableReport tells of every row that is broken and takes the others.
func TestTableReport(t *testing.T) {
	const head = "document,person,concept,agreement,content,text,start,end,date,act,quote_type,mood\n"
	const good = "1,Lea,tax,1,yes,She said yes.,9,12,2021-03-04,,,\n"
	tests := []struct {
		name, row, want string
		rejected        bool
	}{
		{"too few columns", "2,Lea,tax\n", "line 3 of debate.csv: it has 3 columns, and the first row has 12", true},
		{"nobody", "2,,,1,yes,She said yes.,,,,,,\n", "it names neither who speaks nor a concept", true},
		{"agreement", "2,Lea,tax,maybe,yes,She said yes.,,,,,,\n", `its agreement "maybe" is none of`, true},
		{"act", "2,Lea,tax,1,yes,She said yes.,,,,shout,,\n", `its act "SHOUT" is none of`, true},
		{"quote", "2,Lea,tax,1,yes,She said yes.,,,,,loud,\n", `its type of quotation "LOUD" is none of`, true},
		{"not in the text", "2,Lea,tax,1,never,She said yes.,,,,,,\n", `its passage is not in the text: "never"`, true},
		{"span of other words", "2,Lea,tax,1,yes,She said yes.,0,3,,,,\n", `the text has "She" at 0 to 3, and not its passage "yes"`, true},
		{"span beyond the text", "2,Lea,tax,1,,She said yes.,9,120,,,,\n", "its span 9 to 120 lies outside the text, which has 13 characters", true},
		{"span of words", "2,Lea,tax,1,,She said yes.,nine,12,,,,\n", `its span "nine" to "12" is no pair of numbers`, true},
		{"no passage", "2,Lea,tax,1,,,,,,,,\n", "it has no passage that proves it", true},
		{"other text", "1,Lea,tax,1,no,She said no.,,,,,,\n", "its text differs from that of the same document in line 2 of debate.csv", true},
		{"twice", "1,Lea,tax,1,yes,,9,12,,,,\n", "it repeats line 2 of debate.csv", true},
		{"day", "2,Lea,tax,1,yes,She said yes.,,,4 March,,,\n", `1 values of the field "date" that are no day`, false},
		{"twice in the text", "2,Lea,tax,1,yes,yes and yes,,,,,,\n", "1 passages that the text has more than once: the first is taken", false},
		{"column", "2,Lea,tax,1,yes,She said yes.,,,,,,angry\n", `1 values of the column "mood": no field is that column`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			batches, report := readTable(t, head+good+tt.row, coded.TableOptions{})
			var all []string
			for _, r := range report.Rejected {
				all = append(all, r.String())
			}
			for _, l := range report.Left {
				all = append(all, l.String())
			}
			if text := strings.Join(all, "\n"); !strings.Contains(text, tt.want) || (len(report.Rejected) > 0) != tt.rejected {
				t.Errorf("the report is\n%s\nwithout\n%s", text, tt.want)
			}
			if got := inWords(batches); len(got) == 0 || got[0].Content != "yes" {
				t.Errorf("the good row is lost: %+v", got)
			}
		})
	}
}

// TestTableIsNone tells why a table cannot be imported.
func TestTableIsNone(t *testing.T) {
	tests := []struct {
		name, content string
		options       coded.TableOptions
		want          string
	}{
		{"empty", "", coded.TableOptions{}, "the file is empty"},
		{"encoding", "person,concept,content\nLea,tax,\xE9\n", coded.TableOptions{}, "line 2 holds bytes that are not UTF-8"},
		{"quotes", "person,concept,content\nLea,tax,\"open\n", coded.TableOptions{}, `extraneous or missing " in quoted-field`},
		{"nobody", "who,concept,content\n", coded.TableOptions{}, "no column says who speaks; its columns are who, concept, content: name one with --map person=COLUMN"},
		{"nothing", "person,frame,content\n", coded.TableOptions{}, "no column says on what"},
		{"no passage", "person,concept,text\n", coded.TableOptions{}, "no column says which passage proves it"},
		{"half a span", "person,concept,content,start\n", coded.TableOptions{}, "but not for both"},
		{"no such column", "person,concept,content\n", coded.TableOptions{Columns: map[string]string{"person": "who"}}, `it has no column "who"; its columns are person, concept, content`},
		{"no such field", "person,concept,content\n", coded.TableOptions{Columns: map[string]string{"speaker": "person"}}, `there is no field "speaker"; the fields are document, title`},
		{"what is 0", "person,concept,content,agreement\nLea,tax,yes,1\nLea,tax,no,0\n", coded.TableOptions{}, "say which with --zero disagree or --zero neutral"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := coded.OpenTable(table(t, tt.content), tt.options)
			if !errors.Is(err, coded.ErrSource) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("the error is %v, want an ErrSource with %q", err, tt.want)
			}
		})
	}
	if _, err := coded.OpenTable(filepath.Join(t.TempDir(), "no.csv"), coded.TableOptions{}); !errors.Is(err, coded.ErrSource) {
		t.Errorf("a missing file: %v", err)
	}
}

// FuzzTable reads any table: it returns batches that are sound, or an error.
func FuzzTable(f *testing.F) {
	f.Add("document,person,concept,agreement,content,text\n1,Lea,tax,1,yes,She said yes.\n")
	f.Add("person,concept,agreement,content\nLea,tax,-1,no\nLea,tax,-1,no\n")
	f.Add("person,concept,text,start,end\nالطيب,هدنة,نعم 😀,0,4\n")
	f.Fuzz(func(t *testing.T, content string) {
		src, err := coded.OpenTable(table(t, content), coded.TableOptions{Zero: coded.ZeroNeutral})
		if err != nil {
			return
		}
		for b, err := range src.Batches(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if err := b.Validate(); err != nil {
				t.Error(err)
			}
		}
	})
}
