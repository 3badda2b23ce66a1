package graph

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

var folds = []struct{ name, in, want string }{
	{"empty", "", ""},
	{"blank", " \t\n\u00a0 ", ""},
	{"its own key", "united states 2", "united states 2"},
	{"case", "United STATES", "united states"},
	{"punctuation becomes one space", "Asharq  Al-Awsat, (London)!", "asharq al awsat london"},
	{"apostrophes part words", "Sana'a’s", "sana a s"},
	{"Latin accents", "Erdoğan Çavuşoğlu Müller Łódź", "erdogan cavusoglu muller lodz"},
	{"letters with strokes and without dots", "Kılıçdaroğlu Øystein Đinđić", "kilicdaroglu oystein dindic"},
	{"Turkish capital dotted i", "İstanbul", "istanbul"},
	{"combining marks", "Cafe\u0301", "cafe"},
	{"ligatures and wide letters", "ﬁeld Ｎａｔｏ", "field nato"},
	{"sharp s stays", "Straße", "straße"},
	{"hamza on alef", "أحمد إبراهيم آل ٱلله", "احمد ابراهيم ال الله"},
	{"decomposed hamza", "ا\u0654حمد", "احمد"},
	{"hamza on waw and yeh", "مسؤول هيئة", "مسوول هييه"},
	{"bare hamza stays", "سماء", "سماء"},
	{"alef maqsura and Farsi yeh", "مصطفى علی", "مصطفي علي"},
	{"Farsi kaf", "ترکیا", "تركيا"},
	{"teh marbuta", "القاهرة", "القاهره"},
	{"vowel signs", "مُحَمَّدٌ", "محمد"},
	{"dagger alef", "هٰذا", "هذا"},
	{"tatweel", "العـــراق", "العراق"},
	{"presentation forms", "ﻻ ﷲ ﺳﻮﺭﻳﺔ", "لا الله سوريه"},
	{"both digit sets", "٢٠٢٠ ۱۹۸۴", "2020 1984"},
	{"Arabic punctuation", "قال، نعم؛ لماذا؟", "قال نعم لماذا"},
	{"decimal separators of Arabic", "٣٫٥", "3 5"},
	{"invisible marks vanish", "\u202bدم\u200cشق\u202c \u200fالشام\ufeff", "دمشق الشام"},
	{"soft hyphen vanishes", "co\u00adoperate", "cooperate"},
	{"invalid UTF-8", "a\xffb\xc3", "a b"},
	{"NUL", "a\x00b", "a b"},
	{"Hebrew and Greek", "שָׁלוֹם Ἀθῆναι", "שלום αθηναι"},
	{"symbols", "€5 & 7% ©", "5 7"},
}

func TestFold(t *testing.T) {
	for _, c := range folds {
		t.Run(c.name, func(t *testing.T) {
			if got := Fold(c.in); got != c.want {
				t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

// The short way round compatibility forms gives what the long way gives.
func TestFoldIsTheSameByTheShortWay(t *testing.T) {
	for r := range rune(0x2100) {
		if !plain(string(r)) {
			continue
		}
		short, long := "e"+string(r)+"e", "é"+string(r)+"é"
		if plain(long) {
			t.Fatalf("%q takes the short way", long)
		}
		if Fold(short) != Fold(long) {
			t.Errorf("U+%04X: %q by the short way, %q by the long", r, Fold(short), Fold(long))
		}
	}
}

func TestFoldOfSpellingsIsOne(t *testing.T) {
	for _, spellings := range [][]string{
		{"الأمم المتحدة", "الامم المتحده", "الأُمَم المُتَّحِدة", "اﻷمم  المتحدة"},
		{"إيران", "ايران", "ایران", "إيـــران"},
		{"مسؤول", "مسوول", "مسؤول"},
		{"Beyoğlu", "BEYOGLU", "beyoğlu"},
	} {
		for _, s := range spellings[1:] {
			if Fold(s) != Fold(spellings[0]) {
				t.Errorf("%q folds to %q, %q to %q", spellings[0], Fold(spellings[0]), s, Fold(s))
			}
		}
	}
}

func TestFoldOfEveryCharacterIsItsOwnKey(t *testing.T) {
	for r := range rune(unicode.MaxRune + 1) {
		once := Fold("a" + string(r) + "b")
		if twice := Fold(once); twice != once {
			t.Errorf("%U folds to %q, and again to %q", r, once, twice)
		}
	}
}

// FuzzFold holds the promises of Fold for any input.
func FuzzFold(f *testing.F) {
	for _, c := range folds {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, and again %q", s, once, twice)
		}
		if !utf8.ValidString(once) {
			t.Errorf("Fold(%q) is not UTF-8", s)
		}
		for _, r := range once {
			if r != ' ' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				t.Errorf("Fold(%q) = %q holds %q", s, once, r)
			}
		}
		if strings.Join(strings.Fields(once), " ") != once {
			t.Errorf("Fold(%q) = %q has a space too many", s, once)
		}
		if got := Fold(strings.ToUpper(s)); utf8.ValidString(s) && isASCII(s) && got != once {
			t.Errorf("Fold(%q) = %q, of its capitals %q", s, once, got)
		}
	})
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func BenchmarkFold(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"own key", "united states of america"},
		{"english", "The State Department's spokeswoman, Morgan Example, said on Friday"},
		{"arabic", "قالت المتحدثة باسم وزارة الخارجية الأمريكية، أمس الجمعة، إنّ الولايات المتحدة"},
		{"mixed", "ترکیا — Çavuşoğlu: «لا» ٢٠٢٠"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(c.text)))
			for b.Loop() {
				Fold(c.text)
			}
		})
	}
}
