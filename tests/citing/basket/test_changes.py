"""What can be done to a draft, without a store."""

from __future__ import annotations

import itertools

import pytest

from qa.citing.basket import changes
from qa.citing.basket.changes import Direction
from qa.errors import ConflictError, NotFoundError, UsageError
from qa.records import Card, Citation, Draft, DraftItem, Span

UP, DOWN = Direction.UP, Direction.DOWN


def item(id: int, group: str = "", note: str = "") -> DraftItem:
    return DraftItem(Citation(Span("文", id, id + 1), str(id), Card(), "文.txt"), group=group, note=note, id=id)


def draft(*items: DraftItem) -> Draft:
    return Draft("材料", "gongwen", items)


def shape(made: Draft) -> str:
    """``1 2 A:3 4 B:5``: ids under their groups."""
    parts, group = [], ""
    for each in made.items:
        parts.append(f"{each.group}:{each.id}" if each.group != group else str(each.id))
        group = each.group
    return " ".join(parts)


WHOLE = draft(item(1), item(2), item(3, "A"), item(4, "A"), item(5, "B"))


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (changes.stepped(2, UP), "2 1 A:3 4 B:5"),
        (changes.stepped(1, UP), "1 2 A:3 4 B:5"),
        (changes.stepped(2, DOWN), "1 A:2 3 4 B:5"),
        (changes.stepped(3, UP), "1 2 3 A:4 B:5"),
        (changes.stepped(5, UP), "1 2 A:3 4 5"),
        (changes.stepped(5, DOWN), "1 2 A:3 4 B:5"),
        (changes.stepped(4, DOWN), "1 2 A:3 B:4 5"),
        (changes.grouped(1, "B"), "2 A:3 4 B:5 1"),
        (changes.grouped(5, ""), "1 2 5 A:3 4"),
        (changes.grouped(3, " 新\n组 "), "1 2 A:4 B:5 新 组:3"),
        (changes.placed(1, 5, "随便"), "2 A:3 4 B:1 5"),
        (changes.placed(5, None, ""), "1 2 5 A:3 4"),
        (changes.placed(3, 3, "A"), "1 2 A:3 4 B:5"),
        (changes.group_renamed("A", "甲"), "1 2 甲:3 4 B:5"),
        (changes.group_renamed("B", "A"), "1 2 A:3 4 5"),
        (changes.group_renamed("A", ""), "1 2 3 4 B:5"),
        (changes.group_stepped("A", DOWN), "1 2 B:5 A:3 4"),
        (changes.group_stepped("A", UP), "1 2 A:3 4 B:5"),
        (changes.removed(3), "1 2 A:4 B:5"),
    ],
)
def test_order_and_groups(edit: changes.Edit, expected: str) -> None:
    made = edit(WHOLE)
    assert shape(made) == expected
    assert shape(WHOLE) == "1 2 A:3 4 B:5"


def test_the_first_item_can_leave_its_group_upwards() -> None:
    assert shape(changes.stepped(1, UP)(draft(item(1, "A"), item(2, "A")))) == "1 A:2"


@pytest.mark.parametrize("first", [0, 1, 2])
def test_any_steps_keep_every_item_and_groups_together(first: int) -> None:
    made = WHOLE
    for turn in range(30):
        made = changes.stepped((turn * 7 + first) % 5 + 1, UP if turn % 3 else DOWN)(made)
        assert sorted(each.id for each in made.items) == [1, 2, 3, 4, 5]
        groups = [each.group for each in made.items]
        assert len(list(dict.fromkeys(groups))) == sum(a != b for a, b in itertools.pairwise(groups)) + 1


def test_the_same_words_are_not_collected_twice() -> None:
    assert changes.added(item(3))(WHOLE) is WHOLE
    full = draft(*(item(n) for n in range(1, changes.MAX_ITEMS + 1)))
    assert changes.added(item(7))(full) is full
    with pytest.raises(UsageError, match="已满"):
        changes.added(item(9999))(full)


def test_notes() -> None:
    made = changes.noted(1, " 一\r\n二\x07 \ud800")(WHOLE)
    assert made.items[0].note == "一\n二"
    with pytest.raises(UsageError, match="最多 2000 字"):
        changes.noted(1, "字" * 2001)
    with pytest.raises(ConflictError, match="现在的备注是“一\n二”"):
        changes.noted(1, "三", was="")(made)
    assert changes.noted(1, "三", was="一\r\n二")(made).items[0].note == "三"


@pytest.mark.parametrize(
    "edit",
    [
        changes.removed(99),
        changes.noted(99, ""),
        changes.stepped(99, UP),
        changes.placed(1, 99, ""),
        changes.group_renamed("没有", "x"),
        changes.group_renamed("", "x"),
        changes.group_stepped("没有", UP),
    ],
)
def test_what_is_not_there_is_named(edit: changes.Edit) -> None:
    with pytest.raises(NotFoundError, match="材料"):
        edit(WHOLE)


@pytest.mark.parametrize("style", ["apa", "csl-json", ""])
def test_styles(style: str) -> None:
    with pytest.raises(UsageError) as caught:
        changes.restyled(style)
    assert "gbt7714-2025" in caught.value.hint
    assert changes.restyled("markdown")(WHOLE).style == "markdown"
