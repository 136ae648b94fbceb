# Lệnh của bộ công cụ diễn tập. Commands of the rehearsal kit. `make help` lists them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Whatever the surroundings say: what is compiled is kept, or each of the tests' many processes would compile it again.
export PYTHONDONTWRITEBYTECODE :=
.PHONY: help rehearsal test lint bench lock clean distclean chromium

# make rehearsal UNIT=26740 SEED=1 PLAYER=model JOBS=2 SERVE=no PORT=8866
UNIT ?= 26740
SEED ?= 1
PLAYER ?= model
JOBS ?= 2
PORT ?= 8866
SERVE ?= yes
# make test TESTS=tests/test_event.py WORKERS=0 SEEDS=300
TESTS ?=
# Tests that wait for a server or a browser leave their core to another.
WORKERS ?= $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1 )))
# How many seeds of each exercise are tried; the build server tries 300.
SEEDS ?= 8

# The first of these that runs and is new enough; `make PYTHON=/path/to/python` decides otherwise.
IS_NEW_ENOUGH = import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3; do \
	$$name -c '$(IS_NEW_ENOUGH)' >/dev/null 2>&1 && { echo $$name; break; }; done)

BIN := .venv/bin
INSTALLED := .venv/installed
REPORTS := build/rehearsals
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

help: ## in ra danh sách lệnh / list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

rehearsal: $(INSTALLED) ## diễn tập mẫu, chấm, mở trang web / rehearse, grade, serve (SERVE=no: reports only)
	@$(BIN)/kit rehearse --unit '$(UNIT)' --seed '$(SEED)' --player '$(PLAYER)' --jobs '$(JOBS)' --out $(REPORTS)
	@if [ '$(SERVE)' != no ]; then exec $(BIN)/kit serve $(REPORTS) --port '$(PORT)'; fi

test: $(INSTALLED) chromium ## chạy mọi kiểm thử, kể cả trình duyệt / run every test, browser included
	@KIT_TEST_SEEDS='$(SEEDS)' $(BIN)/python -m pytest -n $(WORKERS) $(TESTS)

lint: $(INSTALLED) ## soát mã nguồn, kiểu, tầng, sổ ghi chép / check style, types, floors, notebooks
	@status=0; \
	$(BIN)/ruff check . || status=1; \
	$(BIN)/ruff format --check . || status=1; \
	$(BIN)/mypy || status=1; \
	$(BIN)/lint-imports || status=1; \
	$(BIN)/python -m tests.house || status=1; \
	exit $$status

bench: $(INSTALLED) ## đo tốc độ / measure speed
	@found=no; for file in tests/bench/bench_*.py; do [ -e "$$file" ] || continue; \
		found=yes; echo "== $$file: $$(head -n 1 "$$file" | tr -d '"')"; $(BIN)/python "$$file"; done; \
	[ $$found = yes ] || echo 'Chưa có phép đo nào trong tests/bench. No benchmark in tests/bench yet.'

lock: $(INSTALLED) ## chọn lại phiên bản các gói / choose package versions anew (requirements.lock)
	@$(PIP) install --quiet 'uv>=0.9'
	@$(BIN)/uv pip compile pyproject.toml --extra dev --upgrade --universal --fork-strategy fewest \
		--python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
		--custom-compile-command 'make lock' --quiet --output-file requirements.lock

clean: ## xoá build/ và bộ nhớ đệm, giữ sessions/ và .venv / remove build/ and caches, keep sessions/ and .venv
	@rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find kit grading tests notebooks exercises -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

distclean: clean ## xoá cả .venv / remove .venv as well
	@rm -rf .venv

chromium: $(INSTALLED)
	@$(BIN)/python tests/browser/ensure_chromium.py

define NO_PYTHON
Cần Python từ 3.11 trở lên. Trên Debian: sudo apt install python3 python3-venv; hoặc: make PYTHON=/đường/dẫn/python3
Python 3.11 or newer is needed. On Debian: sudo apt install python3 python3-venv; or: make PYTHON=/path/to/python3
endef
define NO_VENV
Python này thiếu mô-đun venv. Trên Debian: sudo apt install python3-venv
This Python lacks its venv module. On Debian: sudo apt install python3-venv
endef
# pip's hundreds of lines as one that counts; without a terminal, one line for every 25 packages.
define PIP_PROGRESS
BEGIN { terminal = !system("test -t 2") }
/^(Collecting|Processing) / { n++; if (terminal) printf "\r\033[K  %d %s", n, $$2 > "/dev/stderr"; else if (n % 25 == 0) print "  " n }
/^Installing collected/ { print (terminal ? "\n" : "") "  " n " gói / packages ..." }
{ fflush() }
endef
export NO_PYTHON NO_VENV PIP_PROGRESS

# pip as locked comes first: it takes half the time of the one that Python brings along.
$(INSTALLED): requirements.lock pyproject.toml
	@python='$(PYTHON)'; \
	"$${python:-false}" -c '$(IS_NEW_ENOUGH)' 2>/dev/null || { echo "$$NO_PYTHON" >&2; exit 1; }; \
	"$$python" -c 'import ensurepip, venv' 2>/dev/null || { echo "$$NO_VENV" >&2; exit 1; }; \
	echo "Đang cài các gói vào .venv (1-2 phút). Installing packages into .venv (1-2 minutes): $$("$$python" --version)"; \
	$(BIN)/python -m pip --version >/dev/null 2>&1 || "$$python" -m venv --clear .venv
	@$(PIP) install --quiet --require-hashes -r <(awk '/^pip==/{on=1} on{print} on&&!/\\$$/{exit}' requirements.lock)
	@$(PIP) install --no-compile --require-hashes -r requirements.lock | awk "$$PIP_PROGRESS"
	@PYTHONWARNINGS=ignore $(PIP) install --quiet --no-deps --no-build-isolation -e .
	@$(BIN)/jupyter kernelspec install --sys-prefix --log-level ERROR kit/kernels/kit-warm
	@touch $@
