"""One module a file format; each loader turns a file into its decoded text."""

from __future__ import annotations

from pathlib import Path

from qa.ports import Loader
from qa.reading.loaders.text import TextLoader

_LOADERS: tuple[Loader, ...] = (TextLoader(),)
SUPPORTED_SUFFIXES: tuple[str, ...] = tuple(sorted({suffix for loader in _LOADERS for suffix in loader.suffixes}))
"""Lower-case file name endings that can be read, with the dot."""


def loader_for(path: Path) -> Loader | None:
    """The loader for a file of this name, or ``None`` when the format is not supported; the file is not opened."""
    suffix = path.suffix.lower()
    return next((loader for loader in _LOADERS if suffix in loader.suffixes), None)
