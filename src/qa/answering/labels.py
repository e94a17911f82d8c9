"""Labelled fields of forms and tables (受理部门：甲科；监督部门：乙委): which label a question asks for, which one a span is the value of, and
that the value of another label is no answer."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from qa.answering.verdict import SOUND, Verdict
from qa.answering.view import PassageView, Range
from qa.records import AbstainReason, AnswerKind, Question, Word
from qa.text.numerals import parse_number

_BRACKET = r"[（(][^（）()：:\n]{1,10}[）)]"
# What a field is called ends in such a noun; 会议议定：… and 答复如下：… are sentences, whatever stands behind the colon.
_NOUNS = (
    r"人|人员|姓名|名单|单位|部门|机关|机构|科室|处室|电话|热线|手机|号码|传真|邮箱|信箱|网址|地址|地点|场所|时间|日期|期限|名称|题目|编号|序号|文号|编码|邮编"
    r"|结论|结果|意见|金额|资金|经费|投入|投资|总额|级别|等级|类别|类型|领域|方向|职务|职称|学历|学校|专业|地区|所在地|属地|来源|数量|单价|备注|项目|课题|用途|联系方式"
)
_FIELD = re.compile(
    rf"(?:^|(?<=[；;\n])|(?<=[ 　]))[ 　]*(?P<label>(?:[一-鿿][ 　]+){{1,4}}[一-鿿]|[一-鿿]{{0,8}}?(?:{_NOUNS})(?:{_BRACKET})?|记录|指标)[ 　]*[：:][ 　]*(?P<value>[^；;\n]*)"
)
# 联系人：张三，联系电话：0477-…: the next label ends the value
_NEXT_LABEL = re.compile(rf"(?:[，,、。]|[ 　]+)[ 　]*[一-鿿]{{0,8}}?(?:{_NOUNS})(?:{_BRACKET})?[ 　]*[：:]")
# A row of a table: every column's name is a label there (任务事项：…；牵头处室：…；不合格处理：…), whatever noun it ends in.
_CELL = re.compile(rf"(?:(?P<label>[^；;：:，,。（）()\n]{{2,20}}(?:{_BRACKET})?)[：:])?(?P<value>[^；;\n]+)")
_FIGURE = re.compile(r"[-+−]?[\d.,]+\s?[%％‰]?|[-—–－/]+")
_NOUN = re.compile(rf"[一-鿿]{{0,8}}?(?:{_NOUNS})")
_SENTENCES = re.compile(r"[。！？](?=.)")  # 主持人：各位好。今天…… is talk
_OF_ANY = frozenset("单位 指标 数量 序号 备注 人 意见".split())  # 参会单位 asks for no 单位：亿元
_BARE_BESIDE = frozenset("项目 课题 联系 咨询 办公 通讯 通信 会议 活动 单位 详细 具体".split())
_IS = r"(?:(?:具体|分别|究竟|到底)?(?:是|为|叫|在|有|写|填|属于|属|算)的?)?"
_ASKING = r"(?:谁|什么|啥|哪|多少|几|何|如何|怎|[？?]|$)"
_ASKS = re.compile(r"谁|什么|啥|哪|多少|几|何|如何|怎")
_WHO = r"(?:谁|哪一?(?:个|家|些|位|方)?(?:人|单位|部门|机关|机构|科室|处室|企业|公司)?|什么(?:人|单位|部门|机关|机构|科室|处室))"
_OFFICES = r"单位|部门|机关|机构|科室|处室"
_BY_WHOM = re.compile(rf"(?:项目|课题)?(?P<does>[一-鿿]{{2,4}}?)(?:{_OFFICES}|人)")
_TITLES = re.compile(r"(?:项目|课题|成果)(?:名称|题目)?|(?:名称|题目)")
_ASKS_FOR_TITLE = re.compile(
    r"(?:哪|什么)(?:一?[个项些])?(?:科技|科研|具体)?(?:项目|课题|成果)(?!负责|编号|单位|承担|资金|经费)|(?:项目|课题|成果)(?:的?(?:名称|名字|题目))?(?:是|叫|为)(?:什么|哪|啥)"
    r"(?!一?[个家些位]?(?:单位|部门|企业|公司|机构|科室|处室|人|地|旗|县|区|市|盟|时候|等级|类))"  # 那个项目是哪个单位承担的
)
_CODES = re.compile(r"(?:[一-鿿]{2})?编[号码]")
_ASKS_FOR_CODE = re.compile(rf"编号{_IS}{_ASKING}")
# What a question calls by name even where the passage has no such field.
_CALLED = re.compile(
    rf"(?P<label>(?:受理|监督|举报|投诉|解读|承担|牵头|申报|实施|推荐|主管|主办|承办|协办|评审|发布|起草|审核|验收|组织|联系|咨询)(?:{_OFFICES}|人|电话)|项目(?:负责人|编号|名称))(?:的?(?:名称|号码|姓名))?{_IS}{_ASKING}"
)
_ALIKE = tuple(frozenset(each.split()) for each in ("联系 咨询 办公 服务 业务 固定", "监督 举报 投诉"))
_ANOTHER_BEFORE = re.compile(
    rf"(?:负责|联系|项目|承担|受理|监督|主办|承办)(?:{_NOUNS})(?:[和与及、]|以及)$"
)  # 负责人和承担单位
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-—–]\d+)+|[A-Za-z]+\d{3,}")
_NAMING = frozenset("n nr nz ns nt vn j eng x l i nrt nrfg".split())
_SAYS_NOTHING = frozenset(
    "项目 课题 名称 编号 单位 部门 负责 负责人 人员 科技 计划 情况 信息 公示 公告 通知 文件 具体 内容 姓名 号码 联系 方式".split()
)
_UP_OR_OUT = r"(?:[上出过下报]来|[上出过]去)?"  # 推荐上来的
_JOINED = re.compile(r"[及与和、]")
_DEED_CHARS = 2  # of 处理 in 不合格处理
_RANK_ASKED = re.compile(
    r"(?:排名?|位列|位居|名列|居)[在列居为]?第(?P<at>[一二三四五六七八九十\d]{1,3})(?![批届期季轮章条])|第(?P<which>[一二三四五六七八九十\d]{1,3})[名位]"
)
_RANKS = frozenset("名次 排名 位次 排序 排行 名列".split())
_ROW_FIELDS = 3  # in one line: a row of a table, which is of one thing
_NAMED = 0.6  # of what the question names the record has so much
_IN_MANY_ROWS = re.compile(r"[-+.\d%]+|(?:不?予?通过|不?合格|结题|终止|优秀|良好|[是否无有])(?:验收)?")
_QUOTED_CHARS = 20


class _Told(NamedTuple):
    label: str
    label_start: int
    start: int
    end: int


class Field(NamedTuple):
    """A label without its bracket, where that and its value stand, and the line or block of lines that it is a part of."""

    label: str
    label_start: int
    start: int
    end: int
    record: Range


class Asked(NamedTuple):
    """What the question calls the field, and the labels of the passage that stand for it."""

    label: str
    labels: frozenset[str]
    at: Range  # in the question


@lru_cache(maxsize=512)  # the same for every candidate of a passage
def fields_of(text: str) -> tuple[Field, ...]:
    """Every labelled field, in order; those of one line are of one record, and lines that follow each other up to a label that comes again."""
    if "：" not in text and ":" not in text:
        return ()
    lines: list[tuple[Range, list[_Told]]] = []
    start = 0
    for line in text.split("\n"):
        lines.append(((start, start + len(line)), list(_in_line(text, start, start + len(line)))))
        start += len(line) + 1
    found: list[Field] = []
    block: list[tuple[Range, list[_Told]]] = []
    for place, fields in lines:
        labels = {label for _, each in block for label, *_ in each}
        if block and (not fields or len(fields) >= _ROW_FIELDS or any(label in labels for label, *_ in fields)):
            found += _of_one_record(block)
            block = []
        if fields:
            block.append((place, fields))
        if len(fields) >= _ROW_FIELDS:
            found += _of_one_record(block)
            block = []
    return tuple(found + _of_one_record(block))


def _in_line(text: str, start: int, end: int) -> list[_Told]:
    found = _in_row(text, start, end)
    if found:
        return found
    at = start
    while match := _FIELD.search(text, at, end):
        first, last = match.span("value")
        following = _NEXT_LABEL.search(text, first, last)
        if following:
            last = following.start()
        at = max(last, match.end("label") + 1)
        while last > first and text[last - 1] in " 　，,。、":
            last -= 1
        if last > first and not _SENTENCES.search(text, first, last):
            found.append(_Told(re.sub(rf"{_BRACKET}$|\s", "", match["label"]), match.start("label"), first, last))
        if following:
            at = following.start() + 1
    return found


def _in_row(text: str, start: int, end: int) -> list[_Told]:
    """The cells of a row of a table."""
    cells: list[re.Match[str]] = []
    for part in re.finditer(r"[^；;]+", text[start:end]):
        cell = _CELL.fullmatch(text, start + part.start(), start + part.end())
        if cell is None or _NEXT_LABEL.search(cell["value"]):  # 联系方式：张三，电话：12345
            return []
        cells.append(cell)
    if sum(cell["label"] is not None for cell in cells) < _ROW_FIELDS or cells[-1]["label"] is None:
        return []
    return [
        _Told(re.sub(rf"{_BRACKET}$|\s", "", cell["label"]), cell.start("label"), *_trimmed(text, *cell.span("value")))
        for cell in cells
        if cell["label"]
    ]


def _trimmed(text: str, start: int, end: int) -> Range:
    while end > start and text[end - 1] in " 　，,。、":
        end -= 1
    while start < end and text[start] in " 　":
        start += 1
    return start, end


def _of_one_record(block: list[tuple[Range, list[_Told]]]) -> list[Field]:
    if not block:
        return []
    record = (block[0][0][0], block[-1][0][1])
    return [Field(*each, record) for _, fields in block for each in fields]


def asked_field(question: Question, view: PassageView) -> Asked | None:
    """The field that is asked for, by its label or a close form of it (由哪个单位承担 for 承担单位); ``None`` where none is. A column of
    figures (企业数：42) is looked for by :mod:`qa.answering.candidates.cell`.
    """
    labels = frozenset(
        each.label
        for each in fields_of(view.text)
        if _NOUN.fullmatch(each.label) or not _FIGURE.fullmatch(view.text, each.start, each.end)
    )
    return _asked(question.text, labels) if labels else None


@lru_cache(maxsize=512)  # the same for every candidate of a question
def _asked(text: str, labels: frozenset[str]) -> Asked | None:
    found = []
    for label in labels - _OF_ANY:
        match = _label_asked(label).search(text) or _otherwise_asked(label, text)
        if match and _asks_for_it(match):
            found.append(Asked(label, frozenset({label}), match.span()))
    called = _CALLED.search(text)
    if called and _asks_for_it(called) and called["label"] not in labels:
        alike = frozenset(each for each in labels if _is_close(called["label"], each))
        return Asked(called["label"], alike, called.span("label"))
    best = max(found, key=lambda each: (each.label in text, len(each.label), each.label), default=None)
    beside = _ANOTHER_BEFORE.search(text, 0, best.at[0]) if best is not None else None
    return Asked(f"{beside.group()}{best.label}", frozenset(), best.at) if best and beside else best


def _asks_for_it(match: re.Match[str]) -> bool:
    """Whether the asking word is the label's own: 甲是哪个项目的负责人 asks for no 负责人."""
    return _ASKS.search(match.group()) is not None or _ASKS.search(match.string) is None


