"""口径护栏 of where and whose: where another body is, where somebody was at work, the place that a name begins with, a member of the same list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from qa.answering.candidates.organisation import organisations_in
from qa.answering.candidates.person import OFFICE
from qa.answering.support import held
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question
from qa.text.places import find_places, is_one_place, place_root

_WHERE_IS = re.compile(
    r"^(?:请问)?(?P<name>[一-鿿A-Za-z0-9]{1,20}?(?P<kind>实验室|研究院|研究所|分院|学院|基地|中心|公司|集团|工作站))"
    r"(?:是|建|设|位|打算|计划|准备|将|要|拟|坐落|选址|落户|落地|具体|现在|目前|现)*[在于](?:哪|什么地方|何处|何地)"
)
_DESCRIBED = re.compile(r"[首这那该几各每两三]|第一|唯一|新建|最|的")  # 我市首个实验室 is no name
_WITHIN_NAME = "[^，。；\n]{0,6}?"
_FROM_WHERE = re.compile(
    r"(?:是|来自|属于?)(?:哪|什么)[一-鿿]{0,4}?的(?:公司|企业|集团|单位|机构|团队|院士|专家|教授|学者|人才?|大学|高校)(?:[呢啊呀吗]|[？?])*$"
)
_AT_WORK = re.compile(r"(?<![现])[在到赴](?:内蒙古(?:自治区)?)?$")
_ITS_SEAT = re.compile(r"[^，。；]{0,4}?(?:注册|成立|登记|设立|落户|总部|出生|任职|工作)")
_BY_WHOM = re.compile(
    r"^(?:请问)?(?P<what>[^，。、？?“”的]{4,}?)(?:最早|具体|究竟|到底)?(?:是由|是|由)(?:谁|哪)[^，。？?]{0,6}(?:申报|申请|建|牵头|主办|承办|依托|负责|运营|管理?|出资|研发|的)(?:的)?[？?]?$"
)
_WHOSE = re.compile(r"(?:是|属于?|归|隶属于?)(?:于)?(?:哪|谁|什么)[^，。？?]{0,8}的|(?:属于|隶属于?|归)(?:哪|谁)")
_WHERE_HELD = re.compile(
    r"(?:[在到](?:哪(?!个)|什么地方|何处|何地))[^，。？?]{0,4}(?:召开|举行|举办|开的?)|(?:会议?|大会|论坛|活动|仪式|发布会|座谈会|比赛|大赛)[^，。？?]{0,8}(?:在|到)(?:哪(?!个)|什么地方|何处|何地)|会址"
    r"|(?:[在到](?:哪(?!个)|什么地方|何处|何地))[^，。？?]{0,2}(?:会见|会谈|座谈|见面|签[约字署])"
)
_BODY_OF_A_KIND = re.compile(r"(?:大学|学院|公司|集团|实验室|研究院|银行|平台)$")
_TAKES_PLACE_AT = re.compile(r"(?:[在到赴于]|走进|来到|前往|地[点址][：:为]?|主办|承办)[^，。；：]{0,16}$")
_IS_HELD = re.compile(r"(?:隆重|成功|顺利|正式)?(?:召开|举行|举办|开幕|启动|开赛)")
_PARTY_BEFORE = re.compile(r"(?:[与同跟]|会同)$")
_ROOM = re.compile(r"[厅馆室楼]$|中心$")
_OF_A_PERSON = re.compile(rf"的?(?:{OFFICE.pattern}|院士|教授|研究员)(?:[ 　]?[一-鿿]{{2}}|、)")
_HELD = re.compile(r"召开|举行|举办|开幕|开展|开赛|启动|进行|地点|地址|会场")
_LIKE_A_PLACE = re.compile(
    r"[省市县旗区州盟镇乡村楼厅室馆院校园场店所城港站号路街网层]$|中心|基地|广场|礼堂|大厦|会堂|宾馆|酒店|公司|大学|银行|平台|社区|嘎查|苏木|现场|线上|视频"
)
_ORGAN = re.compile(r"(?:[市党区旗县盟]委|政府|局|厅|委员会|办公[室厅]|管委会|署)$")
_AT = re.compile(r"(?:[在到赴]|(?<![关对由基鉴至])于)$")
_LIST = re.compile(r"[^，。；：！？\n]+")
_LIST_GOES_ON = re.compile(r"[、和与及等这共“]|[，。；：！？\n]|$")
_LIST_ENDS = re.compile(r"(?:等|这[一二两三四五六七八九十几]|“)[^、]*$")
_LEAST_MEMBER = 3
_IN_PART = 0.3


def check_another_body(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where 之江实验室 is does not tell where 鄂尔多斯实验室 is: a clause that names another body of the kind tells of that one."""
    asked = _WHERE_IS.search(question.text) if question.kind is AnswerKind.PLACE else None
    if asked is None or _DESCRIBED.search(asked["name"]):
        return SOUND
    if view.slice(span).endswith(asked["kind"]):  # 辽宁工程技术大学鄂尔多斯研究院 is no place
        return Verdict(AbstainReason.SUBJECT, "资料中没有写它在哪里")
    first, last = view.clause_of(*span)
    told = [(first + each.start(), first + each.end()) for each in _named(asked["name"], view.text[first:last])]
    if any(start <= span[0] and span[1] <= end for start, end in told) or (
        any(start == span[1] for start, _ in told) and not is_one_place(view.slice(span))
    ):
        return Verdict(AbstainReason.SUBJECT, "资料中这是所问单位名称的一部分，没有写它在哪里")
    if told:
        return SOUND
    for start, end in organisations_in(view):
        other = view.text[start:end]
        if first <= start and end <= last and other.endswith(asked["kind"]) and other != asked["kind"]:
            return Verdict(AbstainReason.SUBJECT, f"资料中这是“{other}”所在的地方")
    return SOUND


