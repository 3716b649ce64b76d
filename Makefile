# Everything a newcomer or CI needs. `make help` lists it.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard kiosk/words/catalogues/*.po))

.DEFAULT_GOAL := help
.PHONY: help venv run fleet-demo test pythons wheel check format bench chaos soak mutations languages messages pictures lock package installation

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "The kiosk needs Python 3.11 or later; set PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@# Built here, so where it can't be built the rest works without it.
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt evdev 2>/dev/null \
		|| echo "evdev is left out: building it needs gcc, linux-libc-dev and python3-dev"
	@touch $@

# Built with the environment as well; anew whenever a translator has changed one.
%.mo: %.po | $(STAMP)
	@$(BIN)/pybabel --quiet compile --input-file=$< --output-file=$@

venv: $(STAMP) $(CATALOGUES) ## build .venv (or VENV=...) and nothing else

run: $(STAMP) $(CATALOGUES) ## open the kiosk (demo, with a simulated locker bank, unless the settings say otherwise)
	@$(BIN)/kiosk

fleet-demo: $(STAMP) ## two desks at the same banks and the console over both, on a PostgreSQL of its own
	@$(BIN)/python -m tests.fleet.demo

check: $(STAMP) $(CATALOGUES) ## format, lint, types, imports
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# The programs that tests start find the kiosk compiled.
test: export PYTHONDONTWRITEBYTECODE :=
test: check ## every check and every test
	$(BIN)/pytest

pythons: $(STAMP) ## the shorter part of the tests on every other Python of this machine
	$(BIN)/python -m tests.pythons

wheel: $(STAMP) ## build the wheel and take a parcel in with it, outside this checkout
	$(BIN)/python -m tests.wheel

lock: $(STAMP) ## make requirements.lock anew from constraints.txt; needs uv
	uv pip compile --quiet --generate-hashes --no-annotate --no-header --python-platform linux --python-version 3.11 \
		--extra fleet --extra mail --extra printer --constraints constraints.txt --output-file requirements.lock pyproject.toml

package: $(STAMP) ## build dist/parcel-kiosk-VERSION.tar.gz, which an administrator installs
	$(BIN)/python -m tests.package

installation: $(STAMP) ## install that on a bare Debian with systemd, and update, go back and remove it; needs root
	$(BIN)/python -m tests.installation

format: $(STAMP) ## mend format and what the linter can mend
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/ruff format --quiet .

bench: $(STAMP) ## print the figures of docs/figures.md
	$(BIN)/python -m tests.bench

chaos: $(STAMP) ## kill kiosks under every fault, 2,000 parcels, with notices 2,000 more, and compare; damage a journal 2,000 times
	$(BIN)/python -m tests.chaos
	$(BIN)/python -m tests.chaos --scenario notices
	$(BIN)/python -m tests.chaos --scenario damage
	$(BIN)/python -m tests.chaos --scenario fleet

soak: $(STAMP) ## the long runs: 3,000 parcels and rounds of every screen, 100,000 scans on slow lines, a flood, a fuzz, 300,000 acts, 300 endings, a shift in lines
	$(BIN)/python -m tests.soak

mutations: $(STAMP) ## break the product in one place after the other, and want a test to fail for each
	$(BIN)/python -m tests.mutations

languages: $(STAMP) $(CATALOGUES) ## draw every screen in every language, at both sizes and in every theme, and measure what does not fit
	$(BIN)/pytest --languages all -k "looks or first_answer" tests/screens

messages: $(STAMP) ## bring the catalogues of all languages up to the texts of the source
	$(BIN)/python -m tests.messages

pictures: $(STAMP) ## draw the pictures of the documents anew
	$(BIN)/python -m tests.pictures
