"""The values that travel between rooms: frozen, typed, and never text without where it came from.

Offsets are half-open and count code points of ``Document.text``; scores are higher-is-better; ranks start at 1; dates are
:class:`datetime.date`. A *period* is a closed range of days.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple, TypeAlias

Day: TypeAlias = date  # where a field named date hides the type

# --------------------------------------------------------------------------------------------------------------- documents


class Span(NamedTuple):
    """A stretch ``[start, end)`` of one document's text."""

    document_id: str
    start: int
    end: int


class SourceSegment(NamedTuple):
    """``length`` characters of ``Document.text`` from ``start`` stand unchanged in the source file's decoded text from ``source_start``."""

    start: int
    source_start: int
    length: int


class PageStart(NamedTuple):
    """``Document.text`` from ``start`` to the next such place stands on page (or slide) ``number``, counted from 1.

    ``confidence`` is that of text recognition in [0, 1], ``None`` for digital text; a ``doubtful`` page is to be held against the
    original. ``label`` is the name of a sheet.
    """

    start: int
    number: int
    label: str = ""
    confidence: float | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """文档信息: what identifies an official document. ``None`` where the document does not say; never guessed."""

    title: str | None = None
    number: str | None = None  # 文号, as 鄂建提复字[2025]185号
    issuer: str | None = None  # 机关
    date: date | None = None  # 成文日期
    printed: Day | None = None  # 印发日期
    issue: str | None = None  # 期号, as 第1期 or 2023年第3期（总29期）
    kind: str | None = None  # 文种, as 简报, 函, 通知
    region: str | None = None


CARD_FIELDS = ("title", "number", "issuer", "date", "printed", "issue", "kind", "region")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its level (1 is the highest below the document's title) and its place in the text."""

    level: int
    title: str
    start: int
    end: int


class BlockRole(StrEnum):
    """What a stretch of a document is."""

    MASTHEAD = "masthead"  # 红头, 期号, 机关, date lines, 标题, 主送
    HEADING = "heading"
    BODY = "body"
    IMPRINT = "imprint"  # 报/送/抄送, 编辑, 审核, 电话, 印发机关


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or line group as it was read. Blocks are in order, do not overlap, and hold every visible character.

    ``item`` is true when the block opens an item (a 简报 item with its title sentence); ``lead_end`` is the end of that title
    sentence (``start`` when there is none).
    """

    role: BlockRole
    start: int
    end: int
    item: bool = False
    lead_end: int | None = None
    table: bool = False  # a row of a table, with its header


class DocumentStatus(StrEnum):
    """How reading a file ended."""

    READ = "read"
    WARNINGS = "warnings"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read.

    ``id`` derives from the path in the corpus and is readable and stable. ``text`` holds the words without layout marks
    (markdown, ``<sub>``, letter-spaced headings, lines broken by pages); ``source_map`` leads every kept stretch back to the
    decoded source file. ``sha256`` is that of the file's bytes.
    """

    id: str
    path: str  # inside the corpus, with "/"
    sha256: str
    text: str
    card: Card = field(default_factory=Card)
    card_sources: tuple[tuple[str, str], ...] = ()  # (card field, where it was read from)
    headings: tuple[Heading, ...] = ()
    blocks: tuple[Block, ...] = ()
    source_map: tuple[SourceSegment, ...] = ()
    status: DocumentStatus = DocumentStatus.READ
    warnings: tuple[str, ...] = ()
    pages: tuple[PageStart, ...] = ()  # ascending; empty where the format has no pages


@dataclass(frozen=True, slots=True)
class Passage:
    """段落: the unit that is retrieved. ``document.text[start:end] == text``; at most one item, never across a 栏目.

    ``heading_path`` runs from the outermost heading inwards; ``lead`` is the item's title sentence, also on the later parts of a
    long item; ``context`` is what stands before the text when the passage is embedded (title, 期号, date, heading path, lead).
    """

    document_id: str
    start: int
    end: int
    text: str
    heading_path: tuple[str, ...] = ()
    lead: str = ""
    role: BlockRole = BlockRole.BODY
    context: str = ""
    title: str = ""
    date: date | None = None
    kind: str | None = None
    region: str | None = None  # the document's own region: what 我市 and 全市 mean in it
    clause: str = ""  # where it begins, as officials say it: 第三部分（二）第1点
    issuer: str | None = None  # of the document: who acts where it says 我局, or nobody (7月6日，赴北京大学座谈)

    @property
    def id(self) -> str:
        """``document_id:start-end``."""
        return f"{self.document_id}:{self.start}-{self.end}"

    @property
    def section(self) -> str:
        """The innermost heading, or an empty string."""
        return self.heading_path[-1] if self.heading_path else ""

    @property
    def span(self) -> Span:
        return Span(self.document_id, self.start, self.end)

    @property
    def is_official(self) -> bool:
        """Whether its document is an official one, as far as its card tells: a kind, a date, or a region."""
        return self.kind is not None or self.date is not None or self.region is not None


# ----------------------------------------------------------------------------------------------------------------- library


@dataclass(frozen=True, slots=True)
class Duplicate:
    """``document_id`` holds (nearly) the same words as ``shown_id``, which stands for both. ``similarity`` in (0, 1]; 1: the same words."""

    document_id: str
    shown_id: str
    similarity: float


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document without its text: what a list of the library needs. ``read_at`` (UTC) is when the file was read last."""

    id: str
    path: str
    sha256: str
    card: Card
    card_sources: tuple[tuple[str, str], ...]
    status: DocumentStatus
    warnings: tuple[str, ...]
    chars: int
    passages: int
    read_at: datetime | None = None
    corrected: bool = False  # a card correction stands beside the file
    duplicate: Duplicate | None = None


@dataclass(frozen=True, slots=True)
class LibraryChanges:
    """What a generation has that the one before had not: paths in the corpus, sorted. ``built_at`` is UTC."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()  # (from, to): the same bytes under another name
    built_at: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.moved)


