# `make serve` and `make test` need Python 3.11 or newer, pip, git and make; they set up the rest in .venv.

.PHONY: serve test lint clean
.DELETE_ON_ERROR:

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
WORKERS ?= 2
PORT ?= 8000
export PIP_BUILD_CONSTRAINT := constraints.txt

serve: .venv/serve
	@mkdir -p var
	$(BIN)/kb serve --port $(PORT)

test: .venv/test lint
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadscope

lint: .venv/test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict kb
	$(BIN)/lint-imports

# The environment is made anew when what it is made from changes; the stamps say that it was finished.
# Where Python comes without its own copy of pip (as Debian splits it), the pip outside installs one.
.venv/serve: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "kb needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "setting up .venv ($$($(PYTHON) --version)); this takes a minute the first time"
	@$(PYTHON) -m venv --clear .venv >/dev/null 2>&1 || { $(PYTHON) -m venv --clear --without-pip .venv && \
		$(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }
	$(PIP) --editable '.[reports,parquet]'
	@touch $@

.venv/test: .venv/serve
	$(PIP) --editable '.[reports,parquet,test,benchmark]'
	@touch $@

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
