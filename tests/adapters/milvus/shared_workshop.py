"""The small real library of the indexing tests, with its vectors in Milvus."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from qa.adapters.analyzer import JiebaAnalyzer
from qa.adapters.generations import Generations, Recipe
from qa.adapters.memory import BigramEmbedder
from qa.adapters.milvus.address import StoreAddress
from qa.adapters.milvus.generation_record import GenerationRecord, read_record
from qa.adapters.milvus.pool import Pool
from qa.adapters.milvus.store import MilvusStore
from qa.adapters.sqlite.inspection import findings_of, remake
from qa.adapters.sqlite.library import SqliteLibrary
from qa.adapters.sqlite.writer import StagingWriter
from qa.indexing.build import BuildEvent, BuildReport, build
from qa.ports import Progress, VectorIndex

from ...indexing.workshop import read, split

ANALYZER = JiebaAnalyzer()


@dataclass
class SharedWorkshop:
    corpus: Path
    index: Path
    address: StoreAddress
    embedder: BigramEmbedder = field(default_factory=BigramEmbedder)

    def __post_init__(self) -> None:
        self.corpus.mkdir(parents=True, exist_ok=True)

    @property
    def generations(self) -> Generations:
        return Generations(self.index)

    @property
    def newest(self) -> Path:
        newest = self.generations.newest()
        assert newest is not None
        return newest

    def recipe(self) -> Recipe:
        return Recipe(self.embedder.name, self.embedder.fingerprint, ANALYZER.fingerprint, 1)

    def store(self, progress: Progress = lambda done, total: None) -> MilvusStore:
        return MilvusStore(self.address, progress)

    def build(
        self,
        *,
        fresh: bool = False,
        in_file: bool = False,
        progress: Progress = lambda done, total: None,
        notify: Callable[[BuildEvent], None] = lambda _: None,
        reread: Collection[str] = (),
    ) -> BuildReport:
        """With ``in_file`` without Milvus, as before QA_STORE was set."""
        store = None if in_file else self.store(progress)
        with self.generations.writing():
            writer = StagingWriter(self.generations, self.recipe(), ANALYZER, fresh=fresh, store=store)
            try:
                return build(self.corpus, writer, self.embedder, read, split, notify, reread=reread)
            finally:
                writer.close()

    def repair(self) -> None:
        with self.generations.writing():
            remake(self.generations, self.recipe(), ANALYZER, self.store())

    def findings(self) -> list[str]:
        return findings_of(self.generations, self.newest, self.store())

    def write(self, **texts: str) -> None:
        for name, text in texts.items():
            (self.corpus / f"{name}.txt").write_text(text, "utf-8")

    def open(self, generation: Path | None = None) -> tuple[SqliteLibrary, VectorIndex]:
        return self.store().open(generation or self.newest, self.recipe())

    def found(self, question: str, generation: Path | None = None, k: int = 5) -> list[str]:
        """The texts of the nearest passages."""
        library, index = self.open(generation)
        hits = index.search(self.embedder.embed_queries([question]), k)
        passages = library.passages(key for key, _ in hits)
        return [passages[key].text for key, _ in hits]

    def record(self, generation: Path | None = None) -> GenerationRecord:
        record = read_record(generation or self.newest)
        assert record is not None
        return record

    def pool(self) -> Pool:
        return Pool(self.address, self.record().collection)
