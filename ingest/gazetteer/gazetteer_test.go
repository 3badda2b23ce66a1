package gazetteer

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"mawqif/graph"
	"mawqif/ingest/text"
)

func standard(t testing.TB) *Gazetteer {
	t.Helper()
	g, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// show writes the mentions of a text as "words = names", one a line.
func show(g *Gazetteer, s string) string {
	t := text.Read(s, text.Language(s), "", "")
	var lines []string
	for _, m := range g.Find(t) {
		var names []string
		if e := m.Entity; e.Actor != nil {
			names = append(names, graph.NameIn(e.Actor.Names, "en"))
		} else if e.Outlet != nil {
			names = append(names, "outlet "+graph.NameIn(e.Outlet.Names, "en"))
		} else {
			names = append(names, "place "+graph.NameIn(e.Place.Names, "en"))
		}
		if m.Form != ByName {
			names = append(names, [...]string{"", "adjective", "capital", "forces", "leader"}[m.Form])
		}
		lines = append(lines, t.At(m.Span)+" = "+strings.Join(names, ", "))
	}
	return strings.Join(lines, "\n")
}

func TestFind(t *testing.T) {
	g := standard(t)
	for _, c := range []struct{ name, text, want string }{
		{"state, its adjective and its capital", "Turkey met a Turkish envoy in Ankara.", "Turkey = Turkey\nTurkish = Turkey, adjective\nAnkara = Turkey, capital"},
		{"pronoun is no state", "They told us and the US.", "US = United States"},
		{"possessive", "Qatar's offer and the U.S.’s reply", "Qatar = Qatar\nU.S. = United States"},
		{"hyphen", "a Saudi-backed plan", "Saudi = Saudi Arabia, adjective"},
		{"institution by adjective", "the Qatari Foreign Ministry", "Qatari Foreign Ministry = Ministry of Foreign Affairs of Qatar"},
		{"institution by possessive", "Iraq's health ministry", "Iraq's health ministry = Ministry of Health of Iraq"},
		{"institution by name", "the Ministry of Interior of the Russian Federation", "Ministry of Interior of the Russian Federation = Ministry of Interior of Russia"},
		{"institution with a name of its own", "the American Defense Department", "American Defense Department = US Department of Defense"},
		{"forces", "Iranian forces and Syrian regime", "Iranian forces = Iran, forces\nSyrian regime = Government of Syria, leader"},
		{"clitics", "وبتركيا وللولايات المتحدة فالعراق", "تركيا = Turkey\nلولايات المتحدة = United States\nالعراق = Iraq"},
		{"spelling", "الولايات المتحدة الأميركيه واسرائيل", "الولايات المتحدة الأميركيه = United States\nاسرائيل = Israel"},
		{"Arabic institution", "قالت وزارة الخارجية القطرية", "وزارة الخارجية القطرية = Ministry of Foreign Affairs of Qatar"},
		{"ministry without its noun needs the feminine", "الخارجية الروسية والدفاع الروسي", "الخارجية الروسية = Ministry of Foreign Affairs of Russia\nالروسي = Russia, adjective"},
		{"Arabic institution by name", "وزارة الصحة في لبنان وجيش تركيا", "وزارة الصحة في لبنان = Ministry of Health of Lebanon\nجيش تركيا = Turkish Armed Forces"},
		{"Arabic forces", "القوات التركية وقوات إيرانية", "القوات التركية = Turkey, forces\nقوات إيرانية = Iran, forces"},
		{"epithets", "داعش وتنظيم “الدولة” ونظام الأسد", "داعش = Islamic State\nتنظيم “الدولة” = Islamic State\nنظام الأسد = Government of Syria, leader"},
		{"brackets inside a name", "حركة المقاومة الإسلامية (حماس) قالت", "حركة المقاومة الإسلامية (حماس) = Hamas"},
		{"adjective of the United Nations", "المبعوث الأممي", "الأممي = United Nations, adjective"},
		{"two states, one name: Amman", "قال الأردن في عمان إن الأردن", "الأردن = Jordan\nعمان = Jordan, capital\nالأردن = Jordan"},
		{"two states, one name: Oman", "قالت عمان ومسقط", "عمان = Oman\nمسقط = Oman, capital"},
		{"everyday word is no outlet", "الحياة في المدينة صعبة", ""},
		{"outlet behind its noun", "صحيفة الحياة", "صحيفة الحياة = Al-Hayat"},
		{"platform", "كتب في تويتر", "تويتر = outlet Twitter"},
		{"place", "في ريف إدلب وخان شيخون", "ريف إدلب = place Idlib\nخان شيخون = place Khan Sheikhoun"},
		{"person", "Sergei Lavrov met Erdoğan", "Sergei Lavrov = Sergey Lavrov\nErdoğan = Recep Tayyip Erdogan"},
		{"name over a sentence end", "They left Saudi. Arabia is large.", "Saudi = Saudi Arabia, adjective"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(g, c.text); got != c.want {
				t.Errorf("%q gives\n%s\nwant\n%s", c.text, got, c.want)
			}
		})
	}
}

