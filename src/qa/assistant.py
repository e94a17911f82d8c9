"""The one door behind every other: the command line, the web pages, the API and ``import qa`` all ask here."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Protocol

from qa.answering.answer import answer_from
from qa.answering.timely import notes_of, timely
from qa.citing.checker import DraftChecker
from qa.errors import IndexDamagedError, NotFoundError, QaError, UsageError
from qa.ports import Analyzer, DocumentStore, Embedder, LexicalIndex, Reader, VectorIndex
from qa.records import (
    AbstainReason,
    Answer,
    Document,
    DocumentSummary,
    Filters,
    Hit,
    LibraryChanges,
    Passage,
    Query,
    Question,
    Result,
    Span,
    Timing,
)
from qa.search.aliases import Aliases
from qa.search.retrieval import Retriever
from qa.search.understanding import understand
from qa.settings import Settings
from qa.text.places import place_root

READ_TOP = 10  # passages that the reader looks at


class Store(DocumentStore, LexicalIndex, Protocol):
    """Documents, passages and words of one generation."""

    def sections(self) -> list[str]: ...

    def words_at(self, span: Span) -> str:
        """The document's text in ``span``, read from the document itself; "" where there is no such document."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published generation, opened."""

    name: str
    store: Store
    vectors: VectorIndex
    analyzer: Analyzer
    embedder: Embedder
    reader: Reader
    corpus_hash: str
    notes: tuple[str, ...] = ()
    aliases: Aliases = Aliases()


@dataclass(frozen=True, slots=True)
class LibraryState:
    """What answers now: the generation's name, the embedding model with its fingerprint, the reader, and how many passages there are."""

    generation: str
    model: str
    model_fingerprint: str
    reader: str
    passages: int


