"""The quality watch: what of a document was likely read wrongly. Nothing garbled passes in silence.

Each check gives one Chinese line, ready to show, or says that the document is not worth indexing at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePosixPath
from statistics import fmean, pstdev

from qa.errors import DocumentError
from qa.reading.loaders.encodings import common_share
from qa.records import Document, DocumentStatus, Passage

UNREADABLE_SHARE = 0.3
"""From this share of characters that are no words on, a document is refused: it would only be noise in every search."""
NOTED_SHARE = 0.002
MIN_COMMON_SHARE = 0.35
"""Of the Han characters, how many are common ones: .73 to .87 in 62 real documents, under .05 in text of a mistaken encoding."""
_MIN_HAN = 40
LONG_PASSAGE_CHARS = 1200
_HEADER_TIMES = 4
_HEADER_CHARS = range(6, 41)
_MIN_PAGE_GAP_CHARS = 300
_MAX_GAP_VARIATION = 0.5

_GLYPH_CODE = re.compile(r"\(cid:\d+\)|/g\d{1,5}\b|/uni[0-9A-F]{4}\b|<[0-9a-fA-F]{4}>")
_PAGE_NUMBER = re.compile(
    r"[-—－]\s?(?P<a>\d{1,4})\s?[-—－]|第\s?(?P<b>\d{1,4})\s?页.{0,12}|(?P<c>\d{1,4})\s?[/／]\s?\d{1,4}"
)
"""Not a bare number: that may be the first cell of a table's row."""
_MAX_HEADERS = 2
"""A page has one or two running lines; where more lines come back it is a table that repeats itself."""
_SENTENCE_END = frozenset("。！？；：，.!?;:,")


def watched(document: Document, passages: Sequence[Passage]) -> Document:
    """``document`` with the warnings of every check; its status says whether there are any.

    Raises :class:`qa.errors.DocumentError` when what was read is no text.
    """
    _require_text(document)
    found = [message for message in _warnings(document, passages) if message not in document.warnings]
    if not found:
        return document
    return replace(document, status=DocumentStatus.WARNINGS, warnings=(*document.warnings, *found))


def _require_text(document: Document) -> None:
    name = PurePosixPath(document.path).name
    counts = Counter(document.text)  # of the few thousand different characters, not of each one
    visible = sum(count for character, count in counts.items() if not character.isspace())
    if not visible:
        raise DocumentError(
            f"{name} 没有读出文字",
            reason="文件里没有文字层，可能是扫描件或图片",
            hint="换成带文字的版本，或安装文字识别后重新读取",
        )
    codes = sum(len(match[0]) for match in _GLYPH_CODE.finditer(document.text))
    if codes > UNREADABLE_SHARE * visible:
        raise DocumentError(
            f"{name} 的文字层是字形编号，不是文字",
            reason=f"{codes / visible:.0%} 是 (cid:12) 一类的编号",
            hint="用原软件另存为 .docx 或重新导出 PDF，再替换此文件",
        )
    broken = sum(count for character, count in counts.items() if _is_broken(character))
    if broken > UNREADABLE_SHARE * visible:
        raise DocumentError(
            f"{name} 是乱码",
            reason=f"{broken / visible:.0%} 的字符无法显示",
            hint="检查原文件的编码，另存为 UTF-8 后替换此文件",
        )


def _warnings(document: Document, passages: Sequence[Passage]) -> Iterator[str]:
    text = document.text
    private = sum(count for each, count in Counter(text).items() if unicodedata.category(each) == "Co")
    if private > max(2, NOTED_SHARE * len(text)):
        yield f"有 {private} 个私用区字符，可能是特殊字体里的字或符号，请核对原件"
    if text.count("\ufffd") and not any("�" in warning for warning in document.warnings):
        yield f"有 {text.count(chr(0xFFFD))} 个 �，可能已经丢失文字"
    codes = len(_GLYPH_CODE.findall(text))
    if codes > 2:
        yield f"有 {codes} 处字形编号（如 {_GLYPH_CODE.search(text)[0]}），这些地方没有读出文字"  # type: ignore[index]
    share, han = common_share(text)
    if han >= _MIN_HAN and share < MIN_COMMON_SHARE:
        yield f"文字疑似乱码：常用字只占 {share:.0%}，请检查原文件的编码"
    yield from _headers(document)
    long = [passage for passage in passages if len(passage.text) > LONG_PASSAGE_CHARS]
    if long:
        yield f"有 {len(long)} 段超过 {LONG_PASSAGE_CHARS} 字，原文可能没有分段"


def _headers(document: Document) -> Iterator[str]:
    """Lines that come back page after page: a running head, or page numbers in the text."""
    places: dict[str, list[int]] = defaultdict(list)
    numbers: list[int] = []
    for block in document.blocks:
        line = document.text[block.start : block.end].strip()
        number = _PAGE_NUMBER.fullmatch(line)
        if number:
            numbers.append(int(number["a"] or number["b"] or number["c"]))
        elif len(line) in _HEADER_CHARS and line[-1] not in _SENTENCE_END:
            places[line].append(block.start)
    regular = [
        (line, starts) for line, starts in places.items() if len(starts) >= _HEADER_TIMES and _is_regular(starts)
    ]
    for line, starts in regular if len(regular) <= _MAX_HEADERS else ():
        yield f"“{line}”重复出现 {len(starts)} 次，可能是页眉混入了正文"
    rising = sum(later == earlier + 1 for earlier, later in pairwise(numbers))
    if len(numbers) >= _HEADER_TIMES and rising >= 0.8 * (len(numbers) - 1):
        yield f"有 {len(numbers)} 处页码混入了正文"


def _is_regular(starts: Sequence[int]) -> bool:
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    mean = fmean(gaps)
    return mean >= _MIN_PAGE_GAP_CHARS and pstdev(gaps) <= _MAX_GAP_VARIATION * mean


def _is_broken(character: str) -> bool:
    return character == "\ufffd" or unicodedata.category(character) in {"Co", "Cn", "Cs"}
