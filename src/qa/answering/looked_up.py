"""The cell of a table that a question asks for word by word: its row, its column and what the table is of are all there is in it.

A network that reads rows of figures takes a neighbour's now and then. Here nothing is weighed: every word of the question must be the
name of the row, of the column, of the time or of what stands above the table, and one cell alone may fit, else there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qa.answering.candidates.figure import unit_fit
from qa.answering.keywords import asks_whether
from qa.answering.tables import (
    Cell,
    Row,
    bare,
    forms_of,
    is_among,
    parts_of,
    rows_of,
    says_nothing,
    unit_in,
    unit_of,
    without_explanation,
    years_told,
)
from qa.answering.view import PassageView, Range
from qa.records import AnswerKind, Passage, Question
from qa.text.normalise import comparable
from qa.text.numbers import find_numbers
from qa.text.places import place_root, province_of

_ASKING = re.compile(
    r"(?:请问|请|帮我|查一下|查|想知道|告诉我|一下|一共|总共|共有|共|有|是|的|为|了|在|里|中|达到|达|到底|到|完成|实现|获得|获|得到|得"
    r"|多少|几|什么|数量|数额|数值|数|金额|值|个|家|名|人|位|项|件|份|户|所|次|种|台|辆|座|那|这|给|几个亿|亿元|万元|千元|元|钱|百分之|着|定了|下达|呢|吗|啊|呀)*"
)
_CHANGES = re.compile(
    r"新增|净增|增[长加减速幅]|下降|减少|同比|环比|[比较]上|占|比重|比例|平均|人均|目标|计划|排名|第[一二三\d]|各|分别"
)
_TOTAL = re.compile(r"(?P<stem>.*?)(?:合计|小计|总计|共计|总数|总和)$")
_TOTAL_ASKED = re.compile(r"合计|小计|总计|共计|总数|总和|一共|总共|共有")
_A_CHANGE = re.compile(
    r"(?:同比|环比|[比较]上年|[比较]上月)?(?:增长|增减|增速|增幅|下降|变化)(?:率|额|值|幅度)?|同比|环比"
)
_ASIDE = re.compile(r"备注|说明|联系|电话|负责|地址|日期|依据|来源")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年度?)?(?!\d)")
_THAT_YEAR = re.compile(r"[去今前上本]年")
_WITHIN_A_YEAR = re.compile(r"[上下]半年|季度|(?<!\d)\d{1,2}月(?!\d{1,2}日)")
_WHOLE_YEAR = re.compile(r"(?:19|20)\d\d年?度?|[去今前上本]年|全年|年?[底末]|的|^年$")
_A_PLACE = re.compile(r"[一-鿿]{1,10}[市旗县区盟州省乡镇]$|苏木$")
_AIM_ASKED = re.compile(r"(?:目标|任务|计划|指标)+数?")
_AIM_WORDS = re.compile(r"(?:年度|全年)?(?:目标|任务|计划|指标)+数?")
_IMPLIED = {"科技型中小企业": "入库"}  # such an enterprise is one by being entered in the national list
_GIVERS = {
    "市级": ("市级财政", "市本级财政", "市财政"),
    "自治区级": ("自治区财政",),
    "旗级": ("旗财政",),
    "县级": ("县财政",),
}
_AIM = re.compile(r"目标|任务|计划数|预期|力争|应完成")
_DONE = re.compile(r"完成(?!时)|进展|进度|实绩|通报|总结")
_NO_NAME = re.compile(r"..?|自治区|开发区|高新区|经开区|(?:全|我|本|各|其他|其它|其余|所有).*")
_HOME = re.compile(r"[我本全](?P<kind>[市旗县区盟州省])")
_SCALE = re.compile(r"(?:亿|千万|百万|万|千)?元")
_LEAST_CHARS = 2  # of a name: 甲 stands in any question by chance
_SOME_VALUE = "3"  # 0.00 is no number to speak of, but its unit is
_SAID_BRIEFLY = frozenset("住")
_THAT_ONE = re.compile(r"(?:那个|那项|这个|这项|该)(?P<kind>[一-鿿])")
_UNSAID_KIND = re.compile(r"(?<=.{4})(?:技术|项目|工程|课题|成果)$")  # 绒山羊选育 of 绒山羊选育技术
_LEAST_NAME = 4  # of a project or a company that needs no other label beside it
_LEAST_ROOT = 3  # of a place without its 市
_SIGNED_FOR_THE_YEAR_BEFORE = 3  # month up to which a paper tells of the year before more often than not


class LookedUp(NamedTuple):
    """The cell's figure stands at ``place`` of the passage of ``view``; ``unit`` is what column, row or table give it, where it has none."""

    view: PassageView
    place: Range
    unit: str


class _Found(NamedTuple):
    view: PassageView
    row: Row
    cell: Cell
    named: int  # characters of the question that name its row and column
    year: int | None


