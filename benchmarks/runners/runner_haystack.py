"""Haystack 2: sentence-transformers' embedders in pipelines over its in-memory store or its FAISS store."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import measured


class Haystack:
    """``store``: memory (saved to and loaded from its JSON) or faiss."""

    def __init__(self, store: str) -> None:
        self._kind = store
        self._store: Any = None
        self._embedder: Any = None
        self._pipeline: Any = None
        self.packages: Sequence[str] = ("haystack-ai", "faiss-haystack", "sentence-transformers", "torch")

    def prepare(self, model: str) -> None:
        from haystack.components.embedders import SentenceTransformersDocumentEmbedder

        self._embedder = SentenceTransformersDocumentEmbedder(
            model=model, prefix=measured.PASSAGE_PROMPT, progress_bar=False
        )
        self._embedder.warm_up()

    def index(self, passages: list[dict[str, str]], vectors: Any, folder: Path) -> int:
        from haystack import Document
        from haystack.document_stores.types import DuplicatePolicy

        made = [Document(content=row["text"], meta={"document": row["document"]}) for row in passages]
        if vectors is None:
            made = self._embedder.run(documents=made)["documents"]
        else:
            from dataclasses import replace

            import numpy as np

            made = [replace(each, embedding=row.tolist()) for each, row in zip(made, np.load(vectors), strict=True)]
        store = self._new_store(len(made[0].embedding), folder)
        store.write_documents(made, policy=DuplicatePolicy.OVERWRITE)
        if self._kind == "memory":
            store.save_to_disk(str(folder / "store.json"))
        else:
            store.save(str(folder / "store"))
        return int(store.count_documents())

    def _new_store(self, dimensions: int, folder: Path) -> Any:
        if self._kind == "memory":
            from haystack.document_stores.in_memory import InMemoryDocumentStore

            return InMemoryDocumentStore(embedding_similarity_function="cosine")
        from haystack_integrations.document_stores.faiss import FAISSDocumentStore

        return FAISSDocumentStore(embedding_dim=dimensions)

    def open(self, model: str, folder: Path) -> None:
        from haystack import Pipeline
        from haystack.components.embedders import SentenceTransformersTextEmbedder

        self._pipeline = Pipeline()
        embedder = SentenceTransformersTextEmbedder(model=model, prefix=measured.QUERY_PROMPT, progress_bar=False)
        self._pipeline.add_component("embedder", embedder)
        self._pipeline.add_component("retriever", self._retriever(folder))
        self._pipeline.connect("embedder.embedding", "retriever.query_embedding")

    def _retriever(self, folder: Path) -> Any:
        if self._kind == "memory":
            from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
            from haystack.document_stores.in_memory import InMemoryDocumentStore

            return InMemoryEmbeddingRetriever(InMemoryDocumentStore.load_from_disk(str(folder / "store.json")))
        from haystack_integrations.components.retrievers.faiss import FAISSEmbeddingRetriever
        from haystack_integrations.document_stores.faiss import FAISSDocumentStore

        return FAISSEmbeddingRetriever(document_store=FAISSDocumentStore(index_path=str(folder / "store")))

    def best(self, question: str) -> str:
        found = self._pipeline.run({"embedder": {"text": question}})["retriever"]["documents"]
        return str(found[0].meta["document"]) if found else ""


if __name__ == "__main__":
    modes = argparse.ArgumentParser(add_help=False)
    modes.add_argument("--store", choices=("memory", "faiss"), default="memory")
    own, rest = modes.parse_known_args()
    measured.main(Haystack(own.store), rest)
