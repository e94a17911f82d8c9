from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qa.evaluation.runner import Collection
from tests.evaluation.bigram_assistant import BigramAssistant, assistant_over, collection_of, read_corpus


@pytest.fixture(scope="session")
def collection() -> Collection:
    return collection_of(read_corpus())


@pytest.fixture(scope="session")
def assistant(collection: Collection) -> BigramAssistant:
    return assistant_over(collection)


@pytest.fixture
def write_set(tmp_path: Path) -> Callable[..., Path]:
    """Writes lines (strings as they are, other values as JSON) to a file and returns it."""

    def write(*lines: Any, name: str = "set.jsonl") -> Path:
        texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
        path = tmp_path / name
        path.write_text("\n".join(texts) + "\n", encoding="utf-8")
        return path

    return write
