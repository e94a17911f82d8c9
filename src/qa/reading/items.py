"""Where items begin: a brief's item with its title sentence, a numbered clause with its title, a dated line of
部门动态.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.reading import shapes
from qa.reading.lines import Line
from qa.text.sentences import sentences

MAX_TITLE_SENTENCE_CHARS = 45
MAX_RUN_IN_TITLE_CHARS = 30
_DATED = re.compile(r"(?:[12]\d{3}\s?年\s?)?\d{1,2}\s?月\s?\d{1,2}\s?日|近日|日前")
# Sentences that go on with the item before: 会议还邀请…, 边东强调，…
_GOES_ON = re.compile(
    r"会议|会上|会后|座谈会|活动|调研|考察|期间|同时|此外|另外|其中|据悉|据了解|目前|截至|下一步|近年来|随后|最后|该|此次|本次|双方|其|他|她"
    r"|[\u3400-\u9fff]{2,4}(?:书记|市长|局长|主任|同志)?(?:还)?(?:强调|指出|要求|表示|认为|希望|介绍|说)"
)
_DASHES = re.compile(r"[—－-]{1,4}\s?")


@dataclass(slots=True)
class Column:
    """What has been seen of one 栏目 (or of the text before the first one) so far."""

    titled: bool = False  # under a 【栏目】 heading, where title sentences are the rule
    bold_titles: bool = False  # items of this document have bold titles
    empty: bool = True  # no paragraph yet
    dated: bool = False  # its paragraphs are dated lines, each an item
    awaits_body: bool = False  # the paragraph before was a title on a line of its own


@dataclass(frozen=True, slots=True)
class Opening:
    """A paragraph that opens an item; ``lead_end`` is the length of its title sentence (0: it has none)."""

    lead_end: int = 0


def opening(line: Line, following: Line | None, column: Column) -> Opening | None:
    """Whether ``line`` opens an item of ``column``; also notes in ``column`` what was seen."""
    first, awaited = column.empty, column.awaits_body
    column.empty, column.awaits_body = False, False
    if awaited:
        return None
    text = line.text
    if line.bold and line.bold[0][0] == 0 and line.bold[0][1] < len(text):
        return Opening(line.bold[0][1])
    if dash := _DASHES.match(text):
        end = title_sentence_end(text, dash.end(), MAX_RUN_IN_TITLE_CHARS)
        return Opening(end) if end and text.startswith("——") else None
    if not column.titled:
        return None
    if _DATED.match(text):
        column.dated = column.dated or first
        return Opening() if first or column.dated else None
    if _is_own_line_title(text, following):
        column.awaits_body = True
        return Opening(len(text))
    goes_on = _GOES_ON.match(text) is not None
    end = 0 if goes_on else title_sentence_end(text, 0, MAX_TITLE_SENTENCE_CHARS)
    if first or (end and not column.bold_titles):
        return Opening(end)
    return None


def title_sentence_end(text: str, start: int, max_chars: int) -> int:
    """The end of a title sentence that begins at ``start`` and has text after it; 0 when there is none."""
    window = text[start : start + max_chars + 20]
    first = next(iter(sentences(window)), None)
    if first is None or first[1] > max_chars or start + first[1] >= len(text):
        return 0
    return start + first[1] if shapes.ends_sentence(window[: first[1]]) else 0


def run_in_title_end(text: str, start: int) -> int:
    """The end of 指导思想。 in （一）指导思想。以… with its stop; 0 when the numbered paragraph has no such title."""
    end = title_sentence_end(text, start, MAX_RUN_IN_TITLE_CHARS)
    title = text[start:end]
    return end if end and title.endswith("。") and not re.search(r"[，；：]", title) else 0


def _is_own_line_title(text: str, following: Line | None) -> bool:
    if following is None or len(text) > MAX_TITLE_SENTENCE_CHARS or len(following.text) <= len(text):
        return False
    if shapes.is_apart(following.text) or shapes.COLUMN.match(following.text):
        return False
    whole = sentences(text)
    return len(whole) == 1 and (text.endswith("。") or shapes.PROSE_MARK.search(text) is None)
