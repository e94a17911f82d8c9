"""``python -m benchmarks``: 引证 and its peers on the same passages and questions, in one run. See README.md."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.corpus import prepare, sample
from benchmarks.figure import write_figure
from benchmarks.measuring import Plan, Results, measure, measure_embedding
from benchmarks.systems import BY_KEY, SYSTEMS, System
from benchmarks.table import markdown
from benchmarks.vectors import write_vectors
from qa.errors import QaError
from qa.models.resolve import resolve_model
from qa.settings import Settings

SIZES = (2_500, 25_000, 250_000)
EMBEDDED_TRULY = 2_500  # up to this size every system makes its own vectors
ROOT = Path(__file__).parent.parent


def main(argv: Sequence[str] | None = None) -> int:
    """0 when everything was measured or kept as failed; 2 for data that is missing."""
    given = _arguments(argv)
    settings = Settings.from_environment()
    cache = settings.cache / "benchmarks"
    model = resolve_model(None, settings.cache).path
    given.out.mkdir(parents=True, exist_ok=True)
    plan = Plan(
        cache,
        model,
        given.out,
        given.processors,
        given.questions,
        given.seconds,
        given.rounds,
        os.environ.get("TORCH_INDEX", ""),
    )
    systems = [BY_KEY[key] for key in given.systems]
    results = Results(given.out / "results.json", _conditions(given))
    try:
        for size in given.sizes:
            _one_size(plan, results, systems, given, settings.cache, size)
    except QaError as error:
        print(error, file=sys.stderr)
        return 2
    results.save()
    _publish(given.out, results, given.figure)
    return 0


def _one_size(
    plan: Plan, results: Results, systems: Sequence[System], given: argparse.Namespace, model_cache: Path, size: int
) -> None:
    prepared = prepare(plan.cache / f"data-{size}", given.data, size)
    results.data["sizes"][str(size)] = {key: value for key, value in asdict(prepared).items() if key != "folder"}
    if size <= EMBEDDED_TRULY:
        data = sample(prepared.folder, plan.cache / f"data-{size}-sample-{given.embed}", given.embed)
        measure_embedding(plan, results, systems, size, data)
    # The vectors of the smallest size too: what is asked of its index should not depend on who made them.
    vectors = write_vectors(prepared.folder, plan.cache / "vectors.sqlite", model_cache)
    measure(plan, results, systems, size, prepared.folder, vectors)


def _publish(out: Path, results: Results, figure: Path | None) -> None:
    text = markdown(results.data)
    (out / "table.md").write_text(text, "utf-8")
    print(text)
    if figure is not None:
        write_figure(results.data, figure)


def _conditions(given: argparse.Namespace) -> dict[str, int]:
    return {
        "processors": given.processors,
        "questions": given.questions,
        "embedded_truly": given.embed,
        "rounds": given.rounds,
    }


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    shared = Path(os.environ.get("QA_SHARED", ROOT.parent / "shared"))
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--data", type=Path, default=shared / "data", help="cmrc2018/, drcd/, official-documents/")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--systems", nargs="+", choices=tuple(BY_KEY), default=[each.key for each in SYSTEMS])
    parser.add_argument("--processors", type=int, default=os.cpu_count(), help="processors each system may use")
    parser.add_argument("--questions", type=int, default=1000, help="questions asked at each size")
    parser.add_argument("--seconds", type=float, default=240.0, help="asking stops after so long")
    parser.add_argument("--embed", type=int, default=0, help="passages on which indexing is measured; 0: all 2,500")
    parser.add_argument("--rounds", type=int, default=2, help="how often indexing is measured")
    parser.add_argument("--out", type=Path, default=ROOT / "test-results" / "benchmarks")
    parser.add_argument("--figure", type=Path, help="an SVG file to write, as docs/images/benchmarks.svg")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
