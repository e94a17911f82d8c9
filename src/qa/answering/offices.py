"""Whose office: 市统计局局长 is no 自治区统计局局长, 副市长 no 常务副市长, 化学工程系主任 no 能源系主任."""

from __future__ import annotations

import re

from qa.answering.candidates.person import HEAD, OFFICE, held_by, office_before
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question
from qa.text.in_order import stands_in_order
from qa.text.places import PlaceMention, Scope, find_places, place_root

_WHO = r"(?:谁|哪一?[位个]|何人)"
_SAID_BEFORE = r"^(?:请问|现任|时任|原任|新任|现在的?|目前的?|当时的?|我们|咱们?|你们|那个|这个|担任)+"
_TITLE_ASKED = re.compile(
    rf"(?P<held>[一-鿿]{{0,20}}{OFFICE.pattern})(?:分别|都|各|又)?由{_WHO}(?:领导|同志)?来?(?:担任|兼任|任|当)"
    rf"|(?P<body>[一-鿿]{{2,20}}?)由?{_WHO}(?:领导|同志)?(?:来|去)?(?:担任|当|做|任|出任)(?P<post>{OFFICE.pattern})"
    rf"|(?P<title>[一-鿿]{{0,20}}{OFFICE.pattern})(?:的?名字|的?姓名|同志)?(?:现在|目前|又)?(?:(?:是|叫|为|由)?{_WHO}|(?:是|叫|为)(?:什么|啥)(?:名字?)?|[？?\s]*$)"
    rf"|{_WHO}(?:是|任|担任)(?P<after>[一-鿿]{{0,20}}{OFFICE.pattern})[？?]?$"
)
_HEAD_ASKED = re.compile(
    rf"(?P<who>(?P<body>[一-鿿]{{0,12}}?)的?(?:{HEAD.pattern}))(?:现在|目前)?(?:是|叫){_WHO}"
    rf"|{_WHO}(?:是|任|担任)(?P<whose>(?P<of>[一-鿿]{{0,12}}?)的?(?:{HEAD.pattern}))[？?]?$"
)
_OF_SOMEBODY_ELSE = re.compile(r"^.*(?:会同|会见|陪同)(?=[一-鿿]{2})")  # 边东会同市统计局局长
_RELATIVE = re.compile(
    r"^.*(?:的|[年月日])(?=[一-鿿]{2})"
)  # 2021年来我市考察的某大学化工系: whose office it is stands last
_AND = re.compile(r"^.*[与和同及](?=[一-鿿]{2})")
_RANKS = re.compile(r"常务|[一二三四]级|第[一二]|名誉|执行|代(?=[市区县旗省])")
_BODY = re.compile(r"(?:大学|政府|党组|实验室|[院系局厅部处委所站办组科股]|公司|集团|中心|学会|协会|银行)$")
_OFFICE_AND_NAME = re.compile(rf"(?P<office>[一-鿿、]*{OFFICE.pattern})\s*[一-鿿]{{2,4}}(?:同志)?")
_APART = frozenset("实验室 系 院 局 厅 处".split())  # a 系 is no 实验室
_SIDES = frozenset({"委", "政府"})  # 市委 and 市政府 are two bodies of one city
_LEVELS = (
    (Scope.NATION, re.compile(r"^(?:国家|中央|中共中央|国务院|全国)")),
    (Scope.PROVINCE, re.compile(r"^(?:自治区|省)")),
    (Scope.CITY, re.compile(r"^(?:鄂尔多斯)?市")),
    (Scope.COUNTY, re.compile(r"^[旗县区]")),
)
_OF_A_PROVINCE = re.compile(r"[一-鿿]{2,3}(?:自治区|省)")
_OF_A_PLACE = re.compile(r"(?:市长|省长|区长|县长|旗长|盟长|主席)$")
_OF_A_CITY = re.compile(r"^(?:[我全本]?市(?:里|上)?|市委)$")


