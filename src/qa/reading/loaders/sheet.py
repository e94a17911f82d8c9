"""Workbooks: each row with its header, so that a cell answers a question on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from qa.errors import DocumentError
from qa.ports import Loaded, SourceLine, SourcePage
from qa.reading.loaders.isolated import PARSING
from qa.reading.loaders.limits import MAX_BINARY_BYTES, MAX_CELLS, PARSE_LIMIT_S
from qa.reading.loaders.package import Package
from qa.reading.loaders.tables import table_lines
from qa.reading.loaders.work_folder import work_folder

_DEFAULT_NAME = re.compile(r"(?:Sheet|工作表|表)\s?\d*", re.IGNORECASE)
_CALAMINE_SUFFIXES = {".xls": ".xls", ".et": ".xls", ".ods": ".ods", ".xlsb": ".xlsb"}
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class SheetLoader:
    """Reads .xlsx, .xls, .et, .ods and .xlsb. Macros are never run; a formula is its saved result."""

    suffixes: tuple[str, ...] = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".xlsb")
    max_bytes: int = MAX_BINARY_BYTES

    def load(self, data: bytes, name: str) -> Loaded:
        """A line a row, a page a sheet. Raises :class:`DocumentError`."""
        suffix = _suffix(data, name)
        with work_folder() as folder:
            path = Path(folder, f"file{suffix}")
            path.write_bytes(data)
            found = PARSING.call(
                "qa.reading.loaders.sheet_rows:read_sheets", [str(path), name], name=name, limit_s=PARSE_LIMIT_S
            )
        lines: list[SourceLine] = []
        pages = []
        only = sum(bool(sheet["rows"]) for sheet in found["sheets"]) == 1
        for number, sheet in enumerate(found["sheets"], start=1):
            pages.append(SourcePage(number, sheet["name"]))
            rows = list(sheet_lines(sheet["rows"], number))
            captioned = only and bool(rows) and not rows[0].table  # a caption says more than 经济
            if rows and not captioned and not _DEFAULT_NAME.fullmatch(sheet["name"]):
                lines.append(SourceLine(sheet["name"], heading=1, whole=True, page=number))
            lines += rows
        if not lines:
            raise DocumentError(
                f"{name} 里没有内容", reason="所有工作表都是空的", hint="补上内容，或从资料文件夹中移走"
            )
        return Loaded.of_lines(lines, _warnings(found), pages)


def _suffix(data: bytes, name: str) -> str:
    """What the content is, whatever the name says."""
    suffix = _CALAMINE_SUFFIXES.get(Path(name).suffix.lower(), ".xlsx")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise DocumentError(
                f"{name} 有打开密码", reason="内容已加密", hint="用密码打开后另存为不加密的文件，再放入资料文件夹"
            )
        return ".xls"
    if data.startswith(b"PK"):
        Package(data, name)  # bounds on what it unpacks to
        return ".xlsx" if suffix == ".xls" else suffix
    raise DocumentError(
        f"{name} 不是表格文件", reason="文件已损坏，或扩展名与内容不符", hint="用原软件打开后另存为 .xlsx，再放入"
    )


def sheet_lines(rows: Sequence[Sequence[str]], page: int | None = None) -> Iterator[SourceLine]:
    """The lines of one sheet: empty rows part its tables, a cell that stands alone in its row is a line."""
    for table in _tables(rows):
        first = 0
        while first < len(table) and (alone := _alone(table[first])):
            yield SourceLine(alone, whole=True, page=page)
            first += 1
        last = len(table)
        while last > first and _alone(table[last - 1]):
            last -= 1
        kept = _without_empty_columns(table[first:last])
        yield from table_lines(kept, page=page)
        for row in table[last:]:
            yield SourceLine(_alone(row), whole=True, page=page)


def _tables(rows: Sequence[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    table: list[Sequence[str]] = []
    for row in rows:
        if any(cell.strip() for cell in row):
            table.append(row)
        elif table:
            yield table
            table = []
    if table:
        yield table


def _alone(row: Sequence[str]) -> str:
    """The only text of a row, be it in one cell or merged over several; "" when there are more."""
    texts = {" ".join(cell.split()) for cell in row} - {""}
    return next(iter(texts)) if len(texts) == 1 else ""


def _without_empty_columns(rows: list[Sequence[str]]) -> list[list[str]]:
    width = max(map(len, rows), default=0)
    used = [column for column in range(width) if any(column < len(row) and row[column].strip() for row in rows)]
    return [[row[column] if column < len(row) else "" for column in used] for row in rows]


def _warnings(found: dict[str, object]) -> list[str]:
    warnings = []
    sheets = found["sheets"]
    assert isinstance(sheets, list)
    if hidden := [sheet["name"] for sheet in sheets if sheet["hidden"] and sheet["rows"]]:
        warnings.append(f"隐藏的工作表也读入了：{'、'.join(hidden[:5])}")
    if found["formulas"]:
        warnings.append(
            f"有 {found['formulas']} 个公式保存时没有算出结果，其单元格按空白读入；用表格软件打开并保存一次即可"
        )
    if found["fractions"]:
        warnings.append("这种格式里的百分数按小数读入（5.1% 读作 0.051）；另存为 .xlsx 再放入即按原样读入")
    cut = found["cut"]
    if isinstance(cut, list) and cut:
        warnings.append(f"单元格超过 {MAX_CELLS} 个的上限，从工作表“{cut[0]}”起没有读完；请拆成几个文件")
    return warnings
