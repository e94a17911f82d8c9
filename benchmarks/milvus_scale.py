"""``python -m benchmarks.milvus_scale STORE``: what a Milvus server needs for N vectors, and how fast and how exact it is.

Real embeddings of public text first, vectors made around them beyond (benchmarks/scale/synthesis.py). A JSON object a size and an
index: seconds to put the rows and to build the index, p50 and p95 of one question alone, recall@10 against comparing all in numpy, rows put
and taken out while it is searched, memory of the server (``--pid``) and bytes below its folder (``--folder``).
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import time
from pathlib import Path

import numpy as np

from benchmarks.scale.passages import load_real
from benchmarks.scale.synthesis import VectorSource
from qa.adapters.milvus.address import parse_address
from qa.adapters.milvus.connection import connect
from qa.adapters.milvus.pool import Pool
from qa.ports import Vectors

ROOT = Path(__file__).resolve().parents[1]
BATCH = 2_000
ADDED = 1_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.milvus_scale", description=__doc__)
    parser.add_argument("store", help="a value of QA_STORE")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("QA_SHARED", ROOT.parent / "shared")) / "data")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "qa" / "bench-scale")
    parser.add_argument("--sizes", type=int, nargs="*", default=[25_000, 100_000, 250_000], metavar="N")
    parser.add_argument("--kinds", nargs="*", default=["FLAT", "HNSW"])
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--pid", type=int, default=0)
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    real = load_real(chosen.data, chosen.cache)
    source = VectorSource(real.vectors)
    queries = real.question_vectors[: chosen.questions]
    for size in chosen.sizes:
        for kind in chosen.kinds:
            figures = measure(chosen.store, source, queries, size, kind)
            more = {
                "server_rss_mb": _rss_mb(chosen.pid),
                "folder_mb": _folder_mb(chosen.folder),
                "load": os.getloadavg()[0],
            }
            print(json.dumps({**figures, **more}), flush=True)


def measure(store: str, source: VectorSource, queries: Vectors, size: int, kind: str) -> dict[str, object]:
    pool = Pool(parse_address(store), f"bench_{secrets.token_hex(4)}")
    pool.create(queries.shape[1], kind, words=False, about={})
    try:
        begun, first = time.monotonic(), 0
        best: list[list[tuple[float, int]]] = [[] for _ in queries]
        for rows in _vectors(source, size):
            pool.put(range(first, first + len(rows)), rows)
            _keep_best(best, queries, rows, first)
            first += len(rows)
        put = time.monotonic() - begun
        pool.flush()
        _wait_for_index(pool, size)
        built = time.monotonic() - begun - put
        spent, found = [], 0.0
        for query, wanted in zip(queries, best, strict=True):
            begun = time.perf_counter()
            hits = pool.nearest("vector", query, 64, index=kind)
            spent.append((time.perf_counter() - begun) * 1000)
            found += len({key for key, _ in hits[:10]} & {key for _, key in wanted}) / len(wanted)
        begun = time.monotonic()
        pool.put(range(size, size + ADDED), next(iter(source.made(ADDED))))
        pool.missing(range(size, size + ADDED))
        added = time.monotonic() - begun
        begun = time.monotonic()
        pool.delete(range(size, size + ADDED))
        return {
            "size": size,
            "kind": kind,
            "put_s": round(put, 1),
            "index_s": round(built, 1),
            "p50_ms": round(float(np.percentile(spent, 50)), 1),
            "p95_ms": round(float(np.percentile(spent, 95)), 1),
            "recall_at_10": round(found / len(queries), 4),
            "add_1000_and_see_them_s": round(added, 2),
            "delete_1000_s": round(time.monotonic() - begun, 2),
        }
    finally:
        pool.drop()


def _vectors(source: VectorSource, size: int):  # type: ignore[no-untyped-def]
    real = source.real[:size]
    for first in range(0, len(real), BATCH):
        yield real[first : first + BATCH]
    for chunk in source.made(max(0, size - len(real))):
        for first in range(0, len(chunk), BATCH):
            yield chunk[first : first + BATCH]


def _keep_best(best: list[list[tuple[float, int]]], queries: Vectors, rows: Vectors, first: int) -> None:
    """The ten best of everything so far, by comparing all."""
    scores = queries @ rows.T
    nearest = np.argsort(-scores, axis=1)[:, :10]
    for number, row in enumerate(nearest):
        both = best[number] + [(float(scores[number, at]), first + int(at)) for at in row]
        best[number] = sorted(both, reverse=True)[:10]


def _wait_for_index(pool: Pool, size: int) -> None:
    """Until every row is indexed, so that none is searched by looking at all of the last segment."""
    client, deadline = connect(pool.address), time.monotonic() + 3_600
    while time.monotonic() < deadline:
        told = client.describe_index(pool.name, "vector")
        if int(told.get("indexed_rows", size)) >= size and int(told.get("pending_index_rows", 0)) == 0:
            return
        time.sleep(1)


def _rss_mb(pid: int) -> int:
    if not pid:
        return 0
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS"))


def _folder_mb(folder: Path | None) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()) // 2**20 if folder else 0


if __name__ == "__main__":
    main()
