"""``python -m training.verifier train|export|measure``: see training/README.md."""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import torch

from qa.adapters.span_reader import SpanReader
from qa.models.reader.manifest import SHIPPED_FOLDER, read_manifest, sha256_of, write_manifest
from qa.models.reader.tokens import ReaderTokenizer
from training.reader.__main__ import windows_of
from training.reader.data import ROOT, default_data, training_set
from training.reader.examples import read_squad
from training.reader.official_text import read_official
from training.reader.train import Recipe, load_checkpoint
from training.verifier import export as exporting
from training.verifier.examples import Judged, Rows, from_public, passage_key, read_traps
from training.verifier.measure import separation, told_logits
from training.verifier.network import VerifierNetwork
from training.verifier.train import VerifierRecipe, VerifierTrainer

LOGS = ROOT / "training" / "logs"
WRITTEN = ROOT / "training" / "verifier" / "questions.jsonl"
PASSAGE_CHARS = 210
"""The passages that the questions were written on."""


def written_questions(data: Path, path: Path, held_out: bool) -> list[Judged]:
    """The questions of ``path`` on documents that are trained on, or on those that are kept for measuring."""
    passages = read_official(data / "official-documents", PASSAGE_CHARS)
    texts = {passage_key(each.text): each.text for each in passages if each.held_out is held_out}
    return read_traps(path, texts) if path.exists() else []


def train(arguments: argparse.Namespace) -> None:
    """Trains on from the reader, or from ``--start``, and writes ``--out``."""
    torch.manual_seed(0)
    torch.set_flush_denormal(True)
    torch.set_num_threads(arguments.threads)
    reader, pieces, _ = load_checkpoint(arguments.reader)
    verifier = VerifierNetwork(reader)
    if arguments.start:
        verifier.load_state_dict(torch.load(arguments.start, weights_only=True)["verifier"])
    public = _public(arguments.data)
    written = written_questions(arguments.data, arguments.written, held_out=False)
    kept = written_questions(arguments.data, arguments.written, held_out=True)
    right, wrong = _right_and_wrong(kept)
    print(f"public {len(public)}, written {len(written)}, kept {len(right)} right, {len(wrong)} wrong", flush=True)
    rows = Rows(ReaderTokenizer(pieces))
    recipe = VerifierRecipe(minutes=arguments.minutes, written_share=arguments.written_share)
    trainer = VerifierTrainer(reader, verifier, recipe, arguments.log)

    def watch() -> dict[str, float]:
        if not kept:
            return {}
        return separation(*(told_logits(reader, verifier, rows, each) for each in (right, wrong)))

    if arguments.compile:
        torch._dynamo.config.recompile_limit = 64  # a form for each batch length, with gradient and without
        for layer in [*reader.layers, *verifier.layers]:
            layer.compile(dynamic=False)
    trainer.run(public, written, rows, arguments.out, watch)


def export(arguments: argparse.Namespace) -> None:
    """Writes ``verifier.onnx`` into the reader's folder and renews the manifest."""
    reader, pieces, _ = load_checkpoint(arguments.reader)
    verifier = VerifierNetwork(reader)
    verifier.load_state_dict(torch.load(arguments.checkpoint, weights_only=True)["verifier"])
    trial = read_squad(arguments.data / "cmrc2018" / "trial.json", "trial")
    seen = windows_of(trial[::20], ReaderTokenizer(pieces))
    exporting.export(reader.eval(), verifier.eval(), arguments.out, seen)
    old = read_manifest(arguments.out, checked=False)
    print(write_manifest(arguments.out, old.name, old.scale).fingerprint)


def measure(arguments: argparse.Namespace) -> None:
    """How well the exported verifier, and the reader alone, tell right from wrong on the documents that were kept."""
    kept = written_questions(arguments.data, arguments.written, held_out=True)
    reader = SpanReader(arguments.folder)
    found: dict[str, object] = {
        "fingerprint": reader.fingerprint, "questions": sha256_of(arguments.written),
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
    }  # fmt: skip
    ways: dict[str, Callable[[Judged], float]] = {
        "verifier": lambda each: _verified(reader, each),
        "reader_relevance": lambda each: reader.read_texts(each.question, [each.context])[0].relevance,
    }
    for name, judge in ways.items():
        right, wrong = (np.array([judge(each) for each in part]) for part in _right_and_wrong(kept))
        found[name] = {"right": len(right), "wrong": len(wrong), **separation(right, wrong)}
    arguments.out.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(found))


def _verified(reader: SpanReader, each: Judged) -> float:
    (place,) = each.right or each.wrong
    found = reader.read_texts(each.question, [each.context])[0].log_odds(*place)
    return np.nan if found is None else found


def _right_and_wrong(judged: Sequence[Judged]) -> tuple[list[Judged], list[Judged]]:
    return [each for each in judged if each.right], [each for each in judged if not each.right]


def _public(data: Path) -> list[Judged]:
    whole = training_set(data, Recipe())
    rng = random.Random(Recipe.seed)
    near = rng.sample(whole.near, min(len(whole.near), len(whole.answered) // 3))
    return from_public([*whole.answered, *near, *whole.other_years, *whole.official])


def main() -> None:
    """Parses and runs one command."""
    parser = argparse.ArgumentParser(prog="python -m training.verifier", description=__doc__)
    commands = parser.add_subparsers(required=True)
    trained = commands.add_parser("train", help="train; stop with SIGTERM at any moment")
    trained.add_argument("--reader", type=Path, required=True)
    trained.add_argument("--start", type=Path)
    trained.add_argument("--out", type=Path, required=True)
    trained.add_argument("--log", type=Path, default=LOGS / "verifier.jsonl")
    trained.add_argument("--minutes", type=float, default=VerifierRecipe.minutes)
    trained.add_argument("--written-share", type=float, default=VerifierRecipe.written_share)
    trained.add_argument("--threads", type=int, default=2)
    trained.add_argument("--compile", action="store_true")
    exported = commands.add_parser("export", help="checkpoint → verifier.onnx, manifest")
    exported.add_argument("--reader", type=Path, required=True)
    exported.add_argument("--checkpoint", type=Path, required=True)
    exported.add_argument("--out", type=Path, default=SHIPPED_FOLDER)
    measured = commands.add_parser("measure", help="right spans and traps of the documents that were kept")
    measured.add_argument("--folder", type=Path, default=SHIPPED_FOLDER)
    measured.add_argument("--out", type=Path, default=LOGS / "verifier-measures.json")
    for command, run in ((trained, train), (exported, export), (measured, measure)):
        command.set_defaults(run=run)
        command.add_argument("--data", type=Path, default=default_data())
        command.add_argument("--written", type=Path, default=WRITTEN)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
