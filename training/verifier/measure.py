"""How well right spans and traps are told apart."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray

from training.reader.batches import LENGTHS, TOKENS_A_BATCH
from training.reader.network import ReaderNetwork
from training.reader.train import on_device
from training.verifier.examples import Judged, Row, Rows, batch_of
from training.verifier.network import VerifierNetwork, span_logits

Floats = NDArray[np.float64]


def told_logits(reader: ReaderNetwork, verifier: VerifierNetwork, rows: Rows, examples: Sequence[Judged]) -> Floats:
    """(examples,) logit of the span each example tells of, in bfloat16; NaN where it does not fit a window."""
    found = np.full(len(examples), np.nan)
    rng, device = random.Random(1), reader.word.weight.device
    waiting: dict[int, list[tuple[int, Row]]] = {length: [] for length in LENGTHS}
    for number, example in enumerate(examples):
        row = rows.row(example, rng, whole=True)
        if row is not None and row.spans and row.spans[0][3]:
            waiting[next(size for size in LENGTHS if size >= len(row.ids))].append((number, row))
    with torch.inference_mode(), torch.autocast(device.type, torch.bfloat16):
        for length, numbered in waiting.items():
            size = TOKENS_A_BATCH // length  # the very form that is trained on: compiled layers need no other
            for begin in range(0, len(numbered), size):
                part = numbered[begin : begin + size]
                filled = [row for _, row in part] + [part[0][1]] * (size - len(part))
                batch = batch_of([replace(row, spans=row.spans[:1]) for row in filled], length)
                batch = on_device(batch, device)
                middle = reader.lower(batch.ids, batch.segments, batch.mask)
                judged = verifier(middle, batch.mask)
                logits = span_logits(judged, batch.rows, batch.firsts, batch.lasts)
                for (number, _), logit in zip(part, logits.tolist(), strict=False):
                    found[number] = logit
    return found


def separation(right: Floats, wrong: Floats) -> dict[str, float]:
    """Area under the curve, and the share of ``wrong`` refused where 3, 5 and 10 % of ``right`` are."""
    right, wrong = right[~np.isnan(right)], wrong[~np.isnan(wrong)]
    ordered = np.sort(right)
    less = np.searchsorted(ordered, wrong, side="left")
    equal = np.searchsorted(ordered, wrong, side="right") - less
    area = 1 - float((less + equal / 2).mean()) / len(right)
    lost = {f"refused_at_{share:.0%}": float((wrong < np.quantile(right, share)).mean()) for share in (0.03, 0.05, 0.1)}
    return {"area": round(area, 4), **{name: round(value, 4) for name, value in lost.items()}}
