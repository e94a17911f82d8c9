"""``eval/expected.toml``: what a command is expected to measure, with which models over which corpus.

::

    [[expected]]
    command = "qa eval eval/ordos.jsonl --half test"
    model = "…"                  # fingerprint of the models; "*" lets any through
    corpus = "sha256:…"          # hash of the corpus; "*" lets any through
    questions = "sha256:…"       # fingerprint of the gold
    run = "expected/test.jsonl"  # the accepted run, question by question, beside this file (may be left out)

    [expected.measures]
    "success@1" = { value = 0.93, tolerance = 0.02, floor = 0.90 }   # floor may be left out
    "contains" = { value = 0.73, tolerance = 0.03, floor = 0.75 }

    [[expected.known_failures]]
    id = "Q017"
    reason = "跨页表格尚未支持"
    until = 2027-03-31

    [[expected.known_failures]]
    measure = "contains"         # its floor is not reached yet
    reason = "阅读模型还在训练"
    until = 2027-03-31

``value`` counts all questions but the known failures. ``floor`` is what may never be passed (for measures where less is
better it is a ceiling). The file is written by ``qa eval … --accept`` and may be edited by hand.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from qa.errors import UsageError
from qa.evaluation.measures.summary import MEASURES_BY_KEY
from qa.evaluation.whole_files import write_whole

ANY = "*"


@dataclass(frozen=True, slots=True)
class ExpectedMeasure:
    """A measure's accepted value, the loss that is let through, and the bound that may never be passed."""

    key: str
    value: float
    tolerance: float
    floor: float | None = None


@dataclass(frozen=True, slots=True)
class KnownFailure:
    """A question that is known to fail, or a measure (``of_measure``, ``id`` is its key) that is known not to reach its floor.

    Up to and including the day ``until`` the question is left out of the gate, the measure's floor is not held.
    """

    id: str
    reason: str
    until: date
    of_measure: bool = False

    def expired(self, today: date) -> bool:
        return today > self.until


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one command is expected to measure."""

    command: str
    model: str
    corpus: str
    questions: str
    measures: tuple[ExpectedMeasure, ...]
    known_failures: tuple[KnownFailure, ...] = ()
    run: str | None = None  # path relative to the folder of the file


def read_expectations(path: Path) -> list[Expectation]:
    """The expectations of the file, in order. Raises :class:`UsageError` naming the file and the entry that is
    wrong.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError(f"找不到期望值文件：{path}", hint=f"先运行 qa eval … --expected {path} --accept") from error
    except OSError as error:
        raise UsageError(f"读不了期望值文件：{path}", reason=str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"期望值文件不是合格的 TOML：{path}", reason=str(error)) from error
    entries = data.get("expected", [])
    if not isinstance(entries, list):
        raise UsageError(f"{path}：应写成 [[expected]]")
    return [_expectation(entry, f"{path} 第 {number} 个 [[expected]]") for number, entry in enumerate(entries, start=1)]


def expectation_for(expectations: Sequence[Expectation], command: str, path: Path) -> Expectation:
    """The expectation of the command. Raises :class:`UsageError` when the file has none."""
    for expectation in expectations:
        if expectation.command == command:
            return expectation
    known = "、".join(f"“{each.command}”" for each in expectations) or "没有任何命令"
    raise UsageError(
        f"{path} 里没有这条命令的期望值：{command}",
        reason=f"文件里有：{known}",
        hint=f"{command} --expected {path} --accept",
    )


def write_expectations(path: Path, expectations: Sequence[Expectation]) -> None:
    """Write the file whole. Raises :class:`UsageError` when it cannot be written."""
    write_whole({path: expectations_text(expectations)})


def expectations_text(expectations: Sequence[Expectation]) -> str:
    """The file's text. Comments that stood in it are lost; reasons have a field of their own."""
    blocks = ["# 评测的期望值。由 qa eval … --accept 写成，可以手工修改；含义见 eval/README.md。\n"]
    blocks += [_block(expectation) for expectation in expectations]
    return "\n".join(blocks)


