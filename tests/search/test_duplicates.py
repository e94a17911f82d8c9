"""Reprints are one text; the same sentence with another figure is not."""

from __future__ import annotations

import pytest

from qa.records import Passage
from qa.search.duplicates import same_texts

TEXT = "2020年，累计实施科技开发项目91项；推广新技术384项，引进新品种556个；服务农牧民近3万户，带动增收。"


def grouped(*texts: str) -> list[list[int]]:
    return same_texts([Passage(f"文档{n}", 0, len(text), text) for n, text in enumerate(texts)])


def test_a_reprint_joins_the_first() -> None:
    assert grouped(TEXT, "别的内容。", TEXT.replace("；", ";\n"), TEXT + "（转载）") == [[0, 2, 3], [1]]


@pytest.mark.parametrize(
    ("figure", "other"), [("556个", "565个"), ("2020年", "2021年"), ("近3万户", "近3.5万户"), ("近3万户", "近三万户")]
)
def test_another_figure_is_another_text(figure: str, other: str) -> None:
    assert grouped(TEXT, TEXT.replace(figure, other)) == [[0], [1]]


def test_figures_in_characters_count_too() -> None:
    text = "全市共有科技型企业三百五十家，分布在七个旗区，其中高新技术企业占六成。"
    assert grouped(text, text.replace("七个", "八个")) == [[0], [1]]


def test_nothing_is_grouped_with_nothing() -> None:
    assert grouped() == []
    assert grouped("", "") == [[0, 1]]
