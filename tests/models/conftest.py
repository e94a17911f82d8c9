"""The default model, converted once for the session."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.models import ModelFolder, resolve_model


@pytest.fixture(scope="session")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def default_model(cache_dir: Path) -> ModelFolder:
    return resolve_model(None, cache_dir)
