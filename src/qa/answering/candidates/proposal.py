"""Who made the proposal that a letter answers, and whom it is addressed to."""

from __future__ import annotations

import re

from qa.answering.candidates.candidate import Candidate
from qa.answering.view import PassageView, Range
from qa.records import Question

_PROPOSED = re.compile(
    r"(?:提案|议案|建议)[^，。]{0,8}谁[^，。]{0,3}提|谁[^，。]{0,3}提(?:的|出)[^，。]{0,6}(?:提案|议案|建议)|(?:提案|建议)(?:人|者|单位|方)"
    r"|哪(?:一?个|家)(?:民主)?(?:党派|单位|委员|代表)[^，。]{0,4}提|(?:提案|议案|建议)[^，。]{0,8}哪(?:一?个?|家)(?:民主)?党派"
    r"|提(?:出|交)[^，。]{0,12}(?:提案|议案|建议)的[^，。]{0,4}(?:党派|单位|委员|代表)|(?:提案|议案)[^，。]{0,8}谁[^，。]{0,3}[提交]"
)
_WHOM = r"(?:谁|哪一?[个家位][^，。？?]{0,4}|什么单位)"
_ASKS_FOR_ADDRESSEE = re.compile(
    rf"主送|抬头|(?:答复|回复|复)(?:函|信)?(?:的是|给|给的是|给了|是给)?{_WHOM}[的了]?[？?]?$|[给向对]{_WHOM}(?:作出|做出|进行)?的?(?:答复|回复)"
    rf"|(?:函|信)[^，。？?抄]{{0,4}}(?:写|发|寄|送|致)给(?:了|的是)?{_WHOM}|(?:答复|回复)对象"
)
_COPIED = re.compile(r"抄[送给报]")  # 除了主送还抄给了哪些单位
_ADDRESSED = re.compile(r"^\s*(?P<who>[一-鿿（）()]{2,16}?)(?:委员|代表)?[:：]")
_ANSWERS = re.compile(r"(?:政府|委员会|办公室|局|厅)$")
_ANSWERED = re.compile(r"收?悉|答复如下|回复如下")


def proposers(question: Question, view: PassageView) -> list[Candidate]:
    """Who a letter that answers a proposal is addressed to, where it is asked who proposed: 九三学社 of 九三学社：《…的提案》悉."""
    line = addressee(view) if _PROPOSED.search(question.text) else None
    return [Candidate(*line, 1.0)] if line else []


def addressee(view: PassageView) -> Range | None:
    """Where the line stands that says whom a letter answers."""
    addressed = _ADDRESSED.match(view.text)
    return addressed.span("who") if addressed and _ANSWERED.search(view.text) else None


def asks_for_addressee(question: Question) -> bool:
    """Whether it is asked whom a letter is addressed to (主送单位, 答复谁的)."""
    return _ASKS_FOR_ADDRESSEE.search(question.text) is not None and not _COPIED.search(question.text)


def only_answers(question: Question, name: str) -> bool:
    """Whether it is asked who made a proposal and ``name`` is an office that answers one."""
    return _PROPOSED.search(question.text) is not None and _ANSWERS.search(name) is not None
