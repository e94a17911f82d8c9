"""口径护栏 of universities by their short names: what was done at 清华 and 矿大 is no answer for 北大."""

from __future__ import annotations

import re

from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView
from qa.records import AbstainReason, Question

# How each is called in a question → how a document may write it. Only short names that are hardly anything else: 人大 and 南大 are left.
_UNIVERSITIES = tuple(
    (re.compile(asked), re.compile(told))
    for asked, told in (
        ("清华", "清华|清北"),
        (  # 清华北大 names both, 华北大 nobody
            "(?<![东西湖河海])(?<!(?<!清)华)北大(?![学荒街道门桥])",
            "北京大学|(?<![东西湖河海])(?<!(?<!清)华)北大(?!学)|清北",
        ),
        ("(?<![煤铁金铜铝天])矿大(?![型小量规力户])", "矿业大学|(?<![煤铁金铜铝天])矿大(?![型小量规力户])"),
        ("浙大(?!学)", "浙江大学|浙大"),
        ("哈工大(?!学)", "哈尔滨工业大学|哈工大"),
        ("中科大(?!学)", "中国科学技术大学|中国科大|中科大"),
        ("上海交大|上交大", "上海交通大学|上海交大|上交大"),
        ("西安交大|西交大", "西安交通大学|西安交大|西交大"),
        ("内工大|内蒙古工大", "内蒙古工业大学|内工大|内蒙古工大"),
        ("内农大|内蒙古农大", "内蒙古农业大学|内农大|内蒙古农大"),
        ("西北农林|西农", "西北农林|西农"),
        ("北航", "北京航空航天|北航"),
        ("北理工", "北京理工|北理工"),
        ("复旦", "复旦"),
        ("同济", "同济"),
        ("南开(?!发|始)", "南开"),
        ("中科院|中国科学院", "中科院|中国科学院|中国科院|国科大"),
        ("中国工程院", "工程院"),
        ("社科院|社会科学院", "社科院|社会科学院"),
        ("农科院|农业科学院", "农科院|农牧?业科学院|农牧科学院"),
    )
)


def check_universities(question: Question, view: PassageView) -> Verdict:
    """Every university that the question names, if only by its short name, must be spoken of by the item, by one of its names."""
    for asked, told in _UNIVERSITIES:
        name = asked.search(question.text)
        if name and not told.search(view.unspaced):
            return Verdict(AbstainReason.SUBJECT, f"资料中没有“{name.group()}”的相关内容", absent=True)
    return SOUND


def universities_in(text: str) -> list[str]:
    """Every university of the list that ``text`` names, in short or in full, as it is written there."""
    return [found.group() for asked, told in _UNIVERSITIES if (found := told.search(text) or asked.search(text))]
