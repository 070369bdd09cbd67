# Everything runs from a clone with Python 3.11+, make and a package registry. `make run` and `make test` set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
HASHED := --no-deps --require-hashes -r
ifneq ($(shell command -v uv 2>/dev/null),)
MAKE_VENV = test -d $(VENV) || uv venv -q --python $(PYTHON) $(VENV)
INSTALL = uv pip install -q --python $(BIN)/python
else
MAKE_VENV = test -d $(VENV) || $(PYTHON) -m venv $(VENV)
INSTALL = $(BIN)/python -m pip install --disable-pip-version-check
endif
# what an installer says goes to a log; what is shown is that it goes on, and the end of the log where it fails
LOG = $(VENV)/install.log
shown = { $(1) 2>&1 || echo FAILED; } | tee -a $(LOG) | awk '/^Collecting/ && ++n % 25 == 0 { print "  " n " packages"; fflush() } \
	/^Installing/ && n { print "  " n " packages: putting them in place"; fflush() } /^FAILED$$/ { exit 1 }' || { tail -n 20 $(LOG) >&2; exit 1; }

.PHONY: setup run serve test lint bench mutants evaluate train docs messages site ocr extra lock clean

setup: $(STAMP)

# the ocr extra comes along where Debian's tesseract-ocr is there to use it
$(STAMP): requirements.lock requirements-ocr.lock pyproject.toml
	@echo "Setting up $(VENV) with the versions of requirements.lock: some minutes the first time"
	@$(MAKE_VENV)
	@$(call shown,$(INSTALL) $(HASHED) requirements.lock)
	@$(call shown,$(INSTALL) --no-deps --no-build-isolation -e .)
	@if command -v tesseract >/dev/null 2>&1; then $(call shown,$(INSTALL) $(HASHED) requirements-ocr.lock); fi
	@touch $(STAMP)

run: setup
	@$(BIN)/python -m flows.refresh

# the Prefect server and the schedules of prefect.yaml, until interrupted
serve: setup
	@$(BIN)/python -m flows.deploy

test: setup
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

# the catalogues of messages anew from code and templates: what is new in them is then translated in the .po files, and this run again
messages: setup
	@$(BIN)/pybabel -q extract -F pyproject.toml -k gettext_noop -k ngettext_noop:1,2 --add-location file --sort-by-file \
		--omit-header -o $(VENV)/messages.pot pipeline
	@for code in es fr; do $(BIN)/pybabel -q update -D gcmrefs -d pipeline/translation -l $$code -i $(VENV)/messages.pot \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 120; done
	@$(BIN)/pybabel -q compile -D gcmrefs -d pipeline/translation

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: setup
	@$(BIN)/python -m benchmarks

# how many small faults, put into the code one at a time, the tests notice (a sample, nine minutes)
mutants: setup
	@$(BIN)/python -m benchmarks.mutants

# docs/accuracy.md anew: GCMREFS_CORPUS and GCMREFS_GOLD name the real documents and the true rows
evaluate: setup
	@test -n "$(GCMREFS_GOLD)" || { echo "set GCMREFS_CORPUS and GCMREFS_GOLD to the folders of documents and of true rows" >&2; exit 2; }
	@$(BIN)/gcmrefs evaluate --corpus "$(GCMREFS_CORPUS)" --gold "$(GCMREFS_GOLD)" --gold "$(GCMREFS_CORPUS)" -o docs/accuracy.md

# lexicons/topics/objective_model.json anew; GCMREFS_GOLD may name several folders, with ":" between them
train: setup
	@$(BIN)/python -m benchmarks.training

# docs/reference/ anew, from the code
docs: setup
	@$(BIN)/python docs/generate.py

# docs/ as a site in build/site, which opens from its folder, without a server or network
site: setup
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build -q --strict
	@echo "Documentation: build/site/index.html"

ocr: setup
	@$(INSTALL) $(HASHED) requirements-ocr.lock

# one more extra: make extra EXTRA=postgres
extra: setup
	@$(INSTALL) -e '.[$(EXTRA)]'

LOCK = uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml
lock:
	$(LOCK) --group dev --extra charts --extra parquet --extra fetch --extra schedule --extra review --extra notebooks --extra exchange -o requirements.lock
	$(LOCK) --extra ocr -c requirements.lock -o requirements-ocr.lock

# leaves outputs/ alone: the store in it holds the analysts' decisions
clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
