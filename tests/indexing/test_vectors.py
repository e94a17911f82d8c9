"""A large library's vectors are changed from those of the generation before; here with the limits set so low that files of a test do."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from qa.adapters import vector_policy
from qa.adapters.faiss_index import FaissIndex
from qa.adapters.generations import LIBRARY, VECTORS, read_manifest
from qa.adapters.sqlite.schema import open_immutable
from qa.adapters.vector_policy import VectorKind
from qa.bootstrap import _examine_vectors

from .bigram_library import BigramLibrary

PARAGRAPHS = 40


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BigramLibrary:
    monkeypatch.setattr(vector_policy, "HALF_FROM", 10)
    monkeypatch.setattr(vector_policy, "SCANNED_FROM", 30)
    made = BigramLibrary(tmp_path)
    for number in range(PARAGRAPHS):
        made.write(
            f"{number:02d}.txt", f"关于第{number}号事项的通知\n\n本事项由{number}个单位办理，编号{number * 7919}。\n"
        )
    return made


@pytest.fixture
def made_anew(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the indexes that were begun from nothing."""
    begun: list[int] = []
    empty = FaissIndex.empty.__func__  # type: ignore[attr-defined]

    def counted(cls, count, *rest):  # type: ignore[no-untyped-def]
        begun.append(count)
        return empty(cls, count, *rest)

    monkeypatch.setattr(FaissIndex, "empty", classmethod(counted))
    return begun


def newest(library: BigramLibrary) -> Path:
    folder = library.generations.newest()
    assert folder is not None
    return folder


def holds_what_the_library_holds(library: BigramLibrary) -> bool:
    """Every passage's own vector, as the embedder gave it, is what the index finds under its key."""
    index = FaissIndex.load(newest(library) / VECTORS)
    with closing(open_immutable(newest(library) / LIBRARY)) as connection:
        rows = connection.execute("SELECT key, vector FROM passages JOIN embeddings ON hash = embedding").fetchall()
    assert index.keys() == {key for key, _ in rows}
    for key, vector in rows:
        found = index.search(np.frombuffer(vector, np.float32), 1, np.array([key], np.int64))
        assert found[0][0] == key
        assert found[0][1] == pytest.approx(1, abs=1e-3)
    return True


def test_the_manifest_names_the_kind(library: BigramLibrary) -> None:
    library.update()
    assert read_manifest(newest(library)).vectors == VectorKind.SCANNED


def test_a_change_adds_and_drops_vectors_only(library: BigramLibrary, made_anew: list[int]) -> None:
    library.update()
    made_anew.clear()
    library.write(
        "03.txt", "关于第3号事项的通知\n\n本事项由9个单位办理，编号99999。\n"
    )  # the same places, other words: the same keys
    library.write("new.txt", "关于新事项的通知\n\n本事项由全市办理。\n")
    (library.corpus / "05.txt").unlink()
    library.update()
    assert made_anew == []
    assert holds_what_the_library_holds(library)
    library.write("new-2.txt", "关于又一事项的通知\n\n本事项由全旗办理。\n")
    library.update()
    assert made_anew == []
    assert holds_what_the_library_holds(library)


def test_vectors_that_are_damaged_are_never_the_base(library: BigramLibrary, made_anew: list[int]) -> None:
    library.update()
    made_anew.clear()
    with (newest(library) / VECTORS).open("r+b") as file:
        file.seek(-200, 2)
        file.write(b"\x7f" * 20)
    library.write("new.txt", "关于新事项的通知\n\n本事项由全市办理。\n")
    library.update()
    assert len(made_anew) == 1
    assert holds_what_the_library_holds(library)


def test_a_library_that_grew_out_of_its_kind_gets_the_next(
    library: BigramLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_policy, "SCANNED_FROM", 1000)
    library.update()
    assert read_manifest(newest(library)).vectors == VectorKind.HALF
    monkeypatch.setattr(vector_policy, "SCANNED_FROM", 30)
    library.write("new.txt", "关于新事项的通知\n\n本事项由全市办理。\n")
    library.update()
    assert read_manifest(newest(library)).vectors == VectorKind.SCANNED
    assert holds_what_the_library_holds(library)


def test_a_library_that_was_mostly_replaced_is_made_anew(library: BigramLibrary, made_anew: list[int]) -> None:
    library.update()
    made_anew.clear()
    for number in range(30):
        library.write(
            f"{number:02d}.txt", f"关于另一件第{number}号的函\n\n此件由{number}家企业承办，代号{number * 104729}。\n"
        )
    library.update()
    assert len(made_anew) == 1
    assert holds_what_the_library_holds(library)


def test_doctor_says_how_vectors_are_searched_and_measures_it(
    library: BigramLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.update()
    name, sound, told = _examine_vectors(library.settings)
    assert (name, sound) == ("向量检索", True)
    assert f"通览全部 {2 * PARAGRAPHS} 个" in told
    assert "100.0%" in told
    monkeypatch.setattr(FaissIndex, "recall", lambda *_: 0.5)
    _, sound, told = _examine_vectors(library.settings)
    assert not sound
    assert "qa index --rebuild" in told
    (newest(library) / VECTORS).write_bytes(b"nothing")
    assert not _examine_vectors(library.settings)[1]
