"""Which meeting: 全市科技特派员工作推进会 is no 全市科技创新工作推进会, however many characters they share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView
from qa.records import AbstainReason, Question
from qa.text.in_order import stands_in_order
from qa.text.places import Scope, find_places

_KINDS = (
    "工作 推进 座谈 发布 宣贯 宣讲 宣介 招聘 推介 对接 洽谈 研讨 交流 培训 动员 调度 联席 现场 启动 答辩 评审 论证 部署 表彰 恳谈 "
    "协调 通报 验收 博览 展览 专题 党组 常务 办公 局务 生活"
)
_TELLING_KINDS = frozenset("党组 常务 办公 局务 生活 集体学习".split())  # no more has to be said of 局务会
_HEAD = re.compile(
    rf"(?:{'|'.join(_KINDS.split())})会议?|会议|大会(?!常)|论坛|峰会|集体学习|(?:启动|开幕|闭幕|签约|揭牌|颁奖|开工|结业)仪式"
)
_NAME = re.compile(r"[一-鿿0-9“”‘’暨]{0,50}$")
_BEFORE_A_NAME = re.compile(
    r".*(?:召开|举[行办]|主[持办]|承办|参加|出席|列席|听取|传达|学习|部署|参会|负责|[了的在于由谁哪这那开是给位算]|\d[日月]|以来|期间|[比较](?=\d{4}年|上[一届次年]|去年))"
)
_BESIDES = re.compile(r"[^，。；？?]{2,30}的$")
_NUMBERED = re.compile(r"[（(][一二三四五六七八九十\d]{1,3}[）)]")  # （三）重要会议
_MARKS = re.compile(r"[“”‘’（）()]")
_SAYS_LITTLE = re.compile(
    r"(?:鄂尔多斯|内蒙古)?(?:全[市区国省旗县盟]|我[市区国省]|本[市区省]|自治区|市)|\d+年度?|第[\d一二三四五六七八九十几]+[次届]|首届|年度"
    r"|[一这此本]次|工作|专题|主题|重要|有关|相关|本次|视频|电视|电话|扩大|现场|政府"
)
_WHOLE = re.compile(r"^(?:全[市区国省旗县盟]|我[市区国省]|自治区)")
_TELLING_CHARS = 2
_SCOPES = {Scope.CITY: "市", Scope.PROVINCE: "区", Scope.NATION: "国"}


# 传达了自治区推进会精神: nothing of the meeting itself is told
_PASSED_ON = re.compile(r"(?:传达|(?<!理论)学习|贯彻|落实|按照|根据|通报)(?:落实|学习|贯彻|了|执行)*[“‘]?$")
_ITS_SPIRIT = re.compile(r"[”’]?(?:的|会议)?(?:精神|要求|部署)")


# By what an item tells a ceremony: that one day an agreement is to be drafted tells none of its signing.
_CEREMONIES = {
    "启动": "启动",
    "开幕": "开幕|召开|举[行办]",
    "闭幕": "闭幕|落幕|结束",
    "签约": "签",
    "揭牌": "揭牌|挂牌|揭幕",
    "颁奖": "颁",
    "开工": "开工|动工|奠基",
    "结业": "结业|毕业|结束",
}
_CEREMONY = re.compile(rf"(?P<which>{'|'.join(_CEREMONIES)})仪式$")


class Event(NamedTuple):
    """A meeting as a text calls it: its whole name, the scope it begins with, what says which, what kind it is."""

    name: str
    scope: str
    which: str
    kind: str
    besides: str  # what is said of it before 的 (无汞化 of 无汞化的成果发布会)


def check_event(question: Question, view: PassageView) -> Verdict:
    """The meeting asked about must be one that the item tells of, where it tells of meetings by name: each of two that are called by
    something that the other is not called (创新, 特派员), or of two scopes (全市, 全区), is another one; a shorter name is the same one.
    """
    asked = next((each for each in events_in(question.text) if each.which or each.scope), None)
    if asked is None:
        return SOUND
    ceremony = _CEREMONY.search(asked.name)
    if ceremony and not re.search(_CEREMONIES[ceremony["which"]], view.unspaced):
        return Verdict(AbstainReason.SUBJECT, f"资料中没有写到“{asked.name}”")
    title = _MARKS.sub("", view.passage.title)  # what a speech at a meeting or its minutes tell is of that one
    titled = [each for each in events_in(title) if not _is_passed_on(title, each.name)]
    told = [each for each in (*events_in(view.item), *titled) if each.which or each.scope]
    if not told or any(not _are_two(question, asked, each) for each in told):
        return SOUND
    return Verdict(AbstainReason.SUBJECT, f"资料中说的是“{told[-1].name}”，不是“{asked.name}”")


def events_in(text: str) -> Iterator[Event]:
    """The meetings that ``text`` names, each with its whole name."""
    text = _MARKS.sub("", _NUMBERED.sub("。", text))
    for head in _HEAD.finditer(text):
        before = _NAME.search(text, 0, head.start())
        own = _BEFORE_A_NAME.sub("", before.group()) if before else ""
        name = own + head.group()
        scope = _WHOLE.match(name)
        place = find_places(scope.group()) if scope else []
        kind = head.group().removesuffix("议").removesuffix("会").removesuffix("大")
        kind = "" if kind.endswith("仪式") else kind  # one may be 签约 and 揭牌仪式
        which = _SAYS_LITTLE.sub("", own) + (kind if kind in _TELLING_KINDS else "")
        besides = _BESIDES.search(text, 0, head.start() - len(own))
        level = _SCOPES.get(place[0].scope, "") if place else ""
        yield Event(name, level, which, kind, besides.group() if besides else "")


def only_passed_on(question: Question, view: PassageView) -> str:
    """The meeting asked about, where the item speaks of it only as of one whose spirit is passed on; else empty."""
    asked = next((each for each in events_in(question.text) if each.which), None)
    if asked is None:
        return ""
    held = [each for each in events_in(view.item) if each.which and not _are_two(question, asked, each)]
    bare = _MARKS.sub("", view.item)
    passed_on = [each for each in held if _is_passed_on(bare, each.name)]
    return passed_on[0].name if held and len(passed_on) == len(held) else ""


def _is_passed_on(text: str, name: str) -> bool:
    """Whether every mention of the meeting is of what it said."""
    places = list(re.finditer(re.escape(name), text))
    return all(_PASSED_ON.search(text, 0, each.start()) or _ITS_SPIRIT.match(text, each.end()) for each in places)


def _are_two(question: Question, asked: Event, told: Event) -> bool:
    if asked.scope and told.scope and asked.scope != told.scope:
        return True
    if not told.which or any(word in told.name for word in _words(question, asked.besides)):
        return False
    missing = any(
        not any(stands_in_order(each, told.name) for each in (word, *question.same.get(word, ())))
        for word in _words(question, asked.which)
    )
    more = _has_more(told.which, asked.which)
    if asked.name.endswith("仪式") and told.name.endswith("仪式"):  # after its parties, its object or its place
        shared = any(stands_in_order(word, told.name) for word in _words(question, asked.which))
        return missing and more and not shared
    both = asked.kind and told.kind and asked.kind != told.kind
    kinds = both and f"{asked.kind}会" not in told.name and f"{told.kind}会" not in asked.name
    return (missing or more) if kinds else (missing and more)


def _words(question: Question, part: str) -> list[str]:
    return [word.text for word in question.words if len(word.text) >= _TELLING_CHARS and word.text in part]


def _has_more(told: str, asked: str) -> bool:
    """Whether ``told`` has some characters in a row that ``asked`` has not, not even as a short form's (高新技术企业, 高企)."""
    alike = SequenceMatcher(None, told, asked, autojunk=False).get_matching_blocks()
    ends = [0, *(each.a + each.size for each in alike)]
    return any(each.a - end >= _TELLING_CHARS for end, each in zip(ends, alike, strict=False))
