"""口径护栏 of what stands in the answer itself: 二类旗县 for 一类, “六大行动” for what the six are, a bureau for who signs in its name, another body's
kind, somebody else's right, a day on which but the letter was written, the subject of another clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from qa.answering.candidates.organisation import ORGANISATION
from qa.answering.candidates.person import SURNAMES
from qa.answering.roles import asks_when_published
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, BlockRole, Question
from qa.text.in_order import stands_in_order
from qa.text.places import find_places

_BY_WHOSE_HAND = re.compile(r"(?:谁|哪一?[位个]人?)(?:来|去)?代表[^，。？?]{0,12}(?:签|落笔|发言|致[辞词]|领奖)")
_HOLDER = re.compile(r"(?:由谁|谁来|谁)(?:来)?(?:担任|兼任|出任)")
_BODY_ENDS = re.compile(r"(?:[局厅委院所校会]|政府|公司|集团|大学|中心|实验室|企业)[”」）)]?$")
_IN_QUOTES = re.compile(r"“[^”]*”?")
_CLASS = re.compile(r"(?<![哪另同每这那某])(?P<at>[一二三四五甲乙丙ABCD])(?P<kind>类|等奖|级(?=响应|企业|旗|县))")
_A_NUMERAL = re.compile(
    r"\d|[一二两三四五六七八九十百千半][个家项名位人户次件种条所类倍成]|[首末]位|第一|前列|领先|垫底|全部|所有|没有|无|翻番|双倍"
)
_HOW_MANY_PERSONS = re.compile(r"几个人|多少个?人(?!才|口|次|均|工|力)")
_WHICH_PLACE = re.compile(
    r"哪一?个?(?:盟市|旗区|旗县区?|城市|盟|旗|县|省份?|地级市)(?![一-鿿]{0,3}(?:政府|领导|书记|长|局|委))"
)
_PLACE_LIKE = re.compile(r"[市盟旗县区省州]$|[市盟旗县区省州][、和与及]|新区|本地|当地")
_THE_DAY = re.compile(r"具体(?:是|在)?(?:哪一?天|几月几[日号]|几[日号]|什么日子)")
_DAYS = re.compile(r"日\s*(?:-{1,2}|—{1,2}|–|~|～|至|到)\s*(?:\d{1,2}\s?月)?\s*\d{1,2}\s*日")
_ONE_DEGREE = re.compile(r"学历|学位|文凭")
_DEGREE = re.compile(r"学历|学位|本科|硕士|博士|研究生|大专|专科|文凭|毕业(?!生)")
_DEMANDS_ASKED = re.compile(
    r"提(?:出|了|过)*(?:些|哪些|什么|啥|哪几[点条]|几[点条])+[^，。？?]{0,4}(?:要求|意见|建议|希望|期望)"
)
_DEMANDS = re.compile(r"要求|强调|指出|希望|建议|提出|期望|勉励|肯定|认为|表示|[要应须]")
_LISTENS = re.compile(r"介绍|汇报|听取|参观|考察|调研|察看|查看")
_UNOPENED = re.compile(
    r"(?P<bundle>(?P<number>[两二三四五六七八九十]{1,2})(?:大|个|项|条|类|种)(?P<noun>[一-鿿]{2,6}?))(?=[，,。、的？?]|具体|分别|都|各|是|叫|有|指|包括)"
)
_ENDS_WITH_IT = re.compile(r"(?:[和与及、][一-鿿]{2,8})?(?:$|[，,；;](?:部署|提出|明确|实施|确定|开展|推进))")
_RIGHTS_ASKED = re.compile(r"(?:哪些|什么|啥)[^，。？?]{0,8}权(?:力|利|限)?")
_APPLIED_ASKED = re.compile(r"(?P<does>申报|申请|报名|推荐|报送)(?:了|过|上去)*(?:一共|总共|共)?(?:有)?(?:多少|几)")
_BUNDLE_BEHIND = re.compile(r"\s*[两二三四五六七八九十\d]{1,2}\s*(?:大|个|项|类|种|方面)(?P<noun>[一-鿿]{2,4})")
_PLACES_ASKED = re.compile(
    r"哪(?:几个?|些|[两二三四五六七八九十]个)(?:旗区|旗县区?|盟市|城市|省区?市?|苏木|乡镇)(?!的|级)"
)
_NO_PLACE_NAME = re.compile(r"各?旗县?区|[我全本各]市|全区|高新区|开发区|园区|示范区|地区|城市|盟市|自治区")
_PLACE_NAME = re.compile(r"[一-鿿]{1,6}(?:旗|县|区|市|盟|省|州|镇|苏木|乡)")
_KIND_OF_BODY = "基地|实验室|研究院|研究所|中心|平台|园区|学院|分院|工作站|联盟"
_BODY_CALLED = re.compile(rf"(?P<kind>{_KIND_OF_BODY})的?(?:名称|名字|全称)?(?:叫|是)(?:什么|啥)")
_ANOTHER_KIND = re.compile(rf"(?:{_KIND_OF_BODY}|大学|公司|集团)")
_TO_WHOM = re.compile(r"(?:赋予|授予|给予?)(?P<whom>[^，。？?]{2,12}?)(?:哪|什么|啥|多少|怎样的?|更大)")
_GIVEN = re.compile(
    r"(?:赋予|授予|给予)(?P<whom>[一-鿿]{2,12}?)(?=更|充分|一定|较|[一二三四五六七八九十\d]|自主|人财物|相应|优先)"
)
_MODIFIER_CHARS = 2
_PREDICATES = frozenset("打破 突破 填补 攻克 达到 荣获 入选 获批 落地 研制 研发".split())
_PRONOUN = re.compile(r"[该其此本我这那]|双方|公司|企业|项目|技术|成果|平台|累计|成功|率先|首次")
_SUBJECT_CHARS = 4
_IMPRINT_KINDS = frozenset({BlockRole.IMPRINT, BlockRole.MASTHEAD})
_OF_THE_PAPER = re.compile(r"函|答复|回复|复文|简报|文件|公文|落款|这[份期篇]|编|报告|通知|期|刊")


def check_own_words(question: Question, view: PassageView, span: Range) -> Verdict:
    """The first thing that is wrong with what the answer says itself."""
    for check in _CHECKS:
        if detail := check(question, view, span):
            return Verdict(AbstainReason.SUBJECT, detail)
    return SOUND


def _body_for_person(question: Question, view: PassageView, span: Range) -> str:
    """苏州市政府 is nobody who signs in its name, and no list of laboratories their 主任."""
    if not (_BY_WHOSE_HAND.search(question.text) or _HOLDER.search(question.text)):
        return ""
    words = view.slice(span)
    quoted = [(span[0] + each.start(), span[0] + each.end()) for each in _IN_QUOTES.finditer(words)]
    named = [
        each
        for each in view.words
        if span[0] <= each.start
        and each.end <= span[1]
        and each.tag == "nr"
        and each.text[0] in SURNAMES
        and not find_places(each.text)
        and not any(first <= each.start < last for first, last in quoted)  # 山羊绒 of “山羊绒材料重点实验室”
    ]
    if named:
        return ""
    return f"“{words[:20]}”是单位，资料中没有写是谁" if _BODY_ENDS.search(words) or ORGANISATION.search(words) else ""


def _another_class(question: Question, view: PassageView, span: Range) -> str:
    asked = {(each["kind"], each["at"]) for each in _CLASS.finditer(question.text)}
    told = {(each["kind"], each["at"]) for each in _CLASS.finditer(view.slice(span))}
    kinds = {kind for kind, _ in asked} & {kind for kind, _ in told}
    if len(asked) != 1 or not kinds or asked & told:
        return ""
    return f"问的是{next(at + kind for kind, at in asked)}，资料中写的是{'、'.join(sorted(at + kind for kind, at in told))}"


def _no_number(question: Question, view: PassageView, span: Range) -> str:
    """How many there are is told by a number: neither 下一步 nor 进一步 is one."""
    if question.kind is not AnswerKind.NUMBER or not (question.unit or _HOW_MANY_PERSONS.search(question.text)):
        return ""
    if any(each.start < span[1] and span[0] < each.end for each in view.numbers):
        return ""
    return "" if _A_NUMERAL.search(view.slice(span)) else "资料中没有写数目"


def _no_place(question: Question, view: PassageView, span: Range) -> str:
    if question.kind is not AnswerKind.PLACE or not _WHICH_PLACE.search(question.text):
        return ""
    words = view.slice(span)
    return "" if find_places(words) or _PLACE_LIKE.search(words) else "资料中没有写是哪个地方"


def _several_days(question: Question, view: PassageView, span: Range) -> str:
    if question.kind is not AnswerKind.DATE or not _THE_DAY.search(question.text):
        return ""
    return f"资料中只写了{view.slice(span)}，没有写具体是哪一天" if _DAYS.search(view.slice(span)) else ""


def _day_of_the_paper(question: Question, view: PassageView, span: Range) -> str:
    """The day below a letter is when that was written, and no meeting's."""
    if question.kind is not AnswerKind.DATE or view.passage.role not in _IMPRINT_KINDS:
        return ""
    if asks_when_published(question.text) or _OF_THE_PAPER.search(question.text):
        return ""
    return "资料中这是文件本身的日期，不是所问的时间"


