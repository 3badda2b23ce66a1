package export

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"

	"mawqif/graph"
)

// linkedContext gives the terms of JSON-LD their meaning: those of schema.org,
// of W3C's Web Annotation for evidence, and the project's own for what neither
// has.
const linkedContext = `{
  "@vocab": "urn:mawqif:term:",
  "schema": "https://schema.org/", "oa": "http://www.w3.org/ns/oa#", "xsd": "http://www.w3.org/2001/XMLSchema#",
  "id": "@id", "type": "@type",
  "name": "schema:name", "identifier": "schema:identifier", "memberOf": {"@id": "schema:memberOf", "@type": "@id"},
  "containedInPlace": {"@id": "schema:containedInPlace", "@type": "@id"},
  "termCode": "schema:termCode", "inDefinedTermSet": "schema:inDefinedTermSet",
  "text": "schema:text", "creator": {"@id": "schema:creator", "@type": "@id"},
  "isPartOf": {"@id": "schema:isPartOf", "@type": "@id"}, "contentLocation": {"@id": "schema:contentLocation", "@type": "@id"},
  "url": "schema:url", "headline": "schema:headline", "articleBody": "schema:articleBody",
  "publisher": {"@id": "schema:publisher", "@type": "@id"}, "inLanguage": "schema:inLanguage",
  "datePublished": {"@id": "schema:datePublished", "@type": "xsd:date"}, "dateCreated": {"@id": "schema:dateCreated", "@type": "xsd:date"},
  "roleName": "schema:roleName", "startDate": {"@id": "schema:startDate", "@type": "xsd:date"}, "endDate": {"@id": "schema:endDate", "@type": "xsd:date"},
  "body": {"@id": "oa:hasBody", "@type": "@id"}, "target": {"@id": "oa:hasTarget", "@type": "@id"},
  "source": {"@id": "oa:hasSource", "@type": "@id"}, "selector": {"@id": "oa:hasSelector", "@type": "@id"},
  "start": "oa:start", "end": "oa:end", "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
  "parent": {"@type": "@id"}, "issue": {"@type": "@id"}, "object": {"@type": "@id"}, "place": {"@type": "@id"},
  "onBehalfOf": {"@type": "@id"}, "relayedVia": {"@type": "@id"}, "run": {"@type": "@id"}, "actor": {"@type": "@id"},
  "position": {"@type": "@id"}, "person": {"@type": "@id"}, "institution": {"@type": "@id"},
  "confidence": {"@type": "xsd:double"}, "recordedAt": {"@type": "xsd:dateTime"}
}`

// iri is the IRI of a node.
func iri(id graph.ID) string {
	if id == "" {
		return ""
	}
	return "urn:mawqif:" + string(id)
}

func iris(ids []graph.ID) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = iri(id)
	}
	return all
}

// literal is a text in a language.
type literal struct {
	Value    string `json:"@value"`
	Language string `json:"@language,omitempty"`
}

func literals(names []graph.Name) []literal {
	all := make([]literal, len(names))
	for i, n := range names {
		all[i] = literal{n.Value, n.Lang}
	}
	return all
}

