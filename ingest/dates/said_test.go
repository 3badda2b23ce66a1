package dates

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
	"mawqif/ingest/text"
)

func TestSaid(t *testing.T) {
	// A saying is written "speaker/behalf|clause|cue|content".
	tests := []struct {
		name, lang string
		published  graph.Day
		text       string
		sayings    []string
		want       []string
	}{
		{
			"own clause, not the content", "en", "2021-03-06",
			"The envoy said on Friday that the talks of Thursday had failed.",
			[]string{"a/|The envoy said on Friday|said|the talks of Thursday had failed"},
			[]string{"2021-03-05 RESOLVED Friday"},
		},
		{
			"the same speaker before and after", "en", "2021-03-06",
			"The minister warned of a crisis.\nOn Thursday she said aid was late.\nShe added that ports were shut. A trader disagreed.\nOn Tuesday trucks left.",
			[]string{"a/|The minister warned|warned|a crisis", "a/|On Thursday she said|said|aid was late", "a/|She added|added|ports were shut", "b/|A trader disagreed|disagreed|A trader"},
			[]string{"2021-03-04 RESOLVED Thursday", "2021-03-04 RESOLVED Thursday", "2021-03-04 RESOLVED Thursday", "2021-03-06 PUBLICATION "},
		},
		{
			"the spokesman and the ministry", "ar", "2021-03-06",
			"الوزارة: لن نوقع.\nوقال المتحدث أمس الجمعة إن الأمر محسوم.\nويوم الأربعاء وصل وفد.",
			[]string{"m/|الوزارة|:|لن نوقع", "s/m|وقال المتحدث أمس الجمعة|وقال|الأمر محسوم"},
			[]string{"2021-03-05 RESOLVED أمس الجمعة", "2021-03-05 RESOLVED أمس الجمعة"},
		},
		{
			"a written day of a quotation, and a continuation", "ar", "2021-03-06",
			"وأضافت في 4 من آذار أن المعبر مفتوح، مشيرة إلى أن «هدنة 2 آذار» صمدت.",
			[]string{"a/|وأضافت في 4 من آذار|وأضافت|المعبر مفتوح", "a/|مشيرة إلى|مشيرة|«هدنة 2 آذار» صمدت|0"},
			[]string{"2021-03-04 EXPLICIT 4 من آذار", "2021-03-04 RESOLVED 4 من آذار"},
		},
		{
			"the one day of a report, but not what was said before it", "en", "2021-03-06",
			"Talks ended on Friday.\nThe envoy praised the hosts.\nThe general had said they would fail.",
			[]string{"a/|The envoy praised|praised|the hosts", "b/|The general had said|said|they would fail"},
			[]string{"2021-03-05 RESOLVED Friday", "2021-03-06 PUBLICATION "},
		},
		{
			"a day to come and a period date nothing", "en", "2021-03-06",
			"The envoy will speak next Wednesday and has said since Monday that the truce holds.",
			[]string{"a/|The envoy will speak next Wednesday and has said since Monday|said|the truce holds"},
			[]string{"2021-03-06 PUBLICATION "},
		},
		{
			"a month near the cue", "en", "2021-03-06",
			"The general said in January that the base would close.",
			[]string{"a/|The general said in January|said|the base would close"},
			[]string{"2021-01-01 RESOLVED January"},
		},
		{
			"no day of publication", "ar", "",
			"وقال أمس إن الأمر محسوم.",
			[]string{"a/|وقال أمس|وقال|الأمر محسوم"},
			[]string{"  "},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := text.Read(tt.text, tt.lang, "", tt.published)
			at := func(s string) text.Span {
				i := strings.Index(tt.text, s)
				if i < 0 {
					t.Fatalf("%q is not in the text", s)
				}
				return text.Span{Start: i, End: i + len(s)}
			}
			var sayings []Saying
			for _, s := range tt.sayings {
				part := strings.Split(s, "|")
				speaker, behalf, _ := strings.Cut(part[0], "/")
				frame := at(part[1])
				cue := at(part[2])
				if i := strings.Index(part[1], part[2]); i >= 0 {
					cue = text.Span{Start: frame.Start + i, End: frame.Start + i + len(part[2])}
				}
				y := Saying{Cue: cue, Frame: frame, Content: []text.Span{at(part[3])}, Speaker: speaker, Behalf: behalf, Continues: -1}
				if len(part) > 4 {
					y.Continues = 0
				}
				sayings = append(sayings, y)
			}
			var got []string
			for _, f := range Said(doc, Find(doc), sayings) {
				got = append(got, string(f.Day)+" "+string(f.Origin)+" "+doc.At(f.Span))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("said (-want +got):\n%s", diff)
			}
		})
	}
}
