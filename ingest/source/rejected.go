package source

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"mawqif/ingest"
)

// rejected tells in a line of JSONL why it could not be taken, and keeps the
// input that could not be made an article.
type rejected struct {
	Cause string `json:"cause"`
	// Where tells where it stood when it was first read.
	Where  string `json:"where"`
	Format Format `json:"format,omitempty"`
	// Input is the input as it was read; Bytes, if it is not UTF-8.
	Input string `json:"input,omitempty"`
	Bytes []byte `json:"bytes,omitempty"`
}

// Rejected writes an item with the reason why it was rejected as a line of
// JSONL that [Open] reads again: the article if there is one, else its input
// as it was read.
func Rejected(item ingest.Item) ([]byte, error) {
	d := item.Document
	line := struct {
		Rejected rejected `json:"rejected"`
		article
	}{
		rejected{Cause: item.Err.Error(), Where: item.Where},
		article{
			ID: label(d.SourceID), URL: label(d.URL), Title: label(d.Title), Outlet: label(d.Outlet),
			Date: label(d.Published), Lang: label(d.Language), Text: d.Text,
		},
	}
	if len(item.Raw) > 0 {
		line.Rejected.Format = Text
		if item.Line {
			line.Rejected.Format = JSONL
		}
		if utf8.Valid(item.Raw) {
			line.Rejected.Input = string(item.Raw)
		} else {
			line.Rejected.Bytes = item.Raw
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(line); err != nil {
		return nil, fmt.Errorf("write down what was rejected: %w", err)
	}
	return b.Bytes(), nil
}

// again reads what was rejected as it was read first.
func (in *input) again(item *ingest.Item, r *rejected) {
	item.Raw, item.Line = r.Bytes, r.Format == JSONL
	if r.Input != "" {
		item.Raw = []byte(r.Input)
	}
	switch {
	case len(item.Raw) == 0:
		item.Err = fmt.Errorf("nothing of it was kept, for it was %s: ingest it anew", r.Cause)
	case int64(len(item.Raw)) > in.source.options.MaxArticle:
		item.Err = in.tooLarge()
	case item.Line:
		in.parseLine(item)
	default:
		in.parseText(item)
	}
}