class Assistant:
    """Answers questions over the newest generation; a newly published one is taken up at the next question. Thread-safe.

    ``newest`` names the newest generation (cheap); ``load`` opens it. When a newer one cannot be opened the last good one keeps
    answering and every result says so in ``notes``.
    """

    def __init__(self, settings: Settings, newest: Callable[[], str | None], load: Callable[[], Snapshot]) -> None:
        self.settings = settings
        self._newest = newest
        self._load = load
        self._snapshot: Snapshot | None = None
        self._hidden: frozenset[str] = frozenset()
        self._hiding = threading.Lock()
        self._summaries: tuple[str, tuple[DocumentSummary, ...]] | None = None  # (generation, …)
        self._own_names_of: tuple[tuple[DocumentSummary, ...], tuple[str, frozenset[str]]] | None = None
        self._suggested: tuple[str, int, list[str]] | None = None  # (generation, limit, questions)
        self._refused: tuple[str | None, str] | None = None  # (generation, why) that could not be opened
        self._lock = threading.Lock()
        self._checker: tuple[str, frozenset[str], DraftChecker] | None = None  # (generation, hidden, …)

    # ------------------------------------------------------------------------------------------------------ snapshot

    def snapshot(self) -> Snapshot:
        """The generation to answer from. Raises :class:`IndexError_` or :class:`ModelError` when none can be opened.

        While one caller opens a newer generation, the others go on with the one they have.
        """
        current, newest = self._snapshot, self._newest()
        if current and (current.name == newest or (self._refused and self._refused[0] == newest)):
            return current
        if current and self._lock.locked():
            return current
        with self._lock:
            current = self._snapshot
            if current and (current.name == newest or (self._refused and self._refused[0] == newest)):
                return current
            try:
                self._snapshot, self._refused = self._load(), None
            except QaError as error:
                if current is None:
                    raise
                self._refused = (newest, str(error))
            assert self._snapshot is not None
            return self._snapshot

    def _notes(self, snapshot: Snapshot) -> tuple[str, ...]:
        refused = self._refused
        return (*snapshot.notes, f"新索引无法载入，仍用上一版作答。{refused[1]}") if refused else snapshot.notes

    def state(self) -> LibraryState:
        """What answers now. Raises as :meth:`snapshot` does."""
        now = self.snapshot()
        return LibraryState(
            now.name, now.embedder.name, now.embedder.fingerprint, now.reader.name, passages=len(now.vectors)
        )

    def warm(self) -> None:
        """Loads the model and the index, so that the first question is as quick as the next."""
        snapshot = self.snapshot()
        if len(snapshot.vectors):
            self.ask(Query("预热", top_k=1))
        else:
            snapshot.embedder.embed_queries(["预热"])

    # ----------------------------------------------------------------------------------------------------- questions

    def ask(self, query: Query) -> Result:
        """The answer and the ranked passages. Raises :class:`UsageError` for an empty or over-long question."""
        begun = time.perf_counter()
        snapshot = self.snapshot()
        question = self.understand(query)
        if not len(snapshot.vectors):
            empty = Answer(reason=AbstainReason.EMPTY_CORPUS, reason_text="资料库还没有可读的文档")
            return Result(query, question, empty, notes=self._notes(snapshot))
        found = self._retriever(snapshot).retrieve(question, query.filters, max(query.top_k, READ_TOP))
        reading = time.perf_counter()
        reader = timely(snapshot.reader, self.settings.time_limit, spent_s=reading - begun)
        answer, hits = answer_from(
            question, self._shown(found.hits), reader, snapshot.analyzer, self.settings.abstain_below
        )
        _require_words(snapshot, answer)
        done = time.perf_counter()
        timing = Timing((done - begun) * 1000, found.embed_ms, found.retrieve_ms, (done - reading) * 1000)
        notes = (*self._notes(snapshot), *notes_of(reader))
        return Result(query, question, answer, tuple(hits[: query.top_k]), timing, notes)

    def search(self, query: Query) -> tuple[Hit, ...]:
        """Ranked passages only, without reading."""
        snapshot = self.snapshot()
        question = self.understand(query)
        if not len(snapshot.vectors):
            return ()
        return self._shown(self._retriever(snapshot).retrieve(question, query.filters, query.top_k).hits)

    def draft_checker(self) -> DraftChecker:
        """What checks drafts against the library as it answers now; kept as long as that stays. Raises as :meth:`snapshot` does."""
        snapshot, hidden, made = self.snapshot(), self._hidden, self._checker
        if made is None or made[:2] != (snapshot.name, hidden):

            def search(claim: str) -> list[Passage]:
                words = claim[: self.settings.max_question_chars]
                if not len(snapshot.vectors) or not any(map(str.isalnum, words)):
                    return []
                hits = self._retriever(snapshot).retrieve(self.understand(Query(words)), Filters(), READ_TOP).hits
                return [hit.passage for hit in hits if hit.passage.document_id not in hidden]

            documents = [each for each in snapshot.store.documents() if each.id not in hidden]
            made = (snapshot.name, hidden, DraftChecker(documents, search, snapshot.analyzer))
            self._checker = made
        return made[2]

    def understand(self, query: Query) -> Question:
        """The query as it is understood, after its form was checked."""
        check_question(query.text, self.settings.max_question_chars)
        snapshot = self.snapshot()

        def weigh(words: Sequence[str]) -> list[float]:
            passages = max(1, len(snapshot.vectors))
            frequencies = snapshot.store.frequencies(words)
            return [math.log(1 + passages / (frequencies[word] + 0.5)) for word in words]

        today = self.settings.today or date.today()
        return understand(query.text, snapshot.analyzer, today, weigh, snapshot.aliases, *self._own_names())

    def _own_names(self) -> tuple[str, frozenset[str]]:
        """The bare name of the city that every document with a region is of (empty where there is none or more than one), and who issued
        the documents."""
        summaries, made = self.summaries(), self._own_names_of
        if made is None or made[0] is not summaries:
            regions = {place_root(each.card.region) for each in summaries if each.card.region}
            issuers = frozenset(each.card.issuer for each in summaries if each.card.issuer)
            self._own_names_of = made = (summaries, (regions.pop() if len(regions) == 1 else "", issuers))
        return made[1]

    @staticmethod
    def _retriever(snapshot: Snapshot) -> Retriever:
        return Retriever(snapshot.store, snapshot.store, snapshot.vectors, snapshot.embedder, snapshot.analyzer)

    # ----------------------------------------------------------------------------------------------------- documents

    def documents(self) -> list[Document]:
        """Every document, by path; the ones that could not be read too."""
        return [each for each in self.snapshot().store.documents() if each.id not in self._hidden]

    def hide(self, document_ids: Iterable[str]) -> None:
        """From now on no result comes from these documents: their files are gone, the index that lacks them is being made."""
        with self._hiding:
            self._hidden |= frozenset(document_ids)

    def unhide(self, document_ids: Iterable[str]) -> None:
        """They are back, or the index lacks them now."""
        with self._hiding:
            self._hidden -= frozenset(document_ids)

    def _shown(self, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """``hits`` without hidden documents; of hits that score the same, those of a document that repeats another come last."""
        hidden = self._hidden
        repeating = {each.id for each in self.summaries() if each.duplicate}
        kept: list[Hit] = []
        for _, alike in groupby(hits, key=lambda hit: hit.score):
            ordered = sorted(alike, key=lambda hit: hit.passage.document_id in repeating)
            kept += [hit for hit in ordered if hit.passage.document_id not in hidden]
        return tuple(kept)

    def summaries(self) -> tuple[DocumentSummary, ...]:
        """Every document without its text, by path; kept as long as the generation stays."""
        snapshot, made = self.snapshot(), self._summaries
        if made is None or made[0] != snapshot.name:
            made = (snapshot.name, tuple(snapshot.store.summaries()))
            self._summaries = made
            # What this generation lacks need not be hidden, and must not be when a file of its name comes back.
            with self._hiding:
                self._hidden &= {each.id for each in made[1]}
        hidden = self._hidden
        return tuple(each for each in made[1] if each.id not in hidden) if hidden else made[1]

    def changes(self) -> LibraryChanges:
        """What the generation that answers now has that the one before had not."""
        return self.snapshot().store.changes()

    def document(self, document_id: str) -> Document:
        if document_id in self._hidden:
            raise NotFoundError(f"没有文档 {document_id}", reason="已移出资料库", hint="在资料库页面可以放回")
        return self.snapshot().store.document(document_id)

    def passages_of(self, document_id: str) -> list[Passage]:
        return self.snapshot().store.passages_of(document_id)

    def passage(self, passage_id: str) -> Passage:
        """By ``document_id:start-end``. Raises :class:`NotFoundError`."""
        document_id, _, _ = passage_id.rpartition(":")
        for passage in self.passages_of(document_id):
            if passage.id == passage_id:
                return passage
        raise NotFoundError(
            f"没有段落 {passage_id}", reason="编号有误，或资料已重新读取", hint="重新提问，或用 qa documents 查看文档"
        )

    def passage_count(self, filters: Filters) -> int:
        """How many passages of the library the filters let through."""
        return len(self.snapshot().store.keys_matching(filters))

    def cited_documents(self, result_hits: Sequence[Hit], answer: Answer | None = None) -> dict[str, Document]:
        """The documents of hits and answers, by id, each read once."""
        wanted = {hit.passage.document_id for hit in result_hits}
        if answer:
            wanted |= {each.span.document_id for each in (answer.best, *answer.items, *answer.others) if each}
        return {document_id: self.document(document_id) for document_id in sorted(wanted)}

    def suggestions(self, limit: int = 6) -> list[str]:
        """Questions the corpus can answer, for a first-time visitor."""
        from qa.search.suggestions import suggest

        snapshot, made = self.snapshot(), self._suggested
        if made is None or made[:2] != (snapshot.name, limit):
            documents = snapshot.store.summaries()
            passages = (each for document in documents for each in snapshot.store.passages_of(document.id))
            made = (snapshot.name, limit, suggest(documents, passages, self.settings.evaluation, limit))
            self._suggested = made
        return list(made[2])


def _require_words(snapshot: Snapshot, answer: Answer) -> None:
    """Raises :class:`IndexDamagedError` where an answer's words, cut from a passage, are not those of its document.

    The checksums are compared when a generation is opened; this holds for a file that is damaged after that.
    """
    for each in (answer.best, *answer.items, *answer.others):
        if each is not None and snapshot.store.words_at(each.span) != each.text:
            raise IndexDamagedError(
                "没有作答：索引文件在使用中损坏",
                reason=f"段落 {each.passage.id} 与文档原文不符",
                hint="运行 qa verify --repair 修复",
            )


def check_question(text: str, longest: int) -> None:
    """Raises :class:`UsageError` when there is nothing to look for or too much."""
    if not any(character.isalnum() for character in text):
        raise UsageError(
            "问题是空的", reason="没有可检索的文字", hint="请输入一句中文问题，如：科技特派员2020年引进了多少个新品种？"
        )
    if len(text) > longest:
        raise UsageError(
            f"问题太长：{len(text)} 字", reason=f"最多 {longest} 字", hint="请只留要问的那一句；核对整段文字请用“核稿”"
        )
