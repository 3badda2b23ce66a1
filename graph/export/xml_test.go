package export

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzXML writes any text as an attribute and as content, and reads both with
// another reader of XML.
func FuzzXML(f *testing.F) {
	for _, s := range []string{"", "قال: \"نعم\" & <لا>", "a\tb\nc\rd", "]]>", "\x00\x0b\x1f", "\xff broken \xc3", "😀\uFFFE\uFFFD"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var out bytes.Buffer
		w := xmlWriter{bufio.NewWriter(&out)}
		w.raw("<x")
		w.attribute("a", s)
		w.raw(">")
		w.text(s)
		w.raw("</x>")
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		var got struct {
			A    string `xml:"a,attr"`
			Text string `xml:",chardata"`
		}
		if err := xml.Unmarshal(out.Bytes(), &got); err != nil {
			t.Fatalf("%q: %v", out.String(), err)
		}
		var want strings.Builder
		for i, r := range s {
			_, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 || r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
				r = utf8.RuneError
			}
			want.WriteRune(r)
		}
		if got.A != want.String() || got.Text != want.String() {
			t.Errorf("%q is read as %q and %q, want %q", s, got.A, got.Text, want.String())
		}
	})
}
