"""What stands before and after a passage, without leaving the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from qa.errors import NotFoundError
from qa.records import Span
from qa.web.contexts import Page
from qa.web.facade import AssistantFacade
from qa.web.sources import Sources

AROUND_CHARS = 400
"""About this much is shown on either side: whole paragraphs, at least one."""


@dataclass(frozen=True, slots=True)
class AroundFragment(Page):
    """Paragraphs of the document on either side of a passage, in the order of the text; none where it begins or ends."""

    template: ClassVar[str] = "around.html"

    before: tuple[str, ...]
    after: tuple[str, ...]
    url: str


def around_fragment(assistant: AssistantFacade, span: Span) -> AroundFragment:
    """The surroundings of ``span``. Raises :class:`NotFoundError` where the document has no such place."""
    sources = Sources(assistant)
    document = sources.document(span.document_id)
    if not 0 <= span.start < span.end <= len(document.text):
        raise NotFoundError(
            f"文档“{document.id}”中没有位置 {span.start}-{span.end}",
            reason="资料或索引在您看过之后更新过",
            hint="重新提问",
        )
    before = [line for line in document.text[: span.start].split("\n") if line.strip()]
    after = [line for line in document.text[span.end :].split("\n") if line.strip()]
    return AroundFragment(
        before=tuple(reversed(_about(list(reversed(before))))),
        after=tuple(_about(after)),
        url=sources.address(span),
    )


def _about(lines: list[str]) -> list[str]:
    """The first lines up to :data:`AROUND_CHARS`, at least one."""
    kept: list[str] = []
    chars = 0
    for line in lines:
        if kept and chars + len(line) > AROUND_CHARS:
            break
        kept.append(line)
        chars += len(line)
    return kept
