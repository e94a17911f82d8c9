"""Writes float32 tensors in the safetensors format, one at a time, so that no more than one tensor is in memory.

Format: u64 length of a JSON header, the header (name → dtype, shape, data offsets), the data, little endian.
Source: the safetensors specification, https://github.com/huggingface/safetensors#format.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from typing import IO

import numpy as np
from numpy.typing import NDArray

_FLOAT_BYTES = 4
_ALIGNMENT_BYTES = 8


@dataclass(frozen=True, slots=True)
class PlannedTensor:
    """A tensor to write: ``make`` returns its values as float32, of any shape with ``prod(shape)`` elements."""

    name: str
    shape: tuple[int, ...]
    make: Callable[[], NDArray[np.float32]]

    @property
    def size_bytes(self) -> int:
        return prod(self.shape) * _FLOAT_BYTES


def write_safetensors(file: IO[bytes], tensors: Sequence[PlannedTensor], written: Callable[[int], None]) -> None:
    """Writes ``tensors`` in the order given; calls ``written`` with the bytes of each."""
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    offset = 0
    for tensor in tensors:
        end = offset + tensor.size_bytes
        header[tensor.name] = {"dtype": "F32", "shape": tensor.shape, "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % _ALIGNMENT_BYTES)
    file.write(struct.pack("<Q", len(text)) + text)
    for tensor in tensors:
        values = tensor.make()
        if values.size != prod(tensor.shape):
            raise ValueError(f"{tensor.name}: {values.size} values for shape {tensor.shape}")
        file.write(np.ascontiguousarray(values, dtype="<f4").data)
        written(tensor.size_bytes)
