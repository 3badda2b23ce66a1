package source

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"mawqif/graph"
	"mawqif/ingest"
)

const arabic = "قالت الوزيرة إن الحكومة ستفتح المعبر غدا، وأضافت أن المساعدات ستصل إلى المدينة."

func options() Options { return Options{MaxArticle: 1 << 20, Today: "2024-05-01"} }

// tell writes an item as a test compares it.
func tell(item ingest.Item) string {
	if item.Err != nil {
		return item.Where + ": " + item.Err.Error()
	}
	d := item.Document
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %q", item.Where, d.Text)
	for _, f := range []struct{ name, value string }{
		{"id", d.SourceID}, {"url", d.URL}, {"title", d.Title}, {"outlet", d.Outlet}, {"lang", d.Language}, {"date", string(d.Published)},
	} {
		if f.value != "" {
			fmt.Fprintf(&b, " %s=%s", f.name, f.value)
		}
	}
	for _, n := range item.Notes {
		if n.Kind != ingest.NoteNoDate {
			fmt.Fprintf(&b, " (%s)", n.Text)
		}
	}
	return b.String()
}

func read(t *testing.T, input []byte, o Options) []string {
	t.Helper()
	s, err := Open([]string{"-"}, bytes.NewReader(input), o)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for item := range s.Items(t.Context()) {
		got = append(got, strings.TrimPrefix(tell(item), "standard input"))
	}
	return got
}

