// Package english is the English grammar of attribution.
package english

import (
	"mawqif/ingest/extract"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// Grammar implements [extract.Grammar] for English.
type Grammar struct{}

// Attributions implements [extract.Grammar].
func (Grammar) Attributions(t *text.Text, names []gazetteer.Mention) []extract.Attribution {
	return nil
}
