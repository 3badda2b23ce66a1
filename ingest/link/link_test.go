package link

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

func TestMain(m *testing.M) {
	if _, err := readLexicon(data); err != nil {
		println(err.Error())
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func TestLexiconNamesTheFault(t *testing.T) {
	good := fstest.MapFS{
		"data/titles.tsv": {Data: []byte("class\tenglish\ten\tar_m\tar_f\tar_plural\nofficial\tclerk\tclerk\t\t\t\n")},
		"data/terms.tsv":  {Data: []byte("kind\tar\ten\nn\tمركز\tCentre\n")},
		"data/given.tsv":  {Data: []byte("gender\tnames\nm\tOtto\n")},
	}
	if _, err := readLexicon(good); err != nil {
		t.Fatal(err)
	}
	for file, line := range map[string]string{"data/titles.tsv": "wizard\tmage\tmage\t\t\t\n", "data/given.tsv": "x\tOtto\n", "data/terms.tsv": "z\tمركز\tCentre\n"} {
		bad := fstest.MapFS{}
		for name, f := range good {
			bad[name] = &fstest.MapFile{Data: f.Data}
		}
		bad[file].Data = append(bad[file].Data[:len(bad[file].Data):len(bad[file].Data)], line...)
		if _, err := readLexicon(bad); err == nil || !strings.HasPrefix(err.Error(), file+":3:") {
			t.Errorf("a bad line in %s gives %v", file, err)
		}
	}
}

// resolve links a text in which {…} marks a source, [m…] a cue with a dropped
// masculine, [f…] a feminine, [p…] a plural subject, [c…] one that continues
// the attribution before; each mark makes an attribution. <…> marks a relay.
func resolve(t *testing.T, marked string) ([]Source, Linked) {
	t.Helper()
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	var raw strings.Builder
	var found []extract.Attribution
	open := -1
	for i := 0; i < len(marked); i++ {
		switch c := marked[i]; c {
		case '{', '<':
			open = raw.Len()
		case '[':
			i++
			a := extract.Attribution{Cue: text.Span{Start: raw.Len()}, Continues: -1, Within: -1, Number: extract.Singular}
			switch marked[i] {
			case 'm':
				a.Gender = extract.Masculine
			case 'f':
				a.Gender = extract.Feminine
			case 'p':
				a.Number = extract.Plural
			case 'c':
				a.Continues = len(found) - 1
			}
			found = append(found, a)
		case ']':
			found[len(found)-1].Cue.End = raw.Len()
		case '}':
			s := text.Span{Start: open, End: raw.Len()}
			found = append(found, extract.Attribution{Source: s, Cue: text.Span{Start: raw.Len(), End: raw.Len()}, Continues: -1, Within: -1})
		case '>':
			found[len(found)-1].Relay = text.Span{Start: open, End: raw.Len()}
		default:
			raw.WriteByte(c)
		}
	}
	for i := range found {
		if found[i].Gender != extract.AnyGender || found[i].Number == extract.Plural {
			s := strings.ToLower(raw.String()[found[i].Cue.Start:found[i].Cue.End])
			if s == "he" || s == "she" || s == "they" || s == "it" {
				found[i].Source, found[i].Pronoun = found[i].Cue, true
			}
		}
	}
	tx := text.Read(raw.String(), text.Language(raw.String()), "", "2016-05-04")
	l := Resolve(g, tx, g.Find(tx), found, nil)
	return l.Sources, l
}

// speakers writes "speaker (on behalf of)" of each source, joined by "; ".
func speakers(list []Source) string {
	var out []string
	for _, s := range list {
		switch {
		case s.Speaker == nil:
			out = append(out, "nobody")
		case s.OnBehalfOf == nil:
			out = append(out, graph.NameIn(s.Speaker.Names, "en"))
		default:
			out = append(out, graph.NameIn(s.Speaker.Names, "en")+" ("+graph.NameIn(s.OnBehalfOf.Names, "en")+")")
		}
	}
	return strings.Join(out, "; ")
}

func TestResolve(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"named after an unnamed lead, then by surname, title and nothing",
			"صرحت {متحدثة باسم الخارجية القطرية} بأن الحوار مستمر.\nوقالت {المتحدثة الرسمية باسم وزارة الخارجية القطرية، ليا دوران}، إن الدوحة تدعم الحوار. وأضافت {دوران} أن الجهود مستمرة.\nوأكدت {المتحدثة} ذلك. [fوأشارت] إلى أن الطريق طويل.",
			"ليا دوران (Ministry of Foreign Affairs of Qatar); ليا دوران (Ministry of Foreign Affairs of Qatar); ليا دوران (Ministry of Foreign Affairs of Qatar); ليا دوران (Ministry of Foreign Affairs of Qatar); ليا دوران (Ministry of Foreign Affairs of Qatar)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _ := resolve(t, c.text)
			if s := speakers(got); s != c.want {
				t.Errorf("got  %s\nwant %s", s, c.want)
			}
		})
	}
}
