"""Questions asked of a library → their cases; what was asked is kept, to fit again without asking."""

from __future__ import annotations

import os
import pickle
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from qa.answering.answer import READ_TOP
from qa.answering.rule_reader import RuleReader
from qa.answering.view import views_of
from qa.answering.weighing import Weighed, Weighing
from qa.bootstrap import open_assistant
from qa.evaluation.bench.squad_file import read_squad_file
from qa.evaluation.evaluation_set import EvaluationQuestion
from qa.evaluation.set_reader import read_evaluation_set
from qa.ports import Analyzer, Reader
from qa.records import Filters, Hit, Query, Question
from qa.search.retrieval import Retriever
from qa.settings import Settings
from training.confidence.bulletins import bulletin_questions
from training.confidence.cases import NEARLY, Case, case_of
from training.confidence.foreign import foreign_questions
from training.confidence.written import written_questions

PUBLIC_PARAGRAPHS, PUBLIC_QUESTIONS = 120, 150


def dev_cases(sets: Sequence[Path], reader: str, cache: Path | None) -> list[Case]:
    """The cases of the dev halves (odd ids alone: the test halves are never fitted on), from the index as it is."""
    settings = replace(Settings.from_environment(), reader=reader)
    return _kept(cache, reader, lambda: _asked(settings, read_evaluation_set(sets, "dev")))


def foreign_cases(reader: str, cache: Path | None) -> list[Case]:
    """The cases of questions on other people's documents."""
    settings = replace(Settings.from_environment(), reader=reader)
    return _kept(cache, f"{reader}-foreign", lambda: _asked(settings, foreign_questions(settings.corpus)))


def public_cases(folder: Path, cache: Path | None) -> list[Case]:
    """Cases of every third question of the first 120 paragraphs of CMRC 2018 trial, 150 of them."""
    return _kept(cache, "public", lambda: _of_trial(folder, 3, PUBLIC_PARAGRAPHS, PUBLIC_QUESTIONS))


def general_cases(folder: Path, cache: Path | None) -> list[Case]:
    """Cases of every second question of CMRC 2018 trial, 500 of them."""
    return nearly_counts(_kept(cache, "general", lambda: _of_trial(folder, 2)))


def written_cases(folder: Path, reader: str, half: str, cache: Path | None) -> list[Case]:
    """Cases of written questions (:mod:`training.confidence.written`) in a library of the held-out official documents.

    Of a trap only the candidates of its own passage are kept: what stands elsewhere may well answer it.
    """
    settings = replace(Settings.from_environment(), reader=reader, corpus=folder / "corpus", index=folder / "index")

    def ask() -> list[Case]:
        written = list(written_questions(half))
        cases = _asked(
            settings, [each.asked for each in written], words_alone=True, within=[each.passage for each in written]
        )
        return nearly_counts(cases)

    return _kept(cache, f"{reader}-written-{half}", ask)


def bulletin_cases(folder: Path, half: str, cache: Path | None) -> list[Case]:
    """Cases of the questions on invented bulletins (:mod:`training.confidence.bulletins`), each asked of its own text alone."""
    settings = replace(Settings.from_environment(), reader="trained", corpus=folder / "corpus", index=folder / "index")

    def ask() -> list[Case]:
        written = list(bulletin_questions(half))
        asked, documents = [each.asked for each in written], [each.key for each in written]
        cases = _asked(settings, asked, words_alone=True, documents=documents)
        return nearly_counts(cases)

    return _kept(cache, f"bulletins-{half}", ask)


def nearly_counts(cases: Sequence[Case]) -> list[Case]:
    """The cases with every candidate right that is near to the gold; where an answer ends is a matter of taste."""
    return [replace(case, holds=case.holds | (case.answerable & (case.worth >= NEARLY))) for case in cases]


def _of_trial(folder: Path, every: int, paragraphs: int | None = None, most: int | None = None) -> list[Case]:
    found = read_squad_file(Path(os.environ.get("QA_SHARED", "../shared")) / "data/cmrc2018/trial.json", paragraphs)
    asked = [
        each for paragraph in found for each in paragraph.questions if re.search(r"\w", each.question)
    ]  # one is empty
    settings = replace(Settings.from_environment(), reader="trained", corpus=folder / "corpus", index=folder / "index")
    return _asked(settings, asked[::every][:most], words_alone=True)


def _kept(cache: Path | None, name: str, ask: Callable[[], list[Case]]) -> list[Case]:
    place = cache / f"{name}.pkl" if cache else None
    if place and place.is_file():
        return pickle.loads(place.read_bytes())  # type: ignore[no-any-return]
    found = ask()
    if place:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(pickle.dumps(found))
    return found


def _asked(
    settings: Settings,
    asked: Sequence[EvaluationQuestion],
    words_alone: bool = False,
    within: Sequence[str] = (),
    documents: Sequence[str] = (),
) -> list[Case]:
    """``within``: of each question without an answer, the text whose candidates are kept; ``documents``: the one that each is asked of."""
    assistant = open_assistant(settings)
    parts = assistant.snapshot()
    retriever = Retriever(parts.store, parts.store, parts.vectors, parts.embedder, parts.analyzer)
    found = []
    for number, each in enumerate(asked, 1):
        question = assistant.understand(Query(each.question))
        limits = Filters(document_id=documents[number - 1]) if documents else Filters()
        hits = retriever.retrieve(question, limits, READ_TOP).hits
        weighed = _weighed(question, hits, parts.reader, parts.analyzer)
        if within and not each.answerable:
            own = _bare(within[number - 1])
            weighed = [one for one in weighed if _bare(one.view.slice(one.view.sentence_of(one.start, one.end))) in own]
        found.append(case_of(each, question, weighed, words_alone))
        if number % 50 == 0:
            print(f"{number}/{len(asked)}", file=sys.stderr, flush=True)
    return found


def _bare(text: str) -> str:
    return "".join(text.split())


def _weighed(question: Question, hits: Sequence[Hit], reader: Reader, analyzer: Analyzer) -> list[Weighed]:
    passages = [hit.passage for hit in hits]
    readings = None if isinstance(reader, RuleReader) else reader.read(question, passages)
    return Weighing(question, views_of(passages, analyzer), hits).weighed(readings)