def looked_up(question: Question, views: Sequence[PassageView], *, totals: bool = False) -> LookedUp | None:
    """The one cell that the question names; ``None`` where there is none, or several that differ (of two years the later one counts, where
    no time is asked for). With ``totals`` the row 合计 is that of the document's own place, also where the question says no 合计.
    """
    if question.kind is not AnswerKind.NUMBER and not _names_alone(question):
        return None
    found = [each for view in views for each in _in_passage(question, view, totals)]
    most = max((each.named for each in found), default=0)
    found = [each for each in found if each.named == most]
    if not question.periods and all(each.year is not None for each in found):
        latest = max((each.year or 0 for each in found), default=0)
        found = [each for each in found if each.year == latest]
    if len({each.cell.value for each in found}) != 1:
        return None
    best = found[0]
    return LookedUp(
        best.view,
        (best.cell.start, best.cell.end),
        unit_of(best.view.text, best.view.passage.lead, best.row, best.cell),
    )


def _names_alone(question: Question) -> bool:
    """Whether no word asks, as where a row and a column are typed by their names: 甲项目 支持总额."""
    asks = question.interrogative is not None or "是什么" in question.text or asks_whether(question.text)
    return question.kind is AnswerKind.CLAUSE and not asks


def _in_passage(question: Question, view: PassageView, totals: bool) -> Iterator[_Found]:
    parent = ""
    for row in rows_of(view.text):
        if not is_among(row.labels[0]):
            parent = row.labels[0]
        asked = _Asked(question, view, row, totals)
        if not asked.names_row(row, parent):
            continue
        above = ""
        for cell in row.cells:
            if not cell.is_measured:
                continue
            if not is_among(cell.header) and not _A_CHANGE.fullmatch(bare(cell.header)):
                above = cell.header
            each = asked.copy()
            if each.names_column(cell, above) and each.is_all_told(row, cell):
                yield _Found(view, row, cell, each.named, each.year)


