"""On whose side: who signs for the city is not who signs for the university, and a host no visitor."""

from __future__ import annotations

import re

from qa.answering.candidates.person import OFFICE, SURNAMES, office_before
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question
from qa.text.bodies import tells_its_deeds
from qa.text.in_order import stands_in_order
from qa.text.places import find_places, place_root

_WHO = r"(?:谁|哪一?[位个]|何人)"
_FOR = re.compile(
    rf"{_WHO}[^，,。？?]{{0,6}}代表(?P<one>(?!签|落笔|出席|参加)[一-鿿]{{2,14}}?)(?:一方|方面)?(?=签|落笔|参加|出席|讲话|发言|致[辞词]|在|与|跟|和|的|[？?]|$)"
    rf"|代表(?P<two>[一-鿿]{{2,14}}?)(?:一方|方面)?(?:签|落笔|参加|出席|讲话|发言|致[辞词]|在[^，,。？?]{{2,20}}?(?:上|中|时)(?:签|落笔|讲话|发言|致[辞词]))[^，,。？?]{{0,8}}(?:是|由){_WHO}"
    rf"|(?P<three>[一-鿿]{{1,14}}?)(?:一方|方面|这边|那边|(?<=[我校院企甲乙对])方)(?:是|由|派)?{_WHO}"
    rf"|(?P<four>[一-鿿]{{2,14}}?(?:大学|学院|公司|集团|[局厅委院]|(?:校|院|企业|政府)方))(?:校方|院方|方面|一方)?的?"
    rf"(?:参会|与会|出席|参加|参与|致[辞词]|讲话|发言|签[约字署])(?:人员?|者|领导|代表|嘉宾|负责人|同志)(?:是|为|叫|有){_WHO}"
)
_BEFORE_ITS_NAME = re.compile(r"^.*(?:[会上中时的和与]|仪式|座谈|活动|论坛)(?=[一-鿿]{2})")
_OWN = re.compile(r"^(?:我|我方|[我本咱]们?(?:市|这|这边)|市|市里|市政府|市人民政府|市委|市委市政府|政府|地方|市方)$")
_SORTS = {"校": "大学|学院|学校|系|校", "院": "院", "企": "公司|集团|企业|厂"}
_OF_NOBODY = re.compile(r"^(?:[甲乙对]|[双多各两]方?)$")  # which side it is nobody says
_OUTSIDE = re.compile(r"大学|学院|研究院|研究所|公司|集团|医院|银行|协会|学会|[^政]企")
_LABEL = re.compile(r"签发|审核|编辑|校对|联系")
_MET = re.compile(r"会见|接见|接待|会晤|见面")
_MEETS_WHOM = re.compile(rf"(?P<office>{OFFICE.pattern})?(?:会见|接见|会晤)(?:了|过|的)?(?:是)?{_WHO}")
_MEETING = re.compile(r"见|接待|会晤|会谈|座谈|拜访|看望|交流|对接")
_VISITOR_ASKED = re.compile(
    rf"(?:来访|到访|来的|拜访|造访)(?:的人|者|的)?[^，,。？?]{{0,6}}(?:是|叫|为){_WHO}|{_WHO}[^，,。？?]{{0,4}}(?:来访|到访)"
    rf"|(?:会见|接见|接待|会晤)(?:了|过|的)?(?:是)?{_WHO}"
)
_HOST_ASKED = re.compile(
    rf"(?:由|是|被)?{_WHO}[^，,。？?来]{{0,8}}(?:会见|接见|接待|会晤|出面)|(?:会见|接见|接待|会晤)[^，,。？?]{{2,16}}的[^，,。？?]{{0,4}}是{_WHO}"
)
_MEETS_NAMED = re.compile(
    r"(?:^|[，,日月年天时]|市?长|书记|主任)(?P<name>[一-鿿]{2,4}?)(?:会见|接见|会晤|接待)(?:了|过|的)?(?:是)?(?:谁|哪|何人)"
)


def check_side(question: Question, view: PassageView, span: Range) -> Verdict:
    """Who signs or speaks for one side is told with that side's office: 清华大学…主任 for the university, 副市长 for the city."""
    asked = _FOR.search(question.text) if question.kind is AnswerKind.PERSON else None
    side = next((each for each in asked.groups() if each), "") if asked else ""
    if asked and asked["four"]:
        side = _BEFORE_ITS_NAME.sub("", side)  # 签约仪式清华大学致辞人
        passage = view.passage
        if tells_its_deeds(side, passage.issuer, passage.kind, passage.heading_path):
            return SOUND  # a bulletin does not say whose its own people are
    if not side or _OF_NOBODY.match(side):
        return SOUND
    first, _ = view.sentence_of(*span)
    office = re.split(r"[、与和同及，]", office_before(view, span[0]))[-1]
    before = re.split(r"[、与和同及，；]", view.text[first : span[0]])[-1]
    home = place_root(view.passage.region) if view.passage.region else ""
    if _OWN.match(side) or (home and place_root(side) == home) or side == f"{home}市政府":
        told = bool(office or "市" in before) and _is_of_the_city(office or before, home)
    elif side.removesuffix("方") in _SORTS:
        told = re.search(_SORTS[side.removesuffix("方")], before) is not None
    else:
        bare = re.sub(r"大学$|公司$|集团$", "", side)
        told = stands_in_order(bare, before)
    return SOUND if told else Verdict(AbstainReason.SUBJECT, f"资料中没有写这位代表的是“{side}”")


def _is_of_the_city(office: str, home: str) -> bool:
    """Whether an office is none of a body outside the city's own: 副市长, 市科技局局长."""
    others = [each for each in find_places(office) if each.name and each.name != home]
    return bool(office) and not others and _OUTSIDE.search(office) is None and _LABEL.search(office) is None


def check_met(question: Question, view: PassageView, span: Range) -> Verdict:
    """Of 甲会见来访的乙 the host is 甲, the visitor 乙; and who it was that somebody met is told in a sentence with that person."""
    if question.kind is not AnswerKind.PERSON:
        return SOUND
    visitor, host = _VISITOR_ASKED.search(question.text), _HOST_ASKED.search(question.text)
    first, last = view.sentence_of(*span)
    meets = _MEETS_NAMED.search(question.text)
    name = meets["name"] if meets and meets["name"][0] in SURNAMES else ""
    sentence = view.text[first:last]
    if name and (name not in sentence or not _MEETING.search(sentence)):
        return Verdict(AbstainReason.SUBJECT, f"资料中没有写{name}见了谁")
    whom = _MEETS_WHOM.search(question.text)
    if whom and not (_MEETING.search(sentence) and (whom["office"] or "") in sentence):
        return Verdict(AbstainReason.SUBJECT, "资料中没有写见了谁")
    met = _MET.search(view.text, first, last)
    if met is None or bool(visitor) == bool(host):
        return SOUND
    hosts = span[1] <= met.start()
    if hosts is bool(visitor):
        return Verdict(AbstainReason.SUBJECT, "资料中这位是主人，不是来客" if hosts else "资料中这位是来客，不是主人")
    return SOUND
