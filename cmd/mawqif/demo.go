package main

import (
	"bufio"
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"mawqif/examples"
	"mawqif/ingest"
	"mawqif/resolvers"
)

// questions are examples, each a GraphQL document that begins with the
// question in words, as a comment.
//
//go:embed questions/*.graphql
var questions embed.FS

func (m *Main) demoCommand() *cobra.Command {
	var noServe bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Show it all: bundled articles, their statements, questions, the server",
		Long: `Demo stores the articles that the program carries (written for it, Arabic and
English), prints some of their statements, asks the graph example questions over
HTTP, and goes on serving it. The store is a temporary one unless --store, or the
configuration, names another.`,
		Example: `  mawqif demo
  mawqif demo --no-serve
  mawqif demo --store demo.db --addr 127.0.0.1:0`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			ctx := cmd.Context()
			if m.config.Origin("store") == "default" {
				dir, err := os.MkdirTemp("", "mawqif-demo-")
				if err != nil {
					return err
				}
				defer func() { err = errors.Join(err, m.Close(), os.RemoveAll(dir)) }()
				m.config.Store = filepath.Join(dir, "mawqif.db")
			}
			if err := m.openStore(ctx, false); err != nil {
				return err
			}
			if err := m.storeExamples(ctx); err != nil {
				return err
			}
			if err := m.view(); err != nil {
				return err
			}
			life, end := context.WithCancel(context.WithoutCancel(ctx))
			defer end()
			handler, err := m.handler(life)
			if err != nil {
				return err
			}
			addr := m.config.Serve.Addr
			if noServe {
				addr = "127.0.0.1:0"
			}
			ln, err := listen(addr)
			if err != nil {
				return err
			}
			serving, stop := context.WithCancel(ctx)
			defer stop()
			ended := make(chan error, 1)
			go func() { ended <- resolvers.Serve(serving, ln, handler) }()
			url := "http://" + ln.Addr().String() + "/graphql"
			if err := m.askQuestions(ctx, url); err != nil {
				stop()
				return errors.Join(err, <-ended)
			}
			if noServe {
				stop()
			} else {
				fmt.Fprintf(m.Stdout, "Ask it yourself:\n\n  curl -s -H 'Content-Type: application/json' -d '{\"query\":\"{ stats { statements } }\"}' %s\n\n", url)
				m.welcome(ln.Addr())
			}
			return <-ended
		},
	}
	cmd.Flags().BoolVar(&noServe, "no-serve", false, "end after the questions")
	addAddr(cmd)
	return cmd
}

// shown is how many statements of an article the demo prints.
const shown = 3

// storeExamples stores the bundled articles and prints some statements of each.
func (m *Main) storeExamples(ctx context.Context) error {
	articles, err := examples.Articles()
	if err != nil {
		return err
	}
	p, err := m.pipeline()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(m.Stdout)
	print := printTable(out, tableWidth(m.Stdout))
	report := m.newProgress("stored", -1)
	err = ingest.Store(ctx, items(articles), p, m.store, func(o ingest.Outcome) error {
		report.observe(o)
		r := ingest.NewReport(&o.Batch, nil)
		more := len(r.Statements) - shown
		if more > 0 {
			r.Statements = r.Statements[:shown]
		}
		return print(r, more)
	})
	if err := out.Flush(); err != nil {
		return err
	}
	report.end()
	if err != nil {
		return err
	}
	return report.rejected("")
}

func items(articles []ingest.Document) iter.Seq[ingest.Item] {
	return func(yield func(ingest.Item) bool) {
		for _, d := range articles {
			if !yield(ingest.Item{Document: d, Where: "example " + d.SourceID}) {
				return
			}
		}
	}
}

// askQuestions asks the example questions over HTTP and prints the answers.
func (m *Main) askQuestions(ctx context.Context, url string) error {
	all, err := exampleQuestions()
	if err != nil {
		return err
	}
	for _, query := range all {
		answer, err := ask(ctx, url, query)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(m.Stdout, "%s\n%s\n\n", query, answer); err != nil {
			return err
		}
	}
	return nil
}

// exampleQuestions returns the example questions, without a line end.
func exampleQuestions() ([]string, error) {
	entries, err := questions.ReadDir("questions")
	if err != nil {
		return nil, err
	}
	var all []string
	for _, e := range entries {
		query, err := questions.ReadFile("questions/" + e.Name())
		if err != nil {
			return nil, err
		}
		all = append(all, strings.TrimSpace(string(query)))
	}
	return all, nil
}

// ask sends a GraphQL document and returns the data of the answer, laid out
// for people.
func ask(ctx context.Context, url, query string) (string, error) {
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		return "", err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/graphql-response+json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return "", err
	}
	var answer struct{ Data, Errors json.RawMessage }
	if err := json.Unmarshal(raw, &answer); err != nil || answer.Errors != nil {
		return "", fmt.Errorf("the question\n%s\nis answered %s: %s", query, res.Status, raw)
	}
	return layOut(answer.Data, 100)
}