class _Asked:
    """A question before one row: which of its characters are told there."""

    def __init__(self, question: Question, view: PassageView, row: Row, totals: bool) -> None:
        self._question = question
        self._totals = totals
        self._is_of_the_whole = False  # a row 合计 that the question does not name
        self._view = view
        self._passage = view.passage
        told = comparable(view.text[row.start : row.end] + view.passage.context)
        self._text = comparable(question.text)
        for name, other in ((comparable(a), comparable(b)) for a, b in question.names):
            if name not in told and other in told:
                self._text = self._text.replace(name, other)
        self._names = [(comparable(name), comparable(other)) for name, other in question.names]
        self._told = [False] * len(self._text)
        self._labels: list[str] = []
        self._measure = False
        self.named = 0
        self.year: int | None = None

    def copy(self) -> _Asked:
        other = object.__new__(_Asked)
        other.__dict__.update(self.__dict__)
        other._told = list(self._told)
        return other

    def names_row(self, row: Row, parent: str) -> bool:
        """Whether every label of ``row`` is in the question; ``parent`` is the row that it is a part of."""
        labels = [each for each in row.cells if each.value in row.labels and not _ASIDE.search(each.header)]
        self._labels = [each.value for each in labels if self._names_label(each.value)]
        # A project is one by its name alone, a place (甲县; 外资企业) is not.
        alone = any(len(each) >= _LEAST_NAME and not _A_PLACE.fullmatch(each) for each in map(bare, self._labels))
        if len(self._labels) < len(labels) and not alone:
            return False
        if alone:  # 凉城的岱海项目, where the row has 凉城县
            places = (bare(each.value) for each in labels if each.value not in self._labels)
            for place in places:
                if _A_PLACE.fullmatch(place):
                    self._mark(place[:-1])
        if is_among(row.labels[0]):
            self._mark(bare(parent))
        self.named = sum(self._told)
        return bool(self._labels)

    def _names_label(self, value: str) -> bool:
        label = bare(value)
        total = _TOTAL.fullmatch(label)
        if total:
            stem = total["stem"]
            words = _TOTAL_ASKED.search(self._text)
            if self._totals and not stem and not words:
                self._is_of_the_whole = True
                return True
            if (stem or words) and (not stem or self._mark(stem)):
                if words:
                    self._mark(words[0])
                return True
            return False
        is_place = _A_PLACE.fullmatch(label) is not None
        forms = [*forms_of(label), *forms_of(bare(without_explanation(value)))]
        if is_place and len(label) > _LEAST_ROOT:
            forms.append(label[:-1])
        forms.append(_UNSAID_KIND.sub("", label))
        if not any(self._mark(form) for form in forms):
            return False
        self._measure = self._measure or not (is_place or _WHOLE_YEAR.sub("", _WITHIN_A_YEAR.sub("", label)) == "")
        return True

    def names_column(self, cell: Cell, above: str) -> bool:
        """Whether the question names the column of ``cell`` and is of its time; ``above`` is the column that it is a part of."""
        name = _YEAR.sub("", bare(cell.header))
        if not self._is_of_the_time(cell) or self._is_only_aimed_at(cell):
            return False
        parts = parts_of(cell.header)
        if parts and all(any(self._mark(form) for form in forms) or self._mark_words(forms) for forms in parts):
            self._measure = self._measure or not says_nothing(name)
        elif self._names_aim(name):
            self._measure = True
        elif not says_nothing(name):
            return False
        of_another = (
            self._mark(_YEAR.sub("", bare(above))) if is_among(cell.header) or _A_CHANGE.fullmatch(name) else False
        )
        self.named = sum(self._told)
        return of_another or not _A_CHANGE.fullmatch(name)

    def _mark_words(self, forms: Sequence[str]) -> bool:
        """Marks the words of a name where the question has every one of them, in whatever order: 登记了几项技术合同 of 技术合同登记."""
        for form in forms:
            words = [each.text for each in self._view.analyzer.words(form)]
            if len(words) > 1 and "".join(words) == form and all(len(each) >= _LEAST_CHARS for each in words):
                before = list(self._told)
                if all(self._mark(each) for each in words):
                    return True
                self._told = before
        return False

    def _names_aim(self, name: str) -> bool:
        """Whether the question asks for the aim that the column ``name`` tells, whatever both call it: 高企任务 of 高企年度计划数."""
        aim = _AIM_WORDS.search(name)
        asked = _AIM_ASKED.search(self._text)
        if aim is None or asked is None or not _AIM.search(asked[0] + "数"):
            return False
        of = name.replace(aim[0], "")
        return (self._mark(of) or self._mark_words(forms_of(of))) and self._mark(asked[0])

    def is_all_told(self, row: Row, cell: Cell) -> bool:
        """Whether what is left of the question only asks, or names what stands above the table; and whether the unit is the one asked for."""
        if _CHANGES.search(self._left()):
            return False
        headings = self._passage.heading_path
        self._measure = self._mark_shared(f"{self._passage.lead}\n{headings[-1] if headings else ''}") or self._measure
        if not self._mark_home() and self._is_of_the_whole:
            return False
        self._mark(comparable(unit_in(cell.header) or row.unit))
        for thing, state in _IMPLIED.items():
            if thing in cell.header:
                self._mark(state)
        kinds = "\n".join(each.header for each in row.cells if each.value in row.labels)  # 项目名称: 智慧牧场项目
        above = f"{self._passage.context}\n{self._passage.lead}"
        for level, givers in _GIVERS.items():  # what a 市级 plan gives, 市财政 gives
            if level in above:
                any(self._mark(each) for each in givers)
        for that in _THAT_ONE.finditer(self._text):
            start, end = that.span()
            while self._text[that.start("kind") : end + 1] in kinds and end < len(self._text):
                end += 1
            if that["kind"] in kinds:  # 那个榜, where the column is called 榜单名称
                self._told[start:end] = [True] * (end - start)
        self._mark_shared(f"{self._passage.context}\n{self._passage.issuer or ''}\n{kinds}")
        if not self._measure or not all(map(_ASKING.fullmatch, self._left().split("\n"))):
            return False
        return _has_the_unit(self._question, self._view, row, cell)

    def _left(self) -> str:
        """The stretches of the question that nothing told so far, a line each."""
        return "".join("\n" if told else letter for told, letter in zip(self._told, self._text, strict=True))

    def _mark(self, words: str) -> bool:
        """Marks every place of ``words``, or of another name of what they say (高企 for 高新技术企业), as told; whether there is one."""
        others = (words.replace(other, name) for name, other in self._names if other in words)
        return any(self._mark_as_written(each) for each in (*others, words))

    def _mark_as_written(self, words: str) -> bool:
        """A number is not the end of another (2月 of 12月); a time, which is looked at by itself, may stand inside (园区2月用电量)."""
        if len(words) < _LEAST_CHARS and words not in _SAID_BRIEFLY:
            return False
        begins = r"(?<!\d)" if words[0].isdigit() else ""
        ends = r"(?!\d)" if words[-1].isdigit() else ""
        between = "".join(f"(?:{re.escape(comparable(each.text))})?" for each in self._question.periods)
        letters = between.join(map(re.escape, words)) if len(words) > _LEAST_ROOT else re.escape(words)
        places = [match.span() for match in re.finditer(f"{begins}{letters}{ends}", self._text)]
        for start, end in places:
            self._told[start:end] = [True] * (end - start)
        return bool(places)

    def _mark_shared(self, text: str) -> bool:
        """Marks the longest stretches that are left and stand in ``text`` too; whether there is one that says something."""
        held = comparable(text)
        says = False
        at = 0
        while at < len(self._text):
            end = at
            while end < len(self._text) and not self._told[end] and self._text[at : end + 1] in held:
                end += 1
            words = self._text[at:end]
            if len(words) < _LEAST_CHARS:
                at += 1
                continue
            self._told[at:end] = [True] * (end - at)
            says = says or not (_ASKING.fullmatch(words) or says_nothing(words) or _WHOLE_YEAR.fullmatch(words))
            at = end
        return says

    def _mark_home(self) -> bool:
        """Marks the document's own place: by its name, its province's, or 全市; the last is not said where the row is of a part of it.
        Whether it is named.
        """
        region = self._passage.region or ""
        if not region:
            return False
        before = sum(self._told)
        root = place_root(region)
        for name in filter(None, (root, province_of(root))):
            for match in re.finditer(rf"{re.escape(name)}(?:自治区|[市旗县区盟州省](?!委|局))?", self._text):
                self._told[slice(*match.span())] = [True] * len(match[0])
        if not any(_A_PLACE.fullmatch(bare(label)) for label in self._labels):
            for match in _HOME.finditer(self._text):
                if region.endswith(match["kind"]):
                    self._told[slice(*match.span())] = [True] * len(match[0])
        return sum(self._told) > before

    def _is_of_the_time(self, cell: Cell) -> bool:
        """Whether the cell is of the time asked for; its year is that of its column, its row, its table, or its document."""
        above = (self._passage.lead, *reversed(self._passage.heading_path))
        self.year = _year_of(
            (cell.header, *self._labels, *above, self._before_the_table, self._passage.title), self._passage
        )
        own = comparable("；".join((cell.header, *self._labels)))
        table = comparable("；".join((*above, self._passage.title)))
        for period in self._question.periods:
            words = comparable(period.text)
            names_year = period.explicit_year or _THAT_YEAR.search(words)
            if names_year and not period.first.year == period.last.year == self.year:
                return False
            part = _WHOLE_YEAR.sub("", words)
            if part and not _holds(own, part) and not _holds(table, part):
                return False
            if not part and _WITHIN_A_YEAR.search(table):
                return False
            self._mark(words)
        return True

    def _is_only_aimed_at(self, cell: Cell) -> bool:
        """Whether the cell tells an aim (2025年目标任务分解表), where what there is, is asked for."""
        told = "\n".join((cell.header, self._passage.lead, *self._passage.heading_path[-1:], self._passage.title))
        return bool(_AIM.search(told)) and not _DONE.search(told) and not _AIM.search(self._text)

    @property
    def _before_the_table(self) -> str:
        rows = rows_of(self._view.text)
        return self._view.text[: rows[0].start]


