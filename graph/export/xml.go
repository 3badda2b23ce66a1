package export

import (
	"bufio"
	"strings"
	"unicode/utf8"
)

// xmlWriter writes XML of text that may hold anything, and keeps the first
// error as [bufio.Writer] does.
type xmlWriter struct{ *bufio.Writer }

// raw writes text that is XML.
func (w xmlWriter) raw(parts ...string) {
	for _, p := range parts {
		_, _ = w.WriteString(p)
	}
}

// text writes text as the content of an element or of a quoted attribute.
// Characters that XML 1.0 cannot hold become U+FFFD.
func (w xmlWriter) text(s string) {
	last := 0
	for i, r := range s {
		var as string
		switch {
		case r == '&':
			as = "&amp;"
		case r == '<':
			as = "&lt;"
		case r == '>':
			as = "&gt;"
		case r == '"':
			as = "&quot;"
		case r == '\t':
			as = "&#9;"
		case r == '\n':
			as = "&#10;"
		case r == '\r':
			as = "&#13;"
		case r < ' ' || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			as = "\uFFFD"
		default:
			continue
		}
		w.raw(s[last:i], as)
		last = i + 1
		if r >= utf8.RuneSelf {
			_, size := utf8.DecodeRuneInString(s[i:])
			last = i + size
		}
	}
	w.raw(s[last:])
}

// attribute writes a quoted attribute after a space.
func (w xmlWriter) attribute(name, value string) {
	w.raw(" ", name, `="`)
	w.text(value)
	w.raw(`"`)
}