func TestKeyed(t *testing.T) {
	g := standard(t)
	for key, want := range map[string]string{
		"us": "United States", "us/foreign-ministry": "US Department of State", "qa/foreign-ministry": "Ministry of Foreign Affairs of Qatar",
		"hamas": "Hamas", "ocha": "UN Office for the Coordination of Humanitarian Affairs",
	} {
		e := g.Keyed(key)
		if e == nil || graph.NameIn(e.Actor.Names, "en") != want {
			t.Errorf("Keyed(%q) is not %s", key, want)
		} else if g.Actor(e.Actor.ID) != e.Actor {
			t.Errorf("Actor does not know %q by its id", key)
		}
	}
	if g.Keyed("qa/no-such-thing") != nil || g.Keyed("zz/foreign-ministry") != nil {
		t.Error("an unknown key gives an entity")
	}
	if e := g.Keyed("ocha"); e.Behalf != g.Keyed("un") || len(e.Actor.PartOf) != 1 {
		t.Error("OCHA does not speak for the United Nations")
	}
}

func TestOutlet(t *testing.T) {
	g := standard(t)
	for name, want := range map[string]string{"Enab Baladi": "Enab Baladi", "صحيفة عنب بلدي": "Enab Baladi", "رويترز": "Reuters", "The Invented Gazette": "The Invented Gazette"} {
		if got := graph.NameIn(g.Outlet(name).Outlet.Names, "en"); got != want {
			t.Errorf("Outlet(%q) is %q, want %q", name, got, want)
		}
	}
	if g.Outlet("The Invented Gazette").Outlet.ID != g.Outlet("the invented  gazette").Outlet.ID {
		t.Error("an outlet's identity depends on its spelling")
	}
}

func TestOfficeOn(t *testing.T) {
	e := &Entity{Offices: []Office{{&Entity{Gender: 'a'}, 2010, 2012}, {&Entity{Gender: 'b'}, 2014, 0}}}
	for day, want := range map[graph.Day]byte{"2011-05-01": 'a', "2020-01-01": 'b', "": 'a', "2013-01-01": 0} {
		got := byte(0)
		if o := e.OfficeOn(day); o != nil {
			got = o.Gender
		}
		if got != want {
			t.Errorf("OfficeOn(%q) is %q, want %q", day, got, want)
		}
	}
}

// tables returns the data of the binary, to be spoilt.
func tables(t testing.TB) fstest.MapFS {
	t.Helper()
	dir := fstest.MapFS{}
	files, err := fs.Glob(data, "data/*.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		raw, err := fs.ReadFile(data, f)
		if err != nil {
			t.Fatal(err)
		}
		dir[strings.TrimPrefix(f, "data/")] = &fstest.MapFile{Data: raw}
	}
	return dir
}

// An office may name a body of a state that no text is searched for.
func TestOfficeOfABodyOfItsOwn(t *testing.T) {
	g := standard(t)
	e := g.Called("gretchen whitmer")
	if e == nil || len(e.Offices) == 0 {
		t.Fatal("the table has no governor of Michigan")
	}
	body := e.OfficeOn("2020-05-01")
	if body == nil || body.Actor.Key != "org/michigan" || g.State(body) == nil || g.State(body).Actor.Key != "state/us" {
		t.Errorf("her office is %+v, want Michigan, of the United States", body)
	}
	if found := g.Called("michigan"); found != nil && found.Actor != nil {
		t.Errorf("Michigan is found as the actor %q", found.Actor.Key)
	}
}

