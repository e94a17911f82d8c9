"""Mail: subject, sender, day and text; attachments of a known format are read where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import PurePosixPath

from qa.errors import DocumentError
from qa.ports import Loaded, SourceLine
from qa.reading.loaders import loader_for
from qa.reading.loaders.encodings import decode
from qa.reading.loaders.limits import MAX_BINARY_BYTES

MAX_ATTACHMENTS = 50
MAX_PARTS = 1000
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs"}
"""Chinese mail programs name the smaller set and write characters of the larger."""
_NESTED = (".eml", ".zip")


class MailLoader:
    """Reads .eml. A mail inside a mail, and an archive, is named but not opened."""

    suffixes: tuple[str, ...] = (".eml",)
    max_bytes: int = MAX_BINARY_BYTES

    def load(self, data: bytes, name: str) -> Loaded:
        """The lines of the mail and of its attachments. Raises :class:`DocumentError`."""
        try:
            message = message_from_bytes(data, policy=policy.compat32)
            parts = [part for part in _walk(message) if not part.is_multipart()]
        except RecursionError as error:
            raise DocumentError(
                f"{name} 读不出来", reason="邮件各部分嵌套太深，正常邮件不会这样", hint="核对邮件来源"
            ) from error
        except (MessageError, LookupError, ValueError) as error:
            raise _unreadable(name) from error
        headers = list(_headers(message))
        if not headers:
            raise _unreadable(name)
        body, warnings = _body(parts)
        lines = [*headers, *body]
        files = [(filename, part) for part in parts if (filename := _filename(part))]
        for filename, part in files[:MAX_ATTACHMENTS]:
            read, told = _attachment(filename, part)
            lines += read
            warnings += told
        if len(files) > MAX_ATTACHMENTS:
            warnings.append(f"附件有 {len(files)} 个，只读了前 {MAX_ATTACHMENTS} 个")
        return Loaded.of_lines(lines, warnings)


def _unreadable(name: str) -> DocumentError:
    return DocumentError(
        f"{name} 不是邮件",
        reason="没有主题、发件人等邮件头，文件已损坏或扩展名不对",
        hint="从邮箱重新导出为 .eml 再放入",
    )


def _walk(message: Message) -> Iterator[Message]:
    """The parts of this mail, not those of mails inside it."""
    waiting, seen = [message], 0
    while waiting and seen < MAX_PARTS:
        part = waiting.pop(0)
        seen += 1
        yield part
        payload = part.get_payload()
        if isinstance(payload, list) and part.get_content_type() != "message/rfc822":
            waiting[:0] = [each for each in payload if isinstance(each, Message)]


def _headers(message: Message) -> Iterator[SourceLine]:
    subject = _decoded(message.get("Subject"))
    if subject:
        yield SourceLine(subject, heading=1, whole=True)
    for field, label in (("From", "发件人"), ("To", "收件人"), ("Cc", "抄送")):
        people = [
            name or address
            for name, address in getaddresses([_decoded(value) for value in message.get_all(field, [])])
            if name or address
        ]
        if people:
            yield SourceLine(f"{label}：{'、'.join(people)}", whole=True)
    try:
        sent = parsedate_to_datetime(str(message.get("Date", "")))
        yield SourceLine(f"日期：{sent.year}年{sent.month}月{sent.day}日 {sent:%H:%M}", whole=True)
    except (TypeError, ValueError):
        pass


def _decoded(value: object) -> str:
    """A header's words; what no charset explains is decoded by its looks."""
    if value is None:
        return ""
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
        except (LookupError, UnicodeDecodeError):
            pass
    decoded = decode(data)
    return decoded.text if decoded is not None else data.decode("utf-8", errors="replace")


def _body(parts: list[Message]) -> tuple[list[SourceLine], list[str]]:
    """The text of the mail: its plain parts, else its web page."""
    inline = [part for part in parts if not _filename(part)]
    plain = [part for part in inline if part.get_content_type() == "text/plain"]
    texts = [_text(_payload(part), part.get_content_charset()) for part in plain]
    if any(text.strip() for text in texts):
        return list(_plain_lines("\n\n".join(texts))), []
    for part in inline:
        if part.get_content_type() == "text/html":
            page = _text(_payload(part), part.get_content_charset()).encode("utf-8")
            return _read(b"\xef\xbb\xbf" + page, "正文.html", 0)
    return [], ["邮件没有正文"]


def _plain_lines(text: str) -> Iterator[SourceLine]:
    blank = True
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line.strip():
            yield SourceLine(line, blank_before=blank, indented=line[:1].isspace())
        blank = not line.strip()


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


def _attachment(filename: str, part: Message) -> tuple[list[SourceLine], list[str]]:
    suffix = PurePosixPath(filename).suffix.lower()
    if suffix in _NESTED:
        return [], [f"附件 {filename} 没有读入：邮件里的邮件和压缩包不展开，另存出来再放入"]
    data = _payload(part)
    if loader_for(PurePosixPath(filename)) is None:
        return [], [f"附件 {filename} 没有读入：格式不支持"]
    if not data:
        return [], [f"附件 {filename} 没有读入：内容为空"]
    read, warnings = _read(data, filename, 1)
    if read:
        read.insert(0, SourceLine(f"附件：{filename}", heading=1, whole=True))
    return read, warnings


def _read(data: bytes, filename: str, deeper: int) -> tuple[list[SourceLine], list[str]]:
    """The lines of a part by its own loader, its headings ``deeper``; its pages are its own and not kept."""
    loader = loader_for(PurePosixPath(filename))
    if loader is None or len(data) > loader.max_bytes:
        return [], [f"附件 {filename} 没有读入：太大"]
    try:
        loaded = loader.load(data, filename)
    except DocumentError as error:
        return [], [f"附件没有读入：{error}"]
    lines = loaded.lines if loaded.lines is not None else tuple(_plain_lines(loaded.text))
    moved = [replace(line, heading=min(9, line.heading + deeper) if line.heading else 0, page=None) for line in lines]
    return moved, [f"附件 {filename}：{warning}" if deeper else warning for warning in loaded.warnings]
