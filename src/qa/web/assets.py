"""Where templates and static files are, and the addresses of static files with the hash of their content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from qa.errors import SettingsError

WEB_DIR = Path(__file__).resolve().parents[3] / "web"
"""``web/`` beside ``src/``: the application is installed from its checkout (``pip install -e .``)."""

ONE_YEAR_S = 31_536_000


def templates_dir() -> Path:
    """The folder of the templates. Raises :class:`SettingsError` where the package was installed without them."""
    return _folder("templates")


def static_dir() -> Path:
    """The folder of the static files. Raises :class:`SettingsError` where the package was installed without them."""
    return _folder("static")


@cache
def asset_url(name: str) -> str:
    """``/static/style.css?v=…``: changes with the content, so that a browser may keep it for ever."""
    content = (static_dir() / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


class HashedStatic(StaticFiles):
    """Static files: kept for a year when asked for with a hash, checked every time otherwise."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        hashed = b"v=" in scope.get("query_string", b"")
        lifetime = f"public, max-age={ONE_YEAR_S}, immutable" if hashed else "no-cache"
        response.headers["cache-control"] = lifetime
        return response


def _folder(name: str) -> Path:
    folder = WEB_DIR / name
    if not folder.is_dir():
        raise SettingsError(
            f"找不到网页文件夹 {folder}",
            reason="安装包不含网页模板",
            hint="在源码目录里运行 pip install -e . 后再启动",
        )
    return folder
