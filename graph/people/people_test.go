package people_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
	"mawqif/graph/people"
)

// world builds a graph of persons.
type world struct{ people.Graph }

func names(list string) (out []graph.Name) {
	for _, n := range strings.Split(list, "|") {
		lang, value, _ := strings.Cut(n, ":")
		out = append(out, graph.Name{Lang: lang, Value: value})
	}
	return out
}

func (w *world) body(kind graph.ActorKind, key, list string, partOf ...string) {
	a := graph.NewActor(kind, key, names(list)...)
	for _, p := range partOf {
		a.PartOf = append(a.PartOf, graph.NewID(graph.KindActor, p))
	}
	w.Others = append(w.Others, a)
}

// person adds a person who holds offices at institutions, by key.
func (w *world) person(key, list string, at ...string) {
	a := graph.NewActor(graph.Person, "person/"+key, names(list)...)
	w.Persons = append(w.Persons, a)
	for _, institution := range at {
		w.Offices[a.ID] = append(w.Offices[a.ID], graph.Held{Person: a.ID, Institution: graph.NewID(graph.KindActor, institution), Title: "officer"})
	}
}

func newWorld() *world {
	w := &world{people.Graph{Offices: map[graph.ID][]graph.Held{}}}
	w.body(graph.State, "state/zz", "ar:روريتانيا|en:Ruritania")
	w.body(graph.State, "state/yy", "ar:بوردوريا|en:Borduria")
	w.body(graph.Organization, "org/zz/interior", "ar:وزارة داخلية روريتانيا|en:Ministry of Interior of Ruritania", "state/zz")
	w.body(graph.Organization, "org/zz/health", "ar:وزارة صحة روريتانيا|en:Ministry of Health of Ruritania", "state/zz")
	w.body(graph.Organization, "org/مركز افق", "ar:مركز أفق|en:Horizon Centre")
	w.body(graph.Organization, "org/horizon centre", "en:Horizon Centre")
	return w
}

