"""Training against the clock, as the reader's: the learning rate follows the time spent."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from training.reader.network import ReaderNetwork
from training.verifier.examples import Judged, JudgedBatch, Rows, batches
from training.verifier.network import VerifierNetwork, middle_states, span_logits


@dataclass(frozen=True)
class VerifierRecipe:
    """What is turned: rates, the share of each batch's rows that come from written questions, the seed."""

    minutes: float = 30.0
    learning_rate: float = 1e-4
    head_learning_rate: float = 5e-4
    warm_up: float = 0.04
    final_rate: float = 0.02
    weight_decay: float = 0.01
    clip: float = 1.0
    written_share: float = 0.0
    seed: int = 20261122


def rate_at(progress: float, recipe: VerifierRecipe) -> float:
    """Share of the peak learning rate at ``progress`` in [0, 1]."""
    if progress < recipe.warm_up:
        return max(0.02, progress / recipe.warm_up)
    return max(recipe.final_rate, 1.0 - (progress - recipe.warm_up) / (1.0 - recipe.warm_up))


def endless(examples: Sequence[Judged], rng: random.Random) -> Iterator[Judged]:
    """Pass after pass, each in a new order."""
    while True:
        yield from rng.sample(examples, len(examples))


def mixed(public: Sequence[Judged], written: Sequence[Judged], share: float, rng: random.Random) -> Iterator[Judged]:
    """Public and written questions, ``share`` of them written."""
    streams = endless(public, rng), endless(written, rng)
    while True:
        yield next(streams[bool(written) and rng.random() < share])


def loss_of(judged: Tensor, batch: JudgedBatch) -> Tensor:
    """Right and wrong weigh the same in a batch; among a row's other stretches those count most that are believed most."""
    logits = span_logits(judged, batch.rows, batch.firsts, batch.lasts)
    losses = functional.binary_cross_entropy_with_logits(logits, batch.right.float(), reduction="none")
    rows = int(batch.rows.max()) + 1
    right, told_wrong, other = batch.right, batch.told & ~batch.right, ~batch.told
    believed = torch.exp(logits.detach().clamp(-10, 10)) * other
    total = torch.zeros(rows).index_add(0, batch.rows, believed)
    weights = torch.where(other, believed / total[batch.rows].clamp_min(1e-6), torch.ones_like(logits))
    parts = [
        (losses * weights * chosen).sum() / (weights * chosen).sum()
        for chosen in (right, told_wrong, other)
        if bool(chosen.any())
    ]
    return torch.stack(parts).mean()


class VerifierTrainer:
    """One run that can be stopped (SIGTERM, SIGINT) at any moment; what it has learnt is saved."""

    def __init__(self, reader: ReaderNetwork, verifier: VerifierNetwork, recipe: VerifierRecipe, log: Path) -> None:
        self.reader, self.verifier, self.recipe, self.log = reader.eval(), verifier, recipe, log
        plain = [value for value in verifier.layers.parameters() if value.ndim < 2]
        decayed = [value for value in verifier.layers.parameters() if value.ndim >= 2]
        groups = [
            {"params": decayed, "peak": recipe.learning_rate, "weight_decay": recipe.weight_decay},
            {"params": plain, "peak": recipe.learning_rate, "weight_decay": 0.0},
            {"params": list(verifier.columns.parameters()), "peak": recipe.head_learning_rate, "weight_decay": 0.0},
        ]
        self.optimiser = torch.optim.AdamW(groups, lr=recipe.learning_rate, betas=(0.9, 0.98), eps=1e-6, fused=True)
        self.step, self.examples, self.spent_s = 0, 0, 0.0
        self.stopping = False

    def run(
        self, public: Sequence[Judged], written: Sequence[Judged], rows: Rows, out: Path, watch: Callable[[], dict[str, float]]
    ) -> None:  # fmt: skip
        """Trains until the time is spent or a signal asks to stop, then writes ``out``; ``watch`` measures now and then."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: setattr(self, "stopping", True))
        rng = random.Random(self.recipe.seed)
        feed = batches(mixed(public, written, self.recipe.written_share, rng), rows, rng)
        losses: list[float] = []
        began = time.monotonic()
        for batch in feed:
            losses.append(self.take(batch))
            now = time.monotonic()
            self.spent_s, began = self.spent_s + now - began, now
            if self.step % 100 == 0:
                self._report(losses, watch() if self.step % 300 == 0 else {})
                losses.clear()
                self._save(out)
                began = time.monotonic()
            if self.stopping or self.spent_s >= 60 * self.recipe.minutes:
                break
        self._report(losses or [0.0], watch())
        self._save(out)

    def _save(self, out: Path) -> None:
        save_verifier(out, self.verifier, {"step": self.step, "examples": self.examples, "recipe": asdict(self.recipe)})

    def take(self, batch: JudgedBatch) -> float:
        """One step; returns the batch's loss."""
        rate = rate_at(self.spent_s / (60 * self.recipe.minutes), self.recipe)
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * rate
        with torch.autocast("cpu", torch.bfloat16):
            judged = self.verifier(middle_states(self.reader, batch.ids, batch.segments, batch.mask), batch.mask)
        loss = loss_of(judged, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.verifier.parameters(), self.recipe.clip)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.step += 1
        self.examples += len(batch.ids)
        return float(loss.detach())

    def _report(self, losses: list[float], watched: dict[str, float]) -> None:
        line = {
            "step": self.step, "examples": self.examples, "minutes": round(self.spent_s / 60, 2),
            "loss": round(sum(losses) / len(losses), 4), **watched,
        }  # fmt: skip
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("a", encoding="utf-8") as out:
            out.write(json.dumps(line) + "\n")


def save_verifier(path: Path, verifier: VerifierNetwork, extra: dict[str, object]) -> None:
    """Writes beside ``path`` first, then moves it there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"verifier": verifier.state_dict(), **extra}, path.with_suffix(".tmp"))
    os.replace(path.with_suffix(".tmp"), path)
