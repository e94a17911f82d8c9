from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import UsageError
from qa.evaluation.expected import (
    Expectation,
    ExpectedMeasure,
    KnownFailure,
    expectation_for,
    read_expectations,
    write_expectations,
)

EXPECTATION = Expectation(
    command="qa eval eval/ordos.jsonl --half test",
    model="m1",
    corpus="sha256:c1",
    questions="sha256:q1",
    measures=(ExpectedMeasure("success@1", 0.9333333333333333, 0.02, 0.9), ExpectedMeasure("wrong_answer", 0.1, 0.0)),
    known_failures=(
        KnownFailure("Q017", '跨页"表格"尚未支持', date(2027, 3, 31)),
        KnownFailure("success@1", "还差一点", date(2027, 3, 31), of_measure=True),
    ),
    run="expected/test.jsonl",
)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "eval" / "expected.toml"
    others = [EXPECTATION, replace(EXPECTATION, command="qa eval other.jsonl", run=None, known_failures=())]
    write_expectations(path, others)
    assert read_expectations(path) == others
    assert expectation_for(others, "qa eval other.jsonl", path) is others[1]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text.strip()))
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("toml") / "e.toml"
    known = (KnownFailure(text, text, date(2027, 1, 1)),)
    write_expectations(path, [replace(EXPECTATION, command=text, known_failures=known)])
    (read,) = read_expectations(path)
    assert (read.command, read.known_failures) == (text, known)


def test_the_form_shown_in_the_documentation(tmp_path: Path) -> None:
    from qa.evaluation import expected

    assert expected.__doc__ is not None
    sample = expected.__doc__.split("::\n")[1].split("\n``value``")[0]
    path = tmp_path / "e.toml"
    path.write_text("\n".join(line.removeprefix("    ") for line in sample.splitlines()), encoding="utf-8")
    (read,) = read_expectations(path)
    assert read.measures == (
        ExpectedMeasure("success@1", 0.93, 0.02, 0.90),
        ExpectedMeasure("contains", 0.73, 0.03, 0.75),
    )
    assert read.known_failures == (
        KnownFailure("Q017", "跨页表格尚未支持", date(2027, 3, 31)),
        KnownFailure("contains", "阅读模型还在训练", date(2027, 3, 31), of_measure=True),
    )


def test_the_last_day_still_excuses() -> None:
    known = EXPECTATION.known_failures[0]
    assert not known.expired(date(2027, 3, 31))
    assert known.expired(date(2027, 4, 1))


GOOD = """
[[expected]]
command = "c"
model = "m"
corpus = "k"
questions = "q"
[expected.measures]
"success@1" = { value = 1, tolerance = 0.02 }
[[expected.known_failures]]
id = "Q1"
reason = "r"
until = 2027-01-01
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[[expected]]", "[[expected", "不是合格的 TOML"),
        ("[[expected]]", "[expected]", r"应写成 \[\[expected\]\]"),
        ('command = "c"', "", "第 1 个.*command 应是非空的字符串"),
        ('model = "m"', "model = 3", "model 应是非空的字符串；原因：写的是 3"),
        ('corpus = "k"', 'corpus = " "', "corpus 应是非空"),
        ('questions = "q"', 'questions = "q"\nrun = 3', "run 应是非空"),
        ("success@1", "success@2", "没有指标“success@2”；下一步：可用的指标：success@1、"),
        ("{ value = 1, tolerance = 0.02 }", "0.9", "success@1 应写成"),
        ("value = 1", 'value = "1"', "success@1 的 value 应是数；原因：写的是 '1'"),
        ("value = 1", "value = nan", "success@1 的 value 应是数"),
        ("value = 1", "value = true", "success@1 的 value 应是数"),
        ("value = 1, ", "", "success@1 的 value 应是数"),
        ("tolerance = 0.02", "tolerance = -0.02", "tolerance 不能小于 0"),
        ("tolerance = 0.02", "tolerance = 0.02, flor = 0.9", "不认识的项：flor"),
        ("tolerance = 0.02", 'tolerance = 0.02, floor = "x"', "floor 应是数"),
        ('[expected.measures]\n"success@1" = { value = 1, tolerance = 0.02 }', "", r"缺少 \[expected.measures\]"),
        ("until = 2027-01-01", 'until = "2027-01-01"', "已知问题 Q1 的 until 应是日期"),
        ("until = 2027-01-01", "until = 2027-01-01T08:00:00", "已知问题 Q1 的 until 应是日期"),
        ('reason = "r"', "", "reason 应是非空"),
        ('id = "Q1"', "", "应写 id（题目）或 measure（指标）之一"),
        ('id = "Q1"', 'id = "Q1"\nmeasure = "success@1"', "应写 id（题目）或 measure（指标）之一"),
        ('id = "Q1"', 'measure = "success@1"', "已知问题里的指标“success@1”没有 floor"),
        ('id = "Q1"', 'measure = "wrong_answer"', "已知问题里的指标“wrong_answer”没有 floor"),
        ("[[expected.known_failures]]", "[expected.known_failures]", r"应写成 \[\[expected.known_failures\]\]"),
    ],
)
def test_what_is_wrong_is_said_with_the_file(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    path = tmp_path / "e.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert len(read_expectations(path)) == 1
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(UsageError, match=said) as caught:
        read_expectations(path)
    assert str(path) in caught.value.message


def test_files_that_are_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"找不到期望值文件.*--accept"):
        read_expectations(tmp_path / "none.toml")
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="不是合格的 TOML"):
        read_expectations(tmp_path / "x.toml")
    with pytest.raises(UsageError, match="读不了期望值文件"):
        read_expectations(tmp_path)


def test_a_command_the_file_does_not_have() -> None:
    with pytest.raises(
        UsageError, match=r"没有这条命令的期望值：qa eval x.*文件里有：“qa eval eval/ordos.jsonl --half test”"
    ):
        expectation_for([EXPECTATION], "qa eval x", Path("e.toml"))
    with pytest.raises(UsageError, match="文件里有：没有任何命令"):
        expectation_for([], "qa eval x", Path("e.toml"))
