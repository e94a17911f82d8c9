"""``qa eval bench``: a public benchmark, from its file to the table."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.options import Json, print_json, say, settings_of
from qa.records import Answer, Query, Result

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.evaluation.bench.benchmarks import Benchmark
    from qa.evaluation.bench.report import BenchResult, Conditions
    from qa.evaluation.bench.squad_file import Paragraph
    from qa.evaluation.measures.summary import Summary
    from qa.evaluation.runner import Ask
    from qa.settings import Settings


def register(group: typer.Typer) -> None:
    group.command(
        "bench", help="公开评测：cmrc2018、drcd、xquad（数据自行下载）；检索、给定段落、全程，并列已发表的数字"
    )(bench)


def bench(
    name: Annotated[str, typer.Argument(help="cmrc2018、drcd 或 xquad")],
    data: Annotated[Path, typer.Option("--data", help="放数据文件的文件夹")],
    part: Annotated[str | None, typer.Option("--part", help="数据的哪一部分，如 dev、trial、test")] = None,
    limit: Annotated[int | None, typer.Option("--limit", help="只用前若干段（试跑）", min=1)] = None,
    questions: Annotated[
        int | None, typer.Option("--questions", help="阅读与全程只问均匀抽取的若干题；检索仍问全部", min=1)
    ] = None,
    json: Json = False,
) -> None:
    from qa.evaluation.bench.benchmarks import benchmark_named, part_named
    from qa.evaluation.bench.report import bench_lines, bench_object
    from qa.evaluation.bench.squad_file import find_file, read_squad_file

    benchmark = benchmark_named(name)
    part = part_named(benchmark, part)
    file = find_file(benchmark, data, part)
    paragraphs = read_squad_file(file, limit)
    settings = _settings(name, paragraphs)
    _build(settings, paragraphs)
    result = _measured(benchmark, _conditions(settings, part, file), settings, paragraphs, questions)
    if json:
        print_json(bench_object(result))
    else:
        print("\n".join(bench_lines(result)))
    say(f"索引留在 {settings.index.parent}，下次直接使用；不再需要时可删除")


def _settings(name: str, paragraphs: Sequence[Paragraph]) -> Settings:
    """Corpus and index of the benchmark in the cache: named by their content, so that a second run starts at once."""
    settings = settings_of(None, None)
    content = hashlib.sha256("\0".join(paragraph.text for paragraph in paragraphs).encode()).hexdigest()[:12]
    folder = settings.cache / "bench" / f"{name}-{content}"
    return replace(settings, corpus=folder / "corpus", index=folder / "index")


def _build(settings: Settings, paragraphs: Sequence[Paragraph]) -> None:
    from qa.bootstrap import index_corpus
    from qa.cli.progress import build_progress

    settings.corpus.mkdir(parents=True, exist_ok=True)
    for paragraph in paragraphs:
        path = settings.corpus / paragraph.path
        if not path.exists():
            path.write_text(paragraph.text, encoding="utf-8")
    with build_progress() as (notify, status):
        index_corpus(settings, notify=notify, status=status)


def _conditions(settings: Settings, part: str, file: Path) -> Conditions:
    from qa.evaluation.bench.report import Conditions

    return Conditions(
        part=part,
        data_sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        model=settings.model or "multilingual-e5-small",
        reader="",
        day=date.today(),
        machine=f"{_processor()}，{os.cpu_count()} 核，Python {platform.python_version()}，计算线程 {settings.threads}",
    )


def _processor() -> str:
    """The processor's name where the system tells it, else the kind of processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "") or platform.processor() or platform.machine()


def _measured(
    benchmark: Benchmark,
    conditions: Conditions,
    settings: Settings,
    paragraphs: Sequence[Paragraph],
    most: int | None,
) -> BenchResult:
    from qa.bootstrap import open_assistant
    from qa.cli.eval import TOP_K, counting
    from qa.evaluation.bench.reading import read_given_paragraphs
    from qa.evaluation.bench.report import BenchResult
    from qa.evaluation.bench.squad_file import spread

    assistant = open_assistant(settings)
    assistant.warm()
    reader = assistant.snapshot().reader

    def search(text: str) -> Result:
        query = Query(text, top_k=TOP_K)
        return Result(query, assistant.understand(query), Answer(), assistant.search(query))

    retrieval = _summary(assistant, search, paragraphs, "检索")
    asked = spread(paragraphs, most)
    with counting("给定段落") as progress:
        reading = read_given_paragraphs(reader, lambda text: assistant.understand(Query(text)), asked, progress)
    return BenchResult(
        benchmark=benchmark,
        conditions=replace(conditions, reader=reader.name),
        paragraphs=len(paragraphs),
        retrieval=retrieval,
        reading=reading,
        end_to_end=_summary(assistant, lambda text: assistant.ask(Query(text, top_k=TOP_K)), asked, "全程"),
    )


def _summary(assistant: Assistant, ask: Ask, paragraphs: Sequence[Paragraph], label: str) -> Summary:
    from qa.cli.eval import collection_of, counting
    from qa.evaluation.measures.summary import summarise
    from qa.evaluation.runner import EvaluationRunner

    runner = EvaluationRunner(ask, collection_of(assistant))
    with counting(label) as progress:
        return summarise(runner.run([question for each in paragraphs for question in each.questions], progress))
