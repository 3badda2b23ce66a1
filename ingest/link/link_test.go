package link

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

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
		"data/titles.tsv":  {Data: []byte("class\tenglish\ten\tar_m\tar_f\tar_plural\nofficial\tclerk\tclerk\t\t\t\n")},
		"data/terms.tsv":   {Data: []byte("kind\tar\ten\nn\tمركز\tCentre\n")},
		"data/given.tsv":   {Data: []byte("gender\tnames\nm\tOtto\n")},
		"data/names.tsv":   {Data: []byte("name\tenglish\nسامر\tSamer\n")},
		"data/foreign.tsv": {Data: []byte("name\tenglish\nأوتو\tOtto\n")},
		"data/heads.tsv":   {Data: []byte("kind\twords\npeople\tوفد\n")},
	}
	if _, err := readLexicon(good); err != nil {
		t.Fatal(err)
	}
	for file, line := range map[string]string{"data/titles.tsv": "wizard\tmage\tmage\t\t\t\n", "data/given.tsv": "x\tOtto\n", "data/terms.tsv": "z\tمركز\tCentre\n", "data/names.tsv": "سامر\t\n", "data/foreign.tsv": "\tOtto\n", "data/heads.tsv": "animals\tقط\n"} {
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
// the attribution before, [=…] a pronoun; each mark makes an attribution. <…> marks a relay.
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
			case '=':
				a.Pronoun = true
				if strings.HasPrefix(marked[i:], "=he]") {
					a.Gender = extract.Masculine
				}
			}
			found = append(found, a)
		case ']':
			a := &found[len(found)-1]
			if a.Cue.End = raw.Len(); a.Pronoun {
				a.Source = a.Cue
			}
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
		{"word that heads no source, and a title in apposition",
			"التقى الوفد الدكتور سامر بن علي الخوري رئيس لجنة البحوث العربية. وقال {الخوري} ذلك. وأضاف {مؤكدا} ذلك. وقال {سموه} ذلك.",
			"سامر بن علي الخوري (Committee of Arab Research); سامر بن علي الخوري (Committee of Arab Research); سامر بن علي الخوري (Committee of Arab Research)"},
		{"name ends before a verb and before an object",
			"وجه {المذيع سامر الخوري} نقدا. وقال {المحلل ريان القط نبه} ذلك. وشن {المذيع هادي منصور هجوما} عليه.",
			"سامر الخوري; ريان القط; هادي منصور"},
		{"noun of saying before the one who speaks",
			"وفي {كلمة لنائب الرئيس التونسي سامر الخوري} قال ذلك.", "سامر الخوري (Tunisia)"},
		{"experts of a university, governors, lawmakers of a party",
			"قال {أستاذ القانون بجامعة بيرزيت سامر الخوري} ذلك. وقال {محافظ عدن ريان القط} ذلك. وقال {هادي منصور، نائب عن حزب نداء تونس} ذلك.",
			"سامر الخوري (Birzeit University); ريان القط (Governorate of Aden); هادي منصور (Nidaa Tounes)"},
		{"unnamed sources by noun and adjectives",
			"قالت {مصادر طبية فلسطينية} ذلك. وقال {مصدر عسكري سوري} ذلك. وقال {المحتجون} ذلك.",
			"unnamed Palestinian medical sources (Palestine); unnamed Syrian Armed Forces source (Syrian Armed Forces); protesters"},
		{"prince by his given name, whatever follows",
			"قال {الأمير سامر بن حمد رئيس الاتحاد} ذلك. وأكد {الأمير سامر} ذلك.",
			"سامر بن حمد; سامر بن حمد"},
		{"his country, the network for which he speaks",
			"قال {وزير الخارجية التونسي سامر الخوري} ذلك. وأعلنت {بلاده} ذلك.\nوقالت {المتحدثة باسم الشبكة الوطنية للنساء هالة منصور} ذلك. وأكدت {الشبكة} ذلك.",
			"سامر الخوري (Ministry of Foreign Affairs of Tunisia); Tunisia; هالة منصور (National Network for Women); National Network for Women"},
		{"subject of the sentence, not who spoke before",
			"قالت {هالة منصور} ذلك. ونشر الوزير سامر الخوري صورا، [mمؤكدا] أن الأمر انتهى.", "هالة منصور; سامر الخوري"},
		{"surname of a person introduced by title, in English",
			"{Ruritania analyst Otto Lindqvist} said so. {Lindqvist} repeated it.", "Otto Lindqvist; Otto Lindqvist"},
		{"spokesman speaks for the body before his title",
			"{Kremlin spokesman Dmitry Peskov} said so. {Peskov} added more. [mHe] went on.",
			"Dmitry Peskov (Kremlin); Dmitry Peskov (Kremlin); Dmitry Peskov (Kremlin)"},
		{"name, comma, title",
			"{Ann Hale, director of the World Health Organization}, said so.", "Ann Hale (World Health Organization)"},
		{"title, comma, name",
			"{The Turkish foreign minister, Otto Lind}, said so. {The minister} agreed.",
			"Otto Lind (Ministry of Foreign Affairs of Turkey); Otto Lind (Ministry of Foreign Affairs of Turkey)"},
		{"words of an office are no name",
			"{Undersecretary of Defense for Policy James Millward} said so in America.", "James Millward (US Department of Defense)"},
		{"initials and Jr. are left out, honorifics too",
			"{Dr. Ann B. Hale Jr.} said so. {Ms. Hale} agreed.", "Ann Hale; Ann Hale"},
		{"field of a ministry beside a title",
			"America voted. {Undersecretary of Defense Otto Lind} said so. {Health officials} agreed.",
			"Otto Lind (US Department of Defense); unnamed US health officials (US Department of Health and Human Services)"},
		{"envoy speaks for the body before his title",
			"{Otto Lind, the U.N. humanitarian coordinator for Yemen}, said so.", "Otto Lind (United Nations)"},
		{"shadow minister speaks for no ministry",
			"{Ann Hale, the British shadow home secretary}, said so.", "Ann Hale"},
		{"reporter of a broadcaster",
			"{Al Jazeera's Ann Hale} said so.", "Ann Hale (Al Jazeera)"},
		{"presidents of two states",
			"{President Xi Jinping and President Vladimir Putin} said so.", "Xi Jinping and Vladimir Putin (China and Russia)"},
		{"list of names with titles",
			"{Barack Obama, Attorney General Ann Hale and others} said so.", "Barack Obama (United States)"},
		{"surname that is a country",
			"{Rep. Ann Jordan} said so.", "Ann Jordan"},
		{"pronoun by gender",
			"{Otto Lind} said so. {Ann Hale} said no. [mHe] insisted. [fShe] laughed.", "Otto Lind; Ann Hale; Otto Lind; Ann Hale"},
		{"it is no person",
			"Turkey lost patience. {Otto Lind} said so. Turkey had asked for time. [mIt] insisted.", "Otto Lind; Turkey"},
		{"unnamed official, and again",
			"{A State Department official} said so. {Otto Lind} said no. {The official} insisted.",
			"unnamed US Department of State official (US Department of State); Otto Lind; unnamed US Department of State official (US Department of State)"},
		{"capital for the state",
			"{Ankara} said so. {Both Washington and Moscow} denied it.", "Turkey; United States and Russia"},
		{"two persons are one source",
			"{Otto Lind and Ann Hale} said so.", "Otto Lind and Ann Hale"},
		{"somebody and unnamed others",
			"{President Putin and his advisers} said so.", "Vladimir Putin and his advisers (Russia)"},
		{"school of law and politics is one body",
			"{Otto Lind of the School of Law and Politics} said so.", "Otto Lind"},
		{"institution without its state is that of the text",
			"Pakistan voted. {The army} said so. {The Pakistani foreign ministry} agreed. {The ministry} insisted.",
			"Pakistani Armed Forces (Pakistan); Ministry of Foreign Affairs of Pakistan (Pakistan); Ministry of Foreign Affairs of Pakistan (Pakistan)"},
		{"the group is the one that spoke",
			"{Hezbollah} said so. {The group} insisted.", "Hezbollah; Hezbollah"},
		{"the statement is that of the body that spoke",
			"{The Qatari foreign ministry} said so. {The statement} added more.",
			"Ministry of Foreign Affairs of Qatar (Qatar); Ministry of Foreign Affairs of Qatar (Qatar)"},
		{"somebody named in full without a title is known by his surname",
			"The village mourned Ilker Demirtan. {A friend of Demirtan} said so.", "unnamed friend of Ilker Demirtan"},
		{"the one who acts outside quotation marks is meant by he",
			"Otto Lind met Ann Hale. {Lind} said so. \"We blame Peter Moss and his men,\" [=he] added.", "Otto Lind; Otto Lind"},
		{"an institution is meant by it behind its spokesman",
			"Iran's parliament met in Iran. {Kremlin spokesman Otto Lind} said [=it] would wait.", "Otto Lind (Kremlin); Kremlin (Russia)"},
		{"a person's people keep the surname", "{Former Obama campaign officials} said so.", "unnamed former Obama campaign officials"},
		{"officials in a body are the body's", "{Officials within the State Department} said so.", "unnamed officials within the US Department of State (US Department of State)"},
		{"a spokesman of a person of the text", "Mayor Ilker Demirtan left. {Demirtan spokesman Otto Lind} said so. {A spokeswoman for Mayor Demirtan} agreed.",
			"Otto Lind (Ilker Demirtan); unnamed spokeswoman for Mayor Ilker Demirtan (Ilker Demirtan)"},
		{"a body before a title", "{KWA Chairman Otto Lind} said so. {West African leaders} agreed.", "Otto Lind (KWA); unnamed West African leaders"},
		{"an abbreviation that the text explains", "{The Kestrel Watch Association} (KWA) said so. {The KWA} insisted.", "Kestrel Watch Association; Kestrel Watch Association"},
		{"a local party is not the whole", "{Otto Lind, chairman of the Hale County Republican Party}, said so.", "Otto Lind (Hale County Republican Party)"},
		{"some of a party are not the party", "{Many Republicans} said so. {Republicans} agreed.", "many Republicans (Republican Party); Republican Party"},
		{"a second title tells the body, and former is of the first", "{Otto Lind, a former teacher and head of the Kestrel Watch Fund}, said so.", "Otto Lind (Kestrel Watch Fund)"},
		{"a body behind a name", "{Otto Lind of the Kestrel Watch Fund} said so.", "Otto Lind (Kestrel Watch Fund)"},
		{"a governor heads his place", "{Arizona Gov. Otto Lind} said so. {Former Ohio Gov. Ann Hale} agreed.", "Otto Lind (Arizona); Ann Hale"},
		{"a sister has the family's name", "Otto Demirtan left. {Demirtan's sister Ann} said so.", "Ann Demirtan"},
		{"what stands behind a comma is no part of a body's name", "{The Kestrel Watch Fund, a charity in Hale}, said so.", "Kestrel Watch Fund"},
		{"an indefinite title is nobody named before", "{Otto Lind, a Kremlin spokesman}, said so. {A spokesman} denied it.", "Otto Lind (Kremlin); unnamed spokesman"},
		{"the last word of a newspaper's name", "{The Washington Post} said so. {The Post} insisted.", "The Washington Post; The Washington Post"},
		{"who issues a statement", "On Monday the Turkish Foreign Ministry also released {a statement} denouncing it. {Otto Lind} left.", "Ministry of Foreign Affairs of Turkey (Turkey); Otto Lind"},
		{"the attorney general of a part of a country", "{New Hale Attorney General Otto Lind} said so. {Attorney General Ann Hale of the United States} agreed.",
			"Otto Lind (New Hale Attorney General's Office); Ann Hale (US Department of Justice)"},
		{"a governor named in the running text", "On Monday Arizona Gov. Otto Lind left. {Mr. Lind} said so.", "Otto Lind (Arizona)"},
		{"an official of a people without a state", "Iraq and Iraq again. {A Kurdish intelligence official} said so.", "unnamed Kurdish intelligence official"},
		{"whose campaign it is", "Otto Lind left. {The Lind campaign} said so.", "Lind campaign (Otto Lind)"},
		{"a scholar's university", "{Otto Lind, a law professor at the University of Hale}, said so.", "Otto Lind (University of Hale)"},
		{"the handle behind a name is none of it", "{Otto Lind (@ottolind)} said so.", "Otto Lind"},
		{"friends of whom the text is about", "Otto Lind left. Lind was tired. Nobody saw Lind. {Friends} said so.", "unnamed friends"},
		{"whose lawyers they are", "{Otto Lind} said so. {His lawyers} agreed.", "Otto Lind; unnamed Otto Lind lawyers"},
		{"a body in small letters", "{The state department} said so. {A state department official} agreed.",
			"US Department of State (United States); unnamed state department official (US Department of State)"},
		{"a named source joined with a described one", "{The United Nations and aid groups} said so.", "United Nations and aid groups"},
		{"the report is the one named before", "A report by Amnesty International came out. {Otto Lind} said so. {The report} accused the army.",
			"Otto Lind; Amnesty International report (Amnesty International)"},
		{"a network with a name of its own is no part of another", "{Fox Business Network} said so.", "Fox Business Network"},
		{"the president is no former president", "{Former Russian president Otto Lind} said so. {The Russian president} laughed.", "Otto Lind; Russian president (Russia)"},
		{"what a comma adds to a name anywhere tells for whom he speaks later",
			"Otto Lind, special counsel at the law firm Hale Falk, came. {Lind} said so.", "Otto Lind (Hale Falk)"},
		{"an adviser's former office is not his principal's", "A former adviser to Barack Obama left. {Obama} said so.", "Barack Obama (United States)"},
		{"a vice president of a company is none of the state", "The United States and the United States. {Ann Hale, vice president of the Kestrel Fund}, said so.", "Ann Hale (Kestrel Fund)"},
		{"a lawyer without a client speaks for where he works", "{Ann Hale, a staff attorney with the Kestrel Law Center}, said so.", "Ann Hale (Kestrel Law Center)"},
		{"a governor whom the gazetteer knows", "{Charlie Baker} said so.", "Charlie Baker (Massachusetts)"},
		{"a leader of the minority speaks for the party", "{House Minority Leader Nancy Pelosi} said so.", "Nancy Pelosi (Democratic Party)"},
		{"a name behind a comma and a title", "{The Kestrel Fund's director for the south, Grundo Lindt}, said so.", "Grundo Lindt (Kestrel Fund)"},
		{"two with one surname", "Ann Lind came. Otto Lind left. {Lind} said so. Ann Lind sang. {Lind} agreed.", "Otto Lind; Ann Lind"},
		{"a short form of the given name", "Andrew Falk came. {Andy Falk} said so. {Falk} agreed.", "Andy Falk; Andy Falk"},
		{"a surname that is a country's name too", "Rep. Jim Jordan came. {Jordan} said so.", "Jim Jordan"},
		{"the country beside one of its name", "Rep. Jim Jordan came to Amman in Jordan. {Jordan} said so.", "Jordan"},
		{"a surname that is an agency's name too", "{Mike Bloomberg} said so. {Bloomberg} agreed.", "Michael Bloomberg; Michael Bloomberg"},
		{"a genitive before a surname", "{Karla Bowman} said so. {KWA's Bowman} agreed.", "Karla Bowman; Karla Bowman"},
		{"a plain senator speaks for himself, one who leads them for all", "The United States. {Republican Sen. Otto Lind} said so. {Senate Majority Leader Ann Hale} agreed.", "Otto Lind; Ann Hale (US Senate)"},
		{"called again by place and party", "Otto Lind, R-Ohio, came. Sen. Ann Hale (D-N.J.) left. {Otto Lind} said so. {The New Jersey Democrat} denied it. {The Ohio Republican} insisted.",
			"Otto Lind; Ann Hale; Otto Lind"},
		{"called again by what he is", "{Otto Lind} said so. {The former governor} added more.", "Otto Lind; Otto Lind"},
		{"the mayor of a place is no other's", "{Otto Lind} said so. {The mayor of Hale} denied it.", "Otto Lind; mayor of Hale"},
		{"one of a party without a name", "{One Ohio Republican} said so.", "unnamed Ohio Republican"},
		{"a time behind a preposition is no source", "Otto Lind has in {the past} asked why. {Ann Falk} left.", "Otto Lind; Ann Falk"},
		{"the first lady has the president's surname", "{First lady Michelle Obama} said so. {Mr. Obama} agreed. {Mrs. Obama} smiled. {The first lady} left.",
			"Michelle Obama; Barack Obama (United States); Michelle Obama; Michelle Obama"},
		{"the president's aide is no president", "{Barack Obama} said so. {The president's friend Rahm Emanuel} agreed. {The president} left.", "Barack Obama (United States); Rahm Emanuel (Chicago); Barack Obama (United States)"},
		{"a president of a body without an article", "{Nina Falk, president of Public Kestrel}, said so.", "Nina Falk (Public Kestrel)"},
		{"where a university lies is none of its name", "{Nina Falk, an expert at Kestrel University in New Hale}, said so.", "Nina Falk (Kestrel University)"},
		{"noun behind a name is another source",
			"{Hezbollah supporters} said so.", "Hezbollah supporters (Hezbollah)"},
		{"one of a person's staff is not the person",
			"{Obama campaign officials} said so.", "unnamed Obama campaign officials"},
		{"spokesman of a person",
			"{Merkel spokesman Otto Lind} said so.", "Otto Lind (Angela Merkel)"},
		{"former office speaks for nobody",
			"{Former Turkish foreign minister Otto Lind} said so.", "Otto Lind"},
		{"head of a state by title alone",
			"{Vladimir Putin} arrived. {The Russian president} said so.", "Vladimir Putin (Russia); Vladimir Putin (Russia)"},
		{"body with a name of its own at the end",
			"{Maritime security firm Kestrel Watch} said so.", "Kestrel Watch"},

		{"minister by adjective of the state",
			"قال {وزير النقل التونسي سامر الخوري} ذلك. وأضاف {الخوري} المزيد. وتابع {الوزير} كلامه. [mوأشار] إلى الأمر.",
			"سامر الخوري (Ministry of Transport of Tunisia); سامر الخوري (Ministry of Transport of Tunisia); سامر الخوري (Ministry of Transport of Tunisia); سامر الخوري (Ministry of Transport of Tunisia)"},
		{"foreign name behind a definite word",
			"قال {نائب وزير الدفاع الفنلندي تيمو كوسكي} ذلك.", "تيمو كوسكي (Ministry of Defence of Finland)"},
		{"name before a comma and a title",
			"قال {تيرو فالكن، أمين عام حلف شمال الأطلسي}، ذلك.", "تيرو فالكن (NATO)"},
		{"honorific",
			"قال {مدير مستشفى كمال عدوان الدكتور ريان القط} ذلك. وتابع {الدكتور القط} كلامه.",
			"ريان القط (Kamal Adwan Hospital); ريان القط (Kamal Adwan Hospital)"},
		{"feminine dropped subject is not the man who spoke last",
			"قالت {هالة منصور} ذلك. وقال {سامر الخوري} غيره. [fوأضافت] المزيد.", "هالة منصور; سامر الخوري; هالة منصور"},
		{"whoever spoke last",
			"قال {سامر الخوري} ذلك. وتابع {المتحدث نفسه} كلامه.", "سامر الخوري; سامر الخوري"},
		{"head of a state by name of the state",
			"قال {رئيس فنلندا تيرو فالكن} ذلك. وأكد {الرئيس الفنلندي} الأمر.", "تيرو فالكن (Finland); تيرو فالكن (Finland)"},
		{"spokesman of a president speaks for the presidency",
			"قال {المتحدث باسم الرئيس التركي سامر الخوري} ذلك.", "سامر الخوري (Presidency of Turkey)"},
		{"envoy of the United Nations by its adjective",
			"قال {مبعوث الأمم المتحدة إلى اليمن تيرو فالكن} ذلك. وأكد {المبعوث الأممي} الأمر.", "تيرو فالكن (United Nations); تيرو فالكن (United Nations)"},
		{"ambassador speaks for the state that sends him",
			"قال {تيرو فالكن، السفير الألماني لدى حلف شمال الأطلسي}، ذلك.", "تيرو فالكن (Germany)"},
		{"common nouns and cities in the description of an unnamed source stay as they are",
			"{A U.S. intelligence source} said so. {A teacher at a college in London} said so.",
			"unnamed US intelligence source (US intelligence community); unnamed teacher at a college in London"},
		{"unnamed official of a state",
			"قال {مسؤول أميركي} ذلك. وأضاف {المسؤول} المزيد.", "unnamed US official (United States); unnamed US official (United States)"},
		{"movement by its noun",
			"قالت {حركة حماس} ذلك. وأكدت {الحركة} الأمر.", "Hamas; Hamas"},
		{"ministry without its noun",
			"قالت {وزارة الخارجية القطرية} ذلك. وأكدت {الخارجية} الأمر.",
			"Ministry of Foreign Affairs of Qatar (Qatar); Ministry of Foreign Affairs of Qatar (Qatar)"},
		{"body that no table has, word by word",
			"قال {سامر الخوري، رئيس المركز العربي للدراسات السياسية}، ذلك.", "سامر الخوري (Arab Center for Political Studies)"},
		{"statement of a body",
			"قالت {وزارة الصحة اللبنانية} ذلك. وبحسب {البيان} فالأمر كذلك.",
			"Ministry of Health of Lebanon (Lebanon); Ministry of Health of Lebanon statement (Ministry of Health of Lebanon)"},
		{"given name that begins with و is no second source",
			"قال {وزير العدل المغربي سامر وهبي} ذلك.", "سامر وهبي (Ministry of Justice of Morocco)"},
		{"two persons behind one title",
			"قال {المذيعان سامر الخوري وأحمد منصور} ذلك. وزاد {الخوري} الأمر.", "سامر الخوري and أحمد منصور; سامر الخوري"},
		{"official who was named by another title",
			"قالت {منسقة الأمم المتحدة هالة منصور} ذلك. وأكدت {المسؤولة الأممية} الأمر.", "هالة منصور (United Nations); هالة منصور (United Nations)"},
		{"two states, one source",
			"قالت {تركيا وقطر} ذلك.", "Turkey and Qatar"},
		{"source named only by pronoun of the next person",
			"[mقال] ذلك في حوار. وأكد {وزير النقل التونسي سامر الخوري} الأمر.",
			"سامر الخوري (Ministry of Transport of Tunisia); سامر الخوري (Ministry of Transport of Tunisia)"},
		{"director of the hospital named before",
			"قُصف مستشفى كمال عدوان ليلا. وقال {مدير المستشفى الدكتور ريان القط} ذلك. وأضاف {القط} المزيد.",
			"ريان القط (Kamal Adwan Hospital); ريان القط (Kamal Adwan Hospital)"},
		{"lawmaker of a bloc, writer of a paper, organ of a party",
			"قال {النائب سامر الخوري عن حركة النهضة} ذلك. وفي صحيفة الشرق الأوسط كتب {المعلق ريان القط} ذلك. واجتمع حزب العدالة والتنمية. وقالت {هالة منصور، عضو المكتب السياسي،} ذلك.",
			"سامر الخوري (Ennahda Movement); ريان القط (Asharq Al-Awsat); هالة منصور (Justice and Development Party)"},
		{"board of a company, organisation by its noun and name",
			"قال {رئيس مجلس إدارة شركة أرامكو سامر الخوري} ذلك. وقالت {منظمة «هيومن رايتس ووتش»} ذلك.",
			"سامر الخوري (Saudi Aramco); Human Rights Watch"},
		{"minister of his own state, whatever the text is about",
			"مصر ومصر والحكومة المصرية. وقال {وزير الخارجية سيرغي لافروف} ذلك.", "Sergey Lavrov (Ministry of Foreign Affairs of Russia)"},
		{"media office of another body",
			"قال {المكتب الإعلامي لحركة حماس} ذلك.", "Media Office for Movement of Hamas (Hamas)"},
		{"who he is, behind the name: by a pronoun, a dash, a preposition",
			"قال {سامر الخوري}، وهو مدير منظمة الصحة العالمية، ذلك. وقالت {هالة منصور} -الناطقة باسم حركة النهضة- ذلك. وقال {ريان القط}، من منظمة العفو الدولية، ذلك.",
			"سامر الخوري (World Health Organization); هالة منصور (Ennahda Movement); ريان القط (Amnesty International)"},
		{"name spelled like a preposition, analyst of a paper, expert of a bank, dean",
			"قال {رئيس الدائرة السياسية لحركة حماس باسم الخوري} ذلك. وقال {المحلل العسكري لصحيفة هآرتس سامر منصور} ذلك. وقال {الخبير في البنك الدولي ريان القط} ذلك. وقال {وكيل كلية الآداب هادي ناصر} ذلك.",
			"باسم الخوري (Hamas); سامر منصور (Haaretz); ريان القط (World Bank); هادي ناصر (College of Arts)"},
		{"foreign name before its office in the running text",
			"وفي مؤتمر مع أولف كريمسون زعيم حزب الليكود قالت {هالة منصور} ذلك. وقال {كريمسون} ذلك.", "هالة منصور; أولف كريمسون (Likud)"},
		{"a club's field is no ministry or force, a hospital's name is not translated, a given name is no adjective",
			"قال {مدير نادي الطيران السعودي سامر الخوري} ذلك. وقال {مدير مستشفى العودة ريان القط} ذلك. وقال {المهندس تركي بن هادي} ذلك.",
			"سامر الخوري (Saudi Club of Aviation); ريان القط (Al-Auda Hospital); تركي بن هادي"},
		{"the latter is who was named last",
			"قال {سامر الخوري} ذلك للوزيرة هالة منصور والوزير ريان القط. وأكد {الأخير} الأمر.", "سامر الخوري; ريان القط"},
		{"participle goes on with its verb",
			"قال {سامر الخوري} ذلك [cمضيفا] المزيد.", "سامر الخوري; سامر الخوري"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _ := resolve(t, c.text)
			if s := speakers(got); s != c.want {
				t.Errorf("got  %s\nwant %s", s, c.want)
			}
		})
	}
}

