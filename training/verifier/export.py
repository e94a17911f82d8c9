"""A trained verifier → ``verifier.onnx`` in 8 bits, or ``second-verifier.onnx`` in 4, beside the reader's files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import onnx

from qa.models.encoder.calibration import Ids, towering_units
from qa.models.encoder.graph import EncoderGraph, Outliers
from qa.models.reader.manifest import SECOND_FILE, VERIFIER_FILE
from training.reader.export import MIDDLE, middle_states, shape_of, upper_tensors
from training.reader.network import ReaderNetwork
from training.verifier.network import VerifierNetwork

OUTPUT = "judged"


def export(
    reader: ReaderNetwork,
    verifier: VerifierNetwork,
    folder: Path,
    seen: Iterable[tuple[Ids, Ids]],
    second: bool = False,
) -> None:
    """Writes the 8-bit network into ``folder``, or the ``second`` one, which was trained so, in 4 bits; the manifest is not written.

    ``seen`` are the reader's inputs (ids and segments, both (1, length)) that show which activations tower.
    """
    inputs = ({"ids": ids, "segments": segments} for ids, segments in seen)
    apart = towering_units(verifier_model(reader, verifier, None), middle_states(reader, inputs))
    onnx.save(verifier_model(reader, verifier, apart, second), str(folder / (SECOND_FILE if second else VERIFIER_FILE)))


def verifier_model(
    reader: ReaderNetwork, verifier: VerifierNetwork, outliers: Outliers | None, four_bit_weights: bool = False
) -> onnx.ModelProto:
    """``middle (1, length, dim) → judged (1, length, 3)``; float32 without ``outliers``."""
    shape = shape_of(reader, len(verifier.layers))
    graph = EncoderGraph(shape, upper_tensors(reader, verifier.layers), outliers, four_bit_weights)
    hidden = graph.layers(MIDDLE)
    columns = verifier.columns
    graph.product(OUTPUT, hidden, columns.weight.detach().float().numpy(), columns.bias.detach().float().numpy())
    return graph.model([], [OUTPUT], [MIDDLE])
