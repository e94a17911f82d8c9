"""From a :class:`qa.records.Document` to the page that shows the whole of it, with the cited words highlighted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.citing.drift import DriftState, resolve
from qa.citing.permalink import Permalink, permalink
from qa.errors import QaError
from qa.records import Block, BlockRole, Document, Hit, Passage, Query, Span
from qa.text.normalise import comparable
from qa.web.addresses import anchor, ask_address, file_address
from qa.web.asking import read_filters, read_question
from qa.web.contexts import (
    BlockView,
    CardField,
    CitationLine,
    CitePage,
    DocumentPage,
    HeadingView,
    HitLine,
    HitList,
    Link,
    PieceKind,
)
from qa.web.facade import AssistantFacade
from qa.web.marking import Anchor, Mark, matches, pieces
from qa.web.sources import Sources, card_fields, citation_lines, citation_menu, document_heading, short_citation

BEGINNING_CHARS = 36


@dataclass(frozen=True, slots=True)
class _Cited:
    """The words to highlight, the element ids that lead to them, and what must be said about them."""

    span: Span | None = None
    anchors: tuple[str, ...] = ()
    notice: str = ""


@dataclass(frozen=True, slots=True)
class _Hits:
    """The question that led here, its words as they are looked for, and its hits in this document, in the order of the text."""

    query: Query = Query("")
    words: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()


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
    hits = _hits(assistant, document_id, parameters)
    return DocumentPage(
        document_id=document.id,
        title=document_heading(document),
        fields=_fields(document, len(passages)),
        warnings=document.warnings,
        file_url=file_address(document_id),
        headings=tuple(HeadingView(h.level, h.title, _heading_anchor(h.start)) for h in document.headings),
        blocks=_blocks(document, passages, cited, hits or _Hits()),
        citations=citation_menu(sources.citation(span)) if span else None,
        hits=_hit_list(hits, span, sources) if hits else None,
        notice=cited.notice,
    )


def cite_page(assistant: AssistantFacade, span: Span, base_url: str) -> CitePage:
    """A span's citation in every style, and its permanent address below ``base_url`` (``http://host:port``).

    Raises :class:`qa.errors.QaError` where the document has no such span or there are no words in it.
    """
    sources = Sources(assistant)
    citation = sources.citation(span)
    address = base_url + permalink(sources.document(span.document_id), span).address
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
    link = Permalink(asked, parameters["q"], quote, parameters.get("before", ""), parameters.get("after", ""))
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


def _hits(assistant: AssistantFacade, document_id: str, parameters: Mapping[str, str]) -> _Hits | None:
    """The question that led here with its hits in this document; ``None`` where there was none, or none that can be asked."""
    text = read_question(parameters.get("ask", ""))
    if not text:
        return None
    try:
        query = Query(text, read_filters(parameters), assistant.settings.top_k)
        found: tuple[Hit, ...] = assistant.search(query)
        question = assistant.understand(query)
    except QaError:
        return None  # the document is what was asked for; its page does not fail for the sake of a question
    passages = sorted((h.passage for h in found if h.passage.document_id == document_id), key=lambda p: p.start)
    return _Hits(query, tuple(word.text for word in question.words), question.terms, tuple(passages))


def _fields(document: Document, passage_count: int) -> tuple[CardField, ...]:
    counted = (("文件", document.path), ("篇幅", f"{len(document.text):,} 字，{passage_count} 段"))
    return tuple(CardField(name, value) for name, value in (*card_fields(document.card), *counted))


def _heading_anchor(start: int) -> str:
    return f"h-{start}"


def _blocks(document: Document, passages: Sequence[Passage], cited: _Cited, hits: _Hits) -> tuple[BlockView, ...]:
    blocks = document.blocks or _paragraphs(document.text)
    first = next((block for block in blocks if _touches(cited.span, block)), None)
    views = []
    for block in blocks:
        begun = [(p.start, anchor(p.span)) for p in passages if block.start <= p.start < block.end]
        anchors = [Anchor(start - block.start, id) for start, id in begun if id not in cited.anchors]
        if block is first and cited.span:
            at = max(cited.span.start - block.start, 0)
            anchors += [Anchor(at, id) for id in cited.anchors]
        marks = _marks(block, cited.span)
        marks += _matches(document, block, hits, lead=next((m.end for m in marks if m.kind is PieceKind.LEAD), 0))
        views.append(_block(document, block, marks, anchors, hits.passages))
    return tuple(views)


def _marks(block: Block, span: Span | None) -> list[Mark]:
    marks = []
    if block.item and block.lead_end is not None:
        marks.append(Mark(0, block.lead_end - block.start, PieceKind.LEAD))
    if span and _touches(span, block):
        marks.append(Mark(span.start - block.start, span.end - block.start, PieceKind.CITED))
    return marks


def _matches(document: Document, block: Block, hits: _Hits, lead: int) -> list[Mark]:
    """The words of the question, where the block belongs to a hit; up to ``lead`` they are part of the title sentence."""
    if not any(p.start < block.end and block.start < p.end for p in hits.passages):
        return []
    found = matches(document.text[block.start : block.end], hits.words, hits.terms)
    return [Mark(m.start, m.end, PieceKind.LEAD_MATCH if m.end <= lead else m.kind) for m in found]


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


def _hit_list(found: _Hits, span: Span | None, sources: Sources) -> HitList:
    hits, query = found.passages, found.query
    at = next((i for i, p in enumerate(hits) if span and p.start < span.end and span.start < p.end), None)
    if at is not None:
        before, after = hits[:at], hits[at + 1 :]
    else:
        border = span.start if span else 0
        before = tuple(p for p in hits if span and p.start < border)
        after = tuple(p for p in hits if p.start >= border)
    lines = (
        HitLine(_beginning(p.text), p.section, sources.address(p.span, query), place == at)
        for place, p in enumerate(hits)
    )
    return HitList(
        question=query.text,
        back_url=ask_address(query.text, query.filters),
        hits=tuple(lines),
        total=len(hits),
        position=None if at is None else at + 1,
        previous_url=sources.address(before[-1].span, query) if before else "",
        next_url=sources.address(after[0].span, query) if after else "",
    )


def _beginning(text: str) -> str:
    """How a passage begins, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= BEGINNING_CHARS else f"{line[:BEGINNING_CHARS]}…"
