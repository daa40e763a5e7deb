.PHONY: help run test days short check prove bench pictures assets deps generate bin clean
TOOL = go tool -modfile=tools/go.mod
BUNDLE = internal/web/asset/dist/manifest.json
# What the tests write lies in memory where there is room for it: most of their time is waiting for the disk.
MEMORY = $(shell test -w /dev/shm && test $$(df -Pm /dev/shm | awk 'NR==2 {print $$4}') -gt 4000 && echo TMPDIR=/dev/shm GOTMPDIR=/tmp)
VERSION ?= $(shell git describe --tags --always 2>/dev/null || echo dev)
export GOTOOLCHAIN = local

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12
run: bin ## a filled product to sign in to, at http://localhost:8080/
	@mkdir -p var
	./bin/sluss --db var/demo.db demo
test: deps bin ## every test: both databases and a real browser
	$(MEMORY) go test -p 3 -timeout 40m ./tests/walk ./tests/journeys ./... # the two longest first; a third beside them, since they wait much
days: deps bin ## the journeys as on each of the coming days
	for d in 24 48 72 96 120 144; do x="-X sluss/internal/clock.ahead=$${d}h"; go build -o bin/ahead -ldflags "$$x" ./cmd/sluss && \
	SLUSS_BIN=$(CURDIR)/bin/ahead go test -timeout 40m -ldflags "$$x" $$(go list ./tests/journeys/... | grep -v agency) || exit 1; done # agencies' providers have clocks of their own
short: ## the quick tests: SQLite only, no browser
	go test -short ./...
check: generate bin ## format, vet, staticcheck, generated files, modules
	git diff --exit-code -- '*_templ.go'
	test -z "$$(gofmt -l cmd internal tests)"
	go vet ./...
	$(TOOL) staticcheck ./...
	go mod tidy -diff
	@test "$$(go list -m modernc.org/libc)" = "modernc.org/libc v1.77.1" || { echo "modernc.org/libc must stay at the version its SQLite was made for"; exit 1; }
prove: deps bin ## the long proofs; run before a capability is called finished
	SLUSS_PROVE=1 go test -timeout 120m ./...
bench: bin ## the figures of docs/figures.md
	go run ./internal/tools/bench
	go test ./internal/access -run - -bench .
pictures: bin ## the pictures in docs/pictures, taken of the demo
	SLUSS_BIN=$(CURDIR)/bin/sluss go run ./internal/tools/pictures
bin: $(BUNDLE) ## the program, in bin/
	CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=$(VERSION)" -o bin/sluss ./cmd/sluss
assets: $(BUNDLE) ## the browser bundle: style sheets, fonts, icons
$(BUNDLE): node_modules/.package-lock.json $(wildcard internal/web/ui/style/* internal/web/ui/script/*) $(wildcard internal/tools/assets/*) internal/web/asset/icons.go
	go run ./internal/tools/assets
node_modules/.package-lock.json: package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
generate: ## the Go code of the pages, from their templates
	$(TOOL) templ generate -log-level error
deps: ## the Debian packages that the tests need
	@./internal/tools/deps.sh
clean: ## what make made
	rm -rf bin var node_modules
