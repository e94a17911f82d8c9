from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from qa.errors import SettingsError
from qa.settings import Settings, environment_name

ROOT = Path(__file__).resolve().parents[1]


def test_the_command_line_wins_over_the_environment_and_that_over_the_default() -> None:
    environment = {"QA_INDEX": "b", "QA_TOP_K": "5", "QA_TODAY": "2025-08-07"}
    settings = Settings.from_environment(environment, index=Path("c"), corpus=None)
    assert (settings.index, settings.top_k, settings.today) == (Path("c"), 5, date(2025, 8, 7))
    assert settings.corpus == Path("corpus")


@pytest.mark.parametrize(
    ("name", "value"), [("QA_TOP_K", "五"), ("QA_TODAY", "昨天"), ("QA_ABSTAIN_BELOW", "x"), ("QA_READER", "magic")]
)
def test_a_value_that_does_not_fit_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({name: value})


@pytest.mark.parametrize(
    ("name", "within", "beyond"),
    [
        ("QA_READER_TOP", ("1", "10"), ("0", "11")),
        ("QA_TOP_K", ("1", "50"), ("0", "51")),
        ("QA_ABSTAIN_BELOW", ("0", "1"), ("-0.1", "1.1", "nan")),
        ("QA_TIME_LIMIT", ("0", "0.5"), ("-1", "nan")),
        ("QA_MAX_WAITING", ("0", "1"), ("-1",)),
        ("QA_MAX_QUESTION_CHARS", ("1",), ("0",)),
        ("QA_MAX_UPLOAD_MB", ("1",), ("0",)),
        ("QA_SESSION_HOURS", ("1", "720"), ("0", "721")),
        ("QA_REQUESTS_PER_MINUTE", ("0",), ("-1",)),
        ("QA_THREADS", ("1",), ("0",)),
    ],
)
def test_a_number_beyond_its_bounds_is_named(name: str, within: tuple[str, ...], beyond: tuple[str, ...]) -> None:
    for value in within:
        Settings.from_environment({name: value})
    for value in beyond:
        with pytest.raises(SettingsError, match=name) as refused:
            Settings.from_environment({name: value})
        assert refused.value.reason.startswith(("应为", "不能小于"))


def test_every_setting_is_in_the_guide() -> None:
    guide = (ROOT / "docs" / "guide.md").read_text("utf-8")
    assert [each.name for each in fields(Settings) if environment_name(each.name) not in guide] == []
