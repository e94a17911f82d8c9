from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from qa.errors import UsageError
from qa.records import Filters, Query, Span
from qa.settings import Settings
from qa.web.addresses import ask_address, document_address, without
from qa.web.asking import read_day, read_filters, read_query


def parameters(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(first=date(2021, 1, 1), last=date(2021, 12, 31)),
        Filters(first=date(2021, 3, 25), section="高层声音", kind="简报", document_id="简报&1"),
        Filters(last=date(2023, 6, 30)),
    ],
)
def test_a_question_and_its_filters_read_back(filters: Filters) -> None:
    query = read_query(parameters(ask_address("多少个?&=#", filters)), Settings(top_k=7))
    assert (query.text, query.filters, query.top_k) == ("多少个?&=#", filters, 7)


def test_whole_years_are_written_short() -> None:
    assert ask_address("问", Filters(first=date(2021, 1, 1), last=date(2022, 12, 31))).endswith("from=2021&to=2022")


def test_a_document_address_escapes_the_id() -> None:
    address = document_address(Span("子/简报&?#", 3, 9), Query("问 题", Filters(section="甲&乙")))
    parts = urlsplit(address)
    assert unquote(parts.path) == "/documents/子/简报&?#"
    assert parts.path.count("/") == 2
    assert parameters(address) == {"start": "3", "end": "9", "ask": "问 题", "section": "甲&乙"}
    assert parts.fragment == "p=3-9"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021年", date(2021, 1, 1), date(2021, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2021年3月", date(2021, 3, 1), date(2021, 3, 31)),
        ("2021/3/5", date(2021, 3, 5), date(2021, 3, 5)),
        (" 2021年3月25日 ", date(2021, 3, 25), date(2021, 3, 25)),
    ],
)
def test_days_are_read_in_the_forms_people_write(text: str, first: date, last: date) -> None:
    assert read_day(text, name="from", last=False) == first
    assert read_day(text, name="to", last=True) == last


@pytest.mark.parametrize("text", ["abc", "2021-13", "2021-02-30", "21", "0000", "2021-", "<script>"])
def test_what_is_no_day_is_refused_with_the_right_form(text: str) -> None:
    with pytest.raises(UsageError) as refusal:
        read_day(text, name="from", last=False)
    assert text in refusal.value.message
    assert "2021-03-25" in refusal.value.hint


def test_a_reversed_period_is_refused() -> None:
    with pytest.raises(UsageError, match="颠倒"):
        read_filters({"from": "2023", "to": "2021"})


@pytest.mark.parametrize("count", ["0", "51", "-1", "十", "1e3", "²", "9" * 5000])
def test_a_number_of_passages_out_of_range_is_refused(count: str) -> None:
    with pytest.raises(UsageError):
        read_query({"q": "问", "k": count}, Settings())


def test_taking_a_filter_away_keeps_the_others() -> None:
    filters = Filters(first=date(2021, 1, 1), last=date(2021, 12, 31), kind="函")
    assert without(filters, "first", "last") == Filters(kind="函")
