# A fresh machine needs Go and make; whatever else is needed is fetched by the
# target that needs it: Go modules, and by .ci/tools a browser and what tests
# pages in it.

GO       ?= go
FUZZTIME ?= 10s
KINDS    ?=

# «required» fails where a browser test can't run; «skip» leaves them out.
FURSA_BROWSER ?= required

LINT_VERSION = v2.15.0
LINT         = .tools/golangci-lint-$(LINT_VERSION)

export CGO_ENABLED = 0

.DEFAULT_GOAL := help
.PHONY: help serve hub build test lint fuzz bench bench-search bench-federation screenshots lighthouse golden dist

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' $(MAKEFILE_LIST)

serve: build ## show the sample catalogue at http://127.0.0.1:8080
	./fursa serve

hub: ## show three cities and a hub that pulls them, at http://127.0.0.1:8080
	$(GO) run ./examples/federation

build: ## build ./fursa
	$(GO) build -o fursa ./cmd/fursa

test: ## run everything that must pass: format, vet, lint, tests, in a browser too
	@[ "$(FURSA_BROWSER)" = skip ] || .ci/tools test
	@unformatted=$$("$$($(GO) env GOROOT)/bin/gofmt" -l .); \
	if [ -n "$$unformatted" ]; then echo "not formatted; run gofmt -w:" $$unformatted; exit 1; fi
	$(GO) vet ./...
	$(GO) vet -C bench ./...
	@$(MAKE) --no-print-directory lint
	FURSA_BROWSER=$(FURSA_BROWSER) $(GO) test -timeout 20m ./...
	$(GO) test -C bench ./...
	@echo "make test: all passed"

lint: $(LINT) ## look for mistakes that the compiler does not see
	$(LINT) run

$(LINT):
	@echo "installing golangci-lint $(LINT_VERSION) as a Go module into .tools/, once; this takes some minutes"
	@GOBIN=$(CURDIR)/.tools $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	@mv .tools/golangci-lint $@

fuzz: ## fuzz each target for FUZZTIME: 10s, or a count such as 1000x
	@for package in $$($(GO) list ./...); do \
		for name in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz'); do \
			echo "$$package $$name"; \
			$(GO) test $$package -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x || exit 1; \
		done; \
	done

bench: ## measure builds beside their floor and beside Hugo
	$(GO) run -C bench .

bench-search: ## measure search beside Pagefind, MiniSearch and FlexSearch
	@.ci/tools bench-search
	$(GO) run -C bench ./search

bench-federation: ## measure pulls of a thousand peers beside a plain HTTP client
	$(GO) run -C bench ./federation

screenshots: ## take pictures of every kind of page, or of KINDS="home listing", into screenshots/
	@.ci/tools screenshots
	$(GO) run ./cmd/browser screenshots $(KINDS)

lighthouse: ## ask Lighthouse what it thinks of home, a list and a listing, or of KINDS
	@.ci/tools lighthouse
	$(GO) run ./cmd/browser lighthouse $(KINDS)

golden: ## write the golden files anew: read the difference before you keep it
	$(GO) test $$(grep -rl 'flag.Bool("update"' --include='*_test.go' . | xargs -n 1 dirname | sort -u) -update

PLATFORMS = linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64

# Where the files of a release will be, if they are one's: so that fursa init
# can pin them.
RELEASE ?=

dist: ## build ./dist, the binaries of a release and their checksums
	@rm -rf dist && mkdir dist
	@for platform in $(PLATFORMS); do \
		system=$${platform%/*}; processor=$${platform#*/}; \
		name=fursa-$$(echo $$system | sed s/darwin/macos/)-$$processor; \
		[ $$system != windows ] || name=$$name.exe; \
		echo "dist/$$name"; \
		GOOS=$$system GOARCH=$$processor $(GO) build -trimpath -ldflags "-s -X main.release=$(RELEASE)" -o dist/$$name ./cmd/fursa || exit 1; \
	done
	@cd dist && sha256sum fursa-* > SHA256SUMS
