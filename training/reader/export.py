"""A trained network → ``reader.onnx`` with 8-bit weights, ready for onnxruntime."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from qa.adapters.span_reader import Network
from qa.models.reader.manifest import NETWORK_FILE, VOCABULARY_FILE
from qa.models.reader.tokens import PAD
from training.reader.network import ReaderNetwork

OPSET = 20  # the first with Gelu as one operation
QUANTISED_OPERATIONS = ["MatMul", "Gather"]


class MaskedNetwork(nn.Module):
    """The network with the mask read off the ids, so that a caller gives ids and segments alone."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, segments: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """As :meth:`ReaderNetwork.forward`."""
        found: tuple[Tensor, Tensor, Tensor] = self.network(ids, segments, ids != PAD)
        return found


def export(network: ReaderNetwork, pieces: list[str], folder: Path) -> None:
    """Writes the quantised network and its vocabulary into ``folder`` (made if missing); the manifest is not written."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / VOCABULARY_FILE).write_text("\n".join(pieces) + "\n", encoding="utf-8", newline="\n")
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        export_float(network, plain)
        quantize_dynamic(
            str(plain), str(folder / NETWORK_FILE), op_types_to_quantize=QUANTISED_OPERATIONS, per_channel=True,
            weight_type=QuantType.QInt8, extra_options={"MatMulConstBOnly": True},
        )  # fmt: skip


def export_float(network: ReaderNetwork, path: Path) -> None:
    """Writes the network in float32 with dynamic batch and length."""
    network.eval()
    ids = torch.randint(4, 100, (2, 48))
    torch.onnx.export(
        MaskedNetwork(network), (ids, torch.zeros_like(ids)), str(path), input_names=["ids", "segments"],
        output_names=["start", "end", "relevance"], opset_version=OPSET, dynamo=True, external_data=False,
        dynamic_shapes={"ids": {0: "batch", 1: "length"}, "segments": {0: "batch", 1: "length"}},
    )  # fmt: skip
    model = onnx.load(str(path))
    del model.graph.value_info[:]  # the exporter's shapes contradict the quantiser's own inference
    for node in model.graph.node:
        del node.metadata_props[:]  # stack traces with the paths of this machine
    onnx.save(model, str(path))
    onnx.checker.check_model(str(path))


def torch_network(network: ReaderNetwork) -> Network:
    """The network in torch and float32 behind the adapter's interface, to compare the export with."""
    masked = MaskedNetwork(network.eval())

    def run(
        ids: NDArray[np.int64], segments: NDArray[np.int64]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        with torch.inference_mode():
            start, end, relevance = masked(torch.from_numpy(ids), torch.from_numpy(segments))
        return start.numpy(), end.numpy(), relevance.numpy()

    return run
