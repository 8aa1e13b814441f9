# make run   everything needed to see Kayoi on this machine     make test   everything needed to pass the tests
# Debian, Ubuntu or macOS with Python 3.11 or newer. `make help` lists the rest.

VENV := .venv
PYTHON := $(VENV)/bin/python
WAREHOUSE ?= warehouse
PORT ?= 8501
JOBS ?= 2
PIP_INSTALL := $(PYTHON) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help run demo test crash lint format clean

help: ## list what make can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile
	@echo 'PORT=8501 and WAREHOUSE=warehouse may be given: make run PORT=8600 WAREHOUSE=/data/kayoi'

run: $(VENV)/run.stamp ## start Kayoi on http://127.0.0.1:8501/ (with fictitious data, or with the WAREHOUSE you name)
	@$(if $(filter file,$(origin WAREHOUSE)),.ci/demo-if-none "$(WAREHOUSE)" $(PYTHON),true) # a warehouse that is named is one's own
	@.ci/boundaries-once "$(WAREHOUSE)" $(PYTHON)
	@KAYOI_WAREHOUSE="$(WAREHOUSE)" exec $(PYTHON) -m kayoi.ui.server --port "$(PORT)"

demo: $(VENV)/run.stamp ## make the fictitious demonstration data
	$(PYTHON) -m kayoi demo --warehouse "$(WAREHOUSE)"

test: $(VENV)/dev.stamp ## run all tests (ARGS="tests/unit -k code" for some)
	@KAYOI_CHROMIUM="$$(.ci/browser $(PYTHON))" || exit 1; export KAYOI_CHROMIUM; \
	exec $(PYTHON) -m pytest -n "$(JOBS)" --dist loadgroup $(ARGS)

crash: $(VENV)/dev.stamp ## kill load, withdraw and build 500 times and at every touch of the disk (an hour or more)
	KAYOI_KILLS=500 KAYOI_EVERY=1 KAYOI_FLIPS=1000 KAYOI_PUBLISHES=1000 KAYOI_READERS=20 \
	exec $(PYTHON) -m pytest -n "$(JOBS)" tests/crash tests/unit/test_corruption.py $(ARGS)

lint: $(VENV)/dev.stamp ## check style, types and SQL
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/sqlfluff lint queries --processes 2 --disable-progress-bar
	$(VENV)/bin/mypy

format: $(VENV)/dev.stamp ## put Python and SQL into the house's form
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/sqlfluff fix queries --disable-progress-bar

clean: ## remove what can be made again (never the data)
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps are newer than the lists they were installed from, so an unchanged list costs nothing.
$(VENV)/run.stamp: requirements.txt constraints.txt
	@.ci/virtual-environment $(VENV)
	@echo 'Installing what Kayoi needs …'
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	@echo 'Installing what the tests need …'
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@
