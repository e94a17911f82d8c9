"""The table of a benchmark, ours and what was published."""

from __future__ import annotations

from typing import Any

from qa.evaluation.bench.benchmarks import Benchmark
from qa.evaluation.bench.reading import ReadingResult
from qa.evaluation.measures.summary import MEASURES_BY_KEY, OVERALL, Summary
from qa.evaluation.report.names import figure, interval_text
from qa.evaluation.report.table import aligned

RETRIEVAL = ("success@1", "success@5", "success@10", "mrr@10")
END_TO_END = ("em", "f1", "contains", "false_abstain", "latency_p50_ms", "latency_p95_ms")


def bench_lines(
    benchmark: Benchmark, reading: ReadingResult, summary: Summary, reader: str, paragraphs: int
) -> list[str]:
    """Retrieval, reading with the paragraph given, end to end, and the published figures with their sources."""
    overall = summary[OVERALL]
    lines = [f"{benchmark.title}：{paragraphs} 段，{reading.count} 题    （{benchmark.licence}，{benchmark.home}）", ""]
    rows = [("步骤", "指标", "值", "95% 区间")]
    for step, keys in (("检索", RETRIEVAL), ("全程", END_TO_END)):
        for key in keys:
            measure = MEASURES_BY_KEY[key]
            rows.append(
                (step, measure.title, figure(overall[key].value, measure), interval_text(overall[key], measure))
            )
    em, f1 = reading.em_interval, reading.f1_interval
    given = [
        ("给定段落", "EM", f"{reading.em:.3f}", f"{em.low:.3f}–{em.high:.3f}"),
        ("给定段落", "F1", f"{reading.f1:.3f}", f"{f1.low:.3f}–{f1.high:.3f}"),
    ]
    lines += aligned([*rows[: 1 + len(RETRIEVAL)], *given, *rows[1 + len(RETRIEVAL) :]])
    published = [
        ("已发表（给定段落）", "部分", "EM", "F1"),
        (f"本机：{reader}", "—", f"{reading.em:.3f}", f"{reading.f1:.3f}"),
    ]
    published += [(each.system, each.part, f"{each.em:.3f}", f"{each.f1:.3f}") for each in benchmark.published]
    sources = dict.fromkeys(each.source for each in benchmark.published)
    return [*lines, "", *aligned(published), *(f"出处：{source}" for source in sources)]


def bench_object(
    benchmark: Benchmark, reading: ReadingResult, summary: Summary, reader: str, paragraphs: int
) -> dict[str, Any]:
    """The same as one JSON object."""
    overall = summary[OVERALL]
    return {
        "benchmark": benchmark.name,
        "licence": benchmark.licence,
        "home": benchmark.home,
        "paragraphs": paragraphs,
        "questions": reading.count,
        "reader": reader,
        "retrieval": {key: overall[key].value for key in RETRIEVAL},
        "given_paragraph": {"em": reading.em, "f1": reading.f1},
        "end_to_end": {key: overall[key].value for key in END_TO_END},
        "published": [
            {"system": e.system, "part": e.part, "em": e.em, "f1": e.f1, "source": e.source}
            for e in benchmark.published
        ],
    }
