"""Rows of tables in documents and passages, from markdown to the cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading import document_from_text, passages_of
from qa.reading.clean import clean

HEAD = "关于高新技术企业情况的报告\n\n全市情况如下。\n\n"


def test_a_row_carries_its_header_and_knows_its_source() -> None:
    source = "| 旗区 | 企业数 |\n| --- | ---: |\n| **准旗** | 556 |\n| 伊旗 | |\n"
    cleaned = clean(source)
    assert cleaned.text == "旗区：准旗；企业数：556\n旗区：伊旗"
    for start, source_start, length in cleaned.source_map:
        assert cleaned.text[start : start + length] == source[source_start : source_start + length]
    mapped = "".join(cleaned.text[start : start + length] for start, _, length in cleaned.source_map)
    assert mapped == "准旗556伊旗"


def test_rows_without_a_header_keep_their_cells() -> None:
    assert clean("| 甲 | 乙 |\n| 丙 | 丁 |\n").text == "甲；乙\n丙；丁"
    assert clean("甲 | 乙\n").text == "甲 | 乙"


def test_no_passage_cuts_a_row() -> None:
    rows = "".join(f"| 第{n}旗 | 研发投入增长{n}%。其中企业占比八成。位列全市前列。 |\n" for n in range(1, 60))
    document = document_from_text(f"{HEAD}表1 研发投入\n| 旗区 | 情况 |\n| --- | --- |\n{rows}", "报告.md", "")
    lines = [line for line in document.text.split("\n") if line.startswith("旗区：")]
    assert len(lines) == 59
    passages = [passage.text for passage in passages_of(document)]
    assert all(any(line in text for text in passages) for line in lines)
    assert {passage.lead for passage in passages_of(document) if "旗区：" in passage.text} == {"表1 研发投入"}


PASTED = "旗区\t企业数（家）\t增速（%）\n东山区\t42\t3.5\n西 山 区\t\t-1.2\n合计\t42\t—\n"


def test_rows_pasted_from_a_sheet_carry_their_header() -> None:
    cleaned = clean(f"指标如下。\n\n{PASTED}\n请对照。")
    rows = ["旗区：东山区；企业数（家）：42；增速（%）：3.5", "旗区：西山区；增速（%）：-1.2"]
    assert cleaned.text.split("\n") == ["指标如下。", *rows, "旗区：合计；企业数（家）：42；增速（%）：—", "请对照。"]
    assert [paragraph.line.table for paragraph in cleaned.paragraphs] == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        ("甲县\t42\t86\n乙县\t9\t17家\n", ["甲县；42；86", "乙县；9；17家"]),  # no header
        ("\t2022\t2023\n产值\t312\t358\n", ["产值；2022：312；2023：358"]),
        ("指标\t2月\t3月\n产值\t7\n进口\t1\t2", ["指标：产值；2月：7", "指标：进口；2月：1；3月：2"]),  # a lost tab
        (
            "旗县\t企业（家）\t\t人才（名）\t\n\t2023年\t2024年\t2023年\t2024年\n甲县\t1\t2\t3\t4\n乙县\t5\t\t6\t7\n",
            [
                "旗县：甲县；企业（家） 2023年：1；企业（家） 2024年：2；人才（名） 2023年：3；人才（名） 2024年：4",
                "旗县：乙县；企业（家） 2023年：5；人才（名） 2023年：6；人才（名） 2024年：7",
            ],
        ),
        (
            "表1 经费\t\t\n\t\t单位：万元\n项目\t预算\t决算\n接待费\t2\t3\n会议费\t2\t1\n注：初步数\t\t\n",
            [
                "表1 经费",
                "单位：万元",
                "项目：接待费；预算：2；决算：3",
                "项目：会议费；预算：2；决算：1",
                "注：初步数",
            ],
        ),
        (
            "填报单位：甲局\t日期：1月\n旗县\t企业（家）\n甲县\t3\n乙县\t4",
            ["填报单位：甲局；日期：1月", "旗县：甲县；企业（家）：3", "旗县：乙县；企业（家）：4"],
        ),
        (
            "序号\t姓名\t单位\n1\t张三\t甲局\n2\t李四\t乙局",
            ["序号：1；姓名：张三；单位：甲局", "序号：2；姓名：李四；单位：乙局"],
        ),
        ("| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n\n| 丙 | 丁 |\n|--|--|\n| 3 | 4 |", ["甲：1；乙：2", "丙：3；丁：4"]),
        (
            "| 旗县 | 企业（家） |\n| 甲县 | 3 |\n| 乙县 | 4 |",
            ["旗县：甲县；企业（家）：3", "旗县：乙县；企业（家）：4"],
        ),  # no rule
        (
            "旗县|企业（家）|增速\n甲县|3|1.5\n乙县 | 4 | —\n",  # bare bars
            ["旗县：甲县；企业（家）：3；增速：1.5", "旗县：乙县；企业（家）：4；增速：—"],
        ),
        (
            "旗县 | 企业（家）\n--- | ---\n甲县 | 3\n乙县 | 4",
            ["旗县：甲县；企业（家）：3", "旗县：乙县；企业（家）：4"],
        ),
        (
            "序号|任务事项|牵头处室|完成时限\n1|平台评估|甲处|2025年10月底\n2|榜单发布|乙处|2025年4月底",
            [
                "序号：1；任务事项：平台评估；牵头处室：甲处；完成时限：2025年10月底",
                "序号：2；任务事项：榜单发布；牵头处室：乙处；完成时限：2025年4月底",
            ],
        ),
    ],
)
def test_forms_of_pasted_tables(source: str, rows: list[str]) -> None:
    cleaned = clean(source)
    assert cleaned.text.split("\n") == rows
    for start, source_start, length in cleaned.source_map:
        assert cleaned.text[start : start + length] == source[source_start : source_start + length]


@pytest.mark.parametrize(
    "source",
    [
        "\t现将情况通报如下。\n\t一要重视。\n",
        "甲县\t42\n",
        "联系人：张三\t电话：12345\n联系人：李四\t电话：23456\n",
        "主送：\t各旗县科技局\n抄送：\t市委办公室\n",
        "\t\t\t甲市科学技术局\n\t\t\t2025年1月1日\n",
        "张三\t李四\t王五\n赵六\t钱七\t孙八",
        "一、总体要求\t1\n二、重点任务\t3\n",
        "建设单位：\t甲公司\n建设地点：\t乙县\n",
        "首页 | 新闻中心 | 信息公开\n机构设置 | 通知公告 | 互动交流",  # links
        "要闻 | 市科技局召开会议\n动态 | 甲县兑现奖补资金30万元",  # headlines
        "联系人：张三 | 电话：12345\n联系人：李四 | 电话：23456",
        "甲县|42\n",
    ],
)
def test_other_tabs_and_bars_make_no_table(source: str) -> None:
    assert not any(paragraph.line.table for paragraph in clean(source).paragraphs)


def test_a_line_with_the_unit_names_no_table() -> None:
    rows = "项目\t预算\t决算\n接待费\t2\t3\n会议费\t2\t1\n"
    document = document_from_text(f"{HEAD}表1 经费\n单位：万元\n{rows}", "报告.txt", "")
    passages = [passage for passage in passages_of(document) if "接待费" in passage.text]
    assert [(each.lead, each.text.split("\n")[1]) for each in passages] == [("表1 经费", "单位：万元")]


@given(st.lists(st.text(alphabet="\t|甲乙-：21", max_size=12), max_size=8))
def test_any_tabs_are_survived_and_no_word_is_lost(lines: list[str]) -> None:
    source = "\n".join(lines)
    cleaned = clean(source)
    for start, source_start, length in cleaned.source_map:
        assert cleaned.text[start : start + length] == source[source_start : source_start + length]
    assert cleaned.text.count("：") >= source.count("：")


@given(st.lists(st.text(alphabet="|甲乙-: \\1", max_size=12), max_size=8))
def test_any_bars_are_survived_and_no_word_is_lost(lines: list[str]) -> None:
    source = "\n".join(lines)
    cleaned = clean(source)
    for start, source_start, length in cleaned.source_map:
        assert cleaned.text[start : start + length] == source[source_start : source_start + length]
    assert source.count("乙") <= cleaned.text.count("乙")