# --------------------------------------------------------------------------------------------------------------- questions


class Period(NamedTuple):
    """A closed range of days; ``text`` is how it was written. ``explicit_year`` is false where the year was inferred."""

    first: date
    last: date
    text: str = ""
    explicit_year: bool = True

    def overlaps(self, other: Period) -> bool:
        return self.first <= other.last and other.first <= self.last

    def contains(self, other: Period) -> bool:
        return self.first <= other.first and other.last <= self.last


class Word(NamedTuple):
    """A word of a text with its offsets and part of speech (``ns`` place, ``nr`` person, ``nt`` organisation, ``v`` verb, …)."""

    text: str
    start: int
    end: int
    tag: str


class AnswerKind(StrEnum):
    """What a question asks for."""

    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    NAME = "name"  # a title, a project, a document, a 文号
    CLAUSE = "clause"  # 什么, 为什么, 如何, 怎样
    LIST = "list"  # 哪些, 哪几个


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is limited to; empty fields limit nothing. ``first``/``last`` compare with the document's 成文日期."""

    first: date | None = None
    last: date | None = None
    section: str | None = None
    kind: str | None = None
    document_id: str | None = None

    def __bool__(self) -> bool:
        return any((self.first, self.last, self.section, self.kind, self.document_id))


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was asked, with what limits it and how many passages are wanted."""

    text: str
    filters: Filters = field(default_factory=Filters)
    top_k: int = 10


@dataclass(frozen=True, slots=True)
class Question:
    """A query as it was understood.

    ``words`` are the content words (folded: simplified, half width, lower case) in order, ``terms`` the same cut finer for the
    lexical index, with numerals in Arabic form; ``focus`` is what the interrogative asks for (the noun after 哪些/什么/多少),
    ``unit`` the measure word asked for, ``places`` the place names, ``interrogative`` where the asking word stands in ``text``.
    """

    text: str
    kind: AnswerKind
    words: tuple[Word, ...] = ()
    terms: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    places: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()  # of ``words``: the rarer in the library, the heavier
    unit: str | None = None
    focus: str = ""
    interrogative: tuple[int, int] | None = None
    same: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # word → other names of what it belongs to, folded
    names: tuple[tuple[str, str], ...] = ()  # (name as asked, other name of the same), folded
    opening: tuple[int, int] = (0, 0)  # of ``text``: the city that it begins with, a year or day aside; empty: none
    city: str = ""  # its bare name, empty for 全市 and the like
    actor: tuple[int, int] = (0, 0)  # of ``text``: the body that acts (市科技局3月6日开了什么会); empty: none
    sought: str = ""  # what is embedded: ``text`` without an actor that issues documents itself; empty: ``text``
    official: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # word → what official documents write for it, folded; looked for, but no name of the same
    parts: tuple[Question, ...] = ()  # where several answers are wanted in one question, each part by itself

    @property
    def actor_name(self) -> str:
        return self.text[slice(*self.actor)]

    def said_as(self, text: str, its_deeds: bool = False) -> str:
        """The question as it is asked of ``text`` alone: each name that ``text`` lacks by the other name that ``text`` has (高企 →
        高新技术企业), and without the place that it begins with where ``text`` does not tell it: a bulletin's city stands on its first page,
        and places are compared by guards (全市建成了多少个星创天地 had log odds of −5.1 where 我市 was told, without 全市 1.5). With
        ``its_deeds`` (:func:`qa.text.bodies.tells_its_deeds`) also without the body that acts: a bulletin's own news do not say whose they are.
        """
        asked, told = self.text, text.lower()
        start, end = self.opening
        if its_deeds and self.actor_name not in told:
            asked = asked[: self.actor[0]] + asked[self.actor[1] :]
        elif start < end and not (self.city and self.city in told):
            asked = asked[:start] + asked[end:]
        for name, other in self.names:
            if name not in told and other in told:
                asked = asked.replace(name, other)
        return asked


# ----------------------------------------------------------------------------------------------------------------- results


@dataclass(frozen=True, slots=True)
class Hit:
    """A ranked passage. ``lexical``, ``dense`` and ``reader`` are the scaled parts in [0, 1] of ``score`` (``None``: not found by that way)."""

    passage: Passage
    score: float
    lexical: float | None = None
    dense: float | None = None
    reader: float | None = None
    cosine: float | None = None  # of question and passage, unscaled
    period: bool | None = None  # whether the passage speaks of the question's period; None when the question names none


@dataclass(frozen=True, slots=True)
class SpanCandidate:
    """A stretch ``[start, end)`` of a passage's text that may answer, with the reader's score in [0, 1]."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """How every stretch of one window of a passage was judged.

    Token i covers the code points ``starts[i]`` to ``ends[i]`` (half-open) of the passage's text. The log odds that the stretch from
    token a to token b answers, rather than something that only looks so, are ``opens[a] + closes[b] + whole``.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    opens: tuple[float, ...]
    closes: tuple[float, ...]
    whole: float

    @property
    def highest(self) -> float:
        """No stretch of the window has higher log odds."""
        return max(self.opens, default=0.0) + max(self.closes, default=0.0) + self.whole


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of one passage: does it answer the question at all (in [0, 1]), and with which spans, best first.

    ``judged`` are its windows, where the reader judges stretches (:class:`Judgement`), ``likeliest`` the stretches that it judges best,
    with their probability.
    """

    relevance: float
    spans: tuple[SpanCandidate, ...] = ()
    judged: tuple[Judgement, ...] = ()
    likeliest: tuple[SpanCandidate, ...] = ()

    def log_odds(self, start: int, end: int) -> float | None:
        """That ``[start, end)`` answers, each end by the window with most text beside it; ``None`` where none holds it."""
        opens = closes = whole = None
        beside = [-1, -1]
        for each in self.judged:
            held = range(each.starts[0], each.ends[-1] + 1) if each.starts else range(0)
            first, last = bisect_right(each.ends, start), bisect_left(each.starts, end) - 1
            for number, (at, place) in enumerate(((first, start), (last, end))):
                room = min(at, len(each.starts) - 1 - at)
                if place in held and room > beside[number]:
                    beside[number] = room
                    opens, closes = (each.opens[at], closes) if number == 0 else (opens, each.closes[at])
                    whole = each.whole if whole is None else max(whole, each.whole)
        return None if opens is None or closes is None or whole is None else opens + closes + whole


@dataclass(frozen=True, slots=True)
class PartialReading:
    """One reading a passage, in order. Of the ``wanted`` passages that were to be read, ``unread`` were not reached in time."""

    readings: tuple[Reading, ...]
    wanted: int
    unread: int


class AbstainReason(StrEnum):
    """Why there is no answer."""

    NO_EVIDENCE = "no_evidence"
    PERIOD = "period"
    REGION = "region"
    SUBJECT = "subject"
    NO_QUESTION = "no_question"
    EMPTY_CORPUS = "empty_corpus"


@dataclass(frozen=True, slots=True)
class AnswerSpan:
    """One answer: a span of a document with its evidence (whole sentences) and calibrated confidence in [0, 1]."""

    text: str
    span: Span
    evidence: Span
    passage: Passage
    confidence: float
    date: date | None = None  # the day or the end of the period that the value belongs to


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a question. "Not found" is a value: ``best is None`` and ``reason`` says why.

    ``items`` are the several parts of a list answer, in the order of the text, all inside ``best.span``'s passage;
    ``others`` are further answers (other years, other documents), in time order.
    """

    best: AnswerSpan | None = None
    reason: AbstainReason | None = None
    reason_text: str = ""
    items: tuple[AnswerSpan, ...] = ()
    others: tuple[AnswerSpan, ...] = ()
    reader: str = ""  # which reader answered
    caution: str = ""  # in one Chinese line what to bear in mind: the item is about another city, two things were asked

    @property
    def abstained(self) -> bool:
        return self.best is None

    @property
    def text(self) -> str:
        """The answer in the source's own words, empty where there is none: a list whose items stand in a row (甲、乙和丙) is that row;
        items with more between them are joined with 、.
        """
        if self.best is None:
            return ""
        return in_own_words(self.best, self.items)


