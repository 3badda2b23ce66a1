package source

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"

	"mawqif/graph"
	"mawqif/ingest"
)

var errEmpty = errors.New("empty: there is no article in it")

// article is an article as input writes it down, in a line of JSONL or as the
// front matter of a text.
type article struct {
	ID     label `json:"id,omitempty" yaml:"id"`
	URL    label `json:"url,omitempty" yaml:"url"`
	Title  label `json:"title,omitempty" yaml:"title"`
	Outlet label `json:"outlet,omitempty" yaml:"outlet"`
	// Date is the day of publication; a time after it is left out.
	Date label  `json:"date,omitempty" yaml:"date"`
	Lang label  `json:"lang,omitempty" yaml:"lang"`
	Text string `json:"text,omitempty" yaml:"-"`
}

// label is a string that may also be written as a number.
type label string

// UnmarshalJSON implements json.Unmarshaler.
func (l *label) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && (b[0] == '-' || '0' <= b[0] && b[0] <= '9') {
		*l = label(b)
		return nil
	}
	return json.Unmarshal(b, (*string)(l))
}

// parseLine makes an article of a line of JSONL: of item.Raw, which is let go
// if that succeeds.
func (in *input) parseLine(item *ingest.Item) {
	text, converted, err := in.source.decode(item.Raw)
	if err != nil {
		item.Err = err
		return
	}
	var line struct {
		article
		Rejected *rejected `json:"rejected"`
	}
	if err := json.Unmarshal([]byte(text), &line); err != nil {
		item.Err = explainJSON(err)
		return
	}
	if r := line.Rejected; r != nil {
		item.Where = cmp.Or(r.Where, item.Where)
		if line.Text == "" {
			in.again(item, r)
			return
		}
	}
	in.take(item, line.article, converted)
}

func explainJSON(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("not JSON at byte %d: %w", syntax.Offset, err)
	case errors.As(err, &kind) && kind.Field != "":
		return fmt.Errorf("%q must be a string, not %s", strings.TrimPrefix(kind.Field, "article."), aOrAn(kind.Value))
	case errors.As(err, &kind):
		return fmt.Errorf("must be a JSON object, not %s", aOrAn(kind.Value))
	}
	return fmt.Errorf("not JSON: %w", err)
}

// aOrAn puts the indefinite article before a kind of JSON value.
func aOrAn(kind string) string {
	if strings.ContainsRune("aeiou", rune(kind[0])) {
		return "an " + kind
	}
	return "a " + kind
}

// parseText makes an article of a text with or without front matter: of
// item.Raw, which is let go if that succeeds.
func (in *input) parseText(item *ingest.Item) {
	text, converted, err := in.source.decode(item.Raw)
	if err != nil {
		item.Err = err
		return
	}
	var a article
	if a.Text, err = frontMatter(text, &a); err != nil {
		item.Err = err
		return
	}
	in.take(item, a, converted)
}

// frontMatter reads the lines between two lines "---" at the beginning of a
// text as YAML, and returns what follows; all of the text if it begins
// otherwise.
func frontMatter(text string, a *article) (string, error) {
	const most = 64 << 10
	first, rest, ok := strings.Cut(text, "\n")
	if !ok || strings.TrimRight(first, " \t\r") != "---" {
		return text, nil
	}
	for at := 0; at < min(len(rest), most); {
		line, _, _ := strings.Cut(rest[at:], "\n")
		next := min(at+len(line)+1, len(rest))
		if strings.TrimRight(line, " \t\r") == "---" {
			if err := yaml.Unmarshal([]byte(rest[:at]), a); err != nil {
				return "", fmt.Errorf("its front matter is not understood (lines are counted from the one after \"---\"): %s", strings.TrimPrefix(err.Error(), "yaml: "))
			}
			return strings.TrimLeft(rest[next:], "\r\n"), nil
		}
		at = next
	}
	return text, nil // a rule, not front matter
}

// take completes and checks an article and makes it the item's document.
func (in *input) take(item *ingest.Item, a article, converted string) {
	d := in.source.options.Defaults
	set := func(to *string, from label) {
		if v := strings.TrimSpace(string(from)); v != "" {
			*to = v
		}
	}
	set(&d.SourceID, a.ID)
	set(&d.URL, a.URL)
	set(&d.Title, a.Title)
	set(&d.Outlet, a.Outlet)
	set(&d.Language, a.Lang)
	d.Text = a.Text
	if strings.TrimSpace(d.Text) == "" {
		item.Err = errEmpty
		return
	}
	if int64(len(d.Text)) > in.source.options.MaxArticle {
		item.Err = in.tooLarge()
		return
	}
	if strings.IndexByte(d.Text, 0) >= 0 {
		item.Err = errors.New("binary, not text: it holds a NUL")
		return
	}
	if d.Language != "" {
		tag, err := language.Parse(d.Language)
		base, confidence := tag.Base()
		if err != nil || confidence == language.No {
			item.Err = fmt.Errorf("%q is not the tag of a language, such as ar or en", d.Language)
			return
		}
		d.Language = base.String()
	}
	var misdated error
	if date := strings.TrimSpace(string(a.Date)); !missing[strings.ToLower(date)] {
		d.Published, misdated = parseDay(date)
	}
	if converted == "" {
		converted = in.converted
	}
	note := func(kind ingest.NoteKind, format string, args ...any) {
		item.Notes = append(item.Notes, ingest.Note{Kind: kind, Text: fmt.Sprintf(format, args...)})
	}
	if converted != "" {
		note(ingest.NoteConverted, "was converted from %s to UTF-8", converted)
	}
	switch today := in.source.options.Today; {
	case misdated != nil:
		note(ingest.NoteBadDate, "is taken as undated: %v", misdated)
	case d.Published == "":
		note(ingest.NoteNoDate, "has no date of publication: \"yesterday\" and the like stay unresolved")
	case today != "" && d.Published > today.Add(1): // somewhere it is tomorrow already
		note(ingest.NoteFutureDate, "is dated %s, which lies in the future", d.Published)
	}
	item.Document, item.Raw = d, nil
}

// missing are the ways in which programs write that there is no date.
var missing = map[string]bool{"": true, "none": true, "null": true, "nan": true, "nat": true, "n/a": true}

// parseDay reads a day, or the day of a time as ISO 8601 writes it.
func parseDay(s string) (graph.Day, error) {
	day := s
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateTime} {
		if t, err := time.Parse(layout, s); err == nil {
			day = t.Format(time.DateOnly)
		}
	}
	d, err := graph.ParseDay(day)
	if err != nil {
		return "", fmt.Errorf("the date %q is not a day like 2020-06-05", s)
	}
	return d, nil
}
