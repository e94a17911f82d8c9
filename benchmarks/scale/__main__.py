"""``python -m benchmarks.scale``: the vector index alone at each size, then whole libraries; figures as JSON lines.

``--data`` is the development data (shared/data), ``--cache`` a folder for embeddings and made libraries (several GB, kept).
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from benchmarks.scale.passages import load_real
from benchmarks.scale.synthesis import VectorSource

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("QA_SHARED", ROOT.parent / "shared")) / "data")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "qa" / "bench-scale")
    parser.add_argument("--vectors", type=int, nargs="*", default=[2_500, 25_000, 250_000, 1_000_000], metavar="N")
    parser.add_argument("--libraries", type=int, nargs="*", default=[2_500, 25_000, 250_000], metavar="N")
    parser.add_argument("--questions", type=int, default=300)
    chosen = parser.parse_args()
    if not chosen.data.is_dir():
        parser.error(f"no data at {chosen.data}; name its folder with --data")
    real = load_real(chosen.data, chosen.cache)
    source = VectorSource(real.vectors)
    _tell({"real_passages": len(real.vectors), "residual_median": float(source.residual_norms.mean())})
    from benchmarks.scale.library_run import ask_library
    from benchmarks.scale.store import fill
    from benchmarks.scale.vector_run import run

    for size in chosen.vectors:
        _tell(run(source, real.question_vectors[: chosen.questions], size, chosen.cache))
    for size in chosen.libraries:
        fill(chosen.cache, real, size, source)
        _tell(ask_library(chosen.cache, size, list(real.questions[: chosen.questions])))


def _tell(figures: dict[str, object]) -> None:
    load = os.getloadavg()[0]
    print(json.dumps({**figures, "load": load}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
