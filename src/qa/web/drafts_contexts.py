"""What the templates of the 引用夹 are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from qa.web.contexts import Link, Page


@dataclass(frozen=True, slots=True)
class StyleOption:
    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in the list. ``current``: this browser collects into it. ``when`` is local time in words, ``at`` ISO."""

    id: int
    name: str
    url: str
    items: int
    style: str
    when: str
    at: str
    current: bool


@dataclass(frozen=True, slots=True)
class DraftsPage(Page):
    """All drafts. ``token`` lets the form that makes one work once; ``gone`` is the one that was just deleted."""

    template: ClassVar[str] = "drafts.html"

    drafts: tuple[DraftLine, ...]
    deleted: tuple[DraftLine, ...]
    gone: DraftLine | None
    styles: tuple[StyleOption, ...]
    token: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words; ``differs`` where the other version has other ones."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class DriftView:
    """Words that are not what they were: then and, where they can still be found, now."""

    message: str
    then: tuple[Piece, ...]
    now: tuple[Piece, ...]
    now_url: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """A collected quotation. ``url`` is empty where the document is gone; ``note`` is what stands in the field, ``was`` what is kept."""

    id: int
    number: int
    quote: str
    citation: str
    source: str
    url: str
    note: str
    was: str
    group: str
    moved: bool
    drift: DriftView | None
    can_rise: bool
    can_sink: bool
    editing: bool


@dataclass(frozen=True, slots=True)
class SectionView:
    """The quotations of a group; ``title`` is empty for those without one."""

    title: str
    items: tuple[ItemView, ...]
    can_rise: bool
    can_sink: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """撤销 or 重做: what it would take back or do again, and its number in the journal."""

    number: int
    label: str


@dataclass(frozen=True, slots=True)
class DraftPage(Page):
    """One draft. ``doubtful`` leads to the quotations whose words do not stand any more; ``token`` makes every button work once."""

    template: ClassVar[str] = "draft.html"

    id: int
    name: str
    count: int
    styles: tuple[StyleOption, ...]
    undo: StepView | None
    redo: StepView | None
    sections: tuple[SectionView, ...]
    groups: tuple[str, ...]
    exports: tuple[Link, ...]
    more_exports: tuple[Link, ...]
    doubtful: tuple[Link, ...]
    notice: str
    alarm: str
    token: str
