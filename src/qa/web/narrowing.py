"""Narrowing a search: the filters that are set, as chips, and the values that would narrow it further, with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from qa.errors import NotFoundError
from qa.records import Filters, Hit, Passage, Query
from qa.web.addresses import ask_address, filter_parameters, without, written_day
from qa.web.contexts import Chip, Facet, FacetOption, Field, PeriodForm
from qa.web.sources import Sources


def carried_fields(filters: Filters) -> tuple[Field, ...]:
    """The filters as form fields, so that the next question keeps them."""
    return tuple(Field(name, value) for name, value in filter_parameters(filters))


def chips(query: Query, sources: Sources) -> tuple[Chip, ...]:
    """The filters that are set, each with how much of the library it alone lets through and the address without it."""
    filters = query.filters
    made = []

    def chip(name: str, value: str, *names: str) -> Chip:
        alone = Filters(**{each: getattr(filters, each) for each in names})
        return Chip(name, value, sources.passage_count(alone), ask_address(query.text, without(filters, *names)))

    if filters.first or filters.last:
        made.append(chip("时间", _period_text(filters), "first", "last"))
    if filters.kind:
        made.append(chip("文种", filters.kind, "kind"))
    if filters.section:
        made.append(chip("栏目", filters.section, "section"))
    if filters.document_id:
        made.append(chip("文档", _document_text(filters.document_id, sources), "document_id"))
    return tuple(made)


def facets(query: Query, hits: Sequence[Hit], sources: Sources) -> tuple[Facet, ...]:
    """Values of the listed passages that are no filter yet, most frequent first, with how many passages hold each.

    A facet whose only value is that of every passage narrows nothing and is left out.
    """
    filters = query.filters
    passages = [hit.passage for hit in hits]
    made = []
    if not (filters.first or filters.last):
        made.append(_facet("年份", query, passages, lambda p: str(p.date.year) if p.date else None, _in_year))
    if not filters.kind:
        made.append(_facet("文种", query, passages, lambda p: p.kind, lambda f, value: replace(f, kind=value)))
    if not filters.section:
        made.append(
            _facet("栏目", query, passages, lambda p: p.section or None, lambda f, value: replace(f, section=value))
        )
    if not filters.document_id:
        facet = _facet("文档", query, passages, lambda p: p.document_id, lambda f, value: replace(f, document_id=value))
        made.append(_named(facet, sources))
    return tuple(
        facet
        for facet in made
        if facet.options and not (len(facet.options) == 1 and facet.options[0].count == len(passages))
    )


def period_form(query: Query) -> PeriodForm:
    """The form for a period, carrying the question and the other filters."""
    filters = query.filters
    rest = without(filters, "first", "last")
    return PeriodForm(
        first=written_day(filters.first, last=False) if filters.first else "",
        last=written_day(filters.last, last=True) if filters.last else "",
        carried=(Field("q", query.text), *carried_fields(rest)),
    )


def _period_text(filters: Filters) -> str:
    first = written_day(filters.first, last=False) if filters.first else ""
    last = written_day(filters.last, last=True) if filters.last else ""
    if first == last:
        return f"{first}年" if len(first) == 4 else first
    if not first:
        return f"截至 {last}"
    return f"{first} 起" if not last else f"{first} 至 {last}"


def _document_text(document_id: str, sources: Sources) -> str:
    try:
        return sources.name(document_id)
    except NotFoundError:
        return document_id  # a filter of an old address; the chip is the way to take it off


def _facet(
    name: str,
    query: Query,
    passages: Sequence[Passage],
    value_of: Callable[[Passage], str | None],
    narrowed: Callable[[Filters, str], Filters],
) -> Facet:
    counts = Counter(value for value in map(value_of, passages) if value)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    options = (FacetOption(value, n, ask_address(query.text, narrowed(query.filters, value))) for value, n in ordered)
    return Facet(name, tuple(options))


def _in_year(filters: Filters, year: str) -> Filters:
    return replace(filters, first=date(int(year), 1, 1), last=date(int(year), 12, 31))


def _named(facet: Facet, sources: Sources) -> Facet:
    options = (replace(option, text=_document_text(option.text, sources)) for option in facet.options)
    return replace(facet, options=tuple(options))
