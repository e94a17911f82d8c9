"""Separated values: .csv and .tsv in any Chinese encoding."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from qa.errors import DocumentError
from qa.ports import Loaded
from qa.reading.loaders.apart import parsed_apart
from qa.reading.loaders.encodings import decode
from qa.reading.loaders.files import MAX_FILE_BYTES
from qa.reading.loaders.limits import MAX_CELLS
from qa.reading.loaders.sheet import sheet_lines

_DELIMITERS = ",\t;|，"
_SAMPLE_LINES = 50


class CsvLoader:
    """Reads .csv and .tsv; encoding and separator are found out."""

    suffixes: tuple[str, ...] = (".csv", ".tsv")
    max_bytes: int = MAX_FILE_BYTES

    def load(self, data: bytes, name: str) -> Loaded:
        """A line a row with its header. Raises :class:`DocumentError`."""
        return parsed_apart(parse, data, name)


def parse(data: bytes, name: str) -> Loaded:
    """The rows of a text table. Raises :class:`DocumentError`. Runs in the child process."""
    decoded = decode(data)
    if decoded is None or "\x00" in decoded.text:
        raise DocumentError(
            f"{name} 不是文本表格",
            reason="内容是二进制数据或编码无法识别",
            hint="用表格软件另存为 UTF-8 的 CSV，或直接放入 .xlsx",
        )
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    separator = "\t" if Path(name).suffix.lower() == ".tsv" else delimiter(text)
    rows, cut = _rows(text, separator)
    lines = list(sheet_lines(rows))
    if not lines:
        raise DocumentError(f"{name} 里没有内容", reason="没有一格有文字", hint="补上内容，或从资料文件夹中移走")
    warnings = []
    if not decoded.encoding.startswith("utf-8"):
        warnings.append(f"按 {decoded.encoding.upper()} 编码读取，请核对有无乱码；建议另存为 UTF-8")
    if decoded.bad_bytes:
        warnings.append(f"有 {decoded.bad_bytes} 处字节无法解码，已用 � 代替")
    if cut:
        warnings.append(f"单元格超过 {MAX_CELLS} 个的上限，后面的行没有读入；请拆成几个文件")
    return Loaded.of_lines(lines, warnings, encoding=decoded.encoding)


def delimiter(text: str) -> str:
    """The separator that cuts the first lines into the same number of cells, more than one; a comma when none does."""
    sample = "\n".join(text.split("\n")[:_SAMPLE_LINES])
    best = (0.0, ",")
    for mark in _DELIMITERS:
        widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=mark) if row]
        usual = max(set(widths), key=widths.count) if widths else 1
        if usual > 1:
            best = max(best, (widths.count(usual) / len(widths), mark), key=lambda each: each[0])
    return best[1]


def _rows(text: str, separator: str) -> tuple[list[list[str]], bool]:
    """(the rows, whether there were more than may be read)."""
    rows: list[list[str]] = []
    cells = 0
    csv.field_size_limit(max(csv.field_size_limit(), MAX_FILE_BYTES))
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        rows.append(row)
        cells += len(row)
        if cells > MAX_CELLS:
            return rows, True
    return rows, False