func TestRelay(t *testing.T) {
	got, _ := resolve(t, "قال {سامر الخوري} <لوكالة رويترز> ذلك. [mوأضاف] المزيد. وقالت {هالة منصور} غيره.")
	var relays []string
	for _, s := range got {
		if s.Relay == nil {
			relays = append(relays, "")
		} else {
			relays = append(relays, graph.NameIn(s.Relay.Names, "en"))
		}
	}
	if want := "Reuters, Reuters, "; strings.Join(relays, ", ") != want {
		t.Errorf("the relays are %q, want %q", strings.Join(relays, ", "), want)
	}
}

func TestMentions(t *testing.T) {
	_, l := resolve(t, "{Transport Minister Ann Hale} of Turkey said so. Turkey praised Hale, and Putin did not.")
	var names []string
	for _, m := range l.Mentions {
		names = append(names, graph.NameIn(m.Entity.Actor.Names, "en"))
	}
	if got, want := strings.Join(names, ", "), "Ann Hale, Turkey, Turkey, Ann Hale, Vladimir Putin"; got != want {
		t.Errorf("the mentions are %s, want %s", got, want)
	}
}

func TestHeld(t *testing.T) {
	got, l := resolve(t, "{Turkish foreign minister Otto Lind} said so.")
	if len(l.Held) != 1 || l.Held[0].Person != got[0].Speaker.ID || l.Held[0].Institution != got[0].OnBehalfOf.ID ||
		l.Held[0].Title != "Turkish foreign minister" || l.Held[0].First != "2016-05-04" {
		t.Errorf("the offices held are %+v", l.Held)
	}
	if got[0].Role != "Turkish foreign minister" {
		t.Errorf("the role is %q", got[0].Role)
	}
}

