"""Fixtures that several rooms share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Nothing is timed: on a busy machine an example may take a second, and finding examples may too.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The five documents."""
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Development data outside the repository; a user's clone has none."""
    folder = Path(os.environ.get("QA_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip("needs the development data (QA_SHARED or ../shared), which a clone does not have")
    return folder
