"""Ranks told in sentences: what 100强 have is no answer for 前10名, nor the first one's figure for the second."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from qa.answering.labels import ranks_in
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, Question
from qa.text.numerals import parse_number

_NUMERAL = r"[\d一二三四五六七八九十百千]{1,4}"
_BAND = re.compile(
    rf"前\s*(?P<first>{_NUMERAL})\s*[名强位甲](?!义|为)|(?<![第\d前])(?P<best>{_NUMERAL})\s*强(?![度化调制劲])"
)
_ROUND = {"百": 100, "千": 1000}
_NTH = re.compile(
    rf"(?:排名?|位列|位居|名列|居)[在列居为]?第(?P<at>{_NUMERAL})(?![批届期季轮章条])|第(?P<which>{_NUMERAL})(?:[名位]|[多高大](?=的))"
)
_NEXT_TO = re.compile(r"仅次于|紧随[^，。？?]{1,8}之后|排在[^，。？?]{2,10}(?:之后|后面)")
_FIRST = re.compile(r"首位|榜首|居首|第一[位名]?(?![批届期季轮章条书次时])|冠军|夺冠|之首|最[多高大](?!限)")
_ANY_NTH = re.compile(rf"第\s*(?P<at>{_NUMERAL})(?:[位名]|(?=[，。；、）)]))")
_SECOND = re.compile(r"第二|第2|次席|亚军|其次|次之|仅次于|紧随")
_RANK_ASKED = re.compile(r"第几|排名|名次|位次|排几")
# 研发投入总量排第几: the measure itself is ranked, and not who has it (投入最多的企业)
_MEASURE_RANKED = re.compile(
    r"(?P<measure>投入|支出|产值|生产总值|GDP|gdp|收入|成交额|投资|利润|税收|进出口|专利|产量|人口)(?:总[量额数]|强度|增速|增幅|增长率|规模|数量?)?(?:在|居|位列|占)?[^，,。？?的]{0,14}?(?:排|居|列|位)(?:在|名|列)?第几"
)
_IN_SHORT = {"税收": "税", "生产总值": "GDP"}  # 减免税居首位
_AMONG = "其中"
_NAMED_CHARS = 4
_RANK_BEGINS = 8  # characters: 2024年研发投入53.2亿元。居全区首位
_ROW = re.compile(r"依次|分别|第[一二三四五六七八九十\d]+[名位，、]")  # of 前十位依次为…… the first three are told
_IN_ORDER = re.compile(r"依次|分别|排名前|[前]\s*[\d二三四五六七八九十]")


def check_rank(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where the question names a rank or a band of ranks and the sentence tells others alone, its figures and names are theirs."""
    if said := _of_the_whole(question, view, span) or _of_another_measure(question, view, span):
        return Verdict(AbstainReason.SUBJECT, said)
    band, rank = _asked(question.text)
    if not band and not rank:
        return SOUND
    sentence = view.folded[slice(*view.sentence_of(*span))]
    told = [(each.group(), _size(each)) for each in _BAND.finditer(sentence)]
    if band and told and all(size != band for _, size in told) and not _ROW.search(sentence):
        return Verdict(AbstainReason.SUBJECT, f"资料中说的是“{told[0][0]}”")
    if rank > 1 and not ranks_in(view.text) and _tells_another(sentence, rank):
        return Verdict(AbstainReason.SUBJECT, f"资料中没有写排第{rank}的")
    return SOUND


def _is_a_rank(view: PassageView, span: Range) -> bool:
    number = view.number_at(span)
    return (number is not None and number.ordinal) or _FIRST.fullmatch(view.slice(span)) is not None


def _of_the_whole(question: Question, view: PassageView, span: Range) -> str:
    """我市总评位居第一，其中创新创业指标进入优秀行列: the rank before 其中 is not that of what is named behind it; empty elsewhere."""
    if not _RANK_ASKED.search(question.text) or not _is_a_rank(view, span):
        return ""
    first, last = view.sentence_of(*span)
    among = view.text.find(_AMONG, span[1], last)
    if among < 0:
        return ""
    asked, part = "".join(question.text.split()), view.text[among + len(_AMONG) : last]
    match = SequenceMatcher(None, asked, part, autojunk=False).find_longest_match()
    shared = asked[match.a : match.a + match.size]
    told = view.text[first:among]
    own = match.size >= _NAMED_CHARS and not any(shared[:at] in told or shared[-at:] in told for at in (match.size, 4))
    return f"资料中的名次不是“{shared}”的" if own else ""


def _of_another_measure(question: Question, view: PassageView, span: Range) -> str:
    """指数排名第33位 is no rank by R&D投入总量: a measure's rank is told with the measure; empty where it is."""
    asked = _MEASURE_RANKED.search(question.text)
    if asked is None or not _is_a_rank(view, span):
        return ""
    first, last = view.sentence_of(*span)
    first = view.sentence_of(first - 1, first)[0] if first and span[0] - first <= _RANK_BEGINS else first
    words = [word.text for word in question.words if asked.start() <= word.start and word.end <= asked.end("measure")]
    written = {
        asked["measure"],
        _IN_SHORT.get(asked["measure"], asked["measure"]),
        *(each for word in words for each in question.same.get(word, ())),
    }
    told = view.folded[first:last].upper()
    if any(each.upper() in told for each in written):
        return ""
    return f"资料中的名次不是“{asked['measure']}”的"


@lru_cache(maxsize=64)  # the same for every candidate of a question
def _asked(text: str) -> tuple[int, int]:
    """(size of the band, rank) that a question names; 0 for none."""
    bands = {_size(each) for each in _BAND.finditer(text)}
    nth = _NTH.search(text)
    rank = _value(nth["at"] or nth["which"]) if nth else 2 if _NEXT_TO.search(text) else 0
    return (bands.pop() if len(bands) == 1 else 0), rank


def _size(band: re.Match[str]) -> int:
    return _value(band["first"] or band["best"])


def _value(written: str) -> int:
    value = parse_number(written)
    return _ROUND.get(written, 0) if value is None else int(value)


def _tells_another(sentence: str, rank: int) -> bool:
    """Whether the sentence tells a rank, and not this one."""
    others = {_value(each["at"]) for each in _ANY_NTH.finditer(sentence)}
    if rank in others or _IN_ORDER.search(sentence) or (rank == 2 and _SECOND.search(sentence)):
        return False
    return bool(others) or _FIRST.search(sentence) is not None
