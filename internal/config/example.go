package config

import _ "embed"

// Example is a configuration file that documents every key with its default.
//
//go:embed mawqif.yaml
var Example string
