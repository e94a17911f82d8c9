"""Serving on a port of this machine."""

from __future__ import annotations

import contextlib
import errno
import socket
from collections.abc import Callable
from ipaddress import ip_address

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from qa.errors import QaError, UsageError
from qa.web.admission import Admission, Outside
from qa.web.security import OwnNamesOnly
from qa.web.stopping import Draining, GracefulServer

MAX_REQUEST_HEAD_BYTES = 512 * 1024
"""A question of 10,000 characters is 90 KB in an address; it is refused by us, readably, not by the protocol parser."""
SHUTDOWN_S = 5
_COMMAND = "qa serve --port"


def serve(
    app: FastAPI,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    announce: Callable[[str], None] = print,
) -> None:
    """Serve ``app`` until interrupted; ``announce`` gets one line with the address as soon as the port is open.

    Port 0 takes a free one. Where other machines reach ``host`` they are let in with an account or the token only; raises
    :class:`qa.errors.SettingsError` when there is neither. Raises :class:`QaError` when the port is taken or not allowed, :class:`UsageError` for a
    host or port that is none.
    """
    if not is_loopback(host):
        admission: Admission = app.state.admission
        admission.check_outside(host)
    with listen(host, port) as listener:
        announce(f"引证已启动：{address_of(listener, host)}（按 Ctrl-C 停止）")
        with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises it again after an orderly end
            _graceful(app, guarded(app, host)).run(sockets=[listener])


def guarded(app: ASGIApp, host: str) -> ASGIApp:
    """``app`` as it is served on ``host``: where only this machine reaches it, only under this machine's own names; where
    others do, everybody has to say who they are (:class:`qa.web.admission.Admitted`)."""
    return OwnNamesOnly(app) if is_loopback(host) else Outside(app)


def _graceful(app: FastAPI, admitted: ASGIApp) -> GracefulServer:
    draining = Draining(admitted)
    return GracefulServer(configuration(draining), draining, app.state.ask_to_stop)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server that listens on ``host``."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def configuration(app: ASGIApp) -> uvicorn.Config:
    """How ``app`` is served: quietly, and with room for a question that is far too long."""
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=MAX_REQUEST_HEAD_BYTES,
        timeout_graceful_shutdown=SHUTDOWN_S,
    )


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises as :func:`serve` does."""
    if not 0 <= port <= 65535:
        raise UsageError(f"端口 {port} 无效", reason="端口是 0 到 65535 的整数", hint=f"换一个端口：{_COMMAND} 8000")
    listener = None
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(where)
        listener.listen(128)
    except OSError as error:
        if listener is not None:
            listener.close()
        raise _refusal(host, port, error) from error
    return listener


def address_of(listener: socket.socket, host: str) -> str:
    """``http://127.0.0.1:8000/``; for a listener on every address, one that a browser on this machine can open."""
    port = listener.getsockname()[1]
    if host in ("0.0.0.0", "::", ""):
        host = "127.0.0.1"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _refusal(host: str, port: int, error: OSError) -> QaError:
    other = f"换一个端口：{_COMMAND} {port + 1 if 1023 < port < 65535 else 8000}"
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return UsageError(f"不能在 {host} 上监听", reason="本机没有这个地址", hint="用 --host 127.0.0.1")
    if error.errno == errno.EADDRINUSE:
        return QaError(f"端口 {port} 已被占用", reason="另一个程序正在使用它", hint=f"{other}，或先停掉那个程序")
    if error.errno == errno.EACCES:
        return QaError(f"没有权限使用端口 {port}", reason="1024 以下的端口要管理员权限", hint=other)
    return QaError(f"不能在 {host}:{port} 上监听", reason=error.strerror or str(error), hint=other)
