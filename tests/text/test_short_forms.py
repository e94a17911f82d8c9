"""A name is said by its short form, not by the name of what it is a kind of, nor by a piece of another name."""

from __future__ import annotations

import pytest

from qa.text.in_order import short_form_in


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("科技进步奖总共授了几项", "科学技术进步奖", True),
        ("科学技术进步奖有几项", "科学技术进步奖", True),
        ("科学技术奖有几项", "科学技术进步奖", False),
        ("自然科学奖有几项", "科学技术进步奖", False),
        ("进步奖有几项", "科学技术进步奖", False),
    ],
)
def test_short_form(text: str, name: str, said: bool) -> None:
    assert short_form_in(text, name) is said
