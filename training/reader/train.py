"""Training against the clock: the learning rate is a function of the time spent, so the decay always completes."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from training.reader.batches import Batch, Encoded, Encoder, batches
from training.reader.examples import Example
from training.reader.network import NetworkShape, ReaderNetwork

NEVER = -1e9


@dataclass(frozen=True)
class Recipe:
    """What is turned when a reader is trained; rates are shares of examples, ``minutes`` is training time only.

    ``near_share``, ``year_share`` and ``official_share`` count near, other-year and official questions per answered
    question of the public sets in each pass; official questions join when ``official_from`` of the time is spent.
    """

    minutes: float = 105.0
    learning_rate: float = 1.2e-4
    head_learning_rate: float = 5e-4
    warm_up: float = 0.04
    final_rate: float = 0.02
    weight_decay: float = 0.01
    clip: float = 1.0
    relevance_weight: float = 0.5
    near_share: float = 0.22
    official_share: float = 0.12
    year_share: float = 0.03
    miss_rate: float = 0.10
    official_from: float = 0.1
    seed: int = 20261121


@dataclass(frozen=True)
class TrainingSet:
    """Answered questions of the public sets, their negatives, and the questions made from official text."""

    answered: list[Example]
    near: list[Example]
    other_years: list[Example]
    official: list[Example]


def rate_at(progress: float, recipe: Recipe) -> float:
    """Share of the peak learning rate at ``progress`` in [0, 1]: linear up, then linear down to ``final_rate``."""
    if progress < recipe.warm_up:
        return max(0.02, progress / recipe.warm_up)
    left = max(0.0, 1.0 - (progress - recipe.warm_up) / (1.0 - recipe.warm_up))
    return max(recipe.final_rate, left)


def example_stream(
    data: TrainingSet, encoder: Encoder, recipe: Recipe, seed: int, progress: Callable[[], float]
) -> Iterator[Encoded]:
    """Endless passes over the data, each shuffled anew, with a fresh draw of negatives."""
    rng = random.Random(seed)
    while True:
        near = rng.sample(data.near, min(len(data.near), int(recipe.near_share * len(data.answered))))
        years = rng.sample(data.other_years, min(len(data.other_years), int(recipe.year_share * len(data.answered))))
        official = rng.sample(data.official, min(len(data.official), int(recipe.official_share * len(data.answered))))
        official = official if progress() >= recipe.official_from else []
        mixed = [*data.answered, *near, *years, *official]
        rng.shuffle(mixed)
        without_official = not official and bool(data.official)
        for example in mixed:
            yield encoder.encode(example)
            if without_official and progress() >= recipe.official_from:
                break


def loss_of(network: ReaderNetwork, batch: Batch, relevance_weight: float) -> tuple[Tensor, Tensor]:
    """(span loss, relevance loss), both float32 scalars; unanswered rows point at position 0."""
    with torch.autocast("cpu", torch.bfloat16):
        start, end, relevance = network(batch.ids, batch.segments, batch.mask)
    start = start.float().masked_fill(~batch.allowed, NEVER)
    end = end.float().masked_fill(~batch.allowed, NEVER)
    span = (functional.cross_entropy(start, batch.start) + functional.cross_entropy(end, batch.end)) / 2
    answered = (batch.start > 0).float()
    return span, relevance_weight * functional.binary_cross_entropy_with_logits(relevance.float(), answered)


def _optimiser(network: ReaderNetwork, recipe: Recipe) -> torch.optim.Optimizer:
    groups: dict[str, list[Tensor]] = {"decayed": [], "plain": [], "heads": []}
    for name, parameter in network.named_parameters():
        if name.startswith(("span.", "relevance.")):
            groups["heads"].append(parameter)
        elif parameter.ndim < 2 or name.startswith(("word.", "position.", "segment.")):
            groups["plain"].append(parameter)
        else:
            groups["decayed"].append(parameter)
    return torch.optim.AdamW(
        [
            {"params": groups["decayed"], "peak": recipe.learning_rate, "weight_decay": recipe.weight_decay},
            {"params": groups["plain"], "peak": recipe.learning_rate, "weight_decay": 0.0},
            {"params": groups["heads"], "peak": recipe.head_learning_rate, "weight_decay": 0.0},
        ],
        lr=recipe.learning_rate, betas=(0.9, 0.98), eps=1e-6, fused=True,
    )  # fmt: skip


def save_checkpoint(path: Path, network: ReaderNetwork, pieces: list[str], extra: dict[str, object]) -> None:
    """Writes the network beside ``path`` first, then moves it there, so that a kill leaves the last good one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_suffix(".tmp")
    torch.save({"network": network.state_dict(), "shape": asdict(network.shape), "pieces": pieces, **extra}, waiting)
    os.replace(waiting, path)


