# make run: environment, tables, notebooks, findings.  make report, make test, make test-more, make bench, make lab, make lock,
# make clean: see README.md.

SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c "$(SUPPORTED)" 2>/dev/null && echo $$p && break; done)
# Another Python than the first that is found has an environment of its own: make test PYTHON=python3.12
ENV := $(if $(filter command environment,$(firstword $(origin PYTHON))),.venv-$(shell "$(PYTHON)" -c \
  "import sys; print('%d.%d' % sys.version_info[:2])" 2>/dev/null),.venv)
VENV := $(ENV)/bin/python
LOCK := requirements.lock
ROOT_TOO := $(if $(filter 0,$(shell id -u)),--allow-root)
NBVAL := --nbval --nbval-current-env --nbval-cell-timeout=300 --nbval-sanitize-with=tests/nbval.cfg

JOURNEYS := $(addprefix tests/test_,scale.py own_folder.py guides.py new_pair.py client.py export.py)
ARCHIVE := notebooks/09_an_archive.ipynb

.PHONY: run report test test-more bench test-code test-notebooks test-browser test-journeys lab lock clean

run: $(ENV)/locked
	$(VENV) -m ruiran code data/raw --out data/derived --answers data/answers/reader_1.jsonl \
	  --corrections data/hand/corrections.csv
	$(VENV) -m ruiran.report.notebooks run 00 01 02 03 04 05 06 07 08
	@echo && $(VENV) -m ruiran.report.findings

report: $(ENV)/locked
	$(VENV) -m ruiran.report.page

# On two cores where there are two: what is shorter comes one after the other beside the tests of the code, and is heard
# once it is done.
test:
	@$(MAKE) --no-print-directory -k -j2 test-code test-notebooks

# Whole journeys, and what starts programs beside it: from a folder to its page, the guides, an archive on processes of
# which some are killed, JupyterLab in a browser.
test-more:
	@$(MAKE) --no-print-directory -k -j2 test-journeys test-browser

test-code: $(ENV)/locked
	$(VENV) -m pytest -p no:nbval tests $(foreach file,$(JOURNEYS) tests/test_browser.py,--ignore=$(file))

test-journeys: $(ENV)/locked
	$(VENV) -m pytest -p no:nbval -rs $(JOURNEYS)
	$(VENV) -m pytest $(NBVAL) $(ARCHIVE)

test-notebooks: $(ENV)/locked
	@said="$$($(VENV) -m pytest $(NBVAL) notebooks --ignore=$(ARCHIVE) 2>&1)"; code=$$?; \
	  printf '\nNotebooks:\n%s\n' "$$said"; exit $$code

test-browser: $(ENV)/locked
	@said="$$($(VENV) -m pytest -p no:nbval -rs tests/test_browser.py 2>&1)"; code=$$?; \
	  printf '\nIn a browser:\n%s\n' "$$said"; exit $$code

bench: $(ENV)/locked
	$(VENV) -m ruiran.scale.bench
	$(VENV) -m ruiran.report.notebooks run 09

lab: $(ENV)/locked
	$(VENV) -m jupyterlab $(ROOT_TOO) notebooks/00_what_the_articles_say.ipynb

# An empty stamp, older than the lock whenever the lock has changed. The .pth file makes the checkout importable:
# an editable install cannot be hashed. Its path is relative, so the folder can be moved or have any name.
$(ENV)/locked: $(LOCK)
	@"$(PYTHON)" -c "$(SUPPORTED)" 2>/dev/null || { echo "ruiran needs Python 3.11, 3.12 or 3.13, and found" \
	  "$$("$(or $(PYTHON),python3)" -V 2>&1). Install one, or name it: make PYTHON=/path/to/python3.12 ..." >&2; exit 1; }
	@if command -v uv >/dev/null; then $(call with-uv); else $(call with-pip); fi
	@for site in $(ENV)/lib/python3*/site-packages; do echo ../../../.. > "$$site/ruiran.pth"; done
	@touch $@

with-uv = echo "Setting up $(ENV) with uv: under a minute, only when $(LOCK) changes." && \
  rm -rf $(ENV) && uv venv --quiet --python "$(PYTHON)" $(ENV) && \
  uv pip sync --quiet --compile-bytecode --require-hashes --python $(VENV) $(LOCK)

# Asking pip for every package without its dependencies is safe, because the lock names them all.
with-pip = echo "Setting up $(ENV) with pip: about two minutes, only when $(LOCK) changes." && \
  "$(PYTHON)" -m venv --clear $(ENV) && \
  $(VENV) -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r $(LOCK)

lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --all-extras --generate-hashes --no-header \
	  --quiet --output-file $(LOCK) >/dev/null

clean:
	rm -rf .venv .venv-* build *.egg-info .pytest_cache .ruff_cache .hypothesis
	find ruiran tests notebooks \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +
