"""Readable, stable names of documents, made from their paths alone."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

_PLAIN_SUFFIX = ".txt"
_ENDS_WITH_SUFFIX = re.compile(r"\.[A-Za-z]{1,5}\d?$")


def document_id(path: str) -> str:
    """The id of the document at ``path`` (inside the corpus, with ``/``); two paths never share one.

    ``.txt`` is left out and every other suffix kept, folders are joined by ``~``: ``简报/第1期.txt`` is ``简报~第1期``,
    ``简报/第1期.docx`` is ``简报~第1期.docx``. A ``~`` or ``%`` in a name is percent-encoded. In Unicode NFC.
    """
    name = unicodedata.normalize("NFC", path).replace("%", "%25").replace("~", "%7E")
    stem = name.removesuffix(_PLAIN_SUFFIX)
    if _ENDS_WITH_SUFFIX.search(stem):
        stem = name  # 甲.md.txt must not become 甲.md
    return stem.replace("/", "~")


def path_in_corpus(path: Path, root: Path) -> str:
    """``path`` below ``root`` with ``/``, fit to be kept and shown: bytes of a name that are no UTF-8 stand as ``\\xb2``."""
    return os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "backslashreplace")
