"""A name for the state of a corpus: equal names, equal files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from qa.records import Document


def corpus_hash(documents: Iterable[Document]) -> str:
    """``sha256:…`` of the documents' paths and file hashes, whatever their order."""
    lines = sorted(f"{document.path}\0{document.sha256}" for document in documents)
    return "sha256:" + hashlib.sha256("\n".join(lines).encode()).hexdigest()
