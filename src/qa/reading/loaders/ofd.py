"""OFD: the text that stands on the pages; scanned pages by recognition of their picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qa.errors import DocumentError
from qa.ports import Loaded
from qa.reading.loaders.isolated import PARSING
from qa.reading.loaders.limits import MAX_BINARY_BYTES, PARSE_LIMIT_S
from qa.reading.loaders.ocr import missing_ocr, ocr_available, recognise, require_ocr
from qa.reading.loaders.page_layout import Box, PageLine
from qa.reading.loaders.page_source import pages_named
from qa.reading.loaders.pdf import ReadPage, loaded_pages, recognition_notes, take_recognised
from qa.reading.loaders.work_folder import work_folder

_PAGES = "qa.reading.loaders.ofd_pages:"


class OfdLoader:
    """Reads .ofd, the national format of fixed pages (GB/T 33190): documents, signed and sealed files, electronic invoices."""

    suffixes: tuple[str, ...] = (".ofd",)
    max_bytes: int = MAX_BINARY_BYTES

    def load(self, data: bytes, name: str) -> Loaded:
        """The lines with their pages. Raises :class:`DocumentError`."""
        with work_folder() as folder:
            path = Path(folder, "file.ofd")
            path.write_bytes(data)
            try:
                found = PARSING.call(
                    _PAGES + "read_pages", [str(path)], name=name, limit_s=PARSE_LIMIT_S, progress=PARSING.page_progress
                )
            except DocumentError as error:  # the child does not know how the file is called
                message = error.message.replace("这个 OFD", name)
                raise DocumentError(message, reason=error.reason, hint=error.hint) from error
            pages = [_read_page(number, page) for number, page in enumerate(found["pages"], start=1)]
            pictures = [page["picture"] for page in found["pages"]]
            warnings = _recognise_pages(pages, pictures, path, Path(folder, "page.png"), name)
        if found["lost"]:
            warnings.append(f"{pages_named(found['lost'])}的内容不在文件里，没有读入")
        if found["attachments"]:
            warnings.append(
                f"附带的文件没有读入：{'、'.join(found['attachments'][:8])}；需要的话另存出来放入资料文件夹"
            )
        return loaded_pages(pages, warnings, name)


def _read_page(number: int, page: dict[str, Any]) -> ReadPage:
    lines = [PageLine(row[0], Box(*row[1:5]), *row[5:9]) for row in page["lines"]]
    return ReadPage(number, page["height"], lines, page["scan"], bad=page["bad"])


def _recognise_pages(
    pages: Sequence[ReadPage], pictures: Sequence[str], path: Path, picture: Path, name: str
) -> list[str]:
    """Fills in the pages that are pictures; returns what must be said."""
    warnings = []
    if broken := [page.number for page in pages if page.scan == "broken"]:
        warnings.append(f"{pages_named(broken)}已损坏，没有读入")
    if glyphs := [page.number for page in pages if page.scan == "glyphs"]:
        warnings.append(
            f"{pages_named(glyphs)}的文字是内嵌字体的字形代码（私用区字符），不是文字，没有读入；用 OFD 阅读器导出为 PDF 再放入，即可识别"
        )
    todo = [
        (page, part) for page, part in zip(pages, pictures, strict=True) if page.scan in ("empty", "little") and part
    ]
    if not todo:
        return warnings
    named = pages_named([page.number for page, _ in todo])
    if not ocr_available():
        if not any(page.lines for page in pages):
            require_ocr(name, named)
        return [*warnings, missing_ocr(name, named)]
    failed = []
    for page, part in todo:
        try:
            size = PARSING.call(
                _PAGES + "take_picture", [str(path), part, str(picture)], name=name, limit_s=PARSE_LIMIT_S
            )
            take_recognised(page, recognise(picture, name), size[1])
        except DocumentError:
            failed.append(page.number)
    if failed:
        warnings.append(f"{pages_named(failed)}识别失败或超时，没有读入")
    return warnings + recognition_notes(pages)
