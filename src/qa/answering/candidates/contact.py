"""What a form tells: addresses of mail and the web, postcodes, numbers of documents, halls and hotels. Nothing else answers a question for one."""

from __future__ import annotations

import re

from qa.answering.candidates.candidate import Candidate
from qa.answering.view import PassageView
from qa.records import Question

DOCUMENT_NUMBER = re.compile(r"[一-鿿]{1,10}\s*[\[〔(（【]\s*(?:19|20)\d{2}\s*[\]〕)）】]\s*(?:第\s*)?\d+\s*号")
_FORMS = (
    (
        re.compile(r"邮箱|电子邮件|电子信箱|邮件地址|e-?mail", re.IGNORECASE),
        re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    ),
    (
        re.compile(r"网址|网站(?:地址|是什么|是多少|链接)|链接(?:是|为|地址)"),
        re.compile(r"(?:https?://|www\.)[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*[A-Za-z0-9/]"),
    ),
    (
        re.compile(r"(?:发文字号|文号|文件编号)(?:是|为|叫)?(?:多少|什么|啥|几号|哪|[？?]|$)"),
        re.compile(rf"{DOCUMENT_NUMBER.pattern}|第\s*\d+\s*号"),
    ),
    (
        re.compile(r"哪[个座家间](?:场馆|体育馆|会议室|会场|酒店|宾馆|礼堂|会堂|报告厅|教室)|哪[栋座]楼"),
        re.compile(r"[一-鿿]{2,12}(?:馆|报告厅|楼|酒店|会议室|礼堂|会堂|剧院|会议中心|会展中心|教室)"),
    ),
    (
        re.compile(r"(?:什么|哪个|哪种)(?:等次|等级|档次)"),
        re.compile(r"优|良好|良|合格|[特一二三四五甲乙丙ABCD][等级类档]|先进|领先|级|等"),
    ),
    (re.compile(r"邮编|邮政编码"), re.compile(r"(?<![\d.-])\d{6}(?![\d.-])")),
)


def asked_form(question: Question) -> re.Pattern[str] | None:
    """What the address asked for looks like; ``None`` where the question asks for something else."""
    return next((form for asked, form in _FORMS if asked.search(question.text)), None)


def contact_candidates(form: re.Pattern[str], view: PassageView) -> list[Candidate]:
    """Every address of that form."""
    return [Candidate(*match.span(), 1.0) for match in form.finditer(view.text)]
