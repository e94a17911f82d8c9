"""An assistant held in memory: real records over two short documents, with the outcome of each question written by hand.

The pages are tested against it because every state (a list, a timeline, a refusal, a fallen-back stage) can be had at will;
the whole chain with the real index is tested in ``tests/browser``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from qa.adapters.analyzer import JiebaAnalyzer
from qa.assistant import LibraryState
from qa.citing.checker import DraftChecker
from qa.errors import NotFoundError, UsageError
from qa.records import (
    AbstainReason,
    Answer,
    AnswerKind,
    AnswerSpan,
    Block,
    BlockRole,
    Card,
    Document,
    DocumentStatus,
    DocumentSummary,
    Filters,
    Heading,
    Hit,
    LibraryChanges,
    Passage,
    Query,
    Question,
    Result,
    Span,
    Timing,
    Word,
)
from qa.settings import Settings

BULLETIN_LINES = (
    (BlockRole.MASTHEAD, "科技简报"),
    (BlockRole.MASTHEAD, "第1期"),
    (BlockRole.HEADING, "【高层声音】"),
    (
        BlockRole.BODY,
        "习近平总书记对科技特派员制度作出新指示。科技特派员制度在我市也取得了明显效果。"
        "2020年，累计实施科技开发项目91项；推广新技术384项，引进新品种556个；服务农牧民近3万户。",
    ),
    (BlockRole.HEADING, "【他山之石】"),
    (BlockRole.BODY, "巧借退休人员解决企业技术难题。促成合作项目66个，解决技术难题340余个。"),
    (BlockRole.IMPRINT, "编辑：程继东"),
)
LETTER_LINES = (
    (BlockRole.MASTHEAD, "关于<b>提案</b>的答复函"),
    (BlockRole.HEADING, "一、创新指数"),
    (BlockRole.BODY, "2024年，引进新品种612个，城市科技创新发展指数排名第62位。"),
)
BULLETIN_ID = "科技简报-2021年第1期"
LETTER_ID = "答复函&185号"
QUESTION = "科技特派员2020年引进了多少个新品种？"
LIST_QUESTION = "2020年有哪些成绩？"
UNANSWERABLE = "2019年引进了多少个新品种？"
TIMELINE_QUESTION = "引进了多少个新品种？"
FALLEN_BACK = "精读停用时引进了多少个新品种？"


def document_of(document_id: str, path: str, lines: tuple[tuple[BlockRole, str], ...], card: Card) -> Document:
    text = "\n".join(line for _, line in lines)
    blocks, headings, start = [], [], 0
    for role, line in lines:
        lead = start + line.find("。") + 1 if role is BlockRole.BODY else None
        blocks.append(Block(role, start, start + len(line), role is BlockRole.BODY, lead))
        if role is BlockRole.HEADING:
            headings.append(Heading(1, line.strip("【】"), start, start + len(line)))
        start += len(line) + 1
    return Document(document_id, path, "0" * 64, text, card, headings=tuple(headings), blocks=tuple(blocks))


def passages_in(document: Document) -> list[Passage]:
    made, path = [], ()
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if block.role is BlockRole.HEADING:
            path = (text.strip("【】"),)
        elif block.role is BlockRole.BODY:
            card = document.card
            made.append(
                Passage(
                    document.id,
                    block.start,
                    block.end,
                    text,
                    path,
                    title=card.title or "",
                    date=card.date,
                    kind=card.kind,
                )
            )
    return made


def bulletin() -> Document:
    card = Card(
        "科技简报", None, "鄂尔多斯市科学技术局", date(2021, 3, 25), issue="第1期", kind="简报", region="鄂尔多斯市"
    )
    return document_of(BULLETIN_ID, "科技简报-2021年第1期.txt", BULLETIN_LINES, card)


def letter() -> Document:
    card = Card("关于<b>提案</b>的答复函", "鄂建提复字[2025]185号", "鄂尔多斯市人民政府", date(2025, 8, 7), kind="函")
    made = document_of(LETTER_ID, "答复函&185号.txt", LETTER_LINES, card)
    return replace(made, status=DocumentStatus.WARNINGS, warnings=("按 GB18030 解码",))


class HeldAssistant:
    """See the module. ``broken``, when set, is raised by every question, as by an index that was taken away."""

    def __init__(self, settings: Settings, documents: tuple[Document, ...] | None = None) -> None:
        self.settings = settings
        self._documents = (bulletin(), letter()) if documents is None else documents
        self.broken: Exception | None = None
        self.checker: DraftChecker | None = None
        self.generation = "20261121-1"

    def warm(self) -> None:
        """Nothing to load."""

    def documents(self) -> list[Document]:
        return list(self._documents)

    def summaries(self) -> tuple[DocumentSummary, ...]:
        return tuple(
            DocumentSummary(
                each.id,
                each.path,
                each.sha256,
                each.card,
                each.card_sources,
                each.status,
                each.warnings,
                len(each.text),
                len(passages_in(each)),
                datetime(2026, 11, 21, 3, 4, tzinfo=UTC),
            )
            for each in self._documents
        )

    def hide(self, document_ids: Iterable[str]) -> None:
        """Nothing changes here."""

    def unhide(self, document_ids: Iterable[str]) -> None:
        """Nothing changes here."""

    def changes(self) -> LibraryChanges:
        return LibraryChanges(added=tuple(each.path for each in self._documents))

    def document(self, document_id: str) -> Document:
        for document in self._documents:
            if document.id == document_id:
                return document
        raise NotFoundError(f"没有文档 {document_id}", reason="编号有误", hint="用 qa documents 查看")

    def passages_of(self, document_id: str) -> list[Passage]:
        return passages_in(self.document(document_id))

    def passage(self, passage_id: str) -> Passage:
        for passage in self.passages_of(passage_id.rpartition(":")[0]):
            if passage.id == passage_id:
                return passage
        raise NotFoundError(f"没有段落 {passage_id}", reason="编号有误", hint="重新提问")

    def state(self) -> LibraryState:
        return LibraryState(self.generation, "held", "0" * 64, "held", len(self._passages()))

    def understand(self, query: Query) -> Question:
        return Question(query.text, AnswerKind.NUMBER, words=_words("科技特派员", "2020年", "引进", "新品种"))

    def passage_count(self, filters: Filters) -> int:
        return sum(self._lets_through(Query("", filters), passage) for passage in self._passages())

    def _passages(self) -> list[Passage]:
        return [passage for document in self._documents for passage in passages_in(document)]

    def draft_checker(self) -> DraftChecker:
        if self.checker is None:
            passages = [passage for document in self._documents for passage in passages_in(document)]
            self.checker = DraftChecker(self._documents, lambda _: passages, JiebaAnalyzer())
        return self.checker

    def suggestions(self) -> list[str]:
        return [QUESTION, LIST_QUESTION] if self._documents else []

    def search(self, query: Query) -> tuple[Hit, ...]:
        if self.broken:
            raise self.broken
        if not any(character.isalnum() for character in query.text):
            raise UsageError("问题是空的", reason="没有可检索的文字", hint="请输入一句中文问题")
        if len(query.text) > self.settings.max_question_chars:
            raise UsageError(f"问题太长：{len(query.text)} 字", reason="最多 500 字", hint="请只留要问的那一句")
        kept = [passage for passage in self._passages() if self._lets_through(query, passage)]
        return tuple(
            Hit(passage, 0.9 - n / 10, 0.8 - n / 10, None if n == 1 else 0.7, 0.6, period=n == 0)
            for n, passage in enumerate(kept)
        )[: query.top_k]

    @staticmethod
    def _lets_through(query: Query, passage: Passage) -> bool:
        filters = query.filters
        return not (
            (filters.document_id and filters.document_id != passage.document_id)
            or (filters.kind and filters.kind != passage.kind)
            or (filters.section and filters.section != passage.section)
            or (filters.first and passage.date and passage.date < filters.first)
            or (filters.last and passage.date and passage.date > filters.last)
        )

    def ask(self, query: Query) -> Result:
        hits = self.search(query)
        question = self.understand(query)
        notes = ("精读模型不可用，改用规则选取答案",) if query.text == FALLEN_BACK else ()
        answer = self._answer(query.text) if hits and query.text != UNANSWERABLE else _refusal(bool(hits))
        return Result(query, question, answer, hits, Timing(41.0, 4.0, 3.0, 30.0), notes)

    def _answer(self, question: str) -> Answer:
        best = self.span_of(BULLETIN_ID, "556个", 0.93, date(2020, 12, 31))
        if question == LIST_QUESTION:
            items = tuple(self.span_of(BULLETIN_ID, text, 0.7) for text in ("91项", "384项", "556个"))
            return Answer(replace(items[0], text="91项、384项、556个"), items=items, reader="held")
        if question == TIMELINE_QUESTION:
            return Answer(best, others=(self.span_of(LETTER_ID, "612个", 0.8, date(2024, 12, 31)),), reader="held")
        return Answer(best, reader="held")

    def span_of(self, document_id: str, words: str, confidence: float, day: date | None = None) -> AnswerSpan:
        """``words`` where they first stand in a document, with their whole sentence as evidence."""
        text = self.document(document_id).text
        start = text.index(words)
        begin = max(text.rfind("。", 0, start), text.rfind("\n", 0, start)) + 1
        evidence = Span(document_id, begin, text.index("。", start) + 1)
        passage = next(p for p in self.passages_of(document_id) if p.start <= start < p.end)
        span = Span(document_id, start, start + len(words))
        return AnswerSpan(words, span, evidence, passage, confidence, day)


def _words(*texts: str) -> tuple[Word, ...]:
    return tuple(Word(text, 0, len(text), "n") for text in texts)


def _refusal(passages: bool) -> Answer:
    if not passages:
        return Answer(reason=AbstainReason.NO_EVIDENCE, reason_text="没有段落符合筛选条件")
    return Answer(reason=AbstainReason.PERIOD, reason_text="资料里没有 2019 年的内容，最早的是 2020 年")