def _no_degree(question: Question, view: PassageView, span: Range) -> str:
    if not _ONE_DEGREE.search(question.text) or _DEGREE.search(view.slice(view.sentence_of(*span))):
        return ""
    return "资料中没有写学历"


def _no_demand(question: Question, view: PassageView, span: Range) -> str:
    """Who was told all about it (听取全面介绍) has not said by that what he wants."""
    if question.kind not in (AnswerKind.CLAUSE, AnswerKind.LIST) or not _DEMANDS_ASKED.search(question.text):
        return ""
    first, _ = view.sentence_of(*span)
    said = view.slice((first, span[1]))
    return "" if _DEMANDS.search(said) or not _LISTENS.search(said) else "资料中没有写提了什么要求"


def _unopened(question: Question, view: PassageView, span: Range) -> str:
    """部署了六大重点行动 does not tell which six."""
    if question.kind not in (AnswerKind.LIST, AnswerKind.CLAUSE, AnswerKind.NAME):
        return ""
    words = "".join(view.slice(span).split())
    for asked in _UNOPENED.finditer(question.text):
        at = words.find(asked["bundle"])
        if at < 0 or asked["bundle"] + "（" in words or words[at + len(asked["bundle"]) :][:1] in {"：", ":", "即"}:
            continue
        leads_to_it = re.search(r"(?:部署|提出|明确|实施|包括|确定|开展)了?[^，。]{0,12}$", words[:at]) is not None
        if leads_to_it and _ENDS_WITH_IT.match(words, at + len(asked["bundle"])):
            return f"资料中只说到“{asked['bundle']}”，没有写是哪些"
    return ""


