"""Real passages with their real vectors: the public text of ``shared/data`` read and embedded as the product does it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.ports import Vectors
from qa.records import Document, Passage

PARAGRAPH_SETS = ("cmrc2018/train", "cmrc2018/dev", "cmrc2018/trial", "drcd/dev", "drcd/test")
_BATCH = 64


@dataclass(frozen=True, slots=True)
class RealPassages:
    """``vectors`` (n, dim) float32 of the passages, and (m, dim) of the questions people wrote about these paragraphs."""

    documents: tuple[tuple[Document, tuple[Passage, ...]], ...]
    vectors: Vectors
    questions: tuple[str, ...]
    question_vectors: Vectors

    @property
    def passages(self) -> list[Passage]:
        return [passage for _, passages in self.documents for passage in passages]


def write_corpus(data: Path, folder: Path) -> None:
    """A corpus folder of everything in ``data``: official documents as they are, each paragraph of the question sets as a file."""
    folder.mkdir(parents=True, exist_ok=True)
    for pattern in ("**/*.txt", "**/*.docx"):
        for source in sorted((data / "official-documents").glob(pattern)):
            shutil.copyfile(source, folder / source.name)
    for name in PARAGRAPH_SETS:
        for number, (title, text, _) in enumerate(_paragraphs(data / f"{name}.json")):
            place = folder / name.replace("/", "-") / f"{number:05d}.txt"
            place.parent.mkdir(exist_ok=True)
            place.write_text(f"{title}\n\n{text}\n", "utf-8")


def questions_of(data: Path, limit: int) -> tuple[str, ...]:
    """``limit`` questions of the sets, evenly spread; of CMRC's training set and DRCD, so that no held-out question is used."""
    found = [
        question
        for name in ("cmrc2018/train", "drcd/dev")
        for _, _, questions in _paragraphs(data / f"{name}.json")
        for question in questions
    ]
    return tuple(found[:: max(1, len(found) // limit)][:limit])


def _paragraphs(path: Path) -> Iterator[tuple[str, str, list[str]]]:
    """(title, text, questions) of each paragraph, in simplified characters."""
    from opencc import OpenCC

    simplified = OpenCC("t2s").convert
    for article in json.loads(path.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            title = str(article.get("title") or paragraph.get("id") or "")
            questions = [simplified(str(each["question"])) for each in paragraph["qas"]]
            yield simplified(title), simplified(str(paragraph["context"])), questions


def read_passages(corpus: Path) -> list[tuple[Document, tuple[Passage, ...]]]:
    """Every file of ``corpus`` with its passages, by path; files that cannot be read are left out."""
    from qa.errors import DocumentError
    from qa.reading import passages_of, read_document

    found = []
    for path in sorted(each for each in corpus.rglob("*") if each.is_file()):
        try:
            document = read_document(path, corpus)
        except DocumentError:
            continue
        found.append((document, tuple(passages_of(document))))
    return found


def load_real(data: Path, cache: Path, most_questions: int = 1000) -> RealPassages:
    """Reads and embeds, or takes from ``cache`` what an earlier run embedded; half-done work goes on where it stopped."""
    corpus = cache / "corpus"
    if not corpus.is_dir():
        write_corpus(data, cache / "corpus.partial")
        (cache / "corpus.partial").rename(corpus)
    documents = read_passages(corpus)
    texts = [
        f"{each.context}\n{each.text}" if each.context else each.text for _, passages in documents for each in passages
    ]
    questions = questions_of(data, most_questions)
    return RealPassages(
        tuple(documents),
        _embedded(texts, cache / "passages", query=False),
        questions,
        _embedded(list(questions), cache / "questions", query=True),
    )


def _embedded(texts: list[str], parts: Path, *, query: bool) -> Vectors:
    """The vectors of ``texts``, a file a batch in ``parts``: text files change, so a batch is named by what it holds."""
    import hashlib

    from qa.bootstrap import _embedder
    from qa.settings import Settings

    settings = Settings.from_environment()
    embedder = _embedder(settings.model, settings.cache, 1, settings.embedder)
    parts.mkdir(parents=True, exist_ok=True)
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    found: NDArray[np.float32] = np.empty((len(texts), embedder.dim), np.float32)
    for first in range(0, len(order), _BATCH):
        rows = order[first : first + _BATCH]
        batch = [texts[row] for row in rows]
        name = hashlib.sha256("\0".join([embedder.fingerprint, *batch]).encode()).hexdigest()[:24]
        part = parts / f"{name}.npy"
        if not part.is_file():
            vectors = embedder.embed_queries(batch) if query else embedder.embed_documents(batch)
            np.save(part.with_suffix(".partial.npy"), vectors)
            part.with_suffix(".partial.npy").rename(part)
            if first // _BATCH % 20 == 0:
                print(f"embedded {first + len(rows)} of {len(order)}", flush=True)
        found[rows] = np.load(part)
    return found
