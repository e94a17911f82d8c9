"""The form in which a document's card is corrected, and what it sends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from qa.errors import DocumentError
from qa.indexing.removal import inside
from qa.reading.correction import DATE_FIELDS, FIELD_NAMES, Value, correction_paths, parse_value
from qa.records import CARD_FIELDS, DocumentSummary
from qa.web.addresses import document_page
from qa.web.contexts import Field, Link
from qa.web.library_contexts import CardRow, LibraryCardPage
from qa.web.library_desk import LibraryDesk
from qa.web.library_view import title_of

AS_READ = "as_read"
"""Name of the boxes that take a field's correction back; the value is the field."""


def card_page(
    desk: LibraryDesk, summary: DocumentSummary, sent: Mapping[str, str] | None = None, problems: tuple[str, ...] = ()
) -> LibraryCardPage:
    """The form for a document; ``sent`` is what stands in it instead of the card, when that could not be taken."""
    correction = desk.correction(summary)
    corrected = set(correction.values) if correction else set()
    sources = dict(summary.card_sources)
    place = inside(desk.settings.corpus, summary.path)
    return LibraryCardPage(
        document=Link(title_of(summary), document_page(summary.id)),
        path=summary.path,
        rows=tuple(
            CardRow(
                name=name,
                label=FIELD_NAMES[name],
                value=sent.get(name, "") if sent is not None else _written(getattr(summary.card, name)),
                source=sources.get(name, "更正为没有" if name in corrected else "文档里没有读出"),
                corrected=name in corrected,
                is_date=name in DATE_FIELDS,
            )
            for name in CARD_FIELDS
        ),
        file_name=correction.name if correction else correction_paths(place)[0].name,
        problems=problems or (correction.problems if correction else ()),
        carried=(Field("document", summary.id),),
    )


def read_form(form: Mapping[str, str]) -> tuple[dict[str, Value], tuple[str, ...]]:
    """(the fields' values, what is wrong with the others)."""
    values: dict[str, Value] = {}
    problems = []
    for name in CARD_FIELDS:
        if name not in form:
            continue
        try:
            values[name] = parse_value(name, form[name])
        except DocumentError as error:
            problems.append(str(error))
    return values, tuple(problems)


def _written(value: str | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""
