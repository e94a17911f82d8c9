"""A file → :class:`qa.records.Document` → passages: loaders, clean text, structure, card."""

from __future__ import annotations

from qa.reading.loaders import SUPPORTED_SUFFIXES, loader_for
from qa.reading.passages import passages_of
from qa.reading.reader import document_from, document_from_text, load_file, read_bytes, read_document

READING_VERSION = 7
"""Raised when the same file would give another document or other passages than before, so that every file is read
again.
"""

__all__ = [
    "READING_VERSION",
    "SUPPORTED_SUFFIXES",
    "document_from",
    "document_from_text",
    "load_file",
    "loader_for",
    "passages_of",
    "read_bytes",
    "read_document",
]
