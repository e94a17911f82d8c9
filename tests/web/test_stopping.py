"""SIGTERM: what runs is answered, what is new is refused readably, an indexing job stops where nothing is lost."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import anyio
import pytest
import uvicorn
from fastapi import FastAPI

from qa.web.server import configuration
from qa.web.stopping import Draining, GracefulServer

ROOT = Path(__file__).resolve().parents[2]


def tick(server: GracefulServer, count: int) -> bool:
    """In a thread of its own: a browser that another test left open holds this one's event loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(anyio.run, server.on_tick, count).result()


CHILD = """
import sys, time, threading
from pathlib import Path
from qa.indexing.worker import IndexingWorker
from qa.records import Query
from qa.web.app import create_app
from qa.web.server import serve
from tests.indexing.bigram_library import BigramLibrary

library = BigramLibrary(Path(sys.argv[1]))
library.write("甲.txt", "科技特派员引进新品种556个，推广新技术384项。")
library.update()

class Slow(type(library.assistant())):
    def ask(self, query):
        if "慢" in query.text:
            print("asked", flush=True)
            time.sleep(1.5)
        return super().ask(query)

def update(reread, notify, status):
    library.embedder.gate.clear()  # the build waits at its first text, until it is stopped
    print("indexing", flush=True)
    library.update(reread, notify, status)

assistant = Slow(library.settings, library.newest, library.snapshot)
serve(create_app(assistant, update=update), port=0, announce=lambda line: print(line, flush=True))
"""


@contextmanager
def child(root: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(root)], stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    )
    try:
        assert process.stdout is not None
        yield process, int(process.stdout.readline().rpartition("/（")[0].rpartition(":")[2])
    finally:
        process.kill()
        process.wait(30)
        process.stdout and process.stdout.close()


def get(port: int, path: str, method: str = "GET", **extra: object) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, **extra)  # type: ignore[arg-type]
        response = connection.getresponse()
        return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
    finally:
        connection.close()


def ready(port: int) -> None:
    deadline = time.monotonic() + 60
    while get(port, "/readyz")[0] != 200:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_running_question_is_answered_and_a_new_one_is_refused_readably(tmp_path: Path) -> None:
    with child(tmp_path) as (process, port):
        ready(port)
        slow = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        slow.request(
            "GET",
            "/api/ask?q=%E6%85%A2%E6%85%A2%E8%AF%B4%EF%BC%9A%E5%BC%95%E8%BF%9B%E5%A4%9A%E5%B0%91%E4%B8%AA%EF%BC%9F",
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "asked\n"
        process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        assert get(port, "/healthz")[0] == 200
        for path in ("/readyz", "/api/documents"):
            status, headers, body = get(port, path)
            assert (status, json.loads(body)["error"]["code"]) == (503, "stopping")
            assert headers["retry-after"]
        status, _, page = get(port, "/")
        assert (status, "正在停止" in page.decode()) == (503, True)
        answered = slow.getresponse()
        assert (answered.status, json.loads(answered.read())["question"][:1]) == (200, "慢")
        slow.close()
        assert process.wait(30) in (0, -signal.SIGTERM)


def test_an_indexing_job_stops_with_the_server_and_the_uploaded_file_is_kept(tmp_path: Path) -> None:
    with child(tmp_path) as (process, port):
        ready(port)
        form = (
            '--x\r\nContent-Disposition: form-data; name="files"; filename="b.txt"\r\n\r\n'
            "全市科技支出24.82亿元，同比增长。\r\n--x--\r\n"
        )
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        assert get(port, "/api/documents", "POST", body=form.encode(), headers=headers)[0] == 202
        assert process.stdout is not None
        assert process.stdout.readline() == "indexing\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) in (0, -signal.SIGTERM)
    assert (tmp_path / "资 料" / "b.txt").read_text("utf-8").startswith("全市")
    assert [each.name for each in (tmp_path / "索引" / "generations").iterdir()] == ["00000001"]


def test_a_second_signal_waits_no_longer() -> None:
    draining = Draining(FastAPI())
    draining.running = 1
    told: list[str] = []
    server = GracefulServer(configuration(draining), draining, lambda: told.append("stop"))
    server.handle_exit(signal.SIGTERM, None)
    assert not tick(server, 1)
    assert not tick(server, 2)
    assert told == ["stop"]
    server.handle_exit(signal.SIGTERM, None)
    assert tick(server, 3)
    assert isinstance(server, uvicorn.Server)


@pytest.mark.parametrize("running", [0, 1])
def test_the_end_comes_when_nothing_runs_or_the_time_is_up(running: int, monkeypatch: pytest.MonkeyPatch) -> None:
    draining = Draining(FastAPI())
    server = GracefulServer(configuration(draining), draining, lambda: None)
    assert not tick(server, 1)
    server.handle_exit(signal.SIGTERM, None)
    draining.running = running
    if running:
        assert not tick(server, 2)
        monkeypatch.setattr("qa.web.stopping.time.monotonic", lambda: 1e12)
    assert tick(server, 3)
