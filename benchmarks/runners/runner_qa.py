"""引证 itself, as a user has it: a folder of files, ``index_corpus``, and ``Assistant`` with its defaults."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import measured


class Qa:
    """``mode`` search: ranked passages only; rules: an answer by rules; trained: an answer with the trained reader (the default)."""

    packages: Sequence[str] = ("qa", "onnxruntime", "faiss-cpu")

    def __init__(self, mode: str, data: Path) -> None:
        self._mode = mode
        self._corpus = data / "corpus"
        self._assistant: Any = None
        self._paths: dict[str, str] = {}

    def _settings(self, folder: Path) -> Any:
        from qa.settings import Settings

        reader = "trained" if self._mode == "trained" else "rules"
        return Settings.from_environment(
            corpus=self._corpus, index=folder, reader=reader, workspace=folder / "workspace"
        )

    def prepare(self, model: str) -> None:
        """Loads the network, as the peers load theirs; the default model is converted before all runs."""
        from qa import bootstrap
        from qa.settings import Settings

        own = Settings.from_environment()
        bootstrap._embedder(own.model, own.cache, own.threads, own.embedder).embed_queries(["预热"])

    def index(self, passages: list[dict[str, str]], vectors: Any, folder: Path) -> int:
        from qa import bootstrap

        if vectors is not None:
            _give_vectors(passages, vectors)
        return int(bootstrap.index_corpus(self._settings(folder)).passages)

    def open(self, model: str, folder: Path) -> None:
        from qa.bootstrap import open_assistant

        self._assistant = open_assistant(self._settings(folder))
        self._paths = {each.id: each.path for each in self._assistant.summaries()}

    def best(self, question: str) -> str:
        from qa.records import Query

        if self._mode == "search":
            hits = self._assistant.search(Query(question))
        else:
            hits = self._assistant.ask(Query(question)).hits
        return self._paths[hits[0].passage.document_id] if hits else ""


def _give_vectors(passages: list[dict[str, str]], path: Path) -> None:
    """Puts the given vectors in the place of the network while the index is made; everything else of it stays."""
    import numpy as np

    from qa import bootstrap

    rows = np.load(path, mmap_mode="r")
    places = {row["text"]: place for place, row in enumerate(passages)}

    class Given:
        split_count = 0
        dim = rows.shape[1]

        def embed_documents(self, texts: Sequence[str], progress: Any = None) -> Any:
            return np.stack([rows[places[text]] for text in texts])

    bootstrap._embedder = lambda *_: Given()  # type: ignore[assignment]


if __name__ == "__main__":
    modes = argparse.ArgumentParser(add_help=False)
    modes.add_argument("--mode", choices=("search", "rules", "trained"), default="trained")
    own, rest = modes.parse_known_args()
    measured.main(Qa(own.mode, Path(rest[1])), rest)
    # What serving never loads is part of what is claimed.
    print(
        json.dumps({"torch_loaded": "torch" in sys.modules, "threads": os.environ.get("QA_THREADS", "1")}),
        file=sys.stderr,
    )
