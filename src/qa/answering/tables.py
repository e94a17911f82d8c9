"""Rows of tables as they stand in a passage (旗县：甲县；企业数（家）：42), taken apart into their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from qa.answering.view import PassageView
from qa.text.normalise import comparable
from qa.text.numbers import find_numbers

FIGURE = re.compile(
    r"[-+−]?\d[\d,]*(?:\.\d+)?\s?(?:[%％‰]|[十百千万亿]{1,2}|[十百千万亿]{0,2}(?:元|家|个|名|人|项|件|份|户|亩|所|次|台|辆|座|篇|册|吨|公里|公顷|平方米))?"
)
_FIGURE_CELL = re.compile(rf"(?P<header>[^；\n]{{1,60}})：(?P<value>{FIGURE.pattern})")
_CELL = re.compile(r"(?:(?P<header>[^；：\n]{1,60})：)?(?P<value>[^；\n]*)")
_BRACKETED = re.compile(r"\s*[（(](?:单位[：:])?([^（）()]{1,8})[）)]")
_ORDER = re.compile(r"^(?:(?:\d+|[一二三四五六七八九十]+)[.、．]\s*|[（(](?:\d+|[一二三四五六七八九十]+)[）)]\s*|#\s*)")
_AMONG = re.compile(r"^其中[：:]?\s*")
_UNIT_COLUMN = re.compile(r"(?:计量)?单位")
_UNIT_LINE = re.compile(r"(?:^|[\n（(])\s*(?:计量)?单位\s?[：:]\s?(?P<unit>[^\s；，）)]{1,8})")
_JOINED_UNITS = re.compile(r"[、，,/和]")
_MONEY_UNIT = re.compile(r"(?:亿|千万|百万|万|千)?元")
_OF_MONEY = re.compile(r"投资|资金|经费|金额|补[助贴]|产值|收入|支出|成本|费用|造价|[交销售贸]易?额")
_ROW_NUMBER = re.compile(r"序号|编号|代码|行次|排名|位次|名次")
_NUMBERS_ROWS = re.compile(r"序\s?号|行次|#")
_A_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年度?)?(?!\d)")
_YEARS_APART = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?年?\s?[—–－~～至到-]+\s?((?:19|20)\d\d)")
_UNITS_APART = re.compile(r"[、，,和]")
_PAIR = 2
_PERCENT = frozenset("%％")
_A_RATE = re.compile(r"同比|环比|增[长速幅]|占比|比[例重]|[一-鿿]率$|幅度|强度")
_RARE_UNIT = re.compile(
    r"[十百千万亿]?(?:场次?|批次?|班次|件次|户次|台套|人年|分|千瓦时|度|立方米|平方千米|小时|[课学]时|期|头|只|匹|株|棵|口|箱|年|月|天)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?:年度|年[底末初]?)?(?!\d)|(?:当年|本年度?|全年)(?=..)")
_EXPLAINED = re.compile(
    r"(?<=..)[（(][^（）()\d上下不非含除仅只半季底末初]*[）)]$"
)  # 众创空间（星创天地）, no （规模以上）
_IN_SPEECH = (
    ("增长", "增速"),
    ("同比增长", "增速"),
    ("支出", "花"),
    ("支出", "花费"),
    ("常住人口", "住"),
    ("申报", "报"),
    ("在校生", "生"),
    ("完成投资", "花"),
)  # what tables write, what is said
_UNSAID_END = re.compile(r"(?<=..)(?:总数|数量|个数|家数|人数|份数|金额|数额|经费|资金|数)$")
_SAYS_NOTHING = re.compile(
    r"年?度?(?:本年|当年|全年|年度)?(?:预算|决算|执行|完成|实际|统计)?(?:数量|数值|数额|金额|家数|个数|人数|总数|合计|总量|情况|数|值|额|量)?"
)


class Cell(NamedTuple):
    """One cell; ``value`` stands at ``[start, end)`` of the passage, ``header`` is the name of its column or empty."""

    header: str
    value: str
    start: int
    end: int

    @property
    def is_figure(self) -> bool:
        return FIGURE.fullmatch(self.value) is not None

    @property
    def is_measured(self) -> bool:
        """Whether it is a figure that tells something, not the number of its row."""
        return self.is_figure and self.header != "" and not _ROW_NUMBER.search(self.header)


class Row(NamedTuple):
    """One row, from ``start`` to ``end`` of the passage."""

    start: int
    end: int
    cells: tuple[Cell, ...]

    @property
    def labels(self) -> list[str]:
        """The words that say what the row is of."""
        named = (each for each in self.cells if not each.is_figure and not _UNIT_COLUMN.fullmatch(each.header))
        return [each.value for each in named if comparable(each.value)]

    @property
    def unit(self) -> str:
        """The unit that a column of its own gives, or that stands behind a label; empty where there is none."""
        told = [each.value for each in self.cells if _UNIT_COLUMN.fullmatch(each.header)]
        return next(filter(None, (*told, *map(unit_in, self.labels))), "")


@lru_cache(maxsize=2048)  # passages come up again from question to question
def rows_of(text: str) -> tuple[Row, ...]:
    """The rows in ``text``: lines of several cells, with something that says what they are of and a figure under a header."""
    return tuple(_rows(text)) if "；" in text else ()


def _rows(text: str) -> Iterator[Row]:
    start = 0
    for line in text.split("\n"):
        if "；" in line and "：" in line:
            row = Row(start, start + len(line), tuple(_cells(line, start)))
            if len(row.cells) > 1 and row.labels and any(each.is_measured for each in row.cells):
                yield row
        start += len(line) + 1


def _cells(line: str, at: int) -> Iterator[Cell]:
    for part in line.split("；"):
        match = _FIGURE_CELL.fullmatch(part) or _CELL.fullmatch(part)
        if match:
            start = at + match.start("value")
            yield Cell((match["header"] or "").strip(), match["value"].strip(), start, start + len(match["value"]))
        at += len(part) + 1


def unit_in(name: str) -> str:
    """The unit in brackets in the name of a row or a column: 家 of 高新技术企业（家）; empty where there is none."""
    return next((match[1] for match in _BRACKETED.finditer(name) if _is_unit(match[1])), "")


def unit_of(text: str, lead: str, row: Row, cell: Cell) -> str:
    """The unit of a bare figure: its column's, its row's, or the one above the table (单位：万元), in ``text`` or its ``lead``; empty where it
    has its own or none is told.
    """
    if not cell.value[-1:].isdigit():
        return ""
    lines = [match["unit"] for match in _UNIT_LINE.finditer(f"{lead}\n{text[: row.start]}")]
    above = (_of_the_column(each, cell.header) for each in reversed(lines))
    told = unit_in(cell.header) or row.unit or next((each for each in above if _is_unit(each)), "")
    return told or next((each for line in reversed(lines) if (each := _money_of(line, cell.header))), "")


def _of_the_column(units: str, header: str) -> str:
    """The unit that a line of several (单位：亿元、%) tells of a column: % of a growth or a share, the other one of the rest."""
    parts = _UNITS_APART.split(units)
    if len(parts) != _PAIR or sum(each in _PERCENT for each in parts) != 1:
        return units
    rate, other = sorted(parts, key=lambda each: each not in _PERCENT)
    return rate if _A_RATE.search(header) else other


def _money_of(line: str, header: str) -> str:
    """亿元 of 单位：万千瓦、亿元 for a column of money: where several units stand above, the only one of money is that of 总投资."""
    units = [each for each in _JOINED_UNITS.split(line) if _MONEY_UNIT.fullmatch(each)]
    return units[0] if len(units) == 1 and units[0] != line and _OF_MONEY.search(header) else ""


def bare(name: str) -> str:
    """The name of a row or a column without its unit, its number and 其中, as :func:`qa.text.normalise.comparable` has it."""
    name = _BRACKETED.sub(lambda match: "" if _is_unit(match[1]) else match[0], name)
    return comparable(_AMONG.sub("", _ORDER.sub("", name.strip())))


def forms_of(name: str) -> tuple[str, ...]:
    """How a question may name what is called ``name``: 企业数 also as 企业 (多少家企业), 实际支出 as 实际花 (了多少), 有效期内高新技术企业
    as 高新技术企业: one whose certificate has run out is none.
    """
    forms = [name, _UNSAID_END.sub("", name)]
    forms += [each.removeprefix("有效期内") for each in forms]
    said = (form.replace(written, spoken) for form in forms for written, spoken in _IN_SPEECH if written in form)
    return tuple(dict.fromkeys((*forms, *said)))


def without_explanation(name: str) -> str:
    """众创空间 of 众创空间（星创天地）; what a bracket tells apart (首次认定（规模以上）) stays."""
    return _EXPLAINED.sub("", name)


def parts_of(header: str) -> list[tuple[str, ...]]:
    """The forms of each part of a header of two rows (科技特派员（名） 国家级), which a question may name in any order; without its year."""
    names = (_YEAR.sub("", bare(part)) for part in header.split(" "))
    return [forms_of(name) for name in names if name]


def says_nothing(name: str) -> bool:
    """Whether the name of a column, without its year, tells nothing that a question would say: 数值, 预算数."""
    return _SAYS_NOTHING.fullmatch(name) is not None


def is_among(name: str) -> bool:
    """Whether a row or a column is a part of the one before: 其中：输出."""
    return _AMONG.match(_ORDER.sub("", name.strip())) is not None


def years_told(names: Sequence[str]) -> frozenset[int]:
    """The years that the first of ``names`` tells that tells any; 2021—2024年 tells those between as well."""
    for words in names:
        years = {int(year) for year in _A_YEAR.findall(words)}
        for first, last in _YEARS_APART.findall(words):
            years.update(range(int(first), int(last) + 1))
        if years:
            return frozenset(years)
    return frozenset()


def years_of_cell(view: PassageView, place: tuple[int, int]) -> frozenset[int]:
    """The years that a figure of a table is of: its column's, its row's, its table's, or those of the heading above; none where ``place`` is
    in no row or none is told. Of a stretch of several cells no column may tell a year of its own.
    """
    row = next((each for each in rows_of(view.text) if each.start <= place[0] < each.end), None)
    if row is None or place[1] > row.end:
        return frozenset()
    held = [each for each in row.cells if each.is_measured and each.start < place[1] and place[0] < each.end]
    if len(held) != 1 and any(_A_YEAR.search(each.header) for each in row.cells):
        return frozenset()
    header = held[0].header if len(held) == 1 else ""
    return years_told((header, *row.labels, view.passage.lead, *reversed(view.passage.heading_path)))


def is_row_number(text: str, place: tuple[int, int]) -> bool:
    """Whether ``place`` is the number of a row (序号：5), which tells nothing."""
    cells = (cell for row in rows_of(text) if row.start <= place[0] < row.end for cell in row.cells)
    return any(_NUMBERS_ROWS.fullmatch(cell.header) and cell.start <= place[0] < cell.end for cell in cells)


def row_cell_at(text: str, place: tuple[int, int]) -> Cell | None:
    """The measured cell that ``place`` of ``text`` is in."""
    cells = (cell for row in rows_of(text) if row.start <= place[0] < row.end for cell in row.cells)
    return next((cell for cell in cells if cell.is_measured and cell.start < place[1] and place[0] < cell.end), None)


def is_nameless(text: str, place: tuple[int, int]) -> bool:
    """Whether ``place`` is one of several figures of a row whose columns have no names: 甲县；42；86."""
    start, end = text.rfind("\n", 0, place[0]) + 1, text.find("\n", place[0])
    cells = list(_cells(text[start : end if end >= 0 else len(text)], start))
    figures = [each for each in cells if each.is_figure and not each.header]
    return len(figures) > 1 and any(each.start < place[1] and place[0] < each.end for each in figures)


@lru_cache(maxsize=1024)
def _is_unit(words: str) -> bool:
    numbers = find_numbers(f"3{words}")
    if "/" in words or _RARE_UNIT.fullmatch(words):  # 元/人, 件/万人
        return True
    return len(numbers) == 1 and numbers[0].unit is not None and numbers[0].unit_end == len(words) + 1