def _holds(text: str, words: str) -> bool:
    return re.search(rf"(?<!\d){re.escape(words)}", text) is not None


def _year_of(told: Sequence[str], passage: Passage) -> int | None:
    """The year that the first of ``told`` names that names any, else that of the document's day; ``None`` where it names several."""
    years = years_told(told)
    if years:
        return min(years) if len(years) == 1 else None
    day = passage.date
    return day.year if day is not None and day.month > _SIGNED_FOR_THE_YEAR_BEFORE else None


def _has_the_unit(question: Question, view: PassageView, row: Row, cell: Cell) -> bool:
    """Whether the figure is told in the unit asked for: its own, its column's, its row's, or the one above the table (单位：万元)."""
    unit = unit_of(view.text, view.passage.lead, row, cell)
    asked = _SCALE.search(question.text.replace("几个亿", "几亿元"))
    told = _SCALE.search(unit or cell.value)
    if asked and (told is None or told[0] != asked[0]):
        return False  # 8460 of 万元 is no answer to 多少亿元: the figure alone would say so
    if "百分" in question.text and not re.search("[%％]", cell.value + unit):
        return False
    value = cell.value.lstrip("+-−")
    numbers = find_numbers((value if re.search("[1-9]", value) else _SOME_VALUE + value.lstrip("0,. ")) + unit)
    if unit and (not numbers or numbers[0].unit is None):  # of a rare one it is but known how it is written
        return question.unit is None or comparable(unit) in comparable(question.text)
    return (not unit and cell.value[-1].isdigit()) or (len(numbers) == 1 and unit_fit(question, numbers[0]) > 0)


def rows_asked_for(question: Question, views: Sequence[PassageView]) -> frozenset[str]:
    """The places that are rows of a table and that the question names: 甲市 is known to be one, though no list of places has it."""
    asked = comparable(question.text)
    labels = {bare(label) for view in views for row in rows_of(view.text) for label in row.labels}
    return frozenset(
        each for each in labels if _A_PLACE.fullmatch(each) and not _NO_NAME.fullmatch(each) and each in asked
    )
