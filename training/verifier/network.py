"""The verifier's network: upper layers of its own on the reader's lower ones, and a judgement of every span."""

from __future__ import annotations

import copy
from pathlib import Path

import torch
from torch import Tensor, nn

from qa.models.reader.manifest import VERIFIER_FILE
from training.reader.network import SHARED_LAYERS, ReaderNetwork
from training.reader.recover import constants, put, put_layers


class VerifierNetwork(nn.Module):
    """Hidden states after the reader's :data:`SHARED_LAYERS` layers → three columns a token, of which spans are judged.

    The logit of the span from token s to token e is ``column 0 of s + column 1 of e + column 2 of the first token``. It
    starts as the reader: half the start, half the end and half the relevance logit.
    """

    def __init__(self, reader: ReaderNetwork) -> None:
        super().__init__()
        self.layers = nn.ModuleList(copy.deepcopy(layer) for layer in reader.layers[SHARED_LAYERS:])
        self.columns = nn.Linear(reader.shape.hidden, 3)
        with torch.no_grad():
            self.columns.weight.copy_(torch.cat([reader.span.weight, reader.relevance.weight]) / 2)
            self.columns.bias.copy_(torch.cat([reader.span.bias, reader.relevance.bias]) / 2)

    def forward(self, middle: Tensor, mask: Tensor | None) -> Tensor:
        """(batch, length, hidden) → (batch, length, 3); ``mask`` is bool (batch, length), True at real tokens."""
        x = middle
        wide = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, wide)
        judged: Tensor = self.columns(x)
        return judged


def span_logits(judged: Tensor, rows: Tensor, firsts: Tensor, lasts: Tensor) -> Tensor:
    """(spans,) logits in float32; ``rows``, ``firsts`` and ``lasts`` (spans,) are places in ``judged`` (batch, length, 3)."""
    wide = judged.float()
    logits: Tensor = wide[rows, firsts, 0] + wide[rows, lasts, 1] + wide[rows, torch.zeros_like(rows), 2]
    return logits


def recovered_verifier(reader: ReaderNetwork, folder: Path) -> VerifierNetwork:
    """The shipped verifier of ``folder`` in torch (see training/reader/recover.py)."""
    held = constants(folder / VERIFIER_FILE)
    verifier = VerifierNetwork(reader)
    put_layers(verifier.layers, held)
    put(verifier.columns.weight, held["judged.weight"].T)
    put(verifier.columns.bias, held["judged.bias"])
    return verifier
