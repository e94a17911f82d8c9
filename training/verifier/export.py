"""A trained verifier → ``verifier.onnx`` in 8 bits beside the reader's files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx
import torch

from qa.models.encoder.calibration import Ids, towering_units
from qa.models.encoder.graph import EncoderGraph, Outliers
from qa.models.encoder.source import EncoderShape, Floats
from qa.models.reader.manifest import SECOND_FILE, VERIFIER_FILE
from training.reader.export import MIDDLE_OUTPUT, bert_tensors
from training.reader.network import SHARED_LAYERS, NetworkShape, ReaderNetwork
from training.verifier.network import VerifierNetwork

OUTPUT = "judged"


def export(reader: ReaderNetwork, verifier: VerifierNetwork, folder: Path, seen: Iterable[tuple[Ids, Ids]]) -> None:
    """Writes the 8-bit network into ``folder``; the manifest is not written.

    ``seen`` are the reader's inputs (ids and segments, both (1, length)) that show which activations tower.
    """

    def states() -> Iterable[dict[str, np.ndarray]]:
        for ids, segments in seen:
            with torch.no_grad():
                found = reader.lower(torch.from_numpy(ids), torch.from_numpy(segments), None)
            yield {MIDDLE_OUTPUT: found.numpy()}

    apart = towering_units(verifier_model(reader, verifier, None), states())
    onnx.save(verifier_model(reader, verifier, apart), str(folder / VERIFIER_FILE))


def export_second(reader: ReaderNetwork, verifier: VerifierNetwork, folder: Path) -> None:
    """Writes the second verifier, which was trained with weights of 4 bits, into ``folder`` in 4 bits; the manifest is not written."""
    apart = [np.empty(0, np.int64)] * len(verifier.layers)
    onnx.save(verifier_model(reader, verifier, apart, four_bit_weights=True), str(folder / SECOND_FILE))


def verifier_model(
    reader: ReaderNetwork, verifier: VerifierNetwork, outliers: Outliers | None, four_bit_weights: bool = False
) -> onnx.ModelProto:
    """``middle (1, length, dim) → judged (1, length, 3)``; float32 without ``outliers``."""
    sizes = reader.shape
    shape = EncoderShape(sizes.hidden, len(verifier.layers), sizes.heads, sizes.layer_norm_eps)
    graph = EncoderGraph(shape, _tensors(reader, verifier), outliers, four_bit_weights)
    hidden = graph.layers(MIDDLE_OUTPUT)
    columns = verifier.columns
    graph.product(OUTPUT, hidden, columns.weight.detach().float().numpy(), columns.bias.detach().float().numpy())
    return graph.model([], [OUTPUT], [MIDDLE_OUTPUT])


def _tensors(reader: ReaderNetwork, verifier: VerifierNetwork) -> dict[str, Floats]:
    """The verifier's layers by BERT's names; the norm that its input comes from stands as that of the embeddings."""
    sizes = reader.shape
    alone = ReaderNetwork(NetworkShape(1, sizes.hidden, len(verifier.layers), sizes.heads, sizes.ffn, 1))
    alone.layers.load_state_dict(verifier.layers.state_dict())
    found = bert_tensors(alone)
    norm = reader.layers[SHARED_LAYERS - 1].output_norm
    for kind in ("weight", "bias"):
        found[f"embeddings.LayerNorm.{kind}"] = getattr(norm, kind).detach().float().numpy()
    return found