JOINT_CHARS = 3  # between two items of one row: 、 or 以及


def in_own_words(best: AnswerSpan, items: Sequence[AnswerSpan]) -> str:
    """See :attr:`Answer.text`."""
    if not items:
        return best.text
    places = [(each.span.start - best.span.start, each.span.end - best.span.start) for each in items]
    in_a_row = all(0 <= after[0] - before[1] <= JOINT_CHARS for before, after in pairwise(places))
    return best.text[places[0][0] : places[-1][1]] if in_a_row else "、".join(each.text for each in items)


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds spent."""

    total_ms: float = 0.0
    embed_ms: float = 0.0
    retrieve_ms: float = 0.0
    read_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Result:
    """Everything a question brings back."""

    query: Query
    question: Question
    answer: Answer
    hits: tuple[Hit, ...] = ()
    timing: Timing = field(default_factory=Timing)
    notes: tuple[str, ...] = ()  # stages that fell back, each in one line


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation cut from a document, with what a style needs to cite it. ``quote == document.text[span.start:span.end]``."""

    span: Span
    quote: str
    card: Card
    path: str
    heading_path: tuple[str, ...] = ()


# ------------------------------------------------------------------------------------------------- what people ask and say


class Verdict(StrEnum):
    """What a person says of an answer (or of an abstention, which can be right or wrong too)."""

    RIGHT = "right"  # 对
    WRONG = "wrong"  # 错
    WRONG_SOURCE = "wrong_source"  # 答案对, 出处不对


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question that somebody asked, with the outcome it had then. ``visitor`` is the browser's random name, ``answer`` empty where
    nothing was found, ``generation`` the index that answered, ``asked_at`` in UTC; ``id`` is given by the store (0: not stored yet).
    """

    visitor: str
    question: str
    filters: Filters
    answer: str
    generation: str
    asked_at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class Feedback:
    """A verdict on one answer, with everything that is needed to make an evaluation question of it.

    ``generation`` names the index that answered. ``answers`` are the parts of a list answer or the one answer, ``()`` where the
    assistant abstained (``document`` and ``evidence`` are empty then); ``document`` is the path inside the corpus; ``span`` the
    answer's place and ``evidence`` the words of its sentence as they stood in that generation. ``given_at`` is in UTC, ``id`` is
    given by the store (0: not stored yet).
    """

    visitor: str
    verdict: Verdict
    question: str
    filters: Filters
    kind: AnswerKind
    generation: str
    given_at: datetime
    answers: tuple[str, ...] = ()
    span: Span | None = None
    document: str = ""
    evidence: str = ""
    confidence: float = 0.0
    id: int = 0

    @property
    def abstained(self) -> bool:
        return not self.answers


# ----------------------------------------------------------------------------------------------------------------- drafts


@dataclass(frozen=True, slots=True)
class DraftItem:
    """A collected quotation with what finds its words again in a changed document; see :mod:`qa.citing.permalink`.

    ``citation`` is the quotation as it was cut when it was collected, with the card and the headings of that time. ``before`` and
    ``after`` are the words around it, ``clause`` its clause path. Items of one ``group`` stand together; ``id`` is given by the
    store (0: not stored yet) and never given again.
    """

    citation: Citation
    before: str = ""
    after: str = ""
    clause: tuple[str, ...] = ()
    note: str = ""
    group: str = ""
    id: int = 0


class DraftChange(NamedTuple):
    """A change that can be undone or done again: its number in the draft's journal and what it did, as 删去引文."""

    number: int
    label: str


