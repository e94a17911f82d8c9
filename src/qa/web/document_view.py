"""From a :class:`qa.records.Document` to the page that shows the whole of it, with the cited words highlighted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.datastructures import QueryParams

from qa.citing.drift import DriftState, resolve
from qa.citing.permalink import Permalink, permalink
from qa.records import Block, BlockRole, Document, Passage, Span
from qa.text.normalise import comparable
from qa.web.addresses import anchor, file_address
from qa.web.contexts import (
    BlockView,
    CardField,
    CitationLine,
    CitePage,
    DocumentPage,
    HeadingView,
    Link,
    PieceKind,
    PrintedPart,
)
from qa.web.document_hits import DocumentHits, hit_list, question_words, read_hits
from qa.web.facade import AssistantFacade
from qa.web.marking import Anchor, Mark, pieces
from qa.web.printed_view import page_marks, printed_page
from qa.web.sources import Sources, card_fields, citation_lines, citation_menu, document_heading, short_citation

ADDRESSED_CHARS = 500
"""Longer quotations are not written into their address: percent-encoded they take nine times as much."""


@dataclass(frozen=True, slots=True)
class _Cited:
    """The words to highlight, the element ids that lead to them, and what must be said about them."""

    span: Span | None = None
    anchors: tuple[str, ...] = ()
    notice: str = ""


def document_page(assistant: AssistantFacade, document_id: str, parameters: Mapping[str, str]) -> DocumentPage:
    """The page of a document; ``start`` and ``end`` name the cited words, ``q`` (with ``quote``,
    ``before``, ``after``) is their fingerprint in a permanent address, ``ask`` the question that led here.

    Raises :class:`qa.errors.NotFoundError` for an unknown document. A position that is not in the document is no error:
    the page says so and shows the document.
    """
    sources = Sources(assistant)
    document = sources.document(document_id)
    passages = assistant.passages_of(document_id)
    cited = _read_span(document, parameters)
    span = cited.span
    hits = read_hits(assistant, document_id, parameters)
    return DocumentPage(
        document_id=document.id,
        title=document_heading(document),
        fields=_fields(document, len(passages)),
        warnings=document.warnings,
        file_url=file_address(document_id),
        headings=tuple(HeadingView(h.level, h.title, _heading_anchor(h.start)) for h in document.headings),
        blocks=_blocks(document, passages, cited, hits or DocumentHits()),
        citations=citation_menu(sources.citation(span)) if span else None,
        hits=hit_list(hits, span, sources) if hits else None,
        notice=cited.notice,
        printed=printed_page(document, span, parameters),
    )


def printed_part(assistant: AssistantFacade, document_id: str, parameters: Mapping[str, str]) -> PrintedPart | None:
    """The printed page of the same address alone; ``None`` where the document has none."""
    document = Sources(assistant).document(document_id)
    printed = printed_page(document, _read_span(document, parameters).span, parameters)
    return PrintedPart(printed) if printed else None


def cite_page(assistant: AssistantFacade, span: Span, base_url: str) -> CitePage:
    """A span's citation in every style, and its permanent address below ``base_url`` (``http://host:port``): the whole one, so that
    whoever opens it after the words changed sees both; the short one where the words are too long for an address.

    Raises :class:`qa.errors.QaError` where the document has no such span or there are no words in it.
    """
    sources = Sources(assistant)
    citation = sources.citation(span)
    link = permalink(sources.document(span.document_id), span)
    address = base_url + (link.text if len(link.quote) <= ADDRESSED_CHARS else link.address)
    lines = (*citation_lines(citation), CitationLine("address", "引文地址", address))
    return CitePage(citation.quote, Link(short_citation(citation), sources.address(span)), lines)


def _read_span(document: Document, parameters: Mapping[str, str]) -> _Cited:
    """The cited span, and what must be said about it: that it is not there, that its words moved or have changed."""
    start, end = parameters.get("start", ""), parameters.get("end", "")
    if not start and not end:
        return _Cited()
    if not all(text.isascii() and text.isdigit() and len(text) < 10 for text in (start, end)):
        return _Cited(notice="地址里的引文位置不是数字，没有标示任何文字。")
    asked = Span(document.id, int(start), int(end))
    if parameters.get("q"):
        return _resolved(document, asked, parameters)
    if asked.end > len(document.text) or not document.text[asked.start : asked.end].strip():
        where = f"引文位置 {start}–{end} 不在本文档之内（全文 {len(document.text)} 字）"
        return _Cited(notice=f"{where}，没有标示任何文字。")
    return _Cited(asked, (anchor(asked),))


def _resolved(document: Document, asked: Span, parameters: Mapping[str, str]) -> _Cited:
    """The words of a permanent address, wherever they stand in the document as it is now."""
    quote = parameters.get("quote", "")
    path = tuple(parameters.getlist("path")) if isinstance(parameters, QueryParams) else ()
    link = Permalink(asked, parameters["q"], quote, parameters.get("before", ""), parameters.get("after", ""), path)
    found = resolve(link, document)
    if found.state is DriftState.VANISHED or found.span is None:
        words = f"「{quote}」" if quote else ""
        return _Cited(notice=f"文档改动过：所引文字{words}在现在的版本里已经找不到，没有标示任何文字。")
    anchors = tuple(dict.fromkeys((anchor(asked), anchor(found.span))))
    notices = {
        DriftState.MOVED: "文档改动过：所引文字没有变，位置已经移动，标出的是现在的位置。",
        DriftState.CHANGED: f"文档改动过：引用时是「{quote}」，现在是「{found.quote}」。引用前请核对。",
    }
    return _Cited(found.span, anchors, notices.get(found.state, ""))


def _fields(document: Document, passage_count: int) -> tuple[CardField, ...]:
    counted = (("文件", document.path), ("篇幅", f"{len(document.text):,} 字，{passage_count} 段"))
    return tuple(CardField(name, value) for name, value in (*card_fields(document.card), *counted))


def _heading_anchor(start: int) -> str:
    return f"h-{start}"


def _blocks(
    document: Document, passages: Sequence[Passage], cited: _Cited, hits: DocumentHits
) -> tuple[BlockView, ...]:
    blocks = document.blocks or _paragraphs(document.text)
    first = next((block for block in blocks if _touches(cited.span, block)), None)
    marks_of_pages = page_marks(document, blocks, cited.span)
    views = []
    for block in blocks:
        begun = [(p.start, anchor(p.span)) for p in passages if block.start <= p.start < block.end]
        anchors = [Anchor(start - block.start, id) for start, id in begun if id not in cited.anchors]
        if block is first and cited.span:
            at = max(cited.span.start - block.start, 0)
            anchors += [Anchor(at, id) for id in cited.anchors]
        marks = _marks(block, cited.span)
        marks += question_words(document, block, hits, lead=next((m.end for m in marks if m.kind is PieceKind.LEAD), 0))
        view = _block(document, block, marks, anchors, hits.passages)
        views.append(replace(view, page=marks_of_pages.get(block.start)))
    return tuple(views)


def _marks(block: Block, span: Span | None) -> list[Mark]:
    marks = []
    if block.item and block.lead_end is not None:
        marks.append(Mark(0, block.lead_end - block.start, PieceKind.LEAD))
    if span and _touches(span, block):
        marks.append(Mark(span.start - block.start, span.end - block.start, PieceKind.CITED))
    return marks


def _touches(span: Span | None, block: Block) -> bool:
    return span is not None and span.start < block.end and block.start < span.end


def _block(
    document: Document, block: Block, marks: Sequence[Mark], anchors: Sequence[Anchor], hits: Sequence[Passage]
) -> BlockView:
    heading = next((h for h in document.headings if block.start <= h.start < block.end), None)
    is_heading = block.role is BlockRole.HEADING and heading is not None
    return BlockView(
        role=_role(document, block),
        level=heading.level if is_heading and heading else 0,
        anchor=_heading_anchor(heading.start) if heading else "",
        hit=any(p.start < block.end and block.start < p.end for p in hits),
        start=block.start,
        pieces=pieces(document.text[block.start : block.end], marks, anchors),
    )


def _role(document: Document, block: Block) -> str:
    """How a block is set: its role, with the title and lines that address someone told apart from the rest of a masthead."""
    text = document.text[block.start : block.end]
    if block.role is not BlockRole.MASTHEAD:
        return block.role.value
    if document.card.title and comparable(text) == comparable(document.card.title):
        return "title"
    return "addressee" if text.rstrip().endswith(("：", ":")) else block.role.value


def _paragraphs(text: str) -> tuple[Block, ...]:
    """Lines as blocks, for a document that came without any."""
    made, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            made.append(Block(BlockRole.BODY, start, start + len(line)))
        start += len(line) + 1
    return tuple(made)
