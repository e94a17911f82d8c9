"""Slides: title, texts, tables and speaker's notes, each with the number of its slide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qa.errors import DocumentError
from qa.ports import Loaded, SourceLine, SourcePage
from qa.reading.loaders.isolated import PARSING
from qa.reading.loaders.limits import MAX_BINARY_BYTES, PARSE_LIMIT_S
from qa.reading.loaders.package import Package
from qa.reading.loaders.page_source import pages_named
from qa.reading.loaders.tables import table_lines
from qa.reading.loaders.work_folder import work_folder

NOTES = "备注："


class SlidesLoader:
    """Reads .pptx and its kin."""

    suffixes: tuple[str, ...] = (".pptx", ".pptm", ".ppsx")
    max_bytes: int = MAX_BINARY_BYTES

    def load(self, data: bytes, name: str) -> Loaded:
        """The lines with their slides. Raises :class:`DocumentError`."""
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise DocumentError(
                f"{name} 读不出来", reason="有打开密码，或是旧版 .ppt", hint="去掉密码，用原软件另存为 .pptx 再放入"
            )
        Package(data, name)  # bounds on what it unpacks to
        with work_folder() as folder:
            path = Path(folder, "file.pptx")
            path.write_bytes(data)
            slides = PARSING.call(
                "qa.reading.loaders.slide_texts:read_slides", [str(path), name], name=name, limit_s=PARSE_LIMIT_S
            )
        lines = [line for number, slide in enumerate(slides, start=1) for line in _lines(slide, number)]
        if not lines:
            raise DocumentError(
                f"{name} 里没有文字", reason="幻灯片是空的或只有图片", hint="导出为 PDF 再放入，图片里的字可由识别读出"
            )
        warnings = []
        if hidden := [number for number, slide in enumerate(slides, start=1) if slide["hidden"]]:
            warnings.append(f"隐藏的{pages_named(hidden)}也读入了")
        bare = [number for number, slide in enumerate(slides, start=1) if slide["pictures"] and not _has_text(slide)]
        if bare:
            warnings.append(f"{pages_named(bare)}只有图片，图片里的字没有读入；导出为 PDF 再放入即可识别")
        return Loaded.of_lines(lines, warnings, [SourcePage(number) for number in range(1, len(slides) + 1)])


def _lines(slide: dict[str, Any], number: int) -> Iterator[SourceLine]:
    if slide["title"]:
        yield SourceLine(slide["title"], heading=1, whole=True, page=number)
    for text in slide["texts"]:
        yield SourceLine(text, whole=True, page=number)
    for table in slide["tables"]:
        yield from table_lines(table, page=number)
    for index, text in enumerate(slide["notes"]):
        yield SourceLine(text if index else NOTES + text, whole=True, page=number)


def _has_text(slide: dict[str, Any]) -> bool:
    return bool(slide["texts"] or slide["tables"])
