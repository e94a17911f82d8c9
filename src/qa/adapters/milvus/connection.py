"""A client of a Milvus server, and what its failures mean to people."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from qa.adapters.milvus.address import StoreAddress
from qa.errors import StoreError

CONNECT_TIMEOUT_S = 10.0
_INSTALL = '.venv/bin/python -m pip install "pymilvus>=3,<4" "milvus-lite>=3.2,<4"'
_BACK = "要改回本机向量：清除 QA_STORE 后运行 qa index"
_AWAY = (
    "UNAVAILABLE",
    "DEADLINE",
    "Fail connecting",
    "Connection refused",
    "connection",
    "timeout",
    "Timeout",
    "closed",
)
_STARTING = ("not loaded", "loading", "not ready", "NotReady", "no available", "channel not available", "recovering")
_DENIED = ("auth", "Auth", "PERMISSION", "Permission", "UNAUTHENTICATED")


@lru_cache(maxsize=4)
def connect(address: StoreAddress) -> Any:
    """A ``pymilvus.MilvusClient``, one for each address and process; it finds a restarted server again by itself.

    Raises :class:`StoreError` when the package is missing, the server cannot be reached or the file belongs to another process.
    """
    wanted = ("pymilvus", "milvus_lite") if address.is_file else ("pymilvus",)
    missing = [name for name in wanted if find_spec(name) is None]
    if missing:
        raise StoreError(
            f"不能使用向量库 {address.shown}",
            reason=f"没有安装 {'、'.join(name.replace('_', '-') for name in missing)}",
            hint=f"运行 {_INSTALL}；{_BACK}",
        )
    from pymilvus import MilvusClient

    # They log every refused call with a traceback; what a person needs of it stands in our errors.
    for name in ("pymilvus", "milvus_lite", *(("grpc._server",) if address.is_file else ())):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    with named_failures(address):
        return MilvusClient(
            uri=address.uri,
            user=address.user,
            password=address.password,
            db_name=address.database,
            timeout=CONNECT_TIMEOUT_S,
        )


@contextmanager
def named_failures(address: StoreAddress) -> Iterator[None]:
    """Turns what pymilvus and grpc raise into :class:`StoreError`."""
    from grpc import FutureTimeoutError, RpcError
    from pymilvus import MilvusException

    try:
        yield
    except (MilvusException, RpcError, FutureTimeoutError) as error:
        raise _meaning(address, error) from error


def _meaning(address: StoreAddress, error: Exception) -> StoreError:
    text = str(getattr(error, "message", "") or error).strip() or type(error).__name__
    reason = " ".join(text.split())[:200]
    if address.is_file and "Open local milvus failed" in text:
        return StoreError(
            f"不能打开向量库文件 {address.shown}",
            reason="另一个进程正在使用它（milvus-lite 的文件一次只属于一个进程），或文件已损坏",
            hint="停掉另一个 qa 进程后再试；几个进程共用一个库时请用 Milvus 服务：QA_STORE=milvus://主机:19530",
        )
    if any(word in text for word in _STARTING):
        return StoreError(f"Milvus {address.shown} 还没有准备好", reason=reason, hint="它刚启动时要装载数据，稍等再试")
    if any(word in text for word in _DENIED):
        return StoreError(
            f"Milvus {address.shown} 拒绝了连接", reason=reason, hint="检查 QA_STORE 里的用户名和口令，以及库名"
        )
    if any(word in text for word in _AWAY):
        return StoreError(
            f"连不上 Milvus {address.shown}",
            reason=reason,
            hint=f"确认它已启动、地址和端口没有写错，再试一次；已存的资料不受影响。{_BACK}",
        )
    return StoreError(
        f"Milvus {address.shown} 没有完成这一步", reason=reason, hint="看它的日志；再试一次，或运行 qa doctor"
    )