// linkedNode is a node of JSON-LD: what is empty is left out.
type linkedNode struct {
	ID   string `json:"id,omitempty"`
	Type any    `json:"type,omitempty"`

	Name             []literal `json:"name,omitempty"`
	Identifier       string    `json:"identifier,omitempty"`
	Kind             string    `json:"kind,omitempty"`
	MemberOf         []string  `json:"memberOf,omitempty"`
	ContainedInPlace string    `json:"containedInPlace,omitempty"`

	TermCode    string    `json:"termCode,omitempty"`
	TermSet     string    `json:"inDefinedTermSet,omitempty"`
	Proposition []literal `json:"proposition,omitempty"`
	Parent      string    `json:"parent,omitempty"`
	Issue       string    `json:"issue,omitempty"`
	Object      string    `json:"object,omitempty"`
	Place       string    `json:"place,omitempty"`

	Person      string    `json:"person,omitempty"`
	Institution string    `json:"institution,omitempty"`
	RoleName    string    `json:"roleName,omitempty"`
	StartDate   graph.Day `json:"startDate,omitempty"`
	EndDate     graph.Day `json:"endDate,omitempty"`

	Extractor string `json:"extractor,omitempty"`
	Rules     string `json:"rules,omitempty"`
	Codebook  string `json:"codebookVersion,omitempty"`

	URL           string    `json:"url,omitempty"`
	Headline      string    `json:"headline,omitempty"`
	Publisher     string    `json:"publisher,omitempty"`
	InLanguage    string    `json:"inLanguage,omitempty"`
	DatePublished graph.Day `json:"datePublished,omitempty"`
	TextHash      string    `json:"textHash,omitempty"`
	ArticleBody   string    `json:"articleBody,omitempty"`

	Text          any            `json:"text,omitempty"`
	Creator       string         `json:"creator,omitempty"`
	Role          string         `json:"role,omitempty"`
	OnBehalfOf    string         `json:"onBehalfOf,omitempty"`
	Act           string         `json:"act,omitempty"`
	QuoteType     string         `json:"quoteType,omitempty"`
	Cue           string         `json:"cue,omitempty"`
	DateCreated   graph.Day      `json:"dateCreated,omitempty"`
	DatePrecision string         `json:"datePrecision,omitempty"`
	DateOrigin    string         `json:"dateOrigin,omitempty"`
	RelayedVia    string         `json:"relayedVia,omitempty"`
	Confidence    *float64       `json:"confidence,omitempty"`
	Utterance     string         `json:"utterance,omitempty"`
	IsPartOf      string         `json:"isPartOf,omitempty"`
	Location      []string       `json:"contentLocation,omitempty"`
	Toward        []linkedStance `json:"toward,omitempty"`
	Takes         []linkedTaking `json:"takes,omitempty"`
	Run           string         `json:"run,omitempty"`
	RecordedAt    string         `json:"recordedAt,omitempty"`

	Body   string        `json:"body,omitempty"`
	Target *linkedTarget `json:"target,omitempty"`
}

type linkedStance struct {
	Actor   string `json:"actor"`
	Stance  int8   `json:"stance"`
	Mention string `json:"mention,omitempty"`
}

type linkedTaking struct {
	Position  string `json:"position"`
	Agreement int8   `json:"agreement"`
}

// linkedTarget is a passage of an article by W3C's selectors.
type linkedTarget struct {
	Type     string `json:"type"`
	Source   string `json:"source"`
	Selector [2]any `json:"selector"`
}

type positionSelector struct {
	Type  string `json:"type"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

type quoteSelector struct {
	Type   string `json:"type"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
}

// around is how many letters stand before and after a quote.
const around = 32

var actorTypes = map[graph.ActorKind]string{
	graph.Person: "schema:Person", graph.Anonymous: "schema:Person", graph.Organization: "schema:Organization",
	graph.Group: "schema:Organization", graph.State: "schema:Country", graph.Document: "schema:CreativeWork",
}

// linked writes the nodes of JSON-LD.
type linked struct {
	*Selection
	out   *bufio.Writer
	enc   *json.Encoder
	seen  once
	held  map[graph.Held]bool
	first bool
	err   error
}

// writeLinked writes JSON-LD: statements are quotations, positions claims, and
// evidence annotations of the articles.
func writeLinked(ctx context.Context, s *Selection, w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<16)
	l := &linked{Selection: s, out: out, enc: json.NewEncoder(out), seen: once{}, held: map[graph.Held]bool{}, first: true}
	l.enc.SetEscapeHTML(false)
	_, _ = out.WriteString(`{"@context": ` + linkedContext + ",\n\"@graph\": [\n")
	for b, err := range s.Batches(ctx) {
		if err != nil {
			return err
		}
		if l.batch(&b); l.err != nil {
			return l.err
		}
	}
	_, err := out.WriteString("]}\n")
	return errors.Join(err, out.Flush())
}

func (l *linked) write(n linkedNode) {
	if l.err != nil {
		return
	}
	l.counts.Nodes++
	if !l.first {
		_ = l.out.WriteByte(',')
	}
	l.first = false
	l.err = l.enc.Encode(n)
}

