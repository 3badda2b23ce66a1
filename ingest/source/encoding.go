package source

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// utf16 returns the encoding of input that begins with the byte order mark of
// UTF-16; nil for any other.
func utf16(b *bufio.Reader) encoding.Encoding {
	head, _ := b.Peek(2)
	if bytes.Equal(head, []byte{0xff, 0xfe}) || bytes.Equal(head, []byte{0xfe, 0xff}) {
		return unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM)
	}
	return nil
}

// decode makes text of bytes: UTF-8 as it is; else from the encoding that was
// asked for; else from Windows-1256, if that makes Arabic of them. It returns
// the name of the encoding that it converted from, "" for none.
func (s *Source) decode(raw []byte) (text, converted string, err error) {
	raw = trimBOM(raw)
	if err := refuseBinary(raw); err != nil {
		return "", "", err
	}
	if utf8.Valid(raw) {
		return string(raw), "", nil
	}
	var name string
	from := s.encoding
	switch {
	case from != nil:
		name, _ = htmlindex.Name(from)
	case isWindows1256(raw):
		from, name = charmap.Windows1256, "windows-1256"
	default:
		at := broken(raw)
		return "", "", fmt.Errorf("not UTF-8 at byte %d (0x%02X), nor Arabic in Windows-1256: name its encoding with --encoding, or mend it", at+1, raw[at])
	}
	decoded, err := from.NewDecoder().Bytes(raw)
	if err != nil {
		return "", "", fmt.Errorf("not in the encoding %s: %w", name, err)
	}
	return string(decoded), name, nil
}

// refuseBinary tells whether bytes are no text at all.
func refuseBinary(raw []byte) error {
	kind := http.DetectContentType(raw)
	if at := bytes.IndexByte(raw, 0); at >= 0 {
		if kind == "application/octet-stream" || strings.HasPrefix(kind, "text/") {
			return fmt.Errorf("binary, not text: a NUL at byte %d", at+1)
		}
		return fmt.Errorf("binary, not text: it looks like %s", kind)
	}
	if strings.HasPrefix(kind, "text/") || kind == "application/octet-stream" && !utf8.Valid(raw) {
		return nil // the encoding decides
	}
	return fmt.Errorf("binary, not text: it looks like %s", kind)
}

// broken returns the offset of the first byte that is not UTF-8.
func broken(raw []byte) int {
	for at := 0; at < len(raw); {
		r, size := utf8.DecodeRune(raw[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return len(raw)
}

// isWindows1256 tells whether bytes are Arabic in Windows-1256: one word in
// ten begins with the article, which other encodings do not write so, and
// most of what is not ASCII are Arabic letters.
func isWindows1256(raw []byte) bool {
	words, articles, letters, others := 0, 0, 0, 0
	inside := false
	for i, c := range raw {
		if c < utf8.RuneSelf {
			inside = false
			continue
		}
		switch r := charmap.Windows1256.DecodeByte(c); {
		case 0x0621 <= r && r <= 0x0652 && r != 0x0640:
			letters++
			if !inside {
				words++
				rest := raw[i:]
				if rest[0] == 0xe6 { // "and" is written together with its word
					rest = rest[1:]
				}
				if bytes.HasPrefix(rest, []byte{0xc7, 0xe1}) {
					articles++
				}
			}
			inside = true
		default:
			others++
		}
	}
	return articles*10 >= words && articles > 0 && letters >= 4*others
}
