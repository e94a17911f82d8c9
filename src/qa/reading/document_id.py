"""Readable, stable names of documents, made from their paths alone."""

from __future__ import annotations

import re
import unicodedata

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
