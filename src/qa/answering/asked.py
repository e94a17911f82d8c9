"""The noun that a question asks for or counts: 规上企业 of 规上企业有多少家, 管理制度 of 哪种管理制度."""

from __future__ import annotations

import re

from qa.records import Question, Word

GENERIC = re.compile(
    r"年度|季度|上年|地区|地方|本地|全市|我市|全区|我区|全国|本次|其中|目前|现有|总数|总量|合计|各级|各类|一批"
)
HAS = re.compile(r"(?:一共|总共|目前|现在|现)?(?:有|共有|达|达到|是|为|共计|合计|共)了?")
_LINK = re.compile(rf"(?:{HAS.pattern})?|(?:一共|总共|共|合计|总计)?[^，。、；的]{{0,3}}[了出过]?")
_MEASURE_WORD = re.compile(r"[个家名项位所条种类份部期次届件座台套篇人户]?")


def asked_phrase(question: Question) -> list[Word]:
    """The adjoining nouns that are counted, places and times aside: 规上 企业 of 全市规上企业有多少家, 二级 指标 of 设了多少个二级指标."""
    if question.interrogative is None:
        return []
    first, last = question.interrogative
    return nouns_behind(question, last) or _nouns_before(question, first)


def nouns_behind(question: Question, at: int) -> list[Word]:
    """The adjoining nouns from ``at`` on, a measure word before them aside; places and times are none."""
    found: list[Word] = []
    for word in question.words:
        if word.start < at:
            continue
        adjoins = word.start == found[-1].end if found else _MEASURE_WORD.fullmatch(question.text, at, word.start)
        if not adjoins or not _tells_which(word):
            break
        found.append(word)
    return found


def _nouns_before(question: Question, at: int) -> list[Word]:
    found: list[Word] = []
    for word in reversed([each for each in question.words if each.end <= at]):
        if found and (word.end != found[0].start or not (_tells_which(word) or word.tag == "v")):
            break
        if not found and (not _tells_which(word) or not _LINK.fullmatch(question.text, word.end, at)):
            if word.tag[:1] != "v" or len(word.text) > 2:
                break
            continue  # 技术发明奖评了几项, 一共评出几项
        found.insert(0, word)
    return found


def _tells_which(word: Word) -> bool:
    nominal = (word.tag[:1] in "nbj" and word.tag not in {"ns", "nr"}) or word.tag in {"vn", "x"}
    return nominal and not GENERIC.fullmatch(word.text)
