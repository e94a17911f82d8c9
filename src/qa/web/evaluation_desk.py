"""What the pages of 评测 work on: the questions that were gathered, and the proposals still to be judged."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from qa.errors import UsageError
from qa.evaluation.evaluation_set import EvaluationQuestion
from qa.evaluation.propose import Proposal, propose
from qa.evaluation.runner import Collection
from qa.evaluation.set_reader import read_evaluation_set
from qa.evaluation.set_writer import append_question
from qa.ports import RejectedProposals
from qa.records import Passage
from qa.settings import Settings
from qa.text.normalise import comparable
from qa.web.facade import AssistantFacade

FILE = "new.jsonl"
MOST_DOCUMENTS = 40
"""Proposals are made while somebody waits for the page; so many documents give some thousand."""


class _PassagesOf(Mapping[str, Sequence[Passage]]):
    """The passages of each document, read when they are asked for."""

    def __init__(self, assistant: AssistantFacade) -> None:
        self._assistant = assistant

    def __getitem__(self, document_id: str) -> Sequence[Passage]:
        return self._assistant.passages_of(document_id)

    def __iter__(self) -> Iterator[str]:
        return (document.id for document in self._assistant.documents())

    def __len__(self) -> int:
        return len(self._assistant.documents())


class EvaluationDesk:
    """Thread-safe. Questions are appended to ``new.jsonl`` in the evaluation folder, as ``qa eval new`` does."""

    def __init__(self, settings: Settings, rejections: RejectedProposals) -> None:
        self.folder: Path = settings.evaluation
        self.file: Path = settings.evaluation / FILE
        self._rejections = rejections
        self._writing = threading.Lock()
        self._made: tuple[tuple[tuple[str, str], ...], list[Proposal]] | None = None

    def gathered(self) -> list[EvaluationQuestion]:
        """The questions of the file, in order. Raises :class:`UsageError` naming the line that is wrong."""
        if not self.file.exists() or not self.file.stat().st_size:
            return []
        return read_evaluation_set([self.file])

    def proposals(self, assistant: AssistantFacade) -> list[Proposal]:
        """What is still to be judged: neither asked in any set of the folder nor rejected."""
        done = {comparable(question.question) for question in self._known()}
        done |= {comparable(question) for question in self._rejections.questions()}
        return [each for each in self._all(assistant) if comparable(each.question.question) not in done]

    def take(self, question: EvaluationQuestion) -> EvaluationQuestion:
        """Appends the question and returns it with its id; one that stands in the file already is returned as it is."""
        with self._writing:
            gathered = self.gathered()
            asked = comparable(question.question)
            for known in gathered:
                if comparable(known.question) == asked:
                    return known
            return append_question(self.file, question, [known.id for known in gathered])

    def reject(self, proposal: Proposal) -> None:
        """Does not propose these words again; also for one that was taken in other words."""
        self._rejections.reject(proposal.question.question)

    def _all(self, assistant: AssistantFacade) -> list[Proposal]:
        documents = assistant.documents()
        state = tuple((document.id, document.sha256) for document in documents)
        made = self._made
        if made is None or made[0] != state:
            passages = _PassagesOf(assistant)
            made = self._made = (state, propose(Collection(documents, passages), most_documents=MOST_DOCUMENTS))
        return made[1]

    def _known(self) -> Sequence[EvaluationQuestion]:
        """The questions of every file in the folder that is an evaluation set; other files are none of ours."""
        known: list[EvaluationQuestion] = []
        for path in sorted(self.folder.glob("*.jsonl")):
            try:
                known += read_evaluation_set([path])
            except UsageError:
                continue
        return known


def key_of(proposal: Proposal) -> str:
    """A short name for the proposal that stays the same from page to page."""
    question = proposal.question
    gold = "\0".join([question.question, question.type, *question.answers])
    return hashlib.sha256(gold.encode()).hexdigest()[:16]
