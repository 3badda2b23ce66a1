// Package graphiql serves GraphiQL, the page on which a GraphQL API can be
// tried, from files that the binary carries: nothing is loaded from elsewhere.
package graphiql

import (
	"embed"
	"html"
	"io/fs"
	"net/http"
	"strings"
)

// Policy is the Content-Security-Policy under which the page works: everything
// comes from the server itself. GraphiQL sets styles in the page.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"font-src 'self' data:; worker-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

//go:embed dist
var files embed.FS

// Handler answers / with the page, for the API at a path, and /graphiql/… with
// what the page needs.
func Handler(api string) http.Handler {
	dist, err := fs.Sub(files, "dist")
	if err != nil {
		panic(err) // the directory is embedded above
	}
	page, err := fs.ReadFile(dist, "index.html")
	if err != nil {
		panic(err)
	}
	index := strings.ReplaceAll(string(page), "{{api}}", html.EscapeString(api))
	assets := http.StripPrefix("/graphiql/", http.FileServerFS(dist))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write([]byte(index))
			return
		}
		assets.ServeHTTP(w, r)
	})
}
