package resolvers

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"mawqif/resolvers/internal/limits"
)

// The documentation names the limits and the codes that there are.
func TestDocumentationIsTrue(t *testing.T) {
	text, err := os.ReadFile("../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	o := Options{}.withDefaults()
	want := map[string]string{
		"BODY": fmt.Sprint(o.MaxBody), "ANSWER": fmt.Sprint(o.MaxAnswer), "NETWORK": fmt.Sprint(maxValuesOfNetworks),
	}
	defaults := reflect.ValueOf(limits.Default())
	for i := range defaults.NumField() {
		want[strings.ToUpper(defaults.Type().Field(i).Name)] = fmt.Sprint(defaults.Field(i))
	}
	for _, row := range regexp.MustCompile("(?m)^\\| `([A-Z]+)` \\| [^|]* \\| (\\d+) \\|$").FindAllStringSubmatch(string(text), -1) {
		if want[row[1]] != row[2] {
			t.Errorf("%s is %q, documented as %s", row[1], want[row[1]], row[2])
		}
		delete(want, row[1])
	}
	for limit := range want {
		t.Errorf("%s is not documented", limit)
	}
	for _, code := range []string{
		CodeBadRequest, CodeParse, CodeValidation, CodeBadUserInput, CodeNotFound, CodeLimit, CodeTimeout, CodeUnavailable, CodeInternal,
	} {
		if !strings.Contains(string(text), "| `"+code+"` |") {
			t.Errorf("%s is not documented", code)
		}
	}
}
