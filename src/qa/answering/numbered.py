"""Numbers that name something: an issue, a document, a session, an article, a project. What stands with another one is of that one."""

from __future__ import annotations

import re

from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, Question

_ISSUE = re.compile(
    r"(?:(?P<year>[12]\d{3})年)?第\s*(?P<number>\d+|[一二三四五六七八九十]+)\s*(?P<unit>期|次(?!落|到|来|在|进|出|成|被|举|开|获|入|上|有)|届|号|批|条(?!件|约))"
)


_NUMBERED = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<=[年\])）〕])(\d{1,4}号)(?!线|楼|院)",  # 鄂建提复字[2025]185号
        r"总(\d{1,4}期)",
        r"((?:19|20)\d\d届)",  # 2023届毕业生
        r"([一二三四五六七八九十]+届[一二三四五六七八九十]+次)",
        r"新政”?(\d{1,3}条)",
    )
)
_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{1,6}\d{2,}(?:[-—–]\d+)+")


def check_code(question: Question, view: PassageView, span: Range) -> Verdict:
    """What stands with CF2022-001 is not of CF2022-002."""
    codes = _CODE.findall(question.text)
    line = view.text[slice(*view.sentence_of(*span))].lower() if codes else ""
    for code in codes:
        if not re.search(rf"{re.escape(code.lower())}(?!\d)", line):
            return Verdict(AbstainReason.SUBJECT, f"资料中这一处不是{code.upper()}的")
    return SOUND


def check_issue(question: Question, view: PassageView) -> Verdict:
    """第5期, 第3次, 第0355号 in the question must stand in the passage or above it."""
    held = view.unspaced
    for match in _ISSUE.finditer(question.text):
        written = re.sub(r"\s", "", match.group()).removeprefix(f"{match['year']}年")
        day = view.passage.date
        if match["year"] and match["unit"] == "期" and day and day.year != int(match["year"]):
            return Verdict(AbstainReason.PERIOD, f"资料中没有{match['year']}年{written}的内容", absent=True)
        first = match["unit"] == "次" and match["number"] in {"一", "1"} and "首" in held  # 首播, 首次
        bare = re.search(rf"(?<![\d一二三四五六七八九十]){match['number']}{match['unit']}", held)  # not 9期 in 第29期
        if not first and written not in held and not bare:
            return Verdict(AbstainReason.SUBJECT, f"资料中没有{written}的内容", absent=True)
    asked = re.sub(r"\s", "", question.text)
    for match in (found for pattern in _NUMBERED for found in pattern.finditer(asked)):
        if not re.search(rf"(?<![\d一二三四五六七八九十]){match.group(1)}(?!\d)", held):
            return Verdict(AbstainReason.SUBJECT, f"资料中没有“{match.group()}”的内容", absent=True)
    return SOUND
