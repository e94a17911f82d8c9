"""What a line of an official document is by its form alone (GB/T 9704 and the habits of briefs).

Patterns are matched against a whole trimmed line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_C = "一二三四五六七八九十百零〇"
_DATE = r"(?:[12]\d{3}|[一二][〇○零Ｏ一二三四五六七八九]{3})\s?年\s?[\d一二三四五六七八九十]{1,2}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日"

DATE_LINE = re.compile(rf"[（(]?{_DATE}[）)]?")
PRINTED_LINE = re.compile(rf"(?P<office>\S{{2,30}}?)?\s*(?P<date>{_DATE})\s*印发")
ISSUE_LINE = re.compile(
    r"[（(]?(?:[〔\[（(]?[12]\d{3}[〕\]）)]?\s?年?\s?)?第\s?[\d一二三四五六七八九十百]{1,5}\s?期\s?"
    r"(?:[（(]\s?总\s?第?\s?\d{1,5}\s?期\s?[）)])?[）)]?|[（(]?总\s?第?\s?\d{1,5}\s?期[）)]?"
)
DOCUMENT_NUMBER = re.compile(
    r"(?P<number>[\u3400-\u9fff（）()]{0,20}\s?[〔\[［（(【]\s?[12]\d{3}\s?[〕\]］）)】]\s?(?:第\s?)?\d{1,5}\s?号)(?=\s|$)"
)
DECREE_NUMBER = re.compile(r"第\s?[\d一二三四五六七八九十百]{1,6}\s?号")
DECREE_BAND = re.compile(r"(?:中华人民共和国)?(?P<issuer>[\u3400-\u9fff]{2,20}?)令")

ATTACHMENT_LINE = re.compile(r"附\s?件\s?[\d一二三四五六七八九十]{0,3}\s?[：:]?")
FIRST_ATTACHMENT = re.compile(r"附\s?件\s?[：:]\s?1\s?[.．、].{2,80}")
FURTHER_ATTACHMENT = re.compile(r"(?P<number>[2-9]|[1-9]\d)\s?[.．、][^。；！？]{2,80}")
COLUMN = re.compile(r"【(?P<title>[^【】]{1,24})】")
ENDORSEMENT = re.compile(r"[【\[]?领导批示[】\]]?[：:]?|[【\[]?批示[】\]]?[：:]")
KEY_LINE = re.compile(
    r"(?P<key>标题|发文字号|文号|发文机关|发文机构|制发机关|发布机关|索引号|主题分类|主题词|成文日期|发布日期|发文日期|印发日期|生成日期|来源|"
    r"公开方式|公开属性|有效性|效力状态|信息分类|组配分类|签发人|会签人|密级|紧急程度|保密期限|份号)\s?[：:]\s*(?P<value>.*)"
)
IMPRINT_KEY = re.compile(
    r"(?:报|送|发|抄报|抄送|主送|分送|主报|呈报|呈送|报送|本期送|本期报|编辑|审核|审定|核稿|校对|主编|总编|总编辑|副主编|责任编辑|执行编辑|编发|"
    r"签发|签发人|撰稿|供稿|供稿单位|承办单位|承办人|经办人|主办|主办单位|编印|编印单位|电话|联系人|联系人及电话|联系电话|联系方式|传真|地址|联系地址|通讯地址|邮编|邮箱|"
    r"电子邮箱|网址|投稿邮箱|印数|印刷|印发份数|分送单位|主题词|信息公开选项|公开方式)\s?[：:].*"
)
COPIES = re.compile(r"[（(]?\s?共印\s?\d+\s?份\s?[）)]?")
CONTACT_NOTE = re.compile(r"[（(]\s?(?:联系人|联系电话|联系单位)[：:].*[）)]")
REMARK = re.compile(
    r"[（(](?:此件[^（）()]{1,30}|本文有删减|本文略有删节|有删减|信息公开形式[^（）()]{1,20}|联系人[^（）()]{1,60})[）)]"
)
WEB_LEFTOVER = re.compile(r"扫一扫在手机打开当前页|-->|打印本页|关闭窗口|分享到.{0,10}|责任编辑[：:].{0,12}")
NOTE_LINE = re.compile(
    rf"[（(].{{0,80}}{_DATE}.{{0,160}}[）)]|[—－-]{{0,4}}\s?{_DATE}.{{0,24}}在.{{4,60}}(?:会议|大会)(?:上|的).{{0,40}}(?:报告|讲话)?。?"
    rf"|——.{{0,10}}{_DATE}.{{0,60}}(?:会议上|大会上|上)|[（(][\u3400-\u9fff\s]{{2,20}}\s?{_DATE}[）)]"
)

ORGANISATION_ENDS = (
    "人民政府|政府|办公厅|办公室|委员会|常委会|代表大会|党组|党委|市委|省委|区委|县委|旗委|工委|纪委|国务院|部|局|厅|委|署|院|会|处|所|中心|"
    "银行|公司|集团|协会|学会|大学|学院|医院|总局|总社|兵团|法院|检察院|领导小组|指挥部|联席会议|开发区|园区|协会|社"
)
ORGANISATION = re.compile(rf"[\u3400-\u9fff（）()、·\s]{{1,60}}?(?:{ORGANISATION_ENDS})(?:办公室|办公厅)?")
KINDS = (
    "决议 决定 命令 令 公报 公告 通告 意见 通知 通报 报告 请示 批复 议案 函 纪要 条例 规定 办法 细则 规则 章程 方案 规划 计划 纲要 "
    "简报 专报 快报 动态 信息 答复 讲话 总结 要点 公示 说明 制度 预案 指南 目录 标准 规范 建议 提案 工作报告"
).split()
KIND_END = re.compile(
    rf"(?P<kind>{'|'.join(sorted(KINDS, key=lambda kind: -len(kind)))})(?:[》〉”])?(?:[（(][^（）()]{{1,16}}[）)])?"
)

STOPS = "。！？!?…；;"
_CLOSERS = "”’」』》〉）)】〕]\"'"
_END_REMARK = re.compile(r"(?P<before>.)[”’]?\s?[（(][^（）()]{1,30}[）)]\s?$")
_STARTS_APART = re.compile(r"【|——|附件|附：|附表|[▲●■◆★•]|\|")
PROSE_MARK = re.compile(r"[，。；！？：;]|,(?!\d)")


@dataclass(frozen=True, slots=True)
class Numbering:
    """A heading or clause mark at a line's start: ``rank`` orders the kinds (0 is outermost), ``end`` is the mark's
    end.
    """

    rank: int
    end: int
    label: str


_UNIT = "[万亿个元吨米倍年月日时点秒度%％‰]|公[里斤顷]|平方|立方|千|百分"
_NUMBERINGS = (
    (1, re.compile(rf"第[{_C}\d]{{1,6}}编\s?")),
    (2, re.compile(rf"第[{_C}\d]{{1,6}}章\s?")),
    (3, re.compile(rf"第[{_C}\d]{{1,6}}节\s?")),
    (4, re.compile(rf"第[{_C}\d]{{1,6}}条(?:之[一二三四五六七八九十]+)?(?=[\s\u3000：:【（(]|$|[\u3400-\u9fff])\s?")),
    (5, re.compile(rf"[{_C}]{{1,4}}[、.．](?![{_C}][类级、])\s?")),
    (6, re.compile(rf"[（(][{_C}]{{1,4}}[）)]\s?[、.]?")),
    (7, re.compile(r"\d{1,3}\s?[.．、](?!\d)\s?")),
    (8, re.compile(rf"\d{{1,2}}[.．]\d{{1,2}}(?=[\s\u3000])\s*(?!{_UNIT})")),
    (9, re.compile(rf"\d{{1,2}}(?:[.．]\d{{1,2}}){{2}}(?=[\s\u3000\u3400-\u9fff])\s*(?!{_UNIT})")),
    (10, re.compile(rf"\d{{1,2}}(?:[.．]\d{{1,2}}){{3}}(?=[\s\u3000\u3400-\u9fff])\s*(?!{_UNIT})")),
    (11, re.compile(r"[（(]\d{1,3}[）)]\s?|[⑴-⒇]|[①-⑳]\s?")),
)
CHAPTER_RANKS = frozenset({1, 2, 3})
ARTICLE_RANK = 4


def numbering(text: str) -> Numbering | None:
    """The mark 第一章, 第一条, 一、, （一）, 1., 1.1, （1） that ``text`` begins with, if any."""
    for rank, pattern in _NUMBERINGS:
        match = pattern.match(text)
        if match:
            return Numbering(rank, match.end(), match.group().strip())
    return None


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends with 。！？；… or a colon; closing quotes and a bracketed remark after it are allowed."""
    end = len(text)
    while end and text[end - 1] in _CLOSERS:
        end -= 1
    if end and text[end - 1] in STOPS + "：:":
        return True
    remark = _END_REMARK.search(text[-40:])
    return remark is not None and remark["before"] in STOPS


def begins_apart(text: str) -> bool:
    """Whether a line begins something new by its form: a heading, a clause, a list entry, or what :func:`is_apart`
    knows.
    """
    return _STARTS_APART.match(text) is not None or numbering(text) is not None or is_apart(text)


def ends_with_kind(text: str) -> str | None:
    """The 文种 that a title ends with (通知, 意见, 函 …), brackets and a remark like （试行） after it allowed."""
    for match in KIND_END.finditer(text[-30:]):
        if match.end() == len(text[-30:]):
            return match["kind"]
    return None


def is_apart(text: str) -> bool:
    """Whether a line stands for itself by its form and never goes on in the next or from the one before."""
    return any(
        pattern.fullmatch(text)
        for pattern in (
            DATE_LINE,
            PRINTED_LINE,
            ISSUE_LINE,
            COLUMN,
            ENDORSEMENT,
            KEY_LINE,
            IMPRINT_KEY,
            COPIES,
            REMARK,
            CONTACT_NOTE,
        )
    ) or bool(DOCUMENT_NUMBER.fullmatch(text) or WEB_LEFTOVER.fullmatch(text))
