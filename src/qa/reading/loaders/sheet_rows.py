"""The cells of a workbook as they are shown, read by calamine. Runs in the child process.

calamine gives values without their number formats, so percentages are looked up in the file: .051 shown as 5.1% is read as 5.1%.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import DocumentError
from qa.reading.loaders.limits import MAX_CELLS, MAX_MEMBER_BYTES
from qa.reading.loaders.package import Package

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BUILT_IN_PERCENT = {"9": 0, "10": 2}
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')

Cells = dict[tuple[int, int], int]
"""(row, column) from 0 → digits after the point of a cell shown as a percentage."""


def read_sheets(path: str, name: str) -> dict[str, Any]:
    """``{"sheets": [{"name", "rows", "hidden"}], "formulas": n, "fractions": n, "cut": [names]}``.

    ``rows`` are lists of strings, cells merged over several places in each of them; ``formulas`` counts those that were saved
    without a result; ``fractions`` the values below 1 in a format whose percentages are not told; ``cut`` names sheets that were not read to their end.
    """
    import python_calamine

    formats = _Formats(path) if Path(path).suffix == ".xlsx" else None
    try:
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            sheets: list[dict[str, Any]] = []
            left = MAX_CELLS
            cut: list[str] = []
            fractions = 0
            for index, about in enumerate(book.sheets_metadata):
                if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_index(index)
                percents = formats.percents(about.name) if formats else {}
                rows = _rows(sheet, percents, left)
                left -= sum(map(len, rows))
                fractions += formats is None and sum(cell.startswith(("0.", "-0.")) for row in rows for cell in row)
                if left <= 0:
                    cut.append(about.name)
                hidden = about.visible != python_calamine.SheetVisibleEnum.Visible
                sheets.append({"name": about.name, "rows": rows, "hidden": hidden})
                if left <= 0:
                    break
            formulas = formats.formulas if formats else 0
            return {"sheets": sheets, "formulas": formulas, "fractions": fractions, "cut": cut}
    except python_calamine.PasswordError as error:
        raise DocumentError(
            f"{name} 有打开密码", reason="内容已加密", hint="用密码打开后另存为不加密的文件，再放入资料文件夹"
        ) from error
    except (python_calamine.CalamineError, OSError) as error:
        text = str(error)
        if "assword" in text or "ncrypt" in text:
            raise DocumentError(
                f"{name} 有打开密码", reason="内容已加密", hint="用密码打开后另存为不加密的文件，再放入资料文件夹"
            ) from error
        raise DocumentError(
            f"{name} 读不出来",
            reason="表格文件损坏、被截断，或扩展名与内容不符",
            hint="用原软件打开后另存为 .xlsx，再放入",
        ) from error


def _rows(sheet: CalamineSheet, percents: Cells, most: int) -> list[list[str]]:
    side = (sheet.start or (0, 0))[1]  # calamine gives rows from the sheet's first, columns from the first that is used
    rows: list[list[str]] = []
    cells = 0
    for number, values in enumerate(sheet.iter_rows()):
        rows.append([shown(value, percents.get((number, side + column))) for column, value in enumerate(values)])
        cells += len(values)
        if cells >= most:
            break
    for (first_row, first_column), (last_row, last_column) in sheet.merged_cell_ranges or ():
        text = _cell(rows, first_row, first_column - side)
        for row in range(first_row, min(last_row + 1, len(rows))):
            for column in range(max(0, first_column - side), min(last_column - side + 1, len(rows[row]))):
                rows[row][column] = text
    return rows


def _cell(rows: list[list[str]], row: int, column: int) -> str:
    return rows[row][column] if row < len(rows) and 0 <= column < len(rows[row]) else ""


def shown(value: object, percent_digits: int | None = None) -> str:
    """A cell's value as a sheet shows it: whole numbers without a point, days in ISO form, at most 15 digits."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        if percent_digits is not None:
            return f"{Decimal(repr(value)) * 100:.{percent_digits}f}%"
        return _number(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("seconds")
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def _number(value: float) -> str:
    if isinstance(value, float) and not value.is_integer():
        short = format(value, ".15g")
        return format(Decimal(short), "f") if "e" in short else short
    return str(int(value))


class _Formats:
    """What an .xlsx says of its cells beside their values; empty for a package that is not laid out as usual."""

    def __init__(self, path: str) -> None:
        self.formulas = 0
        package = Package(Path(path).read_bytes(), Path(path).name)
        self._percents: dict[str, Cells] = {}
        try:
            styles = _percent_styles(package)
            for name, part in _sheet_parts(package).items():
                self._percents[name] = self._read(package, part, styles)
        except (KeyError, DocumentError):
            self._percents = {}

    def percents(self, name: str) -> Cells:
        return self._percents.get(name, {})

    def _read(self, package: Package, part: str, styles: dict[str, int]) -> Cells:
        found: Cells = {}
        root = package.xml(part, MAX_MEMBER_BYTES)
        for cell in root.iter(f"{_MAIN}c"):
            if cell.find(f"{_MAIN}f") is not None and not (cell.findtext(f"{_MAIN}v") or ""):
                self.formulas += cell.get("t") != "str"
            digits = styles.get(cell.get("s") or "")
            place = _REFERENCE.fullmatch(cell.get("r") or "")
            if digits is not None and place:
                found[int(place[2]) - 1, _column(place[1])] = digits
        return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _percent_styles(package: Package) -> dict[str, int]:
    """Index of a cell style → digits after the point, for styles that show a percentage."""
    root = package.xml("xl/styles.xml", MAX_MEMBER_BYTES)
    digits: dict[str, int] = dict(_BUILT_IN_PERCENT)
    for form in root.iter(f"{_MAIN}numFmt"):
        code = _QUOTED.sub("", (form.get("formatCode") or "").split(";")[0])
        if "%" in code:
            digits[form.get("numFmtId") or ""] = len(re.findall(r"[0#?]", code.partition(".")[2]))
    styles = root.find(f"{_MAIN}cellXfs")
    if styles is None:
        return {}
    forms = (style.get("numFmtId") or "" for style in styles)
    return {str(index): digits[form] for index, form in enumerate(forms) if form in digits}


def _sheet_parts(package: Package) -> dict[str, str]:
    """Name of a sheet → its part."""
    relations = {
        relation.get("Id"): (relation.get("Target") or "").lstrip("/").removeprefix("xl/")
        for relation in package.xml("xl/_rels/workbook.xml.rels", MAX_MEMBER_BYTES)
    }
    identity = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    sheets = package.xml("xl/workbook.xml", MAX_MEMBER_BYTES).iter(f"{_MAIN}sheet")
    return {
        sheet.get("name") or "": f"xl/{relations[sheet.get(identity)]}"
        for sheet in sheets
        if sheet.get(identity) in relations
    }
