"""Places, and things that have a name."""

from __future__ import annotations

import re

from qa.answering.asked import nouns_behind
from qa.answering.candidates.candidate import Candidate
from qa.answering.candidates.contact import DOCUMENT_NUMBER
from qa.answering.candidates.organisation import GENERIC_BODIES, INNER_VERBS, NAME_TAGS, QUOTED, organisations_in
from qa.answering.view import PassageView
from qa.records import Question
from qa.text.normalise import comparable
from qa.text.places import find_places
from qa.text.word_runs import word_runs

_PLACE_TAGS = frozenset({"ns", "nsf"})
_LIKE_A_PLACE = re.compile(r"[省市县旗区州盟镇乡村屯港岛山河江湖海湾路街国洲角原川沟]$")
_AT = re.compile(r"(?:[在赴到]|(?<![关对由基鉴至])于)$")  # 关于甲平台 tells of no place
_VENUE = re.compile(
    r"(?:[在于](?!线)|地点[：:为])(?P<venue>[^，。；：、\n在于]{2,24}?(?:会议室|报告厅|多功能厅|礼堂|会堂|宾馆|酒店|饭店|会议中心|会展中心|体育馆|剧院))(?=[^，。；\n]{0,10}(?:召开|举行|举办|开幕|主持|进行)|[，。；\n]|$)"
)
_NAMED_WITHIN = 12  # characters between a quoted name and the noun it is the name of (“揭榜挂帅”科技重大项目)
_OF_ANOTHER_NOUN = 0.7  # the fit of a quoted name that is told of something else than what is asked for
_WHICH_AWARD = re.compile(
    r"(?:哪一?[个项种]|什么|啥|何)[^，。？?、]{0,8}?奖(?![励金补品状牌章])|奖项?的?(?:名称|名字|全称)"
)
_AWARD = re.compile(
    r"(?:申建|申报|申请|争创|角逐|参评|创建|荣获|斩获|夺得|获得?|摘得|评为|颁发|授予|入围|冲刺|争取)(?:了|的)?"
    r"(?P<award>[一-鿿·“”]{3,24}?奖)(?![励金补品状牌章项])"
)
_NUMBERED_TITLE = re.compile(r"《(?:[^《》]|《[^》]*》)+》(?=\s*[（(](?P<number>[^（）()]+号)[）)])")


def place_candidates(question: Question, view: PassageView) -> list[Candidate]:
    """Places that the question does not name itself, adjoining ones as one (福建省南平市)."""
    found = []
    organisations = set(organisations_in(view))
    for start, end in places_in(view):
        if any(start >= first and end < last for first, last in organisations):
            continue  # 鄂托克 in 鄂托克经济开发区
        name = view.text[start:end]
        if name not in question.text:
            known = bool(_LIKE_A_PLACE.search(name)) or bool(find_places(name))
            fit = 1.0 if _stands_at(view, start) else 0.7
            found.append(Candidate(start, end, fit if known else 0.4 * fit))  # 关联 is tagged as a place too
    found += [
        Candidate(start, end, 1.0 if _stands_at(view, start) else 0.4)
        for start, end in organisations_in(view)
        if view.text[start:end] not in question.text and view.text[start:end] not in GENERIC_BODIES
    ]
    return found + _venues(view)


def _venues(view: PassageView) -> list[Candidate]:
    """Where something is held: 市党政大楼3楼第二会议室 of 在市党政大楼3楼第二会议室主持召开."""
    return [Candidate(*match.span("venue"), 1.0) for match in _VENUE.finditer(view.text)]


def places_in(view: PassageView) -> list[tuple[int, int]]:
    """Where places stand, adjoining ones joined."""
    tagged = [(group[0].start, group[-1].end) for group in word_runs(view.words, _PLACE_TAGS)]
    named = [(place.start, place.end) for place in find_places(view.text) if place.name]
    joined: list[tuple[int, int]] = []
    for start, end in sorted({*tagged, *named}):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _stands_at(view: PassageView, start: int) -> bool:
    return _AT.search(view.text, 0, start) is not None


def name_candidates(question: Question, view: PassageView) -> list[Candidate]:
    """Quoted names and titles, 文号, and noun phrases that end in the noun asked for."""
    found = []
    number = DOCUMENT_NUMBER.search(question.text)
    if not number and re.search(r"文号|字号", question.text):
        return [Candidate(*match.span(), 1.0) for match in DOCUMENT_NUMBER.finditer(view.text)]
    if number:
        return _titles_with_number(view, number.group())
    noun = nouns_behind(question, question.interrogative[1]) if question.interrogative else []
    titles = re.search(r"文件|方案|办法|规划|指南|意见|细则|报告|体系|文章|制度", question.text)
    for match in QUOTED.finditer(view.text):
        name = match.group()[1:-1]
        if name in question.text:
            continue
        end = match.end()
        if question.focus and view.text.startswith(question.focus, end):
            found.append(Candidate(match.start(), end + len(question.focus), 1.0))
        is_title = match.group().startswith("《")
        fit = 1.0 if is_title == bool(titles) else 0.6
        if noun and not is_title and not _is_named(noun[-1].text, view, match.span()):
            fit *= _OF_ANOTHER_NOUN
        found.append(Candidate(match.start(), end, fit))
    if _WHICH_AWARD.search(question.text):
        found += [Candidate(*match.span("award"), 1.0) for match in _AWARD.finditer(view.text)]
    if len(question.focus) >= 2:
        for group in word_runs(view.words, NAME_TAGS, INNER_VERBS | {"与", "战略", "创新"}):
            for last, word in enumerate(group):
                for first in {0, last - 1, last - 2} - {last}:
                    if 0 <= first < last:
                        name = view.text[group[first].start : word.end]
                        if name.endswith(question.focus) and not _says_nothing_new(question, name):
                            found.append(Candidate(group[first].start, word.end, 0.75 if first else 0.85))
    return found


def _is_named(noun: str, view: PassageView, quoted: tuple[int, int]) -> bool:
    """Whether the quoted words are a name of ``noun``: it stands in them or soon behind, in the same clause."""
    behind = re.split(r"[，。；,;“《]", view.text[quoted[1] : quoted[1] + _NAMED_WITHIN + len(noun)])[0]
    return noun in view.slice(quoted) or noun in behind


def _says_nothing_new(question: Question, name: str) -> bool:
    """Whether a name is made of the question's own words (新型研发机构管理制度 for 对新型研发机构采用哪种管理制度)."""
    for word in sorted(question.words, key=lambda each: -len(each.text)):
        name = name.replace(word.text, "")
    return len(name) < 2


def _titles_with_number(view: PassageView, number: str) -> list[Candidate]:
    """The title that the 文号 of the question stands behind."""
    wanted = comparable(number)
    return [
        Candidate(match.start(), match.end(), 1.0)
        for match in _NUMBERED_TITLE.finditer(view.text)
        if wanted.endswith(comparable(match["number"])) or comparable(match["number"]).endswith(wanted)
    ]