def _told_of_another_bundle(question: Question, view: PassageView, span: Range) -> str:
    """工业、社会生活、农业 of 三大领域 are not the 三项重点任务."""
    if question.kind not in (AnswerKind.LIST, AnswerKind.CLAUSE):
        return ""
    told = _BUNDLE_BEHIND.match(view.text, span[1])
    asked = [each["noun"] for each in _UNOPENED.finditer(question.text)]
    if told is None or not asked or told["noun"][:2] in question.text:
        return ""
    return f"资料中这里列的是“{told.group().strip()}”，不是“{asked[0]}”"


def _no_places_named(question: Question, view: PassageView, span: Range) -> str:
    """我市6个旗区跻身一、二类 does not tell which of them."""
    if not _PLACES_ASKED.search(question.text) or question.kind is AnswerKind.NUMBER:
        return ""
    words = _NO_PLACE_NAME.sub("", view.slice(span))
    return (
        "" if _PLACE_NAME.search(words) or any(each.name for each in find_places(words)) else "资料中没有写是哪几个地方"
    )


def _another_kind_of_body(question: Question, view: PassageView, span: Range) -> str:
    """能源研究院 is not what the 基地 is called."""
    asked = _BODY_CALLED.search(question.text)
    if asked is None or question.kind not in (
        AnswerKind.NAME,
        AnswerKind.CLAUSE,
        AnswerKind.ORGANISATION,
        AnswerKind.LIST,
    ):
        return ""
    words = view.slice(span)
    if asked["kind"] in words or view.text.startswith(asked["kind"], span[1]) or not _ANOTHER_KIND.search(words):
        return ""
    return f"“{words[:20]}”不是{asked['kind']}，资料中没有写它的名称"


