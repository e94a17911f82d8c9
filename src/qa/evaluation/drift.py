"""Gold that the corpus has moved away from: a quote that stands in its document no longer is drift, not a worse
answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from qa.evaluation.evaluation_set import EvaluationQuestion, Evidence
from qa.evaluation.judging import holds_answer_and_half
from qa.records import Document
from qa.text.normalise import comparable, comparable_with_map, is_ignored

# Below this share of the quote in common the "nearest" words are chance.
NEAR_ENOUGH = 0.5
# From here on no other document is looked at.
SURELY = 0.9


@dataclass(frozen=True, slots=True)
class Drift:
    """An evidence whose quote is not in the corpus (any more), with the nearest words there are.

    ``document_gone``: the corpus has no such document. ``lost``: its document does not even hold an answer and half of
    the quote, so no passage of it can count as the evidence. ``nearest_doc`` is the path of the document that holds
    the nearest words, ``nearest`` the words as they stand there; both ``None`` when nothing comes near.
    """

    question: EvaluationQuestion
    evidence: Evidence
    document_gone: bool
    lost: bool = True
    nearest_doc: str | None = None
    nearest: str | None = None
    similarity: float = 0.0  # share of the quote's characters found in the nearest words, in order


def find_drift(questions: Iterable[EvaluationQuestion], documents: Sequence[Document]) -> list[Drift]:
    """The drifted evidences, in order of the questions."""
    texts = {document.path: comparable(document.text) for document in documents}
    return [
        _drift(question, evidence, documents, texts.get(evidence.doc))
        for question in questions
        for evidence in question.evidence
        if comparable(evidence.quote) not in texts.get(evidence.doc, "")
    ]


def drifted_ids(drifts: Sequence[Drift]) -> frozenset[str]:
    """The ids of questions none of whose evidence is left in the corpus, not even by halves."""
    counts = Counter(drift.question.id for drift in drifts if drift.lost)
    wanted = {drift.question.id: len(drift.question.evidence) for drift in drifts}
    return frozenset(id for id, count in counts.items() if count == wanted[id])


def _drift(question: EvaluationQuestion, evidence: Evidence, documents: Sequence[Document], text: str | None) -> Drift:
    """``text`` is the compared text of the evidence's document, ``None`` when there is no such document."""
    gone = text is None
    lost = text is None or not holds_answer_and_half(text, evidence, question.answers)
    # The document that the gold names comes first: among equally near words its own are meant.
    in_order = sorted(documents, key=lambda document: document.path != evidence.doc)
    best, words, path = 0.0, "", ""
    for document in in_order:
        similarity, found = nearest_words(document.text, evidence.quote)
        if similarity > best:
            best, words, path = similarity, found, document.path
        if best >= SURELY:
            break
    if best < NEAR_ENOUGH:
        return Drift(question, evidence, gone, lost)
    return Drift(question, evidence, gone, lost, path, words, best)


def nearest_words(text: str, quote: str) -> tuple[float, str]:
    """(similarity in [0, 1], the words): the stretch of ``text`` nearest to ``quote``, as it stands in ``text``.

    The longest run both share anchors a window of the quote's length; within it the matching parts are counted. (0.0,
    "") when nothing is shared.
    """
    folded, wanted = comparable_with_map(text), comparable(quote)
    anchor = SequenceMatcher(None, folded.text, wanted, autojunk=False).find_longest_match()
    if anchor.size == 0:
        return 0.0, ""
    # Some slack at both ends for words that were put in.
    slack = max(2, len(wanted) // 5)
    start = max(0, anchor.a - anchor.b - slack)
    end = min(len(folded.text), anchor.a - anchor.b + len(wanted) + slack)
    window = SequenceMatcher(None, folded.text[start:end], wanted, autojunk=False)
    blocks = [block for block in window.get_matching_blocks() if block.size]
    similarity = sum(block.size for block in blocks) / len(wanted)
    first, last = start + blocks[0].a, start + blocks[-1].a + blocks[-1].size
    source_start, source_end = folded.source_span(first, last)
    # The map puts the marks after the last character inside the span; a suggestion ends with the words.
    while is_ignored(text[source_end - 1]):
        source_end -= 1
    return similarity, text[source_start:source_end]
