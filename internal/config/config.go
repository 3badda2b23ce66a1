// Package config gathers the configuration of mawqif from flags, environment,
// file and defaults, in this order of precedence. It is the only user of viper.
package config

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Config is the whole configuration. Every key is documented in Example.
type Config struct {
	// Store is the path of an embedded store or the address of a server.
	Store string `mapstructure:"store"`
	// Codebook is the path of the codebook that positions are coded by; "" for
	// the one that the binary carries.
	Codebook string `mapstructure:"codebook"`
	Log      Log    `mapstructure:"log"`
	Ingest   Ingest `mapstructure:"ingest"`
	Serve    Serve  `mapstructure:"serve"`
}

// Log says what is logged, to standard error.
type Log struct {
	Level  string `mapstructure:"level"`  // debug, info, warn, error
	Format string `mapstructure:"format"` // text, json
}

// Ingest says how articles are read.
type Ingest struct {
	// MaxArticle is the most bytes that an article may have.
	MaxArticle Size `mapstructure:"max-article"`
	// DeadLetters is the file that keeps rejected articles; "" for one beside
	// the store.
	DeadLetters string `mapstructure:"dead-letters"`
}

// Serve says how the graph is served.
type Serve struct {
	// Addr is the address to listen on, HOST:PORT.
	Addr string `mapstructure:"addr"`
	// MaxBody is the most bytes that a request may have.
	MaxBody Size `mapstructure:"max-body"`
	// Timeout is how long a request may take to be answered.
	Timeout time.Duration `mapstructure:"timeout"`
}

// Default returns the configuration of one who says nothing.
func Default() Config {
	return Config{
		Store:  "mawqif.db",
		Log:    Log{Level: "warn", Format: "text"},
		Ingest: Ingest{MaxArticle: 1 << 20},
		Serve:  Serve{Addr: "127.0.0.1:8080", MaxBody: 128 << 10, Timeout: 10 * time.Second},
	}
}

// LogLevels and LogFormats are the values that the log keys take.
var (
	LogLevels  = []string{"debug", "info", "warn", "error"}
	LogFormats = []string{"text", "json"}
)

// Fault is what is wrong with the value of a key.
type Fault struct{ Key, Text string }

// Error implements error.
func (f Fault) Error() string { return f.Key + ": " + f.Text }

// Validate returns every [Fault], joined; nil if there is none.
func (c Config) Validate() error {
	var faults []error
	fault := func(key, format string, args ...any) {
		faults = append(faults, Fault{key, fmt.Sprintf(format, args...)})
	}
	if c.Store == "" {
		fault("store", "is empty: name a file such as mawqif.db")
	}
	if !slices.Contains(LogLevels, c.Log.Level) {
		fault("log.level", "%q is none of %s", c.Log.Level, strings.Join(LogLevels, ", "))
	}
	if !slices.Contains(LogFormats, c.Log.Format) {
		fault("log.format", "%q is none of %s", c.Log.Format, strings.Join(LogFormats, ", "))
	}
	if c.Ingest.MaxArticle < 1<<10 || c.Ingest.MaxArticle > 64<<20 {
		fault("ingest.max-article", "%s is not between 1KiB and 64MiB", c.Ingest.MaxArticle)
	}
	if _, port, err := net.SplitHostPort(c.Serve.Addr); err != nil {
		fault("serve.addr", "%q is not HOST:PORT", c.Serve.Addr)
	} else if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		fault("serve.addr", "%q is not a port, 0 to 65535", port)
	}
	if c.Serve.MaxBody < 1<<10 || c.Serve.MaxBody > 1<<20 {
		fault("serve.max-body", "%s is not between 1KiB and 1MiB", c.Serve.MaxBody)
	}
	if c.Serve.Timeout < time.Second || c.Serve.Timeout > time.Minute {
		fault("serve.timeout", "%s is not between 1s and 1m", c.Serve.Timeout)
	}
	return errors.Join(faults...)
}

// Size is a number of bytes, written "512KiB", "1MiB" or "1048576".
type Size int64

var units = []struct {
	name string
	size Size
}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"B", 1}, {"", 1}}

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *Size) UnmarshalText(text []byte) error {
	for _, u := range units {
		digits, ok := strings.CutSuffix(string(text), u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseUint(strings.TrimSpace(digits), 10, 32)
		if err != nil {
			break
		}
		*s = Size(n) * u.size
		return nil
	}
	return fmt.Errorf("%q is not a size such as 512KiB or 1MiB", text)
}

// Set and Type make a size the value of a flag.
func (s *Size) Set(text string) error { return s.UnmarshalText([]byte(text)) }

// Type names the kind of value in the help of a flag.
func (s *Size) Type() string { return "size" }

// String writes the size in the largest unit that divides it.
func (s Size) String() string {
	for _, u := range units {
		if s >= u.size && s%u.size == 0 {
			return fmt.Sprintf("%d%s", s/u.size, u.name)
		}
	}
	return fmt.Sprintf("%dB", int64(s))
}
