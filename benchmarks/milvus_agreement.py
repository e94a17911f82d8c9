"""``python -m benchmarks.milvus_agreement STORE``: does a library in Milvus rank as the same library with FAISS does?

Both are built from ``corpus/`` with the shipped model in a temporary folder; every question of the dev half of ``eval/*.jsonl`` is
asked of both. Printed as one JSON object: how many questions get the same passages in the same order among the nearest 50 by
vector and by words, the same ten results, and the same answer; and the largest difference of a score.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from qa.bootstrap import index_corpus, open_assistant
from qa.evaluation.evaluation_set import Half
from qa.evaluation.set_reader import read_evaluation_set
from qa.records import Answer, Filters, Query
from qa.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DEEP = 50
Ranking = list[tuple[int, float]]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.milvus_agreement", description=__doc__)
    parser.add_argument("store", help="a value of QA_STORE")
    chosen = parser.parse_args()
    dev: Half = "dev"
    sets = sorted((ROOT / "eval").glob("ordos*.jsonl"))
    questions = [each.question for each in read_evaluation_set(sets, dev)]
    with tempfile.TemporaryDirectory() as folder:
        common = Settings.from_environment(corpus=ROOT / "corpus", store=None)
        plain = replace(common, index=Path(folder) / "faiss", store="")
        shared = replace(common, index=Path(folder) / "milvus", store=chosen.store)
        figures = _compare(plain, shared, questions)
    print(json.dumps({"store": chosen.store, "questions": len(questions), **figures}, ensure_ascii=False, indent=1))


def _compare(plain: Settings, shared: Settings, questions: list[str]) -> dict[str, object]:
    for settings in (plain, shared):
        index_corpus(settings)
    faiss, milvus = open_assistant(plain), open_assistant(shared)
    ours, theirs = milvus.snapshot(), faiss.snapshot()
    vectors, words, results, answers = [], [], [], []
    largest = 0.0
    spent: dict[str, list[float]] = {"faiss": [], "milvus": []}
    for question in questions:
        vector = theirs.embedder.embed_queries([question])
        a = _timed(spent["faiss"], lambda vector=vector: theirs.vectors.search(vector, DEEP))
        b = _timed(spent["milvus"], lambda vector=vector: ours.vectors.search(vector, DEEP))
        vectors.append(_same_order(a, b))
        largest = max(largest, *(abs(dict(a).get(key, score) - score) for key, score in b))
        terms = theirs.analyzer.terms(question)
        words.append(
            _same_order(theirs.store.search(terms, DEEP, Filters()), ours.store.search(terms, DEEP, Filters()))
        )
        first, second = faiss.ask(Query(question)), milvus.ask(Query(question))
        results.append([each.passage.id for each in first.hits] == [each.passage.id for each in second.hits])
        answers.append(_told(first.answer) == _told(second.answer))
    return {
        "passages": len(theirs.vectors),
        "same_order_by_vector": sum(vectors),
        "largest_difference_of_a_cosine": largest,
        "same_order_by_words": sum(words),
        "same_ten_results": sum(results),
        "same_answer": sum(answers),
        "vector_search_ms_p50": {name: round(statistics.median(each) * 1000, 2) for name, each in spent.items()},
    }


def _timed(into: list[float], search: Callable[[], Ranking]) -> Ranking:
    begun = time.perf_counter()
    found = search()
    into.append(time.perf_counter() - begun)
    return found


def _told(answer: Answer) -> list[object]:
    """What a person sees of it, a confidence to three places."""
    spans = [each for each in (answer.best, *answer.items, *answer.others) if each]
    return [
        answer.reason,
        answer.reason_text,
        [(each.span, each.evidence, round(each.confidence, 3)) for each in spans],
    ]


def _same_order(first: Ranking, second: Ranking) -> bool:
    return [key for key, _ in first] == [key for key, _ in second]


if __name__ == "__main__":
    main()
