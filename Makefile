# Two commands matter: `make serve` and `make test`. Everything stays inside this folder (.venv, index) and the model cache.
SHELL := /bin/sh
PYTHON ?= $(shell for each in python3.11 python3.12 python3.13 python3; do command -v $$each >/dev/null 2>&1 && { echo $$each; break; }; done)
PORT ?= 8000
# The address of PyTorch's CPU packages, where the default would bring CUDA ones (see README). Empty: the ordinary package index.
TORCH_INDEX ?=
QA := .venv/bin/python -m qa
# Only files whose hash the lock file names, and no package that it does not.
INSTALL := .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps

.PHONY: serve test install check eval bench test-browser test-milvus test-faults test-hostile test-attacks lock sbom audit soak help
.DEFAULT_GOAL := help

help:
	@echo 'make serve   安装、准备模型、建立索引并启动网页（http://127.0.0.1:$(PORT)）'
	@echo 'make test    安装测试所需并运行全部测试'
	@echo 'make check eval install test-browser …  见 README'

.venv/installed: requirements.lock requirements-torch.lock requirements-torch-pypi.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "需要 Python 3.11 或更新的版本；可用 make serve PYTHON=路径 指定")'
	@test -x .venv/bin/python || { echo '建立虚拟环境 .venv'; $(PYTHON) -m venv .venv; }
	@echo '安装依赖（首次约几分钟）'
	@$(INSTALL) -r requirements.lock
	@$(INSTALL) $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) -r requirements-torch.lock $(if $(TORCH_INDEX),,2>/dev/null || { \
	  echo '软件源里没有 PyTorch 的 CPU 版，改装 PyPI 的（Linux 上连同几个 GB 的 CUDA 包；见 README 的 TORCH_INDEX）'; \
	  $(INSTALL) -r requirements-torch-pypi.lock; })
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/installed-test: .venv/installed requirements-test.lock
	@echo '安装测试所需'
	@$(INSTALL) -r requirements-test.lock
	@touch $@

install: .venv/installed-test

serve: .venv/installed
	@$(QA) index
	@exec $(QA) serve --port $(PORT)

test: .venv/installed-test
	@.venv/bin/python -m pytest $(PYTEST)

test-browser: .venv/installed-test
	@QA_BROWSER_MATRIX=1 .venv/bin/python -m pytest tests/browser $(PYTEST)

# Twenty to thirty minutes; as root also full and read-only disks. 360 SIGKILLs (240 of a build, 120 of a server), damage at 60 places
# of every file of an index, clocks that jump, two writers, a damaged model: nothing lost, no wrong answer, the cause named.
test-faults: .venv/installed-test
	@QA_FAULTS=240 .venv/bin/python -m pytest -q -s tests/indexing/test_faults.py tests/indexing/test_server_faults.py \
	  tests/indexing/test_corruption.py tests/indexing/test_disk_faults.py tests/indexing/test_clock_and_writer_faults.py \
	  tests/reading/loaders/test_bounds.py $(PYTEST)

# Loaders on many damaged files and a PDF of 10,000 pages (half an hour and more).
test-hostile: .venv/installed-test
	@QA_LONG_FILES=1 QA_FUZZ_EXAMPLES=$${QA_FUZZ_EXAMPLES:-1000} .venv/bin/python -m pytest -q tests/reading/loaders/test_bad_input.py tests/reading/loaders/test_fuzz.py $(PYTEST)

# What an attacker would try (SECURITY.md), with many more requests made from /openapi.json.
test-attacks: .venv/installed-test
	@QA_FUZZ_EXAMPLES=$${QA_FUZZ_EXAMPLES:-50} .venv/bin/python -m pytest -q tests/attacks tests/web/test_admission.py tests/web/test_login.py \
	  tests/web/test_roles.py tests/web/test_own_pages.py $(PYTEST)

# Tools that only the keeper of the dependencies needs, in an environment of their own.
.venv/tools/installed:
	@$(PYTHON) -m venv .venv/tools
	@.venv/tools/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9 pip-audit==2.10.1
	@touch $@

# After a change of the pins: their hashes, the bill of materials, and whether a weakness of a pinned version is known.
lock: .venv/tools/installed
	@.venv/tools/bin/python .ci/lock.py

sbom: .venv/installed
	@.venv/bin/python .ci/sbom.py

# make audit OSV=all.zip needs no network: OSV's export of the PyPI advisories, carried here.
audit: .venv/tools/installed
	@.venv/tools/bin/python .ci/audit.py $(OSV)

# An hour of steady questions while the library changes: memory flat, every answer cut from its document.
soak: .venv/installed-test
	@.venv/bin/python -m tests.load.soak $(SOAK)

# The vectors in a real Milvus server (its package lies in an environment of its own; 60 MB): the same tests as on milvus-lite, a
# restart in the middle, and two servers with one writer.
.venv/milvus-server/bin/milvus-server: .venv/installed
	@echo '安装 Milvus 服务（测试用）'
	@$(PYTHON) -m venv .venv/milvus-server
	@.venv/milvus-server/bin/python -m pip install --quiet --disable-pip-version-check milvus==2.3.5

test-milvus: .venv/installed-test .venv/milvus-server/bin/milvus-server
	@QA_MILVUS_SERVER="$(CURDIR)/.venv/milvus-server/bin/milvus-server" .venv/bin/python -m pytest -q tests/adapters/milvus $(PYTEST)

check: .venv/installed-test
	@.venv/bin/python -m ruff format --check src tests training benchmarks .ci
	@.venv/bin/python -m ruff check src tests training benchmarks .ci
	@.venv/bin/python -m mypy
	@.venv/bin/python -m pytest -q tests/test_architecture.py

eval: .venv/installed-test
	@$(QA) index
	@QA_TODAY=2026-11-21 $(QA) eval eval/ordos.jsonl eval/ordos-2.jsonl --half test --misses 0 --expected eval/expected.toml --report eval/runs/latest

# make bench NAME=cmrc2018 DATA=文件夹；数据自行下载，不带 DATA 时会说明从哪里下载。
NAME ?= cmrc2018
DATA ?= .
bench: .venv/installed
	@$(QA) eval bench $(NAME) --data "$(DATA)" $(BENCH)

# 引证 beside its peers (benchmarks/README.md says what it needs and how long it takes).
.PHONY: benchmarks
benchmarks: .venv/installed
	@TORCH_INDEX="$(TORCH_INDEX)" .venv/bin/python -m benchmarks --figure docs/images/benchmarks.svg $(BENCHMARKS)

# How search grows to a million passages (docs/sizing.md). Needs the development data; keeps several GB in its cache.
.PHONY: bench-scale
bench-scale: .venv/installed-test
	@.venv/bin/python -m benchmarks.scale $(SCALE)
