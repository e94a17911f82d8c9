"""Records ↔ rows."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from qa.records import (
    Block,
    BlockRole,
    Card,
    Document,
    DocumentStatus,
    DocumentSummary,
    Duplicate,
    Heading,
    PageStart,
    Passage,
    SourceSegment,
)

DOCUMENT_COLUMNS = "id, path, sha256, text, card, card_sources, headings, blocks, source_map, status, warnings, pages"
SUMMARY_COLUMNS = (
    "id, path, sha256, card, card_sources, status, warnings, length(text), "
    "(SELECT count(*) FROM passages WHERE document_id = id), read_at, correction <> '', shown_id, similarity"
)
"""Of ``documents LEFT JOIN duplicates ON document_id = id``."""
PASSAGE_COLUMNS = (
    "key, document_id, start, end, text, heading_path, lead, role, context, title, date, kind, region, clause, issuer"
)


def passage_key(passage_id: str) -> int:
    """A positive 63-bit key made from the id, so that the same passages have the same keys in every build."""
    return int.from_bytes(hashlib.blake2b(passage_id.encode(), digest_size=8).digest(), "big") >> 1


def embedding_text(passage: Passage) -> str:
    """What is embedded: the passage with its context before it."""
    return f"{passage.context}\n{passage.text}" if passage.context else passage.text


def embedding_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def document_row(document: Document) -> tuple[Any, ...]:
    """Values for ``DOCUMENT_COLUMNS`` and then ``date, kind``."""
    card = {each.name: getattr(document.card, each.name) for each in fields(Card)}
    for name in ("date", "printed"):
        card[name] = _iso(card[name])
    return (
        document.id,
        document.path,
        document.sha256,
        document.text,
        _dump(card),
        _dump(document.card_sources),
        _dump([[each.level, each.title, each.start, each.end] for each in document.headings]),
        _dump(
            [[str(each.role), each.start, each.end, each.item, each.lead_end, each.table] for each in document.blocks]
        ),
        _dump(document.source_map),
        str(document.status),
        _dump(document.warnings),
        _dump(document.pages),
        _iso(document.card.date),
        document.card.kind,
    )


def document_from(row: sqlite3.Row | tuple[Any, ...]) -> Document:
    """A document from ``DOCUMENT_COLUMNS``."""
    identity, path, sha256, text, card, sources, headings, blocks, source_map, status, warnings, pages = row
    return Document(
        id=identity,
        path=path,
        sha256=sha256,
        text=text,
        card=_card(card),
        card_sources=_card_sources(sources),
        headings=tuple(Heading(*each) for each in json.loads(headings)),
        blocks=tuple(Block(BlockRole(role), *rest) for role, *rest in json.loads(blocks)),
        source_map=tuple(SourceSegment(*each) for each in json.loads(source_map)),
        status=DocumentStatus(status),
        warnings=tuple(json.loads(warnings)),
        pages=tuple(PageStart(*each) for each in json.loads(pages)),
    )


def summary_from(row: sqlite3.Row | tuple[Any, ...]) -> DocumentSummary:
    """A summary from ``SUMMARY_COLUMNS``."""
    identity, path, sha256, card, sources, status, warnings, chars, passages, read_at, corrected, shown, similarity = (
        row
    )
    return DocumentSummary(
        id=identity,
        path=path,
        sha256=sha256,
        card=_card(card),
        card_sources=_card_sources(sources),
        status=DocumentStatus(status),
        warnings=tuple(json.loads(warnings)),
        chars=chars,
        passages=passages,
        read_at=datetime.fromisoformat(read_at) if read_at else None,
        corrected=bool(corrected),
        duplicate=Duplicate(identity, shown, similarity) if shown else None,
    )


def _card(text: str) -> Card:
    values = json.loads(text)
    for name in ("date", "printed"):
        values[name] = _day(values[name])
    return Card(**values)


def _card_sources(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, source) for name, source in json.loads(text))


def passage_row(passage: Passage) -> tuple[Any, ...]:
    """Values for ``PASSAGE_COLUMNS`` and then ``section, embedding``."""
    return (
        passage_key(passage.id),
        passage.document_id,
        passage.start,
        passage.end,
        passage.text,
        _dump(passage.heading_path),
        passage.lead,
        str(passage.role),
        passage.context,
        passage.title,
        _iso(passage.date),
        passage.kind,
        passage.region,
        passage.clause,
        passage.issuer,
        passage.section,
        embedding_hash(embedding_text(passage)),
    )


@lru_cache(maxsize=4096)  # the passages under one heading share it; a question reads a hundred passages
def _headings(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def passage_from(row: sqlite3.Row | tuple[Any, ...]) -> tuple[int, Passage]:
    """(key, passage) from ``PASSAGE_COLUMNS``."""
    key, document_id, start, end, text, heading_path, lead, role, context, title, day, kind, region, clause, issuer = (
        row
    )
    passage = Passage(
        document_id=document_id,
        start=start,
        end=end,
        text=text,
        heading_path=_headings(heading_path),
        lead=lead,
        role=BlockRole(role),
        context=context,
        title=title,
        date=_day(day),
        kind=kind,
        region=region,
        clause=clause,
        issuer=issuer,
    )
    return key, passage