@lru_cache(maxsize=512)
def _label_asked(label: str) -> re.Pattern[str]:
    # 工作单位及职务 is asked for as 单位职务 (or 单位是什么职务, once 是什么 is put in), 不合格处理 as 不合格怎么处理
    name = r"(?:[及与和、]|是什么)?".join(
        map(re.escape, _JOINED.split(label.removeprefix("工作").removeprefix("所在")))
    )
    is_it = _IS if _NOUN.fullmatch(label) else _IS.replace("|在|", "|")  # 企业在哪个旗区 asks for no 企业
    how = rf"|{re.escape(label[:-_DEED_CHARS])}的?[话后了]?[，,]?(?:要|会|应|该|将|是)?(?:怎么|怎样|如何|咋){re.escape(label[-_DEED_CHARS:])}"
    return re.compile(
        rf"{name}(?:的?(?:名称|名字|号码|姓名))?{is_it}{_ASKING}|(?:谁|哪一?[个家位]?|什么)(?:是|为|才是)?{name}[？?]?$"
        + (how if len(label) >= 2 * _DEED_CHARS else "")
    )


def _otherwise_asked(label: str, text: str) -> re.Match[str] | None:
    """A close form of the label: 哪个项目 for 项目名称, 编号 for 项目编号, 由谁受理 for 受理部门."""
    if _TITLES.fullmatch(label):
        return _ASKS_FOR_TITLE.search(text)
    if _CODES.fullmatch(label):
        return _ASKS_FOR_CODE.search(text)
    does = _BY_WHOM.fullmatch(label)
    return _by_whom(does["does"]).search(text) if does else None


