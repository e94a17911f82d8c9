"""Whose words: what 杜汇良 said, also where it goes on in a further sentence without a name, is nothing that 曾嵘 said; nor did who only
chaired, signed or came along say anything."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from qa.answering.candidates.person import NOT_PERSONS, OFFICE, SURNAMES
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.ports import Analyzer
from qa.records import AbstainReason, Question

_SAYS = r"强调|指出|要求|介绍|提出|提了|表示|说明|说|认为|希望|建议|解读|讲解|阐述|讲了|谈了|谈到|讲到|透露|部署|通报"
_WHAT = r"什么|啥|哪些|哪[几两三四五六七八九十]|怎么|如何|几[点条项个]"
_WHAT_WAS_SAID = re.compile(rf"(?P<says>{_SAYS})(?:了|过|的)?[^，。？?]{{0,12}}?(?:{_WHAT})")
_FROM_WHICH_SIDES = re.compile(
    rf"从哪(?:些|几个?)(?:方面|角度|层面|维度)[^，。？?]{{0,8}}?(?P<says>{_SAYS}|论述|分析|作)"
)
_DEMANDS = re.compile(
    r"(?:提|强调|要求|建议|指出|作)[^，。？?]{0,12}?(?:什么|啥|哪些|哪?几[点条项个]?)[^，。？?]{0,6}(?:要求|意见|建议|希望|批评|部署)"
)
_TALKED_ABOUT = re.compile(r"[谈聊](?:了|过|的)?(?:是)?(?:些|一些)?(?:什么|啥|哪些)(?:事|内容|话题|议题|工作|合作)")
_TALKS = re.compile(r"(?:就|围绕|针对)[^，。；\n]{2,40}?(?:洽谈|座谈|会谈|商谈|交谈|恳谈|面谈|交流|磋商|对接)")
# Before the verb: 会议强调了什么 asks for the meeting's words, 在会议上 for somebody's there.
_OF_A_THING = re.compile(
    r"(?:会议?|大会|论坛|方案|规划|通知|意见|办法|条例|报告|批示|文件|[团企][队业]|公司|单位|部门|专家|代表|[局厅委院])(?:还|都|主要|分别|重点|里|中)*$"
)
_THERE = re.compile(r"(?:在|到|赴|率|带)[^，。？?]{0,30}$")
_SAYING = re.compile(_SAYS)
_SPEAKING = re.compile(rf"{_SAYS}|讲话|致[辞词]|发言|批示|报告|采访|回答|宣讲|授课|演讲")
_HEARS = re.compile(r"听取|传达|根据|按照|符合")  # 听取情况介绍, 按照要求
_QUOTES = re.compile(r"[：:“]")
_TITLE = re.compile(r"《[^》]*》")
_CLAUSE = re.compile(r"[^，；：:]+")
_STOP = re.compile(r"[。！？\n]")
_BY_OFFICE = re.compile(rf"(?:[他她]|同志|负责人|[局厅市省部院校]长|主任|书记|理事)[^，。；：\n]{{0,10}}?(?:{_SAYS})")
_CALLED = re.compile(r"主持召开|召集")
_THE_MEETING_SAYS = re.compile(rf"会议?(?:还|并)?(?:{_SAYS})")
_SIDES_TOLD = re.compile(r"方面|环节|角度|维度|层面|领域|[一二三]是|首先|围绕|重点|从")
_ITS_SUBJECT_ALONE = re.compile(r"^(?:就|围绕|针对|对)[^，。；]*$")
_DEALT_WITH = re.compile(r"(?:等)?(?:情况|问题|事宜|工作)?(?:进行|开展|作|展开|交[流换]|座谈|调研|督导|调度|提出)")
_NAME = re.compile(
    rf"(?:{OFFICE.pattern}|(?<=[局厅委院部室日])|(?<=[。，、；\n])|^)(?P<name>[{''.join(sorted(SURNAMES))}][一-鿿]{{1,2}}?)"
    rf"(?=同志|一行|带队|率|赴|在|到|来|对|就|围绕|向|是|视频|主持|出席|参加|作|做|分别|会见|调研|考察|讲话|致[辞词]|发言|报告|[、，]|{_SAYS})"
)
_LEAST_NAME, _LONGEST_NAME = 2, 3
_NOT_LAST = "区市县旗省局厅会院部委所度率值"


class Turn(NamedTuple):
    """Somebody's name, where it stands, whether they are told to speak there, and whether to say something (强调, not 致辞 alone)."""

    name: str
    start: int
    end: int
    speaks: bool
    says: bool


