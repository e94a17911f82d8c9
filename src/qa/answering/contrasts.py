"""One of several that exclude each other: asked for 中部地区, 三类 or 正式协议, what is told of 东部, 一、二类 or 意向性协议 is no answer."""

from __future__ import annotations

import re

from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, Question

_CLASSES = tuple(
    re.compile(each)
    for each in (
        r"东部|中部|西部|东北地区",
        r"(?<![第哪这某那])[一二三四五](?=类(?!似))",
        r"(?<=第)[一二三四五六七八九十](?=大(?![类学会厅厦]))",
        r"[上下]半年",
        r"正式|意向",
        r"博士后|博士|硕士|本科|专科",
        r"初审|复审|终审|初评|终评",
        r"[甲乙丙丁](?=[类等级])",
        r"[A-E](?=[类级])",
        r"城镇|农村牧区|农村|农牧区",
        r"线上|线下",
        r"国内|国外|境外|海外",
        r"[男女]性",
    )
)
_BOTH = re.compile(r"(?<!第)([一二三四五])、([一二三四五])类")  # 一、二类: 一类 and 二类


def check_contrast(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where the question names one of a class (三类) that the passage never speaks of, and the sentence tells another one (二类)."""
    sentence = _apart(view.folded[slice(*view.sentence_of(*span))])
    for each in _CLASSES:
        asked = set(each.findall(question.text))
        told = each.search(sentence) if asked else None
        if told and not asked & set(each.findall(_apart(view.unspaced))):
            return Verdict(AbstainReason.SUBJECT, f"资料中说的是“{told.group()}”，不是“{'、'.join(sorted(asked))}”")
    return SOUND


def _apart(text: str) -> str:
    return _BOTH.sub(r"\1类、\2类", text)
