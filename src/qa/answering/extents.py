"""How far an answer goes: a place with its street and floor and the places joined to it, a body with the office in it that is meant."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.answering.candidates.name import places_in
from qa.answering.candidates.organisation import INNER_VERBS, LEADING_VERBS, organisations_in
from qa.answering.candidates.person import OFFICE, office_before, person_asked_about
from qa.answering.contacts import with_its_name
from qa.answering.view import PassageView, Range
from qa.records import AnswerKind, Question, Word
from qa.text.places import is_one_place

_ADDRESS = re.compile(
    r"(?:[街路道巷镇乡村座栋幢号室层楼]|大厦|大楼|苏木|嘎查|社区|小区|广场|园区?|中心|馆|厅|酒店|宾馆|礼堂|会堂|剧院|校区|厂区)$"
)
_NO_ADDRESS = frozenset(
    "知道 渠道 报道 公路 道路 铁路 思路 出路 农村 乡村 口号 型号 账号 高层 基层 多层 各层 街道办".split()
)
_ADDRESS_CHARS = 24
_INSIDE = frozenset("n ns nr nz nt ng m q x eng j b s f i l vn nrt".split())
_IN_NAMES = INNER_VERBS | frozenset("创新 创业 孵化 展览 交流 会展".split())
_JOINT = re.compile(r"、|以及|[和与及]")
_STANDS_AT = re.compile(r"(?:[在于赴到]|分别[为是]?|[：:])\s*$")
_ANYWHERE = re.compile(r"哪里|哪儿|何处|何地|什么地方|哪些")  # 哪个旗区 asks for one of its kind, without street
# By characters: 督查室要 is parted as 督查 and 室要.
_OFFICE = re.compile(
    r"[一-鿿]{2,8}?(?:研究[所院]|实验室|专班|[分支大]队|分[局院]|(?<![学专本医各])[室科股]|(?<![好到用之长实益坏])处"
    r"(?![理置分罚于在]))(?=[，。、；;：:）)\s]|$|[要将会对按每于等和与及为在]|负责|牵头|承担|组织|具体|协助|主要|统筹|制定|落实|主任|开展|联合)"
)
_CAMPUS = re.compile(r"(?<=[学院司团])[（(](?P<place>[一-鿿]{2,6})[）)]")
_QUOTED_FIGURES = re.compile(r"[“「][\d+＋—-]{1,8}[”」]")
_NOUN_CHARS = 8
_DIVISION = re.compile(r"[一-鿿]{2,6}[处科室司](?:[处科室司]长|主任|负责人)")
_IN_DIVISIONS = frozenset("与 和".split())
_APART = frozenset("v p c uj ul uz r".split())
_WHAT_IS_LISTED = re.compile(
    r"原因|缘由|为什么|为何|为啥|条件|要求|措施|举措|问题|做法|任务|打算|安排|建议|情形|步骤|方面|什么(?:工作|准备)|怎么"
)
_NUMBERS = "一二三四五六七八九十"
_FIRST_ITEM = re.compile(r"(?<![之第同唯统万])一(?P<mark>[是要])(?![个种样])")
_BEHIND_AN_ITEM = re.compile(r"[；。;](?=[二三四五六七八九十][是要])|[。；;\s]*$")
_LISTED_CHARS = 400
_OF_WHAT_SORT = re.compile(r"哪(?:些|几)[^，。？?]{0,4}(?P<sort>情况|工作|事项|问题|内容)")
_OFFICE_TOO = re.compile(
    r"(?:哪一?[家个所](?:公司|企业|单位|机构|部门|大学|学校|院校|集团)的?|哪一?位[，,]?(?:是|任)?)(?:什么|啥|何|哪个)(?:职务|职级|职位|级别|身份|领导|负责人|职|官)"
)
_ITS_OFFICE = re.compile(rf"(?:[^，。；、：:\s]{{0,6}}?)(?:党[组委]书记、)?{OFFICE.pattern}(?=[ 　]*[一-鿿])")
_BODIES = (AnswerKind.PERSON, AnswerKind.ORGANISATION, AnswerKind.LIST)


def whole_extent(question: Question, view: PassageView, span: Range) -> Range:
    """``span`` with all that belongs to the place or the body it names; itself where it names neither."""
    if question.kind is AnswerKind.PLACE and _asks_where(question.text):
        return _with_joined_places(view, _with_address(view, span))
    if question.kind in (AnswerKind.LIST, AnswerKind.CLAUSE):
        span = _with_and_the_like(question, view, span)
    if question.kind in (AnswerKind.PERSON, AnswerKind.ORGANISATION) and _OFFICE_TOO.search(question.text):
        return _with_office_asked(question, view, span)
    if question.kind in _BODIES:
        whole = _with_its_office(view, span)
        return span if _is_named_beyond(question, view, span[1], whole[1]) else _with_campus(view, whole)
    if question.kind is AnswerKind.CLAUSE and _WHAT_IS_LISTED.search(question.text):
        return _to_the_last_item(view, span)
    if question.kind is AnswerKind.NUMBER:
        span = with_its_name(question, view, span)
    return _with_its_university(view, _with_noun_behind_a_quote(view, _with_division(question, view, span)))


def _with_and_the_like(question: Question, view: PassageView, span: Range) -> Range:
    """甲、乙和丙落实 up to 等情况 where 哪些情况 is asked: the noun is of all of them."""
    asked = _OF_WHAT_SORT.search(question.text)
    if asked is None or "、" not in view.slice(span):
        return span
    behind = re.compile(rf"等(?:方面的?)?{asked['sort']}").match(view.text, span[1])
    return (span[0], behind.end()) if behind else span


def _with_office_asked(question: Question, view: PassageView, span: Range) -> Range:
    """甲公司 up to 总经理 where 哪家公司的什么职务 is asked, 张三 back to 自治区科技厅一级巡视员 where 哪位，什么职级 is."""
    if question.kind is AnswerKind.ORGANISATION:
        office = _ITS_OFFICE.match(view.text, span[1])
        return (span[0], office.end()) if office else span
    return span[0] - len(office_before(view, span[0])), span[1]


def _to_the_last_item(view: PassageView, span: Range) -> Range:
    """一是甲 up to 三是丙: reasons and conditions that are counted are told by all of them."""
    first = _FIRST_ITEM.search(view.text, *span)
    if first is None:
        return span
    line = view.text.find("\n", span[0])
    line = line if line >= 0 else len(view.text)
    at, end = first.start(), span[1]
    for number in _NUMBERS[1:]:
        following = re.compile(f"{number}{first['mark']}").search(view.text, at + 1, line)
        if following is None:
            break
        at = following.start()
        if at >= end:
            end = view.sentence_of(at, at + 1)[1]
            beyond = _BEHIND_AN_ITEM.search(view.text, at, end)
            end = beyond.start() if beyond else end
    return (span[0], end) if end - span[0] <= _LISTED_CHARS else span


def _with_campus(view: PassageView, span: Range) -> Range:
    """中国矿业大学 up to （北京）: the bracket is of the name."""
    campus = _CAMPUS.match(view.text, span[1])
    return (span[0], campus.end()) if campus and is_one_place(campus["place"]) else span


def _with_its_university(view: PassageView, span: Range) -> Range:
    """鄂尔多斯研究院 back to 辽宁工程技术大学: an institute that is named behind its university is of that one."""
    whole = next((each for each in organisations_in(view) if each[0] < span[0] and each[1] == span[1]), span)
    return whole if view.text[whole[0] : span[0]].endswith(("大学", "学院")) else span


def _with_noun_behind_a_quote(view: PassageView, span: Range) -> Range:
    """“1+1” up to 协同工作机制: figures in quotes name nothing by themselves."""
    if not _QUOTED_FIGURES.fullmatch(view.slice(span)):
        return span
    behind = _behind(view, span[1], _NOUN_CHARS)
    return (span[0], behind[-1].end) if behind and behind[-1].tag[:1] == "n" else span


def _with_division(question: Question, view: PassageView, span: Range) -> Range:
    """监督处处长 back to 自治区科技厅政策法规与: the division's name has 与 in it."""
    if not _DIVISION.match(view.slice(span)) or not person_asked_about(question):
        return span
    start = span[0]
    for word in reversed([word for word in view.words if word.end <= span[0]]):
        if word.end != start or not (word.tag in _INSIDE or word.text in _IN_DIVISIONS):
            break
        start = word.start
    return start, span[1]


