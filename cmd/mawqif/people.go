package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mawqif/graph"
	"mawqif/graph/people"
)

// corrections reads the configured corrections of who is one person; nil if
// none are configured.
func (m *Main) corrections() (*people.Corrections, error) {
	path := m.config.People
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, usage(fmt.Errorf("the corrections of people: %w", err))
	}
	defer f.Close()
	c, err := people.ReadCorrections(f, path)
	if err != nil {
		return nil, usage(fmt.Errorf("the corrections of people have faults:\n%w", err))
	}
	return c, nil
}

// peopleFlags are the settings of people.
type peopleFlags struct {
	format         string
	asJSON, doubts bool
	articles       int
}

func (m *Main) peopleCommand() *cobra.Command {
	var f peopleFlags
	cmd := &cobra.Command{
		Use:   "people [flags]",
		Short: "List which names in the store are taken for one person, and why",
		Long: `People lists the persons whom the store knows by several names, such as those of
Arabic and of English articles, with the evidence: the spellings and the skeleton
of consonants that they share, the institution or the state for which both speak,
and articles that name them. With --doubts it lists the names that are not taken for
one person although they might be: those that match some but not all of one another,
and those of two scripts that match while nothing else is known.

Corrections are a file of lines of "same" or "different" and the keys of persons,
separated by tabs; name it with --people or in the configuration.`,
		Example: `  mawqif people
  mawqif people --doubts --json
  mawqif people --people corrections.tsv`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.asJSON {
				f.format = "json"
			}
			switch {
			case f.format != "table" && f.format != "json":
				return usage(fmt.Errorf("--format %q is none of table, json", f.format))
			case f.articles < 0 || f.articles > 100:
				return usage(fmt.Errorf("--articles %d is not between 0 and 100", f.articles))
			}
			return m.listPeople(cmd.Context(), &f)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.doubts, "doubts", false, "list the names that might be one person but are not taken for one")
	flags.IntVar(&f.articles, "articles", 2, "how many articles to name for each name, 0 to 100")
	flags.StringVar(&f.format, "format", "table", "what to print: table, json (a line a person)")
	flags.BoolVar(&f.asJSON, "json", false, "the same as --format json")
	return cmd
}

// shownPerson is what people prints of a person, or of a doubt.
type shownPerson struct {
	// Key and Name are of the member that stands for all; none of a doubt.
	Key     string        `json:"key,omitempty"`
	Name    string        `json:"name,omitempty"`
	Members []shownMember `json:"members"`
	Links   []shownLink   `json:"links"`
}

type shownMember struct {
	ID         graph.ID       `json:"id"`
	Key        string         `json:"key"`
	Names      []graph.Name   `json:"names"`
	Statements int            `json:"statements"`
	Articles   []shownArticle `json:"articles"`
}

type shownArticle struct {
	ID        graph.ID  `json:"id"`
	Title     string    `json:"title,omitempty"`
	URL       string    `json:"url,omitempty"`
	Published graph.Day `json:"publishedAt,omitempty"`
}

type shownLink struct {
	From     string        `json:"from"`
	To       string        `json:"to"`
	Reason   people.Reason `json:"reason"`
	Names    []string      `json:"names,omitempty"`
	Skeleton string        `json:"skeleton,omitempty"`
	Common   *shownActor   `json:"common,omitempty"`
	Line     int           `json:"line,omitempty"`
}

type shownActor struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

