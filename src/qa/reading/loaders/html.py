"""Web pages as they were published: paragraphs, headings, tables with their headers; navigation and scripts left out."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from qa.errors import DocumentError
from qa.ports import Loaded, SourceLine
from qa.reading import shapes
from qa.reading.loaders.apart import parsed_apart
from qa.reading.loaders.encodings import Decoded, chinese_score, decode
from qa.reading.loaders.files import MAX_FILE_BYTES
from qa.reading.loaders.html_tables import MAX_COLUMNS, MAX_ROWS, grid_of, is_cut
from qa.reading.loaders.tables import table_lines

if TYPE_CHECKING:
    from lxml import html as lxml_html

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_-]{2,20})""")
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs", "iso-8859-1": "cp1252"}
_MIN_DECLARED_SCORE = 0.15
_SKIPPED = frozenset(
    "script style noscript template head title nav header footer aside form button select textarea input iframe object "
    "embed svg canvas video audio map dialog menu".split()
)
_BLOCKS = frozenset(
    "address article blockquote body center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 hr html li "
    "main ol p pre section summary table ul tbody thead tfoot tr td th caption".split()
)
_HEADING = re.compile(r"h([1-6])")
_BOLD = frozenset({"b", "strong"})
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_APART_NAME = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|menu|breadcrumbs?|crumbs?|sidebar|footer|foot|header|toolbar|share|related|recommend|pagination|pager|"
    r"copyright|qrcode|comment|advert|ads?|friendlink)(?:$|[-_ ])",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_MIN_LINKS, _MAX_LINK_SHARE = 4, 0.7
_GROUPS = frozenset({"div", "ul", "ol", "section", "table", "td", "dl", "p"})
MAX_DEPTH = 200
"""Elements that are deeper give their words without structure; tags that were never closed nest so."""


class _Size(NamedTuple):
    chars: int
    linked: int
    links: int


class HtmlLoader:
    """Reads saved web pages in any encoding they declare, or in the one their bytes look like."""

    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml", ".shtml")
    max_bytes: int = MAX_FILE_BYTES

    def load(self, data: bytes, name: str) -> Loaded:
        """Paragraphs and table rows in order. Raises :class:`qa.errors.DocumentError`."""
        return parsed_apart(parse, data, name)


def parse(data: bytes, name: str) -> Loaded:
    """The words of a page. Raises :class:`qa.errors.DocumentError`. Runs in the child process."""
    from lxml import etree
    from lxml import html as lxml_html

    decoded = _decoded(data)
    if decoded is None or "\x00" in decoded.text:
        raise DocumentError(
            f"{name} 不是网页", reason="内容是二进制数据或编码无法识别", hint="用浏览器打开后重新保存网页"
        )
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, recover=True
    )
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", decoded.text)
    try:
        root = lxml_html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise _empty(name) from error
    if any("depth" in entry.message for entry in parser.error_log):  # the parser drops what is deeper
        raise DocumentError(
            f"{name} 不予读取", reason="标签嵌套过深，网页可能已损坏", hint="用浏览器打开后重新保存网页"
        )
    content = _content(root)
    lines = list(_Page(_sizes(content)).lines(content))
    if not lines:
        raise _empty(name)
    warnings = _warnings(decoded, lines)
    if any(is_cut(table) for table in content.iter("table")):
        warnings.append(f"表格超过 {MAX_ROWS} 行或一行 {MAX_COLUMNS} 格的上限，后面的没有读入；请拆成几个文件")
    return Loaded.of_lines(lines, warnings, encoding=decoded.encoding)


def _empty(name: str) -> DocumentError:
    return DocumentError(
        f"{name} 里没有文字", reason="网页没有可读的正文", hint="正文可能由脚本载入：用浏览器打开后另存网页"
    )


def _decoded(data: bytes) -> Decoded | None:
    """By byte order mark, then as declared where that makes sense, then as the bytes look."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data)
    match = _DECLARED.search(data[:8192]) or _XML_DECLARED.search(data[:200])
    if match:
        encoding = match[1].decode("ascii").lower()
        encoding = _WIDER.get(encoding, encoding)
        try:
            text = data.decode(encoding, errors="replace")
        except LookupError:
            return decode(data)
        bad = text.count("\ufffd")
        plain = re.sub(r"<[^<>]*>", "", text)
        if bad * 100 <= len(text) and chinese_score(plain) >= _MIN_DECLARED_SCORE:
            return Decoded(text, encoding, bad)
    return decode(data)


def _content(root: lxml_html.HtmlElement) -> lxml_html.HtmlElement:
    """The part that holds the document: the page's one <main> or <article>, else its body."""
    for kind in ("main", "article"):
        found = root.findall(f".//{kind}")
        if len(found) == 1 and 2 * len(found[0].text_content()) >= len(root.text_content()):
            return found[0]
    body = root.find("body")
    return root if body is None else body


