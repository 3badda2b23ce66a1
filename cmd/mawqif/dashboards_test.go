package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// panelQuery is a question of a dashboard, and what it selects of the answer.
type panelQuery struct {
	Query   string
	Root    string
	Columns []panelColumn
}

type panelColumn struct{ Selector, Text, Type string }

// infinity is a query of Grafana's Infinity data source.
type infinity struct {
	Type, URL, Format string
	Root              string `json:"root_selector"`
	Options           struct {
		Method   string
		BodyType string `json:"body_type"`
		Query    string `json:"body_graphql_query"`
	} `json:"url_options"`
	Columns []panelColumn
}

// answer asks a question and returns the rows that the root selects.
func (q *panelQuery) answer(t *testing.T, url string) []any {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": q.Query})
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/graphql", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var got map[string]any
	if err := json.NewDecoder(response.Body).Decode(&got); err != nil {
		t.Fatal(err)
	}
	if faults, failed := got["errors"]; failed {
		t.Fatalf("%s\n%v", q.Query, faults)
	}
	switch rows := selected(got, q.Root).(type) {
	case []any:
		return rows
	case map[string]any:
		return []any{rows}
	}
	t.Fatalf("%s selects nothing of the answer to\n%s", q.Root, q.Query)
	return nil
}

// selected returns what a path of names finds; nil for nothing.
func selected(v any, path string) any {
	for name := range strings.SplitSeq(path, ".") {
		object, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = object[name]
	}
	return v
}

// check asks a question and looks whether each column finds something of its
// type.
func (q *panelQuery) check(t *testing.T, url string) {
	rows := q.answer(t, url)
	if len(rows) == 0 {
		t.Fatalf("no answer to\n%s", q.Query)
	}
	for _, c := range q.Columns {
		found := 0
		for _, row := range rows {
			v := selected(row, c.Selector)
			if v == nil {
				continue
			}
			found++
			text, isText := v.(string)
			_, isNumber := v.(float64)
			switch c.Type {
			case "number":
				if !isNumber {
					t.Errorf("%s is %v, no number", c.Selector, v)
				}
			case "timestamp":
				if _, err := time.Parse(time.DateOnly, text); err != nil {
					t.Errorf("%s is %v, no day", c.Selector, v)
				}
			case "string":
				if !isText {
					t.Errorf("%s is %v, no text", c.Selector, v)
				}
			default:
				t.Errorf("%s has the unknown type %q", c.Selector, c.Type)
			}
		}
		if found == 0 {
			t.Errorf("%s finds nothing in %d rows of the answer to\n%s", c.Selector, len(rows), q.Query)
		}
	}
}

// TestGrafanaDashboard asks what every panel and variable of the ready
// dashboard asks, with every choice of its variables.
func TestGrafanaDashboard(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("..", "..", "docs", "grafana", "mawqif.json"))
	if err != nil {
		t.Fatal(err)
	}
	var dashboard struct {
		Panels []struct {
			ID      int
			Title   string
			GridPos struct{ X, Y, W, H int }
			Targets []infinity
		}
		Templating struct {
			List []struct {
				Name, Type string
				Query      json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(content, &dashboard); err != nil {
		t.Fatal(err)
	}
	_, url := served(t)
	choices := map[string][]string{"issue:json": nil}
	for _, v := range dashboard.Templating.List {
		switch v.Type {
		case "custom":
			var list string
			if err := json.Unmarshal(v.Query, &list); err != nil {
				t.Fatal(err)
			}
			choices[v.Name] = strings.Split(list, ",")
		case "query":
			var query struct{ InfinityQuery infinity }
			if err := json.Unmarshal(v.Query, &query); err != nil {
				t.Fatal(err)
			}
			i := query.InfinityQuery
			q := panelQuery{i.Options.Query, i.Root, i.Columns}
			q.check(t, url)
			var values []string
			for _, row := range q.answer(t, url) {
				for _, c := range i.Columns {
					if c.Text == "__value" {
						values = append(values, selected(row, c.Selector).(string))
					}
				}
			}
			list, err := json.Marshal(values)
			if err != nil {
				t.Fatal(err)
			}
			choices[v.Name+":json"] = []string{string(list)}
		}
	}
	if len(dashboard.Panels) < 5 || len(choices) != 3 || choices["issue:json"] == nil {
		t.Fatalf("%d panels, choices %v", len(dashboard.Panels), choices)
	}
	for _, p := range dashboard.Panels {
		t.Run(p.Title, func(t *testing.T) {
			if p.GridPos.W == 0 || p.GridPos.H == 0 || len(p.Targets) == 0 {
				t.Errorf("the panel has no size or no question")
			}
			for _, target := range p.Targets {
				if target.Type != "graphql" || target.URL != "${url}/graphql" || target.Options.Method != http.MethodPost || target.Options.BodyType != "graphql" {
					t.Errorf("the question is put in another way: %+v", target)
				}
				for _, query := range chosen(target.Options.Query, choices) {
					query = strings.NewReplacer("${__from:date:YYYY-MM-DD}", "2000-01-01", "${__to:date:YYYY-MM-DD}", "2026-01-01").Replace(query)
					if strings.Contains(query, "${") {
						t.Fatalf("an unknown variable is left in\n%s", query)
					}
					q := panelQuery{query, target.Root, target.Columns}
					q.check(t, url)
				}
			}
		})
	}
}

// chosen is a query with every choice of its variables.
func chosen(query string, choices map[string][]string) []string {
	all := []string{query}
	for name, values := range choices {
		variable := "${" + name + "}"
		if !strings.Contains(query, variable) {
			continue
		}
		var next []string
		for _, q := range all {
			for _, v := range values {
				next = append(next, strings.ReplaceAll(q, variable, v))
			}
		}
		all = next
	}
	return all
}

// TestRecipes asks every question of the page of recipes.
func TestRecipes(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "dashboards.md"))
	if err != nil {
		t.Fatal(err)
	}
	recipe := regexp.MustCompile("(?s)### ([^\n]+)\n.*?Root selector: `([^`]+)` · Columns: ([^\n]+)\n\n```graphql\n(.*?)```")
	column := regexp.MustCompile("`([^`]+)` \\((\\w+)\\)")
	found := recipe.FindAllStringSubmatch(string(page), -1)
	if blocks := strings.Count(string(page), "```graphql"); len(found) != blocks || blocks < 5 {
		t.Fatalf("%d of %d questions of the page can be asked", len(found), blocks)
	}
	_, url := served(t)
	for _, r := range found {
		t.Run(r[1], func(t *testing.T) {
			q := panelQuery{Query: r[4], Root: r[2]}
			for _, c := range column.FindAllStringSubmatch(r[3], -1) {
				q.Columns = append(q.Columns, panelColumn{Selector: c[1], Type: c[2]})
			}
			if len(q.Columns) == 0 {
				t.Fatal(fmt.Sprint("no columns in ", r[3]))
			}
			q.check(t, url)
		})
	}
}
