"""The table of a benchmark, ours and what was published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qa.evaluation.bench.benchmarks import Benchmark
from qa.evaluation.bench.reading import ReadingResult
from qa.evaluation.measures.bootstrap import Interval
from qa.evaluation.measures.summary import MEASURES_BY_KEY, OVERALL, Summary
from qa.evaluation.report.names import figure, interval_text
from qa.evaluation.report.table import aligned

RETRIEVAL = ("success@1", "success@5", "success@10", "mrr@10")
END_TO_END = ("success@1", "em", "f1", "contains", "false_abstain", "latency_p50_ms", "latency_p95_ms")


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
    """``retrieval`` is over every question without reading, ``reading`` and ``end_to_end`` over those that were read."""

    benchmark: Benchmark
    conditions: Conditions
    paragraphs: int
    retrieval: Summary
    reading: ReadingResult
    end_to_end: Summary


def bench_lines(result: BenchResult) -> list[str]:
    """Retrieval, reading with the paragraph given, end to end, and the published figures with their sources."""
    benchmark, conditions, reading = result.benchmark, result.conditions, result.reading
    lines = [
        f"{benchmark.title} {conditions.part}：{result.paragraphs} 段    （{benchmark.licence}，{benchmark.home}）",
        f"数据 sha256 {conditions.data_sha256[:16]}    模型 {conditions.model}    阅读 {conditions.reader}",
        f"{conditions.day}    {conditions.machine}",
        "",
    ]
    given = [
        ("给定段落", "EM", f"{reading.em:.3f}", _span(reading.em_interval), str(reading.count)),
        ("给定段落", "F1", f"{reading.f1:.3f}", _span(reading.f1_interval), str(reading.count)),
    ]
    rows = [
        ("步骤", "指标", "值", "95% 区间", "题数"),
        *_rows("检索", result.retrieval, RETRIEVAL),
        *given,
        *_rows("全程", result.end_to_end, END_TO_END),
    ]
    published = [
        ("已发表（给定段落）", "部分", "EM", "F1"),
        (f"本机：{conditions.reader}", conditions.part, f"{reading.em:.3f}", f"{reading.f1:.3f}"),
        *((each.system, each.part, f"{each.em:.3f}", f"{each.f1:.3f}") for each in benchmark.published),
    ]
    sources = dict.fromkeys(each.source for each in benchmark.published)
    return [*lines, *aligned(rows), "", *aligned(published), *(f"出处：{source}" for source in sources)]


def _rows(step: str, summary: Summary, keys: Sequence[str]) -> list[tuple[str, ...]]:
    overall = summary[OVERALL]
    return [
        (
            step,
            MEASURES_BY_KEY[key].title,
            figure(overall[key].value, MEASURES_BY_KEY[key]),
            interval_text(overall[key], MEASURES_BY_KEY[key]),
            str(overall[key].count),
        )
        for key in keys
    ]


def _span(interval: Interval) -> str:
    return f"{interval.low:.3f}–{interval.high:.3f}"


def bench_object(result: BenchResult) -> dict[str, Any]:
    """The same as one JSON object."""
    benchmark, conditions, reading = result.benchmark, result.conditions, result.reading
    retrieval, end_to_end = result.retrieval[OVERALL], result.end_to_end[OVERALL]
    return {
        "benchmark": benchmark.name,
        "part": conditions.part,
        "data_sha256": conditions.data_sha256,
        "licence": benchmark.licence,
        "home": benchmark.home,
        "paragraphs": result.paragraphs,
        "questions": retrieval["success@1"].count,
        "questions_read": reading.count,
        "model": conditions.model,
        "reader": conditions.reader,
        "day": conditions.day.isoformat(),
        "machine": conditions.machine,
        "retrieval": {key: retrieval[key].value for key in RETRIEVAL},
        "given_paragraph": {"em": reading.em, "f1": reading.f1},
        "end_to_end": {key: end_to_end[key].value for key in END_TO_END},
        "published": [
            {"system": e.system, "part": e.part, "em": e.em, "f1": e.f1, "source": e.source}
            for e in benchmark.published
        ],
    }