// Party and state behind a name tell in which chamber of the US Congress somebody
// sits; for whom he speaks is another question.
func TestHeldInCongress(t *testing.T) {
	for text, want := range map[string]string{
		"{Sen. Ann Hale} (R-Utah) said so.":            "org/us/senate",
		"{Congresswoman Ann Hale} (D-Calif.) said so.": "org/us/house",
		"{Sen. Ann Hale} (Rome) said so.":              "",
		"{Sen. Ann Hale} said so.":                     "",
		"{Mrs. Ann Hale} (R-Utah) said so.":            "",
	} {
		got, l := resolve(t, text)
		held := ""
		for _, h := range l.Held {
			held += h.Body.Key
		}
		if held != want || got[0].OnBehalfOf != nil {
			t.Errorf("%s: an office at %q on behalf of %v, want one at %q", text, held, got[0].OnBehalfOf, want)
		}
	}
}

// A person of the gazetteer is the same actor in both languages; a learned one
// has the key that its English name would give it.
func TestPersonKeys(t *testing.T) {
	ar, _ := resolve(t, "قال {جيمس جيفري} ذلك.")
	en, _ := resolve(t, "{James Jeffrey} said so. {Otto Lindqvist} said no.")
	if ar[0].Speaker.ID != en[0].Speaker.ID {
		t.Error("James Jeffrey is two actors")
	}
	if en[1].Speaker.Key != "person/otto lindqvist" {
		t.Errorf("the key is %q", en[1].Speaker.Key)
	}
}

