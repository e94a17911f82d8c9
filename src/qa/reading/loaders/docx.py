"""Word files (.docx and, without running them, .docm), read from their XML.

Tracked changes are taken as accepted; automatic numbers are resolved; text boxes, content controls and footnotes are read;
tables become rows with their header. Headers, footers, comments, hidden text and the table of contents are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qa.errors import DocumentError
from qa.ports import Loaded
from qa.reading.loaders.apart import parsed_apart
from qa.reading.loaders.docx_body import BodyReader, Seen
from qa.reading.loaders.docx_numbers import Numbering, attribute, child, local_name
from qa.reading.loaders.docx_styles import Styles
from qa.reading.loaders.limits import MAX_BINARY_BYTES
from qa.reading.loaders.package import Package

if TYPE_CHECKING:
    from lxml import etree

MAX_PART_BYTES = 64 * 1024**2
"""Of unpacked XML: a book of three million characters; the tree takes about ten times that in memory."""
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAIN = "word/document.xml"
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


class DocxLoader:
    """Reads Word's XML format."""

    suffixes: tuple[str, ...] = (".docx", ".docm")
    max_bytes: int = MAX_BINARY_BYTES

    def load(self, data: bytes, name: str) -> Loaded:
        """Paragraphs and table rows in order. Raises :class:`qa.errors.DocumentError`."""
        if data.startswith(_COMPOUND_FILE):
            if _ENCRYPTED in data:
                raise encrypted(name)
            from qa.reading.loaders.office import OfficeLoader  # an old file under the new ending

            return OfficeLoader().load(data, name)
        if not data.startswith(b"PK"):
            raise DocumentError(
                f"{name} 不是 Word 文档", reason="内容不是 .docx 的压缩结构", hint="用 Word 或 WPS 打开后另存为 .docx"
            )
        return parsed_apart(parse, data, name)


def encrypted(name: str) -> DocumentError:
    """What is said of a file with a password."""
    return DocumentError(
        f"{name} 有打开密码，无法读取", reason="文件已加密", hint="用 Word 或 WPS 打开，去掉密码后另存一份"
    )


def parse(data: bytes, name: str) -> Loaded:
    """The words of a package. Raises :class:`qa.errors.DocumentError`. Runs in the child process."""
    package = Package(data, name)
    main = _main_part(package)
    if main not in package:
        raise DocumentError(
            f"{name} 不是 Word 文档",
            reason="压缩包里没有 Word 正文（document.xml）",
            hint="核对扩展名；用 Word 或 WPS 打开后另存为 .docx",
        )
    parts = _Parts(package, main)
    body = child(package.xml(main, MAX_PART_BYTES), "body")
    seen = Seen()
    reader = BodyReader(Styles(parts.root("styles")), Numbering(parts.root("numbering")), dict(parts.notes()), seen)
    lines = list(reader.lines(body)) if body is not None else []
    if not lines:
        reason = f"正文没有文字，只有 {seen.pictures} 张图片" if seen.pictures else "正文没有文字"
        raise DocumentError(f"{name} 里没有文字", reason=reason, hint="若是扫描件，请换成 PDF 放入，由文字识别读取")
    return Loaded.of_lines(lines, _warnings(seen), encoding="utf-8")


class _Parts:
    """The parts beside the body, found by the body's relationships."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        folder, _, file = main.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels".lstrip("/")
        self._targets: dict[str, str] = {}
        for element in package.xml(relations, MAX_PART_BYTES) if relations in package else ():
            kind = (attribute(element, "Type") or "").rpartition("/")[2]
            target = attribute(element, "Target") or ""
            if attribute(element, "TargetMode") != "External":
                self._targets.setdefault(
                    kind, target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
                )

    def root(self, kind: str) -> etree._Element | None:
        part = self._targets.get(kind)
        return self._package.xml(part, MAX_PART_BYTES) if part is not None and part in self._package else None

    def notes(self) -> Iterator[tuple[tuple[str, str], etree._Element]]:
        """(kind, id) and the element of every footnote and endnote."""
        for kind in ("footnote", "endnote"):
            root = self.root(f"{kind}s")
            for element in root if root is not None else ():
                if local_name(element) == kind and attribute(element, "type") not in _SEPARATORS:
                    yield (kind, attribute(element, "id") or ""), element


def _main_part(package: Package) -> str:
    for element in package.xml("_rels/.rels", MAX_PART_BYTES) if "_rels/.rels" in package else ():
        if (attribute(element, "Type") or "").endswith("/officeDocument"):
            return (attribute(element, "Target") or _MAIN).lstrip("/")
    return _MAIN


def _warnings(seen: Seen) -> list[str]:
    found = []
    if seen.changes:
        found.append(f"文档带有修订（{seen.changes} 处），已按接受全部修订读取")
    if seen.pictures:
        found.append(f"有 {seen.pictures} 张较大的图片，图中的文字没有读入")
    if seen.foreign:
        found.append(f"有 {seen.foreign} 处嵌入的其他文档没有读入")
    return found
