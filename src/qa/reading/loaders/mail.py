"""Mail: subject, sender, day and text; attachments of a known format are read where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from qa.errors import DocumentError
from qa.ports import Loaded, SourceLine
from qa.reading.loaders import loader_for
from qa.reading.loaders.apart import time_limit_s
from qa.reading.loaders.isolated import PARSING
from qa.reading.loaders.limits import MAX_BINARY_BYTES
from qa.reading.loaders.mail_parts import MAX_PARTS
from qa.reading.loaders.work_folder import work_folder

_NESTED = (".eml", ".zip")


class MailLoader:
    """Reads .eml. A mail inside a mail, and an archive, is named but not opened."""

    suffixes: tuple[str, ...] = (".eml",)
    max_bytes: int = MAX_BINARY_BYTES

    def load(self, data: bytes, name: str) -> Loaded:
        """The lines of the mail and of its attachments. Raises :class:`DocumentError`."""
        with work_folder() as folder:
            path = Path(folder, "file.eml")
            path.write_bytes(data)
            found = PARSING.call(
                "qa.reading.loaders.mail_parts:read_mail",
                [str(path), str(folder), name],
                name=name,
                limit_s=time_limit_s(len(data)),
            )
            lines = [SourceLine(text, heading, whole=True) for text, heading in found["headers"]]
            body, warnings = _body(found["text"], found["page"])
            lines += body
            for filename, place in found["files"]:
                read, told = _attachment(filename, Path(place))
                lines += read
                warnings += told
        if found["count"] > len(found["files"]):
            warnings.append(f"附件有 {found['count']} 个，只读了前 {len(found['files'])} 个")
        if found["cut"]:
            warnings.append(f"邮件超过 {MAX_PARTS} 个部分的上限，后面的没有读入")
        return Loaded.of_lines(lines, warnings)


def _body(text: str | None, page: str | None) -> tuple[list[SourceLine], list[str]]:
    """The text of the mail: its plain parts, else its web page."""
    if text is not None:
        return list(_plain_lines(text)), []
    if page is not None:
        return _read(Path(page).read_bytes(), "正文.html", 0)
    return [], ["邮件没有正文"]


def _plain_lines(text: str) -> Iterator[SourceLine]:
    blank = True
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line.strip():
            yield SourceLine(line, blank_before=blank, indented=line[:1].isspace())
        blank = not line.strip()


def _attachment(filename: str, place: Path) -> tuple[list[SourceLine], list[str]]:
    suffix = PurePosixPath(filename).suffix.lower()
    if suffix in _NESTED:
        return [], [f"附件 {filename} 没有读入：邮件里的邮件和压缩包不展开，另存出来再放入"]
    data = place.read_bytes()
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
