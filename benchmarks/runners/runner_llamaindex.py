"""LlamaIndex: a vector store index over FAISS with a Hugging Face embedding, persisted and loaded as its documentation shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import measured


class LlamaIndex:
    """The passages are given as nodes (no second cutting); the FAISS index is ``IndexFlatL2`` as in the documentation."""

    packages: Sequence[str] = (
        "llama-index-core",
        "llama-index-vector-stores-faiss",
        "sentence-transformers",
        "torch",
        "faiss-cpu",
    )

    def __init__(self) -> None:
        self._embedding: Any = None
        self._retriever: Any = None

    def prepare(self, model: str) -> None:
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        self._embedding = HuggingFaceEmbedding(
            model_name=model,
            query_instruction=measured.QUERY_PROMPT,
            text_instruction=measured.PASSAGE_PROMPT,
            device="cpu",
        )

    def index(self, passages: list[dict[str, str]], vectors: Any, folder: Path) -> int:
        import faiss
        from llama_index.core import StorageContext, VectorStoreIndex
        from llama_index.core.schema import TextNode
        from llama_index.vector_stores.faiss import FaissVectorStore

        nodes = [TextNode(id_=row["id"], text=row["text"], metadata={}) for row in passages]
        if vectors is not None:
            import numpy as np

            for node, row in zip(nodes, np.load(vectors), strict=True):
                node.embedding = row.tolist()
        store = FaissVectorStore(faiss_index=faiss.IndexFlatL2(self._dimensions()))
        context = StorageContext.from_defaults(vector_store=store)
        VectorStoreIndex(nodes, storage_context=context, embed_model=self._embedding)
        context.persist(persist_dir=str(folder))
        return len(nodes)

    def _dimensions(self) -> int:
        return len(self._embedding.get_query_embedding("预热"))

    def open(self, model: str, folder: Path) -> None:
        from llama_index.core import StorageContext, load_index_from_storage
        from llama_index.vector_stores.faiss import FaissVectorStore

        self.prepare(model)
        store = FaissVectorStore.from_persist_dir(str(folder))
        context = StorageContext.from_defaults(vector_store=store, persist_dir=str(folder))
        index = load_index_from_storage(context, embed_model=self._embedding)
        self._retriever = index.as_retriever(similarity_top_k=10)

    def best(self, question: str) -> str:
        found = self._retriever.retrieve(question)
        return str(found[0].node.node_id).rpartition("#")[0] if found else ""


if __name__ == "__main__":
    measured.main(LlamaIndex())
