"""sentence-transformers with a FAISS index, as the documentation of both shows: float32, defaults, exact inner product."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import measured


class SentenceTransformers:
    """The prompts stand in the model's folder, so ``encode_query`` and ``encode_document`` use them."""

    packages: Sequence[str] = ("sentence-transformers", "torch", "faiss-cpu")

    def __init__(self) -> None:
        self._model: Any = None
        self._index: Any = None
        self._passages: list[dict[str, str]] = []

    def prepare(self, model: str) -> None:
        from sentence_transformers import SentenceTransformer

        self._model = SentenceTransformer(model, device="cpu")

    def index(self, passages: list[dict[str, str]], vectors: Any, folder: Path) -> int:
        import faiss
        import numpy as np

        texts = [row["text"] for row in passages]
        made = self._model.encode_document(texts) if vectors is None else np.load(vectors)
        index = faiss.IndexFlatIP(made.shape[1])
        index.add(made)
        faiss.write_index(index, str(folder / "index.faiss"))
        (folder / "passages.json").write_text(json.dumps(passages, ensure_ascii=False), "utf-8")
        return int(index.ntotal)

    def open(self, model: str, folder: Path) -> None:
        import faiss

        self.prepare(model)
        self._index = faiss.read_index(str(folder / "index.faiss"))
        self._passages = json.loads((folder / "passages.json").read_text("utf-8"))

    def best(self, question: str) -> str:
        _, places = self._index.search(self._model.encode_query([question]), 10)
        return self._passages[int(places[0][0])]["document"]


if __name__ == "__main__":
    measured.main(SentenceTransformers())
