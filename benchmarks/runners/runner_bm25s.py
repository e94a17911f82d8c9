"""BM25 alone: bm25s over jieba's words, saved and loaded (mapped) as its documentation shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import measured


class Bm25:
    """No vectors, no model."""

    packages: Sequence[str] = ("bm25s", "jieba")

    def __init__(self) -> None:
        self._index: Any = None
        self._documents: list[str] = []

    def prepare(self, model: str) -> None:
        _words("预热")

    def index(self, passages: list[dict[str, str]], vectors: Any, folder: Path) -> int:
        import bm25s

        index = bm25s.BM25()
        index.index([_words(row["text"]) for row in passages], show_progress=False)
        index.save(str(folder))
        # The library keeps what it is given beside the scores; the text is kept, as the others keep it.
        (folder / "passages.json").write_text(json.dumps(passages, ensure_ascii=False), "utf-8")
        return len(passages)

    def open(self, model: str, folder: Path) -> None:
        import bm25s

        self._index = bm25s.BM25.load(str(folder), mmap=True)
        self._documents = [row["document"] for row in json.loads((folder / "passages.json").read_text("utf-8"))]

    def best(self, question: str) -> str:
        places, _ = self._index.retrieve([_words(question)], k=10, show_progress=False)
        return self._documents[int(places[0][0])]


def _words(text: str) -> list[str]:
    import jieba

    return [word for word in jieba.cut_for_search(text) if not word.isspace()]


if __name__ == "__main__":
    measured.main(Bm25())
