"""Taking a draft apart: its claims (sentences) and its quotations, with offsets into the draft as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.citing.finding import FindingKind
from qa.errors import UsageError
from qa.text.normalise import comparable
from qa.text.sentences import sentences

MAX_DRAFT_CHARS = 300_000
"""About 400 pages; a longer text is not one draft and would keep the checker busy for minutes."""

_FENCE = re.compile(r"^[ \t]*(```|~~~).*?^[ \t]*\1[^\n]*$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>")
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t:|-]*-{3,}[ \t:|-]*$", re.MULTILINE)
_HEADING = re.compile(r"^[ \t]*#{1,6}[ \t][^\n]*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\)")
_LINK = re.compile(r"(?<!!)(\[)([^\[\]\n]{1,200})(\]\([^)\n]{0,500}\))")
_NOTE = re.compile(r"\[\^[^\]\n]{1,40}\]:?|(?<=[\u4e00-\u9fff。，；”）])\[\d{1,3}(?:[-,，]\d{1,3})*\]|[①-⑳]")
_LIST_MARK = re.compile(r"^[ \t]*(?:[-*+>]|\d{1,3}[.)])[ \t]+", re.MULTILINE)
_EMPHASIS = re.compile(r"\*{1,3}|_{2}|`+|~~|\|")
_NUMBERED_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十\d]{1,4}[章节]"
)
_STOP = re.compile(r"[。！？!?；;…][”’」』）)】]*$")
_QUOTES = {"“": "”", "「": "」", "『": "』", '"': '"'}
_SHORTEST_CLAIM = 6
_LONGEST_HEADING = 40
_WRAPPED_LINE = 25


@dataclass(frozen=True, slots=True)
class DraftPart:
    """A claim or a quotation (without its marks): ``draft[start:end]``; ``words`` are the same without markup, as long."""

    kind: FindingKind
    start: int
    end: int
    words: str


def draft_parts(draft: str) -> list[DraftPart]:
    """The claims and quotations of a plain or Markdown text, by where they begin; a claim before the quotations in it.

    Headings, code, tables' rules, list and footnote marks are no claims, nor is a line without a statement. Raises
    :class:`~qa.errors.UsageError` for a draft longer than :data:`MAX_DRAFT_CHARS`.
    """
    if len(draft) > MAX_DRAFT_CHARS:
        raise too_long(draft)
    readable = without_markup(draft)
    parts = [*claims_of(readable), *quotations_of(readable)]
    return sorted(parts, key=lambda part: (part.start, part.kind is not FindingKind.CLAIM, part.end))


def too_long(draft: str) -> UsageError:
    """The error for a draft longer than :data:`MAX_DRAFT_CHARS`."""
    return UsageError(
        f"稿件有 {len(draft)} 字，超过一次核稿的上限 {MAX_DRAFT_CHARS} 字",
        reason="过长的稿件一次核对用时太久",
        hint="请按章节拆成几份，分别核稿",
    )


def without_markup(draft: str) -> str:
    """``draft`` with Markdown and HTML marks as spaces: every other character stays where it is."""
    text = draft
    for pattern in (_FENCE, _COMMENT, _HEADING, _IMAGE, _TABLE_RULE):
        text = pattern.sub(_blank, text)
    text = _LINK.sub(lambda m: " " + m.group(2) + " " * len(m.group(3)), text)
    for pattern in (_NOTE, _TAG, _LIST_MARK, _EMPHASIS):
        text = pattern.sub(_blank, text)
    return _joined_lines(text)


def claims_of(readable: str) -> Iterator[DraftPart]:
    """Every sentence that states something."""
    for start, end in sentences(readable):
        words = readable[start:end]
        if (
            not _is_heading(words)
            and len(comparable(words)) >= _SHORTEST_CLAIM
            and re.search(r"[\u4e00-\u9fff]{2}", words)
        ):
            yield DraftPart(FindingKind.CLAIM, start, end, words)


def quotations_of(readable: str) -> Iterator[DraftPart]:
    """What stands between quotation marks, the outermost pair; marks that are not closed in their paragraph open nothing."""
    position = 0
    opening = re.compile("[" + "".join(_QUOTES) + "]")
    while match := opening.search(readable, position):
        start = match.end()
        end = _closing(readable, start, match.group(), _QUOTES[match.group()])
        position = start if end is None else end + 1
        if end is not None and len(comparable(readable[start:end])) > 1:
            yield DraftPart(FindingKind.QUOTATION, start, end, readable[start:end])


def _closing(text: str, start: int, opened: str, closed: str) -> int | None:
    """Where the mark that closes the one before ``start`` stands, in the same paragraph."""
    depth = 1
    for position in range(start, len(text)):
        character = text[position]
        if character == "\n":
            return None
        if character == closed:
            depth -= 1
            if depth == 0:
                return position
        elif character == opened:
            depth += 1
    return None


def _is_heading(words: str) -> bool:
    if _STOP.search(words):
        return False
    return len(words) <= _LONGEST_HEADING and (bool(_NUMBERED_HEADING.match(words)) or words.endswith(("：", ":")))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _joined_lines(text: str) -> str:
    """Line ends inside a sentence become spaces: a long line without a stop goes on in the next."""
    lines = text.split("\n")
    pieces: list[str] = []
    for at, line in enumerate(lines):
        pieces.append(line)
        following = lines[at + 1] if at + 1 < len(lines) else ""
        begins_anew = (
            not following.strip() or following.startswith(("\u3000", "  ")) or _NUMBERED_HEADING.match(following)
        )
        goes_on = len(line.strip()) >= _WRAPPED_LINE and not _STOP.search(line.rstrip()) and not begins_anew
        pieces.append(" " if goes_on else "\n")
    return "".join(pieces[:-1])