def check_office(question: Question, view: PassageView, span: Range) -> Verdict:
    """The place, the body, the rank and the office asked for are those told right before the name, where it tells them."""
    if question.kind is not AnswerKind.PERSON:
        return SOUND
    inside = _OFFICE_AND_NAME.fullmatch(view.slice(span))  # 市委副书记、市长  包卫东 as one stretch
    before = _AND.sub("", inside["office"]) if inside else office_before(view, span[0])  # 政策法规与监督处处长
    told = _OF_SOMEBODY_ELSE.sub("", before)
    head = _HEAD_ASKED.search(question.text)
    if head:
        body, who = head["body"] or head["of"] or "", head["who"] or head["whose"]
        if not told and _OF_A_CITY.match(body):
            return Verdict(AbstainReason.SUBJECT, f"资料中没有写{who}是谁")
        return SOUND if not told or _heads(body, told) else _another(told, who)
    match = _TITLE_ASKED.search(question.text)
    if match is None or not (told or held_by(view, span[0])):
        return SOUND
    asked = _title_of(match)
    held = held_by(view, span[0])  # 分院院长由甲研究院副院长张三兼任
    both = [each for each in (told, held) if each]
    titles = [each for each in both if each.endswith(asked[-2:])] or both[:1]
    return SOUND if any(not _is_another(view, span[0], asked, each) for each in titles) else _another(titles[-1], asked)


def _title_of(match: re.Match[str]) -> str:
    """The title asked for, with the body that is named apart from it (鄂尔多斯实验室由谁来当主任)."""
    title = match["title"] or match["after"] or match["held"] or f"{match['body']}{match['post']}"
    return re.sub(_SAID_BEFORE, "", title)


_TAKES = re.compile(rf"(?:同志)?(?:兼任|担任|任|为|兼)(?P<office>[一-鿿]{{0,8}}?{OFFICE.pattern})")
_OF_A_BODY = re.compile(
    r"(?P<body>[一-鿿]{2,24}?(?P<sort>卫生院|医院|学院|研究院|分院|中学|小学|学校|幼儿园|调查组|工作组|督查组|领导小组|专班))的?$"
)
_CLAUSE_CHARS = 60


def check_bare_office(question: Question, view: PassageView, span: Range) -> Verdict:
    """An office told without its body is of the body named last before it (乙卫生院存在……，已对院长张三诫勉谈话 tells no 甲卫生院院长); what
    somebody is made there (由副市长李四任组长) is the office, not its deputy; and 市长 is none of 副市长.
    """
    if question.kind is not AnswerKind.PERSON:
        return SOUND
    match = _TITLE_ASKED.search(question.text)
    if match is None:
        return SOUND
    asked = _title_of(match)
    begins = OFFICE.match(view.text, *span)
    if begins and view.text[: span[0]].endswith("副") and not begins.group().startswith("副"):
        return _another(f"副{begins.group()}", asked)
    office = list(OFFICE.finditer(asked))[-1].group()
    takes = _TAKES.match(view.text, span[1])
    if (
        takes
        and takes["office"].endswith(office.removeprefix("副"))
        and (office[0] == "副") is not (takes["office"][-len(office.removeprefix("副")) - 1 :].startswith("副"))
    ):
        return _another(takes["office"], asked)
    body = _OF_A_BODY.search(asked.removesuffix(office))
    told = office_before(view, span[0])
    if body is None or told.removeprefix("原") != office:
        return SOUND
    first, _ = view.sentence_of(*span)
    before = view.text[max(first, span[0] - _CLAUSE_CHARS) : span[0]]
    named = list(re.finditer(rf"[一-鿿]{{2,16}}?{body['sort']}", before))
    if not named or stands_in_order(body["body"], named[-1].group()) or _ends_alike(body["body"], named[-1].group()):
        return SOUND
    return _another(f"{named[-1].group()}{office}", asked)


def _ends_alike(asked: str, told: str) -> bool:
    """Whether the longer of two names ends with the shorter one (红格尔苏木卫生院 of 四子王旗红格尔苏木卫生院)."""
    return asked.endswith(told) or told.endswith(asked)


