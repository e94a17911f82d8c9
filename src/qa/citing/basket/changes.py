"""What can be done to a draft: functions from a draft to the draft after it. Undoing is the store's.

Items of one group stand together, in the order in which the groups came up; those without a group come first. Items are named by
their ids, so that a change that another window made meanwhile is never undone by accident.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from qa.citing.styles import EXCHANGE_STYLES, STYLES, check_style
from qa.errors import ConflictError, NotFoundError, UsageError
from qa.records import Draft, DraftItem

Edit = Callable[[Draft], Draft]

MAX_ITEMS = 500
MAX_NAME_CHARS = 60
MAX_NOTE_CHARS = 2000
DRAFT_STYLES = {style: name for style, name in STYLES.items() if style not in EXCHANGE_STYLES}
"""The styles of running text, which a draft may have; the exchange formats are ways of writing it out."""


class Direction(StrEnum):
    """One step in the order of a draft."""

    UP = "up"
    DOWN = "down"


def added(item: DraftItem) -> Edit:
    """Puts an item at the end of its group. Words that the draft holds already are not put in twice."""

    def edit(draft: Draft) -> Draft:
        if held(draft, item) is not None:
            return draft
        if len(draft.items) >= MAX_ITEMS:
            raise UsageError(
                f"引用夹“{draft.name}”已满",
                reason=f"一个引用夹最多 {MAX_ITEMS} 条",
                hint="另建一个引用夹，或删去不用的",
            )
        return _regrouped(draft, (*draft.items, replace(item, group=checked_name(item.group, "分组"))))

    return edit


def held(draft: Draft, item: DraftItem) -> DraftItem | None:
    """The item of the draft that quotes the same place of the same document in the same words."""
    wanted = (item.citation.span, item.citation.quote)
    return next((each for each in draft.items if (each.citation.span, each.citation.quote) == wanted), None)


def removed(item_id: int) -> Edit:
    """Takes an item out."""

    def edit(draft: Draft) -> Draft:
        item = item_in(draft, item_id)
        return replace(draft, items=tuple(each for each in draft.items if each is not item))

    return edit


def noted(item_id: int, note: str, was: str | None = None) -> Edit:
    """Writes an item's note. ``was`` is the note that the writer saw: another one there now is not written over."""
    text = checked_note(note)

    def edit(draft: Draft) -> Draft:
        item = item_in(draft, item_id)
        if was is not None and item.note not in (checked_note(was), text):
            raise ConflictError(
                "备注没有改：另一个窗口刚改过它",
                reason=f"现在的备注是“{item.note}”" if item.note else "现在的备注是空的",
                hint="对照两处，改好后再保存",
            )
        return _with_item(draft, replace(item, note=text))

    return edit


def grouped(item_id: int, group: str) -> Edit:
    """Puts an item at the end of a group, which may be new; an empty name takes it out of its group."""
    name = checked_name(group, "分组")

    def edit(draft: Draft) -> Draft:
        item = item_in(draft, item_id)
        if item.group == name:
            return draft
        others = tuple(each for each in draft.items if each is not item)
        return _regrouped(draft, (*others, replace(item, group=name)))

    return edit


def stepped(item_id: int, direction: Direction) -> Edit:
    """Moves an item one step; at the edge of its group it goes over into the neighbouring group."""
    up = direction is Direction.UP

    def edit(draft: Draft) -> Draft:
        item = item_in(draft, item_id)
        at = draft.items.index(item)
        beside = at - 1 if up else at + 1
        if not 0 <= beside < len(draft.items):
            return _with_item(draft, replace(item, group="")) if up else draft
        neighbour = draft.items[beside]
        if neighbour.group != item.group:
            return _regrouped(draft, _with_item(draft, replace(item, group=neighbour.group)).items)
        order = list(draft.items)
        order[at], order[beside] = neighbour, item
        return replace(draft, items=tuple(order))

    return edit


def placed(item_id: int, before: int | None, group: str) -> Edit:
    """Puts an item into a group right before another item of it, or at the group's end (``before`` is ``None``)."""
    name = checked_name(group, "分组")

    def edit(draft: Draft) -> Draft:
        item = item_in(draft, item_id)
        if before == item_id:
            return draft
        order = [each for each in draft.items if each is not item]
        at = len(order) if before is None else order.index(item_in(draft, before))
        order.insert(at, replace(item, group=name if before is None else order[at].group))
        return _regrouped(draft, tuple(order))

    return edit


def group_renamed(old: str, new: str) -> Edit:
    """Renames a group; a name that another group has joins the two."""
    name = checked_name(new, "分组")

    def edit(draft: Draft) -> Draft:
        _check_group(draft, old)
        return _regrouped(
            draft, tuple(replace(each, group=name) if each.group == old else each for each in draft.items)
        )

    return edit


