package mawqif_test

import (
	"os"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"mawqif/internal/neo4jtest"
)

// What docker compose starts is what the tests run on, and commands that are.
func TestCompose(t *testing.T) {
	text, err := os.ReadFile("compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var c struct {
		Services map[string]struct {
			Image, Command string
			Build          string
			Environment    map[string]string
			Ports          []string
			DependsOn      map[string]struct{ Condition string } `yaml:"depends_on"`
		}
	}
	if err := yaml.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	db, program := c.Services["neo4j"], c.Services["mawqif"]
	if want := "neo4j:" + neo4jtest.Version + "-community"; db.Image != want {
		t.Errorf("the image is %s, tests run on %s", db.Image, want)
	}
	if auth, password := db.Environment["NEO4J_AUTH"], program.Environment["MAWQIF_NEO4J_PASSWORD"]; auth != "neo4j/"+password {
		t.Errorf("the server takes %s, mawqif gives %s", auth, password)
	}
	if !strings.HasPrefix(program.Command, "demo --store bolt://neo4j@neo4j:7687/") || program.DependsOn["neo4j"].Condition != "service_healthy" {
		t.Errorf("mawqif runs %q after %v", program.Command, program.DependsOn)
	}
	for _, s := range c.Services {
		for _, port := range s.Ports {
			if !strings.HasPrefix(port, "127.0.0.1:") {
				t.Errorf("%s is open to all", port)
			}
		}
	}
}
