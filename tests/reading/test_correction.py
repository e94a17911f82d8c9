"""Card corrections beside the document."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import DocumentError
from qa.reading.correction import (
    FIELD_NAMES,
    corrected,
    correction_hash,
    parse_value,
    read_correction,
    written,
)
from qa.records import CARD_FIELDS, Card, Document, DocumentStatus

DOCUMENT = Document(
    "甲", "甲.txt", "0", "文字", Card(title="读出的", number="〔2021〕1号"), (("title", "首行"), ("number", "版头"))
)


def test_every_card_field_has_a_name() -> None:
    assert tuple(FIELD_NAMES) == CARD_FIELDS


def test_a_correction_takes_the_place_of_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    assert read_correction(path) is None
    assert correction_hash(path) == ""
    (tmp_path / "甲.txt.card.toml").write_text('title = "更正的"\ndate = 2021-03-25\nnumber = ""\n', "utf-8")
    correction = read_correction(path)
    assert correction is not None
    made = corrected(DOCUMENT, correction)
    assert (made.card.title, made.card.date, made.card.number) == ("更正的", date(2021, 3, 25), None)
    sources = dict(made.card_sources)
    assert sources["title"] == "更正（甲.txt.card.toml），读出的是“读出的”"
    assert sources["date"] == "更正（甲.txt.card.toml）"
    assert "number" not in sources
    assert made.status is DocumentStatus.READ
    assert len(correction_hash(path)) == 64


def test_the_stem_alone_will_do_but_the_whole_name_goes_first(tmp_path: Path) -> None:
    path = tmp_path / "甲.docx"
    (tmp_path / "甲.card.toml").write_text('title = "按主名"', "utf-8")
    found = read_correction(path)
    assert found is not None
    assert found.values == {"title": "按主名"}
    (tmp_path / "甲.docx.card.toml").write_text('title = "按全名"', "utf-8")
    found = read_correction(path)
    assert found is not None
    assert found.values == {"title": "按全名"}


@pytest.mark.parametrize(
    ("text", "problem", "kept"),
    [
        ('title = "好"\nunknown = 1', "没有 unknown 这一项", {"title": "好"}),
        ('title = 5\nkind = "函"', "标题应是文字", {"kind": "函"}),
        ('date = "去年"', "不是日期", {}),
        ("date = true", "不是日期", {}),
        ('title = "没有结束', "无法读取", {}),
        ('title = "' + "长" * 501 + '"', "太长", {}),
        ('title = "好"\n#' + "x" * 64 * 1024, "太大，没有采用", {}),
    ],
)
def test_what_is_not_understood_is_said_and_the_document_is_still_read(
    tmp_path: Path, text: str, problem: str, kept: dict[str, str]
) -> None:
    (tmp_path / "甲.txt.card.toml").write_text(text, "utf-8")
    correction = read_correction(tmp_path / "甲.txt")
    assert correction is not None
    assert correction.values == kept
    made = corrected(DOCUMENT, correction)
    assert made.status is DocumentStatus.WARNINGS
    assert problem in made.warnings[0]


def test_bytes_that_are_no_text_are_said(tmp_path: Path) -> None:
    (tmp_path / "甲.txt.card.toml").write_bytes(b"\xff\xfe\x00")
    correction = read_correction(tmp_path / "甲.txt")
    assert correction is not None
    assert "没有采用" in correction.problems[0]


@pytest.mark.parametrize(
    "raw", ["2021-03-25", "2021年3月25日", "二〇二一年三月二十五日", "2021.3.25", date(2021, 3, 25)]
)
def test_dates_may_be_written_in_every_usual_way(raw: object) -> None:
    assert parse_value("date", raw) == date(2021, 3, 25)


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(DocumentError, match="成文日期"):
        parse_value("date", "2021-02-30")


@given(st.text(max_size=60), st.dates())
def test_what_is_written_is_read_back(title: str, day: date) -> None:
    import tomllib

    values = {"title": parse_value("title", title), "printed": day}
    read = tomllib.loads(written(values))
    assert {name: parse_value(name, value) for name, value in read.items()} == values