@lru_cache(maxsize=512)
def _by_whom(does: str) -> re.Pattern[str]:
    verb = re.escape(does)
    return re.compile(
        rf"{_WHO}(?:来|负责)?{verb}{_UP_OR_OUT}(?:的|了)?[？?]?$|{verb}(?:的|了)?(?:{_OFFICES}|人){_IS}{_ASKING}|{_WHO}(?:来|负责)?{verb}(?:的|了)?[^，。？?]{{0,30}}(?:项目|课题)[？?]?$"
    )


_COMPLAINTS = re.compile(r"(?:监督|投诉|举报|信访)+")


def _is_close(asked: str, label: str) -> bool:
    """负责人 and 项目负责人 are one, 受理单位 and 受理部门 too, 联系电话 and 咨询电话; 监督电话 is another one, and no mere 电话."""
    if asked in label or label in asked:
        longer, shorter = (asked, label) if label in asked else (label, asked)
        return longer.replace(shorter, "", 1) in {"", *_BARE_BESIDE}
    if {asked, label} == {"联系人", "联系单位"}:
        return True  # 联系人：市科技局规划科  张三
    one, other = (re.sub(rf"(?:{_OFFICES}|人|电话)$", "", each) for each in (asked, label))
    if asked.endswith("电话") is not label.endswith("电话") or asked.endswith("人") is not label.endswith("人"):
        return False
    if _COMPLAINTS.fullmatch(one) and _COMPLAINTS.fullmatch(other):  # 投诉举报电话 is the 投诉电话 as well
        return one in other
    return one == other or any(one in each and other in each for each in _ALIKE)


