package neo4j

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed cypher/*.cypher
var cypher embed.FS

// queries are the named parts of queries. Every query is made of them alone:
// what comes from outside is only ever a parameter.
var queries = parseQueries("read", "write", "find", "stance")

func parseQueries(files ...string) map[string]string {
	all := map[string]string{}
	for _, f := range files {
		text, err := cypher.ReadFile("cypher/" + f + ".cypher")
		if err != nil {
			panic(err)
		}
		for _, part := range strings.Split("\n"+string(text), "\n// name: ")[1:] {
			name, body, _ := strings.Cut(part, "\n")
			if _, twice := all[name]; twice {
				panic(fmt.Sprintf("two queries are named %q", name))
			}
			all[name] = withoutComments(body)
		}
	}
	return all
}

// query joins named parts.
func query(parts ...string) string {
	var b strings.Builder
	for i, p := range parts {
		text, ok := queries[p]
		if !ok {
			panic(fmt.Sprintf("no query is named %q", p))
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(text)
	}
	return b.String()
}

// definition makes a constraint or an index.
type definition struct{ name, text string }

// schema is the constraints and indexes.
var schema = parseSchema()

func parseSchema() []definition {
	text, err := cypher.ReadFile("cypher/schema.cypher")
	if err != nil {
		panic(err)
	}
	var all []definition
	for part := range strings.SplitSeq(string(text), ";\n") {
		d := definition{text: withoutComments(part)}
		if d.text == "" {
			continue
		}
		before, _, ok := strings.Cut(d.text, " IF NOT EXISTS")
		if !ok {
			panic(fmt.Sprintf("%q cannot be repeated", d.text))
		}
		d.name = before[strings.LastIndexByte(before, ' ')+1:]
		all = append(all, d)
	}
	return all
}

func withoutComments(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "//") {
			b.WriteString(line)
		}
	}
	return strings.TrimSpace(b.String())
}
