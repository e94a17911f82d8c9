"""What a text speaks of without telling it: the day that news came is not the day of what it reports, who made 重要批示 is not quoted by
that, and where nothing was signed no agreement is told."""

from __future__ import annotations

import re
from collections.abc import Callable

from qa.answering.candidates.enumeration import items_of
from qa.answering.candidates.person import OFFICE
from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question
from qa.text.in_order import stands_in_order

_NEWS = re.compile(r"\s*(?:对外|正式)?(?:发布消息|发布信息|消息|获悉|报道|[讯电][，：:]|披露|透露)")
_ASKS_FOR_NEWS = re.compile(
    r"发布|公布|公开|公告|公示|消息|报道|通报|宣布|揭晓|出炉|透露|披露|获悉|见报|刊[登发]|什么时候说|哪天说"
)
_QUOTED = re.compile(r"[“「《]([^”」》]{3,30})[”」》]")
_ISSUES = re.compile(r"(?:发布|印发|公布|出台|下发|公开)了?《(?P<title>[^》]+)》")
_PUBLISHES = re.compile(r"发布|印发|公布|出台|下发|公开|颁布")
_AGREEMENT = re.compile(
    r"(?:签|达成)(?:署|订|约|了|下|过|的|成)*(?:是|的是)?(?:什么|啥|哪些?|哪[一几]?[份项个])[^，。？?]{0,8}(?:协议|合同|备忘录|意向书|文件)|签的?(?:叫|是)(?:什么|啥)|(?:协议|合同|备忘录)(?:叫|是)(?:什么|啥|哪)"
)
_SIGNED = re.compile(r"签|协议|合同|备忘录|意向书")
_WORDS_ASKED = re.compile(
    r"(?P<what>批示|指示|贺信|致[辞词]|讲话)[^，。？?]{0,8}(?:怎么[说讲写提]|如何[说讲]|说了?些?(?:什么|啥|哪)|讲了?些?(?:什么|啥|哪)|写了?些?(?:什么|啥|哪)|内容|原[话文]|要求(?:什么|是什么|了什么|哪))"
)
_QUOTES = re.compile(r"指出|强调|要求|表示|认为|[：:“]|希望|提出|勉励|批示(?!精神|[，。；]|$)")
_CONTENT_ASKED = re.compile(
    r"(?P<what>意见|方案|协议|共识|意向|协定|合同|备忘录)(?:书)?(?:的|都|里面?|具体|主要|中)*(?:(?:内容|条款)(?:是|有|包括|[？?\s]*$)|(?:包括|包含|有|是|说|写|约定|规定)了?(?:哪些|什么|啥|些什么|些啥))"
)
_SAYS_ITS_CONTENT = re.compile(r"明确|包括|包含|约定|内容|提出|指出|要求|[：:]|将|即|双方|根据|按照")
_WRITTEN = frozenset("批示 指示 贺信".split())
_WHICH_OF_TWO = re.compile(
    r"(?:是|属于|算|为|达到)(?P<one>[一-鿿A-Za-z\d]{2,8})(?:水平|的)?[，,]?还是(?P<other>[一-鿿A-Za-z\d]{2,8}?)(?:水平|的|呢|啊)?[？?\s]*$"
)
_PROJECT = re.compile(r"(?:哪一?个|哪一?项|什么|啥|哪些|哪几个)(?P<noun>项目|课题|工程)(?![方负资经款])")
_ROLE = re.compile(r"(?:顾问|专家|院士|教授|团队|主任|书记|[局厅部市校院所]长|负责人|领导|领队|人才)$")
_DIRECTIONS = re.compile(r"(?:哪些|哪几个?|什么|啥)[^，。？?]{0,4}(?:方向|领域|方面|环节)")
_BODIES = re.compile(
    r"(?:大学|学院|研究[院所]|[局厅委处科部]|公司|集团|中心|实验室|委员会|政府|协会|专家|领导|院士|教授)(?:等?(?:领导|专家|单位|座谈|交流|洽谈|会谈)*)?$"
)
_DEPARTMENT = re.compile(r"哪一?个[^，。？?家]{0,4}部门")
# 基础学科 and 处理 name no department, though 科 and 处 do.
_A_DEPARTMENT = re.compile(
    r"[局厅署]|委(?!托)|(?<!全)部(?!分|署)|办(?![理法])|处(?![理置罚])|(?<!学)科(?![技学研教普])|院(?!士)|(?<!社)会(?![议见])|政府|中心|组(?!织)|队(?!伍)|所|机关|室"
)
_ONE_FIRM = re.compile(
    r"哪一?[家个](?:[^，。？?]{0,4})(?:企业|公司|工厂)(?![^，。？?]{0,4}(?:主管|认定|评定))|(?:企业|公司)(?:里面?|当中|之中|中)[，,]?[^，。？?]{0,16}哪一?家|第[一二三\d]+(?:名|位)?的(?:企业|公司)(?:名称|名字)?(?:是|叫|[？?\s]*$)"
)
_NEVER_A_FIRM = re.compile(r"(?:[局厅委]|政府|委员会|办公[室厅]|大学|学院)$")
_FIRM = re.compile(r"(?:有限|股份|责任)?公司$|集团$|厂$|合作社$")
_FIRMS = re.compile(r"哪(?:些|几[家个]|[两二三四五六七八九十]家)(?:[^，。？?]{0,4})(?:企业|公司|工厂)")
_WHAT_THEY_DID = re.compile(r"作了|介绍|调研|出席|主持|汇报|座谈|会见")
_NO_FIRM = re.compile(
    r"(?:示范|开发|高新|园|试验|自创|经开)区$|[局厅委]$|委员会$|办公室$|政府$|(?:相关|有关|各|头部|重点|骨干)企业[^，。、]{0,8}$"
)
_BARE_FIRMS = re.compile(r"(?:相关|有关|各(?:类|有关)?|头部|重点|骨干|多家|部分)(?:企业|公司)")
_NAMED_FIRM = re.compile(r"[一-鿿]{2,}(?:公司|集团|厂|股份|实业|科技(?!局|厅|部|创|企|项|工|成|金|合|人|副))|[“”]")