def _named(name: str, text: str) -> Iterator[re.Match[str]]:
    """Where the body called ``name`` stands in ``text``: 鄂尔多斯市实验室 by 鄂尔多斯实验室 too, a long name by its parts in order."""
    return re.finditer(_WITHIN_NAME.join(map(re.escape, re.sub("[市省]", "", name))), text)


def check_held_there(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where something was held is told as that: who called it is no place, nor who was there."""
    if question.kind is not AnswerKind.PLACE or not _asks_where_held(question.text):
        return SOUND
    if _ORGAN.search(view.slice(span)) and not _AT.search(view.text, 0, span[0]):
        return Verdict(AbstainReason.SUBJECT, "资料中这是召开或参加的单位，没有写在哪里")
    if _OF_A_PERSON.match(view.text, span[1]) and not _AT.search(view.text, 0, span[0]):
        return Verdict(AbstainReason.SUBJECT, "资料中这是其中一位所在的单位，没有写在哪里")
    if _PARTY_BEFORE.search(view.text, 0, span[0]) and not _ROOM.search(view.slice(span)):
        return Verdict(AbstainReason.SUBJECT, "资料中这是其中一方，没有写在哪里")
    if _BODY_OF_A_KIND.search(view.slice(span)) and not _TAKES_PLACE_AT.search(view.text, 0, span[0]):
        return Verdict(AbstainReason.SUBJECT, "资料中没有写是在这里召开的")
    if (
        is_one_place(view.slice(span))
        and not _TAKES_PLACE_AT.search(view.text, 0, span[0])
        and not _IS_HELD.match(view.text, span[1])
    ):
        return Verdict(AbstainReason.SUBJECT, "资料中这是说的是谁，没有写在哪里召开")
    like_a_place = _LIKE_A_PLACE.search(view.slice(span)) is not None or bool(find_places(view.slice(span)))
    if not _AT.search(view.text, 0, span[0]) and not like_a_place:
        return Verdict(AbstainReason.SUBJECT, "资料中没有写在哪里召开")
    if not _AT.search(view.text, 0, span[0]) and not _HELD.search(view.folded[slice(*view.sentence_of(*span))]):
        return Verdict(AbstainReason.SUBJECT, "资料中没有写是在这里召开的")
    return SOUND


@lru_cache(maxsize=64)  # the same for every candidate of a question
def _asks_where_held(text: str) -> bool:
    return _WHERE_HELD.search(text) is not None


_GOES_TO = re.compile(
    r"(?:赴|前往|(?<![达遇受得谈提收感])到|(?<![过失])去)(?P<where>[一-鿿、]{2,16}?)(?:考察|调研|参观|访问|学习|对接|洽谈|招商|座谈|拜访)"
)
_SEES = re.compile(
    r"(?:看|参观|考察|走访|调研|访问)(?:了|的|过)*(?P<where>[一-鿿]{2,12}?(?:实验室|研究院|研究所|大学|学院|公司|集团|园区|基地|中心|医院|学校))"
)
_NAMES_A_PLACE = frozenset("ns nt nz j".split())


def check_destination(question: Question, view: PassageView) -> Verdict:
    """Somebody's visit to one place is told by where it went: 在杭州考察 tells nothing of 赴大湾区考察."""
    asked = _GOES_TO.search(question.text)
    asked = asked or (_SEES.search(question.text) if question.kind is AnswerKind.DATE else None)
    if asked is None:
        return SOUND
    first, last = asked.span("where")
    named = [
        each
        for each in question.words
        if first <= each.start and each.end <= last and each.tag in _NAMES_A_PLACE and len(each.text) > 1
    ]
    written = [other for each in named for other in (each.text, *question.same.get(each.text, ()))]
    roots = [place_root(each) for each in written]
    if not named or any(_is_spoken_of(each, view) for each in (*written, *roots)):
        return SOUND
    return Verdict(AbstainReason.SUBJECT, f"资料中没有写到去“{asked['where']}”", absent=True)


def _is_spoken_of(name: str, view: PassageView) -> bool:
    """Whether a place is, if only by a longer name (北大, 北京大学)."""
    return (
        held(name, view.spoken) >= _IN_PART
        or re.search(_WITHIN_NAME.join(map(re.escape, name)), view.spoken) is not None
    )


def check_origin(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where somebody is at work is not where they are from: 在鄂尔多斯市开展示范 makes nobody a company of 鄂尔多斯市."""
    if question.kind is not AnswerKind.PLACE or not _FROM_WHERE.search(question.text):
        return SOUND
    if _AT_WORK.search(view.text, 0, span[0]) and not _ITS_SEAT.match(view.text, span[1]):
        return Verdict(AbstainReason.SUBJECT, "资料中只写了在那里做事，没有写来自哪里")
    return SOUND


def check_whole_name(question: Question, view: PassageView, span: Range) -> Verdict:
    """The place that a longer name begins with is no body: 内蒙古自治区 of “内蒙古自治区山羊绒材料重点实验室”."""
    if question.kind is not AnswerKind.ORGANISATION or not is_one_place(view.slice(span)):
        return SOUND
    for start, end in organisations_in(view):
        if start == span[0] and end > span[1]:
            return Verdict(AbstainReason.SUBJECT, f"资料中这是“{view.text[start:end]}”名称的一部分")
    return SOUND


def check_itself(question: Question, view: PassageView, span: Range) -> Verdict:
    """Who applied for 乙实验室 is not told by 乙实验室 itself, however its whole name begins."""
    asked = _BY_WHOM.search(question.text) if question.kind in (AnswerKind.ORGANISATION, AnswerKind.PERSON) else None
    if asked and asked["what"] in view.slice(span):
        return Verdict(AbstainReason.SUBJECT, f"“{asked['what']}”就是所问的，资料中没有写是谁")
    return SOUND


def check_sibling(question: Question, view: PassageView, span: Range) -> Verdict:
    """Members of one list neither own nor hold each other: 甲学院乙分院、丙学院 does not tell whose 乙分院 is."""
    where = _WHERE_IS.search(question.text)
    name = where["name"] if where else question.text
    if not where and not _WHOSE.search(question.text):
        return SOUND
    listed = next((each for each in _LIST.finditer(view.text) if each.start() <= span[0] < each.end()), None)
    if listed is None:
        return SOUND
    begins = where is not None and view.text[: span[0]].endswith(
        "、"
    )  # 中国矿业大学(北京) of …内蒙古研究院 is a member's beginning
    if not begins and not _LIST_GOES_ON.match(view.text, span[1]):
        return SOUND
    members = [_LIST_ENDS.sub("", each).strip() for each in listed.group().split("、")]
    own = view.slice(span)
    beside = [each for each in members if len(each) >= _LEAST_MEMBER and (each in name or name in each) and each != own]
    if beside and any(each == own or (begins and each.startswith(own)) for each in members):
        return Verdict(AbstainReason.SUBJECT, f"资料中它和“{beside[0]}”是并列的")
    return SOUND
