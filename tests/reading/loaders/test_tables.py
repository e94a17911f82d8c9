from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading.loaders.tables import row_text, table_lines


def texts(rows: list[list[str]], header_rows: int | None = None) -> list[str]:
    return [line.text for line in table_lines(rows, header_rows)]


def test_every_cell_stands_with_its_header() -> None:
    assert (
        row_text(["指标", "单位", "2024年"], ["地区生产总值", "亿元", "6363"])
        == "指标：地区生产总值；单位：亿元；2024年：6363"
    )
    assert row_text(["指标", "单位"], ["企业数", ""]) == "指标：企业数"
    assert row_text(["指标"], ["企业数", "556"]) == "指标：企业数；556"


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([["发文机关：", "国务院", "成文日期：", "2018年"]], ["发文机关：国务院", "成文日期：2018年"]),
        ([["作者姓名", "张三"], ["学科专业", "控制"]], ["作者姓名：张三", "学科专业：控制"]),
        ([["项目", "内容"], ["名称", "平台"]], ["项目：名称；内容：平台"]),
        ([["旗区", "企业"], ["准旗", "12"], ["伊旗", "9"]], ["旗区：准旗；企业：12", "旗区：伊旗；企业：9"]),
        ([["姓名", "性别"], ["", ""]], ["姓名：性别"]),
        ([["姓名", "性别", "备注"], ["张三", "男", ""]], ["姓名；性别；备注", "姓名：张三；性别：男"]),
        ([["1", "2"], ["3", "4"]], ["1；2", "3；4"]),
        ([["只有一格"]], ["只有一格"]),
        ([], []),
        ([["", ""]], []),
        ([["电话：", "8589860", "传真："]], ["电话：8589860"]),
        ([["电话：", "", "传真："]], ["电话：", "传真："]),
    ],
)
def test_forms_of_tables(rows: list[list[str]], lines: list[str]) -> None:
    assert texts(rows) == lines


def test_a_marked_header_is_believed() -> None:
    assert texts([["一", "二"], ["三", "四"]], 1) == ["一：三；二：四"]


def test_rows_that_one_cell_fills_are_headings_inside_the_table() -> None:
    rows = [["表1", "表1"], ["指标", "数值"], ["一、农业", "一、农业"], ["产值", "3"]]
    lines = table_lines(rows)
    assert [(line.text, line.table) for line in lines] == [
        ("表1", False),
        ("一、农业", False),
        ("指标：产值；数值：3", True),
    ]


@given(
    st.lists(st.lists(st.text(alphabet="甲乙：；1 \n", max_size=4), max_size=5), max_size=6),
    st.sampled_from([None, 0, 1, 9]),
)
def test_no_word_of_any_table_is_lost(rows: list[list[str]], header_rows: int | None) -> None:
    lines = table_lines(rows, header_rows)
    assert all(line.text.strip() and "\n" not in line.text for line in lines)
    # A label whose field is empty says nothing beside others that are filled.
    cells = [cell for row in rows for cell in row if not cell.rstrip().endswith("：")]
    given_words = {word for cell in cells for word in cell.replace("：", " ").replace("；", " ").split()}
    kept = {word for line in lines for word in line.text.replace("：", " ").replace("；", " ").split()}
    assert given_words <= kept | {
        "".join(pair) for pair in zip(kept, kept, strict=True)
    } or given_words - kept <= _closed(kept)


def _closed(kept: set[str]) -> set[str]:
    """Words as they stand where the gap between two of them was closed (说 明)."""
    return {word[a:b] for word in kept for a in range(len(word)) for b in range(a + 1, len(word) + 1)}