func zipped(t *testing.T, input string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(input)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func encoded(t *testing.T, e interface {
	Bytes([]byte) ([]byte, error)
}, input string) []byte {
	t.Helper()
	b, err := e.Bytes([]byte(input))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestRead(t *testing.T) {
	windows1256 := encoded(t, charmap.Windows1256.NewEncoder(), arabic)
	utf16 := encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder(), arabic)
	for _, test := range []struct {
		name  string
		input []byte
		set   func(*Options)
		want  []string
	}{
		{
			name:  "plain text",
			input: []byte("The minister said no.\n"),
			want:  []string{`: "The minister said no.\n"`},
		},
		{
			name:  "plain text with what the flags say of it",
			input: []byte("No."),
			set: func(o *Options) {
				o.Defaults = ingest.Document{SourceID: "1", Title: "T", Outlet: "O", Language: "en-GB", URL: "u", Published: "2020-06-05"}
			},
			want: []string{`: "No." id=1 url=u title=T outlet=O lang=en date=2020-06-05`},
		},
		{
			name:  "front matter goes before the flags",
			input: []byte("---\r\ntitle: \"Talks: day one\"\noutlet: The Daily\ndate: 2020-06-06\nlang: en\nid: 17\nurl: https://example.org/17\nsection: World\n---\n\nNo.\n"),
			set:   func(o *Options) { o.Defaults = ingest.Document{Outlet: "O", Published: "2020-06-05"} },
			want:  []string{`: "No.\n" id=17 url=https://example.org/17 title=Talks: day one outlet=The Daily lang=en date=2020-06-06`},
		},
		{
			name:  "a rule is no front matter",
			input: []byte("---\nThe minister said no.\n"),
			want:  []string{`: "---\nThe minister said no.\n"`},
		},
		{
			name:  "front matter that is not YAML",
			input: []byte("---\ntitle: [\n---\nNo.\n"),
			want:  []string{`: its front matter is not understood (lines are counted from the one after "---"): line 1: did not find expected node content`},
		},
		{
			name:  "JSONL is told by its beginning, blank lines are passed over",
			input: []byte("\ufeff\n{\"id\":\"a\",\"text\":\"One.\",\"date\":\"2020-06-05T22:00:00+03:00\",\"lang\":\"en\",\"author\":\"x\"}\n\n{\"id\":2,\"text\":\"Two.\",\"title\":null}"),
			want:  []string{` line 2: "One." id=a lang=en date=2020-06-05`, ` line 4: "Two." id=2`},
		},
		{
			name:  "a broken line is named, the others go on",
			input: []byte("{\"text\":\"One.\"}\n{\"text\": oops}\n[1]\n{\"text\":5}\n{\"text\":[\"a\"]}\nfree text\n{\"text\":\"Two.\"}\n{\"text\":\"Thr"),
			want: []string{
				` line 1: "One."`,
				" line 2: not JSON at byte 10: invalid character 'o' looking for beginning of value",
				" line 3: must be a JSON object, not an array",
				` line 4: "text" must be a string, not a number`,
				` line 5: "text" must be a string, not an array`,
				" line 6: not JSON at byte 2: invalid character 'r' in literal false (expecting 'a')",
				` line 7: "Two."`,
				" line 8: not JSON at byte 12: unexpected end of JSON input",
			},
		},
		{
			name:  "gzip",
			input: zipped(t, "{\"text\":\"One.\"}\n"),
			want:  []string{` line 1: "One."`},
		},
		{
			name:  "gzip that breaks off",
			input: zipped(t, strings.Repeat("The minister said no.\n", 100))[:40],
			want:  []string{": cannot be read to its end: unexpected EOF"},
		},
		{name: "empty", input: nil, want: []string{": empty: there is no article in it"}},
		{name: "white space", input: []byte(" \n\t\n"), want: []string{": empty: there is no article in it"}},
		{name: "front matter and no text", input: []byte("---\ntitle: T\n---\n \n"), want: []string{": empty: there is no article in it"}},
		{
			name: "JSONL without a line", input: []byte("\n\n"), set: func(o *Options) { o.Format = JSONL },
			want: []string{": empty: there is no article in it"},
		},
		{name: "a line without text", input: []byte(`{"title":"T"}`), want: []string{" line 1: empty: there is no article in it"}},
		{
			name: "too large", input: bytes.Repeat([]byte("a"), 2049), set: func(o *Options) { o.MaxArticle = 2048 },
			want: []string{": larger than the 2 KiB that an article may have: split it, or raise --max-article"},
		},
		{
			name: "just large enough", input: bytes.Repeat([]byte("a"), 2048), set: func(o *Options) { o.MaxArticle = 2048 },
			want: []string{fmt.Sprintf(": %q", strings.Repeat("a", 2048))},
		},
		{
			name:  "lines that are too large",
			input: []byte(`{"text":"` + strings.Repeat("a", 3000) + "\"}\n{\"text\":\"" + strings.Repeat("b", 100_000) + "\"}\n{\"text\":\"Small.\"}\n"),
			set:   func(o *Options) { o.MaxArticle = 2048 },
			want: []string{
				" line 1: larger than the 2 KiB that an article may have: split it, or raise --max-article",
				" line 2: larger than the 2 KiB that an article may have: split it, or raise --max-article",
				` line 3: "Small."`,
			},
		},
		{
			name: "a line of escaped letters", input: []byte(`{"text":"` + strings.Repeat(`\u0627`, 1024) + `"}`), set: func(o *Options) { o.MaxArticle = 2048 },
			want: []string{fmt.Sprintf(" line 1: %q", strings.Repeat("ا", 1024))},
		},
		{name: "binary with a NUL", input: []byte("ab\x00cd"), want: []string{": binary, not text: a NUL at byte 3"}},
		{name: "PDF", input: []byte("%PDF-1.7\n1 0 obj"), want: []string{": binary, not text: it looks like application/pdf"}},
		{name: "PNG", input: []byte("\x89PNG\r\n\x1a\n\x00\x00"), want: []string{": binary, not text: it looks like image/png"}},
		{name: "a NUL in JSON", input: []byte(`{"text":"a\u0000b"}`), want: []string{" line 1: binary, not text: it holds a NUL"}},
		{
			name:  "broken UTF-8",
			input: []byte("The minister \xff\xfe said no."),
			want:  []string{": not UTF-8 at byte 14 (0xFF), nor Arabic in Windows-1256: name its encoding with --encoding, or mend it"},
		},
		{
			name:  "broken Arabic UTF-8 is not taken for Windows-1256",
			input: []byte(strings.Repeat(arabic, 3)[:201]),
			want:  []string{": not UTF-8 at byte 201 (0xD8), nor Arabic in Windows-1256: name its encoding with --encoding, or mend it"},
		},
		{
			name:  "broken UTF-8 in a line",
			input: []byte("{\"text\":\"a\xc3\"}\n{\"text\":\"b\"}\n"),
			want:  []string{" line 1: not UTF-8 at byte 11 (0xC3), nor Arabic in Windows-1256: name its encoding with --encoding, or mend it", ` line 2: "b"`},
		},
		{
			name:  "Windows-1256",
			input: windows1256,
			want:  []string{fmt.Sprintf(": %q (was converted from windows-1256 to UTF-8)", arabic)},
		},
		{
			name:  "Windows-1256 in JSONL",
			input: bytes.Join([][]byte{[]byte(`{"lang":"ar","text":"`), windows1256, []byte(`"}`)}, nil),
			want:  []string{fmt.Sprintf(" line 1: %q lang=ar (was converted from windows-1256 to UTF-8)", arabic)},
		},
		{
			name:  "UTF-16",
			input: utf16,
			want:  []string{fmt.Sprintf(": %q (was converted from UTF-16 to UTF-8)", arabic)},
		},
		{
			name:  "an encoding that was asked for",
			input: encoded(t, charmap.ISO8859_6.NewEncoder(), "قال لا"),
			set:   func(o *Options) { o.Encoding = "iso-8859-6" },
			want:  []string{`: "قال لا" (was converted from iso-8859-6 to UTF-8)`},
		},
		{
			name:  "UTF-8 though another encoding was asked for",
			input: []byte(arabic),
			set:   func(o *Options) { o.Encoding = "windows-1256" },
			want:  []string{fmt.Sprintf(": %q", arabic)},
		},
		{
			name:  "marks of direction and of no width are kept",
			input: []byte("\u200fقال\u200c \u202bالوزير\u202c: \u200blا\u00ad."),
			want:  []string{fmt.Sprintf(": %q", "\u200fقال\u200c \u202bالوزير\u202c: \u200blا\u00ad.")},
		},
		{
			name:  "a date in the future",
			input: []byte(`{"text":"No.","date":"2024-05-03"}`),
			want:  []string{` line 1: "No." date=2024-05-03 (is dated 2024-05-03, which lies in the future)`},
		},
		{
			name:  "tomorrow, which it is somewhere",
			input: []byte(`{"text":"No.","date":"2024-05-02"}`),
			want:  []string{` line 1: "No." date=2024-05-02`},
		},
		{
			name:  "dates that are none",
			input: []byte("{\"text\":\"a\",\"date\":null}\n{\"text\":\"b\",\"date\":\"None\"}\n{\"text\":\"c\",\"date\":\"5/6/2020\"}\n{\"text\":\"d\",\"date\":\"2020-02-30\"}"),
			want: []string{
				` line 1: "a"`,
				` line 2: "b"`,
				` line 3: "c" (is taken as undated: the date "5/6/2020" is not a day like 2020-06-05)`,
				` line 4: "d" (is taken as undated: the date "2020-02-30" is not a day like 2020-06-05)`,
			},
		},
		{
			name:  "languages",
			input: []byte("{\"text\":\"a\",\"lang\":\"EN\"}\n{\"text\":\"b\",\"lang\":\"ar-SY\"}\n{\"text\":\"c\",\"lang\":\"Arabic!\"}"),
			want:  []string{` line 1: "a" lang=en`, ` line 2: "b" lang=ar`, ` line 3: "Arabic!" is not the tag of a language, such as ar or en`},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := options()
			if test.set != nil {
				test.set(&o)
			}
			if diff := cmp.Diff(test.want, read(t, test.input, o)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestNoDateIsNoted(t *testing.T) {
	s, err := Open([]string{"-"}, strings.NewReader("No."), options())
	if err != nil {
		t.Fatal(err)
	}
	for item := range s.Items(t.Context()) {
		if len(item.Notes) != 1 || item.Notes[0].Kind != ingest.NoteNoDate {
			t.Errorf("notes %v, want one of a missing date", item.Notes)
		}
	}
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestPaths(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "news/b.txt", []byte("B."))
	write(t, "news/a/z.md", []byte("Z."))
	write(t, "news/a/y.jsonl", []byte("{\"text\":\"Y1.\"}\n{\"text\":\"Y2.\"}\n"))
	write(t, "news/c.txt.gz", zipped(t, "C."))
	write(t, "news/picture.png", []byte("\x89PNG"))
	write(t, "news/.hidden.txt", []byte("hidden"))
	write(t, "news/.git/x.txt", []byte("hidden"))
	write(t, "empty/readme.html", []byte("<p>"))
	write(t, "odd.name", []byte("O."))

	s, err := Open([]string{"odd.name", "news", "empty"}, nil, options())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for item := range s.Items(t.Context()) {
		got = append(got, tell(item))
	}
	want := []string{
		`odd.name: "O."`,
		`news/a/y.jsonl line 1: "Y1."`,
		`news/a/y.jsonl line 2: "Y2."`,
		`news/a/z.md: "Z."`,
		`news/b.txt: "B."`,
		`news/c.txt.gz: "C."`,
		"empty: no file in it ends in .jsonl, .md, .ndjson, .txt",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSize(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "a.txt", []byte("12345"))
	write(t, "d/b.txt", []byte("123"))
	for paths, want := range map[string]int64{"a.txt": 5, "a.txt d": 8, "a.txt -": -1} {
		s, err := Open(strings.Fields(paths), nil, options())
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Size(); got != want {
			t.Errorf("%s has %d bytes, want %d", paths, got, want)
		}
	}
}

func TestOpenNamesEveryFault(t *testing.T) {
	t.Chdir(t.TempDir())
	o := options()
	o.Encoding = "klingon"
	_, err := Open([]string{"absent.txt", "missing"}, nil, o)
	if !errors.Is(err, graph.ErrInvalid) {
		t.Fatalf("%v is not %v", err, graph.ErrInvalid)
	}
	for _, word := range []string{"absent.txt", "missing", "klingon"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not name %s", err, word)
		}
	}
	write(t, "a.txt", []byte("A."))
	write(t, "b.jsonl", []byte("{}"))
	o = options()
	o.Defaults.Title = "T"
	for _, paths := range [][]string{{"a.txt", "a.txt"}, {"b.jsonl"}} {
		if _, err := Open(paths, nil, o); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("a title for %v: %v", paths, err)
		}
	}
}

// What is rejected comes back from its line just as it came at first.
func TestRejectedComesBack(t *testing.T) {
	inputs := [][]byte{
		[]byte("The minister \xff said no."),
		[]byte("---\ntitle: [\n---\nNo.\n"),
		[]byte("{\"text\": oops}\n[1]\nfree text\n{\"title\":\"T\"}\n{\"text\":\"a\xc3\"}\n"),
		[]byte("{\"text\":\"c\",\"lang\":\"Arabic!\"}"),
	}
	for _, input := range inputs {
		var letters []byte
		var want []string
		s, err := Open([]string{"-"}, bytes.NewReader(input), options())
		if err != nil {
			t.Fatal(err)
		}
		for item := range s.Items(t.Context()) {
			line, err := Rejected(item)
			if err != nil {
				t.Fatal(err)
			}
			letters = append(letters, line...)
			want = append(want, strings.TrimPrefix(tell(item), "standard input"))
		}
		if diff := cmp.Diff(want, read(t, letters, options())); diff != "" {
			t.Errorf("%q (-first +again):\n%s", input, diff)
		}
	}
}

func TestRejectedArticleComesBack(t *testing.T) {
	d := ingest.Document{SourceID: "1", Title: "T", Outlet: "O", Language: "en", URL: "u", Published: "2020-06-05", Text: "No <b>."}
	line, err := Rejected(ingest.Item{Where: "a.txt", Document: d, Err: errors.New("refused")})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{`a.txt: "No <b>." id=1 url=u title=T outlet=O lang=en date=2020-06-05`}
	if diff := cmp.Diff(want, read(t, line, options())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRejectedWithoutInput(t *testing.T) {
	line, err := Rejected(ingest.Item{Where: "big.txt", Err: errors.New("larger than the 1 KiB")})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"big.txt: nothing of it was kept, for it was larger than the 1 KiB: ingest it anew"}
	if diff := cmp.Diff(want, read(t, line, options())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"", "No.", "---\ntitle: T\n---\nNo.", "{\"text\":\"a\"}\n{", "\xff\xfea\x00", "\x1f\x8b", "\xc7\xe1\xe6",
		`{"rejected":{"format":"text","input":"---\n"}}`, `{"rejected":{"format":"jsonl","bytes":"e30="}}`, arabic,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		s, err := Open([]string{"-"}, bytes.NewReader(input), Options{MaxArticle: 1 << 10})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for item := range s.Items(t.Context()) {
			n++
			switch d := item.Document; {
			case item.Where == "":
				t.Error("an item does not say where it stands")
			case item.Err != nil:
				if _, err := Rejected(item); err != nil {
					t.Error(err)
				}
			case !utf8.ValidString(d.Text) || strings.TrimSpace(d.Text) == "" || strings.ContainsRune(d.Text, 0) || len(d.Text) > 1<<10:
				t.Errorf("%q is delivered as a text", d.Text)
			case d.Published != "" && d.Published.Time().IsZero():
				t.Errorf("%q is delivered as a day", d.Published)
			}
		}
		if n == 0 {
			t.Error("nothing is delivered, not even a reason")
		}
	})
}
