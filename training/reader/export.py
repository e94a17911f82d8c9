"""A trained network → ``lower.onnx`` and ``reader.onnx`` in 8 bits, by the same graph as the embedder's (docs/decisions/0006)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import nn

from qa.adapters.span_reader import Network
from qa.models.encoder.calibration import Ids, towering_units
from qa.models.encoder.graph import EncoderGraph, Outliers
from qa.models.encoder.source import EncoderShape, Floats
from qa.models.reader.manifest import LOWER_FILE, NETWORK_FILE, VOCABULARY_FILE
from training.reader.network import SHARED_LAYERS, NetworkShape, ReaderNetwork

OUTPUTS = ("start", "end", "relevance")
MIDDLE = "middle"
"""The hidden states that reader and verifiers read on from."""
_LAYER_PARTS = (
    ("out", "attention.output.dense"),
    ("attention_norm", "attention.output.LayerNorm"),
    ("rise", "intermediate.dense"),
    ("fall", "output.dense"),
    ("output_norm", "output.LayerNorm"),
)
"""The network's names and BERT's."""


def export(network: ReaderNetwork, pieces: list[str], folder: Path, seen: Iterable[tuple[Ids, Ids]]) -> None:
    """Writes the 8-bit networks, lower layers and upper ones, and the vocabulary into ``folder`` (made if missing); the manifest is not
    written.

    ``seen`` are inputs (ids and segments, both (1, length)) that show which activations tower.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / VOCABULARY_FILE).write_text("\n".join(pieces) + "\n", encoding="utf-8", newline="\n")
    inputs = [{"ids": ids, "segments": kinds} for ids, kinds in seen]
    apart = towering_units(lower_model(network, None), inputs)
    onnx.save(lower_model(network, apart), str(folder / LOWER_FILE))
    apart = towering_units(upper_model(network, None), middle_states(network, inputs))
    onnx.save(upper_model(network, apart), str(folder / NETWORK_FILE))


def middle_states(network: ReaderNetwork, inputs: Iterable[dict[str, Ids]]) -> Iterator[dict[str, NDArray[np.float32]]]:
    """What the upper layers are given for ``inputs``."""
    for each in inputs:
        with torch.no_grad():
            found = network.lower(torch.from_numpy(each["ids"]), torch.from_numpy(each["segments"]), None)
        yield {MIDDLE: found.numpy()}


def lower_model(network: ReaderNetwork, outliers: Outliers | None) -> onnx.ModelProto:
    """``ids, segments (1, length) → middle (1, length, dim)``; float32 without ``outliers``."""
    graph = EncoderGraph(shape_of(network, SHARED_LAYERS), bert_tensors(network), outliers)
    hidden = graph.layers(graph.embedded("ids", "segments", eight_bit_words=outliers is not None))
    return graph.model(["ids", "segments"], [graph.node("Identity", [hidden], MIDDLE)])


def upper_model(network: ReaderNetwork, outliers: Outliers | None) -> onnx.ModelProto:
    """``middle (1, length, dim) → start, end (1, length), relevance (1,)``; float32 without ``outliers``."""
    layers = network.layers[SHARED_LAYERS:]
    graph = EncoderGraph(shape_of(network, len(layers)), upper_tensors(network, layers), outliers)
    hidden = graph.layers(MIDDLE)
    heads = {name: value.detach().float().numpy() for name, value in network.named_parameters()}
    for number, name in enumerate(OUTPUTS[:2]):
        row = slice(number, number + 1)
        found = graph.product(f"{name}.column", hidden, heads["span.weight"][row], heads["span.bias"][row])
        graph.node("Squeeze", [found, graph.constant(f"{name}.axis", [2])], name)
    first = graph.node("Gather", [hidden, graph.constant("cls", np.int64(0))], "cls.hidden", axis=1)
    found = graph.product("relevance.column", first, heads["relevance.weight"], heads["relevance.bias"])
    graph.node("Squeeze", [found, graph.constant("relevance.axis", [1])], OUTPUTS[2])
    return graph.model([], OUTPUTS, [MIDDLE])


def shape_of(network: ReaderNetwork, layers: int) -> EncoderShape:
    """The sizes of a part of ``layers`` layers."""
    return EncoderShape(network.shape.hidden, layers, network.shape.heads, network.shape.layer_norm_eps)


def upper_tensors(network: ReaderNetwork, layers: nn.ModuleList) -> dict[str, Floats]:
    """``layers`` that read on from the middle, by BERT's names; the norm that their input comes from stands as that of the embeddings."""
    sizes = network.shape
    alone = ReaderNetwork(NetworkShape(1, sizes.hidden, len(layers), sizes.heads, sizes.ffn, 1))
    alone.layers.load_state_dict(layers.state_dict())
    found = bert_tensors(alone)
    norm = network.layers[SHARED_LAYERS - 1].output_norm
    for kind in ("weight", "bias"):
        found[f"embeddings.LayerNorm.{kind}"] = getattr(norm, kind).detach().float().numpy()
    return found


def bert_tensors(network: ReaderNetwork) -> dict[str, Floats]:
    """The encoder's tensors by BERT's names."""
    own = {name: value.detach().float().numpy() for name, value in network.named_parameters()}
    found = {
        "embeddings.word_embeddings.weight": own["word.weight"],
        "embeddings.position_embeddings.weight": own["position.weight"],
        "embeddings.token_type_embeddings.weight": own["segment.weight"],
    }
    for kind in ("weight", "bias"):
        found[f"embeddings.LayerNorm.{kind}"] = own[f"norm.{kind}"]
        for layer in range(network.shape.layers):
            joined = np.split(own[f"layers.{layer}.qkv.{kind}"], 3)
            for part, value in zip(("query", "key", "value"), joined, strict=True):
                found[f"encoder.layer.{layer}.attention.self.{part}.{kind}"] = value
            for name, target in _LAYER_PARTS:
                found[f"encoder.layer.{layer}.{target}.{kind}"] = own[f"layers.{layer}.{name}.{kind}"]
    return found


def torch_network(network: ReaderNetwork) -> Network:
    """The network in torch and float32 behind the adapter's interface, to compare the export with."""
    network.eval()

    def run(
        ids: NDArray[np.int64], segments: NDArray[np.int64]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], None]:
        with torch.inference_mode():
            start, end, relevance = network(torch.from_numpy(ids), torch.from_numpy(segments), None)
        return start.numpy(), end.numpy(), relevance.numpy(), None

    return run