func TestLoadNamesTheFault(t *testing.T) {
	for _, c := range []struct{ name, file, line, want string }{
		{"too few fields", "people.tsv", "Jane Doe\tf\n", "2 fields where there must be 5"},
		{"gender", "people.tsv", "Jane Doe\tx\t\t\t\n", `the gender "x" is neither m nor f`},
		{"office", "people.tsv", "Jane Doe\tf\t\t\tus since 2010\n", "must be a key, a blank and years"},
		{"years", "people.tsv", "Jane Doe\tf\t\t\tus 2017-2010\n", "must be a key, a blank and years"},
		{"unknown institution", "people.tsv", "Jane Doe\tf\t\t\tatlantis 2010-2011\n", `"atlantis", which no table has`},
		{"double", "groups.tsv", "hamas\tHamas\t\t\t\n", `"hamas" is there already, at groups.tsv:`},
		{"part of nothing", "groups.tsv", "wing\tThe Wing\t\t\tbird\n", `part_of names "bird"`},
		{"code", "states.tsv", "QQQQ\t\t\t\t\t\t\t\n", `"QQQQ" is no code of ISO 3166`},
		{"country of an outlet", "outlets.tsv", "daily\tnewspaper\tThe Daily\t\t\tzz\n", `the country "zz" is no code`},
		{"medium", "outlets.tsv", "daily\tpaper\tThe Daily\t\t\t\n", `the medium "paper" is none of`},
		{"pattern", "patterns.tsv", "moon-ministry\tMinistry of the Moon\t\t\t\t\n", "has neither {state} nor {adjective}"},
		{"institution of no state", "institutions.tsv", "xx/zoo\tZoo\t\t\t\t\n", `must be the code of a state`},
		{"empty alternative", "places.tsv", "SY\tSomewhere\tThere||Where\t\n", "column en has an empty name"},
		{"no letters", "places.tsv", "SY\tSomewhere\t…\t\n", `the name "…" has no letters`},
		{"not UTF-8", "places.tsv", "SY\tSome\xffwhere\t\t\n", "the line is not UTF-8"},
		{"country", "places.tsv", "ZZ\tSomewhere\t\t\n", `the country "ZZ" is no code`},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := tables(t)
			raw := dir[c.file].Data
			at := c.file + ":" + itoa(strings.Count(string(raw), "\n")+1) + ": "
			dir[c.file] = &fstest.MapFile{Data: append(raw[:len(raw):len(raw)], c.line...)}
			_, err := Load(dir)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), at) {
				t.Errorf("the error is %v, want %q at %s", err, c.want, at)
			}
		})
	}
	dir := tables(t)
	delete(dir, "groups.tsv")
	if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "groups.tsv") {
		t.Errorf("a missing table gives %v", err)
	}
	dir = tables(t)
	dir["groups.tsv"] = &fstest.MapFile{Data: []byte("key,name\n")}
	if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "groups.tsv:1: the first line must name the columns") {
		t.Errorf("a wrong header gives %v", err)
	}
}

func itoa(n int) string {
	var b []byte
	for ; n > 0; n /= 10 {
		b = append([]byte{byte('0' + n%10)}, b...)
	}
	return string(b)
}

func FuzzTable(f *testing.F) {
	f.Add("country\tname\ten\tar\nSY\tSomewhere\tThere!|Where?\tهناك\n")
	f.Add("country\tname\ten\tar\n\t\t\t\n")
	f.Fuzz(func(t *testing.T, places string) {
		dir := tables(t)
		dir["places.tsv"] = &fstest.MapFile{Data: []byte(places)}
		g, err := Load(dir)
		if (g == nil) == (err == nil) {
			t.Errorf("Load gives %v and %v", g, err)
		}
	})
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"قالت وزارة الخارجية الأمريكية (واشنطن) إن", "Turkey's US-backed forces", "حركة «حماس", "وللولايات المتحدة", "U.S.’s U.K.-led", "لل وب ف"} {
		f.Add(s)
	}
	g := standard(f)
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, " ")
		tx := text.Read(s, "ar", "", "")
		end := 0
		for _, m := range g.Find(tx) {
			if m.Start < end || m.Start >= m.End || m.End > len(s) || m.Entity == nil || m.First >= m.Last {
				t.Fatalf("mention %+v of %q behind %d", m, s, end)
			}
			if m.Start < tx.Tokens[m.First].Start || m.End > tx.Tokens[m.Last-1].End {
				t.Fatalf("mention %+v of %q is not within its tokens", m, s)
			}
			end = m.End
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	dir, err := fs.Sub(data, "data")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(dir); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	g := standard(b)
	for _, lang := range []string{"ar", "en"} {
		s := map[string]string{
			"ar": "وقالت وزارة الخارجية القطرية إن الحكومة تتابع ما يجري في المنطقة، مؤكدة أن الحوار هو السبيل الوحيد إلى حل يرضي الأطراف كلها. ",
			"en": "The Qatari Foreign Ministry said the government was following events in the region and that talks were the only way to a settlement. ",
		}[lang]
		t := text.Read(strings.Repeat(s, 200), lang, "", "")
		b.Run(lang, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(t.Raw)))
			for b.Loop() {
				g.Find(t)
			}
		})
	}
}
