"""Which files are trained on, which are measured on, and where they lie."""

from __future__ import annotations

import os
import random
from pathlib import Path

from qa.models.reader.manifest import sha256_of
from training.reader.examples import Example, read_squad
from training.reader.negatives import near_passages, other_years
from training.reader.official_negatives import official_set
from training.reader.official_questions import make_questions
from training.reader.official_text import read_official
from training.reader.train import Recipe, TrainingSet

ROOT = Path(__file__).resolve().parents[2]
HELD_OUT_SEED = 7


def default_data() -> Path:
    """The data folder: ``$QA_SHARED/data``, else ``../shared/data`` beside the repository."""
    return Path(os.environ.get("QA_SHARED", ROOT.parent / "shared")) / "data"


def training_set(data: Path, recipe: Recipe) -> TrainingSet:
    """Everything that is trained on; CMRC dev and trial and the held-out official documents are not read."""
    answered = read_squad(data / "cmrc2018" / "train.json", "cmrc")
    for part in ("dev", "test"):
        answered += read_squad(data / "drcd" / f"{part}.json", "drcd", simplify=True)
    near = near_passages(answered)
    years = other_years(answered, random.Random(recipe.seed))
    passages = [passage for passage in read_official(data / "official-documents") if not passage.held_out]
    questions = make_questions(passages, random.Random(recipe.seed))
    official = official_set(questions, random.Random(recipe.seed))
    return TrainingSet(answered, near, years, official)


def held_out_official(data: Path) -> list[Example]:
    """Questions made from the official documents that are never trained on, answered and unanswerable ones."""
    passages = [passage for passage in read_official(data / "official-documents") if passage.held_out]
    questions = make_questions(passages, random.Random(HELD_OUT_SEED))
    return official_set(questions, random.Random(HELD_OUT_SEED))


def relevance_pairs(answered: list[Example], most: int, seed: int = 1) -> list[Example]:
    """``most`` of the answered questions, each with its own passage and one near passage without the answer."""
    drawn = random.Random(seed).sample(answered, min(most, len(answered)))
    questions = {example.question for example in drawn}
    # Near passages come in order of nearness, three a question: the nearest of each question is kept.
    nearest = {example.question: example for example in reversed(near_passages(answered))}
    return [*drawn, *(nearest[question] for question in sorted(questions) if question in nearest)]


def file_hashes(data: Path) -> dict[str, str]:
    """SHA-256 of the measured files."""
    return {name: sha256_of(data / name) for name in ("cmrc2018/dev.json", "cmrc2018/trial.json")}
