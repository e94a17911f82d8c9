"""Serving on a real port of this machine."""

from __future__ import annotations

import contextlib
import http.client
import inspect
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import quote

import pytest
import uvicorn

from qa.errors import QaError, UsageError
from qa.settings import Settings
from qa.web.admission import Outside
from qa.web.app import create_app
from qa.web.security import OwnNamesOnly
from qa.web.server import MAX_REQUEST_HEAD_BYTES, address_of, configuration, guarded, listen, serve
from tests.web.held_assistant import HeldAssistant


@pytest.fixture
def address() -> Iterator[str]:
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(configuration(guarded(create_app(HeldAssistant(Settings(history=False))), "127.0.0.1")))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield address_of(listener, "127.0.0.1")
    server.should_exit = True
    thread.join(20)
    listener.close()


def test_a_question_of_ten_thousand_characters_gets_our_page(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{address}?q={quote('长' * 10_000)}")
    with contextlib.closing(refused.value) as response:
        assert response.code == 400
        assert "问题太长" in response.read().decode()


def test_an_address_beyond_the_limit_is_refused_and_the_next_one_served(address: str) -> None:
    port = int(address.rstrip("/").rpartition(":")[2])
    with contextlib.closing(socket.create_connection(("127.0.0.1", port), timeout=30)) as connection:
        with contextlib.suppress(ConnectionError):  # the server hangs up before all of it was sent
            connection.sendall(b"GET /api/ask?q=" + b"x" * 8 * MAX_REQUEST_HEAD_BYTES)
        with contextlib.suppress(ConnectionError):
            assert connection.recv(1000).split(b" ")[1:2] in ([], [b"400"])
    with urllib.request.urlopen(f"{address}healthz") as served:
        assert served.status == 200


@pytest.mark.parametrize(
    ("host", "status"), [("evil.example", 421), ("localhost:1", 200), ("127.0.0.1", 200), ("[::1]:8", 200)]
)
def test_a_foreign_name_that_points_here_is_refused(address: str, host: str, status: int) -> None:
    port = int(address.rstrip("/").rpartition(":")[2])
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", "/healthz", headers={"Host": host})
        assert connection.getresponse().status == status


def test_only_this_machine_is_served_unless_told_otherwise() -> None:
    from qa.cli.serve import serve as command

    for each in (serve, command):
        assert inspect.signature(each).parameters["host"].default == "127.0.0.1"


def test_a_server_for_others_goes_by_any_name() -> None:
    app = create_app(HeldAssistant(Settings(history=False)))
    assert all(isinstance(guarded(app, host), Outside) for host in ("0.0.0.0", "192.0.2.1"))
    assert all(isinstance(guarded(app, own), OwnNamesOnly) for own in ("127.0.0.1", "::1", "localhost"))


def test_the_port_in_use_is_named_with_another_one() -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        said: list[str] = []
        with pytest.raises(QaError) as refused:
            serve(create_app(HeldAssistant(Settings(history=False))), "127.0.0.1", port, announce=said.append)
    assert str(port) in refused.value.message
    assert f"qa serve --port {port + 1}" in refused.value.hint
    assert said == []


@pytest.mark.parametrize(
    ("host", "port"), [("127.0.0.1", -1), ("127.0.0.1", 70_000), ("203.0.113.7", 0), ("不是地址", 0)]
)
def test_a_host_or_port_that_is_none_is_refused(host: str, port: int) -> None:
    with pytest.raises(UsageError):
        listen(host, port)


def test_the_address_is_one_that_a_browser_opens() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        assert address_of(listener, "127.0.0.1") == f"http://127.0.0.1:{port}/"
        assert address_of(listener, "0.0.0.0") == f"http://127.0.0.1:{port}/"
        assert address_of(listener, "::1") == f"http://[::1]:{port}/"
