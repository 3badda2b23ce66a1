package neo4j

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"mawqif/graph"
)

// Schemes are the schemes of the addresses of servers.
var Schemes = []string{"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"}

// Address tells where a database is.
type Address struct {
	Scheme, Host string
	// User is "" if the address names none.
	User string
	// Database is "neo4j" if the address names none.
	Database string
	// Routing is the context of routing, such as "region=eu", or "".
	Routing string
}

// ParseAddress reads SCHEME://USER@HOST:PORT/DATABASE, of which only scheme and
// host must be there. It returns an [graph.ErrInvalid] that shows no password.
func ParseAddress(text string) (Address, error) {
	bad := func(format string, args ...any) (Address, error) {
		return Address{}, fmt.Errorf("%w: "+format, append([]any{graph.ErrInvalid}, args...)...)
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Fragment != "" {
		return bad("the address of the store is not like neo4j://USER@HOST:7687/DATABASE")
	}
	if _, secret := u.User.Password(); secret {
		return bad("the address of the store holds a password, which others could see: leave it out, and give it in MAWQIF_NEO4J_PASSWORD or in the file neo4j.password-file")
	}
	a := Address{Scheme: u.Scheme, Host: u.Host, User: u.User.Username(), Database: strings.Trim(u.Path, "/"), Routing: u.RawQuery}
	switch {
	case !slices.Contains(Schemes, a.Scheme):
		return bad("the scheme of the address %s is none of %s", a, strings.Join(Schemes, ", "))
	case u.Hostname() == "":
		return bad("the address %s names no host", a)
	case strings.Contains(a.Database, "/"):
		return bad("the path of the address %s is not the name of one database", a)
	case a.Routing != "" && !strings.HasPrefix(a.Scheme, "neo4j"):
		return bad("the address %s has a context of routing, which %s does not take", a, a.Scheme)
	}
	if a.Database == "" {
		a.Database = "neo4j"
	}
	return a, nil
}

// server is what the driver needs.
func (a Address) server() string {
	return (&url.URL{Scheme: a.Scheme, Host: a.Host, RawQuery: a.Routing}).String()
}

// String returns the address with all of its parts.
func (a Address) String() string {
	u := url.URL{Scheme: a.Scheme, Host: a.Host, Path: "/" + a.Database, RawQuery: a.Routing}
	if a.User != "" {
		u.User = url.User(a.User)
	}
	return u.String()
}
