"""Damage in every region of every file of ``index/``: named, never answered from, never given a new checksum, always mended.

The suite samples a few places of each file; ``make test-faults`` (``QA_FAULTS``) samples hundreds.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from qa.adapters.analyzer import JiebaAnalyzer
from qa.adapters.generations import LIBRARY, MANIFEST, VECTORS
from qa.adapters.sqlite.inspection import findings_of
from qa.adapters.sqlite.seals import is_as_written
from qa.assistant import Assistant
from qa.errors import IndexDamagedError
from qa.indexing.build import BuildEvent
from qa.records import Filters, Query
from tests.indexing.bigram_library import BigramLibrary

from .workshop import Workshop

PLACES = max(4, int(os.environ.get("QA_FAULTS", "16")) // 4)
ANALYZER = JiebaAnalyzer()
FILES = 12


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x04]) + data[at + 1 :]


def overwritten(data: bytes, at: int) -> bytes:
    return data[:at] + bytes(255 - each for each in data[at : at + 512]) + data[at + 512 :]


def cut(data: bytes, at: int) -> bytes:
    return data[:at]


def longer(data: bytes, at: int) -> bytes:
    return data[:at] + b"\x00" * 7 + data[at:]


DAMAGES: tuple[Callable[[bytes, int], bytes], ...] = (flipped, overwritten, cut, longer)


@pytest.fixture
def made(tmp_path: Path) -> Workshop:
    workshop = Workshop(tmp_path / "c", tmp_path / "i", analyzer=ANALYZER)
    workshop.corpus.mkdir()
    for number in range(FILES):
        workshop.write(f"{number:02d}.txt", f"第{number}号简报：引进新品种{500 + number}个。\n推广新技术{number}.5项。")
    workshop.build()
    return workshop


def newest(workshop: Workshop) -> Path:
    found = workshop.generations.newest()
    assert found is not None
    return found


def held(workshop: Workshop) -> list[tuple[str, list[str]]]:
    """What the newest generation holds, after its checksums were compared: texts, passages, and that a search finds them."""
    workshop.generations.check(newest(workshop))
    assert findings_of(workshop.generations, newest(workshop)) == []
    library = workshop.library()
    assert library.search(["503"], 3, Filters())
    return [(each.text, [passage.text for passage in library.passages_of(each.id)]) for each in library.documents()]


@pytest.mark.parametrize("name", [LIBRARY, VECTORS, MANIFEST])
def test_damage_anywhere_is_named_and_the_next_build_mends_it(made: Workshop, name: str) -> None:
    expected = held(made)
    outcomes: Counter[str] = Counter()
    for turn in range(PLACES):
        damage = DAMAGES[turn % len(DAMAGES)]
        path = newest(made) / name
        data = path.read_bytes()
        path.write_bytes(damage(data, int(turn * len(data) / PLACES)))
        found = findings_of(made.generations, newest(made))
        outcomes["named" if found else "as it was"] += 1  # as it was: white space of the manifest
        assert not found or (name in found[0] and "下一步" in found[0])
        made.build()
        assert held(made) == expected
    assert outcomes["named"] >= PLACES * (0.5 if name == MANIFEST else 1), outcomes


def test_files_of_another_generation_are_not_taken_for_this_one(made: Workshop) -> None:
    made.write("00.txt", "第0号简报：引进新品种999个。")
    made.build()
    old, new = sorted(made.generations.all())
    for name in (LIBRARY, VECTORS):
        kept = (new / name).read_bytes()
        shutil.copyfile(old / name, new / name)
        with pytest.raises(IndexDamagedError, match=name):
            made.generations.check(new)
        (new / name).write_bytes(kept)
    made.generations.check(new)


@pytest.mark.parametrize("rubbish", ["00000009", "00000009/", "最新", "12.tmp"])
def test_what_does_not_belong_into_the_folder_of_generations_is_named_or_passed_over(
    made: Workshop, rubbish: str
) -> None:
    expected = held(made)
    place = made.index / "generations" / rubbish
    place.mkdir() if rubbish.endswith("/") else place.write_text("不是索引")
    if newest(made).name == "00000009":
        with pytest.raises(IndexDamagedError, match="manifest"):
            made.generations.check(newest(made))
    made.build()
    assert held(made) == expected


def test_unfinished_work_that_was_damaged_is_not_gone_on_with(made: Workshop) -> None:
    """A changed letter in a row of the staging file leaves SQLite's own structure as it was."""
    outcomes: Counter[str] = Counter()
    for turn in range(PLACES):
        made.write("00.txt", f"第0号简报：第{turn}次引进新品种{800 + turn}个。")
        made.write(f"新{turn}.txt", f"新增第{turn}件，数值{turn}.25亿元。")

        def stop(event: BuildEvent) -> None:
            if event.stage == "embed" and event.done:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            made.build(stop)
        path = made.generations.staging / LIBRARY
        data = path.read_bytes()
        path.write_bytes(DAMAGES[turn % len(DAMAGES)](data, int(turn * len(data) / PLACES)))
        made.reads.clear()
        made.build()
        outcomes["gone on with" if not made.reads else "made anew"] += 1
        texts = {path.name: path.read_text("utf-8") for path in made.corpus.glob("*.txt")}
        assert {each.path: each.text for each in made.library().documents()} == texts
        held(made)
    assert outcomes["made anew"], outcomes


