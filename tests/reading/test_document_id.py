from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading.document_id import document_id


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("科技简报-2021年第1期.txt", "科技简报-2021年第1期"),
        ("简报/2021/第1期.txt", "简报~2021~第1期"),
        ("第1期.docx", "第1期.docx"),
        ("第1期.md", "第1期.md"),
        ("第1期.md.txt", "第1期.md.txt"),
        ("规划2.0版.txt", "规划2.0版"),
        ("a~b%.txt", "a%7Eb%25"),
    ],
)
def test_ids_are_readable(path: str, expected: str) -> None:
    assert document_id(path) == expected


NAMES = st.text(alphabet="甲乙~%/.7E25txmd", min_size=1, max_size=12).map(
    lambda name: unicodedata.normalize("NFC", name)
)


@given(NAMES, NAMES)
def test_two_paths_never_share_an_id(first: str, second: str) -> None:
    assert (document_id(first) == document_id(second)) == (first == second)


@given(NAMES)
def test_ids_fit_into_an_address(path: str) -> None:
    assert "/" not in document_id(path)
