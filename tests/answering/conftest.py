from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.answering.view import PassageView
from qa.records import Passage, Question
from qa.search.understanding import understand

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def analyzer() -> JiebaAnalyzer:
    return JiebaAnalyzer()


@pytest.fixture(scope="session")
def ask(analyzer: JiebaAnalyzer) -> Callable[[str], Question]:
    """Understands a question; every word weighs the same."""
    return lambda text: understand(text, analyzer, TODAY, lambda words: [1.0] * len(words))


@pytest.fixture(scope="session")
def view(analyzer: JiebaAnalyzer) -> Callable[..., PassageView]:
    """A view of a passage of a 2021 bulletin of 鄂尔多斯市."""

    def make(
        text: str,
        *,
        lead: str = "",
        day: date = date(2021, 3, 25),
        context: str = "",
        section: str = "",
        region: str = "鄂尔多斯市",
    ) -> PassageView:
        passage = Passage(
            "简报",
            0,
            len(text),
            text,
            (section,) if section else (),
            lead,
            context=context,
            date=day,
            region=region,
        )
        return PassageView(passage, analyzer)

    return make