def test_a_changed_letter_in_a_row_breaks_the_seal(made: Workshop) -> None:
    path = newest(made) / LIBRARY
    with closing(sqlite3.connect(path)) as connection:
        assert is_as_written(connection)
        for table, column in (
            ("documents", "text"),
            ("documents", "card"),
            ("passages", "text"),
            ("passages", "context"),
        ):
            with connection:
                connection.execute(f"UPDATE {table} SET {column} = replace({column} || '.', '5', '6')")
            assert not is_as_written(connection), (table, column)
            with connection:
                connection.execute("DELETE FROM meta WHERE name LIKE 'seal%'")
            shutil.copyfile(path, path.with_suffix(".spare"))
        assert not is_as_written(connection)


@pytest.mark.parametrize("column", ["card", "card_sources", "headings", "source_map", "warnings", "status"])
def test_a_row_that_says_nothing_any_more_is_named(made: Workshop, column: str) -> None:
    library = made.library()
    with closing(sqlite3.connect(newest(made) / LIBRARY)) as connection, connection:
        connection.execute(f"UPDATE documents SET {column} = '[[\"title' ")
    with pytest.raises(IndexDamagedError, match=LIBRARY):
        ThreadPoolExecutor(1).submit(lambda: (library.documents(), library.summaries())).result()


def test_a_vector_of_another_length_breaks_the_seal(made: Workshop) -> None:
    with closing(sqlite3.connect(newest(made) / LIBRARY)) as connection:
        digest, vector = connection.execute("SELECT hash, vector FROM embeddings").fetchone()
        wrong = (np.frombuffer(vector, np.float32) * 1.5).tobytes()
        with connection:
            connection.execute("UPDATE embeddings SET vector = ? WHERE hash = ?", (wrong, digest))
        assert not is_as_written(connection)


def test_damage_while_questions_are_answered_never_gives_words_that_no_document_has(tmp_path: Path) -> None:
    library = BigramLibrary(tmp_path)
    texts = []
    for number in range(8):
        text = f"科技简报\n2020年第{number + 1}期\n\n{number + 1}号站全年引进新品种{5500 + number}个，推广新技术384项。"
        library.write(f"简报{number}.txt", text)
        texts.append(text)
    library.update()
    generation = library.generations.newest()
    assert generation is not None
    path = generation / LIBRARY
    data = path.read_bytes()
    outcomes: Counter[str] = Counter()
    every = [at for number in range(8) for at in _places(data, f"{5500 + number}个".encode())]
    for turn in range(PLACES * 2):
        at = every[turn // 2 % len(every)] if turn % 2 else int(turn * len(data) / PLACES / 2)
        assistant = library.assistant()
        assistant.snapshot()
        path.write_bytes(flipped(data, at))
        outcomes.update(ThreadPoolExecutor(1).submit(_outcomes, assistant, texts).result())
        path.write_bytes(data)
    assert set(outcomes) >= {"answered", "named"}, outcomes


def _outcomes(assistant: Assistant, texts: list[str]) -> Counter[str]:
    """Of a question to each document; asked in a thread of its own, whose connection has nothing read yet."""
    outcomes: Counter[str] = Counter()
    for number in range(len(texts)):
        try:
            best = assistant.ask(Query(f"{number + 1}号站全年引进多少个新品种？")).answer.best
        except IndexDamagedError:
            outcomes["named"] += 1
            continue
        outcomes["answered" if best else "not found"] += 1
        assert best is None or any(best.text in text for text in texts), best.text
    return outcomes


def _places(data: bytes, words: bytes) -> list[int]:
    found, at = [], data.find(words)
    while at >= 0:
        found.append(at)
        at = data.find(words, at + 1)
    return found
