"""txtai: an embeddings database with content, saved and loaded as its documentation shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import measured


class Txtai:
    """The model's prompts are given as ``instructions``. Its index is exact up to 5,000 rows and IVF above, by its own defaults."""

    packages: Sequence[str] = ("txtai", "torch", "transformers", "faiss-cpu")

    def __init__(self) -> None:
        self._embeddings: Any = None

    def prepare(self, model: str) -> None:
        from txtai import Embeddings

        instructions = {"query": measured.QUERY_PROMPT, "data": measured.PASSAGE_PROMPT}
        self._embeddings = Embeddings(path=model, content=True, instructions=instructions)

    def index(self, passages: list[dict[str, str]], vectors: Any, folder: Path) -> int:
        if vectors is not None:
            self._give_vectors(vectors)
        self._embeddings.index((row["id"], row["text"], None) for row in passages)
        self._embeddings.save(str(folder))
        return int(self._embeddings.count())

    def _give_vectors(self, path: Path) -> None:
        """Puts the given vectors in the network's place; txtai asks for them in the order of the passages."""
        import numpy as np

        rows, next_row = np.load(path), 0

        def given(texts: Sequence[str], category: Any = None) -> Any:
            nonlocal next_row
            next_row += len(texts)
            return rows[next_row - len(texts) : next_row].copy()

        self._embeddings.model.encode = given

    def open(self, model: str, folder: Path) -> None:
        from txtai import Embeddings

        self._embeddings = Embeddings()
        self._embeddings.load(str(folder))

    def best(self, question: str) -> str:
        found = self._embeddings.search(question, 10)
        return str(found[0]["id"]).rpartition("#")[0] if found else ""


if __name__ == "__main__":
    measured.main(Txtai())