def check_untold(question: Question, view: PassageView, span: Range) -> Verdict:
    """The first thing that is asked for and only spoken of."""
    for check in _CHECKS:
        if detail := check(question, view, span):
            return Verdict(AbstainReason.SUBJECT, detail)
    return SOUND


def _only_the_news(question: Question, view: PassageView, span: Range) -> str:
    """科技厅7月3日发布消息，…… tells the day of the news, not that of a ceremony."""
    if question.kind is not AnswerKind.DATE or not _NEWS.match(view.text, span[1]):
        return ""
    return "" if _ASKS_FOR_NEWS.search(question.text) else "资料中这是发布消息的日期，没有写事情本身是哪一天"


def _another_paper(question: Question, view: PassageView, span: Range) -> str:
    """落实“科技新政30条”，……7月5日发布了《征集通知》 tells no day of 新政30条."""
    if question.kind is not AnswerKind.DATE or not _PUBLISHES.search(question.text):
        return ""
    issued = _ISSUES.search(view.text, span[1], view.sentence_of(*span)[1])
    names = _QUOTED.findall(question.text)
    if issued is None or not names or any(_alike(each, issued["title"]) for each in names):
        return ""
    first = view.sentence_of(*span)[0]
    beside = view.text[first : span[0]]
    return "资料中这一天发布的是另一份文件" if any(each[:4] in beside or each in beside for each in names) else ""


def _alike(one: str, other: str) -> bool:
    return stands_in_order(one, other) or stands_in_order(other, one)


def _no_agreement(question: Question, view: PassageView, span: Range) -> str:
    if not _AGREEMENT.search(question.text) or _SIGNED.search(view.slice(view.sentence_of(*span))):
        return ""
    return "资料中没有写签了协议"


def _not_quoted(question: Question, view: PassageView, span: Range) -> str:
    """市长作出重要批示 is that there was one, not what it says."""
    asked = _WORDS_ASKED.search(question.text)
    if asked is None or question.kind not in (AnswerKind.CLAUSE, AnswerKind.LIST):
        return ""
    first = view.sentence_of(*span)[0]
    if asked["what"] in _WRITTEN and asked["what"] not in view.slice(view.sentence_of(*span)):
        return f"资料中没有写{asked['what']}的内容"  # what the meeting demanded is another's word
    return "" if _QUOTES.search(view.slice((first, span[1]))) else f"资料中没有写{asked['what']}的内容"