def load_checkpoint(path: Path) -> tuple[ReaderNetwork, list[str], dict[str, object]]:
    """(network, pieces, everything else that was saved)."""
    saved = torch.load(path, map_location="cpu", weights_only=True)
    network = ReaderNetwork(NetworkShape(**saved.pop("shape")))
    network.load_state_dict(saved.pop("network"))
    return network, saved.pop("pieces"), saved


class Trainer:
    """One training run that can be stopped (SIGTERM, SIGINT) and continued at any moment."""

    def __init__(self, network: ReaderNetwork, pieces: list[str], recipe: Recipe, folder: Path, log: Path) -> None:
        self.network, self.pieces, self.recipe = network, pieces, recipe
        self.optimiser = _optimiser(network, recipe)
        self.checkpoint, self.log = folder / "last.pt", log
        self.spent_s, self.step, self.examples, self.answered = 0.0, 0, 0, 0
        self.stopping = False

    def resume(self) -> bool:
        """Continues from the last checkpoint; False when there is none."""
        if not self.checkpoint.exists():
            return False
        network, _, state = load_checkpoint(self.checkpoint)
        self.network.load_state_dict(network.state_dict())
        self.optimiser.load_state_dict(state["optimiser"])  # type: ignore[arg-type]
        self.spent_s, self.step, self.examples = state["spent_s"], state["step"], state["examples"]  # type: ignore[assignment]
        return True

    def progress(self) -> float:
        """Share of the training time that is spent."""
        return self.spent_s / (60.0 * self.recipe.minutes)

    def save(self) -> None:
        """Writes the checkpoint with everything needed to go on."""
        state: dict[str, object] = {
            "optimiser": self.optimiser.state_dict(), "spent_s": self.spent_s, "step": self.step,
            "examples": self.examples, "recipe": asdict(self.recipe),
        }  # fmt: skip
        save_checkpoint(self.checkpoint, self.network, self.pieces, state)

    def run(self, data: TrainingSet, encoder: Encoder, save_every_s: float = 300.0) -> None:
        """Trains until the time is spent or a signal asks to stop; saves at the end either way."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: setattr(self, "stopping", True))
        seed = self.recipe.seed + self.step
        feed = batches(example_stream(data, encoder, self.recipe, seed, self.progress), seed, self.recipe.miss_rate)
        self.network.train()
        losses: list[tuple[float, float]] = []
        began, saved = time.monotonic(), time.monotonic()
        for batch in feed:
            losses.append(self._take(batch))
            now = time.monotonic()
            self.spent_s, began = self.spent_s + now - began, now
            if self.step % 50 == 0:
                self._report(losses)
                losses.clear()
            if now - saved > save_every_s:
                self.save()
                saved = time.monotonic()
            if self.stopping or self.progress() >= 1.0:
                break
        self.save()

    def _take(self, batch: Batch) -> tuple[float, float]:
        rate = rate_at(self.progress(), self.recipe)
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * rate
        span, relevance = loss_of(self.network, batch, self.recipe.relevance_weight)
        (span + relevance).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.clip)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.step += 1
        self.examples += len(batch.ids)
        return float(span.detach()), float(relevance.detach())

    def _report(self, losses: list[tuple[float, float]]) -> None:
        line = {
            "step": self.step, "examples": self.examples, "minutes": round(self.spent_s / 60, 2),
            "span_loss": round(sum(a for a, _ in losses) / len(losses), 4),
            "relevance_loss": round(sum(b for _, b in losses) / len(losses), 4),
        }  # fmt: skip
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("a", encoding="utf-8") as out:
            out.write(json.dumps(line) + "\n")
