"""``qa eval bench``: a public benchmark, from its file to the table."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.options import Json, print_json, say, settings_of
from qa.records import Query

if TYPE_CHECKING:
    from qa.evaluation.bench.squad_file import Paragraph
    from qa.settings import Settings


def register(group: typer.Typer) -> None:
    group.command(
        "bench", help="公开评测：cmrc2018、drcd、xquad（数据自行下载）；检索、给定段落、全程，并列已发表的数字"
    )(bench)


def bench(
    name: Annotated[str, typer.Argument(help="cmrc2018、drcd 或 xquad")],
    data: Annotated[Path, typer.Option("--data", help="放数据文件的文件夹")],
    limit: Annotated[int | None, typer.Option("--limit", help="只用前若干段（试跑）", min=1)] = None,
    questions: Annotated[int | None, typer.Option("--questions", help="只问前若干题；段落仍全部入库", min=1)] = None,
    json: Json = False,
) -> None:
    from qa.evaluation.bench.benchmarks import benchmark_named
    from qa.evaluation.bench.squad_file import find_file, read_squad_file

    benchmark = benchmark_named(name)
    paragraphs = read_squad_file(find_file(benchmark, data), limit)
    settings = _settings(name, paragraphs)
    _build(settings, paragraphs)
    _measure_and_print(name, settings, paragraphs, questions, json=json)


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


def _measure_and_print(
    name: str, settings: Settings, paragraphs: Sequence[Paragraph], most: int | None, *, json: bool
) -> None:
    from qa.bootstrap import open_assistant
    from qa.cli.eval import TOP_K, collection_of, counting
    from qa.evaluation.bench.benchmarks import benchmark_named
    from qa.evaluation.bench.reading import read_given_paragraphs
    from qa.evaluation.bench.report import bench_lines, bench_object
    from qa.evaluation.measures.summary import summarise
    from qa.evaluation.runner import EvaluationRunner

    assistant = open_assistant(settings)
    assistant.warm()
    asked = _first(paragraphs, most)
    reader = assistant.snapshot().reader
    with counting("给定段落") as progress:
        reading = read_given_paragraphs(reader, lambda text: assistant.understand(Query(text)), asked, progress)
    runner = EvaluationRunner(lambda text: assistant.ask(Query(text, top_k=TOP_K)), collection_of(assistant))
    with counting("全程") as progress:
        outcomes = runner.run([question for each in asked for question in each.questions], progress)
    made = (benchmark_named(name), reading, summarise(outcomes), reader.name, len(paragraphs))
    if json:
        print_json(bench_object(*made))
    else:
        print("\n".join(bench_lines(*made)))
    say(f"索引留在 {settings.index.parent}，下次直接使用；不再需要时可删除")


def _first(paragraphs: Sequence[Paragraph], most: int | None) -> list[Paragraph]:
    """The paragraphs with only the first ``most`` questions left."""
    left = most if most is not None else sum(len(each.questions) for each in paragraphs)
    kept = []
    for paragraph in paragraphs:
        kept.append(replace(paragraph, questions=paragraph.questions[:left]))
        left -= len(kept[-1].questions)
    return kept
