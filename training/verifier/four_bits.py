"""Weights in 4 bits, and how a network learns to do with them: it runs on the rounded ones, and what it learns reaches the exact ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize

from qa.models.encoder.graph import FOUR_BIT_BLOCK


class FourBits(nn.Module):
    """(out, in) → the same rounded as :func:`qa.models.encoder.graph.four_bits` rounds it; the gradient passes as it is."""

    def forward(self, weight: Tensor) -> Tensor:
        """``weight`` (out, in) with every block of :data:`FOUR_BIT_BLOCK` inputs at one of 16 steps."""
        blocks = weight.detach().reshape(weight.shape[0], -1, FOUR_BIT_BLOCK)
        highest = blocks.gather(2, blocks.abs().argmax(2, keepdim=True))
        scale = highest / -8
        scale = torch.where(scale == 0, torch.ones_like(scale), scale)
        rounded = ((blocks / scale).round().clamp(-8, 7) * scale).reshape(weight.shape)
        return weight + (rounded - weight.detach())


def in_four_bits(layers: Iterable[nn.Module]) -> None:
    """Makes every linear map of ``layers`` run on rounded weights from here on."""
    for layer in layers:
        for module in list(layer.modules()):
            if isinstance(module, nn.Linear):
                parametrize.register_parametrization(module, "weight", FourBits())


def exact_state(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The weights of a network trained so, before rounding, by the names that they have without it."""
    return {name.replace("parametrizations.weight.original", "weight"): value for name, value in state.items()}
