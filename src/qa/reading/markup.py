"""Layout marks off, words kept: markdown, simple HTML tags, small LaTeX, letter spacing, page numbers.

Nothing else is rewritten. Characters that come out changed (``$\\alpha$`` → α, ``&lt;`` → <) have no place in the
source map.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from qa.ports import SourceLine
from qa.reading.latex import plain_math
from qa.reading.lines import Line, Run
from qa.reading.tabbed_tables import barred_rows, tabbed_rows

_MARKS = re.compile(
    r"""
    (?P<bold>\*\*)
  | (?P<math>[ ]{0,4}\$(?P<tex>[^$\n]{1,120})\$[ ]{0,4})
  | (?P<tag></?(?:sub|sup|b|i|u|em|strong|br|p|div|span|center|font|table|thead|tbody|tr|td|th|img|a)\b[^<>\n]{0,200}>)
  | (?P<comment><!--.{0,2000}?-->)
  | \\(?P<escaped>[!-/:-@\[-`{-~])
  | (?P<entity>&(?:nbsp|amp|lt|gt|quot|ensp|emsp|\#\d{2,5});)
  | (?P<image>!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\))
  | \[(?P<label>[^\[\]\n]{1,200})\]\((?:https?:|mailto:|\#|/|\./)[^)\s]{0,500}\)
  | (?P<invisible>[\u200b-\u200f\u2060\ufeff\u00ad])
    """,
    re.VERBOSE,
)
_MAY_HOLD_MARKS = re.compile(r"[*$<\\&!\[\u200b-\u200f\u2060\ufeff\u00ad]")
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\u200b-\u200f\u2060\ufeff\u00ad]+")
_RULE = re.compile(r"(?:[-*_=—─━]\s?){3,}")
_TABLE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
_PAGE_NUMBER = re.compile(r"[-—–]+\s?\d{1,4}\s?[-—–]+|第\s?\d{1,4}\s?页(?:\s?[,，/／]?\s?共\s?\d{1,4}\s?页)?")
_LEADING = re.compile(r"(?P<quote>(?:>\s?)*)(?:(?P<hashes>\#{1,6})\s+|(?P<bullet>[-*+]\s+(?=\S)))?")
_SPACES = r"[ \t\u00a0\u2002\u2003\u3000]"
_CJK = r"[\u3400-\u9fff]"
_SPACED_LINE = re.compile(rf"{_CJK}(?:{_SPACES}+{_CJK})+[：:]?")
_SPACED_RUN = re.compile(rf"{_CJK}(?:{_SPACES}{{1,4}}{_CJK}(?!{_CJK})){{3,}}")
_SPACED_CHAPTER = re.compile(rf"第[一二三四五六七八九十百\d]+[编章节]{_SPACES}+(?P<name>{_CJK}(?:{_SPACES}+{_CJK})+)")
_SPACED_NAME = re.compile(
    rf"(?:编辑|审核|签发人?|校对|主编|总编辑|责任编辑|执行编辑|联系人|撰稿|供稿)[：:]{_SPACES}*(?P<name>{_CJK}{_SPACES}+{_CJK})(?!{_CJK})"
)
_GAP = re.compile(rf"{_SPACES}+")


def clean_lines(source: str) -> Iterator[Line]:
    """The lines of ``source`` that hold words, in order, trimmed; ``source_start`` counts code points of ``source``.

    Rules, page numbers, code fences, image marks and empty lines give no line; the next one is told of them.
    """
    blank = rule = False
    places = list(_source_lines(source))
    rows, barred = tabbed_rows(source, places), barred_rows(source, places)
    for start, end in places:
        if start in rows:
            yield _tabbed(source, start, end, blank)
            blank = rule = False
            continue
        raw = source[start:end].strip()
        if not raw or _PAGE_NUMBER.fullmatch(raw) or raw.startswith("```"):
            blank = True
            continue
        if _RULE.fullmatch(raw) or ("-" in raw and _TABLE_RULE.fullmatch(raw)):
            rule = True
            continue
        line = _clean(source, start, end, blank, rule, barred=start in barred)
        if line.text:
            yield line
            blank = rule = False
        else:
            blank = True


def _tabbed(source: str, start: int, end: int, blank: bool) -> Line:
    """A row with the tabs between its cells, those before an empty first cell too."""
    runs, bold = _runs(source, start, end)
    return Line.of(runs, bold=bold, blank_before=blank, table=True, tabbed=True)


def clean_line(line: SourceLine, run: Run) -> Line | None:
    """A line of a format that marks its structure by itself, ``run`` being its text; ``None`` when it holds no words, or
    nothing but a page number between whole paragraphs' lines.
    """
    raw = line.text.strip()
    if not raw or (not line.table and _PAGE_NUMBER.fullmatch(raw)) or _RULE.fullmatch(raw):
        return None
    cleaned = Line.of(
        [run],
        heading=line.heading,
        bold=line.bold,
        blank_before=line.blank_before,
        indented=line.indented,
        table=line.table,
        whole=line.whole,
        continues=line.continues,
    )
    cleaned = cleaned.without(match.span() for match in _INVISIBLE.finditer(line.text))
    cleaned = close_up(cleaned.trimmed())
    return cleaned if cleaned.text else None


def _source_lines(source: str) -> Iterator[tuple[int, int]]:
    position = 0
    for match in re.finditer(r"\r\n|[\n\r\f\v\x85\u2028\u2029]", source):
        yield position, match.start()
        position = match.end()
    yield position, len(source)


def _clean(source: str, start: int, end: int, blank: bool, rule: bool, *, barred: bool) -> Line:
    indented = source[start : start + 1].isspace()
    while start < end and source[start].isspace():
        start += 1
    leading = _LEADING.match(source, start, end)
    if leading is None:  # the pattern also matches nothing
        raise AssertionError(source[start:end])
    runs, bold = _runs(source, leading.end(), end)
    line = Line.of(
        runs,
        heading=len(leading["hashes"] or ""),
        bold=bold,
        blank_before=blank,
        rule_before=rule,
        indented=indented,
        table=barred or source[start] == "|",
    )
    return close_up(line.trimmed())


def _runs(source: str, start: int, end: int) -> tuple[list[Run], tuple[tuple[int, int], ...]]:
    """The words of a stretch and the spans that were bold, in offsets of the words."""
    if _MAY_HOLD_MARKS.search(source, start, end) is None:
        return [Run(source[start:end], start)], ()
    runs: list[Run] = []
    bold: list[tuple[int, int]] = []
    position, length, opened = start, 0, -1

    def keep(run: Run) -> None:
        nonlocal length
        runs.append(run)
        length += len(run.text)

    for match in _MARKS.finditer(source, start, end):
        words = _words(match)
        if words is None:
            continue
        keep(Run(source[position : match.start()], position))
        position = match.end()
        if match["bold"]:
            if opened >= 0:
                bold.append((opened, length))
            opened = length if opened < 0 else -1
        for run in words:
            keep(run)
    keep(Run(source[position:end], position))
    return runs, tuple(span for span in bold if span[0] < span[1])


def _words(match: re.Match[str]) -> list[Run] | None:
    """What a mark leaves behind; ``None`` when it turns out to be words."""
    if match["math"]:
        return plain_math(match["tex"], match.start("tex"))
    if match["escaped"]:
        return [Run(match["escaped"], match.start("escaped"))]
    if match["label"]:
        return [Run(match["label"], match.start("label"))]
    if match["entity"]:
        return [Run(html.unescape(match["entity"]), None)]
    if match["tag"] and match["tag"].startswith("<br"):
        return [Run(" ", None)]
    return []


def close_up(line: Line) -> Line:
    """The line with letter spacing taken out: 科 技 简 报, 第一章 总 则, 审核：乔 栋. Other spaces stay."""
    text = line.text
    if _GAP.search(text) is None:
        return line
    if _SPACED_LINE.fullmatch(text):
        return line.without([gap.span() for gap in _GAP.finditer(text)])
    spans = [match.span() for match in _SPACED_RUN.finditer(text)]
    if chapter := _SPACED_CHAPTER.fullmatch(text):
        spans = [chapter.span("name")]
    spans += [match.span("name") for match in _SPACED_NAME.finditer(text)]
    cuts = {gap.span() for start, end in spans for gap in _GAP.finditer(text, start, end)}
    return line.without(sorted(cuts))
