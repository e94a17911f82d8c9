"""What is put in is not what comes of it: 加计扣除总额13.9亿元 and 产值297亿元 tell nobody's 投入."""

from __future__ import annotations

import re

from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, Question

_PUT_IN_ASKED = re.compile(
    r"(?:砸|掏|拿出|投|花)(?:进去?|入|下去?|出去?|了)*(?:一共|总共|共)?(?:多少|几)(?![个家项名件次])"
    r"|投入(?:了|过)*(?:资金|经费)?(?:一共|总共|共|总[额量])?(?:是|有|为|达到?)?了?(?:多少|几)(?![个家项名件次])"
)
# Taken off a tax, or earned: named so by the noun right before the figure.
_COMES_OF_IT = re.compile(
    r"(?P<what>效益|加计扣除|扣除|减免|免征|退税|减税|免税|产值|营业收入|营收|利润|销售收入|销售额|增加值|税收)[^，。；、]{0,6}$"
)
_SAYS_IT = re.compile(r"扣除|减|免|退税|产值|收入|营收|利润|销售|增加值|税")


_GIVEN_ASKED = re.compile(
    r"(?:拿到?|得到|领到?|获得?|享受)(?:了|过)*(?:一共|总共|共)?(?:多少|几)[^，。？?]{0,8}(?:奖补|补助|奖励|补贴|资助|奖金|财政)"
    r"|(?:发(?:放|出去|了|出)?|兑付|兑现)(?:了|过)*(?:一共|总共|共)?(?:多少|几)[^，。？?]{0,4}(?:奖励|奖金|补助|补贴|奖补)"
)
_IS_GIVEN = re.compile(r"奖|补|资助|兑付|兑现|拨付|发放|支持资金|给予")
_AT_MOST = re.compile(r"最[高多]|不超过|上限|每|单[个家]|封顶|一次性")
_OF_ONE_ASKED = re.compile(r"(?:单个|单家|每一?[个家户]|一[个家])(?:企业|公司|项目|单位|主体)[^，。？?]{0,10}最[高多]")
_OF_ALL = re.compile(r"(?:累计|共计|总计|合计|(?<!公)共|总额)[^，。；\d]{0,16}$")


def check_given(question: Question, view: PassageView, span: Range) -> Verdict:
    """What somebody spent is no subsidy that they got, and what all got together no most that one may get."""
    number = view.number_at(span)
    if number is None or number.base_unit != "元":
        return SOUND
    first, _ = view.clause_of(number.start, number.end)
    clause = view.folded[slice(*view.clause_of(number.start, number.end))]
    if _GIVEN_ASKED.search(question.text) and not _IS_GIVEN.search(clause):
        return Verdict(AbstainReason.SUBJECT, "问的是奖补多少，资料中的数字不是奖补的")
    if _OF_ONE_ASKED.search(question.text) and (
        not _AT_MOST.search(clause) or _OF_ALL.search(view.folded, first, number.start)
    ):
        return Verdict(AbstainReason.SUBJECT, "问的是一家最多多少，资料中的数字不是")
    return SOUND


def check_spending(question: Question, view: PassageView, span: Range) -> Verdict:
    """Where it is asked what was spent, a sum told by a noun for what was saved or earned is another one."""
    number = view.number_at(span)
    if number is None or number.base_unit != "元" or not _PUT_IN_ASKED.search(question.text):
        return SOUND
    if _SAYS_IT.search(question.text):  # 加计扣除总额投入多少: whoever asks so names it
        return SOUND
    first, _ = view.clause_of(number.start, number.end)
    told = _COMES_OF_IT.search(view.folded, first, number.start)
    return Verdict(AbstainReason.SUBJECT, f"问的是投入多少，资料中的数字是“{told['what']}”的") if told else SOUND
