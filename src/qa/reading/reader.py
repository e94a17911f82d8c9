"""A file → a :class:`qa.records.Document`."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePath, PurePosixPath

from qa.errors import DocumentError
from qa.ports import Loaded, Loader
from qa.reading.card import read_card
from qa.reading.clean import clean
from qa.reading.document_id import document_id, path_in_corpus
from qa.reading.loaders import SUPPORTED_SUFFIXES, loader_for
from qa.reading.loaders.archive import archive_of, member_bytes
from qa.reading.loaders.files import file_bytes
from qa.reading.structure import read_structure
from qa.reading.structured import document_apart
from qa.records import Document, DocumentStatus

MIN_USUAL_CHARS = 40


def load_file(path: Path) -> Loaded:
    """What the file at ``path`` holds, before it is cleaned. Raises :class:`qa.errors.DocumentError`."""
    return _load(path)[1]


def read_document(path: Path, root: Path) -> Document:
    """The document in the file at ``path``, named after its path inside ``root``.

    ``status`` is ``warnings`` when something should be looked at (another encoding than UTF-8, hardly any text). Raises
    :class:`qa.errors.DocumentError` when the file cannot be read, and never for what the text says.
    """
    name = path_in_corpus(path, root)
    if name != path.relative_to(root).as_posix():
        raise DocumentError(
            f"{name} 没有读入",
            reason="文件名（或文件夹名）不是 UTF-8 编码，多半是 GBK 编码的旧文件名",
            hint="改名；很多个时可用 convmv -r -f gbk -t utf8 --notest 文件夹",
        )
    sha256, loaded = _load(path)
    return document_apart(loaded, name, sha256)


def read_bytes(data: bytes, path: str) -> Document:
    """The document in ``data``, a file inside an archive or a mail; ``path`` is its place in the corpus.

    Raises :class:`qa.errors.DocumentError`.
    """
    name = PurePosixPath(path)
    loaded = _loader(name).load(data, name.name)
    return document_apart(loaded, path, hashlib.sha256(data).hexdigest())


def _load(path: Path) -> tuple[str, Loaded]:
    """The file's sha256 and what it holds; the file is read once, from disk or out of the archive that its path leads into."""
    loader = _loader(path)
    place = archive_of(path)
    data = file_bytes(path, loader.max_bytes) if place is None else member_bytes(*place, loader.max_bytes)
    return hashlib.sha256(data).hexdigest(), loader.load(data, path.name)


def _loader(path: PurePath) -> Loader:
    loader = loader_for(path)
    if loader is None:
        raise DocumentError(
            f"{path.name} 的格式不支持",
            reason=f"扩展名是 {path.suffix or '空'}",
            hint=f"支持：{'、'.join(SUPPORTED_SUFFIXES)}",
        )
    return loader


def document_from_text(text: str, path: str, sha256: str, warnings: tuple[str, ...] = ()) -> Document:
    """The document that ``text`` (as decoded, ``\\n`` line ends) makes; ``path`` is its place in the corpus. Pure."""
    return document_from(Loaded(text, warnings=warnings), path, sha256)


def document_from(loaded: Loaded, path: str, sha256: str) -> Document:
    """The document that a loader's result makes; ``path`` is its place in the corpus. Pure."""
    warnings = loaded.warnings
    cleaned = clean(loaded)
    structure = read_structure(cleaned.paragraphs)
    card, sources = read_card(cleaned.paragraphs, structure, path)
    if len(cleaned.text) < MIN_USUAL_CHARS:
        warnings = (*warnings, f"全文只有 {len(cleaned.text)} 个字，请核对文件是否完整")
    return Document(
        id=document_id(path),
        path=path,
        sha256=sha256,
        text=cleaned.text,
        card=card,
        card_sources=sources,
        headings=structure.headings,
        blocks=structure.blocks,
        source_map=cleaned.source_map,
        status=DocumentStatus.WARNINGS if warnings else DocumentStatus.READ,
        warnings=warnings,
        pages=cleaned.pages,
    )
