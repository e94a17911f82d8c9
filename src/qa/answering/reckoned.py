"""What would have to be reckoned: a difference, a sum, a multiple, the greatest of several years or the greater of two things is an answer
only where the text tells it itself; one of the figures that it is reckoned from is none."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from qa.answering.counted import nouns_beside
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question
from qa.text.in_order import short_form_in

_MORE = r"(?:多|少|高|低|快|慢|增加|增长|减少|下降|提高|上升)"
_NUMERAL = r"[两二三四五六七八九十\d]"


class _Reckoning(NamedTuple):
    name: str
    asked: re.Pattern[str]
    told: re.Pattern[str]  # in the sentence that answers


_MOST = r"最(?:多|高|少|低|大|小|快|好|强)"
_RECKONINGS = (
    _Reckoning(
        "相差多少",
        re.compile(
            rf"(?<!占)(?:比|较)(?!例|重|如|赛|较)[^，。？?]{{2,24}}?{_MORE}(?:了|出|出了|了出)?(?:多少|几)(?!倍|番)|相差(?:了|有|大?约)?(?:多少|几|多[大远])|差[了出](?:多少|几)|差距(?:是|有)?多|之差(?:是|为)?(?:多少|几)|差额"
            r"|(?:增长|增加|增|提高|提升|上升|下降|减少|降低|降|上涨|涨)了?(?:百分之)?(?:多少|几)(?!倍|番)|净增[^，。？?]{0,14}?(?:多少|几)"
        ),
        re.compile(r"比|较|增|升|提高|成长|降|减|差|涨|高于|低于|多出|下滑"),
    ),
    _Reckoning(  # by how much more than the year before it grew
        "两次增加的差",
        re.compile(r"(?:净增|新增)[^，。？?]{0,10}[比较][^，。？?]{2,14}?(?:多|少)了?(?:多少|几)"),
        re.compile(r"多增|少增|(?:净增|新增)[^，。；]{0,16}[比较][^，。；]{2,10}[多少]"),
    ),
    _Reckoning(
        "几倍或几番",
        re.compile(r"(?:几|多少)倍|翻了?几|几番|倍数"),
        re.compile(r"[\d万亿兆百千两二三四五六七八九十]\s*[多余几]?倍|翻[了一两二三四五六七八九十]*番"),
    ),
    _Reckoning(
        "合计",
        re.compile(
            rf"加起来|加在?一[起块]|相加|之和(?:是|为)?多少|加总|(?P<years>[这那近前后]{_NUMERAL}{{1,2}}(?:年|个月)|[两三四五六七八九十]{{1,2}}年|(?<!\d)\d{{1,2}}年(?=[来间里内]))(?:来|间|里|内)?[^，。？?]{{0,14}}(?:合计|总共|一共|总计|累计|共(?!同|建|享))"
        ),
        re.compile(r"合计|共计|总计|累计|(?<!公)共(?![同建享赢青产])|总[数额量]|总投资"),
    ),
    _Reckoning(
        "哪一年最多",
        re.compile(
            rf"(?:哪一?[年月天]|什么时候|何时|几月)[^，。？?]{{0,16}}{_MOST}[？?。\s]*$|{_MOST}的?[^，。？?]{{0,8}}是(?:在)?(?:哪一?[年月天]|什么时候)"
        ),
        re.compile(r"最|峰|首位|第一|历史新"),
    ),
    _Reckoning(
        "哪个更多",
        re.compile(
            r"[和与跟同][^，。？?]{1,14}[，,]?(?:相比|比起来|比较)?[，,]?(?:哪一?[个家项种者]|谁|何者)(?:的?[^，。？?]{0,4})?(?:更|比较)?(?:多|高|少|低|大|小|早|晚|先|快|强|好)(?:一?些|一点)?[？?。\s]*$"
        ),
        re.compile(r"比(?!例|重|如|赛)|高于|低于|多于|少于|超过|大于|小于|更|领先|最"),
    ),
)
_OF_BOTH = re.compile(
    r"(?P<one>[^，,。；？?、和与及跟]{2,14})(?:[和与跟、]|以及|及(?!以[上下]))(?P<other>[^，,。；？?、和与及跟]{2,14}?)(?:的[^，。？?]{1,6}?)?(?:一共|合计|总共|共计|加起来|总计|总[数额]|共(?=有?多少|有?几))"
)
_TOTAL = re.compile(r"(?:一共|总共|合计|共计|总计|(?<!公)共(?![同建享赢青产]))[^，。？?]{0,8}?(?:多少|几)")
_SUMMED = re.compile(r"合计|共计|总计|一共|总共|总[数额量]|总和")
_EACH = re.compile(
    r"分别[^，。？?]{0,8}?(?:多少|几)|各自?(?:占|有|是|为|收到|获得?|拿|花|投|出|评选|立项|设|补助|派)?了?(?:多少|几)|(?:多少|几)[^，。？?]{0,6}?(?:分别|各自)"
)
_FROM_TO = re.compile(
    r"(?:由|从)(?:原来的?|原先的?|原有的?|过去的?|之前的?|每[一-鿿]{1,3})?(?:多少|几)[^，。？?]{0,8}(?:增|升|降|减|提|涨|扩|变|到|至|调|压|缩|延|放宽|改)"
)
_BEFORE = re.compile(
    r"原来|原有|(?:最早|一?开始|起先)(?:的时候|那会儿|那时候?|时)|原先|此前|(?<![年月日底末])(?:之前|以前)|[年月期]初(?!步|期|级)|认定前|(?:多少|几)[^，。？?]{0,3}增"
)
_OLD_ASKED = re.compile(
    r"旧|老版|修订前|改革?(?:之?前)|之前|以前|从前|当初|起初|最初|最早|开始的?时候|起先|过去|先前|[由从]|多少.{0,6}[增升降减提]|增长|增加"
)
_FIRST = re.compile(r"(?:最早|一?开始|起先)(?:的时候|那会儿|那时候?|时)[^，。？?]{0,6}(?:多少|几)")
_TELLS_FIRST = re.compile(r"最[早初]|首|原|起初|当初|开始|[由从]")
# 从2021年初到2024年增加到多少家: what it became, whatever it is said to have begun from
_BECAME = re.compile(
    r"(?:增长|增加|增|成长|提高|提升|上升|升|扩大|扩|发展|下降|降低|降|减少|减|压缩|压减|缩短|缩|延长|调整|调|变)了?(?:到|至|成|为)了?(?:多少|几)"
)
_NEW = re.compile(r"新(?:增|获批|认定|建成?|设立?|入选)(?!的?(?:标准|项目标准|奖补|补助|奖励))")
_TELLS_NEW = re.compile(r"新|增|批准|获批|认定|入选")
# 比摸排数减少1家 tells by how much, and is no number of what there is
_BY_HOW_MUCH = re.compile(
    r"(?<!对)(?:比|较(?!为|大|高|多|好|快|强|少|低))[^，。；]{1,16}(?:减少|增加|下降|降低|提高)(?:了|约|近|超)?\s*$"
)
_CHANGE_ASKED = re.compile(r"[增减降涨缩扩净]|升(?!级)|新(?:获|认|设|建|入|成)|提高|[比较]|变化|多了|少了|多出|差")
_WHOLE_RUN = re.compile(r"[天日周月]里|期间|全程|总共|一共|共计|累计|全部")
_FIRST_DAY = re.compile(r"(?:启动|开幕)仪式(?:当[天日])?|[当首]日|当天|第一天")
_EXCEPT = re.compile(
    r"(?<!有)(?<!以前)(?<!原来)(?<!从前)(?<!过去)没(?!有没)有?(?![^，。？?]{0,6}(?:之前|以前|那会儿))[^，,。？?]{1,14}(?:多少|几)|(?:多少|几)[^，。？?]{0,8}(?:(?<!以前)(?<!原来)(?<!从前)(?<!过去)没有?|未|不)[^，。？?有]{1,10}|除了?[^，。？?]{1,14}(?:之?外|以外)|不(?:属于|包括|含)|未(?!来)[^，。？?]{1,10}(?:多少|几)"
)
_NAMED = re.compile(r"《[^》]*》")  # 《没问题先生》 leaves nothing out
_TELLS_EXCEPT = re.compile(
    r"除|未(?!来)|没|不(?!断|仅|超过|低于|少于|到)|无|其余|其他|剩|余下|尚|移出|待[售建开办批拨]|空置|库存|结余"
)


def check_reckoned(question: Question, view: PassageView, span: Range) -> Verdict:
    """What is reckoned from several figures is told in so many words, or not at all."""
    if question.kind is AnswerKind.NUMBER and (
        said := _of_several(question, view, span) or _of_its_state(question, view, span)
    ):
        return Verdict(AbstainReason.SUBJECT, said)
    if said := _of_another_direction(question, view, span):
        return Verdict(AbstainReason.SUBJECT, said)
    for each, asked in _reckonings_in(question.text):
        sentence = view.text[slice(*view.sentence_of(*span))]
        years = asked.groupdict().get("years")
        if years and years.removeprefix("这").removeprefix("那") in sentence:
            continue
        found = each.told.search(sentence)
        at = view.sentence_of(*span)[0] + found.end() if found else -1
        if found is None or (each.name == "几倍或几番" and not span[0] < at <= span[1] + 2):  # 增长到330家，“双倍增”
            return _refused(each.name)
        if (
            each.name == "相差多少"
            and not {"比", "较"}.isdisjoint(asked.group())
            and not _COMPARED.search(view.slice(view.clause_of(*span)))
        ):
            return _refused(each.name)  # 净增比2023年多几家: 净增86家 is no difference of the two
        if each.name == "相差多少" and (told := _told_before_and_after(view, span)):
            return Verdict(AbstainReason.SUBJECT, f"问的是{each.name}，资料只写了{told}")
        if each.name == "相差多少" and not _is_an_amount_of_change(view, span):
            return _refused(each.name)
    return SOUND


@lru_cache(maxsize=64)  # the same for every candidate of a question
def _reckonings_in(text: str) -> list[tuple[_Reckoning, re.Match[str]]]:
    return [(each, asked) for each in _RECKONINGS if (asked := each.asked.search(text))]


@lru_cache(maxsize=64)
def _asks_for_several(text: str) -> bool:
    return any(each.search(text) for each in (_FROM_TO, _EACH, _OF_BOTH, _TOTAL))


def _of_several(question: Question, view: PassageView, span: Range) -> str:
    """Why one figure is no answer where a sum or several figures are asked for; empty where it is."""
    if not _asks_for_several(question.text):
        return ""
    told = _told_before_and_after(view, span)
    several = sum(span[0] <= each.number_start < span[1] for each in view.numbers) > 1
    number = view.number_at(span)
    several = several or (number is not None and number.upper is not None)  # 2万到5万元 tells both ends
    if _FROM_TO.search(question.text) and not told and not several:
        return "问的是前后两个数，这里只有一个"
    if _EACH.search(question.text) and not _FROM_TO.search(question.text):
        if number is not None and any(change.is_start(number.start) for change in view.changes):
            return "资料中的数字是以前的"
        if not several and row_around(view, span) == span:
            return "问的是各自的数字，资料中这里只有一个"
    both = _OF_BOTH.search(question.text)
    if both and told:
        return f"问的是合计，资料写的是{told}各自的数"
    if both and not _is_of_both(both["one"], both["other"], view, span):
        return "问的是几项合计，资料中的数字是其中一项的"
    if _TOTAL.search(question.text) and _is_one_of_a_row(question, view, span):
        return "问的是总数，资料中的数字是其中一项的"
    return ""


_QUOTED_CHARS = 40
_ROW_GAP = re.compile(r"[^。；;\n]{1,16}")


def row_around(view: PassageView, span: Range) -> Range:
    """The figures of one unit that stand in a row with the one at ``span``, from the noun of the first on (市级科技特派员200人，旗区科技特派员
    335人); ``span`` itself where it stands alone.
    """
    number = view.number_at(span)
    if number is None or number.ordinal:
        return span
    for change in view.changes:
        for values in (change.old, change.new):
            if any(start <= number.start < end for start, end in values):
                return (values[0][0], values[-1][1]) if len(values) > 1 else span
    first, last = view.sentence_of(*span)
    alike = [
        each
        for each in view.numbers
        if first <= each.number_start < last and each.base_unit == number.base_unit and not each.ordinal
    ]
    at = alike.index(number) if number in alike else -1
    if at < 0:
        return span
    low = high = at
    while low and _ROW_GAP.fullmatch(view.text[alike[low - 1].end : alike[low].start]):
        low -= 1
    while high + 1 < len(alike) and _ROW_GAP.fullmatch(view.text[alike[high].end : alike[high + 1].start]):
        high += 1
    if low == high:
        return span
    start = alike[low].start
    while start > first and view.text[start - 1] not in "，、（：；(,:; \n“":
        start -= 1
    return start, alike[high].end


def all_that_is_asked(question: Question, view: PassageView, span: Range) -> Range:
    """``span`` with the other figures where several are asked for: what each is, or what it was and became."""
    if (
        question.kind is not AnswerKind.NUMBER
        or sum(span[0] <= each.number_start < span[1] for each in view.numbers) > 1
    ):
        return span
    if _FROM_TO.search(question.text):
        number = view.number_at(span)
        for change in view.changes:
            if number is not None and (change.is_start(number.start) or change.is_end(number.start)):
                return change.old[0][0], change.new[-1][1]
        return span
    return row_around(view, span) if _EACH.search(question.text) else span


def _is_of_both(one: str, other: str, view: PassageView, span: Range) -> bool:
    """Whether a number is told of two things together: 12家重点企业和科研院所, 535人（市级200人，旗区335人）, 合计30项."""
    number = view.number_at(span)
    if number is None:
        return True
    text = view.folded
    first, last = view.clause_of(*span)
    if _SUMMED.search(text, first, number.number_start):
        return True
    following = re.match(r"\s*[（(](?P<parts>[^）)]*)", text[number.unit_end :])
    if following and one[-2:] in following["parts"] and other[:2] in following["parts"]:
        return True
    zone = (
        re.split(r"\d[\d.,]*", text[number.unit_end : last])[0],
        re.split(r"\d[\d.,]*", text[first : number.number_start])[-1],
    )
    return any(
        re.search(
            rf"{re.escape(one[-2:])}[^，。；]{{0,8}}?(?:[和与及、]|以及)[^，。；]{{0,12}}?{re.escape(other[:2])}", each
        )
        for each in zone
    )


def _is_one_of_a_row(question: Question, view: PassageView, span: Range) -> bool:
    """自然科学奖18项、科学技术进步奖108项: neither is the total, unless its own noun is asked for."""
    number = view.number_at(span)
    if number is None or number.ordinal:
        return False
    first, last = view.clause_of(*span)
    row = [each for each in view.numbers if first <= each.number_start < last and each.base_unit == number.base_unit]
    at = row.index(number) if number in row else -1
    beside = row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    joined = any(
        re.search(
            "[、和及与]", view.text[min(number.unit_end, each.unit_end) : max(number.number_start, each.number_start)]
        )
        for each in beside
    )
    nouns = nouns_beside(view, (number.number_start, number.unit_end))
    return joined and not any(noun and short_form_in(question.text, noun) for noun in nouns)


def _of_its_state(question: Question, view: PassageView, span: Range) -> str:
    """Why a figure is no answer where what it was before, what is new, or what is left out is asked for; empty where it is."""
    number, text = view.number_at(span), question.text
    sentence = view.text[slice(*view.sentence_of(*span))]
    if number is None:
        return ""
    ends = any(change.is_end(number.start) for change in view.changes)
    starts = any(change.is_start(number.start) for change in view.changes)
    wants_old = _BEFORE.search(text) or _FROM_TO.search(text) or _OLD_ASKED.search(text)
    if starts and not question.periods and not wants_old:
        return "资料中的数字是以前的"
    if starts and _BECAME.search(text) and not _FROM_TO.search(text):
        return "资料中的数字是以前的"
    if ends and _BEFORE.search(text) and not _BECAME.search(text) and not _FROM_TO.search(text):
        return "问的是之前的数，资料中的数字是后来的"
    if _FIRST.search(text) and not starts and not _TELLS_FIRST.search(sentence):
        return "问的是最早的数，资料中的数字不是"
    if _NEW.search(text) and (_told_before_and_after(view, span) or not _TELLS_NEW.search(sentence)):
        return "问的是新增的数，资料中的数字不是"
    if _BY_HOW_MUCH.search(view.text, view.clause_of(*span)[0], number.start) and not _CHANGE_ASKED.search(text):
        return "资料中的数字是增减的数，不是所问的数"
    clause = view.text[view.clause_of(*span)[0] : number.start]
    if _WHOLE_RUN.search(text) and (day := _FIRST_DAY.search(clause)) and day.group() not in text:
        return f"问的是全程的数，资料中的数字只是{day.group()}的"
    if _EXCEPT.search(_NAMED.sub("", text)) and not _TELLS_EXCEPT.search(sentence):
        return "问的是除去之后的数，资料中的数字不是"
    return ""


_UP = r"增长|增加|上升|提高|上涨|提升|成长|增"
_DOWN = r"下降|减少|降低|下跌|下滑|缩减|减|降"
_UP_ASKED, _DOWN_ASKED = (re.compile(rf"(?:{each})了?(?:多少|几)") for each in (_UP, _DOWN))
_UP_TOLD, _DOWN_TOLD = (re.compile(rf"(?:{each})(?:了|近|约|超|超过)*\s*$") for each in (_UP, _DOWN))


def _of_another_direction(question: Question, view: PassageView, span: Range) -> str:
    """下降15.6% is no answer to 增长多少: the figure alone would say the opposite."""
    number = view.number_at(span)
    if number is None:
        return ""
    before = _EARLIER_OF_A_ROW.sub("", view.text[view.clause_of(*span)[0] : number.start])
    for asked, told, name in ((_UP_ASKED, _DOWN_TOLD, "下降"), (_DOWN_ASKED, _UP_TOLD, "上升")):
        if asked.search(question.text) and told.search(before):
            return f"问的是{'增长' if name == '下降' else '下降'}多少，资料写的是{name}：{view.slice((number.start, number.end))}"
    return ""


def _refused(name: str) -> Verdict:
    return Verdict(AbstainReason.SUBJECT, f"问的是{name}，资料没有直接写出，要由几个数算出来；请分别问各个数")


_GROWS = r"增长|成长|增加|增|扩大|提高|提升|上升|升|下降|降低|降|减少|减|高|低|多|少|涨|幅|速|快|慢|差"
_AMOUNT_OF_CHANGE = re.compile(
    rf"(?:{_GROWS})(?:了|出|达|达到|近|约|超|超过|逾|将近|为|是|约为)*\s*$|(?:{_GROWS})[^，。；\d]{{0,4}}$|净增[^，。；\d到至达]{{0,16}}$"
)
_COMPARED = re.compile(r"[比较]|同期|高于|低于|多出|相差")
_EARLIER_OF_A_ROW = re.compile(r"(?:[\d.,]+\s*[^\d，。；、和]{0,4}[、和])+$")  # 分别增长1.1倍、4.3倍
_LEVEL = re.compile(rf"(?:{_GROWS})(?:到|至|为|达到|到了|至了)[约近超过逾]*\s*$")


def _told_before_and_after(view: PassageView, span: Range) -> str:
    """由132家增长到330家, where ``span`` is one of the two; empty elsewhere."""
    number = view.number_at(span)
    if number is None:
        return ""
    for change in view.changes:
        if change.is_start(number.start) or change.is_end(number.start):
            first = view.clause_of(*change.old[0])[0]  # with what it is of: 77家 may be of another thing
            return f"“{view.text[max(first, change.old[0][0] - _QUOTED_CHARS) : change.new[-1][1]].strip()}”"
    return ""


def _is_an_amount_of_change(view: PassageView, span: Range) -> bool:
    """Whether the number at ``span`` is by how much something changed: 增加5家, not 增加到45家 nor 45家."""
    number = view.number_at(span)
    if number is None:
        return True
    before = _EARLIER_OF_A_ROW.sub("", view.text[view.clause_of(*span)[0] : number.start])
    return _AMOUNT_OF_CHANGE.search(before) is not None and _LEVEL.search(before) is None