def _is_named_beyond(question: Question, view: PassageView, start: int, end: int) -> bool:
    """Whether the question names what stands there itself: 甲实验室 for whose 中试基地 甲实验室中试基地 is."""
    return any(
        start <= word.start and word.end <= end and len(word.text) > 1 and word.text in question.text
        for word in view.words
    )


@lru_cache(maxsize=64)
def _asks_where(text: str) -> bool:
    return _ANYWHERE.search(text) is not None


def _with_address(view: PassageView, span: Range) -> Range:
    """赤峰市松山区 up to 临潢大街18号: the words behind it that make an address."""
    if not any(end == span[1] for _, end in [*places_in(view), *organisations_in(view)]):
        return span
    end = span[1]
    for word in _behind(view, span[1], _ADDRESS_CHARS):
        if _ADDRESS.search(word.text) and word.text not in _NO_ADDRESS:
            end = word.end
    return span[0], end


def _with_joined_places(view: PassageView, span: Range) -> Range:
    """甲区和乙区 for either, where the first of them stands behind 在 or 位于."""
    places = sorted({*places_in(view), *organisations_in(view), span})
    longest = {start: max(end for first, end in places if first == start) for start, _ in places}
    row = [span]
    at = span[0]
    while before := next((each for each in longest.items() if _JOINT.fullmatch(view.text, each[1], at)), None):
        row.insert(0, before)
        at = before[0]
    at = span[1]
    while (joint := _JOINT.match(view.text, at)) and joint.end() in longest:
        row.append((joint.end(), longest[joint.end()]))
        at = row[-1][1]
    joined = (row[0][0], row[-1][1])
    return joined if len(row) > 1 and _STANDS_AT.search(view.text, 0, joined[0]) else span


def _with_its_office(view: PassageView, span: Range) -> Range:
    """市政府 up to 督查室, 中国科学院 up to 大连化学物理研究所: the name of the body that ends there goes on."""
    bodies = [each for each in organisations_in(view) if span[0] <= each[0] < span[1]]
    if not any(end == span[1] for _, end in bodies):
        return span
    end = max(
        last for first, last in bodies if any(last_one == span[1] and first == start for start, last_one in bodies)
    )
    office = _OFFICE.match(view.text, end)
    if office is None or any(
        end <= word.start and word.end < office.end() and (word.tag in _APART or word.text in LEADING_VERBS)
        for word in view.words
    ):
        return span[0], end
    return span[0], office.end()


def _behind(view: PassageView, at: int, chars: int) -> list[Word]:
    """The words that adjoin ``at`` and may belong to its name."""
    found: list[Word] = []
    for word in view.words:
        if word.start < at:
            continue
        inside = word.tag in _INSIDE or word.text in _IN_NAMES
        if word.start != (found[-1].end if found else at) or not inside or word.end - at > chars:
            break
        found.append(word)
    return found
