"""What the templates are given: one frozen class a page, plain values only, nothing to compute in a template."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class Page:
    """A page or fragment context: what one template is given, and which template that is. Contexts of a screen stand beside its view."""

    __slots__ = ()
    template: ClassVar[str]


class PieceKind(StrEnum):
    """Why a stretch of quoted text stands out; the order is the order of precedence, lowest first."""

    PLAIN = "plain"
    LEAD = "lead"  # the title sentence of an item
    MATCH = "match"  # words of the question
    LEAD_MATCH = "lead-match"  # the same inside a title sentence
    ANSWER = "answer"
    CITED = "cited"  # the words that an address points at


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of quoted text; joined, the pieces are the quotation. ``anchors`` are element ids that begin here."""

    text: str
    kind: PieceKind = PieceKind.PLAIN
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class CitationLine:
    """A citation in one style, ready to copy."""

    style: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class CitationMenu:
    """Citations of the same words; the first line is what one press copies. ``all_url`` lists every style, ``collect_url`` is where
    a form puts the words into the 引用夹.
    """

    lines: tuple[CitationLine, ...]
    all_url: str
    collect_url: str


class Level(StrEnum):
    """Confidence in a word."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def word(self) -> str:
        return {"high": "高", "medium": "中", "low": "低"}[self.value]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A line of the timeline. ``current`` marks the answer itself."""

    when: str
    value: str
    source: Link
    current: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """The answer among those of other times and documents, oldest first: 口径年表 where they are figures."""

    title: str
    value_name: str
    rows: tuple[TimelineRow, ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The answer card: ``pieces`` are the evidence with the answer marked; ``items`` the parts of a list answer; ``original`` what is
    said of words that were recognised from a picture, ``caution`` what to bear in mind before the answer is used.
    """

    pieces: tuple[Piece, ...]
    short: bool
    items: tuple[Link, ...]
    source: Link
    citations: CitationMenu
    level: Level
    confidence: str
    original: str = ""
    caution: str = ""
    timeline: Timeline | None = None


@dataclass(frozen=True, slots=True)
class RefusalView:
    """「未找到」: why, and what to try."""

    reason: str
    unfiltered_url: str = ""
    title: str = "资料中未找到可靠答案"
    passages_note: str = "下面是最接近的段落，只作参考，不是答案。"


@dataclass(frozen=True, slots=True)
class Reason:
    """One way by which a passage came up. ``value`` in [0, 1] draws a bar; ``None`` draws none."""

    name: str
    text: str
    value: float | None = None


@dataclass(frozen=True, slots=True)
class PassageView:
    """A ranked passage. ``why`` says in words what the ``reasons`` say in figures; ``same`` are the places with the same text;
    ``original`` is as in :class:`AnswerView`.
    """

    rank: int
    anchor: str
    document: str
    heading_path: tuple[str, ...]
    kind: str
    pieces: tuple[Piece, ...]
    url: str
    around_url: str
    citations: CitationMenu
    why: str
    reasons: tuple[Reason, ...]
    same: tuple[Link, ...] = ()
    original: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, with how many passages of the library it lets through and the address without it."""

    name: str
    value: str
    count: int
    remove_url: str


@dataclass(frozen=True, slots=True)
class FacetOption:
    text: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    """Values by which the listed passages can be narrowed, with how many of them each would keep."""

    name: str
    options: tuple[FacetOption, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A form field that is carried along."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class VerdictChoice:
    """A button of the form; ``said`` when this is what the visitor said."""

    value: str
    name: str
    said: bool


@dataclass(frozen=True, slots=True)
class FeedbackForm:
    """Whether an answer is right. ``fields`` say what is judged: the question with its filters, the generation, and which answer."""

    fields: tuple[Field, ...]
    choices: tuple[VerdictChoice, ...]
    said: bool


@dataclass(frozen=True, slots=True)
class AskBox:
    """The box: what stands in it and the filters that stay set when something else is asked."""

    question: str = ""
    max_chars: int = 500
    carried: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodForm:
    """The form that limits the period; ``carried`` holds everything else of the address."""

    first: str
    last: str
    carried: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class AskPage(Page):
    """A question with what it brought back. Exactly one of ``answer`` and ``refusal`` is set."""

    template: ClassVar[str] = "ask.html"

    box: AskBox
    chips: tuple[Chip, ...]
    facets: tuple[Facet, ...]
    period: PeriodForm
    answer: AnswerView | None
    refusal: RefusalView | None
    passages: tuple[PassageView, ...]
    feedback: FeedbackForm
    notes: tuple[str, ...]
    elapsed: str


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in a list."""

    text: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class HomePage(Page):
    """The first page. ``documents`` may be fewer than ``document_count``; ``recent`` are the visitor's own questions."""

    template: ClassVar[str] = "home.html"

    box: AskBox
    recent: tuple[Link, ...]
    suggestions: tuple[Link, ...]
    sections: tuple[Link, ...]
    documents: tuple[DocumentLine, ...]
    document_count: int
    corpus: str


@dataclass(frozen=True, slots=True)
class HeadingView:
    level: int
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class PageMark:
    """Where a printed page begins. ``url`` shows it, "" where it cannot be drawn; ``doubt`` says that its words were recognised."""

    name: str
    url: str
    doubt: str


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page of the file as it is printed. ``note`` says what the picture does not show or what is to be held against it."""

    name: str
    url: str
    image_url: str
    description: str
    note: str
    opened: bool
    previous_url: str
    next_url: str


@dataclass(frozen=True, slots=True)
class BlockView:
    """A paragraph of the original. ``level`` is 0 but for headings; ``page`` where it is the first of a printed page.

    ``role`` is a :class:`qa.records.BlockRole`, or ``title`` or ``addressee`` within a masthead; ``start`` is where it begins in the
    document's text, so that a selection can be named by its offsets.
    """

    role: str
    level: int
    anchor: str
    hit: bool
    start: int
    pieces: tuple[Piece, ...]
    page: PageMark | None = None


@dataclass(frozen=True, slots=True)
class CardField:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class HitLine:
    """One of the hits: how it begins, its headings, and whether it is the one that the page stands at."""

    text: str
    where: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class HitList:
    """The passages of this document that the question brought up, in text order. ``position`` starts at 1."""

    question: str
    back_url: str
    hits: tuple[HitLine, ...]
    total: int
    position: int | None
    previous_url: str
    next_url: str


@dataclass(frozen=True, slots=True)
class DocumentPage(Page):
    """The whole document as it was read. ``citations`` are those of the words that the address points at."""

    template: ClassVar[str] = "document.html"

    document_id: str
    title: str
    fields: tuple[CardField, ...]
    warnings: tuple[str, ...]
    file_url: str
    headings: tuple[HeadingView, ...]
    blocks: tuple[BlockView, ...]
    citations: CitationMenu | None
    hits: HitList | None
    notice: str
    printed: PrintedPage | None


@dataclass(frozen=True, slots=True)
class PrintedPart(Page):
    """A printed page alone, put in the place of another by a script."""

    template: ClassVar[str] = "printed.html"

    printed: PrintedPage


@dataclass(frozen=True, slots=True)
class CitePage(Page):
    """One quotation with its citation in every style."""

    template: ClassVar[str] = "cite.html"

    quotation: str
    source: Link
    lines: tuple[CitationLine, ...]


@dataclass(frozen=True, slots=True)
class HintPart:
    """A stretch of a hint; ``command`` when it is to be typed as it stands."""

    text: str
    command: bool = False


@dataclass(frozen=True, slots=True)
class ErrorPage(Page):
    """Something that could not be done."""

    template: ClassVar[str] = "error.html"

    status: int
    title: str
    reason: str
    hint: tuple[HintPart, ...]
    box: AskBox
