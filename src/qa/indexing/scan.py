"""Which files of the corpus folder are documents."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qa.errors import NotFoundError

DICTIONARY = "dictionary.txt"
_TEMPORARY = ("~$", ".", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file below the corpus folder; ``path`` is relative to it, with "/"."""

    path: str
    location: Path


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
    return sorted(_walk(corpus), key=lambda file: file.path)


def _walk(corpus: Path) -> Iterator[CorpusFile]:
    for folder, folders, names in os.walk(corpus):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(folder, name)
            if name.startswith(_TEMPORARY) or name.endswith(".card.toml"):
                continue
            relative = path.relative_to(corpus).as_posix()
            if relative != DICTIONARY:
                yield CorpusFile(relative, path)
