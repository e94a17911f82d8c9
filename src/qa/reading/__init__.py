"""A file → :class:`qa.records.Document` → passages: loaders, clean text, structure, card."""

from __future__ import annotations

from qa.reading.loaders import SUPPORTED_SUFFIXES, loader_for
from qa.reading.passages import passages_of
from qa.reading.reader import document_from_text, read_document

__all__ = ["SUPPORTED_SUFFIXES", "document_from_text", "loader_for", "passages_of", "read_document"]