def _block(expectation: Expectation) -> str:
    lines = ["[[expected]]"]
    for name in ("command", "model", "corpus", "questions", "run"):
        value = getattr(expectation, name)
        if value is not None:
            lines.append(f"{name} = {_string(value)}")
    lines += ["", "[expected.measures]"]
    for measure in expectation.measures:
        floor = "" if measure.floor is None else f", floor = {_number(measure.floor)}"
        lines.append(
            f'"{measure.key}" = {{ value = {_number(measure.value)}, tolerance = {_number(measure.tolerance)}{floor} }}'
        )
    for known in expectation.known_failures:
        subject = "measure" if known.of_measure else "id"
        lines += ["", "[[expected.known_failures]]", f"{subject} = {_string(known.id)}"]
        lines.append(f"reason = {_string(known.reason)}")
        lines.append(f"until = {known.until.isoformat()}")
    return "\n".join(lines) + "\n"


def _string(value: str) -> str:
    # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _number(value: float) -> str:
    return repr(float(value))


def _expectation(entry: Any, place: str) -> Expectation:
    if not isinstance(entry, dict):
        raise UsageError(f"{place}：应是一个表")
    texts = {name: _text(entry, name, place) for name in ("command", "model", "corpus", "questions")}
    measures = entry.get("measures")
    if not isinstance(measures, dict) or not measures:
        raise UsageError(f"{place}：缺少 [expected.measures]")
    failures = entry.get("known_failures", [])
    if not isinstance(failures, list):
        raise UsageError(f"{place}：应写成 [[expected.known_failures]]")
    gated = tuple(_measure(key, value, place) for key, value in measures.items())
    known = tuple(_known_failure(each, place) for each in failures)
    floors = {each.key for each in gated if each.floor is not None}
    for each in known:
        if each.of_measure and each.id not in floors:
            raise UsageError(
                f"{place}：已知问题里的指标“{each.id}”没有 floor", hint="写上它的 floor，或删去这条已知问题"
            )
    return Expectation(
        **texts,
        measures=gated,
        known_failures=known,
        run=_text(entry, "run", place) if "run" in entry else None,
    )


def _measure(key: str, value: Any, place: str) -> ExpectedMeasure:
    if key not in MEASURES_BY_KEY:
        raise UsageError(f"{place}：没有指标“{key}”", hint="可用的指标：" + "、".join(MEASURES_BY_KEY))
    if not isinstance(value, dict):
        raise UsageError(f"{place}：指标 {key} 应写成 {{ value = …, tolerance = … }}")
    unknown = set(value) - {"value", "tolerance", "floor"}
    if unknown:
        raise UsageError(f"{place}：指标 {key} 有不认识的项：{'、'.join(sorted(unknown))}")
    floor = _figure(value, "floor", key, place) if "floor" in value else None
    tolerance = _figure(value, "tolerance", key, place)
    if tolerance < 0:
        raise UsageError(f"{place}：指标 {key} 的 tolerance 不能小于 0", reason=f"写的是 {tolerance}")
    return ExpectedMeasure(key, _figure(value, "value", key, place), tolerance, floor)


def _known_failure(value: Any, place: str) -> KnownFailure:
    if not isinstance(value, dict):
        raise UsageError(f"{place}：known_failures 的每一项应是一个表")
    if ("id" in value) == ("measure" in value):
        raise UsageError(f"{place}：known_failures 的每一项应写 id（题目）或 measure（指标）之一")
    of_measure = "measure" in value
    id, reason = _text(value, "measure" if of_measure else "id", place), _text(value, "reason", place)
    until = value.get("until")
    # A TOML date-time is a datetime, which is a date too; only whole days are meant here.
    if type(until) is not date:
        raise UsageError(f"{place}：已知问题 {id} 的 until 应是日期，如 2027-03-31", reason=f"写的是 {until!r}")
    return KnownFailure(id, reason, until, of_measure)


def _figure(value: dict[str, Any], name: str, key: str, place: str) -> float:
    figure = value.get(name)
    if isinstance(figure, bool) or not isinstance(figure, (int, float)) or figure != figure:
        raise UsageError(f"{place}：指标 {key} 的 {name} 应是数", reason=f"写的是 {figure!r}")
    return float(figure)


def _text(entry: dict[str, Any], name: str, place: str) -> str:
    text = entry.get(name)
    if not isinstance(text, str) or not text.strip():
        raise UsageError(f"{place}：{name} 应是非空的字符串", reason=f"写的是 {text!r}")
    return text
