"""``QA_STORE``: where the vectors are kept beside the index folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from qa.errors import SettingsError

DEFAULT_PORT = 19530
INDEX_KINDS = ("FLAT", "HNSW", "IVF_SQ8")
EXAMPLES = "milvus://127.0.0.1:19530，或一个 milvus-lite 文件，如 index/vectors.db"
_SWITCH = {"1": True, "0": False}


@dataclass(frozen=True, slots=True)
class StoreAddress:
    """A Milvus server, or the file of a milvus-lite.

    ``uri`` is what pymilvus takes; ``index`` one of :data:`INDEX_KINDS`, or empty for the exact one; with ``words`` the word
    index is kept there too. ``shown`` names the place to people and holds no password.
    """

    uri: str
    shown: str
    user: str = ""
    password: str = ""
    database: str = ""
    index: str = ""
    words: bool = False
    is_file: bool = False


def parse_address(text: str) -> StoreAddress:
    """``milvus://[user:password@]host[:port][/database][?words=1&index=HNSW&tls=1]`` or ``PATH.db[?words=1&index=HNSW]``.

    Raises :class:`SettingsError` naming what does not fit; a password is never repeated.
    """
    if text.startswith("milvus://"):
        parts = urlsplit(text)
        return _server(parts, *_options(parts.query, ("words", "index", "tls")))
    path, _, query = text.partition("?")
    if "://" in text or not path.endswith(".db"):
        raise _refusal(text.rpartition("@")[2], "不是 milvus:// 地址，也不是 .db 结尾的文件")
    index, words, _ = _options(query, ("words", "index"))
    return StoreAddress(str(Path(path).absolute()), path, index=index, words=words, is_file=True)


def _server(parts: SplitResult, index: str, words: bool, tls: bool) -> StoreAddress:
    shown = f"milvus://{parts.netloc.rpartition('@')[2]}{parts.path}"
    try:
        host, port = parts.hostname, parts.port or DEFAULT_PORT
    except ValueError as error:
        raise _refusal(shown, "端口应是 1 到 65535 的整数") from error
    if not host:
        raise _refusal(shown, "没有写主机")
    name = f"[{host}]" if ":" in host else host
    return StoreAddress(
        uri=f"{'https' if tls else 'http'}://{name}:{port}",
        shown=shown,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        database=unquote(parts.path.strip("/")),
        index=index,
        words=words,
    )


def _options(query: str, known: tuple[str, ...]) -> tuple[str, bool, bool]:
    """(index, words, tls)."""
    values = dict(parse_qsl(query, keep_blank_values=True))
    for name in values.keys() - set(known):
        raise _refusal(f"…?{name}=", f"没有这个选项；可用：{'、'.join(known)}")
    index = values.get("index", "").upper()
    if index and index not in INDEX_KINDS:
        raise _refusal(f"…?index={values['index']}", f"可用：{'、'.join(INDEX_KINDS)}")
    switches = []
    for name in ("words", "tls"):
        if values.get(name, "0") not in _SWITCH:
            raise _refusal(f"…?{name}={values[name]}", "可用：1、0")
        switches.append(_SWITCH[values.get(name, "0")])
    return index, switches[0], switches[1]


def _refusal(shown: str, reason: str) -> SettingsError:
    return SettingsError(
        f"设置 QA_STORE={shown} 无效", reason=reason, hint=f"写成 {EXAMPLES}；留空则向量存在索引文件夹里"
    )
