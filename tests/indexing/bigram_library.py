"""A whole library without a model: real files, real reading, real index, vectors of character pairs, the rules as reader."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from pathlib import Path

from qa.adapters.analyzer import JiebaAnalyzer
from qa.adapters.faiss_index import FaissIndex
from qa.adapters.generations import LIBRARY, VECTORS, Generations, Recipe
from qa.adapters.memory import BigramEmbedder
from qa.adapters.sqlite.library import SqliteLibrary
from qa.adapters.sqlite.writer import StagingWriter
from qa.answering.rule_reader import RuleReader
from qa.assistant import Assistant, Snapshot
from qa.errors import IndexMissingError
from qa.indexing.build import BuildReport, Notify, build
from qa.ports import Progress, Vectors
from qa.reading import passages_of, read_document
from qa.settings import Settings


class HeldEmbedder(BigramEmbedder):
    """Stops before every text while ``gate`` is closed, so that a test can look at a build in the middle."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()
        self.gate.set()

    def embed_documents(self, texts: Collection[str], progress: Progress | None = None) -> Vectors:  # type: ignore[override]
        listed = list(texts)
        for number in range(len(listed)):
            while not self.gate.wait(0.05):
                if progress:
                    progress(number, len(listed))
        return super().embed_documents(listed, progress)


class BigramLibrary:
    """One corpus folder with its index below ``root``."""

    def __init__(self, root: Path, analyzer: JiebaAnalyzer | None = None) -> None:
        self.corpus = root / "资 料"
        self.corpus.mkdir(parents=True, exist_ok=True)
        self.settings = Settings(corpus=self.corpus, index=root / "索引", workspace=root / "w", evaluation=root / "e")
        self.generations = Generations(self.settings.index)
        self.embedder = HeldEmbedder()
        self.analyzer = analyzer or JiebaAnalyzer()

    def write(self, name: str, text: str) -> Path:
        path = self.corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def update(
        self,
        reread: Collection[str] = (),
        notify: Notify = lambda _: None,
        status: Callable[[str], None] = lambda _: None,
    ) -> BuildReport:
        recipe = Recipe(self.embedder.name, self.embedder.fingerprint, self.analyzer.fingerprint, 1)
        with self.generations.writing():
            writer = StagingWriter(self.generations, recipe, self.analyzer)
            try:
                return build(self.corpus, writer, self.embedder, read_document, passages_of, notify, reread=reread)
            finally:
                writer.close()

    def newest(self) -> str | None:
        newest = self.generations.newest()
        return newest.name if newest else None

    def snapshot(self) -> Snapshot:
        newest = self.generations.newest()
        if newest is None:
            raise IndexMissingError("还没有索引", hint="运行 qa index")
        manifest = self.generations.check(newest)
        return Snapshot(
            name=newest.name,
            store=SqliteLibrary(newest / LIBRARY),
            vectors=FaissIndex.load(newest / VECTORS),
            analyzer=self.analyzer,
            embedder=self.embedder,
            reader=RuleReader(self.analyzer),
            corpus_hash=manifest.corpus_hash,
        )

    def assistant(self) -> Assistant:
        return Assistant(self.settings, self.newest, self.snapshot)
