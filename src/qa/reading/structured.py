"""What a loader found → a document, made in a child process: no text can keep the rules of structure busy for ever."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import Any

from qa.ports import Loaded
from qa.reading.loaders.apart import loaded_from, loaded_json, time_limit_s
from qa.reading.loaders.isolated import PARSING
from qa.records import (
    CARD_FIELDS,
    Block,
    BlockRole,
    Card,
    Document,
    DocumentStatus,
    Heading,
    PageStart,
    SourceSegment,
)

_DAYS = ("date", "printed")
_HEADING = attrgetter(*(each.name for each in fields(Heading)))
_BLOCK = attrgetter(*(each.name for each in fields(Block)))


def document_apart(loaded: Loaded, path: str, sha256: str) -> Document:
    """As :func:`qa.reading.reader.document_from`, under the bounds of one file. Raises :class:`qa.errors.DocumentError`."""
    found = PARSING.call(
        "qa.reading.structured:document_json",
        [loaded_json(loaded), path, sha256],
        name=path.rpartition("/")[2],
        limit_s=time_limit_s(4 * len(loaded.text)),
    )
    return _document(found)


def document_json(loaded: dict[str, Any], path: str, sha256: str) -> dict[str, Any]:
    """The child's side of :func:`document_apart`."""
    from qa.reading.reader import document_from  # which imports this module

    document = document_from(loaded_from(loaded), path, sha256)
    card = {name: getattr(document.card, name) for name in CARD_FIELDS}
    return {
        "id": document.id,
        "path": document.path,
        "sha256": document.sha256,
        "text": document.text,
        "card": {name: value.isoformat() if isinstance(value, date) else value for name, value in card.items()},
        "card_sources": document.card_sources,
        "headings": list(map(_HEADING, document.headings)),
        "blocks": list(map(_BLOCK, document.blocks)),
        "source_map": document.source_map,
        "status": document.status,
        "warnings": document.warnings,
        "pages": document.pages,
    }


def _document(found: dict[str, Any]) -> Document:
    card: dict[str, Any] = {
        name: date.fromisoformat(value) if name in _DAYS and value else value for name, value in found["card"].items()
    }
    return Document(
        id=found["id"],
        path=found["path"],
        sha256=found["sha256"],
        text=found["text"],
        card=Card(**card),
        card_sources=tuple((name, source) for name, source in found["card_sources"]),
        headings=tuple(Heading(*each) for each in found["headings"]),
        blocks=tuple(Block(BlockRole(role), *rest) for role, *rest in found["blocks"]),
        source_map=tuple(SourceSegment(*each) for each in found["source_map"]),
        status=DocumentStatus(found["status"]),
        warnings=tuple(found["warnings"]),
        pages=tuple(PageStart(*each) for each in found["pages"]),
    )
