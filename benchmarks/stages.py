"""Where a question and a passage spend their time: ``python -m benchmarks.stages INDEX CORPUS QUESTIONS.jsonl``.

Each stage of 引证 is called by itself, in the order in which it comes. Processor time: of a question's stages the median over the
questions, of a passage's the mean over the passages.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from qa.adapters.onnx_embedder import OnnxEmbedder
from qa.adapters.sqlite.rows import embedding_text
from qa.answering.answer import answer_from
from qa.assistant import READ_TOP, Assistant
from qa.bootstrap import open_assistant
from qa.reading import passages_of, read_document
from qa.records import Filters, Query
from qa.search.fusion import fuse
from qa.search.retrieval import CANDIDATES, Retriever
from qa.settings import Settings

T = TypeVar("T")


class Stages:
    """Processor time by stage, one value a question; milliseconds."""

    def __init__(self) -> None:
        self.spent: dict[str, list[float]] = {}

    def time(self, stage: str, run: Callable[[], T]) -> T:
        """What ``run`` returns; what it took is kept under ``stage``. Threads that it starts count too."""
        begun = time.process_time()
        found = run()
        self.spent.setdefault(stage, []).append((time.process_time() - begun) * 1000)
        return found

    def medians(self) -> dict[str, float]:
        """Stage → median, in the order of the stages."""
        return {stage: statistics.median(values) for stage, values in self.spent.items()}


def question_stages(assistant: Assistant, questions: Sequence[str], stages: Stages) -> None:
    """Runs each question stage by stage; the stages together are :meth:`Assistant.ask`."""
    now = assistant.snapshot()
    retriever = Retriever(now.store, now.store, now.vectors, now.embedder, now.analyzer)
    for text in questions:
        question = stages.time("understand", lambda: assistant.understand(Query(text)))  # noqa: B023
        vector = stages.time("embed", lambda: now.embedder.embed_queries([text]))  # noqa: B023
        terms = question.terms
        lexical = stages.time("words (FTS5)", lambda: now.store.search(terms, CANDIDATES, Filters()))  # noqa: B023
        dense = stages.time("vectors (FAISS)", lambda: now.vectors.search(vector, CANDIDATES, None))  # noqa: B023
        fused = fuse(lexical, dense)
        stages.time("fetch passages", lambda: now.store.passages(each.key for each in fused))  # noqa: B023
        hits = stages.time("search in all", lambda: retriever.retrieve(question, Filters(), READ_TOP)).hits  # noqa: B023
        passages = [hit.passage for hit in hits]
        stages.time("reader", lambda: now.reader.read(question, passages))  # noqa: B023
        below = assistant.settings.abstain_below
        stages.time("answer in all", lambda: answer_from(question, hits, now.reader, now.analyzer, below))  # noqa: B023


def passage_stages(assistant: Assistant, corpus: Path, most: int, stages: Stages) -> None:
    """Runs the stages of indexing, file by file, until ``most`` passages; milliseconds a passage."""
    now, count = assistant.snapshot(), 0
    for path in sorted(corpus.glob("*.txt")):
        own = Stages()
        document = own.time("read", lambda: read_document(path, corpus))  # noqa: B023
        passages = own.time("cut", lambda: passages_of(document))  # noqa: B023
        texts = [embedding_text(passage) for passage in passages]
        own.time("terms", lambda: [now.analyzer.terms(text) for text in texts])  # noqa: B023
        if isinstance(now.embedder, OnnxEmbedder):
            own.time("tokens", lambda: now.embedder.count_tokens(texts))  # type: ignore[attr-defined]  # noqa: B023
        own.time("embed (tokens again)", lambda: now.embedder.embed_documents(texts))  # noqa: B023
        for stage, spent in own.spent.items():
            stages.spent.setdefault(stage, []).extend([spent[0] / len(texts)] * len(texts))
        count += len(texts)
        if count >= most:
            break


def main(argv: Sequence[str] | None = None) -> None:
    """Prints milliseconds by stage as JSON, with the trained reader."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stages", description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--most", type=int, default=60)
    given: Any = parser.parse_args(argv)
    settings = replace(Settings.from_environment(), index=given.index, corpus=given.corpus)
    assistant = open_assistant(settings)
    assistant.warm()
    lines = given.questions.read_text("utf-8").splitlines()[: given.most]
    stages = Stages()
    question_stages(assistant, [json.loads(line)["question"] for line in lines], stages)
    indexing = Stages()
    passage_stages(assistant, given.corpus, given.most, indexing)
    means = {stage: statistics.fmean(spent) for stage, spent in indexing.spent.items()}
    found = {"question": stages.medians(), "passage": means}
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
