"""Which files of the corpus folder are documents."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qa.errors import DocumentError, NotFoundError
from qa.reading.correction import SUFFIX as CORRECTION_SUFFIX
from qa.reading.correction import correction_paths
from qa.reading.document_id import document_id, path_in_corpus
from qa.reading.loaders.archive import SUFFIX as ARCHIVE_SUFFIX
from qa.reading.loaders.archive import held_in

DICTIONARY = "dictionary.txt"
_TEMPORARY = ("~$", ".", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file below the corpus folder; ``path`` is relative to it, as :func:`path_in_corpus`. ``document_id`` is unique in the folder.

    A document in an archive has a path that leads into it, ``甲.zip/乙.docx``; nothing lies on disk there.
    """

    path: str
    location: Path
    document_id: str = ""


def corpus_files(corpus: Path) -> list[CorpusFile]:
    """Every document, sorted by path: hidden and temporary files, the user dictionary and card corrections are left out.

    Symbolic links to folders are not followed, so a loop cannot trap the walk. Raises :class:`NotFoundError` when the folder is
    not there.
    """
    if not corpus.is_dir():
        raise NotFoundError(
            f"没有资料文件夹 {corpus}",
            reason="路径不存在或不是文件夹",
            hint="建立它并放入文档，或用 --corpus 指定另一处",
        )
    return with_unique_ids(sorted(_walk(corpus), key=lambda file: file.path))


def with_unique_ids(files: Sequence[CorpusFile]) -> list[CorpusFile]:
    """The files with the ids of their documents.

    Names that differ only in their Unicode form (é as one character or as two) would share an id. The name in NFC keeps the
    plain one, each other gets ``%2``, ``%3``, … in the order of the paths; no other path's id holds a bare ``%``.
    """
    taken: dict[str, int] = {}
    ids: dict[str, str] = {}
    for file in sorted(files, key=lambda file: (not unicodedata.is_normalized("NFC", file.path), file.path)):
        plain = document_id(file.path)
        taken[plain] = taken.get(plain, 0) + 1
        ids[file.path] = plain if taken[plain] == 1 else f"{plain}%{taken[plain]}"
    return [replace(file, document_id=ids[file.path]) for file in files]


def lone_corrections(corpus: Path) -> list[str]:
    """Paths of the card corrections that no document stands beside, sorted."""
    documents = corpus_files(corpus)
    used = {path for file in documents for path in correction_paths(file.location)}
    found = [path for path in corpus.rglob(f"*{CORRECTION_SUFFIX}") if path not in used]
    shown = [path for path in found if not any(part.startswith(".") for part in path.relative_to(corpus).parts)]
    return sorted(path_in_corpus(path, corpus) for path in shown)


def is_temporary(name: str) -> bool:
    """Whether a file of this name is hidden, or an editor's or system's own."""
    return name.startswith(_TEMPORARY)


def _walk(corpus: Path) -> Iterator[CorpusFile]:
    for folder, folders, names in os.walk(corpus):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(folder, name)
            if is_temporary(name) or name.endswith(CORRECTION_SUFFIX):
                continue
            relative = path_in_corpus(path, corpus)
            if relative == DICTIONARY:
                continue
            if path.suffix.lower() == ARCHIVE_SUFFIX:
                yield from _members(relative, path)
            else:
                yield CorpusFile(relative, path)


def _members(relative: str, path: Path) -> Iterator[CorpusFile]:
    """The documents in an archive; the archive itself where it, or anything in it, is refused: reading it tells why."""
    try:
        held = held_in(path)
    except DocumentError:
        yield CorpusFile(relative, path)
        return
    if held.refused:
        yield CorpusFile(relative, path)
    for member in held.members:
        yield CorpusFile(f"{relative}/{member}", path / member)
