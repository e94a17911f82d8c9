"""The parts of a mail: headers, text, attached files. Runs in the child process."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path, PurePosixPath
from typing import Any

from qa.errors import DocumentError
from qa.reading.loaders.encodings import decode

MAX_ATTACHMENTS = 50
MAX_PARTS = 1000
MAX_HEADER_CHARS = 20_000
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs"}
"""Chinese mail programs name the smaller set and write characters of the larger."""


def read_mail(path: str, folder: str, name: str) -> dict[str, Any]:
    """``{"headers": [[text, heading level]], "text", "page", "files": [[file name, path]], "count", "cut"}``.

    ``text`` is the mail's plain text, ``page`` where its web page was written, each ``None`` when there is none; ``files`` are the
    first attached files, written below ``folder`` under names of our own; ``count`` is how many are attached; ``cut`` whether there are more parts than were looked at.
    """
    try:
        message = message_from_bytes(Path(path).read_bytes(), policy=policy.compat32)
        walked = list(_walk(message))
    except RecursionError as error:
        raise DocumentError(
            f"{name} 读不出来", reason="邮件各部分嵌套太深，正常邮件不会这样", hint="核对邮件来源"
        ) from error
    except (MessageError, LookupError, ValueError) as error:
        raise _unreadable(name) from error
    headers = list(_headers(message))
    if not headers:
        raise _unreadable(name)
    parts = [part for part in walked[:MAX_PARTS] if not part.is_multipart()]
    named = [(filename, part) for part in parts if (filename := _filename(part))]
    files = []
    for number, (filename, part) in enumerate(named[:MAX_ATTACHMENTS]):
        place = Path(folder, f"attached-{number}")
        place.write_bytes(_payload(part))
        files.append([filename, str(place)])
    text, page = _body([part for part in parts if not _filename(part)], Path(folder, "page"))
    cut = len(walked) > MAX_PARTS
    return {"headers": headers, "text": text, "page": page, "files": files, "count": len(named), "cut": cut}


def _unreadable(name: str) -> DocumentError:
    return DocumentError(
        f"{name} 不是邮件",
        reason="没有主题、发件人等邮件头，文件已损坏或扩展名不对",
        hint="从邮箱重新导出为 .eml 再放入",
    )


def _walk(message: Message) -> Iterator[Message]:
    """The parts of this mail, not those of mails inside it; at most one more than are looked at."""
    waiting, seen = [message], 0
    while waiting and seen <= MAX_PARTS:
        part = waiting.pop(0)
        seen += 1
        yield part
        payload = part.get_payload()
        if isinstance(payload, list) and part.get_content_type() != "message/rfc822":
            waiting[:0] = [each for each in payload if isinstance(each, Message)]


def _headers(message: Message) -> Iterator[tuple[str, int]]:
    subject = _decoded(message.get("Subject"))
    if subject:
        yield subject, 1
    for field, label in (("From", "发件人"), ("To", "收件人"), ("Cc", "抄送")):
        people = [
            name or address
            for name, address in getaddresses([_decoded(value) for value in message.get_all(field, [])])
            if name or address
        ]
        if people:
            yield f"{label}：{'、'.join(people)}", 0
    try:
        sent = parsedate_to_datetime(str(message.get("Date", "")))
        yield f"日期：{sent.year}年{sent.month}月{sent.day}日 {sent:%H:%M}", 0
    except (TypeError, ValueError):
        pass


def _decoded(value: object) -> str:
    """A header's words; what no charset explains is decoded by its looks."""
    if value is None:
        return ""
    value = value[:MAX_HEADER_CHARS] if isinstance(value, str) else value
    try:
        pieces = decode_header(value)  # type: ignore[arg-type]
    except (MessageError, ValueError):
        return " ".join(str(value).split())
    texts = []
    for piece, charset in pieces:
        if isinstance(piece, str):
            piece = piece.encode("utf-8", "surrogateescape")
        texts.append(_text(piece, charset if charset != "unknown-8bit" else None))
    return " ".join("".join(texts).split())


def _text(data: bytes, charset: str | None) -> str:
    if charset:
        try:
            return data.decode(_SUPERSETS.get(charset.lower(), charset), errors="strict")
        except (LookupError, ValueError):  # a charset unknown or with a NUL in its name, or not that of these bytes
            pass
    decoded = decode(data)
    return decoded.text if decoded is not None else data.decode("utf-8", errors="replace")


def _body(parts: list[Message], page: Path) -> tuple[str | None, str | None]:
    """(plain text, where the web page that stands for it was written)."""
    plain = [part for part in parts if part.get_content_type() == "text/plain"]
    texts = [_text(_payload(part), part.get_content_charset()) for part in plain]
    if any(text.strip() for text in texts):
        return "\n\n".join(texts), None
    for part in parts:
        if part.get_content_type() == "text/html":
            words = _text(_payload(part), part.get_content_charset())
            page.write_bytes(b"\xef\xbb\xbf" + words.encode("utf-8", "replace"))
            return None, str(page)
    return None, None


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _filename(part: Message) -> str:
    """The name of an attached file without folders, "" for a part of the mail's text."""
    try:
        raw = part.get_filename() or ""
    except (LookupError, ValueError, TypeError):
        raw = "附件"
    name = PurePosixPath(_decoded(raw).replace("\\", "/")).name
    if name:
        return name
    return "附件.eml" if part.get_content_type() == "message/rfc822" else ""
