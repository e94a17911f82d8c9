"""Rows of tables in documents and passages, from markdown to the cut."""

from __future__ import annotations

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


@given(st.lists(st.text(alphabet="|甲乙-: \\1", max_size=12), max_size=8))
def test_any_bars_are_survived_and_no_word_is_lost(lines: list[str]) -> None:
    source = "\n".join(lines)
    cleaned = clean(source)
    for start, source_start, length in cleaned.source_map:
        assert cleaned.text[start : start + length] == source[source_start : source_start + length]
    assert source.count("乙") <= cleaned.text.count("乙")
