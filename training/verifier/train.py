"""Reader and verifier trained together: one run through the lower layers, then each through its own upper ones."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor
from torch.nn import functional

from training.reader.network import ReaderNetwork
from training.reader.train import Recipe, reading_losses
from training.verifier.examples import Judged, JudgedBatch
from training.verifier.network import VerifierNetwork, span_logits


@dataclass(frozen=True)
class JointRecipe(Recipe):
    """As the reader's; ``shares`` of the rows come from each source of questions.

    CMRC has one of its own: it is the set with whole clauses for answers, written by people.
    """

    minutes: float = 80.0
    learning_rate: float = 8e-5
    head_learning_rate: float = 3e-4
    shares: dict[str, float] = field(
        default_factory=lambda: {
            "cmrc": 0.24, "drcd": 0.03, "unanswered": 0.05, "rules": 0.03, "official": 0.06, "official-near": 0.03,
            "wikipedia": 0.04, "wikipedia-long": 0.07, "wikipedia-more": 0.09,
            "bulletins": 0.02, "bulletins-long": 0.04, "bulletins-other-words": 0.05, "bulletins-library": 0.06,
            "mastheads": 0.02, "constructions": 0.07, "bulletins-searched": 0.08, "bulletins-near": 0.04,
        }
    )  # fmt: skip


@dataclass(frozen=True)
class WholeRecipe(JointRecipe):
    """From the starting encoder in one run, one decay of the rate: more of the public sets, which teach reading, than a run that goes on."""

    minutes: float = 300.0
    learning_rate: float = 1.5e-4
    head_learning_rate: float = 5e-4
    shares: dict[str, float] = field(
        default_factory=lambda: {
            "cmrc": 0.29, "drcd": 0.08, "unanswered": 0.06, "rules": 0.04, "official": 0.08, "official-near": 0.03,
            "wikipedia": 0.05, "wikipedia-long": 0.06, "wikipedia-more": 0.07,
            "bulletins": 0.03, "bulletins-long": 0.03, "bulletins-other-words": 0.04, "bulletins-library": 0.05,
            "mastheads": 0.02, "constructions": 0.03, "bulletins-searched": 0.02, "bulletins-near": 0.02,
        }
    )  # fmt: skip


@dataclass(frozen=True)
class VerifierRecipe(JointRecipe):
    """The verifier's upper layers alone, on the reader as it is: more of the texts that are like the product's, nothing that teaches spans."""

    learning_rate: float = 1e-4
    shares: dict[str, float] = field(
        default_factory=lambda: {
            "cmrc": 0.05, "drcd": 0.02, "unanswered": 0.03, "rules": 0.02, "official": 0.16, "official-near": 0.13,
            "wikipedia": 0.04, "wikipedia-long": 0.03, "wikipedia-more": 0.04,
            "bulletins": 0.05, "bulletins-long": 0.04, "bulletins-other-words": 0.04, "bulletins-library": 0.09,
            "mastheads": 0.03, "constructions": 0.07, "bulletins-searched": 0.05, "bulletins-near": 0.14,
        }
    )  # fmt: skip


def endless(examples: Sequence[Judged], rng: random.Random) -> Iterator[Judged]:
    """Pass after pass, each in a new order."""
    while True:
        yield from rng.sample(examples, len(examples))


def mixed(sources: Sequence[tuple[Sequence[Judged], float]], rng: random.Random) -> Iterator[Judged]:
    """Examples of all ``sources`` that hold any, each source as often as its weight says."""
    held = [(endless(examples, rng), weight) for examples, weight in sources if examples and weight]
    weights = [weight for _, weight in held]
    while True:
        yield next(rng.choices(held, weights)[0][0])


def judging_loss(judged: Tensor, batch: JudgedBatch) -> Tensor:
    """Right and wrong weigh the same in a batch; among a row's other stretches those count most that are believed most."""
    logits = span_logits(judged, batch.rows, batch.firsts, batch.lasts)
    losses = functional.binary_cross_entropy_with_logits(logits, batch.right.float(), reduction="none")
    rows = int(batch.rows.max()) + 1
    right, told_wrong, other = batch.right, batch.told & ~batch.right, ~batch.told
    believed = torch.exp(logits.detach().clamp(-10, 10)) * other
    total = logits.new_zeros(rows).index_add(0, batch.rows, believed)
    weights = torch.where(other, believed / total[batch.rows].clamp_min(1e-6), torch.ones_like(logits))
    parts = [
        (losses * weights * chosen).sum() / (weights * chosen).sum()
        for chosen in (right, told_wrong, other)
        if bool(chosen.any())
    ]
    return torch.stack(parts).mean()


def judging_alone(reader: ReaderNetwork, verifier: VerifierNetwork, batch: JudgedBatch) -> dict[str, Tensor]:
    """The verifier's loss, nothing of which reaches the reader's layers."""
    with torch.autocast(batch.ids.device.type, torch.bfloat16):
        with torch.no_grad():
            middle = reader.lower(batch.ids, batch.segments, batch.mask)
        judged = verifier(middle, batch.mask)
    return {"judging": judging_loss(judged, batch)}


def joint_losses(
    reader: ReaderNetwork, verifier: VerifierNetwork, batch: JudgedBatch, relevance_weight: float
) -> dict[str, Tensor]:
    """The reader's losses on the rows whose answer is known, and the verifier's on every stretch."""
    with torch.autocast(batch.ids.device.type, torch.bfloat16):
        middle = reader.lower(batch.ids, batch.segments, batch.mask)
        start, end, relevance = reader.upper(middle, batch.mask)
        judged = verifier(middle, batch.mask)
    known = batch.start >= 0
    losses = {"judging": judging_loss(judged, batch)}
    if bool(known.any()):
        heads = start[known], end[known], relevance[known]
        places = batch.start[known], batch.end[known]
        losses = {**reading_losses(heads, batch.allowed[known], places, relevance_weight), **losses}
    return losses
