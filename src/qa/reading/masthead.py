"""版头 and 标题: which paragraphs stand before a document's body, and what each of them is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from qa.reading import shapes
from qa.reading.clean import Paragraph

MAX_MASTHEAD_PARAGRAPHS = 40
MAX_UNNAMED_LINES = 6
MAX_TITLE_CHARS = 120
MAX_ADDRESSEE_CHARS = 160


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
    ADDRESSEE = "addressee"


@dataclass(frozen=True, slots=True)
class Masthead:
    """The first ``len(parts)`` paragraphs; ``keys`` holds the 网页 or 版头 fields by their name."""

    parts: tuple[Part, ...] = ()
    keys: dict[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.parts)

    def all(self, part: Part) -> list[int]:
        """Indexes of the paragraphs that are ``part``."""
        return [index for index, found in enumerate(self.parts) if found is part]


def read_masthead(paragraphs: Sequence[Paragraph]) -> Masthead:
    """The masthead at the beginning of ``paragraphs``; empty when the text begins with its body."""
    parts: list[Part] = []
    keys: dict[str, str] = {}
    pending_key: str | None = None
    for paragraph in paragraphs[:MAX_MASTHEAD_PARAGRAPHS]:
        text = paragraph.text
        key = shapes.KEY_LINE.fullmatch(text)
        if pending_key is not None and key is None and not _is_title(text):
            keys.setdefault(pending_key, text)
            pending_key = None
            parts.append(Part.VALUE)
            continue
        if key is not None:
            pending_key = None if key["value"] else key["key"]
            if key["value"]:
                keys.setdefault(key["key"], key["value"].strip())
            parts.append(Part.KEY)
            continue
        pending_key = None
        part = _part(text, parts)
        if part is None:
            break
        parts.append(part)
        if part is Part.ADDRESSEE:
            break
    return Masthead(tuple(parts), keys) if len(parts) < len(paragraphs) else _title_only(paragraphs, parts, keys)


def _is_title(text: str) -> bool:
    return "关于" in text and shapes.ends_with_kind(text) is not None


def _title_only(paragraphs: Sequence[Paragraph], parts: list[Part], keys: dict[str, str]) -> Masthead:
    """A text without any body: only its first line may be a title."""
    return Masthead((Part.NAME,), {}) if len(paragraphs) > 1 and parts[0] is Part.NAME else Masthead()


def _part(text: str, before: list[Part]) -> Part | None:
    number = shapes.DOCUMENT_NUMBER.match(text)
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
    if shapes.COLUMN.match(text) or shapes.numbering(text) or text.startswith(("附件", "——")):
        return None
    if shapes.SALUTATION.fullmatch(text):
        return Part.ADDRESSEE if Part.NAME in before and len(text) <= MAX_ADDRESSEE_CHARS else None
    if shapes.PROSE_MARK.search(text) or len(text) > MAX_TITLE_CHARS or before.count(Part.NAME) >= MAX_UNNAMED_LINES:
        return None
    return Part.NAME
