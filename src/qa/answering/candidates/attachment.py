"""What an 附件 is called: 3.在建项目名单 of the list below 附件：, where 附件3 is asked for."""

from __future__ import annotations

import re

from qa.answering.candidates.candidate import Candidate
from qa.answering.view import PassageView
from qa.records import Question
from qa.text.numerals import parse_number

_ASKED = re.compile(
    r"附件\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})(?:的?(?:名称|名字|标题|题目|内容))?(?:是|叫|为)?(?:什么|啥|哪|[？?\s]*$)|第(?P<ordinal>\d{1,2}|[一二三四五六七八九十]{1,2})个附件(?:是|叫|为)?(?:什么|啥|哪)"
)
_LIST = re.compile(r"(?:^|(?<=\n))[ 　]*附件?[ 　]*[：:][ 　]*")
_ITEM = re.compile(r"[ 　]*(?P<number>\d{1,2})[ 　]*[.．、][ 　]*(?P<title>[^\n]+?)[ 　]*(?:\n|$)")


def attachment_asked(question: Question) -> int:
    """Which attachment's name is asked for; 0 for none."""
    asked = _ASKED.search(question.text)
    return int(parse_number(asked["number"] or asked["ordinal"]) or 0) if asked else 0


def attachment_candidates(number: int, view: PassageView) -> list[Candidate]:
    """The title that stands behind that number in the list of attachments."""
    found = []
    for begins in _LIST.finditer(view.text):
        at = begins.end()
        while item := _ITEM.match(view.text, at):
            if int(item["number"]) == number:
                found.append(Candidate(*item.span("title"), 1.0))
            at = item.end()
    return found
