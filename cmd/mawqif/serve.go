package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"

	"github.com/spf13/cobra"

	"mawqif/internal/config"
	"mawqif/resolvers"
)

func (m *Main) serveCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Answer questions about the store by GraphQL",
		Long: `Serve answers over HTTP until it is interrupted; then it finishes the requests under
way and ends with exit code 0.

  /graphql  GraphQL over HTTP
  /         GraphiQL, to try questions in a browser
  /healthz  200 while the process runs
  /readyz   200 while the store answers, else 503
  /metrics  counters in the format of Prometheus`,
		Example: `  mawqif serve
  mawqif serve --store levant.db --addr 127.0.0.1:9000
  curl -s -H 'Content-Type: application/json' -d '{"query":"{ stats { statements } }"}' http://127.0.0.1:8080/graphql`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := m.openView(cmd.Context()); err != nil {
				return err
			}
			life, end := context.WithCancel(context.WithoutCancel(cmd.Context())) // requests under way are finished
			defer end()
			handler, err := m.handler(life)
			if err != nil {
				return err
			}
			ln, err := listen(m.config.Serve.Addr)
			if err != nil {
				return err
			}
			m.welcome(ln.Addr())
			return resolvers.Serve(cmd.Context(), ln, handler)
		},
	}
	addAddr(cmd)
	return cmd
}

func addAddr(cmd *cobra.Command) {
	cmd.Flags().String("addr", config.Default().Serve.Addr, "address to listen on, HOST:PORT; port 0 takes a free one")
}

// handler answers questions about the open store while its context lasts.
func (m *Main) handler(life context.Context) (http.Handler, error) {
	options := resolvers.Options{
		MaxBody: int64(m.config.Serve.MaxBody), Timeout: m.config.Serve.Timeout, Log: m.log,
	}
	if m.config.Codebook != "" { // else not read: it would delay the first answer
		book, err := m.codebook()
		if err != nil {
			return nil, err
		}
		options.Codebook = book.Name()
	}
	return resolvers.NewHandler(life, m.store, options), nil
}

func listen(addr string) (net.Listener, error) {
	ln, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is in use by another program: stop it, or choose another address with --addr", addr)
	case err != nil:
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	return ln, nil
}

// welcome tells where the server is, and who can reach it.
func (m *Main) welcome(addr net.Addr) {
	if tcp, ok := addr.(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		m.log.Warn("there is no password: everyone who can reach this address can read the graph", "addr", addr)
	}
	fmt.Fprintf(m.Stderr, "serving %s at http://%s/ (API: /graphql); interrupt to stop\n", m.config.Store, addr)
}
