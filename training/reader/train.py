"""Training against the clock: the learning rate is a function of the time spent, so the decay always completes."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.reader.batches import Batch, Encoded, Encoder
from training.reader.examples import Example
from training.reader.network import NetworkShape, ReaderNetwork

NEVER = -1e9
HEADS = ("span.", "relevance.", "columns.")


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


class Trained(Protocol):
    """A batch: its rows' ids, (batch, length)."""

    @property
    def ids(self) -> Tensor: ...


B = TypeVar("B", bound=Trained)


def on_device(batch: B, device: torch.device) -> B:
    """``batch``, a dataclass of tensors, with all of them on ``device``."""
    return batch if batch.ids.device == device else type(batch)(*(value.to(device) for value in vars(batch).values()))


def start_up(threads: int) -> torch.device:
    """Seeds and threads of a training run, and where it runs: on a GPU if there is one."""
    torch.manual_seed(0)
    torch.set_flush_denormal(True)  # Adam's second moments of rare pieces become subnormal and slow every step
    torch.set_num_threads(threads)
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


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


def loss_of(network: ReaderNetwork, batch: Batch, relevance_weight: float) -> dict[str, Tensor]:
    """Span and relevance loss, float32 scalars; unanswered rows point at position 0."""
    with torch.autocast(batch.ids.device.type, torch.bfloat16):
        heads = network(batch.ids, batch.segments, batch.mask)
    return reading_losses(heads, batch.allowed, (batch.start, batch.end), relevance_weight)


def reading_losses(
    heads: tuple[Tensor, Tensor, Tensor], allowed: Tensor, places: tuple[Tensor, Tensor], relevance_weight: float
) -> dict[str, Tensor]:
    """The reader's losses from its three heads; ``allowed`` (batch, length), ``places`` (start, end), each (batch,)."""
    start, end, relevance = heads
    start = start.float().masked_fill(~allowed, NEVER)
    end = end.float().masked_fill(~allowed, NEVER)
    span = (functional.cross_entropy(start, places[0]) + functional.cross_entropy(end, places[1])) / 2
    answered = (places[0] > 0).float()
    return {
        "span": span,
        "relevance": relevance_weight * functional.binary_cross_entropy_with_logits(relevance.float(), answered),
    }


def optimiser_of(parameters: Iterable[tuple[str, Tensor]], recipe: Recipe) -> torch.optim.Optimizer:
    """AdamW over named parameters: heads at their own rate, and only matrices of the layers decay."""
    groups: dict[str, list[Tensor]] = {"decayed": [], "plain": [], "heads": []}
    for name, parameter in parameters:
        if name.startswith(HEADS):
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


class Trainer(Generic[B]):
    """One training run that can be stopped (SIGTERM, SIGINT) and continued at any moment.

    ``losses`` gives the parts of a batch's loss by name (their sum is brought down); ``others`` are networks trained beside
    ``network``, kept in the same checkpoint under their names.
    """

    def __init__(
        self,
        network: ReaderNetwork,
        pieces: list[str],
        recipe: Recipe,
        folder: Path,
        log: Path,
        losses: Callable[[B], dict[str, Tensor]],
        others: Mapping[str, nn.Module] = MappingProxyType({}),
    ) -> None:
        self.network, self.pieces, self.recipe, self.others = network, pieces, recipe, others
        self.losses = losses
        named = [*network.named_parameters(), *(each for other in others.values() for each in other.named_parameters())]
        self._parameters = [parameter for _, parameter in named]
        self.optimiser = optimiser_of(named, recipe)
        self.checkpoint, self.log = folder / "last.pt", log
        self.spent_s, self.step, self.examples = 0.0, 0, 0
        self.stopping = False

    def resume(self) -> bool:
        """Continues from the last checkpoint; False when there is none."""
        if not self.checkpoint.exists():
            return False
        network, _, state = load_checkpoint(self.checkpoint)
        self.network.load_state_dict(network.state_dict())
        for name, other in self.others.items():
            other.load_state_dict(state[name])  # type: ignore[arg-type]
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
            **{name: other.state_dict() for name, other in self.others.items()},
        }  # fmt: skip
        save_checkpoint(self.checkpoint, self.network, self.pieces, state)

    def run(
        self,
        feed: Iterable[B],
        save_every_s: float = 300.0,
        watch: Callable[[], dict[str, float]] = dict,
        watch_every: int = 300,
    ) -> None:
        """Trains until the time is spent or a signal asks to stop; saves at the end either way.

        ``watch`` measures every ``watch_every`` steps, and at the end unless it was stopped; what it takes is no training time.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: setattr(self, "stopping", True))
        for each in (self.network, *self.others.values()):
            each.train()
        losses: list[dict[str, float]] = []
        began, saved = time.monotonic(), time.monotonic()
        for batch in feed:
            losses.append(self._take(batch))
            now = time.monotonic()
            self.spent_s, began = self.spent_s + now - began, now
            if self.step % 50 == 0:
                self._report(losses, watch() if self.step % watch_every == 0 else {})
                losses.clear()
                began = time.monotonic()
            if now - saved > save_every_s:
                self.save()
                saved = began = time.monotonic()
            if self.stopping or self.progress() >= 1.0:
                break
        self.save()
        self._report(losses, {} if self.stopping else watch())

    def _take(self, batch: B) -> dict[str, float]:
        rate = rate_at(self.progress(), self.recipe)
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * rate
        losses = self.losses(on_device(batch, self._parameters[0].device))
        torch.stack(list(losses.values())).sum().backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._parameters, self.recipe.clip)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.step += 1
        self.examples += len(batch.ids)
        return {name: float(loss.detach()) for name, loss in losses.items()}

    def _report(self, losses: list[dict[str, float]], watched: dict[str, float]) -> None:
        means = {
            f"{name}_loss": round(sum(each[name] for each in losses) / len(losses), 4)
            for name in (losses[0] if losses else ())
        }
        line = {
            "step": self.step,
            "examples": self.examples,
            "minutes": round(self.spent_s / 60, 2),
            **means,
            **watched,
        }
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("a", encoding="utf-8") as out:
            out.write(json.dumps(line) + "\n")
