package code

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const small = `name: farms
issues:
  subsidy:
    object: actor
    en:
      label: Subsidies
      proposition: "{object} should pay farmers."
      for:
        - (pay|subsid*) .. farmer
      words:
        - harvest
      examples:
        - for: the ministry should pay the farmers
        - not: the ministry should pave the road
        - not: the harvest was poor
`

func TestLoadOwnCodebook(t *testing.T) {
	c, err := Load(strings.NewReader(small), "farms.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(c.Version(), "farms/") {
		t.Errorf("version %q", c.Version())
	}
	for _, e := range c.Examples() {
		if err := c.Prove(e, nil); err != nil {
			t.Error(err)
		}
	}
	other, err := Load(strings.NewReader(small+"# more\n"), "farms.yaml")
	if err != nil || other.Version() == c.Version() {
		t.Errorf("the version does not follow the content: %q, %v", other.Version(), err)
	}
}

func TestLoadReportsEveryFault(t *testing.T) {
	for name, test := range map[string]struct {
		file string
		want []string
	}{
		"empty":    {"", []string{"f.yaml: the file is empty: it needs name and issues"}},
		"no YAML":  {"name: [\n", []string{"f.yaml:1: not valid YAML: did not find expected node content"}},
		"no name":  {"issues: {}\n", []string{"f.yaml:1: name is missing: the codebook needs one"}},
		"no issue": {"name: x\n", []string{"f.yaml:1: issues is missing"}},
		"several": {`name: x
issues:
  Tax Cut:
    object: none
  water:
    nature: wish
    colour: blue
    parent: rivers
    en:
      label: Water
      proposition: "{object} owns {river}."
      for:
        - (dam|weir
        - dam .. & weir
        - "!dam"
      against:
        - [x]
  water:
    object: none
`, []string{
			`f.yaml:3: issue "Tax Cut": a key has small Latin letters, digits and hyphens only`,
			`f.yaml:5: issue water: its parent rivers is no issue of this codebook`,
			`f.yaml:6: issue water: nature is aim, deed or charge`,
			`f.yaml:7: issue water has no field "colour"; known are ar, demand, en, nature, object, parent`,
			`f.yaml:10: issue water, en: the proposition has a slot {river}; known are {object} and {place}`,
			`f.yaml:13: issue water, en: column 1 of the pattern: the bracket is not closed in "(dam|weir"`,
			`f.yaml:14: issue water, en: column 8 of the pattern: no word after .. in "dam .. & weir"`,
			`f.yaml:15: issue water, en: column 1 of the pattern: the first part cannot be an exclusion in "!dam"`,
			`f.yaml:17: issue water, en: a pattern must be a text`,
			`f.yaml:18: issues: water is already given in line 5`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Load(strings.NewReader(test.file), "f.yaml")
			if err == nil {
				t.Fatal("no fault is reported")
			}
			if diff := cmp.Diff(test.want, strings.Split(err.Error(), "\n")); diff != "" {
				t.Error(diff)
			}
			if _, ok := IsFaults(err); !ok {
				t.Errorf("%T are no faults", err)
			}
		})
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte("name: x\nissues: {a: {en: {label: a, proposition: b, for: [\"a & !b ..2 (c d|[e] f*)\"]}}}"))
	f.Add([]byte("a: &a [*a]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Load(strings.NewReader(string(data)), "fuzz.yaml")
		if (c == nil) == (err == nil) {
			t.Fatalf("codebook %v, error %v", c, err)
		}
		if c != nil {
			for _, e := range c.Examples() {
				_ = c.Prove(e, nil)
			}
		}
	})
}
