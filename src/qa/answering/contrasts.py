"""One of several that exclude each other: asked for 中部地区, 三类 or 正式协议, what is told of 东部, 一、二类 or 意向性协议 is no answer."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.answering.asked import asked_phrase
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question

# Each class: what excludes each other, every member as it may be written.
_CLASSES: tuple[tuple[re.Pattern[str], ...], ...] = tuple(
    tuple(re.compile(member) for member in members)
    for members in (
        ("东部", "中部", "西部", "东北地区"),
        tuple(rf"(?<![第哪这某那]){number}类(?!似)" for number in "一二三四五"),
        ("第一大(?![类学会厅厦])|最大", *(f"第{number}大(?![类学会厅厦])" for number in "二三四五六七八九十")),
        tuple(f"{letter}[类等级]" for letter in "甲乙丙丁ABCDE"),
        ("上半年", "下半年"),
        ("正式", "意向"),
        ("申报(?!成功|下来|获批|的[^，。]{0,12}(?:获批|入选|认定))|申请了", "认定|获批|入选|通过评审|授予"),
        ("博士后", "博士(?!后)", "硕士", "本科", "专科"),
        ("初[审评]", "复[审评]", "终[审评]"),
        ("城镇", "农村|农牧区"),
        ("线上", "线下"),
        ("国内", "国外|境外|海外"),
        ("男性", "女性"),
    )
)
# What decides sentence by sentence, though the passage speaks of both: a condition of 发榜方 is none of 揭榜方.
_COUNTERPARTS: tuple[tuple[re.Pattern[str], ...], ...] = tuple(
    tuple(re.compile(member) for member in members)
    for members in (
        ("发榜方", "揭榜方"),
        ("直接费用", "间接费用"),
        ("定性指标", "定量指标"),
        ("迁入", "迁出"),
        ("市内(?!外)", "市外"),
        ("区内(?!外)", "区外"),
        ("以?单位名义", "以?个人名义"),
    )
)
# What decides clause by clause: 达到基本标准的121家，达到推荐标准的29家 in one sentence.
_BESIDE_EACH_OTHER: tuple[tuple[re.Pattern[str], ...], ...] = tuple(
    tuple(re.compile(member) for member in members)
    for members in (
        ("基本标准", "推荐标准"),
        ("一般隐患", "重大(?:事故|安全)?隐患"),
        ("一般事故", "较大事故", "重大事故"),
    )
)
_BOTH = re.compile(r"(?<!第)([一二三四五])、([一二三四五])类")  # 一、二类: 一类 and 二类


def check_contrast(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where the question names one of a class (三类) that the passage never speaks of, and the sentence tells another one (二类)."""
    for members, asked in _named(question.text):
        if any(each.search(_apart(view.unspaced)) for each, _ in asked):
            continue
        sentence = _apart(view.folded[slice(*view.sentence_of(*span))])
        told = next((found for each in members if (found := each.search(sentence))), None)
        if told:
            return Verdict(AbstainReason.SUBJECT, f"资料中说的是“{told.group()}”，不是“{asked[0][1]}”")
    sentence = view.folded[slice(*view.sentence_of(*span))]
    for members in _COUNTERPARTS:
        meant = [each for each in members if each.search(question.text)]
        if len(meant) == 1 and meant[0].search(sentence) and (other := _its_counterpart(members, meant[0], view, span)):
            return Verdict(AbstainReason.SUBJECT, f"资料中这里说的是“{other}”")
        if len(meant) == 1 and not meant[0].search(sentence):
            told = next((found for each in members if (found := each.search(sentence))), None)
            if told:
                return Verdict(AbstainReason.SUBJECT, f"资料中这一句说的是“{told.group()}”")
            if _is_counted(question, meant[0]):  # 五个一级指标 are not said to be 定性指标
                return Verdict(AbstainReason.SUBJECT, f"资料中的数字没有写是“{meant[0].pattern}”的")
    first, last = view.clause_of(*span)
    for members in _BESIDE_EACH_OTHER:
        meant = [each for each in members if each.search(question.text)]
        if len(meant) != 1:
            continue
        before = [found for each in members for found in each.finditer(view.folded, first, span[0])]
        behind = [found for each in members for found in each.finditer(view.folded, span[1], last)]
        told = max(before, key=_start, default=None) or min(behind, key=_start, default=None)
        if told and not meant[0].fullmatch(told.group()):
            return Verdict(AbstainReason.SUBJECT, f"资料中这一处说的是“{told.group()}”")
    return SOUND


def _is_counted(question: Question, member: re.Pattern[str]) -> bool:
    """Whether one of a pair is what the question counts, which is then told by its name."""
    counted = "".join(word.text for word in asked_phrase(question))
    return question.kind is AnswerKind.NUMBER and member.fullmatch(counted) is not None


def _its_counterpart(
    members: tuple[re.Pattern[str], ...], meant: re.Pattern[str], view: PassageView, span: Range
) -> str:
    """The counterpart that the clause of ``span`` begins with and stays with (以单位名义提出的须加盖公章，以个人名义提出的…); empty elsewhere."""
    first, _ = view.clause_of(*span)
    told = view.folded[first : span[1]]
    if meant.search(told):
        return ""
    return next((found.group() for each in members if (found := each.search(told))), "")


def _start(found: re.Match[str]) -> int:
    return found.start()


@lru_cache(maxsize=64)  # the same for every candidate of a question
def _named(text: str) -> list[tuple[tuple[re.Pattern[str], ...], list[tuple[re.Pattern[str], str]]]]:
    """The classes that a question names a member of, each with those members and how they are written."""
    found = []
    for members in _CLASSES:
        asked = [(each, match.group()) for each in members if (match := each.search(text))]
        if asked:
            found.append((members, asked))
    return found


def _apart(text: str) -> str:
    return _BOTH.sub(r"\1类、\2类", text)
