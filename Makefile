# CourtSync: `make run` and `make test` work in a fresh clone; `make help` lists the rest.

PORT ?= 8000
DATA ?= data
DEMO ?= 1

VENV := .venv
BIN := $(VENV)/bin
# A changed list of dependencies is installed again; an unchanged one costs nothing.
DEPENDENCIES := $(shell cksum pyproject.toml tools/make-venv | cksum | cut -d' ' -f1)
NODE_DEPENDENCIES := $(shell cksum package-lock.json | cut -d' ' -f1)
FOR_RUNNING := $(VENV)/installed-$(DEPENDENCIES)
FOR_TESTING := $(VENV)/installed-$(DEPENDENCIES)-test
BENCH_MODULES := tests/bench/fanout/node_modules/installed
NODE_MODULES := node_modules/installed-$(NODE_DEPENDENCIES)

export COURTSYNC_DATA_DIR = $(DATA)

.PHONY: help chaos-cluster run demo test check python-tests js-tests browser-tests bench system-packages kill-push clean chaos kill9 bench-live bench-soak

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(FOR_RUNNING) ## serve with a living demo at http://127.0.0.1:8000 (PORT=9000 DATA=dir DEMO=0)
	@$(BIN)/courtsync serve --port $(PORT) $(if $(filter 1,$(DEMO)),--demo)

demo: $(FOR_RUNNING) ## load the demo tournament anew, forgetting its scores
	@$(BIN)/courtsync demo

test: check python-tests js-tests browser-tests ## everything: checks, Python, JavaScript, browser

check: $(FOR_TESTING) $(NODE_MODULES) ## style and types of Python and JavaScript
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	npm run --silent check

python-tests: $(FOR_TESTING) system-packages
	$(BIN)/pytest --ignore tests/browser --numprocesses auto --maxprocesses 4 --dist loadfile \
		--no-loadscope-reorder

js-tests: $(NODE_MODULES)
	npm test --silent

# Each file of tests has a hall, each of the two processes a browser: most of the time they wait.
browser-tests: $(FOR_TESTING) system-packages
	$(BIN)/pytest tests/browser --numprocesses 2 --dist loadfile

bench: $(FOR_TESTING) system-packages ## measure import, pages, live updates and page weight
	$(BIN)/python -m tests.bench

bench-live: $(FOR_TESTING) $(BENCH_MODULES) ## one update to thousands, beside nchan, ws and Socket.IO; writes; stalled readers
	@tests/bench/fanout/system-packages
	timeout 3600 $(BIN)/python -m tests.bench.fanout
	timeout 600 $(BIN)/python -m tests.bench writes

bench-soak: $(FOR_TESTING) ## ten thousand readers for ten minutes at a tournament's pace
	timeout 900 $(BIN)/python -m tests.bench.fanout.soak

chaos-cluster: $(FOR_TESTING) system-packages ## two machines under load while every part of them dies again and again
	$(BIN)/python -m tests.cluster

kill-push: $(FOR_TESTING) ## kill the server a hundred times while it pushes; count what comes twice
	KILLS=100 $(BIN)/pytest tests/push/test_kills.py -s --timeout 1800

chaos: $(FOR_TESTING) ## 300 stories of phones and a server under every fault (RUNS=300 SEED=1)
	$(BIN)/python -m tests.chaos --seed $(or $(SEED),1) --runs $(or $(RUNS),300) --parallel 2

kill9: $(FOR_TESTING) ## 200 times kill -9 under load: what was acknowledged must be there
	$(BIN)/python -m tests.chaos.kill9 200 --parallel 2

system-packages:
	@tools/system-packages

clean: ## remove what make made, but no data
	rm -rf $(VENV) node_modules dist build *.egg-info

$(FOR_RUNNING):
	@tools/make-venv $(VENV) .
	@touch $@

$(FOR_TESTING):
	@tools/make-venv $(VENV) ".[test]"
	@touch $(FOR_RUNNING) $@

$(BENCH_MODULES): tests/bench/fanout/package.json tests/bench/fanout/package-lock.json
	npm ci --prefix tests/bench/fanout --no-fund --no-audit
	@touch $@

$(NODE_MODULES): package.json package-lock.json .npmrc
	@command -v npm >/dev/null || { echo "Node 20 or newer with npm is needed for the tests." >&2; exit 1; }
	npm ci --no-fund --no-audit
	@touch $@
