package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// layOut indents a JSON value for people: what fits into width characters
// stands on one line.
func layOut(raw json.RawMessage, width int) (string, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	v, err := readValue(dec)
	if err != nil {
		return "", fmt.Errorf("lay out an answer: %w", err)
	}
	var b strings.Builder
	v.write(&b, "", width)
	return b.String(), nil
}

// value is a JSON value with its members in order.
type value struct {
	// line is the value on one line.
	line string
	// open and close are the brackets of an object or a list; keys are the
	// quoted keys of an object.
	open, close string
	keys        []string
	members     []value
}

func readValue(dec *json.Decoder) (value, error) {
	token, err := dec.Token()
	if err != nil {
		return value{}, err
	}
	delim, ok := token.(json.Delim)
	if !ok {
		return value{line: encode(token)}, nil
	}
	v := value{open: "[", close: "]"}
	if delim == '{' {
		v = value{open: "{", close: "}"}
	}
	var parts []string
	for dec.More() {
		prefix := ""
		if delim == '{' {
			key, err := dec.Token()
			if err != nil {
				return value{}, err
			}
			prefix = encode(key) + ": "
			v.keys = append(v.keys, prefix)
		}
		member, err := readValue(dec)
		if err != nil {
			return value{}, err
		}
		v.members = append(v.members, member)
		parts = append(parts, prefix+member.line)
	}
	_, err = dec.Token()
	v.line = v.open + strings.Join(parts, ", ") + v.close
	return v, err
}

func encode(token json.Token) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(token); err != nil { // a token of a document can be written
		panic(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (v *value) write(b *strings.Builder, indent string, width int) {
	if len(v.members) == 0 || utf8.RuneCountInString(indent+v.line) <= width {
		b.WriteString(v.line)
		return
	}
	if len(v.members) == 1 && v.members[0].members != nil {
		// A member alone takes no line of its own.
		b.WriteString(v.open + strings.Join(v.keys, ""))
		v.members[0].write(b, indent, width)
		b.WriteString(v.close)
		return
	}
	b.WriteString(v.open + "\n")
	for i := range v.members {
		b.WriteString(indent + "  ")
		if v.keys != nil {
			b.WriteString(v.keys[i])
		}
		v.members[i].write(b, indent+"  ", width)
		if i < len(v.members)-1 {
			b.WriteString(",")
		}
		b.WriteString("\n")
	}
	b.WriteString(indent + v.close)
}
