"""The five documents of the repository's corpus as bare documents: their source text, without structure."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from qa.indexing.scan import DICTIONARY
from qa.records import Card, Document

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def corpus_files() -> list[Path]:
    """The files that are documents, by name; the user's dictionary is none."""
    return sorted(path for path in CORPUS.glob("*.txt") if path.name != DICTIONARY)


@cache
def corpus_documents() -> tuple[Document, ...]:
    """In the order of their names; ``text`` is the file's text as it is."""
    return tuple(
        Document(path.stem, path.name, "", path.read_text("utf-8"), card=Card(title=path.stem))
        for path in corpus_files()
    )


def corpus_document(name_part: str) -> Document:
    """The one document whose name holds ``name_part``."""
    (document,) = (document for document in corpus_documents() if name_part in document.id)
    return document
