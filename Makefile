# The two commands of the README: `make demo` and `make test`. They need Python >= 3.11 and make, nothing else.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
DEMO   ?= demo

.PHONY: demo test lint types tests install docs pictures workbooks bench figures mutants wheelhouse installed faults fuzz hostile validate letters lock clean

demo: $(VENV)/.runtime
	@echo "演示：生成样例工作簿，校验、刷新、提醒、评审资料包（约十秒）……"
	@$(BIN)/capa-xl demo $(DEMO)
	@echo "以后要直接写 capa-xl：先运行  source $(BIN)/activate"

test: lint types tests

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed
	$(BIN)/mypy

tests: $(VENV)/.installed
	$(BIN)/python -m pytest -n auto

install: $(VENV)/.installed

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# What the program runs on, and nothing else. Compiled once: where PYTHONDONTWRITEBYTECODE is set, every start would do it anew.
$(VENV)/.runtime: pyproject.toml requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "capa-xl needs Python 3.11 or newer")'
	@echo "安装：虚拟环境 $(VENV)，运行时需要的包 29 个，下载约 46 MB（第一次要下载，一两分钟）……"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --editable .
	@$(BIN)/python -m compileall -q capa_xl
	@touch $@

# The developers' tools beside it.
$(VENV)/.installed: $(VENV)/.runtime requirements-dev.txt
	@echo "installing the developers' tools (tests, linter, types) ..."
	@$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

docs: $(VENV)/.installed
	$(BIN)/python -m tests.made_docs

# Needs LibreOffice, poppler and chromium.
pictures: $(VENV)/.installed
	$(BIN)/python -m tests.made_pictures

# Resolves for other systems and Pythons than this one; only these two need it.
# The pip of an older Python refuses wheels of a newer one that it only has to collect.
$(BIN)/uv: $(VENV)/.runtime
	@echo "安装收集用的工具：pip、uv、hatchling（不装开发工具）……"
	@$(PIP) --upgrade pip uv "hatchling>=1.27"

# For machines without a network; the wheels of requirements.txt for Windows and Linux, installed from once, with no index.
HOUSE ?= dist/wheelhouse
wheelhouse: $(BIN)/uv
	@echo "收集 wheel：Python 3.11–3.13，Windows 和 Linux，约几分钟……"
	$(BIN)/python -m tests.wheelhouse $(HOUSE)

# The README's installation line by line, and `pip install .`, wheel and sdist, each in an empty environment (from PyPI or a mirror).
installed: $(VENV)/.installed
	$(BIN)/python -m tests.installed

# Kills, injected errors and colliding saves over every command that writes; Linux and a C compiler (docs/reliability.md).
faults: $(VENV)/.installed
	$(BIN)/python -m tests.faults --kills 1700 --errors 400
	$(BIN)/python -m tests.faults --saves 2000
	$(BIN)/python -m tests.faults.places
	$(BIN)/python -m tests.faults.office
	$(BIN)/python -m tests.faults.clock

# Files made to exhaust or fool whoever opens them, through every command, with CPU seconds and megabytes (Linux).
hostile: $(VENV)/.installed
	$(BIN)/python -m tests.hostile

# Workbooks with something wrong in them, for a minute; `make fuzz SECONDS=3600` for an hour. What broke is kept in fuzz_finds/.
SECONDS ?= 60
fuzz: $(VENV)/.installed
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS)

workbooks: $(VENV)/.installed
	$(BIN)/python -m tests.made_workbooks

bench: $(VENV)/.installed
	$(PIP) --require-hashes -r requirements-bench.txt
	$(BIN)/python -m bench

# Every figure between the marks of docs/ and CHANGELOG.md, measured on this commit; an hour of an idle machine. FIGURES="refresh splice" takes some.
FIGURES ?=
figures: $(VENV)/.installed
	$(PIP) --require-hashes -r requirements-bench.txt
	$(BIN)/python -m bench.figures $(FIGURES)

# One sign after another changed in a copy, and the share that the tests notice; not part of `make test`, for it takes long:
# `make mutants FOLDERS=capa_xl/policy/overdue.py` takes minutes, a whole floor hours: FOLDERS="--sample 400 capa_xl/policy".
FOLDERS ?= capa_xl/ooxml capa_xl/policy
mutants: $(VENV)/.installed
	$(PIP) --require-hashes -r requirements-mutants.txt
	$(BIN)/python -m tests.mutants $(FOLDERS)

# Microsoft's Open XML SDK over everything the program makes; the validator comes from npm.
VALIDATOR := tests/validator/node_modules/.package-lock.json

validate: $(VENV)/.installed
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(VALIDATOR) && $(BIN)/python -m tests.validated; \
	else echo "validate: skipped, npm is missing: nothing was held against the Open XML SDK"; fi

$(VALIDATOR): tests/validator/package.json
	cd tests/validator && npm install --no-package-lock --no-audit --no-fund --silent

# What Outlook, Gmail and Apple Mail draw of our letters; the lists of caniemail.com come from npm.
CLIENTS := tests/mail_clients/node_modules/.package-lock.json

letters: $(VENV)/.installed
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(CLIENTS) && $(BIN)/python -m tests.letters_in_clients; \
	else echo "letters: skipped, npm is missing: nothing was held against the lists of caniemail.com"; fi

$(CLIENTS): tests/mail_clients/package.json
	cd tests/mail_clients && npm install --no-package-lock --no-audit --no-fund --silent

# After a change of dependencies in pyproject.toml; what is locked already stays at its version.
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header
LOCK := $(COMPILE) pyproject.toml
lock: $(BIN)/uv
	$(LOCK) --output-file requirements.txt
	$(LOCK) --constraints requirements.txt --group dev --output-file requirements-dev.txt
	$(COMPILE) --constraints requirements-dev.txt --group mutants --output-file requirements-mutants.txt

clean:
	rm -rf $(VENV) $(DEMO) dist .pytest_cache .mypy_cache .ruff_cache
