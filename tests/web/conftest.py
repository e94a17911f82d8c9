"""A client of the application over the assistant held in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from qa.settings import Settings
from qa.web.app import create_app
from tests.web.held_assistant import HeldAssistant


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "资料 库"
    folder.mkdir()
    (folder / "科技简报-2021年第1期.txt").write_bytes("原样的字节\r\n".encode("gb18030"))
    return folder


@pytest.fixture
def assistant(corpus: Path) -> HeldAssistant:
    return HeldAssistant(Settings(corpus=corpus, index=corpus.parent / "index", workspace=corpus.parent / "workspace"))


@pytest.fixture
def client(assistant: HeldAssistant) -> Iterator[TestClient]:
    with TestClient(create_app(assistant), raise_server_exceptions=False, follow_redirects=False) as client:
        yield client
