from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading.loaders.encodings import chinese_score, decode

SIMPLIFIED = "全市科技创新工作推进会要求，落实好各项政策措施，加快建设创新型城市。"
TRADITIONAL = "這是國家經濟發展的重要問題，應當進一步加強管理與實施。"


@pytest.mark.parametrize(
    ("text", "encoding", "reported"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8-sig"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "utf-32", "utf-32"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "gb18030", "gb18030"),
        ("共印20份，电话8589860", "gbk", "gb18030"),
        ("plain ASCII", "ascii", "utf-8"),
        ("ISC 2021", "utf-16-le", "utf-16-le"),
    ],
)
def test_encodings_are_found_out(text: str, encoding: str, reported: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert (decoded.text, decoded.encoding, decoded.bad_bytes) == (text, reported, 0)


def test_big_endian_marks() -> None:
    decoded = decode(codecs.BOM_UTF16_BE + SIMPLIFIED.encode("utf-16-be"))
    assert decoded is not None
    assert decoded.text == SIMPLIFIED


def test_a_few_bad_bytes_are_counted_and_not_fatal() -> None:
    data = (SIMPLIFIED * 10).encode("gbk") + b"\xff" + (SIMPLIFIED * 10).encode("gbk")
    decoded = decode(data)
    assert decoded is not None
    assert decoded.bad_bytes == 1
    assert SIMPLIFIED in decoded.text


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\x00\x01\x02\x03" * 100, b"\xff\xfe\xfd" * 50])
def test_binary_is_no_text(data: bytes) -> None:
    decoded = decode(data)
    assert decoded is None or "\ufffd" in decoded.text or "\x00" in decoded.text


def test_chinese_prose_scores_above_what_it_becomes_in_the_wrong_encoding() -> None:
    data = SIMPLIFIED.encode("gbk")
    assert chinese_score(data.decode("gbk")) > 0.7 > chinese_score(data.decode("big5", errors="replace"))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff"), min_size=1))
def test_utf_8_is_always_kept(text: str) -> None:
    decoded = decode(text.encode("utf-8"))
    assert decoded is not None
    assert decoded.text == text