def _is_another(view: PassageView, start: int, asked: str, told: str) -> bool:
    home = place_root(view.passage.region) if view.passage.region else ""
    return (
        bool(set(_RANKS.findall(asked)) - set(_RANKS.findall(told)))
        or _is_of_another_rank(asked, told if asked[-2:] in told else _row_before(view, start))
        or _is_elsewhere(asked, told, home)
        or _is_of_another_body(_body_of(asked), _body_of(told))
    )


def _another(told: str, asked: str) -> Verdict:
    return Verdict(AbstainReason.SUBJECT, f"资料中这位是“{told}”，不是“{asked}”")


def _heads(body: str, told: str) -> bool:
    """Whether the office is a head's: no deputy's, and of a city (市里一把手) no bureau's."""
    office = list(OFFICE.finditer(told))[-1]
    if office.group().startswith("副") or told[: office.start()].endswith("副"):
        return False
    return not _OF_A_CITY.match(body) or re.search(r"^(?:[一-鿿]{2,6})?市委书记$", told) is not None


def _row_before(view: PassageView, at: int) -> str:
    """All the offices of 市委副书记、代市长杜汇良, of which only the last stands right before the name."""
    found = re.search(r"[一-鿿、]*$", view.text[view.clause_of(at, at + 1)[0] : at])
    return found.group() if found and "、" in found.group() else ""


def _is_of_another_rank(asked: str, told: str) -> bool:
    """市委副书记、市长 is no 市委书记, and a 局长 no 副局长."""
    office = asked[-2:]
    deputies = {
        told[max(0, match.start() - 1) : match.start()] == "副" for match in re.finditer(re.escape(office), told)
    }
    return bool(deputies) and (asked[-3:-2] == "副") not in deputies


def _body_of(title: str) -> str:
    """清华大学化学工程系 of 清华大学化学工程系主任."""
    bare = title[: list(OFFICE.finditer(title))[-1].start()]
    return _RELATIVE.sub("", _RANKS.sub("", bare).removesuffix("的"))


def _first_place(title: str) -> PlaceMention | None:
    return next((each for each in find_places(title) if each.start == 0 and each.name), None)


def _is_elsewhere(asked: str, told: str, home: str) -> bool:
    """Whether the office asked for is of another place or level; a title that tells no place is of the document's own."""
    place, own = _first_place(asked), _first_place(told)
    if (
        place is not None
        and own is not None
        and place.scope is own.scope
        and place_root(place.name) != place_root(own.name)
    ):
        return True
    if place is not None and place.scope is not Scope.COUNTY:
        if own is not None:
            return place.name != own.name and place.scope is own.scope
        if _OF_A_PROVINCE.match(asked) and _level(told) is Scope.CITY:
            return True  # 市统计局局长 is no 内蒙古自治区统计局局长
        return _OF_A_PLACE.search(told) is not None and bool(home) and place.name != home
    level, told_level = _level(asked), _level(told)
    return level is not None and told_level is not None and level is not told_level


def _level(title: str) -> Scope | None:
    place = _first_place(title)
    return place.scope if place else next((scope for scope, begins in _LEVELS if begins.match(title)), None)


def _is_of_another_body(asked: str, told: str) -> bool:
    """Whether two bodies are told apart: each with a name that is not the other's shorter one, and of one sort (系, 局, 委 and 政府)."""
    asked, told = (each[place.end :] if (place := _first_place(each)) else each for each in (asked, told))
    ends, told_ends = _BODY.search(asked), _BODY.search(told)
    if ends is None or told_ends is None:
        return False
    one, other = (each.removeprefix("自治区").removeprefix("市") for each in (asked, told))
    if {ends.group(), told_ends.group()} == _SIDES:
        return True
    alike = stands_in_order(one, other) or stands_in_order(other, one)
    sorts = {ends.group(), told_ends.group()}
    return (len(sorts) == 1 or sorts <= _APART) and not alike
