// Package eval measures extraction against articles coded by hand, and two
// coders against each other.
//
// A found statement matches a coded one when their contents share at least
// half of the characters of their union (Jaccard ≥ .5); the pairing is one to
// one, best overlaps first. Everything below statements is measured on
// matched pairs, so read it together with the recall.
package eval

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"mawqif/graph"
	"mawqif/ingest"
)

// Coded is an article as a coder left it.
type Coded struct {
	ID         string      `json:"id"`
	Statements []Statement `json:"statements"`
	// Corrected tells that the coder went through what the program found, instead
	// of coding the article afresh. What was not found, or not shown, may lack.
	Corrected bool `json:"corrected,omitempty"`
}

// The verdicts on a found statement in a corrected article.
const (
	// VerdictNone: it is no statement.
	VerdictNone = "none"
	// VerdictUnsure: it is one, but not with this content.
	VerdictUnsure = "unsure"
)

// Statement is one coded by hand. Names are English; Speaker and SpeakerFull
// are the article's own words.
type Statement struct {
	N           int              `json:"n"`
	Speaker     string           `json:"speaker"`
	SpeakerFull string           `json:"speaker_full"`
	SpeakerEN   string           `json:"speaker_en"`
	SpeakerType graph.ActorKind  `json:"speaker_type"`
	OnBehalfOf  string           `json:"on_behalf_of_en"`
	Cue         string           `json:"cue"`
	Content     []string         `json:"content"`
	QuoteType   graph.QuoteType  `json:"quote_type"`
	Act         graph.Act        `json:"act"`
	Targets     []Target         `json:"targets"`
	Issues      []Issue          `json:"issues"`
	SaidDate    graph.Day        `json:"said_date"`
	SaidOrigin  graph.Origin     `json:"said_date_origin"`
	Places      []string         `json:"places_en"`
	RelayedVia  string           `json:"relayed_via_en"`
	Evidence    []graph.Evidence `json:"evidence"`
	// Verdict is empty for what is a statement, everywhere but in a corrected
	// article.
	Verdict string `json:"verdict,omitempty"`
}

// Target is an actor towards which a coded statement takes a stance.
type Target struct {
	Name    string `json:"name_en"`
	Mention string `json:"mention"`
	Stance  int8   `json:"stance"`
}

// Issue is a concept that a coded statement touches.
type Issue struct {
	Issue     string `json:"issue"`
	Object    string `json:"object_en"`
	Place     string `json:"place_en"`
	Agreement int8   `json:"agreement"`
}

// maxLine bounds a line of input, in bytes.
const maxLine = 64 << 20

// ReadCoded reads coded articles, one JSON object a line. It reports every
// broken line, by number, with what is wrong with it.
func ReadCoded(r io.Reader) ([]Coded, error) {
	return readLines(r, func(c *Coded) error {
		if c.ID == "" {
			return errors.New("the article has no id")
		}
		return nil
	})
}

// ReadReports reads what `mawqif extract --format jsonl` printed.
func ReadReports(r io.Reader) ([]ingest.Report, error) {
	return readLines(r, func(c *ingest.Report) error {
		if c.Article.ID == "" {
			return errors.New("the article has no id")
		}
		return nil
	})
}

func readLines[T any](r io.Reader, check func(*T) error) ([]T, error) {
	var (
		got    []T
		faults []error
	)
	in := bufio.NewScanner(r)
	in.Buffer(nil, maxLine)
	for n := 1; in.Scan(); n++ {
		if len(in.Bytes()) == 0 {
			continue
		}
		var v T
		err := json.Unmarshal(in.Bytes(), &v)
		if err == nil {
			err = check(&v)
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("%w: line %d: %w", graph.ErrInvalid, n, err))
			continue
		}
		got = append(got, v)
	}
	if err := in.Err(); err != nil {
		faults = append(faults, err)
	}
	return got, errors.Join(faults...)
}

// CheckSpans checks that the evidence of coded statements lies in their
// article's text. Coded evidence carries no words of its own.
func CheckSpans(c Coded, text string) error {
	length := graph.NewOffsets(text).Len()
	var faults []error
	for _, s := range c.Statements {
		for _, e := range s.Evidence {
			if e.Start < 0 || e.Start >= e.End || e.End > length {
				faults = append(faults, fmt.Errorf("%w: %s statement %d: %s at %d to %d is outside the text of %d code points",
					graph.ErrInvalid, c.ID, s.N, e.Role, e.Start, e.End, length))
			}
		}
	}
	return errors.Join(faults...)
}

// AsReport turns a coded article into the form of an extracted one, so that a
// second coder is measured as a program is.
func (c Coded) AsReport() ingest.Report {
	r := ingest.Report{Article: ingest.ReportArticle{ID: c.ID}}
	for _, s := range c.Statements {
		st := ingest.ReportStatement{
			QuoteType: s.QuoteType, Act: s.Act, Cue: s.Cue, Evidence: slices.Clone(s.Evidence), Confidence: 1,
			Speaker: &ingest.ReportSpeaker{ReportActor: named(s.SpeakerEN, s.SpeakerFull)},
		}
		for i, part := range s.Content {
			if i > 0 {
				st.Content += " … "
			}
			st.Content += part
		}
		if s.OnBehalfOf != "" {
			on := named(s.OnBehalfOf, "")
			st.Speaker.OnBehalfOf = &on
		}
		if s.SaidDate != "" {
			st.SaidAt = &graph.Date{Day: s.SaidDate, Precision: graph.PrecisionDay, Origin: s.SaidOrigin}
		}
		for _, t := range s.Targets {
			st.Targets = append(st.Targets, ingest.ReportTarget{ReportActor: named(t.Name, t.Mention), Mention: t.Mention, Stance: t.Stance})
		}
		for _, i := range s.Issues {
			st.Positions = append(st.Positions, ingest.ReportPosition{Issue: i.Issue, Object: i.Object, Place: i.Place, Agreement: i.Agreement})
		}
		r.Statements = append(r.Statements, st)
	}
	return r
}

func named(english, original string) ingest.ReportActor {
	a := ingest.ReportActor{Name: english, Names: []graph.Name{{Lang: "en", Value: english}}}
	if original != "" {
		a.Names = append(a.Names, graph.Name{Lang: "und", Value: original})
	}
	return a
}