@dataclass(frozen=True, slots=True)
class Draft:
    """引用夹: collected quotations in the order of the text to be written, cited in one style.

    ``version`` grows with every change, undoing included. ``undoable`` and ``redoable`` are the next steps back and forth.
    ``id`` is given by the store.
    """

    name: str
    style: str
    items: tuple[DraftItem, ...] = ()
    version: int = 0
    undoable: DraftChange | None = None
    redoable: DraftChange | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """A draft in a list. ``changed_at`` is in UTC."""

    id: int
    name: str
    style: str
    items: int
    changed_at: datetime


# --------------------------------------------------------------------------------------------------------------- accounts


LEAST_PASSWORD_CHARS = 10


class Role(StrEnum):
    """What an account may do. 读者 asks, reads, cites and drafts; 管理员 changes the library too and sees the settings."""

    READER = "reader"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        return {"reader": "读者", "admin": "管理员"}[self.value]


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in. ``id`` is random and never given again; ``made_at`` is in UTC."""

    id: str
    name: str
    role: Role
    made_at: datetime


class AuditAction(StrEnum):
    """What is written into the audit log."""

    UPLOAD = "upload"
    REPLACE = "replace"
    REMOVE = "remove"
    RESTORE = "restore"
    CORRECT = "correct"
    SIGN_IN = "sign_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGN_OUT = "sign_out"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_REMOVED = "account_removed"
    PASSWORD_SET = "password_set"

    @property
    def label(self) -> str:
        return _AUDIT_LABELS[self.value]


_AUDIT_LABELS = {
    "upload": "上传",
    "replace": "替换",
    "remove": "移走",
    "restore": "放回",
    "correct": "更正信息",
    "sign_in": "登录",
    "sign_in_refused": "登录被拒",
    "sign_out": "退出",
    "account_added": "添加用户",
    "account_removed": "删除用户",
    "password_set": "改密码",
}


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the audit log: at ``at`` (UTC), ``who`` (an account's name, 本机, 命令行 or QA_TOKEN) from the address
    ``where`` did ``action`` to ``what``; ``outcome`` says how it ended, empty where that is plain."""

    at: datetime
    who: str
    where: str
    action: AuditAction
    what: str
    outcome: str = ""