def check_speaker(question: Question, view: PassageView, span: Range) -> Verdict:
    """Whose words are asked for is who says them: the last one named before them as a speaker, or else nobody that is known.

    孔繁飞介绍了什么 is not told by what 杜汇良 said, nor is 李斌提了哪些要求 where 李斌 but chaired, nor 冯家举提出了哪几条意见 by what he
    asked about (就…情况进行了督导).
    """
    persons = _persons_asked(question, view.analyzer)
    if not persons:
        return SOUND
    if _DEMANDS.search(question.text) and _tells_but_the_subject(view, span):
        return Verdict(AbstainReason.SUBJECT, "资料中这里只写了谈的是什么事，没有写提出的意见或要求")
    sentence = view.slice(view.sentence_of(*span))
    if _TALKED_ABOUT.search(question.text) and _TALKS.search(sentence) and any(each in sentence for each in persons):
        return SOUND  # 一行赴某中心就某事开展洽谈 tells what was talked about, if not a word of it
    said_by = _speakers_of(view, span)
    if said_by and not any(_is_same(one, each) for one in said_by for each in persons):
        return Verdict(AbstainReason.SUBJECT, f"资料中这是{said_by[0]}说的，不是{persons[0]}")
    if (
        view.passage.is_official
        and not said_by
        and (said_by == () or not any(_is_told_to_speak(each, view) for each in persons))
    ):
        return Verdict(AbstainReason.SUBJECT, f"资料中没有写{persons[0]}说了什么")
    if _FROM_WHICH_SIDES.search(question.text) and not _SIDES_TOLD.search(view.slice(view.sentence_of(*span))):
        return Verdict(AbstainReason.SUBJECT, "资料中没有写是从哪几个方面")
    return SOUND


def _persons_asked(question: Question, analyzer: Analyzer) -> tuple[str, ...]:
    """Those whose words are asked for; none where a meeting's or a paper's are, or where nobody's are."""
    asked = _FROM_WHICH_SIDES.search(question.text) or _WHAT_WAS_SAID.search(question.text)
    asked = asked or _DEMANDS.search(question.text)
    if asked is None:
        return ()
    persons = [each for each in _persons_in(question.text, analyzer) if each[0] < asked.start()]
    if not persons:
        return ()
    between = question.text[persons[-1][1] : asked.start()]
    if _OF_A_THING.search(between) and not _THERE.search(between):
        return ()
    return tuple(question.text[first:last] for first, last in persons)


@lru_cache(maxsize=256)  # the same for every candidate of a passage
def _persons_in(text: str, analyzer: Analyzer) -> tuple[tuple[int, int], ...]:
    """Where ``text`` names persons: by the words it is cut into, and, since many names are cut wrongly, by what stands around them."""
    words = analyzer.words(text)
    found = {(each.start, each.end) for each in words if each.tag == "nr" and _is_formed(each.text)}
    known = {(each.start, each.end) for each in words if each.tag not in {"nr", "nz"}}
    for match in _NAME.finditer(text):
        if _is_formed(match["name"]) and match.span("name") not in known:
            found = {each for each in found if each[1] <= match.start("name") or match.end("name") <= each[0]}
            found.add(match.span("name"))
    return tuple(sorted(found))


def _is_formed(name: str) -> bool:
    formed = _LEAST_NAME <= len(name) <= _LONGEST_NAME and name[0] in SURNAMES and name[-1] not in _NOT_LAST
    return formed and name not in NOT_PERSONS


