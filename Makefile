# Every target first sets up what it needs; see scripts/setup.sh.
SHELL := /bin/bash
PYTHON ?=
export PYTHON
BIN := .venv/bin
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup packages verify test test-long test-quick test-clickhouse test-deploy test-deploy-live lint dashboards bench fuzz docs-images bare catalogue nightly clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-17s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install the environment, the browser, the servers and the application's builds
	@scripts/setup.sh

packages:
	@scripts/setup.sh --packages-only

verify: setup ## run the suite on the embedded target; writes reports/
	@$(BIN)/maskproof verify $(ARGS)

catalogue: setup ## run the suite on every form fixture, those of the full catalogue too; reads Umami's own pages
	@$(BIN)/maskproof verify --all --umami-pages $(ARGS)

test: setup ## run the tests of Maskproof itself
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not nightly" $(ARGS)

test-long: setup ## run the tests that are left to the night: marked nightly
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m nightly $(ARGS)

test-quick: packages ## run only the unit tests, in under a minute
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal tests/unit $(ARGS)

lint: packages ## ruff, mypy, and the layers of the architecture
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports --no-cache

test-clickhouse: packages ## the panels of ClickHouse, in chdb, which it installs in a folder of its own
	@scripts/clickhouse.sh $(ARGS)

test-deploy: ## everything about deploy/ that can be shown without an account, in an environment of its own
	@scripts/deploy.sh test $(ARGS)

test-deploy-live: ## behaviour of a deployment, in an account; never in CI. PROFILE names it
	@scripts/deploy.sh live $(ARGS)

dashboards: packages ## build Grafana's dashboards and their page of the documentation
	@$(BIN)/python -m dashboards.build

bench: setup ## run the benchmarks
	@$(BIN)/python -m benchmarks.run $(ARGS)

fuzz: packages ## decoders and encoders with much more generated input than in the tests
	@HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest -n $(WORKERS) tests/unit -k "property or fuzz" $(ARGS)

docs-images: setup ## renew the pictures of the docs from the last run's report
	@$(BIN)/python scripts/docs_images.py $(ARGS)

bare: ## both commands on bare Debian roots, as root and as a user; needs root and debootstrap (else status 3)
	@python3 scripts/bare.py $(ARGS)

nightly: test-long catalogue test-clickhouse bench fuzz bare ## everything that takes longer than the tests

clean: ## remove what the tools left in the checkout; keep the environment and the cache
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis dist
	@find src tests fixtures scripts -name __pycache__ -type d -prune -exec rm -rf {} +