def check_label(question: Question, view: PassageView, span: Range) -> Verdict:
    """The value of another label is no answer (监督部门：乙委 where 受理部门 is asked), nor that of another row than the one named."""
    asked = asked_field(question, view)
    if asked is None:
        return SOUND
    fields = fields_of(view.text)
    if any(each.label_start < span[1] <= each.start for each in fields):
        return Verdict(AbstainReason.SUBJECT, f"资料中这一处只是栏目的名称，不是{asked.label}的内容")
    held = [each for each in fields if each.start < span[1] and span[0] < each.end]
    other = next((each for each in held if each.label not in asked.labels), None)
    if other is not None:
        return Verdict(AbstainReason.SUBJECT, f"资料中这一处是{other.label}，不是{asked.label}")
    if question.kind is AnswerKind.LIST:
        return SOUND
    for each in held:
        if not is_of_it(question, view, asked, each):
            if not _named_besides(question, asked):
                return Verdict(AbstainReason.SUBJECT, f"资料中有几条各有{asked.label}，问题没有说是哪一条")
            name = next((value for record, value in _names_in_records(view) if record == each.record), "")
            return Verdict(AbstainReason.SUBJECT, f"资料中这一处是“{name[:_QUOTED_CHARS]}”那一条的")
    return SOUND