def _is_same(one: str, other: str) -> bool:
    """Whether two are one name, of which segmentation may have cut off the end (张志 of 张志宽)."""
    return one.startswith(other) or other.startswith(one)


def _speakers_of(view: PassageView, span: Range) -> tuple[str, ...] | None:
    """Who may say ``span``: named as a speaker before it in its sentence, or in the last sentence before that names anybody; nobody where
    that one tells of something else than words, and ``None`` where nothing tells it.
    """
    sentence = view.sentence_of(*span)
    here = [each for each in _turns(view.text, view.analyzer) if sentence[0] <= each.start < sentence[1]]
    said = [each for each in here if each.speaks]
    if said and not any(each.says for each in said) and not _QUOTES.search(view.slice(sentence)):
        return ()  # 出席并致辞 tells no word of it
    if said:
        before = [each for each in said if each.end <= span[0]]
        return (before[-1].name,) if before else tuple(each.name for each in said if each.start < span[1]) or None
    if _BY_OFFICE.search(view.slice(sentence)) or _THE_MEETING_SAYS.search(view.slice(sentence)):
        return None
    return () if here else _of_the_sentence_before(view, sentence[0])


def _of_the_sentence_before(view: PassageView, at: int) -> tuple[str, ...] | None:
    """Who speaks in the nearest sentence before ``at`` that names anybody, of the same paragraph."""
    line = view.text.rfind("\n", 0, at) + 1
    turns = _turns(view.text, view.analyzer)
    for first, last in reversed([each for each in view.sentences if line <= each[0] and each[1] <= at]):
        text = view.text[first:last]
        if _BY_OFFICE.search(text) or _THE_MEETING_SAYS.search(text):
            return None
        if named := [each for each in turns if first <= each.start < last]:
            return tuple(each.name for each in named if each.speaks)
    return None


def _is_told_to_speak(name: str, view: PassageView) -> bool:
    """Whether anything is told of what ``name`` said: who has but chaired, signed or come along said nothing that is known."""
    texts = [view.text, view.passage.lead, *(each.text for each in view.siblings)]
    if not any(name in each for each in texts):
        return True  # whether the person has to be named is another guard's
    if any(_BY_OFFICE.search(each) for each in texts):
        return True  # 他指出, 该负责人表示 may be of anybody
    if any(_THE_MEETING_SAYS.search(each) for each in texts) and any(_CALLED.search(each) for each in texts):
        return True
    return any(_is_same(turn.name, name) and turn.says for text in texts for turn in _turns(text, view.analyzer))


def _tells_but_the_subject(view: PassageView, span: Range) -> bool:
    """Whether ``span`` is but what was talked about: 就…情况 of 就…情况进行了督导调度."""
    clause = view.clause_of(*span)
    words = view.slice(span)
    begins = _ITS_SUBJECT_ALONE.search(words) or re.search(r"(?:就|围绕|针对)$", view.text[clause[0] : span[0]])
    return begins is not None and (
        _DEALT_WITH.match(view.text, span[1]) is not None or _DEALT_WITH.search(words) is not None
    )


@lru_cache(maxsize=256)  # the same for every candidate of a passage
def _turns(text: str, analyzer: Analyzer) -> tuple[Turn, ...]:
    """The persons that ``text`` names, each with whether they are told to say something before another one is named."""
    named = _persons_in(text, analyzer)
    found = []
    for at, (first, last) in enumerate(named):
        stop = _STOP.search(text, last)
        following = named[at + 1][0] if at + 1 < len(named) else len(text)
        deeds = _TITLE.sub("", text[last : min(following, stop.start() if stop else len(text))])
        own = [each.group() for each in _CLAUSE.finditer(deeds) if not _HEARS.search(each.group())]
        own = [each for each in own if not _THE_MEETING_SAYS.search(each)]
        speaks = any(_SPEAKING.search(each) for each in own)
        found.append(Turn(text[first:last], first, last, speaks, says=any(_SAYING.search(each) for each in own)))
    return tuple(found)
