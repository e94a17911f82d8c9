"""Public text → for each size a corpus folder, the passages that 引证 cuts from it, and the questions.

Files of a size: ``corpus/*.txt`` (what 引证 reads), ``passages.jsonl`` ({id, document, text}: what every peer is given; the text is
the very text that 引证 embeds), ``questions.jsonl`` ({id, question, document}).
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from qa.adapters.sqlite.rows import embedding_text
from qa.errors import UsageError
from qa.evaluation.bench.benchmarks import benchmark_named
from qa.evaluation.bench.squad_file import find_file, read_squad_file
from qa.reading import passages_of, read_document

SEED = 20181119
PARAGRAPHS_A_FILE = 40  # of the encyclopedia's distractors
SHORTEST_STAMPED = 20  # characters; headings, dates and titles stay as they are
_STAMP = "（存第{:07d}号）"
STAMP = re.compile(r"（存第\d{7}号）")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The folder of one size, how many passages it holds, how many documents, and how many of the passages repeat real text."""

    folder: Path
    passages: int
    documents: int
    repeated: int


def prepare(folder: Path, data: Path, size: int) -> Prepared:
    """Makes the folder of ``size`` passages where it is not there yet: the paragraphs asked about, then other public text, then that
    text again with other numbers in it.

    Raises :class:`UsageError` naming the file of ``data`` that is missing and where to get it.
    """
    summary = folder / "summary.json"
    if summary.is_file():
        return Prepared(folder, **json.loads(summary.read_text("utf-8")))
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, str]] = []
    documents = repeated = 0
    for copy, name, text in _documents(data):
        if len(rows) >= size:
            break
        path = corpus / name
        path.write_text(text, "utf-8")
        cut = [embedding_text(passage) for passage in passages_of(read_document(path, corpus))]
        rows += ({"id": f"{name}#{number}", "document": name, "text": each} for number, each in enumerate(cut))
        documents += 1
        repeated += len(cut) if copy else 0
    _write_rows(folder / "passages.jsonl", rows)
    _write_rows(folder / "questions.jsonl", _questions(data))
    figures = {"passages": len(rows), "documents": documents, "repeated": repeated}
    summary.write_text(json.dumps(figures), "utf-8")
    return Prepared(folder, **figures)


def sample(prepared: Path, folder: Path, most: int) -> Path:
    """A folder with some documents of ``prepared``, chosen at random but always the same, of together ``most`` passages or a few more.

    ``prepared`` itself for 0 or when it holds no more than that.
    """
    rows = read_rows(prepared / "passages.jsonl")
    if not most or most >= len(rows):
        return prepared
    names = list(dict.fromkeys(row["document"] for row in rows))
    random.Random(SEED).shuffle(names)
    chosen: set[str] = set()
    for name in names:
        if sum(row["document"] in chosen for row in rows) >= most:
            break
        chosen.add(name)
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    for name in chosen:
        (folder / "corpus" / name).write_bytes((prepared / "corpus" / name).read_bytes())
    _write_rows(folder / "passages.jsonl", (row for row in rows if row["document"] in chosen))
    return folder


def _questions(data: Path) -> list[dict[str, str]]:
    """Every question of CMRC 2018 dev, in an order that is mixed but always the same: the first n are a sample."""
    rows = [
        {"id": each.id, "question": each.question, "document": _asked_name(number)}
        for number, paragraph in enumerate(_asked_paragraphs(data))
        for each in paragraph.questions
    ]
    random.Random(SEED).shuffle(rows)
    return rows


def _asked_paragraphs(data: Path) -> list[Any]:
    return read_squad_file(find_file(benchmark_named("cmrc2018"), data / "cmrc2018", "dev"))


def _asked_name(number: int) -> str:
    return f"cmrc-{number:05d}.txt"


def _documents(data: Path) -> Iterator[tuple[int, str, str]]:
    """(how often its text stood before, file name, text): first the paragraphs asked about, then the others over and over."""
    for number, paragraph in enumerate(_asked_paragraphs(data)):
        yield 0, _asked_name(number), paragraph.text
    others = [*_official_texts(data / "official-documents"), *_bundles(_encyclopedia(data))]
    if not others:
        raise UsageError(f"{data} 里没有别的文字", hint="放入 official-documents/、cmrc2018/train.json 或 drcd/")
    numbers = count(1)
    for copy in count():
        for number, text in enumerate(others):
            yield copy, f"text-{copy:03d}-{number:04d}.txt", stamped(text, numbers)


def stamped(text: str, numbers: Iterator[int]) -> str:
    """``text`` with a number of its own at the end of each paragraph, so that repeated text is never the same text."""
    return "\n".join(
        line + _STAMP.format(next(numbers)) if len(line) >= SHORTEST_STAMPED else line for line in text.split("\n")
    )


def unstamped(text: str) -> str:
    """``text`` with every such number made the same: what two copies of a passage share."""
    return STAMP.sub(_STAMP.format(0), text)


def _official_texts(folder: Path) -> list[str]:
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".docx"))
    return [read_document(path, folder).text for path in paths]


def _encyclopedia(data: Path) -> list[str]:
    """Paragraphs of CMRC 2018 train and DRCD (made simplified), each once."""
    from opencc import OpenCC

    simplified = OpenCC("t2s").convert
    found = [
        simplified(paragraph["context"])
        for name in ("cmrc2018/train.json", "drcd/dev.json", "drcd/test.json")
        if (data / name).is_file()
        for article in json.loads((data / name).read_text("utf-8"))["data"]
        for paragraph in article["paragraphs"]
    ]
    return list(dict.fromkeys(found))


def _bundles(paragraphs: list[str]) -> list[str]:
    return [
        "\n".join(paragraphs[first : first + PARAGRAPHS_A_FILE])
        for first in range(0, len(paragraphs), PARAGRAPHS_A_FILE)
    ]


def read_rows(path: Path) -> list[dict[str, str]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _write_rows(path: Path, rows: Iterable[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
