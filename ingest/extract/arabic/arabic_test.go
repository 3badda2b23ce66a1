package arabic

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/ingest/text"
)

// found is an attribution in words.
type found struct{ Source, Cue, Content string }

func extractAll(raw string) []found {
	t := text.Read(raw, "ar", "", "")
	var out []found
	for _, a := range (Grammar{}).Attributions(t, nil) {
		f := found{Source: t.At(a.Source), Cue: t.At(a.Cue)}
		for i, c := range a.Content {
			if i > 0 {
				f.Content += " … "
			}
			f.Content += t.At(c)
		}
		out = append(out, f)
	}
	return out
}

// The examples are written for these tests; each shows what a rule finds, or
// what it must leave alone.
func TestRules(t *testing.T) {
	tests := []struct {
		name, text string
		want       []found
	}{
		{"verb and clause", "قال وزير الصيد سالم الراشد إن الموانئ ستفتح قريبا.", []found{{"وزير الصيد سالم الراشد", "قال", "الموانئ ستفتح قريبا"}}},
		{"adjuncts before the clause", "وقالت أمس المتحدثة باسم البلدية في بيان إن الطريق مغلقة.", []found{{"المتحدثة باسم البلدية", "وقالت", "الطريق مغلقة"}}},
		{"dropped subject", "وأضاف أن الأعمال مستمرة.", []found{{"", "وأضاف", "الأعمال مستمرة"}}},
		{"quotation", "وقال الراشد: «لن نغلق الميناء».", []found{{"الراشد", "وقال", "لن نغلق الميناء"}}},
		{"participle", "وقال الراشد إن الميناء مفتوح، مؤكدا أن السفن وصلت.", []found{{"الراشد", "وقال", "الميناء مفتوح"}, {"", "مؤكدا", "السفن وصلت"}}},
		{"no content", "التقى الوزير وفدا من التجار وبحث معهم أسعار السمك.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, extractAll(tt.text)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