def _to_somebody_else(question: Question, view: PassageView, span: Range) -> str:
    """赋予科技领军人才更大的支配权 gives none to 青年科技人才."""
    asked = _TO_WHOM.search(question.text)
    first, _ = view.sentence_of(*span)
    given = [each for each in _GIVEN.finditer(view.text, first, view.sentence_of(*span)[1]) if each.start() < span[1]]
    if asked is None or not given:
        return ""
    whom, told = asked["whom"], given[-1]["whom"]
    own = whom[: len(whom) - 2]  # 青年科技 of 青年科技人才
    if whom[-2:] != told[-2:] or stands_in_order(whom, told) or stands_in_order(told, whom):
        return ""
    differs = [own[at : at + _MODIFIER_CHARS] for at in range(len(own) - 1) if own[at : at + _MODIFIER_CHARS] in told]
    return f"资料中这是给“{told}”的，不是“{whom}”的" if len(differs) < len(own) - 1 else ""


def _subject_of_another_clause(question: Question, view: PassageView, span: Range) -> str:
    """α-烯烃打破国外垄断 tells nothing of 矿鸿操作系统, which another clause of the passage is about."""
    if question.kind not in (AnswerKind.CLAUSE, AnswerKind.NAME, AnswerKind.LIST):
        return ""
    first, _ = view.clause_of(*span)
    last = view.clause_of(span[1] - 1, span[1])[1]
    for verb in _predicates_in(question):
        before = question.text[: question.text.index(verb)]
        named = [
            each.text
            for each in question.words
            if each.end <= len(before) and each.tag in {"n", "nz", "eng", "x", "nt"} and len(each.text) > 1
        ]
        told = [
            _subject_before(view, match.start())
            for match in re.finditer(verb, view.text[:last])
            if match.start() >= first
        ]
        foreign = [each for each in told if _is_foreign(each, question)]
        said = view.text[first:last]
        elsewhere = any(each in view.text for each in named) and not any(each in said for each in named)
        if told and len(foreign) == len(told) and elsewhere:
            return f"资料中这里说的是“{foreign[0][:20]}”"
    return ""


def _subject_before(view: PassageView, at: int) -> str:
    return "".join(view.text[view.clause_of(at, at + 1)[0] : at].split())


def _is_foreign(subject: str, question: Question) -> bool:
    """Whether somebody is named there of whom the question says nothing."""
    if len(subject) < _SUBJECT_CHARS or _PRONOUN.search(subject):
        return False
    return not any(subject[at : at + 2] in question.text for at in range(len(subject) - 1))


def _no_right(question: Question, view: PassageView, span: Range) -> str:
    return "资料中没有写是什么权" if _RIGHTS_ASKED.search(question.text) and "权" not in view.slice(span) else ""


def _not_applied_for(question: Question, view: PassageView, span: Range) -> str:
    """增至5家 are those that there are, not those that were applied for."""
    asked = _APPLIED_ASKED.search(question.text) if question.kind is AnswerKind.NUMBER else None
    if asked is None or re.search("申报|申请|报名|推荐|报送|提交", view.slice(view.clause_of(*span))):
        return ""
    return f"资料中的数字不是{asked['does']}的"


def _predicates_in(question: Question) -> list[str]:
    return [each.text for each in question.words if each.text in _PREDICATES]


_CHECKS: tuple[Callable[[Question, PassageView, Range], str], ...] = (
    _body_for_person,
    _another_class,
    _no_number,
    _no_place,
    _several_days,
    _day_of_the_paper,
    _no_degree,
    _no_demand,
    _unopened,
    _told_of_another_bundle,
    _no_places_named,
    _another_kind_of_body,
    _to_somebody_else,
    _subject_of_another_clause,
    _no_right,
    _not_applied_for,
)
