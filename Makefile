# make run    the whole product with its demonstration, on http://127.0.0.1:8000/ (PORT, HOST, CIVREG_HOME)
# make test   every check and every test
# make lint   the checks alone        make format  put the code in its standard form
# make bench  the measurements        make pictures  the pictures of README and guides
# make help   this list

PYTHON ?= python3
BIN := .venv/bin
TEST_PROCESSES ?= 2
# uv where it is at hand, because it is quick; pip where it is not, or where uv cannot reach its index.
INSTALL = { command -v uv >/dev/null && uv pip install --quiet --python $(BIN)/python -r $(1) 2>/dev/null; } \
	|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input -r $(1)
# A data folder of its own for a check, gone afterwards.
THROW_AWAY = CIVREG_HOME=$$(mktemp -d) && export CIVREG_HOME && trap 'rm -rf "$$CIVREG_HOME"' EXIT && trap 'exit 130' INT TERM

.PHONY: run test lint format bench pictures help
.DEFAULT_GOAL := help

help:
	@sed -n 's/^# make/make/p' Makefile

run: .venv/.installed
	@exec $(BIN)/python manage.py start

test: lint
	@exec $(BIN)/python -m pytest -n $(TEST_PROCESSES)

lint: .venv/.installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint templates --lint --quiet
	@$(THROW_AWAY) && $(BIN)/mypy . && $(BIN)/python manage.py makemigrations --check --dry-run

format: .venv/.installed-dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: .venv/.installed-dev
	@exec $(BIN)/python -m bench

pictures: .venv/.installed-dev
	@exec $(BIN)/python -m walks.pictures

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo 'Cần Python 3.11 trở lên: make PYTHON=python3.11 / Python 3.11 or newer is needed: make PYTHON=python3.11' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo 'Thiếu gói python3-venv: apt-get install python3-venv / python3-venv is missing: apt-get install python3-venv' >&2; exit 1; }
	@$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/.installed: requirements.txt .venv/.made
	@echo 'Đang cài các thành phần (một lần)… / Installing the parts (once)…'
	@$(call INSTALL,requirements.txt)
	@touch $@

.venv/.installed-dev: requirements-dev.txt requirements.txt .venv/.made
	@$(call INSTALL,requirements-dev.txt)
	@touch $@ .venv/.installed
