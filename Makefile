# Tasks of mawqif. `make help` lists them.

SHELL         := bash
.SHELLFLAGS   := -euo pipefail -c
.DEFAULT_GOAL := help

GO        ?= go
# A count: go test now and then fails when a time is up (golang.org/issue/75804).
FUZZTIME  ?= 20000x
BENCHTIME ?= 1s
# The folder of the coded articles and their scorers, for eval and unlabelled.
EVAL      ?=

GOLANGCI_VERSION := v2.15.0
GOLANGCI         := bin/golangci-lint-$(GOLANGCI_VERSION)

.PHONY: help
help: ## List the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build
build: ## Build ./mawqif
	$(GO) build -o mawqif ./cmd/mawqif

.PHONY: demo
demo: ## Store the bundled articles, ask questions, serve the graph
	$(GO) run ./cmd/mawqif demo

.PHONY: tools
tools: ## Install what the tests need beside Go: readers of exports, a Neo4j server (Debian packages)
	@scripts/tools python3:python3 python:networkx:python3-networkx python:igraph:python3-igraph python:rdflib:python3-rdflib python:pandas:python3-pandas \
	  Rscript:r-base-core R:jsonlite:r-cran-jsonlite
	@[ -n "$(MAWQIF_NEO4J_URI)" ] || docker version > /dev/null 2>&1 || scripts/tools java:default-jre-headless mvn:maven

.PHONY: test
test: tools ## Run the tests
	$(GO) test -timeout 20m ./...

.PHONY: race
race: tools ## Run the tests under the race detector; it needs a C compiler
	CGO_ENABLED=1 $(GO) test -timeout 30m -race ./...

.PHONY: neo4j
neo4j: tools ## Lend a Neo4j server to try things on, until it is interrupted
	$(GO) run ./internal/neo4jtest/serve

.PHONY: fuzz
fuzz: ## Fuzz every target with FUZZTIME inputs (20000x)
	@failed=; \
	for package in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
	    echo "$$package $$target"; \
	    $(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$package || failed+=" $$package $$target"; \
	  done; \
	done; \
	[ -z "$$failed" ] || { echo "failed:$$failed"; exit 1; }

.PHONY: lint
lint: $(GOLANGCI) ## Check style and common faults
	$(GOLANGCI) run ./...

$(GOLANGCI): # it takes some minutes to build, once
	GOBIN=$(CURDIR)/bin $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)
	mv bin/golangci-lint $@

.PHONY: generate
generate: ## Write the generated code anew
	$(GO) generate ./...
	$(GO) mod tidy

.PHONY: check-generated
check-generated: generate ## Fail if the generated code is not what is committed
	git diff --exit-code
	test -z "$$(git status --porcelain --untracked-files=all)"

.PHONY: golden
golden: ## Write the golden files and the README's output anew; look at the diff
	$(GO) test ./examples ./resolvers ./cmd/mawqif -run 'Golden|ExampleQueries|Readme' -update

web/node_modules: web/package-lock.json
	npm ci --prefix web --no-audit --no-fund
	touch $@

.PHONY: web
web: web/node_modules ## Build what the browser gets; it needs Node.js
	npm run --prefix web build

.PHONY: audit
audit: build web/node_modules ## Audit the API for GraphQL over HTTP; it needs Node.js
	cd web && node audit.mjs ../mawqif

.PHONY: bench
bench: ## Measure; see ARCHITECTURE.md for what the figures mean
	$(GO) test -run '^$$' -bench 'Extract$$' -cpu 1 -benchtime $(BENCHTIME) ./ingest
	$(GO) test -run '^$$' -bench 'Store$$' -benchtime $(BENCHTIME) ./ingest
	$(GO) test -run '^$$' -bench ColdStart -benchtime 20x ./cmd/mawqif
	$(GO) test -run '^$$' -bench . -benchtime $(BENCHTIME) ./graph/... ./resolvers/...

.PHONY: eval
eval: build ## Score extraction on coded articles: make eval EVAL=path
	@test -d "$(EVAL)/dev" || { echo "name the folder of the coded articles: make eval EVAL=path"; exit 2; }
	for lang in ar en; do \
	  ./mawqif eval "$(EVAL)/dev/$$lang-articles.jsonl" "$(EVAL)/dev/$$lang-gold.jsonl"; \
	done

.PHONY: unlabelled
unlabelled: build ## Prove output and graph the same in any order on any cores: make unlabelled EVAL=path
	@test -d "$(EVAL)/unlabelled" || { echo "name the folder that holds unlabelled/: make unlabelled EVAL=path"; exit 2; }
	scripts/same-graph ./mawqif "$(EVAL)"/unlabelled/*.jsonl

.PHONY: clean
clean: ## Remove what was built
	rm -rf mawqif bin web/node_modules