// listPeople prints the merges or the doubts.
func (m *Main) listPeople(ctx context.Context, f *peopleFlags) error {
	corrections, err := m.corrections()
	if err != nil {
		return err
	}
	if err := m.openStore(ctx, true); err != nil {
		return err
	}
	known, err := people.Read(ctx, m.store)
	if err != nil {
		return err
	}
	log := people.Match(known, corrections)
	for _, u := range log.Unknown {
		fmt.Fprintf(m.Stderr, "%s:%d: the store has no %s\n", m.config.People, u.Line, u.Key)
	}
	actors := make(map[graph.ID]*graph.Actor, len(known.Others))
	for _, list := range [][]graph.Actor{known.Others, known.Persons} {
		for i := range list {
			actors[list[i].ID] = &list[i]
		}
	}
	out := bufio.NewWriter(m.Stdout)
	print := func(p *graph.Actor, members []graph.Actor, links []people.Link) error {
		shown := shownPerson{Links: []shownLink{}}
		if p != nil {
			shown.Key, shown.Name = p.Key, graph.NameIn(p.Names, "en")
		}
		for i := range members {
			member, err := m.showMember(ctx, &members[i], f.articles)
			if err != nil {
				return err
			}
			shown.Members = append(shown.Members, member)
		}
		for _, l := range links {
			s := shownLink{From: actors[l.From].Key, To: actors[l.To].Key, Reason: l.Reason, Names: l.Names, Skeleton: l.Skeleton, Line: l.Line}
			if a := actors[l.Common]; a != nil {
				s.Common = &shownActor{a.Key, graph.NameIn(a.Names, "en")}
			}
			shown.Links = append(shown.Links, s)
		}
		if f.format == "json" {
			encoder := json.NewEncoder(out)
			encoder.SetEscapeHTML(false)
			return encoder.Encode(shown)
		}
		return printPerson(out, &shown)
	}
	if f.doubts {
		for i := range log.Doubts {
			if err := print(nil, log.Doubts[i].Members, log.Doubts[i].Links); err != nil {
				return err
			}
		}
		fmt.Fprintf(m.Stderr, "%s among %s\n", count(len(log.Doubts), "doubt"), count(len(known.Persons), "name"))
		return out.Flush()
	}
	for i := range log.Merged {
		g := &log.Merged[i]
		if err := print(&g.Person, g.Members, g.Links); err != nil {
			return err
		}
	}
	fmt.Fprintf(m.Stderr, "%s of %s known by several names, %s in doubt\n",
		count(len(log.Merged), "person"), count(len(known.Persons), "name"), count(len(log.Doubts), "group"))
	return out.Flush()
}

// showMember gathers where a name stands: the statements that the person makes,
// or else those made about the person.
func (m *Main) showMember(ctx context.Context, a *graph.Actor, most int) (shownMember, error) {
	out := shownMember{ID: a.ID, Key: a.Key, Names: a.Names, Articles: []shownArticle{}}
	var found graph.Slice[graph.Statement]
	for _, filter := range []graph.StatementFilter{{Speakers: []graph.ID{a.ID}}, {Targets: []graph.ID{a.ID}}} {
		var err error
		if found, err = m.store.FindStatements(ctx, filter, graph.InArticleOrder, graph.Page{First: max(1, 10*most), Count: true}); err != nil {
			return out, err
		}
		if out.Statements = found.Total; found.Total > 0 {
			break
		}
	}
	var ids []graph.ID
	for i := range found.Items {
		if id := found.Items[i].Article; !slices.Contains(ids, id) && len(ids) < most {
			ids = append(ids, id)
		}
	}
	articles, err := m.store.Articles(ctx, ids)
	if err != nil {
		return out, err
	}
	for _, id := range ids {
		article := articles[id]
		out.Articles = append(out.Articles, shownArticle{id, article.Title, article.URL, article.Published})
	}
	return out, nil
}

// printPerson prints a person: a line a name with its articles below, and a line
// a link.
func printPerson(out io.Writer, p *shownPerson) error {
	head := p.Name
	if p.Key == "" {
		head = "in doubt"
	}
	fmt.Fprintln(out, isolate(oneLine(head)))
	for _, m := range p.Members {
		fmt.Fprintf(out, "  %s  %s\n", isolate(oneLine(m.Key)), count(m.Statements, "statement"))
		for _, a := range m.Articles {
			fmt.Fprintf(out, "      %s  %s\n", cmp.Or(string(a.Published), "          "), isolate(oneLine(cmp.Or(a.Title, a.URL, string(a.ID)))))
		}
	}
	for _, l := range p.Links {
		var why []string
		switch l.Reason {
		case people.ByCorrection:
			why = append(why, fmt.Sprintf("line %d of the corrections", l.Line))
		case people.ByName:
			why = append(why, "the same name")
		default:
			why = append(why, "skeleton "+l.Skeleton)
		}
		if l.Reason == people.BySpelling {
			why = append(why, "and nothing else is known")
		}
		if l.Common != nil {
			why = append(why, "both of "+isolate(oneLine(l.Common.Name)))
		}
		fmt.Fprintf(out, "  = %s = %s: %s\n", isolate(oneLine(l.From)), isolate(oneLine(l.To)), strings.Join(why, ", "))
	}
	_, err := fmt.Fprintln(out)
	return err
}
