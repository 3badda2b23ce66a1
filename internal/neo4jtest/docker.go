package neo4jtest

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// answers tells whether an engine of Docker does.
func answers(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return exec.CommandContext(ctx, "docker", "version", "--format", "{{.Server.Version}}").Run() == nil
}

// inDocker starts a server in a container, which is removed as it stops.
func inDocker(ctx context.Context) (*Server, error) {
	id, err := docker(ctx, "run", "--rm", "--detach", "--publish", "127.0.0.1::7687",
		"--env", "NEO4J_AUTH=neo4j/"+password,
		"--env", "NEO4J_server_memory_heap_max__size=512m", "--env", "NEO4J_server_memory_pagecache_size=64m",
		"--env", "NEO4J_dbms_cypher_min__replan__interval=1h", "--env", "NEO4J_dbms_usage__report_enabled=false",
		"neo4j:"+Version+"-community")
	if err != nil {
		return nil, err
	}
	stop := func() error {
		_, err := docker(context.WithoutCancel(ctx), "kill", id)
		return err
	}
	host, err := docker(ctx, "port", id, "7687/tcp")
	if err != nil {
		return nil, errors.Join(err, stop())
	}
	s := &Server{Scheme: "bolt", Host: host, User: "neo4j", Password: password, Database: "neo4j", stop: stop}
	if err := s.await(ctx, nil); err != nil {
		return nil, fmt.Errorf("start Neo4j %s in Docker: %w", Version, errors.Join(err, stop()))
	}
	return s, nil
}

// docker runs a command of Docker and returns the first line of its output.
func docker(ctx context.Context, args ...string) (string, error) {
	out, err := exec.CommandContext(ctx, "docker", args...).Output()
	if err != nil {
		what := ""
		if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
			what = ": " + strings.TrimSpace(string(exit.Stderr))
		}
		return "", fmt.Errorf("docker %s: %w%s", args[0], err, what)
	}
	line, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return line, nil
}
