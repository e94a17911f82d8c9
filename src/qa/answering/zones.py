"""口径护栏 of counties, districts and zones (高新区, 栾城区): what the whole city has is no figure of one of them, nor what several have together."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question
from qa.text.places import Scope, find_places, place_root

# What ends in 区 and is the name of no district, by its last two characters.
_NO_DISTRICTS = (
    "地 园 社 校 景 牧 山 厂 灾 辖 小 片 库 矿 林 新 郊 老 沙 范 验 护 能 治 农 疫 产 港 湖 东 西 南 北 旗 市 县 全 我 本 各 该 战 学 街 分 禁 专 特"
    " 行 业 居 湾 心 选 务 发 税 盟 几 两 哪 那 这 个 跨 贫"
).split()
# Districts whose names end as common nouns do (山区, 东区, 湖区): by name alone (民政部, 行政区划代码, 2025).
_NAMED_DISTRICTS = (
    "红山 松山 元宝山 青山 石景山 房山 宝山 金山 南山 坪山 仓山 洪山 蜀山 千山 博山 福山 铜山 惠山 锡山 萧山 霞山 西山 象山 名山 黄山 花山 雨山 惠农 "
    "浦东 河东 城东 城西 河西 西湖 鼎湖 梁子湖 东湖 南湖 江北 河北 城北 市北 江南 海南 市南 城南 海港 桂林 新北 平城 云城 东城 西城"
).split()
_BEGINS = r"(?:^|(?<=[年月日底末初批次，,、；;在给对向和与及里中]))"
_PREPOSITIONS = "给对向在往为替"  # 给赵县 is no county
_ZONE = re.compile(r"(?:高新|经开|开发|综保|保税)区|循环化工园区")
_DISTRICT = re.compile(
    rf"{_BEGINS}(?:(?:{'|'.join(_NAMED_DISTRICTS)})区|[一-鿿]{{2}}(?<![{''.join(_NO_DISTRICTS)}])(?<![老新主全古中心]城)区|[^\W\d_a-zA-Z全我本各该每两几多外跨此这那哪某]县(?![域级区市]))"
)
_WIDE_ASKED = re.compile(r"[全我本]市|市里|[全我本]省|[全我本]区|[全我]国|自治区|[全我本][盟县旗]|各[县市区旗盟]")
_WIDE = re.compile(r"(?<![占居列在于过比])(?:[全我本](?:市|省|盟)|全国|全区|全自治区)")
_APART = re.compile(r"分别|依次|各|每|均")
_A_PLACE = r"[一-鿿]{2,5}[县旗区市]"
_BETWEEN_CHARS = 4  # 松山区（含新区）is farther, 松山区改造0.9万亩 is not
_AT_HOME = ("我旗", "全旗", "本旗", "我县", "全县", "本县", "我区", "本区")  # of a document of the very county
FULL_NAMES = {"高新区": "高新技术产业开发区", "经开区": "经济技术开发区", "综保区": "综合保税区"}


@lru_cache(maxsize=64)  # the same for every candidate of a question
def zones_in(text: str) -> tuple[str, ...]:
    """The counties, districts and zones that a question names."""
    found = [match.group() for match in _ZONE.finditer(text)]
    found += [match.group() for match in _DISTRICT.finditer(text)]
    found += [text[each.start : each.end] for each in find_places(text) if each.scope is Scope.COUNTY]
    return tuple(dict.fromkeys(each for each in found if each[0] not in _PREPOSITIONS or each[1:] not in found))


def check_zone(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where the question names one of them and no wider scope, the figure has to be told of it: 通过形式审查668家 of a sentence about 全市 is
    none of 高新区, 60名 that go to 元氏县、赵县、平山县 together none of 赵县, and a passage that never names a district tells nothing of it.
    """
    named = zones_in(question.text)
    number = view.number_at(span)
    if question.kind is not AnswerKind.NUMBER or len(named) != 1 or _WIDE_ASKED.search(question.text):
        return SOUND
    zone = named[0]
    forms = [*_forms(zone), *(_AT_HOME if place_root(zone) == place_root(view.passage.region or "") else ())]
    if not any(each in view.unspaced for each in forms) and not find_places(zone):
        return Verdict(AbstainReason.REGION, f"资料中没有{zone}的相关内容", absent=True)
    if number is None or number.ordinal:
        return SOUND
    clause = view.folded[slice(*view.clause_of(number.start, number.end))]
    if _with_others(zone, clause) and not _APART.search(clause):
        return Verdict(AbstainReason.REGION, f"资料中的数字是几个地方合起来的，不是{zone}的")
    first = view.sentence_of(number.start, number.end)[0]
    before = view.folded[first : number.start]
    own = max(before.rfind("；"), before.rfind(";")) + 1
    wide = list(_WIDE.finditer(before))
    if not wide or any(each in before[own:] or each in clause for each in forms):
        return SOUND
    return Verdict(AbstainReason.REGION, f"资料中的数字是{wide[-1].group()}的，不是{zone}的")


def stands_behind_its_zone(question: Question, view: PassageView, start: int) -> bool:
    """Whether what begins at ``start`` stands right behind the one county, district or zone that the question names (其中松山区0.9万亩)."""
    named = zones_in(question.text)
    return len(named) == 1 and named[0] in view.text[max(0, start - len(named[0]) - _BETWEEN_CHARS) : start]


def _forms(zone: str) -> list[str]:
    """How a document may write it: 鹿泉区 also as 鹿泉."""
    bare = zone[:-1] if len(zone) > 2 and not _ZONE.fullmatch(zone) else zone
    return [bare, *([FULL_NAMES[zone]] if zone in FULL_NAMES else [])]


def _with_others(zone: str, clause: str) -> bool:
    """Whether the clause names it in a row with others (元氏县、赵县、平山县等)."""
    bare = re.escape(zone)
    return re.search(rf"{_A_PLACE}[、和及与]{bare}|{bare}[、和及与]{_A_PLACE}", clause) is not None