func (l *linked) batch(b *graph.Batch) {
	for _, n := range b.Actors {
		if l.seen.first(n.ID) {
			l.write(linkedNode{ID: iri(n.ID), Type: actorTypes[n.Kind], Name: literals(n.Names), Identifier: n.Key, Kind: string(n.Kind), MemberOf: iris(n.PartOf)})
		}
	}
	for _, n := range b.Places {
		if l.seen.first(n.ID) {
			l.write(linkedNode{ID: iri(n.ID), Type: "schema:Place", Name: literals(n.Names), Identifier: n.Key, ContainedInPlace: iri(n.PartOf)})
		}
	}
	for _, n := range b.Outlets {
		if l.seen.first(n.ID) {
			l.write(linkedNode{ID: iri(n.ID), Type: "schema:NewsMediaOrganization", Name: literals(n.Names), Identifier: n.Key})
		}
	}
	for _, n := range b.Issues {
		if l.seen.first(n.ID) {
			l.write(linkedNode{
				ID: iri(n.ID), Type: "schema:DefinedTerm", Name: literals(n.Labels), TermCode: n.Key, TermSet: n.Codebook,
				Proposition: literals(n.Propositions), Parent: iri(n.Parent),
			})
		}
	}
	look := newLookup(b, l.Lang)
	for _, n := range b.Positions {
		if l.seen.first(n.ID) {
			p := look.position(n.ID)
			var text []literal
			for _, x := range p.issue.Propositions {
				text = append(text, literal{p.issue.Proposition(p.object.Names, p.place.Names, x.Lang), x.Lang})
			}
			l.write(linkedNode{ID: iri(n.ID), Type: "schema:Claim", Text: text, Issue: iri(n.Issue), Object: iri(n.Object), Place: iri(n.Place)})
		}
	}
	if l.seen.first(b.Run.ID) {
		l.write(linkedNode{ID: iri(b.Run.ID), Type: "Run", Extractor: b.Run.Extractor, Rules: b.Run.Version, Codebook: b.Run.Codebook})
	}
	for _, h := range b.Held {
		if !l.held[h] {
			l.held[h] = true
			l.write(linkedNode{Type: "schema:OrganizationRole", Person: iri(h.Person), Institution: iri(h.Institution), RoleName: h.Title, StartDate: h.First, EndDate: h.Last})
		}
	}
	l.article(&b.Article)
	text := newPassages(b.Article.Text)
	for i := range b.Statements {
		l.statement(&b.Statements[i], text)
	}
}

func (l *linked) article(a *graph.Article) {
	if !l.seen.first(a.ID) {
		return
	}
	n := linkedNode{
		ID: iri(a.ID), Type: "schema:NewsArticle", Identifier: a.SourceID, URL: a.URL, Headline: a.Title, Publisher: iri(a.Outlet),
		InLanguage: a.Language, DatePublished: a.Published, TextHash: a.TextHash,
	}
	if l.Texts {
		n.ArticleBody = a.Text
	}
	l.write(n)
}

func (l *linked) statement(s *graph.Statement, text *passages) {
	n := linkedNode{
		ID: iri(s.ID), Type: "schema:Quotation", Text: s.Content, Creator: iri(s.Speaker), Role: s.Role, OnBehalfOf: iri(s.OnBehalfOf),
		Act: string(s.Act), QuoteType: string(s.QuoteType), Cue: s.Cue, DateCreated: s.SaidAt.Day, DatePrecision: string(s.SaidAt.Precision),
		DateOrigin: string(s.SaidAt.Origin), RelayedVia: iri(s.RelayedVia), Confidence: &s.Confidence, Utterance: s.Utterance,
		IsPartOf: iri(s.Article), Location: iris(s.Places), Run: iri(s.Run), RecordedAt: instant(s.RecordedAt),
	}
	for _, t := range s.Targets {
		n.Toward = append(n.Toward, linkedStance{iri(t.Actor), t.Stance, t.Mention})
	}
	for _, t := range s.Positions {
		n.Takes = append(n.Takes, linkedTaking{iri(t.Position), t.Agreement})
	}
	l.write(n)
	for _, e := range s.Evidence {
		l.write(linkedNode{
			Type: "oa:Annotation", Body: iri(s.ID), Role: string(e.Role),
			Target: &linkedTarget{Type: "oa:SpecificResource", Source: iri(s.Article), Selector: [2]any{
				positionSelector{"oa:TextPositionSelector", e.Start, e.End},
				quoteSelector{"oa:TextQuoteSelector", e.Exact, text.stretch(e.Start-around, e.Start), text.stretch(e.End, e.End+around)},
			}},
		})
	}
}

// passages are the stretches of a text by code points.
type passages struct {
	text   string
	points *graph.Offsets
}

func newPassages(text string) *passages { return &passages{text, graph.NewOffsets(text)} }

// stretch returns a stretch, as far as the text has it.
func (p *passages) stretch(from, to int) string {
	start, _ := p.points.Byte(max(0, from))
	end, ok := p.points.Byte(to)
	if !ok {
		end = len(p.text)
	}
	return p.text[start:end]
}
