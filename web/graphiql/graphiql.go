// Package graphiql serves GraphiQL, the page on which a GraphQL API can be
// tried, from files that the binary carries: nothing is loaded from elsewhere.
package graphiql

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"fmt"
	"html"
	"io/fs"
	"net/http"
	"path"
	"time"
)

// Policy is the Content-Security-Policy under which the page works: everything
// comes from the server itself. GraphiQL sets styles in the page.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"font-src 'self' data:; worker-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

//go:embed dist
var files embed.FS

// Handler answers / with the page, for the API at a path, and /graphiql/… with
// what the page needs. Browsers keep the files for as long as their content
// stays the same.
func Handler(api string) http.Handler {
	dist, err := fs.Sub(files, "dist")
	if err != nil {
		panic(err) // the directory is embedded above
	}
	content := map[string][]byte{}
	tags := map[string]string{}
	entries, err := fs.ReadDir(dist, ".")
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		b, err := fs.ReadFile(dist, e.Name())
		if err != nil {
			panic(err)
		}
		name := "/graphiql/" + e.Name()
		if e.Name() == "index.html" {
			name = "/"
			b = bytes.ReplaceAll(b, []byte("{{api}}"), []byte(html.EscapeString(api)))
		}
		content[name] = b
		tags[name] = fmt.Sprintf(`"%x"`, sha256.Sum256(b))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, ok := content[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		name := path.Base(r.URL.Path)
		if r.URL.Path == "/" {
			name = "index.html"
		}
		w.Header().Set("ETag", tags[r.URL.Path])
		w.Header().Set("Cache-Control", "no-cache") // ask whether it is still the same
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(b))
	})
}
