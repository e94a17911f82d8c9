"""A draft laid out to be written: numbered quotations in their groups, and the list of references; the same for every format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from qa.citing.basket.standing import ItemStanding
from qa.citing.styles import format_citation
from qa.records import Draft

LISTED_AS = {"gbt7714-2025-footnote": "gbt7714-2025", "gbt7714-2015-footnote": "gbt7714-2015"}
"""Footnote style → the style of its list of references, where one entry serves every place cited (GB/T 7714—2025, 9.2.1.3)."""
FOOTED_AS = {listed: footed for footed, listed in LISTED_AS.items()}
"""Numeric style → its footnote form, which also says where in the document the words stand."""


class Notes(StrEnum):
    """Where a written draft says what it quotes."""

    BOTH = "both"
    FOOTNOTES = "footnotes"
    REFERENCES = "references"


@dataclass(frozen=True, slots=True)
class Entry:
    """A quotation. ``citation`` is in the draft's style, ``footnote`` in its footnote form; ``reference`` is the number, from 1, of
    its entry in the list. ``warning`` says that the words do not stand in the source any more.
    """

    number: int
    quote: str
    citation: str
    footnote: str
    reference: int
    note: str
    warning: str


@dataclass(frozen=True, slots=True)
class Section:
    """The quotations of a group; ``title`` is empty for those without one."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """A draft laid out. ``references`` are in the order in which they are first cited, each once."""

    title: str
    style: str
    sections: tuple[Section, ...]
    references: tuple[str, ...]


def contents_of(draft: Draft, standings: Sequence[ItemStanding]) -> Contents:
    """The draft laid out; ``standings`` are those of its items, in order."""
    listed, footed = LISTED_AS.get(draft.style, draft.style), FOOTED_AS.get(draft.style, draft.style)
    references: dict[str, int] = {}
    sections: dict[str, list[Entry]] = {}
    for number, each in enumerate(standings, 1):
        reference = format_citation(each.citation, listed)
        entry = Entry(
            number=number,
            quote=each.citation.quote,
            citation=format_citation(each.citation, draft.style),
            footnote=format_citation(each.citation, footed),
            reference=references.setdefault(reference, len(references) + 1),
            note=each.item.note,
            warning=each.warning,
        )
        sections.setdefault(each.item.group, []).append(entry)
    made = tuple(Section(title, tuple(entries)) for title, entries in sections.items())
    return Contents(draft.name, draft.style, made, tuple(references))
