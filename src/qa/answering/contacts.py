"""Of several contacts of one notice the one whose bracket or label names what is asked: 经费咨询 for 拨款, 业务咨询 for the rest."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, Question
from qa.text.bodies import is_short_for
from qa.text.places import find_places, place_root

_PHONE = re.compile(r"(?<![\d-])(?:0\d{2,3}[-—－ ]?\d{7,8}|1[3-9]\d{9})(?!\d)")
_FOR_WHAT = re.compile(r"[ 　]*[（(](?P<what>[^（）()\n]{2,16})[）)]")
_LABEL = re.compile(
    r"\s*(?P<what>[一-鿿]{2,8}?(?:咨询|服务|支持|事宜|受理)|监督|举报|投诉)(?:电话)?[：:]"
)  # 技术咨询：甲中心，号码
_BUSINESS = re.compile(
    r"(?:^|[：:；;。])\s*(?P<what>[一-鿿]{2,10}?)(?:业务|事项|事宜|方面)[，,：:][^；;。]*$"
)  # 创新券业务，甲股王敏，号码
_ASKED = re.compile(r"电话|座机|号码|联系|找谁|打给")
_COMPLAINTS = re.compile(r"举报|投诉|监督|信访|检举|申诉|异议")  # takes a number of its own, 咨询电话 is none
_WITH_NAME = re.compile(r"谁|哪一?位|联系人|姓名")
# What goes by several names; one class each.
_ALIKE = tuple(frozenset(each.split()) for each in ("拨款 经费 资金 拨付 到账 报账 财务 付款", "技术 系统 登录 网上"))
_SAYS_LITTLE = re.compile(r"事宜|事项|咨询|联系|解答|方面|有关|相关|问题|工作|办理|[的等]")
_NAME_BEFORE = re.compile(
    r"(?<![一-鿿])(?P<name>[一-鿿·]{2,5})(?:同志)?[ 　，,、；;]*(?:(?:联系|办公|咨询)?电话[ 　]*)?[：: 　]*$"
)
_NO_NAME = re.compile(r"[科处室局厅办部中心话人询系]$|电话|传真|咨询|联系")
_PAIR = 2


class Contact(NamedTuple):
    """A telephone with what its bracket says it is for."""

    start: int
    end: int
    what: str


@lru_cache(maxsize=256)
def contacts_in(text: str) -> tuple[Contact, ...]:
    """The telephones of a text that say what they are for."""
    found = []
    for phone in _PHONE.finditer(text):
        begun = text.rfind("\n", 0, phone.start()) + 1
        what = (
            _FOR_WHAT.match(text, phone.end())
            or _LABEL.match(text, begun, phone.start())
            or _BUSINESS.search(text[begun : phone.start()])
        )
        if what:
            found.append(Contact(*phone.span(), _SAYS_LITTLE.sub("", what["what"])))
    return tuple(found)


_OFFICE = re.compile(r"(?P<office>[一-鿿]{2,12}?(?:科|处|股|室|中心|大队|支队)(?!长|员|技|学|研|教))")
_OFFICE_ASKED = re.compile(
    r"(?:^|[局委厅院会的，])(?P<office>(?:(?![局委厅院会的])[一-鿿]){2,10}?(?:科|处|股|室)(?!长|员|技|学|研|教))"
)


def check_contact_office(question: Question, view: PassageView, span: Range) -> Verdict:
    """Of 甲科 张三（电话）；乙科 李四（电话） who is at 乙科, and at which number, stands behind 乙科."""
    asked = _OFFICE_ASKED.search(question.text) if _ASKED.search(question.text) or "座机" in question.text else None
    if asked is None:
        return SOUND
    first = view.text.rfind("\n", 0, span[0]) + 1
    last = view.text.find("\n", span[1])
    line = view.text[first : last if last >= 0 else len(view.text)]
    if asked["office"] not in line or len(_PHONE.findall(line)) < _PAIR:
        return SOUND
    told = [each for each in _OFFICE.finditer(view.text, first, span[1]) if each.start() < span[1]]
    if not told or told[-1]["office"].endswith(asked["office"]) or asked["office"].endswith(told[-1]["office"]):
        return SOUND
    return Verdict(AbstainReason.SUBJECT, f"资料中这是“{told[-1]['office']}”的，不是“{asked['office']}”的")


_WHOSE = re.compile(
    r"(?P<body>[一-鿿]{2,24}?(?:委员会|(?<!编辑)部|办公[室厅]|大学|学院|研究院|医院|公司|集团|中心|政府|政协|[局厅委办]))的?(?:联系|咨询|办公|值班|服务|热线|对外)*(?:电话|号码|座机)"
)
_COPIES = re.compile(r"^[ 　*]*(?:抄送|抄报|主送|报送|报|送|分送)[*]*[：:].*$", re.MULTILINE)
_NEAR_CHARS = 200


def check_contact_body(question: Question, view: PassageView, span: Range) -> Verdict:
    """A number at the end of a document is of whoever wrote it or stands by it: not of a committee that is sent a copy."""
    asked = _WHOSE.search(question.text)
    if asked is None or not view.passage.is_official or not _PHONE.search(view.slice(span)):
        return SOUND
    body, issuer = asked["body"], view.passage.issuer or ""
    last = view.text.find("\n", span[1])
    near = _COPIES.sub("", view.text[max(0, span[0] - _NEAR_CHARS) : last if last >= 0 else len(view.text)])
    near += "" if issuer else view.passage.context
    home = _home_less(body, view.passage.region)
    whole = next((each for each in (body, home) if is_short_for(each, issuer)), "")
    if whole or any(_stands(each, near) for each in (body, home, *_others(question, body))):
        return SOUND
    return Verdict(AbstainReason.SUBJECT, f"资料中没有写“{body}”的电话")


def _others(question: Question, body: str) -> list[str]:
    return [other for word, same in question.same.items() if word in body for other in same]


def _home_less(body: str, region: str | None) -> str:
    """市政协 of 云川市政协 in a document of 云川市."""
    root = place_root(region) if region else ""
    return body[len(root) :] if root and body.startswith(root) else body


def _stands(body: str, text: str) -> bool:
    """Whether ``body`` stands in ``text``, if only in full (市科技局, 市科学技术局)."""
    return re.search("[^，。；、\n]{0,4}?".join(map(re.escape, body)), text) is not None


def check_contact(question: Question, view: PassageView, span: Range) -> Verdict:
    """Of two telephones the one whose bracket names what is asked, where one does; for complaints one that is told to be for them."""
    if not _ASKED.search(question.text) or not _PHONE.search(view.slice(span)):
        return SOUND
    if (to := _COMPLAINTS.search(question.text)) and not _COMPLAINTS.search(view.folded):
        return Verdict(AbstainReason.SUBJECT, f"资料中没有写{to.group()}电话，这是别的电话")
    contacts = contacts_in(view.text)
    meant = [each for each in contacts if _is_named(question, each.what)]
    if len(contacts) < _PAIR or not meant or any(each.start < span[1] and span[0] < each.end for each in meant):
        return SOUND
    return Verdict(AbstainReason.SUBJECT, f"资料中另一个电话写明是“{meant[0].what}”的")


def _is_named(question: Question, what: str) -> bool:
    """Whether the question speaks of what the bracket says, by any of its names."""
    if len(what) >= _PAIR and what in question.text:
        return True
    return any(any(each in what for each in alike) and any(each in question.text for each in alike) for alike in _ALIKE)


def with_its_name(question: Question, view: PassageView, span: Range) -> Range:
    """那仁，0476-8830136 where both who and the number are asked for."""
    if not (_WITH_NAME.search(question.text) and _PHONE.fullmatch(view.slice(span))):
        return span
    line = view.text.rfind("\n", 0, span[0]) + 1
    before = _NAME_BEFORE.search(view.text[line : span[0]])
    if before is None or _NO_NAME.search(before["name"]) or find_places(before["name"]):
        return span
    return line + before.start("name"), span[1]
