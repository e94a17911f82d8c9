"""The shipped ONNX files → networks in torch, so that training can go on where no checkpoint is left.

8-bit weights come back rounded (half a step of 1/127 of each output channel's largest weight); what was float32 comes back as it was.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from qa.models.reader.manifest import LOWER_FILE, NETWORK_FILE, VOCABULARY_FILE
from qa.models.reader.tokens import read_vocabulary
from training.reader.network import SHARED_LAYERS, EncoderLayer, NetworkShape, ReaderNetwork

Constants = dict[str, NDArray[np.float32]]


def recovered_reader(folder: Path) -> tuple[ReaderNetwork, list[str]]:
    """(network, pieces) of ``folder``."""
    held, upper = constants(folder / LOWER_FILE), constants(folder / NETWORK_FILE)
    pieces, hidden = held["words"].shape
    layers = sum(name.endswith(".qkv.weight") for each in (held, upper) for name in each)
    shape = NetworkShape(pieces, hidden, layers, positions=len(held["places"]))
    network = ReaderNetwork(shape)
    put(network.word.weight, held["words"])
    put(network.position.weight, held["places"])
    put(network.segment.weight, held["kinds"])
    put_norm(network.norm, held, "embeddings.LayerNorm")
    put_layers(network.layers[:SHARED_LAYERS], held)
    put_layers(network.layers[SHARED_LAYERS:], upper)
    put(network.span.weight, np.concatenate([upper["start.column.weight"].T, upper["end.column.weight"].T]))
    put(network.span.bias, np.concatenate([upper["start.column.bias"], upper["end.column.bias"]]))
    put(network.relevance.weight, upper["relevance.column.weight"].T)
    put(network.relevance.bias, upper["relevance.column.bias"])
    return network, list(read_vocabulary(folder / VOCABULARY_FILE))


def put_layers(layers: torch.nn.ModuleList, held: Constants) -> None:
    """Writes the layers of an exported graph into ``layers``."""
    for number, layer in enumerate(layers):
        assert isinstance(layer, EncoderLayer)
        rise, rise_bias = held[f"{number}.rise.weight"].T.copy(), held[f"{number}.rise.bias"].copy()
        fall = held[f"{number}.fall.weight"].T.copy()
        if f"{number}.apart.rise.weight" in held:  # units that tower stand apart; their rows were emptied
            apart = np.flatnonzero(~rise.any(axis=1) & (rise_bias == 0))
            rise[apart], rise_bias[apart] = held[f"{number}.apart.rise.weight"].T, held[f"{number}.apart.rise.bias"]
            fall[:, apart] = held[f"{number}.apart.fall.weight"].T
        for module, weight, bias in (
            (layer.qkv, held[f"{number}.qkv.weight"].T, held[f"{number}.qkv.bias"]),
            (layer.out, held[f"{number}.mix.weight"].T, held[f"{number}.mix.bias"]),
            (layer.rise, rise, rise_bias),
            (layer.fall, fall, held[f"{number}.fall.bias"]),
        ):
            put(module.weight, weight)
            put(module.bias, bias)
        put_norm(layer.attention_norm, held, f"encoder.layer.{number}.attention.output.LayerNorm")
        put_norm(layer.output_norm, held, f"encoder.layer.{number}.output.LayerNorm")


def constants(path: Path) -> Constants:
    """Every constant by name in float32; 8-bit weights multiplied out, the evening of channels undone."""
    held = {each.name: numpy_helper.to_array(each) for each in onnx.load(str(path)).graph.initializer}
    found: Constants = {}
    for name, value in held.items():
        whole = value.astype(np.float32)
        if value.dtype == np.int8:
            linear = name.removesuffix(".weight")
            scale = held[f"{linear}.scale"]
            whole = whole * (scale if name == "words" else scale[None, :])
            if f"{linear}.even" in held:
                whole = whole * held[f"{linear}.even"][:, None]
        found[name] = whole
    return found


def put(target: Tensor, value: NDArray[np.float32]) -> None:
    """Writes ``value`` into ``target``."""
    with torch.no_grad():
        target.copy_(torch.from_numpy(np.ascontiguousarray(value)).reshape(target.shape))


def put_norm(norm: torch.nn.LayerNorm, held: Constants, name: str) -> None:
    put(norm.weight, held[f"{name}.weight"])
    put(norm.bias, held[f"{name}.bias"])
