"""A small real library: plain text files, a paragraph a passage, vectors of character pairs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from qa.adapters.analyzer import JiebaAnalyzer
from qa.adapters.generations import Generations, Recipe
from qa.adapters.memory import BigramEmbedder
from qa.adapters.sqlite.library import SqliteLibrary
from qa.adapters.sqlite.writer import StagingWriter
from qa.errors import DocumentError
from qa.indexing.build import BuildEvent, BuildReport, build
from qa.records import Document, Passage


def read(path: Path, corpus: Path) -> Document:
    relative = path.relative_to(corpus).as_posix()
    data = path.read_bytes()
    if not data:
        raise DocumentError(f"文件 {relative} 是空的", reason="0 字节", hint="换一份")
    return Document(relative.removesuffix(".txt"), relative, hashlib.sha256(data).hexdigest(), data.decode())


def split(document: Document) -> list[Passage]:
    passages, at = [], 0
    for line in document.text.split("\n"):
        if line.strip():
            passages.append(Passage(document.id, at, at + len(line), line, title=document.id))
        at += len(line) + 1
    return passages


@dataclass
class Workshop:
    corpus: Path
    index: Path
    embedder: BigramEmbedder = field(default_factory=BigramEmbedder)
    analyzer: JiebaAnalyzer = field(default_factory=JiebaAnalyzer)
    reading_version: int = 1
    reads: list[str] = field(default_factory=list)

    @property
    def generations(self) -> Generations:
        return Generations(self.index)

    def recipe(self) -> Recipe:
        return Recipe(self.embedder.name, self.embedder.fingerprint, self.analyzer.fingerprint, self.reading_version)

    def build(
        self,
        notify: Callable[[BuildEvent], None] = lambda _: None,
        *,
        fresh: bool = False,
        reread: Collection[str] = (),
    ) -> BuildReport:
        def counted(path: Path, corpus: Path) -> Document:
            self.reads.append(path.name)
            return read(path, corpus)

        with self.generations.writing():
            writer = StagingWriter(self.generations, self.recipe(), self.analyzer, fresh=fresh)
            try:
                return build(self.corpus, writer, self.embedder, counted, split, notify, reread=reread)
            finally:
                writer.close()

    def library(self) -> SqliteLibrary:
        newest = self.generations.newest()
        assert newest is not None
        return SqliteLibrary(newest / "library.sqlite")

    def write(self, name: str, text: str) -> None:
        path = self.corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