class _Page:
    """One walk over a page; inline text is gathered until a block begins or ends."""

    def __init__(self, sizes: dict[lxml_html.HtmlElement, _Size]) -> None:
        self._sizes = sizes
        self._text: list[str] = []
        self._bold: list[tuple[int, int]] = []
        self._length = 0
        self._blank = False
        self._total = 0

    def lines(self, content: lxml_html.HtmlElement) -> Iterator[SourceLine]:
        """The lines of ``content`` in order, none of them empty."""
        self._total = self._sizes[content].chars if content in self._sizes else 0
        yield from self._element(content, 0, False, 0)
        yield from self._flush(0)

    def _element(self, element: lxml_html.HtmlElement, heading: int, bold: bool, depth: int) -> Iterator[SourceLine]:
        kind = element.tag if isinstance(element.tag, str) else ""
        if kind in _SKIPPED or not kind or self._is_apart(element, kind, depth):
            return
        if depth > MAX_DEPTH:
            self._keep(element.text_content(), bold, kind)
            return
        if kind == "table":
            yield from self._flush(heading)
            yield from self._table(element, depth)
            return
        if kind == "br":
            yield from self._flush(heading)
            return
        block = kind in _BLOCKS
        if block:
            yield from self._flush(heading)
            if match := _HEADING.fullmatch(kind):
                heading = int(match[1])
        bold = bold or kind in _BOLD or _BOLD_STYLE.search(element.get("style", "")) is not None
        self._keep(element.text, bold, kind)
        for child in element:
            yield from self._element(child, heading, bold, depth + 1)
            self._keep(child.tail, bold, kind)
        if block:
            yield from self._flush(heading)
            self._blank = self._blank or kind in ("hr", "table")

    def _is_apart(self, element: lxml_html.HtmlElement, kind: str, depth: int) -> bool:
        """Whether an element is no part of the document: hidden, named as a menu or the like, or a list of links."""
        if _HIDDEN_STYLE.search(element.get("style", "")) or element.get("hidden") is not None:
            return True
        size = self._sizes.get(element)
        if size is None or depth == 0 or kind not in _GROUPS or 10 * size.chars > 3 * self._total:
            return False
        if _APART_NAME.search(f"{element.get('id', '')} {element.get('class', '')}"):
            return True
        return size.links >= _MIN_LINKS and size.linked > _MAX_LINK_SHARE * size.chars

    def _keep(self, text: str | None, bold: bool, kind: str) -> None:
        if not text:
            return
        text = text if kind == "pre" else _SPACES.sub(" ", text)
        if bold and text.strip():
            start = self._length
            if self._bold and not "".join(self._text)[self._bold[-1][1] :].strip():
                start = self._bold.pop()[0]
            self._bold.append((start, self._length + len(text)))
        self._text.append(text)
        self._length += len(text)

    def _flush(self, heading: int) -> Iterator[SourceLine]:
        text = "".join(self._text)
        bold, self._text, self._bold, self._length = self._bold, [], [], 0
        indent = len(text) - len(text.lstrip())
        words = text.strip()
        if shapes.WEB_LEFTOVER.fullmatch(words):
            return
        if not words.replace("\u200b", ""):
            self._blank = True
            return
        spans = ((max(0, start - indent), min(end - indent, len(words))) for start, end in bold)
        line = SourceLine(words, heading, tuple(span for span in spans if span[0] < span[1]), whole=True)
        for piece in _pieces(line):
            yield replace(piece, blank_before=self._blank)
            self._blank = False

    def _table(self, table: lxml_html.HtmlElement, depth: int) -> Iterator[SourceLine]:
        grid = grid_of(table)
        self._blank = True
        if not grid.layout:
            rows = [[_cell_text(cell) for cell in row] for row in grid.rows]
            for line in table_lines(rows, grid.header_rows):
                if (key := shapes.KEY_LINE.fullmatch(line.text)) and not key["value"]:
                    continue  # a field of the page that was left empty
                yield replace(line, blank_before=self._blank)
                self._blank = False
        else:
            for cell in dict.fromkeys(cell for row in grid.rows for cell in row if cell is not None):
                yield from self._element(cell, 0, False, depth + 1)
                yield from self._flush(0)
        self._blank = True


def _cell_text(cell: lxml_html.HtmlElement | None) -> str:
    return "" if cell is None else " ".join(line.text for line in _Page({}).lines(cell))


def _pieces(line: SourceLine) -> Iterator[SourceLine]:
    """The lines of preformatted text, else ``line`` itself."""
    if "\n" not in line.text:
        yield line
        return
    for text in line.text.split("\n"):
        if text.strip():
            yield SourceLine(text.strip(), line.heading, indented=text[:1].isspace())


def _sizes(content: lxml_html.HtmlElement) -> dict[lxml_html.HtmlElement, _Size]:
    """How much text, and how much of it in links, each element holds."""
    sizes: dict[lxml_html.HtmlElement, _Size] = {}
    for element in reversed(list(content.iter())):
        chars = len((element.text or "").strip()) if element.tag not in _SKIPPED else 0
        linked = links = 0
        for child in element:
            size = sizes[child]
            chars += size.chars + len((child.tail or "").strip())
            linked, links = linked + size.linked, links + size.links
        if element.tag == "a" and element.get("href"):
            linked, links = chars, 1
        sizes[element] = _Size(chars, linked, links)
    return sizes


def _warnings(decoded: Decoded, lines: list[SourceLine]) -> list[str]:
    found = []
    if decoded.bad_bytes:
        found.append(f"有 {decoded.bad_bytes} 处字节无法解码，已用 � 代替")
    elif any("\ufffd" in line.text for line in lines):
        found.append("原文含有 �，可能已经丢失文字")
    return found