def group_stepped(group: str, direction: Direction) -> Edit:
    """Moves a whole group past its neighbour. Items without a group stay at the top."""

    def edit(draft: Draft) -> Draft:
        _check_group(draft, group)
        names = [name for name in groups_of(draft) if name]
        at = names.index(group)
        beside = at - 1 if direction is Direction.UP else at + 1
        if not 0 <= beside < len(names):
            return draft
        names[at], names[beside] = names[beside], names[at]
        order = ["", *names]
        return replace(draft, items=tuple(sorted(draft.items, key=lambda each: order.index(each.group))))

    return edit


def restyled(style: str) -> Edit:
    """Cites every item in another style. Raises :class:`qa.errors.UsageError` for one that a draft cannot have."""
    checked = checked_style(style)
    return lambda draft: replace(draft, style=checked)


def renamed(name: str) -> Edit:
    """Gives the draft another name."""
    checked = checked_name(name, "引用夹", empty=False)
    return lambda draft: replace(draft, name=checked)


def renewed(item_id: int, present: DraftItem) -> Edit:
    """Takes the words as they stand now in place of those that were collected; note and group stay."""

    def edit(draft: Draft) -> Draft:
        item = item_in(draft, item_id)
        return _with_item(draft, replace(present, note=item.note, group=item.group, id=item.id))

    return edit


# ------------------------------------------------------------------------------------------------------------- reading


def item_in(draft: Draft, item_id: int) -> DraftItem:
    """The item with this id. Raises :class:`qa.errors.NotFoundError`."""
    for item in draft.items:
        if item.id == item_id:
            return item
    raise NotFoundError(
        f"引用夹“{draft.name}”里没有编号为 {item_id} 的引文",
        reason="编号有误，或在另一个窗口里已经删去",
        hint="刷新页面；误删的可以撤销",
    )


def groups_of(draft: Draft) -> tuple[str, ...]:
    """The groups in their order; ``""`` first where there are items without one."""
    return tuple(dict.fromkeys(item.group for item in draft.items))


def checked_style(style: str) -> str:
    """``style`` when a draft can have it. Raises :class:`qa.errors.UsageError` naming those that it can."""
    check_style(style, DRAFT_STYLES)
    if style not in DRAFT_STYLES:
        raise UsageError(
            f"“{STYLES[style]}”不能作引用夹的样式",
            reason="它是文献管理软件的交换格式，不是行文的引文",
            hint="改用下列样式之一：" + "、".join(DRAFT_STYLES) + f"；或把引用夹导出为 {STYLES[style]}",
        )
    return style


def checked_name(text: str, what: str, *, empty: bool = True) -> str:
    """A name on one line, without control characters and spaces around it. Raises :class:`qa.errors.UsageError`."""
    name = " ".join(_clean(text, keep="").split())
    if not name and not empty:
        raise UsageError(f"{what}没有名称", reason="名称是空的", hint=f"写上{what}的名称")
    if len(name) > MAX_NAME_CHARS:
        raise UsageError(f"{what}名称太长：{len(name)} 字", reason=f"最多 {MAX_NAME_CHARS} 字", hint="缩短名称")
    return name


def checked_note(text: str) -> str:
    """A note as it is kept: without control characters, and line ends as ``\\n``. Raises :class:`qa.errors.UsageError`."""
    note = _clean(text.replace("\r\n", "\n").replace("\r", "\n"), keep="\n").strip()
    if len(note) > MAX_NOTE_CHARS:
        raise UsageError(f"备注太长：{len(note)} 字", reason=f"最多 {MAX_NOTE_CHARS} 字", hint="缩短备注")
    return note


def _clean(text: str, keep: str) -> str:
    """With spaces for control characters, lone surrogates and non-characters: XML, and so Word, cannot hold them."""
    return "".join(
        " " if c not in keep and (unicodedata.category(c) in ("Cc", "Cs") or ord(c) & 0xFFFE == 0xFFFE) else c
        for c in text
    )


def _check_group(draft: Draft, group: str) -> None:
    if not group or group not in groups_of(draft):
        raise NotFoundError(
            f"引用夹“{draft.name}”里没有分组“{group[:60]}”", reason="它的引文都已移走或删去", hint="刷新页面"
        )


def _with_item(draft: Draft, item: DraftItem) -> Draft:
    return replace(draft, items=tuple(item if each.id == item.id else each for each in draft.items))


def _regrouped(draft: Draft, items: tuple[DraftItem, ...]) -> Draft:
    """``items`` with those of a group together; the groups in the order in which they came up, no group first."""
    names = list(dict.fromkeys(["", *(item.group for item in items)]))
    return replace(draft, items=tuple(sorted(items, key=lambda item: names.index(item.group))))