// said writes a log in short: who is one, and who might be.
func said(log people.Log) []string {
	var out []string
	key := map[graph.ID]string{}
	group := func(members []graph.Actor, links []people.Link) string {
		var who, why []string
		for _, m := range members {
			key[m.ID] = strings.TrimPrefix(m.Key, "person/")
			who = append(who, key[m.ID])
		}
		for _, l := range links {
			why = append(why, string(l.Reason)+" "+l.Skeleton)
		}
		slices.Sort(why)
		return strings.Join(who, " = ") + " by " + strings.Join(slices.Compact(why), ", ")
	}
	for _, m := range log.Merged {
		out = append(out, group(m.Members, m.Links))
	}
	for _, d := range log.Doubts {
		out = append(out, "? "+group(d.Members, d.Links))
	}
	for _, u := range log.Unknown {
		out = append(out, "unknown "+u.Key)
	}
	return out
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		name  string
		build func(w *world)
		fixed string // corrections
		want  []string
	}{
		{"one institution", func(w *world) {
			w.person("ليا دوران", "ar:ليا دوران", "org/zz/interior")
			w.person("lea duran", "en:Lea Duran", "org/zz/interior")
		}, "", []string{"lea duran = ليا دوران by INSTITUTION l drn"}},
		{"no institution", func(w *world) {
			w.person("ليا دوران", "ar:ليا دوران")
			w.person("lea duran", "en:Lea Duran", "org/zz/interior")
		}, "", nil},
		{"other states", func(w *world) {
			w.person("سامر قصباني", "ar:سامر قصباني", "state/yy")
			w.person("samer kasbani", "en:Samer Kasbani", "state/zz")
		}, "", nil},
		{"a long name alone is a doubt", func(w *world) {
			w.person("سامر قصباني", "ar:سامر قصباني")
			w.person("samer kasbani", "en:Samer Kasbani", "state/zz")
			w.person("samer qasbani", "en:Samer Qasbani", "state/zz")
		}, "", []string{
			"samer kasbani = samer qasbani by STATE smr ksbn",
			"? samer kasbani = samer qasbani = سامر قصباني by SPELLING smr gsbn, SPELLING smr ksbn, STATE smr ksbn"}},
		{"a doubt settled", func(w *world) {
			w.person("سامر قصباني", "ar:سامر قصباني")
			w.person("samer kasbani", "en:Samer Kasbani", "state/zz")
		}, "different\tperson/samer kasbani\tperson/سامر قصباني", nil},
		{"one state, a long name", func(w *world) {
			w.person("سامر قصباني", "ar:سامر قصباني", "org/zz/health")
			w.person("samer kasbani", "en:Samer Kasbani", "org/zz/interior")
		}, "", []string{"samer kasbani = سامر قصباني by STATE smr ksbn"}},
		{"one state, a short name", func(w *world) {
			w.person("ليا دوران", "ar:ليا دوران", "org/zz/health")
			w.person("lea duran", "en:Lea Duran", "org/zz/interior")
		}, "", nil},
		{"a learned institution by its English name", func(w *world) {
			w.person("ليا دوران", "ar:ليا دوران", "org/مركز افق")
			w.person("lea duran", "en:Lea Duran", "org/horizon centre")
		}, "", []string{"lea duran = ليا دوران by INSTITUTION l drn"}},
		{"two candidates", func(w *world) {
			w.person("سالم دوران", "ar:سالم دوران", "org/zz/interior")
			w.person("سليم دوران", "ar:سليم دوران", "org/zz/interior")
			w.person("salim duran", "en:Salim Duran", "org/zz/interior")
		}, "", []string{"? salim duran = سالم دوران = سليم دوران by INSTITUTION slm drn"}},
		{"spellings of one", func(w *world) {
			w.person("ليا دوران", "ar:ليا دوران", "org/zz/interior")
			w.person("lea duran", "en:Lea Duran", "org/zz/interior")
			w.person("leah durran", "en:Leah Durran", "org/zz/interior")
		}, "", []string{"lea duran = leah durran = ليا دوران by INSTITUTION l drn"}},
		{"an article gives both names", func(w *world) {
			w.person("ليا دوران", "ar:ليا دوران|en:Lea Duran")
			w.person("lea duran", "en:Lea Duran")
		}, "", []string{"ليا دوران = lea duran by NAME l drn"}},
		{"together or apart", func(w *world) {
			w.person("عبدالله دوران", "ar:عبدالله دوران")
			w.person("عبد الله دوران", "ar:عبد الله دوران")
			w.person("عبد الله ضوران", "ar:عبد الله ضوران")
		}, "", []string{"عبد الله دوران = عبدالله دوران by NAME bdl drn"}},
		{"romanised by rule is no evidence", func(w *world) {
			w.person("ليا دوران", "ar:ليا دوران|ar-Latn:Lea Duran")
			w.person("lea duran", "en:Lea Duran")
		}, "", nil},
		{"a surname", func(w *world) {
			w.person("دوران", "ar:دوران", "org/zz/interior")
			w.person("lea duran", "en:Lea Duran", "org/zz/interior")
		}, "", nil},
		{"corrected to different", func(w *world) {
			w.person("ليا دوران", "ar:ليا دوران", "org/zz/interior")
			w.person("lea duran", "en:Lea Duran", "org/zz/interior")
		}, "different\tperson/lea duran\tperson/ليا دوران", nil},
		{"corrected to the same", func(w *world) {
			w.person("ليا دوران", "ar:ليا دوران")
			w.person("lea d", "en:Lea D.")
		}, "same\tperson/lea d\tperson/ليا دوران\nsame\tperson/lea d\tperson/nobody", []string{"lea d = ليا دوران by CORRECTION ", "unknown person/nobody"}},
		{"a correction solves a doubt", func(w *world) {
			w.person("سالم دوران", "ar:سالم دوران", "org/zz/interior")
			w.person("سليم دوران", "ar:سليم دوران", "org/zz/interior")
			w.person("salim duran", "en:Salim Duran", "org/zz/interior")
		}, "different\tperson/salim duran\tperson/سالم دوران", []string{"salim duran = سليم دوران by INSTITUTION slm drn"}},
		{"a correction stands in a doubt", func(w *world) {
			w.person("سالم دوران", "ar:سالم دوران", "org/zz/interior")
			w.person("سليم دوران", "ar:سليم دوران", "org/zz/interior")
			w.person("salim duran", "en:Salim Duran", "org/zz/interior")
			w.person("s duran", "en:S. Duran")
		}, "same\tperson/salim duran\tperson/s duran", []string{
			"s duran = salim duran by CORRECTION ", "? s duran = salim duran = سالم دوران = سليم دوران by CORRECTION , INSTITUTION slm drn"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld()
			c.build(w)
			fixed, err := people.ReadCorrections(strings.NewReader(c.fixed), "fixed.tsv")
			if err != nil {
				t.Fatal(err)
			}
			want := people.Match(w.Graph, fixed)
			if diff := cmp.Diff(c.want, said(want)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			// In whatever order the graph tells it.
			random := rand.New(rand.NewPCG(1, 2))
			for range 20 {
				random.Shuffle(len(w.Persons), func(i, j int) { w.Persons[i], w.Persons[j] = w.Persons[j], w.Persons[i] })
				random.Shuffle(len(w.Others), func(i, j int) { w.Others[i], w.Others[j] = w.Others[j], w.Others[i] })
				if diff := cmp.Diff(want, people.Match(w.Graph, fixed)); diff != "" {
					t.Fatalf("in another order (-before +now):\n%s", diff)
				}
			}
		})
	}
}

