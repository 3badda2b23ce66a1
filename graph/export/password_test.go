package export

import (
	"encoding/base64"
	"testing"
)

// TestJasypt hashes the password "sample" as DNA did for the coder Admin of
// the databases that it comes with.
func TestJasypt(t *testing.T) {
	const want = "t7STqOHxpl+RXxRUgjsEno+e/38banaYjANbdYQ1geGfH6Xlc2roWgYrPbpCeg5M"
	hash, err := base64.StdEncoding.DecodeString(want)
	if err != nil {
		t.Fatal(err)
	}
	var salt [32]byte
	copy(salt[:], hash[:16])
	if got := jasypt("sample", salt); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
