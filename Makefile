# Two words are enough: `make run` and `make test`. Everything lands in .venv and instance/.
PYTHON ?= python3
BIN := .venv/bin
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)

.PHONY: help run test setup check lock train translations clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## Prepare everything and start the server on 127.0.0.1:8000 (PORT changes it)
	@$(BIN)/feedback serve --with-demo

test: .venv/dev setup check ## Run the whole suite, on SQLite and PostgreSQL, with linters
	$(BIN)/python -m pytest

setup: .venv/runtime ## Prepare without starting

check: .venv/dev ## Linters and types alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lock: ## Resolve the dependencies anew (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" \
		--extra build --extra embeddings --extra language --extra postgres setup.cfg -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" \
		--all-extras setup.cfg -o requirements-dev.lock

train: .venv/dev setup ## Teach the model anew from the examples (some minutes)
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench.train && OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench.train_flags

translations: .venv/dev ## Collect the texts anew and bring every language up to date
	$(BIN)/pybabel -q extract -F translations/babel.cfg -k _l -k lazy_gettext -c "Translators:" --add-location=never --no-wrap \
		--sort-output --project=trygghetsloftet -o translations/messages.pot .
	@for po in $(CATALOGUES); do \
		$(BIN)/pybabel -q update -i translations/messages.pot -o $$po -l $$(basename $$(dirname $$(dirname $$po))) \
			--no-wrap --ignore-obsolete --no-fuzzy-matching; done

clean: ## Forget the environment (the data in instance/ stays)
	rm -rf .venv build dist *.egg-info

.venv/runtime: requirements.lock setup.cfg pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -e .venv/dev || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

.venv/dev: requirements-dev.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