// TestCrowd: among many of one name nobody is taken for another, and it does not
// take long to say so.
func TestCrowd(t *testing.T) {
	w := newWorld()
	for i := range 3000 {
		w.person("lea"+strings.Repeat("a", i)+" duran", "en:Lea"+strings.Repeat("a", i%20)+" Duran", "org/zz/interior")
	}
	log := people.Match(w.Graph, nil)
	if len(log.Merged) != 0 || len(log.Doubts) != 1 || len(log.Doubts[0].Members) != 3000 {
		t.Errorf("%d merged, %d doubts", len(log.Merged), len(log.Doubts))
	}
}

func TestCorrectionFaults(t *testing.T) {
	_, err := people.ReadCorrections(strings.NewReader("\ufeff# who is who\n"+
		"equal\tperson/a\tperson/b\n"+
		"same\tperson/a\n"+
		"same\tperson/a\tstate/zz\tperson/a\n"+
		"same person/a person/b\n"+
		"same\tperson/\xff\tperson/b\n"), "fixed.tsv")
	want := strings.Join([]string{
		`invalid input: fixed.tsv:2: begins with "equal"; write same or different, and the keys of the persons, separated by tabs`,
		`invalid input: fixed.tsv:3: names 1 of at least two persons; separate their keys by tabs`,
		`invalid input: fixed.tsv:4: "state/zz" is not the key of a person, such as person/james jeffrey`,
		`invalid input: fixed.tsv:4: names "person/a" twice`,
		`invalid input: fixed.tsv:5: begins with "same person/a person/b"; write same or different, and the keys of the persons, separated by tabs`,
		`invalid input: fixed.tsv:6: the line is not UTF-8; save the file as UTF-8`,
	}, "\n")
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	_, err = people.ReadCorrections(strings.NewReader("same\tperson/a\tperson/b\nsame\tperson/b\tperson/c\n\ndifferent\tperson/c\tperson/a"), "fixed.tsv")
	if err == nil || !strings.Contains(err.Error(), `fixed.tsv:4: says that "person/c" and "person/a" are different, but lines with same make them one`) {
		t.Errorf("got %v", err)
	}
	_, err = people.ReadCorrections(strings.NewReader("same\t"+strings.Repeat("x", 1<<17)), "fixed.tsv")
	if err == nil || !strings.Contains(err.Error(), "fixed.tsv:1: is longer than 65536 bytes") {
		t.Errorf("got %v", err)
	}
}

func FuzzReadCorrections(f *testing.F) {
	f.Add("same\tperson/a\tperson/b\ndifferent\tperson/b\tperson/c\n# no\n")
	f.Add("different\tperson/a\tperson/a\tperson/a\r\n\t\t")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := people.ReadCorrections(strings.NewReader(text), "f")
		if (c == nil) != (err != nil) {
			t.Fatalf("%v with %v", c, err)
		}
		if err == nil {
			people.Match(people.Graph{Persons: []graph.Actor{graph.NewActor(graph.Person, "person/a"), graph.NewActor(graph.Person, "person/b")}}, c)
		}
	})
}

// BenchmarkMatch matches 20,000 names, half in each script.
func BenchmarkMatch(b *testing.B) {
	w := newWorld()
	arabic := strings.Fields("با تو جي دا رو سي شا عم غا فو قا كي لا مو نا هو ور يا خا صا")
	latin := strings.Fields("ba to ji da ro si sha am gha fo ka ki la mo na ho war ya kha sa")
	bodies := []string{"state/zz", "state/yy", "org/zz/interior", "org/zz/health"}
	random := rand.New(rand.NewPCG(3, 4))
	for range 10000 {
		var ar, en [2]string
		for i := range 6 {
			k := random.IntN(len(latin))
			ar[i/3] += arabic[k]
			en[i/3] += latin[k]
		}
		at := bodies[random.IntN(len(bodies))]
		w.person(strings.Join(ar[:], " "), "ar:"+strings.Join(ar[:], " "), at)
		w.person(strings.Join(en[:], " "), "en:"+strings.Join(en[:], " "), at)
	}
	b.ReportAllocs()
	for b.Loop() {
		if log := people.Match(w.Graph, nil); len(log.Merged) < 9000 {
			b.Fatalf("%d of 10000 merged", len(log.Merged))
		}
	}
}