@lru_cache(maxsize=512)
def rank_asked(text: str) -> int:
    """3 of 排名第三的企业, 第三名; 0 where no rank is asked for."""
    match = _RANK_ASKED.search(text)
    value = parse_number(match["at"] or match["which"]) if match else None
    return int(value) if value is not None else 0


def ranks_in(text: str) -> dict[int, Range]:
    """The rows of a table that ranks (名次：3；企业：…), by their ranks."""
    ranked = ((each, parse_number(text[each.start : each.end])) for each in fields_of(text) if each.label in _RANKS)
    return {int(rank): each.record for each, rank in ranked if rank is not None}


def is_of_it(question: Question, view: PassageView, asked: Asked, field: Field) -> bool:
    """Whether the record of ``field`` is the one that the question names, or asks for by its rank; always where the passage has one such
    record, and that is no row of a table.
    """
    fields = fields_of(view.text)
    if (rank := rank_asked(question.text)) and (ranks := ranks_in(view.text)):
        return ranks.get(rank) == field.record
    records = {each.record for each in fields if each.label in asked.labels}
    in_a_row = sum(each.record == field.record for each in fields) >= _ROW_FIELDS and "\n" not in view.slice(
        field.record
    )
    if len(records) == 1 and not in_a_row:
        return True
    shares = {each: _share_named(question, view, asked, each) for each in records}
    own = shares.pop(field.record)
    return (
        own >= _NAMED and own > max(shares.values(), default=0.0) and not _names_another(question, view, field.record)
    )


def _names_another(question: Question, view: PassageView, record: Range) -> bool:
    """Whether the question holds a name that stands in another row alone: 李四负责的荞麦项目 is not 王五's."""
    return any(
        value not in view.slice(record)
        for each, value in _names_in_records(view)
        if each != record and value in question.text
    )


def _names_in_records(view: PassageView) -> list[tuple[Range, str]]:
    values = [(each.record, view.text[each.start : each.end]) for each in fields_of(view.text)]
    return [(record, value) for record, value in values if len(value) > 1 and not _IN_MANY_ROWS.fullmatch(value)]


def _share_named(question: Question, view: PassageView, asked: Asked, record: Range) -> float:
    """The share of what the question names besides the field that the record holds; 0 without a code or a person that it names."""
    text = question.text
    row = view.folded[slice(*record)].lower()
    if any(match.group().lower() not in row for match in _CODE.finditer(text)):
        return 0.0
    whole = [(text.find(each), len(each)) for row_of, each in _names_in_records(view) if row_of == record]
    told = [(at, at + length) for at, length in whole if at >= 0]
    named = _named_besides(question, asked)
    held = [each for each in named if each.text in row or any(a < each.end and each.start < b for a, b in told)]
    if any(each.tag.startswith("nr") and each not in held for each in named):
        return 0.0
    above = [each for each in named if each.text in view.background and each not in held]  # 赤峰市 of the title
    lacking = sum(len(each.text) for each in named if each not in held and each not in above)
    own = sum(len(each.text) for each in held) + sum(b - a for a, b in told)
    return own / (own + lacking) if own else 0.0


def _named_besides(question: Question, asked: Asked) -> list[Word]:
    """The question's names, nouns and codes outside the words that ask for the field."""
    return [
        word
        for word in question.words
        if (word.tag in _NAMING or _CODE.search(word.text))
        and len(word.text) > 1
        and word.text not in _SAYS_NOTHING
        and word.text not in asked.label
        and not (asked.at[0] <= word.start and word.end <= asked.at[1])
    ]