def _content_untold(question: Question, view: PassageView, span: Range) -> str:
    """达成合作方案 is that there is one, not what it holds."""
    asked = _CONTENT_ASKED.search(question.text)
    if asked is None or question.kind not in (AnswerKind.CLAUSE, AnswerKind.LIST, AnswerKind.NAME):
        return ""
    first, last = view.sentence_of(*span)
    last = max(last, span[1])
    reached = re.compile(rf"(?:达成|签署|签订|签|作出|形成|商定)了?[^，。；]{{0,12}}{asked['what']}").search(
        view.text, first, last
    )
    if reached is None or _SAYS_ITS_CONTENT.search(view.text, reached.end(), last):
        return ""
    return f"资料中只说到{asked['what']}，没有写内容"


def _neither_of_two(question: Question, view: PassageView, span: Range) -> str:
    """国内领先还是国际领先 is told by a sentence that says one of them."""
    asked = _WHICH_OF_TWO.search(question.text)
    if asked is None or question.kind in (AnswerKind.NUMBER, AnswerKind.DATE):
        return ""
    sentence = view.folded[slice(*view.sentence_of(*span))]
    if any(stands_in_order(asked[name].lower(), sentence) for name in ("one", "other")):
        return ""
    return f"资料中没有写是“{asked['one']}”还是“{asked['other']}”"


def _no_project(question: Question, view: PassageView, span: Range) -> str:
    """Who takes part, or as what, is no 项目."""
    asked = _PROJECT.search(question.text)
    if asked is None or question.kind not in (AnswerKind.NAME, AnswerKind.CLAUSE, AnswerKind.LIST):
        return ""
    words = view.slice(span)
    items = [words[start:end] for start, end in items_of(words)] or [words]
    persons = {word.text for word in view.words if word.tag == "nr"}
    people = [each for each in items if each in persons or _ROLE.search(each)]
    return f"资料中这里没有写是什么{asked['noun']}" if 2 * len(people) > len(items) else ""


def _bodies_for_directions(question: Question, view: PassageView, span: Range) -> str:
    """With whom was talked is not on what."""
    if question.kind not in (AnswerKind.LIST, AnswerKind.CLAUSE) or not _DIRECTIONS.search(question.text):
        return ""
    words = view.slice(span)
    items = [each for each in re.split("[、和与]", words) if each]
    named = [each for each in items if _BODIES.search(re.split("[，,]", each)[0])]
    return "资料中这里列的是单位或人，没有写方向或领域" if len(items) > 1 and len(named) == len(items) else ""


def _firm_for_department(question: Question, view: PassageView, span: Range) -> str:
    if not _DEPARTMENT.search(question.text):
        return ""
    words = view.slice(span)
    if _FIRM.search(words):
        return f"“{words}”是企业，资料中没有写是哪个部门"
    return "" if _A_DEPARTMENT.search(words) else "资料中没有写是哪个部门"


def _office_for_firm(question: Question, view: PassageView, span: Range) -> str:
    """Of 29家企业里 the one asked for is no 市科技局."""
    if question.kind is not AnswerKind.ORGANISATION or not _ONE_FIRM.search(question.text):
        return ""
    words = view.slice(span)
    return f"“{words}”不是企业，资料中没有写是哪一家" if _NEVER_A_FIRM.search(words) else ""


def _no_firm(question: Question, view: PassageView, span: Range) -> str:
    """示范区 are no firms, and 与相关企业座谈 names none."""
    if question.kind not in (AnswerKind.LIST, AnswerKind.CLAUSE) or not _FIRMS.search(question.text):
        return ""
    words = view.slice(span)
    items = [words[start:end] for start, end in items_of(words)] or [words]
    of_a_person = (OFFICE.search(words) or _WHAT_THEY_DID.search(words)) and any(
        each.tag == "nr" and span[0] <= each.start and each.end <= span[1] for each in view.words
    )
    if all(_NO_FIRM.search(each) for each in items) or (of_a_person and not _NAMED_FIRM.search(words)):
        return "资料中这里没有写是哪些企业"
    return "资料中只说企业，没有写名称" if _BARE_FIRMS.search(words) and not _NAMED_FIRM.search(words) else ""


_CHECKS: tuple[Callable[[Question, PassageView, Range], str], ...] = (
    _only_the_news,
    _another_paper,
    _no_agreement,
    _not_quoted,
    _content_untold,
    _neither_of_two,
    _no_project,
    _bodies_for_directions,
    _firm_for_department,
    _office_for_firm,
    _no_firm,
)
