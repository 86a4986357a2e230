# Two commands do everything on a fresh machine: `make run` and `make test`.
# They need nothing but make and Python 3.11 or newer; the rest is fetched into .venv.

PYTHON ?= $(shell for p in python3 python python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test test-server windows-check check lint types bench handbook frozen wheel package lock set-up clean

run: set-up
	@sh scripts/run.sh $(BIN)/hydesk $(BIN)/python

test: set-up
	@$(BIN)/python scripts/system_libraries.py
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto --dist worksteal

# The ledger's tests on a PostgreSQL server: one of their own where the machine has its programs, or HYDESK_TEST_SERVER.
test-server: set-up
	$(BIN)/python -m pytest -n auto --dist worksteal --store postgresql tests/db tests/services tests/cli/test_server.py tests/test_stores.py

# The program as Windows runs it, under Wine (docs/windows.md): TESTS="tests/excel ..." runs others than the usual parts,
# SETUP=--setup then freezes, packs, installs, upgrades and removes it.
windows-check: set-up
	bash installer/windows/check.sh $(SETUP) $(TESTS)

lint: set-up
	$(BIN)/ruff check .

types: set-up
	$(BIN)/mypy hydesk

check: lint types test

frozen: set-up
	@$(BIN)/python scripts/system_libraries.py
	$(BIN)/python installer/build.py --no-setup

# What pip, pipx and uv install, tried in an environment of its own.
wheel: set-up
	@$(BIN)/python scripts/system_libraries.py
	$(BIN)/python installer/try_wheel.py

package: set-up
	$(BIN)/python installer/build.py

bench: set-up
	$(BIN)/python benchmarks/run.py --json build/benchmarks.json

handbook: set-up
	@$(BIN)/python scripts/system_libraries.py
	$(BIN)/python scripts/make_handbook.py --pdf build/handbook.pdf

# The versions and files everything is made with, for every system; `make lock UPGRADE=--upgrade` takes the newest. Needs uv.
lock:
	uv pip compile pyproject.toml --all-extras --universal --generate-hashes --python-version 3.11 --no-header --no-annotate \
		--quiet $(UPGRADE) --output-file requirements.lock

set-up: $(READY)

$(READY): pyproject.toml requirements.lock scripts/set_up.py
	@if [ -z "$(PYTHON)" ]; then \
		echo "没有找到 Python 3.11 或更新的版本。请先安装（Debian/Ubuntu：sudo apt-get install python3 python3-venv），再运行一次。" >&2; exit 1; fi
	@$(PYTHON) scripts/set_up.py $(VENV)
	@touch $(READY)

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
