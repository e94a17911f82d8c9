from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading import document_from_text, passages_of, read_document
from qa.reading.parts import MAX_PART_CHARS, split_parts
from qa.reading.passages import MAX_MARGIN_CHARS
from qa.records import BlockRole, Document

LINES = st.sampled_from(
    [
        "科 技 简 报", "第 1 期", "鄂尔多斯市科学技术局", "2021 年 3 月 25 日", "领导批示：", "【高层声音】", "**【科技政策】**", "## 一、总体要求",
        "我市召开推进会。3月5日，会议召开。", "**题目。**正文如下，很短。", "边东强调，要抓好落实", "，并且继续推进。", "3月8日，边东调研。", "一、总体要求",
        "（一）指导思想。以创新为动力。", "1. 甲；", "第一章 总 则", "第一条 为了规范，制定本办法。", "附件1", "报：市委。", "编辑：甲乙", "（共印 20 份）",
        "---", "", "", "国务院办公厅", "国务院办公厅关于甲的通知", "国办发〔2018〕71号", "各省人民政府：", "标题：甲", "索 引 号：", "| 甲 | 乙 |",
        "一是制定方案。二是推进工作。三是抓好落实。" * 12, "没有标点的长文字" * 60, "——经济保持发展。总量增长。", "$\\alpha$", "【栏目】正文。",
    ]
)  # fmt: skip
SOURCES = st.lists(LINES, max_size=25).map("\n".join)


def check(document: Document) -> None:
    text, passages = document.text, passages_of(document)
    assert all(a.end <= b.start for a, b in pairwise(document.blocks))
    in_blocks = {i for block in document.blocks for i in range(block.start, block.end)}
    assert {i for i, c in enumerate(text) if not c.isspace()} <= in_blocks
    assert all(a.end <= b.start for a, b in pairwise(passages))
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text == passage.text.strip()
        assert passage.text
        assert len(passage.text) <= (MAX_PART_CHARS if passage.role is BlockRole.BODY else MAX_MARGIN_CHARS)
        assert passage.id == f"{document.id}:{passage.start}-{passage.end}"
    in_passages = {i for passage in passages for i in range(passage.start, passage.end)}
    for block in document.blocks:
        visible = {i for i in range(block.start, block.end) if not text[i].isspace()}
        if block.role is not BlockRole.HEADING:
            assert visible <= in_passages
        assert block.lead_end is None or (block.item and block.start < block.lead_end <= block.end)
    for heading in document.headings:
        assert 0 <= heading.start < heading.end <= len(text)
        assert heading.level >= 1
        assert heading.title


@given(SOURCES)
def test_passages_cover_the_words_once(source: str) -> None:
    check(document_from_text(source, "甲.txt", ""))


@given(st.text(alphabet="甲乙，。：；\n【】一、（）第章条1.年月日*#报送编辑附件 ", max_size=150))
def test_any_text_is_read(source: str) -> None:
    check(document_from_text(source, "甲.txt", ""))


@given(SOURCES)
def test_reading_is_deterministic(source: str) -> None:
    assert document_from_text(source, "甲.txt", "") == document_from_text(source, "甲.txt", "")


def corpus_files(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.rglob("*.txt"))


def test_passages_of_real_documents(corpus: Path) -> None:
    for path in corpus_files(corpus):
        check(read_document(path, corpus))


def test_passages_of_published_documents(shared: Path) -> None:
    folder = shared / "data/official-documents"
    for path in corpus_files(folder):
        check(read_document(path, folder))


def test_short_dated_items_stay_apart_and_entries_of_a_list_together() -> None:
    source = "【部门动态】\n3月8日，甲。\n3月9日，乙。\n## 一、条件\n具备下列条件：\n（一）甲；\n（二）乙；\n（三）丙。"
    texts = [p.text for p in passages_of(document_from_text(source, "甲.txt", ""))]
    assert texts == ["3月8日，甲。", "3月9日，乙。", "一、条件\n具备下列条件：\n（一）甲；\n（二）乙；\n（三）丙。"]


def test_numbered_headings_open_the_passage_below_and_columns_do_not() -> None:
    source = "【科技政策】\n甲规划出炉。7月7日，印发规划。\n第一章 总 则\n第一条 为了规范，制定本办法。"
    passages = passages_of(document_from_text(source, "甲.txt", ""))
    assert [p.text for p in passages] == [
        "甲规划出炉。7月7日，印发规划。",
        "第一章 总则\n第一条 为了规范，制定本办法。",
    ]
    assert [p.heading_path for p in passages] == [("科技政策",), ("科技政策", "第一章 总则", "第一条")]


def test_an_article_without_title_is_named_by_its_opening() -> None:
    opening = "红钻鱼，又称大口滨鲷，是笛鲷科的其中一个种，标准体长约为体高之三倍，属于肉食性鱼类。"
    first, *others = passages_of(text_of(opening + "本鱼栖息在礁区水流湍急处，晚上则钻沙而眠。" * 18))
    assert first.context == ""
    assert {each.context for each in others} == {"红钻鱼，又称大口滨鲷，是笛鲷科的其中一个种，标准体长约为体高之三倍"}


def test_an_opening_without_any_mark_is_cut() -> None:
    _, second, *_ = passages_of(text_of("没有标点的长文字" * 90))
    assert second.context == "没有标点的长文字" * 5


def test_what_stands_under_a_title_needs_no_opening() -> None:
    _, second, *_ = passages_of(text_of("# 红钻鱼的习性\n\n" + "本鱼栖息在礁区水流湍急处。" * 40))
    assert second.context
    assert "礁区" not in second.context


def text_of(text: str) -> Document:
    return document_from_text(text, "a.md", "0" * 64)


def test_parts_are_even_and_cut_at_points() -> None:
    points = "".join(f"{n}是抓好第{n}项工作。{'继续推进落实。' * 18}" for n in "一二三四")
    parts = [points[a:b] for a, b in split_parts(points, 0, len(points))]
    assert [part[:2] for part in parts] == ["一是", "三是"]


def test_a_short_enumeration_is_kept_whole() -> None:
    text = "会议召开。" * 45 + "一是甲方案。二是乙方案。三是丙方案。" + "会后落实。" * 45
    parts = [text[a:b] for a, b in split_parts(text, 0, len(text))]
    assert sum("一是" in part or "三是" in part for part in parts) == 1


@given(st.text(alphabet="甲。，；“” \n", max_size=1500), st.integers(0, 50))
def test_parts_cover_and_are_short(text: str, start: int) -> None:
    start = min(start, len(text))
    if not text[start:].strip():
        return
    parts = split_parts(text, start, len(text))
    covered = {i for a, b in parts for i in range(a, b)}
    assert {i for i in range(start, len(text)) if not text[i].isspace()} <= covered
    if len(text) - start > MAX_PART_CHARS:
        assert all(b - a <= MAX_PART_CHARS for a, b in parts)


@pytest.mark.parametrize(
    "source",
    [
        "没有标点的长文字" * 210_000,
        "科技创新，引领发展。" * 170_000,
        "甲" + " " * 5_000_000 + "乙",
        "**（“【" * 350_000,
    ],
    ids=["no stops", "sentences", "spaces", "openers"],
)
def test_a_single_line_of_five_megabytes(source: str) -> None:
    document = document_from_text(source, "大.txt", "")
    passages = passages_of(document)
    assert sum(len(passage.text) for passage in passages) >= len("".join(document.text.split()))
    assert all(a.end <= b.start for a, b in pairwise(passages))
