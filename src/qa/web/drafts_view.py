"""From drafts to their pages."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from qa.citing.address import citation_address
from qa.citing.basket.changes import DRAFT_STYLES, groups_of
from qa.citing.basket.desk import Desk
from qa.citing.basket.standing import ItemStanding, Standing
from qa.citing.styles import DEFAULT_STYLE, SHORT_STYLE, STYLES, format_citation
from qa.records import Draft, DraftChange, DraftSummary
from qa.web.contexts import Link
from qa.web.drafts_contexts import (
    DraftLine,
    DraftPage,
    DraftsPage,
    DriftView,
    ItemView,
    Piece,
    SectionView,
    StepView,
    StyleOption,
)

DRAFTS = "/drafts"
_EXPORTS = (("docx", "Word"), ("md", "Markdown"), ("txt", "纯文本"))
_MORE_EXPORTS = (
    ("docx?notes=footnotes", "Word，只要脚注"),
    ("docx?notes=references", "Word，只要文后参考文献，正文标 [1]"),
    ("bib", "所引文档：BibTeX"),
    ("ris", "所引文档：RIS"),
    ("json", "所引文档：CSL-JSON"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What the page says of what was just done; ``unsaved`` is the note of an item that could not be kept."""

    notice: str = ""
    alarm: str = ""
    unsaved: tuple[int, str] | None = None


def draft_address(draft_id: int, item_id: int | None = None) -> str:
    """``/drafts/3`` or ``/drafts/3#item-12``."""
    return f"{DRAFTS}/{draft_id}" + (f"#item-{item_id}" if item_id else "")


def drafts_page(
    drafts: Sequence[DraftSummary], deleted: Sequence[DraftSummary], current: Draft | None, gone: str = ""
) -> DraftsPage:
    """The list of drafts; ``gone`` is the id of the one that was just deleted, as it stands in the address."""
    away = tuple(_line(each, None) for each in deleted)
    return DraftsPage(
        drafts=tuple(_line(each, current) for each in drafts),
        deleted=away,
        gone=next((line for line in away if str(line.id) == gone), None),
        styles=_styles(DEFAULT_STYLE),
        token=new_token(),
    )


def draft_page(desk: Desk, draft: Draft, said: Said | None = None) -> DraftPage:
    """The page of a draft."""
    said = said or Said()
    standings = desk.standings(draft)
    address = draft_address(draft.id)
    doubtful = ((n, each) for n, each in enumerate(standings, 1) if not each.standing.sound)
    return DraftPage(
        id=draft.id,
        name=draft.name,
        count=len(draft.items),
        styles=_styles(draft.style),
        undo=_step(draft.undoable),
        redo=_step(draft.redoable),
        sections=_sections(draft, standings, said),
        groups=tuple(name for name in groups_of(draft) if name),
        exports=tuple(Link(name, f"{address}/export.{form}") for form, name in _EXPORTS),
        more_exports=tuple(Link(name, f"{address}/export.{form}") for form, name in _MORE_EXPORTS),
        doubtful=tuple(Link(f"第 {n} 条", f"#item-{each.item.id}") for n, each in doubtful),
        notice=said.notice,
        alarm=said.alarm,
        token=new_token(),
    )


def new_token() -> str:
    """What makes a form work once: nobody else has it."""
    return secrets.token_urlsafe(12)


def _styles(chosen: str) -> tuple[StyleOption, ...]:
    return tuple(StyleOption(style, name, style == chosen) for style, name in DRAFT_STYLES.items())


def _line(summary: DraftSummary, current: Draft | None) -> DraftLine:
    return DraftLine(
        id=summary.id,
        name=summary.name,
        url=draft_address(summary.id),
        items=summary.items,
        style=STYLES.get(summary.style, summary.style),
        when=_when(summary.changed_at),
        at=summary.changed_at.isoformat(timespec="seconds"),
        current=current is not None and current.id == summary.id,
    )


def _when(moment: datetime) -> str:
    here = moment.astimezone()
    return f"{here.year}年{here.month}月{here.day}日 {here:%H:%M}"


def _step(change: DraftChange | None) -> StepView | None:
    return StepView(change.number, change.label) if change else None


def _sections(draft: Draft, standings: Sequence[ItemStanding], said: Said) -> tuple[SectionView, ...]:
    names = groups_of(draft)
    named = [name for name in names if name]
    last = len(standings)
    views: dict[str, list[ItemView]] = {name: [] for name in names}
    for number, each in enumerate(standings, 1):
        # The first item of all can still leave its group upwards.
        view = _item(number, each, draft.style, (number > 1 or each.item.group != "", number < last), said)
        views[each.item.group].append(view)
    return tuple(
        SectionView(name, tuple(items), name in named[1:], name in named[:-1]) for name, items in views.items()
    )


def _item(number: int, each: ItemStanding, style: str, can_move: tuple[bool, bool], said: Said) -> ItemView:
    item, citation = each.item, each.citation
    unsaved = said.unsaved[1] if said.unsaved and said.unsaved[0] == item.id else None
    return ItemView(
        id=item.id,
        number=number,
        quote=citation.quote,
        citation=format_citation(citation, style),
        source=format_citation(citation, SHORT_STYLE),
        url="" if each.standing is Standing.REMOVED else citation_address(citation),
        note=item.note if unsaved is None else unsaved,
        was=item.note,
        group=item.group,
        moved=each.standing is Standing.MOVED,
        drift=_drift(each),
        can_rise=can_move[0],
        can_sink=can_move[1],
        editing=unsaved is not None,
    )


def _drift(each: ItemStanding) -> DriftView | None:
    if each.standing.sound:
        return None
    quote, present = each.citation.quote, each.present
    if present is None:
        return DriftView(each.warning, (Piece(quote),), (), "")
    return DriftView(
        "原文在收集之后改动过：",
        _pieces(quote, [(edit.a_start, edit.a_end) for edit in each.edits]),
        _pieces(present.quote, [(edit.b_start, edit.b_end) for edit in each.edits]),
        citation_address(present),
    )


def _pieces(text: str, differences: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    """``text`` cut at its differences; joined, the pieces are the text."""
    made, reached = [], 0
    for start, end in differences:
        made += [Piece(text[reached:start]), Piece(text[start:end], True)]
        reached = end
    made.append(Piece(text[reached:]))
    return tuple(piece for piece in made if piece.text)
