// Package arabic is the Arabic grammar of attribution.
package arabic

import (
	"mawqif/ingest/extract"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// Grammar implements [extract.Grammar] for Arabic.
type Grammar struct{}

// Attributions implements [extract.Grammar].
func (Grammar) Attributions(t *text.Text, names []gazetteer.Mention) []extract.Attribution {
	return nil
}
