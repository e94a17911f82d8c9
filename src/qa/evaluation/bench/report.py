"""The table of a benchmark, ours and what was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from qa.evaluation.bench.benchmarks import Benchmark
from qa.evaluation.bench.collection import paragraph_measures
from qa.evaluation.bench.reading import ReadingResult
from qa.evaluation.measures.bootstrap import Interval
from qa.evaluation.measures.summary import MEASURES_BY_KEY, OVERALL, Summary
from qa.evaluation.report.names import figure, interval_text
from qa.evaluation.report.table import aligned

_PARAGRAPH = paragraph_measures({})
_PARAGRAPH_KEYS = tuple(measure.key for measure in _PARAGRAPH)
_MEASURES = {**MEASURES_BY_KEY, **{measure.key: measure for measure in _PARAGRAPH}}
RETRIEVAL = ("success@1", "success@5", "success@10", "mrr@10", *_PARAGRAPH_KEYS)
MEMBER = ("success@1", "success@10", *_PARAGRAPH_KEYS)
END_TO_END = (
    *MEMBER,
    *("em", "f1", "contains", "false_abstain", "latency_p50_ms", "latency_p95_ms"),
)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the figures of a benchmark hang on: its part, the file's hash, the models, the day and the machine."""

    part: str
    data_sha256: str
    model: str
    reader: str
    day: date
    machine: str


@dataclass(frozen=True, slots=True)
class BenchResult:
    """``retrieval`` is over every question without reading, ``reading`` and ``end_to_end`` over those that were read.

    ``reading`` is ``None`` where paragraphs were not given. Both summaries hold the measures of
    :func:`qa.evaluation.bench.collection.paragraph_measures` too. ``end_to_end`` is ``None`` where nothing was read. ``members``: retrieval over the questions of each file of a
    collection, by its name.
    """

    benchmark: Benchmark
    conditions: Conditions
    paragraphs: int
    retrieval: Summary
    reading: ReadingResult | None
    end_to_end: Summary | None
    members: Mapping[str, Summary] = field(default_factory=dict)


def bench_lines(result: BenchResult) -> list[str]:
    """Retrieval, reading with the paragraph given, end to end, and the published figures with their sources."""
    benchmark, conditions, reading = result.benchmark, result.conditions, result.reading
    lines = [
        f"{benchmark.title} {conditions.part}：{result.paragraphs} 段    （{benchmark.licence}，{benchmark.home}）",
        f"数据 sha256 {conditions.data_sha256[:16]}    模型 {conditions.model}    阅读 {conditions.reader}",
        f"{conditions.day}    {conditions.machine}",
        *([f"注意：{benchmark.note}"] if benchmark.note and result.end_to_end else []),
        "",
    ]
    rows = [
        ("步骤", "指标", "值", "95% 区间", "题数"),
        *_rows("检索", result.retrieval, RETRIEVAL),
        *(row for name, summary in result.members.items() for row in _rows(f"检索 {name}", summary, MEMBER)),
        *_given(reading),
        *(_rows("全程", result.end_to_end, END_TO_END) if result.end_to_end else ()),
    ]
    return [*lines, *aligned(rows), *_published(result)]


def _given(reading: ReadingResult | None) -> list[tuple[str, ...]]:
    if reading is None:
        return []
    return [
        ("给定段落", "EM", f"{reading.em:.3f}", _span(reading.em_interval), str(reading.count)),
        ("给定段落", "F1", f"{reading.f1:.3f}", _span(reading.f1_interval), str(reading.count)),
    ]


def _published(result: BenchResult) -> list[str]:
    benchmark, conditions, reading = result.benchmark, result.conditions, result.reading
    if not benchmark.published or reading is None:
        return []
    rows = [
        ("已发表（给定段落）", "部分", "EM", "F1"),
        (f"本机：{conditions.reader}", conditions.part, f"{reading.em:.3f}", f"{reading.f1:.3f}"),
        *((each.system, each.part, f"{each.em:.3f}", f"{each.f1:.3f}") for each in benchmark.published),
    ]
    sources = dict.fromkeys(each.source for each in benchmark.published)
    return ["", *aligned(rows), *(f"出处：{source}" for source in sources)]


def _rows(step: str, summary: Summary, keys: Sequence[str]) -> list[tuple[str, ...]]:
    overall = summary[OVERALL]
    return [
        (
            step,
            _MEASURES[key].title,
            figure(overall[key].value, _MEASURES[key]),
            interval_text(overall[key], _MEASURES[key]),
            str(overall[key].count),
        )
        for key in keys
    ]


def _span(interval: Interval) -> str:
    return f"{interval.low:.3f}–{interval.high:.3f}"


def bench_object(result: BenchResult) -> dict[str, Any]:
    """The same as one JSON object."""
    benchmark, conditions, reading = result.benchmark, result.conditions, result.reading
    retrieval, end_to_end = result.retrieval[OVERALL], result.end_to_end and result.end_to_end[OVERALL]
    return {
        "benchmark": benchmark.name,
        "part": conditions.part,
        "data_sha256": conditions.data_sha256,
        "licence": benchmark.licence,
        "home": benchmark.home,
        "note": benchmark.note,
        "paragraphs": result.paragraphs,
        "questions": retrieval["success@1"].count,
        "questions_read": end_to_end["success@1"].count if end_to_end else 0,
        "model": conditions.model,
        "reader": conditions.reader,
        "day": conditions.day.isoformat(),
        "machine": conditions.machine,
        "retrieval": {key: retrieval[key].value for key in RETRIEVAL},
        "members": {
            name: {"questions": summary[OVERALL]["success@1"].count}
            | {key: summary[OVERALL][key].value for key in MEMBER}
            for name, summary in result.members.items()
        },
        "given_paragraph": None if reading is None else {"em": reading.em, "f1": reading.f1, "count": reading.count},
        "end_to_end": {key: end_to_end[key].value for key in END_TO_END} if end_to_end else None,
        "published": [
            {"system": e.system, "part": e.part, "em": e.em, "f1": e.f1, "source": e.source}
            for e in benchmark.published
        ],
    }
