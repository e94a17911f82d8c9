"""Recognising the text of a page's picture, by RapidOCR (PP-OCR models, no network) in a child process of its own.

It is an optional part: without it a scanned page is named and left out, and everything else is read.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, sin
from pathlib import Path
from statistics import median
from typing import Any

from qa.errors import DocumentError
from qa.reading.loaders.isolated import RECOGNITION
from qa.reading.loaders.limits import PAGE_LIMIT_S
from qa.reading.loaders.page_layout import Box, PageLine, Piece, page_lines

INSTALL_COMMAND = '.venv/bin/python -m pip install "rapidocr>=3.10,<4"'
DOUBTFUL_BELOW = 0.9
"""Mean confidence under which a page is marked 请核对原件: on clean print it is .97 and more."""
_MIN_LINE_CONFIDENCE = 0.5


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """The lines of a picture, in its pixels, and their mean confidence in [0, 1] weighted by length (1.0 when there are none)."""

    lines: tuple[PageLine, ...]
    confidence: float

    @property
    def doubtful(self) -> bool:
        return self.confidence < DOUBTFUL_BELOW

    @property
    def chars(self) -> int:
        return sum(len(line.text) for line in self.lines)


def ocr_available() -> bool:
    """Whether the optional part is installed; nothing is loaded."""
    return importlib.util.find_spec("rapidocr") is not None


def missing_ocr(name: str, pages: str) -> str:
    """What a user is told when pages (``"第 2、3 页"``) need recognition and it is not installed."""
    return f"{name} 的{pages}是扫描件，没有文字层；识别文字需要安装：{INSTALL_COMMAND}，然后运行 qa index --rebuild"


def recognise(picture: Path, name: str) -> RecognisedPage:
    """The text of a picture. Raises :class:`DocumentError` when it takes too long or cannot be done; ``name`` is for messages."""
    found = RECOGNITION.call("qa.reading.loaders.ocr_engine:recognise", [str(picture)], name=name, limit_s=PAGE_LIMIT_S)
    return recognised_page(found)


def recognised_page(found: Sequence[Sequence[Any]]) -> RecognisedPage:
    """The page that the engine's lines make: each [text, confidence, four corners clockwise from the top left, x and y each]."""
    kept = [
        (str(text), float(score), [float(x) for x in corners]) for text, score, corners in found if str(text).strip()
    ]
    kept = [line for line in kept if line[1] >= _MIN_LINE_CONFIDENCE]
    chars = sum(len(text) for text, _, _ in kept)
    confidence = sum(score * len(text) for text, score, _ in kept) / chars if chars else 1.0
    turn = _tilt([corners for _, _, corners in kept])
    lines = page_lines([_piece(text, corners, turn) for text, _, corners in kept])
    return RecognisedPage(tuple(lines), confidence)


def require_ocr(name: str, pages: str) -> None:
    """Raises :class:`DocumentError` with the command to install it when recognition is missing."""
    if not ocr_available():
        raise DocumentError(
            f"{name} 是扫描件",
            reason=f"{pages}没有文字层，识别文字的部件没有安装",
            hint=f"运行 {INSTALL_COMMAND}，再运行 qa index --retry",
        )


def _tilt(quads: Sequence[Sequence[float]]) -> float:
    """The angle by which the page's lines lean, in radians: the median over the wide ones."""
    angles = [
        atan2(quad[3] - quad[1], quad[2] - quad[0])
        for quad in quads
        if quad[2] - quad[0] > 4 * max(1.0, abs(quad[7] - quad[1]))
    ]
    return median(angles) if angles else 0.0


def _piece(text: str, quad: Sequence[float], turn: float) -> Piece:
    """A line set upright about the picture's origin; its type size is the height of its box less the engine's margin."""
    across, down = cos(-turn), sin(-turn)
    xs = [x * across - y * down for x, y in zip(quad[::2], quad[1::2], strict=True)]
    ys = [x * down + y * across for x, y in zip(quad[::2], quad[1::2], strict=True)]
    box = Box((xs[0] + xs[3]) / 2, (ys[0] + ys[1]) / 2, (xs[1] + xs[2]) / 2, (ys[2] + ys[3]) / 2)
    return Piece(text, box, max(1.0, 0.85 * (box.bottom - box.top)))
