"""What a request brings to be checked: pasted words, JSON, or a file; bounded before it is read."""

from __future__ import annotations

import json

from fastapi import Request
from starlette.datastructures import UploadFile

from qa.citing.manuscript.reading import MAX_DRAFT_BYTES, Manuscript, read_manuscript, typed_manuscript
from qa.errors import UsageError

_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
MAX_BODY_BYTES = MAX_DRAFT_BYTES + 1_000_000
"""A draft with what stands around it in a form."""
_HINT = '发送 JSON {"text": "稿件"}，或以表单字段 draft 上传 .docx、.md、.txt'


async def submitted(request: Request) -> Manuscript:
    """The draft in the body of ``request``: form fields ``draft`` (a file) or ``text``, JSON with ``text``, or plain text.

    Where a form brings both, the file counts. Raises :class:`qa.errors.UsageError` for nothing, too much, or another kind
    of body, and what :func:`read_manuscript` raises.
    """
    length = _body_bytes(request)
    if length is None:
        raise UsageError("没有说明稿件的大小", reason="缺少 Content-Length", hint=_HINT)
    if length > MAX_BODY_BYTES:
        size, most = length / 1_000_000, MAX_DRAFT_BYTES / 1_000_000
        raise UsageError(
            f"稿件有 {size:.1f} MB，太大", reason=f"一份稿件最大 {most:.0f} MB", hint="请按章节拆开后分别核稿"
        )
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in _FORMS:
        return await _from_form(request)
    body = await request.body()
    if kind == "application/json":
        return _from_json(body)
    if kind in ("text/plain", "text/markdown"):
        return read_manuscript("稿件.md" if kind == "text/markdown" else "稿件.txt", body)
    raise UsageError(f"不支持的内容类型 {kind or '（空）'}", reason="不知道怎样读取", hint=_HINT)


async def _from_form(request: Request) -> Manuscript:
    async with request.form(max_files=1, max_fields=4, max_part_size=MAX_DRAFT_BYTES) as form:
        draft, text = form.get("draft"), form.get("text")
        if isinstance(draft, UploadFile) and draft.filename:
            return read_manuscript(draft.filename, await draft.read())
        return typed_manuscript(text if isinstance(text, str) else "")


async def typed_text(request: Request) -> str:
    """The words pasted into the form, to be shown again beside an error; empty where there are none, or too much was sent."""
    length = _body_bytes(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _FORMS or length is None or length > MAX_BODY_BYTES:
        return ""
    async with request.form(max_files=1, max_fields=4, max_part_size=MAX_DRAFT_BYTES) as form:
        text = form.get("text")
        return text if isinstance(text, str) else ""


def _body_bytes(request: Request) -> int | None:
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else None


def _from_json(body: bytes) -> Manuscript:
    try:
        sent = json.loads(body)
        text, name = sent["text"], sent.get("name", "")
        if not isinstance(text, str) or not isinstance(name, str):
            raise TypeError("text 应为文字")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UsageError("请求里的 JSON 不对", reason="应为带有 text 的对象", hint=_HINT) from error
    return typed_manuscript(text, name)
