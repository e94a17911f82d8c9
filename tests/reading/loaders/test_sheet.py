"""Workbooks and separated values: rows carry their header; figures are read as they are shown."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from qa.errors import DocumentError
from qa.reading.clean import clean
from qa.reading.loaders.csv_table import CsvLoader, delimiter
from qa.reading.loaders.sheet import SheetLoader
from qa.reading.loaders.sheet_rows import shown

TABLE = "指标：地区生产总值；2023年：5849.9；2024年：6363；增长：5.1%"


def workbook() -> bytes:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed)
    sheet = book.add_worksheet("主要指标")
    percent = book.add_format({"num_format": "0.0%"})
    sheet.merge_range("B2:E2", "2024年主要经济指标")
    sheet.write("E3", "单位：亿元")
    sheet.write_row("B4", ["指标", "2023年", "2024年", "增长"])
    sheet.write_row("B5", ["地区生产总值", 5849.9, 6363])
    sheet.write("E5", 0.051, percent)
    sheet.merge_range("B6:B7", "财政收入")
    sheet.write_row("C6", [600, 623.45])
    sheet.write_row("C7", [1, 2])
    sheet.write("B9", "注：2024年为初步核算数")
    second = book.add_worksheet("Sheet2")
    second.write_row("A1", ["姓名", "职务", "电话"])
    second.write_row("A2", ["孔繁飞", "处长", "0477-8588888"])
    second.write_formula("A3", "=1+1", None, "")
    second.hide()
    book.close()
    return packed.getvalue()


def test_each_row_answers_on_its_own() -> None:
    loaded = SheetLoader().load(workbook(), "指标.xlsx")
    text = clean(loaded).text.split("\n")
    assert text == [
        "主要指标",
        "2024年主要经济指标",
        "单位：亿元",
        TABLE,
        "指标：财政收入；2023年：600；2024年：623.45",
        "指标：财政收入；2023年：1；2024年：2",
        "注：2024年为初步核算数",
        "姓名：孔繁飞；职务：处长；电话：0477-8588888",
    ]
    assert [page.label for page in loaded.pages] == ["主要指标", "Sheet2"]
    assert any("隐藏的工作表也读入了：Sheet2" in warning for warning in loaded.warnings)
    assert any("1 个公式" in warning for warning in loaded.warnings)


@pytest.mark.parametrize("caption", ["2024年主要经济指标", ""])
def test_the_only_sheet_is_called_by_its_caption_where_it_has_one(caption: str) -> None:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed)
    sheet = book.add_worksheet("经济")
    book.add_worksheet("Sheet2")
    sheet.write("A1", caption)
    sheet.write_row("A2", ["指标", "2024年"])
    sheet.write_row("A3", ["地区生产总值", 6363])
    book.close()
    loaded = SheetLoader().load(packed.getvalue(), "指标.xlsx")
    assert clean(loaded).text.split("\n") == [caption or "经济", "指标：地区生产总值；2024年：6363"]
    assert loaded.pages[0].label == "经济"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (6363.0, None, "6363"),
        (0.1 + 0.2, None, "0.3"),
        (623.45, None, "623.45"),
        (-0.0000012, None, "-0.0000012"),
        (1e16, None, "10000000000000000"),
        (0.0391, 1, "3.9%"),
        (0.051, 1, "5.1%"),
        (1, 0, "100%"),
        (date(2025, 8, 7), None, "2025-08-07"),
        (datetime(2025, 8, 7), None, "2025-08-07"),
        (datetime(2025, 8, 7, 9, 30), None, "2025-08-07 09:30:00"),
        (True, None, "TRUE"),
        ("３００万", None, "３００万"),
    ],
)
def test_values_are_as_a_sheet_shows_them(value: object, digits: int | None, text: str) -> None:
    assert shown(value, digits) == text


def test_old_formats_say_that_percentages_are_fractions(tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("needs LibreOffice to make an old workbook")
    (tmp_path / "t.xlsx").write_bytes(workbook())
    for kind in ("xls", "ods"):
        subprocess.run(
            [soffice, f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to", kind, "t.xlsx"],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            timeout=300,
        )
        loaded = SheetLoader().load((tmp_path / f"t.{kind}").read_bytes(), f"t.{kind}")
        assert TABLE.replace("5.1%", "0.051") in loaded.text
        assert any("百分数按小数读入" in warning for warning in loaded.warnings)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04", "压缩结构"),
        (workbook()[:3000], "压缩结构"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "损坏"),
        (b"hello", "损坏"),
    ],
)
def test_damaged_workbooks_are_refused_by_name(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        SheetLoader().load(data, "坏 表😀.xlsx")
    assert "坏 表😀.xlsx" in caught.value.message
    assert reason in caught.value.reason


def test_a_password_is_named() -> None:
    data = (Path(__file__).parent / "data" / "password.xlsx").read_bytes()
    with pytest.raises(DocumentError, match="打开密码"):
        SheetLoader().load(data, "工资.xlsx")


def test_an_empty_workbook_is_named() -> None:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed)
    book.add_worksheet()
    book.close()
    with pytest.raises(DocumentError, match="没有内容"):
        SheetLoader().load(packed.getvalue(), "空.xlsx")


def test_a_cell_at_the_far_end_does_not_swell_the_memory() -> None:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "甲")
    sheet.write(1_048_575, 16_383, "乙")
    book.close()
    with pytest.raises(DocumentError, match=r"远\.xlsx"):
        SheetLoader().load(packed.getvalue(), "远.xlsx")


class TestSeparatedValues:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    @pytest.mark.parametrize("mark", [",", "\t", ";"])
    def test_encoding_and_separator_are_found_out(self, encoding: str, mark: str) -> None:
        rows = [
            ["指标名称", "单位", "数值"],
            ["引进新品种", "个", "556"],
            ["服务农牧民", "万户", "3"],
            ["科技特派员总人数", "人", "535"],
        ]
        data = "\r\n".join(mark.join(row) for row in rows).encode(encoding)
        text = CsvLoader().load(data, "表.csv").text.split("\n")
        assert text[0] == "指标名称：引进新品种；单位：个；数值：556"
        assert len(text) == 3

    def test_quoted_cells_keep_separators_and_line_ends(self) -> None:
        text = CsvLoader().load('名称,内容,备注\n甲,"一，二,三\n四",无\n'.encode(), "表.csv").text
        assert text == "名称：甲；内容：一，二,三 四；备注：无"

    def test_prose_with_commas_is_one_column_a_comma_apart(self) -> None:
        assert delimiter("只有一列\n没有分隔\n") == ","

    def test_binary_is_refused(self) -> None:
        with pytest.raises(DocumentError, match="不是文本表格"):
            CsvLoader().load(bytes(range(256)) * 40, "表.csv")