// A name in the other script behind a name is another name of the same person;
// else an Arabic one is romanised if its first word is known.
func TestPersonNames(t *testing.T) {
	for text, want := range map[string]string{
		"قالت {الوزيرة كارين دويل} (Karen Doyle) ذلك.":                                              "ar:كارين دويل en:Karen Doyle",
		"قالت {الوزيرة كارين دويل} (Horizon House) ذلك.":                                            "ar:كارين دويل ar-Latn:Karen Doil",
		"قالت {الوزيرة كارين دويل} ذلك.":                                                            "ar:كارين دويل ar-Latn:Karen Doil",
		"قالت {الوزيرة كارين دويل} (Karen Doyle ذلك.":                                               "ar:كارين دويل ar-Latn:Karen Doil",
		"قال {الوزير هدروم الطويل} ذلك.":                                                            "ar:هدروم الطويل",
		"{Karen Doyle} (كارين دويل) said on Friday that the talks with the government would go on.": "ar:كارين دويل en:Karen Doyle",
		"{Karen Doyle} (Borduria) said on Friday that the talks with the government would go on.":   "en:Karen Doyle",
	} {
		got, _ := resolve(t, text)
		var names []string
		for _, n := range got[0].Speaker.Names {
			names = append(names, n.Lang+":"+n.Value)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: the names are %s, want %s", text, got, want)
		}
	}
}

