package config

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"
)

// alone runs a test in an empty directory, with no configuration of the user.
func alone(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	for _, e := range os.Environ() {
		if name, _, _ := strings.Cut(e, "="); strings.HasPrefix(name, "MAWQIF_") {
			t.Setenv(name, "")
		}
	}
}

func write(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestExampleSaysTheDefaults(t *testing.T) {
	alone(t)
	loaded, err := Load(write(t, "example.yaml", Example), nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Default(), loaded.Config); diff != "" {
		t.Errorf("the documented file differs from the defaults (-defaults +file):\n%s", diff)
	}
	for _, v := range loaded.Values {
		if v.Origin != "example.yaml" {
			t.Errorf("the documented file lacks %s", v.Key)
		}
	}
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(Example), &root); err != nil {
		t.Fatal(err)
	}
	var undocumented func(prefix string, n *yaml.Node)
	undocumented = func(prefix string, n *yaml.Node) {
		for i := 0; i < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			if value.Kind == yaml.MappingNode {
				undocumented(prefix+key.Value+".", value)
			} else if key.HeadComment == "" {
				t.Errorf("%s%s has no comment", prefix, key.Value)
			}
		}
	}
	undocumented("", root.Content[0])
}

func TestPrecedence(t *testing.T) {
	alone(t)
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.String("store", "mawqif.db", "")
	flags.String("log-level", "warn", "")
	bound := Flags{"store": flags.Lookup("store"), "log.level": flags.Lookup("log-level")}
	origin := func() (Config, map[string]string) {
		t.Helper()
		l, err := Load("", bound)
		if err != nil {
			t.Fatal(err)
		}
		from := map[string]string{}
		for _, v := range l.Values {
			from[v.Key] = v.Origin
		}
		return l.Config, from
	}

	c, from := origin()
	if c.Store != "mawqif.db" || from["store"] != "default" {
		t.Errorf("store = %q from %s, want the default", c.Store, from["store"])
	}
	write(t, FileName, "store: file.db\nserve: {timeout: 3s}\n")
	if c, from = origin(); c.Store != "file.db" || from["store"] != FileName || c.Serve.Timeout != 3*time.Second {
		t.Errorf("store = %q from %s, timeout = %s, want the file's", c.Store, from["store"], c.Serve.Timeout)
	}
	t.Setenv("MAWQIF_STORE", "env.db")
	t.Setenv("MAWQIF_INGEST_MAX_ARTICLE", "2 MiB")
	if c, from = origin(); c.Store != "env.db" || from["store"] != "MAWQIF_STORE" || c.Ingest.MaxArticle != 2<<20 {
		t.Errorf("store = %q from %s, max-article = %s, want the environment's", c.Store, from["store"], c.Ingest.MaxArticle)
	}
	if err := flags.Parse([]string{"--store", "flag.db"}); err != nil {
		t.Fatal(err)
	}
	if c, from = origin(); c.Store != "flag.db" || from["store"] != "--store" {
		t.Errorf("store = %q from %s, want the flag's", c.Store, from["store"])
	}
	if from["log.level"] != "default" {
		t.Errorf("log.level comes from %s though its flag was not given", from["log.level"])
	}
}

func TestFileOfTheUser(t *testing.T) {
	alone(t)
	dir := filepath.Join(os.Getenv("XDG_CONFIG_HOME"), "mawqif")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	path := write(t, filepath.Join(dir, FileName), "store: user.db\n")
	l, err := Load("", nil)
	if err != nil || l.Store != "user.db" || l.File != path {
		t.Errorf("store = %q from %q, %v; want user.db from %q", l.Store, l.File, err, path)
	}
}

func TestEveryFaultAtOnce(t *testing.T) {
	alone(t)
	t.Setenv("MAWQIF_SERVE_TIMEOUT", "soon")
	t.Setenv("MAWQIF_STROE", "x.db")
	l, err := Load(write(t, "bad.yaml", `
stor: x
log: {level: loud, format: xml}
serve: {addr: nowhere, colour: red}
ingest: {max-article: 5}
`), nil)
	if err == nil {
		t.Fatal("no fault is found")
	}
	want := []string{
		`ingest.max-article: 5B is not between 1KiB and 64MiB (bad.yaml)`,
		`log.format: "xml" is none of text, json (bad.yaml)`,
		`log.level: "loud" is none of debug, info, warn, error (bad.yaml)`,
		`serve.addr: "nowhere" is not HOST:PORT (bad.yaml)`,
		`serve.colour: there is no such key (bad.yaml)`,
		`serve.timeout: "soon" is not understood: time: invalid duration (MAWQIF_SERVE_TIMEOUT)`,
		`stor: there is no such key (bad.yaml)`,
	}
	got := strings.Split(err.Error(), "\n")
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"MAWQIF_STROE"}, l.Unknown); diff != "" {
		t.Errorf("unknown variables (-want +got):\n%s", diff)
	}
}

func TestFileFaults(t *testing.T) {
	alone(t)
	if _, err := Load("absent.yaml", nil); err == nil || !strings.Contains(err.Error(), "absent.yaml") {
		t.Errorf("a file that was named and is not there: %v", err)
	}
	if _, err := Load(write(t, "broken.yaml", "a: [\n"), nil); err == nil || !strings.Contains(err.Error(), "broken.yaml: ") || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("a broken file: %v", err)
	}
}

func TestSize(t *testing.T) {
	for text, want := range map[string]Size{"0": 0, "12": 12, "12B": 12, "512KiB": 512 << 10, "1 MiB": 1 << 20, "2GiB": 2 << 30} {
		var s Size
		if err := s.UnmarshalText([]byte(text)); err != nil || s != want {
			t.Errorf("%q = %d, %v; want %d", text, s, err, want)
		}
	}
	for _, text := range []string{"", "MiB", "-1", "1.5MiB", "1TiB", "99999999999999999999"} {
		var s Size
		if err := s.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is taken as %s", text, s)
		}
	}
	if got := Size(1 << 20).String(); got != "1MiB" {
		t.Errorf("1 MiB is written %s", got)
	}
}

func TestSecretsAreNotShown(t *testing.T) {
	alone(t)
	t.Setenv("MAWQIF_NEO4J_PASSWORD", "hunter2")
	l, err := Load("", nil)
	if err != nil || string(l.Neo4j.Password) != "hunter2" {
		t.Fatalf("the password is not read: %v", err)
	}
	encoded, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	for _, shown := range []string{fmt.Sprintf("%v %+v %#v %s", l, l, l, l.Neo4j.Password), string(encoded)} {
		if strings.Contains(shown, "hunter2") {
			t.Errorf("the password is shown: %s", shown)
		}
	}
	if v := l.Values[slices.IndexFunc(l.Values, func(v Value) bool { return v.Key == "neo4j.password" })]; v.Value != "(set)" || v.Origin != "MAWQIF_NEO4J_PASSWORD" {
		t.Errorf("the value is told as %+v", v)
	}
	t.Setenv("MAWQIF_NEO4J_PASSWORD_FILE", "x")
	if _, err := Load("", nil); err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("a password and a file of it: %v", err)
	}
}
