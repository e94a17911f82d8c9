"""A trained network → ``reader.onnx`` in 8 bits, by the same graph as the embedder's (docs/decisions/0006)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray

from qa.adapters.span_reader import Network
from qa.models.encoder.calibration import Ids, towering_units
from qa.models.encoder.graph import EncoderGraph, Outliers
from qa.models.encoder.source import EncoderShape, Floats
from qa.models.reader.manifest import NETWORK_FILE, VOCABULARY_FILE
from training.reader.network import SHARED_LAYERS, ReaderNetwork

OUTPUTS = ("start", "end", "relevance")
MIDDLE_OUTPUT = "middle"
"""The hidden states that the verifier reads on from."""
_LAYER_PARTS = (
    ("out", "attention.output.dense"),
    ("attention_norm", "attention.output.LayerNorm"),
    ("rise", "intermediate.dense"),
    ("fall", "output.dense"),
    ("output_norm", "output.LayerNorm"),
)
"""The network's names and BERT's."""


def export(network: ReaderNetwork, pieces: list[str], folder: Path, seen: Iterable[tuple[Ids, Ids]]) -> None:
    """Writes the 8-bit network and its vocabulary into ``folder`` (made if missing); the manifest is not written.

    ``seen`` are inputs (ids and segments, both (1, length)) that show which activations tower.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / VOCABULARY_FILE).write_text("\n".join(pieces) + "\n", encoding="utf-8", newline="\n")
    apart = towering_units(reader_model(network, None), ({"ids": ids, "segments": kinds} for ids, kinds in seen))
    model = reader_model(network, apart)
    onnx.save(model, str(folder / NETWORK_FILE))


def reader_model(network: ReaderNetwork, outliers: Outliers | None) -> onnx.ModelProto:
    """``ids, segments (1, length) → start, end (1, length), relevance (1,)``; float32 without ``outliers``."""
    sizes = network.shape
    shape = EncoderShape(sizes.hidden, sizes.layers, sizes.heads, sizes.layer_norm_eps)
    graph = EncoderGraph(shape, bert_tensors(network), outliers)
    hidden = graph.layers(graph.embedded("ids", "segments", eight_bit_words=outliers is not None))
    graph.node("Identity", [f"{SHARED_LAYERS - 1}.out"], MIDDLE_OUTPUT)
    heads = {name: value.detach().float().numpy() for name, value in network.named_parameters()}
    for number, name in enumerate(OUTPUTS[:2]):
        row = slice(number, number + 1)
        found = graph.product(f"{name}.column", hidden, heads["span.weight"][row], heads["span.bias"][row])
        graph.node("Squeeze", [found, graph.constant(f"{name}.axis", [2])], name)
    first = graph.node("Gather", [hidden, graph.constant("cls", np.int64(0))], "cls.hidden", axis=1)
    found = graph.product("relevance.column", first, heads["relevance.weight"], heads["relevance.bias"])
    graph.node("Squeeze", [found, graph.constant("relevance.axis", [1])], OUTPUTS[2])
    return graph.model(["ids", "segments"], [*OUTPUTS, MIDDLE_OUTPUT])


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
