from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qa.evaluation.measures.cmrc import exact_match, f1, longest_common_run, mixed_units, without_punctuation

# Made once with the data set's own script (version 5, NLTK 3.9.1): hand-written pairs and cuts of the five documents.
RECORDED: list[dict[str, Any]] = json.loads(Path(__file__).with_name("cmrc_recorded.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", RECORDED, ids=[str(number) for number in range(len(RECORDED))])
def test_as_the_script_of_cmrc_2018(case: dict[str, Any]) -> None:
    assert exact_match(case["gold"], case["predicted"]) == case["em"]
    assert f1(case["gold"], case["predicted"]) == pytest.approx(case["f1"])


def test_recorded_cases_cover_both_ends_and_the_middle() -> None:
    assert len(RECORDED) > 100
    assert {case["em"] for case in RECORDED} == {0, 1}
    assert sum(0.2 < case["f1"] < 0.9 for case in RECORDED) > 20


def test_units() -> None:
    assert mixed_units("引进新品种556个") == ["引", "进", "新", "品", "种", "556", "个"]
    assert mixed_units("R&D 经费 53.2 亿元") == ["r", "&", "d", "经", "费", "53.2", "亿", "元"]
    assert mixed_units("1,142 个") == ["1,142", "个"]
    assert mixed_units("ω-force") == ["ωforce"]  # marks go before words are cut, as in the script
    assert mixed_units(" 。 ") == []
    assert mixed_units("") == []


def test_punctuation() -> None:
    assert without_punctuation(" 《Ａ-b》，c。 ") == "ａbc"
    assert without_punctuation("a b") == "a b"
    assert without_punctuation("a,b;c…") == "a,b;c…"  # not of the script's list


def test_longest_common_run_is_contiguous() -> None:
    assert longest_common_run("abcde", "xbcdy") == 3
    assert longest_common_run("abc", "a-b-c") == 1
    assert longest_common_run("abab", "ab") == 2
    assert longest_common_run("", "abc") == longest_common_run("abc", "") == 0


def test_best_of_several_gold_answers() -> None:
    assert f1(["甲乙", "甲乙丙丁"], "甲乙丙") == 2 * 3 / (4 + 3)
    assert exact_match(["甲", "乙"], "乙") == 1.0
    assert exact_match([], "乙") == f1([], "乙") == 0.0
