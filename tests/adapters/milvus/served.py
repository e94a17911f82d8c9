"""``qa serve`` and ``qa index`` as processes of their own, with the shipped model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

from .local_server import free_port

READY_S = 180.0


class Served:
    """One library (corpus and index folder) under one QA_STORE."""

    def __init__(self, root: Path, store: str) -> None:
        self.corpus, self.index = root / "资料", root / "索引"
        self.corpus.mkdir(parents=True)
        self._environment = {
            **os.environ,
            "QA_CORPUS": str(self.corpus),
            "QA_INDEX": str(self.index),
            "QA_WORKSPACE": str(root / "w"),
            "QA_STORE": store,
            "QA_THREADS": "1",
            "QA_READER": "rules",
        }
        self._servers: list[subprocess.Popen[bytes]] = []

    def write(self, name: str, text: str) -> None:
        (self.corpus / name).write_text(text, "utf-8")

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "qa", *words]
        return subprocess.run(line, env=self._environment, capture_output=True, text=True, timeout=300)

    def serve(self) -> str:
        """Starts a server and returns its address when it is ready to answer."""
        port = free_port()
        line = [sys.executable, "-m", "qa", "serve", "--port", str(port)]
        self._servers.append(
            subprocess.Popen(line, env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
        address, deadline = f"http://127.0.0.1:{port}", time.monotonic() + READY_S
        while status(f"{address}/readyz") != 200:
            assert time.monotonic() < deadline, "qa serve did not get ready"
            time.sleep(0.3)
        return address

    def stop(self) -> None:
        for server in self._servers:
            server.terminate()
        for server in self._servers:
            server.wait(30)


def status(address: str) -> int:
    """The HTTP status, 0 where nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def asked(address: str, question: str) -> dict[str, Any]:
    """The result of ``/api/ask``, or the error as the API tells it."""
    return _got(f"{address}/api/ask?{urllib.parse.urlencode({'q': question})}")


def searched(address: str, question: str) -> dict[str, Any]:
    """The same of ``/api/search``, which keeps no answers."""
    return _got(f"{address}/api/search?{urllib.parse.urlencode({'q': question})}")


def _got(url: str) -> dict[str, Any]:
    try:
        with urllib.request.urlopen(url, timeout=90) as answer:
            return dict(json.load(answer))
    except urllib.error.HTTPError as error:
        with suppress(ValueError):
            return dict(json.load(error))
        return {"error": {"code": str(error.code)}}


def ranked(result: dict[str, Any]) -> list[tuple[str, float]]:
    return [(each["passage_id"], each["score"]) for each in result["passages"]]
