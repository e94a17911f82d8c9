from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answering.deeds import check_deed
from qa.answering.view import PassageView
from qa.records import Question

SPREAD = "云川市在全省首创实施老旧小区“三改一拆”行动，获省委主要领导肯定与批复，并在全省推广。"
LED = "由市住建局牵头实施老旧小区“三改一拆”行动，在全省推广。"
REPLY = "云川市人民政府关于市政协第0127号提案的答复函"
HANDLED = "第0127号提案由市水利局承办，市财政局会办。"
RESULTS = "省科技厅7月3日消息，云川市3个县进入一类县。"
HELD = "省科技厅组织开展的县域创新能力评价中，云川市3个县进入一类县。"
USED = "全国首个“智慧粮库”系统落地应用, 万吨级脱硫石膏提取技术达到国际领先水平。"
MADE = "由云川粮机股份有限公司研制的“智慧粮库”系统落地应用。"
TABLE = "任务|牵头单位\n“三改一拆”行动|市住建局"


@pytest.mark.parametrize(
    ("question", "told", "words"),
    [
        ("“三改一拆”行动由市里哪个部门牵头实施？", SPREAD, "全省"),
        ("“三改一拆”行动由市里哪个部门牵头实施？", SPREAD, "省委"),
        ("第0127号提案由市里哪个局承办？", REPLY, "云川市人民政府"),
        ("县域创新能力评价是由哪个部门组织的？", RESULTS, "省科技厅"),
        ("“智慧粮库”系统 研制单位", USED, "落地应用, 万吨级脱硫石膏提取技术达到国际领先水平"),
    ],
)
def test_who_did_it_is_not_told_by_who_is_merely_named(
    question: str, told: str, words: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    start = told.index(words)
    assert check_deed(ask(question), view(told), (start, start + len(words))).reason


@pytest.mark.parametrize(
    ("question", "told", "words"),
    [
        ("“三改一拆”行动由市里哪个部门牵头实施？", LED, "市住建局"),
        ("“三改一拆”行动由市里哪个部门牵头实施？", TABLE, "市住建局"),
        ("第0127号提案由市里哪个局承办？", HANDLED, "市水利局"),
        ("第0127号提案是谁答复的？", REPLY, "云川市人民政府"),
        ("县域创新能力评价是由哪个部门组织的？", HELD, "省科技厅"),
        ("“智慧粮库”系统 研制单位", MADE, "云川粮机股份有限公司"),
        ("评价结果哪个县区最好？", "评价中，东胜区居第一。", "东胜区"),
    ],
)
def test_who_led_handled_organised_or_made_it_is_told(
    question: str, told: str, words: str, ask: Callable[[str], Question], view: Callable[..., PassageView]
) -> None:
    start = told.index(words)
    assert not check_deed(ask(question), view(told), (start, start + len(words))).reason
