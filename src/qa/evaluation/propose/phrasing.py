"""How a stretch of a document becomes a question that does not give its place away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qa.evaluation.lint import LONGEST_SHARED_RUN, shared_run
from qa.records import Document, Passage
from qa.text.dates import find_date_spans
from qa.text.normalise import comparable
from qa.text.sentences import clauses, sentences

_OPENINGS = re.compile(r"^(?:其中|目前|同时|此外|截至目前|并且?|共计?|累计|已经?|还|也|全年|对此|据悉|有)+[，,]?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}\s*年")
SHORTEST_SUBJECT = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage; ``start`` and ``end`` are offsets in the document's text."""

    document: Document
    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    @property
    def clauses(self) -> list[tuple[int, int]]:
        """Half-open spans within :attr:`text`."""
        return clauses(self.text)

    def year_before(self, at: int) -> str:
        """The last year written in the sentence before ``at`` (an offset in :attr:`text`), as 2020年; else empty."""
        years = _YEAR.findall(self.text[:at])
        return "".join(years[-1].split()) if years else ""


def sentences_of(document: Document, passage: Passage) -> list[Sentence]:
    """The sentences of a passage, the item's title sentence left out (the body says it better)."""
    found = [
        Sentence(document, passage, passage.start + start, passage.start + end)
        for start, end in sentences(passage.text)
    ]
    return [each for each in found if not passage.lead or each.text.rstrip("。") != passage.lead]


def question_from(sentence: Sentence, before: str, asked: str, after: str = "", *, year: str = "") -> str | None:
    """``before`` + ``asked`` + ``after`` as a question; ``None`` when too little is said or too much is copied.

    ``year`` is put in front unless a date is said already; 我市 becomes the document's region, for a question stands
    alone.
    """
    subject = _OPENINGS.sub("", before.strip())
    if len(comparable(subject)) < SHORTEST_SUBJECT:
        return None
    if year and not find_date_spans(subject):
        subject = year + subject
    region = sentence.document.card.region
    question = " ".join(f"{subject}{asked}{after.strip()}？".split())
    if region:
        question = question.replace("我市", region)
    shared = shared_run(comparable(question), _compared(sentence.document.text))
    return question if len(shared) <= LONGEST_SHARED_RUN else None


def quote_around(sentence: Sentence, start: int, end: int) -> str:
    """The words of the sentence from ``start`` to ``end`` (offsets in its text), widened to it where they stand
    elsewhere too.
    """
    quote = sentence.text[start:end]
    text = _compared(sentence.document.text)
    return quote if len(comparable(quote)) >= 8 and text.count(comparable(quote)) == 1 else sentence.text


@lru_cache(maxsize=4)
def _compared(text: str) -> str:
    """The comparison form of a document's text, which hundreds of its sentences ask for one after the other."""
    return comparable(text)
