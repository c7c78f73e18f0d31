# make run     opens the window          make run ARCHIVE="path to an archive"
# make test    runs everything that must pass; .ci/run calls it
# make bench   prints the figures; PHOTOS="folder" measures on your own photographs
# Another interpreter for any of them: PYTHON=python3.12

PYTHON = python3
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
VENV := .venv$(if $(filter-out python3,$(PYTHON)),-$(VERSION))
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

export ARCHIVE PHOTOS
test bench kill: export QT_QPA_PLATFORM := offscreen

.PHONY: run install test bench kill keyboard review lock interpreter display libraries window-libraries
.NOTPARALLEL:
.DELETE_ON_ERROR:

run: display window-libraries $(VENV)/installed
	@$(BIN)/stocktake $${ARCHIVE:+"$$ARCHIVE"}

install: $(VENV)/installed

test: libraries $(VENV)/installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --python-version $(VERSION)
	$(BIN)/lint-imports
	@echo "All tests, and beside them those of core in a Python where Qt cannot be imported."
	@WITHOUT_QT=1 $(BIN)/pytest tests/core -m 'not heavy' -p no:pytest-qt -p no:cacheprovider -q >$(VENV)/without-qt.log 2>&1 & \
		without=$$!; $(BIN)/pytest --cov --cov-report=term-missing:skip-covered; all=$$?; \
		wait $$without; few=$$?; cat $(VENV)/without-qt.log; exit $$((all + few))

bench: libraries $(VENV)/installed-for-tests
	@set -e; for bench in $(sort $(wildcard tests/benchmarks/bench_*.py)); do \
		echo "== $$bench"; $(BIN)/python "$$bench"; done

kill: libraries $(VENV)/installed-for-tests
	$(BIN)/python tests/harness/kill_import.py
	$(BIN)/python tests/harness/kill_features.py

# The real window, by keys alone.  Needs Xvfb, openbox, xdotool and ImageMagick; PHOTOS and SHOTS name folders.
keyboard: window-libraries $(VENV)/installed-for-tests
	$(BIN)/python tests/harness/code_by_keyboard.py

# The review of duplicates, by keys alone; as above, and PAIRS says how many.
review: window-libraries $(VENV)/installed-for-tests
	$(BIN)/python tests/harness/review_by_keyboard.py

# Every version with its hashes, for every system and Python from 3.11 on.  Needs uv; nothing else here does.
lock:
	uv pip compile pyproject.toml --group build --upgrade --universal --generate-hashes --no-header \
		--python-version 3.11 --quiet --output-file requirements.txt
	uv pip compile pyproject.toml --group test --constraint requirements.txt --universal --generate-hashes \
		--no-header --python-version 3.11 --quiet --output-file requirements-test.txt

# --- what they stand on ---

interpreter:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Stocktake needs Python 3.11 or newer, and '$(PYTHON)' is not: name one with PYTHON=python3.12" >&2; exit 2; }

display:
	@if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "There is no display for the window here (DISPLAY and WAYLAND_DISPLAY are empty);" \
			"'make install' sets up stocktake-cli, which needs none." >&2; exit 2; fi

libraries: interpreter
	@$(PYTHON) .ci/libraries.py

window-libraries: interpreter
	@$(PYTHON) .ci/libraries.py --window

$(BIN)/python: | interpreter
	$(PYTHON) -m venv --clear $(VENV)

$(VENV)/installed: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing Stocktake into $(VENV); this takes a minute the first time."
	$(PIP) install --require-hashes --only-binary :all: -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-for-tests: requirements-test.txt $(VENV)/installed
	$(PIP) install --require-hashes --only-binary :all: -r requirements-test.txt
	@touch $@