func TestRomanisePerson(t *testing.T) {
	for arabic, want := range map[string]string{
		"محمد بن سعيد القحطاني": "Mohammed bin Saeed Al-Qahtani",
		"عبد الرحمن حسيني":      "Abdulrahman Husseini",
		"أبو بكر الطويل":        "Abu Bakr al-Tawil",
		"محمد عبدالغفور":        "Mohammed Abdul Ghafur",
		"كريستوف ليندغرين":      "Christophe Lindgrin",
		"روبرت تشانسلر":         "Robert Chansler",
		"هدروم الطويل":          "",
		"محمد":                  "",
		"":                      "",
	} {
		if got := words().romanisePerson(arabic); got != want {
			t.Errorf("romanisePerson(%q) is %q, want %q", arabic, got, want)
		}
	}
}

func TestEnglishBody(t *testing.T) {
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	for arabic, want := range map[string]string{
		"المركز العربي للعلاقات الدولية":  "Arab Center for International Relations",
		"للحزب الشعبي":                    "Popular Party",
		"مديرية قوى الأمن الداخلي":        "Directorate of Internal Security Forces",
		"الجمعية الوطنية للسلام والتعاون": "National Association for Peace and Cooperation",
		"بلدية سبها":                      "Municipality of Sebha",
		"اللجنة القانونية في البرلمان":    "Legal Committee in Parliament",
		"الاتحاد التونسي لكرة القدم":      "Tunisian Union for Football",
		"مركز هدروم للدراسات":             "Hadrum Center for Studies",
		"حركة امتداد":                     "Imtidad Movement",
		"هيئة الطاقة الذرية المصرية":      "Egyptian Authority of Atomic Energy",
		"وزارة الشؤون البلدية والقروية":   "Ministry of Municipal and Rural Affairs",
		"مجلة «أفق» (Horizon) الفرنسية":   "Horizon",
		"مركز قال":                        "",
		"هدروم":                           "",
		"":                                "",
	} {
		if got := englishBody(g, words(), arabic); got != want {
			t.Errorf("englishBody(%q) is %q, want %q", arabic, got, want)
		}
	}
}

