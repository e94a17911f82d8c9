"""口径护栏 of the region: what another place did is not ours, and what we did is not another place's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question
from qa.text.places import PlaceMention, Scope, find_places, province_of

# 自治区重点实验室4家: whose grade, not where.
GRADED = re.compile(r"自治区(?:[一这那]?级|重点|党委|政府|[^，。、]{0,6}[厅局委]|[^，。、]{0,8}奖)")
_GONE_TO = re.compile(r"[赴到在去抵往访与和同跟向从自]$")  # 边东赴北京市, 与青海省科技厅签约: what we do
_OWN_HOME = re.compile(r"(?:[全我本]|[我咱]们)(?P<kind>[旗县盟])(?![级域委府])")
# 北京大学, 上海人才科创分中心, 浙江大学教授, 江苏代表团: a name that begins with a place is not told of that place
_NAMES_A_BODY = re.compile(
    r"[^，。；、？?\n的]{0,12}?(?:大学|学院|[名高学]校|院校|研究院|研究所|公司|集团|银行|医院|实验室|中心|协会|代表团|分院|日报|基地)"
    r"|[^，。；、？?\n的]{0,8}?(?:推介会|洽谈会|对接会|招商会|博览会|展览会|交易会|峰会|论坛|大赛)"  # 苏州推介会: where it was held
)
_NUMBERING = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[◇◆●■▲※*•·])?\s*")
_SPOKEN_OF_HERE = re.compile(r"[我本咱]|自治区")


def only_elsewhere(view: PassageView, home: str) -> str:
    """The other city or province that an item is about: it stands in it, and nothing of the document's own does (铜陵's or 青海省's
    experience in a bulletin of 鄂尔多斯); empty where there is none.
    """
    if not home:
        return ""
    if headline := _begins_with(view, home):
        # 江苏省宿迁市布局“科创飞地”。……2021年全市……，其中沭阳县: 全市 and the counties are that city's
        spoken = (each for each in view.item_places if _is_own(each, home) and each.scope is not Scope.NATION)
        own = any(each.name == home or _SPOKEN_OF_HERE.match(view.item, each.start) for each in spoken)
        return "" if own else headline
    if any(_is_own(each, home) for each in view.item_places):
        return ""
    cities = [each.name for each in view.item_places if each.scope is Scope.CITY]
    return next(iter(cities or [each.name for each in view.item_places if _is_told_of(view.item, each)]), "")


def _begins_with(view: PassageView, home: str) -> str:
    """The other city that the item is about from its first words on (江苏省宿迁市布局……, 一、汉中市：……); empty where it begins otherwise."""
    start = _NUMBERING.match(view.item)
    at = start.end() if start else 0
    for place in view.item_places:
        if place.start != at or not place.name or _is_at_home(place.name, home):
            return ""
        if place.scope is Scope.CITY:
            return "" if _NAMES_A_BODY.match(view.item, place.end) else place.name
        at = place.end  # 江苏省 before 宿迁市
    return ""


def _is_own(place: PlaceMention, home: str) -> bool:
    # A county may be one of the own city: which counties are is known of the first corpus' city alone.
    return not place.name or place.scope is Scope.COUNTY or _is_at_home(place.name, home)


def _is_at_home(name: str, home: str) -> bool:
    return name in (home, province_of(home)) or province_of(name) == home


def _is_told_of(text: str, place: PlaceMention) -> bool:
    """Whether a province is what the text is about: it is written in full (青海省), and is neither where somebody goes nor of a name."""
    if place.scope is not Scope.PROVINCE or place.end - place.start == len(place.name):
        return False
    return not _GONE_TO.search(text, 0, place.start) and not _NAMES_A_BODY.match(text, place.end)


def check_home_of(question: Question, view: PassageView) -> Verdict:
    """全旗, 我县 and 全盟 are told by a document of a banner, county or league, or by one that says 全旗: a city's figure is none of them."""
    own = _OWN_HOME.search(question.text)
    if (
        own is None
        or (view.passage.region or "").endswith(own["kind"])
        or re.search(f"[全我本]{own['kind']}", view.spoken)
    ):
        return SOUND
    return Verdict(AbstainReason.REGION, f"资料中没有{own.group()}的相关内容", absent=True)


def check_told_there(
    question: Question, asked: Sequence[PlaceMention], view: PassageView, span: Range, home: str
) -> Verdict:
    """What is asked of another place is told of that place: it stands in the answer's sentence or in the item's headline, or is the last
    place told before, or the item tells of nothing of our own. 南平, where a system was invented, did not help the people that we helped.
    """
    foreign = [
        each
        for each in asked
        if each.name
        and each.scope in (Scope.CITY, Scope.PROVINCE)
        and not _is_at_home(each.name, home)
        and not _NAMES_A_BODY.match(question.text, each.end)
    ]
    # A document of a county says little of the city that the county is of.
    if not foreign or _scope_of(home) < Scope.CITY:
        return SOUND
    first, last = view.sentence_of(*span)
    if not any(_is_own(each, home) for each in view.item_places):
        return _check_whole_province(question, foreign, view.folded[first:last], only_elsewhere(view, home))
    above = find_places("\n".join((view.passage.lead, *view.passage.heading_path)))
    here = [*above, *find_places(view.folded[first:last])]
    before = [each for each in find_places(view.folded[:first]) if _says_where(view.folded, each)][-1:]
    for place in foreign:
        if not any(_is_of(place.name, each.name) for each in (*here, *before)):
            written = question.text[place.start : place.end]
            return Verdict(AbstainReason.REGION, f"资料中这句话说的不是{written}")
    return SOUND


def _check_whole_province(question: Question, asked: Sequence[PlaceMention], sentence: str, city: str) -> Verdict:
    """A figure of 铜陵 is none of 安徽省, unless its sentence speaks of that itself."""
    province = asked[0]
    only = question.kind is AnswerKind.NUMBER and len(asked) == 1 and province_of(city) == province.name
    if only and province.name not in sentence:
        written = question.text[province.start : province.end]
        return Verdict(AbstainReason.REGION, f"资料中的数字是{city}的，不是{written}的")
    return SOUND


def _scope_of(home: str) -> int:
    return max((each.scope for each in find_places(home)), default=0)


def _says_where(text: str, place: PlaceMention) -> bool:
    return place.scope is not Scope.NATION and not GRADED.match(text, place.start)


def _is_of(asked: str, told: str) -> bool:
    """Whether what is told of ``told`` is told of ``asked``: the same, or a city of the province asked for."""
    return bool(told) and (told == asked or province_of(told) == asked)
