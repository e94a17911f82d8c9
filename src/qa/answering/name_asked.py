"""Where it is asked what something is called, an answer is a name: 整顿15日 is no 施工单位, a clause of what projects have to do no 项目名称."""

from __future__ import annotations

import re

from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question

_OF_A_BODY = re.compile(
    r"(?:单位|企业|公司|机构|集团|厂家|商家|学校|医院)的?(?:是|叫|名字?叫)(?:什么|啥)(?:名字?|名称)?|(?:单位|企业|公司|机构|集团|学校|医院)的?(?:名称|全称|名字)"
)
_OF_THINGS = re.compile(
    r"(?:项目|课题|工程|企业|公司|单位|产品|品种|学校|机构|平台|园区|村|水库)的?(?:名称|名单|名字|全称)"
)
_ITS_PART = re.compile(
    r"(?P<part>施工|监理|设计|勘察|承建|中标|代建|建设|运营|供货|检测|评估)(?:单位|企业|公司|方)(?:是|叫|名称|名字|全称|是哪)"
)
_A_PERIOD = re.compile(r"\d+\s*(?:个?工作日|[日天年月])$")
_NO_NAME = re.compile(
    r"[应须]按|[应须]当?(?=[于在将把对由])|按(?:不低于|照|规定)|不[低少高多]于|不超过|\d+(?:\.\d+)?\s?%|已经?(?:完成|暂缓|全部)|未按|要求"
)
# Who engages somebody is not whom they engage: 旗科技局聘请第三方机构 names no 第三方机构.
_SORT_ASKED = re.compile(
    r"(?P<what>[一-鿿]{2,16}(?:机构|公司|企业|单位|院校|团队))(?:的名[字称])?(?:叫|是)(?:什么|啥|哪)"
)
_ENGAGES = re.compile(
    r"[^，。；]{0,6}?(?:聘请|邀请|委托|引进|引入|选聘|联合|会同|组织)(?:了|有关|相关|专业)*(?P<whom>[一-鿿]{2,8}?(?:机构|公司|企业|单位|院校|团队))"
)
# Where it is done: 体检定在哪家医院.
_DONE_WHERE = re.compile(
    r"(?:^|[的，年次])(?P<what>[一-鿿]{2,4}?)(?:是|定|安排|放|设|都|统一)*在(?:哪家|哪个|哪所|什么|哪)(?:医院|机构|单位|学校|公司|考点)"
)


def check_name(question: Question, view: PassageView, span: Range) -> Verdict:
    """A body, a project … that is asked for by its name is told by one; where something is done, with the word for it."""
    told = view.slice(span)
    if question.kind in (AnswerKind.ORGANISATION, AnswerKind.LIST, AnswerKind.CLAUSE):
        of_body, of_things = _OF_A_BODY.search(question.text), _OF_THINGS.search(question.text)
        if of_body and _A_PERIOD.search(told):
            return Verdict(AbstainReason.SUBJECT, "资料中这一处不是名称")
        if (of_body or of_things) and _NO_NAME.search(told):
            return Verdict(AbstainReason.SUBJECT, "资料中这一处不是名称")
    engaged = _SORT_ASKED.search(question.text)
    if engaged and question.kind in (AnswerKind.ORGANISATION, AnswerKind.NAME):
        behind = view.text[span[1] : view.sentence_of(*span)[1]]
        if (by := _ENGAGES.match(behind)) and by["whom"] in engaged["what"]:
            return Verdict(AbstainReason.SUBJECT, f"资料中只写了由它找{by['whom']}，没有写是哪一家")
    part = _ITS_PART.search(question.text)
    if part and question.kind is AnswerKind.ORGANISATION:
        line = view.text[view.text.rfind("\n", 0, span[0]) + 1 : view.sentence_of(*span)[1]]
        if part["part"] not in line and "承建" not in line:
            return Verdict(AbstainReason.SUBJECT, f"资料中没有写{part['part']}单位是谁")
    where = _DONE_WHERE.search(question.text)
    if where and question.kind in (AnswerKind.ORGANISATION, AnswerKind.PLACE):
        sentence = view.folded[slice(*view.sentence_of(*span))]
        if where["what"] not in sentence and where["what"] not in "".join(view.passage.heading_path[-1:]):
            return Verdict(AbstainReason.SUBJECT, f"资料中没有写{where['what']}在哪里")
    return SOUND
