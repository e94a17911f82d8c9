"""Cutting a quotation from a document: the only way a :class:`~qa.records.Citation` comes to be."""

from __future__ import annotations

from collections.abc import Sequence

from qa.citing.clause import headings_of
from qa.errors import NotFoundError, UsageError
from qa.records import Citation, Document, Span


def cite(document: Document, span: Span, heading_path: Sequence[str] | None = None) -> Citation:
    """A citation whose quote is exactly ``document.text[span.start:span.end]``, under the headings that it stands under.

    ``heading_path`` runs from the outermost heading inwards; it is given only where it is known already. Raises :class:`~qa.errors.NotFoundError` when the span
    belongs to another document or reaches beyond its end (the document was replaced), and
    :class:`~qa.errors.UsageError` when it is empty, reversed or negative.
    """
    if span.document_id != document.id:
        raise NotFoundError(
            f"引文不在文档“{document.id}”中",
            reason=f"引文指向的是文档“{span.document_id}”",
            hint="请从资料库中重新打开该文档后再引用",
        )
    if not 0 <= span.start < span.end:
        raise UsageError(
            f"引文位置 {span.start}-{span.end} 不成立",
            reason="起点须不小于 0 且小于终点",
            hint="请在原文中重新选取要引用的文字",
        )
    if span.end > len(document.text):
        raise NotFoundError(
            f"文档“{document.id}”中没有位置 {span.start}-{span.end}",
            reason=f"文档现有 {len(document.text)} 字，可能在引用之后被替换或缩短",
            hint="请在原文中重新查找所引文字",
        )
    quote = document.text[span.start : span.end]
    path = headings_of(document, span) if heading_path is None else tuple(heading_path)
    return Citation(span=span, quote=quote, card=document.card, path=document.path, heading_path=path)
