"""Who made the proposal that a letter answers."""

from __future__ import annotations

import re

from qa.answering.candidates.candidate import Candidate
from qa.answering.view import PassageView
from qa.records import Question

_PROPOSED = re.compile(
    r"(?:提案|议案|建议)[^，。]{0,8}谁[^，。]{0,3}提|谁[^，。]{0,3}提(?:的|出)[^，。]{0,6}(?:提案|议案|建议)|(?:提案|建议)(?:人|者|单位|方)"
    r"|哪(?:一?个|家)(?:民主)?(?:党派|单位|委员|代表)[^，。]{0,4}提|(?:提案|议案|建议)[^，。]{0,8}哪(?:一?个?|家)(?:民主)?党派"
    r"|提(?:出|交)[^，。]{0,12}(?:提案|议案|建议)的[^，。]{0,4}(?:党派|单位|委员|代表)|(?:提案|议案)[^，。]{0,8}谁[^，。]{0,3}[提交]"
)
_ADDRESSED = re.compile(r"^\s*(?P<who>[一-鿿（）()]{2,16}?)(?:委员|代表)?[:：]")
_ANSWERS = re.compile(r"(?:政府|委员会|办公室|局|厅)$")
_ANSWERED = re.compile(r"收?悉|答复如下|回复如下")


def proposers(question: Question, view: PassageView) -> list[Candidate]:
    """Who a letter that answers a proposal is addressed to, where it is asked who proposed: 九三学社 of 九三学社：《…的提案》悉."""
    addressed = _ADDRESSED.match(view.text) if _PROPOSED.search(question.text) else None
    answered = addressed is not None and _ANSWERED.search(view.text) is not None
    return [Candidate(*addressed.span("who"), 1.0)] if addressed is not None and answered else []


def only_answers(question: Question, name: str) -> bool:
    """Whether it is asked who made a proposal and ``name`` is an office that answers one."""
    return _PROPOSED.search(question.text) is not None and _ANSWERS.search(name) is not None
