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
	Neo4j Neo4j  `mapstructure:"neo4j"`
	// Codebook is the path of the codebook that positions are coded by; "" for
	// the one that the binary carries.
	Codebook string `mapstructure:"codebook"`
	// People is the path of corrections of who is one person; "" for none.
	People string `mapstructure:"people"`
	Log    Log    `mapstructure:"log"`
	Ingest Ingest `mapstructure:"ingest"`
	Serve  Serve  `mapstructure:"serve"`
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

// Neo4j says how to reach a Neo4j server, if the store is one.
type Neo4j struct {
	Password Secret `mapstructure:"password"`
	// PasswordFile is a file with the password, used if Password is empty.
	PasswordFile string `mapstructure:"password-file"`
	// CAFile is a file of certificates, in PEM, that vouch for the server; ""
	// for those of the system.
	CAFile string `mapstructure:"ca-file"`
	// Pool is how many connections there are at most.
	Pool int `mapstructure:"pool"`
	// Timeout is how long to wait for a connection, and to try a transaction
	// again.
	Timeout time.Duration `mapstructure:"timeout"`
	// QueryTimeout is how long a transaction may take; 0 for what the server is
	// set to.
	QueryTimeout time.Duration `mapstructure:"query-timeout"`
}

// Secret is a text that is never shown.
type Secret string

// String tells whether there is a secret, not which.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "(set)"
}

// GoString implements fmt.GoStringer.
func (s Secret) GoString() string { return strconv.Quote(s.String()) }

// MarshalText implements encoding.TextMarshaler, for logs and JSON.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *Secret) UnmarshalText(text []byte) error {
	*s = Secret(text)
	return nil
}

// Default returns the configuration of one who says nothing.
func Default() Config {
	return Config{
		Store:  "mawqif.db",
		Neo4j:  Neo4j{Pool: 100, Timeout: 10 * time.Second},
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
		fault("store", "is empty: name a file such as mawqif.db, or a server such as neo4j://localhost")
	}
	if c.Neo4j.Password != "" && c.Neo4j.PasswordFile != "" {
		fault("neo4j.password-file", "is set beside neo4j.password: leave one of them out")
	}
	if c.Neo4j.Pool < 1 || c.Neo4j.Pool > 10000 {
		fault("neo4j.pool", "%d is not between 1 and 10000", c.Neo4j.Pool)
	}
	if c.Neo4j.Timeout < 100*time.Millisecond || c.Neo4j.Timeout > 10*time.Minute {
		fault("neo4j.timeout", "%s is not between 100ms and 10m", c.Neo4j.Timeout)
	}
	if c.Neo4j.QueryTimeout < 0 {
		fault("neo4j.query-timeout", "%s is less than nothing", c.Neo4j.QueryTimeout)
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
