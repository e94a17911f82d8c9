"""版头 and 标题: which paragraphs stand before a document's body, and what each of them is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from qa.reading import shapes
from qa.reading.clean import Paragraph

MAX_MASTHEAD_PARAGRAPHS = 40
MAX_UNNAMED_LINES = 6
MAX_TITLE_CHARS = 120

_ISSUE_FIRST = re.compile(rf"(?:{shapes.ISSUE_LINE.pattern})(?=\s)")
_DATE_LAST = re.compile(rf"\s(?:{shapes.DATE_LINE.pattern})$")


class Part(StrEnum):
    """What a paragraph of the masthead is."""

    KEY = "key"  # 发文字号：…
    VALUE = "value"  # the line after a key without a value
    ENDORSEMENT = "endorsement"  # 领导批示
    ISSUE = "issue"
    DATE = "date"
    NUMBER = "number"
    DECREE = "decree"  # 中华人民共和国国务院令
    NAME = "name"  # 红头, 机关, 标题
    NOTE = "note"  # （1991年3月4日发布）, ——在…会议上


@dataclass(frozen=True, slots=True)
class Masthead:
    """The first ``count`` paragraphs of a text.

    ``fields`` are their parts in order (a line may hold several: 第7期, 机关 and date); ``keys`` holds the fields of a web
    page or form (发文字号：…) by their name.
    """

    count: int = 0
    fields: tuple[tuple[Part, str], ...] = ()
    keys: dict[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return self.count

    def all(self, part: Part) -> list[str]:
        """The texts of the fields that are ``part``, in order."""
        return [text for found, text in self.fields if found is part]


def read_masthead(paragraphs: Sequence[Paragraph]) -> Masthead:
    """The masthead at the beginning of ``paragraphs``; empty when the text begins with its body.

    The addressee (主送机关) ends it and belongs to the body: 九三学社：《…提案》悉。 is read together.
    """
    fields: list[tuple[Part, str]] = []
    keys: dict[str, str] = {}
    pending_key: str | None = None
    count = 0
    for paragraph in paragraphs[:MAX_MASTHEAD_PARAGRAPHS]:
        text = paragraph.text
        key = shapes.KEY_LINE.fullmatch(text)
        if key is not None:
            pending_key = None if key["value"] else key["key"]
            if key["value"]:
                keys.setdefault(key["key"], key["value"].strip())
            fields.append((Part.KEY, text))
        elif pending_key is not None and not _is_title(text):
            keys.setdefault(pending_key, text)
            pending_key = None
            fields.append((Part.VALUE, text))
        else:
            pending_key = None
            found = _fields(text, fields)
            if not found:
                break
            fields.extend(found)
        count += 1
    if count < len(paragraphs):
        return Masthead(count, tuple(fields), keys)
    return _title_only(paragraphs, fields)


def _is_title(text: str) -> bool:
    return "关于" in text and shapes.ends_with_kind(text) is not None


def _title_only(paragraphs: Sequence[Paragraph], fields: list[tuple[Part, str]]) -> Masthead:
    """A text without any body: only its first line may be a title."""
    if len(paragraphs) > 1 and fields[0] == (Part.NAME, paragraphs[0].text):
        return Masthead(1, (fields[0],))
    return Masthead()


def _fields(text: str, before: list[tuple[Part, str]]) -> list[tuple[Part, str]]:
    """The parts that one line holds, usually one; empty when the line belongs to the body."""
    part = _part(text, before)
    if part is not None and part is not Part.NAME:
        return [(part, text)]
    pieces = [piece for piece in _split(text) if piece]
    if len(pieces) > 1:
        parts = [_part(piece, before) for piece in pieces]
        if {Part.ISSUE, Part.DATE, Part.NUMBER} & set(parts):
            return [(found or Part.NAME, piece) for found, piece in zip(parts, pieces, strict=True)]
    return [(part, text)] if part is not None else []


def _split(text: str) -> list[str]:
    """A line's fields: 期号 at the beginning, a date at the end, and what wide gaps keep apart."""
    issue, day = _ISSUE_FIRST.match(text), _DATE_LAST.search(text)
    start = issue.end() if issue else 0
    end = day.start() if day and day.start() >= start else len(text)
    middle = re.split(r"[ \u3000]{2,}|\t", text[start:end].strip())
    return [text[:start].strip(), *middle, text[end:].strip()]


def _part(text: str, before: list[tuple[Part, str]]) -> Part | None:
    number = shapes.DOCUMENT_NUMBER.match(text)
    names = sum(part is Part.NAME for part, _ in before)
    simple = (
        (shapes.ENDORSEMENT, Part.ENDORSEMENT),
        (shapes.ISSUE_LINE, Part.ISSUE),
        (shapes.DATE_LINE, Part.DATE),
        (shapes.DECREE_BAND, Part.DECREE),
    )
    for pattern, part in simple:
        if pattern.fullmatch(text):
            return part
    if (number and len(text) <= number.end() + 30) or (shapes.DECREE_NUMBER.fullmatch(text) and before):
        return Part.NUMBER
    if shapes.NOTE_LINE.fullmatch(text) and before:
        return Part.NOTE
    if text.endswith((":", "：")):
        return None  # the addressee
    if shapes.COLUMN.match(text) or shapes.numbering(text) or text.startswith(("附件", "——")):
        return None
    if shapes.PROSE_MARK.search(text) or len(text) > MAX_TITLE_CHARS or names >= MAX_UNNAMED_LINES:
        return None
    return Part.NAME
