"""Two questions in one: 按交易额的百分之几补，一年封顶多少 is told by 10%给予补助，单个企业年度最高100万元."""

from __future__ import annotations

from collections.abc import Iterator

from qa.answering.candidates import candidates_for
from qa.answering.view import PassageView, Range
from qa.records import Question

_ENDS_A_CASE = "；;\n"  # of several cases in one sentence each has its own figures


def told_together(question: Question, view: PassageView, span: Range) -> Range | None:
    """From the first to the last of what the parts of ``question`` ask for, where ``span`` answers one of them and the same case tells
    the others, each but once; ``None`` where the question has no parts, or a part is not told there or by several.
    """
    if len(question.parts) < 2:
        return None
    first, last = _case_around(view, span)
    told = [
        [(each.start, each.end) for each in candidates_for(part, view) if first <= each.start and each.end <= last]
        for part in question.parts
    ]
    # 一年封顶多少 may be 10% as well; 百分之几 can be nothing else
    owners = [at for at, found in enumerate(told) if any(_overlap(each, span) for each in found)]
    if not owners:
        return None
    owner = min(owners, key=lambda at: len(told[at]))
    held = [span]
    for at, found in enumerate(told):
        apart = list(_apart([each for each in found if not _overlap(each, span)]))
        if at != owner and len(apart) != 1:
            return None
        held += apart if at != owner else []
    return min(held)[0], max(end for _, end in held)


def _case_around(view: PassageView, span: Range) -> Range:
    first, last = view.sentence_of(*span)
    before = max(view.text.rfind(mark, first, span[0]) for mark in _ENDS_A_CASE)
    after = [at for mark in _ENDS_A_CASE if (at := view.text.find(mark, span[1], last)) >= 0]
    return max(first, before + 1), min([*after, last])


def _overlap(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _apart(found: list[Range]) -> Iterator[Range]:
    """The places of ``found``, those that overlap as the longest of them."""
    kept: list[Range] = []
    for each in sorted(found, key=lambda place: place[0] - place[1]):
        if not any(_overlap(each, other) for other in kept):
            kept.append(each)
    yield from kept
