"""One size of the vector index alone: build, search against exact search, add and delete. Prints one JSON object."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.scale.synthesis import CHUNK, VectorSource
from qa.adapters.faiss_index import TRAINING_ROWS, FaissIndex
from qa.adapters.vector_policy import VectorKind, rescored
from qa.ports import Vectors

Found = list[tuple[int, float]]
Gold = tuple[Vectors, NDArray[np.int64]]
"""(q, KNOWN) scores in float32 and keys, best first."""
WANTED = 50  # what the product asks of the vector index for each question
KNOWN = 80  # of each question's exact order, more than are wanted, for ties
CHANGED = 1_000  # vectors added, and dropped, at once


def chunks_of(source: VectorSource, size: int) -> Iterator[Vectors]:
    """``size`` vectors: the real ones, then made ones."""
    yield source.real[:size]
    yield from source.made(max(0, size - len(source.real)))


def run(
    source: VectorSource, questions: Vectors, size: int, folder: Path, kind: VectorKind | None = None
) -> dict[str, object]:
    """Figures of one size; the index is left at ``folder/vectors-<size>.faiss``."""
    path = folder / f"vectors-{size}.faiss"
    begun = time.perf_counter()
    index, gold, made_s = _built(source, questions, size, kind)
    index.save(path)
    built_s = time.perf_counter() - begun - made_s
    found: dict[str, object] = {
        "passages": size,
        "kind": str(index.kind),
        "rescored": rescored(size, WANTED),
        "build_s": built_s,
    }
    found["build_peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000  # of all sizes so far
    found["file_mb"] = path.stat().st_size / 1e6
    found["recall_of_kept"] = index.recall(20)
    del index
    np.savez(folder / "gold.npz", scores=gold[0], keys=gold[1])
    np.save(folder / "questions.npy", questions)
    serving = subprocess.run(
        [sys.executable, "-m", "benchmarks.scale.vector_run", str(path), str(folder)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    served: dict[str, object] = json.loads(serving.stdout)
    return found | served | _changes(source, questions, size, path)


def _built(
    source: VectorSource, questions: Vectors, size: int, kind: VectorKind | None
) -> tuple[FaissIndex, Gold, float]:
    """(index, the best of each question, seconds that making vectors and comparing them took)."""
    begun = time.perf_counter()
    sample = np.concatenate([source.real[:size], *source.made(max(0, min(TRAINING_ROWS, size) - len(source.real)))])
    other_s = time.perf_counter() - begun
    index = FaissIndex.empty(size, sample, kind)
    del sample
    scores, keys = np.full((len(questions), 1), -1, np.float32), np.zeros((len(questions), 1), np.int64)
    first = 0
    chunks = chunks_of(source, size)
    while True:
        begun = time.perf_counter()
        chunk = next(chunks, None)
        if chunk is None:
            break
        if len(chunk):
            own = np.broadcast_to(np.arange(first, first + len(chunk)) + 1, (len(questions), len(chunk)))
            scores, keys = _best(
                np.concatenate([scores, questions @ chunk.T], axis=1), np.concatenate([keys, own], axis=1)
            )
        other_s += time.perf_counter() - begun
        if len(chunk):
            index.add(np.arange(first, first + len(chunk), dtype=np.int64) + 1, chunk)
        first += len(chunk)
    return index, (scores, keys), other_s


def _best(scores: Vectors, keys: NDArray[np.int64]) -> Gold:
    """The :data:`KNOWN` best of each row, best first."""
    order = np.argpartition(-scores, min(KNOWN, scores.shape[1] - 1), axis=1)[:, :KNOWN]
    order = np.take_along_axis(order, np.argsort(-np.take_along_axis(scores, order, axis=1), axis=1), axis=1)
    return np.take_along_axis(scores, order, axis=1), np.take_along_axis(keys, order, axis=1)


def recall(found: Found, scores: Vectors, keys: NDArray[np.int64], k: int) -> float:
    """The share of the first ``k`` found that belong there: among the exact best, or as good as the last of them in float32."""
    good = {key for key, score in zip(keys.tolist(), scores.tolist(), strict=True) if score >= scores[k - 1] - _SAME}
    return sum(key in good for key, _ in found[:k]) / k


def _changes(source: VectorSource, questions: Vectors, size: int, path: Path) -> dict[str, float]:
    """Seconds to read the index for a change, drop and add :data:`CHANGED` vectors, and write it again."""
    fresh = next(VectorSource.made(_other_seed(source), CHUNK))[:CHANGED]
    times = {}
    begun = time.perf_counter()
    index = FaissIndex.load(path, to_change=True)
    times["change_load_s"] = time.perf_counter() - begun
    begun = time.perf_counter()
    index.remove(range(1, size, max(1, size // CHANGED)))
    times["delete_s"] = time.perf_counter() - begun
    begun = time.perf_counter()
    index.add(np.arange(CHANGED, dtype=np.int64) + 2**40, fresh)
    times["add_s"] = time.perf_counter() - begun
    begun = time.perf_counter()
    index.save(path.with_suffix(".changed"))
    times["save_s"] = time.perf_counter() - begun
    times["recall_at_10_after_change"] = recall_against_exact(index, questions[:100])
    path.with_suffix(".changed").unlink()
    return times


def _other_seed(source: VectorSource) -> VectorSource:
    other = object.__new__(VectorSource)
    other.__dict__ = {**source.__dict__, "seed": source.seed + 1}
    return other


def recall_against_exact(index: FaissIndex, questions: Vectors, k: int = 10) -> float:
    """Of the exact best ``k`` of each question the share that the search of :data:`WANTED` has among its best ``k``."""
    shares = []
    for question in questions:
        wanted = index.exact(question, k)[-1][1] - 1e-6
        shares.append(sum(score >= wanted for _, score in index.search(question, WANTED)[:k]) / k)
    return float(np.mean(shares))


def serve(path: Path, folder: Path) -> dict[str, float]:
    """What a server has of it: time to open, search times (exact ones in between, so that both meet the same load), memory."""
    gold, questions = np.load(folder / "gold.npz"), np.load(folder / "questions.npy")
    before = _memory_mb()
    begun = time.perf_counter()
    index = FaissIndex.load(path)
    opened_s = time.perf_counter() - begun
    for question in questions[:20]:
        index.search(question, WANTED)
    searched, compared = [], []
    at_10, at_50 = [], []
    for number, (question, scores, keys) in enumerate(zip(questions, gold["scores"], gold["keys"], strict=True)):
        found, took = _timed(index.search, question)
        searched.append(took)
        at_10.append(recall(found, scores, keys, 10))
        at_50.append(recall(found, scores, keys, WANTED))
        if number % 10 == 0:
            compared.append(_timed(index.exact, question)[1])
    after = _memory_mb()
    return {
        "open_s": opened_s,
        "p50_ms": float(np.percentile(searched, 50, axis=0)[0]),
        "p95_ms": float(np.percentile(searched, 95, axis=0)[0]),
        "cpu_p50_ms": float(np.percentile(searched, 50, axis=0)[1]),
        "cpu_p95_ms": float(np.percentile(searched, 95, axis=0)[1]),
        "exact_p50_ms": float(np.percentile(compared, 50, axis=0)[0]),
        "exact_cpu_p50_ms": float(np.percentile(compared, 50, axis=0)[1]),
        "recall_at_10": float(np.mean(at_10)),
        "recall_at_50": float(np.mean(at_50)),
        "own_mb": after[0] - before[0],
        "mapped_mb": after[1] - before[1],
    }


_SAME = 1e-6  # the same text twice may come in either order


def _timed(search: Callable[[Vectors, int], Found], question: Vectors) -> tuple[Found, tuple[float, float]]:
    """What ``search`` finds, and the milliseconds (that passed, of the processor)."""
    begun, worked = time.perf_counter(), time.thread_time()
    found = search(question, WANTED)
    return found, ((time.perf_counter() - begun) * 1000, (time.thread_time() - worked) * 1000)


def _memory_mb() -> tuple[float, float]:
    """(own, mapped from files): what of each is in memory now."""
    rows = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
    return int(rows["RssAnon"].split()[0]) / 1000, int(rows["RssFile"].split()[0]) / 1000


if __name__ == "__main__":
    print(json.dumps(serve(Path(sys.argv[1]), Path(sys.argv[2]))))
