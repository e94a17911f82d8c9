"""口径护栏 of the place: every place that the question names is spoken of, and a figure is of the scope asked for (我市, 全区, 全国)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answering.regions import GRADED, only_elsewhere
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question
from qa.text.places import PlaceMention, Scope, city_of, find_places, province_of

_BESIDE_OTHERS = re.compile(r"(?:跻身|进入|位居|位列|保持|排名?|升至|居|列|在|占|入选)(?:了)?(?:全区|全国|自治区|全市)")
_ITS_OFFICES = re.compile(r"自治区[一-鿿]{0,8}(?:厅|委|局|政府|办公室)|《[^》]*自治区|内蒙古日报")
_OWN_OFFICES = re.compile(
    r"(?<![一-鿿])市|(?<=[，。、由向对是与和到在])市(?=[一-鿿])|市(?:委|政府|科技局|直|级|长)|旗区"
)
_AMONG = re.compile(
    r"在(?:全区|全国|自治区|全市|我区)(?:率先|首|前列|排|居|位)|居(?:全区|全国|全市)"
)  # 在自治区率先推出30条: whose they are is not said
_WIDER = re.compile(
    r"全国|我国|全区|我区|本区|全省|我省|本省"
)  # not 自治区, which gives, asks and holds meetings as well
_WIDE = frozenset({"nation", "province"})
_OF_THE_COUNTY = re.compile(r"[全我本][旗县区](?!域)")
_WHOLE_NAME = 3  # characters of a county with 县 or 旗


def check_places(question: Question, asked: Sequence[PlaceMention], view: PassageView, home: str) -> Verdict:
    """Every place the question names must be spoken of; 我市 and the document's own city are one."""
    if not asked:
        return SOUND
    names = {place.name for place in view.places}
    foreign = only_elsewhere(view, home)
    speaks_of_province = any(place.scope is Scope.PROVINCE and not place.name for place in view.places)
    for place in asked:
        if foreign and (place.name == home or (not place.name and place.scope is not Scope.NATION)):
            return Verdict(AbstainReason.REGION, f"资料中说的是{foreign}，不是{_written(question, place)}")
        written = _written(question, place)  # 未组建的为化德县: where a name begins no mark tells
        known = not place.name or place.name in names or place.name == home
        if question.kind is not AnswerKind.NUMBER:  # 杭州 is told where 浙江 is asked about
            known = known or any(province_of(name) == place.name for name in names)
        known = known or (place.name == city_of(home) and _speaks_of_its_city(view))
        known = known or (len(written) >= _WHOLE_NAME and written[-1] in "县旗" and written in view.spoken)
        if not known and not (speaks_of_province and place.name == province_of(home)):
            return Verdict(AbstainReason.REGION, f"资料中没有{_written(question, place)}的相关内容", absent=True)
    return SOUND


def _speaks_of_its_city(view: PassageView) -> bool:
    """Whether a document of a county says 全市 or 我市, which is the city that the county is of."""
    return any(place.scope is Scope.CITY and not place.name for place in view.places)


def _told_of_its_city(view: PassageView, span: Range, city: str) -> bool:
    """Whether the last place before the number, in a document of a county, is the city (全市, 巴彦淖尔市) and not the county (全旗)."""
    before = view.folded[: span[0]]
    said = [each.start for each in find_places(before) if each.scope is Scope.CITY and each.name in ("", city)]
    own = max((each.start() for each in _OF_THE_COUNTY.finditer(before)), default=-1)
    return bool(said) and said[-1] > own


def _written(question: Question, place: PlaceMention) -> str:
    return question.text[place.start : place.end]


def check_scope(
    question: Question, asked: Sequence[PlaceMention], view: PassageView, span: Range, home: str
) -> Verdict:
    """A number must be of the scope asked for: its own is the last place before it in its clause (2020年度全区共评选…18项,
    我市获奖总数14项), without one the document's. 全区 and 自治区 are the province that the document's city lies in.
    """
    if question.kind is not AnswerKind.NUMBER or not asked:
        return SOUND
    its_city = next((place for place in asked if place.name and place.name == city_of(home)), None)
    if its_city and not _told_of_its_city(view, span, its_city.name):
        return Verdict(
            AbstainReason.REGION, f"资料中的数字是{view.passage.region}的，不是{_written(question, its_city)}的"
        )
    wanted = {_level(place, home) for place in asked}
    first, _ = view.clause_of(*span)
    told = view.text[first : span[0]]
    before = _levels(_AMONG.sub("", told), home)
    if before and not wanted & before:
        return Verdict(AbstainReason.REGION, f"资料中的数字属于另一个范围（{told.strip()[:20]}……）")
    sentence = _BESIDE_OTHERS.sub("", view.folded[view.sentence_of(*span)[0] : first])
    subject = [place for place in find_places(sentence) if not GRADED.match(sentence, place.start)]
    if not before and subject and wanted <= _WIDE and _level(subject[-1], home) == "city":
        return Verdict(
            AbstainReason.REGION,
            f"资料中的数字属于另一个范围（{sentence[subject[-1].start : subject[-1].end + 10]}……）",
        )
    clause = _levels(view.text[slice(*view.clause_of(*span))].replace("中国", "全国"), home) & _WIDE
    if len(wanted) > 1 and clause and wanted & _WIDE and not wanted & clause:
        return Verdict(AbstainReason.REGION, f"资料中说的不是{_written(question, asked[0])}")
    if home and wanted == {"city"} and _is_of_the_province(view, home):
        return Verdict(
            AbstainReason.REGION, f"资料中说的是{province_of(home) or '全区'}，不是{_written(question, asked[0])}"
        )
    wider = wanted <= _WIDE and any(_WIDER.match(question.text, place.start) for place in asked)
    if home and wider and not before and not wanted & _levels(f"{view.background}\n{view.text[: span[0]]}", home):
        return Verdict(AbstainReason.REGION, f"资料中的数字是{home}的，不是{_written(question, asked[0])}的")
    return SOUND


def _is_of_the_province(view: PassageView, home: str) -> bool:
    """Whether an item tells what the region's offices do, and names nothing of the own city."""
    levels = {_level(place, home) for place in view.item_places if not GRADED.match(view.item, place.start)}
    return levels <= _WIDE and _ITS_OFFICES.search(view.item) is not None and not _OWN_OFFICES.search(view.item)


def _levels(told: str, home: str) -> set[str]:
    return {_level(place, home) for place in find_places(told) if not GRADED.match(told, place.start)}


def _level(place: PlaceMention, home: str) -> str:
    """A name for the scope of a mention: the same for 我市 and the own city, for 全区 and the own province."""
    if place.name and place.name == home:
        return "province" if place.scope is Scope.PROVINCE else "city"  # 全区 of a document of the region is the region
    if place.name and place.name == city_of(home):
        return "city"
    if place.name and place.name == province_of(home):
        return "province"
    return place.name or place.scope.name.lower()
