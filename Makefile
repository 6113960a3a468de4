# Everything runs in .venv, which is made from the locked requirements and made anew when they change.
#
#   make demo    facts of one article to a checked graph in Turtle
#   make test    all tests            make lint    formatting, types, layers
#   make ci      what CI runs         make bench   measurements
#   make faults  pushes by a faulty way to a server   make damage  every file of a project damaged in four ways
#   make crash   kills, losses of power, full disks, signals
#   make lock    renew requirements   make clean   remove what was made

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
UV ?= uv
LOCKED := requirements/dev.txt
PYTEST_ARGS ?= -q -n auto

.DELETE_ON_ERROR:
.PHONY: demo test faults damage crash lint format docs ci bench lock clean setup

demo: $(VENV)/.ready
	$(BIN)/python examples/demo.py

test: $(VENV)/.ready
	$(BIN)/python -m pytest $(PYTEST_ARGS)

# 500 faults between a push and its server, in each of five ways
faults: $(VENV)/.ready
	KG_FAULTS=500 $(BIN)/python -m pytest -q -s tests/push/test_faults.py

# every file of a project damaged in each of four ways
damage: $(VENV)/.ready
	KG_DAMAGE=all $(BIN)/python -m pytest -q tests/project/test_damage.py

# 2,000 kills in twelve ways, 500 losses of power, and all that is in the way of a command
crash: $(VENV)/.ready
	KG_ALONE=1 KG_CRASH=2000 $(BIN)/python -m pytest -q -s -n0 tests/crash

lint: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/.ready
	$(BIN)/python docs/renew.py

ci:
	bash .ci/run

bench: $(VENV)/.ready
	for script in bench/*.py; do $(BIN)/python "$$script"; done

setup: $(VENV)/.ready

# Rebuilt from nothing when the lock changes, so that no package lingers.
$(VENV)/.locked: $(LOCKED)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "kg needs Python 3.11 or newer, but '$(PYTHON)' is $$($(PYTHON) --version 2>&1 || echo missing)." \
	         "Say which to use: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "'$(PYTHON)' can't make virtual environments: install its venv package (Debian: python3-venv)." >&2; exit 1; }
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --require-hashes -r $(LOCKED)
	touch $@

# Installed as an editable: its entry point changes only with pyproject.toml.
$(VENV)/.ready: $(VENV)/.locked pyproject.toml
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	touch $@

lock:
	$(UV) pip compile $(UV_COMPILE) -o requirements/run.txt pyproject.toml
	$(UV) pip compile $(UV_COMPILE) --extra dev -c requirements/run.txt -o requirements/dev.txt pyproject.toml

UV_COMPILE := --quiet --generate-hashes --universal --python-version 3.11 \
    --no-emit-index-url --no-emit-find-links --no-header --no-annotate --upgrade

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist stargate.ttl
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
