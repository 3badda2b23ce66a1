package link

import (
	"strconv"
	"strings"
	"testing"

	"mawqif/ingest/extract"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// article is an invented report with the sources of its attributions marked by
// braces.
const article = `The Ruritanian question returned on Monday. {Kremlin spokesman Dmitry Peskov} said talks would go on. {A State Department official} said they would not. {The official} added that Turkey's foreign ministry had asked for time.
{Otto Lindqvist, director of the Harbour Institute}, told reporters that {the ministry} had lost patience. {Lindqvist} said the army had known. {The Security Council} called for restraint, and {Jean Moreau and Ann Hale} welcomed it.
`

func marked(s string) (string, []extract.Attribution) {
	var raw strings.Builder
	var found []extract.Attribution
	open := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '{':
			open = raw.Len()
		case '}':
			source := text.Span{Start: open, End: raw.Len()}
			found = append(found, extract.Attribution{Source: source, Cue: text.Span{Start: raw.Len(), End: raw.Len()}, Continues: -1, Within: -1})
		default:
			raw.WriteByte(s[i])
		}
	}
	return raw.String(), found
}

// BenchmarkResolve shows that the cost is linear in the length of the text:
// ns/byte stays the same.
func BenchmarkResolve(b *testing.B) {
	g, err := gazetteer.Default()
	if err != nil {
		b.Fatal(err)
	}
	for _, times := range []int{1, 10, 100} {
		b.Run(strconv.Itoa(times), func(b *testing.B) {
			raw, found := marked(strings.Repeat(article, times))
			t := text.Read(raw, "en", "", "2016-05-04")
			names := g.Find(t)
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				Resolve(g, t, names, found, nil)
			}
		})
	}
}

// FuzzResolve links any text with any spans for sources: no panic, and every
// name it returns is a span of the text.
func FuzzResolve(f *testing.F) {
	f.Add("قال {المتحدث باسم وزارة الخارجية، أوتو ليند}، إن {الوزارة} لا تعلم", "ar")
	f.Add("{Mr. Lind and his aides} said; {the} {’s} {and} {Rep. J. Lind Jr.}", "en")
	f.Add("{،} {و} {ـ} {عبد} {رئيس} {نائب وزير}", "ar")
	f.Add("A)}", "en")
	f.Add("ǳٶ}", "ar")
	g, err := gazetteer.Default()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s, lang string) {
		if lang != "ar" {
			lang = "en"
		}
		raw, found := marked(strings.ToValidUTF8(s, " "))
		for i := range found {
			if i%3 == 2 {
				found[i].Source, found[i].Gender = text.Span{}, extract.Gender(i%2+1)
			}
		}
		tx := text.Read(raw, lang, "", "")
		l := Resolve(g, tx, g.Find(tx), found, nil)
		if len(l.Sources) != len(found) {
			t.Fatalf("%d sources of %d attributions", len(l.Sources), len(found))
		}
		end := 0
		for _, m := range l.Mentions {
			if m.Start < end || m.End > len(raw) || m.Entity == nil {
				t.Fatalf("mention %+v behind %d", m, end)
			}
			end = m.End
		}
		for _, s := range l.Sources {
			if s.Speaker != nil && len(s.Speaker.Names) == 0 {
				t.Fatalf("speaker %s has no name", s.Speaker.Key)
			}
		}
	})
}
