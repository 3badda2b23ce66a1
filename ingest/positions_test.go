package ingest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/ingest"
)

// positionsOf extracts a text and writes each statement as its act, its
// positions (agreement, issue, object, place) and its places.
func positionsOf(t *testing.T, lang, text string) []string {
	t.Helper()
	p, err := ingest.Default()
	if err != nil {
		t.Fatal(err)
	}
	b, _ := p.Extract(ingest.Document{Language: lang, Published: "2022-03-10", Text: text})
	var got []string
	for _, s := range ingest.NewReport(&b, nil).Statements {
		line := []string{string(s.Act)}
		for _, p := range s.Positions {
			line = append(line, fmt.Sprintf("%+d %s %s/%s", p.Agreement, p.Issue, p.Object, p.Place))
		}
		var places []string
		for _, l := range s.Places {
			places = append(places, l.Name)
		}
		got = append(got, strings.Join(line, "; ")+" in "+strings.Join(places, ", "))
	}
	return got
}

func TestPositionsNameWhoseForcesAndWhere(t *testing.T) {
	for _, tc := range []struct {
		name, lang, text string
		want             []string
	}{
		{
			"forces of several states, the first two", "ar",
			"قال وزير الخارجية الهندي إن “الحل هو مغادرة القوات الباكستانية للأراضي الأفغانية، ومعها القوات الصينية، وهذا يشمل قواتنا”.",
			[]string{"REQUEST; +1 foreign-military-withdrawal Pakistan/Afghanistan; +1 foreign-military-withdrawal China/Afghanistan in Afghanistan"},
		},
		{
			"our own forces", "ar",
			"قال وزير الخارجية الهندي إن “الحل هو مغادرة قواتنا للأراضي الأفغانية”.",
			[]string{"STATE; +1 foreign-military-withdrawal India/Afghanistan in Afghanistan"},
		},
		{
			"a topic put before the cue", "ar",
			"وصل الوفد إلى النيجر أمس. وحول القوات الفرنسية أوضح وزير خارجية النيجر أنها “مستثناة من قرار الخروج”.",
			[]string{"STATE; -1 foreign-military-withdrawal France/Niger in Niger"},
		},
		{
			"forces, and a place that is no actor here", "en",
			"The Indian foreign minister said that Chinese troops must withdraw from northern Myanmar.",
			[]string{"REQUEST; +1 foreign-military-withdrawal China/Myanmar in Myanmar"},
		},
		{
			"a policy that does not require it", "ar",
			"قالت وزارة الخارجية الهندية إن سياستها لا تتطلب إبعاد باكستان من أفغانستان.",
			[]string{"STATE; -1 foreign-military-withdrawal Pakistan/Afghanistan in Afghanistan"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, positionsOf(t, tc.lang, tc.text)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
