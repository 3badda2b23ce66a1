package graphiql_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"mawqif/web/graphiql"
)

func get(path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	graphiql.Handler(`/a"b`).ServeHTTP(w, r)
	return w
}

func TestPageLoadsOnlyWhatTheServerHas(t *testing.T) {
	page := get("/").Body.String()
	if !strings.Contains(page, `data-api="/a&#34;b"`) {
		t.Errorf("the page does not name the API: %s", page)
	}
	links := regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(page, -1)
	if len(links) < 3 {
		t.Fatalf("the page loads too little: %v", links)
	}
	for _, link := range links {
		if link[1] == "data:," {
			continue
		}
		w := get(link[1])
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d", link[1], w.Code)
		}
		kind := w.Header().Get("Content-Type")
		if !strings.HasPrefix(kind, "text/javascript") && !strings.HasPrefix(kind, "text/css") {
			t.Errorf("%s is of type %s", link[1], kind)
		}
		if again := get(link[1], "If-None-Match", w.Header().Get("ETag")); again.Code != http.StatusNotModified {
			t.Errorf("%s is sent twice: %d", link[1], again.Code)
		}
	}
	// The first tab shows an example, as it is documented.
	example, err := os.ReadFile("../../docs/queries/who-says-what.graphql")
	if err != nil {
		t.Fatal(err)
	}
	squeeze := regexp.MustCompile(`(?:\\n|\s)+`)
	if !strings.Contains(squeeze.ReplaceAllString(get("/graphiql/main.js").Body.String(), " "), strings.TrimSpace(squeeze.ReplaceAllString(string(example), " "))) {
		t.Error("the page has another example: run npm run build in web/")
	}
	styles := get("/graphiql/main.css").Body.String()
	if found := regexp.MustCompile(`url\(["']?(?:https?:)?//[^)]*\)|@import`).FindString(styles); found != "" {
		t.Errorf("the styles load %s", found)
	}
	if w := get("/graphiql/nothing.js"); w.Code != http.StatusNotFound {
		t.Errorf("a file that is not there: %d", w.Code)
	}
	if w := get("/graphiql/index.html"); w.Code != http.StatusNotFound {
		t.Errorf("the page without its API: %d", w.Code)
	}
}

func TestPolicyNamesNoHost(t *testing.T) {
	if regexp.MustCompile(`https?:|//|\*|unsafe-eval`).MatchString(graphiql.Policy) {
		t.Errorf("%s", graphiql.Policy)
	}
}

// The licences of all that the page is built from go with it.
func TestLicencesAreThere(t *testing.T) {
	notes := get("/graphiql/LICENSES.txt").Body.String()
	for _, name := range []string{"graphiql ", "react-dom ", "codemirror ", "graphql "} {
		if !strings.Contains(notes, "\n"+name) {
			t.Errorf("no licence of %s", name)
		}
	}
	lock, err := os.ReadFile("../package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(lock), `"resolved"`) {
		t.Error("the lock file names the host of a registry")
	}
}
