"""落款 and 版记: signatures with their dates anywhere in a text, and the imprint at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.reading import shapes
from qa.reading.clean import Paragraph

MAX_SIGNATURE_LINES = 6
MAX_SIGNATURE_CHARS = 60
_OFFICIAL = re.compile(
    r"(?:总理|主席|委员长|省长|市长|县长|区长|旗长|盟长|州长|部长|主任|局长|厅长|署长|行长|院长|检察长|自治区主席)[\s\u3000]+"
    r"[\u3400-\u9fff·]{2,8}"
)
_SIGNED_ON_ONE_LINE = re.compile(rf"(?P<office>{shapes.ORGANISATION.pattern})\s+(?P<date>{shapes.DATE_LINE.pattern})")


@dataclass(frozen=True, slots=True)
class Signature:
    """A 落款: paragraphs ``first`` to ``last`` (inclusive, remarks after it too); ``date_index`` is the paragraph
    with the date.
    """

    first: int
    last: int
    office: str
    date_index: int


def find_signatures(paragraphs: Sequence[Paragraph], first: int) -> list[Signature]:
    """The signatures from paragraph ``first`` on: organisation lines (or 总理 某某) and then a date line."""
    found: list[Signature] = []
    for index in range(first, len(paragraphs)):
        text = paragraphs[index].text
        one_line = None if text.startswith("（") else _SIGNED_ON_ONE_LINE.fullmatch(text)
        if one_line:
            found.append(Signature(index, _remarks_end(paragraphs, index), one_line["office"].strip(), index))
        elif shapes.DATE_LINE.fullmatch(text) and not shapes.PRINTED_LINE.fullmatch(text):
            start = index
            while start > first and index - start < MAX_SIGNATURE_LINES and _signs(paragraphs[start - 1].text):
                start -= 1
            if start < index:
                last = _remarks_end(paragraphs, index)
                found.append(Signature(start, last, paragraphs[start].text, index))
    return found


def imprint_start(paragraphs: Sequence[Paragraph], first: int) -> int:
    """Index of the first paragraph of the imprint that ends the text; ``len(paragraphs)`` when there is none."""
    start = len(paragraphs)
    while start > first and _is_imprint(paragraphs, start - 1, start < len(paragraphs)):
        start -= 1
    return start


def _signs(text: str) -> bool:
    if len(text) > MAX_SIGNATURE_CHARS or shapes.PROSE_MARK.search(text):
        return False
    return bool(shapes.ORGANISATION.fullmatch(text) or _OFFICIAL.fullmatch(text))


def _remarks_end(paragraphs: Sequence[Paragraph], index: int) -> int:
    while index + 1 < len(paragraphs) and _is_remark(paragraphs[index + 1].text):
        index += 1
    return index


def _is_remark(text: str) -> bool:
    return any(p.fullmatch(text) for p in (shapes.REMARK, shapes.CONTACT_NOTE, shapes.WEB_LEFTOVER))


def _is_imprint(paragraphs: Sequence[Paragraph], index: int, before_imprint: bool) -> bool:
    text = paragraphs[index].text
    if any(p.fullmatch(text) for p in (shapes.IMPRINT_KEY, shapes.COPIES, shapes.PRINTED_LINE)) or _is_remark(text):
        return True
    following = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
    printed = shapes.PRINTED_LINE.fullmatch(following) is not None
    return before_imprint and printed and shapes.ORGANISATION.fullmatch(text) is not None
