"""What is kept from one generation of the index to the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa import bootstrap
from qa.adapters.onnx_embedder import OnnxEmbedder
from qa.adapters.sentence_transformer import SentenceTransformerEmbedder
from qa.bootstrap import _analyzer, _reader
from qa.settings import Settings


def test_a_new_generation_takes_over_dictionary_and_reading_network(tmp_path: Path) -> None:
    settings = Settings(corpus=tmp_path, reader="trained")
    words = _analyzer(settings)
    reader, notes = _reader(settings, words)
    assert _analyzer(settings) is words
    assert (_reader(settings, words)[0] is reader, notes) == (True, ())
    (tmp_path / "dictionary.txt").write_text("引证软件\n", "utf-8")
    assert _analyzer(settings).fingerprint != words.fingerprint


def test_without_onnxruntime_torch_embeds(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings()

    def embedder(kind: str) -> object:
        bootstrap._embedder.cache_clear()
        return bootstrap._embedder(settings.model, settings.cache, 1, kind)

    assert isinstance(embedder("auto"), OnnxEmbedder)
    assert isinstance(embedder("torch"), SentenceTransformerEmbedder)
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: None)
    assert isinstance(embedder("auto"), SentenceTransformerEmbedder)
    bootstrap._embedder.cache_clear()
