package neo4jtest

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/rogpeppe/go-internal/lockedfile"
)

//go:embed pom.xml
var pom string

// Process is a server of the Maven artefacts, in a directory of its own.
type Process struct {
	Server
	// Home is its directory.
	Home string
	// Options are for Java. Those of [Own] make it plan new queries quickly; a
	// server that answers the same ones many times needs none.
	Options []string

	lib   string
	cmd   *exec.Cmd
	ended chan struct{}
}

// install says how to get what is missing.
const install = "run make tools, or install Java 17 or newer and Maven, or start Docker, or name a server with " + AddressVariable

// Artefacts returns the directory of the jars of Neo4j, which Maven fetches at
// first.
func Artefacts(ctx context.Context) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	dir := filepath.Join(cache, "mawqif", "neo4j-"+Version)
	lib := filepath.Join(dir, "lib")
	// A directory in its place is whole: it is renamed at the end.
	if _, err := os.Stat(lib); err == nil {
		return lib, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	unlock, err := lockedfile.MutexAt(filepath.Join(dir, "lock")).Lock()
	if err != nil {
		return "", err
	}
	defer unlock()
	if _, err := os.Stat(lib); !errors.Is(err, fs.ErrNotExist) {
		return lib, err
	}
	mvn, err := exec.LookPath("mvn")
	if err != nil {
		return "", fmt.Errorf("these tests need a Neo4j server, and Maven, to fetch one, is missing: %s", install)
	}
	part := filepath.Join(dir, "part")
	if err := errors.Join(os.RemoveAll(part), os.MkdirAll(part, 0o755), os.WriteFile(filepath.Join(part, "pom.xml"), []byte(pom), 0o644)); err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, mvn, "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory="+filepath.Join(part, "lib"))
	cmd.Dir = part
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("maven could not fetch Neo4j %s: %w\n%s", Version, err, out)
	}
	return lib, os.Rename(filepath.Join(part, "lib"), lib)
}

// java returns the command of a class of Neo4j.
func java(ctx context.Context, lib string, options []string, class string, args ...string) (*exec.Cmd, error) {
	path, err := exec.LookPath("java")
	if err != nil {
		return nil, fmt.Errorf("these tests need a Neo4j server, and Java, to run it, is missing: %s", install)
	}
	all := append([]string{
		"--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/java.io=ALL-UNNAMED",
		"--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
	}, options...)
	return exec.CommandContext(ctx, path, append(append(all, "-cp", filepath.Join(lib, "*"), class), args...)...), nil
}

// settings make a server small and quick to plan queries anew, which is what
// most of the time of tests goes to.
const settings = `server.default_listen_address=127.0.0.1
server.bolt.listen_address=%s
server.bolt.advertised_address=%s
server.http.enabled=false
server.memory.pagecache.size=64m
dbms.usage_report.enabled=false
dbms.security.auth_max_failed_attempts=0
dbms.cypher.min_replan_interval=1h
db.tx_log.rotation.retention_policy=false
`

func newProcess(ctx context.Context, home string) (*Process, error) {
	lib, err := Artefacts(ctx)
	if err != nil {
		return nil, err
	}
	host, err := freeAddress()
	if err != nil {
		return nil, err
	}
	p := &Process{Home: home, lib: lib, Options: []string{"-XX:TieredStopAtLevel=1"}, Server: Server{Scheme: "neo4j", Host: host, User: "neo4j", Password: "neo4j", Database: "neo4j"}}
	for _, dir := range []string{"conf", "data", "logs", "import", "plugins", "run"} {
		if err := os.MkdirAll(filepath.Join(home, dir), 0o755); err != nil {
			return nil, err
		}
	}
	return p, os.WriteFile(p.conf("neo4j.conf"), fmt.Appendf(nil, settings, host, host), 0o644)
}

func (p *Process) conf(name ...string) string {
	return filepath.Join(append([]string{p.Home, "conf"}, name...)...)
}

// freeAddress returns an address of this machine that nobody listens on.
func freeAddress() (string, error) {
	ln, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return ln.Addr().String(), ln.Close()
}

// password is that of the servers that are started here.
const password = "correct horse"

// Start starts the server and waits until it answers.
func (p *Process) Start(ctx context.Context) error {
	// It outlives ctx: whoever starts it stops it.
	cmd, err := java(context.WithoutCancel(ctx), p.lib, append([]string{"-Xmx512m", "-XX:+UseSerialGC"}, p.Options...),
		"org.neo4j.server.CommunityEntryPoint", "--home-dir="+p.Home, "--config-dir="+p.conf(), "--console-mode")
	if err != nil {
		return err
	}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	endWithParent(cmd)
	p.cmd, p.ended = cmd, make(chan struct{})
	started := make(chan error)
	go func() {
		// What shall end with its parent ends with the thread that started it.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait() // it is killed
			close(p.ended)
		}
	}()
	if err := <-started; err != nil {
		p.cmd = nil
		return err
	}
	if err := p.await(ctx, p.ended); err != nil {
		return fmt.Errorf("start Neo4j %s: %w", Version, errors.Join(err, p.Stop(), errors.New(out.String())))
	}
	if p.Password == password {
		return nil
	}
	system := p.Server
	system.Database = "system"
	if _, err := system.Query(ctx, "ALTER CURRENT USER SET PASSWORD FROM $old TO $new", map[string]any{"old": p.Password, "new": password}); err != nil {
		return fmt.Errorf("set the password of the Neo4j server for tests: %w", errors.Join(err, p.Stop()))
	}
	p.Password = password
	return nil
}

// Stop kills the server, as a loss of power would.
func (p *Process) Stop() error {
	if p.cmd == nil {
		return nil
	}
	err := p.cmd.Process.Kill()
	if errors.Is(err, os.ErrProcessDone) {
		err = nil
	}
	<-p.ended
	p.cmd = nil
	return err
}

// Admin runs a command of neo4j-admin in a folder, on the server, which must not
// run.
func (p *Process) Admin(ctx context.Context, dir string, args ...string) error {
	cmd, err := java(ctx, p.lib, []string{"-Xmx512m"}, "org.neo4j.cli.AdminTool", args...)
	if err != nil {
		return err
	}
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "NEO4J_HOME="+p.Home, "NEO4J_CONF="+p.conf())
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("neo4j-admin %s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return nil
}
