"""A quote is always cut from its document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.citing.citation import cite
from qa.errors import NotFoundError, UsageError
from qa.records import Card, Document, Span

DOCUMENT = Document("甲", "甲.txt", "", "推广新技术384项，引进新品种556个。", card=Card(title="科技简报"))


def test_cuts_the_quote_and_carries_the_card() -> None:
    citation = cite(DOCUMENT, Span("甲", 10, 20), ["高层声音"])
    assert citation.quote == "引进新品种556个。"[:10]
    assert (citation.card, citation.path, citation.heading_path) == (DOCUMENT.card, "甲.txt", ("高层声音",))


@given(text=st.text(min_size=1, max_size=60), data=st.data())
def test_quote_equals_the_slice(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert cite(Document("d", "d.txt", "", text), Span("d", start, end)).quote == text[start:end]


@pytest.mark.parametrize(
    ("span", "error", "told"),
    [
        (Span("乙", 0, 2), NotFoundError, "乙"),
        (Span("甲", 5, 900), NotFoundError, "5-900"),
        (Span("甲", 5, 5), UsageError, "5-5"),
        (Span("甲", 6, 5), UsageError, "6-5"),
        (Span("甲", -3, 5), UsageError, "-3-5"),
    ],
)
def test_impossible_spans_are_named(span: Span, error: type[Exception], told: str) -> None:
    with pytest.raises(error, match=told):
        cite(DOCUMENT, span)