func TestOutletTellsWhoseMinisterItIs(t *testing.T) {
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	raw := "أكد وزير التعليم سامر الخوري ذلك."
	tx := text.Read(raw, "ar", "", "")
	end := strings.Index(raw, " ذلك")
	found := []extract.Attribution{{
		Cue:    text.Span{Start: 0, End: len("أكد")},
		Source: text.Span{Start: len("أكد "), End: end}, Continues: -1, Within: -1,
	}}
	for outlet, want := range map[string]string{
		"Sabq":    "سامر الخوري (Ministry of Education of Saudi Arabia)",
		"Reuters": "سامر الخوري",
	} {
		if got := speakers(Resolve(g, tx, g.Find(tx), found, g.Outlet(outlet)).Sources); got != want {
			t.Errorf("in %s the minister is %s, want %s", outlet, got, want)
		}
	}
}

// What the weights of English pronouns are of and what the linker looks at is
// the same, by name.
func TestPronounWeights(t *testing.T) {
	var names, want []string
	for line := range strings.Lines(pronounWeights) {
		if cols := strings.Split(line, "\t"); len(cols) == 3 {
			names = append(names, cols[1])
		}
	}
	want = append(want, featureNames[:]...)
	slices.Sort(want)
	if d := cmp.Diff(want, names); d != "" {
		t.Error(d)
	}
	if weights()[gendered] <= 0 || antecedentModel() == nil {
		t.Error("a pronoun should rather mean somebody of its gender")
	}
}
